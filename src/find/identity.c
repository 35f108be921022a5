/* Which of several actors with the same name or acronym is meant (CNSP in Niger or in Mali): the one that the
 * document names in full elsewhere, else the one whose country it speaks of most. Where that does not decide,
 * the mention keeps its words and its candidates. */
#include "find/find_internal.h"

typedef struct chooser {
    gr_arena *arena;
    const gr_knowledge *know;
    const gr_text *text;
    const uint32_t *country_weight;
    bool *named;   /* per actor: a name that is its alone stands in the document */
    bool *in_full; /* per actor: so does a name of several words */
    uint32_t *own; /* per actor: what its own mentions add to its country's weight */
} chooser;

static void gather(chooser *c, const gr_who *who) {
    c->named = gr_alloc_array(c->arena, c->know->actor_count + 1, sizeof *c->named);
    c->in_full = gr_alloc_array(c->arena, c->know->actor_count + 1, sizeof *c->in_full);
    c->own = gr_alloc_array(c->arena, c->know->actor_count + 1, sizeof *c->own);
    for (uint32_t i = 0; i < who->all.count; i++) {
        const gr_mention *m = &who->all.item[i];
        if (m->kind != GR_MENTION_LISTED || m->candidate_count || m->weak || m->actor == GR_NO_ACTOR)
            continue;
        c->named[m->actor] = true;
        if (m->tok_end > m->tok_begin + 1) c->in_full[m->actor] = true;
        if (m->country != GR_NO_TYPE) c->own[m->actor] += GR_LISTED_WEIGHT;
    }
}

/* How much speaks for the actor: its first country is its home, the others are where it also acts. */
static uint32_t weight_of(const chooser *c, uint32_t actor) {
    const gr_actor *a = &c->know->actor[actor];
    uint32_t best = 0;
    for (uint32_t i = 0; i < a->country_count; i++) {
        uint32_t country = gr_map_get(&c->know->countries, gr_slice_of(a->country[i]));
        if (country == GR_MAP_NONE || !c->country_weight[country]) continue;
        uint32_t weight = c->country_weight[country] * 2 + (i == 0);
        if (weight > best) best = weight;
    }
    return best + (c->named[actor] ? 1000000u : 0u);
}

static void leave_open(const chooser *c, gr_mention *m) {
    const gr_knowledge *know = c->know;
    bool one_kind = true;
    unsigned shared = ~0u;
    for (uint32_t i = 0; i < m->candidate_count; i++) {
        const gr_actor *a = &know->actor[m->candidate[i]];
        one_kind = one_kind && gr_eq(a->kind, know->actor[m->candidate[0]].kind);
        shared &= gr_kind_properties(a->kind);
    }
    m->actor = GR_NO_ACTOR;
    m->id = (gr_slice){NULL, 0};
    m->name = gr_words_of(c->text, m->tok_begin, m->tok_end);
    m->actor_kind = one_kind ? know->actor[m->candidate[0]].kind : (gr_slice){NULL, 0};
    m->properties = shared | GR_IS_PARTY;
    m->country = GR_NO_TYPE;
}

static void choose(const chooser *c, gr_mention *m) {
    uint32_t best = 0, best_weight = 0, second_weight = 0;
    for (uint32_t i = 0; i < m->candidate_count; i++) {
        uint32_t weight = weight_of(c, m->candidate[i]);
        if (weight > best_weight) {
            second_weight = best_weight;
            best_weight = weight;
            best = m->candidate[i];
        } else if (weight > second_weight) {
            second_weight = weight;
        }
    }
    if (best_weight == 0 && m->at_home)
        m->tok_end = m->tok_begin; /* nobody's acronym here */
    else if (best_weight > second_weight)
        gr_mean_actor(c->know, best, m);
    else
        leave_open(c, m);
}

static bool is_country_of(const gr_knowledge *know, const gr_actor *a, uint32_t country) {
    for (uint32_t i = 0; i < a->country_count; i++)
        if (gr_map_get(&know->countries, gr_slice_of(a->country[i])) == country) return true;
    return false;
}

/* Does the document speak of countries, and of none of the actor's but by its own mentions? */
static bool speaks_of_others(const chooser *c, uint32_t actor) {
    const gr_actor *a = &c->know->actor[actor];
    uint32_t home = 0, elsewhere = 0;
    for (uint32_t country = 0; country < c->know->country_count; country++) {
        uint32_t weight = c->country_weight[country];
        if (weight && is_country_of(c->know, a, country))
            home += weight;
        else if (weight > elsewhere)
            elsewhere = weight;
    }
    return home <= c->own[actor] && elsewhere > GR_LISTED_WEIGHT;
}

/* Three letters stand for many things: where the document speaks of other countries and never uses the full
 * name, "CPA" is not known to be the one of the lists. */
static bool is_doubtful(const chooser *c, const gr_mention *m) {
    if (m->weak || m->tok_end != m->tok_begin + 1) return false;
    if (!c->know->actor[m->actor].country_count || c->in_full[m->actor]) return false;
    gr_slice form = c->text->token[m->tok_begin].form;
    bool three_letters = form.len <= 3;
    for (size_t i = 0; i < form.len; i++)
        three_letters = three_letters && form.ptr[i] >= 'A' && form.ptr[i] <= 'Z';
    return three_letters && speaks_of_others(c, m->actor);
}

static void doubt(const chooser *c, gr_mention *m) {
    m->candidate = gr_alloc_array(c->arena, 1, sizeof *m->candidate);
    m->candidate[0] = m->actor;
    m->candidate_count = 1;
    leave_open(c, m);
    m->actor_kind = (gr_slice){NULL, 0};
    m->properties = GR_IS_PARTY;
}

void gr_choose_actors(gr_arena *arena, const gr_knowledge *know, const gr_text *text,
                      const uint32_t *country_weight, gr_who *who) {
    chooser c = {.arena = arena, .know = know, .text = text, .country_weight = country_weight};
    gather(&c, who);
    for (uint32_t i = 0; i < who->all.count; i++) {
        gr_mention *m = &who->all.item[i];
        if (m->kind != GR_MENTION_LISTED || (m->actor == GR_NO_ACTOR && !m->candidate_count)) continue;
        if (m->candidate_count)
            choose(&c, m);
        else if (is_doubtful(&c, m))
            doubt(&c, m);
    }
}
