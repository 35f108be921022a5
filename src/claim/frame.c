#include "claim/frame.h"

#include "claim/telling.h"

#define REACH_SENTENCES 3u
#define OPENING_TOKENS 9u

/* Where the words before the first verb end. */
static uint32_t opening_end(const gr_clause *c) {
    const gr_sentence *s = c->tree.sentence;
    uint32_t end = s->tok_begin;
    while (end < s->tok_end && end < s->tok_begin + OPENING_TOKENS && c->in->word[end].upos != GR_VERB) end++;
    return end;
}

static bool opens_with_adverbial(const gr_clause *c) {
    uint32_t at = c->tree.sentence->tok_begin;
    if (c->in->word[at].upos == GR_ADV && at + 1 < c->tree.sentence->tok_end) at++; /* "Also in ..." */
    return c->in->word[at].upos == GR_ADP;
}

typedef GR_VEC(gr_location) places;

static gr_when inherited_when(const gr_clause *c, const gr_time *t) {
    gr_when when = {.present = false};
    if (t) when = gr_when_of(c, t);
    when.inherited = when.present;
    return when;
}

/* `t` NULL: the scene has a place alone. */
static void put(gr_frame *frame, const gr_clause *c, const places *where, const gr_time *t, bool operation) {
    *frame = (gr_frame){.location = where->item,
                        .location_count = where->count,
                        .when = inherited_when(c, t),
                        .sentence = c->sentence,
                        .open = true,
                        .block = c->in->text->sentence[c->sentence].block,
                        .operation = operation};
}

static void add_place(const gr_clause *c, const gr_place_mention *p, places *out) {
    if (p->place == GR_NO_PLACE) return;
    gr_location where = gr_location_of(c, p);
    where.inherited = true;
    gr_push(c->arena, out, where);
}

/* No clause of its own lies between the word and the main verb. */
static bool in_main_clause(const gr_clause *c, uint32_t token) {
    for (unsigned steps = 0; c->in->word[token].head != GR_NONE && steps < 64; steps++) {
        uint8_t rel = c->in->word[token].rel;
        if (rel == GR_ACL || rel == GR_ADVCL || rel == GR_CCOMP || rel == GR_CSUBJ) return false;
        token = c->in->word[token].head;
    }
    return true;
}

static bool tells_of_operation(const gr_clause *c) {
    for (uint32_t i = c->tree.sentence->tok_begin; i < c->tree.sentence->tok_end; i++)
        if (c->in->word[i].upos == GR_NOUN && gr_in_class(c, i, "operation-noun") && in_main_clause(c, i))
            return true;
    return false;
}

#define SCENE_DAYS 3 /* a day, or the days of one operation */

/* "A patrol searched houses in Dori on Monday", "They carried out a raid yesterday": the last such day of the
 * main clause. */
static const gr_time *day_of_operation(const gr_clause *c) {
    const gr_time *day = gr_closing_time(c);
    for (uint32_t i = c->time_count; i-- > 0 && !day;) {
        const gr_time *t = &c->time[i];
        bool settled = t->kind == GR_TIME_POINT && t->earliest != GR_NO_DAY && t->latest != GR_NO_DAY;
        if (settled && !gr_in_brackets(c, t) && in_main_clause(c, t->tok_begin)) day = t;
    }
    return day && day->latest - day->earliest < SCENE_DAYS ? day : NULL;
}

static bool open_with_operation(const gr_clause *c, gr_frame *frame) {
    const gr_time *day = tells_of_operation(c) ? day_of_operation(c) : NULL;
    if (!day) return false;
    places where = {0};
    for (uint32_t i = 0; i < c->place_count; i++)
        if (in_main_clause(c, c->place[i].head)) add_place(c, &c->place[i], &where);
    put(frame, c, &where, day, true);
    return true;
}

/* "On 25 August, soldiers entered the village of Goda": what they did there follows. */
static bool open_with_arrival(const gr_clause *c, gr_frame *frame) {
    static const char *const comes[] = {"enter",  "arrive",  "reach",      "storm",   "raid",     "attack",
                                        "invade", "descend", "infiltrate", "overrun", "surround", "encircle"};
    uint32_t verb = c->tree.sentence->tok_begin;
    while (verb < c->tree.sentence->tok_end && c->in->word[verb].head != GR_NONE) verb++;
    if (verb == c->tree.sentence->tok_end || c->in->word[verb].upos != GR_VERB) return false;
    gr_slice lemma = c->tree.lemma[verb];
    if (!GR_AMONG(lemma, comes) || !(c->in->word[verb].feats & GR_PAST) || gr_is_passive(c, verb))
        return false;
    gr_fillers subjects = {.count = 0};
    gr_subjects(c, verb, &subjects);
    if (!subjects.count || !(gr_properties_of(c, subjects.token[0]) & (GR_IS_ARMED | GR_IS_STATE)))
        return false;
    places where = {0};
    for (uint32_t i = 0; i < c->place_count; i++)
        if (c->place[i].tok_begin > verb && in_main_clause(c, c->place[i].head))
            add_place(c, &c->place[i], &where);
    const gr_time *day = NULL;
    for (uint32_t i = 0; i < c->time_count && !day; i++)
        if (c->time[i].kind == GR_TIME_POINT && !gr_in_brackets(c, &c->time[i]) &&
            in_main_clause(c, c->time[i].tok_begin))
            day = &c->time[i];
    if (where.count) put(frame, c, &where, day, false);
    return where.count > 0;
}

void gr_frame_open(const gr_clause *c, gr_frame *frame) {
    uint32_t end = opens_with_adverbial(c) ? opening_end(c) : c->tree.sentence->tok_begin;
    const gr_time *day = NULL;
    places where = {0};
    for (uint32_t i = 0; i < c->place_count; i++)
        if (c->place[i].tok_begin < end) add_place(c, &c->place[i], &where);
    for (uint32_t i = 0; i < c->time_count && !day; i++)
        if (c->time[i].tok_begin < end && c->time[i].kind == GR_TIME_POINT) day = &c->time[i];
    if (day && where.count)
        put(frame, c, &where, day, false);
    else if (!open_with_operation(c, frame))
        open_with_arrival(c, frame);
}

/* "The search went on for hours", "at the scene". */
static bool points_to_operation(const gr_clause *c) {
    for (uint32_t i = c->tree.sentence->tok_begin; i < c->tree.sentence->tok_end; i++)
        if (c->in->word[i].upos == GR_NOUN && gr_is_definite(c, i) && gr_in_class(c, i, "scene-word"))
            return true;
    return false;
}

static bool within_reach(const gr_clause *c, const gr_frame *frame) {
    if (!frame->open || c->sentence <= frame->sentence) return false;
    if (c->sentence > frame->sentence + REACH_SENTENCES) return false;
    if (c->in->text->sentence[c->sentence].block == frame->block) return true;
    return frame->operation && points_to_operation(c);
}

void gr_frame_give(const gr_clause *c, const gr_frame *frame, gr_draft *d) {
    bool happened = d->claim.reality == GR_OCCURRED &&
                    (d->claim.kind == GR_KIND_EVENT || d->claim.kind == GR_KIND_CUSTODY);
    if (!within_reach(c, frame) || !happened || d->claim.when.present || d->locations.count) return;
    if (c->in->word[d->anchor].upos != GR_VERB) return;
    d->claim.when = frame->when;
    for (uint32_t i = 0; i < frame->location_count; i++) gr_push(c->arena, &d->locations, frame->location[i]);
}
