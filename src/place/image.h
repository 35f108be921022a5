/* The layout of a gazetteer image: a header, then sections without gaps, in this order:
 *     places[], names[] (sorted by key), postings[], slots[] (hash table over names), sounds[] (sorted),
 *     nears[] (sorted), filter[], strings. All numbers are little-endian and 4-byte aligned; strings are
 * UTF-8 without terminators. A place's parent stands before it, so that the tree can hold no cycle. Only
 * src/place includes this. */
#ifndef GRIOT_PLACE_IMAGE_H
#define GRIOT_PLACE_IMAGE_H

#include "base/slice.h"
#include "place/place.h"

#define GR_IMAGE_MAGIC "griotgz\n"
enum { GR_IMAGE_VERSION = 3, GR_IMAGE_NO_POINT = INT32_MIN, GR_NAME_MAX_B = 200 };

typedef struct gr_image_header {
    char magic[8];
    uint32_t version;
    uint32_t place_count, name_count, posting_count;
    uint32_t slot_count; /* a power of two, over name_count */
    uint32_t near_count;
    uint32_t filter_count; /* words of the filter, a power of two */
    uint32_t strings_b;
    char sha256[64]; /* hexadecimal; of the header before this field, then of all behind the header: its name
                      */
    uint64_t checksum; /* of the header before this field, then of all behind it: what each opening checks */
} gr_image_header;

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
    uint8_t sound_b : 7;  /* length of its sound-alike key; 0: it has none */
    uint8_t ordinary : 1; /* also a word of everyday language */
} gr_image_name;

/* The filter has a bit set for the hash of every name and of every beginning of a name with the space behind
 * it: most words of a text are neither, and are known so by one look. */
static inline bool gr_filter_has(const uint32_t *filter, uint32_t count, uint32_t hash) {
    return filter[hash >> 5 & (count - 1)] >> (hash & 31) & 1;
}

/* A posting is a place number; this bit marks an adjective or a people's name ("malian") of the place. */
#define GR_POSTING_ADJECTIVE 0x80000000u

typedef struct gr_image_sound {
    uint32_t hash; /* gr_hash32 of the sound-alike key */
    uint32_t name;
} gr_image_sound;

/* The names of a country's places by the length of their sound-alike keys, so that a search for spellings
 * near a name reads the few that can be. */
typedef struct gr_image_near {
    uint32_t group;          /* gr_near_group of the country and that length */
    uint32_t letters, pairs; /* of the key: gr_alike_letters, gr_alike_pairs */
    uint32_t name;
} gr_image_near;

static inline uint32_t gr_near_group(const char country[4], size_t sound_b) {
    const unsigned char *c = (const unsigned char *)country;
    return (uint32_t)c[0] << 24 | (uint32_t)c[1] << 16 | (uint32_t)c[2] << 8 | (uint32_t)sound_b;
}

/* Of a header whose other fields are set, and what stands behind it in the file. */
uint64_t gr_image_checksum(const gr_image_header *header, gr_slice body);

/* The key under which a folded name is kept: hyphens as spaces, apostrophes and full stops dropped. `out`
 * holds GR_NAME_MAX_B bytes; a longer name gives an empty slice. */
gr_slice gr_name_key(gr_slice folded, char *out);

#endif
