/* What one side does to another, as PLOVER's events, in the words of know/deeds.h: read off the syntax from
 * the outermost word that tells of a deed, so that "refused to lift the ban on X" is one refusal. Apart from
 * claims, which keep conflict. Thread rule: as gr_make_claims. */
#ifndef GRIOT_CLAIM_DEEDS_H
#define GRIOT_CLAIM_DEEDS_H

#include "claim/clause.h"
#include "know/deeds.h"

typedef struct gr_told_deed {
    gr_deed_root root;
    const gr_deed *deed; /* of the word that tells; NULL where a word without a sense carries another's */
    gr_span cue;
    gr_slice by_kind;    /* actor kind of docs/knowledge.md of who does it, or empty */
    gr_span *who, *whom; /* noun phrases, nearest to the cue first */
    uint32_t who_count, whom_count;
    uint32_t depth; /* of the cue in the tree of its sentence: small is what the sentence is about */
} gr_told_deed;

typedef GR_VEC(gr_told_deed) gr_told_deeds;

/* Steps from a token to the root of its sentence. */
uint32_t gr_depth_of(const gr_clause *c, uint32_t token);
/* Deeds of one sentence in text order; a deed inside another one stands on its own too. */
void gr_find_deeds(const gr_clause *c, gr_told_deeds *out);

#endif
