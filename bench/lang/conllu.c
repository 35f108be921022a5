#include "conllu.h"

#include "base/utf8.h"

typedef GR_VEC(gr_token) tokens;
typedef GR_VEC(gr_sentence) sentences;

static gr_slice upper(gr_arena *arena, gr_slice s) {
    gr_buffer out = {0};
    for (size_t at = 0; at < s.len;) gr_buffer_code_point(&out, gr_to_upper(gr_utf8_next(s, &at)));
    gr_slice copy = gr_copy(arena, gr_buffer_slice(&out));
    gr_buffer_free(&out);
    return copy;
}

/* At least three words of two letters, none in lower case: the rule of train/features.py. */
static bool in_capitals(const gr_token *token, uint32_t begin, uint32_t end) {
    uint32_t words = 0;
    for (uint32_t i = begin; i < end; i++) {
        uint32_t letters = 0;
        for (size_t at = 0; at < token[i].form.len;) {
            uint32_t c = gr_utf8_next(token[i].form, &at);
            if (gr_is_lower(c)) return false;
            letters += gr_is_letter(c);
        }
        words += letters > 1;
    }
    return words >= 3;
}

static void end_sentence(gr_arena *arena, const tokens *t, sentences *s, conllu_case letters) {
    uint32_t begin = s->count ? s->item[s->count - 1].tok_end : 0;
    if (begin == t->count) return;
    gr_sentence sentence = {.tok_begin = begin, .tok_end = t->count};
    sentence.all_capitals = letters != CONLLU_CAPITALS && in_capitals(t->item, begin, t->count);
    gr_push(arena, s, sentence);
}

void conllu_read(gr_arena *arena, gr_slice file, conllu_case letters, gr_text *out) {
    tokens t = {0};
    sentences s = {0};
    while (file.len) {
        gr_slice line = gr_cut(&file, '\n');
        if (line.len == 0) end_sentence(arena, &t, &s, letters);
        if (line.len == 0 || line.ptr[0] == '#') continue;
        gr_slice number = gr_cut(&line, '\t'), form = gr_cut(&line, '\t');
        uint64_t n;
        if (!gr_parse_u64(number, &n)) continue;
        gr_push(arena, &t, (gr_token){.form = letters ? upper(arena, form) : form});
    }
    end_sentence(arena, &t, &s, letters);
    *out = (gr_text){.token = t.item, .token_count = t.count, .sentence = s.item, .sentence_count = s.count};
}

void conllu_write(const gr_model *model, const gr_text *text, const gr_word *word, gr_buffer *out) {
    static const char *const bio[] = {"O", "PER", "ORG", "LOC"};
    for (uint32_t s = 0; s < text->sentence_count; s++) {
        uint32_t begin = text->sentence[s].tok_begin;
        for (uint32_t i = begin; i < text->sentence[s].tok_end; i++) {
            const gr_word *w = &word[i];
            uint32_t head = w->head == GR_NONE ? 0 : w->head - begin + 1;
            gr_buffer_printf(out, "%u\t%.*s\t%.*s\t%s\t_\t%.*s\t%u\t%.*s\t_\t", i - begin + 1,
                             GR_FMT(text->token[i].form), GR_FMT(w->lemma), gr_upos_name((gr_upos)w->upos),
                             GR_FMT(gr_model_feats(model, w->feats_id)), head,
                             GR_FMT(gr_model_rel(model, w->rel_id)));
            if (w->name)
                gr_buffer_printf(out, "Name=%s-%s\n", w->name_begins ? "B" : "I", bio[w->name]);
            else
                gr_buffer_printf(out, "_\n");
        }
        gr_buffer_byte(out, '\n');
    }
}
