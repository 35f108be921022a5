/* The reports that a command line names: files, standard input, or JSON lines, each with what is known about
 * it. A file may hold many: an archive, a feed, a box of mail. They go to gr_pool_run one by one.
 * Thread rule: gr_inputs_load may run on any thread, the others on the caller's. */
#ifndef GRIOT_CLI_INPUTS_H
#define GRIOT_CLI_INPUTS_H

#include "child/reader.h"
#include "cli/command.h"
#include "cli/lines.h"
#include "pipe/pool.h"

#include <jansson.h>

/* The file at hand. */
typedef struct gr_open_file {
    const char *path; /* NULL: none is open */
    int fd;           /* -1: it has been read whole */
    gr_buffer bytes;  /* the whole, or its beginning */
    int64_t size_b;   /* -1: not known */
    bool plain;       /* it is text */
    bool foreign;     /* the reader is at it */
    gr_status status; /* it could not be opened or read */
    gr_error error;
} gr_open_file;

typedef struct gr_inputs {
    const char *const *path;
    int count, at;    /* paths, and the next one */
    gr_source source; /* of the options; slices point into the command line */
    bool jsonl;       /* the files hold JSON lines */
    gr_lines lines;   /* the open one of them */
    bool open;
    gr_open_file file;
    gr_maps *maps;     /* field maps, once they are needed */
    gr_reader *reader; /* of foreign formats, once one comes */
    gr_buffer aside;   /* the failures, a line each, for the list at the end */
    gr_status status;  /* first failure to be reported at the end, or GR_OK */
    uint64_t given, failed, finished;
} gr_inputs;

#define GR_OPTION_JSONL                                                                                      \
    {                                                                                                        \
        "jsonl", 0, NULL,                                                                                    \
            "the inputs are JSON lines with id, text, published, source, url and lang; text alone must be "  \
            "there"                                                                                          \
    }

/* The inputs of a command with GR_OPTIONS_SOURCE and GR_OPTION_JSONL. GR_USAGE for a date that is none. */
gr_status gr_inputs_open(const gr_args *args, gr_inputs *out, gr_error *err);
void gr_inputs_close(gr_inputs *inputs);
/* How many there are at least, 0: not known. */
uint64_t gr_inputs_count(gr_inputs *inputs);

/* For the members of gr_pool_plan. next gives a file or a part of one, or a line; load makes a line a report.
 * An interrupt ends the inputs. A stream that cannot be read further is reported and left. */
bool gr_inputs_next(gr_inputs *inputs, gr_task *task);
bool gr_inputs_ready(const gr_inputs *inputs);
void gr_inputs_load(gr_task *task);
/* Sets what the inputs decide of a plan whose only context they are: format, count, context, next, ready and
 * load. `inputs` must outlive the run. */
void gr_inputs_plan(gr_inputs *inputs, gr_pool_plan *plan);
/* Prints the one line of a failed task and remembers it for the exit code. */
void gr_inputs_failed(gr_inputs *inputs, gr_task *task);
/* The "id" of a JSON line as JSON text, empty where it has none. */
gr_slice gr_inputs_id(const gr_task *task);
/* The JSON line itself, NULL where the input is a file. Valid until gr_inputs_done. */
const json_t *gr_inputs_json(const gr_task *task);
/* Releases what the inputs hang on a task; call it last in finish. */
void gr_inputs_done(gr_task *task);
/* The status that the command leaves with once the pool has ended with `status`; fills *err. */
gr_status gr_inputs_result(const gr_inputs *inputs, gr_status status, gr_error *err);

#endif
