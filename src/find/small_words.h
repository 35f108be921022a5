/* Small words get the names that rules and code know them by in every language, before anything looks at the
 * trees. French trees are mended where the words leave no doubt and the treebank is too small to show it:
 * conditionals of auxiliaries, pasts with "être", "plus de 100 soldats", "entre X et Y". */
#ifndef GRIOT_FIND_SMALL_WORDS_H
#define GRIOT_FIND_SMALL_WORDS_H

#include "know/know.h"
#include "lang/lang.h"

/* Changes word[] in the sentences that are wanted. Nothing happens in English, whose own words the
 * names are. May jump to the arena's guard. */
void gr_name_small_words(gr_arena *arena, const gr_knowledge *know, const gr_text *text, const bool *wanted,
                         gr_word *word);

#endif
