/* Quantities: numbers in words and digits, and phrases with what has to be found in them
 * (tests/golden/quantity/en.tsv). */
#include "base/buffer.h"
#include "base/os.h"
#include "find/quantity.h"
#include "tagged_sentence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#ifndef GRIOT_GOLDEN
#define GRIOT_GOLDEN "tests/golden"
#endif

static gr_arena *arena;

static int64_t value_of(const char *words) {
    tagged t = tagged_sentence(arena, gr_slice_of(words));
    return gr_number_value(&t.text, 0, t.text.token_count, GR_S("en"));
}

static void numbers_have_values(void **state) {
    (void)state;
    assert_int_equal(value_of("twenty-nine"), 29);
    assert_int_equal(value_of("twenty ~- ~nine"), 29);
    assert_int_equal(value_of("1,200"), 1200);
    assert_int_equal(value_of("2.3 million"), 2300000);
    assert_int_equal(value_of("twelve hundred"), 1200);
    assert_int_equal(value_of("one million two hundred thousand and five"), 1200005);
    assert_int_equal(value_of("a hundred"), 100);
    assert_int_equal(value_of("zero"), 0);
}

static void what_is_no_number_has_none(void **state) {
    (void)state;
    assert_int_equal(value_of("soldiers"), GR_NO_NUMBER);
    assert_int_equal(value_of("a"), GR_NO_NUMBER);
    assert_int_equal(value_of("several"), GR_NO_NUMBER);
    assert_int_equal(value_of("2.5"), GR_NO_NUMBER);
    assert_int_equal(value_of("12 soldiers"), GR_NO_NUMBER);
    assert_int_equal(value_of("9999999999999999999999"), GR_NO_NUMBER);
    assert_int_equal(value_of("999999999999 billion"), GR_NO_NUMBER);
    assert_int_equal(value_of(""), GR_NO_NUMBER);
}

static void write_quantity(gr_buffer *out, const gr_text *text, const gr_quantity *q) {
    static const char *const measure[] = {"",     " money", " distance", " percent", " duration",
                                          " age", " date",  " ordinal",  " name",    " other"};
    const gr_token *first = &text->token[q->tok_begin], *last = &text->token[q->tok_end - 1];
    gr_buffer_printf(out, "%s%.*s %s", out->len ? "; " : "", (int)(last->off_b + last->len_b - first->off_b),
                     text->bytes.ptr + first->off_b, gr_op_name(q->op));
    if (q->n != GR_NO_NUMBER) gr_buffer_printf(out, " %lld", (long long)q->n);
    if (q->n_max != GR_NO_NUMBER) gr_buffer_printf(out, "-%lld", (long long)q->n_max);
    gr_buffer_add(out, gr_slice_of(measure[q->measure]));
    if (q->noun != GR_NONE) gr_buffer_printf(out, " %.*s", GR_FMT(text->token[q->noun].form));
    if (q->vague) gr_buffer_add(out, GR_S(" vague"));
    if (q->partitive) gr_buffer_add(out, GR_S(" partitive"));
    if (q->parenthesis) gr_buffer_add(out, GR_S(" parenthesis"));
    if (q->none) gr_buffer_add(out, GR_S(" none"));
    if (q->article) gr_buffer_add(out, GR_S(" article"));
}

static void check_line(gr_slice line, int number, int *wrong) {
    gr_slice sentence = gr_cut(&line, '\t');
    tagged t = tagged_sentence(arena, sentence);
    gr_quantities found = {0};
    gr_find_quantities(arena, &t.text, t.word, &t.sentence, GR_S("en"), &found);
    gr_buffer out = {0};
    for (uint32_t i = 0; i < found.count; i++) write_quantity(&out, &t.text, &found.item[i]);
    if (!gr_eq(gr_buffer_slice(&out), line)) {
        print_error("line %d: %.*s\n  expected: %.*s\n  found:    %.*s\n", number, GR_FMT(t.text.bytes),
                    GR_FMT(line), (int)out.len, out.ptr ? out.ptr : "");
        ++*wrong;
    }
    gr_buffer_free(&out);
    gr_arena_reset(arena);
}

static void golden_phrases(void **state) {
    (void)state;
    char *bytes;
    size_t len;
    gr_error err = {0};
    if (gr_os_read_all(GRIOT_GOLDEN "/quantity/en.tsv", 1 << 20, &bytes, &len, &err))
        fail_msg("%s", err.message);
    gr_slice rest = {bytes, len};
    int number = 0, wrong = 0, checked = 0;
    while (rest.len) {
        gr_slice line = gr_cut(&rest, '\n');
        number++;
        if (!line.len || line.ptr[0] == '#') continue;
        check_line(line, number, &wrong);
        checked++;
    }
    gr_os_free(bytes);
    assert_true(checked > 50);
    assert_int_equal(wrong, 0);
}

static void unknown_language_finds_nothing(void **state) {
    (void)state;
    tagged t = tagged_sentence(arena, GR_S("12 soldiers"));
    gr_quantities found = {0};
    gr_find_quantities(arena, &t.text, t.word, &t.sentence, GR_S("xx"), &found);
    assert_int_equal(found.count, 0);
}

static void quantities_do_not_overlap(void **state) {
    (void)state;
    gr_buffer line = {0};
    for (int i = 0; i < 3000; i++)
        gr_buffer_printf(&line, "%s 12 ~- ~15 more|ADJ than|ADP men|NOUN+ and a|DET few ",
                         i % 3 ? "over" : "between");
    tagged t = tagged_sentence(arena, gr_buffer_slice(&line));
    gr_quantities found = {0};
    gr_find_quantities(arena, &t.text, t.word, &t.sentence, GR_S("en"), &found);
    assert_true(found.count > 3000);
    for (uint32_t i = 1; i < found.count; i++)
        assert_true(found.item[i - 1].tok_end <= found.item[i].tok_begin);
    gr_buffer_free(&line);
}

int main(void) {
    arena = gr_arena_new((size_t)256 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_values),
        cmocka_unit_test(what_is_no_number_has_none),
        cmocka_unit_test(golden_phrases),
        cmocka_unit_test(unknown_language_finds_nothing),
        cmocka_unit_test(quantities_do_not_overlap),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    gr_arena_free(arena);
    return failed;
}
