/* What people see: styles, tables that fit the terminal, progress, errors. Text from reports is untrusted:
 * its control characters never reach the terminal. Thread rule: the program's main thread only. */
#ifndef GRIOT_CLI_SCREEN_H
#define GRIOT_CLI_SCREEN_H

#include "base/arena.h"
#include "base/error.h"

/* "griot: origin: message" on standard error; nothing when the message is empty (already printed). */
void gr_print_error(const gr_error *err);

typedef enum gr_style { GR_PLAIN, GR_STRONG, GR_FAINT, GR_MARKED } gr_style;
/* Prints text to standard output, in a style when that is a terminal and NO_COLOR is not set. Line ends and
 * tabs stay, other control characters become U+FFFD. */
void gr_put(gr_style style, gr_slice text);
/* Columns of the terminal; $COLUMNS goes before it; 100 where neither says. */
unsigned gr_screen_width(void);
/* Text broken between words so that no line exceeds the screen; every line indented by so many columns. */
void gr_put_wrapped(gr_style style, unsigned indent, gr_slice text);

#define GR_MAX_COLUMNS 8
typedef struct gr_table {
    gr_arena *arena;
    unsigned columns;
    gr_slice title[GR_MAX_COLUMNS];
    GR_VEC(gr_slice) cells; /* row by row */
} gr_table;
void gr_table_row(gr_table *table, const gr_slice *cell);
/* Prints titles and rows; where they do not fit the widest columns but the first are cut with
 * an ellipsis. */
void gr_table_print(const gr_table *table);

/* A line of progress on standard error, when that is a terminal, at most ten times a second. */
void gr_progress(uint64_t done, uint64_t total /* 0: not known */, const char *what);
void gr_progress_end(void);

/* From here on an interrupt (Ctrl-C) only raises a flag, so that the work at hand is finished; a second one
 * ends the program at once. */
void gr_catch_interrupts(void);
bool gr_interrupted(void);

#endif
