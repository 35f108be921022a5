#include "link/aggregates.h"

#include "base/map.h"
#include "link/situation.h"
#include "link/tolls.h"

#include <stdio.h>
#include <stdlib.h>

const char *gr_verdict_name(gr_verdict verdict) {
    static const char *const NAME[] = {"unexplained", "partly explained", "explained", "contradicted"};
    return NAME[verdict];
}

static bool is_generic(gr_slice unit) {
    static const char *const NAMES[] = {"", "person", "people", "other", "victim"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (gr_is(unit, NAMES[i])) return true;
    return false;
}

gr_slice gr_toll_unit(gr_slice unit) {
    return is_generic(unit) ? GR_S("person") : unit;
}

/* ---- inside or not ---- */

static gr_inside least(gr_inside a, gr_inside b) {
    return a < b ? a : b;
}

static bool tells(const gr_harmed *in, gr_slice doc) {
    for (uint32_t i = 0; i < in->doc_count; i++)
        if (gr_eq(in->doc[i], doc)) return true;
    return false;
}

/* A day that nobody gives lies in the window where one report tells both. */
static gr_inside in_window(const gr_told *a, const gr_harmed *in) {
    int32_t from = a->earliest, until = gr_told_day(a);
    int32_t first = in->earliest != GR_NO_DAY ? in->earliest : in->latest,
            last = in->latest != GR_NO_DAY ? in->latest : in->earliest;
    if (first == GR_NO_DAY) return tells(in, a->doc) ? GR_INSIDE : GR_PERHAPS_INSIDE;
    if (until != GR_NO_DAY && first > until) return GR_OUTSIDE;
    if (from != GR_NO_DAY && last < from) return GR_OUTSIDE;
    bool whole = from != GR_NO_DAY && until != GR_NO_DAY && first >= from && last <= until;
    return whole ? GR_INSIDE : GR_PERHAPS_INSIDE;
}

static bool holds_area(const gr_told_place *area, const gr_told_place *p) {
    if (gr_eq(area->key, p->key)) return true;
    if (!area->country.len || !gr_eq(area->country, p->country)) return false;
    if (gr_is(area->level, "country")) return true;
    return gr_is(area->level, "admin1") && area->admin1.len && gr_eq(area->admin1, p->admin1);
}

static bool is_on_the_way(const gr_told_place *p) {
    return gr_is(p->role, "from") || gr_is(p->role, "to") || gr_is(p->role, "along");
}

/* Areas that are not resolved, or are wider than the aggregate's, leave it open. */
static gr_inside in_area(const gr_told *a, const gr_harmed *in) {
    bool asked = false, open = in->place_count == 0;
    for (uint32_t i = 0; i < a->place_count; i++) {
        const gr_told_place *area = &a->place[i];
        if (is_on_the_way(area)) continue;
        asked = true;
        for (uint32_t k = 0; k < in->place_count; k++) {
            const gr_told_place *p = &in->place[k];
            if (holds_area(area, p)) return GR_INSIDE;
            open = open || !p->country.len || !area->country.len || holds_area(p, area);
        }
    }
    return !asked ? GR_INSIDE : open ? GR_PERHAPS_INSIDE : GR_OUTSIDE;
}

/* Who is listed on both sides has to be the same. */
static gr_inside same_side(const gr_told *a, const gr_harmed *in, gr_role role) {
    bool asked = false, answered = false;
    for (uint32_t i = 0; i < a->party_count; i++) {
        if (a->party[i].role != role || !a->party[i].id.len) continue;
        asked = true;
        for (uint32_t k = 0; k < in->party_count; k++) {
            if (in->party[k].role != role || !in->party[k].id.len) continue;
            answered = true;
            if (gr_eq(a->party[i].id, in->party[k].id)) return GR_INSIDE;
        }
    }
    return !asked ? GR_INSIDE : answered ? GR_OUTSIDE : GR_PERHAPS_INSIDE;
}

gr_inside gr_lies_inside(const gr_told *a, const gr_told_figure *figure, const gr_harmed *in,
                         const gr_harm *harm) {
    if (!gr_same_harm(figure->what, harm->what)) return GR_OUTSIDE;
    gr_inside target = same_side(a, in, GR_ROLE_TARGET), sort = GR_INSIDE;
    if (!is_generic(figure->unit) && !gr_eq(figure->unit, harm->unit))
        sort = is_generic(harm->unit) ? GR_PERHAPS_INSIDE : GR_OUTSIDE;
    gr_inside victims = least(target, sort);
    gr_inside rest = least(in_window(a, in), least(in_area(a, in), same_side(a, in, GR_ROLE_ACTOR)));
    return least(victims, rest);
}

/* ---- sums ---- */

static const gr_sum NOTHING = {GR_NO_NUMBER, GR_NO_NUMBER, false};

static void add(gr_sum *sum, const gr_sum *more) {
    if (more->low == GR_NO_NUMBER) return;
    if (sum->low == GR_NO_NUMBER) sum->low = sum->high = 0;
    sum->low += more->low;
    sum->high += more->high;
    sum->open = sum->open || more->open;
}

/* Two tellings of one number. */
static void put_beside(gr_sum *sum, const gr_sum *other) {
    if (other->low == GR_NO_NUMBER && other->high == GR_NO_NUMBER) return;
    bool first = sum->low == GR_NO_NUMBER && sum->high == GR_NO_NUMBER;
    if (first || (other->low != GR_NO_NUMBER && (sum->low == GR_NO_NUMBER || other->low < sum->low)))
        sum->low = other->low;
    if (first || other->high > sum->high) sum->high = other->high;
    sum->open = sum->open || other->open;
}

/* A total is at least what any telling vouches for, and at most what any allows. */
static void raise(gr_sum *sum, const gr_sum *other) {
    if (other->low != GR_NO_NUMBER && (sum->low == GR_NO_NUMBER || other->low > sum->low))
        sum->low = other->low;
    if (other->high != GR_NO_NUMBER && (sum->high == GR_NO_NUMBER || other->high > sum->high))
        sum->high = other->high;
    sum->open = sum->open || other->open;
}

typedef struct part { /* of a sum: what incidents that may be one give */
    uint32_t cluster;
    gr_sum sum;
} part;
typedef GR_VEC(part) parts;

static void take_part(gr_arena *arena, parts *list, uint32_t cluster, const gr_sum *sum) {
    for (uint32_t i = 0; i < list->count; i++)
        if (list->item[i].cluster == cluster) {
            put_beside(&list->item[i].sum, sum);
            return;
        }
    gr_push(arena, list, (part){cluster, *sum});
}

static gr_sum sum_of(const parts *list) {
    gr_sum sum = NOTHING;
    for (uint32_t i = 0; i < list->count; i++) add(&sum, &list->item[i].sum);
    return sum;
}

static gr_sum figure_sum(const gr_told_figure *f) {
    if (f->n == GR_NO_NUMBER) return NOTHING;
    bool below = f->op == GR_OP_LT || f->op == GR_OP_LE;
    return (gr_sum){below ? GR_NO_NUMBER : f->n,
                    f->n_max != GR_NO_NUMBER && f->n_max > f->n ? f->n_max
                    : f->op == GR_OP_LT                         ? f->n - 1
                                                                : f->n,
                    f->op == GR_OP_GT || f->op == GR_OP_GE};
}

/* ---- one aggregate ---- */

typedef struct weighing {
    gr_arena *arena;
    const gr_told *told;
    const gr_harmed *incident;
    uint32_t incident_count;
} weighing;

/* The harm of an incident that lies inside, units put together: at least the greatest, at most all. */
static gr_inside harm_inside(const gr_told *a, const gr_told_figure *f, const gr_harmed *in, gr_sum *out) {
    gr_inside best = GR_OUTSIDE;
    *out = NOTHING;
    for (uint32_t i = 0; i < in->harm_count; i++) {
        const gr_harm *h = &in->harm[i];
        gr_inside inside = gr_lies_inside(a, f, in, h);
        gr_sum one = {h->low, h->high, h->open};
        if (inside == GR_OUTSIDE) continue;
        if (inside > best) best = inside;
        if (out->low != GR_NO_NUMBER && one.low != GR_NO_NUMBER) {
            bool total = is_generic(h->unit) || is_generic(in->harm[0].unit);
            one.high = total ? (one.high > out->high ? one.high : out->high) : one.high + out->high;
        }
        raise(out, &one);
    }
    return best;
}

static void explain(const weighing *w, gr_reconciled *r) {
    const gr_told *a = &w->told[r->told[0]];
    GR_VEC(gr_explaining) by = {0};
    parts sure = {0}, all = {0};
    for (uint32_t i = 0; i < w->incident_count; i++) {
        gr_sum sum;
        gr_inside inside = harm_inside(a, &r->figure, &w->incident[i], &sum);
        if (inside == GR_OUTSIDE) continue;
        gr_push(w->arena, &by, (gr_explaining){i, inside == GR_INSIDE});
        if (sum.low == GR_NO_NUMBER) {
            r->without_number++;
            continue;
        }
        if (inside == GR_INSIDE) take_part(w->arena, &sure, w->incident[i].cluster, &sum);
        take_part(w->arena, &all, w->incident[i].cluster, &sum);
    }
    gr_sum least_of = sum_of(&sure), most_of = sum_of(&all);
    r->by = by.item;
    r->by_count = by.count;
    r->explained = most_of;
    if (most_of.low != GR_NO_NUMBER) r->explained.low = least_of.low == GR_NO_NUMBER ? 0 : least_of.low;
}

/* An upper end that the claims vouch for: "=", "<", "<=" and ranges; "about" and "more than" give none. */
static int64_t ceiling_of(const weighing *w, const gr_reconciled *r) {
    int64_t most = GR_NO_NUMBER;
    for (uint32_t i = 0; i < r->told_count; i++) {
        const gr_told *t = &w->told[r->told[i]];
        for (uint32_t k = 0; k < t->figure_count; k++) {
            const gr_told_figure *f = &t->figure[k];
            if (f->what != r->figure.what || !gr_eq(f->unit, r->figure.unit) || f->n == GR_NO_NUMBER)
                continue;
            if (f->op == GR_OP_GT || f->op == GR_OP_GE || f->op == GR_OP_ABOUT) return GR_NO_NUMBER;
            gr_sum sum = figure_sum(f);
            if (most == GR_NO_NUMBER || sum.high > most) most = sum.high;
        }
    }
    return most;
}

static void settle(const weighing *w, gr_reconciled *r) {
    int64_t ceiling = ceiling_of(w, r), sure = r->explained.low, most = r->explained.high;
    bool any = sure != GR_NO_NUMBER;
    r->unexplained = NOTHING;
    if (r->sum.low != GR_NO_NUMBER)
        r->unexplained.low = any && most >= r->sum.low ? 0 : r->sum.low - (any ? most : 0);
    if (r->sum.high != GR_NO_NUMBER)
        r->unexplained.high = any && sure >= r->sum.high ? 0 : r->sum.high - (any ? sure : 0);
    r->unexplained.open = r->sum.open;
    r->verdict = GR_UNEXPLAINED;
    if (any && most > 0) r->verdict = GR_PARTLY_EXPLAINED;
    if (any && r->sum.low != GR_NO_NUMBER && sure >= r->sum.low + (r->sum.open ? 1 : 0))
        r->verdict = GR_EXPLAINED;
    if (any && ceiling != GR_NO_NUMBER && sure > ceiling) r->verdict = GR_CONTRADICTED;
}

/* ---- accounts of one aggregate ---- */

static void add_places(gr_arena *arena, const gr_told *t, gr_slice *key) {
    for (uint32_t i = 0; i < t->place_count; i++)
        *key = gr_printf(arena, "%.*s\t%.*s", GR_FMT(*key), GR_FMT(t->place[i].key));
}

static void add_parties(gr_arena *arena, const gr_told *t, gr_slice *key) {
    for (uint32_t i = 0; i < t->party_count; i++)
        *key = gr_printf(arena, "%.*s\t%u%.*s", GR_FMT(*key), (unsigned)t->party[i].role,
                         GR_FMT(t->party[i].key));
}

/* Two figures are accounts of one aggregate where window, area and sides are the same; a window that no day
 * settles is the same only in copies of one text. */
static gr_slice aggregate_key(gr_arena *arena, gr_slice group, const gr_told *t, const gr_told_figure *f) {
    gr_slice key = gr_printf(arena, "%.*s\t%u\t%.*s\t%d\t%d", GR_FMT(group), (unsigned)f->what,
                             GR_FMT(f->unit), (int)t->earliest, (int)t->latest);
    if (t->earliest == GR_NO_DAY || t->latest == GR_NO_DAY)
        key = gr_printf(arena, "%.*s\t%.*s\t%.*s", GR_FMT(key), GR_FMT(t->origin), GR_FMT(t->when_words));
    add_places(arena, t, &key);
    add_parties(arena, t, &key);
    return key;
}

/* ---- groups ---- */

static gr_slice month_of(gr_arena *arena, int32_t first, int32_t last) {
    char a[16], z[16];
    if (first == GR_NO_DAY || last == GR_NO_DAY) return GR_S("undated");
    gr_day_format(first, a);
    gr_day_format(last, z);
    if (strncmp(a, z, 7) == 0) return gr_printf(arena, "%.7s", a);
    return gr_printf(arena, "%.7s to %.7s", a, z);
}

static gr_slice place_of(gr_arena *arena, const gr_told_place *place, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (is_on_the_way(&place[i])) continue;
        if (place[i].admin1.len && place[i].country.len)
            return gr_printf(arena, "%.*s (%.*s)", GR_FMT(place[i].admin1), GR_FMT(place[i].country));
        return place[i].name;
    }
    return GR_S("no place");
}

static gr_slice actor_of(const gr_told_party *party, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        if (party[i].role == GR_ROLE_ACTOR) return party[i].name;
    return GR_S("not said");
}

static gr_slice told_group(gr_arena *arena, gr_toll_by by, const gr_told *t) {
    switch (by) {
    case GR_BY_MONTH:
        return month_of(arena, t->earliest, t->latest);
    case GR_BY_PLACE:
        return place_of(arena, t->place, t->place_count);
    case GR_BY_ACTOR:
        return actor_of(t->party, t->party_count);
    case GR_BY_ALL:
        break;
    }
    return GR_S("all");
}

static gr_slice harmed_group(gr_arena *arena, gr_toll_by by, const gr_harmed *in) {
    switch (by) {
    case GR_BY_MONTH:
        return month_of(arena, in->earliest, in->latest);
    case GR_BY_PLACE:
        return place_of(arena, in->place, in->place_count);
    case GR_BY_ACTOR:
        return actor_of(in->party, in->party_count);
    case GR_BY_ALL:
        break;
    }
    return GR_S("all");
}

/* ---- rows ---- */

typedef struct row_parts { /* of a row in the making */
    gr_toll_row row;
    parts dated;
    GR_VEC(uint32_t) incidents;
    GR_VEC(gr_reconciled) aggregates;
    gr_map voices;
    gr_map keys; /* of aggregates */
} row_parts;

typedef struct sheet {
    gr_arena *arena;
    gr_map keys;
    GR_VEC(row_parts) rows;
} sheet;

static uint32_t row_for(sheet *s, gr_slice group, gr_what what, gr_slice unit) {
    gr_slice key = gr_printf(s->arena, "%.*s\t%u\t%.*s", GR_FMT(group), (unsigned)what, GR_FMT(unit));
    uint32_t at = gr_map_get(&s->keys, key);
    if (at != GR_MAP_NONE) return at;
    at = s->rows.count;
    gr_map_set(s->arena, &s->keys, key, at);
    row_parts fresh = {.row = {.group = group,
                               .what = what,
                               .unit = unit,
                               .sum = NOTHING,
                               .incidents = NOTHING,
                               .undated = NOTHING,
                               .unexplained = NOTHING}};
    gr_push(s->arena, &s->rows, fresh);
    return at;
}

static void take_harm(sheet *s, gr_slice group, const gr_harmed *in, uint32_t index, const gr_harm *h) {
    uint32_t at_row = row_for(s, group, h->what, gr_toll_unit(h->unit));
    row_parts *p = &s->rows.item[at_row];
    gr_sum sum = {h->low, h->high, h->open};
    gr_push(s->arena, &p->incidents, index);
    for (uint32_t i = 0; i < in->origin_count; i++) gr_map_set(s->arena, &p->voices, in->origin[i], 1);
    p->row.drafts += !in->accepted;
    if (h->low == GR_NO_NUMBER) {
        p->row.without_number++;
    } else if (in->earliest == GR_NO_DAY && in->latest == GR_NO_DAY) {
        p->row.undated_count++;
        put_beside(&p->row.undated, &sum);
    } else {
        p->row.incident_count++;
        take_part(s->arena, &p->dated, in->cluster, &sum);
    }
}

static void take_aggregate(sheet *s, const weighing *w, gr_toll_by by, uint32_t told,
                           const gr_told_figure *f) {
    const gr_told *t = &w->told[told];
    gr_slice group = told_group(s->arena, by, t);
    uint32_t at_row = row_for(s, group, f->what, gr_toll_unit(f->unit));
    row_parts *p = &s->rows.item[at_row];
    gr_slice key = aggregate_key(s->arena, group, t, f);
    uint32_t at = gr_map_get(&p->keys, key);
    if (at == GR_MAP_NONE) {
        at = p->aggregates.count;
        gr_map_set(s->arena, &p->keys, key, at);
        gr_push(s->arena, &p->aggregates, (gr_reconciled){.figure = *f, .sum = NOTHING});
    }
    gr_reconciled *r = &p->aggregates.item[at];
    gr_sum sum = figure_sum(f);
    put_beside(&r->sum, &sum);
    uint32_t *more = gr_alloc_array(s->arena, (size_t)r->told_count + 1, sizeof *more);
    if (r->told_count) memcpy(more, r->told, r->told_count * sizeof *more);
    more[r->told_count++] = told;
    r->told = more;
    r->accepted = r->accepted || t->accepted;
    gr_map_set(s->arena, &p->voices, t->origin, 1);
    p->row.drafts += !t->accepted;
}

static uint32_t voices_of(gr_arena *arena, const gr_told *told, const gr_reconciled *r) {
    gr_map voices = {0};
    uint32_t count = 0;
    for (uint32_t i = 0; i < r->told_count; i++)
        count += gr_map_set(arena, &voices, told[r->told[i]].origin, 1) == GR_MAP_NONE;
    return count;
}

/* By window, then by claim. For qsort_r. */
static int by_window(const void *one, const void *other, void *context) {
    const gr_told *told = context, *a = &told[((const gr_reconciled *)one)->told[0]],
                  *b = &told[((const gr_reconciled *)other)->told[0]];
    if (a->earliest != b->earliest) return a->earliest < b->earliest ? -1 : 1;
    if (a->latest != b->latest) return a->latest < b->latest ? -1 : 1;
    return gr_compare(a->claim, b->claim);
}

static void finish(const weighing *w, row_parts *p) {
    gr_toll_row *row = &p->row;
    if (p->aggregates.count)
        qsort_r(p->aggregates.item, p->aggregates.count, sizeof *p->aggregates.item, by_window,
                (void *)w->told);
    row->incidents = sum_of(&p->dated);
    raise(&row->sum, &row->incidents);
    raise(&row->sum, &row->undated);
    for (uint32_t i = 0; i < p->aggregates.count; i++) {
        gr_reconciled *r = &p->aggregates.item[i];
        r->voices = voices_of(w->arena, w->told, r);
        explain(w, r);
        settle(w, r);
        raise(&row->sum, &r->sum);
        raise(&row->unexplained, &r->unexplained);
    }
    row->incident = p->incidents.item;
    row->incident_total = p->incidents.count;
    row->aggregate = p->aggregates.item;
    row->aggregate_count = p->aggregates.count;
    row->voices = p->voices.count;
}

static int by_group(const void *one, const void *other) {
    const gr_toll_row *a = one, *b = other;
    int order = gr_compare(a->group, b->group);
    if (!order) order = (a->what > b->what) - (a->what < b->what);
    return order ? order : gr_compare(a->unit, b->unit);
}

void gr_reconcile_tolls(gr_arena *arena, const gr_told *told, uint32_t count, const gr_harmed *incident,
                        uint32_t incident_count, gr_toll_by by, gr_toll_rows *out) {
    sheet s = {.arena = arena};
    weighing w = {arena, told, incident, incident_count};
    for (uint32_t i = 0; i < incident_count; i++) {
        gr_slice group = harmed_group(arena, by, &incident[i]);
        for (uint32_t k = 0; k < incident[i].harm_count; k++)
            take_harm(&s, group, &incident[i], i, &incident[i].harm[k]);
    }
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < told[i].figure_count; k++)
            if (told[i].figure[k].aggregate) take_aggregate(&s, &w, by, i, &told[i].figure[k]);
    *out = (gr_toll_rows){gr_alloc_array(arena, (size_t)s.rows.count + 1, sizeof *out->row), s.rows.count};
    for (uint32_t i = 0; i < s.rows.count; i++) {
        finish(&w, &s.rows.item[i]);
        out->row[i] = s.rows.item[i].row;
    }
    if (out->count) qsort(out->row, out->count, sizeof *out->row, by_group);
}
