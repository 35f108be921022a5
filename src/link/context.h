/* Inside link/: codes that turn on what else the report tells. */
#ifndef GRIOT_LINK_CONTEXT_H
#define GRIOT_LINK_CONTEXT_H

#include "link/link.h"

/* A protest that state forces met with arrests or force, a place taken after the other side had left it. */
void gr_code_in_context(const gr_link_input *in, gr_incidents *incidents);

#endif
