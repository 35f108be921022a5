#include "claim/negation.h"

static uint32_t head_of(const gr_clause *c, uint32_t token) {
    return c->in->word[token].head;
}

static bool is_nominal(const gr_clause *c, uint32_t token) {
    uint8_t upos = c->in->word[token].upos;
    return upos == GR_NOUN || upos == GR_PROPN || upos == GR_PRON || upos == GR_NUM;
}

static bool is_predicate(const gr_clause *c, uint32_t token) {
    uint8_t upos = c->in->word[token].upos, rel = c->in->word[token].rel;
    return upos == GR_VERB || upos == GR_AUX || gr_child(&c->tree, token, GR_COP, GR_SUB_OTHER) != GR_NONE ||
           gr_child(&c->tree, token, GR_NSUBJ, GR_SUB_OTHER) != GR_NONE || rel == GR_ROOT ||
           rel == GR_CCOMP || rel == GR_ADVCL;
}

/* From a phrase up to the clause it stands in. */
static uint32_t clause_of(const gr_clause *c, uint32_t token) {
    for (unsigned steps = 0; steps < 16 && !is_predicate(c, token); steps++) {
        uint32_t up = head_of(c, token);
        if (up == GR_NONE) break;
        token = up;
    }
    return token;
}

static bool is_whole_word(const gr_clause *c, uint32_t token) {
    static const char *const words[] = {"nothing", "nobody", "none", "nowhere", "noone"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (gr_is_lemma(&c->tree, token, words[i])) return true;
    return false;
}

uint32_t gr_negated_by(const gr_clause *c, uint32_t token) {
    if (!gr_in_class(c, token, "negator")) return GR_NONE;
    uint8_t rel = c->in->word[token].rel;
    uint32_t head = head_of(c, token);
    if (rel == GR_DISCOURSE || rel == GR_PARATAXIS) return GR_NONE; /* "No, sir" */
    if (is_whole_word(c, token)) return clause_of(c, token);
    if (head == GR_NONE) return GR_NONE;
    if (rel == GR_CASE || rel == GR_MARK) return head; /* without */
    if (gr_is_lemma(&c->tree, token, "no") && is_nominal(c, head)) return clause_of(c, head);
    return head;
}

/* --- scope ---------------------------------------------------------------------------------------- */

typedef struct scope {
    const gr_clause *c;
    bool *in; /* per token of the sentence */
    uint32_t cue;
} scope;

static bool left_out(const gr_clause *c, uint32_t top, uint32_t child) {
    switch (c->in->word[child].rel) {
    case GR_CC:
    case GR_MARK:
    case GR_DISCOURSE:
    case GR_VOCATIVE:
    case GR_PARATAXIS:
    case GR_PUNCTREL:
        return true;
    case GR_CONJ:
        return is_predicate(c, top);
    default:
        return false;
    }
}

static void take_subtree(scope *s, uint32_t top) {
    for (uint32_t i = s->c->tree.sentence->tok_begin; i < s->c->tree.sentence->tok_end; i++)
        if (gr_below(&s->c->tree, i, top)) s->in[i - s->c->tree.sentence->tok_begin] = true;
}

static void take_clause(scope *s, uint32_t top) {
    const gr_clause *c = s->c;
    s->in[top - c->tree.sentence->tok_begin] = true;
    for (uint32_t k = gr_next_child(&c->tree, top, 0); k != GR_NONE; k = gr_next_child(&c->tree, top, k + 1))
        if (!left_out(c, top, k)) take_subtree(s, k);
    if (!is_predicate(c, top) || gr_child(&c->tree, top, GR_NSUBJ, GR_SUB_OTHER) != GR_NONE) return;
    uint8_t rel = c->in->word[top].rel;
    if (rel != GR_CONJ && rel != GR_XCOMP) return;
    uint32_t subject = gr_surface_subject(c, top);
    if (subject != GR_NONE) take_subtree(s, subject);
}

static void spans_of(scope *s, gr_negation *n) {
    GR_VEC(gr_span) spans = {0};
    uint32_t begin = s->c->tree.sentence->tok_begin, end = s->c->tree.sentence->tok_end;
    for (uint32_t i = begin; i < end; i++) {
        if (!s->in[i - begin]) continue;
        uint32_t first = i;
        while (i < end && s->in[i - begin]) i++;
        gr_push(s->c->arena, &spans, gr_span_of(s->c->in->text, first, i));
    }
    n->scope = spans.item;
    n->scope_count = spans.count;
}

static gr_negation negation_by_word(const gr_clause *c, uint32_t cue, uint32_t event) {
    gr_negation n = {.cue = gr_span_of(c->in->text, cue, cue + 1), .event = event};
    scope s = {c, gr_alloc_array(c->arena, c->tree.sentence->tok_end - c->tree.sentence->tok_begin + 1, 1),
               cue};
    uint8_t rel = c->in->word[cue].rel;
    if (rel == GR_CASE || rel == GR_MARK)
        take_subtree(&s, event);
    else
        take_clause(&s, event);
    s.in[cue - c->tree.sentence->tok_begin] = false;
    spans_of(&s, &n);
    return n;
}

void gr_find_negations(const gr_clause *c, gr_negations *out) {
    for (uint32_t i = c->tree.sentence->tok_begin; i < c->tree.sentence->tok_end; i++) {
        uint32_t event = gr_negated_by(c, i);
        if (event != GR_NONE) gr_push(c->arena, out, negation_by_word(c, i, event));
    }
}
