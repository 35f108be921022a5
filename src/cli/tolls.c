/* griot tolls: how many were killed, wounded or taken, and how far aggregates are explained by incidents. */
#include "cli/filter.h"
#include "cli/record.h"
#include "cli/screen.h"
#include "cli/tellings.h"
#include "cli/toll_view.h"

#include <stdio.h>

static const gr_option options[] = {
    {"from", 0, "DATE", "what may have happened on or after a day"},
    {"to", 0, "DATE", "what may have happened on or before a day"},
    {"place", 'p', "PLACE", "words of a place's name, or a country code such as NER"},
    {"actor", 'a', "ACTOR", "an actor's id, or words of a name, in any role"},
    {"by", 0, "WHAT", "a row for each month, place or actor"},
    {"drafts", 0, NULL, "count what nobody has accepted, too"},
    GR_OPTION_RECORD,
    GR_OPTION_CSV,
    GR_OPTION_JSON,
    {0},
};

static gr_status read_by(const gr_args *args, gr_toll_by *out, gr_error *err) {
    static const char *const NAME[] = {"month", "place", "actor"};
    gr_slice by = gr_args_slice(args, "by");
    *out = GR_BY_ALL;
    if (!by.ptr) return GR_OK;
    for (unsigned i = 0; i < sizeof NAME / sizeof *NAME; i++)
        if (gr_is(by, NAME[i])) *out = (gr_toll_by)(GR_BY_MONTH + i);
    if (*out != GR_BY_ALL) return GR_OK;
    return gr_fail(err, GR_USAGE, NULL, "--by takes month, place or actor, not \"%.*s\"", GR_FMT(by));
}

static gr_status print_text(const json_t *tolls, gr_error *err) {
    size_t rows = json_array_size(json_object_get(tolls, "rows"));
    long long drafts =
        (long long)json_integer_value(json_object_get(json_object_get(tolls, "left_out"), "drafts"));
    gr_status status = gr_tolls_print(tolls, false, err);
    if (status != GR_OK) return status;
    if (rows) putchar('\n');
    gr_put_line("%zu row%s; an aggregate and its incidents are never added up", rows, gr_plural(rows));
    if (drafts)
        gr_put_line("%lld draft%s left out; --drafts counts them too, griot review accepts them", drafts,
                    gr_plural((uint64_t)drafts));
    return GR_OK;
}

static gr_status run(const gr_args *args, gr_error *err) {
    gr_claim_filter filter = gr_every_claim();
    gr_toll_plan plan = {.drafts = gr_args_given(args, "drafts"), .known_unix_s = GR_KNOWN_NOW};
    filter.place = gr_args_slice(args, "place");
    filter.actor = gr_args_slice(args, "actor");
    gr_status status = read_by(args, &plan.by, err);
    if (status == GR_OK) status = gr_args_day(args, "from", &filter.from, err);
    if (status == GR_OK) status = gr_args_day(args, "to", &filter.until, err);
    gr_record *record = status == GR_OK ? gr_open_record(args, GR_OPEN_READ, err) : NULL;
    json_t *tolls = record ? gr_tolls_json(record, &filter, &plan, err) : NULL;
    gr_record_close(record);
    if (!tolls) return err->status;
    if (gr_args_given(args, "json")) return gr_json_print(tolls, err);
    status = gr_args_given(args, "csv") ? gr_tolls_print(tolls, true, err) : print_text(tolls, err);
    json_decref(tolls);
    return status;
}

const gr_command gr_command_tolls = {
    .name = "tolls",
    .summary = "how many were harmed; what incidents explain of tolls over a time",
    .synopsis = "[--from DATE] [--to DATE] [--by month|place|actor] [OPTIONS]",
    .about =
        "A row for each sort of harm and of people. Incidents with a day are added up, those that may be "
        "one\n"
        "counted once; a toll over a time or an area (\"229 soldiers in three months\") stands beside the\n"
        "incidents inside its window, area and victims, and is explained by them, unexplained, or\n"
        "contradicted where they alone exceed it. The two are never added. LOW is the greatest number that\n"
        "one telling vouches for; no HIGH: somebody says \"more than\". A missing number is not zero.\n"
        "Only what a reviewer accepted is counted; --drafts counts the rest too, and every row says so.\n",
    .examples = "  griot tolls --drafts\n"
                "  griot tolls --from 2023-08-01 --to 2024-02-10 --place NER --by month --drafts\n"
                "  griot tolls --by actor --csv > tolls.csv\n",
    .option = options,
    .least = 0,
    .most = 0,
    .run = run,
};
