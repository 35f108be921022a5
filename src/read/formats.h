/* The stages inside the reading room. */
#ifndef GRIOT_READ_FORMATS_H
#define GRIOT_READ_FORMATS_H

#include "base/buffer.h"
#include "read/read.h"

/* sniff.c: what bytes seem to be when they are no text ("a PDF file", "binary data"); NULL when they may be
 * text. */
const char *gr_name_binary(gr_slice bytes);
/* Does it look like an HTML or XHTML page? */
bool gr_looks_like_html(gr_slice bytes);

/* encoding.c: the encoding of plain text, found from a byte-order mark, NULs and the bytes themselves. */
const char *gr_guess_encoding(gr_slice bytes);
/* Can gr_to_utf8 read it? */
bool gr_encoding_known(const char *encoding);
/* Appends bytes as valid UTF-8; counts what had to be replaced by U+FFFD. An unknown encoding name is an
 * error (GR_BAD_INPUT). Out of memory shows in out->failed. */
gr_status gr_to_utf8(gr_slice bytes, const char *encoding, gr_buffer *out, uint32_t *bad_bytes,
                     gr_error *err);

/* What the head of a page says about it; NUL-terminated, empty where it says nothing. */
typedef struct gr_page_meta {
    char title[512];
    char published[11]; /* YYYY-MM-DD */
    char lang[4];       /* ISO 639-1 */
    char publisher[256];
    char url[1024]; /* canonical address */
} gr_page_meta;

/* html.c: the text of a page that is UTF-8 already, as paragraphs parted by blank lines, headings on lines of
 * their own, "- " before list items. GR_BAD_INPUT, GR_TOO_LARGE (nesting), GR_NO_MEMORY. */
gr_status gr_read_html(gr_slice utf8, gr_buffer *text, gr_page_meta *meta, gr_error *err);
/* The encoding that a page declares in its first bytes, lower-case, or an empty string. */
void gr_declared_charset(gr_slice bytes, char charset[32]);

/* html_meta.c: title, date and language from the tree of a page (an xmlNode of libxml2). */
void gr_read_page_meta(const void *root, gr_page_meta *meta);

/* table.c: does the first line name columns that a map asks for? */
struct gr_maps;
bool gr_is_table(gr_slice head, const struct gr_maps *maps);

#endif
