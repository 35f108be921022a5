/* Errors are values: a status, where it happened, and one sentence for the user that says what, where and
 * what to do. The caller owns the gr_error and passes it last; it may be NULL where the text is not wanted.
 * A function that fails fills it once, where the fault is found; it is printed once, in cli/. */
#ifndef GRIOT_BASE_ERROR_H
#define GRIOT_BASE_ERROR_H

#include "base/slice.h"

typedef enum gr_status {
    GR_OK = 0,
    GR_USAGE,     /* wrong option or argument */
    GR_NOT_FOUND, /* no such file, record, claim */
    GR_BAD_INPUT, /* a document or file that cannot be read as what it claims to be */
    GR_TOO_LARGE, /* a ceiling of base/limits.h */
    GR_BAD_MODEL, /* damaged or foreign model, gazetteer or record */
    GR_BAD_RULES, /* an error in a knowledge file */
    GR_IO,        /* reading or writing failed */
    GR_NO_MEMORY,
    GR_BUSY,    /* another process holds the record */
    GR_CHECK,   /* a check that was asked for found a fault (rules test, verify) */
    GR_STOPPED, /* the user interrupted */
    GR_STATUS_COUNT
} gr_status;

typedef struct gr_error {
    gr_status status;
    char origin[256];  /* "file:line:column" or "document:offset"; may be empty */
    char message[768]; /* one sentence without full stop at the end of origin */
} gr_error;

/* Fills *err (when not NULL) and returns status, so that `return gr_fail(...)` reads well.
 * `origin` may be NULL. Text that does not fit is cut at a character boundary. */
gr_status gr_fail(gr_error *err, gr_status status, const char *origin, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The exit code of the program for a status (0 for GR_OK; distinct, below 64). */
int gr_exit_code(gr_status status);

#endif
