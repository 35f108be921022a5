/* Views of claims that more than one command prints.
 * Thread rule: the program's main thread only. */
#ifndef GRIOT_CLI_VIEWS_H
#define GRIOT_CLI_VIEWS_H

#include "cli/json.h"

/* A table with a line a claim; claims is a JSON array. GR_NO_MEMORY. */
gr_status gr_print_claims(const json_t *claims, gr_error *err);

/* The situation that the claims describe, by kind. Claims that say the same of the same parties and places
 * are one line with their number and claimants. Nothing is reconciled or reviewed, and the text says so.
 * `on`: a day, or GR_NO_DAY; claims that begin after it are left out, undated ones stay and are marked.
 * GR_NO_MEMORY. */
gr_status gr_print_situation(const json_t *claims, int32_t on, gr_error *err);
/* The same as a JSON object, a new reference; NULL: out of memory. */
json_t *gr_situation_json(const json_t *claims, int32_t on);

#endif
