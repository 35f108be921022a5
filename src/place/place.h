/* The gazetteer: a mapped, versioned, hashed image of places; building it from tables and dumps; looking
 * names up; resolving the place mentions of a document. Coordinates are WGS84 degrees. Thread rule: an open
 * gazetteer is read-only and shared by all threads. */
#ifndef GRIOT_PLACE_PLACE_H
#define GRIOT_PLACE_PLACE_H

#include "base/arena.h"
#include "base/error.h"

#define GR_NO_PLACE UINT32_MAX

typedef enum gr_level { /* in the words of claims.md */
                        GR_LEVEL_POINT,
                        GR_LEVEL_POPULATED,
                        GR_LEVEL_ADMIN3,
                        GR_LEVEL_ADMIN2,
                        GR_LEVEL_ADMIN1,
                        GR_LEVEL_COUNTRY,
                        GR_LEVEL_AREA
} gr_level;
const char *gr_level_name(gr_level level); /* "populated place", ... */

typedef enum gr_place_class { /* what a place is, for cue words and rules */
                              GR_CLASS_POPULATED,
                              GR_CLASS_ADMIN,
                              GR_CLASS_COUNTRY,
                              GR_CLASS_REGION,
                              GR_CLASS_PARK,
                              GR_CLASS_WATER,
                              GR_CLASS_TERRAIN,
                              GR_CLASS_FACILITY,
                              GR_CLASS_PRISON,
                              GR_CLASS_BASE,
                              GR_CLASS_BORDER,
                              GR_CLASS_CONTINENT
} gr_place_class;

const char *gr_class_name(gr_place_class kind); /* "populated", "prison" ... */

typedef struct gr_place { /* slices lie in the image */
    gr_slice id;          /* "geonames:2440485", "wof:...", "griot:liptako-gourma" */
    gr_slice name;        /* neutral, with accents where the source has them */
    gr_level level;
    gr_place_class kind;
    char country[4];         /* ISO 3166 alpha-3, or "" where it spans several or none */
    uint32_t parent;         /* the smallest unit that holds it, or GR_NO_PLACE */
    uint32_t admin1, admin2; /* or GR_NO_PLACE */
    bool has_point;          /* false: known to exist inside its parent, its coordinates are not known */
    double lat_deg, lon_deg;
    int64_t population; /* 0: not known */
} gr_place;

typedef struct gr_gazetteer gr_gazetteer;
/* GR_NOT_FOUND, GR_BAD_MODEL (damaged: what and what to do), GR_TOO_LARGE, GR_IO, GR_NO_MEMORY. */
gr_gazetteer *gr_gazetteer_open(const char *path, gr_error *err);
void gr_gazetteer_close(gr_gazetteer *gazetteer); /* NULL is fine */
const char *gr_gazetteer_hash(const gr_gazetteer *gazetteer);
uint32_t gr_gazetteer_size(const gr_gazetteer *gazetteer);
gr_place gr_gazetteer_place(const gr_gazetteer *gazetteer, uint32_t place);

/* Places whose name or variant, folded by gr_fold, equals `folded` (hyphens count as spaces; apostrophes and
 * full stops do not count); at most max into out, by rising number. Returns how many there are (may exceed
 * max). */
uint32_t gr_gazetteer_find(const gr_gazetteer *gazetteer, gr_slice folded, uint32_t *out, uint32_t max);
/* The same for the adjectives and people's names of places ("malian", "nigeriens"). */
uint32_t gr_gazetteer_find_adjective(const gr_gazetteer *gazetteer, gr_slice folded, uint32_t *out,
                                     uint32_t max);
/* True when the name is also a word of everyday language ("base", "sale", "mission"). */
bool gr_gazetteer_ordinary(const gr_gazetteer *gazetteer, gr_slice folded);
/* Places whose name or variant sounds like `folded` (ou/u, dj/j, gn/n, y/i, doubled letters ...) or whose
 * sound is within edit distance 1 of it (2 for names over 5 letters); nearest first, then by population. Only
 * places of the given countries (alpha-3, country_count > 0). Returns how many there are (may exceed max; at
 * most 32 are given). */
uint32_t gr_gazetteer_find_alike(const gr_gazetteer *gazetteer, gr_slice folded, const char (*country)[4],
                                 uint32_t country_count, uint32_t *out, uint32_t max);
/* True where the gazetteer holds a country's villages, not only its towns: a name that it lacks there is more
 * likely another spelling than another place. */
bool gr_gazetteer_covers(const gr_gazetteer *gazetteer, const char country[4]);
/* False when no name starts with the words `folded` and a space: for longest match. True when one may: a
 * filter answers, which is wrong about some one in ten. */
bool gr_gazetteer_may_go_on(const gr_gazetteer *gazetteer, gr_slice folded);

/* Outlines are known for some units, lines for some borders (knowledge/places). A point on an edge may fall
 * to either side. */
bool gr_gazetteer_holds(const gr_gazetteer *gazetteer, uint32_t place, double lat_deg, double lon_deg);
/* The smallest unit with a known outline around the point, or GR_NO_PLACE. */
uint32_t gr_gazetteer_unit_at(const gr_gazetteer *gazetteer, double lat_deg, double lon_deg);
/* The points of a place's lines, latitude then longitude, at most max; returns how many there are. */
uint32_t gr_gazetteer_line(const gr_gazetteer *gazetteer, uint32_t place, double (*out)[2], uint32_t max);

typedef struct gr_point {
    double lat_deg, lon_deg;
} gr_point;
/* The point so far away in that direction (degrees from north, clockwise), along a great circle. */
gr_point gr_point_towards(double lat_deg, double lon_deg, double km, double bearing_deg);
/* Great-circle distance, km. */
double gr_distance_km(double lat1_deg, double lon1_deg, double lat2_deg, double lon2_deg);

struct gr_buffer;

typedef struct gr_place_build {
    const char *const *source; /* files: fact tables (knowledge/places), GeoNames dumps and alternate names,
                                  tables from Who's On First and OpenStreetMap, units with P-codes, a table of
                                  one's own places, images; each is told by its content (docs/places.md) */
    uint32_t source_count;
    const char *out_path;
    bool keep_going;          /* leave bad lines out and report them, instead of failing at the first */
    struct gr_buffer *report; /* receives what was merged or left out, as text lines; may be NULL */
    uint64_t kept, left_out, bad, places; /* filled: rows taken, rows of kinds that griot does not keep, bad
                                             rows, and places in the image */
} gr_place_build;

/* Compiles the sources into an image, whole or not at all. The bytes depend neither on the order of the
 * sources nor on that of their rows. Errors name file and line. */
gr_status gr_gazetteer_compile(gr_place_build *build, gr_error *err);
/* The same, failing at the first bad line. */
gr_status gr_gazetteer_build(const char *const *source, uint32_t source_count, const char *out_path,
                             struct gr_buffer *report, gr_error *err);

#endif
