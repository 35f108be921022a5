#include "find/keys.h"

#include "know/blocks.h"

/* Of the two words of a contraction ("du") the first bears the key of what is written, the second none, so
 * that names and senses are found as they are listed. */
static gr_slice key_of(gr_arena *arena, const gr_text *text, const gr_sentence *s, uint32_t i) {
    const gr_token *token = &text->token[i];
    bool second = i > s->tok_begin && token->flags & GR_TOKEN_JOINED && token[-1].off_b == token->off_b;
    if (second) return GR_S("");
    bool first = i + 1 < s->tok_end && token->flags & GR_TOKEN_HAS_JOINED && token[1].off_b == token->off_b;
    return gr_words_key(arena,
                        first ? gr_sub(text->bytes, token->off_b, token->off_b + token->len_b) : token->form);
}

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
            out->form[i] = key_of(arena, text, &text->sentence[s], i);
            out->senses[i] = gr_senses_and_more(know, out->form[i], &out->begins[i]);
            out->anchor[i] = gr_map_get(&know->stem_words, out->form[i]);
        }
    }
}
