/* Claims -> the situation on a day: who is allied, at odds, talking; who is present where; who is held or
 * freed; what forces did. Each state is one row however often it is told, with from and until as intervals of
 * knowledge: what a claim dates lies between its earliest and latest day, and what it does not date had begun
 * at the latest when its report was published. Nothing else is inferred about time.
 * The result depends on the claims alone, not on their order. Thread rule: no state; memory from the arena.
 */
#ifndef GRIOT_LINK_SITUATION_H
#define GRIOT_LINK_SITUATION_H

#include "link/told.h"

typedef enum gr_section { GR_RELATIONS, GR_PRESENCE, GR_CUSTODY, GR_FORCES, GR_SECTION_COUNT } gr_section;
const char *gr_section_name(gr_section section); /* "relations", "presence", "custody", "forces" */

typedef enum gr_standing {
    GR_STANDS_CLAIMED,   /* by one voice */
    GR_STANDS_CONFIRMED, /* by several */
    GR_STANDS_DISPUTED,  /* asserted and denied, or two hold one place */
    GR_STANDS_DENIED,    /* only denied */
    GR_STANDS_ENDED
} gr_standing;
const char *gr_standing_name(gr_standing standing);

typedef enum gr_use { GR_USE_ASSERTS, GR_USE_PLANS, GR_USE_DENIES, GR_USE_ENDS } gr_use;
const char *gr_use_name(gr_use use); /* "asserts", "plans", "denies", "ends" */

typedef struct gr_bound {          /* an interval of knowledge */
    int32_t not_before, at_latest; /* or GR_NO_DAY: nobody says */
    bool by_publication;           /* at_latest is the day of publication, of a claim without a date */
} gr_bound;

typedef struct gr_state_use {
    uint32_t told; /* index into the claims */
    gr_use use;
    unsigned level; /* of presence */
} gr_state_use;

typedef struct gr_state_figure {
    gr_what what;
    int64_t low, high; /* over voices; GR_NO_NUMBER: only words */
    bool open;         /* "more than": nobody gives an upper end */
    gr_slice words, unit;
    uint32_t voices;
} gr_state_figure;

typedef struct gr_state_level { /* of presence: attack, taxes, patrols, holds */
    const char *name;
    int32_t last_heard;
    uint32_t claims;
} gr_state_level;

typedef struct gr_state {
    gr_section section;
    gr_slice what; /* "alliance", "talks", "holds", "freed", "deployed" ... */
    gr_told_party *party;
    uint32_t party_count;
    gr_told_place *place;
    uint32_t place_count;
    gr_slice *person;
    uint32_t person_count;
    gr_bound from, until; /* until: both GR_NO_DAY where it has not ended */
    int32_t last_heard;   /* or GR_NO_DAY */
    bool heard_by_publication;
    gr_reality reality; /* occurred, ongoing; planned or possible where nothing more is said */
    gr_standing standing;
    uint32_t voices;
    bool accepted;
    bool perhaps;     /* it may have begun after the day */
    uint32_t earlier; /* times that it ended before */
    gr_state_figure *figure;
    uint32_t figure_count;
    int64_t left_low, left_high; /* of custody: still held after those freed; GR_NO_NUMBER: not known */
    gr_state_level *level;
    uint32_t level_count;
    gr_state_use *use; /* its claims, in order of time */
    uint32_t use_count;
} gr_state;

typedef struct gr_situation {
    gr_state *state; /* by section */
    uint32_t state_count;
    uint32_t later; /* claims without a date in reports published after the day: not used */
} gr_situation;

/* `on`: a day; GR_NO_DAY: all that is told. */
void gr_situation_of(gr_arena *arena, const gr_told *told, uint32_t count, int32_t on, gr_situation *out);
/* The day at which what a claim tells was so at the latest: its own, else that of publication, else none. */
int32_t gr_told_day(const gr_told *told);

#endif
