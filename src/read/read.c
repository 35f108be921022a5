#include "read/read.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "read/formats.h"

#include <stdio.h>

static bool only_blanks(gr_slice text) {
    for (size_t at = 0; at < text.len;) {
        uint32_t c = gr_utf8_next(text, &at);
        if (c > ' ' && c != 0xFEFF && c != 0x7F && !gr_is_space(c)) return false;
    }
    return true;
}

/* Copies what was built on the heap into the arena. Allocates first and frees nothing: the arena may jump. */
static gr_slice reserve(gr_arena *arena, size_t length) {
    return (gr_slice){gr_alloc(arena, length + 1), length};
}

static void fill(gr_slice into, const gr_buffer *from) {
    if (from->len) memcpy((char *)(uintptr_t)into.ptr, from->ptr, from->len);
}

static gr_status read_text(gr_arena *arena, gr_slice bytes, const char *origin, gr_document *out,
                           gr_error *err) {
    const char *encoding = gr_guess_encoding(bytes);
    out->format = GR_FORMAT_TEXT;
    out->encoding = gr_slice_of(encoding);
    if (gr_eq(out->encoding, GR_S("utf-8")) && gr_utf8_valid(bytes)) {
        out->text = bytes;
        return GR_OK;
    }
    /* UTF-8 needs at most three bytes for one of any encoding read here. */
    gr_slice room = reserve(arena, bytes.len * 3);
    gr_buffer text = {0};
    gr_status status = gr_to_utf8(bytes, encoding, &text, &out->bad_bytes, err);
    if (status == GR_OK && text.failed)
        status = gr_fail(err, GR_NO_MEMORY, origin, "out of memory while reading");
    if (status == GR_OK && text.len <= room.len) {
        fill(room, &text);
        out->text = (gr_slice){room.ptr, text.len};
    }
    gr_buffer_free(&text);
    return status;
}

/* The encoding of a page: its byte-order mark or its bytes where they settle it, else what it declares. */
static const char *page_encoding(gr_slice bytes, char declared[32]) {
    const char *guessed = gr_guess_encoding(bytes);
    gr_declared_charset(bytes, declared);
    gr_slice name = gr_slice_of(declared);
    if (gr_starts(gr_slice_of(guessed), GR_S("utf-16")) || gr_utf8_valid(bytes)) return guessed;
    if (name.len == 0 || gr_eq(name, GR_S("utf-8")) || gr_eq(name, GR_S("utf8"))) return guessed;
    if (gr_eq(name, GR_S("iso-8859-1")) || gr_eq(name, GR_S("latin1")) || gr_eq(name, GR_S("us-ascii")))
        return "windows-1252"; /* as browsers do: WHATWG Encoding, section 4.2 */
    return gr_encoding_known(declared) ? declared : guessed;
}

static gr_status read_page(gr_arena *arena, gr_slice bytes, const char *origin, gr_document *out,
                           gr_error *err) {
    char declared[32];
    const char *encoding = page_encoding(bytes, declared);
    out->format = GR_FORMAT_HTML;
    out->encoding = gr_copy(arena, gr_slice_of(encoding));
    /* All room is taken before libxml2 holds anything: the arena may jump. No markup makes text that is
     * longer than three bytes for each of its own. */
    gr_page_meta *meta = gr_alloc(arena, sizeof *meta);
    gr_slice room = reserve(arena, bytes.len * 3);
    gr_buffer utf8 = {0}, text = {.limit_b = room.len};
    gr_status status = gr_to_utf8(bytes, encoding, &utf8, &out->bad_bytes, err);
    for (size_t i = 0; i < utf8.len; i++)
        if (utf8.ptr[i] == '\0') utf8.ptr[i] = ' ';
    if (status == GR_OK && !utf8.failed) status = gr_read_html(gr_buffer_slice(&utf8), &text, meta, err);
    if (status == GR_OK && (utf8.failed || text.failed))
        status = gr_fail(err, GR_NO_MEMORY, origin, "out of memory while reading");
    if (status == GR_OK) {
        fill(room, &text);
        out->text = (gr_slice){room.ptr, text.len};
        out->title = gr_slice_of(meta->title);
        out->published = gr_slice_of(meta->published);
        out->lang = gr_slice_of(meta->lang);
        if (!out->source.publisher.len) out->source.publisher = gr_slice_of(meta->publisher);
        if (!out->source.url.len) out->source.url = gr_slice_of(meta->url);
    }
    gr_buffer_free(&utf8);
    gr_buffer_free(&text);
    return status;
}

const char *gr_format_name(gr_format format) {
    static const char *const names[GR_FORMAT_COUNT] = {"text", "text", "html", "pdf",  "docx", "odt",
                                                       "rtf",  "feed", "mail", "json", "table"};
    return format < GR_FORMAT_COUNT ? names[format] : "text";
}

uint32_t gr_page_of(const gr_document *document, uint32_t off_b) {
    uint32_t low = 0, high = document->page_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (document->page[middle].off_b <= off_b)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? document->page[low - 1].number : 0;
}

static gr_slice first_of(gr_slice told, gr_slice stated) {
    return told.len ? told : stated;
}

/* A document that a reader has made text already. */
static gr_status take_reading(const gr_reading *r, gr_document *out) {
    out->format = r->format;
    out->source.publisher = first_of(out->source.publisher, r->publisher);
    out->source.url = first_of(out->source.url, r->url);
    out->encoding = r->encoding;
    out->bad_bytes = r->bad_bytes;
    out->bytes = r->bytes;
    out->text = r->text;
    out->title = r->title;
    out->published = r->published;
    out->lang = r->lang;
    out->page = r->page;
    out->page_count = r->page_count;
    out->sha256 = gr_sha256(r->bytes);
    out->text_sha256 = gr_sha256(r->text);
    return GR_OK;
}

gr_status gr_read_document(gr_arena *arena, gr_slice bytes, gr_format format, const gr_source *source,
                           gr_document *out, gr_error *err) {
    memset(out, 0, sizeof *out);
    if (source) out->source = *source;
    if (source && source->reading) return take_reading(source->reading, out);
    char origin[256];
    snprintf(origin, sizeof origin, "%.*s", (int)(out->source.name.len < 200 ? out->source.name.len : 200),
             out->source.name.ptr ? out->source.name.ptr : "");
    if (bytes.len > GR_MAX_DOCUMENT_B)
        return gr_fail(err, GR_TOO_LARGE, origin, "holds more than %zu MiB; split it",
                       GR_MAX_DOCUMENT_B >> 20);
    if (only_blanks(bytes)) return gr_fail(err, GR_BAD_INPUT, origin, "is empty; there is nothing to read");
    const char *binary = gr_name_binary(bytes);
    if (binary) return gr_fail(err, GR_BAD_INPUT, origin, "seems to be %s; convert it to text first", binary);
    if (format == GR_FORMAT_AUTO) format = gr_looks_like_html(bytes) ? GR_FORMAT_HTML : GR_FORMAT_TEXT;
    gr_status status = format == GR_FORMAT_HTML ? read_page(arena, bytes, origin, out, err)
                                                : read_text(arena, bytes, origin, out, err);
    if (status != GR_OK) return status;
    if (only_blanks(out->text))
        return gr_fail(err, GR_BAD_INPUT, origin, "holds no text once its markup is taken away");
    out->bytes = bytes;
    out->sha256 = gr_sha256(bytes);
    out->text_sha256 = gr_sha256(out->text);
    return GR_OK;
}
