#include "cli/command.h"

/* In the order of the help; a line each. */
const gr_command *const gr_commands[GR_COMMAND_COUNT] = {
    &gr_command_demo,      //
    &gr_command_add,       //
    &gr_command_code,      //
    &gr_command_show,      //
    &gr_command_incidents, //
    &gr_command_claims,    //
    &gr_command_seen,      //
    &gr_command_diff,      //
    &gr_command_review,    //
    &gr_command_situation, //
    &gr_command_tolls,     //
    &gr_command_explain,   //
    &gr_command_export,    //
    &gr_command_verify,    //
    &gr_command_rules,     //
    &gr_command_places,    //
    &gr_command_actors,    //
    &gr_command_group,     //
    &gr_command_says,      //
    &gr_command_relations, //
    &gr_command_parse,     //
};
