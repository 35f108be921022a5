#include "find/time_reading.h"

/* Times of day: "5 a.m.", "5:30 pm", "14:00 GMT", "1400 hours", "14h30", "noon", "2 o'clock". */

static bool finish(const gr_time_scan *s, gr_reading *out, uint32_t begin, uint32_t end, int minutes) {
    while (gr_at(s, end, GR_TW_ZONE)) end += gr_atom_is(&s->atom[end], "local") ? 2 : 1; /* "local time" */
    if (end > s->count) end = s->count;
    if (minutes > 24 * 60) return false;
    *out = (gr_reading){.begin = begin, .end = end, .time = gr_time_none()};
    out->time.clock_min = (int16_t)minutes;
    return true;
}

static bool is_zone(const gr_time_scan *s, uint32_t i) {
    return gr_at(s, i, GR_TW_ZONE) &&
           (!gr_atom_is(&s->atom[i], "local") || (i + 1 < s->count && gr_atom_is(&s->atom[i + 1], "time")));
}

/* "a.m." may end in a mark of its own. */
static uint32_t behind_ampm(const gr_time_scan *s, uint32_t i) {
    bool dotted = gr_at_mark(s, i + 1, '.') && s->atom[i + 1].glued && s->atom[i + 1].tok == s->atom[i].tok;
    return i + 1 + (dotted ? 1 : 0);
}

static bool hours_word(const gr_time_scan *s, uint32_t i) {
    return gr_at(s, i, GR_TW_UNITS) && s->atom[i].time_value == GR_UNIT_HOUR;
}

static bool with_minutes(const gr_time_scan *s, uint32_t i, int *minutes, uint32_t *end) {
    bool colon = gr_at_mark(s, i + 1, ':') || gr_at_mark(s, i + 1, '.');
    bool letter = i + 1 < s->count && s->atom[i + 1].glued && gr_atom_is(&s->atom[i + 1], "h");
    if ((!colon && !letter) || !gr_at_digits(s, i + 2) || !s->atom[i + 1].glued || !s->atom[i + 2].glued)
        return false;
    if (s->atom[i + 2].digits != 2 || s->atom[i + 2].value > 59) return false;
    *minutes = (int)s->atom[i].value * 60 + (int)s->atom[i + 2].value;
    *end = i + 3;
    return true;
}

static bool four_digits(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    bool zulu = i + 1 < s->count && s->atom[i + 1].glued && gr_atom_is(&s->atom[i + 1], "z");
    if (s->atom[i].digits != 4 || !(is_zone(s, i + 1) || hours_word(s, i + 1) || zulu)) return false;
    int value = (int)s->atom[i].value;
    if (value % 100 > 59) return false;
    uint32_t end = i + 1 + (hours_word(s, i + 1) || zulu ? 1 : 0);
    return finish(s, out, i, end, value / 100 * 60 + value % 100);
}

bool gr_read_clock(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    if (gr_at(s, i, GR_TW_HOUR)) return finish(s, out, i, i + 1, s->atom[i].time_value);
    bool spelt = s->atom[i].number == GR_NUM_UNIT && s->atom[i].number_value <= 12;
    if (!gr_at_digits(s, i) && !spelt) return false;
    if (gr_at_digits(s, i) && four_digits(s, i, out)) return true;
    int64_t hour = spelt ? s->atom[i].number_value : s->atom[i].value;
    if (hour > 24 || (!spelt && s->atom[i].digits > 2)) return false;
    int minutes = (int)hour * 60;
    uint32_t end = i + 1;
    bool exact = !spelt && with_minutes(s, i, &minutes, &end);
    if (gr_at(s, end, GR_TW_AMPM) && hour >= 1 && hour <= 12)
        return finish(s, out, i, behind_ampm(s, end), minutes % 720 + s->atom[end].time_value);
    if (end < s->count && gr_atom_is(&s->atom[end], "o'clock")) return finish(s, out, i, end + 1, minutes);
    bool colon = exact && gr_at_mark(s, i + 1, ':');
    bool led = i > 0 && (gr_at(s, i - 1, GR_TW_AT) || gr_at(s, i - 1, GR_TW_JUST));
    if (exact && (is_zone(s, end) || hours_word(s, end)))
        return finish(s, out, i, end + (hours_word(s, end) ? 1 : 0), minutes);
    if (colon || (exact && led && !gr_at_mark(s, i + 1, '.'))) return finish(s, out, i, end, minutes);
    return false;
}
