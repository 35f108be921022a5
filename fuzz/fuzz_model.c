/* The model loader, with the hash check left out so that the bounds checks behind it are reached; a model
 * that loads also parses a sentence. */
#include "base/limits.h"
#include "lang/model.h"

#include <setjmp.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void parse_with(const gr_model *model) {
    gr_token token[] = {{.form = GR_S("Rebels")}, {.form = GR_S("fled")}, {.form = GR_S("Gao")}};
    gr_sentence sentence = {.tok_end = 3};
    gr_text text = {.token = token, .token_count = 3, .sentence = &sentence, .sentence_count = 1};
    gr_word word[3] = {0};
    gr_arena *arena = gr_arena_new((size_t)1 << 20);
    gr_parser *parser = gr_parser_new(model, GR_KERNEL_PLAIN, NULL);
    jmp_buf full;
    if (arena && parser && setjmp(full) == 0) {
        gr_arena_guard(arena, &full);
        gr_parse(parser, arena, &text, NULL, word, NULL);
    }
    gr_parser_free(parser);
    gr_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    void *aligned = aligned_alloc(64, (size + 64) / 64 * 64);
    if (!aligned) return 0;
    if (size) memcpy(aligned, data, size);
    gr_model *model = gr_model_from_bytes((gr_slice){aligned, size}, "fuzz", false, NULL);
    if (model) parse_with(model);
    gr_model_close(model);
    free(aligned);
    return 0;
}
