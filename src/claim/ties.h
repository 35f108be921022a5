/* How the persons, bodies, arms and places of a text stand to each other: who fights, backs, meets, leads or
 * belongs to whom, and who or what was where. Made sentence by sentence from the rules of
 * knowledge/relations/ (ties.c), from places and the words that put something there (ties_places.c), and from
 * what stands inside and beside a noun phrase (ties_phrases.c). Thread rule: as gr_make_claims. */
#ifndef GRIOT_CLAIM_TIES_H
#define GRIOT_CLAIM_TIES_H

#include "claim/make.h"

typedef enum gr_thing_kind {
    GR_THING_PERSON = 1 << 0,
    GR_THING_BODY = 1 << 1, /* organisations, groups, forces, peoples */
    GR_THING_PLACE = 1 << 2,
    GR_THING_ARMS = 1 << 3,  /* weapons, vehicles, ships, aircraft, and strikes with them */
    GR_THING_STATE = 1 << 4, /* a country by name, which can act; added where the text shows it */
} gr_thing_kind;

typedef struct gr_given_thing { /* a mention that somebody else has found */
    gr_span span;
    unsigned kinds; /* gr_thing_kind bits */
} gr_given_thing;

typedef struct gr_thing {
    uint32_t tok_begin, tok_end; /* half-open */
    uint32_t head, sentence;
    unsigned kinds;
    uint32_t given; /* index among the given, or GR_NONE */
} gr_thing;

typedef struct gr_tie {
    gr_tie_kind kind;
    uint32_t from, to; /* things; in no order unless kind is leads, belongs or located */
    uint32_t cue;      /* token that tells it */
    uint32_t sentence;
    gr_slice rule;
    gr_reality reality;
} gr_tie;

typedef struct gr_ties {
    GR_VEC(gr_thing) thing; /* by sentence */
    GR_VEC(gr_tie) tie;     /* by sentence */
} gr_ties;

/* Of all wanted sentences. With `given` only those mentions are related, without (NULL) the actors, persons,
 * weapons, sites and places that griot finds itself. Memory from the arena. */
void gr_find_ties(gr_arena *arena, const gr_claim_input *input, const gr_given_thing *given, uint32_t count,
                  gr_ties *out);

#endif
