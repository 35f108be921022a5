/* Inside link/: figures of an incident. */
#ifndef GRIOT_LINK_TOLLS_H
#define GRIOT_LINK_TOLLS_H

#include "link/link.h"

/* Fills toll[] and unit[] of the incident from its claims. */
void gr_sum_tolls(gr_arena *arena, const gr_claim *claim, gr_incident *incident);

#endif
