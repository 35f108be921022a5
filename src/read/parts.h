/* Foreign formats -> documents: what runs in the child (child/). One input can hold many documents, archives
 * within archives among them; they are handed on one by one.
 * Thread rule: a gr_unpacking belongs to one thread. */
#ifndef GRIOT_READ_PARTS_H
#define GRIOT_READ_PARTS_H

#include "base/arena.h"
#include "read/maps.h"
#include "read/read.h"
#include "read/stream.h"

/* What bytes seem to be, by their content alone. */
typedef enum gr_input_kind {
    GR_INPUT_TEXT, /* none of the others */
    GR_INPUT_HTML,
    GR_INPUT_PDF,
    GR_INPUT_RTF,
    GR_INPUT_PACKED, /* one stream in gzip, bzip2, xz or zstd */
    GR_INPUT_ZIP,    /* archive, DOCX or ODT */
    GR_INPUT_TAR,
    GR_INPUT_WARC,
    GR_INPUT_FEED,
    GR_INPUT_XML, /* of a kind that nobody here knows */
    GR_INPUT_JSON,
    GR_INPUT_TABLE,
    GR_INPUT_MAIL,
    GR_INPUT_MBOX,
    GR_INPUT_BINARY
} gr_input_kind;
/* From the first GR_MAX_STREAM_HEAD_B bytes, or all where there are fewer. maps may be NULL. */
gr_input_kind gr_sniff(gr_slice head, const gr_maps *maps);
/* Can such an input be longer than memory holds? It is then read piece by piece. */
bool gr_input_streams(gr_input_kind kind);

/* Where documents go. The functions return false to stop. */
typedef struct gr_sink {
    void *context;
    bool (*document)(void *context, const gr_reading *reading);
    /* A document that a foreign program has to read: its format, name, bytes and what is known about it. */
    bool (*program)(void *context, const gr_reading *reading);
    /* A part that cannot be read, and why; the others go on. */
    bool (*aside)(void *context, gr_slice name, const gr_error *why);
} gr_sink;

typedef struct gr_unpacking {
    const gr_maps *maps; /* may be NULL */
    gr_sink sink;
    gr_arena *arena;   /* guarded by whoever calls; only its innermost user holds anything in it */
    uint64_t taken;    /* bytes of the input so far; the caller counts them */
    uint64_t unpacked; /* bytes that came out of archives */
    unsigned depth;
    bool stopped; /* a sink said so */
} gr_unpacking;

/* Reads everything that the stream holds. `of`: what is known of it; its name is where the names of the parts
 * begin, its other members go to parts that state nothing themselves.
 * The errors of an input as a whole; GR_TOO_LARGE for a bomb. May jump to the arena's guard. */
gr_status gr_read_parts(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_error *err);

/* The same for what a foreign program printed of a document in `format`: pdftotext -htmlmeta of a PDF, whose
 * running heads, page numbers and hyphens at line ends are taken out; unrtf --html of RTF. GR_BAD_INPUT for a
 * PDF that holds pictures of text alone. */
gr_status gr_read_print(gr_unpacking *u, gr_stream *in, gr_format format, const gr_reading *of,
                        gr_error *err);

#endif
