/* The layout of a gazetteer image: a header, then its sections without gaps, in this order:
 *     places[], names[] (sorted by key), postings[], slots[] (hash table over names), nears[] (sorted),
 * filter[], words[] (sorted), shapes[] (by place), points[], strings. All numbers are little-endian and
 * 4-byte aligned; strings are UTF-8 without terminators. A place's parent stands before it, so that the tree
 * can hold no cycle. Only src/place includes this. */
#ifndef GRIOT_PLACE_IMAGE_H
#define GRIOT_PLACE_IMAGE_H

#include "base/slice.h"
#include "place/place.h"

#define GR_IMAGE_MAGIC "griotgz\n"
enum { GR_IMAGE_VERSION = 5, GR_IMAGE_NO_POINT = INT32_MIN, GR_NAME_MAX_B = 200 };

typedef struct gr_image_header {
    char magic[8];
    uint32_t version;
    uint32_t place_count, name_count, posting_count;
    uint32_t slot_count; /* a power of two, over name_count */
    uint32_t near_count;
    uint32_t filter_count; /* words of the filter, a power of two */
    uint32_t word_count;   /* words of everyday language that are also names */
    uint32_t shape_count, point_count;
    uint32_t strings_b;
    uint32_t zero;     /* keeps the checksum in line */
    char sha256[64];   /* hexadecimal; of the header before this field and all behind the header: its name */
    uint64_t checksum; /* of the header before this field, then of all behind it: what each opening checks */
} gr_image_header;
_Static_assert(sizeof(gr_image_header) == offsetof(gr_image_header, sha256) + 64 + 8,
               "no gaps: they hold anything");

typedef struct gr_image_place {
    uint32_t id, name; /* into strings */
    uint8_t id_b, name_b;
    uint8_t level, kind;
    char country[4];
    uint32_t parent, admin1, admin2;
    int32_t lat_e4, lon_e4; /* ten-thousandths of a degree, or GR_IMAGE_NO_POINT */
    uint32_t population;
} gr_image_place;

typedef struct gr_image_name {
    uint32_t key;     /* into strings: the name's look-up key */
    uint32_t posting; /* first of its postings */
    uint16_t posting_count;
    uint8_t key_b;
    uint8_t ordinary; /* also a word of everyday language */
} gr_image_name;

/* A posting is a place number; this bit marks an adjective or a people's name ("malian") of the place. */
#define GR_POSTING_ADJECTIVE 0x80000000u

typedef struct gr_image_slot { /* free where name is 0 */
    uint32_t hash;             /* gr_hash32 of the key: a miss ends here, without touching the names */
    uint32_t name;             /* number + 1 */
} gr_image_slot;

/* The names of a country's places by the length of their sound-alike keys, so that a search for spellings
 * near a name reads the few that can be. Names without such a key are left out. */
typedef struct gr_image_near {
    uint32_t group;          /* gr_near_group of the country and that length */
    uint32_t letters, pairs; /* of the key: gr_alike_letters, gr_alike_pairs */
    uint32_t name;
} gr_image_near;

static inline uint32_t gr_near_group(const char country[4], size_t sound_b) {
    const unsigned char *c = (const unsigned char *)country;
    return (uint32_t)c[0] << 24 | (uint32_t)c[1] << 16 | (uint32_t)c[2] << 8 | (uint32_t)sound_b;
}

/* The filter has a bit set for the hash of every name and of every beginning of a name with the space behind
 * it: most words of a text are neither, and are known so by one look. */
static inline bool gr_filter_has(const uint32_t *filter, uint32_t count, uint32_t hash) {
    return filter[hash >> 5 & (count - 1)] >> (hash & 31) & 1;
}

typedef struct gr_image_word {
    uint32_t at, len_b; /* into strings; folded */
} gr_image_word;

typedef struct gr_image_point {
    int32_t lat_e4, lon_e4;
} gr_image_point;

typedef struct gr_image_shape { /* one ring of a place's outline, closed by its first point; or a line */
    uint32_t place;
    uint32_t point, point_count : 31, line : 1;
    int32_t south_e4, west_e4, north_e4, east_e4;
} gr_image_shape;

/* Of a header whose other fields are set, and what stands behind it in the file. */
uint64_t gr_image_checksum(const gr_image_header *header, gr_slice body);

/* The parts of a mapped image. */
typedef struct gr_image {
    const gr_image_header *header;
    const gr_image_place *place;
    const gr_image_name *name;
    const uint32_t *posting;
    const gr_image_slot *slot;
    const gr_image_near *near;
    const uint32_t *filter;
    const gr_image_word *word;
    const gr_image_shape *shape;
    const gr_image_point *point;
    const char *strings;
} gr_image;

/* Lays an image out and checks all of it: hash, ranges, order, so that no look-up can leave it. `bytes` are
 * 4-byte aligned and live as long as *out. GR_BAD_MODEL: what is wrong and what to do. */
gr_status gr_image_check(const char *path, gr_slice bytes, gr_image *out, gr_error *err);

static inline gr_slice gr_image_key(const gr_image *image, const gr_image_name *name) {
    return (gr_slice){image->strings + name->key, name->key_b};
}

/* Is the point inside the ring? By the even-odd rule: over several rings of a place, holes come out outside.
 */
bool gr_ring_crossed(const gr_image_point *point, uint32_t count, int32_t lat_e4, int32_t lon_e4);

/* The key under which a folded name is kept: hyphens as spaces, apostrophes, full stops, bars and tildes
 * dropped. `out`
 * holds GR_NAME_MAX_B bytes; a longer name gives an empty slice. */
gr_slice gr_name_key(gr_slice folded, char *out);

#endif
