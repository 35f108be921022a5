/* Bytes -> document. The only room that knows file formats and encodings.
 * Thread rule: no shared state; any number of threads. */
#ifndef GRIOT_READ_READ_H
#define GRIOT_READ_READ_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/error.h"

typedef enum gr_format {
    GR_FORMAT_AUTO,
    GR_FORMAT_TEXT,
    GR_FORMAT_HTML,
    GR_FORMAT_PDF,
    GR_FORMAT_DOCX,
    GR_FORMAT_ODT,
    GR_FORMAT_RTF,
    GR_FORMAT_FEED, /* an entry of an RSS or Atom feed */
    GR_FORMAT_MAIL,
    GR_FORMAT_JSON,  /* a record of a JSON file */
    GR_FORMAT_TABLE, /* a row of CSV or TSV */
    GR_FORMAT_COUNT
} gr_format;

/* "text", "html", "pdf" ...: as the record and docs/formats.md name them. */
const char *gr_format_name(gr_format format);

typedef struct gr_page { /* a page of the original begins here */
    uint32_t number;     /* from 1 */
    uint32_t off_b;      /* in the text */
} gr_page;

/* A document as a reader of foreign formats (read/parts.h) found it. Slices are lent. */
typedef struct gr_reading {
    gr_format format;
    gr_slice name;  /* within the input that it came from: a member of an archive, "#3"; empty: it is the
                       whole input */
    gr_slice bytes; /* as they came */
    gr_slice text;  /* valid UTF-8 */
    gr_slice title, published, publisher, lang, url, encoding; /* what the format states; may be empty */
    uint32_t bad_bytes;
    const gr_page *page; /* in order; where the format has pages */
    uint32_t page_count;
} gr_reading;

/* What the caller knows about a document beside its bytes; slices may be empty. */
typedef struct gr_source {
    gr_slice name;      /* path or stream id, as given; for messages and the record */
    gr_slice publisher; /* --source */
    gr_slice published; /* --published, ISO date "2024-02-10" */
    gr_slice url;
    gr_slice lang;             /* ISO 639-1, empty: unknown */
    const gr_reading *reading; /* NULL: the bytes are plain text. What a reader made of them; lives until the
                                  document is done with. What the members above leave empty it fills. */
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
    gr_slice published;  /* date that the format's metadata states, ISO; empty where none */
    gr_slice lang;       /* that the format's metadata states; empty where none */
    const gr_page *page; /* where the format has pages */
    uint32_t page_count;
} gr_document;

/* The page on which byte off_b of the text stands, or 0. */
uint32_t gr_page_of(const gr_document *document, uint32_t off_b);

/* Reads one document: source->reading where there is one, else the bytes, HTML in this process only where
 * `format` allows it (tests and the child of child/ do). bytes need to live as long as the document's other
 * slices (the arena). GR_BAD_INPUT: empty, binary, or unreadable HTML; GR_TOO_LARGE; GR_NO_MEMORY. Allocates
 * from the (guarded) arena; may jump to its guard. */
gr_status gr_read_document(gr_arena *arena, gr_slice bytes, gr_format format, const gr_source *source,
                           gr_document *out, gr_error *err);

#endif
