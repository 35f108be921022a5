/* Arbitrary bytes as knowledge blocks and as rules. */
#include "know/blocks.h"
#include "know/know.h"
#include "know/rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gr_arena *arena = gr_arena_new((size_t)1 << 26);
    jmp_buf full;
    if (!arena) return 0;
    if (!setjmp(full)) {
        gr_arena_guard(arena, &full);
        gr_knowledge know = {.arena = arena};
        gr_type types[] = {{.name = GR_S("attack"), .kinds = 1, .kind = 0},
                           {.name = GR_S("kill"), .kinds = 3, .kind = 0}};
        know.type = types;
        know.type_count = 2;
        gr_map_set(arena, &know.types, types[0].name, 0);
        gr_map_set(arena, &know.types, types[1].name, 1);
        gr_entries entries = {0};
        gr_error err = {0};
        if (gr_read_blocks(arena, (gr_slice){(const char *)data, size}, GR_S("fuzz"), &entries, &err) ==
            GR_OK)
            (void)gr_rules_load(&know, &entries, GR_S("en"), &err);
    }
    gr_arena_free(arena);
    return 0;
}
