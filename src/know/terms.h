/* The terms of claims (docs/claims.md) that the knowledge files and the stages share, with their names.
 * Thread rule: constants. */
#ifndef GRIOT_KNOW_TERMS_H
#define GRIOT_KNOW_TERMS_H

#include "base/slice.h"

typedef enum gr_kind {
    GR_KIND_EVENT,
    GR_KIND_TOLL,
    GR_KIND_RELATION,
    GR_KIND_PRESENCE,
    GR_KIND_CUSTODY,
    GR_KIND_FORCE,
    GR_KIND_COUNT
} gr_kind;
typedef enum gr_role { GR_ROLE_ACTOR, GR_ROLE_TARGET, GR_ROLE_WITH, GR_ROLE_SUBJECT, GR_ROLE_COUNT } gr_role;
/* How sure the text is that this party did it. */
typedef enum gr_party_status {
    GR_STATUS_FACT,
    GR_STATUS_CLAIMED,
    GR_STATUS_SUSPECTED,
    GR_STATUS_POSSIBLE
} gr_party_status;
typedef enum gr_reality {
    GR_OCCURRED,
    GR_ONGOING,
    GR_PLANNED,
    GR_POSSIBLE,
    GR_DENIED,
    GR_NEGATED,
    GR_REALITY_COUNT
} gr_reality;
typedef enum gr_what {
    GR_WHAT_KILLED,
    GR_WHAT_WOUNDED,
    GR_WHAT_ABDUCTED,
    GR_WHAT_DETAINED,
    GR_WHAT_RELEASED,
    GR_WHAT_DISPLACED,
    GR_WHAT_MISSING,
    GR_WHAT_SURRENDERED,
    GR_WHAT_ESCAPED,
    GR_WHAT_RECRUITED,
    GR_WHAT_DEPLOYED,
    GR_WHAT_ARRESTED,
    GR_WHAT_TRAPPED,
    GR_WHAT_AFFECTED,
    GR_WHAT_OTHER,
    GR_WHAT_COUNT
} gr_what;

/* How two mentions stand to each other (docs/relations.md). */
typedef enum gr_tie_kind {
    GR_TIE_FIGHTS,  /* in armed conflict with */
    GR_TIE_ALLIED,  /* on the same side as */
    GR_TIE_CONTACT, /* met, spoke with, was in touch with */
    GR_TIE_LEADS,   /* commands, controls or uses */
    GR_TIE_BELONGS, /* is a member, part or property of */
    GR_TIE_LOCATED, /* was at or in */
    GR_TIE_COUNT
} gr_tie_kind;

const char *gr_kind_name(gr_kind kind);
const char *gr_role_name(gr_role role);
const char *gr_party_status_name(gr_party_status status); /* "fact", "claimed", "suspected", "possible" */
const char *gr_reality_name(gr_reality reality);
const char *gr_what_name(gr_what what);
const char *gr_tie_name(gr_tie_kind kind);

/* The term with that name, or the enum's COUNT value. */
gr_kind gr_kind_of(gr_slice name);
gr_role gr_role_of(gr_slice name);
gr_reality gr_reality_of(gr_slice name);
gr_what gr_what_of(gr_slice name);
gr_tie_kind gr_tie_of(gr_slice name);

#endif
