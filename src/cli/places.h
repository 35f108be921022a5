/* The actions of griot places, one file each. Thread rule: the program's main thread only. */
#ifndef GRIOT_CLI_PLACES_H
#define GRIOT_CLI_PLACES_H

#include "cli/command.h"

/* The operands of an action are args->operand[1..]. */
gr_status gr_places_look(const gr_args *args, gr_error *err);
gr_status gr_places_find(const gr_args *args, gr_error *err);

#endif
