#include "find/tree.h"

gr_children gr_children_of(gr_arena *arena, const gr_text *text, const gr_word *word, const bool *wanted) {
    gr_children c = {gr_alloc_array(arena, (size_t)text->token_count + 1, sizeof *c.first),
                     gr_alloc_array(arena, (size_t)text->token_count + 1, sizeof *c.next)};
    for (uint32_t i = 0; i <= text->token_count; i++) c.first[i] = c.next[i] = GR_NONE;
    for (uint32_t s = 0; s < text->sentence_count; s++) {
        if (wanted && !wanted[s]) continue;
        for (uint32_t i = text->sentence[s].tok_end; i-- > text->sentence[s].tok_begin;) {
            uint32_t head = word[i].head;
            if (head == GR_NONE || head == i) continue;
            c.next[i] = c.first[head];
            c.first[head] = i;
        }
    }
    return c;
}

uint32_t gr_next_child(const gr_tree *tree, uint32_t head, uint32_t from) {
    if (tree->children && head != GR_NONE) {
        uint32_t child = tree->children->first[head];
        while (child != GR_NONE && child < from) child = tree->children->next[child];
        return child;
    }
    if (from < tree->sentence->tok_begin) from = tree->sentence->tok_begin;
    for (uint32_t i = from; i < tree->sentence->tok_end; i++)
        if (tree->word[i].head == head && i != head) return i;
    return GR_NONE;
}

uint32_t gr_child(const gr_tree *tree, uint32_t token, gr_rel rel, gr_subrel subrel) {
    for (uint32_t i = gr_next_child(tree, token, 0); i != GR_NONE; i = gr_next_child(tree, token, i + 1))
        if (tree->word[i].rel == rel && (subrel == GR_SUB_OTHER || tree->word[i].subrel == subrel)) return i;
    return GR_NONE;
}

uint32_t gr_case_of(const gr_tree *tree, uint32_t token) {
    return gr_child(tree, token, GR_CASE, GR_SUB_OTHER);
}

bool gr_below(const gr_tree *tree, uint32_t token, uint32_t top) {
    for (unsigned steps = 0; token != GR_NONE && steps < 512; steps++) {
        if (token == top) return true;
        token = tree->word[token].head;
    }
    return false;
}

void gr_subtree(const gr_tree *tree, uint32_t top, uint32_t *begin, uint32_t *end) {
    *begin = top;
    *end = top + 1;
    for (uint32_t i = tree->sentence->tok_begin; i < tree->sentence->tok_end; i++) {
        if (!gr_below(tree, i, top)) continue;
        if (i < *begin) *begin = i;
        if (i + 1 > *end) *end = i + 1;
    }
}

static bool belongs_to_phrase(const gr_word *w) {
    return w->rel == GR_AMOD || w->rel == GR_NUMMOD || w->rel == GR_COMPOUND || w->rel == GR_FLAT ||
           (w->rel == GR_NMOD && w->subrel == GR_SUB_POSS && w->upos != GR_PRON);
}

void gr_noun_phrase(const gr_tree *tree, uint32_t head, uint32_t *begin, uint32_t *end) {
    *begin = head;
    *end = head + 1;
    while (*begin > tree->sentence->tok_begin) {
        uint32_t before = *begin - 1, top = before;
        for (unsigned steps = 0; steps < 8 && tree->word[top].head != head && tree->word[top].head != GR_NONE;
             steps++)
            top = tree->word[top].head;
        bool article = tree->word[before].rel == GR_DETREL && tree->word[before].head == head;
        if (top >= head || article || tree->word[top].head != head || !belongs_to_phrase(&tree->word[top]))
            break;
        *begin = before;
    }
    if (tree->word[*begin].rel == GR_DETREL && *begin < head) ++*begin; /* "the mayor's car" */
    while (*end < tree->sentence->tok_end && tree->word[*end].head == head && tree->word[*end].rel == GR_FLAT)
        ++*end;
}

uint32_t gr_first_conjunct(const gr_tree *tree, uint32_t token) {
    for (unsigned steps = 0;
         steps < 512 && tree->word[token].rel == GR_CONJ && tree->word[token].head != GR_NONE; steps++)
        token = tree->word[token].head;
    return token;
}

bool gr_is_lemma(const gr_tree *tree, uint32_t token, const char *folded) {
    return token != GR_NONE && gr_eq(tree->lemma[token], gr_slice_of(folded));
}
