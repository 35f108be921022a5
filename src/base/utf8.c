#include "base/utf8.h"

#include <utf8proc.h>

uint32_t gr_utf8_next(gr_slice s, size_t *at) {
    const unsigned char *p = (const unsigned char *)s.ptr + *at;
    size_t left = s.len - *at;
    unsigned lead = p[0];
    if (lead < 0x80) {
        *at += 1;
        return lead;
    }
    unsigned size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || left < size) goto bad;
    uint32_t c = lead & (0xFFu >> (size + 1));
    for (unsigned i = 1; i < size; i++) {
        if ((p[i] & 0xC0) != 0x80) goto bad;
        c = c << 6 | (p[i] & 63u);
    }
    if ((size == 3 && c < 0x800) || (size == 4 && (c < 0x10000 || c > 0x10FFFF)) ||
        (c >= 0xD800 && c < 0xE000))
        goto bad;
    *at += size;
    return c;
bad:
    *at += 1;
    return 0xFFFD;
}

bool gr_utf8_valid(gr_slice s) {
    for (size_t at = 0; at < s.len;) {
        uint64_t eight;
        if (s.len - at >= 8) {
            memcpy(&eight, s.ptr + at, 8);
            if (!(eight & 0x8080808080808080u)) {
                at += 8;
                continue;
            }
        }
        size_t before = at;
        if (gr_utf8_next(s, &at) == 0xFFFD && at == before + 1) return false;
    }
    return true;
}

size_t gr_utf8_length(gr_slice s) {
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++) count += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return count;
}

static uint32_t plain_punctuation(uint32_t c) {
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0x02BB:
    case 0x00B4:
    case 0x0060:
    case 0x2032:
        return '\'';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
        return '-';
    case 0x201C:
    case 0x201D:
    case 0x00AB:
    case 0x00BB:
        return '"';
    default:
        return c;
    }
}

static gr_slice fold_any(gr_arena *arena, gr_slice s) {
    char *out = gr_alloc(arena, gr_is_ascii(s) ? s.len + 1 : s.len * 12 + 16);
    size_t n = 0;
    bool blank = true;
    for (size_t at = 0; at < s.len;) {
        utf8proc_int32_t parts[18];
        int count = 1, boundary = 0;
        uint32_t c = plain_punctuation(gr_utf8_next(s, &at));
        parts[0] = (utf8proc_int32_t)gr_to_lower(c);
        if (c >= 0x80)
            count = (int)utf8proc_decompose_char((utf8proc_int32_t)c, parts, 18,
                                                 UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                                     UTF8PROC_STRIPMARK | UTF8PROC_IGNORE,
                                                 &boundary);
        for (int i = 0; i < count && i < 18; i++) {
            uint32_t part = plain_punctuation((uint32_t)parts[i]);
            bool space = gr_is_space(part);
            if (space && blank) continue;
            blank = space;
            n += (size_t)utf8proc_encode_char(space ? ' ' : (utf8proc_int32_t)part,
                                              (utf8proc_uint8_t *)out + n);
        }
    }
    if (n && out[n - 1] == ' ') n--;
    return (gr_slice){out, n};
}

/* The fold of plain ASCII: lower case, runs of white space one space, none at the ends. */
static gr_slice fold_ascii(gr_arena *arena, gr_slice s) {
    char *out = gr_alloc(arena, s.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == ' ' || (c >= 9 && c <= 13)) {
            if (n && out[n - 1] != ' ') out[n++] = ' ';
        } else {
            out[n++] = c == '`' ? '\'' : c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
        }
    }
    if (n && out[n - 1] == ' ') n--;
    return (gr_slice){out, n};
}

gr_slice gr_fold(gr_arena *arena, gr_slice s) {
    return gr_is_ascii(s) ? fold_ascii(arena, s) : fold_any(arena, s);
}

gr_slice gr_lower(gr_arena *arena, gr_slice s) {
    char *out = gr_alloc(arena, s.len * 4 + 1); /* a byte that is no UTF-8 becomes U+FFFD */
    size_t n = 0;
    for (size_t at = 0; at < s.len;)
        n += (size_t)utf8proc_encode_char((utf8proc_int32_t)gr_to_lower(gr_utf8_next(s, &at)),
                                          (utf8proc_uint8_t *)out + n);
    return (gr_slice){out, n};
}

static utf8proc_category_t category(uint32_t c) {
    return utf8proc_category((utf8proc_int32_t)c);
}

bool gr_is_letter(uint32_t c) {
    if (c < 0x80) return (c | 32) - 'a' < 26;
    utf8proc_category_t k = category(c);
    return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO;
}

bool gr_is_upper(uint32_t c) {
    if (c < 0x80) return c - 'A' < 26;
    return category(c) == UTF8PROC_CATEGORY_LU || category(c) == UTF8PROC_CATEGORY_LT;
}

bool gr_is_lower(uint32_t c) {
    return c < 0x80 ? c - 'a' < 26 : category(c) == UTF8PROC_CATEGORY_LL;
}

bool gr_is_digit(uint32_t c) {
    return c < 0x80 ? c - '0' < 10 : category(c) == UTF8PROC_CATEGORY_ND;
}

bool gr_is_space(uint32_t c) {
    if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13);
    if (c == 0x85) return true;
    utf8proc_category_t k = category(c);
    return k == UTF8PROC_CATEGORY_ZS || k == UTF8PROC_CATEGORY_ZL || k == UTF8PROC_CATEGORY_ZP;
}

uint32_t gr_to_lower(uint32_t c) {
    if (c < 0x80) return c - 'A' < 26 ? c + 32 : c;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

uint32_t gr_to_upper(uint32_t c) {
    if (c < 0x80) return c - 'a' < 26 ? c - 32 : c;
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)c);
}
