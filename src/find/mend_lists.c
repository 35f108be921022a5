/* Figures in lists: a noun that the parser gave to the verb behind "and" belongs to those before it. */
#include "find/mend_internal.h"

/* "killing its driver and two officers and wounding three": a noun between "and" and "and" is one more object
 * of the verb before, where the verb behind has its own. */
static void mend_object_between(const gr_mender *m, uint32_t noun) {
    uint32_t second = m->word[noun].head, begin, end, last, object_begin;
    if (m->word[noun].rel != GR_OBJ || second == GR_NONE || second <= noun ||
        !gr_is_nominal(m->word[noun].upos))
        return;
    if (gr_next_child(&m->tree, second, second + 1) == GR_NONE) return;
    uint32_t first = gr_verb_before(m, noun), own = GR_NONE;
    for (uint32_t k = gr_next_child(&m->tree, second, second + 1); k != GR_NONE && own == GR_NONE;
         k = gr_next_child(&m->tree, second, k + 1))
        if (m->word[k].rel == GR_OBJ) own = k;
    if (first == GR_NONE || own == GR_NONE) return;
    uint32_t object = gr_child(&m->tree, first, GR_OBJ, GR_SUB_OTHER);
    if (object == GR_NONE || object < first || object > noun) return;
    gr_subtree(&m->tree, noun, &begin, &last);
    gr_subtree(&m->tree, object, &object_begin, &end);
    bool joined = begin == end && m->word[begin].rel == GR_CC && last < second && m->word[last].rel == GR_CC;
    if (joined) gr_hang(m, noun, object, GR_CONJ, GR_SUB_NONE);
}

/* "left 25 insurgents and three soldiers dead": the adjective tells of both. */
static void mend_left_dead(const gr_mender *m, uint32_t a) {
    uint32_t verb = m->word[a].head, begin, end, last, object_begin;
    if (m->word[a].rel != GR_CONJ || verb == GR_NONE || verb > a ||
        !gr_key_among(m, verb, "left leave leaves leaving"))
        return;
    uint32_t object = gr_child(&m->tree, verb, GR_OBJ, GR_SUB_OTHER);
    uint32_t noun = gr_child(&m->tree, a, GR_NSUBJ, GR_SUB_OTHER);
    if (object == GR_NONE || noun == GR_NONE || object < verb || noun < object || noun > a ||
        gr_child(&m->tree, a, GR_COP, GR_SUB_OTHER) != GR_NONE ||
        gr_child(&m->tree, a, GR_AUXREL, GR_SUB_OTHER) != GR_NONE ||
        gr_child(&m->tree, verb, GR_XCOMP, GR_SUB_OTHER) != GR_NONE)
        return;
    gr_subtree(&m->tree, object, &object_begin, &end);
    gr_subtree(&m->tree, noun, &begin, &last);
    bool joined = m->word[end].rel == GR_CC && begin == end + (m->word[end].head == noun ? 0u : 1u);
    if (!joined || last != a) return;
    gr_hang(m, noun, object, GR_CONJ, GR_SUB_NONE);
    gr_hang(m, a, verb, GR_XCOMP, GR_SUB_NONE);
}

/* "clashed near the river, with 13 rebels and 20 soldiers killed": both befell it. */
static void mend_with_and(const gr_mender *m, uint32_t v) {
    uint32_t over = m->word[v].head, noun = gr_child(&m->tree, v, GR_NSUBJ, GR_SUB_OTHER), begin, end, last,
             from;
    if (m->word[v].upos != GR_VERB || m->word[v].rel != GR_CONJ || over == GR_NONE || noun == GR_NONE ||
        noun > v || !gr_is_past_anchor(m, v) || gr_child(&m->tree, v, GR_AUXREL, GR_SUB_OTHER) != GR_NONE ||
        gr_child(&m->tree, v, GR_OBJ, GR_SUB_OTHER) != GR_NONE)
        return;
    gr_subtree(&m->tree, noun, &begin, &last);
    for (uint32_t k = gr_next_child(&m->tree, over, over + 1); k != GR_NONE && k < noun;
         k = gr_next_child(&m->tree, over, k + 1)) {
        if (m->word[k].rel != GR_OBL || !gr_key_among(m, gr_preposition_of(m, k), "with")) continue;
        gr_subtree(&m->tree, k, &from, &end);
        bool joined = m->word[end].rel == GR_CC && (begin == end || begin == end + 1) && last <= v;
        if (!joined) continue;
        gr_hang(m, noun, k, GR_CONJ, GR_SUB_NONE);
        gr_hang(m, k, v, GR_NSUBJ, GR_SUB_PASS);
        gr_hang(m, v, over, GR_ADVCL, GR_SUB_NONE);
        return;
    }
}

/* "the killing of 44 people in Dori and 179 people in Soro": the second figure is of the same deed. */
static void mend_second_figure(const gr_mender *m, uint32_t n) {
    uint32_t deed = m->word[n].head;
    if (m->word[n].rel != GR_CONJ || m->word[n].upos != GR_NOUN || deed == GR_NONE ||
        m->word[deed].upos != GR_NOUN || gr_child(&m->tree, n, GR_NUMMOD, GR_SUB_OTHER) == GR_NONE ||
        !gr_anchor_of(m, deed, GR_ANCHOR_NOUN).len)
        return;
    for (uint32_t k = gr_next_child(&m->tree, deed, deed + 1); k != GR_NONE && k < n;
         k = gr_next_child(&m->tree, deed, k + 1))
        if (m->word[k].rel == GR_NMOD && gr_key_among(m, gr_preposition_of(m, k), "of") &&
            gr_child(&m->tree, k, GR_NUMMOD, GR_SUB_OTHER) != GR_NONE) {
            gr_hang(m, n, k, GR_CONJ, GR_SUB_NONE);
            return;
        }
}

void gr_mend_lists(const gr_mender *m) {
    uint32_t begin = m->sentence->tok_begin, end = m->sentence->tok_end;
    for (uint32_t i = begin; i < end; i++) mend_object_between(m, i);
    for (uint32_t i = begin; i < end; i++) mend_left_dead(m, i);
    for (uint32_t i = begin; i < end; i++) mend_with_and(m, i);
    for (uint32_t i = begin; i < end; i++) mend_second_figure(m, i);
}
