/* A command of the program: what it is called, what it takes, and the function that runs it. The table of all
 * commands is in commands.c; each command lives in a file of its own.
 * Thread rule: the program's main thread only. */
#ifndef GRIOT_CLI_COMMAND_H
#define GRIOT_CLI_COMMAND_H

#include "base/error.h"

#define GR_MAX_OPTIONS 24 /* a command has fewer */

typedef struct gr_option {
    const char *name;  /* without its dashes; NULL ends a table */
    char letter;       /* "-o", or 0 */
    const char *value; /* what follows it, for the help: "FILE"; NULL: a switch */
    const char *help;
} gr_option;

struct gr_args;

typedef struct gr_command {
    const char *name;
    const char *summary;  /* one line, for the list of commands */
    const char *synopsis; /* what stands behind the name: "PATH|-... [OPTIONS]" */
    const char *about;    /* paragraphs of the help */
    const char *examples; /* lines, each a command that works as it stands */
    const gr_option *option;
    int least, most; /* operands; most < 0: any number */
    gr_status (*run)(const struct gr_args *args, gr_error *err);
} gr_command;

/* The words behind the command's name, sorted out. Text points into argv. */
typedef struct gr_args {
    const gr_command *command;
    const char *value[GR_MAX_OPTIONS]; /* parallel to command->option; "" for a switch that was given */
    const char **operand;
    int operand_count;
    bool help;
} gr_args;

/* Sorts argv[0..argc), the words behind the command's name. Options may stand anywhere; "--" ends them.
 * GR_USAGE with the nearest right option for an unknown one. */
gr_status gr_args_parse(const gr_command *command, int argc, const char **argv, gr_args *out, gr_error *err);
/* The value of an option, or NULL where it was not given. `name` has to be in the command's table. */
const char *gr_args_value(const gr_args *args, const char *name);
/* The same as a slice; empty where it was not given. */
gr_slice gr_args_slice(const gr_args *args, const char *name);
bool gr_args_given(const gr_args *args, const char *name);
/* A number of at least `least`; `otherwise` where it was not given. GR_USAGE for anything else. */
gr_status gr_args_number(const gr_args *args, const char *name, uint64_t least, uint64_t most,
                         uint64_t otherwise, uint64_t *out, gr_error *err);
/* A date YYYY, YYYY-MM or YYYY-MM-DD that exists, as days since 1970, or GR_NO_DAY (find/time.h). */
gr_status gr_args_day(const gr_args *args, const char *name, int32_t *day, gr_error *err);

/* The name in names[0..count) that `word` most likely meant, or NULL when none is near. */
const char *gr_nearest(const char *word, const char *const *name, unsigned count);

#define GR_OPTION_JSON                                                                                       \
    { "json", 0, NULL, "print JSON instead of text for people" }
#define GR_OPTION_CSV                                                                                        \
    { "csv", 0, NULL, "print comma-separated values" }
#define GR_OPTION_RECORD                                                                                     \
    { "record", 'r', "FILE", "the record (default: $GRIOT_RECORD, else griot.record)" }
#define GR_OPTIONS_SOURCE                                                                                    \
    {"source", 0, "NAME", "who published the reports"},                                                      \
        {"published", 0, "DATE", "when they were published: YYYY-MM-DD"},                                    \
        {"url", 0, "URL", "where they came from"}, {                                                         \
        "lang", 0, "CODE", "their language: en or fr (default: found by its words)"                          \
    }
#define GR_OPTION_THREADS                                                                                    \
    { "threads", 't', "N", "reports coded at a time (default: all processors)" }

extern const gr_command gr_command_actors, gr_command_add, gr_command_claims, gr_command_code,
    gr_command_demo, gr_command_diff, gr_command_explain, gr_command_export, gr_command_group,
    gr_command_incidents, gr_command_parse, gr_command_places, gr_command_relations, gr_command_review,
    gr_command_rules, gr_command_says, gr_command_seen, gr_command_show, gr_command_situation,
    gr_command_tolls, gr_command_verify;

/* All of them, in the order of the help. */
#define GR_COMMAND_COUNT 21
extern const gr_command *const gr_commands[GR_COMMAND_COUNT];

#endif
