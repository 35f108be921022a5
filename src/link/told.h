/* A claim as the record tells it: what a situation and a reconciliation of tolls are made of.
 * Slices are lent by the caller and outlive what is made from them. Thread rule: none of its own. */
#ifndef GRIOT_LINK_TOLD_H
#define GRIOT_LINK_TOLD_H

#include "claim/claim.h"

typedef struct gr_told_party {
    gr_role role;
    gr_slice key; /* actor id, or folded name */
    gr_slice id, name;
    bool described; /* by a common noun alone: "gunmen" */
    bool armed;     /* a group that fights without being a state's */
} gr_told_party;

typedef struct gr_told_place {
    gr_slice key; /* gazetteer id, or folded name */
    gr_slice name, place, level, country, admin1;
    gr_slice role;
} gr_told_place;

typedef struct gr_told_figure {
    gr_what what;
    gr_op op;
    int64_t n, n_max; /* or GR_NO_NUMBER */
    gr_slice words, unit;
    bool aggregate;
} gr_told_figure;

typedef struct gr_told {
    gr_slice claim, doc, incident; /* incident: what groups accounts of one thing; empty: the claim alone */
    gr_slice account;
    int64_t sentence;
    gr_kind kind;
    gr_slice type;
    gr_reality reality;
    bool ends;                /* it tells that this came to an end */
    bool part;                /* of another claim's figure */
    int32_t earliest, latest; /* or GR_NO_DAY */
    gr_slice when_words;      /* of a time that no day settles */
    int32_t published;        /* or GR_NO_DAY */
    gr_slice origin;          /* whose word it is: equal for all claims that are one voice */
    gr_slice says;            /* the claimant's name; empty: the report itself */
    const gr_told_party *party;
    uint32_t party_count;
    const gr_told_place *place;
    uint32_t place_count;
    const gr_told_figure *figure;
    uint32_t figure_count;
    const gr_slice *person;
    uint32_t person_count;
    bool accepted;
} gr_told;

#endif
