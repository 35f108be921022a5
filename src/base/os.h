/* The operating system behind one seam: memory, files, clock. Everything in griot that can fail for a reason
 * outside the program goes through here, so that the fault tests can make the Nth call fail
 * (tests/faults). SQLite's own calls are reached through its VFS and allocator hooks in the same tests. */
#ifndef GRIOT_BASE_OS_H
#define GRIOT_BASE_OS_H

#include "base/error.h"

/* Fault injection, off by default. Counts down at each call of that kind and fails the call that reaches
 * zero and, with `sticky`, all later ones. Process-wide; for tests with one thread. */
typedef struct gr_faults {
    long fail_memory_after; /* <0: never */
    long fail_io_after;     /* <0: never */
    bool sticky;
    long memory_calls; /* counted since gr_faults_set */
    long io_calls;
} gr_faults;
void gr_faults_set(gr_faults plan);
gr_faults gr_faults_get(void);

/* malloc, realloc, free with fault injection. gr_os_free(NULL) is fine. */
void *gr_os_alloc(size_t size);
/* As gr_os_alloc, zeroed; large blocks come from the system untouched. */
void *gr_os_alloc_zero(size_t size);
void *gr_os_realloc(void *old, size_t size);
void gr_os_free(void *memory);

/* Asks the fault plan whether the next input/output call has to fail (true = fail). For callers that do
 * their own system call, such as a write to a stream. */
bool gr_os_io_fails(void);

/* A file mapped read-only. data is NULL for an empty file. Valid until gr_os_unmap. */
typedef struct gr_mapped {
    const unsigned char *data;
    size_t len;
} gr_mapped;
/* GR_NOT_FOUND, GR_BAD_INPUT (a directory or device), GR_TOO_LARGE, GR_IO. */
gr_status gr_os_map(const char *path, size_t max_b, gr_mapped *out, gr_error *err);
void gr_os_unmap(gr_mapped *mapped);

/* Reads a whole file, or standard input for "-", into memory of its own, with a NUL behind it that len does
 * not count. Free with gr_os_free. Same errors as gr_os_map. */
gr_status gr_os_read_all(const char *path, size_t max_b, char **out, size_t *len, gr_error *err);

/* Writes a file whole or not at all: a temporary beside it, fsync, rename. */
gr_status gr_os_write_all(const char *path, gr_slice bytes, gr_error *err);

/* Seconds since 1970 UTC. The tests may fix it through the environment variable SOURCE_DATE_EPOCH. */
int64_t gr_os_now_unix_s(void);

/* Processors this process may use, at least 1. */
unsigned gr_os_processors(void);

#endif
