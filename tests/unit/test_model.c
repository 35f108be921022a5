/* The model loader: a good file, and every way of damaging one. */
#include "lang/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static gr_slice good;

static int set_up(void **state) {
    (void)state;
    static char *bytes;
    size_t len;
    char *file;
    if (gr_os_read_all("models/en.griot", (size_t)64 << 20, &file, &len, NULL) != GR_OK) return -1;
    bytes = aligned_alloc(64, (len + 63) / 64 * 64);
    if (!bytes) return -1;
    memcpy(bytes, file, len);
    gr_os_free(file);
    good = (gr_slice){bytes, len};
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    free((void *)good.ptr);
    return 0;
}

static void refused(gr_slice bytes, bool with_hash) {
    gr_error err = {0};
    assert_null(gr_model_from_bytes(bytes, "test", with_hash, &err));
    assert_int_equal(err.status, GR_BAD_MODEL);
    assert_true(err.message[0] != 0);
}

static void good_model_loads(void **state) {
    (void)state;
    gr_model *m = gr_model_from_bytes(good, "test", true, NULL);
    assert_non_null(m);
    assert_true(gr_eq(gr_model_lang(m), GR_S("en")));
    assert_string_equal(gr_model_hash(m), gr_sha256(good).hex);
    assert_int_equal(gr_model_section(m, GR_S("no such section")).len, 0);
    gr_model_close(m);
}

static void cut_off_file_is_refused(void **state) {
    (void)state;
    for (size_t len = 0; len < good.len; len += 1 + good.len / 97) {
        refused(gr_sub(good, 0, len), true);
        refused(gr_sub(good, 0, len), false);
    }
}

/* One byte in the middle of each section changed: the hash says so. */
static void flipped_byte_is_refused(void **state) {
    (void)state;
    char *bytes = (char *)good.ptr;
    uint32_t count;
    memcpy(&count, bytes + 12, 4);
    for (uint32_t i = 0; i < count; i += 4) {
        uint64_t at, len;
        memcpy(&at, bytes + 64 + 32 * i + 16, 8);
        memcpy(&len, bytes + 64 + 32 * i + 24, 8);
        bytes[at + len / 2] ^= 16;
        refused(good, true);
        bytes[at + len / 2] ^= 16;
    }
}

static void flip_and_refuse(size_t at) {
    char *bytes = (char *)good.ptr;
    bytes[at] ^= 64;
    refused(good, false);
    bytes[at] ^= 64;
}

static void damaged_header_is_refused(void **state) {
    (void)state;
    flip_and_refuse(0);           /* magic */
    flip_and_refuse(8);           /* version */
    flip_and_refuse(15);          /* number of sections */
    flip_and_refuse(16);          /* length */
    flip_and_refuse(64);          /* name of the first section */
    flip_and_refuse(64 + 16 + 7); /* its offset */
    flip_and_refuse(64 + 24 + 7); /* its length */
}

static size_t begin_of(const char *section) {
    const char *bytes = good.ptr;
    uint32_t count;
    memcpy(&count, bytes + 12, 4);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t at;
        memcpy(&at, bytes + 64 + 32 * i + 16, 8);
        if (strncmp(bytes + 64 + 32 * i, section, 16) == 0) return at;
    }
    return 0;
}

static void damaged_lexicon_is_refused(void **state) {
    (void)state;
    assert_int_not_equal(begin_of("lexicon.keys"), 0);
    char *bytes = (char *)good.ptr, first[8];
    size_t keys = begin_of("lexicon.keys"), set = begin_of("lexicon.set");
    memcpy(first, bytes + keys, 8); /* two keys change places */
    memcpy(bytes + keys, first + 4, 4);
    memcpy(bytes + keys + 4, first, 4);
    refused(good, false);
    memcpy(bytes + keys, first, 8);
    memcpy(first, bytes + set, 2); /* a set behind the last */
    memset(bytes + set, 0xFF, 2);
    refused(good, false);
    memcpy(bytes + set, first, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_model_loads),           cmocka_unit_test(cut_off_file_is_refused),
        cmocka_unit_test(flipped_byte_is_refused),    cmocka_unit_test(damaged_header_is_refused),
        cmocka_unit_test(damaged_lexicon_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
