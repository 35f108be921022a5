#include "find/keys.h"

#include "know/blocks.h"

void gr_keys_read(gr_arena *arena, const gr_knowledge *know, const gr_text *text, const bool *wanted,
                  gr_keys *out) {
    size_t room = (size_t)text->token_count + 1;
    *out = (gr_keys){
        gr_alloc_array(arena, room, sizeof *out->form), gr_alloc_array(arena, room, sizeof *out->senses),
        gr_alloc_array(arena, room, sizeof *out->begins), gr_alloc_array(arena, room, sizeof *out->anchor)};
    for (uint32_t i = 0; i < text->token_count; i++) out->anchor[i] = GR_MAP_NONE;
    for (uint32_t s = 0; s < text->sentence_count; s++) {
        if (wanted && !wanted[s]) continue;
        for (uint32_t i = text->sentence[s].tok_begin; i < text->sentence[s].tok_end; i++) {
            out->form[i] = gr_words_key(arena, text->token[i].form);
            out->senses[i] = gr_senses_and_more(know, out->form[i], &out->begins[i]);
            out->anchor[i] = gr_map_get(&know->stem_words, out->form[i]);
        }
    }
}
