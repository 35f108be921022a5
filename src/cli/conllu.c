#include "cli/conllu.h"
#include "base/limits.h"

#include <stdio.h>

enum { COLUMN_ID, COLUMN_FORM, COLUMN_MISC = 9, COLUMNS };

/* What has been read so far. */
typedef struct reading {
    gr_arena *arena;
    const char *name;
    uint32_t line;
    char *bytes; /* the surface is never longer than the file: each form stands on a line of its own */
    size_t len;
    GR_VEC(gr_token) token;
    GR_VEC(gr_sentence) sentence;
    uint32_t sentence_begin; /* first token of the open sentence */
    uint32_t range_left;     /* words still to come of an open range */
    uint32_t range_off_b, range_len_b;
    bool range_first, range_space;
} reading;

static gr_status bad(const reading *r, gr_error *err, const char *what) {
    char origin[256];
    snprintf(origin, sizeof origin, "%s:%u", r->name, r->line);
    return gr_fail(err, GR_BAD_INPUT, origin, "%s; is this a CoNLL-U file?", what);
}

static bool has_space(gr_slice misc) {
    while (misc.ptr)
        if (gr_eq(gr_cut(&misc, '|'), GR_S("SpaceAfter=No"))) return false;
    return true;
}

/* Appends a surface form and the space behind it. */
static uint32_t add_surface(reading *r, gr_slice form, bool space) {
    uint32_t off_b = (uint32_t)r->len;
    memcpy(r->bytes + r->len, form.ptr, form.len);
    r->len += form.len;
    if (space) r->bytes[r->len++] = ' ';
    return off_b;
}

static gr_status read_range(reading *r, gr_slice id, gr_slice form, bool space, gr_error *err) {
    uint64_t first, last;
    gr_slice begin = gr_cut(&id, '-');
    if (!gr_parse_u64(begin, &first) || !gr_parse_u64(id, &last) || last < first || last - first > 64)
        return bad(r, err, "a range of words is malformed");
    r->range_left = (uint32_t)(last - first + 1);
    r->range_off_b = add_surface(r, form, space);
    r->range_len_b = (uint32_t)form.len;
    r->range_first = true;
    r->range_space = space;
    return GR_OK;
}

static void read_word(reading *r, gr_slice form, bool space) {
    gr_token token = {.form = gr_copy(r->arena, form)};
    if (r->range_left) {
        bool last = --r->range_left == 0;
        token.off_b = r->range_off_b;
        token.len_b = r->range_len_b;
        token.flags = r->range_first ? (last ? 0 : GR_TOKEN_HAS_JOINED) : GR_TOKEN_JOINED;
        if (last && r->range_space) token.flags |= GR_TOKEN_SPACE_AFTER;
        r->range_first = false;
    } else {
        token.off_b = add_surface(r, form, space);
        token.len_b = (uint32_t)form.len;
        if (space) token.flags = GR_TOKEN_SPACE_AFTER;
    }
    gr_push(r->arena, &r->token, token);
}

static void end_sentence(reading *r) {
    uint32_t begin = r->sentence_begin, end = r->token.count;
    if (begin == end) return;
    gr_token *first = &r->token.item[begin], *last = &r->token.item[end - 1];
    last->flags |= GR_TOKEN_SPACE_AFTER;
    gr_sentence sentence = {.tok_begin = begin,
                            .tok_end = end,
                            .off_b = first->off_b,
                            .len_b = last->off_b + last->len_b - first->off_b};
    gr_push(r->arena, &r->sentence, sentence);
    r->bytes[r->len++] = '\n';
    r->sentence_begin = end;
    r->range_left = 0;
}

static gr_status read_line(reading *r, gr_slice line, gr_error *err) {
    line = gr_trim(line);
    if (line.len && line.ptr[0] == '#') return GR_OK;
    if (!line.len) {
        end_sentence(r);
        return GR_OK;
    }
    gr_slice column[COLUMNS] = {0};
    unsigned count = 0;
    while (line.ptr && count < COLUMNS) column[count++] = gr_cut(&line, '\t');
    if (count != COLUMNS || !column[COLUMN_FORM].len) return bad(r, err, "a line has not ten columns");
    gr_slice id = column[COLUMN_ID];
    bool space = has_space(column[COLUMN_MISC]);
    if (memchr(id.ptr, '.', id.len)) return GR_OK; /* empty node of the enhanced trees */
    if (memchr(id.ptr, '-', id.len)) return read_range(r, id, column[COLUMN_FORM], space, err);
    if (r->token.count >= GR_MAX_TOKENS) return gr_fail(err, GR_TOO_LARGE, r->name, "has too many words");
    read_word(r, column[COLUMN_FORM], space);
    return GR_OK;
}

gr_status gr_conllu_read(gr_arena *arena, gr_slice bytes, const char *name, gr_text *out, gr_error *err) {
    reading r = {.arena = arena, .name = name, .bytes = gr_alloc(arena, bytes.len + 2)};
    while (bytes.ptr) {
        r.line++;
        gr_status status = read_line(&r, gr_cut(&bytes, '\n'), err);
        if (status != GR_OK) return status;
    }
    end_sentence(&r);
    gr_block *block = gr_alloc(arena, sizeof *block);
    *block = (gr_block){.len_b = (uint32_t)r.len, .sent_end = r.sentence.count, .heading = GR_NONE};
    *out = (gr_text){.bytes = {r.bytes, r.len},
                     .token = r.token.item,
                     .token_count = r.token.count,
                     .sentence = r.sentence.item,
                     .sentence_count = r.sentence.count,
                     .block = block,
                     .block_count = 1};
    return GR_OK;
}

static void add_or_underscore(gr_buffer *out, gr_slice text) {
    gr_buffer_add(out, text.len ? text : GR_S("_"));
    gr_buffer_byte(out, '\t');
}

/* The range line of an orthographic word that several words make up. */
static void write_range(const gr_text *text, const gr_sentence *s, uint32_t first, gr_buffer *out) {
    uint32_t last = first;
    while (last + 1 < s->tok_end && (text->token[last + 1].flags & GR_TOKEN_JOINED)) last++;
    if (last == first) return;
    const gr_token *end = &text->token[last];
    uint32_t off_b = text->token[first].off_b;
    gr_buffer_printf(out, "%u-%u\t", first - s->tok_begin + 1, last - s->tok_begin + 1);
    gr_buffer_add(out, gr_sub(text->bytes, off_b, end->off_b + end->len_b));
    gr_buffer_add(out, GR_S("\t_\t_\t_\t_\t_\t_\t_\t"));
    gr_buffer_add(out, end->flags & GR_TOKEN_SPACE_AFTER ? GR_S("_\n") : GR_S("SpaceAfter=No\n"));
}

static void write_misc(const gr_token *token, const gr_word *word, gr_buffer *out) {
    static const char *const name[] = {"", "person", "organisation", "place"};
    bool joined = token->flags & (GR_TOKEN_JOINED | GR_TOKEN_HAS_JOINED);
    bool glued = !joined && !(token->flags & GR_TOKEN_SPACE_AFTER);
    if (glued) gr_buffer_add(out, GR_S("SpaceAfter=No"));
    if (word->name != GR_NAME_NONE)
        gr_buffer_printf(out, "%sName=%s-%s", glued ? "|" : "", word->name_begins ? "B" : "I",
                         name[word->name]);
    gr_buffer_add(out, glued || word->name != GR_NAME_NONE ? GR_S("\n") : GR_S("_\n"));
}

static void write_word(const gr_model *model, const gr_text *text, const gr_word *word, const gr_sentence *s,
                       uint32_t i, gr_buffer *out) {
    const gr_word *w = &word[i];
    gr_buffer_printf(out, "%u\t", i - s->tok_begin + 1);
    add_or_underscore(out, text->token[i].form);
    add_or_underscore(out, w->lemma);
    gr_buffer_printf(out, "%s\t_\t", gr_upos_name(w->upos));
    add_or_underscore(out, gr_model_feats(model, w->feats_id));
    gr_buffer_printf(out, "%u\t", w->head == GR_NONE ? 0 : w->head - s->tok_begin + 1);
    add_or_underscore(out, gr_model_rel(model, w->rel_id));
    gr_buffer_add(out, GR_S("_\t"));
    write_misc(&text->token[i], w, out);
}

void gr_conllu_write(const gr_model *model, const gr_text *text, const gr_word *word, uint32_t sentence,
                     gr_buffer *out) {
    const gr_sentence *s = &text->sentence[sentence];
    gr_buffer_printf(out, "# sent_id = %u\n", sentence + 1);
    for (uint32_t i = s->tok_begin; i < s->tok_end; i++) {
        if (text->token[i].flags & GR_TOKEN_HAS_JOINED) write_range(text, s, i, out);
        write_word(model, text, word, s, i, out);
    }
    gr_buffer_byte(out, '\n');
}
