/* What one report tells of one incident, as far as it takes to tell whether another report tells of the same:
 * kind, time, places, parties, figures, persons. Two accounts are compared by themselves, so that neither the
 * order in which reports come nor what else is in the record changes a verdict.
 * Method: a fixed-weight form of record linkage (Fellegi and Sunter 1969), with the windows of time and place
 * widening with the precision of each, as event coders join reports (ACLED codebook, "Duplicates").
 * Thread rule: no state; memory from the arena. */
#ifndef GRIOT_LINK_ACCOUNTS_H
#define GRIOT_LINK_ACCOUNTS_H

#include "base/buffer.h"
#include "claim/acts.h"
#include "link/link.h"

enum { GR_ACCOUNT_CITY = 7 };

typedef struct gr_account_place {
    gr_slice key; /* gazetteer id, or the folded words where nothing resolves them */
    unsigned
        level; /* 0 unresolved, 1 area, 2 country, 3 admin1, 4 admin2, 5 admin3, 6 village or point, 7 city */
    gr_slice country, admin1, admin2;
    bool has_point;
    double lat_deg, lon_deg;
} gr_account_place;

typedef struct gr_account_party {
    gr_role role;
    gr_slice key; /* actor id, or folded name */
    bool listed;
    gr_side side;
} gr_account_party;

typedef struct gr_account_figure {
    gr_what what;
    gr_slice unit;     /* may be empty */
    int64_t low, high; /* GR_NO_NUMBER: only vague words */
} gr_account_figure;

typedef struct gr_account {
    gr_kind kind;
    gr_slice type;
    gr_reality reality;
    int32_t earliest, latest; /* days, or GR_NO_DAY */
    int32_t published;        /* the report's day, or GR_NO_DAY */
    gr_account_place *place;
    uint32_t place_count;
    gr_account_party *party;
    uint32_t party_count;
    gr_account_figure *figure;
    uint32_t figure_count;
    gr_slice *person; /* folded names */
    uint32_t person_count;
} gr_account;

/* The account that an incident of a report of day `published`, or GR_NO_DAY, gives. */
void gr_account_of(gr_arena *arena, const gr_incident *incident, int32_t published, gr_account *out);
/* One line of text without line feeds, and back. False when the text is not one that gr_account_write made.
 */
void gr_account_write(const gr_account *account, gr_buffer *out);
bool gr_account_read(gr_arena *arena, gr_slice text, gr_account *out);
/* Its greatest figure, where it is one that two incidents of a day hardly share; else 0. */
int64_t gr_account_figure_of(const gr_account *account);
/* Accounts that other reports may tell again: events, custody and forces, not lasting relations or presence.
 */
bool gr_account_links(const gr_account *account);

typedef enum gr_sameness {
    GR_APART,  /* not the same, or too little speaks for it */
    GR_LIKELY, /* worth a look: proposed to a reviewer */
    GR_CERTAIN /* merged, until somebody splits it */
} gr_sameness;
const char *gr_sameness_name(gr_sameness sameness); /* "apart", "likely", "certain" */

/* Why, as bits; gr_why_name tells each in words. */
typedef enum gr_why {
    GR_WHY_SAME_DAY,
    GR_WHY_NEXT_DAY,
    GR_WHY_TIMES_OVERLAP,
    GR_WHY_NO_DAY,
    GR_WHY_SAME_PLACE,
    GR_WHY_NEAR_PLACE,
    GR_WHY_SAME_DISTRICT,
    GR_WHY_SAME_REGION,
    GR_WHY_PLACE_OPEN,
    GR_WHY_SAME_ACTOR,
    GR_WHY_OTHER_ACTOR,
    GR_WHY_SAME_TARGET,
    GR_WHY_OTHER_TARGET,
    GR_WHY_SAME_FIGURE,
    GR_WHY_OTHER_FIGURE,
    GR_WHY_SAME_PERSON,
    GR_WHY_SAME_ACT,
    GR_WHY_TOLD_SOON,
    GR_WHY_COUNT
} gr_why;
const char *gr_why_name(gr_why why); /* "same day", "figures differ" ... */

typedef struct gr_comparison {
    gr_sameness verdict;
    bool contradicts; /* day, place or kind exclude each other */
    int32_t points;
    uint32_t why; /* bits 1 << gr_why */
} gr_comparison;

/* Symmetric: gr_compare_accounts(a, b) equals gr_compare_accounts(b, a). */
gr_comparison gr_compare_accounts(const gr_account *a, const gr_account *b);

#endif
