/* Text as pointer and length. A slice never owns its bytes; they live as long as the arena, buffer or
 * literal that they came from. Bytes are UTF-8 unless a header says otherwise; embedded NULs are fine. */
#ifndef GRIOT_BASE_SLICE_H
#define GRIOT_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct gr_slice {
    const char *ptr;
    size_t len;
} gr_slice;

#define GR_S(literal) ((gr_slice){"" literal, sizeof(literal) - 1})
/* For printf: "%.*s", GR_FMT(slice). The slice is evaluated twice, so it must not be a call that moves one.
 */
#define GR_FMT(s) (int)(s).len, (s).ptr

static inline gr_slice gr_slice_of(const char *nul_terminated) {
    return (gr_slice){nul_terminated, nul_terminated ? strlen(nul_terminated) : 0};
}

static inline bool gr_eq(gr_slice a, gr_slice b) {
    return a.len == b.len && (a.len == 0 || (*a.ptr == *b.ptr && memcmp(a.ptr, b.ptr, a.len) == 0));
}

/* Is s this text? For walks over lists of words: most differ in the first byte. */
static inline bool gr_is(gr_slice s, const char *text) {
    size_t i = 0;
    while (i < s.len && text[i] && s.ptr[i] == text[i]) i++;
    return i == s.len && !text[i];
}

static inline bool gr_is_among(gr_slice s, const char *const *list, size_t count) {
    char first = s.len ? *s.ptr : '\0';
    for (size_t i = 0; i < count; i++)
        if (list[i][0] == first && gr_is(s, list[i])) return true;
    return false;
}
/* The list must be an array, not a pointer. */
#define GR_AMONG(s, list) gr_is_among((s), (list), sizeof(list) / sizeof *(list))

static inline bool gr_starts(gr_slice s, gr_slice prefix) {
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.ptr, prefix.ptr, prefix.len) == 0);
}

static inline bool gr_ends(gr_slice s, gr_slice suffix) {
    return s.len >= suffix.len &&
           (suffix.len == 0 || memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len) == 0);
}

/* Bytes begin..end of s, clamped to it. */
static inline gr_slice gr_sub(gr_slice s, size_t begin, size_t end) {
    if (end > s.len) end = s.len;
    if (begin > end) begin = end;
    return (gr_slice){begin ? s.ptr + begin : s.ptr, end - begin}; /* NULL + 0 is undefined */
}

static inline bool gr_is_ascii(gr_slice s) {
    unsigned char high = 0;
    for (size_t i = 0; i < s.len; i++) high |= (unsigned char)s.ptr[i];
    return high < 0x80;
}

/* s without ASCII white space at either end. */
gr_slice gr_trim(gr_slice s);

/* Cuts s at the first `separator`: returns what stands before it and moves *s behind it.
 * Without a separator the whole of *s is returned and *s becomes empty with ptr NULL. */
gr_slice gr_cut(gr_slice *s, char separator);

/* Order by bytes, then by length: <0, 0, >0. */
int gr_compare(gr_slice a, gr_slice b);

/* A non-negative decimal number of ASCII digits alone; false when it is none or exceeds 10^15. */
bool gr_parse_u64(gr_slice s, uint64_t *out);

#endif
