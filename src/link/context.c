#include "link/context.h"

#include "claim/acts.h"

/* Sentences between the nearest claims of two incidents. */
static uint32_t distance(const gr_link_input *in, const gr_incident *a, const gr_incident *b) {
    uint32_t least = UINT32_MAX;
    for (uint32_t i = 0; i < a->member_count; i++)
        for (uint32_t k = 0; k < b->member_count; k++) {
            uint32_t x = in->claim[a->member[i]].sentence, y = in->claim[b->member[k]].sentence;
            uint32_t gap = x > y ? x - y : y - x;
            if (gap < least) least = gap;
        }
    return least;
}

static bool real(const gr_incident *incident) {
    return incident->sum.reality == GR_OCCURRED || incident->sum.reality == GR_ONGOING;
}

static bool suffers(const gr_incident *incident, const char *kind) {
    for (uint32_t i = 0; i < incident->sum.party_count; i++) {
        const gr_party *p = &incident->sum.party[i];
        if (p->role == GR_ROLE_TARGET && gr_eq(p->kind, gr_slice_of(kind))) return true;
    }
    return false;
}

/* Force or arrests by the state, or by nobody named, near the protest. */
static bool answers(const gr_link_input *in, const gr_incident *protest, const gr_incident *other) {
    gr_act act = gr_act_of(other->sum.type);
    if ((act != GR_ACT_FIGHT && act != GR_ACT_DETENTION) || !real(other)) return false;
    gr_side actor = gr_side_in_role(&other->sum, GR_ROLE_ACTOR),
            target = gr_side_in_role(&other->sum, GR_ROLE_TARGET);
    if (target == GR_SIDE_STATE || target == GR_SIDE_ARMED || suffers(other, "rioter")) return false;
    if (actor == GR_SIDE_STATE) return distance(in, protest, other) <= 1;
    bool alone =
        actor == GR_SIDE_UNKNOWN && (suffers(other, "protester") || distance(in, protest, other) == 0);
    return alone && distance(in, protest, other) <= 1;
}

static bool harms(const gr_incident *incident) {
    for (uint32_t i = 0; i < incident->toll_count; i++) {
        const gr_toll *t = &incident->toll[i];
        if ((t->what == GR_WHAT_KILLED || t->what == GR_WHAT_WOUNDED) && (t->low > 0 || t->vague))
            return true;
    }
    return false;
}

static void code_protest(const gr_link_input *in, gr_incidents *all, gr_incident *protest) {
    for (uint32_t i = 0; i < all->count; i++) {
        gr_incident *other = &all->item[i];
        if (!answers(in, protest, other)) continue;
        bool grave = harms(other) || harms(protest) || gr_eq(other->sum.type, GR_S("kill"));
        gr_slice code = grave ? GR_S("Protests/Excessive force against protesters")
                              : GR_S("Protests/Protest with intervention");
        protest->sum.acled = other->sum.acled = code;
        if (grave) return;
    }
}

/* "The army left the town. Fighters then took it.": nobody fought for it. */
static void code_taking(const gr_link_input *in, const gr_incidents *all, gr_incident *taking) {
    bool left = false;
    for (uint32_t i = 0; i < all->count; i++) {
        const gr_incident *other = &all->item[i];
        if (gr_act_of(other->sum.type) == GR_ACT_FIGHT && real(other)) return;
        left = left ||
               (gr_eq(other->sum.type, GR_S("withdraw")) && real(other) && distance(in, taking, other) <= 2);
    }
    if (left) taking->sum.acled = GR_S("Strategic developments/Non-violent transfer of territory");
}

void gr_code_in_context(const gr_link_input *in, gr_incidents *incidents) {
    for (uint32_t i = 0; i < incidents->count; i++) {
        gr_incident *incident = &incidents->item[i];
        if (!real(incident)) continue;
        if (gr_eq(incident->sum.type, GR_S("protest"))) code_protest(in, incidents, incident);
        if (gr_eq(incident->sum.type, GR_S("control"))) code_taking(in, incidents, incident);
    }
}
