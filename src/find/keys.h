/* What the words of a text are looked up by, and what the lexicon and the lists know of each alone: found
 * once, for all stages that ask. Thread rule: no shared state. */
#ifndef GRIOT_FIND_KEYS_H
#define GRIOT_FIND_KEYS_H

#include "know/know.h"
#include "text/text.h"

typedef struct gr_keys {     /* per token; empty outside the wanted sentences */
    gr_slice *form;          /* gr_words_key of the form; empty for punctuation */
    const gr_sense **senses; /* of that word, or NULL */
    bool *begins;            /* some longer sequence begins with it */
    uint32_t *anchor;        /* what stem_words of the knowledge has for it, or GR_MAP_NONE */
} gr_keys;

/* Reads the words of the wanted sentences (NULL: all). */
void gr_keys_read(gr_arena *arena, const gr_knowledge *know, const gr_text *text, const bool *wanted,
                  gr_keys *out);

#endif
