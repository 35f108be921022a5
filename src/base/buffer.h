/* A growing byte buffer on the heap, for output and for text that is built outside an arena. A failed
 * growth sets `failed` and drops later writes, so that a caller checks once at the end. */
#ifndef GRIOT_BASE_BUFFER_H
#define GRIOT_BASE_BUFFER_H

#include "base/slice.h"

typedef struct gr_buffer {
    char *ptr;
    size_t len, capacity;
    size_t limit_b; /* 0: none */
    bool failed;    /* out of memory or over the limit */
} gr_buffer;

void gr_buffer_free(gr_buffer *buffer); /* leaves it empty and usable */
void gr_buffer_clear(gr_buffer *buffer);
void gr_buffer_add(gr_buffer *buffer, gr_slice bytes);
void gr_buffer_byte(gr_buffer *buffer, char c);
void gr_buffer_printf(gr_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A code point as UTF-8; a surrogate or a value over U+10FFFF becomes U+FFFD. */
void gr_buffer_code_point(gr_buffer *buffer, uint32_t code_point);
static inline gr_slice gr_buffer_slice(const gr_buffer *buffer) {
    return (gr_slice){buffer->ptr, buffer->len};
}

#endif
