/* Inside pipe/: which language a text is in, from its small words and its script. */
#ifndef GRIOT_PIPE_LANGUAGE_H
#define GRIOT_PIPE_LANGUAGE_H

#include "base/slice.h"

typedef struct gr_found_language {
    const char *code; /* ISO 639-1: en, fr, es, pt, ha, ar; en where it is not sure */
    bool sure;        /* enough small words of this language, and clearly more than of any other */
} gr_found_language;

/* Looks at the start of the text. One under twenty words in which no other language shows counts as English.
 * Thread rule: no shared state. */
gr_found_language gr_find_language(gr_slice text);
/* "French" for "fr"; NULL for a code that is not among those above. */
const char *gr_language_name(gr_slice code);

#endif
