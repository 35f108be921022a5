/* Lines of a file or of standard input, one at a time, whatever the length of the stream.
 * Thread rule: one thread. */
#ifndef GRIOT_CLI_LINES_H
#define GRIOT_CLI_LINES_H

#include "base/error.h"

typedef struct gr_lines {
    const char *name; /* for messages */
    uint64_t number;  /* of the line last read, from 1 */
    int fd;
    char *buffer; /* bytes read and not handed out: begin..end */
    size_t begin, end, capacity;
    bool ended;
} gr_lines;

/* Opens a file, or standard input for "-". GR_NOT_FOUND, GR_BAD_INPUT (a directory), GR_IO. */
gr_status gr_lines_open(const char *path, gr_lines *out, gr_error *err);
void gr_lines_close(gr_lines *lines); /* a zeroed one is fine */

/* The next line without its end; *more is false at the end of the stream. The slice is valid until the next
 * call. GR_TOO_LARGE over GR_MAX_STREAM_LINE_B, GR_IO, GR_NO_MEMORY, GR_STOPPED after an interrupt. */
gr_status gr_lines_next(gr_lines *lines, gr_slice *line, bool *more, gr_error *err);
/* True when gr_lines_next would not have to wait. */
bool gr_lines_ready(const gr_lines *lines);

#endif
