/* The record that a command works on, and its claims as values.
 * Thread rule: the program's main thread only. */
#ifndef GRIOT_CLI_RECORD_H
#define GRIOT_CLI_RECORD_H

#include "cli/command.h"
#include "cli/json.h"
#include "store/store.h"

/* --record, else $GRIOT_RECORD, else griot.record in the current directory. */
const char *gr_record_path(const gr_args *args);
/* Opens it; NULL with *err filled. Close with gr_record_close. */
gr_record *gr_open_record(const gr_args *args, gr_open_mode mode, gr_error *err);

/* The claims of a filter as a JSON array, in the order of the record; NULL with *err filled. Release with
 * json_decref. */
json_t *gr_collect_claims(gr_record *record, const gr_claim_filter *filter, gr_error *err);
/* A filter that lets every claim through. */
gr_claim_filter gr_every_claim(void);

#endif
