#include "find/quantity_reading.h"

static bool glued_word(const gr_time_scan *s, uint32_t i) {
    return i < s->count && s->atom[i].glued && s->atom[i].kind == GR_ATOM_WORD;
}

/* "$", "€", "£" before the number, perhaps behind "US" and a blank. */
static bool currency_before(const gr_time_scan *s, uint32_t i) {
    if (i == 0 || s->atom[i - 1].kind != GR_ATOM_MARK) return false;
    gr_slice form = s->atom[i - 1].form;
    return gr_eq(form, GR_S("$")) || gr_eq(form, GR_S("\xe2\x82\xac")) || gr_eq(form, GR_S("\xc2\xa3")) ||
           gr_eq(form, GR_S("\xc2\xa5"));
}

/* Digits that are part of a code: "RN1", "AK-47", "T-72", "M23". */
static bool code_before(const gr_time_scan *s, uint32_t i) {
    if (s->atom[i].kind != GR_ATOM_DIGITS) return false;
    if (s->atom[i].digits > 1 && s->atom[i].form.ptr[0] == '0') return true; /* "08", "051" */
    bool joins =
        gr_at_mark(s, i + 1, '-') && s->atom[i + 1].glued && i + 2 < s->count && s->atom[i + 2].glued;
    if (joins && gr_at_mark(s, i + 3, '-') && s->atom[i + 3].glued && i + 4 < s->count &&
        s->atom[i + 4].glued && !glued_word(s, i + 2))
        return true; /* "2012-08-S" */
    if (i == 0 || !s->atom[i].glued) return false;
    if (s->atom[i - 1].kind == GR_ATOM_WORD) return true;
    bool joined = s->atom[i - 1].mark == '-' || s->atom[i - 1].mark == '/';
    return joined && i > 1 && s->atom[i - 1].glued && s->atom[i - 2].kind == GR_ATOM_WORD &&
           s->atom[i - 2].number == GR_NUM_NONE;
}

/* A name's number: "Resolution 2391", "Flight 370"; a noun with a capital in front and none behind. */
static bool name_before(const gr_quantity_scan *q, const gr_number *number) {
    const gr_time_scan *s = &q->time;
    uint32_t i = number->begin;
    bool group = i > 1 && !number->digits && s->atom[i].capital && gr_at(s, i - 1, GR_TW_OF) &&
                 s->atom[i - 2].capital && !s->sentence->all_capitals; /* "Group of Five" */
    if (group) return true;
    if (number->digits && i > 1 && gr_at_mark(s, i - 1, '.') && gr_atom_is(&s->atom[i - 2], "no"))
        return true;
    if (i == 0 || !number->digits || s->atom[i - 1].kind != GR_ATOM_WORD) return false;
    const gr_lexeme *lead = gr_measure_word(q->list, &s->atom[i - 1]);
    if (lead && lead->of == GR_MEASURE_NAME && lead->value < 0) return true;
    if (gr_atom_is(&s->atom[i - 1], "no") && gr_at_upos(s, i - 1) != GR_DET) return true;
    gr_upos upos = gr_at_upos(s, i - 1);
    if (!s->word || !s->atom[i - 1].capital || upos != GR_PROPN) return false;
    const gr_word *word = &s->word[s->atom[i].tok];
    return word->head != GR_NONE && word->head < s->atom[i].tok && s->word[word->head].upos == GR_PROPN &&
           (word->rel == GR_NUMMOD || word->rel == GR_FLAT || word->rel == GR_NMOD ||
            word->rel == GR_COMPOUND);
}

/* Part of the name of an organisation or a place that reaches beyond the number. */
static bool inside_name(const gr_quantity_scan *q, const gr_number *number) {
    const gr_time_scan *s = &q->time;
    if (!s->word) return false;
    uint32_t tok = s->atom[number->begin].tok, last = s->atom[number->end - 1].tok;
    uint8_t name = s->word[tok].name;
    if (name != GR_NAME_ORGANISATION && name != GR_NAME_PLACE) return false;
    if (!s->atom[number->begin].capital && !number->digits) return false;
    if (!s->word[tok].name_begins) return true;
    return s->word[tok].upos == GR_PROPN && last + 1 < s->sentence->tok_end &&
           s->word[last + 1].name == name && !s->word[last + 1].name_begins;
}

static bool is_unit(const gr_time_scan *s, uint32_t i) {
    return gr_at(s, i, GR_TW_UNIT) || gr_at(s, i, GR_TW_UNITS);
}

/* "aged 8, 12 and 15", "aged between 8 and 15": each of the list is an age; "aged 8 and 12 soldiers" ends it.
 */
static bool in_list_of_ages(const gr_time_scan *s, const gr_number *number) {
    gr_upos behind = gr_at_upos(s, number->end);
    if (!number->digits || behind == GR_NOUN || behind == GR_ADJ || behind == GR_PROPN) return false;
    for (uint32_t i = number->begin; i-- > 0;) {
        if (gr_at(s, i, GR_TW_OLD)) return s->atom[i].time_value == 0;
        bool link = gr_at_mark(s, i, ',') || gr_at_mark(s, i, '-') || gr_at(s, i, GR_TW_AND) ||
                    gr_at(s, i, GR_TW_BETWEEN) || gr_atom_is(&s->atom[i], "to") ||
                    gr_atom_is(&s->atom[i], "or") || gr_at_digits(s, i);
        if (!link) return false;
    }
    return false;
}

/* "15-year-old", "15 years old", "aged 15", "Ali, 15,": somebody's age. */
static bool is_age(const gr_time_scan *s, const gr_number *number) {
    uint32_t i = number->begin, at = number->end;
    if (i > 0 && gr_at(s, i - 1, GR_TW_OLD)) return true;
    if (in_list_of_ages(s, number)) return true;
    bool between = i > 1 && gr_at_mark(s, i - 1, ',') && number->digits && number->milli < 120000 &&
                   (gr_at_mark(s, at, ',') || gr_at_mark(s, at, '.')) && gr_at_upos(s, i - 2) == GR_PROPN &&
                   s->word[s->atom[i - 2].tok].name == GR_NAME_PERSON;
    if (between) return true;
    if (gr_at_mark(s, at, '-')) at++;
    if (!is_unit(s, at)) return false;
    at++;
    if (gr_at_mark(s, at, '-')) at++;
    return (gr_at(s, at, GR_TW_OLD) && s->atom[at].time_value == 1) ||
           (gr_at(s, at, GR_TW_OF) && at + 1 < s->count && gr_atom_is(&s->atom[at + 1], "age"));
}

static bool is_duration(const gr_time_scan *s, const gr_number *number) {
    uint32_t at = number->end + (gr_at_mark(s, number->end, '-') ? 1 : 0);
    if (gr_at(s, at, GR_TW_OF) && is_unit(s, at + 1)) at++;
    if (is_unit(s, at)) return true;
    return at < s->count && gr_at_upos(s, at) == GR_ADJ && gr_at(s, at + 1, GR_TW_UNITS);
}

static bool is_percent(const gr_time_scan *s, uint32_t at) {
    if (gr_at_mark(s, at, '%')) return true;
    return gr_at(s, at, GR_TW_EVERY) && at + 1 < s->count &&
           (gr_atom_is(&s->atom[at], "per") && gr_atom_is(&s->atom[at + 1], "cent"));
}

/* Scores, fractions, coordinates, list numbers: digits that count nothing. */
static bool is_other(const gr_time_scan *s, const gr_number *number) {
    uint32_t at = number->end;
    bool digits_follow =
        gr_at_digits(s, at + 1) && s->atom[at + 1].glued && at < s->count && s->atom[at].glued;
    if (digits_follow && (gr_at_mark(s, at, '/') || gr_at_mark(s, at, ':') || gr_at_mark(s, at, '.')))
        return true;
    if (at < s->count && gr_eq(s->atom[at].form, GR_S("\xc2\xb0"))) return true;
    uint32_t i = number->begin;
    bool digits_before = i > 1 && s->atom[i].glued && gr_at_digits(s, i - 2) && s->atom[i - 1].glued;
    if (digits_before && (gr_at_mark(s, i - 1, '/') || gr_at_mark(s, i - 1, ':'))) return true;
    bool list = number->begin == 0 && number->digits && (gr_at_mark(s, at, '.') || gr_at_mark(s, at, ')'));
    bool bracket = number->begin == 1 && gr_at_mark(s, 0, '(') && gr_at_mark(s, at, ')');
    return list || bracket || (number->decimal && number->digits);
}

static bool unit_word(const gr_quantity_scan *q, const gr_number *number, int32_t *metres, uint32_t *end,
                      gr_measure *out) {
    const gr_time_scan *s = &q->time;
    uint32_t at = number->end + (gr_at_mark(s, number->end, '-') ? 1 : 0);
    const gr_lexeme *unit = at < s->count ? gr_measure_word(q->list, &s->atom[at]) : NULL;
    if (!unit || (unit->value < 0 && unit->of != GR_MEASURE_MONEY)) return false;
    if (unit->of == GR_MEASURE_OTHER && gr_atom_is(&s->atom[at], "square") && at + 1 >= s->count)
        return false;
    *out = (gr_measure)unit->of;
    if (*out == GR_MEASURE_DISTANCE) *metres = unit->value;
    *end = at + 1;
    return true;
}

gr_measure gr_measure_of(const gr_quantity_scan *q, const gr_number *number, int32_t *metres, uint32_t *end) {
    const gr_time_scan *s = &q->time;
    uint32_t i = number->begin;
    gr_measure measure;
    if (code_before(s, i)) return GR_MEASURE_NAME;
    const gr_lexeme *lead = i > 0 ? gr_measure_word(q->list, &s->atom[i - 1]) : NULL;
    if (currency_before(s, i) || (lead && lead->of == GR_MEASURE_MONEY && lead->value < 0))
        return GR_MEASURE_MONEY;
    if (is_age(s, number)) return GR_MEASURE_AGE;
    if (is_percent(s, number->end)) return GR_MEASURE_PERCENT;
    if (unit_word(q, number, metres, end, &measure)) return measure;
    if (is_duration(s, number)) return GR_MEASURE_DURATION;
    if (number->digits && glued_word(s, number->end)) return GR_MEASURE_NAME;
    if (name_before(q, number) || inside_name(q, number)) return GR_MEASURE_NAME;
    return is_other(s, number) ? GR_MEASURE_OTHER : GR_MEASURE_COUNT;
}
