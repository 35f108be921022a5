#include "find/reread.h"

#include "find/tree.h"
#include "know/rules.h"

typedef struct reader {
    const gr_knowledge *know;
    gr_word *word;
    const gr_slice *key;    /* folded form per token */
    const uint32_t *anchor; /* gr_keys.anchor */
    const gr_sentence *sentence;
    gr_tree tree; /* without lemmas: for walking children only */
} reader;

static bool among(const reader *r, uint32_t token, const char *const *words, size_t count) {
    if (token < r->sentence->tok_begin || token >= r->sentence->tok_end) return false;
    return gr_is_among(r->key[token], words, count);
}
#define AMONG(r, token, list) among(r, token, list, sizeof(list) / sizeof *(list))

static bool is_nominal(const gr_word *w) {
    return w->upos == GR_NOUN || w->upos == GR_PROPN || w->upos == GR_PRON;
}

static void hang(const reader *r, uint32_t token, uint32_t head, gr_rel rel, gr_subrel subrel) {
    if (head != GR_NONE && gr_below(&r->tree, head, token)) return;
    r->word[token].head = head;
    r->word[token].rel = (uint8_t)rel;
    r->word[token].subrel = (uint8_t)subrel;
}

static bool has_child(const reader *r, uint32_t token, gr_rel rel) {
    return gr_child(&r->tree, token, rel, GR_SUB_OTHER) != GR_NONE;
}

/* "ECOWAS imposed sanctions, closed its borders": the verb behind the comma shares the subject. */
static bool is_serial(const reader *r, uint32_t noun) {
    uint32_t begin, end, over = r->word[noun].head;
    if (r->word[noun].rel != GR_NSUBJ || over == GR_NONE || over < noun || r->word[over].upos != GR_VERB)
        return false;
    gr_subtree(&r->tree, noun, &begin, &end);
    return end < over && gr_eq(r->tree.text->token[end].form, GR_S(",")) && !has_child(r, over, GR_AUXREL);
}

static bool makes_finite(const reader *r, uint32_t verb) {
    return !has_child(r, verb, GR_AUXREL) && !has_child(r, verb, GR_COP) && !has_child(r, verb, GR_MARK);
}

/* What hangs on `from` between the two tokens (half-open) goes over to `to`, relations kept. */
static void move_children(const reader *r, uint32_t from, uint32_t to, uint32_t begin, uint32_t end) {
    for (uint32_t k = gr_next_child(&r->tree, from, begin); k != GR_NONE && k < end;
         k = gr_next_child(&r->tree, from, k + 1))
        hang(r, k, to, (gr_rel)r->word[k].rel, (gr_subrel)r->word[k].subrel);
}

/* The verb takes the place of the noun that it was hung on. */
static void take_place(const reader *r, uint32_t verb, uint32_t noun) {
    gr_word *v = &r->word[verb], *n = &r->word[noun];
    v->head = n->head;
    v->rel = n->rel;
    v->subrel = n->subrel;
    v->feats = GR_PAST | GR_FIN;
    n->head = verb;
}

/* What belongs to the clause and not to the noun phrase goes over to the verb. */
static void move_clause_parts(const reader *r, uint32_t from, uint32_t verb, uint32_t keep) {
    for (uint32_t k = gr_next_child(&r->tree, from, 0); k != GR_NONE;
         k = gr_next_child(&r->tree, from, k + 1)) {
        uint8_t rel = r->word[k].rel;
        bool clausal = rel == GR_PUNCTREL || rel == GR_ADVCL || rel == GR_PARATAXIS || rel == GR_OBL ||
                       rel == GR_ADVMOD || rel == GR_MARK || rel == GR_DISCOURSE || rel == GR_CCOMP ||
                       rel == GR_XCOMP || (rel == GR_CONJ && r->word[k].upos == GR_VERB) ||
                       (rel == GR_CC && k < from && k < verb);
        bool inside = rel == GR_OBL && k > from && k < verb; /* "clashes between X and Y injured" */
        if (k != verb && k != keep && clausal && !inside)
            hang(r, k, verb, (gr_rel)rel, (gr_subrel)r->word[k].subrel);
    }
}

/* The noun phrase that ends right before `verb`: its head, when that is a nominal hung on `noun` or on the
 * verb as only a misread subject is. */
static uint32_t subject_before(const reader *r, uint32_t verb, uint32_t noun) {
    if (verb == r->sentence->tok_begin) return GR_NONE;
    if (gr_eq(r->tree.text->token[verb - 1].form, GR_S("-"))) return GR_NONE; /* "rebel-held" */
    uint32_t last = verb - 1;
    while (last > r->sentence->tok_begin && r->word[last].upos == GR_ADV) last--;
    uint32_t at = last;
    for (unsigned steps = 0; steps < 8 && r->word[at].head != GR_NONE && r->word[at].head < verb; steps++)
        at = r->word[at].head;
    const gr_word *w = &r->word[at];
    if (!is_nominal(w) || has_child(r, at, GR_CASE)) return GR_NONE;
    bool plain = w->rel == GR_NSUBJ || w->rel == GR_OBL || w->rel == GR_DEP || w->rel == GR_PARATAXIS ||
                 w->rel == GR_DISLOCATED || w->rel == GR_VOCATIVE;
    bool determined =
        has_child(r, at, GR_DETREL) || w->upos == GR_PROPN || w->upos == GR_PRON || (w->feats & GR_PLUR);
    /* no compound stands before an adjective: "Uganda deployed tanks" */
    bool inside = (w->rel == GR_COMPOUND || w->rel == GR_NMOD) &&
                  (has_child(r, at, GR_DETREL) || has_child(r, noun, GR_DETREL) ||
                   r->word[noun].rel == GR_ROOT || is_serial(r, noun));
    if (w->head != noun && w->head != verb) return GR_NONE;
    return (plain && determined) || inside ? at : GR_NONE;
}

/* "The army denied reports", read as a phrase whose head is "reports". */
static void reread_modifier(const reader *r, uint32_t verb) {
    const gr_word *v = &r->word[verb];
    uint32_t noun = v->head;
    bool participle = v->upos == GR_VERB ? (v->feats & GR_PAST) != 0
                                         : v->upos == GR_ADJ && gr_ends(r->key[verb], GR_S("ed"));
    if (!participle || v->rel != GR_AMOD || noun == GR_NONE || noun < verb) return;
    if (!is_nominal(&r->word[noun]) || has_child(r, noun, GR_COP) || has_child(r, noun, GR_CASE)) return;
    uint32_t subject = subject_before(r, verb, noun);
    if (subject == GR_NONE || !makes_finite(r, verb)) return;
    uint32_t next = is_serial(r, noun) ? r->word[noun].head : GR_NONE;
    take_place(r, verb, noun);
    if (next != GR_NONE) { /* the two verbs change places */
        gr_word *v2 = &r->word[next];
        r->word[verb].head = v2->head, r->word[verb].rel = v2->rel, r->word[verb].subrel = v2->subrel;
        v2->head = verb, v2->rel = GR_CONJ, v2->subrel = GR_SUB_NONE;
    }
    r->word[verb].upos = GR_VERB;
    r->word[noun].rel = GR_OBJ;
    r->word[noun].subrel = GR_SUB_NONE;
    move_clause_parts(r, noun, verb, subject);
    uint32_t article = gr_child(&r->tree, noun, GR_DETREL, GR_SUB_OTHER);
    if (article != GR_NONE && article < subject) hang(r, article, subject, GR_DETREL, GR_SUB_NONE);
    hang(r, subject, verb, GR_NSUBJ, GR_SUB_NONE);
}

static bool ends_as_sentence(const reader *r) {
    gr_slice last = r->tree.text->token[r->sentence->tok_end - 1].form;
    return gr_eq(last, GR_S(".")) || gr_eq(last, GR_S("\"")) || gr_eq(last, GR_S("\xE2\x80\x9D"));
}

/* Verbs without an object that can be acted on: what stands before them does them. */
static bool is_never_passive(const reader *r, uint32_t verb) {
    static const char *const words[] = {
        "crossed",  "arrived",   "rolled",  "mutinied",    "marched",  "poured",   "retreated",    "fled",
        "advanced", "gathered",  "clashed", "fought",      "died",     "fell",     "returned",     "withdrew",
        "defected", "escaped",   "rallied", "protested",   "came",     "went",     "demonstrated", "rebelled",
        "landed",   "collapsed", "erupted", "broke",       "began",    "occurred", "intervened",   "met",
        "agreed",   "joined",    "vowed",   "surrendered", "remained", "preached", "disappeared",  "roamed",
        "perished", "succumbed", "trekked", "streamed",    "flocked",  "vanished", "rampaged",     "prowled",
        "operated", "persisted"};
    return AMONG(r, verb, words);
}

/* "Tanks rolled into the city.": a sentence whose only verb hangs on its first noun as a participle. */
static void reread_root(const reader *r, uint32_t root) {
    if (!is_nominal(&r->word[root]) || r->word[root].rel != GR_ROOT || has_child(r, root, GR_COP) ||
        has_child(r, root, GR_NSUBJ) || has_child(r, root, GR_CASE))
        return;
    uint32_t verb = GR_NONE;
    for (uint32_t k = gr_next_child(&r->tree, root, root + 1); k != GR_NONE && verb == GR_NONE;
         k = gr_next_child(&r->tree, root, k + 1))
        if (r->word[k].upos == GR_VERB && ((r->word[k].rel == GR_ACL && r->word[k].subrel != GR_SUB_RELCL) ||
                                           (r->word[k].rel == GR_PARATAXIS && !has_child(r, k, GR_NSUBJ))))
            verb = k;
    if (verb == GR_NONE || !(r->word[verb].feats & GR_PAST) || !makes_finite(r, verb)) return;
    bool active = is_never_passive(r, verb) || gr_child(&r->tree, verb, GR_OBJ, GR_SUB_OTHER) != GR_NONE;
    if (!active || !ends_as_sentence(r)) return;
    take_place(r, verb, root);
    r->word[root].rel = GR_NSUBJ;
    r->word[root].subrel = GR_SUB_NONE;
    move_clause_parts(r, root, verb, GR_NONE);
}

static bool anchors_with(const reader *r, uint32_t verb, gr_slice with) {
    uint32_t stem = r->anchor[verb];
    if (stem == GR_MAP_NONE || stem == 0) return false;
    const gr_rules *rules = r->know->rules;
    uint32_t at = gr_map_get(&rules->by_lemma, r->know->anchor_lemma[stem]);
    for (uint32_t i = 0; at != GR_MAP_NONE && i < rules->list[at].count; i++) {
        uint32_t entry = rules->list[at].rule[i];
        if (gr_eq(rules->rule[entry >> 8].anchor[entry & 255].with, with)) return true;
    }
    return false;
}

/* "handed over the bodies", "over 14 prisoners", "handed in their rifles": the particle belongs to the verb,
 * the noun behind it is the object. */
static void reread_particle(const reader *r, uint32_t particle) {
    static const char *const particles[] = {"over", "in",   "up",   "off",  "down",
                                            "out",  "away", "back", "aside"};
    if (particle == r->sentence->tok_begin) return;
    uint32_t verb = particle - 1, noun = r->word[particle].head;
    if (r->word[verb].upos != GR_VERB || !AMONG(r, particle, particles) || noun == GR_NONE ||
        noun <= particle)
        return;
    if (r->word[noun].head > particle && r->word[noun].head != GR_NONE && r->word[noun].rel != GR_OBL)
        noun = r->word[noun].head; /* "over 14 prisoners": by way of the number */
    uint8_t rel = r->word[noun].rel;
    if (r->word[noun].head != verb || (rel != GR_OBL && rel != GR_OBJ && rel != GR_NMOD)) return;
    if (has_child(r, verb, GR_OBJ) && rel != GR_OBJ) return;
    if (gr_child(&r->tree, verb, GR_AUXREL, GR_SUB_PASS) != GR_NONE) return;
    for (uint32_t k = gr_next_child(&r->tree, noun, 0); k != GR_NONE;
         k = gr_next_child(&r->tree, noun, k + 1))
        if (k != particle && r->word[k].rel == GR_CASE) return; /* "out of" */
    if (!anchors_with(r, verb, r->key[particle])) return;
    hang(r, particle, verb, GR_COMPOUND, GR_SUB_PRT);
    hang(r, noun, verb, GR_OBJ, GR_SUB_NONE);
}

/* "took four aid workers hostage": two nouns, the first the object. */
static void reread_hostage(const reader *r, uint32_t token) {
    static const char *const words[] = {"hostage", "captive", "prisoner"};
    uint32_t verb = r->word[token].head;
    if (!AMONG(r, token, words) || token == r->sentence->tok_begin || verb == GR_NONE) return;
    uint32_t people = token - 1;
    if (r->word[token].rel != GR_OBJ || r->word[people].head != token || !(r->word[people].feats & GR_PLUR))
        return;
    hang(r, people, verb, GR_OBJ, GR_SUB_NONE);
    move_children(r, token, people, r->sentence->tok_begin, token);
    hang(r, token, verb, GR_XCOMP, GR_SUB_NONE);
}

/* "claimed the ambush four days later": a number inside a phrase starts the next one. */
static void reread_time_object(const reader *r, uint32_t unit) {
    static const char *const units[] = {"day",    "days", "week",  "weeks", "month",
                                        "months", "year", "years", "hour",  "hours"};
    uint32_t verb = r->word[unit].head;
    if (r->word[unit].rel != GR_OBJ || verb == GR_NONE || !AMONG(r, unit, units)) return;
    uint32_t number = gr_child(&r->tree, unit, GR_NUMMOD, GR_SUB_OTHER);
    if (number == GR_NONE || number <= verb + 1 || number > unit) return;
    uint32_t noun = number - 1;
    if (r->word[noun].head != unit || !is_nominal(&r->word[noun])) return;
    hang(r, noun, verb, GR_OBJ, GR_SUB_NONE);
    move_children(r, unit, noun, r->sentence->tok_begin, noun);
    hang(r, unit, verb, GR_OBL, GR_SUB_TMOD);
}

/* "plans", "says", "hopes": verbs that the lexicon knows by what they do to others. */
static bool is_cue_verb(const reader *r, uint32_t token) {
    static const char *const classes[] = {"plan-word", "say-verb", "claim-verb", "deny-verb"};
    gr_slice key = r->key[token];
    if (key.len < 3 || !gr_ends(key, GR_S("s"))) return false;
    for (const gr_sense *s = gr_senses_of(r->know, gr_sub(key, 0, key.len - 1)); s; s = s->next)
        for (size_t i = 0; s->kind == GR_SENSE_CLASS && i < sizeof classes / sizeof *classes; i++)
            if (gr_eq(r->know->word_class[s->index].name, gr_slice_of(classes[i]))) return true;
    return false;
}

static bool anchors_verb(const reader *r, uint32_t token) {
    if (is_cue_verb(r, token)) return true;
    uint32_t stem = r->anchor[token];
    if (stem == GR_MAP_NONE || stem == 0) return false;
    const gr_rules *rules = r->know->rules;
    uint32_t at = gr_map_get(&rules->by_lemma, r->know->anchor_lemma[stem]);
    for (uint32_t i = 0; at != GR_MAP_NONE && i < rules->list[at].count; i++) {
        uint32_t entry = rules->list[at].rule[i];
        if (rules->rule[entry >> 8].anchor[entry & 255].pos & GR_ANCHOR_VERB) return true;
    }
    return false;
}

/* "The group rules the province", "Militants preach in the mosques": a noun with a subject of its own, and
 * with an object or the form of a verb that rules know, is a verb. */
static void reread_noun(const reader *r, uint32_t token) {
    gr_word *w = &r->word[token];
    uint32_t subject = w->upos == GR_NOUN ? gr_child(&r->tree, token, GR_NSUBJ, GR_SUB_NONE) : GR_NONE;
    if (subject == GR_NONE || subject > token) return;
    if (has_child(r, token, GR_COP) || has_child(r, token, GR_DETREL)) return;
    uint32_t object = gr_child(&r->tree, token, GR_OBJ, GR_SUB_OTHER);
    if ((object == GR_NONE || object < token) && !(w->rel == GR_ROOT && anchors_verb(r, token))) return;
    w->upos = GR_VERB;
    w->feats = GR_PRES | GR_FIN;
}

static bool has_finite_verb(const reader *r) {
    for (uint32_t i = r->sentence->tok_begin; i < r->sentence->tok_end; i++)
        if (r->word[i].upos == GR_AUX || (r->word[i].upos == GR_VERB && (r->word[i].feats & GR_FIN)))
            return true;
    return false;
}

/* "Insecurity hampers the delivery.", "The militia fights alongside the army.": a sentence without a verb
 * whose second noun has the form of one. */
static void reread_third_person(const reader *r, uint32_t root) {
    if (r->word[root].rel != GR_ROOT || !is_nominal(&r->word[root]) || !ends_as_sentence(r) ||
        has_finite_verb(r))
        return;
    uint32_t verb = GR_NONE;
    for (uint32_t i = r->sentence->tok_begin + 1; i < r->sentence->tok_end && verb == GR_NONE; i++)
        if ((i == root || r->word[i].head == root) && is_nominal(&r->word[i]) &&
            is_nominal(&r->word[i - 1]) && gr_ends(r->key[i], GR_S("s")) && r->word[i - 1].head == i &&
            anchors_verb(r, i))
            verb = i;
    if (verb == GR_NONE || has_child(r, root, GR_CASE)) return;
    uint32_t subject = verb - 1;
    if (verb != root) {
        take_place(r, verb, root);
        hang(r, root, verb, GR_OBJ, GR_SUB_NONE);
        move_clause_parts(r, root, verb, subject);
    }
    r->word[verb].upos = GR_VERB;
    r->word[verb].feats = GR_PRES | GR_FIN;
    hang(r, subject, verb, GR_NSUBJ, GR_SUB_NONE);
    for (uint32_t k = gr_next_child(&r->tree, verb, 0); k != GR_NONE;
         k = gr_next_child(&r->tree, verb, k + 1)) {
        uint8_t rel = r->word[k].rel;
        if (k < subject && rel != GR_PUNCTREL) hang(r, k, subject, (gr_rel)rel, (gr_subrel)r->word[k].subrel);
        if (k > verb && rel == GR_NMOD) r->word[k].rel = GR_OBL;
        if (k > verb && rel == GR_APPOS) r->word[k].rel = GR_OBJ;
    }
}

static const gr_sense *people_sense(const reader *r, gr_slice key) {
    for (const gr_sense *s = gr_senses_of(r->know, key); s; s = s->next)
        if (s->kind == GR_SENSE_CLASS && r->know->word_class[s->index].of == GR_OF_PEOPLE) return s;
    return NULL;
}

/* "Villagers fled": the first word has a capital letter and is a name for that reason alone, or a verb. */
static void reread_first_word(const reader *r) {
    uint32_t first = r->sentence->tok_begin, next = first + 1;
    gr_word *w = &r->word[first];
    gr_slice key = r->key[first];
    if (next >= r->sentence->tok_end || (w->upos != GR_PROPN && w->upos != GR_VERB) ||
        !gr_ends(key, GR_S("s")) || r->word[next].upos == GR_PROPN)
        return;
    gr_slice one = gr_sub(key, 0, key.len - 1);
    if (!people_sense(r, one) || (w->upos == GR_VERB && r->word[next].head != first)) return;
    if (w->upos == GR_VERB && (r->word[next].upos != GR_VERB && !anchors_verb(r, next))) return;
    if (w->upos == GR_VERB) {
        take_place(r, next, first);
        r->word[next].upos = GR_VERB;
        move_clause_parts(r, first, next, GR_NONE);
        move_children(r, first, next, next + 1, r->sentence->tok_end);
        hang(r, first, next, GR_NSUBJ, GR_SUB_NONE);
    }
    w->upos = GR_NOUN;
    w->feats = GR_PLUR;
    if (!gr_eq(w->lemma, GR_S("fighter"))) w->lemma = one;
}

/* "Rwandan and Mozambican troops entered": both adjectives belong to the noun. */
static void reread_adjective_pair(const reader *r, uint32_t first) {
    gr_word *w = &r->word[first];
    uint32_t noun = first + 3;
    if (noun >= r->sentence->tok_end || w->rel != GR_NSUBJ || !gr_eq(r->key[first + 1], GR_S("and"))) return;
    bool country = false;
    for (const gr_sense *s = gr_senses_of(r->know, r->key[first]); s; s = s->next)
        country = country || s->kind == GR_SENSE_COUNTRY_ADJECTIVE;
    if (!country || r->word[first + 2].head != noun || !is_nominal(&r->word[noun])) return;
    if (r->word[noun].head == first && r->word[noun].rel == GR_CONJ) { /* "The Nigerien and Malian armies" */
        r->word[noun].head = w->head;
        r->word[noun].rel = w->rel;
        r->word[noun].subrel = w->subrel;
    } else if (r->word[noun].head != w->head || r->word[noun].rel != GR_NSUBJ) {
        return;
    }
    hang(r, first, noun, GR_AMOD, GR_SUB_NONE);
}

/* "..., which Paris denies": a noun as a relative clause is a verb. */
static void reread_relative(const reader *r, uint32_t token) {
    gr_word *w = &r->word[token];
    if (w->upos != GR_NOUN || w->rel != GR_ACL || w->subrel != GR_SUB_RELCL || has_child(r, token, GR_COP) ||
        !gr_ends(r->key[token], GR_S("s")) || !anchors_verb(r, token))
        return;
    uint32_t subject = gr_child(&r->tree, token, GR_COMPOUND, GR_SUB_OTHER);
    if (subject == GR_NONE) return;
    w->upos = GR_VERB;
    w->feats = GR_PRES | GR_FIN;
    hang(r, subject, token, GR_NSUBJ, GR_SUB_NONE);
    for (uint32_t k = gr_next_child(&r->tree, token, 0); k != GR_NONE;
         k = gr_next_child(&r->tree, token, k + 1))
        if (gr_eq(r->key[k], GR_S("which")) && r->word[k].rel == GR_DETREL) r->word[k].rel = GR_OBJ;
}

/* "are to free 181 detainees": what has an object is a verb. */
static void reread_infinitive(const reader *r, uint32_t token) {
    gr_word *w = &r->word[token];
    if (w->upos != GR_ADJ) return;
    uint32_t to = gr_child(&r->tree, token, GR_MARK, GR_SUB_OTHER);
    uint32_t object = gr_child(&r->tree, token, GR_OBJ, GR_SUB_OTHER);
    if (to == GR_NONE || object == GR_NONE || object < token || to + 1 != token) return;
    w->upos = GR_VERB;
    w->feats = GR_INF;
    uint32_t be = gr_child(&r->tree, token, GR_COP, GR_SUB_OTHER);
    if (be != GR_NONE) r->word[be].rel = GR_AUXREL;
}

/* "A leader called on young men": no passive without an auxiliary, in a verb that has none. */
static void reread_voice(const reader *r, uint32_t verb) {
    static const char *const behind[] = {"on", "for", "upon"};
    if (r->word[verb].upos != GR_VERB) return;
    uint32_t subject = gr_child(&r->tree, verb, GR_NSUBJ, GR_SUB_PASS);
    if (subject == GR_NONE || subject > verb || has_child(r, verb, GR_AUXREL)) return;
    bool called = gr_eq(r->key[verb], GR_S("called")) && AMONG(r, verb + 1, behind);
    if (!called && !is_never_passive(r, verb)) return;
    r->word[subject].subrel = GR_SUB_NONE;
    r->word[verb].feats = GR_PAST | GR_FIN;
}

static void reread_sentence(const reader *r) {
    uint32_t begin = r->sentence->tok_begin, end = r->sentence->tok_end;
    reread_first_word(r);
    for (uint32_t i = begin; i < end; i++) {
        reread_noun(r, i);
        reread_adjective_pair(r, i);
        reread_relative(r, i);
        reread_infinitive(r, i);
        reread_voice(r, i);
        reread_modifier(r, i);
        reread_particle(r, i);
        reread_hostage(r, i);
        reread_time_object(r, i);
    }
    for (uint32_t i = begin; i < end; i++)
        if (r->word[i].head == GR_NONE) {
            reread_root(r, i);
            reread_third_person(r, i);
        }
}

void gr_reread(const gr_knowledge *know, const gr_text *text, const bool *wanted, const gr_keys *keys,
               gr_slice lang, gr_word *word) {
    if (!gr_eq(lang, GR_S("en")) || !know->rules) return;
    for (uint32_t s = 0; s < text->sentence_count; s++) {
        if (wanted && !wanted[s]) continue;
        const gr_sentence *sentence = &text->sentence[s];
        reader r = {know, word, keys->form, keys->anchor, sentence, {text, word, NULL, sentence, NULL}};
        reread_sentence(&r);
    }
}
