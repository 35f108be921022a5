/* The model loader and all that runs on what it lets through. The input says how a small sound model is
 * damaged, since a whole one is too large to be an input; one that starts with the file's own magic is taken
 * as it stands. The hash at the end is not checked, so that the checks behind it are reached. A model that
 * loads cuts a text into sentences and parses it, now and then with the plain kernel as well as with the
 * fastest: the trees must be trees, and the same. */
#include "base/utf8.h"
#include "small_model.h"

#include <setjmp.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) abort();
}

/* The bytes of the input, read front to back; zeros behind the end. */
typedef struct input {
    const uint8_t *data;
    size_t left;
} input;

static uint32_t take(input *in, unsigned bytes) {
    uint32_t value = 0;
    for (unsigned i = 0; i < bytes && in->left; i++, in->left--) value |= (uint32_t)*in->data++ << 8 * i;
    return value;
}

static void copy_bytes(input *in, char *to, size_t count) {
    for (size_t i = 0; i < count && in->left; i++) to[i] = (char)take(in, 1);
}

static void write_u64(small_model *m, size_t at, uint64_t value) {
    memcpy(m->bytes + at, &value, sizeof value);
}

/* A section's content made anew, behind the others. */
static void replace(small_model *m, input *in, size_t entry) {
    size_t len = take(in, 2) % 4096;
    if (m->len + len + 128 > SMALL_CAPACITY_B) return;
    size_t at = (m->len - GR_HASH_B + 63) / 64 * 64;
    memset(m->bytes + at, 0, len + 128);
    copy_bytes(in, m->bytes + at, len);
    write_u64(m, entry + 16, at);
    write_u64(m, entry + 24, len);
    m->len = (at + len + 63) / 64 * 64 + GR_HASH_B;
    write_u64(m, 16, m->len);
}

static void overwrite(small_model *m, input *in, size_t entry) {
    uint64_t at, len;
    memcpy(&at, m->bytes + entry + 16, sizeof at);
    memcpy(&len, m->bytes + entry + 24, sizeof len);
    uint32_t from = take(in, 3), count = take(in, 1);
    if (!len || at >= m->len || len > m->len - at) return;
    from %= (uint32_t)len;
    copy_bytes(in, m->bytes + at + from, count < len - from ? count : len - from);
}

static void damage(small_model *m, input *in) {
    while (in->left) {
        uint32_t what = take(in, 1);
        size_t entry = 64 + 32 * (size_t)(take(in, 1) % SMALL_SECTIONS);
        if (what % 8 < 4)
            overwrite(m, in, entry);
        else if (what % 8 < 6)
            replace(m, in, entry);
        else if (what % 8 == 6)
            write_u64(m, entry + 24, take(in, 4)); /* its length */
        else
            copy_bytes(in, m->bytes + (what < 128 ? entry : 8), take(in, 1) % 32);
    }
}

static bool parse(const gr_model *model, gr_kernel kernel, gr_arena *arena, const gr_text *text,
                  gr_word *word) {
    gr_parser *parser = gr_parser_new(model, kernel, NULL);
    if (!parser) return false;
    gr_status status = gr_parse(parser, arena, text, NULL, word, NULL);
    gr_parser_free(parser);
    return status == GR_OK;
}

static void check_sentence(const gr_text *text, const gr_word *word, const gr_sentence *s) {
    for (uint32_t i = s->tok_begin; i < s->tok_end; i++) {
        uint32_t steps = 0;
        demand(word[i].upos < GR_UPOS_COUNT && word[i].rel < GR_REL_COUNT && gr_utf8_valid(word[i].lemma));
        for (uint32_t up = i; up != GR_NONE; up = word[up].head) {
            demand(up >= s->tok_begin && up < s->tok_end);
            demand(++steps <= text->token_count);
        }
    }
}

static void check_same(const gr_text *text, const gr_word *a, const gr_word *b) {
    for (uint32_t i = 0; i < text->token_count; i++)
        demand(a[i].head == b[i].head && a[i].upos == b[i].upos && a[i].rel_id == b[i].rel_id &&
               a[i].feats_id == b[i].feats_id && gr_eq(a[i].lemma, b[i].lemma));
}

static void check_parse(gr_arena *arena, const gr_model *model, const gr_text *text, bool both) {
    gr_word *fast = gr_alloc_array(arena, text->token_count, sizeof *fast);
    gr_word *plain = gr_alloc_array(arena, text->token_count, sizeof *plain);
    if (!parse(model, GR_KERNEL_AUTO, arena, text, fast)) return;
    for (uint32_t s = 0; s < text->sentence_count; s++) check_sentence(text, fast, &text->sentence[s]);
    if (!both) return;
    demand(parse(model, GR_KERNEL_PLAIN, arena, text, plain));
    check_same(text, plain, fast);
}

static void use(gr_arena *arena, const gr_model *model, bool both) {
    jmp_buf full;
    gr_text text;
    gr_segmenter *segmenter =
        gr_segmenter_open(gr_model_section(model, GR_S("segment")), gr_model_lang(model), NULL);
    gr_arena_reset(arena);
    if (setjmp(full) == 0) {
        gr_arena_guard(arena, &full);
        if (gr_text_split(arena, segmenter, GR_S("Gao fell. We fled; Kati"), &text, NULL) == GR_OK)
            check_parse(arena, model, &text, both);
    }
    gr_arena_guard(arena, NULL);
    gr_segmenter_close(segmenter);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static small_model sound, damaged;
    static gr_arena *arena;
    if (!arena) {
        arena = gr_arena_new((size_t)1 << 26);
        sound = small_model_new();
        damaged = small_model_new();
        demand(arena != NULL);
    }
    memcpy(damaged.bytes, sound.bytes, SMALL_CAPACITY_B);
    damaged.len = sound.len;
    if (size >= 8 && size <= SMALL_CAPACITY_B && memcmp(data, "GRIOTMDL", 8) == 0) {
        memcpy(damaged.bytes, data, size);
        damaged.len = size;
    } else {
        damage(&damaged, &(input){data, size});
    }
    gr_error err = {0};
    gr_model *model = gr_model_from_bytes((gr_slice){damaged.bytes, damaged.len}, "fuzz", false, &err);
    demand(size || model); /* without damage it loads */
    if (model)
        use(arena, model, size % 8 == 0); /* the plain kernel is slow here */
    else
        demand(err.status != GR_OK && err.message[0]);
    gr_model_close(model);
    return 0;
}
