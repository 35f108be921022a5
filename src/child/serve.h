/* The child's own loop. */
#ifndef GRIOT_CHILD_SERVE_H
#define GRIOT_CHILD_SERVE_H

#include "read/parts.h"

/* Serves requests that come on descriptor `fd` until it closes. tricks: obey inputs that begin with
 * "griot-test:", which crash, hang or attack the walls; for the tests. */
void gr_serve(int fd, const gr_maps *maps, bool tricks);

#endif
