/* Parts of a mail: RFC 5322 headers, RFC 2045 to 2047 bodies and words, RFC 2231 names. */
#ifndef GRIOT_READ_MIME_H
#define GRIOT_READ_MIME_H

#include "base/buffer.h"

/* The value of a header in `head`, folded lines and all; empty where there is none. */
gr_slice gr_mime_header(gr_slice head, const char *name);
/* Cuts a mail or part into head and body at the first empty line. */
void gr_mime_cut(gr_slice whole, gr_slice *head, gr_slice *body);
/* A header's text: encoded words read, folds gone. Appends valid UTF-8. */
void gr_mime_words(gr_slice value, gr_buffer *out);
/* A parameter of a header such as boundary or filename, unquoted; appends, false where there is none. */
bool gr_mime_parameter(gr_slice value, const char *name, gr_buffer *out);
/* What stands before the parameters, lower-case, cut to fit. */
void gr_mime_type(gr_slice value, char out[64]);
/* Appends a body, its transfer encoding undone. */
void gr_mime_decode(gr_slice body, gr_slice encoding, gr_buffer *out);
/* Compares without regard to the case of ASCII letters; b is lower-case. */
bool gr_mime_same(gr_slice a, const char *b);

#endif
