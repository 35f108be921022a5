#include "link/situation.h"

#include "claim/acts.h"
#include "link/situation_rows.h"

#include <stdlib.h>

const char *gr_section_name(gr_section section) {
    static const char *const NAME[] = {"relations", "presence", "custody", "forces"};
    return NAME[section];
}

const char *gr_standing_name(gr_standing standing) {
    static const char *const NAME[] = {"claimed", "confirmed", "disputed", "denied", "ended"};
    return NAME[standing];
}

const char *gr_use_name(gr_use use) {
    static const char *const NAME[] = {"asserts", "plans", "denies", "ends"};
    return NAME[use];
}

const char *gr_level_of_presence(unsigned level) {
    static const char *const NAME[] = {"none", "attack", "taxes", "patrols", "holds"};
    return NAME[level];
}

int32_t gr_told_day(const gr_told *t) {
    if (t->latest != GR_NO_DAY) return t->latest;
    if (t->published == GR_NO_DAY || t->earliest == GR_NO_DAY) return t->published;
    return t->earliest > t->published ? t->earliest : t->published;
}

gr_use gr_use_of(const gr_told *t) {
    if (t->ends) return GR_USE_ENDS;
    if (t->reality == GR_DENIED || t->reality == GR_NEGATED) return GR_USE_DENIES;
    return t->reality == GR_PLANNED || t->reality == GR_POSSIBLE ? GR_USE_PLANS : GR_USE_ASSERTS;
}

uint32_t gr_find_row(const gr_board *b, gr_slice key) {
    return gr_map_get(&b->keys, key);
}

uint32_t gr_add_row(gr_board *b, gr_section section, gr_slice what, gr_slice key) {
    uint32_t at = b->rows.count, first = gr_map_get(&b->keys, key);
    gr_row row = {.section = section, .what = what, .key = key, .next = GR_MAP_NONE};
    gr_push(b->arena, &b->rows, row);
    if (first == GR_MAP_NONE) {
        gr_map_set(b->arena, &b->keys, key, at);
    } else {
        while (b->rows.item[first].next != GR_MAP_NONE) first = b->rows.item[first].next;
        b->rows.item[first].next = at;
    }
    return at;
}

void gr_use_told(gr_board *b, uint32_t row, uint32_t told, gr_use use, unsigned level) {
    gr_row *r = &b->rows.item[row];
    if (r->uses.count && r->uses.item[r->uses.count - 1].told == told) return; /* claims come one by one */
    gr_push(b->arena, &r->uses, (gr_state_use){told, use, level});
}

/* ---- in order of time ---- */

/* Says of whom, and where: claims that leave it open are read after those that do not. */
static bool is_complete(const gr_told *t) {
    return t->kind == GR_KIND_RELATION ? t->party_count > 1 : t->party_count > 0;
}

static int compare_days(int32_t a, int32_t b) {
    return (a > b) - (a < b);
}

/* For qsort_r; the end of a thing is told after the thing. */
static int by_time(const void *one, const void *other, void *context) {
    const gr_told *told = context, *a = &told[*(const uint32_t *)one], *b = &told[*(const uint32_t *)other];
    int order = compare_days(gr_told_day(a), gr_told_day(b));
    if (!order) order = (gr_use_of(a) == GR_USE_ENDS) - (gr_use_of(b) == GR_USE_ENDS);
    if (!order) order = is_complete(b) - is_complete(a);
    if (!order) order = compare_days(a->earliest, b->earliest);
    return order ? order : gr_compare(a->claim, b->claim);
}

/* A claim counts if what it tells was so on the day, or may have been by its own date. */
static void choose(gr_board *b, uint32_t count) {
    b->order = gr_alloc_array(b->arena, (size_t)count + 1, sizeof *b->order);
    for (uint32_t i = 0; i < count; i++) {
        const gr_told *t = &b->told[i];
        bool after = b->on != GR_NO_DAY && gr_told_day(t) > b->on;
        if (after && t->earliest > b->on) continue;
        if (after && t->earliest == GR_NO_DAY)
            b->later++;
        else
            b->order[b->count++] = i;
    }
    if (b->count) qsort_r(b->order, b->count, sizeof *b->order, by_time, (void *)b->told);
}

static void take(gr_board *b, uint32_t told) {
    switch (b->told[told].kind) {
    case GR_KIND_RELATION:
        gr_take_relation(b, told);
        break;
    case GR_KIND_PRESENCE:
    case GR_KIND_EVENT:
        gr_take_presence(b, told);
        break;
    case GR_KIND_CUSTODY:
        gr_take_custody(b, told);
        break;
    case GR_KIND_FORCE:
        gr_take_force(b, told);
        break;
    case GR_KIND_TOLL:
    case GR_KIND_COUNT:
        break;
    }
}

/* ---- relations ---- */

static gr_slice relation_name(gr_slice type) {
    static const struct {
        const char *type, *name;
    } NAMES[] = {{"ally", "alliance"},      {"rival", "rivalry"},   {"negotiate", "talks"},
                 {"agree", "agreement"},    {"join", "membership"}, {"split", "split"},
                 {"ceasefire", "ceasefire"}};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (gr_is(type, NAMES[i].type)) return gr_slice_of(NAMES[i].name);
    return type;
}

static gr_slice pair_key(gr_board *b, gr_slice what, gr_slice x, gr_slice y) {
    bool first = gr_compare(x, y) <= 0;
    gr_slice low = first ? x : y, high = first ? y : x;
    return gr_printf(b->arena, "r\t%.*s\t%.*s\t%.*s", GR_FMT(what), GR_FMT(low), GR_FMT(high));
}

static gr_slice account_key(gr_board *b, gr_slice what, const gr_told *t) {
    return gr_printf(b->arena, "ra\t%.*s\t%.*s", GR_FMT(what), GR_FMT(t->account));
}

static void end_relation(gr_board *b, const char *what, const gr_told_party *x, const gr_told_party *y,
                         uint32_t told) {
    uint32_t row = gr_find_row(b, pair_key(b, gr_slice_of(what), x->key, y->key));
    if (row != GR_MAP_NONE) gr_use_told(b, row, told, GR_USE_ENDS, 0);
}

/* One row for the pair, whatever the order. */
static void take_pair(gr_board *b, uint32_t told, const gr_told_party *x, const gr_told_party *y) {
    const gr_told *t = &b->told[told];
    gr_slice what = relation_name(t->type), key = pair_key(b, what, x->key, y->key);
    uint32_t row = gr_find_row(b, key);
    if (row == GR_MAP_NONE) {
        row = gr_add_row(b, GR_RELATIONS, what, key);
        gr_row *r = &b->rows.item[row];
        r->party[0] = *x, r->party[1] = *y, r->party_count = 2;
    }
    gr_use use = gr_use_of(t);
    gr_use_told(b, row, told, use, 0);
    gr_slice account = account_key(b, what, t);
    if (t->account.len && gr_map_get(&b->keys, account) == GR_MAP_NONE)
        gr_map_set(b->arena, &b->keys, account, row);
    if (use != GR_USE_ASSERTS) return;
    if (gr_is(what, "split")) {
        end_relation(b, "alliance", x, y, told);
        end_relation(b, "membership", x, y, told);
    } else if (gr_is(what, "alliance") || gr_is(what, "membership")) {
        end_relation(b, "split", x, y, told);
    }
}

/* Only one side is said, or none: the pair that the same account names, if it names this side; else a row of
 * its own. */
static void take_open(gr_board *b, uint32_t told) {
    const gr_told *t = &b->told[told];
    gr_slice what = relation_name(t->type);
    uint32_t row = t->account.len ? gr_map_get(&b->keys, account_key(b, what, t)) : GR_MAP_NONE;
    if (row != GR_MAP_NONE && t->party_count) {
        const gr_row *r = &b->rows.item[row];
        bool fits = gr_eq(r->party[0].key, t->party[0].key) || gr_eq(r->party[1].key, t->party[0].key);
        if (!fits) row = GR_MAP_NONE;
    }
    if (row == GR_MAP_NONE) {
        gr_slice none = {"", 0}, side = t->party_count ? t->party[0].key : none;
        gr_slice key = side.len ? pair_key(b, what, side, none)
                                : gr_printf(b->arena, "r1\t%.*s\t%.*s", GR_FMT(what), GR_FMT(t->claim));
        row = gr_find_row(b, key);
        if (row == GR_MAP_NONE) {
            row = gr_add_row(b, GR_RELATIONS, what, key);
            if (side.len) b->rows.item[row].party[0] = t->party[0], b->rows.item[row].party_count = 1;
        }
    }
    gr_use_told(b, row, told, gr_use_of(t), 0);
}

static bool leads(const gr_told_party *p) {
    return p->role == GR_ROLE_ACTOR || p->role == GR_ROLE_SUBJECT;
}

void gr_take_relation(gr_board *b, uint32_t told) {
    const gr_told *t = &b->told[told];
    bool sided = false, one = false, other = false, paired = false;
    for (uint32_t i = 0; i < t->party_count; i++) *(leads(&t->party[i]) ? &one : &other) = true;
    sided = one && other;
    for (uint32_t i = 0; i < t->party_count; i++)
        for (uint32_t k = i + 1; k < t->party_count; k++) {
            const gr_told_party *x = &t->party[i], *y = &t->party[k];
            if (gr_eq(x->key, y->key) || (sided && leads(x) == leads(y))) continue;
            take_pair(b, told, leads(y) && !leads(x) ? y : x, leads(y) && !leads(x) ? x : y);
            paired = true;
        }
    if (!paired) take_open(b, told);
}

/* ---- the whole ---- */

static int by_section(const void *one, const void *other, void *context) {
    const gr_board *b = context;
    const gr_row *x = &b->rows.item[*(const uint32_t *)one], *y = &b->rows.item[*(const uint32_t *)other];
    if (x->section != y->section) return x->section < y->section ? -1 : 1;
    int order = gr_compare(x->place.name, y->place.name);
    if (!order) order = gr_compare(x->key, y->key);
    if (order) return order;
    return gr_compare(b->told[x->uses.item[0].told].claim, b->told[y->uses.item[0].told].claim);
}

void gr_situation_of(gr_arena *arena, const gr_told *told, uint32_t count, int32_t on, gr_situation *out) {
    gr_board b = {.arena = arena, .told = told, .on = on};
    choose(&b, count);
    for (uint32_t i = 0; i < b.count; i++) take(&b, b.order[i]);
    gr_follow_custody(&b);
    gr_contest_places(&b);
    uint32_t *row = gr_alloc_array(arena, (size_t)b.rows.count + 1, sizeof *row), kept = 0;
    for (uint32_t i = 0; i < b.rows.count; i++)
        if (!b.rows.item[i].gone && b.rows.item[i].uses.count) row[kept++] = i;
    if (kept) qsort_r(row, kept, sizeof *row, by_section, &b);
    *out = (gr_situation){.state = gr_alloc_array(arena, (size_t)kept + 1, sizeof *out->state),
                          .state_count = kept,
                          .later = b.later};
    for (uint32_t i = 0; i < kept; i++) gr_finish_row(&b, &b.rows.item[row[i]], &out->state[i]);
}
