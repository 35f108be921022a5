/* griot claims: the claims of the record as a table. */
#include "base/limits.h"
#include "cli/phrase.h"
#include "cli/record.h"
#include "cli/screen.h"
#include "cli/table.h"
#include "cli/views.h"

#include <stdio.h>

static const gr_option options[] = {
    {"kind", 0, "KIND", "event, toll, relation, presence, custody or force"},
    {"type", 0, "TYPE", "a type of the ontology: siege, abduct, ally ..."},
    {"actor", 'a', "ACTOR", "an actor's id, or words of a name, in any role"},
    {"place", 'p', "PLACE", "words of a place's name, or a country code such as NER"},
    {"reality", 0, "VALUE", "occurred, ongoing, planned, possible, denied or negated"},
    {"text", 0, "WORDS", "words of the sentence"},
    {"doc", 0, "DOC", "the report: its hash, or the first six digits or more"},
    {"from", 0, "DATE", "what may have happened on or after a day"},
    {"until", 0, "DATE", "what may have happened on or before a day"},
    {"limit", 'n', "N", "at most so many"},
    GR_OPTION_RECORD,
    GR_OPTION_JSON,
    {0},
};

gr_status gr_print_claims(const json_t *claims, gr_error *err) {
    gr_arena *arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B);
    if (!arena) return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
    gr_table table = {.arena = arena,
                      .columns = 7,
                      .title = {GR_S("CLAIM"), GR_S("WHAT"), GR_S("WHO"), GR_S("WHERE"), GR_S("WHEN"),
                                GR_S("HOW MANY"), GR_S("SAID BY")},
                      .lead = {[3] = "at ", [6] = "says "}};
    size_t i;
    json_t *claim;
    json_array_foreach(claims, i, claim) {
        gr_slice cell[] = {gr_json_text(claim, "claim"), gr_phrase_what(arena, claim),
                           gr_phrase_who(arena, claim),  gr_phrase_where(arena, claim),
                           gr_phrase_when(arena, claim), gr_phrase_counts(arena, claim),
                           gr_phrase_says(arena, claim)};
        gr_table_row(&table, cell);
    }
    gr_table_print(&table);
    gr_arena_free(arena);
    return GR_OK;
}

/* One of a fixed set of values; GR_USAGE with the nearest right one. */
static gr_status one_of(const gr_args *args, const char *name, const char *const *value, unsigned count,
                        gr_slice *out, gr_error *err) {
    *out = gr_args_slice(args, name);
    if (!out->ptr) return GR_OK;
    for (unsigned i = 0; i < count; i++)
        if (strcmp(value[i], out->ptr) == 0) return GR_OK;
    const char *near = gr_nearest(out->ptr, value, count);
    return gr_fail(err, GR_USAGE, NULL, "claims: --%s takes no \"%s\"%s%s%s", name, out->ptr,
                   near ? "; did you mean " : "; see griot claims --help", near ? near : "", near ? "?" : "");
}

static gr_status read_filter(const gr_args *args, gr_claim_filter *filter, gr_error *err) {
    const char *kinds[GR_KIND_COUNT], *realities[GR_REALITY_COUNT];
    for (unsigned i = 0; i < GR_KIND_COUNT; i++) kinds[i] = gr_kind_name(i);
    for (unsigned i = 0; i < GR_REALITY_COUNT; i++) realities[i] = gr_reality_name(i);
    *filter = gr_every_claim();
    filter->type = gr_args_slice(args, "type");
    filter->actor = gr_args_slice(args, "actor");
    filter->place = gr_args_slice(args, "place");
    filter->text = gr_args_slice(args, "text");
    filter->doc = gr_args_slice(args, "doc");
    uint64_t limit;
    gr_status status = one_of(args, "kind", kinds, GR_KIND_COUNT, &filter->kind, err);
    if (status == GR_OK) status = one_of(args, "reality", realities, GR_REALITY_COUNT, &filter->reality, err);
    if (status == GR_OK) status = gr_args_day(args, "from", &filter->from, err);
    if (status == GR_OK) status = gr_args_day(args, "until", &filter->until, err);
    if (status == GR_OK) status = gr_args_number(args, "limit", 1, UINT32_MAX, 0, &limit, err);
    if (status == GR_OK) filter->limit = (uint32_t)limit;
    return status;
}

static bool print_line(void *context, gr_slice line) {
    (void)context;
    fwrite(line.ptr, 1, line.len, stdout);
    if (!gr_ends(line, GR_S("\n"))) putchar('\n');
    return true;
}

static gr_status print_table(gr_record *record, const gr_claim_filter *filter, gr_error *err) {
    json_t *claims = gr_collect_claims(record, filter, err);
    if (!claims) return err->status;
    size_t count = json_array_size(claims);
    gr_status status = count ? gr_print_claims(claims, err) : GR_OK;
    if (count && status == GR_OK) putchar('\n');
    if (status == GR_OK)
        gr_put_line("%zu claim%s, drafts: machine-coded, not reviewed", count, gr_plural(count));
    json_decref(claims);
    return status;
}

static gr_status run(const gr_args *args, gr_error *err) {
    gr_claim_filter filter;
    gr_status status = read_filter(args, &filter, err);
    if (status != GR_OK) return status;
    gr_record *record = gr_open_record(args, GR_OPEN_READ, err);
    if (!record) return err->status;
    if (gr_args_given(args, "json"))
        status = gr_record_claims(record, &filter, print_line, NULL, err);
    else
        status = print_table(record, &filter, err);
    gr_record_close(record);
    return status;
}

const gr_command gr_command_claims = {
    .name = "claims",
    .summary = "the claims of the record, filtered, as a table",
    .synopsis = "[FILTERS] [OPTIONS]",
    .about =
        "A line a claim: what, who to whom, where, when, how many, and who says so. A place with a question\n"
        "mark is a name that the gazetteer does not resolve. \"undated\" means that the text gives no date;\n"
        "none is ever put in. With --json each claim is printed whole, one object a line.\n",
    .examples = "  griot claims\n"
                "  griot claims --actor jnim --place Tahoua\n"
                "  griot claims --type abduct --from 2024-01-01 --json\n",
    .option = options,
    .least = 0,
    .most = 0,
    .run = run,
};
