/* Inside pipe/: the day that a report was given to the public, which its "yesterday" counts from. */
#ifndef GRIOT_PIPE_OWN_DAY_H
#define GRIOT_PIPE_OWN_DAY_H

#include "pipe/pipe_internal.h"

typedef struct gr_own_day {
    int32_t day; /* stated with the report, or by its dateline, title or a line near the top; or GR_NO_DAY */
    int32_t month_end; /* last day of the month in its release number ("2019-03-PR-007"), or GR_NO_DAY */
} gr_own_day;

/* Needs `document`, `text` and `word` of *coded; nothing is tagged yet. Thread rule: as the arena. */
gr_own_day gr_find_own_day(gr_arena *arena, const gr_knowledge *know, const gr_coded *coded, gr_slice lang);

#endif
