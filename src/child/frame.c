#include "child/frame.h"

#include "base/limits.h"
#include "base/utf8.h"

#define STRING_MOST_B 8192u

size_t gr_frame_body(const gr_frame *f, bool *fits) {
    *fits = f->magic == GR_FRAME_MAGIC && f->type >= GR_FRAME_DOCUMENT && f->type <= GR_FRAME_END &&
            f->bytes_len <= GR_MAX_DOCUMENT_B && f->text_len <= 3 * GR_MAX_DOCUMENT_B &&
            f->page_count <= GR_MAX_DOCUMENT_B / sizeof(gr_page) && f->format < GR_FORMAT_COUNT &&
            f->status < GR_STATUS_COUNT;
    if (!*fits) return 0;
    size_t size = (size_t)f->bytes_len + (size_t)f->text_len + f->page_count * sizeof(gr_page);
    for (size_t i = 0; i < GR_FRAME_STRINGS; i++) {
        *fits = *fits && f->string_len[i] <= STRING_MOST_B;
        size += f->string_len[i];
    }
    return *fits ? size : 0;
}

static bool is_day(gr_slice s) {
    if (s.len != 10) return s.len == 0;
    for (size_t i = 0; i < 10; i++)
        if (i == 4 || i == 7 ? s.ptr[i] != '-' : s.ptr[i] < '0' || s.ptr[i] > '9') return false;
    return true;
}

static bool is_lang(gr_slice s) {
    return s.len == 0 ||
           (s.len == 2 && s.ptr[0] >= 'a' && s.ptr[0] <= 'z' && s.ptr[1] >= 'a' && s.ptr[1] <= 'z');
}

static bool pages_in_order(const gr_reading *r) {
    for (uint32_t i = 0; i < r->page_count; i++) {
        gr_page before = i ? r->page[i - 1] : (gr_page){0, 0};
        if (r->page[i].number <= before.number || r->page[i].off_b < before.off_b ||
            r->page[i].off_b > r->text.len)
            return false;
    }
    return true;
}

static gr_slice next(char **at, size_t len) {
    gr_slice s = {*at, len};
    *at += len;
    return s;
}

bool gr_frame_take(const gr_frame *f, char *body, gr_reading *r, gr_slice *message) {
    gr_slice string[GR_FRAME_STRINGS];
    char *at = body;
    *r = (gr_reading){.format = (gr_format)f->format, .bad_bytes = f->bad_bytes, .page_count = f->page_count};
    r->bytes = next(&at, f->bytes_len);
    r->text = next(&at, f->text_len);
    if (f->flags & GR_FRAME_TEXT_IS_BYTES) r->text = r->bytes;
    bool valid = gr_utf8_valid(r->text);
    for (size_t i = 0; i < GR_FRAME_STRINGS; i++) {
        string[i] = next(&at, f->string_len[i]);
        valid = valid && gr_utf8_valid(string[i]);
    }
    r->name = string[GR_FRAME_NAME];
    r->title = string[GR_FRAME_TITLE];
    r->published = string[GR_FRAME_PUBLISHED];
    r->publisher = string[GR_FRAME_PUBLISHER];
    r->lang = string[GR_FRAME_LANG];
    r->url = string[GR_FRAME_URL];
    r->encoding = string[GR_FRAME_ENCODING];
    *message = string[GR_FRAME_MESSAGE];
    size_t used = (size_t)(at - body), room = (used + 7) / 8 * 8; /* the block has that much more */
    gr_page *page = (gr_page *)(void *)(body + room);
    if (f->page_count) memmove(page, at, f->page_count * sizeof *page);
    r->page = f->page_count ? page : NULL;
    return valid && is_day(r->published) && is_lang(r->lang) && pages_in_order(r);
}

static gr_slice cut(gr_slice s) {
    if (s.len <= STRING_MOST_B) return s;
    size_t end = STRING_MOST_B;
    while (end && ((unsigned char)s.ptr[end] & 0xC0) == 0x80) end--;
    return gr_sub(s, 0, end);
}

void gr_frame_fill(gr_frame_type type, const gr_reading *r, bool whole, gr_status status, gr_slice message,
                   gr_frame *f, gr_slice piece[GR_FRAME_PIECES]) {
    bool same = r->text.ptr == r->bytes.ptr && r->text.len == r->bytes.len && r->text.len;
    gr_slice string[GR_FRAME_STRINGS] = {
        [GR_FRAME_NAME] = r->name,           [GR_FRAME_TITLE] = r->title, [GR_FRAME_PUBLISHED] = r->published,
        [GR_FRAME_PUBLISHER] = r->publisher, [GR_FRAME_LANG] = r->lang,   [GR_FRAME_URL] = r->url,
        [GR_FRAME_ENCODING] = r->encoding,   [GR_FRAME_MESSAGE] = message};
    *f = (gr_frame){.magic = GR_FRAME_MAGIC,
                    .type = type,
                    .flags = (same ? GR_FRAME_TEXT_IS_BYTES : 0) | (whole ? GR_FRAME_WHOLE : 0),
                    .status = status,
                    .format = r->format,
                    .bad_bytes = r->bad_bytes,
                    .page_count = r->page_count};
    piece[0] = whole ? GR_S("") : r->bytes;
    piece[1] = same ? GR_S("") : r->text;
    f->bytes_len = piece[0].len;
    f->text_len = piece[1].len;
    for (size_t i = 0; i < GR_FRAME_STRINGS; i++) {
        piece[2 + i] = cut(string[i]);
        f->string_len[i] = (uint32_t)piece[2 + i].len;
    }
    piece[2 + GR_FRAME_STRINGS] = (gr_slice){(const char *)r->page, r->page_count * sizeof *r->page};
}
