/* Arbitrary bytes as an actor dictionary; what comes out has to be blocks that griot reads. */
#include "know/actors_import.h"
#include "know/blocks.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gr_arena *arena = gr_arena_new((size_t)1 << 26);
    gr_buffer out = {.limit_b = (size_t)1 << 26};
    jmp_buf full;
    if (!arena) return 0;
    if (!setjmp(full)) {
        gr_arena_guard(arena, &full);
        gr_error err = {0};
        gr_import_counts counts;
        gr_slice bytes = {(const char *)data, size};
        if (gr_actors_import(arena, NULL, bytes, GR_S("fuzz"), &out, &counts, &err) == GR_OK) {
            gr_entries entries = {0};
            if (gr_read_blocks(arena, gr_buffer_slice(&out), GR_S("made"), &entries, &err) != GR_OK) abort();
            if (entries.count != counts.actors) abort();
        }
    }
    gr_buffer_free(&out);
    gr_arena_free(arena);
    return 0;
}
