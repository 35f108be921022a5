/* What crosses between the program and the child that reads foreign formats: fixed heads in the machine's own
 * byte order, bodies of the lengths that they name. The two ends are one program, forked.
 *
 * To the child: a gr_request, then pieces of the input, each behind its length as u32, up to one of length 0.
 * From it: frames; END closes each request. */
#ifndef GRIOT_CHILD_FRAME_H
#define GRIOT_CHILD_FRAME_H

#include "read/read.h"

#define GR_FRAME_MAGIC 0x67724631u
#define GR_PIECE_MOST_B ((uint32_t)256 << 10)

typedef struct gr_request {
    uint32_t magic;
    uint32_t print_of; /* a gr_format: the input is what a foreign program printed of such a document; AUTO:
                          it is a document */
    uint32_t holds; /* the program holds the whole input: bytes of a document that is all of it stay here */
} gr_request;

typedef enum gr_frame_type {
    GR_FRAME_DOCUMENT = 1,
    GR_FRAME_PROGRAM, /* a document that a foreign program has to read: bytes, no text */
    GR_FRAME_ASIDE,   /* a part that cannot be read: status and message */
    GR_FRAME_END      /* status and message of the input as a whole */
} gr_frame_type;

enum { GR_FRAME_TEXT_IS_BYTES = 1, GR_FRAME_WHOLE = 2 };

/* The order of the strings in the body, behind bytes and text; pages come last. */
typedef enum gr_frame_string {
    GR_FRAME_NAME,
    GR_FRAME_TITLE,
    GR_FRAME_PUBLISHED,
    GR_FRAME_PUBLISHER,
    GR_FRAME_LANG,
    GR_FRAME_URL,
    GR_FRAME_ENCODING,
    GR_FRAME_MESSAGE,
    GR_FRAME_STRINGS
} gr_frame_string;

typedef struct gr_frame {
    uint32_t magic, type, flags, status, format, bad_bytes, page_count, spare;
    uint64_t bytes_len, text_len;
    uint32_t string_len[GR_FRAME_STRINGS];
} gr_frame;

#define GR_FRAME_MARGIN_B 8u
/* Bytes of a frame's body, or 0 with *fits false where a length is over its ceiling. */
size_t gr_frame_body(const gr_frame *frame, bool *fits);
/* Lays a body, whose block must be GR_FRAME_MARGIN_B longer, out as the reading that the frame tells; false
 * where it is not what a reader may send (UTF-8, days, languages, pages in order). */
bool gr_frame_take(const gr_frame *frame, char *body, gr_reading *reading, gr_slice *message);
/* The opposite: head and the slices of the body, in order. Strings over their ceilings are cut. */
#define GR_FRAME_PIECES (3 + GR_FRAME_STRINGS)
void gr_frame_fill(gr_frame_type type, const gr_reading *reading, bool whole, gr_status status,
                   gr_slice message, gr_frame *frame, gr_slice piece[GR_FRAME_PIECES]);

#endif
