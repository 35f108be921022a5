#include "read/formats.h"

#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>

#define LOOK_B 65536u /* the part of a text that is looked at for its encoding */

/* UTF-16 without a mark: most code units of Latin text have a zero half, always on the same side. */
static const char *guess_utf16(gr_slice bytes) {
    gr_slice head = gr_sub(bytes, 0, LOOK_B & ~1u);
    size_t zeros[2] = {0, 0}, units = head.len / 2;
    if (units < 2) return NULL;
    for (size_t i = 0; i < units * 2; i++) zeros[i & 1] += head.ptr[i] == 0;
    if (zeros[1] * 10 > units * 4 && zeros[0] * 10 < units) return "utf-16le";
    if (zeros[0] * 10 > units * 4 && zeros[1] * 10 < units) return "utf-16be";
    return NULL;
}

/* Bytes of bad UTF-8, and of good UTF-8 beyond ASCII. */
static void weigh_utf8(gr_slice bytes, size_t *bad, size_t *good, size_t *western) {
    *bad = *good = *western = 0;
    for (size_t at = 0; at < bytes.len;) {
        size_t before = at;
        uint32_t c = gr_utf8_next(bytes, &at);
        if (c < 0x80) continue;
        if (c != 0xFFFD || at > before + 1) {
            *good += at - before;
            continue;
        }
        ++*bad;
        unsigned char byte = (unsigned char)bytes.ptr[before];
        *western += byte >= 0xC0 || (byte >= 0x80 && byte <= 0xBB && byte != 0x81 && byte != 0x8D &&
                                     byte != 0x8F && byte != 0x90 && byte != 0x9D);
    }
}

const char *gr_guess_encoding(gr_slice bytes) {
    if (gr_starts(bytes, GR_S("\xEF\xBB\xBF"))) return "utf-8";
    if (gr_starts(bytes, GR_S("\xFF\xFE"))) return "utf-16le";
    if (gr_starts(bytes, GR_S("\xFE\xFF"))) return "utf-16be";
    const char *wide = guess_utf16(bytes);
    if (wide) return wide;
    size_t bad, good, western;
    weigh_utf8(bytes, &bad, &good, &western);
    /* Single bytes of letters and typographic marks, and hardly any whole UTF-8 character: Western text. A
     * few stray bytes in a text that is UTF-8 otherwise are damage. */
    if (bad > 0 && bad > good && western * 10 >= bad * 9 && bad * 4 < bytes.len) return "windows-1252";
    return "utf-8";
}

static void copy_utf8(gr_slice bytes, gr_buffer *out, uint32_t *bad_bytes) {
    for (size_t at = 0, run = 0; at < bytes.len;) {
        size_t before = at;
        if (gr_utf8_next(bytes, &at) == 0xFFFD && at == before + 1) {
            gr_buffer_add(out, gr_sub(bytes, run, before));
            gr_buffer_code_point(out, 0xFFFD);
            ++*bad_bytes;
            run = at;
        }
        if (at == bytes.len) gr_buffer_add(out, gr_sub(bytes, run, at));
    }
}

/* Bytes that iconv rejects are skipped one code unit at a time. */
static void convert(iconv_t with, gr_slice bytes, size_t unit, gr_buffer *out, uint32_t *bad_bytes) {
    char chunk[4096];
    char *in = (char *)(uintptr_t)bytes.ptr;
    size_t left = bytes.len;
    while (left && !out->failed) {
        char *to = chunk;
        size_t room = sizeof chunk;
        size_t result = iconv(with, &in, &left, &to, &room);
        int reason = errno;
        gr_buffer_add(out, (gr_slice){chunk, (size_t)(to - chunk)});
        if (result != (size_t)-1 || reason == E2BIG) continue;
        size_t skip = left < unit ? left : unit;
        gr_buffer_code_point(out, 0xFFFD);
        *bad_bytes += (uint32_t)skip;
        in += skip;
        left -= skip;
    }
}

bool gr_encoding_known(const char *encoding) {
    iconv_t with = iconv_open("UTF-8", encoding);
    if (with == (iconv_t)-1) return false;
    iconv_close(with);
    return true;
}

gr_status gr_to_utf8(gr_slice bytes, const char *encoding, gr_buffer *out, uint32_t *bad_bytes,
                     gr_error *err) {
    *bad_bytes = 0;
    gr_slice name = gr_slice_of(encoding);
    if (gr_eq(name, GR_S("utf-8"))) {
        copy_utf8(bytes, out, bad_bytes);
        return GR_OK;
    }
    iconv_t with = iconv_open("UTF-8", encoding);
    if (with == (iconv_t)-1)
        return gr_fail(err, GR_BAD_INPUT, NULL, "is written in the encoding \"%.40s\", which is not known",
                       encoding);
    bool wide = gr_starts(name, GR_S("utf-16"));
    if (wide && (gr_starts(bytes, GR_S("\xFF\xFE")) || gr_starts(bytes, GR_S("\xFE\xFF"))))
        bytes = gr_sub(bytes, 2, bytes.len);
    convert(with, bytes, wide ? 2 : 1, out, bad_bytes);
    iconv_close(with);
    return GR_OK;
}
