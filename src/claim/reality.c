/* Negated, denied, planned, possible, ongoing, occurred: from the words on the anchor and on the verbs that
 * govern it. After the FactBank levels (Sauri and Pustejovsky 2009), in the six values of docs/claims.md. */
#include "claim/negation.h"

/* "did not flee", "no group has claimed it", "nobody was hurt", "there was no attack": a negating word bears
 * on the token, or stands right before it as a noun. */
static bool has_negator(const gr_clause *c, uint32_t token) {
    for (uint32_t i = c->tree.sentence->tok_begin; i < c->tree.sentence->tok_end; i++) {
        bool own = c->in->word[i].head == token && c->in->word[i].rel == GR_DETREL;
        if (gr_negated_by(c, i) == token || (own && gr_in_class(c, i, "negator"))) return true;
    }
    return false;
}

static bool has_possible(const gr_clause *c, uint32_t token) {
    for (uint32_t k = gr_next_child(&c->tree, token, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, token, k + 1)) {
        uint8_t rel = c->in->word[k].rel;
        if ((rel == GR_AUXREL || rel == GR_ADVMOD || rel == GR_AMOD) && gr_in_class(c, k, "possible-word"))
            return true;
        if (rel == GR_MARK && (gr_is_lemma(&c->tree, k, "if") || gr_is_lemma(&c->tree, k, "unless") ||
                               gr_is_lemma(&c->tree, k, "whether")))
            return true;
    }
    return false;
}

static bool has_aux(const gr_clause *c, uint32_t token, const char *const *lemmas, size_t count) {
    for (uint32_t k = gr_next_child(&c->tree, token, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, token, k + 1))
        for (size_t i = 0; i < count; i++)
            if (c->in->word[k].rel == GR_AUXREL && gr_is_lemma(&c->tree, k, lemmas[i])) return true;
    return false;
}

static bool is_future(const gr_clause *c, uint32_t token) {
    static const char *const lemmas[] = {"will", "shall", "would", "wo", "should", "must"};
    return has_aux(c, token, lemmas, 6);
}

/* The verb or one of its auxiliaries has the feature. */
static bool has_form(const gr_clause *c, uint32_t verb, uint32_t feat) {
    if (c->in->word[verb].feats & feat) return true;
    for (uint32_t k = gr_next_child(&c->tree, verb, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, verb, k + 1))
        if ((c->in->word[k].rel == GR_AUXREL || c->in->word[k].rel == GR_COP) && c->in->word[k].feats & feat)
            return true;
    return false;
}

bool gr_is_conditional(const gr_clause *c, uint32_t verb) {
    if (has_form(c, verb, GR_COND)) return true;
    uint32_t light = c->in->word[verb].upos == GR_NOUN ? gr_light_verb_of(c, verb) : GR_NONE;
    return light != GR_NONE && has_form(c, light, GR_COND);
}

static bool has_to(const gr_clause *c, uint32_t token) {
    for (uint32_t k = gr_next_child(&c->tree, token, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, token, k + 1))
        if (c->in->word[k].rel == GR_MARK && gr_is_lemma(&c->tree, k, "to")) return true;
    return false;
}

/* "shot", "overran": the written form is that of no present tense; "hit", "cut" may be. */
static bool looks_past(const gr_clause *c, uint32_t token) {
    static const char *const both[] = {"hit",   "cut",  "put",  "set",  "hurt", "shut",
                                       "split", "quit", "cost", "beat", "shed"};
    gr_slice key = c->in->who->key[token];
    for (size_t i = 0; i < sizeof both / sizeof *both; i++)
        if (gr_eq(key, gr_slice_of(both[i]))) return true;
    return !gr_eq(key, c->tree.lemma[token]) && !gr_ends(key, GR_S("s"));
}

static bool is_present(const gr_clause *c, uint32_t token) {
    uint32_t feats = c->in->word[token].feats;
    for (uint32_t k = gr_next_child(&c->tree, token, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, token, k + 1)) {
        uint8_t rel = c->in->word[k].rel;
        if (rel != GR_AUXREL && rel != GR_COP) continue;
        if (gr_is_lemma(&c->tree, k, "have")) return false;
        return (c->in->word[k].feats & GR_PRES) != 0;
    }
    return (feats & GR_PRES) && (feats & GR_FIN) && !looks_past(c, token);
}

static bool is_progressive(const gr_clause *c, uint32_t token) {
    uint32_t be = gr_child(&c->tree, token, GR_AUXREL, GR_SUB_NONE);
    uint32_t feats = c->in->word[token].feats;
    bool ing = (feats & GR_GER) || ((feats & GR_PART_FORM) && (feats & GR_PRES));
    return ing && gr_is_lemma(&c->tree, be, "be") && (c->in->word[be].feats & GR_PRES);
}

typedef enum verdict { OPEN, NEGATED, DENIED, PLANNED, POSSIBLE, ONGOING, SETTLED } verdict;

/* "forced herders to pay", "managed to flee": the infinitive is as true as the verb above it. */
static bool carries_truth(const gr_clause *c, uint32_t governor) {
    return gr_in_class(c, governor, "implicative-verb");
}

/* A verb with its particle where it has one: "call off" is no "call". */
static bool is_of_class(const gr_clause *c, uint32_t token, const char *name) {
    uint32_t particle = gr_child(&c->tree, token, GR_COMPOUND, GR_SUB_PRT);
    if (particle == GR_NONE || c->in->word[token].upos != GR_VERB) return gr_in_class(c, token, name);
    gr_slice words =
        gr_printf(c->arena, "%.*s %.*s", GR_FMT(c->tree.lemma[token]), GR_FMT(c->tree.lemma[particle]));
    for (const gr_sense *s = gr_senses_of(c->in->know, words); s; s = s->next)
        if (s->kind == GR_SENSE_CLASS && gr_eq(c->in->know->word_class[s->index].name, gr_slice_of(name)))
            return true;
    return false;
}

/* The verb; "a border dispute" denies nothing. */
static bool is_denial(const gr_clause *c, uint32_t token) {
    return c->in->word[token].upos == GR_VERB && gr_in_class(c, token, "deny-verb");
}

/* "denied reports that its troops had fled": the clause hangs on the noun, the noun on the denial. */
static bool denied_content(const gr_clause *c, uint32_t noun) {
    uint32_t over = c->in->word[noun].head;
    if (c->in->word[noun].upos != GR_NOUN || c->in->word[noun].rel != GR_OBJ || over == GR_NONE) return false;
    return is_denial(c, over) &&
           (gr_in_class(c, noun, "source-noun") || gr_in_class(c, noun, "allegation-word"));
}

/* "after the killing of a leader", "amid clashes": what a plan answers to has happened. */
static bool is_circumstance(const gr_clause *c, uint32_t token) {
    static const char *const words[] = {"after",   "following", "since", "amid",  "amidst",
                                        "despite", "because",   "over",  "given", "citing"};
    uint32_t word = gr_case_of(&c->tree, token);
    if (word == GR_NONE || c->in->word[token].rel != GR_OBL) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (gr_is_lemma(&c->tree, word, words[i])) return true;
    return false;
}

/* "postponed the vote", "a delay in delivery": not yet. */
static bool is_put_off(const gr_clause *c, uint32_t governor, uint32_t below) {
    const gr_word *w = &c->in->word[below];
    bool passive = w->rel == GR_NSUBJ && w->subrel == GR_SUB_PASS;
    bool noun = c->in->word[governor].upos == GR_NOUN && (w->rel == GR_NMOD || w->rel == GR_ACL);
    return is_of_class(c, governor, "delay-word") &&
           (passive || noun || w->rel == GR_OBJ || w->rel == GR_XCOMP);
}

bool gr_is_put_off(const gr_clause *c, uint32_t token) {
    uint32_t up = c->in->word[token].head;
    if (up != GR_NONE && is_put_off(c, up, token)) return true;
    uint32_t participle = gr_child(&c->tree, token, GR_AMOD, GR_SUB_OTHER);
    return gr_in_class(c, participle, "delay-word");
}

/* "the cancelled deal", "instead of attacking", "rather than flee". */
static bool is_undone(const gr_clause *c, uint32_t token) {
    for (uint32_t k = gr_next_child(&c->tree, token, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, token, k + 1)) {
        uint8_t rel = c->in->word[k].rel;
        bool before = rel == GR_CASE || rel == GR_MARK || rel == GR_CC;
        if (rel == GR_AMOD && gr_in_class(c, k, "prevented-word")) return true;
        if (before && (gr_is_lemma(&c->tree, k, "instead") || gr_is_lemma(&c->tree, k, "rather")))
            return true;
    }
    return false;
}

/* What one governing word says of what it governs through `rel`. */
static verdict governor_verdict(const gr_clause *c, uint32_t governor, uint32_t below) {
    const gr_word *w = &c->in->word[below];
    bool infinitive = has_to(c, below) || (w->feats & GR_INF);
    if ((w->rel == GR_ACL || w->rel == GR_CCOMP) && denied_content(c, governor)) return DENIED;
    bool adverbial =
        w->rel == GR_ADVCL && (below < governor || below > governor + 2); /* not "denied attacking" */
    bool condemned =
        w->rel == GR_OBJ && gr_is_lemma(&c->tree, governor, "reject"); /* "rejected the murder" */
    if (is_denial(c, governor) && w->rel != GR_NSUBJ && !adverbial && !condemned) return DENIED;
    if (w->rel == GR_NSUBJ && w->subrel != GR_SUB_PASS && !gr_in_class(c, governor, "light-verb"))
        return SETTLED;
    bool from = w->rel == GR_ADVCL &&
                (gr_is_lemma(&c->tree, gr_child(&c->tree, below, GR_MARK, GR_SUB_OTHER), "from") ||
                 gr_is_lemma(&c->tree, gr_case_of(&c->tree, below), "from"));
    if (gr_in_class(c, governor, "prevent-word") && from) return NEGATED; /* "refrained from attacking" */
    if (is_circumstance(c, below)) return OPEN;
    if (is_of_class(c, governor, "prevent-word") &&
        (w->rel == GR_XCOMP || w->rel == GR_OBJ || w->rel == GR_CCOMP || w->rel == GR_NSUBJ))
        return NEGATED;
    if (gr_in_class(c, governor, "absence-noun") && (w->rel == GR_NMOD || w->rel == GR_ACL)) return NEGATED;
    if (is_put_off(c, governor, below)) return PLANNED;
    bool passive = w->rel == GR_NSUBJ && w->subrel == GR_SUB_PASS; /* "talks are expected to resume" */
    bool named = gr_is_lemma(&c->tree, governor, "call") && w->rel == GR_OBJ &&
                 gr_child(&c->tree, governor, GR_XCOMP, GR_SUB_OTHER) != GR_NONE; /* "called it shocking" */
    if (named) return OPEN;
    bool done = gr_is_lemma(&c->tree, governor, "commit") && !infinitive && /* "committed the murder" */
                (passive || w->rel == GR_OBJ);
    if (is_of_class(c, governor, "plan-word") && !done &&
        (infinitive || passive || w->rel == GR_OBJ || w->rel == GR_OBL))
        return PLANNED;
    if (gr_in_class(c, governor, "plan-noun") && (infinitive || w->rel == GR_NMOD || w->rel == GR_ACL))
        return PLANNED;
    if (gr_in_class(c, governor, "attempt-word") && w->rel == GR_XCOMP) return POSSIBLE;
    if (gr_in_class(c, governor, "possible-word") && (w->rel == GR_NMOD || w->rel == GR_ACL || infinitive))
        return POSSIBLE;
    if (gr_in_class(c, governor, "phase-word") &&
        (w->rel == GR_XCOMP || w->rel == GR_OBJ || w->rel == GR_NSUBJ))
        return ONGOING;
    return OPEN;
}

static verdict own_verdict(const gr_clause *c, uint32_t token) {
    if (has_negator(c, token) || is_undone(c, token)) return NEGATED;
    if (is_future(c, token) || has_form(c, token, GR_FUT)) return PLANNED;
    if (has_possible(c, token)) return POSSIBLE;
    return OPEN;
}

/* True when what stands below keeps the governor's truth: "managed to", "started to", participles, objects.
 */
static bool passes_down(const gr_word *below) {
    return below->rel == GR_XCOMP || below->rel == GR_OBJ || below->rel == GR_CONJ ||
           below->rel == GR_NSUBJ || below->rel == GR_OBL || below->rel == GR_NMOD || below->rel == GR_ACL ||
           below->rel == GR_ADVCL || below->rel == GR_CCOMP || below->rel == GR_COMPOUND;
}

/* "has held the town since June", "has been under siege since": a state that has not ended. */
static bool lasts_since(const gr_clause *c, uint32_t token) {
    uint32_t at = token;
    for (unsigned steps = 0; at != GR_NONE && steps < 3; steps++, at = c->in->word[at].head) {
        static const char *const have[] = {"have"};
        if (!has_aux(c, at, have, 1)) continue;
        for (uint32_t k = c->tree.sentence->tok_begin; k < c->tree.sentence->tok_end; k++)
            if (gr_is_lemma(&c->tree, k, "have") && c->in->word[k].head == at &&
                (c->in->word[k].feats & GR_PAST))
                return false;
        for (uint32_t i = 0; i < c->time_count; i++)
            if (c->time[i].since) return true;
    }
    return false;
}

static bool is_state(const gr_rule *rule) {
    return rule->state || rule->kind == GR_KIND_PRESENCE || rule->kind == GR_KIND_CUSTODY;
}

static gr_reality present_reality(const gr_clause *c, uint32_t anchor, const gr_rule *rule) {
    uint8_t upos = c->in->word[anchor].upos;
    if (rule->speech) return GR_OCCURRED;
    if (is_progressive(c, anchor)) return GR_ONGOING;
    if (rule->state && lasts_since(c, anchor)) return GR_ONGOING;
    bool verb = upos == GR_VERB;
    bool finite = verb || (is_state(rule) && gr_child(&c->tree, anchor, GR_COP, GR_SUB_OTHER) != GR_NONE);
    if (finite && is_present(c, anchor) && (is_state(rule) || !gr_is_passive(c, anchor))) return GR_ONGOING;
    return GR_OCCURRED;
}

static gr_reality of_verdict(verdict v) {
    switch (v) {
    case NEGATED:
        return GR_NEGATED;
    case DENIED:
        return GR_DENIED;
    case PLANNED:
        return GR_PLANNED;
    case POSSIBLE:
        return GR_POSSIBLE;
    case ONGOING:
        return GR_ONGOING;
    default:
        return GR_OCCURRED;
    }
}

/* A clause of purpose or an infinitive that nothing has made true yet: "to be deployed", "to fight". */
static bool is_purpose(const gr_clause *c, uint32_t token) {
    const gr_word *w = &c->in->word[token];
    return has_to(c, token) &&
           (w->rel == GR_ADVCL || w->rel == GR_ACL || w->rel == GR_ROOT || w->rel == GR_CONJ);
}

/* "continue to shell the town; a woman was hurt": the past of a verb of its own is no present of another's.
 */
static bool tells_past(const gr_clause *c, uint32_t verb) {
    uint32_t subject = gr_child(&c->tree, verb, GR_NSUBJ, GR_SUB_OTHER);
    if (c->in->word[verb].upos != GR_VERB || subject == GR_NONE || subject > verb) return false;
    uint32_t aux = gr_child(&c->tree, verb, GR_AUXREL, GR_SUB_OTHER);
    uint32_t feats = c->in->word[aux == GR_NONE ? verb : aux].feats;
    return (feats & GR_PAST) && !(feats & GR_PART_FORM);
}

gr_reality gr_reality_at(const gr_clause *c, uint32_t anchor, const gr_rule *rule) {
    if (rule->reality) return (gr_reality)(rule->reality - 1);
    uint32_t at = anchor;
    bool by_conjunct = false;
    for (unsigned steps = 0; steps < 6; steps++) {
        verdict v = own_verdict(c, at);
        if (by_conjunct && v == NEGATED) v = OPEN; /* "did not flee but fought" */
        uint32_t up = c->in->word[at].head;
        bool carried = up != GR_NONE && carries_truth(c, up);
        bool shown = rule->speech && c->in->word[at].rel == GR_ADVCL; /* "marched to demand" */
        if (v == OPEN && !carried && !shown && is_purpose(c, at)) v = PLANNED;
        if (v == OPEN && up != GR_NONE) v = governor_verdict(c, up, at);
        if (v == SETTLED) break;
        if (v != OPEN) return of_verdict(v);
        if (up == GR_NONE || !passes_down(&c->in->word[at])) break;
        if (c->in->word[at].upos == GR_NOUN && c->in->word[at].rel != GR_CONJ &&
            !gr_in_class(c, up, "light-verb"))
            break;
        if (carried) {
            at = up;
            continue;
        }
        if (c->in->word[at].rel == GR_ADVCL || c->in->word[at].rel == GR_NMOD ||
            c->in->word[at].rel == GR_ACL || c->in->word[at].rel == GR_OBL ||
            c->in->word[at].rel == GR_CCOMP) {
            /* only what governs it directly can unmake it: "in an attack that may ..." says nothing of the
             * attack */
            break;
        }
        by_conjunct = c->in->word[at].rel == GR_CONJ;
        at = up;
    }
    gr_reality own = present_reality(c, anchor, rule);
    if (own == GR_OCCURRED && at != anchor && !tells_past(c, anchor)) own = present_reality(c, at, rule);
    return own;
}

/* ---- the end of what lasts ---- */

/* "fell apart": what makes the verb an end may be an adverb right behind it. */
static bool is_end_word(const gr_clause *c, uint32_t verb, const char *name) {
    uint32_t next = verb + 1;
    if (is_of_class(c, verb, name)) return true;
    if (next >= c->tree.sentence->tok_end || c->in->word[next].head != verb ||
        c->in->word[next].rel != GR_ADVMOD)
        return false;
    gr_slice words =
        gr_printf(c->arena, "%.*s %.*s", GR_FMT(c->tree.lemma[verb]), GR_FMT(c->tree.lemma[next]));
    for (const gr_sense *s = gr_senses_of(c->in->know, words); s; s = s->next)
        if (s->kind == GR_SENSE_CLASS && gr_eq(c->in->know->word_class[s->index].name, gr_slice_of(name)))
            return true;
    return false;
}

/* "broke off talks", "the truce expired", "withdrew from the pact", "talks were called off". */
static bool is_ending(const gr_clause *c, uint32_t verb, uint32_t below) {
    const gr_word *w = &c->in->word[below];
    bool object = w->rel == GR_OBJ || (w->rel == GR_NSUBJ && w->subrel == GR_SUB_PASS);
    bool subject = w->rel == GR_NSUBJ && w->subrel != GR_SUB_PASS;
    if (object) return is_end_word(c, verb, "end-verb");
    if (subject && gr_child(&c->tree, verb, GR_XCOMP, GR_SUB_NONE) != GR_NONE) return false;
    if (subject) return is_end_word(c, verb, "come-to-end");
    uint32_t word = gr_case_of(&c->tree, below);
    bool from = word != GR_NONE && (gr_is_lemma(&c->tree, word, "from") || gr_is_lemma(&c->tree, word, "of"));
    return w->rel == GR_OBL && from && (is_end_word(c, verb, "leave-verb"));
}

/* "the collapse of the ceasefire" */
static bool is_end_of(const gr_clause *c, uint32_t noun, uint32_t below) {
    uint32_t word = gr_case_of(&c->tree, below);
    return c->in->word[below].rel == GR_NMOD && word != GR_NONE && gr_is_lemma(&c->tree, word, "of") &&
           gr_in_class(c, noun, "end-noun");
}

/* What happened to the end itself: it was denied, is planned, or may come. */
static bool is_open_end(const gr_clause *c, uint32_t end) {
    if (own_verdict(c, end) != OPEN || is_purpose(c, end)) return true;
    uint32_t up = c->in->word[end].head;
    if (up == GR_NONE) return false;
    if (carries_truth(c, up)) return own_verdict(c, up) != OPEN;
    verdict v = governor_verdict(c, up, end);
    return v != OPEN && v != SETTLED && v != ONGOING;
}

gr_phase gr_phase_at(const gr_clause *c, uint32_t anchor) {
    uint32_t up = c->in->word[anchor].head;
    if (c->in->word[anchor].upos != GR_NOUN || up == GR_NONE) return GR_PHASE_OPEN;
    bool verb = c->in->word[up].upos == GR_VERB;
    if (verb ? !is_ending(c, up, anchor) : !is_end_of(c, up, anchor)) return GR_PHASE_OPEN;
    return is_open_end(c, up) ? GR_PHASE_LASTS : GR_PHASE_ENDED;
}
