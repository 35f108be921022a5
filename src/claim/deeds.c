/* Deeds: a word's own sense, what it makes of what it governs, negation and intention. Codes follow
 * CAMEO 1.1b3 (Schrodt 2012), whose root codes are PLOVER's events: what is only intended is an agreement or
 * a threat (03, 13), what is not done is refused (12). */
#include "claim/deeds.h"

#include "claim/negation.h"

enum { DEEPEST = 6 };

static gr_deed_root read_at(const gr_clause *c, uint32_t token, unsigned depth);

static bool is_kind(gr_deed_root root) {
    return root >= GR_DEED_AGREE && root <= GR_DEED_YIELD;
}

/* Acts of speech are what they are, also when they are announced. */
static bool is_speech(gr_deed_root root) {
    return root >= GR_DEED_REQUEST && root <= GR_DEED_THREATEN;
}

static gr_deed_pos position_of(const gr_clause *c, uint32_t token) {
    switch (c->in->word[token].upos) {
    case GR_VERB:
    case GR_AUX:
        return GR_DEED_VERB;
    case GR_NOUN:
    case GR_PROPN:
        return GR_DEED_NOUN;
    case GR_ADJ:
        return GR_DEED_ADJ;
    default:
        return GR_DEED_POS_COUNT;
    }
}

static bool is_one_of(const gr_clause *c, uint32_t token, const gr_map *words) {
    return gr_map_get(words, c->tree.lemma[token]) != GR_MAP_NONE ||
           gr_map_get(words, c->in->who->key[token]) != GR_MAP_NONE;
}

/* "call on the king", "calls urgently on": the preposition is the verb's when it follows at once. */
static bool follows(const gr_clause *c, uint32_t preposition, uint32_t verb) {
    if (preposition == verb + 1) return true;
    return preposition == verb + 2 && c->in->word[verb + 1].upos == GR_ADV;
}

/* Words of the phrase that `head` heads: "bilateral TALKS", "two MILLION dollars", "troops to a RESCUE
 * force". */
static bool phrase_has(const gr_clause *c, uint32_t head, uint32_t verb, const gr_map *words,
                       unsigned depth) {
    if (is_one_of(c, head, words)) return true;
    for (uint32_t k = gr_next_child(&c->tree, head, 0); k != GR_NONE && depth < 3;
         k = gr_next_child(&c->tree, head, k + 1)) {
        uint8_t rel = c->in->word[k].rel;
        if (rel == GR_CASE && follows(c, k, verb) && is_one_of(c, k, words)) return true;
        if ((rel == GR_AMOD || rel == GR_COMPOUND || rel == GR_CONJ || rel == GR_NUMMOD ||
             (rel == GR_NMOD && c->in->word[head].rel != GR_OBL)) &&
            phrase_has(c, k, verb, words, depth + 1))
            return true;
    }
    return false;
}

static bool stands_beside(const gr_clause *c, uint32_t token, const gr_map *words) {
    for (uint32_t k = gr_next_child(&c->tree, token, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, token, k + 1)) {
        uint8_t rel = c->in->word[k].rel;
        if (rel == GR_NSUBJ && c->in->word[k].subrel != GR_SUB_PASS) continue;
        if (rel == GR_CONJ || rel == GR_PARATAXIS || rel == GR_ADVCL) continue;
        if (phrase_has(c, k, token, words, 0)) return true;
    }
    return false;
}

static bool heads_passive(const gr_clause *c, uint32_t verb, const gr_map *words) {
    gr_fillers objects = {.count = 0};
    if (!gr_is_passive(c, verb)) return false;
    gr_objects(c, verb, &objects);
    for (uint32_t i = 0; i < objects.count; i++)
        if (is_one_of(c, objects.token[i], words)) return true;
    return false;
}

static const gr_deed *sense_of(const gr_clause *c, uint32_t token) {
    const gr_deeds *deeds = c->in->know->deeds;
    gr_deed_pos pos = position_of(c, token);
    uint32_t at = gr_map_get(&deeds->by_lemma, c->tree.lemma[token]);
    if (at == GR_MAP_NONE && pos == GR_DEED_VERB) at = gr_map_get(&deeds->by_form, c->in->who->key[token]);
    if (at == GR_MAP_NONE) return NULL;
    const struct gr_deed_list *list = &deeds->list[at];
    for (uint32_t i = 0; i < list->count; i++) {
        const gr_deed_word *word = &deeds->word[list->word[i]];
        if (word->pos != pos) continue;
        if (word->with.count && !stands_beside(c, token, &word->with) &&
            !(pos == GR_DEED_VERB && heads_passive(c, token, &word->with)))
            continue;
        return &deeds->deed[word->deed];
    }
    return NULL;
}

static bool has_auxiliary(const gr_clause *c, uint32_t token, const char *const *lemmas, size_t count) {
    for (uint32_t k = gr_next_child(&c->tree, token, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, token, k + 1))
        for (size_t i = 0; c->in->word[k].rel == GR_AUXREL && i < count; i++)
            if (gr_is_lemma(&c->tree, k, lemmas[i])) return true;
    return false;
}

static bool lies_ahead(const gr_clause *c, uint32_t token) {
    static const char *const will[] = {"will", "shall", "would", "wo", "'ll"};
    return has_auxiliary(c, token, will, sizeof will / sizeof *will);
}

static bool is_duty(const gr_clause *c, uint32_t token) {
    static const char *const must[] = {"must", "should", "ought"};
    return has_auxiliary(c, token, must, sizeof must / sizeof *must) || gr_is_lemma(&c->tree, token, "need");
}

static bool is_negated(const gr_clause *c, uint32_t token) {
    for (uint32_t i = c->tree.sentence->tok_begin; i < c->tree.sentence->tok_end; i++)
        if (gr_negated_by(c, i) == token) return true;
    return false;
}

static gr_deed_root intended(gr_deed_root root) {
    if (root == GR_DEED_NONE || is_speech(root)) return root;
    return is_kind(root) ? GR_DEED_AGREE : GR_DEED_THREATEN;
}

static gr_deed_root with_modality(const gr_clause *c, uint32_t token, gr_deed_root root) {
    if (root == GR_DEED_NONE || position_of(c, token) == GR_DEED_NOUN) return root;
    if (is_negated(c, token)) {
        if (is_kind(root)) return GR_DEED_REJECT;
        return is_speech(root) ? root : GR_DEED_YIELD;
    }
    return lies_ahead(c, token) ? intended(root) : root;
}

/* "said it would ...", "said his country will ...": the clause is about the speaker. */
static bool is_about_speaker(const gr_clause *c, uint32_t clause) {
    uint32_t subject = gr_child(&c->tree, clause, GR_NSUBJ, GR_SUB_OTHER);
    if (subject == GR_NONE || c->in->word[subject].upos == GR_PRON) return true;
    uint32_t owner = gr_child(&c->tree, subject, GR_NMOD, GR_SUB_POSS);
    return owner != GR_NONE && c->in->word[owner].upos == GR_PRON;
}

/* What is said of another: what it must do is asked of it, that it is to blame is held against it. */
static gr_deed_root said_of_other(const gr_clause *c, uint32_t clause, unsigned depth) {
    if (is_duty(c, clause)) return GR_DEED_REQUEST;
    return read_at(c, clause, depth + 1) == GR_DEED_ACCUSE ? GR_DEED_ACCUSE : GR_DEED_NONE;
}

static gr_deed_root combine(const gr_deed *deed, gr_deed_root below, bool clause) {
    if (!deed) return below;
    if (below == GR_DEED_NONE) return deed->root;
    if (deed->purpose) return clause && (is_speech(below) || below == GR_DEED_SUPPORT) ? below : deed->root;
    gr_deed_root made = is_kind(below) ? deed->kind : deed->unkind;
    if (clause && is_kind(below) && deed->clause != GR_DEED_NONE) made = deed->clause;
    if (made == GR_DEED_NONE) return deed->root;
    if ((made == GR_DEED_THREATEN || made == GR_DEED_AGREE) && is_speech(below)) return below;
    return made == GR_DEED_SAME ? below : made;
}

static bool governs(const gr_deed *deed) {
    return !deed || deed->purpose || deed->kind != GR_DEED_NONE || deed->unkind != GR_DEED_NONE ||
           deed->clause != GR_DEED_NONE;
}

static bool is_infinitive(const gr_clause *c, uint32_t token) {
    uint32_t mark = gr_child(&c->tree, token, GR_MARK, GR_SUB_OTHER);
    return (c->in->word[token].feats & GR_INF) || gr_is_lemma(&c->tree, mark, "to");
}

/* Prepositions that lead to what an act is about, not to its setting. */
static bool leads_on(const gr_clause *c, uint32_t noun) {
    static const char *const on[] = {"in",   "on", "into", "to", "from",  "for",
                                     "with", "of", "at",   "as", "under", "against"};
    uint32_t preposition = gr_case_of(&c->tree, noun);
    for (size_t i = 0; i < sizeof on / sizeof *on; i++)
        if (gr_is_lemma(&c->tree, preposition, on[i])) return true;
    return false;
}

static gr_deed_root below_clause(const gr_clause *c, const gr_deed *deed, uint32_t k, unsigned depth) {
    const gr_word *w = &c->in->word[k];
    bool purpose = w->rel == GR_ADVCL && deed && deed->purpose && is_infinitive(c, k);
    bool adjective = w->rel == GR_ADVCL && position_of(c, w->head) == GR_DEED_ADJ && is_infinitive(c, k);
    bool of_noun = w->rel == GR_ACL && w->subrel != GR_SUB_RELCL;
    if (w->rel == GR_CCOMP && !is_about_speaker(c, k)) return said_of_other(c, k, depth);
    if (w->rel == GR_XCOMP || w->rel == GR_CCOMP || purpose || adjective || of_noun)
        return read_at(c, k, depth + 1);
    return GR_DEED_NONE;
}

/* A clause that the token governs, its own or one that the parser hung on its object. */
static gr_deed_root governed_clause(const gr_clause *c, const gr_deed *deed, uint32_t token, unsigned depth) {
    for (uint32_t k = gr_next_child(&c->tree, token, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, token, k + 1)) {
        gr_deed_root below = below_clause(c, deed, k, depth);
        if (below != GR_DEED_NONE) return below;
    }
    uint32_t object = gr_child(&c->tree, token, GR_OBJ, GR_SUB_OTHER);
    uint32_t hung = object == GR_NONE ? GR_NONE : gr_child(&c->tree, object, GR_ACL, GR_SUB_NONE);
    if (hung == GR_NONE || !is_infinitive(c, hung)) return GR_DEED_NONE;
    return sense_of(c, object) ? GR_DEED_NONE : read_at(c, hung, depth + 1);
}

static bool is_governed_by_noun(const gr_clause *c, const gr_deed *deed, uint32_t k) {
    const gr_word *w = &c->in->word[k];
    if (w->rel == GR_COMPOUND) return deed != NULL;
    if (w->rel != GR_NMOD) return false;
    return deed ? leads_on(c, k) : gr_is_lemma(&c->tree, gr_case_of(&c->tree, k), "of");
}

static bool is_object(const gr_word *w) {
    return w->rel == GR_OBJ || (w->rel == GR_NSUBJ && w->subrel == GR_SUB_PASS);
}

/* The first noun below that tells of a deed; of a verb's, objects before phrases behind it. */
static gr_deed_root governed_noun(const gr_clause *c, const gr_deed *deed, uint32_t token, unsigned depth) {
    bool noun = position_of(c, token) == GR_DEED_NOUN;
    for (int phrases = 0; phrases < 2; phrases++)
        for (uint32_t k = gr_next_child(&c->tree, token, 0); k != GR_NONE;
             k = gr_next_child(&c->tree, token, k + 1)) {
            const gr_word *w = &c->in->word[k];
            bool phrase = w->rel == GR_OBL && k > token && leads_on(c, k);
            if (position_of(c, k) != GR_DEED_NOUN) continue;
            if (noun ? !is_governed_by_noun(c, deed, k) : phrases ? !phrase : !is_object(w)) continue;
            gr_deed_root below = read_at(c, k, depth + 1);
            if (below != GR_DEED_NONE) return below;
        }
    return GR_DEED_NONE;
}

static gr_deed_root read_at(const gr_clause *c, uint32_t token, unsigned depth) {
    if (depth > DEEPEST || position_of(c, token) == GR_DEED_POS_COUNT) return GR_DEED_NONE;
    const gr_deed *deed = sense_of(c, token);
    if (!governs(deed)) return with_modality(c, token, deed->root);
    gr_deed_root clause = governed_clause(c, deed, token, depth), made = GR_DEED_NONE;
    if (clause != GR_DEED_NONE)
        made = combine(deed, clause, true);
    else
        made = combine(deed, governed_noun(c, deed, token, depth), false);
    return with_modality(c, token, made);
}

/* Noun phrases below `top` without those below `apart`, nearest first. */
typedef struct phrases {
    uint32_t token[GR_MAX_FILLERS];
    uint32_t count;
} phrases;

static void add_phrase(phrases *out, uint32_t token) {
    if (token == GR_NONE || out->count == GR_MAX_FILLERS) return;
    for (uint32_t i = 0; i < out->count; i++)
        if (out->token[i] == token) return;
    out->token[out->count++] = token;
}

static bool is_among(const phrases *list, uint32_t token) {
    for (uint32_t i = 0; i < list->count; i++)
        if (list->token[i] == token) return true;
    return false;
}

/* Widens the list by what hangs on its members, breadth first. */
static void widen(const gr_clause *c, phrases *list, uint32_t top, const phrases *apart) {
    uint32_t queue[GR_MAX_FILLERS * 2], first = 0, last = 0;
    if (top != GR_NONE) queue[last++] = top;
    for (uint32_t i = 0; i < list->count; i++) queue[last++] = list->token[i];
    while (first < last) {
        uint32_t at = queue[first++];
        for (uint32_t k = gr_next_child(&c->tree, at, 0); k != GR_NONE;
             k = gr_next_child(&c->tree, at, k + 1)) {
            uint8_t rel = c->in->word[k].rel, upos = c->in->word[k].upos;
            if (rel == GR_PUNCTREL || is_among(apart, k) || is_among(list, k)) continue;
            if (upos == GR_NOUN || upos == GR_PROPN || upos == GR_PRON || upos == GR_ADJ || upos == GR_NUM)
                add_phrase(list, k);
            if (last < GR_MAX_FILLERS * 2) queue[last++] = k;
        }
    }
}

static void add_path(const gr_clause *c, uint32_t token, gr_path_kind kind, const char *preposition,
                     phrases *out) {
    gr_fillers found = {.count = 0};
    gr_path path = {kind, preposition ? gr_slice_of(preposition) : (gr_slice){NULL, 0}};
    gr_path_fillers(c, token, &path, &found);
    for (uint32_t i = 0; i < found.count; i++) add_phrase(out, found.token[i]);
}

static void find_who(const gr_clause *c, uint32_t token, phrases *who) {
    static const phrases nobody = {.count = 0};
    bool noun = position_of(c, token) == GR_DEED_NOUN;
    add_path(c, token, GR_PATH_BY, NULL, who);
    if (noun) add_path(c, token, GR_PATH_POSS, NULL, who);
    if (noun) add_path(c, token, GR_PATH_PREP, "between", who);
    if (noun) add_path(c, token, GR_PATH_COMPOUND, NULL, who);
    gr_fillers subjects = {.count = 0};
    gr_subjects(c, token, &subjects);
    for (uint32_t i = 0; i < subjects.count; i++) add_phrase(who, subjects.token[i]);
    widen(c, who, GR_NONE, &nobody);
}

static void find_whom(const gr_clause *c, uint32_t token, const phrases *who, phrases *whom) {
    gr_fillers objects = {.count = 0};
    if (position_of(c, token) == GR_DEED_VERB) gr_objects(c, token, &objects);
    for (uint32_t i = 0; i < objects.count; i++) add_phrase(whom, objects.token[i]);
    widen(c, whom, token, who);
}

static gr_span *spans_of(const gr_clause *c, const phrases *list) {
    gr_span *span = gr_alloc(c->arena, sizeof *span * (list->count + 1));
    for (uint32_t i = 0; i < list->count; i++)
        span[i] = gr_phrase_of(c, list->token[i], list->token[i], list->token[i] + 1);
    return span;
}

uint32_t gr_depth_of(const gr_clause *c, uint32_t token) {
    uint32_t depth = 0;
    for (uint32_t at = c->in->word[token].head; at != GR_NONE && depth < GR_MAX_SENTENCE_TOKENS; depth++)
        at = c->in->word[at].head;
    return depth;
}

static gr_slice kind_of(const gr_clause *c, const phrases *who) {
    if (!who->count) return GR_S("");
    const gr_mention *m = gr_mention_of(c->in->who, gr_look_through(c, who->token[0]));
    if (!m) return GR_S("");
    return m->kind == GR_MENTION_COUNTRY || m->office.len ? GR_S("government") : m->actor_kind;
}

void gr_find_deeds(const gr_clause *c, gr_told_deeds *out) {
    for (uint32_t i = c->tree.sentence->tok_begin; i < c->tree.sentence->tok_end; i++) {
        gr_deed_root root = read_at(c, i, 0);
        if (root == GR_DEED_NONE) continue;
        phrases who = {.count = 0}, whom = {.count = 0};
        find_who(c, i, &who);
        find_whom(c, i, &who, &whom);
        gr_push(c->arena, out,
                ((gr_told_deed){.root = root,
                                .deed = sense_of(c, i),
                                .by_kind = kind_of(c, &who),
                                .cue = gr_span_of(c->in->text, i, i + 1),
                                .who = spans_of(c, &who),
                                .who_count = who.count,
                                .whom = spans_of(c, &whom),
                                .whom_count = whom.count,
                                .depth = gr_depth_of(c, i)}));
    }
}
