/* Which of several actors with the same name or acronym is meant (CNSP in Niger or in Mali): the one that the
 * document names in full elsewhere, else the one whose country it speaks of most. Where that does not decide,
 * the mention keeps its words and its candidates. */
#include "find/find_internal.h"

static bool named_elsewhere(const gr_who *who, uint32_t actor) {
    for (uint32_t i = 0; i < who->all.count; i++) {
        const gr_mention *m = &who->all.item[i];
        if (m->kind == GR_MENTION_LISTED && m->actor == actor && !m->candidate_count && !m->weak) return true;
    }
    return false;
}

static uint32_t weight_of(const gr_knowledge *know, const uint32_t *country_weight, const gr_who *who,
                          uint32_t actor) {
    const gr_actor *a = &know->actor[actor];
    uint32_t best = 0;
    for (uint32_t i = 0; i < a->country_count; i++) {
        uint32_t country = gr_map_get(&know->countries, gr_slice_of(a->country[i]));
        /* The first country is the actor's home; the others are where it also acts. */
        if (country != GR_MAP_NONE && country_weight[country] * 2 + (i == 0) > best &&
            country_weight[country])
            best = country_weight[country] * 2 + (i == 0);
    }
    return best + (named_elsewhere(who, actor) ? 1000000u : 0u);
}

static void leave_open(const gr_knowledge *know, const gr_text *text, gr_mention *m) {
    bool one_kind = true;
    unsigned shared = ~0u;
    for (uint32_t i = 0; i < m->candidate_count; i++) {
        const gr_actor *a = &know->actor[m->candidate[i]];
        one_kind = one_kind && gr_eq(a->kind, know->actor[m->candidate[0]].kind);
        shared &= gr_kind_properties(a->kind);
    }
    m->actor = GR_NO_ACTOR;
    m->id = (gr_slice){NULL, 0};
    m->name = gr_words_of(text, m->tok_begin, m->tok_end);
    m->actor_kind = one_kind ? know->actor[m->candidate[0]].kind : (gr_slice){NULL, 0};
    m->properties = shared | GR_IS_PARTY;
    m->country = GR_NO_TYPE;
}

static void choose(const gr_knowledge *know, const gr_text *text, const uint32_t *country_weight,
                   const gr_who *who, gr_mention *m) {
    uint32_t best = 0, best_weight = 0, second_weight = 0;
    for (uint32_t i = 0; i < m->candidate_count; i++) {
        uint32_t weight = weight_of(know, country_weight, who, m->candidate[i]);
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
        gr_mean_actor(know, best, m);
    else
        leave_open(know, text, m);
}

void gr_choose_actors(const gr_knowledge *know, const gr_text *text, const uint32_t *country_weight,
                      gr_who *who) {
    for (uint32_t i = 0; i < who->all.count; i++) {
        gr_mention *m = &who->all.item[i];
        if (m->kind == GR_MENTION_LISTED && m->candidate_count) choose(know, text, country_weight, who, m);
    }
}
