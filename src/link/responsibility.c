#include "link/responsibility.h"

#include "claim/acts.h"

/* Sentences after the last one that tells of an incident in which it can be claimed; an accusation stands in
 * the same sentence. */
enum { CLAIMED_WITHIN = 3 };

static bool violent(const gr_incident *incident) {
    gr_act act = gr_act_of(incident->sum.type);
    bool real = incident->sum.reality == GR_OCCURRED || incident->sum.reality == GR_ONGOING;
    return real && (gr_is_violent(act) || act == GR_ACT_ABDUCTION);
}

/* How many sentences before the claim the incident was last told; UINT32_MAX when only behind it. */
static uint32_t told_before(const gr_link_input *in, const gr_incident *incident, uint32_t sentence) {
    uint32_t least = UINT32_MAX;
    for (uint32_t i = 0; i < incident->member_count; i++) {
        uint32_t told = in->claim[incident->member[i]].sentence;
        if (told <= sentence && sentence - told < least) least = sentence - told;
    }
    return least;
}

/* The violent incident told last before, at most `within` sentences ago; of several the one told first in the
 * report. */
static gr_incident *meant_by(const gr_link_input *in, const gr_claim *c, uint32_t within, gr_incidents *all) {
    gr_incident *found = NULL;
    uint32_t best = within + 1;
    for (uint32_t i = 0; i < all->count; i++) {
        if (!violent(&all->item[i])) continue;
        uint32_t ago = told_before(in, &all->item[i], c->sentence);
        if (ago < best) best = ago, found = &all->item[i];
    }
    return found;
}

static bool is_actor(const gr_claim *sum, const gr_party *p) {
    for (uint32_t i = 0; i < sum->party_count; i++) {
        const gr_party *other = &sum->party[i];
        if (other->role == GR_ROLE_ACTOR && gr_eq(other->id, p->id) && gr_eq(other->name, p->name))
            return true;
    }
    return false;
}

static void add_actor(gr_arena *arena, gr_claim *sum, gr_party party, gr_party_status status) {
    gr_party *wider = gr_alloc_array(arena, sum->party_count + 1, sizeof *wider);
    if (sum->party_count) memcpy(wider, sum->party, sum->party_count * sizeof *wider);
    party.role = GR_ROLE_ACTOR;
    party.status = status;
    wider[sum->party_count] = party;
    sum->party = wider;
    sum->party_count++;
}

static void settle(gr_arena *arena, const gr_link_input *in, const gr_claim *c, gr_incidents *all) {
    bool claims = gr_eq(c->type, GR_S("claim-responsibility")), accuses = gr_eq(c->type, GR_S("accuse"));
    if ((!claims && !accuses) || (c->reality != GR_OCCURRED && c->reality != GR_ONGOING)) return;
    gr_incident *incident = meant_by(in, c, claims ? CLAIMED_WITHIN : 0, all);
    for (uint32_t i = 0; incident && i < c->party_count; i++) {
        const gr_party *p = &c->party[i];
        gr_side side = gr_side_of(p);
        if (p->role != (claims ? GR_ROLE_ACTOR : GR_ROLE_TARGET) || p->form == GR_FORM_SITE) continue;
        if (claims && side != GR_SIDE_ARMED && side != GR_SIDE_STATE && p->form != GR_FORM_NAMED) continue;
        if (!is_actor(&incident->sum, p))
            add_actor(arena, &incident->sum, *p, claims ? GR_STATUS_CLAIMED : GR_STATUS_SUSPECTED);
    }
}

void gr_settle_responsibility(gr_arena *arena, const gr_link_input *in, gr_incidents *incidents) {
    for (uint32_t i = 0; i < in->claim_count; i++) settle(arena, in, &in->claim[i], incidents);
}
