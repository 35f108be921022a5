/* Trees mended where the words themselves leave no doubt: "at least 21 civilians" behind a verb is its
 * object, "shelling" behind "by" is a noun, "X did this, residents said" has its own subject. The parser was
 * trained on other kinds of text; everything here needs evidence in the words and changes nothing else.
 * Thread rule: no shared state. */
#ifndef GRIOT_FIND_MEND_H
#define GRIOT_FIND_MEND_H

#include "find/keys.h"
#include "lang/lang.h"

/* Mends the trees of the wanted sentences (NULL: all) in place. Lemmas come from the arena or the knowledge.
 * Heads stay free of cycles. English alone; other languages are left as they are. */
void gr_mend_trees(gr_arena *arena, const gr_knowledge *know, const gr_text *text, const bool *wanted,
                   const gr_keys *keys, gr_slice lang, gr_word *word);

#endif
