/* Maps against a list, with and without their filter; the sum against damage; memory that is handed out twice
 * is zeroed twice. */
#include "base/arena.h"
#include "base/digest.h"
#include "base/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define KEYS 5000

static gr_slice key_of(gr_arena *arena, uint32_t i) {
    return gr_printf(arena, "key %u", i * 7919u);
}

static void check_all(gr_arena *arena, const gr_map *map, uint32_t known) {
    for (uint32_t i = 0; i < 2 * KEYS; i++)
        assert_int_equal(gr_map_get(map, key_of(arena, i)), i < known ? i + 1 : GR_MAP_NONE);
}

static void map_finds_what_was_put(void **state) {
    (void)state;
    gr_arena *arena = gr_arena_new((size_t)64 << 20);
    for (int reserved = 0; reserved < 2; reserved++) {
        gr_map map = {0};
        if (reserved) gr_map_reserve(arena, &map, KEYS / 2);
        for (uint32_t i = 0; i < KEYS; i++)
            assert_int_equal(gr_map_put(arena, &map, key_of(arena, i), i + 1), GR_MAP_NONE);
        check_all(arena, &map, KEYS);
        gr_map_filter(arena, &map);
        check_all(arena, &map, KEYS);
        for (uint32_t i = KEYS; i < KEYS + 100; i++) /* behind the filter's back */
            assert_int_equal(gr_map_set(arena, &map, key_of(arena, i), i + 1), GR_MAP_NONE);
        check_all(arena, &map, KEYS + 100);
        assert_int_equal(gr_map_put(arena, &map, key_of(arena, 3), 77), 4);
        assert_int_equal(gr_map_set(arena, &map, key_of(arena, 3), 77), 4);
        assert_int_equal(gr_map_get(&map, key_of(arena, 3)), 77);
        for (uint32_t i = 0; i < map.count; i++) assert_true(gr_eq(map.item[i].key, key_of(arena, i)));
    }
    gr_arena_free(arena);
}

/* Any byte, at any length around the stripes, and the length itself. */
static void checksum_notices_damage(void **state) {
    (void)state;
    char bytes[200];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)(i * 37);
    for (size_t len = 0; len < sizeof bytes; len++) {
        uint64_t sum = gr_checksum(0, (gr_slice){bytes, len});
        assert_true(sum == gr_checksum(0, (gr_slice){bytes, len}));
        assert_true(sum != gr_checksum(1, (gr_slice){bytes, len}));
        assert_true(sum != gr_checksum(0, (gr_slice){bytes, len + 1}));
        for (size_t i = 0; i < len; i++)
            for (int bit = 0; bit < 8; bit++) {
                bytes[i] ^= (char)(1 << bit);
                assert_true(sum != gr_checksum(0, (gr_slice){bytes, len}));
                bytes[i] ^= (char)(1 << bit);
            }
    }
    char zeros[128] = {0}, swapped[128];
    assert_true(gr_checksum(0, (gr_slice){zeros, 64}) != gr_checksum(0, (gr_slice){zeros, 128}));
    for (size_t i = 0; i < sizeof swapped; i++) swapped[i] = (char)((i + 64) % 128);
    char straight[128];
    for (size_t i = 0; i < sizeof straight; i++) straight[i] = (char)i;
    assert_true(gr_checksum(0, (gr_slice){straight, 128}) != gr_checksum(0, (gr_slice){swapped, 128}));
}

static void arena_hands_out_zeros(void **state) {
    (void)state;
    gr_arena *arena = gr_arena_new((size_t)64 << 20);
    uint32_t seed = 1;
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 300; i++) {
            seed = seed * 1664525u + 1013904223u;
            size_t size = seed >> 18;
            unsigned char *memory = gr_alloc(arena, size);
            for (size_t k = 0; k < size; k++) assert_int_equal(memory[k], 0);
            memset(memory, 0xAB, size);
        }
        gr_arena_reset(arena);
    }
    gr_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(map_finds_what_was_put),
        cmocka_unit_test(checksum_notices_damage),
        cmocka_unit_test(arena_hands_out_zeros),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
