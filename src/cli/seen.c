/* griot seen: whom, where and which relations the record's claims speak of. */
#include "base/limits.h"
#include "base/map.h"
#include "cli/filter.h"
#include "cli/json.h"
#include "cli/record.h"
#include "cli/screen.h"
#include "cli/table.h"

#include <stdio.h>
#include <stdlib.h>

static const gr_option options[] = {
    GR_OPTIONS_FILTER, GR_OPTION_RECORD, GR_OPTION_CSV, GR_OPTION_JSON, {0},
};

enum { FACTS = 4 };

typedef struct row {
    gr_slice fact[FACTS]; /* what tells one row from another, and is shown */
    gr_slice first, last; /* days, "" where none is known */
    gr_slice doc;         /* of the last claim counted; claims come report by report */
    uint64_t claims, reports;
} row;

typedef struct seeing {
    gr_arena *arena;
    gr_map index;
    GR_VEC(row) rows;
    void (*take)(struct seeing *s, const json_t *claim);
    bool failed;
} seeing;

static void count(seeing *s, const json_t *claim, const gr_slice fact[FACTS]) {
    gr_slice key = gr_printf(s->arena, "%.*s\t%.*s\t%.*s\t%.*s", GR_FMT(fact[0]), GR_FMT(fact[1]),
                             GR_FMT(fact[2]), GR_FMT(fact[3]));
    uint32_t at = gr_map_get(&s->index, key);
    if (at == GR_MAP_NONE) {
        at = s->rows.count;
        row fresh = {.claims = 0};
        for (int i = 0; i < FACTS; i++) fresh.fact[i] = gr_copy(s->arena, fact[i]);
        gr_map_set(s->arena, &s->index, key, at);
        gr_push(s->arena, &s->rows, fresh);
    }
    row *r = &s->rows.item[at];
    gr_slice doc = gr_json_text(claim, "doc"),
             from = gr_json_text(json_object_get(claim, "when"), "earliest"),
             until = gr_json_text(json_object_get(claim, "when"), "latest");
    r->claims++;
    if (!gr_eq(doc, r->doc)) {
        r->reports++;
        r->doc = gr_copy(s->arena, doc);
    }
    if (from.len && (!r->first.len || gr_compare(from, r->first) < 0)) r->first = gr_copy(s->arena, from);
    if (until.len && gr_compare(until, r->last) > 0) r->last = gr_copy(s->arena, until);
}

static void take_actors(seeing *s, const json_t *claim) {
    size_t i;
    json_t *party;
    json_array_foreach(json_object_get(claim, "who"), i, party) {
        gr_slice fact[FACTS] = {gr_json_text(party, "name"), gr_json_text(party, "id"),
                                gr_json_text(party, "kind"), gr_json_text(party, "role")};
        count(s, claim, fact);
    }
}

static void take_places(seeing *s, const json_t *claim) {
    size_t i;
    json_t *place;
    json_array_foreach(json_object_get(claim, "where"), i, place) {
        gr_slice fact[FACTS] = {gr_json_text(place, "name"), gr_json_text(place, "level"),
                                gr_json_text(place, "admin1"), gr_json_text(place, "country")};
        count(s, claim, fact);
    }
}

/* Every two of its parties, each pair once whatever its order. */
static void take_relations(seeing *s, const json_t *claim) {
    const json_t *who = json_object_get(claim, "who");
    if (!gr_eq(gr_json_text(claim, "kind"), GR_S("relation"))) return;
    for (size_t i = 0; i < json_array_size(who); i++)
        for (size_t k = i + 1; k < json_array_size(who); k++) {
            gr_slice a = gr_json_text(json_array_get(who, i), "name"),
                     b = gr_json_text(json_array_get(who, k), "name");
            bool turned = gr_compare(a, b) > 0;
            gr_slice fact[FACTS] = {turned ? b : a, gr_json_text(claim, "type"), turned ? a : b,
                                    gr_json_text(claim, "reality")};
            count(s, claim, fact);
        }
}

static const struct {
    const char *name;
    void (*take)(seeing *s, const json_t *claim);
    const char *title[FACTS], *key[FACTS];
} kinds[] = {
    {"actors", take_actors, {"NAME", "ID", "KIND", "ROLE"}, {"name", "id", "kind", "role"}},
    {"places", take_places, {"NAME", "LEVEL", "ADMIN1", "COUNTRY"}, {"name", "level", "admin1", "country"}},
    {"relations", take_relations, {"A", "RELATION", "B", "REALITY"}, {"a", "relation", "b", "reality"}},
};

static bool take_line(void *context, gr_slice line) {
    seeing *s = context;
    jmp_buf full;
    json_t *claim = json_loadb(line.ptr, line.len, 0, NULL);
    if (!claim || setjmp(full)) {
        s->failed = true;
    } else {
        gr_arena_guard(s->arena, &full);
        s->take(s, claim);
    }
    gr_arena_guard(s->arena, NULL);
    json_decref(claim);
    return !s->failed;
}

/* Most claims first, then by name. */
static int most_first(const void *one, const void *other) {
    const row *a = one, *b = other;
    if (a->claims != b->claims) return a->claims > b->claims ? -1 : 1;
    for (int i = 0; i < FACTS; i++) {
        int order = gr_compare(a->fact[i], b->fact[i]);
        if (order) return order;
    }
    return 0;
}

static gr_status print(const gr_args *args, seeing *s, size_t kind, gr_error *err) {
    gr_table table = {.arena = s->arena, .columns = FACTS + 4};
    static const char *const LAST[] = {"CLAIMS", "REPORTS", "FIRST", "LAST"};
    for (int i = 0; i < FACTS; i++) table.title[i] = gr_slice_of(kinds[kind].title[i]);
    for (int i = 0; i < 4; i++) table.title[FACTS + i] = gr_slice_of(LAST[i]);
    for (uint32_t i = 0; i < s->rows.count; i++) {
        const row *r = &s->rows.item[i];
        if (gr_args_given(args, "json")) {
            json_t *out = json_object();
            for (int k = 0; k < FACTS; k++)
                json_object_set_new(out, kinds[kind].key[k], gr_json_words(r->fact[k]));
            json_object_set_new(out, "claims", json_integer((json_int_t)r->claims));
            json_object_set_new(out, "reports", json_integer((json_int_t)r->reports));
            json_object_set_new(out, "first", gr_json_words(r->first));
            json_object_set_new(out, "last", gr_json_words(r->last));
            if (gr_json_print(out, err) != GR_OK) return err->status;
            continue;
        }
        gr_slice cell[] = {r->fact[0],
                           r->fact[1],
                           r->fact[2],
                           r->fact[3],
                           gr_printf(s->arena, "%llu", (unsigned long long)r->claims),
                           gr_printf(s->arena, "%llu", (unsigned long long)r->reports),
                           r->first,
                           r->last};
        gr_table_row(&table, cell);
    }
    if (gr_args_given(args, "json")) return GR_OK;
    if (gr_args_given(args, "csv")) {
        gr_table_print_csv(&table);
        return GR_OK;
    }
    if (s->rows.count) gr_table_print(&table);
    gr_put_line("%s%u %s", s->rows.count ? "\n" : "", s->rows.count, kinds[kind].name);
    return GR_OK;
}

static gr_status see(const gr_args *args, seeing *s, size_t kind, gr_error *err) {
    gr_claim_filter filter;
    gr_status status = gr_filter_of(args, &filter, err);
    if (status != GR_OK) return status;
    gr_record *record = gr_open_record(args, GR_OPEN_READ, err);
    if (!record) return err->status;
    s->take = kinds[kind].take;
    status = gr_record_claims(record, &filter, take_line, s, err);
    gr_record_close(record);
    if (status == GR_OK && s->failed)
        status = gr_fail(err, GR_NO_MEMORY, NULL,
                         "out of memory, or a claim in the record is damaged; try griot verify");
    if (status != GR_OK) return status;
    if (s->rows.count) qsort(s->rows.item, s->rows.count, sizeof *s->rows.item, most_first);
    jmp_buf full;
    if (setjmp(full)) return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while listing");
    gr_arena_guard(s->arena, &full);
    return print(args, s, kind, err);
}

static gr_status run(const gr_args *args, gr_error *err) {
    const char *name[sizeof kinds / sizeof *kinds];
    size_t count_of = sizeof kinds / sizeof *kinds, kind = 0;
    for (size_t i = 0; i < count_of; i++) name[i] = kinds[i].name;
    while (kind < count_of && strcmp(args->operand[0], name[kind]) != 0) kind++;
    if (kind == count_of) {
        const char *near = gr_nearest(args->operand[0], name, (unsigned)count_of);
        return gr_fail(err, GR_USAGE, NULL, "seen: no list of %s; %s%s%s", args->operand[0],
                       near ? "did you mean " : "it has actors, places and relations", near ? near : "",
                       near ? "?" : "");
    }
    seeing s = {.arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B)};
    gr_status status = s.arena ? see(args, &s, kind, err) : gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
    gr_arena_free(s.arena);
    return status;
}

const gr_command gr_command_seen = {
    .name = "seen",
    .summary = "whom, where and which relations the record speaks of",
    .synopsis = "actors|places|relations [FILTERS] [OPTIONS]",
    .about = "Counts the claims that pass the filters by their parties (and the role in which they stand), "
             "by their\n"
             "places, or by the pairs that relations join; with the number of reports and the first and last "
             "day.\n"
             "What griot knows of actors and places beforehand, griot actors and griot places tell.\n",
    .examples = "  griot seen actors --place NER --from 2023-01-01\n"
                "  griot seen places --actor issp --csv > places.csv\n"
                "  griot seen relations --json\n",
    .option = options,
    .least = 1,
    .most = 1,
    .run = run,
};
