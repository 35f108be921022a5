/* Runs the examples that stand inside the rules through the whole pipeline (docs/rules.md). */
#ifndef GRIOT_PIPE_RULES_TEST_H
#define GRIOT_PIPE_RULES_TEST_H

#include "pipe/pipe.h"

/* A positive example holds when its rule makes a claim of its sentence that meets all that stands behind =>;
 * a negative one when the rule makes none (or, behind =>, none that meets it). Each failure is a line
 * "file:line: ..." in *report. GR_OK also when some fail: look at *failed. */
gr_status gr_rules_test(const gr_library *library, gr_buffer *report, uint32_t *passed, uint32_t *failed,
                        gr_error *err);
/* The same for the deeds, counting on: a positive example holds when a deed with its root and parties is
 * told, a negative one when none is. */
gr_status gr_deeds_test(const gr_library *library, gr_buffer *report, uint32_t *passed, uint32_t *failed,
                        gr_error *err);

#endif
