/* Bytes that come piece by piece, with a look ahead. Thread rule: one thread at a time. */
#ifndef GRIOT_READ_STREAM_H
#define GRIOT_READ_STREAM_H

#include "base/error.h"

typedef struct gr_stream {
    /* Up to `room` bytes, 0 at the end or on a failure, which goes into *err. NULL: all is in the buffer. */
    size_t (*more)(void *context, char *into, size_t room, gr_error *err);
    void *context;
    char *buffer; /* own, or lent where more is NULL */
    size_t begin, end, capacity;
    bool ended;
    gr_error error; /* of the first failure; it also ends the stream */
} gr_stream;

/* A stream over memory, which must outlive it; gr_stream_close is not needed then. */
gr_stream gr_stream_of(gr_slice bytes);
void gr_stream_close(gr_stream *stream);
/* The next `want` bytes, fewer at the end; valid until the next call. Nothing is consumed. */
gr_slice gr_stream_peek(gr_stream *stream, size_t want);
void gr_stream_skip(gr_stream *stream, uint64_t count);
/* The next line without its end ("\n" or "\r\n"); false at the end or where it is longer than most_b, which
 * is an error of the stream. Valid until the next call. */
bool gr_stream_line(gr_stream *stream, size_t most_b, gr_slice *line);
/* Everything that is left, without consuming it. GR_TOO_LARGE over most_b. Valid until the next call. */
gr_status gr_stream_all(gr_stream *stream, size_t most_b, gr_slice *bytes, gr_error *err);
/* GR_OK, or the failure that ended it. */
gr_status gr_stream_status(const gr_stream *stream, gr_error *err);

#endif
