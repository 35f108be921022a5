#include "find/quantity_reading.h"

#define REACH 10u /* tokens between a number and its noun: "229 Nigerien special forces soldiers" */

/* Words that may stand between a number and its noun. */
static bool modifies(const gr_time_scan *s, uint32_t i) {
    if (s->atom[i].kind == GR_ATOM_MARK)
        return s->atom[i].mark == '-' || s->atom[i].mark == '"' || s->atom[i].mark == 0x7f;
    switch (gr_at_upos(s, i)) {
    case GR_ADJ:
    case GR_ADV:
        return s->atom[i].kind == GR_ATOM_WORD;
    case GR_VERB:
        return s->word[s->atom[i].tok].rel == GR_AMOD;
    default:
        return s->atom[i].kind == GR_ATOM_DIGITS || s->atom[i].number != GR_NUM_NONE;
    }
}

static bool is_noun(const gr_time_scan *s, uint32_t i) {
    gr_upos upos = gr_at_upos(s, i);
    return i < s->count && s->atom[i].kind == GR_ATOM_WORD && (upos == GR_NOUN || upos == GR_PROPN);
}

/* The last noun of the chain that follows atom i, by order alone. */
static uint32_t noun_ahead(const gr_time_scan *s, uint32_t i) {
    while (i < s->count && modifies(s, i) && !is_noun(s, i)) i++;
    uint32_t found = GR_NONE;
    for (; i < s->count; i++) {
        bool hyphen = gr_at_mark(s, i, '-') && is_noun(s, i + 1) && s->atom[i].glued;
        bool between = found != GR_NONE && gr_at_upos(s, i) == GR_ADJ && is_noun(s, i + 1) &&
                       s->word[s->atom[i - 1].tok].rel == GR_COMPOUND;
        bool model =
            i > 1 && gr_at_digits(s, i) && s->atom[i].glued && gr_at_mark(s, i - 1, '-'); /* "T-72" */
        hyphen = hyphen || (gr_at_mark(s, i, '-') && s->atom[i].glued && gr_at_digits(s, i + 1));
        if (is_noun(s, i) && s->atom[i].time == GR_TW_NONE)
            found = s->atom[i].tok;
        else if (!hyphen && !between && !model)
            break;
    }
    return found;
}

/* The noun that the parse hangs the number on. */
static uint32_t noun_in_tree(const gr_time_scan *s, uint32_t begin, uint32_t end) {
    uint32_t first = s->atom[begin].tok, last = s->atom[end - 1].tok;
    for (uint32_t t = last + 1; t-- > first;) {
        uint32_t head = s->word[t].head;
        bool inside = head == GR_NONE || head <= last || head > last + REACH || head >= s->sentence->tok_end;
        bool counts = s->word[t].rel == GR_NUMMOD || s->word[t].rel == GR_DETREL || s->word[t].rel == GR_AMOD;
        if (!inside && counts && (s->word[head].upos == GR_NOUN || s->word[head].upos == GR_PROPN))
            return head;
    }
    return GR_NONE;
}

/* Everything between the number and the noun of the parse has to be able to stand there. */
static bool reaches(const gr_time_scan *s, uint32_t i, uint32_t noun) {
    for (; i < s->count && s->atom[i].tok < noun; i++) {
        gr_upos upos = gr_at_upos(s, i);
        if (gr_at_mark(s, i, ',') || gr_at_mark(s, i, '\'')) continue; /* "12 young, armed men" */
        if (!modifies(s, i) && !is_noun(s, i) && upos != GR_VERB && upos != GR_CCONJ && upos != GR_PART)
            return false;
    }
    return i < s->count;
}

uint32_t gr_counted_noun(const gr_quantity_scan *q, uint32_t begin, uint32_t end, bool *partitive) {
    const gr_time_scan *s = &q->time;
    *partitive = false;
    if (!s->word || end >= s->count) return GR_NONE;
    if (gr_at(s, end, GR_TW_OF)) {
        uint32_t at = end + 1;
        gr_upos upos = gr_at_upos(s, at);
        *partitive = upos == GR_DET || upos == GR_PRON || gr_at(s, at, GR_TW_THE);
        if (*partitive) at++;
        if (*partitive && upos == GR_PRON && at < s->count && !modifies(s, at) && !is_noun(s, at))
            return GR_NONE;
        return at < s->count ? noun_ahead(s, at) : GR_NONE;
    }
    uint32_t noun = noun_in_tree(s, begin, end);
    if (noun != GR_NONE && reaches(s, end, noun)) return noun;
    return noun_ahead(s, end);
}
