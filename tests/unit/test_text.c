/* Splitting: golden dumps of real prose, and what no golden file shows. */
#include "base/limits.h"
#include "base/os.h"
#include "text/segmenter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buffer.h"

#ifndef GRIOT_TEST_DIR
#define GRIOT_TEST_DIR "tests"
#endif

static gr_arena *arena;

static int set_up(void **state) {
    (void)state;
    arena = gr_arena_new((size_t)256 << 20);
    return arena ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    gr_arena_free(arena);
    return 0;
}

static gr_text split(const gr_segmenter *segmenter, gr_slice bytes) {
    gr_text text;
    gr_error err = {0};
    gr_arena_reset(arena);
    assert_int_equal(gr_text_split(arena, segmenter, bytes, &text, &err), GR_OK);
    return text;
}

static void dump_sentence(const gr_text *text, const gr_sentence *s, gr_buffer *out) {
    gr_buffer_printf(out, "  %s", s->all_capitals ? "CAPITALS:" : "-");
    for (uint32_t i = s->tok_begin; i < s->tok_end; i++) {
        const gr_token *t = &text->token[i];
        gr_buffer_printf(out, "%s%.*s", t->flags & GR_TOKEN_JOINED ? "~" : " ", GR_FMT(t->form));
    }
    gr_buffer_printf(out, "\n");
}

static void dump(const gr_text *text, gr_buffer *out) {
    static const char *const kinds[] = {"paragraph", "title", "heading", "item", "byline", "dateline"};
    const gr_dateline *d = &text->dateline;
    if (d->len_b)
        gr_buffer_printf(out, "dateline of \"%.*s\": \"%.*s\", \"%.*s\"\n", (int)d->len_b,
                         text->bytes.ptr + d->off_b, (int)d->place_len_b, text->bytes.ptr + d->place_off_b,
                         (int)d->date_len_b, text->bytes.ptr + d->date_off_b);
    for (uint32_t b = 0; b < text->block_count; b++) {
        const gr_block *block = &text->block[b];
        gr_buffer_printf(out, "%u %s", b, kinds[block->kind]);
        if (block->heading != GR_NONE) gr_buffer_printf(out, " under %u", block->heading);
        gr_buffer_printf(out, "\n");
        for (uint32_t s = block->sent_begin; s < block->sent_end; s++)
            dump_sentence(text, &text->sentence[s], out);
    }
}

/* GRIOT_ACCEPT=1 writes the dumps instead of comparing; read them before they are kept. */
static void compare(const char *name) {
    char path[512];
    char *bytes, *expected;
    size_t len, expected_len;
    gr_error err = {0};
    snprintf(path, sizeof path, "%s/golden/text/%s.txt", GRIOT_TEST_DIR, name);
    assert_int_equal(gr_os_read_all(path, 1 << 20, &bytes, &len, &err), GR_OK);
    gr_text text = split(NULL, (gr_slice){bytes, len});
    gr_buffer out = {0};
    dump(&text, &out);
    snprintf(path, sizeof path, "%s/golden/text/%s.expected", GRIOT_TEST_DIR, name);
    if (getenv("GRIOT_ACCEPT")) assert_int_equal(gr_os_write_all(path, gr_buffer_slice(&out), &err), GR_OK);
    assert_int_equal(gr_os_read_all(path, 1 << 20, &expected, &expected_len, &err), GR_OK);
    assert_string_equal(out.ptr, expected);
    gr_buffer_free(&out);
    gr_os_free(bytes);
    gr_os_free(expected);
}

static void golden(void **state) {
    static const char *const names[] = {"wrapped", "lines", "capitals", "breaks", "items",   "tokens",
                                        "quotes",  "heads", "crlf",     "odd",    "shouted", "bulletin"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) compare(names[i]);
}

static void datelines(void **state) {
    static const struct {
        const char *text, *place, *date; /* place NULL: no dateline */
    } cases[] = {
        {"NIAMEY, 3 October 2023 - The army said so.", "NIAMEY", "3 October 2023"},
        {"BOGOTA, 8 JAN 90 (AFP) -- TWO MEN DIED.", "BOGOTA", "8 JAN 90"},
        {"Ouagadougou (AFP) – Troops left.", "Ouagadougou", ""},
        {"LAGOS, Nigeria, Jan 5 (Reuters) - Gunmen fled.", "LAGOS, Nigeria", "Jan 5"},
        {"UNITED NATIONS, Oct. 3, 2023 (AP) — The Council met.", "UNITED NATIONS", "Oct. 3, 2023"},
        {"Niamey, 3 October 2023\n\nThe army said so.", "Niamey", "3 October 2023"},
        {"The army - which left - is back.", NULL, NULL},
        {"Burkina Faso - a country", NULL, NULL},
        {"In May 2023 - on Monday - it rained.", NULL, NULL},
        {"NIAMEY is the capital.", NULL, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        gr_text text = split(NULL, gr_slice_of(cases[i].text));
        gr_dateline d = text.dateline;
        assert_int_equal(d.len_b > 0, cases[i].place != NULL);
        if (!cases[i].place) continue;
        assert_true(gr_eq(gr_sub(text.bytes, d.place_off_b, d.place_off_b + d.place_len_b),
                          gr_slice_of(cases[i].place)));
        assert_true(
            gr_eq(gr_sub(text.bytes, d.date_off_b, d.date_off_b + d.date_len_b), gr_slice_of(cases[i].date)));
    }
}

/* Words of a French text, parted by spaces. */
static void french_words(void **state) {
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"L'armée s'est repliée jusqu'à Gao.", "L' armée s' est repliée jusqu' à Gao ."},
        {"Le chef du village et l'un des fils", "Le chef de le village et l' un de les fils"},
        {"Ils ont tué des civils.", "Ils ont tué des civils ."},
        {"Des hommes ont fui. Des soldats aussi.", "Des hommes ont fui . Des soldats aussi ."},
        {"« Nous fuyons », a-t-il dit aux élus.", "« Nous fuyons » , a -t-il dit à les élus ."},
        {"Aujourd'hui, N'Djamena compte 10 000 déplacés.",
         "Aujourd'hui , N'Djamena compte 10 000 déplacés ."},
        {"la presqu'île d'Aden-sur-Mer", "la presqu'île d' Aden-sur-Mer"},
        {"le 1er mai, c'est-à-dire lundi", "le 1er mai , c'est-à-dire lundi"},
    };
    (void)state;
    gr_segmenter *segmenter = gr_segmenter_open(GR_S(""), GR_S("fr"), NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        gr_text text = split(segmenter, gr_slice_of(cases[i].text));
        gr_buffer out = {0};
        for (uint32_t k = 0; k < text.token_count; k++)
            gr_buffer_printf(&out, "%s%.*s", k ? " " : "", GR_FMT(text.token[k].form));
        assert_string_equal(out.ptr, cases[i].words);
        gr_buffer_free(&out);
    }
    gr_text text = split(segmenter, GR_S("du Mali"));
    assert_int_equal(text.token[0].off_b, text.token[1].off_b);
    assert_int_equal(text.token[1].len_b, 2);
    gr_segmenter_close(segmenter);
}

static void empty_and_blank(void **state) {
    (void)state;
    assert_int_equal(split(NULL, GR_S("")).token_count, 0);
    assert_int_equal(split(NULL, GR_S(" \r\n\t\xEF\xBB\xBF \xC2\xA0")).block_count, 0);
    gr_text text = split(NULL, GR_S("\xEF\xBB\xBFGoma."));
    assert_int_equal(text.token_count, 2);
    assert_int_equal(text.token[0].off_b, 3);
}

static void long_sentences_are_cut(void **state) {
    (void)state;
    gr_buffer words = {0};
    for (int i = 0; i < 1000; i++) gr_buffer_printf(&words, "word ");
    gr_text text = split(NULL, gr_buffer_slice(&words));
    assert_int_equal(text.token_count, 1000);
    assert_int_equal(text.sentence_count, 4);
    for (uint32_t i = 0; i < text.sentence_count; i++)
        assert_true(text.sentence[i].tok_end - text.sentence[i].tok_begin <= GR_MAX_SENTENCE_TOKENS);
    gr_buffer_free(&words);
}

static void offsets(void **state) {
    (void)state;
    gr_buffer bytes = {0};
    for (int i = 0; i < 500; i++) gr_buffer_printf(&bytes, "aé€😀");
    gr_offsets index;
    gr_arena_reset(arena);
    gr_offsets_build(arena, gr_buffer_slice(&bytes), &index);
    for (uint32_t i = 0; i <= 500; i++) assert_int_equal(gr_offset_cp(&index, i * 10), i * 4);
    assert_int_equal(gr_offset_cp(&index, 3), 2);
    assert_int_equal(gr_offset_cp(&index, UINT32_MAX), 2000);
    gr_buffer_free(&bytes);
}

/* A section without words, all rows zero, whose score is the bias alone. */
static void make_section(gr_buffer *out, int32_t score) {
    unsigned char header[16] = {'G', 'R', 'S', 'G', 1};
    for (int i = 0; i < 4; i++) header[12 + i] = (unsigned char)((uint32_t)score >> 8 * i);
    gr_buffer_add(out, (gr_slice){(char *)header, sizeof header});
    size_t rows = (size_t)GR_GAP_WINDOW * (2 + GR_GAP_SHAPES) + GR_GAP_EXTRA_ROWS;
    for (size_t i = 0; i < 48 + rows * 16; i++) gr_buffer_byte(out, 0);
}

static uint32_t sentences_with(int32_t score, const char *text) {
    gr_buffer section = {0};
    make_section(&section, score);
    gr_segmenter *segmenter = gr_segmenter_open(gr_buffer_slice(&section), GR_S("en"), NULL);
    assert_non_null(segmenter);
    uint32_t count = split(segmenter, gr_slice_of(text)).sentence_count;
    gr_segmenter_close(segmenter);
    gr_buffer_free(&section);
    return count;
}

static void learned(void **state) {
    (void)state;
    assert_int_equal(sentences_with(-1, "it rained. they left."), 1);
    assert_int_equal(sentences_with(1, "it rained. they left."), 2);
    assert_int_equal(sentences_with(1, "it rained here all day"), 1);  /* no candidate */
    assert_int_equal(sentences_with(1, "\"we know,\" Gen. Tiani"), 1); /* bars that weights cannot lift */
}

static void damaged_sections(void **state) {
    (void)state;
    gr_buffer section = {0};
    make_section(&section, 0);
    for (size_t len = 1; len < section.len; len += len < 80 ? 1 : 997) {
        gr_error err = {0};
        assert_null(gr_segmenter_open(gr_sub(gr_buffer_slice(&section), 0, len), GR_S("en"), &err));
        assert_int_equal(err.status, GR_BAD_MODEL);
    }
    section.ptr[8] = 1; /* one word more than there is */
    assert_null(gr_segmenter_open(gr_buffer_slice(&section), GR_S("en"), NULL));
    gr_buffer_free(&section);
    gr_segmenter_close(NULL);
}

static bool split_guarded(gr_arena *into, const gr_segmenter *segmenter, gr_slice bytes) {
    jmp_buf full;
    gr_text text;
    if (setjmp(full)) return false;
    gr_arena_guard(into, &full);
    return gr_text_split(into, segmenter, bytes, &text, NULL) == GR_OK;
}

/* Every allocation fails once; nothing leaks and nothing is used after it. */
static void memory_runs_out(void **state) {
    (void)state;
    gr_buffer section = {0};
    make_section(&section, 1);
    bool through = false;
    for (long n = 0; n < 100 && !through; n++) {
        gr_faults_set((gr_faults){n, -1, false, 0, 0});
        gr_arena *small = gr_arena_new(1 << 20);
        gr_segmenter *segmenter = gr_segmenter_open(gr_buffer_slice(&section), GR_S("en"), NULL);
        through = small && segmenter && split_guarded(small, segmenter, GR_S("It rained. They left.")) &&
                  gr_faults_get().fail_memory_after >= 0;
        gr_segmenter_close(segmenter);
        gr_arena_free(small);
    }
    gr_faults_set((gr_faults){-1, -1, false, 0, 0});
    assert_true(through);
    gr_buffer_free(&section);
}

static void arena_ceiling(void **state) {
    (void)state;
    gr_arena *small = gr_arena_new(100 << 10);
    gr_buffer words = {0};
    for (int i = 0; i < 20000; i++) gr_buffer_printf(&words, "word. Word\n\n");
    assert_non_null(small);
    assert_false(split_guarded(small, NULL, gr_buffer_slice(&words)));
    gr_buffer_free(&words);
    gr_arena_free(small);
}

static void word_lists(void **state) {
    (void)state;
    static const char *const known[] = {"adm", "vs", "gen", "st", "No"}, *const plain[] = {"a.m", "yrs",
                                                                                           "etc", "Inc"};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(gr_abbreviation_of(gr_slice_of(known[i]), GR_TONGUE_EN), GR_ABBREVIATION_TITLE);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(gr_abbreviation_of(gr_slice_of(plain[i]), GR_TONGUE_EN), GR_ABBREVIATION_PLAIN);
    assert_int_equal(gr_abbreviation_of(GR_S("army"), GR_TONGUE_EN), GR_ABBREVIATION_NONE);
    assert_true(gr_is_prefix(GR_S("anti")) && gr_is_prefix(GR_S("uni")) && !gr_is_prefix(GR_S("well")));
    assert_true(gr_is_unit(GR_S("mm")) && gr_is_unit(GR_S("yrs")) && !gr_is_unit(GR_S("th")));
    assert_true(gr_is_month(GR_S("OCT")) && gr_is_month(GR_S("September")) && !gr_is_month(GR_S("Monday")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden),
        cmocka_unit_test(datelines),
        cmocka_unit_test(french_words),
        cmocka_unit_test(empty_and_blank),
        cmocka_unit_test(long_sentences_are_cut),
        cmocka_unit_test(offsets),
        cmocka_unit_test(learned),
        cmocka_unit_test(damaged_sections),
        cmocka_unit_test(memory_runs_out),
        cmocka_unit_test(arena_ceiling),
        cmocka_unit_test(word_lists),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
