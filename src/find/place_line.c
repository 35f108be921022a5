/* The border of two countries that the words name by its two sides: "the border between Niger and Mali",
 * "Niger's border with Mali", "the Mali/Niger border", "the Malian border with Niger". Both names stay
 * mentions of the countries; each is told which line is meant and which words name it. */
#include "base/utf8.h"
#include "find/place_span.h"

enum { APART_TOKENS = 6, CUE_TOKENS = 4 };

static bool is_cue(const gr_place_search *s, uint32_t token) {
    bool many;
    return token < s->text->token_count && gr_place_cue(s->folded[token], &many) == GR_CUE_BORDER;
}

static bool is_country(const gr_place_search *s, const gr_place_mention *mention) {
    return mention->place != GR_NO_PLACE &&
           gr_gazetteer_place(s->gazetteer, mention->place).level == GR_LEVEL_COUNTRY;
}

/* A border's name begins with the names of its two sides, in either order. */
static uint32_t line_of(const gr_place_search *s, uint32_t one, uint32_t other) {
    gr_slice a = gr_gazetteer_place(s->gazetteer, one).name, b = gr_gazetteer_place(s->gazetteer, other).name;
    gr_slice name = gr_printf(s->arena, "%.*s %.*s border", GR_FMT(a), GR_FMT(b));
    uint32_t line;
    bool known = gr_gazetteer_find(s->gazetteer, gr_fold(s->arena, name), &line, 1) > 0 &&
                 gr_gazetteer_place(s->gazetteer, line).kind == GR_CLASS_BORDER;
    return known ? line : GR_NO_PLACE;
}

static bool says(const gr_place_search *s, uint32_t from, uint32_t to, const char *const *word,
                 size_t count) {
    for (uint32_t i = from; i < to; i++)
        for (size_t k = 0; k < count; k++)
            if (gr_is(s->folded[i], word[k])) return true;
    return false;
}

/* "border", perhaps with "regions" behind it, then "between" or "of", before the first name. */
static uint32_t cue_before(const gr_place_search *s, uint32_t first, uint32_t name) {
    static const char *const LINK[] = {"between", "of", "entre", "separating", "dividing"};
    for (uint32_t steps = 1; steps <= CUE_TOKENS && name >= first + steps; steps++)
        if (is_cue(s, name - steps))
            return says(s, name - steps + 1, name, LINK, sizeof LINK / sizeof *LINK) ? name - steps : GR_NONE;
    return GR_NONE;
}

static bool joined(const gr_place_search *s, uint32_t from, uint32_t to) {
    static const char *const JOINT[] = {"and", "et", "/", "-", "–", "&"};
    return to > from && to - from <= 2 && says(s, from, to, JOINT, sizeof JOINT / sizeof *JOINT);
}

/* The words that name the line by these two sides; false where they do not. */
static bool names_line(const gr_place_search *s, const gr_place_mention *one, const gr_place_mention *other,
                       gr_token_range *words) {
    static const char *const WITH[] = {"with", "avec"};
    uint32_t before = cue_before(s, s->text->sentence[one->sentence].tok_begin, one->tok_begin);
    uint32_t from = one->tok_end, to = other->tok_begin;
    *words = (gr_token_range){one->tok_begin, other->tok_end};
    if (joined(s, from, to)) {
        if (before != GR_NONE) {
            words->begin = before;
            return true;
        }
        if (is_cue(s, other->tok_end)) {
            words->end = other->tok_end + 1;
            return true;
        }
        return false;
    }
    bool border = false;
    for (uint32_t i = from; i < to && !border; i++) border = is_cue(s, i);
    return border && says(s, from, to, WITH, sizeof WITH / sizeof *WITH);
}

/* "near the border between", "towards the border of": else it is along the line. */
static gr_where where_of(const gr_place_search *s, uint32_t first, uint32_t begin) {
    gr_slot slot;
    while (begin > first && gr_place_filler(s->folded[begin - 1])) begin--;
    bool told = begin > first && gr_place_slot(s->folded[begin - 1], s->french, &slot);
    bool moves =
        told && (slot.where == GR_WHERE_NEAR || slot.where == GR_WHERE_FROM || slot.where == GR_WHERE_TO);
    return moves ? slot.where : GR_WHERE_ALONG;
}

void gr_place_lines(gr_place_search *s) {
    for (uint32_t i = 0; i < s->spans.count; i++) s->spans.item[i].mention.line = GR_NO_PLACE;
    for (uint32_t i = 1; i < s->spans.count; i++) {
        gr_place_mention *one = &s->spans.item[i - 1].mention, *other = &s->spans.item[i].mention;
        gr_token_range words;
        if (one->sentence != other->sentence || other->tok_begin - one->tok_end > APART_TOKENS) continue;
        if (!is_country(s, one) || !is_country(s, other) || !names_line(s, one, other, &words)) continue;
        uint32_t line = line_of(s, one->place, other->place);
        if (line == GR_NO_PLACE) continue;
        one->line = other->line = line;
        one->line_words = other->line_words = words;
        one->line_where = other->line_where =
            where_of(s, s->text->sentence[one->sentence].tok_begin, words.begin);
    }
}
