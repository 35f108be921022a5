/* Where a rule is anchored. */
#include "claim/clause.h"

unsigned gr_anchor_pos_of(const gr_word *w) {
    switch (w->upos) {
    case GR_VERB:
        return GR_ANCHOR_VERB | (w->rel == GR_AMOD ? (unsigned)GR_ANCHOR_ADJ : 0u);
    case GR_NOUN:
    case GR_PROPN:
        return GR_ANCHOR_NOUN;
    case GR_ADJ:
        return GR_ANCHOR_ADJ;
    default:
        return 0;
    }
}

/* "to death" in "were hacked one by one to death": the words in this order, close behind the anchor. */
static bool has_words_behind(const gr_clause *c, uint32_t token, gr_slice words) {
    enum { REACH = 8 };
    uint32_t end = c->tree.sentence->tok_end < token + REACH ? c->tree.sentence->tok_end : token + REACH;
    for (uint32_t from = token + 1; from < end; from++) {
        gr_slice rest = words;
        uint32_t at = from;
        while (rest.ptr && at < end) {
            gr_slice tail = rest, word = gr_cut(&tail, ' ');
            if (!gr_eq(c->tree.lemma[at], word) && !gr_eq(c->in->who->key[at], word)) break;
            rest = tail;
            at++;
        }
        if (!rest.ptr) return true;
    }
    return false;
}

bool gr_has_companion(const gr_clause *c, uint32_t token, gr_slice with) {
    if (!with.len) return true;
    if (memchr(with.ptr, ' ', with.len)) return has_words_behind(c, token, with);
    for (uint32_t k = gr_next_child(&c->tree, token, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, token, k + 1))
        if (gr_eq(c->tree.lemma[k], with) || gr_eq(c->in->who->key[k], with) ||
            gr_eq(c->tree.lemma[gr_look_through(c, k)], with))
            return true;
    for (uint32_t k = gr_next_child(&c->tree, token, token); k != GR_NONE; /* "pull his troops out of X" */
         k = gr_next_child(&c->tree, token, k + 1))
        if (c->in->word[k].rel == GR_OBL && gr_case_of(&c->tree, k) != GR_NONE &&
            c->in->word[token].upos == GR_VERB && gr_eq(c->in->who->key[gr_case_of(&c->tree, k)], with))
            return true;
    if (token > c->tree.sentence->tok_begin && c->in->word[token].upos != GR_VERB &&
        (gr_eq(c->in->who->key[token - 1], with) || gr_eq(c->tree.lemma[token - 1], with)))
        return true;
    return token + 1 < c->tree.sentence->tok_end && gr_eq(c->in->who->key[token + 1], with);
}

const gr_condition *gr_failing_condition(const gr_clause *c, uint32_t token, const gr_rule *rule) {
    for (uint32_t i = 0; i < rule->condition_count; i++)
        if (!gr_condition_holds(c, token, &rule->condition[i])) return &rule->condition[i];
    return NULL;
}

bool gr_rule_speaks(const gr_clause *c, const gr_rule *rule) {
    return gr_eq(rule->lang, c->in->lang);
}

bool gr_is_anchor(const gr_clause *c, uint32_t token, const gr_rule *rule, const gr_anchor *anchor) {
    return (anchor->pos & gr_anchor_pos_of(&c->in->word[token])) && gr_rule_speaks(c, rule) &&
           gr_has_companion(c, token, anchor->with);
}
