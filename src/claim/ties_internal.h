/* Inside claim/: making the relations of one sentence. */
#ifndef GRIOT_CLAIM_TIES_INTERNAL_H
#define GRIOT_CLAIM_TIES_INTERNAL_H

#include "claim/clause.h"
#include "claim/ties.h"

#define GR_THING_ACTORS (GR_THING_PERSON | GR_THING_BODY | GR_THING_STATE)
#define GR_THING_ANY (GR_THING_PERSON | GR_THING_BODY | GR_THING_PLACE | GR_THING_ARMS | GR_THING_STATE)

typedef struct gr_tying {
    const gr_clause *c;
    gr_ties *out;
    uint32_t first, end; /* things of the sentence, half-open */
} gr_tying;

/* The longest thing of one of these kinds that the token heads, or GR_NONE. */
uint32_t gr_thing_headed(const gr_tying *t, uint32_t token, unsigned kinds);
/* The longest thing of one of these kinds that the token is part of, or GR_NONE. */
uint32_t gr_thing_around(const gr_tying *t, uint32_t token, unsigned kinds);
/* The thing that the token heads or is part of, or that it stands for as a pronoun. */
uint32_t gr_thing_named(const gr_tying *t, uint32_t token, unsigned kinds);
/* The longest thing that ends right before the token: "fought the rebels in X", however it is parsed; or
 * GR_NONE. */
uint32_t gr_thing_before(const gr_tying *t, uint32_t token);
/* Whose a noun is: "the group's positions", "a coalition strike"; or GR_NONE. */
uint32_t gr_owner_of(const gr_tying *t, uint32_t noun, unsigned kinds);
/* What a filler stands for: the thing that it names; else whose or of whom it is ("the group's
 * positions", "members of the group"). GR_NONE where it is none of these kinds. */
uint32_t gr_thing_meant(const gr_tying *t, uint32_t token, unsigned kinds);
/* Adds it unless it stands already, or joins a thing with itself or with a part of itself. */
void gr_tie_add(gr_tying *t, gr_tie_kind kind, uint32_t from, uint32_t to, uint32_t cue, gr_slice rule);
/* The same where one thing may be named inside the other: "the group's weapons". */
void gr_tie_add_part(gr_tying *t, gr_tie_kind kind, uint32_t from, uint32_t to, uint32_t cue, gr_slice rule);

void gr_tie_places(gr_tying *t);
void gr_tie_phrases(gr_tying *t);

#endif
