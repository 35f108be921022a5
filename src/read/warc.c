/* WARC (ISO 28500): the pages and documents of a crawl, one record at a time. */
#include "read/mime.h"
#include "read/parts_internal.h"

#include "base/limits.h"

#define HEAD_MOST_B ((size_t)1 << 20)

typedef struct warc_record {
    gr_buffer head; /* its named fields */
    uint64_t length;
    bool response, content; /* a server's answer; a page or document without one */
} warc_record;

/* Reads up to the empty line. False at the end of the stream or where it goes wrong (err filled). */
static bool read_record_head(gr_stream *in, warc_record *r, gr_error *err) {
    gr_slice line = {0};
    gr_buffer_clear(&r->head);
    while (gr_stream_line(in, HEAD_MOST_B, &line) && !line.len) {
    }
    if (!line.len) return false;
    if (!gr_starts(line, GR_S("WARC/"))) {
        gr_fail(err, GR_BAD_INPUT, NULL, "holds something between its WARC records that is none");
        return false;
    }
    while (gr_stream_line(in, HEAD_MOST_B, &line) && line.len && r->head.len < HEAD_MOST_B) {
        gr_buffer_add(&r->head, line);
        gr_buffer_byte(&r->head, '\n');
    }
    gr_slice head = gr_buffer_slice(&r->head), type = gr_mime_header(head, "warc-type");
    if (!gr_parse_u64(gr_mime_header(head, "content-length"), &r->length)) {
        gr_fail(err, GR_BAD_INPUT, NULL, "holds a WARC record without its length");
        return false;
    }
    r->response = gr_is(type, "response");
    r->content = gr_is(type, "resource") || gr_is(type, "conversion");
    return true;
}

/* Reports come in these; pictures, scripts and styles are passed over. */
static bool is_report_type(gr_slice value) {
    static const char *const types[] = {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "application/pdf",
        "application/rss+xml",
        "application/atom+xml",
        "application/rtf",
        "text/rtf",
        "application/msword",
        "message/rfc822",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.oasis.opendocument.text"};
    char type[64];
    gr_mime_type(value, type);
    if (gr_starts(gr_slice_of(type), GR_S("application/vnd.openxmlformats-officedocument.word"))) return true;
    return GR_AMONG(gr_slice_of(type), types);
}

/* Chunks of a transfer (RFC 9112, 7.1) that the crawler kept as they came. */
static bool join_chunks(gr_slice body, gr_buffer *out) {
    while (body.len) {
        gr_slice line = gr_trim(gr_cut(&body, '\n'));
        size_t size = 0, digits = 0;
        for (; digits < line.len && digits < 8; digits++) {
            char c = line.ptr[digits] | 32;
            if (c >= '0' && c <= '9')
                size = size * 16 + (size_t)(c - '0');
            else if (c >= 'a' && c <= 'f')
                size = size * 16 + (size_t)(c - 'a') + 10;
            else
                break;
        }
        if (!digits) return false;
        if (!size) return true;
        gr_buffer_add(out, gr_sub(body, 0, size));
        body = gr_sub(body, size, body.len);
        if (gr_starts(body, GR_S("\r\n")))
            body = gr_sub(body, 2, body.len);
        else if (gr_starts(body, GR_S("\n")))
            body = gr_sub(body, 1, body.len);
    }
    return true;
}

static gr_status read_body(gr_unpacking *u, gr_slice body, const gr_reading *of, gr_error *err) {
    gr_stream inner = gr_stream_of(body);
    return gr_read_inner(u, &inner, of, err);
}

/* A server's answer: only a page that came (200) and is a report by its type. */
static gr_status read_response(gr_unpacking *u, gr_slice block, const gr_reading *of, gr_error *err) {
    gr_slice head, body;
    gr_mime_cut(block, &head, &body);
    gr_slice status_line = gr_cut(&head, '\n');
    gr_cut(&status_line, ' ');
    if (!gr_starts(status_line, GR_S("200")) || !is_report_type(gr_mime_header(head, "content-type")))
        return GR_OK;
    gr_buffer joined = {0}, unpacked = {0};
    gr_error why = {0};
    gr_status status = GR_OK;
    if (gr_mime_same(gr_mime_header(head, "transfer-encoding"), "chunked") && join_chunks(body, &joined))
        body = gr_buffer_slice(&joined);
    if (gr_mime_header(head, "content-encoding").len && gr_starts(body, GR_S("\037\213"))) {
        status = gr_unpack_all(u, body, &unpacked, &why);
        body = gr_buffer_slice(&unpacked);
    }
    if (status == GR_OK && gr_trim(body).len)
        status = read_body(u, body, of, err);
    else if (status != GR_OK)
        status = gr_set_aside(u, of->name, &why, err);
    gr_buffer_free(&joined);
    gr_buffer_free(&unpacked);
    return status;
}

static gr_slice unbracketed(gr_slice s) {
    return gr_starts(s, GR_S("<")) && gr_ends(s, GR_S(">")) ? gr_sub(s, 1, s.len - 1) : s;
}

static gr_status read_record(gr_unpacking *u, gr_stream *in, const warc_record *r, const gr_reading *of,
                             gr_error *err) {
    gr_slice head = gr_buffer_slice(&r->head);
    gr_buffer name = {0};
    gr_reading part = *of;
    part.url = unbracketed(gr_mime_header(head, "warc-target-uri"));
    part.name = gr_part_name(&name, of->name, 0, part.url);
    gr_status status = GR_OK;
    if (r->length > GR_MAX_DOCUMENT_B) {
        gr_error why = {0};
        gr_fail(&why, GR_TOO_LARGE, NULL, "holds more than %zu MiB", GR_MAX_DOCUMENT_B >> 20);
        status = gr_set_aside(u, part.name, &why, err);
    } else {
        gr_slice block = gr_stream_peek(in, (size_t)r->length);
        if (block.len < r->length)
            status = gr_fail(err, GR_BAD_INPUT, NULL, "ends in the middle of a WARC record");
        else if (r->response)
            status = read_response(u, block, &part, err);
        else if (is_report_type(gr_mime_header(head, "content-type")))
            status = read_body(u, block, &part, err);
    }
    gr_buffer_free(&name);
    return status;
}

gr_status gr_read_warc(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_error *err) {
    warc_record r = {0};
    gr_error why = {0};
    gr_status status = GR_OK;
    while (status == GR_OK && !u->stopped && read_record_head(in, &r, &why)) {
        if (r.response || r.content) status = read_record(u, in, &r, of, err);
        if (status == GR_OK) gr_stream_skip(in, r.length);
    }
    gr_buffer_free(&r.head);
    if (status == GR_OK) status = gr_stream_status(in, err);
    if (status == GR_OK && why.status != GR_OK) {
        if (err) *err = why;
        status = why.status;
    }
    return status;
}
