/* What sort of act a type of the ontology is, and the codes of a claim in other schemes.
 * Thread rule: no state. */
#ifndef GRIOT_CLAIM_ACTS_H
#define GRIOT_CLAIM_ACTS_H

#include "claim/claim.h"

typedef enum gr_act {
    GR_ACT_FIGHT,     /* clash, attack, ambush, kill, ...: violence whose means the type leaves open */
    GR_ACT_STRIKE,    /* airstrike, shelling, ied, ...: violence by a means that the type names */
    GR_ACT_PROPERTY,  /* destroy, loot */
    GR_ACT_ABDUCTION, /* abduct */
    GR_ACT_DETENTION, /* detain */
    GR_ACT_RELEASE,   /* release, escape, exchange */
    GR_ACT_CROWD,     /* protest, riot, strike */
    GR_ACT_CONTROL,   /* control, lose-control */
    GR_ACT_OTHER
} gr_act;

gr_act gr_act_of(gr_slice type);
/* An act that does violence to somebody or something. */
bool gr_is_violent(gr_act act);

/* The sides that codes turn on, from an actor kind of docs/knowledge.md. */
typedef enum gr_side {
    GR_SIDE_UNKNOWN,
    GR_SIDE_STATE,
    GR_SIDE_ARMED,
    GR_SIDE_CROWD,
    GR_SIDE_CIVILIAN
} gr_side;
gr_side gr_side_of(const gr_party *party);
/* The first side that is known among the parties of a role. */
gr_side gr_side_in_role(const gr_claim *claim, gr_role role);

/* Sets acled, plover, cameo and ucdp, which hold the usual codes of the type, to those that its parties,
 * instruments and figures ask for (docs/claims.md, "Codes"). Idempotent. */
void gr_settle_codes(gr_claim *claim);

#endif
