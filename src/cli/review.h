/* The parts of griot review. Thread rule: the program's main thread only. */
#ifndef GRIOT_CLI_REVIEW_H
#define GRIOT_CLI_REVIEW_H

#include "cli/command.h"
#include "cli/json.h"
#include "store/store.h"

/* Who reviews: --as, $GRIOT_REVIEWER or $USER; GR_USAGE where none is set. */
gr_status gr_reviewer_of(const gr_args *args, gr_slice *out, gr_error *err);

/* One key each, on a terminal or from a pipe, until the end or `q` (review_keys.c). */
gr_status gr_review_keys(const gr_args *args, gr_slice who, gr_error *err);
/* How far reviewers agree, claim by claim and field by field (review_agreement.c). */
gr_status gr_review_agreement(const gr_args *args, gr_error *err);

#endif
