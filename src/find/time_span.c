#include "find/time_reading.h"

/* Lengths: "for two hours", "a three-day curfew", "in just three months", "years of war". */

typedef struct length {
    int n; /* 0: vague */
    gr_time_unit unit;
    uint32_t begin, end;
} length;

static bool unit_at(const gr_time_scan *s, uint32_t i) {
    return gr_at(s, i, GR_TW_UNIT) || gr_at(s, i, GR_TW_UNITS);
}

/* The preposition that leads atom i, behind "just", "the" and "about". */
static gr_time_class led_by(const gr_time_scan *s, uint32_t i) {
    while (i > 0 && (gr_at(s, i - 1, GR_TW_JUST) || gr_at(s, i - 1, GR_TW_THE) ||
                     gr_atom_is(&s->atom[i - 1], "more") || gr_atom_is(&s->atom[i - 1], "than") ||
                     gr_atom_is(&s->atom[i - 1], "less") || gr_atom_is(&s->atom[i - 1], "least")))
        i--;
    return i > 0 ? (gr_time_class)s->atom[i - 1].time : GR_TW_NONE;
}

/* "15-year-old", "15 years old", "15 years of age", "aged 15 years": how old somebody is. */
static bool is_age(const gr_time_scan *s, const length *l) {
    uint32_t at = l->end + (gr_at_mark(s, l->end, '-') ? 1 : 0);
    if (gr_at(s, at, GR_TW_OLD) && s->atom[at].time_value == 1) return true;
    if (gr_at(s, at, GR_TW_OF) && at + 1 < s->count && gr_atom_is(&s->atom[at + 1], "age")) return true;
    return l->begin > 0 && gr_at(s, l->begin - 1, GR_TW_OLD);
}

/* The number of a length: "three", "half an", "a", "several"; *at moves behind it. */
static bool read_count(const gr_time_scan *s, uint32_t *at, int *n) {
    gr_number number;
    if (gr_number_read(s->atom, s->count, *at, &number)) {
        if (number.milli > 1000000000) return false;
        *n = number.decimal || number.vague ? 0 : (int)(number.milli / 1000);
        *at = number.end;
        return number.milli > 0 || number.vague;
    }
    uint32_t i = *at;
    *n = 1;
    bool half = s->atom[i].number == GR_NUM_HALF;
    if (half) i++, *n = 0;
    bool article = i < s->count && s->atom[i].number == GR_NUM_ARTICLE;
    if (article) i++;
    if (half && !article) return false;
    bool many =
        i < s->count && (s->atom[i].number == GR_NUM_FEW || (!article && s->atom[i].number == GR_NUM_VAGUE) ||
                         (!article && s->atom[i].number == GR_NUM_MANY));
    if (many) i++, *n = 0;
    if (many && gr_at(s, i, GR_TW_OF)) i++;
    if (!article && !many) return false;
    if (gr_at(s, i, GR_TW_OF)) i++; /* "a couple of" was read as a number */
    *at = i;
    return true;
}

static bool read_length(const gr_time_scan *s, uint32_t i, length *l) {
    uint32_t at = i;
    *l = (length){.begin = i};
    if (!read_count(s, &at, &l->n)) return false;
    if (gr_at(s, at, GR_TW_OF)) at++;
    if (gr_at_mark(s, at, '-')) at++;
    uint32_t other = at + 1;
    if (!unit_at(s, at) && at < s->count && s->atom[at].kind == GR_ATOM_WORD && gr_at_upos(s, at) == GR_ADJ &&
        gr_at(s, other, GR_TW_UNITS))
        at = other; /* "three consecutive days" */
    if (!unit_at(s, at)) return false;
    l->unit = (gr_time_unit)s->atom[at].time_value;
    if (gr_atom_is(&s->atom[at], "fortnight")) l->n *= 2;
    l->end = at + 1;
    return true;
}

/* "week-long", "years-long", "for days", "years of war". */
static bool bare_length(const gr_time_scan *s, uint32_t i, length *l) {
    if (!unit_at(s, i)) return false;
    *l = (length){.begin = i, .end = i + 1, .unit = (gr_time_unit)s->atom[i].time_value};
    if (gr_at_mark(s, i + 1, '-') && i + 2 < s->count && gr_atom_is(&s->atom[i + 2], "long")) {
        l->n = gr_at(s, i, GR_TW_UNIT) ? 1 : 0;
        l->end = i + 3;
        return true;
    }
    if (!gr_at(s, i, GR_TW_UNITS)) return false;
    gr_time_class lead = i > 0 ? (gr_time_class)s->atom[i - 1].time : GR_TW_NONE;
    return lead == GR_TW_FOR || lead == GR_TW_IN || (lead == GR_TW_BEFORE && gr_at(s, i + 1, GR_TW_OF)) ||
           (gr_at(s, i + 1, GR_TW_OF) && l->unit >= GR_UNIT_DAY && lead != GR_TW_THE);
}

/* A length with an article alone says little: "a day", "the hour" are no lengths without "for", "in", "of".
 */
static bool says_length(const gr_time_scan *s, const length *l) {
    if (s->atom[l->begin].number != GR_NUM_ARTICLE || s->atom[l->begin + 1].time != GR_TW_UNIT) return true;
    switch (led_by(s, l->begin)) {
    case GR_TW_FOR:
    case GR_TW_IN:
    case GR_TW_OVER:
    case GR_TW_JUST:
        return true;
    case GR_TW_BEFORE:
        return !gr_at_mark(s, l->end, '-');
    default:
        return gr_at(s, l->end, GR_TW_OF);
    }
}

static gr_time_kind kind_of(const gr_time_scan *s, const length *l) {
    switch (led_by(s, l->begin)) {
    case GR_TW_IN:
        return gr_ahead(s, l->begin) ? GR_TIME_FUTURE : GR_TIME_WINDOW;
    case GR_TW_OVER:
        return GR_TIME_WINDOW;
    case GR_TW_EVERY:
        return GR_TIME_REPEATED;
    default:
        return GR_TIME_AGE;
    }
}

bool gr_read_span(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    length l;
    if (!read_length(s, i, &l) && !bare_length(s, i, &l)) return false;
    if (is_age(s, &l) || !says_length(s, &l)) return false;
    uint32_t end = l.end;
    if (gr_at_mark(s, end, '-') && end + 1 < s->count && gr_atom_is(&s->atom[end + 1], "long")) end += 2;
    *out = (gr_reading){.begin = i, .end = end, .time = gr_time_none()};
    out->time.kind = kind_of(s, &l);
    out->time.unit = l.unit;
    out->time.length = l.n;
    return true;
}
