#include "claim/acts.h"

static const struct {
    const char *type;
    gr_act act;
} acts[] = {
    {"clash", GR_ACT_FIGHT},
    {"attack", GR_ACT_FIGHT},
    {"ambush", GR_ACT_FIGHT},
    {"kill", GR_ACT_FIGHT},
    {"execute", GR_ACT_FIGHT},
    {"torture", GR_ACT_FIGHT},
    {"siege", GR_ACT_FIGHT},
    {"airstrike", GR_ACT_STRIKE},
    {"shelling", GR_ACT_STRIKE},
    {"ied", GR_ACT_STRIKE},
    {"suicide-bombing", GR_ACT_STRIKE},
    {"grenade", GR_ACT_STRIKE},
    {"chemical", GR_ACT_STRIKE},
    {"sexual-violence", GR_ACT_STRIKE},
    {"destroy", GR_ACT_PROPERTY},
    {"loot", GR_ACT_PROPERTY},
    {"abduct", GR_ACT_ABDUCTION},
    {"detain", GR_ACT_DETENTION},
    {"release", GR_ACT_RELEASE},
    {"escape", GR_ACT_RELEASE},
    {"exchange", GR_ACT_RELEASE},
    {"protest", GR_ACT_CROWD},
    {"riot", GR_ACT_CROWD},
    {"strike", GR_ACT_CROWD},
    {"control", GR_ACT_CONTROL},
    {"lose-control", GR_ACT_CONTROL},
};

gr_act gr_act_of(gr_slice type) {
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (gr_eq(type, gr_slice_of(acts[i].type))) return acts[i].act;
    return GR_ACT_OTHER;
}

bool gr_is_violent(gr_act act) {
    return act == GR_ACT_FIGHT || act == GR_ACT_STRIKE || act == GR_ACT_PROPERTY;
}

gr_side gr_side_of(const gr_party *party) {
    static const struct {
        const char *kind;
        gr_side side;
    } sides[] = {
        {"state-military", GR_SIDE_STATE}, {"state-police", GR_SIDE_STATE},
        {"external", GR_SIDE_STATE},       {"rebel", GR_SIDE_ARMED},
        {"militia", GR_SIDE_ARMED},        {"identity-militia", GR_SIDE_ARMED},
        {"rioter", GR_SIDE_CROWD},         {"protester", GR_SIDE_CROWD},
        {"civilian", GR_SIDE_CIVILIAN},    {"government", GR_SIDE_CIVILIAN},
        {"io", GR_SIDE_CIVILIAN},          {"ngo", GR_SIDE_CIVILIAN},
    };
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        if (gr_eq(party->kind, gr_slice_of(sides[i].kind))) return sides[i].side;
    return party->form == GR_FORM_SITE && gr_eq(party->family, GR_S("military")) ? GR_SIDE_STATE
                                                                                 : GR_SIDE_UNKNOWN;
}

gr_side gr_side_in_role(const gr_claim *claim, gr_role role) {
    for (uint32_t i = 0; i < claim->party_count; i++) {
        if (claim->party[i].role != role) continue;
        gr_side side = gr_side_of(&claim->party[i]);
        if (side != GR_SIDE_UNKNOWN) return side;
    }
    return GR_SIDE_UNKNOWN;
}
