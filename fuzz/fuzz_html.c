/* Any bytes as a page: the text must be valid UTF-8 without leading blanks, the date a date, and reading it
 * twice must give the same. */
#include "base/utf8.h"
#include "read/read.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static gr_arena *arena;
    if (!arena) arena = gr_arena_new((size_t)256 << 20);
    gr_arena_reset(arena);
    gr_slice bytes = {(const char *)data, size};
    gr_document first, second;
    gr_error err = {0};
    gr_status status = gr_read_document(arena, bytes, GR_FORMAT_HTML, NULL, &first, &err);
    demand(status == gr_read_document(arena, bytes, GR_FORMAT_HTML, NULL, &second, NULL));
    demand((status == GR_OK) == (err.status == GR_OK));
    if (status != GR_OK) {
        demand(err.message[0] != '\0');
        return 0;
    }
    demand(gr_utf8_valid(first.text) && gr_utf8_valid(first.title) && gr_eq(first.text, second.text));
    demand(first.published.len == 0 || first.published.len == 10);
    demand(first.lang.len == 0 || first.lang.len == 2);
    return 0;
}
