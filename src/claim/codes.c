/* Codes of a claim: the type's usual ones, changed by who did it to whom, with what, and to what end. The
 * reasons stand in docs/claims.md. Sources: ACLED codebook (sub-event types), PLOVER manual 2.0, CAMEO 1.1b3,
 * UCDP GED codebook 24.1. */
#include "claim/acts.h"

static bool is(const gr_claim *c, const char *type) {
    return gr_eq(c->type, gr_slice_of(type));
}

static bool done_with(const gr_claim *c, const char *family) {
    for (uint32_t i = 0; i < c->instrument_count; i++)
        if (gr_eq(c->instrument[i].family, gr_slice_of(family))) return true;
    return false;
}

static bool harms(const gr_claim *c) {
    for (uint32_t i = 0; i < c->count_count; i++)
        if ((c->count[i].what == GR_WHAT_KILLED || c->count[i].what == GR_WHAT_WOUNDED) && c->count[i].n != 0)
            return true;
    return false;
}

static bool has_kind(const gr_claim *c, gr_role role, const char *kind) {
    for (uint32_t i = 0; i < c->party_count; i++)
        if (c->party[i].role == role && gr_eq(c->party[i].kind, gr_slice_of(kind))) return true;
    return false;
}

static void set(gr_claim *c, const char *acled, const char *plover, const char *cameo) {
    if (acled) c->acled = gr_slice_of(acled);
    if (plover) c->plover = gr_slice_of(plover);
    if (cameo) c->cameo = gr_slice_of(cameo);
}

/* The means decides: a grenade beside firearms is one weapon of a fight, alone it is the attack. */
static bool by_means(gr_claim *c) {
    static const struct {
        const char *family, *acled, *plover, *cameo;
    } means[] = {
        {"chemical", "Explosions/Remote violence/Chemical weapon", "ASSAULT unconventional", "204"},
        {"aerial", "Explosions/Remote violence/Air/drone strike", "ASSAULT aerial", "195"},
        {"heavy", "Explosions/Remote violence/Shelling/artillery/missile attack", "ASSAULT heavy-weapons",
         "194"},
        {"explosive", "Explosions/Remote violence/Remote explosive/landmine/IED", "ASSAULT explosives",
         "183"},
        {"grenade", "Explosions/Remote violence/Grenade", "ASSAULT explosives", "183"},
    };
    if (is(c, "suicide-bombing") || is(c, "chemical") || is(c, "sexual-violence") || is(c, "clash"))
        return false;
    bool gun = done_with(c, "firearm");
    if (done_with(c, "crowd-control") && !gun) {
        set(c,
            harms(c) ? "Protests/Excessive force against protesters" : "Protests/Protest with intervention",
            "ASSAULT crowd-control", "175");
        return true;
    }
    for (size_t i = 0; i < sizeof means / sizeof *means; i++) {
        if (!done_with(c, means[i].family) || (i > 0 && gun)) continue;
        if (is(c, "airstrike") && i > 0) return false;
        if (is(c, "shelling") && i > 2) return false;
        set(c, means[i].acled, means[i].plover, means[i].cameo);
        return true;
    }
    if (gun && !is(c, "grenade")) set(c, NULL, "ASSAULT firearms", NULL);
    return false;
}

static bool has_side(const gr_claim *c, gr_side side) {
    for (uint32_t i = 0; i < c->party_count; i++)
        if (gr_side_of(&c->party[i]) == side) return true;
    return false;
}

static void code_fight(gr_claim *c, gr_side actor, gr_side target) {
    bool armed_target = target == GR_SIDE_STATE || target == GR_SIDE_ARMED;
    if (is(c, "clash") && has_side(c, GR_SIDE_CROWD) && has_side(c, GR_SIDE_STATE))
        set(c, "Riots/Violent demonstration", "PROTEST riot", "145");
    else if (has_kind(c, GR_ROLE_TARGET, "protester") && actor == GR_SIDE_STATE)
        set(c, "Protests/Excessive force against protesters", "ASSAULT crowd-control", NULL);
    else if (actor == GR_SIDE_CROWD && target != GR_SIDE_STATE && !has_kind(c, GR_ROLE_TARGET, "government"))
        set(c, "Riots/Mob violence", NULL, NULL);
    else if (actor == GR_SIDE_CROWD || has_kind(c, GR_ROLE_TARGET, "rioter"))
        set(c, "Riots/Violent demonstration", "PROTEST riot", "145");
    else if (armed_target && actor != GR_SIDE_CIVILIAN && !is(c, "execute") && !is(c, "torture") &&
             !is(c, "siege"))
        set(c, "Battles/Armed clash", NULL, "190");
}

/* Civilians, or people of whom nothing else is said. */
static bool harms_people(const gr_claim *c) {
    if (gr_side_in_role(c, GR_ROLE_TARGET) == GR_SIDE_CIVILIAN) return true;
    for (uint32_t i = 0; i < c->party_count; i++) {
        const gr_party *p = &c->party[i];
        if (p->role == GR_ROLE_TARGET && !p->kind.len &&
            (p->form == GR_FORM_PERSON || gr_eq(p->name, GR_S("people"))))
            return true;
    }
    return false;
}

static void code_crowd(gr_claim *c) {
    if (is(c, "protest") && harms(c))
        set(c, "Protests/Excessive force against protesters", NULL, NULL);
    else if (is(c, "protest") && gr_side_in_role(c, GR_ROLE_ACTOR) == GR_SIDE_STATE)
        set(c, "Protests/Protest with intervention", NULL, NULL);
    else if (is(c, "riot") && harms(c) && harms_people(c))
        set(c, "Riots/Mob violence", NULL, NULL);
}

static void code_control(gr_claim *c, gr_side actor) {
    if (is(c, "lose-control") || c->reality == GR_ONGOING) return;
    if (actor == GR_SIDE_STATE || has_kind(c, GR_ROLE_ACTOR, "government"))
        set(c, "Battles/Government regains territory", NULL, NULL);
    else if (actor == GR_SIDE_ARMED)
        set(c, "Battles/Non-state actor overtakes territory", NULL, NULL);
}

static int ucdp_of(const gr_claim *c, gr_side actor, gr_side target) {
    if (target == GR_SIDE_CIVILIAN) return 3;
    if (actor == GR_SIDE_STATE || target == GR_SIDE_STATE) return 1;
    return actor == GR_SIDE_ARMED && target == GR_SIDE_ARMED ? 2 : c->ucdp;
}

static bool starts_with_one_of(gr_slice code, const char *const *word, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (gr_starts(code, gr_slice_of(word[i]))) return true;
    return false;
}

/* CAMEO and PLOVER code what is only intended as the intention (03 AGREE, 13 THREATEN), and cooperation that
 * does not come about as its refusal (12 REJECT). */
static void code_intention(gr_claim *c) {
    static const char *const kind[] = {"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "AGREE"};
    static const char *const unkind[] = {"ASSAULT", "COERCE", "SANCTION"};
    bool helps = starts_with_one_of(c->plover, kind, sizeof kind / sizeof *kind);
    if (c->reality == GR_PLANNED && helps) set(c, NULL, "AGREE", "030");
    if ((c->reality == GR_NEGATED || c->reality == GR_DENIED) && helps) set(c, NULL, "REJECT", "120");
    if (c->reality == GR_PLANNED && starts_with_one_of(c->plover, unkind, sizeof unkind / sizeof *unkind))
        set(c, NULL, "THREATEN", "130");
}

/* States that break with each other end relations (CAMEO 161); a group that does splits. Arms that are seized
 * from nobody in particular are no concession. */
static void code_break(gr_claim *c) {
    bool states = c->party_count > 0, seized_from = false;
    for (uint32_t i = 0; i < c->party_count; i++) {
        states = states && gr_eq(c->party[i].kind, GR_S("government"));
        seized_from = seized_from || c->party[i].role != GR_ROLE_ACTOR;
    }
    if (is(c, "split") && states) set(c, NULL, "SANCTION", "161");
    if (is(c, "disarm") && !seized_from && c->party_count) set(c, NULL, "COERCE seize", "171");
}

/* What protesters say they say by protesting. */
static bool is_speech(const gr_claim *c) {
    return is(c, "demand") || is(c, "accuse") || is(c, "reject");
}

void gr_settle_codes(gr_claim *c) {
    gr_act act = gr_act_of(c->type);
    gr_side actor = gr_side_in_role(c, GR_ROLE_ACTOR), target = gr_side_in_role(c, GR_ROLE_TARGET);
    if (c->kind == GR_KIND_TOLL) return;
    if (gr_is_violent(act) && actor == GR_SIDE_CROWD && act == GR_ACT_STRIKE) {
        set(c, "Riots/Violent demonstration", "PROTEST riot", "145"); /* a petrol bomb of demonstrators */
    } else if (gr_is_violent(act) && !by_means(c)) {
        if (act == GR_ACT_FIGHT) code_fight(c, actor, target);
        if (act == GR_ACT_PROPERTY && actor == GR_SIDE_CROWD)
            set(c, "Riots/Violent demonstration", "PROTEST riot", "145");
    }
    if (act == GR_ACT_CROWD) code_crowd(c);
    if (act == GR_ACT_CONTROL) code_control(c, actor);
    if (act == GR_ACT_DETENTION && actor == GR_SIDE_ARMED)
        set(c, "Violence against civilians/Abduction/forced disappearance", "ASSAULT abduct", "181");
    if (act == GR_ACT_DETENTION && actor != GR_SIDE_ARMED && has_kind(c, GR_ROLE_TARGET, "protester"))
        set(c, "Protests/Protest with intervention", NULL, NULL);
    if (is(c, "release") && has_side(c, GR_SIDE_ARMED) && has_kind(c, GR_ROLE_TARGET, "state-military"))
        set(c, "Strategic developments/Agreement", NULL, NULL);
    if (is_speech(c) && has_kind(c, GR_ROLE_ACTOR, "protester"))
        set(c, "Protests/Peaceful protest", "PROTEST demo", "141");
    code_break(c);
    code_intention(c);
    if (c->ucdp) c->ucdp = ucdp_of(c, actor, target);
}
