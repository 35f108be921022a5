/* Inside link/: figures of an incident. */
#ifndef GRIOT_LINK_TOLLS_H
#define GRIOT_LINK_TOLLS_H

#include "link/link.h"

/* Fills toll[] and unit[] of the incident from its claims. */
void gr_sum_tolls(gr_arena *arena, const gr_claim *claim, gr_incident *incident);

/* Both are custody: who is caught is detained or arrested as the writer likes. */
bool gr_same_harm(gr_what a, gr_what b);
/* What the figures of a claim from number `first` on say of that one's unit, added up; false where a figure
 * before it said it already. */
bool gr_add_up(const gr_claim *claim, uint32_t first, gr_count *out);

#endif
