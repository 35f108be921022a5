/* Tolls over a time or an area, reconciled with the incidents inside their window, area and victims. An
 * aggregate and its incidents are two tellings of the same dead: they are held against each other and never
 * added. Thread rule: no state; memory from the arena. */
#ifndef GRIOT_LINK_AGGREGATES_H
#define GRIOT_LINK_AGGREGATES_H

#include "link/told.h"

typedef struct gr_harm { /* what an incident's accounts say of one sort of people */
    gr_what what;
    gr_slice unit;
    int64_t low, high; /* over voices; GR_NO_NUMBER: only vague words */
    bool open;         /* "more than" */
    gr_slice words;
} gr_harm;

typedef struct gr_harmed { /* an incident, as far as tolls go */
    gr_slice incident;
    uint32_t cluster; /* equal for incidents that may be one, as proposals say */
    int32_t earliest, latest;
    const gr_told_place *place;
    uint32_t place_count;
    const gr_told_party *party;
    uint32_t party_count;
    const gr_harm *harm;
    uint32_t harm_count;
    const gr_slice *doc; /* reports that tell of it */
    uint32_t doc_count;
    const gr_slice *origin; /* voices that give a figure */
    uint32_t origin_count;
    bool accepted;
} gr_harmed;

typedef enum gr_inside { GR_OUTSIDE, GR_PERHAPS_INSIDE, GR_INSIDE } gr_inside;
/* Does the harm of an incident lie within the window, area and victims of an aggregate? Inside: nothing that
 * is known of it speaks against it, and its day, or the report that tells both, puts it there. */
gr_inside gr_lies_inside(const gr_told *aggregate, const gr_told_figure *figure, const gr_harmed *incident,
                         const gr_harm *harm);

typedef enum gr_verdict { GR_UNEXPLAINED, GR_PARTLY_EXPLAINED, GR_EXPLAINED, GR_CONTRADICTED } gr_verdict;
const char *gr_verdict_name(gr_verdict verdict);

typedef struct gr_sum { /* GR_NO_NUMBER: no number is known, which is not zero */
    int64_t low, high;
    bool open; /* nobody gives an upper end */
} gr_sum;

typedef struct gr_explaining {
    uint32_t incident; /* index */
    bool surely;
} gr_explaining;

typedef struct gr_reconciled { /* one aggregate with all its accounts */
    uint32_t *told;            /* claims that give it */
    uint32_t told_count;
    gr_told_figure figure; /* of the first of them */
    gr_sum sum;
    uint32_t voices;
    gr_explaining *by;
    uint32_t by_count;
    uint32_t without_number; /* incidents inside of which only vague words tell */
    gr_sum explained;        /* incidents surely inside .. also those perhaps inside */
    gr_sum unexplained;
    gr_verdict verdict;
    bool accepted;
} gr_reconciled;

typedef enum gr_toll_by { GR_BY_ALL, GR_BY_MONTH, GR_BY_PLACE, GR_BY_ACTOR } gr_toll_by;

/* The sort of people that a row counts a unit under: all words for people of no particular sort are "person".
 */
gr_slice gr_toll_unit(gr_slice unit);

typedef struct gr_toll_row { /* a harm to one sort of people, in one month, place or by one actor */
    gr_slice group;
    gr_what what;
    gr_slice unit;
    gr_sum sum;       /* at least the greatest that one telling vouches for; at most what any allows */
    gr_sum incidents; /* dated incidents, added up; those that may be one counted once */
    uint32_t incident_count;
    gr_sum undated; /* incidents without a day: side by side, not added, for they may be among the dated */
    uint32_t undated_count;
    uint32_t without_number;
    uint32_t *incident; /* indexes of all of these */
    uint32_t incident_total;
    gr_reconciled *aggregate;
    uint32_t aggregate_count;
    gr_sum unexplained; /* of the aggregate that leaves most */
    uint32_t voices;
    uint32_t drafts; /* claims and incidents among them that nobody has accepted */
} gr_toll_row;

typedef struct gr_toll_rows {
    gr_toll_row *row; /* by group, harm and unit */
    uint32_t count;
} gr_toll_rows;

/* `told`: claims of kind toll. */
void gr_reconcile_tolls(gr_arena *arena, const gr_told *told, uint32_t count, const gr_harmed *incident,
                        uint32_t incident_count, gr_toll_by by, gr_toll_rows *out);

#endif
