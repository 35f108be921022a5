/* Inside link/: mentions without a part. */
#ifndef GRIOT_LINK_BESIDE_H
#define GRIOT_LINK_BESIDE_H

#include "link/link.h"

/* Fills beside[] of violent incidents and abductions. */
void gr_find_beside(gr_arena *arena, const gr_link_input *in, gr_incidents *incidents);

#endif
