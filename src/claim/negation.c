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
    bool number =
        token + 1 < c->tree.sentence->tok_end && gr_is_lemma(&c->tree, token, "no") &&
        (c->in->word[token + 1].upos == GR_NUM || gr_ends(c->in->text->token[token].form, GR_S(".")));
    if (number) return GR_NONE; /* "No. 1" */
    bool idiom = token + 1 < c->tree.sentence->tok_end &&
                 ((gr_is_lemma(&c->tree, token, "no") && gr_is_lemma(&c->tree, token + 1, "doubt")) ||
                  (gr_is_lemma(&c->tree, token, "none") && gr_is_lemma(&c->tree, token + 1, "the")) ||
                  (gr_is_lemma(&c->tree, token, "not") && gr_is_lemma(&c->tree, token + 1, "only")));
    if (idiom) return GR_NONE;
    uint8_t rel = c->in->word[token].rel;
    uint32_t head = head_of(c, token);
    if (rel == GR_DISCOURSE || rel == GR_PARATAXIS) return GR_NONE; /* "No, sir" */
    if (is_whole_word(c, token)) return clause_of(c, token);
    if (head == GR_NONE) return GR_NONE;
    if (rel == GR_CASE || rel == GR_MARK) return head; /* without */
    if (gr_is_lemma(&c->tree, token, "no") && is_nominal(c, head)) return clause_of(c, head);
    uint8_t upos = c->in->word[head].upos;
    if (upos == GR_ADV || upos == GR_DET || (upos == GR_ADJ && c->in->word[head].rel != GR_AMOD) ||
        (is_nominal(c, head) && c->in->word[head].rel == GR_NSUBJ))
        return clause_of(c, head); /* "no longer", "not all", "not one soldier was tried" */
    return head;
}

/* --- scope ---------------------------------------------------------------------------------------- */

typedef struct scope {
    const gr_clause *c;
    bool *in; /* per token of the sentence */
    uint32_t cue;
} scope;

/* "not complex, though it has some features": what is granted is not negated. */
static bool is_concession(const gr_clause *c, uint32_t child) {
    uint32_t mark = gr_child(&c->tree, child, GR_MARK, GR_SUB_OTHER);
    return gr_is_lemma(&c->tree, mark, "though") || gr_is_lemma(&c->tree, mark, "although") ||
           gr_is_lemma(&c->tree, mark, "for");
}

static bool left_out(const gr_clause *c, uint32_t top, uint32_t child) {
    if (c->in->word[child].rel == GR_ADVCL) return is_concession(c, child);
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

/* The subtree without asides and second clauses that the parser has hung low. */
static bool within(const gr_clause *c, uint32_t token, uint32_t top) {
    for (unsigned steps = 0; token != GR_NONE && steps < 512; steps++) {
        if (token == top) return true;
        const gr_word *w = &c->in->word[token];
        if (w->rel == GR_PARATAXIS || w->rel == GR_DISCOURSE || w->rel == GR_VOCATIVE ||
            (w->rel == GR_CONJ && w->upos == GR_VERB &&
             gr_child(&c->tree, token, GR_NSUBJ, GR_SUB_OTHER) != GR_NONE))
            return false;
        token = w->head;
    }
    return false;
}

static void take_subtree(scope *s, uint32_t top) {
    for (uint32_t i = s->c->tree.sentence->tok_begin; i < s->c->tree.sentence->tok_end; i++)
        if (within(s->c, i, top)) s->in[i - s->c->tree.sentence->tok_begin] = true;
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

static bool is_quote(gr_slice form) {
    return gr_eq(form, GR_S("\"")) || gr_eq(form, GR_S("``")) || gr_eq(form, GR_S("''")) ||
           gr_eq(form, GR_S("\xE2\x80\x9C")) || gr_eq(form, GR_S("\xE2\x80\x9D"));
}

static bool is_break(const scope *s, uint32_t i) {
    gr_slice form = s->c->in->text->token[i].form;
    return is_quote(form) || gr_eq(form, GR_S(";")) || gr_eq(form, GR_S("--")) ||
           gr_eq(form, GR_S("\xE2\x80\x94"));
}

/* The scope ends at a quotation mark, a semicolon, a dash. */
static void clip(scope *s) {
    uint32_t begin = s->c->tree.sentence->tok_begin, end = s->c->tree.sentence->tok_end;
    bool off = false;
    for (uint32_t i = s->cue; i < end; i++) {
        off = off || is_break(s, i);
        if (off) s->in[i - begin] = false;
    }
    off = false;
    for (uint32_t i = s->cue + 1; i-- > begin;) {
        off = off || is_break(s, i);
        if (off) s->in[i - begin] = false;
    }
}

static void spans_of(scope *s, gr_negation *n) {
    clip(s);
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

/* --- words that carry their negation inside ------------------------------------------------------- */

static bool starts_with(gr_slice key, const char *prefix) {
    return gr_starts(key, gr_slice_of(prefix));
}

/* "un" of "unharmed": nearly every adjective with it is one; these begin so for other reasons. */
static bool is_un_word(gr_slice key) {
    static const char *const other[] = {"under", "unit",  "unio",  "uniq", "univ",  "unif",
                                        "unan",  "uncle", "until", "unto", "unless"};
    if (key.len < 6 || !starts_with(key, "un")) return false;
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (starts_with(key, other[i])) return false;
    return true;
}

/* Bytes of the negating part at the start (positive) or the end (negative) of a word; 0: none. */
static int affix_of(const gr_clause *c, uint32_t token) {
    gr_slice key = c->in->who->key[token];
    uint8_t upos = c->in->word[token].upos;
    if (upos != GR_ADJ && upos != GR_ADV && upos != GR_NOUN && upos != GR_VERB) return 0;
    if (key.len != c->in->text->token[token].len_b) return 0;
    if (gr_in_class(c, token, "negated-word")) return starts_with(key, "dis") ? 3 : 2;
    bool adjective = upos == GR_ADJ || upos == GR_ADV || (c->in->word[token].feats & GR_PART_FORM);
    if (adjective && is_un_word(key)) return 2;
    static const char *const endings[] = {"less", "lessly", "lessness"};
    static const char *const other[] = {"unless", "nevertheless", "nonetheless", "regardless", "doubtless"};
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (gr_eq(key, gr_slice_of(other[i]))) return 0;
    for (size_t i = 0; i < 3; i++)
        if (key.len > strlen(endings[i]) + 2 && gr_ends(key, gr_slice_of(endings[i])))
            return -(int)strlen(endings[i]);
    return 0;
}

static gr_negation negation_inside(const gr_clause *c, uint32_t token, int affix) {
    const gr_token *t = &c->in->text->token[token];
    gr_span cue = {t->off_b, t->off_b + (uint32_t)affix}, rest = {cue.end_b, t->off_b + t->len_b};
    if (affix < 0) { /* "less" of "lessly" */
        cue = (gr_span){t->off_b + t->len_b - (uint32_t)-affix, 0};
        cue.end_b = cue.begin_b + 4;
        rest = (gr_span){t->off_b, cue.begin_b};
    }
    gr_negation n = {.cue = cue, .event = token};
    scope s = {c, gr_alloc_array(c->arena, c->tree.sentence->tok_end - c->tree.sentence->tok_begin + 1, 1),
               token};
    const gr_word *w = &c->in->word[token];
    bool predicate = gr_child(&c->tree, token, GR_NSUBJ, GR_SUB_OTHER) != GR_NONE ||
                     gr_child(&c->tree, token, GR_COP, GR_SUB_OTHER) != GR_NONE;
    if (predicate)
        take_clause(&s, token);
    else if ((w->rel == GR_AMOD || w->rel == GR_COMPOUND) && w->head != GR_NONE)
        take_subtree(&s, w->head);
    else if (w->upos == GR_ADV && w->head != GR_NONE && c->in->word[w->head].upos == GR_VERB)
        take_clause(&s, w->head);
    s.in[token - c->tree.sentence->tok_begin] = false;
    spans_of(&s, &n);
    GR_VEC(gr_span) all = {0}; /* with the rest of the word, in order */
    uint32_t i = 0;
    for (; i < n.scope_count && n.scope[i].begin_b < rest.begin_b; i++) gr_push(c->arena, &all, n.scope[i]);
    gr_push(c->arena, &all, rest);
    for (; i < n.scope_count; i++) gr_push(c->arena, &all, n.scope[i]);
    n.scope = all.item;
    n.scope_count = all.count;
    return n;
}

void gr_find_negations(const gr_clause *c, gr_negations *out) {
    for (uint32_t i = c->tree.sentence->tok_begin; i < c->tree.sentence->tok_end; i++) {
        uint32_t event = gr_negated_by(c, i);
        if (event != GR_NONE) {
            gr_push(c->arena, out, negation_by_word(c, i, event));
            continue;
        }
        int affix = affix_of(c, i);
        if (affix) gr_push(c->arena, out, negation_inside(c, i, affix));
    }
}
