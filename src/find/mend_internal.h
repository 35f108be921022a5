/* Between mend_words.c, mend_tree.c and mend_lists.c. */
#ifndef GRIOT_FIND_MEND_INTERNAL_H
#define GRIOT_FIND_MEND_INTERNAL_H

#include "find/mend.h"
#include "find/tree.h"
#include "know/rules.h"

typedef struct gr_mender {
    gr_arena *arena;
    const gr_knowledge *know;
    gr_word *word;
    const gr_keys *keys;
    gr_slice *key; /* folded form per token of the text, punctuation too; filled for the sentence at hand */
    const gr_sentence *sentence;
    gr_tree tree; /* without lemmas: for walking children only */
} gr_mender;

/* True when the folded form is one of the words of the list, which are separated by blanks. */
bool gr_form_among(gr_slice form, const char *list);
bool gr_key_among(const gr_mender *m, uint32_t token, const char *list);
/* The lemma of the rules' anchor that the form belongs to and that is anchored as `pos` (gr_anchor_pos), or
 * empty. */
gr_slice gr_anchor_of(const gr_mender *m, uint32_t token, unsigned pos);
/* "bombed", "shot", "burnt": the past form of a verb that anchors a rule. */
bool gr_is_past_anchor(const gr_mender *m, uint32_t token);
/* A number in digits or words, or "dozens", "several", "others". */
bool gr_counts_things(const gr_mender *m, uint32_t token);
/* Hangs `token` on `head`, unless that would close a cycle. */
void gr_hang(const gr_mender *m, uint32_t token, uint32_t head, gr_rel rel, gr_subrel subrel);
/* Puts `token` where `old` hangs and hangs `old` on it. */
void gr_swap_heads(const gr_mender *m, uint32_t token, uint32_t old, gr_rel old_rel);

/* The preposition of a phrase, or GR_NONE. */
uint32_t gr_preposition_of(const gr_mender *m, uint32_t token);
bool gr_is_nominal(uint8_t upos);
/* The verb nearest before the token, or GR_NONE. */
uint32_t gr_verb_before(const gr_mender *m, uint32_t i);

void gr_mend_words(const gr_mender *m);
void gr_mend_lists(const gr_mender *m);
void gr_mend_tree(const gr_mender *m);

#endif
