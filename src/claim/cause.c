/* What people died of: nobody's will (floods, crashes, epidemics) or somebody's. Casualties are told in the
 * same words for both; the cause stands elsewhere in the sentence, or in those before. */
#include "claim/clause.h"

typedef enum cause { CAUSE_UNTOLD, CAUSE_MISHAP, CAUSE_CALAMITY, CAUSE_FORCE } cause;

static bool is_named_so(const gr_clause *c, const gr_sense *s, gr_slice class_name) {
    for (; s; s = s->next)
        if (s->kind == GR_SENSE_CLASS && gr_eq(c->in->know->word_class[s->index].name, class_name))
            return true;
    return false;
}

/* By its lemma or its form: a headline's first word is easily taken for another. */
static bool is_of(const gr_clause *c, uint32_t token, gr_slice class_name) {
    return is_named_so(c, c->in->who->lemma_senses[token], class_name) ||
           is_named_so(c, c->in->who->key_senses[token], class_name);
}

/* "their vehicle struck a mine", "a mine explosion"; not "the mine collapsed", "a gold mine explosion". */
static bool is_mine_going_off(const gr_clause *c, uint32_t token) {
    if (!gr_is_lemma(&c->tree, token, "mine") ||
        gr_child(&c->tree, token, GR_COMPOUND, GR_SUB_OTHER) != GR_NONE)
        return false;
    uint32_t over = c->in->word[token].head;
    return over != GR_NONE && gr_in_class(c, over, "mine-act");
}

/* "fired on the crowd", "opened fire", "set fire to the hut", "under fire", "fire from the post", "army
 * fire". */
static bool is_fire_of_somebody(const gr_clause *c, uint32_t token) {
    if (!gr_is_lemma(&c->tree, token, "fire")) return false;
    uint32_t over = c->in->word[token].head;
    if (c->in->word[token].upos == GR_VERB || (over != GR_NONE && gr_in_class(c, over, "fire-act")))
        return true;
    for (uint32_t k = gr_next_child(&c->tree, token, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, token, k + 1))
        if (gr_is_lemma(&c->tree, gr_case_of(&c->tree, k), "from") ||
            (k < token && (gr_properties_of(c, k) & GR_IS_ARMED)))
            return true;
    return false;
}

/* "an air strike", "drone strikes"; not "a lightning strike". */
static bool is_strike_from_air(const gr_clause *c, uint32_t token) {
    return gr_is_lemma(&c->tree, token, "strike") && token > c->tree.sentence->tok_begin &&
           gr_in_class(c, token - 1, "air-word");
}

static bool is_armed_non_state(const gr_clause *c, uint32_t token) {
    const gr_mention *m = gr_mention_of(c->in->who, token);
    return m && (m->properties & GR_IS_ARMED) && !(m->properties & GR_IS_STATE);
}

/* "stormed the camp", "used chlorine gas". */
static bool is_armed_use(const gr_clause *c, uint32_t token) {
    if (c->in->word[token].upos != GR_VERB || !gr_in_class(c, token, "force-verb")) return false;
    uint32_t subject = gr_surface_subject(c, token);
    return subject != GR_NONE && (gr_properties_of(c, subject) & (GR_IS_PEOPLE | GR_IS_ARMED | GR_IS_PARTY));
}

static bool is_force(const gr_clause *c, uint32_t token) {
    return is_of(c, token, GR_S("force-word")) || is_armed_non_state(c, token) ||
           is_mine_going_off(c, token) || is_fire_of_somebody(c, token) || is_strike_from_air(c, token) ||
           is_armed_use(c, token);
}

static bool has_subject_of(const gr_clause *c, uint32_t verb, const char *class_name) {
    uint32_t subject = gr_surface_subject(c, verb);
    return subject != GR_NONE && gr_in_class(c, subject, class_name);
}

/* "gave way", "lost control", "caught fire". */
static bool is_set_phrase(const gr_clause *c, uint32_t token) {
    static const struct {
        const char *verb, *noun;
    } phrase[] = {{"give", "way"}, {"lose", "control"}, {"catch", "fire"}};
    uint32_t over = c->in->word[token].head;
    for (size_t i = 0; over != GR_NONE && i < sizeof phrase / sizeof *phrase; i++)
        if (gr_is_lemma(&c->tree, token, phrase[i].noun) && gr_is_lemma(&c->tree, over, phrase[i].verb)) {
            uint32_t subject = gr_surface_subject(c, over);
            return subject != GR_NONE && (gr_in_class(c, subject, "carrier") ||
                                          !(gr_properties_of(c, subject) & (GR_IS_PEOPLE | GR_IS_PARTY)));
        }
    return false;
}

/* "an explosion ripped through a fireworks workshop": beside what blows up of itself. */
static bool is_blast_of_stuff(const gr_clause *c, uint32_t token) {
    if (!gr_in_class(c, token, "blast-noun") && !gr_in_class(c, token, "burst-verb")) return false;
    for (uint32_t t = c->tree.sentence->tok_begin; t < c->tree.sentence->tok_end; t++)
        if (t != token && is_of(c, t, GR_S("volatile"))) return true;
    return false;
}

/* "the train hit a lorry", "the ferry went down", "the refinery blew up". */
static bool is_bump(const gr_clause *c, uint32_t token) {
    if (is_set_phrase(c, token)) return true;
    if (c->in->word[token].upos != GR_VERB || gr_is_passive(c, token)) return false;
    if (gr_in_class(c, token, "bump-verb") && has_subject_of(c, token, "carrier")) return true;
    if (gr_in_class(c, token, "burst-verb") && has_subject_of(c, token, "hazard")) return true;
    bool down = token + 1 < c->tree.sentence->tok_end && gr_is_lemma(&c->tree, token + 1, "down");
    return down && gr_is_lemma(&c->tree, token, "go") && has_subject_of(c, token, "carrier");
}

/* The people harmed: what is said of them is no cause ("killed four nurses who treated malaria"). */
static void harmed(const gr_clause *c, uint32_t anchor, gr_fillers *out) {
    if (c->in->word[anchor].upos != GR_VERB) return;
    gr_objects(c, anchor, out);
    if (!out->count) gr_subjects(c, anchor, out);
}

static bool is_said_of_harmed(const gr_clause *c, uint32_t token, uint32_t anchor, const gr_fillers *harmed) {
    if (c->in->word[token].upos == GR_VERB) return false;
    for (uint32_t i = 0; i < harmed->count; i++) {
        uint32_t who = harmed->token[i];
        bool anchor_inside = gr_below(&c->tree, anchor, who);
        if (gr_below(&c->tree, token, who) && !(anchor_inside && gr_below(&c->tree, token, anchor)))
            return true;
    }
    return false;
}

/* "despite the pandemic", "drought-hit villages". */
static bool is_aside(const gr_clause *c, uint32_t token) {
    uint32_t preposition = gr_case_of(&c->tree, token);
    bool apart = preposition != GR_NONE && gr_in_class(c, preposition, "aside-word");
    bool joined =
        token + 1 < c->tree.sentence->tok_end && gr_eq(c->in->text->token[token + 1].form, GR_S("-"));
    return apart || joined;
}

static bool stands_as_subject(const gr_clause *c, uint32_t token) {
    const gr_word *w = &c->in->word[token];
    if ((w->rel == GR_COMPOUND || w->rel == GR_AMOD) && w->head != GR_NONE) w = &c->in->word[w->head];
    bool headline = w->head == GR_NONE && w->upos == GR_NOUN; /* "Fire in Goma" */
    return headline || (w->rel == GR_NSUBJ && w->subrel != GR_SUB_PASS);
}

/* "died of thirst", "killed by a falling crane": said of the harm itself. */
static bool stands_as_means(const gr_clause *c, uint32_t token) {
    static const char *const prepositions[] = {"by", "of", "from", "in"};
    const gr_word *w = &c->in->word[token];
    uint32_t noun = (w->rel == GR_COMPOUND || w->rel == GR_AMOD) && w->head != GR_NONE ? w->head : token;
    if (c->in->word[noun].rel != GR_OBL) return false;
    uint32_t preposition = gr_case_of(&c->tree, noun);
    bool in_it = noun == token && gr_next_child(&c->tree, token, token + 1) == GR_NONE;
    for (size_t i = 0; i < sizeof prepositions / sizeof *prepositions; i++)
        if (gr_is_lemma(&c->tree, preposition, prepositions[i])) return i < 3 || in_it;
    return false;
}

/* Words with many other uses count where they stand as a cause: not "the fall of the town", "talks
 * collapsed". */
static bool is_mishap(const gr_clause *c, uint32_t token) {
    if (!is_of(c, token, GR_S("mishap"))) return false;
    if (c->in->word[token].upos != GR_VERB) return stands_as_subject(c, token) || stands_as_means(c, token);
    uint32_t subject = gr_surface_subject(c, token);
    if (subject == GR_NONE) return c->in->word[token].rel == GR_AMOD;
    bool of_words = gr_in_class(c, subject, "accord-word") || gr_in_class(c, subject, "talk-word") ||
                    gr_in_class(c, subject, "institution");
    unsigned by_whom = gr_properties_of(c, subject);
    bool of_things = gr_in_class(c, subject, "carrier") || (by_whom & GR_IS_FACILITY);
    return !of_words && (of_things || !(by_whom & (GR_IS_PEOPLE | GR_IS_ARMED | GR_IS_PARTY | GR_IS_PLACE)));
}

static bool is_of_one(const gr_clause *c, uint32_t token, const gr_map *classes) {
    for (uint32_t i = 0; i < classes->count; i++)
        if (is_of(c, token, gr_sub(classes->item[i].key, 1, classes->item[i].key.len))) return true;
    return false;
}

/* Force outweighs: a plane that was shot down crashes too. `anchor`: the harm, or GR_NONE where the sentence
 * does not hold it. */
static cause told_in(const gr_clause *c, uint32_t anchor, const gr_map *classes) {
    cause told = CAUSE_UNTOLD;
    gr_fillers who = {.count = 0};
    if (anchor != GR_NONE) harmed(c, anchor, &who);
    for (uint32_t t = c->tree.sentence->tok_begin; t < c->tree.sentence->tok_end; t++) {
        if (is_force(c, t)) return CAUSE_FORCE;
        bool blast = is_blast_of_stuff(c, t);
        if (!blast && (is_aside(c, t) || is_said_of_harmed(c, t, anchor, &who))) continue;
        if (blast || is_of_one(c, t, classes) || is_bump(c, t))
            told = CAUSE_CALAMITY;
        else if (told == CAUSE_UNTOLD && is_mishap(c, t))
            told = CAUSE_MISHAP;
    }
    return told;
}

/* One place, or one holds the other: the village in the flooded state. */
static bool is_one_area(const gr_clause *c, uint32_t a, uint32_t b) {
    if (a == b) return true;
    if (a == GR_NO_PLACE || b == GR_NO_PLACE || !c->in->gazetteer) return false;
    gr_place one = gr_gazetteer_place(c->in->gazetteer, a), other = gr_gazetteer_place(c->in->gazetteer, b);
    return one.parent == b || one.admin1 == b || one.admin2 == b || other.parent == a || other.admin1 == a ||
           other.admin2 == a;
}

/* A sentence that names places, none of them those of the one before, tells of something else. */
static bool is_elsewhere(const gr_clause *here, const gr_clause *before) {
    if (!here->place_count || !before->place_count) return false;
    for (uint32_t i = 0; i < here->place_count; i++)
        for (uint32_t k = 0; k < before->place_count; k++)
            if (is_one_area(here, here->place[i].place, before->place[k].place)) return false;
    return true;
}

/* Sentences that a calamity reaches; and force, which makes a mishap told in between its effect, or of no
 * weight. */
enum { CAUSE_BACK = 3, FORCE_BACK = 6 };

static cause told_before(const gr_clause *c, uint32_t reach, const gr_map *classes) {
    cause found = CAUSE_UNTOLD;
    for (uint32_t back = 1; back <= c->sentence && back <= (found == CAUSE_MISHAP ? FORCE_BACK : reach);
         back++) {
        if (!c->in->wanted[c->sentence - back]) continue;
        gr_clause before = gr_clause_at(c->arena, c->in, c->sentence - back);
        if (is_elsewhere(c, &before)) break;
        cause told = told_in(&before, GR_NONE, classes);
        if (told == CAUSE_FORCE || (told == CAUSE_CALAMITY && found == CAUSE_UNTOLD)) return told;
        if (told == CAUSE_MISHAP) found = told;
    }
    return found;
}

/* "The number of dead rose to 88. The quake struck at dawn." */
static cause told_behind(const gr_clause *c, const gr_map *classes) {
    uint32_t next = c->sentence + 1;
    const gr_text *text = c->in->text;
    if (next >= text->sentence_count || !c->in->wanted[next] ||
        text->sentence[next].block != text->sentence[c->sentence].block)
        return CAUSE_UNTOLD;
    gr_clause behind = gr_clause_at(c->arena, c->in, next);
    return is_elsewhere(c, &behind) ? CAUSE_UNTOLD : told_in(&behind, GR_NONE, classes);
}

static bool has_doer(const gr_clause *c, uint32_t anchor, const gr_paths *doers) {
    gr_fillers fillers = {.count = 0};
    for (uint32_t p = 0; p < doers->count; p++) gr_path_fillers(c, anchor, &doers->path[p], &fillers);
    for (uint32_t i = 0; i < fillers.count; i++)
        if (gr_properties_of(c, fillers.token[i]) & (GR_IS_PEOPLE | GR_IS_ARMED | GR_IS_PARTY)) return true;
    return false;
}

bool gr_tells_of_mishap(const gr_clause *c, uint32_t token) {
    if (!is_bump(c, token) && !is_blast_of_stuff(c, token) && !is_mishap(c, token)) return false;
    for (uint32_t t = c->tree.sentence->tok_begin; t < c->tree.sentence->tok_end; t++)
        if (is_force(c, t)) return false;
    return true;
}

bool gr_is_calamity(const gr_clause *c, uint32_t anchor, const gr_paths *doers, const gr_map *classes) {
    cause told = told_in(c, anchor, classes);
    if (told == CAUSE_FORCE || has_doer(c, anchor, doers)) return false;
    /* "A rocket hit the depot. The fire killed six." */
    if (told == CAUSE_MISHAP) return told_before(c, 1, classes) != CAUSE_FORCE;
    if (told == CAUSE_UNTOLD) told = told_before(c, CAUSE_BACK, classes);
    if (told == CAUSE_UNTOLD && told_behind(c, classes) == CAUSE_CALAMITY) return true;
    return told == CAUSE_MISHAP || told == CAUSE_CALAMITY;
}
