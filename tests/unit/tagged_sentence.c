#include "tagged_sentence.h"

#include "base/buffer.h"

static uint8_t upos_of(gr_slice name) {
    for (int i = 0; i < GR_UPOS_COUNT; i++)
        if (gr_eq(name, gr_slice_of(gr_upos_name((gr_upos)i)))) return (uint8_t)i;
    return GR_X;
}

static uint8_t rel_of(gr_slice name) {
    for (int i = 0; i < GR_REL_COUNT; i++)
        if (gr_eq(name, gr_slice_of(gr_rel_name((gr_rel)i)))) return (uint8_t)i;
    return GR_DEP;
}

static gr_word tags_of(gr_slice upos, gr_slice head, gr_slice rel) {
    gr_word word = {.head = GR_NONE};
    uint64_t number;
    if (gr_ends(upos, GR_S("+"))) {
        word.feats = GR_PLUR;
        upos = gr_sub(upos, 0, upos.len - 1);
    }
    word.upos = upos_of(upos);
    word.rel = rel_of(rel);
    if (gr_parse_u64(head, &number) && number > 0) word.head = (uint32_t)number - 1;
    return word;
}

tagged tagged_sentence(gr_arena *arena, gr_slice line) {
    tagged result = {0};
    size_t most = line.len + 1;
    char *bytes = gr_alloc(arena, most);
    result.text.token = gr_alloc_array(arena, most, sizeof *result.text.token);
    result.word = gr_alloc_array(arena, most, sizeof *result.word);
    uint32_t length = 0, count = 0;
    while (line.len) {
        gr_slice tag = gr_cut(&line, ' ');
        bool glued = gr_starts(tag, GR_S("~"));
        if (glued) tag = gr_sub(tag, 1, tag.len);
        gr_slice form = gr_cut(&tag, '|'), upos = gr_cut(&tag, '|'), head = gr_cut(&tag, '|');
        result.word[count] = tags_of(upos, head, tag);
        if (count && !glued) bytes[length++] = ' ', result.text.token[count - 1].flags = GR_TOKEN_SPACE_AFTER;
        memcpy(bytes + length, form.ptr, form.len);
        result.text.token[count++] =
            (gr_token){.off_b = length, .len_b = (uint32_t)form.len, .form = {bytes + length, form.len}};
        length += (uint32_t)form.len;
    }
    result.text.bytes = (gr_slice){bytes, length};
    result.text.token_count = count;
    result.sentence = (gr_sentence){.tok_end = count, .len_b = length};
    result.sentence.all_capitals = true;
    for (uint32_t i = 0; i < length; i++)
        if (bytes[i] >= 'a' && bytes[i] <= 'z') result.sentence.all_capitals = false;
    return result;
}
