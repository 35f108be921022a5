#include "link/suspects.h"

#include "claim/acts.h"

typedef GR_VEC(gr_suspect) suspects;

const char *gr_suspicion_name(gr_suspicion suspicion) {
    static const char *const names[] = {"near", "only"};
    return names[suspicion];
}

static bool is_group(const gr_mention *m) {
    bool armed = gr_eq(m->actor_kind, GR_S("rebel")) || gr_eq(m->actor_kind, GR_S("militia"));
    return armed && m->kind == GR_MENTION_LISTED && m->id.len;
}

/* The one armed group among the mentions of sentences [from, to), or GR_NONE where there is none or another.
 */
static uint32_t only_group(const gr_who *who, const bool *sentence) {
    uint32_t found = GR_NONE;
    for (uint32_t i = 0; i < who->all.count; i++) {
        const gr_mention *m = &who->all.item[i];
        if (!is_group(m) || (sentence && !sentence[m->sentence])) continue;
        if (found != GR_NONE && !gr_eq(who->all.item[found].id, m->id)) return GR_NONE;
        if (found == GR_NONE) found = i;
    }
    return found;
}

static bool suffers(const gr_claim *sum, const gr_mention *m) {
    for (uint32_t i = 0; i < sum->party_count; i++)
        if (sum->party[i].role == GR_ROLE_TARGET && gr_eq(sum->party[i].name, m->name)) return true;
    return false;
}

/* A group that did it is named, or the state or a crowd did it. */
static bool settled(const gr_claim *sum) {
    for (uint32_t i = 0; i < sum->party_count; i++) {
        const gr_party *p = &sum->party[i];
        gr_side side = gr_side_of(p);
        if (p->role == GR_ROLE_ACTOR && (p->id.len || (side != GR_SIDE_UNKNOWN && side != GR_SIDE_ARMED)))
            return true;
    }
    return false;
}

static bool has_actor(const gr_claim *sum) {
    for (uint32_t i = 0; i < sum->party_count; i++)
        if (sum->party[i].role == GR_ROLE_ACTOR) return true;
    return false;
}

/* Armed people described in the sentences that tell of it and that suffer nothing there. */
static void add_described(gr_arena *arena, const gr_who *who, const gr_claim *sum, const bool *sentence,
                          suspects *out) {
    for (uint32_t i = 0; i < who->all.count; i++) {
        const gr_mention *m = &who->all.item[i];
        if (!sentence[m->sentence] || m->kind != GR_MENTION_CLASS || !(m->properties & GR_IS_ARMED)) continue;
        if ((m->properties & GR_IS_STATE) || suffers(sum, m)) continue;
        gr_push(arena, out, (gr_suspect){i, GR_SUSPECT_NEAR});
        return;
    }
}

static void suspect(gr_arena *arena, const gr_link_input *in, gr_incident *incident, bool *sentence) {
    suspects found = {0};
    for (uint32_t m = 0; m < incident->member_count; m++)
        sentence[in->claim[incident->member[m]].sentence] = true;
    uint32_t near = only_group(in->who, sentence), only = near == GR_NONE ? only_group(in->who, NULL) : near;
    if (only != GR_NONE && !suffers(&incident->sum, &in->who->all.item[only]))
        gr_push(arena, &found, (gr_suspect){only, near == GR_NONE ? GR_SUSPECT_ONLY : GR_SUSPECT_NEAR});
    if (!has_actor(&incident->sum)) add_described(arena, in->who, &incident->sum, sentence, &found);
    for (uint32_t m = 0; m < incident->member_count; m++)
        sentence[in->claim[incident->member[m]].sentence] = false;
    incident->suspect = found.item, incident->suspect_count = found.count;
}

void gr_find_suspects(gr_arena *arena, const gr_link_input *in, gr_incidents *incidents) {
    uint32_t sentences = 1;
    for (uint32_t i = 0; i < in->who->all.count; i++)
        if (in->who->all.item[i].sentence >= sentences) sentences = in->who->all.item[i].sentence + 1;
    for (uint32_t i = 0; i < in->claim_count; i++)
        if (in->claim[i].sentence >= sentences) sentences = in->claim[i].sentence + 1;
    bool *sentence = gr_alloc_array(arena, sentences, sizeof *sentence);
    for (uint32_t i = 0; i < incidents->count; i++) {
        gr_act act = gr_act_of(incidents->item[i].sum.type);
        if ((gr_is_violent(act) || act == GR_ACT_ABDUCTION) && !settled(&incidents->item[i].sum))
            suspect(arena, in, &incidents->item[i], sentence);
    }
}

static gr_span words_of(const gr_link_input *in, const gr_mention *m) {
    const gr_token *first = &in->text->token[m->tok_begin], *last = &in->text->token[m->tok_end - 1];
    return (gr_span){first->off_b, last->off_b + last->len_b};
}

static gr_span name_of_group(const gr_link_input *in, const gr_party *p) {
    gr_span found = {0, 0};
    for (uint32_t i = 0; i < in->who->all.count; i++) {
        const gr_mention *m = &in->who->all.item[i];
        if (!is_group(m) || !gr_eq(m->id, p->id)) continue;
        gr_span words = words_of(in, m);
        if (found.end_b && words.begin_b >= p->phrase.end_b) break;
        found = words;
    }
    return found;
}

void gr_name_groups(const gr_link_input *in, gr_incidents *incidents) {
    for (uint32_t i = 0; i < incidents->count; i++)
        for (uint32_t k = 0; k < incidents->item[i].sum.party_count; k++) {
            gr_party *p = &incidents->item[i].sum.party[k];
            if (p->form == GR_FORM_DESCRIBED && p->id.len) p->listed_as = name_of_group(in, p);
        }
}
