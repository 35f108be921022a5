/* Walking the dependency tree of a sentence. Token indexes are those of the text; a head of GR_NONE is the
 * root. Thread rule: no state. */
#ifndef GRIOT_FIND_TREE_H
#define GRIOT_FIND_TREE_H

#include "lang/lang.h"

typedef struct gr_tree {
    const gr_text *text;
    const gr_word *word;
    const gr_slice *lemma; /* folded lemma per token */
    const gr_sentence *sentence;
    const struct gr_children *children; /* NULL while heads may still change: then they are sought */
} gr_tree;

/* The children of each token in text order, for trees that stay as they are. */
typedef struct gr_children {
    uint32_t *first; /* per token: its first child, or GR_NONE */
    uint32_t *next;  /* per token: the next child of its head, or GR_NONE */
} gr_children;

/* Finds them in the wanted sentences (NULL: all). */
gr_children gr_children_of(gr_arena *arena, const gr_text *text, const gr_word *word, const bool *wanted);

/* The first child of `token` with that relation (and subtype, unless GR_SUB_OTHER), or GR_NONE. */
uint32_t gr_child(const gr_tree *tree, uint32_t token, gr_rel rel, gr_subrel subrel);
/* The next child of `head` at or behind `from`, or GR_NONE. For walking all children. */
uint32_t gr_next_child(const gr_tree *tree, uint32_t head, uint32_t from);
/* The case word of a noun ("of", "in"; the first one), or GR_NONE. */
uint32_t gr_case_of(const gr_tree *tree, uint32_t token);
/* True when `token` lies in the subtree of `top` (or is it). */
bool gr_below(const gr_tree *tree, uint32_t token, uint32_t top);
/* First and one past the last token of the subtree of `top`. */
void gr_subtree(const gr_tree *tree, uint32_t top, uint32_t *begin, uint32_t *end);
/* The noun with the adjectives, numbers, nouns and possessors right before it and the names right behind it;
 * without articles and whatever follows. Half-open. */
void gr_noun_phrase(const gr_tree *tree, uint32_t head, uint32_t *begin, uint32_t *end);
/* The head of a conjunct chain: "A" for each of "A, B and C"; the token itself where there is none. */
uint32_t gr_first_conjunct(const gr_tree *tree, uint32_t token);
bool gr_is_lemma(const gr_tree *tree, uint32_t token, const char *folded);

#endif
