/* Who and what is put at a place: by a phrase with a preposition of place, by the noun or verb that it hangs
 * on, and one place in another. */
#include "claim/ties_internal.h"

static bool is_locative(const gr_clause *c, uint32_t token) {
    static const char *const words[] = {"in",     "at",     "near",    "on",         "inside", "within",
                                        "across", "around", "outside", "throughout", "along",  "over"};
    return token != GR_NONE && GR_AMONG(c->tree.lemma[token], words);
}

/* The phrase's own preposition, or that of the first of a row: "in Mali, Niger and Chad". */
static uint32_t preposition_of(const gr_clause *c, uint32_t head, uint32_t *first) {
    *first = head;
    uint32_t own = gr_case_of(&c->tree, head);
    if (own != GR_NONE || c->in->word[head].rel != GR_CONJ) return own;
    *first = gr_first_conjunct(&c->tree, head);
    return gr_case_of(&c->tree, *first);
}

static void put_row(gr_tying *t, const gr_fillers *row, unsigned kinds, uint32_t place, uint32_t cue,
                    const char *rule) {
    for (uint32_t i = 0; i < row->count; i++)
        gr_tie_add(t, GR_TIE_LOCATED, gr_thing_meant(t, row->token[i], kinds), place, cue, gr_slice_of(rule));
}

static void put(gr_tying *t, uint32_t token, unsigned kinds, uint32_t place, uint32_t cue, const char *rule) {
    gr_fillers row = {.token = {token}, .count = 1};
    put_row(t, &row, kinds, place, cue, rule);
}

/* "the defeat of X in Y", "strikes on X in Y": who suffers the act that is put there. */
static void put_parties_of_noun(gr_tying *t, uint32_t noun, uint32_t place, uint32_t cue) {
    static const char *const suffers[] = {"against", "on", "of", "with"};
    for (size_t i = 0; i < sizeof suffers / sizeof *suffers; i++) {
        gr_fillers row = {.count = 0};
        gr_path_fillers(t->c, noun, &(gr_path){GR_PATH_PREP, gr_slice_of(suffers[i])}, &row);
        put_row(t, &row, GR_THING_ACTORS | GR_THING_ARMS, place, cue, "en.located.act");
    }
}

/* Whom the verb is done to is there; who does it only where nobody else is ("slept in X"), or where both
 * meet.
 */
static void put_parties_of_verb(gr_tying *t, uint32_t verb, uint32_t place, uint32_t cue) {
    gr_fillers objects = {.count = 0}, subjects = {.count = 0};
    uint32_t before = t->out->tie.count;
    unsigned kinds = GR_THING_PERSON | GR_THING_BODY | GR_THING_ARMS;
    if (gr_in_class(t->c, verb, "talk-verb")) return;
    gr_objects(t->c, verb, &objects);
    put_row(t, &objects, kinds | GR_THING_PLACE, place, cue, "en.located.object");
    bool meets = gr_in_class(t->c, verb, "meet-verb");
    if (meets) gr_path_fillers(t->c, verb, &(gr_path){GR_PATH_PREP, GR_S("with")}, &subjects);
    if (meets || t->out->tie.count == before) gr_subjects(t->c, verb, &subjects);
    put_row(t, &subjects, kinds, place, cue, "en.located.subject");
}

/* "Near X, strikes hit Y and destroyed Z": what opens the sentence holds for all its verbs, and for the
 * strikes. */
static void put_opening(gr_tying *t, uint32_t verb, uint32_t place, uint32_t cue) {
    gr_fillers subjects = {.count = 0};
    gr_subjects(t->c, verb, &subjects);
    put_row(t, &subjects, GR_THING_ANY, place, cue, "en.located.opening");
    for (uint32_t k = gr_next_child(&t->c->tree, verb, verb + 1); k != GR_NONE;
         k = gr_next_child(&t->c->tree, verb, k + 1))
        if (t->c->in->word[k].rel == GR_CONJ && t->c->in->word[k].upos == GR_VERB)
            put_parties_of_verb(t, k, place, cue);
}

static void put_at(gr_tying *t, uint32_t place) {
    const gr_clause *c = t->c;
    uint32_t first, head = t->out->thing.item[place].head;
    uint32_t cue = preposition_of(c, head, &first);
    uint32_t up = c->in->word[first].head;
    if (!is_locative(c, cue)) return;
    if (gr_child(&c->tree, first, GR_COP, GR_SUB_OTHER) != GR_NONE) /* "X is in Y" */
        put(t, gr_surface_subject(c, first), GR_THING_ANY, place, cue, "en.located.is");
    if (up == GR_NONE) return;
    uint32_t beside = gr_thing_before(t, cue);
    if (beside != GR_NONE &&
        !gr_is_lemma(&c->tree, gr_case_of(&c->tree, t->out->thing.item[beside].head), "by")) {
        gr_tie_add(t, GR_TIE_LOCATED, beside, place, cue, GR_S("en.located.beside"));
        if (c->in->word[up].upos != GR_VERB || !gr_in_class(c, up, "meet-verb")) return;
    }
    if (c->in->word[up].upos == GR_VERB) {
        put_parties_of_verb(t, up, place, cue);
        if (head < up) put_opening(t, up, place, cue);
        return;
    }
    if (gr_thing_headed(t, up, GR_THING_ANY) != GR_NONE) {
        put(t, up, GR_THING_ANY, place, cue, "en.located.phrase");
        return;
    }
    if (gr_child(&c->tree, up, GR_COP, GR_SUB_OTHER) != GR_NONE) { /* "X is a town in Y" */
        put(t, gr_surface_subject(c, up), GR_THING_ANY, place, cue, "en.located.is");
        return;
    }
    if (c->in->word[up].rel == GR_APPOS) {
        put(t, c->in->word[up].head, GR_THING_ANY, place, cue, "en.located.apposition");
        return;
    }
    uint32_t light = gr_light_verb_of(c, up), before = t->out->tie.count;
    put(t, up, GR_THING_ANY, place, cue, "en.located.owner");
    put_parties_of_noun(t, up, place, cue);
    if (light == GR_NONE || t->out->tie.count > before) return;
    gr_fillers subjects = {.count = 0}; /* "carried out an attack in X" */
    gr_subjects(c, light, &subjects);
    put_row(t, &subjects, GR_THING_ACTORS | GR_THING_ARMS, place, cue, "en.located.doer");
}

/* "arrived here": adverbs that are places. */
static void put_adverb(gr_tying *t, uint32_t place) {
    uint32_t head = t->out->thing.item[place].head, up = t->c->in->word[head].head;
    if (t->c->in->word[head].rel != GR_ADVMOD || up == GR_NONE) return;
    gr_fillers subjects = {.count = 0};
    gr_subjects(t->c, up, &subjects);
    put_row(t, &subjects, GR_THING_PERSON | GR_THING_BODY | GR_THING_ARMS, place, head, "en.located.adverb");
}

/* "Gao, Mali": the next place behind a comma holds the one before. */
static void put_in_next(gr_tying *t, uint32_t place) {
    const gr_thing *inner = &t->out->thing.item[place];
    for (uint32_t i = t->first; i < t->end; i++) {
        const gr_thing *outer = &t->out->thing.item[i];
        bool behind = outer->tok_begin == inner->tok_end + 1 && outer->kinds & GR_THING_PLACE;
        if (behind && gr_is_lemma(&t->c->tree, inner->tok_end, ",") &&
            t->c->in->word[outer->head].rel != GR_CONJ)
            gr_tie_add(t, GR_TIE_LOCATED, place, i, inner->tok_end, GR_S("en.located.comma"));
    }
}

/* "X, in the Y region": what the finder of places took for the place that holds another. */
static void put_in_container(gr_tying *t, uint32_t place) {
    const gr_place_mention *m = gr_place_at(t->c, t->out->thing.item[place].head);
    if (!m || m->container == GR_NONE) return;
    uint32_t outer = gr_thing_around(t, t->c->in->places->item[m->container].head, GR_THING_PLACE);
    uint32_t inner = gr_thing_around(t, t->out->thing.item[place].head, GR_THING_PLACE);
    gr_tie_add(t, GR_TIE_LOCATED, inner, outer, t->out->thing.item[place].head, GR_S("en.located.container"));
}

/* "the valley of X", "Mali's Gao region": one place of another. */
static void put_in_owner(gr_tying *t, uint32_t place) {
    const gr_clause *c = t->c;
    uint32_t head = t->out->thing.item[place].head, up = c->in->word[head].head;
    bool of = c->in->word[head].rel == GR_NMOD && (gr_is_lemma(&c->tree, gr_case_of(&c->tree, head), "of") ||
                                                   c->in->word[head].subrel == GR_SUB_POSS);
    if (!of || up == GR_NONE) return;
    gr_tie_add(t, GR_TIE_LOCATED, gr_thing_headed(t, up, GR_THING_PLACE), place, head, GR_S("en.located.of"));
}

void gr_tie_places(gr_tying *t) {
    for (uint32_t i = t->first; i < t->end; i++) {
        const gr_thing *thing = &t->out->thing.item[i];
        if (!(thing->kinds & GR_THING_PLACE) || gr_thing_headed(t, thing->head, GR_THING_PLACE) != i)
            continue;
        put_at(t, i);
        put_adverb(t, i);
        put_in_next(t, i);
        put_in_container(t, i);
        put_in_owner(t, i);
    }
}
