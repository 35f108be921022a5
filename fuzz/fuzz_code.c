/* Any bytes as a report, through every stage with the built knowledge, model and gazetteer. Every claim must
 * be one JSON object whose quotes stand at their offsets, and parsing all sentences instead of only those
 * that can start a claim must give the same claims. */
#include "base/utf8.h"
#include "pipe/pipe.h"

#include <jansson.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) abort();
}

static gr_library *library;
static gr_worker *cheap, *whole;

static void close_all(void) {
    gr_worker_free(cheap);
    gr_worker_free(whole);
    gr_library_close(library);
}

static void open_all(void) {
    if (library) return;
    library = gr_library_open(GRIOT_BUILD_ROOT, NULL);
    demand(library != NULL);
    cheap = gr_worker_new(library, (gr_pipe_options){0}, NULL);
    whole = gr_worker_new(library, (gr_pipe_options){.parse_all = true}, NULL);
    demand(cheap && whole);
    atexit(close_all);
}

static void check_span(const json_t *span, gr_slice text) {
    if (!json_is_object(span)) return;
    const json_t *exact = json_object_get(span, "exact");
    json_int_t start = json_integer_value(json_object_get(span, "start"));
    json_int_t end = json_integer_value(json_object_get(span, "end")), at_cp = 0;
    size_t at = 0, from;
    for (; at_cp < start && at < text.len; at_cp++) gr_utf8_next(text, &at);
    for (from = at; at_cp < end && at < text.len; at_cp++) gr_utf8_next(text, &at);
    gr_slice words = {json_string_value(exact), json_string_length(exact)};
    demand(start < end && at_cp == end && gr_eq(gr_sub(text, from, at), words));
}

static void check_claim(gr_slice line, gr_slice text) {
    json_t *claim = json_loadb(line.ptr, line.len, JSON_ALLOW_NUL, NULL), *part;
    demand(json_is_object(claim));
    check_span(json_object_get(claim, "quote"), text);
    check_span(json_object_get(claim, "trigger"), text);
    static const char *const lists[] = {"who", "where", "counts", "persons", "says"};
    for (size_t i = 0, k; i < sizeof lists / sizeof *lists; i++)
        json_array_foreach(json_object_get(claim, lists[i]), k, part)
            check_span(json_object_get(part, "mention"), text);
    json_decref(claim);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gr_coded first, second;
    gr_error err = {0};
    gr_buffer lines = {0}, again = {0};
    gr_slice bytes = {(const char *)data, size};
    gr_source source = {.published = GR_S("2024-02-10")};
    open_all();
    gr_status status = gr_worker_code(cheap, bytes, &source, &first, &err);
    demand(status == gr_worker_code(whole, bytes, &source, &second, NULL));
    demand((status == GR_OK) == (err.message[0] == '\0'));
    if (status != GR_OK) return 0;
    gr_write_claims(library, &first, &lines);
    gr_write_claims(library, &second, &again);
    demand(gr_eq(gr_buffer_slice(&lines), gr_buffer_slice(&again)));
    for (gr_slice rest = gr_buffer_slice(&lines); rest.len;)
        check_claim(gr_cut(&rest, '\n'), first.document.text);
    gr_buffer_free(&lines);
    gr_buffer_free(&again);
    return 0;
}
