/* Field maps: which members of a JSON record, or which columns of a table, are text, title, date and so on
 * (docs/formats.md). Read once, then shared read-only. */
#ifndef GRIOT_READ_MAPS_H
#define GRIOT_READ_MAPS_H

#include "base/buffer.h"
#include "base/error.h"

typedef enum gr_map_field {
    GR_MAP_ID,
    GR_MAP_TITLE,
    GR_MAP_TEXT,
    GR_MAP_PUBLISHED,
    GR_MAP_PUBLISHER,
    GR_MAP_URL,
    GR_MAP_LANG,
    GR_MAP_COUNT
} gr_map_field;

#define GR_MAX_MAP_CHOICES 16u

typedef struct gr_choices { /* paths, best first: "fields.body-html" */
    gr_slice path[GR_MAX_MAP_CHOICES];
    unsigned count;
} gr_choices;

typedef struct gr_map_of_fields {
    gr_slice name;
    gr_slice records;   /* path of the list of records; empty: the whole is a record or a list of them */
    gr_choices need[4]; /* a record that has one of each is of this map */
    unsigned need_count;
    gr_choices field[GR_MAP_COUNT];
} gr_map_of_fields;

typedef struct gr_maps {
    gr_map_of_fields map[64];
    unsigned count;
    gr_buffer files; /* what the slices point into */
} gr_maps;

/* Reads every .map file of a folder, in the order of their names. A folder that is not there holds none.
 * GR_BAD_RULES with file:line for a fault; GR_IO, GR_NO_MEMORY. NULL on failure. */
gr_maps *gr_maps_load(const char *folder, gr_error *err);
/* From one text, for the tests. */
gr_maps *gr_maps_parse(gr_slice text, const char *name, gr_error *err);
void gr_maps_free(gr_maps *maps); /* NULL is fine */

#endif
