/* Bytes -> document. The only room that knows file formats and encodings.
 * Thread rule: no shared state; any number of threads. */
#ifndef GRIOT_READ_READ_H
#define GRIOT_READ_READ_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/error.h"

typedef enum gr_format { GR_FORMAT_AUTO, GR_FORMAT_TEXT, GR_FORMAT_HTML } gr_format;

/* What the caller knows about a document beside its bytes; slices may be empty. */
typedef struct gr_source {
    gr_slice name;      /* path or stream id, as given; for messages and the record */
    gr_slice publisher; /* --source */
    gr_slice published; /* --published, ISO date "2024-02-10" */
    gr_slice url;
    gr_slice lang; /* ISO 639-1, empty: unknown */
} gr_source;

typedef struct gr_document {
    gr_digest sha256;      /* of the bytes read: the document's id */
    gr_digest text_sha256; /* of text */
    gr_format format;
    gr_source source;
    gr_slice encoding;  /* "utf-8", "windows-1252", "utf-16le", ... as detected or declared */
    uint32_t bad_bytes; /* replaced by U+FFFD in text */
    gr_slice bytes;     /* as read, lent by the caller: the record keeps them where they are not the text */
    gr_slice text;  /* valid UTF-8. For plain text in UTF-8 without bad bytes: the file itself (a byte-order
                       mark included). All offsets of griot count code points of this text. */
    gr_slice title; /* from the format's metadata (HTML <title>, og:title); empty where none */
    gr_slice published; /* date that the format's metadata states, ISO; empty where none */
    gr_slice lang;      /* that the format's metadata states; empty where none */
} gr_document;

/* Reads one document. bytes need to live as long as the document's other slices (the arena).
 * GR_BAD_INPUT: empty, binary, or unreadable HTML; GR_TOO_LARGE; GR_NO_MEMORY.
 * Allocates from the (guarded) arena; may jump to its guard. */
gr_status gr_read_document(gr_arena *arena, gr_slice bytes, gr_format format, const gr_source *source,
                           gr_document *out, gr_error *err);

#endif
