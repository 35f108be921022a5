#include "cli/toll_view.h"

#include "base/limits.h"
#include "cli/harmed.h"
#include "cli/phrase.h"
#include "cli/screen.h"
#include "cli/table.h"
#include "link/situation.h"

#include <math.h>
#include <stdio.h>

static json_t *sum_json(const gr_sum *sum) {
    return json_pack("{s:o, s:o, s:b}", "low", gr_json_count(sum->low), "high", gr_json_count(sum->high),
                     "open", (int)sum->open);
}

/* ---- as a value ---- */

typedef struct viewing {
    const gr_tellings *tellings;
    const gr_harmed_list *incidents;
} viewing;

static json_t *places_json(const gr_told_place *place, uint32_t count) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < count; i++) {
        bool again = false;
        for (uint32_t k = 0; k < i; k++) again = again || gr_eq(place[k].key, place[i].key);
        if (!again)
            json_array_append_new(
                list, json_pack("{s:o, s:o, s:o, s:o}", "name", gr_json_words(place[i].name), "place",
                                gr_json_words(place[i].place), "level", gr_json_words(place[i].level),
                                "country", gr_json_words(place[i].country)));
    }
    return list;
}

/* Those of this harm and sort of people. */
static json_t *figures_of(const json_t *figures, const gr_toll_row *row) {
    json_t *list = json_array(), *one;
    size_t i;
    json_array_foreach(figures, i, one) {
        gr_slice unit = gr_toll_unit(gr_json_text(one, "unit"));
        if (gr_is(gr_json_text(one, "what"), gr_what_name(row->what)) && gr_eq(unit, row->unit))
            json_array_append(list, one);
    }
    return list;
}

static json_t *incident_json(const viewing *v, const gr_toll_row *row, uint32_t index) {
    const gr_harmed *in = &v->incidents->item.item[index];
    json_t *when = in->earliest == GR_NO_DAY && in->latest == GR_NO_DAY
                       ? json_null()
                       : json_pack("{s:o, s:o}", "earliest", gr_json_day(in->earliest), "latest",
                                   gr_json_day(in->latest));
    return json_pack("{s:o, s:s, s:o, s:o, s:o}", "incident", gr_json_words(in->incident), "status",
                     in->accepted ? "accepted" : "draft", "when", when, "where",
                     places_json(in->place, in->place_count), "figures",
                     figures_of(v->incidents->figures.item[index], row));
}

static json_t *claims_json(const viewing *v, const gr_reconciled *r) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < r->told_count; i++) {
        const gr_told *t = &v->tellings->told.item[r->told[i]];
        const json_t *claim = json_array_get(v->tellings->claims, r->told[i]);
        json_array_append_new(
            list, json_pack("{s:o, s:o, s:o, s:o, s:s}", "claim", gr_json_words(t->claim), "says",
                            gr_json_words(t->says), "published", gr_json_day(t->published), "quote",
                            gr_json_words(gr_json_text(json_object_get(claim, "quote"), "exact")), "status",
                            t->accepted ? "accepted" : "draft"));
    }
    return list;
}

static json_t *explaining_json(const viewing *v, const gr_reconciled *r) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < r->by_count; i++)
        json_array_append_new(list,
                              json_pack("{s:o, s:b}", "incident",
                                        gr_json_words(v->incidents->item.item[r->by[i].incident].incident),
                                        "surely", (int)r->by[i].surely));
    return list;
}

static json_t *aggregate_json(const viewing *v, const gr_reconciled *r) {
    const gr_told *first = &v->tellings->told.item[r->told[0]];
    json_t *out = sum_json(&r->sum);
    json_object_set_new(out, "op", json_string(gr_op_name(r->figure.op)));
    json_object_set_new(out, "n", gr_json_count(r->figure.n));
    json_object_set_new(out, "n_max", gr_json_count(r->figure.n_max));
    json_object_set_new(out, "words", gr_json_words(r->figure.words));
    json_object_set_new(out, "unit", gr_json_words(r->figure.unit));
    json_object_set_new(out, "window",
                        json_pack("{s:o, s:o, s:o}", "earliest", gr_json_day(first->earliest), "latest",
                                  gr_json_day(first->latest), "words", gr_json_words(first->when_words)));
    json_object_set_new(out, "where", places_json(first->place, first->place_count));
    json_object_set_new(out, "accounts", json_integer(r->voices));
    json_object_set_new(out, "verdict", json_string(gr_verdict_name(r->verdict)));
    json_object_set_new(out, "explained", sum_json(&r->explained));
    json_object_set_new(out, "unexplained", sum_json(&r->unexplained));
    json_object_set_new(out, "explained_by", explaining_json(v, r));
    json_object_set_new(out, "without_number", json_integer(r->without_number));
    json_object_set_new(out, "status", json_string(r->accepted ? "accepted" : "draft"));
    json_object_set_new(out, "claims", claims_json(v, r));
    return out;
}

static json_t *row_json(const viewing *v, const gr_toll_row *row) {
    json_t *out = json_pack("{s:o, s:s, s:o}", "group", gr_json_words(row->group), "what",
                            gr_what_name(row->what), "unit", gr_json_words(row->unit));
    uint32_t all = row->incident_total;
    for (uint32_t i = 0; i < row->aggregate_count; i++) all += row->aggregate[i].told_count;
    json_object_set_new(out, "low", gr_json_count(row->sum.low));
    json_object_set_new(out, "high", row->sum.open ? json_null() : gr_json_count(row->sum.high));
    json_object_set_new(out, "accounts", json_integer(row->voices));
    json_object_set_new(out, "unexplained", row->aggregate_count ? sum_json(&row->unexplained) : json_null());
    json_object_set_new(out, "status",
                        json_string(!row->drafts         ? "accepted"
                                    : row->drafts == all ? "draft"
                                                         : "accepted and draft"));
    json_t *incidents = sum_json(&row->incidents), *undated = sum_json(&row->undated), *list = json_array(),
           *aggregates = json_array();
    json_object_set_new(incidents, "count", json_integer(row->incident_count));
    json_object_set_new(incidents, "without_number", json_integer(row->without_number));
    json_object_set_new(undated, "count", json_integer(row->undated_count));
    for (uint32_t i = 0; i < row->incident_total; i++)
        json_array_append_new(list, incident_json(v, row, row->incident[i]));
    for (uint32_t i = 0; i < row->aggregate_count; i++)
        json_array_append_new(aggregates, aggregate_json(v, &row->aggregate[i]));
    json_object_set_new(incidents, "undated", undated);
    json_object_set_new(incidents, "list", list);
    json_object_set_new(out, "incidents", incidents);
    json_object_set_new(out, "aggregates", aggregates);
    return out;
}

/* ---- gathering ---- */

/* Claims that nobody accepted leave, unless drafts are asked for; what did not happen leaves anyway. */
static uint32_t drop_drafts(gr_tellings *t, bool drafts) {
    uint32_t kept = 0, dropped = 0;
    json_t *claims = json_array();
    for (uint32_t i = 0; i < t->told.count; i++) {
        const gr_told *told = &t->told.item[i];
        bool real = told->reality == GR_OCCURRED || told->reality == GR_ONGOING;
        if (real && (drafts || told->accepted)) {
            t->told.item[kept++] = *told;
            json_array_append(claims, json_array_get(t->claims, i));
        } else {
            dropped += real;
        }
    }
    t->told.count = kept;
    size_t i;
    json_t *claim; /* text of those left out stays valid */
    json_array_foreach(t->claims, i, claim) json_array_append(claims, claim);
    json_decref(t->claims);
    t->claims = claims;
    return dropped;
}

typedef struct gathered {
    gr_tellings tellings;
    gr_harmed_list incidents;
    uint32_t drafts;
} gathered;

static gr_status gather(gr_record *record, const gr_claim_filter *filter, const gr_toll_plan *plan,
                        gathered *out, gr_error *err) {
    gr_claim_filter tolls = *filter;
    tolls.kind = GR_S("toll");
    out->incidents = (gr_harmed_list){0};
    gr_status status = gr_tellings_open(&out->tellings, err);
    if (status == GR_OK) status = gr_tellings_add(&out->tellings, record, &tolls, plan->known_unix_s, err);
    if (status != GR_OK) return status;
    out->drafts = drop_drafts(&out->tellings, plan->drafts);
    if (plan->aggregates_alone && !out->tellings.told.count) return GR_OK;
    return gr_harmed_collect(&out->tellings, record, filter, plan->known_unix_s, plan->drafts,
                             &out->incidents, err);
}

/* Apart from its caller, which sets the guard. */
__attribute__((noinline)) static json_t *view(gathered *g, const gr_toll_plan *plan) {
    static const char *const BY[] = {"all", "month", "place", "actor"};
    gr_toll_rows rows;
    viewing v = {&g->tellings, &g->incidents};
    gr_reconcile_tolls(g->tellings.arena, g->tellings.told.item, g->tellings.told.count,
                       g->incidents.item.item, g->incidents.item.count, plan->by, &rows);
    json_t *list = json_array();
    for (uint32_t i = 0; i < rows.count; i++)
        if (!plan->aggregates_alone || rows.row[i].aggregate_count)
            json_array_append_new(list, row_json(&v, &rows.row[i]));
    return json_pack("{s:s, s:b, s:o, s:{s:i, s:i}}", "by", BY[plan->by], "drafts", (int)plan->drafts, "rows",
                     list, "left_out", "drafts", (int)(g->drafts + g->incidents.drafts), "rejected",
                     (int)(g->tellings.rejected + g->incidents.rejected));
}

/* NULL where the memory does not suffice. */
static json_t *view_within(gathered *g, const gr_toll_plan *plan) {
    jmp_buf full;
    if (setjmp(full)) {
        gr_arena_guard(g->tellings.arena, NULL);
        return NULL;
    }
    gr_arena_guard(g->tellings.arena, &full);
    json_t *out = view(g, plan);
    gr_arena_guard(g->tellings.arena, NULL);
    return out;
}

json_t *gr_tolls_json(gr_record *record, const gr_claim_filter *filter, const gr_toll_plan *plan,
                      gr_error *err) {
    gathered g;
    json_t *out = NULL;
    if (gather(record, filter, plan, &g, err) == GR_OK) {
        out = view_within(&g, plan);
        if (!out) gr_fail(err, GR_NO_MEMORY, NULL, "out of memory; ask for a place, an actor or a time");
    }
    gr_harmed_free(&g.incidents);
    gr_tellings_close(&g.tellings);
    return out;
}

/* ---- for people ---- */

static gr_slice integer_text(gr_arena *arena, const json_t *value) {
    return json_is_integer(value) ? gr_printf(arena, "%lld", (long long)json_integer_value(value)) : GR_S("");
}

/* "100", "100 to 120", "more than 100", "at most 20"; empty: no number. */
static gr_slice sum_text(gr_arena *arena, const json_t *sum) {
    gr_slice low = integer_text(arena, json_object_get(sum, "low")),
             high = integer_text(arena, json_object_get(sum, "high"));
    if (!low.len && !high.len) return GR_S("");
    if (!low.len) return gr_printf(arena, "at most %.*s", GR_FMT(high));
    const char *open = json_is_true(json_object_get(sum, "open")) ? " or more" : "";
    if (gr_eq(low, high) || !high.len) return gr_printf(arena, "%.*s%s", GR_FMT(low), open);
    return gr_printf(arena, "%.*s to %.*s%s", GR_FMT(low), GR_FMT(high), open);
}

static gr_slice what_text(gr_arena *arena, const json_t *row) {
    gr_slice unit = gr_json_text(row, "unit");
    return gr_printf(arena, "%.*s, %.*s", GR_FMT(gr_json_text(row, "what")), GR_FMT(unit));
}

/* "dated: 3, undated: 1, in all: 2" */
static gr_slice made_of(gr_arena *arena, const json_t *row) {
    const json_t *incidents = json_object_get(row, "incidents");
    const struct {
        json_int_t count;
        const char *name;
    } parts[] = {
        {json_integer_value(json_object_get(incidents, "count")), "dated"},
        {json_integer_value(json_object_get(json_object_get(incidents, "undated"), "count")), "undated"},
        {json_integer_value(json_object_get(incidents, "without_number")), "no number"},
        {(json_int_t)json_array_size(json_object_get(row, "aggregates")), "in all"}};
    gr_slice text = {"", 0};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].count)
            text = gr_printf(arena, "%.*s%s%s: %lld", GR_FMT(text), text.len ? ", " : "", parts[i].name,
                             (long long)parts[i].count);
    return text;
}

static void add_row(gr_table *table, const json_t *row) {
    gr_arena *arena = table->arena;
    gr_slice cell[] = {gr_json_text(row, "group"),
                       what_text(arena, row),
                       integer_text(arena, json_object_get(row, "low")),
                       integer_text(arena, json_object_get(row, "high")),
                       integer_text(arena, json_object_get(row, "accounts")),
                       sum_text(arena, json_object_get(row, "unexplained")),
                       made_of(arena, row),
                       gr_json_text(row, "status")};
    gr_table_row(table, cell);
}

static gr_slice window_text(gr_arena *arena, const json_t *aggregate) {
    const json_t *window = json_object_get(aggregate, "window");
    gr_slice earliest = gr_json_text(window, "earliest"), latest = gr_json_text(window, "latest"),
             words = gr_json_text(window, "words");
    if (earliest.len && latest.len)
        return gr_printf(arena, ", %.*s to %.*s", GR_FMT(earliest), GR_FMT(latest));
    return words.len ? gr_printf(arena, ", \xE2\x80\x9C%.*s\xE2\x80\x9D", GR_FMT(words)) : GR_S("");
}

/* "killed, soldier: >229, “three months”, said by the report: partly explained, 100 by 9f2c61d0a4be-i8; 129
 * or more unexplained" */
static void print_aggregate(gr_arena *arena, const json_t *row, const json_t *aggregate) {
    const json_t *claim = json_array_get(json_object_get(aggregate, "claims"), 0), *one;
    gr_slice n = integer_text(arena, json_object_get(aggregate, "n")), says = gr_json_text(claim, "says"),
             op = gr_json_text(aggregate, "op"), explained, left, by = {"", 0};
    if (!n.len) n = gr_json_text(aggregate, "words");
    size_t i;
    json_array_foreach(json_object_get(aggregate, "explained_by"), i, one) by = gr_printf(
        arena, "%.*s%s%.*s%s", GR_FMT(by), by.len ? ", " : "", GR_FMT(gr_json_text(one, "incident")),
        json_is_true(json_object_get(one, "surely")) ? "" : " (perhaps)");
    explained = sum_text(arena, json_object_get(aggregate, "explained"));
    left = sum_text(arena, json_object_get(aggregate, "unexplained"));
    gr_put_line("  %.*s: %s%.*s%.*s, said by %.*s: %.*s%s%.*s%s%.*s%s%.*s%s", GR_FMT(what_text(arena, row)),
                "", gr_is(op, "=") ? 0 : (int)op.len, op.ptr, GR_FMT(n), says.len ? (int)says.len : 10,
                says.len ? says.ptr : "the report", GR_FMT(gr_json_text(aggregate, "verdict")),
                explained.len ? ", " : "", GR_FMT(explained), explained.len && by.len ? " by " : "",
                explained.len ? (int)by.len : 0, by.ptr, left.len ? "; " : "", GR_FMT(left),
                left.len ? " unexplained" : "");
    gr_slice window = window_text(arena, aggregate);
    if (window.len) gr_put_line("    over%.*s", (int)window.len - 1, window.ptr + 1);
}

static void print_aggregates(gr_arena *arena, const json_t *rows) {
    size_t i, k;
    json_t *row, *aggregate;
    bool any = false;
    json_array_foreach(rows, i, row) {
        json_array_foreach(json_object_get(row, "aggregates"), k, aggregate) {
            if (!any) puts("\nTolls over a time or an area, beside their incidents; never added to them");
            any = true;
            print_aggregate(arena, row, aggregate);
        }
    }
}

gr_status gr_tolls_print(const json_t *tolls, bool csv, gr_error *err) {
    gr_arena *arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B);
    if (!arena) return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
    const json_t *rows = json_object_get(tolls, "rows");
    gr_table table = {
        .arena = arena,
        .columns = 8,
        .title = {GR_S("GROUP"), GR_S("WHAT"), GR_S("LOW"), GR_S("HIGH"), GR_S("ACCOUNTS"),
                  GR_S("UNEXPLAINED"), GR_S("FROM"), GR_S("STATUS")},
        .lead = {[2] = "low ", [3] = "high ", [4] = "accounts: ", [5] = "unexplained: ", [7] = "status: "}};
    size_t i;
    json_t *row;
    json_array_foreach(rows, i, row) add_row(&table, row);
    if (csv) {
        gr_table_print_csv(&table);
    } else {
        if (json_array_size(rows)) gr_table_print(&table);
        print_aggregates(arena, rows);
    }
    gr_arena_free(arena);
    return GR_OK;
}
