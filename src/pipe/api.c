#include "base/limits.h"
#include "base/os.h"
#include "child/reader.h"
#include "griot.h"
#include "pipe/pipe.h"
#include "read/parts.h"

#include <stdio.h>

struct griot_library {
    gr_library *inner;
    gr_maps *maps;
};

struct griot_coder {
    const gr_library *library;
    const gr_maps *maps;
    gr_reader *reader; /* of foreign formats, once one comes */
    gr_worker *worker;
    gr_buffer lines;
};

/* Hands a fault of the rooms over to the caller of the library. */
static griot_result pass_on(const gr_error *err, griot_error *out) {
    griot_result result = gr_exit_code(err->status);
    if (!out) return result;
    out->result = result;
    snprintf(out->message, sizeof out->message, "%s%s%s", err->origin, err->origin[0] ? ": " : "",
             err->message);
    return result;
}

static griot_result no_memory(griot_error *out) {
    gr_error err = {0};
    gr_fail(&err, GR_NO_MEMORY, NULL, "out of memory");
    return pass_on(&err, out);
}

const char *griot_version(void) {
    return GRIOT_VERSION;
}

griot_library *griot_open(const char *data_dir, griot_error *error) {
    griot_library *library = gr_os_alloc(sizeof *library);
    if (!library) {
        no_memory(error);
        return NULL;
    }
    gr_error err = {0};
    char folder[4096];
    snprintf(folder, sizeof folder, "%s/knowledge/maps", data_dir);
    *library = (griot_library){.inner = gr_library_open(data_dir, &err)};
    if (library->inner) library->maps = gr_maps_load(folder, &err);
    if (library->maps) return library;
    pass_on(&err, error);
    griot_close(library);
    return NULL;
}

void griot_close(griot_library *library) {
    if (!library) return;
    gr_library_close(library->inner);
    gr_maps_free(library->maps);
    gr_os_free(library);
}

griot_coder *griot_coder_new(const griot_library *library, griot_error *error) {
    griot_coder *coder = gr_os_alloc(sizeof *coder);
    if (!coder) {
        no_memory(error);
        return NULL;
    }
    gr_error err = {0};
    *coder = (griot_coder){.library = library->inner, .maps = library->maps};
    coder->worker = gr_worker_new(library->inner, (gr_pipe_options){0}, &err);
    if (coder->worker) return coder;
    pass_on(&err, error);
    gr_os_free(coder);
    return NULL;
}

void griot_coder_free(griot_coder *coder) {
    if (!coder) return;
    gr_worker_free(coder->worker);
    gr_reader_free(coder->reader);
    gr_buffer_free(&coder->lines);
    gr_os_free(coder);
}

/* A whole day: a year or a month alone would have a day invented for it. */
static bool is_day(gr_slice text) {
    return text.len == 10 && gr_day_parse(text) != GR_NO_DAY;
}

static gr_status code_one(griot_coder *coder, gr_slice bytes, const gr_source *source, gr_error *err) {
    gr_coded coded;
    gr_status status = gr_worker_code(coder->worker, bytes, source, &coded, err);
    if (status == GR_OK) gr_write_claims(coder->library, &coded, &coder->lines);
    return status;
}

/* Every document that a foreign format holds. A part that cannot be read matters where no other can. */
static gr_status code_foreign(griot_coder *coder, gr_slice bytes, const gr_source *source, gr_error *err) {
    if (!coder->reader) coder->reader = gr_reader_new((gr_reader_options){.maps = coder->maps});
    if (!coder->reader) return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
    gr_reader_begin(coder->reader, bytes);
    gr_error why = {0};
    uint64_t coded = 0;
    for (;;) {
        gr_part part;
        bool more;
        gr_status status = gr_reader_next(coder->reader, &part, &more, &why);
        if (!more && coded && status == GR_OK) return GR_OK;
        if (!more) break;
        gr_source told = *source;
        told.reading = &part.reading;
        if (part.status != GR_OK)
            why = part.error;
        else if (code_one(coder, part.reading.bytes, &told, &why) == GR_OK)
            coded++;
        gr_os_free(part.memory);
    }
    if (why.status == GR_OK) gr_fail(&why, GR_BAD_INPUT, NULL, "holds no document");
    if (err) *err = why;
    return why.status;
}

griot_result griot_code(griot_coder *coder, const griot_report *report, const char **lines, size_t *lines_len,
                        griot_error *error) {
    gr_error err = {0};
    gr_slice bytes = {report->bytes, report->len};
    gr_source source = {.name = gr_slice_of(report->name),
                        .publisher = gr_slice_of(report->publisher),
                        .published = gr_slice_of(report->published),
                        .url = gr_slice_of(report->url),
                        .lang = gr_slice_of(report->lang)};
    *lines = "";
    *lines_len = 0;
    if (report->published && !is_day(source.published)) {
        gr_fail(&err, GR_USAGE, report->name, "published must be a day such as 2024-02-10, not \"%s\"",
                report->published);
        return pass_on(&err, error);
    }
    gr_buffer_clear(&coder->lines);
    gr_input_kind kind = gr_sniff(gr_sub(bytes, 0, GR_MAX_STREAM_HEAD_B), coder->maps);
    bool plain = kind == GR_INPUT_TEXT || kind == GR_INPUT_BINARY || bytes.len > GR_MAX_DOCUMENT_B;
    gr_status status = (plain ? code_one : code_foreign)(coder, bytes, &source, &err);
    if (status != GR_OK && !err.origin[0] && report->name)
        snprintf(err.origin, sizeof err.origin, "%s", report->name);
    if (status != GR_OK) return pass_on(&err, error);
    gr_buffer_byte(&coder->lines, '\0');
    if (coder->lines.failed) return no_memory(error);
    *lines = coder->lines.ptr;
    *lines_len = coder->lines.len - 1;
    return 0;
}
