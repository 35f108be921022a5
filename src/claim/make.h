/* Rules over mentions and parse -> claims, with attribution and reality.
 * Thread rule: no shared state; knowledge and gazetteer are read-only. */
#ifndef GRIOT_CLAIM_MAKE_H
#define GRIOT_CLAIM_MAKE_H

#include "base/buffer.h"
#include "claim/claim.h"
#include "find/actors.h"

typedef struct gr_claim_input {
    const gr_knowledge *know;
    const gr_gazetteer *gazetteer;
    const gr_text *text;
    const gr_word *word;
    const bool *wanted; /* per sentence: parsed and looked at */
    const gr_who *who;
    const gr_place_mentions *places;
    const gr_times *times;           /* in text order */
    const gr_quantities *quantities; /* in text order; none inside a time */
    gr_slice lang;
} gr_claim_input;

typedef GR_VEC(gr_claim) gr_claims;

/* All claims of a document, in order of their triggers, numbered from 1. Memory from the arena. */
void gr_make_claims(gr_arena *arena, const gr_claim_input *input, gr_claims *out);

/* Why a rule that is anchored at `token` made no claim, or that it made one: lines of text into *out.
 * For `griot explain`. Returns how many rules are anchored there. */
uint32_t gr_explain_token(gr_arena *arena, const gr_claim_input *input, uint32_t token, gr_buffer *out);

#endif
