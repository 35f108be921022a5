/* What a reader that a hostile document has taken over would do, done by order: the tests attack the walls
 * with it. Never obeyed unless the tests ask for it (gr_reader_options). */
#ifndef GRIOT_CHILD_TRICKS_H
#define GRIOT_CHILD_TRICKS_H

#include "read/parts.h"

/* Obeys an input that begins with "griot-test:"; false for any other, which is left as it is. */
bool gr_try_trick(gr_unpacking *unpacking, gr_stream *input, int fd);

#endif
