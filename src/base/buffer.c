#include "base/buffer.h"

#include "base/os.h"

#include <stdarg.h>
#include <stdio.h>

void gr_buffer_free(gr_buffer *buffer) {
    gr_os_free(buffer->ptr);
    *buffer = (gr_buffer){.limit_b = buffer->limit_b};
}

void gr_buffer_clear(gr_buffer *buffer) {
    buffer->len = 0;
    buffer->failed = false;
}

static bool reserve(gr_buffer *buffer, size_t more) {
    if (buffer->failed) return false;
    size_t need = buffer->len + more + 1;
    if (need < more || (buffer->limit_b && need - 1 > buffer->limit_b)) {
        buffer->failed = true;
        return false;
    }
    if (need <= buffer->capacity) return true;
    size_t capacity = buffer->capacity ? buffer->capacity * 2 : 256;
    if (capacity < need) capacity = need;
    char *grown = gr_os_realloc(buffer->ptr, capacity);
    if (!grown) {
        buffer->failed = true;
        return false;
    }
    buffer->ptr = grown;
    buffer->capacity = capacity;
    return true;
}

void gr_buffer_add(gr_buffer *buffer, gr_slice bytes) {
    if (!reserve(buffer, bytes.len)) return;
    if (bytes.len) memcpy(buffer->ptr + buffer->len, bytes.ptr, bytes.len);
    buffer->len += bytes.len;
    buffer->ptr[buffer->len] = '\0';
}

void gr_buffer_byte(gr_buffer *buffer, char c) {
    if (!reserve(buffer, 1)) return;
    buffer->ptr[buffer->len++] = c;
    buffer->ptr[buffer->len] = '\0';
}

void gr_buffer_printf(gr_buffer *buffer, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int need = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (need > 0 && reserve(buffer, (size_t)need)) {
        vsnprintf(buffer->ptr + buffer->len, (size_t)need + 1, format, again);
        buffer->len += (size_t)need;
    }
    va_end(again);
}

void gr_buffer_code_point(gr_buffer *buffer, uint32_t c) {
    char b[4];
    if ((c >= 0xD800 && c < 0xE000) || c > 0x10FFFF) c = 0xFFFD;
    if (c < 0x80) {
        b[0] = (char)c;
        gr_buffer_add(buffer, (gr_slice){b, 1});
    } else if (c < 0x800) {
        b[0] = (char)(0xC0 | c >> 6), b[1] = (char)(0x80 | (c & 63));
        gr_buffer_add(buffer, (gr_slice){b, 2});
    } else if (c < 0x10000) {
        b[0] = (char)(0xE0 | c >> 12), b[1] = (char)(0x80 | (c >> 6 & 63)), b[2] = (char)(0x80 | (c & 63));
        gr_buffer_add(buffer, (gr_slice){b, 3});
    } else {
        b[0] = (char)(0xF0 | c >> 18), b[1] = (char)(0x80 | (c >> 12 & 63));
        b[2] = (char)(0x80 | (c >> 6 & 63)), b[3] = (char)(0x80 | (c & 63));
        gr_buffer_add(buffer, (gr_slice){b, 4});
    }
}
