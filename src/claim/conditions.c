#include "claim/clause.h"

const gr_place_mention *gr_place_at(const gr_clause *c, uint32_t token) {
    for (uint32_t i = 0; i < c->place_count; i++)
        if (token >= c->place[i].tok_begin && token < c->place[i].tok_end) return &c->place[i];
    return NULL;
}

static bool is_bare_number(const gr_clause *c, uint32_t token) {
    for (uint32_t i = 0; i < c->quantity_count; i++) {
        const gr_quantity *q = &c->quantity[i];
        if (q->measure != GR_MEASURE_COUNT) continue;
        if (token >= q->tok_begin && token < q->tok_end && q->noun == GR_NONE) return true;
        bool said_of = c->in->word[token].upos == GR_ADJ || c->in->word[token].upos == GR_VERB;
        if (said_of && q->tok_end == token && !q->article) return true; /* "over 300 wounded" */
    }
    return false;
}

/* A word that starts claims itself, as this part of speech. */
static bool anchors_rule(const gr_clause *c, uint32_t token) {
    const gr_rules *rules = c->in->know->rules;
    unsigned pos = c->in->word[token].upos == GR_NOUN   ? (unsigned)GR_ANCHOR_NOUN
                   : c->in->word[token].upos == GR_VERB ? (unsigned)GR_ANCHOR_VERB
                                                        : 0u;
    uint32_t at = pos ? gr_map_get(&rules->by_lemma, c->tree.lemma[token]) : GR_MAP_NONE;
    for (uint32_t i = 0; at != GR_MAP_NONE && i < rules->list[at].count; i++) {
        uint32_t entry = rules->list[at].rule[i];
        if (rules->rule[entry >> 8].anchor[entry & 255].pos & pos) return true;
    }
    return false;
}

/* "a Taliban facilitator", "Boko Haram bomb-makers": a noun of doing behind a group's name. */
static bool is_member_of_group(const gr_clause *c, uint32_t noun) {
    static const char *const endings[] = {"er", "or", "ist", "man", "men", "head", "ant", "ative", "chief"};
    bool doer = false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        doer = doer || gr_ends(c->tree.lemma[noun], gr_slice_of(endings[i]));
    for (uint32_t k = noun; doer && k-- > c->tree.sentence->tok_begin;) { /* "a Taliban weapons supplier" */
        uint8_t rel = c->in->word[k].rel;
        if (rel != GR_COMPOUND && rel != GR_AMOD && rel != GR_FLAT && rel != GR_NMOD) return false;
        const gr_mention *m = gr_mention_of(c->in->who, k);
        if (m && m->kind == GR_MENTION_LISTED && (m->properties & GR_IS_ARMED)) return true;
    }
    return false;
}

uint32_t gr_named_beside(const gr_clause *c, uint32_t token) {
    static const char *const bodies[] = {"mission",  "force",   "agency", "group",
                                         "movement", "militia", "army"};
    const gr_mention *own = gr_mention_of(c->in->who, token);
    bool body = false;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        body = body || gr_is_lemma(&c->tree, token, bodies[i]);
    if (!body || (own && own->kind == GR_MENTION_NAME)) return token;
    for (uint32_t k = gr_next_child(&c->tree, token, token + 1); k != GR_NONE;
         k = gr_next_child(&c->tree, token, k + 1)) {
        const gr_mention *m = gr_mention_of(c->in->who, k);
        if (c->in->word[k].rel == GR_APPOS && m && m->head == k && m->kind == GR_MENTION_LISTED) return k;
    }
    return token;
}

unsigned gr_properties_of(const gr_clause *c, uint32_t token) {
    uint32_t inner = gr_named_beside(c, gr_look_through(c, token));
    const gr_mention *m = gr_mention_of(c->in->who, inner);
    unsigned properties = 0;
    if (m && m->head == inner) properties |= m->properties;
    if (gr_place_at(c, inner)) properties |= GR_IS_PLACE;
    if (is_bare_number(c, token)) properties |= GR_IS_NUMBER;
    uint8_t upos = c->in->word[inner].upos;
    if (upos == GR_NOUN && gr_in_class(c, inner, "area-word")) properties |= GR_IS_PLACE;
    if (m && m->head == inner && m->word_class != GR_NO_CLASS &&
        c->in->know->word_class[m->word_class].of == GR_OF_UNIT)
        properties |= GR_IS_ARMED | GR_IS_PARTY;
    if (upos == GR_NOUN && !properties && is_member_of_group(c, inner))
        properties |= GR_IS_PEOPLE | GR_IS_ARMED | GR_IS_PARTY;
    if (m && m->word_class != GR_NO_CLASS && m->actor == GR_NO_ACTOR && m->antecedent == GR_NONE &&
        gr_eq(c->in->know->word_class[m->word_class].name, GR_S("generic-group")))
        properties |= GR_IS_ARMED | GR_IS_PARTY; /* reports on conflict speak of an armed one, as a rule */
    if (upos == GR_NOUN && !properties && gr_is_lemma(&c->tree, inner, "other") &&
        (c->in->word[inner].feats & GR_PLUR))
        properties |= GR_IS_PEOPLE; /* "50 others": people, as those beside them */
    bool thing = properties & (GR_IS_PEOPLE | GR_IS_FACILITY | GR_IS_PLACE);
    if (!thing && anchors_rule(c, inner)) properties |= GR_IS_EVENT;
    if (!properties) properties = GR_IS_UNKNOWN;
    if (upos == GR_PROPN && !(properties & (GR_IS_PEOPLE | GR_IS_PARTY))) properties |= GR_IS_NAME;
    return properties;
}

/* "Foreign Minister X": a person is what the office says. */
static bool office_matches(const gr_clause *c, uint32_t token, const gr_map *words) {
    const gr_mention *m = gr_mention_of(c->in->who, token);
    if (!m || m->kind != GR_MENTION_PERSON || !m->office.len) return false;
    gr_slice rest = m->office, word, last = {NULL, 0};
    while (gr_next_word(&rest, &word)) last = word;
    return last.len && gr_map_get(words, gr_words_key(c->arena, last)) != GR_MAP_NONE;
}

static bool is_of_class(const gr_clause *c, uint32_t token, gr_slice class_name) {
    const gr_word_class *classes = c->in->know->word_class;
    for (const gr_sense *s = c->in->who->lemma_senses[token]; s; s = s->next)
        if (s->kind == GR_SENSE_CLASS && gr_eq(classes[s->index].name, class_name)) return true;
    const gr_mention *m = gr_mention_of(c->in->who, token);
    return m && m->word_class != GR_NO_CLASS && gr_eq(classes[m->word_class].name, class_name);
}

static bool word_matches(const gr_clause *c, uint32_t token, const gr_condition *condition) {
    const gr_map *words = &condition->words;
    if (gr_map_get(words, c->tree.lemma[token]) != GR_MAP_NONE ||
        gr_map_get(words, c->in->who->key[token]) != GR_MAP_NONE || office_matches(c, token, words))
        return true;
    for (uint32_t i = 0; i < condition->class_count; i++)
        if (is_of_class(c, token, condition->class_name[i])) return true;
    return false;
}

enum { NEAR_TOKENS = 6 };

/* "Arab League": a word of a name that lists know says nothing of sport or stage. */
static bool in_listed_name(const gr_clause *c, uint32_t token) {
    const gr_mention *m = gr_mention_of(c->in->who, token);
    return m && m->kind == GR_MENTION_LISTED && m->head == token && gr_in_class(c, token, "stage-word");
}

static bool near_matches(const gr_clause *c, uint32_t anchor, const gr_condition *condition) {
    uint32_t from = anchor > c->tree.sentence->tok_begin + NEAR_TOKENS ? anchor - NEAR_TOKENS
                                                                       : c->tree.sentence->tok_begin;
    for (uint32_t i = from; i < c->tree.sentence->tok_end && i <= anchor + NEAR_TOKENS; i++)
        if (i != anchor && word_matches(c, i, condition) && !in_listed_name(c, i)) return true;
    return false;
}

static bool case_matches(const gr_clause *c, uint32_t anchor, const gr_condition *condition) {
    for (uint32_t k = gr_next_child(&c->tree, anchor, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, anchor, k + 1))
        if ((c->in->word[k].rel == GR_CASE || c->in->word[k].rel == GR_MARK ||
             c->in->word[k].rel == GR_DETREL) &&
            word_matches(c, k, condition))
            return true;
    return false;
}

static bool filler_passes(const gr_clause *c, uint32_t token, const gr_condition *condition) {
    switch (condition->test) {
    case GR_TEST_EXISTS:
        return true;
    case GR_TEST_IS:
        return (gr_properties_of(c, token) & condition->properties) != 0;
    case GR_TEST_WORD:
        return word_matches(c, token, condition) || word_matches(c, gr_look_through(c, token), condition);
    case GR_TEST_CASE:
        return case_matches(c, token, condition);
    default:
        return false;
    }
}

bool gr_condition_holds(const gr_clause *c, uint32_t anchor, const gr_condition *condition) {
    bool found = false;
    if (condition->test == GR_TEST_NEAR) {
        found = near_matches(c, anchor, condition);
    } else if (condition->test == GR_TEST_CAUSE) {
        found = gr_is_calamity(c, anchor, &condition->paths, &condition->words);
    } else {
        gr_fillers fillers = {.count = 0};
        for (uint32_t p = 0; p < condition->paths.count; p++) {
            uint32_t before = fillers.count;
            gr_path_fillers(c, anchor, &condition->paths.path[p], &fillers);
            /* "200 people, among them officials": what forbids has to be said of the first */
            bool first_only = condition->unless && condition->test == GR_TEST_IS;
            if (first_only && fillers.count > before) fillers.count = before + 1;
        }
        for (uint32_t i = 0; i < fillers.count && !found; i++)
            found = filler_passes(c, fillers.token[i], condition);
    }
    return found != condition->unless;
}
