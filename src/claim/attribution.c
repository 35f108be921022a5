#include "claim/attribution.h"

#include <stdlib.h>

static bool is_cue(const gr_clause *c, uint32_t token) {
    return gr_in_class(c, token, "say-verb") || gr_in_class(c, token, "claim-verb") ||
           gr_in_class(c, token, "deny-verb") || gr_in_class(c, token, "accuse-verb");
}

static bool can_say(const gr_clause *c, uint32_t token) {
    uint32_t inner = gr_look_through(c, token);
    const gr_mention *m = gr_mention_of(c->in->who, inner);
    if (m && (m->properties & (GR_IS_PARTY | GR_IS_PEOPLE))) return true;
    if (gr_in_class(c, inner, "source-noun")) return true;
    return c->in->word[inner].upos == GR_PROPN || (m && m->kind == GR_MENTION_PRONOUN);
}

static void add(const gr_clause *c, gr_attributions *out, uint32_t source, uint32_t cue, uint32_t top,
                uint32_t skip) {
    gr_attribution a = {.source = source, .cue = cue, .denies = gr_in_class(c, cue, "deny-verb")};
    gr_subtree(&c->tree, top, &a.begin, &a.end);
    if (skip != GR_NONE) gr_subtree(&c->tree, skip, &a.skip_begin, &a.skip_end);
    gr_push(c->arena, out, a);
}

/* "X said (that) ...": the content is the clause under the cue. */
static bool clause_content(const gr_clause *c, uint32_t cue, uint32_t source, gr_attributions *out) {
    bool any = false;
    for (uint32_t k = gr_next_child(&c->tree, cue, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, cue, k + 1)) {
        uint8_t rel = c->in->word[k].rel;
        bool content = rel == GR_CCOMP || (rel == GR_PARATAXIS && k > cue) ||
                       (rel == GR_ADVCL && gr_in_class(c, cue, "accuse-verb")) ||
                       (rel == GR_XCOMP && gr_in_class(c, cue, "claim-verb")) ||
                       (rel == GR_OBJ &&
                        (gr_in_class(c, cue, "deny-verb") || gr_in_class(c, cue, "say-verb") ||
                         gr_in_class(c, cue, "claim-verb")) &&
                        !gr_in_class(c, k, "source-noun"));
        if (!content) continue;
        add(c, out, source, cue, k, GR_NONE);
        any = true;
    }
    return any;
}

/* "..., X said": the cue hangs below the content. */
static void upward_content(const gr_clause *c, uint32_t cue, uint32_t source, gr_attributions *out) {
    const gr_word *w = &c->in->word[cue];
    if (w->head == GR_NONE || (w->rel != GR_PARATAXIS && w->rel != GR_ADVCL && w->rel != GR_DISCOURSE))
        return;
    if (w->rel == GR_ADVCL && !gr_child(&c->tree, cue, GR_MARK, GR_SUB_OTHER)) return;
    if (w->rel == GR_ADVCL && !gr_is_lemma(&c->tree, gr_child(&c->tree, cue, GR_MARK, GR_SUB_OTHER), "as"))
        return;
    add(c, out, source, cue, w->head, cue);
}

static uint32_t source_of_cue(const gr_clause *c, uint32_t cue) {
    gr_fillers subjects = {.count = 0};
    gr_subjects(c, cue, &subjects);
    for (uint32_t i = 0; i < subjects.count; i++)
        if (can_say(c, subjects.token[i])) return gr_look_through(c, subjects.token[i]);
    gr_path by = {GR_PATH_BY, {NULL, 0}};
    gr_fillers agents = {.count = 0};
    gr_path_fillers(c, cue, &by, &agents);
    return agents.count && can_say(c, agents.token[0]) ? agents.token[0] : GR_NONE;
}

/* "according to X", "in the words of X", "per X". */
static void prepositional(const gr_clause *c, uint32_t token, gr_attributions *out) {
    uint8_t rel = c->in->word[token].rel;
    if (rel != GR_OBL && rel != GR_NMOD && rel != GR_PARATAXIS) return;
    uint32_t k = gr_case_of(&c->tree, token);
    if (k == GR_NONE || !(gr_is_lemma(&c->tree, k, "accord") || gr_is_lemma(&c->tree, k, "according") ||
                          gr_is_lemma(&c->tree, k, "per")))
        return;
    if (!can_say(c, token)) return;
    uint32_t head = c->in->word[token].head;
    add(c, out, token, k, head == GR_NONE ? token : head, token);
}

/* "a statement by X that ...", "reports that ...": the content is the clause of the noun. */
static void nominal(const gr_clause *c, uint32_t token, gr_attributions *out) {
    if (c->in->word[token].upos != GR_NOUN || !gr_in_class(c, token, "source-noun")) return;
    uint32_t clause = gr_child(&c->tree, token, GR_CCOMP, GR_SUB_OTHER);
    if (clause == GR_NONE) clause = gr_child(&c->tree, token, GR_ACL, GR_SUB_NONE);
    if (clause == GR_NONE || gr_child(&c->tree, clause, GR_MARK, GR_SUB_OTHER) == GR_NONE) return;
    add(c, out, token, token, clause, GR_NONE);
}

static bool is_quote(gr_slice form) {
    return gr_eq(form, GR_S("\"")) || gr_eq(form, GR_S("''")) || gr_eq(form, GR_S("``")) ||
           gr_eq(form, GR_S("\xE2\x80\x9C")) || gr_eq(form, GR_S("\xE2\x80\x9D"));
}

static unsigned quotes_in(const gr_clause *c) {
    unsigned n = 0;
    for (uint32_t i = c->tree.sentence->tok_begin; i < c->tree.sentence->tok_end; i++)
        n += is_quote(c->in->text->token[i].form);
    return n;
}

/* A quotation that runs over sentences keeps its speaker. */
static void follow_quotation(const gr_clause *c, gr_attribution *open, gr_attributions *out) {
    unsigned quotes = quotes_in(c);
    uint32_t begin = c->tree.sentence->tok_begin, end = c->tree.sentence->tok_end;
    if (open->source != GR_NONE) {
        gr_attribution a = *open;
        a.begin = begin;
        a.end = end;
        for (uint32_t i = begin; i < end; i++)
            if (is_quote(c->in->text->token[i].form)) {
                a.end = i;
                break;
            }
        a.skip_begin = a.skip_end = 0;
        gr_push(c->arena, out, a);
        if (quotes % 2 == 1) open->source = GR_NONE;
        return;
    }
    if (quotes % 2 == 1 && out->count) *open = out->item[out->count - 1];
}

void gr_find_attributions(const gr_clause *c, gr_attribution *open, gr_attributions *out) {
    for (uint32_t i = c->tree.sentence->tok_begin; i < c->tree.sentence->tok_end; i++) {
        uint8_t upos = c->in->word[i].upos;
        if (upos == GR_VERB && is_cue(c, i)) {
            uint32_t source = source_of_cue(c, i);
            if (source == GR_NONE) continue;
            if (!clause_content(c, i, source, out)) upward_content(c, i, source, out);
        } else if (upos == GR_NOUN || upos == GR_PROPN || upos == GR_PRON) {
            prepositional(c, i, out);
            nominal(c, i, out);
        }
    }
    follow_quotation(c, open, out);
}

static bool covers(const gr_attribution *a, uint32_t token) {
    return token >= a->begin && token < a->end && !(token >= a->skip_begin && token < a->skip_end) &&
           token != a->cue && token != a->source;
}

static int by_length(const void *x, const void *y) {
    const gr_attribution *a = x, *b = y;
    uint32_t la = a->end - a->begin, lb = b->end - b->begin;
    if (la != lb) return la < lb ? -1 : 1;
    return a->cue < b->cue ? -1 : a->cue > b->cue;
}

/* The mention's words; without one the noun with what stands before it: "security sources". */
static void source_words(const gr_clause *c, uint32_t source, uint32_t *begin, uint32_t *end) {
    const gr_mention *m = gr_mention_of(c->in->who, source);
    *begin = m ? m->tok_begin : source;
    *end = m ? m->tok_end : source + 1;
    if (m) return;
    while (*begin > c->tree.sentence->tok_begin && c->in->word[*begin - 1].head == source &&
           (c->in->word[*begin - 1].rel == GR_COMPOUND || c->in->word[*begin - 1].rel == GR_AMOD))
        --*begin;
    while (*end < c->tree.sentence->tok_end && c->in->word[*end].head == source &&
           c->in->word[*end].rel == GR_FLAT)
        ++*end;
}

gr_span gr_source_span(const gr_clause *c, uint32_t source) {
    uint32_t begin, end;
    source_words(c, source, &begin, &end);
    return gr_span_of(c->in->text, begin, end);
}

static gr_claimant claimant_of(const gr_clause *c, const gr_attribution *a) {
    const gr_mention *m = gr_mention_of(c->in->who, a->source);
    gr_claimant out = {.cue = gr_span_of(c->in->text, a->cue, a->cue + 1),
                       .content = gr_span_of(c->in->text, a->begin, a->end),
                       .mention = gr_source_span(c, a->source)};
    if (m) {
        out.id = m->id;
        out.name = m->name;
    }
    if (!out.name.len) out.name = gr_sub(c->in->text->bytes, out.mention.begin_b, out.mention.end_b);
    return out;
}

gr_claimant *gr_claimants_of(const gr_clause *c, const gr_attributions *all, uint32_t token,
                             uint32_t *count) {
    gr_attributions found = {0};
    for (uint32_t i = 0; i < all->count; i++)
        if (covers(&all->item[i], token)) gr_push(c->arena, &found, all->item[i]);
    *count = found.count;
    if (!found.count) return NULL;
    qsort(found.item, found.count, sizeof *found.item, by_length);
    gr_claimant *chain = gr_alloc_array(c->arena, found.count, sizeof *chain);
    *count = 0;
    for (uint32_t i = 0; i < found.count; i++) {
        gr_claimant next = claimant_of(c, &found.item[i]);
        if (*count && gr_eq(chain[*count - 1].name, next.name)) continue;
        chain[(*count)++] = next;
    }
    return chain;
}
