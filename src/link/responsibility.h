/* Inside link/: who claims or is accused of an incident. */
#ifndef GRIOT_LINK_RESPONSIBILITY_H
#define GRIOT_LINK_RESPONSIBILITY_H

#include "link/link.h"

/* Adds to violent incidents, as actors, whoever claims them (status claimed) or is accused of them
 * (suspected), where the report says so in the sentences that tell of them or in the next ones. */
void gr_settle_responsibility(gr_arena *arena, const gr_link_input *in, gr_incidents *incidents);

#endif
