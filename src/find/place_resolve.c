/* Which of the places that bear a name is meant. Each candidate gets points: for its size, for what the words
 * around ask for, for the countries and units that the document names, for nearness to the places it surely
 * names; the best wins where it wins clearly. The signals are those of the toponym resolution literature
 * (Leidner, Toponym Resolution in Text, 2007, ch. 3: maximum population, containment, one referent per
 * discourse, minimality). */
#include "base/map.h"
#include "base/utf8.h"
#include "find/place_span.h"
#include "place/alike.h"

#include <math.h>

enum { COUNTRIES = 24, KNOWN_UNITS = 64 };

/* The evidence from which on a name is kept as one of a place. */
static const float ENOUGH = 1.9f, ENOUGH_UNRESOLVED = 2.5f;

/* What one settled place lends its country, and from which weight on the document speaks of a country: an
 * adjective has 0.5, a name 1. */
static const float LENT = 0.4f, SPOKEN_OF = 0.35f;

typedef struct named_country {
    char code[4];
    float weight;
} named_country;

typedef struct place_scene { /* what the document speaks of */
    named_country country[COUNTRIES];
    uint32_t country_count;
    float country_total;
    uint32_t unit[KNOWN_UNITS]; /* first-level units */
    uint32_t unit_count;
    GR_VEC(uint32_t) sure; /* places resolved in the first pass with a high score */
} place_scene;

static gr_place place_of(const gr_place_search *s, uint32_t place) {
    return gr_gazetteer_place(s->gazetteer, place);
}

static void name_country(place_scene *scene, const char *code, float weight) {
    if (!code[0]) return;
    uint32_t i = 0;
    while (i < scene->country_count && memcmp(scene->country[i].code, code, 3) != 0) i++;
    if (i == COUNTRIES) return;
    if (i == scene->country_count) {
        scene->country[i] = (named_country){.weight = 0};
        memcpy(scene->country[i].code, code, 3);
        scene->country_count++;
    }
    scene->country[i].weight += weight;
    scene->country_total += weight;
}

static float country_share(const place_scene *scene, const char *code) {
    for (uint32_t i = 0; i < scene->country_count; i++)
        if (memcmp(scene->country[i].code, code, 3) == 0)
            return scene->country[i].weight / scene->country_total;
    return 0;
}

static void name_unit(place_scene *scene, uint32_t unit) {
    for (uint32_t i = 0; i < scene->unit_count; i++)
        if (scene->unit[i] == unit) return;
    if (unit != GR_NO_PLACE && scene->unit_count < KNOWN_UNITS) scene->unit[scene->unit_count++] = unit;
}

static bool unit_named(const place_scene *scene, uint32_t unit) {
    for (uint32_t i = 0; i < scene->unit_count; i++)
        if (scene->unit[i] == unit) return true;
    return false;
}

/* How well known a place is, 0 (a hamlet) to 6 (a country). */
static float prominence(const gr_place *place) {
    switch (place->level) {
    case GR_LEVEL_COUNTRY:
        return place->population > 0 ? 6 : 3;
    case GR_LEVEL_ADMIN1:
        return 2.6f;
    case GR_LEVEL_ADMIN2:
        return 1.2f;
    case GR_LEVEL_ADMIN3:
        return 1.0f;
    case GR_LEVEL_AREA: /* what spans countries is known to everybody */
        return place->kind == GR_CLASS_CONTINENT ? 6 : place->country[0] ? 1.6f : 3.2f;
    case GR_LEVEL_POINT:
        return 0.2f;
    case GR_LEVEL_POPULATED:
        break;
    }
    return place->population > 0 ? (float)(log10((double)place->population) * 0.55) : 0.3f;
}

static float cue_fits(gr_cue cue, const gr_place *place) {
    bool admin = place->kind == GR_CLASS_ADMIN;
    switch (cue) {
    case GR_CUE_NONE:
        return 0;
    case GR_CUE_POPULATED:
        return place->level == GR_LEVEL_POPULATED ? 2 : admin ? -2 : 0;
    case GR_CUE_ADMIN:
        if (place->level == GR_LEVEL_ADMIN1) return 4.5f;
        if (place->kind == GR_CLASS_REGION) return 3;
        return place->level == GR_LEVEL_ADMIN2 ? 2.5f : admin ? 2 : -2;
    case GR_CUE_ADMIN1:
        return place->level == GR_LEVEL_ADMIN1 ? 4 : place->level == GR_LEVEL_COUNTRY ? -0.5f : -2;
    case GR_CUE_ADMIN2:
        return place->level == GR_LEVEL_ADMIN2 ? 4 : -1;
    case GR_CUE_ADMIN3:
        return place->level == GR_LEVEL_ADMIN3 ? 4 : place->level == GR_LEVEL_POPULATED ? 1 : -0.5f;
    case GR_CUE_COUNTRY:
        return place->level == GR_LEVEL_COUNTRY ? 3 : -1;
    case GR_CUE_PARK:
        return place->kind == GR_CLASS_PARK ? 3 : 0;
    case GR_CUE_WATER:
        return place->kind == GR_CLASS_WATER ? 4 : place->level == GR_LEVEL_COUNTRY ? -2 : 0;
    case GR_CUE_TERRAIN:
        return place->kind == GR_CLASS_TERRAIN ? 3 : 0;
    case GR_CUE_PRISON:
        return place->kind == GR_CLASS_PRISON ? 3 : place->level == GR_LEVEL_POPULATED ? 1 : 0;
    case GR_CUE_BASE:
        return place->kind == GR_CLASS_BASE ? 3 : place->level == GR_LEVEL_POPULATED ? 1 : 0;
    case GR_CUE_FACILITY:
        return place->kind == GR_CLASS_FACILITY ? 2 : place->level == GR_LEVEL_POPULATED ? 1 : 0;
    case GR_CUE_BORDER:
        return place->level == GR_LEVEL_COUNTRY ? 2 : 0;
    }
    return 0;
}

static bool lies_in(const gr_place_search *s, uint32_t inner, uint32_t outer) {
    for (uint32_t up = place_of(s, inner).parent; up != GR_NO_PLACE; up = place_of(s, up).parent)
        if (up == outer) return true;
    return false;
}

/* A town rather than the unit that is named after it, unless a word asks for the unit. */
static float seat_bonus(const gr_place_search *s, const gr_place_span *span, uint32_t place) {
    if (place_of(s, place).level != GR_LEVEL_POPULATED) return 0;
    for (uint32_t i = 0; i < span->candidate_count; i++) {
        gr_place other = place_of(s, span->candidate[i]);
        bool seat = lies_in(s, place, span->candidate[i]) ||
                    (other.level == GR_LEVEL_ADMIN2 && other.admin1 == place_of(s, place).admin1 &&
                     place_of(s, place).admin2 == GR_NO_PLACE); /* which unit holds it is not known */
        if (other.kind == GR_CLASS_ADMIN && seat) return other.level == GR_LEVEL_ADMIN1 ? 1.6f : 1.2f;
    }
    return 0;
}

/* A small town or unit that is named after a country or a great unit which does not hold it: "Mexico" in
 * Missouri. */
static float namesake_penalty(const gr_place_search *s, const gr_place_span *span, uint32_t number) {
    gr_place place = place_of(s, number);
    float world_city = 0; /* "London" in Kentucky, to those who know of another */
    if (place.level > GR_LEVEL_ADMIN2 || place.population >= 200000) return 0;
    for (uint32_t i = 0; i < span->candidate_count; i++) {
        gr_place other = place_of(s, span->candidate[i]);
        if (other.level == GR_LEVEL_COUNTRY) return 2.0f;
        if (other.level == GR_LEVEL_ADMIN1 && !lies_in(s, number, span->candidate[i])) return 1.5f;
        if (other.level == GR_LEVEL_POPULATED && other.population >= 1000000) world_city = 1;
    }
    return world_city;
}

/* "The Sahel region" is Burkina Faso's only where the document speaks of Burkina Faso. */
static float foreign_unit_penalty(const gr_place_search *s, const place_scene *scene,
                                  const gr_place_span *span, const gr_place *place) {
    if (place->level != GR_LEVEL_ADMIN1 || country_share(scene, place->country) >= 0.1f) return 0;
    for (uint32_t i = 0; i < span->candidate_count; i++)
        if (place_of(s, span->candidate[i]).kind == GR_CLASS_REGION) return 4;
    return 0;
}

/* ---- containment that the text states ---- */

/* "X, in the Y region", "X (Y)", "X, department of Y": only such words stand between. */
static bool may_hold(const gr_place_search *s, const gr_place_span *inner, const gr_place_span *outer) {
    uint32_t at = inner->mention.tok_end, end = outer->mention.tok_begin;
    if (inner->mention.sentence != outer->mention.sentence || at >= end || end - at > 7) return false;
    bool opened = false, many;
    for (uint32_t i = at; i < end; i++) {
        gr_slice word = s->folded[i];
        gr_slot slot;
        bool comma = gr_eq(word, GR_S(",")) || gr_eq(word, GR_S("("));
        if (comma || gr_eq(word, GR_S("in")) || gr_eq(word, GR_S("dans")))
            opened = true;
        else if (!gr_place_filler(word) && gr_place_cue(word, &many) == GR_CUE_NONE &&
                 !gr_eq(word, GR_S("a")) &&
                 !(gr_place_slot(word, s->french, &slot) &&
                   (slot.where == GR_WHERE_AT || slot.where == GR_WHERE_IN)))
            return false;
    }
    return opened;
}

static bool some_lies_in(const gr_place_search *s, uint32_t place, const gr_place_span *outer) {
    for (uint32_t i = 0; i < outer->candidate_count; i++)
        if (lies_in(s, place, outer->candidate[i])) return true;
    return false;
}

/* How many of the spans from..to have a candidate of that level, in that country ("": in any). */
static uint32_t members_of(const gr_place_search *s, uint32_t from, uint32_t to, gr_level level,
                           const char *country) {
    uint32_t members = 0;
    for (uint32_t i = from; i < to; i++)
        for (uint32_t k = 0; k < s->spans.item[i].candidate_count; k++) {
            gr_place place = place_of(s, s->spans.item[i].candidate[k]);
            if (place.level != level || (country[0] && memcmp(place.country, country, 3) != 0)) continue;
            members++;
            break;
        }
    return members;
}

static void mark_list(gr_place_search *s, uint32_t from, uint32_t to, gr_level level, const char *country) {
    for (uint32_t i = from; i < to; i++) {
        s->spans.item[i].listed = true;
        s->spans.item[i].list_level = level;
        memcpy(s->spans.item[i].list_country, country, 4);
    }
}

/* "Arizona, California and Georgia": where nearly all of three or more names joined by commas and "and" can
 * be countries, or units of one country, they are, and none lies in the next. */
static void read_list(gr_place_search *s, uint32_t from, uint32_t to) {
    static const char ANY[4] = "";
    uint32_t wanted = ((to - from) * 4 + 4) / 5;
    if (members_of(s, from, to, GR_LEVEL_COUNTRY, ANY) >= wanted) {
        mark_list(s, from, to, GR_LEVEL_COUNTRY, ANY);
        return;
    }
    for (uint32_t i = from; i < to; i++)
        for (uint32_t k = 0; k < s->spans.item[i].candidate_count; k++) {
            gr_place place = place_of(s, s->spans.item[i].candidate[k]);
            if (place.level != GR_LEVEL_ADMIN1) continue;
            if (members_of(s, from, to, GR_LEVEL_ADMIN1, place.country) < wanted) continue;
            mark_list(s, from, to, GR_LEVEL_ADMIN1, place.country);
            return;
        }
}

static void find_lists(gr_place_search *s) {
    for (uint32_t from = 0, to; from < s->spans.count; from = to) {
        to = from + 1;
        while (to < s->spans.count && s->spans.item[to].coordinated) to++;
        if (to - from >= 3) read_list(s, from, to);
    }
}

static float list_points(const gr_place_span *span, const gr_place *place) {
    if (!span->listed || place->level != span->list_level) return 0;
    return span->list_country[0] && memcmp(place->country, span->list_country, 3) != 0 ? 0 : 2.5f;
}

/* Where the document names several first-level units of a country, a name is more likely another of them. */
static float sibling_points(const gr_place_search *s, const place_scene *scene, const gr_place_span *span,
                            uint32_t number) {
    gr_place unit = place_of(s, number), *place = &unit;
    if (place->level != GR_LEVEL_ADMIN1) return 0;
    for (uint32_t k = 0; k < span->candidate_count; k++) /* its own town may be meant as well */
        if (lies_in(s, span->candidate[k], number)) return 0;
    uint32_t siblings = 0;
    for (uint32_t i = 0; i < scene->unit_count; i++)
        siblings += memcmp(place_of(s, scene->unit[i]).country, place->country, 3) == 0;
    return siblings >= 4 ? 1.8f : siblings >= 2 ? 1 : 0;
}

/* "The Atlantic" is no town. */
static float article_points(const gr_place_span *span, const gr_place *place) {
    if (!span->definite) return 0;
    return place->level == GR_LEVEL_POPULATED ? -1 : place->level == GR_LEVEL_AREA ? 1 : 0;
}

static void find_containers(gr_place_search *s) {
    for (uint32_t i = 0; i < s->spans.count; i++) {
        gr_place_span *inner = &s->spans.item[i];
        for (uint32_t j = i + 1; j < s->spans.count && j <= i + 2 && inner->mention.container == GR_NONE;
             j++) {
            gr_place_span *outer = &s->spans.item[j];
            if ((inner->listed && outer->listed) || !may_hold(s, inner, outer)) continue;
            for (uint32_t k = 0; k < inner->candidate_count; k++)
                if (some_lies_in(s, inner->candidate[k], outer)) inner->mention.container = j;
        }
    }
}

/* ---- company ---- */

enum { COMPANY_NAMES = 12, COMPANY_CANDIDATES = 16 };

/* Where the first candidates of a span lie, those that are no larger than a district: looked up once, since
 * each is compared with the candidates of all names around. */
typedef struct company {
    uint32_t count;
    double lat_deg[COMPANY_CANDIDATES], lon_deg[COMPANY_CANDIDATES];
} company;

static bool lies_somewhere(const gr_place *place) {
    return place->has_point && place->level <= GR_LEVEL_ADMIN2;
}

static company company_of(const gr_place_search *s, const gr_place_span *span) {
    company c = {0};
    for (uint32_t k = 0; k < span->candidate_count && k < COMPANY_CANDIDATES; k++) {
        gr_place place = place_of(s, span->candidate[k]);
        if (!lies_somewhere(&place)) continue;
        c.lat_deg[c.count] = place.lat_deg;
        c.lon_deg[c.count++] = place.lon_deg;
    }
    return c;
}

static bool some_lies_near(const company *others, const gr_place *place) {
    for (uint32_t i = 0; i < others->count; i++)
        if (fabs(others->lat_deg[i] - place->lat_deg) <= 0.9 &&
            fabs(others->lon_deg[i] - place->lon_deg) <= 1.1)
            return true;
    return false;
}

/* Points for each candidate that has candidates of other names within about 100 km: towns that are named
 * together tend to lie together (minimality). Looks at the names around, and at the first candidates of each.
 */
static void find_company(gr_place_search *s, const company *of_span, uint32_t index) {
    gr_place_span *span = &s->spans.item[index];
    uint32_t from = index > COMPANY_NAMES ? index - COMPANY_NAMES : 0, to = index + COMPANY_NAMES;
    if (to > s->spans.count) to = s->spans.count;
    for (uint32_t k = 0; k < span->candidate_count; k++) {
        gr_place place = place_of(s, span->candidate[k]);
        if (!lies_somewhere(&place)) continue;
        uint32_t names = 0;
        for (uint32_t i = from; i < to; i++)
            names += !gr_eq(s->spans.item[i].key, span->key) && some_lies_near(&of_span[i], &place);
        span->company[k] = names > 3 ? 1.5f : 0.5f * (float)names;
    }
}

static void find_companies(gr_place_search *s) {
    company *of_span = gr_alloc_array(s->arena, (size_t)s->spans.count + 1, sizeof *of_span);
    for (uint32_t i = 0; i < s->spans.count; i++) of_span[i] = company_of(s, &s->spans.item[i]);
    for (uint32_t i = 0; i < s->spans.count; i++) find_company(s, of_span, i);
}

/* ---- points ---- */

static float containment(const gr_place_search *s, const gr_place_span *span, uint32_t index,
                         uint32_t place) {
    float points = 0;
    if (span->mention.container != GR_NONE) {
        const gr_place_span *outer = &s->spans.item[span->mention.container];
        uint32_t settled = outer->mention.place;
        if (settled != GR_NO_PLACE ? lies_in(s, place, settled) : some_lies_in(s, place, outer)) points += 5;
    }
    for (uint32_t i = index; i-- > 0 && index - i <= 2;) {
        const gr_place_span *inner = &s->spans.item[i];
        if (inner->mention.container != index) continue;
        for (uint32_t k = 0; k < inner->candidate_count; k++)
            if (lies_in(s, inner->candidate[k], place)) return points + 3;
    }
    return points;
}

/* Points for nearness to the sure places: by the distance to the third part of them that lies nearest. */
static float nearness(const gr_place_search *s, const place_scene *scene, uint32_t number) {
    gr_place place = place_of(s, number);
    if (!place.has_point || place.level == GR_LEVEL_COUNTRY || scene->sure.count == 0) return 0;
    uint32_t near = 0, middling = 0, count = 0;
    for (uint32_t i = 0; i < scene->sure.count; i++) {
        if (scene->sure.item[i] == number) continue;
        gr_place other = place_of(s, scene->sure.item[i]);
        count++;
        if (fabs(place.lat_deg - other.lat_deg) > 4) continue; /* over 400 km by that alone */
        double km = gr_distance_km(place.lat_deg, place.lon_deg, other.lat_deg, other.lon_deg);
        near += km < 150;
        middling += km < 400;
    }
    if (count == 0) return 0;
    return near * 3 >= count ? 1.8f : near ? 1.2f : middling ? 0.6f : 0;
}

static float country_points(const place_scene *scene, const gr_place *place) {
    if (scene->country_total <= 0) return 0;
    if (!place->country[0]) return 1.5f; /* at home everywhere */
    float share = country_share(scene, place->country);
    float points = share > 0 ? 1.2f + 2.5f * share : 0;
    if (unit_named(scene, place->admin1) && place->level != GR_LEVEL_ADMIN1) points += 1.5f;
    return points;
}

static float points_of(const gr_place_search *s, const place_scene *scene, uint32_t index, uint32_t k) {
    const gr_place_span *span = &s->spans.item[index];
    uint32_t number = span->candidate[k];
    gr_place place = place_of(s, number);
    return prominence(&place) + cue_fits(span->cue, &place) + containment(s, span, index, number) +
           list_points(span, &place) + sibling_points(s, scene, span, number) + article_points(span, &place) +
           country_points(scene, &place) + nearness(s, scene, number) + span->company[k] - span->penalty[k] -
           namesake_penalty(s, span, number) - foreign_unit_penalty(s, scene, span, &place) +
           (span->cue == GR_CUE_NONE || span->cue == GR_CUE_POPULATED ? seat_bonus(s, span, number) : 0);
}

/* What mentions of this very name have lent a country ("": all countries): a namesake is no witness for
 * itself. */
static float own_weight(const gr_place_search *s, const gr_place_span *span, const char *code) {
    float weight = 0;
    for (uint32_t i = 0; i < s->spans.count; i++) {
        const gr_place_span *other = &s->spans.item[i];
        bool there = !code[0] || memcmp(other->lent_to, code, 3) == 0;
        if (there && other->lent > 0 && gr_eq(other->key, span->key)) weight += other->lent;
    }
    return weight;
}

/* A small place far from all that the document speaks of is more likely a namesake of something unknown. "The
 * village of" tells that a place is meant, not that it is this one, abroad. */
static bool believable(const gr_place_search *s, const place_scene *scene, uint32_t index, uint32_t k,
                       float points) {
    const gr_place_span *span = &s->spans.item[index];
    uint32_t number = span->candidate[k];
    gr_place place = place_of(s, number);
    if (place.level == GR_LEVEL_COUNTRY || place.kind == GR_CLASS_CONTINENT || place.country[0] == 0)
        return true;
    if (containment(s, span, index, number) > 0) return true;
    float weight = country_share(scene, place.country) * scene->country_total;
    if (weight - own_weight(s, span, place.country) >= SPOKEN_OF) return true;
    if (scene->country_total - own_weight(s, span, "") < SPOKEN_OF) return points >= 2.2f;
    float near = nearness(s, scene, number);
    return prominence(&place) + (near > 1 ? near : 0) + span->company[k] - span->penalty[k] >= 2.6f;
}

static const char *reason_of(const gr_place_search *s, const place_scene *scene, const gr_place_span *span,
                             uint32_t k) {
    gr_place place = place_of(s, span->candidate[k]);
    if (span->penalty[k] > 0) return "sounds alike, country of the document";
    if (!place.has_point && place.level <= GR_LEVEL_ADMIN3 && place.parent != GR_NO_PLACE)
        return "exact; where in the unit that holds it is not known";
    if (span->mention.container != GR_NONE) return "exact, inside the place that the text names";
    bool abroad = place.country[0] && place.level != GR_LEVEL_COUNTRY && scene->country_total > 0 &&
                  country_share(scene, place.country) <= 0;
    if (abroad) return "exact, but outside the countries of the document";
    if (span->candidate_count == 1) return "exact, the only place of this name";
    if (span->cue != GR_CUE_NONE && cue_fits(span->cue, &place) > 0)
        return "exact, of the kind that the text names";
    if (country_share(scene, place.country) > 0) return "exact, country of the document";
    return "exact, best known of its name";
}

/* The next best of the candidates, by points, then as the gazetteer has them. */
static void keep_rivals(gr_place_span *span, const float *points, uint32_t best, double certain, double sum) {
    gr_place_mention *m = &span->mention;
    bool kept[GR_SPAN_CANDIDATES] = {false};
    kept[best] = m->place != GR_NO_PLACE;
    while (m->rival_count < GR_RIVALS) {
        uint32_t next = GR_SPAN_CANDIDATES;
        for (uint32_t k = 0; k < span->candidate_count; k++)
            if (!kept[k] && (next == GR_SPAN_CANDIDATES || points[k] > points[next])) next = k;
        if (next == GR_SPAN_CANDIDATES) return;
        kept[next] = true;
        m->rival[m->rival_count++] =
            (gr_rival){span->candidate[next], certain * exp((double)(points[next] - points[best])) / sum};
    }
}

static void choose(gr_place_search *s, const place_scene *scene, uint32_t index) {
    gr_place_span *span = &s->spans.item[index];
    span->mention.place = GR_NO_PLACE;
    span->mention.score = 0;
    span->mention.rival_count = 0;
    span->mention.reason = "no place of this name is known";
    if (span->candidate_count == 0) return;
    uint32_t best = 0;
    float points[GR_SPAN_CANDIDATES];
    for (uint32_t k = 0; k < span->candidate_count; k++) {
        points[k] = points_of(s, scene, index, k);
        if (points[k] > points[best]) best = k;
    }
    double sum = 0;
    for (uint32_t k = 0; k < span->candidate_count; k++) sum += exp((double)(points[k] - points[best]));
    double certain = 1 - exp(-0.5 * (double)(points[best] + span->evidence));
    if (certain < 0) certain = 0;
    if (s->context->given || believable(s, scene, index, best, points[best])) {
        span->mention.place = span->candidate[best];
        span->mention.score = certain / sum;
        span->mention.reason = reason_of(s, scene, span, best);
    } else {
        span->mention.reason = "only namesakes outside the document's countries";
    }
    keep_rivals(span, points, best, certain, sum);
}

/* ---- the scene ---- */

/* A country's name tells less where a great unit or a town elsewhere bears it too ("Georgia", "Lebanon"). */
static float named_else(const gr_place_search *s, const gr_place_span *span) {
    float weight = 1;
    for (uint32_t k = 0; k < span->candidate_count; k++) {
        gr_place place = place_of(s, span->candidate[k]);
        if (place.level == GR_LEVEL_ADMIN1) return 0.02f;
        if (place.level == GR_LEVEL_POPULATED && place.population > 5000) weight = 0.2f;
    }
    return weight;
}

static void read_countries(gr_place_search *s, place_scene *scene) {
    for (uint32_t i = 0; i < s->context->country_count; i++) name_country(scene, s->context->country[i], 3);
    for (uint32_t i = 0; i < s->demonyms.count; i++)
        name_country(scene, place_of(s, s->demonyms.item[i]).country, 0.5f);
    for (uint32_t i = 0; i < s->spans.count; i++) {
        const gr_place_span *span = &s->spans.item[i];
        for (uint32_t k = 0; k < span->candidate_count; k++) {
            gr_place place = place_of(s, span->candidate[k]);
            if (place.level == GR_LEVEL_COUNTRY)
                name_country(scene, place.country, span->candidate_count == 1 ? 1 : named_else(s, span));
        }
    }
}

static void lend(gr_place_span *span, const char *code) {
    if (memcmp(span->lent_to, code, 3) != 0) span->lent = 0;
    memcpy(span->lent_to, code, 4);
    span->lent += LENT;
}

/* What the first pass settles clearly tells of countries, units and the neighbourhood. */
static void read_settled(gr_place_search *s, place_scene *scene) {
    scene->sure.count = 0;
    for (uint32_t i = 0; i < s->spans.count; i++) {
        const gr_place_mention *mention = &s->spans.item[i].mention;
        if (mention->place == GR_NO_PLACE || mention->score < 0.6) continue;
        bool by_chance = s->case_is_mute[mention->sentence] && s->spans.item[i].evidence < ENOUGH;
        if (by_chance) continue; /* in capitals any word may bear the name of some hamlet */
        gr_place place = place_of(s, mention->place);
        if (place.level == GR_LEVEL_COUNTRY || place.kind == GR_CLASS_CONTINENT) continue;
        name_country(scene, place.country, LENT);
        lend(&s->spans.item[i], place.country);
        if (place.level == GR_LEVEL_ADMIN1) name_unit(scene, mention->place);
        bool seen = !place.has_point || scene->sure.count >= 200;
        for (uint32_t k = 0; k < scene->sure.count && !seen; k++)
            seen = scene->sure.item[k] == mention->place;
        if (!seen) gr_push(s->arena, &scene->sure, mention->place);
    }
}

/* A likeness of sound is trusted only within the units that the document names, where it names some of the
 * country. */
static bool lies_elsewhere(const gr_place_search *s, const place_scene *scene, uint32_t place) {
    gr_place found = place_of(s, place);
    bool some = false;
    if (found.admin1 == GR_NO_PLACE) return false;
    for (uint32_t i = 0; i < scene->unit_count; i++) {
        if (scene->unit[i] == found.admin1 || scene->unit[i] == place) return false;
        some = some || memcmp(place_of(s, scene->unit[i]).country, found.country, 3) == 0;
    }
    return some;
}

/* Adds places of the document's countries that sound like the name. */
static void add_alike(gr_place_search *s, const place_scene *scene, gr_place_span *span) {
    enum { ALIKE = 8, ALIKE_COUNTRIES = 6 };
    char country[ALIKE_COUNTRIES][4];
    uint32_t count = 0, found[ALIKE];
    for (uint32_t i = 0; i < scene->country_count && count < ALIKE_COUNTRIES; i++)
        if (country_share(scene, scene->country[i].code) >= 0.08f)
            memcpy(country[count++], scene->country[i].code, 4);
    if (count == 0) return;
    uint32_t total =
        gr_gazetteer_find_alike(s->gazetteer, span->key, (const char(*)[4])country, count, found, ALIKE);
    char wanted_bytes[GR_ALIKE_MAX_B], bytes[GR_ALIKE_MAX_B];
    gr_slice wanted = gr_alike_key(span->key, wanted_bytes);
    for (uint32_t i = 0; i < total && i < ALIKE && span->candidate_count < GR_SPAN_CANDIDATES; i++) {
        gr_slice name = gr_fold(s->arena, place_of(s, found[i]).name), key = gr_alike_key(name, bytes);
        unsigned sound = gr_edit_distance(wanted, key, 2);
        if (lies_elsewhere(s, scene, found[i])) continue;
        if (sound && !gr_gazetteer_covers(s->gazetteer, place_of(s, found[i]).country)) continue;
        if (sound && (wanted.len < 5 || span->evidence < 1.5f)) continue;
        bool begins_alike = key.len && key.ptr[0] == wanted.ptr[0];
        if (sound > 1 && (wanted.len < 8 || !begins_alike)) continue; /* two sounds off is another village */
        span->penalty[span->candidate_count] = 0.8f + 1.2f * (float)sound;
        span->candidate[span->candidate_count++] = found[i];
    }
    span->mention.candidates += total;
}

static bool resolves_at_home(const gr_place_search *s, const place_scene *scene, const gr_place_span *span) {
    for (uint32_t k = 0; k < span->candidate_count; k++) {
        gr_place place = place_of(s, span->candidate[k]);
        if (place.country[0] == 0 || place.level == GR_LEVEL_COUNTRY ||
            country_share(scene, place.country) > 0 || prominence(&place) >= 2.5f)
            return true;
    }
    return false;
}

/* What a resolved place adds to the evidence of its name. */
static float support(const gr_place_search *s, const place_scene *scene, const gr_place_span *span) {
    if (span->mention.place == GR_NO_PLACE) return 0;
    gr_place place = place_of(s, span->mention.place);
    float points = 0;
    if (place.level == GR_LEVEL_COUNTRY || place.kind == GR_CLASS_CONTINENT) return 1.5f;
    if (place.level == GR_LEVEL_AREA || place.level == GR_LEVEL_ADMIN1) points = 0.8f;
    if (place.level == GR_LEVEL_AREA && span->definite) points = 1.2f;
    if (place.level == GR_LEVEL_POPULATED)
        points = place.population >= 1000000  ? 1.2f
                 : place.population >= 100000 ? 0.6f
                 : place.population >= 50000  ? 0.3f
                                              : 0;
    if (place.country[0] && country_share(scene, place.country) > 0.15f) points += 0.5f;
    if (nearness(s, scene, span->mention.place) > 1) points += 0.5f;
    if (span->mention.container != GR_NONE) points += 1.5f;
    return points;
}

/* One sense a document: a name that surely is a place once lends evidence to its other mentions. */
static void share_evidence(gr_place_search *s, const place_scene *scene) {
    gr_map strongest = {0};
    for (uint32_t i = 0; i < s->spans.count; i++) {
        gr_place_span *span = &s->spans.item[i];
        span->evidence += support(s, scene, span);
        uint32_t best = gr_map_get(&strongest, span->key);
        if (best == GR_MAP_NONE || span->evidence > s->spans.item[best].evidence)
            gr_map_set(s->arena, &strongest, span->key, i);
    }
    for (uint32_t i = 0; i < s->spans.count; i++) {
        gr_place_span *span = &s->spans.item[i];
        uint32_t best = gr_map_get(&strongest, span->key);
        if (best != i && s->spans.item[best].evidence >= 3.0f) span->evidence += 0.8f;
    }
    for (uint32_t i = s->spans.count; i-- > 1;) /* the members of a list are of one kind */
        if (s->spans.item[i].coordinated && s->spans.item[i].evidence >= 2.3f)
            s->spans.item[i - 1].evidence += 0.5f;
}

/* A name that nothing but the gazetteer spoke for was no place. */
static void drop_unfounded(gr_place_search *s) {
    uint32_t kept = 0;
    uint32_t *moved = gr_alloc_array(s->arena, (size_t)s->spans.count + 1, sizeof *moved);
    for (uint32_t i = 0; i < s->spans.count; i++) {
        const gr_place_span *span = &s->spans.item[i];
        bool keep = span->evidence >= (span->mention.place == GR_NO_PLACE ? ENOUGH_UNRESOLVED : ENOUGH);
        moved[i] = keep ? kept : GR_NONE;
        if (keep) s->spans.item[kept++] = *span;
    }
    s->spans.count = kept;
    for (uint32_t i = 0; i < kept; i++) {
        gr_place_mention *mention = &s->spans.item[i].mention;
        if (mention->container != GR_NONE) mention->container = moved[mention->container];
    }
}

void gr_place_resolve(gr_place_search *s) {
    place_scene scene = {.country_count = 0};
    read_countries(s, &scene);
    find_lists(s);
    find_containers(s);
    find_companies(s);
    for (uint32_t i = 0; i < s->spans.count; i++) choose(s, &scene, i);
    read_settled(s, &scene);
    for (uint32_t i = 0; i < s->spans.count; i++)
        if (!resolves_at_home(s, &scene, &s->spans.item[i])) add_alike(s, &scene, &s->spans.item[i]);
    find_containers(s);
    for (uint32_t pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < s->spans.count; i++) choose(s, &scene, i);
        if (pass == 0) read_settled(s, &scene);
    }
    if (s->context->given) return;
    share_evidence(s, &scene);
    drop_unfounded(s);
}
