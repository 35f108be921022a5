#include "claim/saying.h"

uint32_t gr_saying_start(const gr_clause *c, uint32_t cue) {
    uint32_t start = cue;
    while (start > c->tree.sentence->tok_begin && c->in->word[start - 1].head == cue) {
        uint8_t rel = c->in->word[start - 1].rel;
        bool clitic =
            c->in->word[start - 1].upos == GR_PRON && c->in->text->token[start - 1].form.ptr[0] == '-';
        if (rel != GR_AUXREL && !clitic) break;
        start--;
    }
    return start;
}

bool gr_is_time_word(const gr_clause *c, uint32_t token) {
    for (uint32_t i = 0; i < c->time_count; i++)
        if (token >= c->time[i].tok_begin && token < c->time[i].tok_end) return true;
    return false;
}

uint32_t gr_behind_according(const gr_clause *c, uint32_t token) {
    gr_slice key = c->in->who->key[token];
    bool more = token + 1 < c->tree.sentence->tok_end;
    if (more && gr_eq(key, GR_S("according")) && gr_eq(c->in->who->key[token + 1], GR_S("to")))
        return token + 2;
    if (more && gr_eq(key, GR_S("d")) && gr_eq(c->in->who->key[token + 1], GR_S("apres"))) return token + 2;
    if (gr_in_class(c, token, "according-word")) return token + 1;
    return GR_NONE;
}
