/* Views of a record that more than one command prints.
 * Thread rule: the program's main thread only. */
#ifndef GRIOT_CLI_VIEWS_H
#define GRIOT_CLI_VIEWS_H

#include "cli/json.h"
#include "store/store.h"

/* A table with a line a claim; claims is a JSON array. GR_NO_MEMORY. */
gr_status gr_print_claims(const json_t *claims, gr_error *err);

typedef struct gr_situation_plan {
    int32_t on;            /* a day; GR_NO_DAY: all that is told */
    int32_t known_on;      /* a day, by the end of which it had been added and judged; GR_NO_DAY: now */
    bool drafts;           /* also what nobody has accepted */
    gr_slice place, actor; /* filters; empty: any */
} gr_situation_plan;
/* The situation that a record tells, drafts and all: docs/situation.md. A new reference; NULL with *err
 * filled. */
json_t *gr_situation_json(gr_record *record, const gr_situation_plan *plan, gr_error *err);
/* Prints it for people. GR_NO_MEMORY. */
gr_status gr_situation_print(const json_t *situation, gr_error *err);

#endif
