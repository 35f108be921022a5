/* Inside link/: who may have done it. */
#ifndef GRIOT_LINK_SUSPECTS_H
#define GRIOT_LINK_SUSPECTS_H

#include "link/link.h"

/* Fills suspect[] of violent incidents and abductions whose claims name no group that did it. */
void gr_find_suspects(gr_arena *arena, const gr_link_input *in, gr_incidents *incidents);

/* Where people are described as of a listed group ("ELN rebels"), how the report names it, nearest before or
 * else first.
 */
void gr_name_groups(const gr_link_input *in, gr_incidents *incidents);

#endif
