/* griot claims: the claims of the record as a table. */
#include "base/limits.h"
#include "cli/filter.h"
#include "cli/phrase.h"
#include "cli/record.h"
#include "cli/screen.h"
#include "cli/table.h"
#include "cli/views.h"

#include <stdio.h>

static const gr_option options[] = {
    GR_OPTIONS_FILTER, GR_OPTION_RECORD, GR_OPTION_CSV, GR_OPTION_JSON, {0},
};

static gr_status print_claims(const json_t *claims, bool csv, gr_error *err) {
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
    if (csv)
        gr_table_print_csv(&table);
    else
        gr_table_print(&table);
    gr_arena_free(arena);
    return GR_OK;
}

gr_status gr_print_claims(const json_t *claims, gr_error *err) {
    return print_claims(claims, false, err);
}

static bool print_line(void *context, gr_slice line) {
    (void)context;
    fwrite(line.ptr, 1, line.len, stdout);
    if (!gr_ends(line, GR_S("\n"))) putchar('\n');
    return true;
}

static gr_status print_table(gr_record *record, const gr_claim_filter *filter, bool csv, gr_error *err) {
    json_t *claims = gr_collect_claims(record, filter, err);
    if (!claims) return err->status;
    size_t count = json_array_size(claims);
    gr_status status = count || csv ? print_claims(claims, csv, err) : GR_OK;
    if (count && status == GR_OK && !csv) putchar('\n');
    if (status == GR_OK && !csv)
        gr_put_line("%zu claim%s, drafts: machine-coded, not reviewed", count, gr_plural(count));
    json_decref(claims);
    return status;
}

static gr_status run(const gr_args *args, gr_error *err) {
    gr_claim_filter filter;
    gr_status status = gr_filter_of(args, &filter, err);
    if (status != GR_OK) return status;
    gr_record *record = gr_open_record(args, GR_OPEN_READ, err);
    if (!record) return err->status;
    if (gr_args_given(args, "json"))
        status = gr_record_claims(record, &filter, print_line, NULL, err);
    else
        status = print_table(record, &filter, gr_args_given(args, "csv"), err);
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
