/* Any bytes through reading and splitting. Blocks, sentences and tokens must be in order, in bounds and
 * nested, and the tokens must hold every character that is not blank, once. */
#include "base/utf8.h"
#include "read/read.h"
#include "text/split.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) abort();
}

static void check_blank(gr_slice text, size_t begin, size_t end) {
    gr_slice gap = gr_sub(text, begin, end);
    for (size_t at = 0; at < gap.len;) demand(gr_is_blank(gr_utf8_next(gap, &at)));
}

static void check_tokens(const gr_text *t) {
    size_t at = 0;
    for (uint32_t i = 0; i < t->token_count; i++) {
        const gr_token *token = &t->token[i];
        demand(token->len_b > 0 && token->off_b >= at);
        demand((size_t)token->off_b + token->len_b <= t->bytes.len);
        demand(gr_utf8_valid(token->form) && token->form.ptr == t->bytes.ptr + token->off_b);
        check_blank(t->bytes, at, token->off_b);
        at = (size_t)token->off_b + token->len_b;
    }
    check_blank(t->bytes, at, t->bytes.len);
}

static void check_nesting(const gr_text *t) {
    uint32_t token = 0, sentence = 0;
    size_t at = 0;
    for (uint32_t b = 0; b < t->block_count; b++) {
        const gr_block *block = &t->block[b];
        demand(block->sent_begin == sentence && block->sent_end > sentence && block->off_b >= at);
        demand(block->heading == GR_NONE || block->heading < b);
        at = (size_t)block->off_b + block->len_b;
        for (; sentence < block->sent_end; sentence++) {
            const gr_sentence *s = &t->sentence[sentence];
            demand(s->tok_begin == token && s->tok_end > token && s->block == b);
            demand(s->off_b >= block->off_b && (size_t)s->off_b + s->len_b <= at);
            demand(s->off_b == t->token[token].off_b);
            token = s->tok_end;
        }
    }
    demand(token == t->token_count && sentence == t->sentence_count);
}

static void check_offsets(gr_arena *arena, const gr_text *t) {
    gr_offsets offsets;
    gr_offsets_build(arena, t->bytes, &offsets);
    demand(gr_offset_cp(&offsets, 0) == 0);
    demand(gr_offset_cp(&offsets, (uint32_t)t->bytes.len) == gr_utf8_length(t->bytes));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static gr_arena *arena;
    if (!arena) arena = gr_arena_new((size_t)256 << 20);
    gr_arena_reset(arena);
    gr_document document;
    gr_text text;
    if (gr_read_document(arena, (gr_slice){(const char *)data, size}, GR_FORMAT_TEXT, NULL, &document,
                         NULL) != GR_OK)
        return 0;
    demand(gr_utf8_valid(document.text));
    if (gr_text_split(arena, NULL, document.text, &text, NULL) != GR_OK) return 0;
    check_tokens(&text);
    check_nesting(&text);
    check_offsets(arena, &text);
    demand((size_t)text.dateline.off_b + text.dateline.len_b <= document.text.len);
    return 0;
}
