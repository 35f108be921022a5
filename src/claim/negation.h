/* Inside claim/: what a sentence denies in so many words. Cue, scope and event of each negation, after the
 * guidelines of Morante, Schrauwen and Daelemans (CLiPS, 2011): the scope is what the cue makes untrue, the
 * clause with its subject, without the cue. */
#ifndef GRIOT_CLAIM_NEGATION_H
#define GRIOT_CLAIM_NEGATION_H

#include "claim/clause.h"

typedef struct gr_negation {
    gr_span cue;    /* a word, or the part of one that negates it ("un" of "unharmed") */
    uint32_t event; /* token that is said not to be so, or GR_NONE */
    gr_span *scope; /* in text order, not overlapping */
    uint32_t scope_count;
} gr_negation;

typedef GR_VEC(gr_negation) gr_negations;

/* Negations of one sentence in the order of their cues. */
void gr_find_negations(const gr_clause *c, gr_negations *out);
/* The token that a negating word bears on: the verb or predicate of "not", "never", "no one", the noun's verb
 * of "no". GR_NONE where `token` is no such word. */
uint32_t gr_negated_by(const gr_clause *c, uint32_t token);

#endif
