#include "read/parts_internal.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <stdio.h>

gr_status gr_out_of_memory(gr_error *err) {
    return gr_fail(err, GR_NO_MEMORY, NULL, "needs more memory than one document may have; split it");
}

static bool has_text(gr_slice text) {
    for (size_t at = 0; at < text.len;) {
        uint32_t c = gr_utf8_next(text, &at);
        if (c > ' ' && c != 0xFEFF && c != 0x7F && !gr_is_space(c)) return true;
    }
    return false;
}

static gr_slice first_of(gr_slice own, gr_slice outer) {
    return own.len ? own : outer;
}

static void inherit(gr_reading *reading, const gr_reading *of) {
    reading->published = first_of(reading->published, of->published);
    reading->publisher = first_of(reading->publisher, of->publisher);
    reading->url = first_of(reading->url, of->url);
    reading->lang = first_of(reading->lang, of->lang);
}

gr_status gr_give(gr_unpacking *u, const gr_reading *of, gr_reading reading) {
    if (!has_text(reading.text)) {
        gr_error none = {0};
        gr_fail(&none, GR_BAD_INPUT, NULL, "holds no text");
        u->stopped = u->stopped || !u->sink.aside(u->sink.context, reading.name, &none);
        return GR_OK;
    }
    inherit(&reading, of);
    if (!reading.encoding.len) reading.encoding = GR_S("utf-8");
    if (!u->stopped && !u->sink.document(u->sink.context, &reading)) u->stopped = true;
    return GR_OK;
}

gr_status gr_give_to_program(gr_unpacking *u, const gr_reading *of, gr_reading reading) {
    inherit(&reading, of);
    if (!u->stopped && !u->sink.program(u->sink.context, &reading)) u->stopped = true;
    return GR_OK;
}

gr_status gr_set_aside(gr_unpacking *u, gr_slice name, const gr_error *why, gr_error *err) {
    if (u->stopped || !name.len) {
        if (err) *err = *why;
        return why->status;
    }
    if (!u->sink.aside(u->sink.context, name, why)) u->stopped = true;
    return GR_OK;
}

gr_status gr_count_unpacked(gr_unpacking *u, size_t bytes, gr_error *err) {
    u->unpacked += bytes;
    if (u->unpacked <= GR_MAX_UNPACK_START_B + u->taken * GR_MAX_UNPACK_RATIO) return GR_OK;
    u->stopped = true;
    return gr_fail(
        err, GR_TOO_LARGE, NULL,
        "unpacks to more than %u times its size, as only a bomb does; unpack it yourself if it is none",
        GR_MAX_UNPACK_RATIO);
}

gr_slice gr_part_name(gr_buffer *into, gr_slice name, uint64_t number, gr_slice member) {
    gr_buffer_clear(into);
    gr_buffer_add(into, name);
    if (number) {
        gr_buffer_printf(into, "#%llu", (unsigned long long)number);
    } else {
        gr_buffer_byte(into, '/');
        for (size_t at = 0; at < member.len && into->len < 3000;) {
            uint32_t c = gr_utf8_next(member, &at);
            gr_buffer_code_point(into, c < ' ' || c == 0x7F ? '?' : c);
        }
    }
    return gr_buffer_slice(into);
}

gr_status gr_read_plain(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_format format,
                        gr_error *err) {
    gr_slice bytes;
    gr_status status = gr_stream_all(in, GR_MAX_DOCUMENT_B, &bytes, err);
    if (status != GR_OK) return status;
    gr_arena_reset(u->arena);
    gr_document document;
    status = gr_read_document(u->arena, bytes, format, NULL, &document, err);
    if (status != GR_OK) return status;
    return gr_give(u, of,
                   (gr_reading){.format = document.format,
                                .name = of->name,
                                .bytes = bytes,
                                .text = document.text,
                                .title = document.title,
                                .published = document.published,
                                .publisher = document.source.publisher,
                                .url = document.source.url,
                                .lang = document.lang,
                                .encoding = document.encoding,
                                .bad_bytes = document.bad_bytes});
}

static gr_status read_by_program(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_format format,
                                 gr_error *err) {
    gr_slice bytes;
    gr_status status = gr_stream_all(in, GR_MAX_DOCUMENT_B, &bytes, err);
    if (status != GR_OK) return status;
    return gr_give_to_program(u, of, (gr_reading){.format = format, .name = of->name, .bytes = bytes});
}

static gr_status unknown(gr_stream *in, gr_input_kind kind, gr_error *err) {
    const char *binary = gr_name_binary(gr_stream_peek(in, GR_MAX_STREAM_HEAD_B));
    if (kind == GR_INPUT_XML) binary = "XML of a kind that griot does not know";
    return gr_fail(err, GR_BAD_INPUT, NULL, "seems to be %s; convert it to text first",
                   binary ? binary : "binary data");
}

gr_status gr_read_parts(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_error *err) {
    gr_slice head = gr_stream_peek(in, GR_MAX_STREAM_HEAD_B);
    if (in->error.status != GR_OK) return gr_stream_status(in, err);
    if (!head.len) return gr_fail(err, GR_BAD_INPUT, NULL, "is empty; there is nothing to read");
    gr_input_kind kind = gr_sniff(head, u->maps);
    switch (kind) {
    case GR_INPUT_TEXT:
        return gr_read_plain(u, in, of, GR_FORMAT_TEXT, err);
    case GR_INPUT_HTML:
        return gr_read_plain(u, in, of, GR_FORMAT_HTML, err);
    case GR_INPUT_PDF:
        return read_by_program(u, in, of, GR_FORMAT_PDF, err);
    case GR_INPUT_RTF:
        return read_by_program(u, in, of, GR_FORMAT_RTF, err);
    case GR_INPUT_PACKED:
        return gr_read_packed(u, in, of, err);
    case GR_INPUT_ZIP:
    case GR_INPUT_TAR:
        return gr_read_archive(u, in, of, err);
    case GR_INPUT_WARC:
        return gr_read_warc(u, in, of, err);
    case GR_INPUT_FEED:
        return gr_read_feed(u, in, of, err);
    case GR_INPUT_JSON:
        return gr_read_json(u, in, of, err);
    case GR_INPUT_TABLE:
        return gr_read_table(u, in, of, err);
    case GR_INPUT_MAIL:
        return gr_read_mail(u, in, of, err);
    case GR_INPUT_MBOX:
        return gr_read_mbox(u, in, of, err);
    case GR_INPUT_XML:
    case GR_INPUT_BINARY:
        break;
    }
    return unknown(in, kind, err);
}

gr_status gr_read_inner(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_error *err) {
    gr_error why = {0};
    if (u->depth == GR_MAX_UNPACK_DEPTH) {
        gr_fail(&why, GR_TOO_LARGE, NULL, "lies in more than %u archives within each other",
                GR_MAX_UNPACK_DEPTH);
        return gr_set_aside(u, of->name, &why, err);
    }
    u->depth++;
    gr_status status = gr_read_parts(u, in, of, &why);
    u->depth--;
    return status == GR_OK ? GR_OK : gr_set_aside(u, of->name, &why, err);
}
