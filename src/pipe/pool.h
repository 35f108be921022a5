/* Many documents through the pipe on several threads, results in the order of the inputs whatever the number
 * of threads. A bounded number of documents is on its way at a time, so memory does not grow with their
 * count.
 *
 * The caller's thread hands documents out (next) and takes results (finish); the coding happens on threads of
 * the pool, each with a gr_worker. */
#ifndef GRIOT_PIPE_POOL_H
#define GRIOT_PIPE_POOL_H

#include "pipe/pipe.h"

struct gr_understood; /* pipe/pipe_internal.h */

typedef struct gr_task {
    void *input; /* set by next, for the caller's own use */
    char *bytes; /* the document, from gr_os_alloc; the pool frees it after finish */
    size_t len;
    gr_source source; /* slices have to live until finish */
    bool settled;     /* set by next or load: there is nothing to code */
    gr_status status; /* GR_OK, or why there is no result */
    gr_error error;
    gr_coded coded;   /* in finish, where the plan keeps it and status is GR_OK */
    bool lang_unsure; /* it was read as English, since its words did not show its language */
    gr_buffer json;   /* claims or incidents as JSON lines, or what the plan's write made */
} gr_task;

typedef struct gr_pool_plan {
    const gr_library *library;
    gr_pipe_options options;
    unsigned threads;   /* 1..GR_MAX_THREADS */
    uint64_t documents; /* how many there will be, 0: not known; no more threads than that are started */
    bool keep_coded;    /* finish wants task->coded, not only the JSON */
    void *context;
    /* A thread of the pool; NULL: the claims. What is written of a document, as JSON lines into *out. */
    void (*write)(const gr_library *library, const gr_coded *coded, const struct gr_understood *found,
                  gr_buffer *out);
    /* Caller's thread, in order: fills the zeroed *task; false when there are no more. */
    bool (*next)(void *context, gr_task *task);
    /* Caller's thread; may be NULL. False where next would have to wait, as on a pipe: the results of what is
     * on its way are then taken first. */
    bool (*ready)(void *context);
    /* A thread of the pool, in any order; may be NULL. Fetches task->bytes where next has left them out. A
     * failure goes into task->status and task->error. */
    void (*load)(void *context, gr_task *task);
    /* Caller's thread, in the order of next, once for each document that next gave. */
    void (*finish)(void *context, gr_task *task);
} gr_pool_plan;

/* Runs until next says that there are no more and all are finished. GR_NO_MEMORY when the pool cannot start;
 * failures of single documents are in their tasks. */
gr_status gr_pool_run(const gr_pool_plan *plan, gr_error *err);

#endif
