/* Reading the fact tables of knowledge/places: UTF-8 text, one place a line, columns parted by tabs, "#"
 * starts a comment line. Only src/place includes this. */
#ifndef GRIOT_PLACE_TABLE_H
#define GRIOT_PLACE_TABLE_H

#include "base/arena.h"
#include "base/error.h"
#include "place/image.h"

typedef struct gr_fact { /* one row; slices lie in the file's bytes or the arena */
    gr_slice id, name, variants, parent_id;
    gr_level level;
    gr_place_class kind;
    char country[4];
    bool second_level, first_level; /* an ADM2, an ADM1 */
    int32_t lat_e4, lon_e4;         /* or GR_IMAGE_NO_POINT */
    uint32_t population;
    const char *file;
    uint32_t line;
    uint32_t parent; /* index of the fact that parent_id names, or GR_NO_PLACE; set by the builder */
    uint32_t depth;  /* parents above it; set by the builder */
} gr_fact;

typedef struct gr_facts {
    GR_VEC(gr_fact) row;
    GR_VEC(gr_slice) ordinary; /* folded words */
} gr_facts;

/* Reads one table and appends to *facts. `bytes` has to live as long as the facts. `file` is for messages. */
gr_status gr_table_read(gr_arena *arena, const char *file, gr_slice bytes, gr_facts *facts, gr_error *err);

/* GR_BAD_INPUT at "file:line". */
gr_status gr_table_fail(gr_error *err, const char *file, uint32_t line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
