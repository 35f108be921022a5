/* Clauses that the parser has read as noun phrases, read again: "The army denied reports" is no phrase about
 * denied reports, "Tanks rolled into the city" none about rolled tanks. The parser was trained on other kinds
 * of text; each change needs evidence in the words and the tree, and everything else stays as it is.
 * Thread rule: no shared state. */
#ifndef GRIOT_FIND_REREAD_H
#define GRIOT_FIND_REREAD_H

#include "find/keys.h"
#include "lang/lang.h"

/* Rereads the wanted sentences (NULL: all) in place. English alone. Heads stay free of cycles. */
void gr_reread(const gr_knowledge *know, const gr_text *text, const bool *wanted, const gr_keys *keys,
               gr_slice lang, gr_word *word);

#endif
