/* Inside link/: the names of those who suffered, where the report gives them beside or behind the claim. */
#ifndef GRIOT_LINK_NAMED_VICTIMS_H
#define GRIOT_LINK_NAMED_VICTIMS_H

#include "link/link.h"

/* Adds persons as targets of violent incidents: those who name described targets ("two guards, Ana Ruiz and
 * Luis Paz", "a clerk named Ruiz") and those whom a sentence names as the victims ("The dead are Ana Ruiz and
 * Luis Paz", "The murdered clerk was identified as Ana Ruiz", "Among the wounded was Luis Paz") in the
 * sentences that tell of the incident or in the next ones. */
void gr_name_victims(gr_arena *arena, const gr_link_input *in, gr_incidents *incidents);

#endif
