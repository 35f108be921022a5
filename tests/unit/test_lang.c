/* Word features against golden values of train/features.py, trees, labels, and parses of the shipped model.
 */
#include "base/limits.h"
#include "lang/decode.h"
#include "lang/features.h"
#include "lang/labels.h"
#include "lang/lexicon.h"
#include "lang/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define WORDS 12

static gr_model *model;
static gr_arena *arena;

static int set_up(void **state) {
    (void)state;
    gr_error err = {0};
    model = gr_model_open("models/en.griot", &err);
    arena = gr_arena_new((size_t)64 << 20);
    return model && arena ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    gr_model_close(model);
    gr_arena_free(arena);
    return 0;
}

/* A text of sentences that are given as words between blanks; "|" ends a sentence. */
static gr_text text_of(const char *words) {
    GR_VEC(gr_token) tokens = {0};
    GR_VEC(gr_sentence) sentences = {0};
    gr_slice rest = gr_slice_of(words);
    uint32_t begin = 0;
    while (rest.len) {
        gr_slice word = gr_cut(&rest, ' ');
        if (!gr_eq(word, GR_S("|"))) gr_push(arena, &tokens, (gr_token){.form = word});
        if (rest.len && !gr_eq(word, GR_S("|"))) continue;
        gr_push(arena, &sentences, (gr_sentence){.tok_begin = begin, .tok_end = tokens.count});
        begin = tokens.count;
    }
    return (gr_text){.token = tokens.item,
                     .token_count = tokens.count,
                     .sentence = sentences.item,
                     .sentence_count = sentences.count};
}

static gr_word *parse(gr_kernel kernel, const gr_text *text, const bool *wanted) {
    gr_parser *parser = gr_parser_new(model, kernel, NULL);
    assert_non_null(parser);
    gr_word *word = gr_alloc_array(arena, text->token_count, sizeof *word);
    assert_int_equal(gr_parse(parser, arena, text, wanted, word, NULL), GR_OK);
    gr_parser_free(parser);
    return word;
}

static void assert_same(const gr_word *a, const gr_word *b, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(a[i].upos, b[i].upos);
        assert_int_equal(a[i].feats_id, b[i].feats_id);
        assert_int_equal(a[i].rel_id, b[i].rel_id);
        assert_int_equal(a[i].head, b[i].head);
        assert_int_equal(a[i].name, b[i].name);
        assert_true(gr_eq(a[i].lemma, b[i].lemma));
    }
}

static const char *const sample =
    "The army killed twelve rebels near Gao on Tuesday . | Officials in N'Djamena denied it | "
    "Three soldiers were wounded when a mine exploded under their lorry .";

static void features_match_python(void **state) {
    (void)state;
    static const struct {
        const char *form;
        bool neutral;
        uint64_t key;
        uint32_t count, sum;
    } golden[] = {
        {"killed", false, 0x6E037DCF5D12193Fu, 19, 2222125155u},
        {"N’Djamena", false, 0xF9734270EDA93650u, 26, 1116605405u},
        {"TROOPS", true, 0xF8A5BEB4D885EAF4u, 19, 174772315u},
        {"TROOPS", false, 0xF8A5BEB4D885EAF4u, 20, 712770326u},
        {"Ségou", false, 0xD952107A923E5E7Cu, 18, 1553120627u},
        {"1,250", false, 0x2519CBC2E853BCE1u, 17, 239604992u},
        {"a", false, 0xAF63DC4C296230C0u, 9, 4070722548u},
    };
    for (size_t i = 0; i < sizeof golden / sizeof *golden; i++) {
        gr_features f;
        gr_features_of(gr_slice_of(golden[i].form), golden[i].neutral, 20480, &f);
        assert_true(f.key == golden[i].key);
        assert_int_equal(f.count, golden[i].count);
        uint32_t sum = 0;
        for (uint32_t k = 0; k < f.count; k++) sum = sum * 31 + f.row[k];
        assert_int_equal(sum, golden[i].sum);
    }
}

static void lexicon_rows_match_python(void **state) {
    (void)state;
    static const uint32_t key[] = {0x2E46DC26u, 0x5D12193Fu}; /* gao, killed */
    static const uint16_t set[] = {1, 0};
    static const uint8_t kind[][4] = {{11, 6, 0, 36}, {0, 3, 16, 0}};
    static const gr_lexicon lexicon = {2, key, set, kind};
    static const struct {
        const char *form;
        bool neutral;
        uint32_t sum;
    } golden[] = {{"Killed", false, 160932472u},
                  {"KILLED", true, 161063623u},
                  {"Gao", false, 325703567u},
                  {"Menaka", false, 1781670359u}};
    for (size_t i = 0; i < sizeof golden / sizeof *golden; i++) {
        gr_features f;
        gr_features_of(gr_slice_of(golden[i].form), golden[i].neutral, 20480, &f);
        uint32_t before = f.count, sum = 0;
        gr_lexicon_rows(&lexicon, 20480, &f);
        assert_int_equal(f.count, before + 6);
        for (uint32_t k = before; k < f.count; k++) sum = sum * 31 + f.row[k];
        assert_int_equal(sum, golden[i].sum);
    }
}

static void longest_word_has_room_for_every_row(void **state) {
    (void)state;
    char form[4 * GR_WORD_POINTS];
    memset(form, 'A', sizeof form);
    gr_features f;
    gr_features_of((gr_slice){form, sizeof form}, false, 20480, &f);
    gr_lexicon_rows(&(gr_lexicon){0}, 20480, &f);
    assert_int_equal(f.count, GR_MAX_FEATURES);
}

/* Every assignment of heads, to compare with. */
static float best_by_trial(const float *score, uint32_t count) {
    float best = -1e30f;
    uint32_t total = 1, head[8];
    for (uint32_t i = 0; i < count; i++) total *= count + 1;
    for (uint32_t code = 0; code < total; code++) {
        uint32_t rest = code, roots = 0;
        float sum = 0;
        bool tree = true;
        for (uint32_t d = 1; d <= count; d++, rest /= count + 1) {
            head[d] = rest % (count + 1);
            roots += head[d] == 0;
            sum += score[head[d] * count + d - 1];
        }
        for (uint32_t d = 1; d <= count && tree; d++) {
            uint32_t v = d, steps = 0;
            while (v && steps++ <= count) v = head[v];
            tree = v == 0;
        }
        if (tree && roots == 1 && sum > best) best = sum;
    }
    return best;
}

static void tree_is_the_best_one(void **state) {
    (void)state;
    gr_tree_space *space = malloc(sizeof *space);
    uint32_t seed = 7, head[8];
    float score[6 * 5];
    for (int round = 0; round < 300; round++) {
        uint32_t count = 1 + (uint32_t)round % 5;
        for (uint32_t i = 0; i < (count + 1) * count; i++) {
            seed = seed * 1664525u + 1013904223u;
            score[i] = (float)(seed >> 20) / 256;
        }
        gr_best_tree(space, score, count, count, head);
        float sum = 0;
        uint32_t roots = 0;
        for (uint32_t d = 1; d <= count; d++) {
            sum += score[head[d] * count + d - 1];
            roots += head[d] == 0;
        }
        assert_int_equal(roots, 1);
        float best = best_by_trial(score, count);
        assert_true(sum > best - 1e-3f && sum < best + 1e-3f);
    }
    free(space);
}

static void labels_are_decoded(void **state) {
    (void)state;
    assert_int_equal(gr_rel_of(GR_S("nsubj:pass")), GR_NSUBJ);
    assert_int_equal(gr_subrel_of(GR_S("nsubj:pass")), GR_SUB_PASS);
    assert_int_equal(gr_subrel_of(GR_S("obl")), GR_SUB_NONE);
    assert_int_equal(gr_subrel_of(GR_S("nmod:desc")), GR_SUB_OTHER);
    assert_int_equal(gr_feat_bits(GR_S("Number=Plur|Tense=Past")), GR_PLUR | GR_PAST);
    assert_int_equal(gr_upos_of(GR_S("VERB")), GR_VERB);
    assert_int_equal(gr_name_of(GR_S("B-LOC")), GR_NAME_PLACE);
}

/* Pseudo-random numbers in -4..4, the same each time. */
static void fill_floats(float *out, size_t count, uint32_t seed) {
    for (size_t i = 0; i < count; i++) {
        seed = seed * 1664525u + 1013904223u;
        out[i] = ((float)(seed >> 8) / (float)(1u << 24) - 0.5f) * 8;
    }
}

enum { ROWS = 16, WIDE = 4 * GR_WIDTH };

/* Everything that a kernel computes from the same numbers, one behind the other. */
typedef struct kernel_output {
    float product[ROWS * WIDE], embed[GR_WIDTH], convolved[ROWS * GR_WIDTH], gates[ROWS * WIDE];
    float added[GR_WIDTH], scale[4][ROWS];
    uint8_t norm[ROWS * GR_WIDTH], relu[ROWS * GR_WIDTH], sum[GR_LABEL];
    int8_t quantised[GR_ARC];
} kernel_output;

static void run_kernel(const gr_kernels *k, kernel_output *out) {
    static float x[ROWS * WIDE];
    const uint32_t rows[] = {3, 77, 1024, 9};
    fill_floats(x, ROWS * WIDE, 5);
    memset(out, 0, sizeof *out);
    memcpy(out->convolved, x, sizeof out->convolved);
    memcpy(out->gates, x, sizeof out->gates);
    memcpy(out->added, x, sizeof out->added);
    k->norm(x, ROWS, model->norm.gain, model->norm.shift, out->norm, out->scale[0]);
    k->product(out->norm, ROWS, out->scale[0], GR_SIGNED_ZERO, &model->layer[0].first, out->product, WIDE);
    k->embed(model->hash_row, model->hash_scale, rows, 4, out->embed);
    k->relu(x, WIDE, ROWS, GR_WIDTH, out->relu, out->scale[1]);
    k->relu_sum(x, x + GR_WIDTH, out->sum, out->scale[2]);
    k->quantise(x, out->quantised, out->scale[3]);
    k->convolve(out->convolved, out->product, 9);
    k->recur(out->gates, ROWS);
    k->add(out->added, x + 3, GR_WIDTH);
}

static void kernels_give_the_same_bits(void **state) {
    (void)state;
    static kernel_output plain, other;
    run_kernel(gr_kernels_get(GR_KERNEL_PLAIN), &plain);
    for (int k = GR_KERNEL_AVX2; k <= GR_KERNEL_VNNI; k++) {
        if (!gr_kernel_here((gr_kernel)k)) continue;
        run_kernel(gr_kernels_get((gr_kernel)k), &other);
        assert_memory_equal(&plain, &other, sizeof plain);
    }
}

static void kernels_agree(void **state) {
    (void)state;
    gr_text text = text_of(sample);
    gr_word *plain = parse(GR_KERNEL_PLAIN, &text, NULL);
    for (int k = GR_KERNEL_AVX2; k <= GR_KERNEL_VNNI; k++)
        if (gr_kernel_here((gr_kernel)k))
            assert_same(plain, parse((gr_kernel)k, &text, NULL), text.token_count);
}

static void sentence_stands_alone(void **state) {
    (void)state;
    gr_text text = text_of(sample);
    gr_word *all = parse(GR_KERNEL_AUTO, &text, NULL);
    for (uint32_t s = 0; s < text.sentence_count; s++) {
        bool wanted[WORDS] = {false};
        wanted[s] = true;
        gr_word *one = parse(GR_KERNEL_AUTO, &text, wanted);
        uint32_t begin = text.sentence[s].tok_begin;
        assert_same(all + begin, one + begin, text.sentence[s].tok_end - begin);
    }
}

static void plain_sentence_is_understood(void **state) {
    (void)state;
    gr_text text = text_of("The army killed two rebels .");
    gr_word *w = parse(GR_KERNEL_AUTO, &text, NULL);
    assert_int_equal(w[2].upos, GR_VERB);
    assert_int_equal(w[2].head, GR_NONE);
    assert_int_equal(w[2].rel, GR_ROOT);
    assert_true(gr_eq(w[2].lemma, GR_S("kill")));
    assert_int_equal(w[1].head, 2);
    assert_int_equal(w[1].rel, GR_NSUBJ);
    assert_int_equal(w[4].rel, GR_OBJ);
    assert_true(gr_eq(w[4].lemma, GR_S("rebel")));
    assert_true(w[4].feats & GR_PLUR);
    assert_int_equal(w[3].rel, GR_NUMMOD);
}

static void long_sentence_is_cut(void **state) {
    (void)state;
    const uint32_t count = 2 * GR_MAX_SENTENCE_TOKENS + 9;
    gr_token *token = gr_alloc_array(arena, count, sizeof *token);
    for (uint32_t i = 0; i < count; i++) token[i].form = i % 3 ? GR_S("soldiers") : GR_S("and");
    gr_sentence sentence = {.tok_end = count};
    gr_text text = {.token = token, .token_count = count, .sentence = &sentence, .sentence_count = 1};
    gr_word *w = parse(GR_KERNEL_AUTO, &text, NULL);
    uint32_t roots = 0;
    for (uint32_t i = 0; i < count; i++) {
        roots += w[i].head == GR_NONE;
        assert_true(w[i].head == GR_NONE || (w[i].head < count && w[i].head != i));
    }
    assert_int_equal(roots, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lexicon_rows_match_python),    cmocka_unit_test(longest_word_has_room_for_every_row),
        cmocka_unit_test(features_match_python),        cmocka_unit_test(tree_is_the_best_one),
        cmocka_unit_test(labels_are_decoded),           cmocka_unit_test(kernels_agree),
        cmocka_unit_test(kernels_give_the_same_bits),   cmocka_unit_test(sentence_stands_alone),
        cmocka_unit_test(plain_sentence_is_understood), cmocka_unit_test(long_sentence_is_cut),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
