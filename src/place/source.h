/* Reading the sources of a gazetteer: fact tables, dumps, tables of others, images. Each reader appends
 * facts; merge.c then joins those that tell of one place. Only src/place includes this. */
#ifndef GRIOT_PLACE_SOURCE_H
#define GRIOT_PLACE_SOURCE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "place/image.h"

/* Where facts about one place differ, the source that stands higher is believed. */
typedef enum gr_rank {
    GR_RANK_OWN,      /* a table of one's own places */
    GR_RANK_TABLE,    /* a fact table */
    GR_RANK_IMAGE,    /* an image built before */
    GR_RANK_CODED,    /* administrative units with P-codes */
    GR_RANK_GEONAMES, /* a GeoNames dump */
    GR_RANK_WOF,      /* a Who's On First table */
    GR_RANK_OSM       /* an OpenStreetMap table */
} gr_rank;

typedef struct gr_fact { /* one place; slices lie in a source's bytes or the arena */
    gr_slice id, name;
    gr_slice variants;    /* parted by '|'; "~" marks an adjective */
    gr_slice parent_id;   /* or empty */
    gr_slice unit_code;   /* the GeoNames code that the unit itself has, "NE.08"; or empty */
    gr_slice inside_code; /* the GeoNames code of what holds it; or empty */
    gr_level level;
    gr_place_class kind;
    char country[4];
    int32_t lat_e4, lon_e4; /* or GR_IMAGE_NO_POINT */
    uint32_t population;
    gr_rank rank;
    const char *file;
    uint32_t line;
    uint32_t parent; /* index of the fact that holds it, or GR_NO_PLACE; set by merge.c */
    uint32_t merged; /* index of the fact that it was merged into, or GR_NO_PLACE */
    uint32_t depth;  /* parents above it; set by the builder */
} gr_fact;

typedef struct gr_fact_shape { /* one ring of an outline, or a line */
    gr_slice id;               /* of its place */
    bool line;
    uint32_t point, point_count; /* into gr_facts.point */
    const char *file;
    uint32_t number; /* of its line in the file */
} gr_fact_shape;

typedef struct gr_other_name { /* of an alternate-names table */
    uint32_t fact;
    gr_slice name;
} gr_other_name;

typedef struct gr_more_names { /* of a place that another table holds */
    gr_slice id, names;        /* parted by '|' */
    const char *file;
    uint32_t line;
} gr_more_names;

typedef struct gr_facts {
    GR_VEC(gr_fact) row;
    GR_VEC(gr_slice) ordinary; /* folded words */
    GR_VEC(gr_fact_shape) shape;
    GR_VEC(gr_image_point) point;
    GR_VEC(gr_other_name) other_name;
    GR_VEC(gr_more_names) more_names;
} gr_facts;

/* A source being read. */
typedef struct gr_reading {
    gr_arena *arena;
    gr_facts *facts;
    const char *file; /* for messages; lives as long as the facts */
    uint32_t line;    /* the one being read, from 1 */
    bool keep_going;  /* leave bad lines out and report them, instead of failing */
    uint64_t kept, left_out, bad;
    gr_buffer *report; /* or NULL */
} gr_reading;

/* GR_BAD_INPUT at "file:line". */
gr_status gr_source_fail(const gr_reading *reading, gr_error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* A line of the report: "file:line: ...". */
void gr_source_report(const gr_reading *reading, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A fact of this line with nothing in it but where it stands. */
gr_fact gr_source_fact(const gr_reading *reading, gr_rank rank);
/* Checks what every place needs (id, name, country's form) and appends it. */
gr_status gr_source_keep(gr_reading *reading, const gr_fact *fact, gr_error *err);
/* Degrees with any number of decimals, rounded to four; both empty: no point. */
gr_status gr_source_point(const gr_reading *reading, gr_slice lat, gr_slice lon, gr_fact *fact,
                          gr_error *err);
gr_status gr_source_population(const gr_reading *reading, gr_slice text, gr_fact *fact, gr_error *err);
/* Level and class of a feature code; false for one that griot does not keep. */
bool gr_feature_code(gr_slice code, gr_fact *fact);
/* "2440485" -> "geonames:2440485"; other text as it is. */
gr_slice gr_full_id(gr_arena *arena, gr_slice id);
/* Cuts a row at `separator` (quotes as in CSV where it is no tab) into at most `max` columns, trimmed.
 * Returns how many there are, 0: a quote is not closed. */
uint32_t gr_split_row(gr_arena *arena, gr_slice row, char separator, gr_slice *column, uint32_t max);
/* ISO 3166: "NE" -> "NER"; NULL where there is none. */
const char *gr_alpha3(gr_slice alpha2);

/* A kind of source: how its first line looks, and what reads each line behind it. */
typedef struct gr_row_reader {
    bool (*fits)(gr_slice first);
    bool first_is_header;
    /* One row; `state` is zeroed before the first. */
    gr_status (*row)(gr_reading *reading, gr_slice line, void *state, gr_error *err);
    /* The header line, where there is one; may be NULL. */
    gr_status (*header)(gr_reading *reading, gr_slice line, void *state, gr_error *err);
} gr_row_reader;
enum { GR_READER_STATE_B = 2048 };
extern const gr_row_reader gr_places_reader, gr_list_reader, gr_words_reader, gr_names_reader,
    gr_shapes_reader, gr_geonames_reader, gr_wof_reader, gr_osm_reader, gr_coded_reader, gr_own_reader;

/* Reads a source of any kind but alternate names. `bytes` have to live as long as the facts. */
gr_status gr_source_read(gr_reading *reading, gr_slice bytes, gr_error *err);
/* What becomes of a line that failed: where bad lines are to be left out, it is reported and GR_OK returned.
 */
gr_status gr_source_let_go(gr_reading *reading, gr_status status, gr_error *err);
/* True for a table of alternate names, which is read last: only names of places that are there are kept. */
bool gr_is_alternate_names(gr_slice bytes);
gr_status gr_alternate_names_read(gr_reading *reading, gr_slice bytes, gr_error *err);
gr_status gr_image_read(gr_reading *reading, gr_slice bytes, gr_error *err);

/* Finds parents, joins facts that tell of one place, and drops the joined ones from facts->row. */
gr_status gr_facts_merge(gr_reading *reading, gr_error *err);

#endif
