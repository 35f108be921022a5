#include "text/split.h"

#include "base/limits.h"

gr_status gr_text_split(gr_arena *arena, const gr_segmenter *segmenter, gr_slice text, gr_text *out,
                        gr_error *err) {
    *out = (gr_text){.bytes = text};
    if (text.len > GR_MAX_DOCUMENT_B * 3)
        return gr_fail(err, GR_TOO_LARGE, NULL, "the text holds more than %zu MiB; split it",
                       GR_MAX_DOCUMENT_B * 3 >> 20);
    gr_blocks blocks = {0};
    gr_tokens tokens = {0};
    gr_sentences sentences = {0};
    gr_tongue tongue = gr_segmenter_tongue(segmenter);
    gr_find_blocks(arena, text, &blocks);
    for (uint32_t i = 0; i < blocks.count; i++) {
        gr_block *block = &blocks.item[i];
        size_t end = (size_t)block->off_b + block->len_b, body_b = block->off_b;
        gr_dateline dateline;
        if (gr_find_dateline(text, block->off_b, end, block->kind == GR_BLOCK_DATELINE, &dateline)) {
            body_b = dateline.off_b + dateline.len_b;
            if (out->dateline.len_b == 0) out->dateline = dateline;
        }
        uint32_t first = tokens.count;
        gr_tokenise(arena, text, block->off_b, end, tongue, &tokens);
        if (tokens.count > GR_MAX_TOKENS)
            return gr_fail(err, GR_TOO_LARGE, NULL, "the text holds more than %u words; split it",
                           GR_MAX_TOKENS);
        block->sent_begin = sentences.count;
        gr_part_final_point(arena, text, tongue, &tokens, first);
        gr_find_sentences(arena, segmenter, blocks.item, i, body_b, &tokens, first, &sentences);
        block->sent_end = sentences.count;
    }
    out->token = tokens.item;
    out->token_count = tokens.count;
    out->sentence = sentences.item;
    out->sentence_count = sentences.count;
    out->block = blocks.item;
    out->block_count = blocks.count;
    return GR_OK;
}
