/* Positions around an anchor, read off the dependency tree: voice, coordination, control, relative clauses
 * and light verbs are undone here, so that rules need not know of them. Relations after Universal
 * Dependencies 2 (de Marneffe et al. 2021). */
#include "claim/clause.h"

#include "find/find_internal.h"

static void add(gr_fillers *out, uint32_t token) {
    if (token == GR_NONE || out->count == GR_MAX_FILLERS) return;
    for (uint32_t i = 0; i < out->count; i++)
        if (out->token[i] == token) return;
    out->token[out->count++] = token;
}

/* "The government of Niger and JNIM": an armed side in a row with a country that only tells whose the body
 * is. */
static uint32_t next_side(const gr_clause *c, uint32_t token, uint32_t behind) {
    for (uint32_t k = gr_next_child(&c->tree, token, token + 1); k != GR_NONE;
         k = gr_next_child(&c->tree, token, k + 1)) {
        const gr_mention *whole = gr_mention_of(c->in->who, token), *part = gr_mention_of(c->in->who, k);
        bool of_country = part && (part->kind == GR_MENTION_COUNTRY || part == whole);
        if (c->in->word[k].rel != GR_NMOD || !of_country) continue;
        for (uint32_t j = gr_next_child(&c->tree, k, behind); j != GR_NONE;
             j = gr_next_child(&c->tree, k, j + 1)) {
            const gr_mention *m = gr_mention_of(c->in->who, j);
            if (c->in->word[j].rel == GR_CONJ && m && m->head == j && m->kind != GR_MENTION_COUNTRY &&
                m->properties & (GR_IS_ARMED | GR_IS_STATE))
                return j;
        }
    }
    return GR_NONE;
}

/* The token and its conjuncts that are nominals. */
static void add_with_conjuncts(const gr_clause *c, uint32_t token, gr_fillers *out) {
    if (token == GR_NONE) return;
    add(out, token);
    for (uint32_t k = gr_next_child(&c->tree, token, token + 1); k != GR_NONE;
         k = gr_next_child(&c->tree, token, k + 1))
        if (c->in->word[k].rel == GR_CONJ && c->in->word[k].upos != GR_VERB) add_with_conjuncts(c, k, out);
    for (uint32_t k = next_side(c, token, token + 1); k != GR_NONE; k = next_side(c, token, k + 1))
        add(out, k);
    for (uint32_t k = gr_next_child(&c->tree, token, 0); k != GR_NONE && k < token;
         k = gr_next_child(&c->tree, token, k + 1)) {
        const gr_mention *m = gr_mention_of(c->in->who, k); /* "Malian and Burkinabe forces" are two */
        bool shared =
            c->in->word[k].rel == GR_AMOD && gr_child(&c->tree, k, GR_CONJ, GR_SUB_OTHER) != GR_NONE;
        if (shared && m && m->head == k && m->kind == GR_MENTION_LISTED &&
            m->properties & (GR_IS_ARMED | GR_IS_STATE))
            add(out, k);
    }
}

static bool is_relative(const gr_clause *c, uint32_t token) {
    return c->in->word[token].upos == GR_PRON &&
           (gr_is_lemma(&c->tree, token, "who") || gr_is_lemma(&c->tree, token, "which") ||
            gr_is_lemma(&c->tree, token, "that") || gr_is_lemma(&c->tree, token, "whom"));
}

/* "Ana Rey, mayor of Achi, who was kidnapped": the person, where the noun only says what she is. */
static uint32_t bearer(const gr_clause *c, uint32_t noun) {
    const gr_word *w = &c->in->word[noun];
    if (w->rel != GR_APPOS || w->head == GR_NONE || !(w->feats & GR_SING)) return noun;
    const gr_mention *m = gr_mention_of(c->in->who, w->head);
    return m && m->kind == GR_MENTION_PERSON && m->head == w->head ? w->head : noun;
}

/* "who" -> the noun that its relative clause hangs on. */
static uint32_t antecedent(const gr_clause *c, uint32_t token) {
    if (token == GR_NONE || !is_relative(c, token)) return token;
    uint32_t at = c->in->word[token].head;
    for (unsigned steps = 0; at != GR_NONE && steps < 16; steps++) {
        if (c->in->word[at].rel == GR_ACL) return bearer(c, c->in->word[at].head);
        at = c->in->word[at].head;
    }
    return token;
}

static bool is_participle(const gr_clause *c, uint32_t verb) {
    return (c->in->word[verb].feats & (GR_PART_FORM | GR_PAST)) == (GR_PART_FORM | GR_PAST);
}

/* "Seven killed in Kaduna": a verb that cannot do without an object and has none, in a headline or behind
 * "and".
 */
static bool lacks_object(const gr_clause *c, uint32_t verb) {
    if (!(c->in->word[verb].feats & GR_PAST) || !gr_in_class(c, verb, "needs-object")) return false;
    uint32_t subject = gr_child(&c->tree, verb, GR_NSUBJ, GR_SUB_NONE);
    if (subject == GR_NONE || subject > verb || is_relative(c, subject)) return false;
    for (uint32_t k = gr_next_child(&c->tree, verb, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, verb, k + 1)) {
        uint8_t rel = c->in->word[k].rel;
        if (rel == GR_OBJ || rel == GR_CCOMP || rel == GR_AUXREL) return false;
        if (rel == GR_CONJ && k > verb && gr_child(&c->tree, k, GR_OBJ, GR_SUB_OTHER) != GR_NONE)
            return false;
    }
    return true;
}

/* "se sont emparés", "s'est retirée": who does it is its subject. */
static bool is_reflexive(const gr_clause *c, uint32_t verb) {
    uint32_t self = gr_child(&c->tree, verb, GR_EXPL, GR_SUB_OTHER);
    return gr_is_lemma(&c->tree, self, "self");
}

bool gr_is_in_time(const gr_clause *c, uint32_t tok_begin, uint32_t tok_end) {
    for (uint32_t i = 0; i < c->time_count; i++)
        if (tok_begin >= c->time[i].tok_begin && tok_end <= c->time[i].tok_end) return true;
    return false;
}

bool gr_is_passive(const gr_clause *c, uint32_t verb) {
    const gr_word *w = &c->in->word[verb];
    if (is_reflexive(c, verb)) return false;
    if (gr_child(&c->tree, verb, GR_AUXREL, GR_SUB_PASS) != GR_NONE) return true;
    if (lacks_object(c, verb)) return true;
    if (gr_child(&c->tree, verb, GR_NSUBJ, GR_SUB_PASS) != GR_NONE)
        return is_participle(c, verb) && gr_child(&c->tree, verb, GR_OBJ, GR_SUB_OTHER) == GR_NONE;
    bool past = (w->feats & GR_PAST) && gr_child(&c->tree, verb, GR_AUXREL, GR_SUB_OTHER) == GR_NONE;
    if (past && w->rel == GR_CONJ && w->head != GR_NONE &&
        gr_child(&c->tree, verb, GR_NSUBJ, GR_SUB_OTHER) == GR_NONE &&
        (is_participle(c, verb) || gr_child(&c->tree, verb, GR_OBJ, GR_SUB_OTHER) == GR_NONE))
        return gr_is_passive(c, w->head);
    if (!past || !is_participle(c, verb)) return false;
    return (w->rel == GR_ACL && w->subrel != GR_SUB_RELCL) || w->rel == GR_AMOD || w->rel == GR_XCOMP ||
           w->rel == GR_ADVCL;
}

static uint32_t own_subject(const gr_clause *c, uint32_t verb) {
    uint32_t active = gr_child(&c->tree, verb, GR_NSUBJ, GR_SUB_NONE);
    if (active == GR_NONE) active = gr_child(&c->tree, verb, GR_NSUBJ, GR_SUB_OUTER);
    if (active == GR_NONE && !gr_is_passive(c, verb))
        active = gr_child(&c->tree, verb, GR_NSUBJ, GR_SUB_PASS);
    return antecedent(c, active);
}

static uint32_t passive_subject(const gr_clause *c, uint32_t verb) {
    return antecedent(c, gr_child(&c->tree, verb, GR_NSUBJ, GR_SUB_PASS));
}

static uint32_t by_child(const gr_clause *c, uint32_t head) {
    for (uint32_t k = gr_next_child(&c->tree, head, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, head, k + 1)) {
        uint8_t rel = c->in->word[k].rel;
        if ((rel == GR_OBL || rel == GR_NMOD) && gr_is_lemma(&c->tree, gr_case_of(&c->tree, k), "by"))
            return k;
    }
    return GR_NONE;
}

/* The by-phrase of a verb or noun; behind another phrase the parser may hang it there ("the attack on the
 * camp by X"). */
static uint32_t by_agent(const gr_clause *c, uint32_t head) {
    uint32_t own = by_child(c, head);
    if (own != GR_NONE || c->in->word[head].upos == GR_VERB) return own;
    for (uint32_t k = gr_next_child(&c->tree, head, head + 1); k != GR_NONE;
         k = gr_next_child(&c->tree, head, k + 1))
        if (c->in->word[k].rel == GR_NMOD && (own = by_child(c, k)) != GR_NONE) return own;
    return GR_NONE;
}

static uint32_t surface_subject(const gr_clause *c, uint32_t verb, unsigned depth);

/* "Congo accused Rwanda of backing the group", "stopped them from leaving": the object does it. */
static uint32_t accused(const gr_clause *c, uint32_t governor, uint32_t verb) {
    uint32_t mark = gr_child(&c->tree, verb, GR_MARK, GR_SUB_OTHER);
    if (mark == GR_NONE) mark = gr_case_of(&c->tree, verb);
    bool of = gr_is_lemma(&c->tree, mark, "of") || gr_is_lemma(&c->tree, mark, "from");
    uint32_t object = of ? gr_child(&c->tree, governor, GR_OBJ, GR_SUB_OTHER) : GR_NONE;
    return object != GR_NONE && object < verb ? object : GR_NONE;
}

/* Who a clause without a subject of its own is about, from its governor. */
static uint32_t inherited_subject(const gr_clause *c, uint32_t verb, unsigned depth) {
    const gr_word *w = &c->in->word[verb];
    uint32_t up = w->head;
    if (up == GR_NONE || depth > 6) return GR_NONE;
    switch (w->rel) {
    case GR_CONJ:
    case GR_COP:
    case GR_PARATAXIS:
        return surface_subject(c, up, depth + 1);
    case GR_XCOMP: {
        uint32_t object = gr_child(&c->tree, up, GR_OBJ, GR_SUB_OTHER);
        return object != GR_NONE ? antecedent(c, object) : surface_subject(c, up, depth + 1);
    }
    case GR_ADVCL:
        if (c->in->word[up].upos != GR_VERB && c->in->word[up].upos != GR_AUX)
            return surface_subject(c, up, depth + 1);
        if (accused(c, up, verb) != GR_NONE) return accused(c, up, verb);
        if (gr_is_passive(c, up) && by_agent(c, up) != GR_NONE && !gr_is_passive(c, verb))
            return by_agent(c, up);
        return surface_subject(c, up, depth + 1);
    case GR_ACL: {
        if (w->subrel == GR_SUB_RELCL) return GR_NONE;
        if (!(w->feats & GR_INF)) return up;
        uint32_t owner = gr_child(&c->tree, up, GR_NMOD, GR_SUB_POSS); /* "their plan to attack" */
        if (owner != GR_NONE) return owner;
        uint32_t over = c->in->word[up].head;
        if (c->in->word[up].rel == GR_OBJ && over != GR_NONE) return surface_subject(c, over, depth + 1);
        for (uint32_t k = gr_next_child(&c->tree, up, 0); k != GR_NONE;
             k = gr_next_child(&c->tree, up, k + 1))
            if (c->in->word[k].rel == GR_NMOD && gr_is_lemma(&c->tree, gr_case_of(&c->tree, k), "of"))
                return k;
        return GR_NONE;
    }
    default:
        return GR_NONE;
    }
}

static uint32_t surface_subject(const gr_clause *c, uint32_t verb, unsigned depth) {
    uint32_t own = own_subject(c, verb);
    if (own == GR_NONE) own = passive_subject(c, verb);
    return own != GR_NONE ? own : inherited_subject(c, verb, depth);
}

uint32_t gr_surface_subject(const gr_clause *c, uint32_t verb) {
    return surface_subject(c, verb, 0);
}

void gr_subjects(const gr_clause *c, uint32_t verb, gr_fillers *out) {
    if (gr_is_passive(c, verb)) return;
    add_with_conjuncts(c, gr_surface_subject(c, verb), out);
}

/* "attacked and looted the village": the object stands with the second verb. */
static uint32_t shared_object(const gr_clause *c, uint32_t verb) {
    for (uint32_t k = gr_next_child(&c->tree, verb, verb + 1); k != GR_NONE;
         k = gr_next_child(&c->tree, verb, k + 1)) {
        if (c->in->word[k].rel != GR_CONJ || c->in->word[k].upos != GR_VERB || k > verb + 3) continue;
        return gr_child(&c->tree, k, GR_OBJ, GR_SUB_OTHER);
    }
    return GR_NONE;
}

/* The object; of two (a parse that takes "more than" for one) the one that is a noun. */
static uint32_t direct_object(const gr_clause *c, uint32_t verb) {
    uint32_t first = gr_child(&c->tree, verb, GR_OBJ, GR_SUB_OTHER);
    for (uint32_t k = first; k != GR_NONE; k = gr_next_child(&c->tree, verb, k + 1)) {
        uint8_t upos = c->in->word[k].upos;
        if (c->in->word[k].rel == GR_OBJ &&
            (upos == GR_NOUN || upos == GR_PROPN || upos == GR_PRON || upos == GR_NUM))
            return k;
    }
    return first;
}

static uint32_t object_of(const gr_clause *c, uint32_t verb) {
    const gr_word *w = &c->in->word[verb];
    uint32_t object = direct_object(c, verb);
    if (object != GR_NONE) return antecedent(c, object);
    if (gr_is_passive(c, verb)) {
        uint32_t subject = passive_subject(c, verb);
        if (subject != GR_NONE) return subject;
        if (w->rel == GR_ACL || w->rel == GR_AMOD) return w->head;
        if (own_subject(c, verb) != GR_NONE) return own_subject(c, verb);
        return inherited_subject(c, verb, 0);
    }
    if (w->rel == GR_ACL && w->subrel == GR_SUB_RELCL) {
        uint32_t subject = gr_child(&c->tree, verb, GR_NSUBJ, GR_SUB_NONE);
        if (subject != GR_NONE && !is_relative(c, subject)) return w->head;
    }
    return shared_object(c, verb);
}

/* "Among those killed were two nurses", "The wounded include six women": those whom the clause names; GR_NONE
 * elsewhere. */
static uint32_t named_of(const gr_clause *c, uint32_t whole) {
    static const char *const holds[] = {"include", "comprise"};
    if (whole == GR_NONE) return GR_NONE;
    uint32_t up = c->in->word[whole].head;
    uint8_t rel = c->in->word[whole].rel;
    if (rel == GR_NSUBJ && up != GR_NONE && GR_AMONG(c->tree.lemma[up], holds)) return direct_object(c, up);
    if (!gr_is_lemma(&c->tree, gr_case_of(&c->tree, whole), "among")) return GR_NONE;
    if (gr_child(&c->tree, whole, GR_COP, GR_SUB_OTHER) != GR_NONE) return own_subject(c, whole);
    bool inverted = up != GR_NONE && up > whole && (rel == GR_NMOD || rel == GR_OBL) &&
                    gr_child(&c->tree, up, GR_COP, GR_SUB_OTHER) != GR_NONE;
    return inverted ? up : GR_NONE;
}

void gr_objects(const gr_clause *c, uint32_t verb, gr_fillers *out) {
    uint32_t object = object_of(c, verb);
    bool those = object != GR_NONE && gr_eq(c->in->who->key[object], GR_S("those"));
    uint32_t named = those ? named_of(c, object) : GR_NONE;
    add_with_conjuncts(c, named != GR_NONE ? named : object, out);
}

bool gr_in_class(const gr_clause *c, uint32_t token, const char *name) {
    if (token == GR_NONE) return false;
    for (const gr_sense *s = c->in->who->lemma_senses[token]; s; s = s->next)
        if (s->kind == GR_SENSE_CLASS && gr_eq(c->in->know->word_class[s->index].name, gr_slice_of(name)))
            return true;
    return false;
}

/* "called the attacks shocking": the verb names them and carries nothing. */
static bool only_names(const gr_clause *c, uint32_t noun) {
    const gr_word *w = &c->in->word[noun];
    uint32_t det = gr_child(&c->tree, noun, GR_DETREL, GR_SUB_OTHER);
    return w->rel == GR_OBJ && w->head != GR_NONE && gr_is_lemma(&c->tree, w->head, "call") &&
           gr_is_lemma(&c->tree, det, "the") &&
           gr_child(&c->tree, w->head, GR_XCOMP, GR_SUB_OTHER) != GR_NONE;
}

uint32_t gr_light_verb_of(const gr_clause *c, uint32_t noun) {
    const gr_word *w = &c->in->word[noun];
    noun = gr_first_conjunct(&c->tree, noun);
    w = &c->in->word[noun];
    if (w->head == GR_NONE || c->in->word[w->head].upos != GR_VERB || only_names(c, noun)) return GR_NONE;
    if ((w->rel == GR_NSUBJ || w->rel == GR_OBJ) && gr_in_class(c, w->head, "rise-verb")) return w->head;
    bool fits = w->rel == GR_OBJ || w->rel == GR_OBL || (w->rel == GR_NSUBJ && w->subrel == GR_SUB_PASS);
    return fits && gr_in_class(c, w->head, "light-verb") ? w->head : GR_NONE;
}

static bool case_is(const gr_clause *c, uint32_t token, gr_slice wanted) {
    for (uint32_t k = gr_next_child(&c->tree, token, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, token, k + 1))
        if (c->in->word[k].rel == GR_CASE &&
            (gr_eq(c->tree.lemma[k], wanted) || gr_eq(c->in->who->key[k], wanted)))
            return true;
    return false;
}

static void prep_children(const gr_clause *c, uint32_t head, gr_slice preposition, gr_fillers *out) {
    for (uint32_t k = gr_next_child(&c->tree, head, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, head, k + 1)) {
        uint8_t rel = c->in->word[k].rel;
        if ((rel == GR_OBL || rel == GR_NMOD || rel == GR_ADVCL || rel == GR_ADVMOD) &&
            case_is(c, k, preposition))
            add_with_conjuncts(c, k, out);
    }
}

/* "seized control of the airport", "signed a deal with X": the phrase hangs on the object. */
static void object_prep_children(const gr_clause *c, uint32_t verb, gr_slice preposition, gr_fillers *out) {
    uint32_t object = direct_object(c, verb);
    if (object != GR_NONE) prep_children(c, object, preposition, out);
}

/* "an attack with rockets on the town", "the support of X for Y", "the alliance formed between X and Y": the
 * phrase hangs on what stands between. */
static void prep_behind(const gr_clause *c, uint32_t noun, gr_slice preposition, gr_fillers *out) {
    bool on = gr_eq(preposition, GR_S("on")) || gr_eq(preposition, GR_S("against"));
    bool of = gr_eq(preposition, GR_S("of"));
    for (uint32_t k = gr_next_child(&c->tree, noun, noun + 1); k != GR_NONE;
         k = gr_next_child(&c->tree, noun, k + 1)) {
        const gr_word *w = &c->in->word[k];
        bool phrase = w->rel == GR_NMOD && (on || gr_is_lemma(&c->tree, gr_case_of(&c->tree, k), "of"));
        bool place =
            w->rel == GR_NMOD && w->upos == GR_PROPN && gr_is_lemma(&c->tree, gr_case_of(&c->tree, k), "in");
        phrase = phrase || (of && place); /* "the murder in Cali of a judge" */
        if (phrase || (w->rel == GR_ACL && w->subrel == GR_SUB_NONE)) prep_children(c, k, preposition, out);
    }
}

/* "Fighting broke out on Friday between X and Y": verbs that only say that the noun goes on take no sides of
 * their own; the phrase may hang on the verb or on the day beside it. */
static void prep_of_occurrence(const gr_clause *c, uint32_t noun, gr_slice preposition, gr_fillers *out) {
    static const char *const SIDES[] = {"between", "among", "with", "against", "involve"};
    const gr_word *w = &c->in->word[gr_first_conjunct(&c->tree, noun)];
    if (w->rel != GR_NSUBJ || w->head == GR_NONE || !GR_AMONG(preposition, SIDES)) return;
    bool there_is = gr_child(&c->tree, w->head, GR_EXPL, GR_SUB_OTHER) != GR_NONE; /* "there was an attack" */
    if (!there_is && !gr_in_class(c, w->head, "occur-verb") && !gr_in_class(c, w->head, "last-verb")) return;
    for (uint32_t k = gr_next_child(&c->tree, w->head, w->head + 1); k != GR_NONE && !out->count;
         k = gr_next_child(&c->tree, w->head, k + 1)) {
        if (case_is(c, k, preposition))
            add_with_conjuncts(c, k, out);
        else if (c->in->word[k].rel == GR_OBL || c->in->word[k].rel == GR_ADVMOD)
            prep_children(c, k, preposition, out);
    }
}

/* "X took the town after days of fighting with Y": who acts in the clause is the side that is not named
 * beside the noun. */
static void sides_from_clause(const gr_clause *c, uint32_t noun, gr_fillers *out) {
    gr_fillers other = {.count = 0};
    prep_children(c, noun, GR_S("with"), &other);
    if (!other.count) return;
    uint32_t at = noun;
    while (c->in->word[at].rel == GR_NMOD && c->in->word[at].head != GR_NONE &&
           gr_is_lemma(&c->tree, gr_case_of(&c->tree, at), "of"))
        at = c->in->word[at].head;
    uint32_t verb = c->in->word[at].head;
    if (c->in->word[at].rel != GR_OBL || verb == GR_NONE || c->in->word[verb].upos != GR_VERB) return;
    add_with_conjuncts(c, gr_is_passive(c, verb) ? by_agent(c, verb) : gr_surface_subject(c, verb), out);
}

static bool is_negated_or_denied(const gr_clause *c, uint32_t token) {
    static const char *const words[] = {"not", "never", "no", "nobody", "neither"};
    for (uint32_t k = gr_next_child(&c->tree, token, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, token, k + 1))
        if (GR_AMONG(c->tree.lemma[k], words)) return true;
    uint32_t up = c->in->word[token].head;
    return up != GR_NONE && (gr_is_lemma(&c->tree, up, "deny") || gr_is_lemma(&c->tree, up, "reject"));
}

uint32_t gr_blame_of(const gr_clause *c, uint32_t noun) {
    static const char *const verbs[] = {"implicate", "involve", "participate", "collaborate"};
    uint32_t up = c->in->word[noun].head;
    uint32_t preposition = gr_case_of(&c->tree, noun);
    if (up == GR_NONE || preposition == GR_NONE || is_negated_or_denied(c, up)) return GR_NONE;
    uint8_t upos = c->in->word[up].upos;
    bool in = gr_is_lemma(&c->tree, preposition, "in") && (upos == GR_VERB || upos == GR_ADJ) &&
              GR_AMONG(c->tree.lemma[up], verbs);
    bool answers = (gr_is_lemma(&c->tree, up, "responsible") && gr_is_lemma(&c->tree, preposition, "for")) ||
                   (gr_is_lemma(&c->tree, up, "guilty") && gr_is_lemma(&c->tree, preposition, "of"));
    return in || answers ? up : GR_NONE;
}

/* "X is responsible for the murder", "X was implicated in the bombing": X. */
static void blamed_for(const gr_clause *c, uint32_t noun, gr_fillers *out) {
    uint32_t blame = gr_blame_of(c, noun);
    if (blame == GR_NONE) return;
    bool verb = c->in->word[blame].upos == GR_VERB;
    add_with_conjuncts(c, verb ? gr_surface_subject(c, blame) : own_subject(c, blame), out);
}

/* Subject for a noun anchor: of the light verb that carries it ("X launched an attack"). */
static void noun_subjects(const gr_clause *c, uint32_t noun, gr_fillers *out) {
    uint32_t light = gr_light_verb_of(c, noun);
    if (light == GR_NONE) sides_from_clause(c, noun, out);
    if (light == GR_NONE) blamed_for(c, noun, out);
    const gr_word *w = &c->in->word[noun];
    if (light == GR_NONE || gr_is_passive(c, light)) return;
    if (w->rel == GR_OBL && gr_is_lemma(&c->tree, gr_case_of(&c->tree, noun), "under")) return;
    gr_subjects(c, light, out);
}

/* "X was the victim of an attack": X; GR_NONE elsewhere. */
static uint32_t victim_of(const gr_clause *c, uint32_t noun) {
    uint32_t victim = c->in->word[noun].head;
    if (c->in->word[noun].rel != GR_NMOD || victim == GR_NONE) return GR_NONE;
    if (!gr_is_lemma(&c->tree, victim, "victim") && !gr_is_lemma(&c->tree, victim, "target")) return GR_NONE;
    return gr_child(&c->tree, victim, GR_COP, GR_SUB_OTHER) == GR_NONE ? GR_NONE : own_subject(c, victim);
}

/* "X survived the attack", "X escaped from an attack", "X was unhurt after the attack": X; GR_NONE elsewhere.
 */
static uint32_t survivor_of(const gr_clause *c, uint32_t noun) {
    static const char *const verbs[] = {"survive", "escape", "evade"};
    static const char *const safe[] = {"unharmed", "unhurt", "unscathed", "uninjured", "unwounded"};
    uint32_t up = c->in->word[noun].head, preposition = gr_case_of(&c->tree, noun);
    if (up == GR_NONE) return GR_NONE;
    bool from = gr_is_lemma(&c->tree, preposition, "from");
    bool out_of = c->in->word[noun].rel == GR_OBJ || (c->in->word[noun].rel == GR_OBL && from);
    if (c->in->word[up].upos == GR_VERB && out_of && GR_AMONG(c->tree.lemma[up], verbs))
        return gr_surface_subject(c, up);
    bool after = from || gr_is_lemma(&c->tree, preposition, "after") ||
                 gr_is_lemma(&c->tree, preposition, "follow") ||
                 gr_is_lemma(&c->tree, preposition, "following") || gr_is_lemma(&c->tree, preposition, "in");
    return c->in->word[up].upos == GR_ADJ && after && GR_AMONG(c->tree.lemma[up], safe) ? own_subject(c, up)
                                                                                        : GR_NONE;
}

/* Object for a noun anchor: "X came under attack", "X was subjected to torture". */
static void noun_objects(const gr_clause *c, uint32_t noun, gr_fillers *out) {
    const gr_word *w = &c->in->word[noun];
    if (w->head != GR_NONE && gr_is_lemma(&c->tree, w->head, "subject") &&
        c->in->word[w->head].upos == GR_VERB)
        add_with_conjuncts(c, object_of(c, w->head), out);
    add_with_conjuncts(c, victim_of(c, noun), out);
    add_with_conjuncts(c, survivor_of(c, noun), out);
    uint32_t light = gr_light_verb_of(c, noun);
    if (light != GR_NONE && w->rel == GR_NSUBJ && gr_in_class(c, light, "rise-verb"))
        add_with_conjuncts(c, direct_object(c, light), out); /* "the number of dead exceeds 200" */
    uint32_t preposition = gr_case_of(&c->tree, noun);
    bool victim = w->head != GR_NONE && gr_in_class(c, w->head, "victim-of");
    if (victim && gr_is_lemma(&c->tree, preposition, "of")) /* "a été victime d'une embuscade" */
        add_with_conjuncts(c, gr_surface_subject(c, w->head), out);
    if ((gr_is_lemma(&c->tree, preposition, "in") || gr_is_lemma(&c->tree, preposition, "into")) &&
        w->head != GR_NONE && gr_in_class(c, w->head, "fall-verb"))
        add_with_conjuncts(c, gr_surface_subject(c, w->head), out); /* "was caught in an ambush" */
    if (!gr_is_lemma(&c->tree, gr_case_of(&c->tree, noun), "under")) return;
    if (w->head != GR_NONE && c->in->word[w->head].upos == GR_VERB)
        add_with_conjuncts(c, gr_surface_subject(c, w->head), out);
    if (gr_child(&c->tree, noun, GR_COP, GR_SUB_OTHER) != GR_NONE)
        add_with_conjuncts(c, own_subject(c, noun), out);
}

/* "leaving seven soldiers dead", where the parser hung the soldiers on "dead". */
static uint32_t noun_between(const gr_clause *c, uint32_t verb, uint32_t adjective) {
    for (uint32_t k = gr_next_child(&c->tree, adjective, verb + 1); k != GR_NONE && k < adjective;
         k = gr_next_child(&c->tree, adjective, k + 1)) {
        uint8_t upos = c->in->word[k].upos;
        if ((upos == GR_NOUN || upos == GR_NUM) && gr_case_of(&c->tree, k) == GR_NONE) return k;
    }
    return GR_NONE;
}

static void head_fillers(const gr_clause *c, uint32_t anchor, gr_fillers *out) {
    const gr_word *w = &c->in->word[anchor];
    bool dead =
        gr_is_lemma(&c->tree, anchor, "dead") && w->rel == GR_NSUBJ; /* "the dead include": a rule's */
    uint32_t named = dead ? GR_NONE : named_of(c, anchor);
    if (named != GR_NONE) {
        add_with_conjuncts(c, named, out);
        return;
    }
    uint32_t subject = own_subject(c, anchor);
    if (subject == GR_NONE) subject = passive_subject(c, anchor);
    if (subject != GR_NONE) {
        add_with_conjuncts(c, subject, out);
    } else if ((w->rel == GR_AMOD || w->rel == GR_ACL) && w->head != GR_NONE) {
        add(out, w->head);
    } else if (w->rel == GR_CONJ && w->head != GR_NONE && c->in->word[w->head].upos != GR_NOUN) {
        head_fillers(c, w->head, out);
    } else if (w->rel == GR_XCOMP && w->head != GR_NONE) {
        uint32_t object = gr_child(&c->tree, w->head, GR_OBJ, GR_SUB_OTHER);
        if (object == GR_NONE) object = noun_between(c, w->head, anchor);
        add_with_conjuncts(c, object != GR_NONE ? object : gr_surface_subject(c, w->head), out);
    }
}

/* "The town fell into the hands of X", "he is in custody", "suspects on the run". */
static void about_fillers(const gr_clause *c, uint32_t noun, gr_fillers *out) {
    const gr_word *w = &c->in->word[noun];
    uint32_t subject = gr_surface_subject(c, noun);
    if (gr_child(&c->tree, noun, GR_COP, GR_SUB_OTHER) == GR_NONE) subject = GR_NONE;
    if (subject == GR_NONE && w->head != GR_NONE && w->rel == GR_NMOD) subject = w->head;
    if (subject == GR_NONE && w->head != GR_NONE && (w->rel == GR_OBL || w->rel == GR_OBJ)) {
        uint32_t object = w->rel == GR_OBL ? object_of(c, w->head) : GR_NONE;
        subject = object != GR_NONE ? object : gr_surface_subject(c, w->head);
        if (object == GR_NONE && (c->in->word[w->head].rel == GR_ACL || c->in->word[w->head].rel == GR_AMOD))
            subject = c->in->word[w->head].head;
    }
    add_with_conjuncts(c, subject, out);
}

static void modifier_fillers(const gr_clause *c, uint32_t anchor, bool poss, gr_fillers *out) {
    for (uint32_t k = gr_next_child(&c->tree, anchor, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, anchor, k + 1)) {
        const gr_word *w = &c->in->word[k];
        bool is_poss = w->rel == GR_NMOD && w->subrel == GR_SUB_POSS;
        bool is_modifier = w->rel == GR_COMPOUND || w->rel == GR_AMOD ||
                           (w->rel == GR_NMOD && gr_case_of(&c->tree, k) == GR_NONE);
        if (poss ? is_poss : (is_modifier && !is_poss)) add_with_conjuncts(c, k, out);
    }
}

static void complement_fillers(const gr_clause *c, uint32_t anchor, gr_fillers *out) {
    for (uint32_t k = gr_next_child(&c->tree, anchor, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, anchor, k + 1)) {
        uint8_t rel = c->in->word[k].rel;
        bool infinitive = (c->in->word[k].feats & GR_INF) != 0;
        if (rel == GR_XCOMP || rel == GR_CCOMP || ((rel == GR_ACL || rel == GR_ADVCL) && infinitive))
            add(out, k);
        if (rel != GR_OBJ) continue; /* "urged the parties to talk", hung on the object */
        uint32_t below = gr_child(&c->tree, k, GR_ACL, GR_SUB_NONE);
        if (below != GR_NONE && c->in->word[below].feats & GR_INF) add(out, below);
    }
}

void gr_path_fillers(const gr_clause *c, uint32_t anchor, const gr_path *path, gr_fillers *out) {
    bool verb = c->in->word[anchor].upos == GR_VERB || c->in->word[anchor].upos == GR_AUX;
    uint32_t light = verb ? GR_NONE : gr_light_verb_of(c, anchor);
    switch (path->kind) {
    case GR_PATH_SUBJECT:
        verb ? gr_subjects(c, anchor, out) : noun_subjects(c, anchor, out);
        break;
    case GR_PATH_OBJECT:
        verb ? gr_objects(c, anchor, out) : noun_objects(c, anchor, out);
        break;
    case GR_PATH_BY:
        add_with_conjuncts(c, by_agent(c, anchor), out);
        if (light != GR_NONE) add_with_conjuncts(c, by_agent(c, light), out);
        break;
    case GR_PATH_POSS:
        modifier_fillers(c, anchor, true, out);
        break;
    case GR_PATH_COMPOUND:
        modifier_fillers(c, anchor, false, out);
        break;
    case GR_PATH_PREP:
        prep_children(c, anchor, path->preposition, out);
        if (light != GR_NONE) prep_children(c, light, path->preposition, out);
        if (!verb && !out->count) prep_of_occurrence(c, anchor, path->preposition, out);
        if (!out->count) (verb ? object_prep_children : prep_behind)(c, anchor, path->preposition, out);
        break;
    case GR_PATH_COMPLEMENT:
        complement_fillers(c, anchor, out);
        break;
    case GR_PATH_HEAD:
        head_fillers(c, anchor, out);
        break;
    case GR_PATH_ABOUT:
        if (!verb) about_fillers(c, anchor, out);
        break;
    case GR_PATH_SELF:
        add(out, anchor);
        break;
    }
}

/* "a section of the pipeline", "the front of the bank": a part of a thing stands for the thing. */
static uint32_t thing_of_part(const gr_clause *c, uint32_t token) {
    if (!gr_in_class(c, token, "part-noun")) return token;
    for (uint32_t k = gr_next_child(&c->tree, token, token + 1); k != GR_NONE;
         k = gr_next_child(&c->tree, token, k + 1))
        if (c->in->word[k].rel == GR_NMOD && gr_is_lemma(&c->tree, gr_case_of(&c->tree, k), "of") &&
            ((gr_properties_of(c, k) & GR_IS_FACILITY) || gr_in_class(c, k, "seat-noun")))
            return k;
    return token;
}

uint32_t gr_look_through(const gr_clause *c, uint32_t token) {
    token = thing_of_part(c, token);
    for (unsigned steps = 0; steps < 3; steps++) {
        bool of_next = token + 1 < c->tree.sentence->tok_end && gr_is_lemma(&c->tree, token + 1, "of");
        bool several = c->in->word[token].upos == GR_ADJ && c->in->word[token].rel != GR_AMOD && of_next;
        bool number = c->in->word[token].upos == GR_NUM || several; /* "and several of his men" */
        if (!number && !gr_in_class(c, token, "measure-noun")) return token;
        uint32_t inner = GR_NONE;
        for (uint32_t k = gr_next_child(&c->tree, token, token + 1); k != GR_NONE && inner == GR_NONE;
             k = gr_next_child(&c->tree, token, k + 1))
            if ((c->in->word[k].rel == GR_NMOD || (several && c->in->word[k].rel == GR_OBL)) &&
                (gr_is_lemma(&c->tree, gr_case_of(&c->tree, k), "of") ||
                 gr_is_lemma(&c->tree, gr_case_of(&c->tree, k), "among")))
                inner = k;
        if (inner == GR_NONE) return token;
        token = inner;
    }
    return token;
}
