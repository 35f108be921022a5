/* Any bytes as a file of any format, read in this process as the child reads it: what it hands on must be
 * what the program accepts from it. The first byte chooses: a file, or what a foreign program printed of a
 * PDF or RTF. */
#include "base/limits.h"
#include "base/os.h"
#include "base/utf8.h"
#include "child/frame.h"
#include "read/parts.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) abort();
}

/* Through the frame, as between child and program. */
static bool check(void *context, const gr_reading *reading) {
    gr_frame frame;
    gr_slice piece[GR_FRAME_PIECES], message;
    gr_reading back;
    bool fits;
    (void)context;
    gr_frame_fill(GR_FRAME_DOCUMENT, reading, false, GR_OK, GR_S(""), &frame, piece);
    size_t size = gr_frame_body(&frame, &fits), at = 0;
    demand(fits);
    char *body = gr_os_alloc(size + GR_FRAME_MARGIN_B);
    if (!body) return false;
    for (size_t i = 0; i < GR_FRAME_PIECES; i++) {
        if (piece[i].len) memcpy(body + at, piece[i].ptr, piece[i].len);
        at += piece[i].len;
    }
    demand(at == size && gr_frame_take(&frame, body, &back, &message));
    demand(gr_eq(back.text, reading->text) && gr_eq(back.published, reading->published));
    gr_os_free(body);
    return true;
}

static bool check_aside(void *context, gr_slice name, const gr_error *why) {
    (void)context;
    (void)name;
    demand(why->status != GR_OK && why->message[0]);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static gr_arena *arena;
    static gr_maps *maps;
    if (!arena) arena = gr_arena_new((size_t)256 << 20);
    if (!maps) maps = gr_maps_load(GRIOT_BUILD_ROOT "/knowledge/maps", NULL);
    if (!size || !arena || !maps) return 0;
    jmp_buf full;
    gr_stream in = gr_stream_of((gr_slice){(const char *)data + 1, size - 1});
    gr_unpacking u = {.maps = maps, .sink = {NULL, check, check, check_aside}, .arena = arena, .taken = size};
    const gr_reading of = {0};
    gr_error err = {0};
    gr_arena_reset(arena);
    if (setjmp(full)) return 0;
    gr_arena_guard(arena, &full);
    gr_status status = data[0] == 'P'   ? gr_read_print(&u, &in, GR_FORMAT_PDF, &of, &err)
                       : data[0] == 'R' ? gr_read_print(&u, &in, GR_FORMAT_RTF, &of, &err)
                                        : gr_read_parts(&u, &in, &of, &err);
    gr_arena_guard(arena, NULL);
    demand(status == GR_OK || err.message[0]);
    return 0;
}
