/* Many facts, one place: facts are joined by id, then facts of dumps by name, distance and class; each gets
 * the smallest known unit that holds it. Nothing here depends on the order in which sources were named. */
#include "base/map.h"
#include "base/utf8.h"
#include "place/source.h"

#include <math.h>
#include <stdlib.h>

/* How far the points of two sources for one place lie apart at most. Villages: GeoNames' points are often
 * rounded to arc minutes, and the next village is rarely nearer. */
static const double SAME_VILLAGE_KM = 5, SAME_FEATURE_KM = 30;
enum { MOST_PARENTS = 16 };

typedef struct name_link { /* one name of a fact; all with one key hang on a chain */
    uint32_t fact, next;
} name_link;

typedef struct outline {
    uint32_t fact;
    const gr_fact_shape *shape;
    int32_t south, west, north, east;
} outline;

typedef struct merger {
    gr_reading *reading;
    gr_arena *arena;
    gr_facts *facts;
    gr_map by_id, by_code, by_name, country;
    GR_VEC(name_link) link;
    GR_VEC(outline) outline; /* those of one place side by side */
    uint32_t *order;         /* facts by level, then as they are believed */
} merger;

static gr_fact *fact_at(const merger *m, uint32_t index) {
    return &m->facts->row.item[index];
}

static uint32_t settled(const merger *m, uint32_t index) {
    while (index != GR_NO_PLACE && fact_at(m, index)->merged != GR_NO_PLACE)
        index = fact_at(m, index)->merged;
    return index;
}

static void at_line_of(merger *m, const gr_fact *fact) {
    m->reading->file = fact->file;
    m->reading->line = fact->line;
}

/* ---- order ---- */

static const gr_fact *sorted_facts; /* for qsort, which passes no context; the builder runs in one thread */

static int by_belief(const gr_fact *a, const gr_fact *c) {
    if (a->rank != c->rank) return a->rank < c->rank ? -1 : 1;
    int order = gr_compare(a->name, c->name);
    if (!order) order = gr_compare(a->variants, c->variants);
    if (order) return order;
    if (a->lat_e4 != c->lat_e4) return a->lat_e4 < c->lat_e4 ? -1 : 1;
    if (a->lon_e4 != c->lon_e4) return a->lon_e4 < c->lon_e4 ? -1 : 1;
    return a->population < c->population ? -1 : a->population > c->population;
}

static int by_id(const void *left, const void *right) {
    const gr_fact *a = &sorted_facts[*(const uint32_t *)left], *c = &sorted_facts[*(const uint32_t *)right];
    int order = gr_compare(a->id, c->id);
    return order ? order : by_belief(a, c);
}

/* Countries first, then unit by unit downwards: a fact's parent has been joined before it is looked at. */
static int by_level(const void *left, const void *right) {
    const gr_fact *a = &sorted_facts[*(const uint32_t *)left], *c = &sorted_facts[*(const uint32_t *)right];
    if (a->level != c->level) return a->level > c->level ? -1 : 1;
    int order = by_belief(a, c);
    return order ? order : gr_compare(a->id, c->id);
}

static void sort(merger *m, int (*compare)(const void *, const void *)) {
    uint32_t count = m->facts->row.count;
    for (uint32_t i = 0; i < count; i++) m->order[i] = i;
    sorted_facts = m->facts->row.item;
    if (count) qsort(m->order, count, sizeof *m->order, compare);
}

/* ---- joining two facts ---- */

static void join(merger *m, uint32_t into, uint32_t from) {
    gr_fact *a = fact_at(m, into), *c = fact_at(m, from);
    a->variants =
        gr_printf(m->arena, "%.*s|%.*s|%.*s", GR_FMT(a->variants), GR_FMT(c->name), GR_FMT(c->variants));
    if (a->population == 0) a->population = c->population;
    if (a->lat_e4 == GR_IMAGE_NO_POINT) a->lat_e4 = c->lat_e4, a->lon_e4 = c->lon_e4;
    if (!a->country[0]) memcpy(a->country, c->country, sizeof a->country);
    if (!a->parent_id.len) a->parent_id = c->parent_id;
    if (!a->inside_code.len) a->inside_code = c->inside_code;
    c->merged = into;
}

static gr_status twice_in_tables(merger *m, const gr_fact *first, const gr_fact *second, gr_error *err) {
    at_line_of(m, second);
    gr_status status = gr_source_fail(m->reading, err, "id %.*s stands already in %s:%u; remove one",
                                      GR_FMT(second->id), first->file, first->line);
    return gr_source_let_go(m->reading, status, err);
}

static gr_status join_equal_ids(merger *m, gr_error *err) {
    sort(m, by_id);
    uint32_t first = 0;
    for (uint32_t k = 0; k < m->facts->row.count; k++) {
        uint32_t index = m->order[k];
        gr_fact *fact = fact_at(m, index), *before = fact_at(m, m->order[first]);
        if (k == 0 || !gr_eq(fact->id, before->id)) {
            first = k;
            gr_map_set(m->arena, &m->by_id, fact->id, index);
            continue;
        }
        bool slip = fact->rank <= GR_RANK_TABLE && before->rank == fact->rank;
        if (slip) {
            gr_status status = twice_in_tables(m, before, fact, err);
            if (status != GR_OK) return status;
            fact->merged = m->order[first];
            continue;
        }
        at_line_of(m, fact);
        if (fact->rank != GR_RANK_CODED && fact->rank != before->rank) /* its upper units recur in each row */
            gr_source_report(m->reading, "merged with %s:%u, the same id %.*s", before->file, before->line,
                             GR_FMT(fact->id));
        join(m, m->order[first], index);
    }
    return GR_OK;
}

static int by_names(const void *left, const void *right) {
    const gr_more_names *a = left, *c = right;
    int order = gr_compare(a->id, c->id);
    return order ? order : gr_compare(a->names, c->names);
}

static gr_status add_names(merger *m, gr_error *err) {
    gr_more_names *more = m->facts->more_names.item;
    if (m->facts->more_names.count) qsort(more, m->facts->more_names.count, sizeof *more, by_names);
    for (uint32_t i = 0; i < m->facts->more_names.count; i++) {
        uint32_t index = gr_map_get(&m->by_id, more[i].id);
        if (index == GR_MAP_NONE) {
            m->reading->file = more[i].file;
            m->reading->line = more[i].line;
            gr_status status =
                gr_source_fail(m->reading, err, "names of %.*s, which is in no table", GR_FMT(more[i].id));
            status = gr_source_let_go(m->reading, status, err);
            if (status != GR_OK) return status;
            continue;
        }
        gr_fact *fact = fact_at(m, index);
        fact->variants = gr_printf(m->arena, "%.*s|%.*s", GR_FMT(fact->variants), GR_FMT(more[i].names));
    }
    return GR_OK;
}

/* ---- what holds a fact ---- */

static void index_units(merger *m) {
    for (uint32_t i = 0; i < m->facts->row.count; i++) {
        const gr_fact *fact = fact_at(m, i);
        if (fact->unit_code.len && gr_map_get(&m->by_code, fact->unit_code) == GR_MAP_NONE)
            gr_map_set(m->arena, &m->by_code, fact->unit_code, i);
        gr_slice country = {fact->country, 3};
        if (fact->kind != GR_CLASS_COUNTRY || !fact->country[0]) continue;
        uint32_t before = gr_map_get(&m->country, country);
        if (before == GR_MAP_NONE || by_belief(fact, fact_at(m, before)) < 0)
            gr_map_set(m->arena, &m->country, gr_copy(m->arena, country), i);
    }
}

static gr_status index_outlines(merger *m, gr_error *err) {
    for (uint32_t i = 0; i < m->facts->shape.count; i++) {
        const gr_fact_shape *shape = &m->facts->shape.item[i];
        uint32_t fact = gr_map_get(&m->by_id, shape->id);
        m->reading->file = shape->file;
        m->reading->line = shape->number;
        if (fact == GR_MAP_NONE) {
            gr_status status =
                gr_source_fail(m->reading, err, "a shape of %.*s, which is in no table", GR_FMT(shape->id));
            status = gr_source_let_go(m->reading, status, err);
            if (status != GR_OK) return status;
            m->facts->shape.item[i].id = (gr_slice){0};
            continue;
        }
        if (shape->line) continue;
        outline o = {fact, shape, INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
        for (uint32_t k = 0; k < shape->point_count; k++) {
            const gr_image_point *p = &m->facts->point.item[shape->point + k];
            if (p->lat_e4 < o.south) o.south = p->lat_e4;
            if (p->lat_e4 > o.north) o.north = p->lat_e4;
            if (p->lon_e4 < o.west) o.west = p->lon_e4;
            if (p->lon_e4 > o.east) o.east = p->lon_e4;
        }
        gr_push(m->arena, &m->outline, o);
    }
    return GR_OK;
}

/* The smallest unit with an outline around the point. The rings of a place stand side by side. */
static uint32_t unit_around(const merger *m, int32_t lat_e4, int32_t lon_e4) {
    uint32_t best = GR_NO_PLACE;
    bool inside = false;
    for (uint32_t i = 0; i < m->outline.count; i++) {
        const outline *o = &m->outline.item[i];
        if (i == 0 || o->fact != o[-1].fact) inside = false;
        if (lat_e4 >= o->south && lat_e4 <= o->north && lon_e4 >= o->west && lon_e4 <= o->east)
            inside ^= gr_ring_crossed(&m->facts->point.item[o->shape->point], o->shape->point_count, lat_e4,
                                      lon_e4);
        bool last = i + 1 == m->outline.count || o[1].fact != o->fact;
        if (last && inside && (best == GR_NO_PLACE || fact_at(m, o->fact)->level < fact_at(m, best)->level))
            best = o->fact;
    }
    return best;
}

static uint32_t unit_of_code(const merger *m, gr_slice code) {
    while (code.len) {
        uint32_t found = gr_map_get(&m->by_code, code);
        if (found != GR_MAP_NONE) return found;
        while (code.len && code.ptr[code.len - 1] != '.') code.len--;
        if (code.len) code.len--;
    }
    return GR_NO_PLACE;
}

/* Only facts of tables name their parents by id, and a name that leads nowhere is a slip. */
static gr_status parent_by_id(merger *m, gr_fact *fact, gr_error *err) {
    fact->parent = gr_map_get(&m->by_id, fact->parent_id);
    if (fact->parent != GR_MAP_NONE) return GR_OK;
    fact->parent = GR_NO_PLACE;
    at_line_of(m, fact);
    gr_status status = gr_source_fail(m->reading, err, "parent %.*s is in no table", GR_FMT(fact->parent_id));
    return gr_source_let_go(m->reading, status, err);
}

/* In the tables of others a unit may bear the number of the one that holds it. */
static bool above(const merger *m, const gr_fact *fact, uint32_t parent) {
    const gr_fact *upper = fact_at(m, settled(m, parent));
    return upper != fact &&
           (upper->level > fact->level || fact->level <= GR_LEVEL_POPULATED || fact->level == GR_LEVEL_AREA);
}

static gr_status find_parent(merger *m, uint32_t index, gr_error *err) {
    gr_fact *fact = fact_at(m, index);
    gr_status status = fact->parent_id.len ? parent_by_id(m, fact, err) : GR_OK;
    if (status != GR_OK || fact->kind == GR_CLASS_COUNTRY) return status;
    bool told = fact->rank == GR_RANK_TABLE || fact->rank == GR_RANK_IMAGE; /* no parent is said on purpose */
    if (fact->parent == GR_NO_PLACE && fact->inside_code.len)
        fact->parent = unit_of_code(m, fact->inside_code);
    if (fact->parent == GR_NO_PLACE && !told && fact->kind != GR_CLASS_ADMIN &&
        fact->lat_e4 != GR_IMAGE_NO_POINT)
        fact->parent = unit_around(m, fact->lat_e4, fact->lon_e4);
    if (fact->parent == GR_NO_PLACE && !told && fact->country[0])
        fact->parent = gr_map_get(&m->country, (gr_slice){fact->country, 3});
    if (!told && fact->parent != GR_NO_PLACE && !above(m, fact, fact->parent))
        fact->parent = fact->country[0] ? gr_map_get(&m->country, (gr_slice){fact->country, 3}) : GR_NO_PLACE;
    if (fact->parent == index) fact->parent = GR_NO_PLACE;
    if (fact->parent == GR_NO_PLACE) return GR_OK;
    const gr_fact *parent = fact_at(m, fact->parent);
    if (!fact->country[0] && !told) memcpy(fact->country, parent->country, sizeof fact->country);
    if (!fact->country[0] || !parent->country[0] || memcmp(fact->country, parent->country, 3) == 0)
        return GR_OK;
    at_line_of(m, fact);
    uint32_t own = gr_map_get(&m->country, (gr_slice){fact->country, 3});
    if (!told && !fact->parent_id.len) { /* a point beside an outline's edge */
        fact->parent = own == GR_MAP_NONE || own == index ? GR_NO_PLACE : own;
        return GR_OK;
    }
    status = gr_source_fail(m->reading, err, "lies in %s, but its parent %.*s in %s", fact->country,
                            GR_FMT(parent->id), parent->country);
    fact->parent = own == GR_MAP_NONE || own == index ? GR_NO_PLACE : own;
    return gr_source_let_go(m->reading, status, err);
}

/* ---- joining by name, distance and class ---- */

static void add_key(merger *m, uint32_t index, gr_slice name) {
    char buffer[GR_NAME_MAX_B];
    if (gr_starts(name, GR_S("~"))) return;
    gr_slice key = gr_name_key(gr_fold(m->arena, name), buffer);
    if (key.len == 0) return;
    uint32_t before = gr_map_get(&m->by_name, key);
    if (before != GR_MAP_NONE && m->link.item[before].fact == index) return;
    if (before == GR_MAP_NONE) key = gr_copy(m->arena, key);
    gr_push(m->arena, &m->link, (name_link){index, before});
    gr_map_set(m->arena, &m->by_name, key, m->link.count - 1);
}

static void add_keys(merger *m, uint32_t index) {
    const gr_fact *fact = fact_at(m, index);
    add_key(m, index, fact->name);
    for (gr_slice rest = fact->variants; rest.len;) {
        gr_slice variant = gr_trim(gr_cut(&rest, '|'));
        if (variant.len) add_key(m, index, variant);
    }
}

static double apart_km(const gr_fact *a, const gr_fact *c) {
    if (a->lat_e4 == GR_IMAGE_NO_POINT || c->lat_e4 == GR_IMAGE_NO_POINT) return INFINITY;
    return gr_distance_km(a->lat_e4 / 1e4, a->lon_e4 / 1e4, c->lat_e4 / 1e4, c->lon_e4 / 1e4);
}

static bool holds(const merger *m, uint32_t outer, uint32_t inner) {
    for (unsigned step = 0; inner != GR_NO_PLACE && step < MOST_PARENTS; step++) {
        if (inner == outer) return true;
        inner = settled(m, fact_at(m, inner)->parent);
    }
    return false;
}

/* How well two facts fit as one place: 0, not at all; the more the better. */
static double fit(const merger *m, const gr_fact *fact, const gr_fact *other) {
    if (fact->kind != other->kind || fact->level != other->level) return 0;
    if (fact->country[0] && other->country[0] && memcmp(fact->country, other->country, 3) != 0) return 0;
    if (fact->kind != GR_CLASS_ADMIN) {
        double km = apart_km(fact, other);
        double most = fact->level == GR_LEVEL_POPULATED || fact->level == GR_LEVEL_POINT ? SAME_VILLAGE_KM
                                                                                         : SAME_FEATURE_KM;
        return km <= most ? 2 - km / most : 0;
    }
    uint32_t here = settled(m, fact->parent), there = settled(m, other->parent);
    if (here == there) return 2;
    if (here == GR_NO_PLACE || there == GR_NO_PLACE) return 1;
    return holds(m, here, there) || holds(m, there, here) ? 1 : 0;
}

static uint32_t best_fit(const merger *m, const gr_fact *fact, gr_slice name, uint32_t best, double *most) {
    char buffer[GR_NAME_MAX_B];
    gr_slice key = gr_name_key(gr_fold(m->arena, name), buffer);
    uint32_t at = key.len ? gr_map_get(&m->by_name, key) : GR_MAP_NONE;
    for (; at != GR_MAP_NONE; at = m->link.item[at].next) {
        const gr_fact *other = fact_at(m, m->link.item[at].fact);
        if (other == fact || other->merged != GR_NO_PLACE || other->rank >= fact->rank) continue;
        double points = fit(m, fact, other);
        bool better = points > *most || (points > 0 && points == *most && best != GR_NO_PLACE &&
                                         gr_compare(other->id, fact_at(m, best)->id) < 0);
        if (better) *most = points, best = m->link.item[at].fact;
    }
    return best;
}

static uint32_t counterpart(const merger *m, const gr_fact *fact) {
    double most = 0;
    if (fact->kind == GR_CLASS_COUNTRY) {
        uint32_t country = gr_map_get(&m->country, (gr_slice){fact->country, 3});
        return country == GR_MAP_NONE || fact_at(m, country) == fact ? GR_NO_PLACE : country;
    }
    uint32_t best = best_fit(m, fact, fact->name, GR_NO_PLACE, &most);
    for (gr_slice rest = fact->variants; rest.len && best == GR_NO_PLACE;) {
        gr_slice variant = gr_trim(gr_cut(&rest, '|'));
        if (variant.len && !gr_starts(variant, GR_S("~"))) best = best_fit(m, fact, variant, best, &most);
    }
    return best;
}

static gr_status join_namesakes(merger *m, gr_error *err) {
    bool foreign = false;
    for (uint32_t i = 0; i < m->facts->row.count; i++) foreign |= fact_at(m, i)->rank > GR_RANK_IMAGE;
    sort(m, by_level);
    for (uint32_t i = 0; foreign && i < m->facts->row.count; i++)
        if (fact_at(m, i)->merged == GR_NO_PLACE) add_keys(m, i);
    for (uint32_t k = 0; k < m->facts->row.count; k++) {
        uint32_t index = m->order[k];
        gr_fact *fact = fact_at(m, index);
        if (fact->merged != GR_NO_PLACE) continue;
        gr_status status = find_parent(m, index, err);
        if (status != GR_OK) return status;
        if (fact->rank <= GR_RANK_IMAGE) continue;
        uint32_t same = counterpart(m, fact);
        if (same == GR_NO_PLACE) continue;
        at_line_of(m, fact);
        gr_source_report(m->reading, "merged with %.*s, the same name%s", GR_FMT(fact_at(m, same)->id),
                         fact->kind == GR_CLASS_ADMIN || fact->kind == GR_CLASS_COUNTRY ? " and level"
                                                                                        : " nearby");
        join(m, same, index);
    }
    return GR_OK;
}

/* ---- the end ---- */

static gr_status measure_depth(merger *m, gr_error *err) {
    for (uint32_t i = 0; i < m->facts->row.count; i++) {
        gr_fact *fact = fact_at(m, i);
        if (fact->merged != GR_NO_PLACE) continue;
        fact->parent = settled(m, fact->parent);
        for (uint32_t up = fact->parent; up != GR_NO_PLACE; up = settled(m, fact_at(m, up)->parent)) {
            if (++fact->depth <= MOST_PARENTS) continue;
            at_line_of(m, fact);
            gr_status status = gr_source_fail(
                m->reading, err, "its parents form a circle or go up over %d steps", MOST_PARENTS);
            status = gr_source_let_go(m->reading, status, err);
            if (status != GR_OK) return status;
            fact->parent = GR_NO_PLACE;
            fact->depth = 0;
            break;
        }
    }
    return GR_OK;
}

/* A place of which nothing says where in the world it lies helps nobody. Areas may span countries. */
static bool nowhere(const gr_fact *fact) {
    return fact->rank != GR_RANK_TABLE && fact->rank != GR_RANK_IMAGE && fact->level < GR_LEVEL_COUNTRY &&
           !fact->country[0];
}

static void drop_joined(merger *m) {
    uint32_t kept = 0, count = m->facts->row.count;
    uint32_t *moved = gr_alloc_array(m->arena, (size_t)count + 1, sizeof *moved);
    for (uint32_t i = 0; i < count; i++) {
        const gr_fact *fact = fact_at(m, i);
        bool lost = fact->merged == GR_NO_PLACE && nowhere(fact);
        if (lost) {
            at_line_of(m, fact);
            gr_source_report(m->reading, "left out: in no country that is known: %.*s", GR_FMT(fact->name));
        }
        moved[i] = fact->merged == GR_NO_PLACE && !lost ? kept++ : GR_NO_PLACE;
    }
    for (uint32_t i = 0; i < m->facts->other_name.count; i++) {
        gr_other_name *name = &m->facts->other_name.item[i];
        name->fact = moved[settled(m, name->fact)];
    }
    for (uint32_t i = 0; i < count; i++) {
        if (moved[i] == GR_NO_PLACE) continue;
        gr_fact fact = *fact_at(m, i);
        if (fact.parent != GR_NO_PLACE) fact.parent = moved[fact.parent];
        *fact_at(m, moved[i]) = fact;
    }
    m->facts->row.count = kept;
}

gr_status gr_facts_merge(gr_reading *reading, gr_error *err) {
    merger m = {.reading = reading, .arena = reading->arena, .facts = reading->facts};
    gr_error local = {0};
    if (!err) err = &local;
    m.order = gr_alloc_array(m.arena, (size_t)m.facts->row.count + 1, sizeof *m.order);
    gr_status status = join_equal_ids(&m, err);
    if (status == GR_OK) status = add_names(&m, err);
    if (status == GR_OK) status = index_outlines(&m, err);
    if (status != GR_OK) return status;
    index_units(&m);
    status = join_namesakes(&m, err);
    if (status == GR_OK) status = measure_depth(&m, err);
    if (status == GR_OK) drop_joined(&m);
    return status;
}
