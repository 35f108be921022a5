/* Claims of one report -> incidents: what the report tells once, however often it says so. Nothing is lost:
 * an incident lists its claims, and every claim that can belong to one does.
 * Thread rule: no state; memory from the arena. */
#ifndef GRIOT_LINK_LINK_H
#define GRIOT_LINK_LINK_H

#include "base/arena.h"
#include "claim/claim.h"
#include "find/actors.h"
#include "find/tree.h"

/* What the claims of an incident say of one sort of figure together. Units add up ("two soldiers and three
 * villagers"), except where one unit is the total of the others ("five people, among them two soldiers") or
 * tells of one of them again ("three rebels" and later "the leader was arrested").
 * Numbers are GR_NO_NUMBER where only vague words are given. */
typedef struct gr_toll {
    gr_what what;
    const char *of;        /* role counted, or NULL */
    int64_t low, high;     /* least and greatest total that the claims vouch for */
    bool exact;            /* no "more than", "about" or vague word among them */
    bool vague;            /* a word such as "several" stands for a part of it */
    uint32_t count, first; /* its gr_unit_toll in gr_incident.unit */
} gr_toll;

typedef struct gr_unit_toll {
    gr_slice unit;     /* "soldier"; empty where the text does not say */
    gr_op op;          /* of the figure that gave `low` */
    int64_t low, high; /* over the claims */
    gr_slice words;    /* vague words */
    bool single;       /* one person, named in the singular alone */
    bool apart;        /* people beside those of the other units, as a claim says */
    bool within;       /* people of no particular sort who are among those of the other units */
} gr_unit_toll;

/* Who may have done it where no claim says so. Never a party: the report leaves it open. */
typedef enum gr_suspicion {
    GR_SUSPECT_NEAR, /* the only armed group named, or armed people described, in the sentences that tell of
                        it */
    GR_SUSPECT_ONLY  /* the only armed group that the report names */
} gr_suspicion;
const char *gr_suspicion_name(gr_suspicion suspicion); /* "near", "only" */

typedef struct gr_suspect {
    uint32_t mention; /* index into the report's mentions */
    gr_suspicion why;
} gr_suspect;

/* A person, described people, a site or a weapon in the sentences that tell of a violent incident, to which
 * no claim gives a part. Never a party either. */
typedef struct gr_beside {
    uint32_t mention;
    gr_span phrase;
} gr_beside;

typedef struct gr_incident {
    uint32_t number; /* in the report, from 1, in order of first telling */
    gr_claim sum; /* kind, type, parties, places, time, persons, instruments, reality, codes of all of them */
    uint32_t *member; /* indexes of its claims, in text order */
    uint32_t member_count;
    gr_toll *toll;
    uint32_t toll_count;
    gr_unit_toll *unit;
    uint32_t unit_count;
    gr_suspect *suspect;
    uint32_t suspect_count;
    gr_beside *beside;
    uint32_t beside_count;
} gr_incident;

typedef GR_VEC(gr_incident) gr_incidents;

typedef struct gr_link_input {
    const gr_claim *claim; /* of the report, in text order */
    uint32_t claim_count;
    const gr_who *who;
    const gr_text *text;
    const gr_word *word;
    const gr_knowledge *know;
} gr_link_input;

/* Tolls over a time or an area (kind toll) belong to no incident and are left out. */
void gr_link_report(gr_arena *arena, const gr_link_input *in, gr_incidents *out);

#endif
