/* griot incidents: what happened, each thing once, with all accounts of it. */
#include "base/limits.h"
#include "cli/filter.h"
#include "cli/incident_view.h"
#include "cli/phrase.h"
#include "cli/record.h"
#include "cli/screen.h"
#include "cli/table.h"

#include <stdio.h>

static const gr_option options[] = {
    GR_OPTIONS_FILTER,
    {"policy", 0, "POLICY", "which figure is shown: range (default), lowest, majority, latest or ranked"},
    {"rank", 0, "PUBLISHERS", "for ranked: publishers parted by commas, best first"},
    {"status", 0, "STATUS", "draft, accepted or rejected"},
    GR_OPTION_RECORD,
    GR_OPTION_CSV,
    GR_OPTION_JSON,
    {0},
};

typedef struct listing {
    gr_view_plan plan;
    gr_slice status;
    bool json;
    gr_arena *arena;
    gr_table table;
    size_t shown;
    gr_status result;
    gr_error *err;
} listing;

static gr_slice number_text(gr_arena *arena, const json_t *object, const char *name) {
    const json_t *value = json_object_get(object, name);
    return json_is_integer(value) ? gr_printf(arena, "%lld", (long long)json_integer_value(value))
                                  : GR_S("?");
}

/* "killed 29..60, shown 29" */
static gr_slice tolls_text(const listing *l, const json_t *incident) {
    gr_slice text = {NULL, 0};
    size_t i;
    json_t *toll;
    json_array_foreach(json_object_get(incident, "tolls"), i, toll) {
        gr_slice what = gr_json_text(toll, "what"), low = number_text(l->arena, toll, "low"),
                 high = number_text(l->arena, toll, "high"), shown = number_text(l->arena, toll, "shown");
        gr_slice one = !json_is_true(json_object_get(toll, "disputed"))
                           ? gr_printf(l->arena, "%.*s %.*s", GR_FMT(low), GR_FMT(what))
                       : l->plan.policy == GR_POLICY_RANGE
                           ? gr_printf(l->arena, "%.*s to %.*s %.*s (best %.*s)", GR_FMT(low), GR_FMT(high),
                                       GR_FMT(what), GR_FMT(shown))
                           : gr_printf(l->arena, "%.*s %.*s", GR_FMT(shown), GR_FMT(what));
        text = text.len ? gr_printf(l->arena, "%.*s, %.*s", GR_FMT(text), GR_FMT(one)) : one;
    }
    return text;
}

static void add_row(listing *l, const json_t *incident) {
    json_t *accounts = json_object_get(incident, "accounts");
    size_t count = json_array_size(accounts), open = json_array_size(json_object_get(incident, "proposals"));
    gr_slice cell[] = {gr_json_text(incident, "incident"),
                       gr_phrase_what(l->arena, incident),
                       gr_phrase_who(l->arena, incident),
                       gr_phrase_where(l->arena, incident),
                       gr_phrase_when(l->arena, incident),
                       tolls_text(l, incident),
                       open ? gr_printf(l->arena, "%zu in %.*s voices, %zu proposed", count,
                                        GR_FMT(number_text(l->arena, incident, "voices")), open)
                            : gr_printf(l->arena, "%zu in %.*s voices", count,
                                        GR_FMT(number_text(l->arena, incident, "voices"))),
                       gr_json_text(incident, "status")};
    for (size_t i = 0; i < sizeof cell / sizeof *cell; i++) /* the table outlives the value */
        cell[i] = gr_copy(l->arena, cell[i]);
    gr_table_row(&l->table, cell);
}

static bool take(void *context, const gr_incident_row *row) {
    listing *l = context;
    json_t *incident = gr_incident_json(row, &l->plan);
    if (!incident) {
        l->result =
            gr_fail(l->err, GR_NO_MEMORY, NULL, "out of memory while showing %.*s", GR_FMT(row->incident));
        return false;
    }
    bool wanted = !l->status.len || gr_eq(l->status, gr_json_text(incident, "status"));
    if (wanted) l->shown++;
    if (wanted && l->json) {
        l->result = gr_json_print(incident, l->err);
        return l->result == GR_OK;
    }
    if (wanted) {
        jmp_buf full;
        if (setjmp(full)) {
            l->result = gr_fail(l->err, GR_NO_MEMORY, NULL, "out of memory; give --limit");
        } else {
            gr_arena_guard(l->arena, &full);
            add_row(l, incident);
        }
        gr_arena_guard(l->arena, NULL);
    }
    json_decref(incident);
    return l->result == GR_OK;
}

static gr_status list(const gr_args *args, gr_record *record, listing *l, gr_error *err) {
    gr_claim_filter filter;
    gr_status status = gr_filter_of(args, &filter, err);
    if (status == GR_OK) status = gr_view_plan_of(args, &l->plan, err);
    l->status = gr_args_slice(args, "status");
    if (status == GR_OK && l->status.len && !gr_is(l->status, "draft") && !gr_is(l->status, "accepted") &&
        !gr_is(l->status, "rejected"))
        return gr_fail(err, GR_USAGE, NULL, "--status takes draft, accepted or rejected");
    gr_slice one = args->operand_count ? gr_slice_of(args->operand[0]) : GR_S("");
    if (status == GR_OK) status = gr_record_incidents(record, &filter, one, take, l, err);
    if (status == GR_OK) status = l->result;
    if (status != GR_OK || l->json) return status;
    if (gr_args_given(args, "csv")) {
        gr_table_print_csv(&l->table);
        return GR_OK;
    }
    if (l->shown) {
        gr_table_print(&l->table);
        putchar('\n');
    }
    gr_put_line("%zu incident%s; figures of several accounts are never added up", l->shown,
                gr_plural(l->shown));
    return GR_OK;
}

static gr_status run(const gr_args *args, gr_error *err) {
    listing l = {
        .json = gr_args_given(args, "json"), .arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B), .err = err};
    if (!l.arena) return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
    l.table = (gr_table){.arena = l.arena,
                         .columns = 8,
                         .title = {GR_S("INCIDENT"), GR_S("WHAT"), GR_S("WHO"), GR_S("WHERE"), GR_S("WHEN"),
                                   GR_S("HOW MANY"), GR_S("ACCOUNTS"), GR_S("STATUS")},
                         .lead = {[3] = "at ", [6] = "accounts: ", [7] = "status: "}};
    gr_record *record = gr_open_record(args, GR_OPEN_READ, err);
    gr_status status = record ? list(args, record, &l, err) : err->status;
    gr_record_close(record);
    gr_arena_free(l.arena);
    return status;
}

const gr_command gr_command_incidents = {
    .name = "incidents",
    .summary = "what happened, each thing once, with all accounts of it",
    .synopsis = "[INCIDENT] [FILTERS] [OPTIONS]",
    .about =
        "A line an incident of the record. Reports that surely tell of one thing are its accounts; those "
        "that\n"
        "may are proposed (griot review). Figures stand side by side, and --policy says which one is shown:\n"
        "range gives the lowest, the one that most voices give and the highest. Copies and rewrites of one\n"
        "text are one voice. With INCIDENT only that one; --json shows everything, also why accounts were\n"
        "joined (docs/incidents.md).\n",
    .examples = "  griot incidents --place NER --from 2023-10-01 --until 2023-10-31\n"
                "  griot incidents --actor issp --policy lowest --json\n"
                "  griot incidents --near 13.5,2.1,100 --json\n",
    .option = options,
    .least = 0,
    .most = 1,
    .run = run,
};
