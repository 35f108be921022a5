/* Actor dictionaries of TABARI and PETRARCH, which event coders have kept since the 1990s, into blocks of
 * knowledge/actors (docs/actors.md). Thread rule: no state.
 * source of the format: TABARI manual 0.8 (Schrodt 2014); PETRARCH2 documentation, "Actor dictionaries" */
#ifndef GRIOT_KNOW_ACTORS_IMPORT_H
#define GRIOT_KNOW_ACTORS_IMPORT_H

#include "base/buffer.h"
#include "know/know.h"

typedef struct gr_import_counts {
    uint32_t actors, names;
    uint32_t countries; /* entries that only name a country: griot has its own, left out */
    uint32_t nulls;     /* entries coded as nobody, left out */
} gr_import_counts;

/* Reads a dictionary's bytes and appends actor blocks to *out. `know` tells which codes are countries; NULL:
 * any three letters. GR_BAD_INPUT with file:line:column at the first line that is no entry, GR_TOO_LARGE over
 * GR_MAX_IMPORTED_ACTORS; *out is then to be thrown away. Temporary memory comes from the arena, whose guard
 * has to be set. */
gr_status gr_actors_import(gr_arena *arena, const gr_knowledge *know, gr_slice bytes, gr_slice file,
                           gr_buffer *out, gr_import_counts *counts, gr_error *err);

#endif
