#include "text/segmenter.h"

#include "base/limits.h"
#include "base/utf8.h"

/* Where the sentences of a block are being looked for. */
typedef struct search {
    const gr_segmenter *segmenter;
    gr_tongue tongue;
    const gr_token *token;
    gr_gap_view view;
    gr_gap_walk walk;
    const uint16_t *word; /* NULL: rules alone */
    bool heading, item;
} search;

static uint32_t first_of(gr_slice form) {
    size_t at = 0;
    return form.len ? gr_utf8_next(form, &at) : 0;
}

static bool ends_in_point(gr_slice form) {
    return form.len > 1 && form.ptr[form.len - 1] == '.';
}

/* Initials and titles are followed by the name they belong to. */
static bool expects_name(const search *s, uint32_t i) {
    gr_slice form = s->token[i].form;
    if (!ends_in_point(form) || gr_is_terminal(form)) return false;
    if (gr_abbreviation_of(gr_sub(form, 0, form.len - 1), s->tongue) == GR_ABBREVIATION_TITLE) return true;
    return form.len == 2 && !gr_is_starter(s->token[i + 1].form, s->tongue);
}

/* May a sentence end after an abbreviation? Only where a word follows that starts sentences. */
static bool ends_after_abbreviation(const search *s, uint32_t i) {
    gr_slice next = s->token[i + 1].form;
    return !s->view.caseless && !expects_name(s, i) && gr_is_upper(first_of(next)) &&
           gr_is_starter(next, s->tongue);
}

/* The last mark before the gap behind token i, closing quotes and brackets passed over. */
static uint32_t mark_before(const search *s, uint32_t i) {
    while (i > s->walk.first && gr_is_closer(s->token[i].form)) i--;
    return i;
}

/* Does a sentence end after token i, by the rules of punctuation alone? */
static bool ends_by_rule(const search *s, uint32_t i) {
    bool spaced = s->token[i].flags & GR_TOKEN_SPACE_AFTER;
    if (gr_is_closer(s->token[i + 1].form) && !spaced) return false;
    uint32_t mark = mark_before(s, i);
    gr_slice form = s->token[mark].form;
    if (gr_is_terminal(form)) {
        bool begins = s->view.caseless || s->view.lower || !gr_is_lower(first_of(s->token[i + 1].form));
        return begins && (spaced || mark == i);
    }
    return mark == i && ends_in_point(form) && spaced && ends_after_abbreviation(s, i);
}

/* Token i closes a bracket that stands inside a clause: "THE [FMLN] TROOPS". */
static bool closes_inner_bracket(const search *s, uint32_t i) {
    char close = s->token[i].form.ptr[0];
    if (close != ')' && close != ']') return false;
    char open = close == ')' ? '(' : '[';
    while (i > s->walk.first && s->token[i].form.ptr[0] != open) i--;
    return i > s->walk.first && !gr_is_terminal(s->token[i - 1].form) && !gr_is_closer(s->token[i - 1].form);
}

/* Token i is the quotation mark of: "...," he said. */
static bool closes_comma_quote(const search *s, uint32_t i) {
    return i > s->walk.first && gr_is_closer(s->token[i].form) && s->token[i - 1].form.ptr[0] == ',';
}

/* The number or bullet of a list item: "2." */
static bool is_item_mark(const search *s, uint32_t i) {
    if (!s->item || i > s->view.begin + 2) return false;
    for (uint32_t k = s->view.begin; k <= i; k++)
        if (gr_is_letter(first_of(s->token[k].form)) && s->token[k].form.len > 1) return false;
    return true;
}

static bool ends_sentence(const search *s, uint32_t i) {
    if (is_item_mark(s, i)) return false;
    if (!s->word || s->heading) return ends_by_rule(s, i);
    if (closes_inner_bracket(s, i) || closes_comma_quote(s, i)) return false;
    if (!gr_gap_is_candidate(&s->view, i) || expects_name(s, i)) return false;
    if (ends_in_point(s->token[i].form) && ends_by_rule(s, i)) return true;
    return gr_segmenter_score(s->segmenter, &s->view, s->word, &s->walk, i) > 0;
}

static void add(gr_arena *arena, const search *s, uint32_t block, uint32_t end, gr_sentences *out) {
    uint32_t begin = s->walk.first;
    const gr_token *first = &s->token[begin], *last = &s->token[end - 1];
    gr_push(arena, out,
            (gr_sentence){begin, end, first->off_b, last->off_b + last->len_b - first->off_b, block,
                          gr_is_caseless(s->token, begin, end)});
}

/* The full stop that ends a sentence is a word of its own even behind an abbreviation (etc .), as in the
 * treebank; acronyms with points inside (U.S.) stay whole, so that names are found in them. Called before the
 * search. */
void gr_part_final_point(gr_arena *arena, gr_slice text, gr_tongue tongue, gr_tokens *tokens,
                         uint32_t tok_begin) {
    if (tokens->count == tok_begin) return;
    gr_token *last = &tokens->item[tokens->count - 1];
    gr_slice word = gr_sub(last->form, 0, last->form.len - 1);
    if (!ends_in_point(last->form) || gr_is_terminal(last->form) || last->form.ptr[0] == '.') return;
    if (memchr(word.ptr, '.', word.len) && gr_abbreviation_of(word, tongue) == GR_ABBREVIATION_NONE) return;
    uint32_t end = last->off_b + last->len_b;
    uint8_t space = last->flags & GR_TOKEN_SPACE_AFTER;
    last->flags = (uint8_t)(last->flags & ~GR_TOKEN_SPACE_AFTER);
    last->form = word;
    last->len_b--;
    gr_push(arena, tokens, (gr_token){end - 1, 1, {text.ptr + end - 1, 1}, space});
}

void gr_find_sentences(gr_arena *arena, const gr_segmenter *segmenter, const gr_block *blocks, uint32_t block,
                       size_t body_b, const gr_tokens *tokens, uint32_t tok_begin, gr_sentences *out) {
    search s = {.segmenter = segmenter, .tongue = gr_segmenter_tongue(segmenter), .token = tokens->item};
    s.view = gr_gap_look(arena, tokens->item, tok_begin, tokens->count);
    s.walk = (gr_gap_walk){.first = tok_begin, .next_terminal = tok_begin};
    s.heading = blocks[block].kind != GR_BLOCK_PARAGRAPH && blocks[block].kind != GR_BLOCK_LIST_ITEM;
    s.item = blocks[block].kind == GR_BLOCK_LIST_ITEM;
    if (gr_segmenter_learned(segmenter)) s.word = gr_segmenter_words(arena, segmenter, &s.view);
    for (uint32_t i = tok_begin; i < tokens->count; i++) {
        gr_gap_step(&s.view, &s.walk, i);
        bool ends = i + 1 == tokens->count || i + 1 - s.walk.first == GR_MAX_SENTENCE_TOKENS;
        if (!ends) {
            bool in_dateline = s.token[i].off_b < body_b;
            ends = in_dateline ? s.token[i + 1].off_b >= body_b : ends_sentence(&s, i);
        }
        if (!ends) continue;
        add(arena, &s, block, i + 1, out);
        gr_gap_cut(&s.walk, i);
    }
}
