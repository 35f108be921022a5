/* The actions of griot actors, each in a file of its own. Thread rule: the program's main thread only. */
#ifndef GRIOT_CLI_ACTORS_H
#define GRIOT_CLI_ACTORS_H

#include "cli/command.h"

/* args->operand[0] is the action's own name. */
gr_status gr_actors_find(const gr_args *args, gr_error *err);
gr_status gr_actors_check(const gr_args *args, gr_error *err);
gr_status gr_actors_import_file(const gr_args *args, gr_error *err);

#endif
