/* griot situation: what the claims say of relations, presence, custody, forces and tolls, as of a day. */
#include "base/limits.h"
#include "base/map.h"
#include "cli/phrase.h"
#include "cli/record.h"
#include "cli/screen.h"
#include "cli/table.h"
#include "cli/views.h"

#include <stdio.h>

static const gr_option options[] = {
    {"on", 0, "DATE", "leave out what is dated after this day"},
    {"actor", 'a', "ACTOR", "only claims with this actor: an id, or words of a name"},
    {"place", 'p', "PLACE", "only claims at this place: words of a name, or a country code"},
    GR_OPTION_RECORD,
    GR_OPTION_JSON,
    {0},
};

static const struct {
    const char *kind, *title;
} sections[] = {
    {"relation", "Relations"}, {"presence", "Presence and control"},          {"custody", "Custody"},
    {"force", "Forces"},       {"toll", "Tolls, as claimed; never added up"},
};
enum { SECTION_COUNT = sizeof sections / sizeof *sections };

/* Claims that say the same. */
typedef struct group {
    gr_slice what, who, where, when, counts;
    gr_slice says; /* its claimants, each once */
    gr_map claimants;
    unsigned claims;
    json_t *ids; /* array of claim ids */
} group;

typedef struct gathering {
    gr_arena *arena;
    int32_t on;
    gr_map keys;
    GR_VEC(group) groups;
} gathering;

static bool is_kind(const json_t *claim, const char *kind) {
    return gr_eq(gr_json_text(claim, "kind"), gr_slice_of(kind));
}

static bool after(const json_t *claim, int32_t on) {
    if (on == GR_NO_DAY) return false;
    gr_slice earliest = gr_json_text(json_object_get(claim, "when"), "earliest");
    return earliest.len && gr_day_parse(earliest) > on;
}

static void add_to_group(gr_arena *arena, group *g, const json_t *claim) {
    gr_slice says = gr_phrase_says(arena, claim);
    if (!says.len) says = GR_S("the report");
    if (gr_map_set(arena, &g->claimants, says, 1) == GR_MAP_NONE)
        g->says = g->says.len ? gr_printf(arena, "%.*s; %.*s", GR_FMT(g->says), GR_FMT(says)) : says;
    json_array_append(g->ids, json_object_get(claim, "claim"));
    g->claims++;
}

static void gather(gathering *g, const json_t *claim) {
    group fresh = {.what = gr_phrase_what(g->arena, claim),
                   .who = gr_phrase_who(g->arena, claim),
                   .where = gr_phrase_where(g->arena, claim),
                   .when = gr_phrase_when(g->arena, claim),
                   .counts = gr_phrase_counts(g->arena, claim)};
    gr_slice key = gr_printf(g->arena, "%.*s\n%.*s\n%.*s\n%.*s\n%.*s", GR_FMT(fresh.what), GR_FMT(fresh.who),
                             GR_FMT(fresh.where), GR_FMT(fresh.when), GR_FMT(fresh.counts));
    uint32_t at = gr_map_get(&g->keys, key);
    if (at == GR_MAP_NONE) {
        at = g->groups.count;
        gr_map_set(g->arena, &g->keys, key, at);
        fresh.ids = json_array();
        gr_push(g->arena, &g->groups, fresh);
    }
    add_to_group(g->arena, &g->groups.item[at], claim);
}

/* The groups of one kind, in the order of their first claims. */
static gathering gather_kind(gr_arena *arena, const json_t *claims, const char *kind, int32_t on) {
    gathering g = {.arena = arena, .on = on};
    size_t i;
    json_t *claim;
    json_array_foreach(claims, i, claim) {
        if (is_kind(claim, kind) && !after(claim, on)) gather(&g, claim);
    }
    return g;
}

static void release(gathering *g) {
    for (uint32_t i = 0; i < g->groups.count; i++) json_decref(g->groups.item[i].ids);
}

static size_t count_events(const json_t *claims, int32_t on) {
    size_t count = 0, i;
    json_t *claim;
    json_array_foreach(claims, i, claim) count += is_kind(claim, "event") && !after(claim, on);
    return count;
}

static void print_section(gr_arena *arena, const gathering *g, const char *title) {
    gr_table table = {.arena = arena,
                      .columns = 7,
                      .title = {GR_S("  WHAT"), GR_S("WHO"), GR_S("WHERE"), GR_S("WHEN"), GR_S("HOW MANY"),
                                GR_S("CLAIMS"), GR_S("SAID BY")},
                      .lead = {[2] = "at ", [5] = "claims: ", [6] = "said by "}};
    for (uint32_t i = 0; i < g->groups.count; i++) {
        const group *one = &g->groups.item[i];
        gr_slice cell[] = {
            gr_printf(arena, "  %.*s", GR_FMT(one->what)), one->who, one->where, one->when, one->counts,
            gr_printf(arena, "%u", one->claims),           one->says};
        gr_table_row(&table, cell);
    }
    putchar('\n');
    gr_put(GR_MARKED, gr_slice_of(title));
    putchar('\n');
    gr_table_print(&table);
}

gr_status gr_print_situation(const json_t *claims, int32_t on, gr_error *err) {
    gr_arena *arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B);
    if (!arena) return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
    char day[16] = "";
    if (on != GR_NO_DAY) gr_day_format(on, day);
    gr_put_line("Situation%s%s, as claimed: drafts by machine, not reviewed, not reconciled with each other",
                *day ? " on " : "", day);
    for (unsigned i = 0; i < SECTION_COUNT; i++) {
        gathering g = gather_kind(arena, claims, sections[i].kind, on);
        if (g.groups.count) print_section(arena, &g, sections[i].title);
        release(&g);
    }
    putchar('\n');
    size_t events = count_events(claims, on);
    gr_put_line("Beside these: %zu claim%s of single events, see griot claims --kind event", events,
                gr_plural(events));
    gr_arena_free(arena);
    return GR_OK;
}

static json_t *text_or_null(gr_slice text) {
    return text.len ? json_stringn(text.ptr, text.len) : json_null();
}

static json_t *group_json(const group *one) {
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:O}", "what", text_or_null(one->what), "who",
                     text_or_null(one->who), "where", text_or_null(one->where), "when",
                     text_or_null(one->when), "how_many", text_or_null(one->counts), "said_by",
                     text_or_null(one->says), "claims", one->ids);
}

json_t *gr_situation_json(const json_t *claims, int32_t on) {
    gr_arena *arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B);
    if (!arena) return NULL;
    char day[16] = "";
    if (on != GR_NO_DAY) gr_day_format(on, day);
    json_t *all = json_pack("{s:o, s:s, s:b}", "on", text_or_null(gr_slice_of(day)), "status", "draft",
                            "reconciled", 0);
    for (unsigned i = 0; i < SECTION_COUNT; i++) {
        gathering g = gather_kind(arena, claims, sections[i].kind, on);
        json_t *rows = json_array();
        for (uint32_t k = 0; k < g.groups.count; k++)
            json_array_append_new(rows, group_json(&g.groups.item[k]));
        json_object_set_new(all, sections[i].kind, rows);
        release(&g);
    }
    json_object_set_new(all, "events", json_integer((json_int_t)count_events(claims, on)));
    gr_arena_free(arena);
    return all;
}

static gr_status run(const gr_args *args, gr_error *err) {
    int32_t on;
    gr_status status = gr_args_day(args, "on", &on, err);
    if (status != GR_OK) return status;
    gr_record *record = gr_open_record(args, GR_OPEN_READ, err);
    if (!record) return err->status;
    gr_claim_filter filter = gr_every_claim();
    filter.actor = gr_args_slice(args, "actor");
    filter.place = gr_args_slice(args, "place");
    json_t *claims = gr_collect_claims(record, &filter, err);
    gr_record_close(record);
    if (!claims) return err->status;
    if (gr_args_given(args, "json"))
        status = gr_json_print(gr_situation_json(claims, on), err);
    else
        status = gr_print_situation(claims, on, err);
    json_decref(claims);
    return status;
}

const gr_command gr_command_situation = {
    .name = "situation",
    .summary = "who is allied, present, held, armed; tolls as claimed",
    .synopsis = "[--on DATE] [OPTIONS]",
    .about =
        "Groups the record's claims on relations, presence, custody, forces and tolls. Claims that say the\n"
        "same are one line, with their number and claimants. What is undated stays in and is marked.\n"
        "Nothing here is reviewed or reconciled: two lines may contradict each other.\n",
    .examples = "  griot situation\n"
                "  griot situation --on 2024-02-10 --place NER\n"
                "  griot situation --actor jnim --json\n",
    .option = options,
    .least = 0,
    .most = 0,
    .run = run,
};
