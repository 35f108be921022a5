/* The reading of foreign formats as the program sees it: an input goes to the child, documents come back one
 * by one. The child is started when it is first needed, serves one input after another, and is started anew
 * after a crash, a hang or a lie. Memory does not grow with the input. Thread rule: a reader belongs to one
 * thread at a time; any number of readers. */
#ifndef GRIOT_CHILD_READER_H
#define GRIOT_CHILD_READER_H

#include "base/buffer.h"
#include "read/maps.h"
#include "read/read.h"

typedef struct gr_reader gr_reader;

typedef struct gr_reader_options {
    const gr_maps *maps;      /* must outlive the reader; NULL: none */
    uint32_t cpu_ms, wall_ms; /* without progress; 0: base/limits.h */
    bool tricks;              /* obey what the tests order (child/tricks.h) */
} gr_reader_options;

/* NULL where there is no memory. */
gr_reader *gr_reader_new(gr_reader_options options);
void gr_reader_free(gr_reader *reader); /* ends the child; NULL is fine */

/* Begins an input that lies in memory, lent until its end. What was left of the last one is dropped. */
void gr_reader_begin(gr_reader *reader, gr_slice bytes);
/* Begins one of which only the beginning, `head`, has been read (lent until the next call): more() gives the
 * rest, 0 at its end or on a failure, which goes into *err. */
void gr_reader_begin_stream(gr_reader *reader, gr_slice head,
                            size_t (*more)(void *context, char *into, size_t room, gr_error *err),
                            void *context);

/* A document, or a part that cannot be read. */
typedef struct gr_part {
    char *memory;       /* own, gr_os_alloc; begins with reading.bytes; the caller frees it */
    gr_reading reading; /* slices into memory */
    gr_status status;   /* GR_OK, or why there is only a name */
    gr_error error;
} gr_part;

/* The next part. *more false: the input is at its end, well where GR_OK is returned, else as *err says; parts
 * that came before stay good. */
gr_status gr_reader_next(gr_reader *reader, gr_part *part, bool *more, gr_error *err);

#endif
