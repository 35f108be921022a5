#include "base/slice.h"

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

gr_slice gr_trim(gr_slice s) {
    while (s.len && is_blank(s.ptr[0])) s.ptr++, s.len--;
    while (s.len && is_blank(s.ptr[s.len - 1])) s.len--;
    return s;
}

gr_slice gr_cut(gr_slice *s, char separator) {
    const char *at = s->len ? memchr(s->ptr, separator, s->len) : NULL;
    gr_slice head = *s;
    if (!at) {
        *s = (gr_slice){NULL, 0};
        return head;
    }
    head.len = (size_t)(at - s->ptr);
    *s = (gr_slice){at + 1, s->len - head.len - 1};
    return head;
}

int gr_compare(gr_slice a, gr_slice b) {
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common ? memcmp(a.ptr, b.ptr, common) : 0;
    if (order) return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool gr_parse_u64(gr_slice s, uint64_t *out) {
    if (s.len == 0 || s.len > 15) return false;
    uint64_t value = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
        value = value * 10 + (uint64_t)(s.ptr[i] - '0');
    }
    *out = value;
    return true;
}
