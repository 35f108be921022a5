/* Tables for people, as wide as the screen. Thread rule: the program's main thread only. */
#ifndef GRIOT_CLI_TABLE_H
#define GRIOT_CLI_TABLE_H

#include "base/arena.h"

#define GR_MAX_COLUMNS 8
typedef struct gr_table {
    gr_arena *arena;
    unsigned columns;
    gr_slice title[GR_MAX_COLUMNS];
    const char
        *lead[GR_MAX_COLUMNS]; /* what stands before a cell where rows are lines of text; may be NULL */
    GR_VEC(gr_slice) cells;    /* row by row */
} gr_table;
void gr_table_row(gr_table *table, const gr_slice *cell);
/* Prints titles and rows. On a screen the widest columns are narrowed and their cells run over several lines;
 * where even that does not fit, each row is a line of text. Into a file or a pipe each row is one line.
 * Nothing is cut off. */
void gr_table_print(const gr_table *table);
/* The same as comma-separated values, titles first. */
void gr_table_print_csv(const gr_table *table);

#endif
