/* A row in the making -> a state: its period, bounds, standing, figures. */
#include "link/situation_rows.h"

#include <stdlib.h>

static const gr_told *told_of(const gr_board *b, const gr_state_use *use) {
    return &b->told[use->told];
}

static bool is_dated(const gr_told *t) {
    return t->latest != GR_NO_DAY || t->earliest != GR_NO_DAY;
}

/* Later news opens again what has ended. What the report of the end tells without a date is how things were
 * before. */
static bool reopens(const gr_told *t, const gr_told *end) {
    if (gr_told_day(t) == GR_NO_DAY) return false;
    return is_dated(t) ? gr_told_day(t) > gr_told_day(end) : !gr_eq(t->doc, end->doc);
}

uint32_t gr_period_of(const gr_board *b, const gr_row *row, uint32_t *ended, uint32_t *earlier) {
    uint32_t from = 0;
    *ended = GR_MAP_NONE;
    *earlier = 0;
    for (uint32_t i = 0; i < row->uses.count; i++) {
        const gr_state_use *use = &row->uses.item[i];
        if (use->use == GR_USE_ENDS) {
            if (*ended == GR_MAP_NONE) *ended = i;
        } else if (use->use == GR_USE_ASSERTS && *ended != GR_MAP_NONE &&
                   reopens(told_of(b, use), told_of(b, &row->uses.item[*ended]))) {
            from = i;
            *ended = GR_MAP_NONE;
            ++*earlier;
        }
    }
    return from;
}

/* ---- bounds ---- */

static bool by_publication(const gr_told *t) {
    return t->latest == GR_NO_DAY && gr_told_day(t) != GR_NO_DAY;
}

/* It tells how the state began, not only that it stands. */
static bool is_onset(const gr_told *t) {
    if (t->reality != GR_OCCURRED || t->earliest == GR_NO_DAY) return false;
    return t->kind == GR_KIND_RELATION || t->kind == GR_KIND_CUSTODY || t->kind == GR_KIND_FORCE ||
           gr_is(t->type, "control");
}

static bool earlier_day(int32_t a, int32_t b) {
    return a != GR_NO_DAY && (b == GR_NO_DAY || a < b);
}

/* When it began, by the claims [from, to) of this use. */
static gr_bound begun(const gr_board *b, const gr_row *row, uint32_t from, uint32_t to, gr_use which) {
    gr_bound out = {GR_NO_DAY, GR_NO_DAY, false};
    for (uint32_t i = from; i < to; i++) {
        const gr_told *t = told_of(b, &row->uses.item[i]);
        if (row->uses.item[i].use != which) continue;
        if (earlier_day(gr_told_day(t), out.at_latest) ||
            (gr_told_day(t) == out.at_latest && out.by_publication && !by_publication(t)))
            out.at_latest = gr_told_day(t), out.by_publication = by_publication(t);
        if (is_onset(t) && earlier_day(t->earliest, out.not_before)) out.not_before = t->earliest;
    }
    if (out.not_before != GR_NO_DAY && out.at_latest != GR_NO_DAY && out.not_before > out.at_latest)
        out.not_before = GR_NO_DAY; /* another account knew of it before */
    return out;
}

static gr_bound ended_at(const gr_told *end) {
    return (gr_bound){end->earliest, gr_told_day(end), by_publication(end)};
}

static void find_last_heard(const gr_board *b, const gr_row *row, uint32_t from, gr_use which,
                            gr_state *out) {
    for (uint32_t i = from; i < row->uses.count; i++) {
        const gr_told *t = told_of(b, &row->uses.item[i]);
        bool older = out->last_heard != GR_NO_DAY && gr_told_day(t) < out->last_heard;
        if (row->uses.item[i].use != which || older) continue;
        if (gr_told_day(t) == out->last_heard && by_publication(t)) continue;
        out->last_heard = gr_told_day(t);
        out->heard_by_publication = by_publication(t);
    }
}

/* ---- voices and standing ---- */

static uint32_t count_voices(const gr_board *b, const gr_row *row, uint32_t from, gr_use which) {
    gr_map voices = {0};
    uint32_t count = 0;
    for (uint32_t i = from; i < row->uses.count; i++)
        if (row->uses.item[i].use == which &&
            gr_map_set(b->arena, &voices, told_of(b, &row->uses.item[i])->origin, 1) == GR_MAP_NONE)
            count++;
    return count;
}

static uint32_t count_uses(const gr_row *row, uint32_t from, gr_use which) {
    uint32_t count = 0;
    for (uint32_t i = from; i < row->uses.count; i++) count += row->uses.item[i].use == which;
    return count;
}

static void settle_standing(const gr_board *b, const gr_row *row, uint32_t from, bool ended, gr_state *out) {
    uint32_t asserts = count_uses(row, from, GR_USE_ASSERTS), plans = count_uses(row, from, GR_USE_PLANS),
             denies = count_uses(row, from, GR_USE_DENIES);
    gr_use main = asserts ? GR_USE_ASSERTS : plans ? GR_USE_PLANS : denies ? GR_USE_DENIES : GR_USE_ENDS;
    out->voices = count_voices(b, row, from, main);
    out->standing = ended                                   ? GR_STANDS_ENDED
                    : main == GR_USE_DENIES                 ? GR_STANDS_DENIED
                    : denies || (row->contested && asserts) ? GR_STANDS_DISPUTED
                    : out->voices > 1                       ? GR_STANDS_CONFIRMED
                                                            : GR_STANDS_CLAIMED;
    find_last_heard(b, row, from, main, out);
    for (uint32_t i = from; i < row->uses.count; i++) {
        const gr_told *t = told_of(b, &row->uses.item[i]);
        if (row->uses.item[i].use != main) continue;
        out->reality = t->reality;
        out->accepted = out->accepted || t->accepted;
    }
}

/* ---- figures: of one thing the voices stand side by side; those freed on several days add up ---- */

typedef GR_VEC(gr_state_figure) figures;

/* What one voice gives in one account: the greatest, of a total and its parts. */
static void widen(gr_state_figure *f, const gr_told_figure *given) {
    if (given->n == GR_NO_NUMBER) {
        if (!f->words.len) f->words = given->words;
        return;
    }
    int64_t high = given->n_max != GR_NO_NUMBER && given->n_max > given->n ? given->n_max : given->n;
    if (f->low == GR_NO_NUMBER || given->n > f->low) f->low = given->n;
    if (f->high == GR_NO_NUMBER || high > f->high) f->high = high;
    f->open = f->open || given->op == GR_OP_GT || given->op == GR_OP_GE;
}

static gr_what harm_of(gr_section section, gr_what what) {
    bool taken = what == GR_WHAT_DETAINED || what == GR_WHAT_ARRESTED || what == GR_WHAT_ABDUCTED;
    return section == GR_CUSTODY && taken ? GR_WHAT_DETAINED : what;
}

static gr_state_figure voice_figure(const gr_board *b, const gr_row *row, uint32_t from, gr_slice thing,
                                    gr_slice origin, gr_what what) {
    gr_state_figure out = {.what = what, .low = GR_NO_NUMBER, .high = GR_NO_NUMBER};
    for (uint32_t i = from; i < row->uses.count; i++) {
        const gr_told *t = told_of(b, &row->uses.item[i]);
        if (t->part || !gr_eq(t->origin, origin) || !gr_eq(t->incident, thing)) continue;
        for (uint32_t k = 0; k < t->figure_count; k++) {
            if (harm_of(row->section, t->figure[k].what) != what) continue;
            widen(&out, &t->figure[k]);
            if (!out.unit.len) out.unit = t->figure[k].unit;
        }
    }
    return out;
}

static bool says_something(const gr_state_figure *f) {
    return f->low != GR_NO_NUMBER || f->words.len;
}

/* Over the voices of one thing: least, greatest, how many. */
static gr_state_figure thing_figure(const gr_board *b, const gr_row *row, uint32_t from, gr_slice thing,
                                    gr_what what) {
    gr_state_figure out = {.what = what, .low = GR_NO_NUMBER, .high = GR_NO_NUMBER};
    gr_map voices = {0};
    for (uint32_t i = from; i < row->uses.count; i++) {
        const gr_told *t = told_of(b, &row->uses.item[i]);
        if (!gr_eq(t->incident, thing) || gr_map_set(b->arena, &voices, t->origin, 1) != GR_MAP_NONE)
            continue;
        gr_state_figure one = voice_figure(b, row, from, thing, t->origin, what);
        if (!says_something(&one)) continue;
        out.voices++;
        if (!out.words.len) out.words = one.words;
        if (!out.unit.len) out.unit = one.unit;
        if (one.low == GR_NO_NUMBER) continue;
        out.open = out.open || one.open;
        if (out.low == GR_NO_NUMBER || one.low < out.low) out.low = one.low;
        if (out.high == GR_NO_NUMBER || one.high > out.high) out.high = one.high;
    }
    return out;
}

static void add_thing(gr_state_figure *sum, const gr_state_figure *one, bool adds) {
    if (!says_something(one)) return;
    if (!sum->words.len) sum->words = one->words;
    if (!sum->unit.len) sum->unit = one->unit;
    sum->voices += one->voices;
    if (one->low == GR_NO_NUMBER) return;
    sum->open = sum->open || one->open;
    bool first = sum->low == GR_NO_NUMBER;
    if (first) {
        sum->low = one->low, sum->high = one->high;
    } else if (adds) {
        sum->low += one->low, sum->high += one->high;
    } else {
        if (one->low < sum->low) sum->low = one->low;
        if (one->high > sum->high) sum->high = one->high;
    }
}

static bool counts(const gr_board *b, const gr_row *row, uint32_t from, gr_what what) {
    for (uint32_t i = from; i < row->uses.count; i++) {
        const gr_told *t = told_of(b, &row->uses.item[i]);
        for (uint32_t k = 0; k < t->figure_count; k++)
            if (harm_of(row->section, t->figure[k].what) == what) return true;
    }
    return false;
}

static void fill_figures(const gr_board *b, const gr_row *row, uint32_t from, gr_state *out) {
    figures list = {0};
    for (unsigned what = 0; what < GR_WHAT_COUNT; what++) {
        gr_state_figure sum = {.what = (gr_what)what, .low = GR_NO_NUMBER, .high = GR_NO_NUMBER};
        gr_map things = {0};
        if (!counts(b, row, from, (gr_what)what)) continue;
        for (uint32_t i = from; i < row->uses.count; i++) {
            gr_slice thing = told_of(b, &row->uses.item[i])->incident;
            if (gr_map_set(b->arena, &things, thing, 1) != GR_MAP_NONE) continue;
            gr_state_figure one = thing_figure(b, row, from, thing, (gr_what)what);
            add_thing(&sum, &one, row->section == GR_CUSTODY);
        }
        if (says_something(&sum)) gr_push(b->arena, &list, sum);
    }
    out->figure = list.item;
    out->figure_count = list.count;
}

/* ---- custody: what is left ---- */

static const gr_state_figure *figure_of(const gr_state *s, gr_what what) {
    for (uint32_t i = 0; i < s->figure_count; i++)
        if (s->figure[i].what == what && s->figure[i].low != GR_NO_NUMBER) return &s->figure[i];
    return NULL;
}

static bool is_out(gr_slice type) {
    return gr_is(type, "release") || gr_is(type, "escape") || gr_is(type, "exchange");
}

static void subtract(gr_state *out, const gr_state_figure *held) {
    static const gr_what OUT[] = {GR_WHAT_RELEASED, GR_WHAT_ESCAPED};
    int64_t low = 0, high = 0;
    for (size_t i = 0; i < sizeof OUT / sizeof *OUT; i++) {
        const gr_state_figure *f = figure_of(out, OUT[i]);
        if (f) low += f->low, high += f->high;
    }
    out->left_low = held->low > high ? held->low - high : 0;
    out->left_high = held->high > low ? held->high - low : 0;
}

/* Every person who is named as held is named as out too. */
static bool all_out(const gr_board *b, const gr_row *row) {
    gr_map out = {0};
    bool any = false, left = false;
    for (uint32_t i = 0; i < row->uses.count; i++) {
        const gr_told *t = told_of(b, &row->uses.item[i]);
        for (uint32_t k = 0; k < t->person_count && is_out(t->type); k++)
            gr_map_set(b->arena, &out, t->person[k], 1);
    }
    for (uint32_t i = 0; i < row->uses.count; i++) {
        const gr_told *t = told_of(b, &row->uses.item[i]);
        for (uint32_t k = 0; k < t->person_count && !is_out(t->type); k++) {
            any = true;
            left = left || gr_map_get(&out, t->person[k]) == GR_MAP_NONE;
        }
    }
    return any && !left;
}

static void settle_custody(const gr_board *b, const gr_row *row, gr_state *out) {
    const gr_told *last = NULL;
    uint32_t first_out = row->uses.count;
    for (uint32_t i = 0; i < row->uses.count; i++)
        if (is_out(told_of(b, &row->uses.item[i])->type)) {
            last = told_of(b, &row->uses.item[i]);
            if (i < first_out) first_out = i;
        }
    const gr_state_figure *held = figure_of(out, GR_WHAT_DETAINED);
    if (!last || !gr_is(row->what, "held")) return;
    bool counted = figure_of(out, GR_WHAT_RELEASED) || figure_of(out, GR_WHAT_ESCAPED);
    if (held && counted) subtract(out, held);
    bool none_left = held && counted && out->left_high == 0 && !held->open;
    if (!none_left && !(!held && all_out(b, row))) return;
    out->what = gr_is(last->type, "release")  ? GR_S("freed")
                : gr_is(last->type, "escape") ? GR_S("escaped")
                                              : GR_S("exchanged");
    out->from = begun(b, row, first_out, row->uses.count, GR_USE_ASSERTS);
}

/* ---- presence: levels ---- */

static void fill_levels(const gr_board *b, const gr_row *row, uint32_t from, gr_state *out) {
    gr_state_level found[GR_LEVEL_COUNT] = {{0}};
    unsigned top = GR_LEVEL_NONE;
    for (uint32_t i = from; i < row->uses.count; i++) {
        const gr_state_use *use = &row->uses.item[i];
        int32_t day = gr_told_day(told_of(b, use));
        gr_state_level *l = &found[use->level];
        if (use->use == GR_USE_ASSERTS && use->level > top) top = use->level;
        if (use->use != GR_USE_ASSERTS) continue;
        if (!l->claims || day > l->last_heard) l->last_heard = day;
        l->claims++;
    }
    for (uint32_t i = from; i < row->uses.count && top == GR_LEVEL_NONE; i++)
        top = row->uses.item[i].level; /* nothing but ends, plans and denials */
    out->what = gr_slice_of(gr_level_of_presence(top));
    out->level = gr_alloc_array(b->arena, GR_LEVEL_COUNT, sizeof *out->level);
    for (unsigned l = GR_LEVEL_COUNT; l-- > 1;)
        if (found[l].claims) {
            found[l].name = gr_level_of_presence(l);
            out->level[out->level_count++] = found[l];
        }
}

/* ---- the whole ---- */

static void take_parties(const gr_board *b, const gr_row *row, gr_state *out) {
    GR_VEC(gr_told_party) list = {0};
    gr_map keys = {0};
    for (uint32_t i = 0; i < row->party_count; i++) gr_push(b->arena, &list, row->party[i]);
    for (uint32_t i = 0; i < row->uses.count && row->section == GR_CUSTODY; i++) {
        const gr_told *t = told_of(b, &row->uses.item[i]);
        for (uint32_t k = 0; k < t->party_count; k++) {
            gr_slice key =
                gr_printf(b->arena, "%u %.*s", (unsigned)t->party[k].role, GR_FMT(t->party[k].key));
            if (gr_map_set(b->arena, &keys, key, 1) == GR_MAP_NONE) gr_push(b->arena, &list, t->party[k]);
        }
    }
    out->party = list.item;
    out->party_count = list.count;
}

static void take_places(const gr_board *b, const gr_row *row, uint32_t from, gr_state *out) {
    GR_VEC(gr_told_place) list = {0};
    gr_map keys = {0};
    if (row->has_place) gr_push(b->arena, &list, row->place);
    for (uint32_t i = from; i < row->uses.count && row->section != GR_PRESENCE; i++) {
        const gr_told *t = told_of(b, &row->uses.item[i]);
        for (uint32_t k = 0; k < t->place_count; k++)
            if (gr_map_set(b->arena, &keys, t->place[k].key, 1) == GR_MAP_NONE)
                gr_push(b->arena, &list, t->place[k]);
    }
    out->place = list.item;
    out->place_count = list.count;
}

static void take_persons(const gr_board *b, const gr_row *row, gr_state *out) {
    GR_VEC(gr_slice) list = {0};
    gr_map keys = {0};
    for (uint32_t i = 0; i < row->uses.count; i++) {
        const gr_told *t = told_of(b, &row->uses.item[i]);
        for (uint32_t k = 0; k < t->person_count; k++)
            if (gr_map_set(b->arena, &keys, t->person[k], 1) == GR_MAP_NONE)
                gr_push(b->arena, &list, t->person[k]);
    }
    out->person = list.item;
    out->person_count = list.count;
}

void gr_finish_row(gr_board *b, const gr_row *row, gr_state *out) {
    uint32_t ended, from;
    gr_bound open = {GR_NO_DAY, GR_NO_DAY, false};
    *out = (gr_state){.section = row->section,
                      .what = row->what,
                      .from = open,
                      .until = open,
                      .last_heard = GR_NO_DAY,
                      .left_low = GR_NO_NUMBER,
                      .left_high = GR_NO_NUMBER};
    from = gr_period_of(b, row, &ended, &out->earlier);
    bool over = ended != GR_MAP_NONE;
    out->from = begun(b, row, from, over ? ended : row->uses.count, GR_USE_ASSERTS);
    if (over) out->until = ended_at(told_of(b, &row->uses.item[ended]));
    settle_standing(b, row, from, over, out);
    if (row->section == GR_CUSTODY || row->section == GR_FORCES) fill_figures(b, row, from, out);
    if (row->section == GR_CUSTODY) settle_custody(b, row, out);
    if (row->section == GR_PRESENCE) fill_levels(b, row, from, out);
    take_parties(b, row, out);
    take_places(b, row, from, out);
    take_persons(b, row, out);
    out->use = row->uses.item;
    out->use_count = row->uses.count;
    for (uint32_t i = from; i < row->uses.count; i++) {
        const gr_told *t = told_of(b, &row->uses.item[i]);
        if (row->uses.item[i].use == GR_USE_ASSERTS && b->on != GR_NO_DAY && gr_told_day(t) > b->on)
            out->perhaps = true;
    }
    if (out->from.at_latest != GR_NO_DAY && (b->on == GR_NO_DAY || out->from.at_latest <= b->on))
        out->perhaps = false;
}
