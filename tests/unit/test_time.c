/* Times: the calendar, the word tables, and sentences with what has to be found in them
 * (tests/golden/time/en.tsv: publication day, sentence as in tagged_sentence.h, expected times). */
#include "base/buffer.h"
#include "base/os.h"
#include "find/number.h"
#include "find/time.h"
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

static void days_count_from_1970(void **state) {
    (void)state;
    assert_int_equal(gr_day_of(1970, 1, 1), 0);
    assert_int_equal(gr_day_of(2000, 3, 1), 11017);
    assert_int_equal(gr_day_of(1969, 12, 31), -1);
    for (int32_t day = -60000; day < 60000; day += 7) {
        int year, month, date;
        gr_civil_of(day, &year, &month, &date);
        assert_int_equal(gr_day_of(year, month, date), day);
    }
}

static void iso_days_are_read(void **state) {
    (void)state;
    assert_int_equal(gr_day_parse(GR_S("2024-02-10")), gr_day_of(2024, 2, 10));
    assert_int_equal(gr_day_parse(GR_S("2024-02-10T23:10:00Z")), gr_day_of(2024, 2, 10));
    assert_int_equal(gr_day_parse(GR_S("2024-02")), gr_day_of(2024, 2, 1));
    assert_int_equal(gr_day_parse(GR_S("2024")), gr_day_of(2024, 1, 1));
    assert_int_equal(gr_day_parse(GR_S("2023-02-29")), GR_NO_DAY);
    assert_int_equal(gr_day_parse(GR_S("2024-13-01")), GR_NO_DAY);
    assert_int_equal(gr_day_parse(GR_S("10 February")), GR_NO_DAY);
    assert_int_equal(gr_day_parse(GR_S("")), GR_NO_DAY);
    assert_int_equal(gr_day_parse(GR_S("2024-02-10x")), GR_NO_DAY);
}

static void days_are_written(void **state) {
    (void)state;
    char out[16];
    gr_day_format(gr_day_of(2024, 2, 9), out);
    assert_string_equal(out, "2024-02-09");
}

static void tables_are_in_order(void **state) {
    static const char *const codes[] = {"en", "fr"};
    (void)state;
    gr_wordlist list;
    assert_false(gr_wordlist_of(GR_S("xx"), &list));
    for (size_t l = 0; l < sizeof codes / sizeof *codes; l++) {
        assert_true(gr_wordlist_of(gr_slice_of(codes[l]), &list));
        const gr_lexeme *table[] = {list.number, list.time, list.measure};
        uint32_t count[] = {list.number_count, list.time_count, list.measure_count};
        for (int t = 0; t < 3; t++)
            for (uint32_t i = 1; i < count[t]; i++)
                if (strcmp(table[t][i - 1].word, table[t][i].word) >= 0)
                    fail_msg("%s stands before %s", table[t][i - 1].word, table[t][i].word);
    }
}

static void write_time(gr_buffer *out, const gr_text *text, const gr_time *time) {
    static const char *const kind[] = {"point", "window", "age", "repeated", "future"};
    static const char *const precision[] = {"day", "range", "week", "month", "year", "unknown"};
    static const char *const basis[] = {"stated", "publication", "context"};
    const gr_token *first = &text->token[time->tok_begin], *last = &text->token[time->tok_end - 1];
    char from[16] = "?", to[16] = "?";
    if (time->earliest != GR_NO_DAY) gr_day_format(time->earliest, from);
    if (time->latest != GR_NO_DAY) gr_day_format(time->latest, to);
    bool days = time->earliest != GR_NO_DAY || time->latest != GR_NO_DAY;
    gr_buffer_printf(out, "%s%.*s = %s%s", out->len ? "; " : "",
                     (int)(last->off_b + last->len_b - first->off_b), text->bytes.ptr + first->off_b,
                     time->since ? "since " : "", kind[time->kind]);
    if (days && time->earliest == time->latest)
        gr_buffer_printf(out, " %s", from);
    else if (days)
        gr_buffer_printf(out, " %s..%s", from, to);
    if (days) gr_buffer_printf(out, " %s %s", precision[time->precision], basis[time->basis]);
}

static void check_line(gr_slice line, int number, int *wrong) {
    gr_slice published = gr_cut(&line, '\t'), sentence = gr_cut(&line, '\t');
    tagged t = tagged_sentence(arena, sentence);
    gr_times times = {0};
    gr_find_times(arena, &t.text, t.word, &t.sentence, GR_S("en"), gr_day_parse(published), GR_NO_DAY,
                  &times);
    gr_buffer out = {0};
    for (uint32_t i = 0; i < times.count; i++) write_time(&out, &t.text, &times.item[i]);
    if (!gr_eq(gr_buffer_slice(&out), line)) {
        print_error("line %d: %.*s\n  expected: %.*s\n  found:    %.*s\n", number, GR_FMT(t.text.bytes),
                    GR_FMT(line), (int)out.len, out.ptr ? out.ptr : "");
        ++*wrong;
    }
    gr_buffer_free(&out);
    gr_arena_reset(arena);
}

static void golden_sentences(void **state) {
    (void)state;
    char *bytes;
    size_t len;
    gr_error err = {0};
    if (gr_os_read_all(GRIOT_GOLDEN "/time/en.tsv", 1 << 20, &bytes, &len, &err)) fail_msg("%s", err.message);
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

static void context_gives_a_year_and_never_a_day(void **state) {
    (void)state;
    tagged t = tagged_sentence(arena, GR_S("on 3 October and on Monday"));
    gr_times times = {0};
    gr_find_times(arena, &t.text, t.word, &t.sentence, GR_S("en"), GR_NO_DAY, gr_day_of(2019, 5, 1), &times);
    assert_int_equal(times.count, 2);
    assert_int_equal(times.item[0].earliest, gr_day_of(2019, 10, 3));
    assert_int_equal(times.item[0].basis, GR_BASIS_CONTEXT);
    assert_int_equal(times.item[1].earliest, GR_NO_DAY);
}

static int32_t told_after(const char *words, int32_t context) {
    tagged t = tagged_sentence(arena, gr_slice_of(words));
    gr_times times = {0};
    gr_find_times(arena, &t.text, t.word, &t.sentence, GR_S("en"), gr_day_of(2024, 6, 20), context, &times);
    assert_int_equal(times.count, 1);
    return times.item[0].earliest;
}

static void stories_count_from_the_day_told_last(void **state) {
    (void)state;
    int32_t told = gr_day_of(2024, 5, 14);
    assert_int_equal(told_after("a week later", told), gr_day_of(2024, 5, 21));
    assert_int_equal(told_after("four days earlier", told), gr_day_of(2024, 5, 10));
    assert_int_equal(told_after("the following day", told), gr_day_of(2024, 5, 15));
    assert_int_equal(told_after("on the 16th", told), gr_day_of(2024, 5, 16));
    assert_int_equal(told_after("a week later", GR_NO_DAY), GR_NO_DAY);
}

static void long_and_odd_sentences_end(void **state) {
    (void)state;
    gr_buffer line = {0};
    for (int i = 0; i < 5000; i++) gr_buffer_printf(&line, "2~-~3 May %s", i % 7 ? "between " : "since ");
    tagged t = tagged_sentence(arena, gr_buffer_slice(&line));
    gr_times times = {0};
    gr_find_times(arena, &t.text, t.word, &t.sentence, GR_S("en"), 19000, GR_NO_DAY, &times);
    assert_true(times.count > 4000);
    for (uint32_t i = 1; i < times.count; i++)
        assert_true(times.item[i - 1].tok_end <= times.item[i].tok_begin);
    gr_buffer_free(&line);
}

static void timex(const char *line, const char *expected) {
    tagged t = tagged_sentence(arena, gr_slice_of(line));
    gr_times times = {0};
    gr_find_times(arena, &t.text, t.word, &t.sentence, GR_S("en"), gr_day_of(2024, 2, 10), GR_NO_DAY, &times);
    assert_int_equal(times.count, 1);
    char value[24];
    gr_time_timex(&times.item[0], value);
    assert_string_equal(value, expected);
}

static void timex_values(void **state) {
    (void)state;
    timex("on Monday", "2024-02-05");
    timex("last week", "2024-W05");
    timex("in March 2015", "2015-03");
    timex("the first quarter of 2023", "2023-Q1");
    timex("the 1990s", "199");
    timex("for two hours", "PT2H");
    timex("a three ~- ~day curfew", "P3D");
    timex("at 5 p.m. on Monday", "2024-02-05T17:00");
    timex("Monday night", "2024-02-05TNI");
    timex("recently", "PAST_REF");
    timex("soon", "FUTURE_REF");
    timex("over|ADP the weekend", "2024-W06-WE");
    timex("on the 5th", "2024-02-05");
    timex("on the 26th", "2024-01-26"); /* never after publication */
}

int main(void) {
    arena = gr_arena_new((size_t)256 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_count_from_1970),
        cmocka_unit_test(iso_days_are_read),
        cmocka_unit_test(days_are_written),
        cmocka_unit_test(tables_are_in_order),
        cmocka_unit_test(golden_sentences),
        cmocka_unit_test(context_gives_a_year_and_never_a_day),
        cmocka_unit_test(long_and_odd_sentences_end),
        cmocka_unit_test(timex_values),
        cmocka_unit_test(stories_count_from_the_day_told_last),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    gr_arena_free(arena);
    return failed;
}
