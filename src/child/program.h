/* Foreign programs on one document, behind walls of their own (child/sandbox.h). */
#ifndef GRIOT_CHILD_PROGRAM_H
#define GRIOT_CHILD_PROGRAM_H

#include "base/buffer.h"
#include "read/read.h"

/* Runs pdftotext or unrtf, as the format asks, with the document as its input; appends what it prints.
 * GR_NOT_FOUND where it is not installed, GR_BAD_INPUT where it fails or takes too long, GR_TOO_LARGE. */
gr_status gr_run_program(gr_format format, gr_slice document, gr_buffer *printed, gr_error *err);

#endif
