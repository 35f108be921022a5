/* One pass in text order: each claim joins the incident that it most likely tells again, or opens one. */
#include "link/link.h"

#include "claim/acts.h"
#include "link/beside.h"
#include "link/context.h"
#include "link/evidence.h"
#include "link/full_names.h"
#include "link/named_victims.h"
#include "link/responsibility.h"
#include "link/suspects.h"
#include "link/tolls.h"

/* Which of two types says more of what happened: the means, then the manner, then the harm alone. */
static int telling_rank(gr_slice type) {
    gr_act act = gr_act_of(type);
    if (act == GR_ACT_STRIKE) return 4;
    if (gr_eq(type, GR_S("clash")) || gr_eq(type, GR_S("ambush")) || gr_eq(type, GR_S("execute"))) return 3;
    if (gr_eq(type, GR_S("riot"))) return 3;
    return act == GR_ACT_PROPERTY ? 0 : gr_eq(type, GR_S("kill")) ? 1 : 2;
}

static int reality_rank(gr_reality reality) {
    static const int rank[GR_REALITY_COUNT] = {[GR_OCCURRED] = 5, [GR_ONGOING] = 4, [GR_POSSIBLE] = 3,
                                               [GR_PLANNED] = 2,  [GR_DENIED] = 1,  [GR_NEGATED] = 0};
    return rank[reality];
}

#define APPEND(arena, array, count, value)                                                                   \
    do {                                                                                                     \
        if (((count) & ((count) + 1)) == 0) {                                                                \
            void *wider = gr_alloc_array((arena), 2 * (size_t)(count) + 2, sizeof *(array));                 \
            if (count) memcpy(wider, (array), (count) * sizeof *(array));                                    \
            (array) = wider;                                                                                 \
        }                                                                                                    \
        (array)[(count)++] = (value);                                                                        \
    } while (0)

/* A party told again: the same listed actor, person or words; an unlisted one that a listed one of its side
 * explains is the listed one. */
static bool told_party(const gr_party *a, const gr_party *b) {
    if (a->role != b->role) return false;
    if (a->id.len || b->id.len) return gr_eq(a->id, b->id) && a->id.len;
    return gr_eq(a->name, b->name) && a->form != GR_FORM_SITE;
}

static void add_parties(gr_arena *arena, gr_claim *sum, const gr_claim *c) {
    for (uint32_t i = 0; i < c->party_count; i++) {
        bool there = false;
        for (uint32_t k = 0; k < sum->party_count && !there; k++) {
            there = told_party(&sum->party[k], &c->party[i]);
            if (there && c->party[i].status < sum->party[k].status) sum->party[k].status = c->party[i].status;
        }
        if (!there) APPEND(arena, sum->party, sum->party_count, c->party[i]);
    }
}

static void add_places(gr_arena *arena, gr_claim *sum, const gr_claim *c) {
    for (uint32_t i = 0; i < c->location_count; i++) {
        bool there = false;
        for (uint32_t k = 0; k < sum->location_count && !there; k++)
            there = gr_eq(sum->location[k].name, c->location[i].name) &&
                    gr_eq(sum->location[k].place, c->location[i].place);
        if (!there) APPEND(arena, sum->location, sum->location_count, c->location[i]);
    }
}

static void add_persons(gr_arena *arena, gr_claim *sum, const gr_claim *c) {
    for (uint32_t i = 0; i < c->person_count; i++) {
        bool there = false;
        for (uint32_t k = 0; k < sum->person_count && !there; k++)
            there = gr_eq(sum->person[k].name, c->person[i].name);
        if (!there) APPEND(arena, sum->person, sum->person_count, c->person[i]);
    }
}

static void add_instruments(gr_arena *arena, gr_claim *sum, const gr_claim *c) {
    for (uint32_t i = 0; i < c->instrument_count; i++)
        APPEND(arena, sum->instrument, sum->instrument_count, c->instrument[i]);
}

static int64_t days_of(const gr_when *t) {
    if (!t->present || t->latest == GR_NO_DAY) return INT64_MAX;
    return t->earliest == GR_NO_DAY ? 366 : (int64_t)t->latest - t->earliest;
}

static void add_claim(gr_arena *arena, const gr_claim *claim, uint32_t index, gr_incident *in) {
    const gr_claim *c = &claim[index];
    gr_claim *sum = &in->sum;
    if (telling_rank(c->type) > telling_rank(sum->type)) {
        sum->type = c->type;
        sum->trigger = c->trigger;
    }
    if (reality_rank(c->reality) > reality_rank(sum->reality)) sum->reality = c->reality;
    if (days_of(&c->when) < days_of(&sum->when) || !sum->when.present) sum->when = c->when;
    if (c->score > sum->score) sum->score = c->score;
    add_parties(arena, sum, c);
    add_places(arena, sum, c);
    add_persons(arena, sum, c);
    add_instruments(arena, sum, c);
    APPEND(arena, in->member, in->member_count, index);
    gr_sum_tolls(arena, claim, in);
}

static gr_incident opened_by(const gr_claim *c) {
    gr_incident in = {.sum = *c};
    in.sum.party = NULL, in.sum.party_count = 0;
    in.sum.location = NULL, in.sum.location_count = 0;
    in.sum.person = NULL, in.sum.person_count = 0;
    in.sum.instrument = NULL, in.sum.instrument_count = 0;
    in.sum.claimant = NULL, in.sum.claimant_count = 0;
    return in;
}

/* The codes of the type that won, then changed by what all claims say. */
static void code(const gr_claim *claim, gr_arena *arena, gr_incident *in) {
    gr_claim *sum = &in->sum;
    sum->count = NULL, sum->count_count = 0;
    for (uint32_t m = 0; m < in->member_count; m++) {
        const gr_claim *c = &claim[in->member[m]];
        if (gr_eq(c->type, sum->type) && c->reality == sum->reality) {
            sum->acled = c->acled;
            sum->plover = c->plover;
            sum->cameo = c->cameo;
            sum->ucdp = c->ucdp;
        }
        for (uint32_t i = 0; i < c->count_count; i++)
            APPEND(arena, sum->count, sum->count_count, c->count[i]);
    }
    gr_settle_codes(sum);
}

enum { LOOK_BACK = 24 }; /* incidents before the last that a claim may join */

static gr_incident *told_again(const gr_link_input *in, uint32_t index, gr_incidents *out) {
    int32_t best = GR_LINK_ENOUGH - 1;
    gr_incident *found = NULL;
    for (uint32_t k = out->count; k-- > 0 && k + LOOK_BACK >= out->count;) {
        gr_incident *incident = &out->item[k];
        const gr_claim *last = &in->claim[incident->member[incident->member_count - 1]];
        int32_t points = gr_evidence(&in->claim[index], incident, last);
        if (points > best) best = points, found = incident;
    }
    return found;
}

void gr_link_report(gr_arena *arena, const gr_link_input *in, gr_incidents *out) {
    for (uint32_t i = 0; i < in->claim_count; i++) {
        if (in->claim[i].kind == GR_KIND_TOLL) continue;
        gr_incident *found = told_again(in, i, out);
        if (!found) {
            gr_push(arena, out, opened_by(&in->claim[i]));
            found = &out->item[out->count - 1];
            found->number = out->count;
        }
        add_claim(arena, in->claim, i, found);
    }
    gr_settle_responsibility(arena, in, out);
    gr_name_victims(arena, in, out);
    gr_settle_full_names(in, out);
    for (uint32_t k = 0; k < out->count; k++) code(in->claim, arena, &out->item[k]);
    gr_code_in_context(in, out);
    gr_name_groups(in, out);
    gr_find_suspects(arena, in, out);
    gr_find_beside(arena, in, out);
}
