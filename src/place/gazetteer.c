#include "base/digest.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/os.h"
#include "base/utf8.h"
#include "place/alike.h"
#include "place/image.h"

#include <math.h>

struct gr_gazetteer {
    gr_mapped file;
    const gr_image_header *header;
    const gr_image_place *place;
    const gr_image_name *name;
    const uint32_t *posting;
    const uint32_t *slot; /* name number + 1; 0 = free */
    const gr_image_sound *sound;
    const gr_image_near *near;
    const uint32_t *filter;
    const char *strings;
    char hash[65];
};

const char *gr_level_name(gr_level level) {
    static const char *const NAME[] = {"point",  "populated place", "admin3", "admin2",
                                       "admin1", "country",         "area"};
    return NAME[level];
}

gr_slice gr_name_key(gr_slice folded, char *out) {
    size_t n = 0;
    for (size_t i = 0; i < folded.len; i++) {
        char c = folded.ptr[i];
        if (c == '\'' || c == '.') continue;
        if (c == '-') c = ' ';
        if (c == ' ' && (n == 0 || out[n - 1] == ' ')) continue;
        if (n == GR_NAME_MAX_B) return (gr_slice){out, 0};
        out[n++] = c;
    }
    while (n && out[n - 1] == ' ') n--;
    return (gr_slice){out, n};
}

static gr_slice key_of(const gr_gazetteer *g, const gr_image_name *name) {
    return (gr_slice){g->strings + name->key, name->key_b};
}

/* ---- opening ---- */

static gr_status damaged(const char *path, const char *what, gr_error *err) {
    return gr_fail(err, GR_BAD_MODEL, path, "damaged gazetteer: %s; build or install it again", what);
}

static gr_status lay_out(gr_gazetteer *g, const char *path, gr_error *err) {
    const gr_image_header *h = (const void *)g->file.data;
    if (g->file.len < sizeof *h || memcmp(h->magic, GR_IMAGE_MAGIC, sizeof h->magic) != 0)
        return gr_fail(err, GR_BAD_MODEL, path,
                       "is not a griot gazetteer; name a file made from knowledge/places");
    if (h->version != GR_IMAGE_VERSION)
        return gr_fail(err, GR_BAD_MODEL, path,
                       "is a gazetteer of version %u, this griot reads %d; build it again", h->version,
                       GR_IMAGE_VERSION);
    uint64_t need = sizeof *h + (uint64_t)h->place_count * sizeof *g->place +
                    (uint64_t)h->name_count * (sizeof *g->name + sizeof *g->sound) +
                    ((uint64_t)h->posting_count + h->slot_count) * sizeof(uint32_t) +
                    (uint64_t)h->near_count * sizeof *g->near +
                    (uint64_t)h->filter_count * sizeof *g->filter + h->strings_b;
    if (need != g->file.len) return damaged(path, "its length does not fit its header", err);
    if (h->slot_count <= h->name_count || (h->slot_count & (h->slot_count - 1)))
        return damaged(path, "its name table has a wrong size", err);
    if (h->filter_count == 0 || (h->filter_count & (h->filter_count - 1)))
        return damaged(path, "its filter has a wrong size", err);
    g->header = h;
    g->place = (const void *)(h + 1);
    g->name = (const void *)(g->place + h->place_count);
    g->posting = (const void *)(g->name + h->name_count);
    g->slot = g->posting + h->posting_count;
    g->sound = (const void *)(g->slot + h->slot_count);
    g->near = (const void *)(g->sound + h->name_count);
    g->filter = (const void *)(g->near + h->near_count);
    g->strings = (const char *)(g->filter + h->filter_count);
    return GR_OK;
}

uint64_t gr_image_checksum(const gr_image_header *header, gr_slice body) {
    uint64_t sum = gr_checksum(0, (gr_slice){(const char *)header, offsetof(gr_image_header, checksum)});
    return gr_checksum(sum, body);
}

static bool starts_character(const gr_gazetteer *g, uint64_t off) {
    return ((unsigned char)g->strings[off] & 0xC0) != 0x80;
}

/* The strings are UTF-8 as a whole: one of them is where it starts and ends between characters. */
static bool text_fits(const gr_gazetteer *g, uint32_t off, uint32_t len) {
    uint64_t end = (uint64_t)off + len, all_b = g->header->strings_b;
    return len && end <= all_b && starts_character(g, off) && (end == all_b || starts_character(g, end));
}

static bool place_fits(const gr_gazetteer *g, uint32_t number) {
    const gr_image_place *p = &g->place[number];
    bool units = (p->parent == GR_NO_PLACE || p->parent < number) &&
                 (p->admin1 == GR_NO_PLACE || p->admin1 <= number) &&
                 (p->admin2 == GR_NO_PLACE || p->admin2 <= number);
    bool point = p->lat_e4 == GR_IMAGE_NO_POINT || (p->lat_e4 >= -900000 && p->lat_e4 <= 900000 &&
                                                    p->lon_e4 >= -1800000 && p->lon_e4 <= 1800000);
    bool country = true;
    for (int i = 0; i < 3; i++)
        country &=
            (p->country[i] >= 'A' && p->country[i] <= 'Z') || (p->country[i] == 0 && p->country[0] == 0);
    return units && point && country && p->country[3] == 0 && p->level <= GR_LEVEL_AREA &&
           p->kind <= GR_CLASS_CONTINENT && text_fits(g, p->id, p->id_b) && text_fits(g, p->name, p->name_b);
}

static bool name_fits(const gr_gazetteer *g, uint32_t number) {
    const gr_image_name *n = &g->name[number];
    if (!text_fits(g, n->key, n->key_b) || n->key_b > GR_NAME_MAX_B) return false;
    if (number && gr_compare(key_of(g, n - 1), key_of(g, n)) >= 0) return false;
    return n->posting_count && (uint64_t)n->posting + n->posting_count <= g->header->posting_count;
}

static const char *fault_of(const gr_gazetteer *g) {
    const gr_image_header *h = g->header;
    if (!gr_utf8_valid((gr_slice){g->strings, h->strings_b})) return "its strings are not UTF-8";
    for (uint32_t i = 0; i < h->place_count; i++)
        if (!place_fits(g, i)) return "a place has fields out of range";
    for (uint32_t i = 0; i < h->name_count; i++)
        if (!name_fits(g, i)) return "its names are out of order or out of range";
    for (uint32_t i = 0; i < h->posting_count; i++)
        if ((g->posting[i] & ~GR_POSTING_ADJECTIVE) >= h->place_count) return "a name leads to no place";
    uint32_t used = 0;
    for (uint32_t i = 0; i < h->slot_count; i++) {
        if (g->slot[i] > h->name_count) return "its name table leads nowhere";
        used += g->slot[i] != 0;
    }
    if (used != h->name_count) return "its name table is not complete";
    for (uint32_t i = 0; i < h->name_count; i++)
        if (g->sound[i].name >= h->name_count || (i && g->sound[i - 1].hash > g->sound[i].hash))
            return "its table of sounds is out of order";
    for (uint32_t i = 0; i < h->near_count; i++)
        if (g->near[i].name >= h->name_count || (i && g->near[i - 1].group > g->near[i].group))
            return "its table of near spellings is out of order";
    return NULL;
}

gr_gazetteer *gr_gazetteer_open(const char *path, gr_error *err) {
    gr_gazetteer *g = gr_os_alloc(sizeof *g);
    if (!g) {
        gr_fail(err, GR_NO_MEMORY, path, "out of memory");
        return NULL;
    }
    *g = (gr_gazetteer){0};
    gr_status status = gr_os_map(path, GR_MAX_GAZETTEER_B, &g->file, err);
    if (status == GR_OK) status = lay_out(g, path, err);
    gr_slice body = {(const char *)(g->header + 1), g->file.len - sizeof *g->header};
    if (status == GR_OK && gr_image_checksum(g->header, body) != g->header->checksum)
        status = damaged(path, "its checksum does not fit its content", err);
    const char *fault = status == GR_OK ? fault_of(g) : NULL;
    if (fault) status = damaged(path, fault, err);
    if (status != GR_OK) {
        gr_gazetteer_close(g);
        return NULL;
    }
    memcpy(g->hash, g->header->sha256, sizeof g->header->sha256);
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
    return g->header->place_count;
}

gr_place gr_gazetteer_place(const gr_gazetteer *g, uint32_t number) {
    const gr_image_place *p = &g->place[number];
    gr_place place = {.id = {g->strings + p->id, p->id_b},
                      .name = {g->strings + p->name, p->name_b},
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
    uint32_t mask = g->header->slot_count - 1, hash = gr_hash32(key);
    if (!gr_filter_has(g->filter, g->header->filter_count, hash)) return NULL;
    for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
        if (g->slot[i] == 0) return NULL;
        const gr_image_name *name = &g->name[g->slot[i] - 1];
        if (gr_eq(key_of(g, name), key)) return name;
    }
}

static uint32_t collect(const gr_gazetteer *g, gr_slice folded, uint32_t mark, uint32_t *out, uint32_t max) {
    char buffer[GR_NAME_MAX_B];
    const gr_image_name *name = find_name(g, gr_name_key(folded, buffer));
    uint32_t count = 0;
    for (uint32_t i = 0; name && i < name->posting_count; i++) {
        uint32_t posting = g->posting[name->posting + i];
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

bool gr_gazetteer_has_prefix(const gr_gazetteer *g, gr_slice folded) {
    char buffer[GR_NAME_MAX_B + 1];
    gr_slice key = gr_name_key(folded, buffer);
    if (key.len == 0 || key.len == GR_NAME_MAX_B) return false;
    buffer[key.len++] = ' ';
    if (!gr_filter_has(g->filter, g->header->filter_count, gr_hash32(key))) return false;
    uint32_t low = 0, high = g->header->name_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (gr_compare(key_of(g, &g->name[middle]), key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < g->header->name_count && gr_starts(key_of(g, &g->name[low]), key);
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
    const char (*country)[4];
    uint32_t country_count;
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
        uint32_t posting = s->g->posting[name->posting + i];
        if (posting & GR_POSTING_ADJECTIVE) continue;
        const gr_image_place *place = &s->g->place[posting];
        if (memcmp(place->country, country, 3) == 0)
            keep_hit(s, (alike_hit){cost, posting, place->population});
    }
}

/* Sounds weigh more than letters: a spelling that sounds the same is nearer than one letter changed. */
enum { SOUND_COST = 4 };

static void scan_same_sound(alike_search *s) {
    uint32_t hash = gr_hash32(s->key), low = 0, high = s->g->header->name_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (s->g->sound[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < s->g->header->name_count && s->g->sound[low].hash == hash; low++) {
        const gr_image_name *name = &s->g->name[s->g->sound[low].name];
        char buffer[GR_ALIKE_MAX_B];
        if (!gr_eq(gr_alike_key(key_of(s->g, name), buffer), s->key)) continue;
        unsigned cost = gr_edit_distance(key_of(s->g, name), s->folded, SOUND_COST - 1);
        for (uint32_t c = 0; c < s->country_count; c++) keep_name(s, name, s->country[c], cost);
    }
}

/* The bits of `a` that `b` lacks, but for `max` of them: 0 when there are no more. Without branches, since
 * one look-up asks for thousands of names. */
static inline uint32_t more_than(unsigned max, uint32_t a, uint32_t b) {
    uint32_t bits = a & ~b;
    for (unsigned i = 0; i < max; i++) bits &= bits - 1;
    return bits;
}

static uint32_t first_near(const gr_gazetteer *g, uint32_t group) {
    uint32_t low = 0, high = g->header->near_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (g->near[middle].group < group)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The names of one country whose keys may lie within `max` edits: each edit changes the length and either set
 * of letters by at most one, the pairs of neighbours by two. */
static void scan_country(alike_search *s, const char *country, unsigned max) {
    const gr_gazetteer *g = s->g;
    uint32_t letters = gr_alike_letters(s->key), pairs = gr_alike_pairs(s->key);
    size_t least = s->key.len > max + 3 ? s->key.len - max : 3;
    uint32_t last = gr_near_group(country, s->key.len + max);
    for (uint32_t i = first_near(g, gr_near_group(country, least));
         i < g->header->near_count && g->near[i].group <= last; i++) {
        const gr_image_near *near = &g->near[i];
        if (more_than(max, near->letters, letters) | more_than(max, letters, near->letters) |
            more_than(2 * max, near->pairs, pairs) | more_than(2 * max, pairs, near->pairs))
            continue;
        const gr_image_name *name = &g->name[near->name];
        char buffer[GR_ALIKE_MAX_B];
        unsigned sound = gr_edit_distance(gr_alike_key(key_of(g, name), buffer), s->key, max);
        if (sound == 0 || sound > max) continue;
        keep_name(s, name, country,
                  SOUND_COST * sound + gr_edit_distance(key_of(g, name), s->folded, SOUND_COST - 1));
    }
}

uint32_t gr_gazetteer_find_alike(const gr_gazetteer *g, gr_slice folded, const char (*country)[4],
                                 uint32_t country_count, uint32_t *out, uint32_t max) {
    char key[GR_ALIKE_MAX_B], name[GR_NAME_MAX_B];
    alike_search s = {.g = g, .country = country, .country_count = country_count};
    s.folded = gr_name_key(folded, name);
    s.key = gr_alike_key(s.folded, key);
    if (s.key.len < 3 || country_count == 0) return 0;
    scan_same_sound(&s);
    for (uint32_t i = 0; i < country_count; i++) scan_country(&s, country[i], s.folded.len > 5 ? 2 : 1);
    for (uint32_t i = 0; i < s.kept && i < max; i++) out[i] = s.hit[i].place;
    return s.count;
}

double gr_distance_km(double lat1_deg, double lon1_deg, double lat2_deg, double lon2_deg) {
    const double RADIAN = 3.14159265358979323846 / 180, EARTH_RADIUS_KM = 6371.0088;
    double half_lat = sin((lat2_deg - lat1_deg) * RADIAN / 2),
           half_lon = sin((lon2_deg - lon1_deg) * RADIAN / 2);
    double h = half_lat * half_lat + cos(lat1_deg * RADIAN) * cos(lat2_deg * RADIAN) * half_lon * half_lon;
    return 2 * EARTH_RADIUS_KM * asin(sqrt(h < 1 ? h : 1));
}
