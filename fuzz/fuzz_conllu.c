/* Any bytes as CoNLL-U: what is read must be a sound text, and written and read again the same one. */
#include "cli/conllu.h"
#include "small_model.h"

#include <setjmp.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) abort();
}

static void check(const gr_text *text) {
    uint32_t token = 0;
    for (uint32_t s = 0; s < text->sentence_count; s++) {
        const gr_sentence *sentence = &text->sentence[s];
        demand(sentence->tok_begin == token && sentence->tok_end > token);
        demand((size_t)sentence->off_b + sentence->len_b <= text->bytes.len);
        token = sentence->tok_end;
    }
    demand(token == text->token_count);
    for (uint32_t i = 0; i < text->token_count; i++)
        demand(text->token[i].form.len &&
               (size_t)text->token[i].off_b + text->token[i].len_b <= text->bytes.len);
}

/* A form that is a number of columns in disguise cannot come back as it was. */
static bool writable(const gr_text *text) {
    for (uint32_t i = 0; i < text->token_count; i++) {
        gr_slice form = text->token[i].form;
        if (!gr_eq(form, gr_trim(form)) || memchr(form.ptr, 0, form.len)) return false;
    }
    return true;
}

static void check_again(gr_arena *arena, const gr_model *model, const gr_text *text) {
    gr_buffer out = {0};
    gr_text again;
    gr_word *word = gr_alloc_array(arena, text->token_count + 1, sizeof *word);
    for (uint32_t i = 0; i < text->token_count; i++) word[i].head = GR_NONE;
    for (uint32_t s = 0; s < text->sentence_count; s++) gr_conllu_write(model, text, word, s, &out);
    gr_status status = gr_conllu_read(arena, gr_buffer_slice(&out), "again", &again, NULL);
    bool same = status == GR_OK && again.token_count == text->token_count &&
                again.sentence_count == text->sentence_count;
    for (uint32_t i = 0; same && i < text->token_count; i++)
        same = gr_eq(text->token[i].form, again.token[i].form);
    gr_buffer_free(&out);
    demand(same);
}

static void read(gr_arena *arena, const gr_model *model, gr_slice bytes) {
    gr_text text;
    gr_error err = {0};
    gr_status status = gr_conllu_read(arena, bytes, "fuzz", &text, &err);
    if (status != GR_OK) {
        demand(err.message[0] && err.origin[0]);
        return;
    }
    check(&text);
    if (writable(&text)) check_again(arena, model, &text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static gr_arena *arena;
    static gr_model *model;
    jmp_buf full;
    if (!arena) {
        static small_model small;
        small = small_model_new();
        arena = gr_arena_new((size_t)1 << 26);
        model = gr_model_from_bytes((gr_slice){small.bytes, small.len}, "small", false, NULL);
        demand(arena && model);
    }
    gr_arena_reset(arena);
    if (setjmp(full) == 0) {
        gr_arena_guard(arena, &full);
        read(arena, model, (gr_slice){(const char *)data, size});
    }
    gr_arena_guard(arena, NULL);
    return 0;
}
