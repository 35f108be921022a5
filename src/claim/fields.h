/* Inside claim/: filling the fields of a claim from the positions that its rule names. */
#ifndef GRIOT_CLAIM_FIELDS_H
#define GRIOT_CLAIM_FIELDS_H

#include "claim/attribution.h"

typedef GR_VEC(gr_party) gr_parties;
typedef GR_VEC(gr_location) gr_locations;
typedef GR_VEC(gr_count) gr_counts;
typedef GR_VEC(gr_person) gr_persons;
typedef GR_VEC(gr_instrument) gr_instruments;

typedef struct gr_draft { /* a claim in the making */
    gr_claim claim;
    uint32_t anchor; /* token */
    const gr_rule *rule;
    gr_parties parties;
    gr_locations locations;
    gr_counts counts;
    gr_persons persons;
    gr_instruments instruments;
    bool merged;            /* into another draft: not a claim of its own */
    uint32_t merged_into;   /* that draft's index; places and times of the merged one are its */
    uint32_t part_of_draft; /* draft index + 1, or 0 */
} gr_draft;

typedef GR_VEC(gr_draft) gr_drafts;

/* By id where both have one, else by name. */
bool gr_same_party(const gr_party *a, const gr_party *b);
void gr_fill_parties(const gr_clause *c, gr_draft *draft);
void gr_fill_counts(const gr_clause *c, gr_draft *draft);
/* Places and times of the sentence, each given to the drafts that it hangs on; drafts without one then take
 * that of the draft that governs them. `drafts` holds one sentence's. */
void gr_fill_places(const gr_clause *c, gr_drafts *drafts, uint32_t first);
void gr_fill_times(const gr_clause *c, gr_drafts *drafts, uint32_t first);
/* Weapons of the sentence, each given to the violent act that it hangs on. */
void gr_fill_instruments(const gr_clause *c, gr_drafts *drafts, uint32_t first);
bool gr_in_brackets(const gr_clause *c, const gr_time *t);
/* The day that ends the sentence, outside brackets; NULL where there is none. */
const gr_time *gr_closing_time(const gr_clause *c);
/* The day of a claim from a time of its report; not inherited. */
gr_when gr_when_of(const gr_clause *c, const gr_time *time);
gr_location gr_location_of(const gr_clause *c, const gr_place_mention *mention);

#endif
