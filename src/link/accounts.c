#include "link/accounts.h"

#include "base/utf8.h"
#include "claim/acts.h"
#include "link/evidence.h"
#include "link/tolls.h"
#include "place/place.h"

#include <ctype.h>
#include <math.h>

/* Points at which a pair is worth a look, and at which it is one incident if day and place agree too. */
enum { LIKELY_POINTS = 9, CERTAIN_POINTS = 14 };
/* A village and the spot outside it that another report names, km; and what a march of the same day covers.
 */
static const double NEAR_KM = 12, REACH_KM = 60;
/* A figure that two reports share by chance is small. */
enum { TELLING_FIGURE = 3, STRONG_FIGURE = 10, GREAT_FIGURE = 20 };
enum { SOON_DAYS = 7 };
enum { MOST_PARTS = 64 }; /* places, parties, figures, persons of an account that are compared */

const char *gr_sameness_name(gr_sameness sameness) {
    static const char *const NAME[] = {"apart", "likely", "certain"};
    return NAME[sameness];
}

const char *gr_why_name(gr_why why) {
    static const char *const NAME[] = {
        "same day",      "a day apart",      "times overlap",     "a day is missing", "same place",
        "places near",   "same district",    "same region",       "a place is open",  "same actor",
        "actors differ", "same target",      "targets differ",    "same figure",      "figures differ",
        "same person",   "same kind of act", "told within a week"};
    return NAME[why];
}

/* ---- making ---- */

/* A place that was hardly settled on is the same as itself, but no reason to tell two accounts apart. */
static const double SETTLED = 0.65;

static unsigned level_of(const gr_location *l) {
    static const char *const LEVEL[] = {"", "area", "country", "admin1", "admin2", "admin3"};
    if (!l->level) return 0;
    for (unsigned i = 1; i < sizeof LEVEL / sizeof *LEVEL; i++)
        if (strcmp(l->level, LEVEL[i]) == 0) return i;
    return l->city ? GR_ACCOUNT_CITY : l->score < SETTLED ? 0 : 6;
}

/* How fine a level is: countries and areas, regions, what lies in them. */
static unsigned fineness(unsigned level) {
    return level == 0 ? 0 : level <= 2 ? 1 : level == 3 ? 2 : 3;
}

/* "Koutougou in the Tillaberi region of Niger": the region and the country only tell where the village lies.
 */
static void drop_coarser(gr_account *out) {
    unsigned finest = 0;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < out->place_count; i++)
        if (fineness(out->place[i].level) > finest) finest = fineness(out->place[i].level);
    for (uint32_t i = 0; i < out->place_count; i++)
        if (out->place[i].level == 0 || fineness(out->place[i].level) == finest)
            out->place[kept++] = out->place[i];
    out->place_count = kept;
}

/* Where no place tells the country, a state's own body does: "mil-ner" (knowledge/actors/patterns.txt). */
static void take_country(gr_arena *arena, const gr_claim *sum, gr_account *out) {
    static const char *const BODY[] = {"mil", "gov", "pol"};
    for (uint32_t i = 0; i < out->place_count; i++)
        if (out->place[i].country.len) return;
    for (uint32_t i = 0; i < sum->party_count; i++) {
        gr_slice code = sum->party[i].id, body = gr_cut(&code, '-');
        if (code.len != 3 || !GR_AMONG(body, BODY)) continue;
        gr_slice country =
            gr_printf(arena, "%c%c%c", toupper((unsigned char)code.ptr[0]),
                      toupper((unsigned char)code.ptr[1]), toupper((unsigned char)code.ptr[2]));
        out->place[out->place_count++] = (gr_account_place){.key = country, .level = 2, .country = country};
        return;
    }
}

static void take_places(gr_arena *arena, const gr_claim *sum, gr_account *out) {
    out->place = gr_alloc_array(arena, (size_t)sum->location_count + 2, sizeof *out->place);
    for (uint32_t i = 0; i < sum->location_count && out->place_count < MOST_PARTS; i++) {
        const gr_location *l = &sum->location[i];
        if (strcmp(l->role, "from") == 0 || strcmp(l->role, "to") == 0) continue; /* on the way, not there */
        if (strcmp(l->role, "along") == 0 && level_of(l) == 2) continue; /* "near the border with Mali" */
        out->place[out->place_count++] =
            (gr_account_place){.key = l->place.len ? l->place : gr_fold(arena, l->name),
                               .level = level_of(l),
                               .country = l->country,
                               .admin1 = l->admin1,
                               .admin2 = l->admin2,
                               .has_point = l->has_point,
                               .lat_deg = l->lat_deg,
                               .lon_deg = l->lon_deg};
    }
    drop_coarser(out);
    take_country(arena, sum, out);
}

static void take_parties(gr_arena *arena, const gr_claim *sum, gr_account *out) {
    out->party = gr_alloc_array(arena, (size_t)sum->party_count + 1, sizeof *out->party);
    for (uint32_t i = 0; i < sum->party_count && i < MOST_PARTS; i++) {
        const gr_party *p = &sum->party[i];
        out->party[out->party_count++] =
            (gr_account_party){.role = p->role,
                               .key = p->id.len ? p->id : gr_fold(arena, p->name),
                               .listed = p->id.len > 0,
                               .side = gr_side_of(p)};
    }
}

static void take_figures(gr_arena *arena, const gr_incident *in, gr_account *out) {
    out->figure = gr_alloc_array(arena, (size_t)in->unit_count + 1, sizeof *out->figure);
    for (uint32_t t = 0; t < in->toll_count; t++)
        for (uint32_t u = 0; u < in->toll[t].count && out->figure_count < MOST_PARTS; u++) {
            const gr_unit_toll *unit = &in->unit[in->toll[t].first + u];
            out->figure[out->figure_count++] =
                (gr_account_figure){in->toll[t].what, unit->unit, unit->low, unit->high};
        }
}

void gr_account_of(gr_arena *arena, const gr_incident *in, int32_t published, gr_account *out) {
    const gr_claim *sum = &in->sum;
    bool dated = sum->when.present;
    *out = (gr_account){.kind = sum->kind,
                        .type = sum->type,
                        .reality = sum->reality,
                        .earliest = dated ? sum->when.earliest : GR_NO_DAY,
                        .latest = dated ? sum->when.latest : GR_NO_DAY,
                        .published = published};
    take_places(arena, sum, out);
    take_parties(arena, sum, out);
    take_figures(arena, in, out);
    out->person = gr_alloc_array(arena, (size_t)sum->person_count + 1, sizeof *out->person);
    for (uint32_t i = 0; i < sum->person_count && i < MOST_PARTS; i++)
        out->person[out->person_count++] = gr_fold(arena, sum->person[i].name);
}

bool gr_account_links(const gr_account *a) {
    return a->kind == GR_KIND_EVENT || a->kind == GR_KIND_CUSTODY || a->kind == GR_KIND_FORCE;
}

int64_t gr_account_figure_of(const gr_account *a) {
    int64_t most = 0;
    for (uint32_t i = 0; i < a->figure_count; i++)
        if (a->figure[i].low != GR_NO_NUMBER && a->figure[i].low > most) most = a->figure[i].low;
    return most >= STRONG_FIGURE ? most : 0;
}

/* ---- as text: parts divided by '|', items by ';', fields by ',' ---- */

static void add_word(gr_buffer *out, gr_slice word) {
    for (size_t i = 0; i < word.len; i++) {
        unsigned char c = (unsigned char)word.ptr[i];
        gr_buffer_byte(out, c < ' ' || c == '|' || c == ';' || c == ',' ? ' ' : (char)c);
    }
}

static void add_number(gr_buffer *out, int64_t number, int64_t none) {
    if (number != none) gr_buffer_printf(out, "%lld", (long long)number);
}

void gr_account_write(const gr_account *a, gr_buffer *out) {
    gr_buffer_printf(out, "%u,", (unsigned)a->kind);
    add_word(out, a->type);
    gr_buffer_printf(out, ",%u,", (unsigned)a->reality);
    add_number(out, a->earliest, GR_NO_DAY);
    gr_buffer_byte(out, ',');
    add_number(out, a->latest, GR_NO_DAY);
    gr_buffer_byte(out, ',');
    add_number(out, a->published, GR_NO_DAY);
    gr_buffer_byte(out, '|');
    for (uint32_t i = 0; i < a->place_count; i++) {
        const gr_account_place *p = &a->place[i];
        add_word(out, p->key);
        gr_buffer_printf(out, ",%u,", p->level);
        add_word(out, p->country);
        gr_buffer_byte(out, ',');
        add_word(out, p->admin1);
        gr_buffer_byte(out, ',');
        add_word(out, p->admin2);
        if (p->has_point) gr_buffer_printf(out, ",%.4f,%.4f", p->lat_deg, p->lon_deg);
        gr_buffer_byte(out, ';');
    }
    gr_buffer_byte(out, '|');
    for (uint32_t i = 0; i < a->party_count; i++) {
        add_word(out, a->party[i].key);
        gr_buffer_printf(out, ",%u,%u,%u;", (unsigned)a->party[i].role, a->party[i].listed,
                         (unsigned)a->party[i].side);
    }
    gr_buffer_byte(out, '|');
    for (uint32_t i = 0; i < a->figure_count; i++) {
        gr_buffer_printf(out, "%u,", (unsigned)a->figure[i].what);
        add_word(out, a->figure[i].unit);
        gr_buffer_byte(out, ',');
        add_number(out, a->figure[i].low, GR_NO_NUMBER);
        gr_buffer_byte(out, ',');
        add_number(out, a->figure[i].high, GR_NO_NUMBER);
        gr_buffer_byte(out, ';');
    }
    gr_buffer_byte(out, '|');
    for (uint32_t i = 0; i < a->person_count; i++) {
        add_word(out, a->person[i]);
        gr_buffer_byte(out, ';');
    }
}

/* A whole number in decimal, or `none` where nothing stands. */
static bool read_number(gr_slice text, int64_t none, int64_t *out) {
    bool negative = gr_starts(text, GR_S("-"));
    uint64_t number = 0;
    *out = none;
    if (!text.len) return true;
    if (!gr_parse_u64(gr_sub(text, negative, text.len), &number)) return false;
    *out = negative ? -(int64_t)number : (int64_t)number;
    return true;
}

static bool read_bounded(gr_slice *rest, int64_t below, unsigned *out) {
    int64_t number;
    bool fine = read_number(gr_cut(rest, ','), -1, &number) && number >= 0 && number < below;
    *out = fine ? (unsigned)number : 0;
    return fine;
}

/* Degrees with four decimals, as gr_account_write prints them. */
static bool read_degrees(gr_slice text, double *out) {
    int64_t whole, part;
    gr_slice rest = text, before = gr_cut(&rest, '.');
    bool negative = gr_starts(before, GR_S("-"));
    if (!read_number(gr_sub(before, negative, before.len), -1, &whole) || whole < 0 || whole > 180)
        return false;
    if (rest.len != 4 || !read_number(rest, -1, &part) || part < 0) return false;
    *out = (negative ? -1 : 1) * ((double)whole + (double)part / 1e4);
    return true;
}

static bool read_head(gr_slice text, gr_account *out) {
    unsigned kind, reality;
    int64_t earliest, latest, published;
    if (!read_bounded(&text, GR_KIND_COUNT, &kind)) return false;
    out->type = gr_cut(&text, ',');
    if (!read_bounded(&text, GR_REALITY_COUNT, &reality)) return false;
    if (!read_number(gr_cut(&text, ','), GR_NO_DAY, &earliest) ||
        !read_number(gr_cut(&text, ','), GR_NO_DAY, &latest) || !read_number(text, GR_NO_DAY, &published))
        return false;
    out->kind = (gr_kind)kind;
    out->reality = (gr_reality)reality;
    out->earliest = (int32_t)earliest;
    out->latest = (int32_t)latest;
    out->published = (int32_t)published;
    return true;
}

static bool read_place(gr_slice text, gr_account_place *out) {
    *out = (gr_account_place){.key = gr_cut(&text, ',')};
    if (!read_bounded(&text, GR_ACCOUNT_CITY + 1, &out->level)) return false;
    out->country = gr_cut(&text, ',');
    out->admin1 = gr_cut(&text, ',');
    out->admin2 = gr_cut(&text, ',');
    out->has_point = text.len > 0;
    if (!out->has_point) return true;
    gr_slice lat = gr_cut(&text, ',');
    return read_degrees(lat, &out->lat_deg) && read_degrees(text, &out->lon_deg);
}

static bool read_party(gr_slice text, gr_account_party *out) {
    unsigned role, listed, side;
    *out = (gr_account_party){.key = gr_cut(&text, ',')};
    if (!read_bounded(&text, GR_ROLE_COUNT, &role) || !read_bounded(&text, 2, &listed) ||
        !read_bounded(&text, GR_SIDE_CIVILIAN + 1, &side))
        return false;
    out->role = (gr_role)role;
    out->listed = listed;
    out->side = (gr_side)side;
    return true;
}

static bool read_figure(gr_slice text, gr_account_figure *out) {
    unsigned what;
    *out = (gr_account_figure){.low = GR_NO_NUMBER};
    if (!read_bounded(&text, GR_WHAT_COUNT, &what)) return false;
    out->what = (gr_what)what;
    out->unit = gr_cut(&text, ',');
    return read_number(gr_cut(&text, ','), GR_NO_NUMBER, &out->low) &&
           read_number(text, GR_NO_NUMBER, &out->high);
}

static uint32_t items_in(gr_slice part) {
    uint32_t items = 0;
    for (size_t i = 0; i < part.len; i++) items += part.ptr[i] == ';';
    return items;
}

bool gr_account_read(gr_arena *arena, gr_slice text, gr_account *out) {
    *out = (gr_account){0};
    gr_slice rest = gr_copy(arena, text), part;
    if (!read_head(gr_cut(&rest, '|'), out)) return false;
    part = gr_cut(&rest, '|');
    out->place = gr_alloc_array(arena, items_in(part) + 1u, sizeof *out->place);
    while (part.len)
        if (!read_place(gr_cut(&part, ';'), &out->place[out->place_count++])) return false;
    part = gr_cut(&rest, '|');
    out->party = gr_alloc_array(arena, items_in(part) + 1u, sizeof *out->party);
    while (part.len)
        if (!read_party(gr_cut(&part, ';'), &out->party[out->party_count++])) return false;
    part = gr_cut(&rest, '|');
    out->figure = gr_alloc_array(arena, items_in(part) + 1u, sizeof *out->figure);
    while (part.len)
        if (!read_figure(gr_cut(&part, ';'), &out->figure[out->figure_count++])) return false;
    out->person = gr_alloc_array(arena, items_in(rest) + 1u, sizeof *out->person);
    while (rest.len) out->person[out->person_count++] = gr_cut(&rest, ';');
    return true;
}

/* ---- comparing ---- */

typedef struct weighing {
    const gr_account *a, *b;
    int32_t points;
    uint32_t why;
    bool apart;                /* something contradicts outright */
    bool near_figures;         /* those that differ do so by less than two to one */
    bool short_overlap;        /* of spans up to a week */
    bool in_city;              /* the place that both name is one */
    bool known_party;          /* one that both name, and more than "people" or "gunmen" */
    bool same_site;            /* and it is one of those that are not struck twice a day */
    bool strong_figure;        /* one that two incidents hardly share */
    bool day_fits, place_fits; /* closely enough to be certain */
} weighing;

static void weigh(weighing *w, gr_why why, int32_t points) {
    w->why |= 1u << why;
    w->points += points;
}

static int32_t first_day(const gr_account *x) {
    return x->earliest == GR_NO_DAY && x->latest != GR_NO_DAY ? x->latest - 31 : x->earliest;
}

/* An event without a day is past when its report comes out, and most are told within a week. */
static void weigh_untold_day(weighing *w) {
    bool first = first_day(w->a) == GR_NO_DAY, second = first_day(w->b) == GR_NO_DAY;
    const gr_account *open = first ? w->a : w->b, *other = first ? w->b : w->a;
    int32_t from = first_day(other), to = other->latest == GR_NO_DAY ? from : other->latest;
    bool compared = !(first && second) && open->published != GR_NO_DAY;
    if (compared && from > open->published + 1)
        w->apart = true;
    else if (compared && from >= open->published - SOON_DAYS && to - from <= SOON_DAYS)
        weigh(w, GR_WHY_TOLD_SOON, 3);
    else
        weigh(w, GR_WHY_NO_DAY, 0);
}

/* The day of a report's telling may be a day off ("overnight", another time zone); wider spans only overlap.
 */
static void weigh_time(weighing *w) {
    int32_t from_a = first_day(w->a), from_b = first_day(w->b), to_a = w->a->latest, to_b = w->b->latest;
    if (to_a == GR_NO_DAY) to_a = from_a;
    if (to_b == GR_NO_DAY) to_b = from_b;
    if (from_a == GR_NO_DAY || from_b == GR_NO_DAY) {
        weigh_untold_day(w);
        return;
    }
    int32_t gap = from_a > to_b ? from_a - to_b : from_b > to_a ? from_b - to_a : 0;
    int32_t width = (to_a - from_a) > (to_b - from_b) ? to_a - from_a : to_b - from_b;
    if (gap == 1 && width <= 1) {
        weigh(w, GR_WHY_NEXT_DAY, 3);
        w->day_fits = true;
    } else if (gap) {
        w->apart = true;
    } else if (width <= 1) {
        weigh(w, GR_WHY_SAME_DAY, 6);
        w->day_fits = true;
    } else {
        weigh(w, GR_WHY_TIMES_OVERLAP, width <= 7 ? 3 : 1);
        w->short_overlap = width <= 7;
    }
}

typedef enum nearness { FAR, OPEN, REGION, DISTRICT, NEAR, SAME } nearness;

static nearness nearness_of(const gr_account_place *a, const gr_account_place *b) {
    unsigned level = a->level > b->level ? a->level : b->level;
    if (gr_eq(a->key, b->key)) return level == 0 || level >= 4 ? SAME : level == 3 ? REGION : OPEN;
    if (a->level <= 1 || b->level <= 1) return OPEN;
    if (!gr_eq(a->country, b->country)) return FAR;
    if (a->level == 2 || b->level == 2) return OPEN;
    if (a->level >= 6 && b->level >= 6 && a->has_point && b->has_point) {
        double km = gr_distance_km(a->lat_deg, a->lon_deg, b->lat_deg, b->lon_deg);
        return km <= NEAR_KM ? NEAR : km <= REACH_KM ? REGION : FAR;
    }
    if (a->admin2.len && b->admin2.len) return gr_eq(a->admin2, b->admin2) ? DISTRICT : FAR;
    if (a->admin1.len && b->admin1.len) return gr_eq(a->admin1, b->admin1) ? REGION : FAR;
    return OPEN;
}

static void weigh_place(weighing *w) {
    static const gr_why WHY[] = {GR_WHY_PLACE_OPEN,    GR_WHY_PLACE_OPEN, GR_WHY_SAME_REGION,
                                 GR_WHY_SAME_DISTRICT, GR_WHY_NEAR_PLACE, GR_WHY_SAME_PLACE};
    static const int32_t POINTS[] = {0, 0, 2, 3, 4, 6};
    nearness best = FAR;
    bool any = false;
    for (uint32_t i = 0; i < w->a->place_count; i++)
        for (uint32_t k = 0; k < w->b->place_count; k++) {
            nearness here = nearness_of(&w->a->place[i], &w->b->place[k]);
            any = true;
            if (here > best) best = here;
            if (here == SAME)
                w->in_city = w->in_city || w->a->place[i].level == GR_ACCOUNT_CITY ||
                             w->b->place[k].level == GR_ACCOUNT_CITY;
        }
    if (any && best == FAR) {
        w->apart = true;
        return;
    }
    weigh(w, WHY[any ? best : OPEN], POINTS[any ? best : OPEN]);
    w->place_fits = any && best >= DISTRICT;
}

/* Whether parties of these roles can be set side by side: the two sides of a clash have no order. */
static bool comparable_roles(gr_role a, gr_role b, bool doers) {
    bool doer_a = a == GR_ROLE_ACTOR || a == GR_ROLE_WITH, doer_b = b == GR_ROLE_ACTOR || b == GR_ROLE_WITH;
    return doers ? doer_a && doer_b : !doer_a && !doer_b;
}

/* Words that many incidents of a day share: they hold two accounts together less than a name or a sort of
 * people. */
static bool is_anybody(gr_slice key) {
    static const char *const WORD[] = {"people", "persons", "person", "others", "residents", "victims"};
    for (unsigned i = 0; i < sizeof WORD / sizeof *WORD; i++)
        if (gr_eq(key, gr_slice_of(WORD[i]))) return true;
    return gr_starts(key, GR_S("unidentified "));
}

/* Sites of which a city is not struck at two on a day, as it is in its homes, streets and markets. */
static bool is_site(gr_slice key) {
    static const char *const SITE[] = {"place of worship", "education site", "health site",
                                       "place of detention"};
    for (unsigned i = 0; i < sizeof SITE / sizeof *SITE; i++)
        if (gr_eq(key, gr_slice_of(SITE[i]))) return true;
    return false;
}

static void weigh_parties(weighing *w, bool doers, gr_why same, gr_why other) {
    bool equal = false, differ = false;
    int32_t points = 2;
    for (uint32_t i = 0; i < w->a->party_count; i++)
        for (uint32_t k = 0; k < w->b->party_count; k++) {
            const gr_account_party *a = &w->a->party[i], *b = &w->b->party[k];
            if (!comparable_roles(a->role, b->role, doers)) continue;
            if (gr_eq(a->key, b->key)) {
                equal = true;
                if (!is_anybody(a->key)) points = 4;
                if (!doers && is_site(a->key)) w->same_site = true;
            } else if ((a->listed && b->listed && a->side == b->side) ||
                       (a->side != b->side && a->side != GR_SIDE_UNKNOWN && b->side != GR_SIDE_UNKNOWN))
                differ = true;
        }
    if (equal) weigh(w, same, points);
    if (points == 4) w->known_party = true;
    if (differ && !equal) weigh(w, other, -5);
}

/* Words for people of no particular sort may count the same people as any other. */
static bool comparable_units(gr_slice a, gr_slice b) {
    return gr_eq(a, b) || !a.len || !b.len || gr_eq(a, GR_S("person")) || gr_eq(b, GR_S("person"));
}

/* All that an account counts of a sort of harm; 0: nothing. "Six civilians and three soldiers" are nine
 * people. */
static int64_t total_of(const gr_account *x, gr_what what) {
    int64_t parts = 0, all = 0;
    for (uint32_t i = 0; i < x->figure_count; i++) {
        const gr_account_figure *f = &x->figure[i];
        if (!gr_same_harm(f->what, what) || f->low == GR_NO_NUMBER) continue;
        if (f->unit.len && !gr_eq(f->unit, GR_S("person")))
            parts += f->low;
        else if (f->low > all)
            all = f->low;
    }
    return all > parts ? all : parts;
}

/* A figure that both give speaks for one incident; figures that differ are two accounts of it, as they often
 * are, and speak against it only where nothing else holds the accounts together. */
static void weigh_figures(weighing *w) {
    int64_t shared = 0;
    bool differ = false, far = false, great = false;
    for (uint32_t i = 0; i < w->a->figure_count; i++)
        for (uint32_t k = 0; k < w->b->figure_count; k++) {
            const gr_account_figure *a = &w->a->figure[i], *b = &w->b->figure[k];
            if (!gr_same_harm(a->what, b->what) || a->low == GR_NO_NUMBER || b->low == GR_NO_NUMBER ||
                !comparable_units(a->unit, b->unit))
                continue;
            bool equal = a->low == b->low || (a->high == b->low && a->high != GR_NO_NUMBER) ||
                         (b->high == a->low && b->high != GR_NO_NUMBER);
            int64_t figure = a->low > b->low ? a->low : b->low;
            int64_t all = total_of(w->a, a->what), other = total_of(w->b, b->what);
            if (equal && figure > shared) shared = figure;
            if (all == other && all > shared) shared = all;
            differ = differ || !equal;
            far = far || all > 2 * other || other > 2 * all;
            great = great || (all >= GREAT_FIGURE && other >= GREAT_FIGURE);
        }
    w->near_figures = differ && !far;
    w->strong_figure = shared >= STRONG_FIGURE;
    if (shared >= TELLING_FIGURE)
        weigh(w, GR_WHY_SAME_FIGURE, shared >= STRONG_FIGURE ? 5 : 3);
    else if (shared)
        weigh(w, GR_WHY_SAME_FIGURE, 1);
    else if (differ)
        weigh(w, GR_WHY_OTHER_FIGURE, great && !far ? 2 : -2); /* few incidents of a day are so grave */
}

static void weigh_persons(weighing *w) {
    for (uint32_t i = 0; i < w->a->person_count; i++)
        for (uint32_t k = 0; k < w->b->person_count; k++)
            if (gr_eq(w->a->person[i], w->b->person[k])) {
                weigh(w, GR_WHY_SAME_PERSON, 5);
                return;
            }
}

/* What was only planned or feared is no other telling of what happened; a denial is one. */
static bool can_agree(gr_reality a, gr_reality b) {
    bool ahead_a = a == GR_PLANNED || a == GR_POSSIBLE, ahead_b = b == GR_PLANNED || b == GR_POSSIBLE;
    return ahead_a == ahead_b;
}

static bool has(const weighing *w, gr_why why) {
    return w->why & 1u << why;
}

/* The harm alone, or an attack, may be told of any act. */
static bool acts_fit(const weighing *w) {
    static const char *const OPEN_ACT[] = {"kill", "attack"};
    if (has(w, GR_WHY_SAME_ACT)) return true;
    for (unsigned i = 0; i < sizeof OPEN_ACT / sizeof *OPEN_ACT; i++)
        if (gr_eq(w->a->type, gr_slice_of(OPEN_ACT[i])) || gr_eq(w->b->type, gr_slice_of(OPEN_ACT[i])))
            return true;
    return false;
}

/* Beside day and place something must tie the two together that another incident there on that day would not
 * share: a figure or a person, both sides, a site such as a hospital; in a village also one side, and a
 * figure that was revised. */
static bool is_tied(const weighing *w) {
    bool actor = has(w, GR_WHY_SAME_ACTOR), target = has(w, GR_WHY_SAME_TARGET);
    if (has(w, GR_WHY_SAME_PERSON) || has(w, GR_WHY_SAME_FIGURE)) return true;
    if (has(w, GR_WHY_NEXT_DAY)) return false;
    bool village = has(w, GR_WHY_SAME_PLACE) && !w->in_city;
    bool site = has(w, GR_WHY_SAME_PLACE) && w->same_site && has(w, GR_WHY_SAME_ACT);
    if (has(w, GR_WHY_OTHER_FIGURE))
        return w->near_figures && (site || (village && (actor || target) && acts_fit(w)));
    return site || (actor && target && w->known_party) || ((actor || target) && village);
}

static gr_sameness verdict_of(const weighing *w) {
    if (w->points < LIKELY_POINTS) return GR_APART;
    bool doubt = has(w, GR_WHY_OTHER_ACTOR) || has(w, GR_WHY_OTHER_TARGET);
    bool party = has(w, GR_WHY_SAME_ACTOR) || has(w, GR_WHY_SAME_TARGET);
    /* Where one place is a region, or missing, or one day only a week, a figure has to make up for it. */
    bool loose_place = w->strong_figure && has(w, GR_WHY_SAME_DAY) && party;
    bool loose_day =
        w->short_overlap && has(w, GR_WHY_SAME_PLACE) && !w->in_city && has(w, GR_WHY_SAME_FIGURE) && party;
    bool close = (w->day_fits && w->place_fits) || loose_place || loose_day;
    return close && !doubt && is_tied(w) && w->points >= CERTAIN_POINTS ? GR_CERTAIN : GR_LIKELY;
}

gr_comparison gr_compare_accounts(const gr_account *a, const gr_account *b) {
    weighing w = {.a = a, .b = b};
    if (a->kind != b->kind || !gr_account_links(a) || !gr_can_be_one(a->type, b->type) ||
        !can_agree(a->reality, b->reality))
        return (gr_comparison){.verdict = GR_APART, .contradicts = true};
    weigh_time(&w);
    weigh_place(&w);
    if (w.apart) return (gr_comparison){.verdict = GR_APART, .contradicts = true};
    weigh_parties(&w, true, GR_WHY_SAME_ACTOR, GR_WHY_OTHER_ACTOR);
    weigh_parties(&w, false, GR_WHY_SAME_TARGET, GR_WHY_OTHER_TARGET);
    weigh_figures(&w);
    weigh_persons(&w);
    if (gr_eq(a->type, b->type)) weigh(&w, GR_WHY_SAME_ACT, 2);
    return (gr_comparison){verdict_of(&w), false, w.points, w.why};
}
