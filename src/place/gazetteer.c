#include "base/digest.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/os.h"
#include "base/utf8.h"
#include "place/alike.h"
#include "place/image.h"

#include <math.h>

static const double GR_EARTH_RADIUS_KM = 6371.0088;

enum { COVERED_COUNTRIES = 64, VILLAGES = 300 };

struct gr_gazetteer {
    gr_mapped file;
    gr_image at;
    char hash[65];
    char covered[COVERED_COUNTRIES][4]; /* countries whose villages it holds */
    uint32_t covered_count;
};

const char *gr_level_name(gr_level level) {
    static const char *const NAME[] = {"point",  "populated place", "admin3", "admin2",
                                       "admin1", "country",         "area"};
    return NAME[level];
}

const char *gr_class_name(gr_place_class kind) {
    static const char *const NAME[] = {"populated", "admin",    "country", "region", "park",   "water",
                                       "terrain",   "facility", "prison",  "base",   "border", "continent"};
    return NAME[kind];
}

static gr_slice key_of(const gr_gazetteer *g, const gr_image_name *name) {
    return gr_image_key(&g->at, name);
}

/* Dumps of countries give no population for villages, lists of towns do: so many places without one are the
 * villages. Countries are packed into 15 bits of their three letters. */
static void find_covered(gr_gazetteer *g) {
    uint16_t villages[1 << 15] = {0};
    for (uint32_t i = 0; i < g->at.header->place_count; i++) {
        const gr_image_place *p = &g->at.place[i];
        if (p->level != GR_LEVEL_POPULATED || p->population || !p->country[0]) continue;
        unsigned country = (p->country[0] & 31u) << 10 | (p->country[1] & 31u) << 5 | (p->country[2] & 31u);
        if (villages[country] > VILLAGES) continue;
        if (++villages[country] == VILLAGES && g->covered_count < COVERED_COUNTRIES)
            memcpy(g->covered[g->covered_count++], p->country, 4);
    }
}

bool gr_gazetteer_covers(const gr_gazetteer *g, const char country[4]) {
    for (uint32_t i = 0; i < g->covered_count; i++)
        if (memcmp(g->covered[i], country, 4) == 0) return true;
    return false;
}

gr_gazetteer *gr_gazetteer_open(const char *path, gr_error *err) {
    gr_gazetteer *g = gr_os_alloc(sizeof *g);
    if (!g) {
        gr_fail(err, GR_NO_MEMORY, path, "out of memory");
        return NULL;
    }
    *g = (gr_gazetteer){0};
    gr_status status = gr_os_map(path, GR_MAX_GAZETTEER_B, &g->file, err);
    if (status == GR_OK)
        status = gr_image_check(path, (gr_slice){(const char *)g->file.data, g->file.len}, &g->at, err);
    if (status != GR_OK) {
        gr_gazetteer_close(g);
        return NULL;
    }
    memcpy(g->hash, g->at.header->sha256, sizeof g->at.header->sha256);
    find_covered(g);
    return g;
}

void gr_gazetteer_close(gr_gazetteer *g) {
    if (!g) return;
    gr_os_unmap(&g->file);
    gr_os_free(g);
}

const char *gr_gazetteer_hash(const gr_gazetteer *g) {
    return g->hash;
}

uint32_t gr_gazetteer_size(const gr_gazetteer *g) {
    return g->at.header->place_count;
}

gr_place gr_gazetteer_place(const gr_gazetteer *g, uint32_t number) {
    const gr_image_place *p = &g->at.place[number];
    gr_place place = {.id = {g->at.strings + p->id, p->id_b},
                      .name = {g->at.strings + p->name, p->name_b},
                      .level = (gr_level)p->level,
                      .kind = (gr_place_class)p->kind,
                      .parent = p->parent,
                      .admin1 = p->admin1,
                      .admin2 = p->admin2,
                      .has_point = p->lat_e4 != GR_IMAGE_NO_POINT,
                      .population = p->population};
    memcpy(place.country, p->country, sizeof place.country);
    if (place.has_point) {
        place.lat_deg = p->lat_e4 / 1e4;
        place.lon_deg = p->lon_e4 / 1e4;
    }
    return place;
}

/* ---- looking up ---- */

static const gr_image_name *find_name(const gr_gazetteer *g, gr_slice key) {
    if (key.len == 0) return NULL;
    uint32_t mask = g->at.header->slot_count - 1, hash = gr_hash32(key);
    if (!gr_filter_has(g->at.filter, g->at.header->filter_count, hash)) return NULL;
    for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
        const gr_image_slot *slot = &g->at.slot[i];
        if (slot->name == 0) return NULL;
        if (slot->hash != hash) continue;
        const gr_image_name *name = &g->at.name[slot->name - 1];
        if (gr_eq(key_of(g, name), key)) return name;
    }
}

static uint32_t collect(const gr_gazetteer *g, gr_slice folded, uint32_t mark, uint32_t *out, uint32_t max) {
    char buffer[GR_NAME_MAX_B];
    const gr_image_name *name = find_name(g, gr_name_key(folded, buffer));
    uint32_t count = 0;
    for (uint32_t i = 0; name && i < name->posting_count; i++) {
        uint32_t posting = g->at.posting[name->posting + i];
        if ((posting & GR_POSTING_ADJECTIVE) != mark) continue;
        if (count < max) out[count] = posting & ~GR_POSTING_ADJECTIVE;
        count++;
    }
    return count;
}

uint32_t gr_gazetteer_find(const gr_gazetteer *g, gr_slice folded, uint32_t *out, uint32_t max) {
    return collect(g, folded, 0, out, max);
}

uint32_t gr_gazetteer_find_adjective(const gr_gazetteer *g, gr_slice folded, uint32_t *out, uint32_t max) {
    return collect(g, folded, GR_POSTING_ADJECTIVE, out, max);
}

bool gr_gazetteer_ordinary(const gr_gazetteer *g, gr_slice folded) {
    char buffer[GR_NAME_MAX_B];
    const gr_image_name *name = find_name(g, gr_name_key(folded, buffer));
    return name && name->ordinary;
}

bool gr_gazetteer_may_go_on(const gr_gazetteer *g, gr_slice folded) {
    char buffer[GR_NAME_MAX_B + 1];
    gr_slice key = gr_name_key(folded, buffer);
    if (key.len == 0 || key.len == GR_NAME_MAX_B) return false;
    buffer[key.len++] = ' ';
    return gr_filter_has(g->at.filter, g->at.header->filter_count, gr_hash32(key));
}

/* ---- looking up by sound ---- */

enum { ALIKE_KEPT = 32 };

typedef struct alike_hit {
    uint32_t cost, place;
    int64_t population;
} alike_hit;

typedef struct alike_search {
    const gr_gazetteer *g;
    gr_slice folded, key;
    alike_hit hit[ALIKE_KEPT]; /* the nearest, nearest first */
    uint32_t kept, count;
} alike_search;

static bool nearer(const alike_hit *a, const alike_hit *b) {
    if (a->cost != b->cost) return a->cost < b->cost;
    if (a->population != b->population) return a->population > b->population;
    return a->place < b->place;
}

static void keep_hit(alike_search *s, alike_hit hit) {
    for (uint32_t i = 0; i < s->kept; i++) {
        if (s->hit[i].place != hit.place) continue;
        if (!nearer(&hit, &s->hit[i])) return;
        memmove(&s->hit[i], &s->hit[i + 1], (--s->kept - i) * sizeof hit);
        s->count--;
        break;
    }
    s->count++;
    uint32_t at = s->kept;
    while (at && nearer(&hit, &s->hit[at - 1])) at--;
    if (at == ALIKE_KEPT) return;
    uint32_t moved = (s->kept < ALIKE_KEPT ? s->kept : ALIKE_KEPT - 1) - at;
    memmove(&s->hit[at + 1], &s->hit[at], moved * sizeof hit);
    s->hit[at] = hit;
    if (s->kept < ALIKE_KEPT) s->kept++;
}

static void keep_name(alike_search *s, const gr_image_name *name, const char *country, uint32_t cost) {
    for (uint32_t i = 0; i < name->posting_count; i++) {
        uint32_t posting = s->g->at.posting[name->posting + i];
        if (posting & GR_POSTING_ADJECTIVE) continue;
        const gr_image_place *place = &s->g->at.place[posting];
        if (memcmp(place->country, country, 3) == 0)
            keep_hit(s, (alike_hit){cost, posting, place->population});
    }
}

/* Sounds weigh more than letters: a spelling that sounds the same is nearer than one letter changed. */
enum { SOUND_COST = 4 };

/* The bits of `a` that `b` lacks, but for `max` of them: 0 when there are no more. */
static inline uint32_t more_than(unsigned max, uint32_t a, uint32_t b) {
    uint32_t bits = a & ~b;
    for (unsigned i = 0; i < max; i++) bits &= bits - 1;
    return bits;
}

static uint32_t first_near(const gr_gazetteer *g, uint32_t group) {
    uint32_t low = 0, high = g->at.header->near_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (g->at.near[middle].group < group)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The names of one country whose keys have `length` letters and may lie within `max` edits. An edit puts in
 * or takes out a letter and two pairs of neighbours at most; of the shorter key, what lengthens it takes out
 * no letter and one pair. */
static void scan_length(alike_search *s, const char *country, size_t length, unsigned max) {
    const gr_gazetteer *g = s->g;
    uint32_t letters = gr_alike_letters(s->key), pairs = gr_alike_pairs(s->key);
    uint32_t group = gr_near_group(country, length);
    unsigned from_name = max, from_key = max, pairs_from_name = 2 * max, pairs_from_key = 2 * max;
    if (length >= s->key.len) {
        from_key -= (unsigned)(length - s->key.len);
        pairs_from_key -= (unsigned)(length - s->key.len);
    } else {
        from_name -= (unsigned)(s->key.len - length);
        pairs_from_name -= (unsigned)(s->key.len - length);
    }
    const gr_image_near *end = &g->at.near[first_near(g, group + 1)];
    for (const gr_image_near *near = &g->at.near[first_near(g, group)]; near < end; near++) {
        if (more_than(from_key, letters, near->letters)) continue; /* nearly all of thousands of names */
        if (more_than(from_name, near->letters, letters) | more_than(pairs_from_name, near->pairs, pairs) |
            more_than(pairs_from_key, pairs, near->pairs))
            continue;
        const gr_image_name *name = &g->at.name[near->name];
        char buffer[GR_ALIKE_MAX_B];
        unsigned sound = gr_edit_distance(gr_alike_key(key_of(g, name), buffer), s->key, max);
        if (sound > max) continue;
        keep_name(s, name, country,
                  SOUND_COST * sound + gr_edit_distance(key_of(g, name), s->folded, SOUND_COST - 1));
    }
}

static void scan_country(alike_search *s, const char *country, unsigned max) {
    size_t least = s->key.len > max + 3 ? s->key.len - max : 3;
    for (size_t length = least; length <= s->key.len + max; length++) scan_length(s, country, length, max);
}

uint32_t gr_gazetteer_find_alike(const gr_gazetteer *g, gr_slice folded, const char (*country)[4],
                                 uint32_t country_count, uint32_t *out, uint32_t max) {
    char key[GR_ALIKE_MAX_B], name[GR_NAME_MAX_B];
    alike_search s = {.g = g};
    s.folded = gr_name_key(folded, name);
    s.key = gr_alike_key(s.folded, key);
    if (s.key.len < 3 || country_count == 0) return 0;
    for (uint32_t i = 0; i < country_count; i++) scan_country(&s, country[i], s.folded.len > 5 ? 2 : 1);
    for (uint32_t i = 0; i < s.kept && i < max; i++) out[i] = s.hit[i].place;
    return s.count;
}

double gr_distance_km(double lat1_deg, double lon1_deg, double lat2_deg, double lon2_deg) {
    const double RADIAN = 3.14159265358979323846 / 180;
    double half_lat = sin((lat2_deg - lat1_deg) * RADIAN / 2),
           half_lon = sin((lon2_deg - lon1_deg) * RADIAN / 2);
    double h = half_lat * half_lat + cos(lat1_deg * RADIAN) * cos(lat2_deg * RADIAN) * half_lon * half_lon;
    return 2 * GR_EARTH_RADIUS_KM * asin(sqrt(h < 1 ? h : 1));
}

/* ---- outlines ---- */

/* The first shape of a place, or of the places behind it. */
static uint32_t first_shape(const gr_gazetteer *g, uint32_t place) {
    uint32_t low = 0, high = g->at.header->shape_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (g->at.shape[middle].place < place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool gr_gazetteer_holds(const gr_gazetteer *g, uint32_t place, double lat_deg, double lon_deg) {
    int32_t lat = (int32_t)lround(lat_deg * 1e4), lon = (int32_t)lround(lon_deg * 1e4);
    bool inside = false;
    for (uint32_t i = first_shape(g, place); i < g->at.header->shape_count; i++) {
        const gr_image_shape *s = &g->at.shape[i];
        if (s->place != place) break;
        if (s->line || lat < s->south_e4 || lat > s->north_e4 || lon < s->west_e4 || lon > s->east_e4)
            continue;
        inside ^= gr_ring_crossed(&g->at.point[s->point], s->point_count, lat, lon);
    }
    return inside;
}

uint32_t gr_gazetteer_unit_at(const gr_gazetteer *g, double lat_deg, double lon_deg) {
    uint32_t best = GR_NO_PLACE;
    for (uint32_t i = 0; i < g->at.header->shape_count; i++) {
        uint32_t place = g->at.shape[i].place;
        if (i && g->at.shape[i - 1].place == place) continue;
        if (best != GR_NO_PLACE && g->at.place[best].level <= g->at.place[place].level) continue;
        if (gr_gazetteer_holds(g, place, lat_deg, lon_deg)) best = place;
    }
    return best;
}

uint32_t gr_gazetteer_line(const gr_gazetteer *g, uint32_t place, double (*out)[2], uint32_t max) {
    uint32_t count = 0;
    for (uint32_t i = first_shape(g, place); i < g->at.header->shape_count && g->at.shape[i].place == place;
         i++) {
        const gr_image_shape *s = &g->at.shape[i];
        for (uint32_t k = 0; s->line && k < s->point_count; k++, count++) {
            if (count >= max) continue;
            out[count][0] = g->at.point[s->point + k].lat_e4 / 1e4;
            out[count][1] = g->at.point[s->point + k].lon_e4 / 1e4;
        }
    }
    return count;
}

gr_point gr_point_towards(double lat_deg, double lon_deg, double km, double bearing_deg) {
    double radian = acos(-1) / 180, angle = km / GR_EARTH_RADIUS_KM, lat = lat_deg * radian,
           way = bearing_deg * radian;
    double there = asin(sin(lat) * cos(angle) + cos(lat) * sin(angle) * cos(way));
    double turn = atan2(sin(way) * sin(angle) * cos(lat), cos(angle) - sin(lat) * sin(there));
    return (gr_point){there / radian, remainder(lon_deg + turn / radian, 360)};
}
