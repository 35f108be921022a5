#include "claim/telling.h"

bool gr_is_definite(const gr_clause *c, uint32_t noun) {
    uint32_t det = gr_child(&c->tree, noun, GR_DETREL, GR_SUB_OTHER);
    return gr_is_lemma(&c->tree, det, "the") || gr_is_lemma(&c->tree, det, "this") ||
           gr_is_lemma(&c->tree, det, "that") || gr_is_lemma(&c->tree, det, "these") ||
           gr_is_lemma(&c->tree, det, "those");
}

static bool says_more(const gr_clause *c, uint32_t token) {
    static const char *const more[] = {"also",  "additional", "additionally", "further",
                                       "other", "more",       "another"};
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        if (gr_eq(c->tree.lemma[token], gr_slice_of(more[i]))) return true;
    return false;
}

/* "also" at the act, "additional" at whom it befalls. */
bool gr_adds_to_figures(const gr_clause *c, uint32_t anchor) {
    for (uint32_t k = gr_next_child(&c->tree, anchor, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, anchor, k + 1)) {
        uint8_t rel = c->in->word[k].rel;
        bool opens =
            k == c->tree.sentence->tok_begin; /* "Additionally, ...": more is told, not more people */
        if (rel == GR_ADVMOD && !opens && says_more(c, k)) return true;
        bool befallen = rel == GR_OBJ || rel == GR_NSUBJ || rel == GR_NMOD;
        if (befallen && rel != GR_NMOD && says_more(c, k)) return true;
        for (uint32_t m = gr_next_child(&c->tree, k, 0); befallen && m != GR_NONE;
             m = gr_next_child(&c->tree, k, m + 1))
            if ((c->in->word[m].rel == GR_AMOD || c->in->word[m].rel == GR_DETREL) && says_more(c, m))
                return true;
    }
    return false;
}

static bool stands_for_people(const gr_clause *c, uint32_t token) {
    static const char *const words[] = {"they", "them", "he", "him", "she", "her"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (gr_eq(c->in->who->key[token], gr_slice_of(words[i]))) return c->in->word[token].upos == GR_PRON;
    return false;
}

/* "The two men were detained": whom the text knows already, and whom it befalls once. */
static bool befalls_known(const gr_clause *c, const gr_draft *d, uint32_t k) {
    uint8_t rel = c->in->word[k].rel;
    bool passive = rel == GR_NSUBJ && c->in->word[k].subrel == GR_SUB_PASS;
    bool custody = d->claim.kind == GR_KIND_CUSTODY || gr_eq(d->claim.type, GR_S("kill"));
    bool noun = c->in->word[k].upos == GR_NOUN && gr_is_definite(c, k);
    return custody && (rel == GR_OBJ || passive) && (noun || stands_for_people(c, k));
}

/* "Three were killed in another strike", "in a separate incident": the act lies in what stands beside the
 * harm. */
static bool by_another(const gr_clause *c, uint32_t k) {
    if (c->in->word[k].rel != GR_OBL || c->in->word[k].upos != GR_NOUN) return false;
    bool cause = gr_is_lemma(&c->tree, gr_child(&c->tree, k, GR_CASE, GR_SUB_OTHER), "in") ||
                 gr_is_lemma(&c->tree, gr_child(&c->tree, k, GR_CASE, GR_SUB_OTHER), "by");
    for (uint32_t m = gr_next_child(&c->tree, k, 0); cause && m != GR_NONE;
         m = gr_next_child(&c->tree, k, m + 1))
        if ((c->in->word[m].rel == GR_DETREL || c->in->word[m].rel == GR_AMOD) &&
            gr_in_class(c, m, "apart-word"))
            return true;
    return false;
}

gr_telling gr_telling_of(const gr_clause *c, const gr_draft *d) {
    uint32_t anchor = d->anchor;
    gr_telling telling = GR_TOLD_OPEN;
    bool noun = c->in->word[anchor].upos == GR_NOUN;
    for (uint32_t k = gr_next_child(&c->tree, anchor, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, anchor, k + 1)) {
        if (gr_in_class(c, k, "apart-word") || by_another(c, k)) return GR_TOLD_ANOTHER;
        bool points_back = c->in->word[k].rel == GR_DETREL && (c->in->word[k].feats & (GR_DEF | GR_DEM));
        if ((noun && points_back) || befalls_known(c, d, k)) telling = GR_TOLD_AGAIN;
    }
    return telling;
}
