/* What a text says of anything, not only of what rules know: who says what, what is negated, what may be or
 * lies ahead, who does what to whom, and when. Made by the code that fills the fields of claims
 * (attribution.c, negation.c, reality.c), for every sentence. Thread rule: as gr_make_claims. */
#ifndef GRIOT_CLAIM_STATEMENTS_H
#define GRIOT_CLAIM_STATEMENTS_H

#include "claim/deeds.h"

typedef struct gr_saying {
    gr_span source; /* begin == end: nobody is named */
    gr_span cue;
    gr_span content[2]; /* parted by the source's own words; the second may be empty */
    bool denies;
    bool attitude;   /* what somebody wants, thinks or does by words, not what is said */
    uint32_t within; /* index of the saying whose content holds this one, or GR_NONE */
} gr_saying;

typedef struct gr_denial {
    gr_span cue, event; /* event: begin == end where none */
    const gr_span *scope;
    uint32_t scope_count;
} gr_denial;

typedef enum gr_certainty { GR_CERTAIN, GR_UNCERTAIN, GR_OPEN } gr_certainty; /* open: "if", "whether" */

typedef struct gr_happening { /* a verb or noun that tells of something that happens */
    gr_span words;
    bool negated, future; /* as told; a negated event can be certain and ahead */
    gr_certainty certainty;
    gr_reality reality; /* the one value that a claim of it would show */
} gr_happening;

typedef struct gr_matter { /* a word that tells of something else than conflict */
    gr_span words;
    gr_slice what; /* "nature", "accident", "crime": the lexicon's classes matter-... */
    uint32_t depth;
} gr_matter;

typedef struct gr_statements {
    GR_VEC(gr_saying) saying;
    GR_VEC(gr_denial) denial;
    GR_VEC(gr_happening) happening;
    gr_told_deeds deed;
    GR_VEC(gr_matter) matter;
} gr_statements;

/* Of all wanted sentences, in text order. Memory from the arena. */
void gr_find_statements(gr_arena *arena, const gr_claim_input *input, gr_statements *out);

#endif
