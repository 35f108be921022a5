/* What people see: styles, running text, progress, errors. Text from reports is untrusted:
 * its control characters never reach the terminal. Thread rule: the program's main thread only. */
#ifndef GRIOT_CLI_SCREEN_H
#define GRIOT_CLI_SCREEN_H

#include "base/error.h"

/* "griot: origin: message" on standard error; nothing when the message is empty (already printed). */
void gr_print_error(const gr_error *err);

typedef enum gr_style { GR_PLAIN, GR_STRONG, GR_FAINT, GR_MARKED } gr_style;
/* Prints text to standard output, in a style when that is a terminal and NO_COLOR is not set. Line ends and
 * tabs stay, other control characters become U+FFFD. */
void gr_put(gr_style style, gr_slice text);
/* True when standard output is a terminal. */
bool gr_is_screen(void);
/* Columns of the terminal; $COLUMNS goes before it; 0, or 100 for gr_screen_width, where neither says. */
unsigned gr_told_width(void);
unsigned gr_screen_width(void);
/* Columns that a text takes. */
unsigned gr_text_columns(gr_slice text);

/* Running text in pieces, broken at blanks so that lines fit the screen; line ends in the text stay. Begin
 * with a zeroed one, or with `column` set where the line has begun. */
typedef struct gr_flow {
    unsigned indent; /* of the lines after the first */
    unsigned column;
    bool begun; /* a word stands on the line */
    bool blank; /* a blank is due before the next word */
} gr_flow;
void gr_flow_put(gr_flow *flow, gr_style style, gr_slice text);
void gr_flow_end(gr_flow *flow); /* ends the line */
/* A line of text that may be longer than the screen. */
void gr_put_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* "s" behind the name of what is counted, or nothing. */
const char *gr_plural(uint64_t count);

/* A line of progress on standard error, when that is a terminal, at most ten times a second. */
void gr_progress(uint64_t done, uint64_t total /* 0: not known */, const char *what);
void gr_progress_end(void);

/* From here on an interrupt (Ctrl-C) only raises a flag, so that the work at hand is finished; a second one
 * ends the program at once. */
void gr_catch_interrupts(void);
bool gr_interrupted(void);

#endif
