#include "find/time_reading.h"

/* Calendar dates: "3 October 2023", "Oct. 3", "2023-10-03", "1-7 May", "early March 2024", "the 1990s". */

#define YEAR_FIRST 1800
#define YEAR_LAST 2099

static gr_date date_of(gr_time_unit unit) {
    return (gr_date){.unit = unit, .edge = -1};
}

static bool finish(gr_reading *out, uint32_t begin, uint32_t end, const gr_date *date) {
    *out = (gr_reading){.begin = begin, .end = end, .dated = true, .date = *date};
    return true;
}

static bool day_value(const gr_time_scan *s, uint32_t i, int *day) {
    if (!gr_at_digits(s, i) || s->atom[i].digits > 2 || s->atom[i].value < 1 || s->atom[i].value > 31)
        return false;
    if (gr_at_mark(s, i + 1, '.') && gr_at_digits(s, i + 2) && s->atom[i + 2].glued) return false;
    *day = (int)s->atom[i].value;
    return true;
}

static bool ordinal_suffix(const gr_time_scan *s, uint32_t i) {
    return i < s->count && s->atom[i].glued &&
           (gr_atom_is(&s->atom[i], "st") || gr_atom_is(&s->atom[i], "nd") || gr_atom_is(&s->atom[i], "rd") ||
            gr_atom_is(&s->atom[i], "th") || gr_atom_is(&s->atom[i], "er"));
}

/* "3", "3rd", "third": a day of the month; *end behind it. */
static bool read_day(const gr_time_scan *s, uint32_t i, int *day, uint32_t *end) {
    *end = i + 1;
    if (day_value(s, i, day)) {
        if (ordinal_suffix(s, i + 1)) ++*end;
        return true;
    }
    if (i >= s->count || s->atom[i].number != GR_NUM_ORDINAL || !gr_at(s, i + 1, GR_TW_OF)) return false;
    *day = s->atom[i].number_value;
    return true;
}

/* A month's name where nothing speaks against it: "may" and "march" are other words too. */
static bool read_month(const gr_time_scan *s, uint32_t i, int *month, uint32_t *end) {
    if (!gr_at(s, i, GR_TW_MONTH)) return false;
    if (!s->atom[i].capital) return false;
    gr_upos upos = gr_at_upos(s, i);
    if (upos == GR_AUX || upos == GR_VERB || upos == GR_ADV) return false;
    *month = s->atom[i].time_value;
    *end = i + 1;
    bool dot = gr_at_mark(s, *end, '.') && s->atom[*end].glued;
    if (dot && (s->atom[*end].tok == s->atom[i].tok || gr_at_digits(s, *end + 1))) ++*end;
    return true;
}

static bool year_follows_number_noun(const gr_time_scan *s, uint32_t i) {
    bool round = s->atom[i].value % 100 == 0;
    uint32_t next = i + 1;
    if (next >= s->count || s->atom[next].kind != GR_ATOM_WORD) return false;
    gr_upos upos = gr_at_upos(s, next);
    if (upos != GR_NOUN && upos != GR_ADJ) return false;
    bool plural = s->word && (s->word[s->atom[next].tok].feats & GR_PLUR);
    bool determined = i > 0 && (gr_at(s, i - 1, GR_TW_THE) || gr_at_upos(s, i - 1) == GR_PRON ||
                                gr_at_mark(s, i - 1, '\''));
    return round ? plural || upos == GR_ADJ : plural && !determined;
}

/* "in", "of", "since" ... before a year, or what may stand there without one. */
static bool year_is_led(const gr_time_scan *s, uint32_t i) {
    if (i == 0) return true;
    switch (s->atom[i - 1].time) {
    case GR_TW_IN:
    case GR_TW_OF:
    case GR_TW_SINCE:
    case GR_TW_BETWEEN:
    case GR_TW_FROM:
    case GR_TW_UNTIL:
    case GR_TW_OVER:
    case GR_TW_CASE:
    case GR_TW_BEFORE:
    case GR_TW_EDGE:
    case GR_TW_FISCAL:
        return true;
    default:
        return false;
    }
}

bool gr_read_year(const gr_time_scan *s, uint32_t i, int *year, uint32_t *end) {
    if (!gr_at_digits(s, i) || s->atom[i].digits != 4) return false;
    if (s->atom[i].value < YEAR_FIRST || s->atom[i].value > YEAR_LAST) return false;
    uint32_t next = i + 1;
    bool glued_before = s->atom[i].glued && i > 0 && s->atom[i - 1].kind != GR_ATOM_MARK;
    bool glued_after = next < s->count && s->atom[next].glued && s->atom[next].kind == GR_ATOM_WORD;
    bool fraction = next + 1 < s->count && (gr_at_mark(s, next, '.') || gr_at_mark(s, next, ',')) &&
                    gr_at_digits(s, next + 1) && s->atom[next + 1].glued;
    if (glued_before || glued_after || fraction || gr_at_mark(s, next, '%')) return false;
    if (next < s->count && (s->atom[next].number == GR_NUM_SCALE || s->atom[next].time == GR_TW_UNITS))
        return false;
    *year = (int)s->atom[i].value;
    *end = next;
    return true;
}

/* A year that stands on its own. */
static bool lone_year(const gr_time_scan *s, uint32_t i, int *year, uint32_t *end) {
    if (!gr_read_year(s, i, year, end) || year_follows_number_noun(s, i)) return false;
    if (year_is_led(s, i)) return true;
    const gr_atom *before = &s->atom[i - 1];
    if (before->kind == GR_ATOM_MARK)
        return before->mark == '(' || before->mark == ',' || before->mark == '[' || before->mark == '-' ||
               before->mark == '/';
    gr_upos upos = gr_at_upos(s, i - 1);
    if (before->time == GR_TW_THE || before->time == GR_TW_AND)
        return *end < s->count && s->atom[*end].kind == GR_ATOM_WORD;
    bool code = before->kind == GR_ATOM_DIGITS || (upos == GR_PROPN && before->capital) || upos == GR_NOUN;
    bool verb = upos == GR_VERB || upos == GR_AUX;
    return !code && !verb && s->word && s->word[s->atom[i].tok].rel != GR_NUMMOD;
}

/* A year behind a day or month: ", 2023", "of 2023", "2023", "'90", and in capitals "90". */
static void add_year(const gr_time_scan *s, gr_date *date, uint32_t *end) {
    uint32_t at = *end, after;
    if (gr_at_mark(s, at, ',') || gr_at(s, at, GR_TW_OF) || gr_at_mark(s, at, '-')) at++;
    if (gr_read_year(s, at, &date->year, &after)) {
        *end = after;
        return;
    }
    bool apostrophe = gr_at_mark(s, *end, '\'');
    at = *end + (apostrophe || gr_at_mark(s, *end, '-') ? 1 : 0);
    bool short_year = gr_at_digits(s, at) && s->atom[at].digits == 2 && !gr_at_mark(s, at + 1, ':');
    if (!short_year) return;
    bool allowed = apostrophe || (at > *end && s->atom[at].glued && date->day) ||
                   (s->sentence->all_capitals && (date->day || s->atom[at].value > 31) &&
                    gr_at_upos(s, at + 1) != GR_NOUN);
    if (!allowed) return;
    int value = (int)s->atom[at].value;
    date->year = value < 50 ? 2000 + value : 1900 + value; /* POSIX cuts at 69; reports reach further ahead */
    *end = at + 1;
}

/* "February and March 2022": the year said once stands for both. */
static void borrow_year(const gr_time_scan *s, gr_date *date, uint32_t end) {
    bool linked = gr_at(s, end, GR_TW_AND) || gr_at(s, end, GR_TW_UNTIL) || gr_at_mark(s, end, '-');
    gr_reading next;
    if (date->year || !linked || end + 1 >= s->count) return;
    if (!gr_at_digits(s, end + 1) && !gr_at(s, end + 1, GR_TW_MONTH)) return;
    if (!gr_read_date(s, end + 1, &next) || next.date.unit != date->unit || !next.date.month ||
        !next.date.year)
        return;
    date->year = next.date.year - (date->month > next.date.month);
}

/* Between two days of one month. */
static bool day_link(const gr_time_scan *s, uint32_t i) {
    return gr_at_mark(s, i, '-') || gr_at_mark(s, i, '/') || gr_at_mark(s, i, '&') ||
           gr_at(s, i, GR_TW_UNTIL) || gr_at(s, i, GR_TW_AND);
}

/* "3 October", "the 3rd of October", "1-7 May", "2 and 3 October", "3-Oct-2023". */
static bool day_month(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    gr_date date = date_of(GR_UNIT_DAY);
    uint32_t end;
    if (!read_day(s, i, &date.day, &end)) return false;
    uint32_t last = end + 1 + (gr_at(s, end + 1, GR_TW_THE) ? 1 : 0); /* "du 3 au 4 octobre" */
    if (day_link(s, end) && read_day(s, last, &date.last_day, &last)) {
        end = last;
        if (gr_at_mark(s, end, '-')) return false;
    } else if (gr_at_mark(s, end, '-') && !s->atom[end].glued) {
        return false;
    }
    if (gr_at_mark(s, end, '-') || gr_at(s, end, GR_TW_OF)) end++;
    if (!read_month(s, end, &date.month, &end)) return false;
    add_year(s, &date, &end);
    borrow_year(s, &date, end);
    return finish(out, i, end, &date);
}

/* A number right behind a month counts things when a noun hangs on it: "in March 12 people died". */
static bool counts_noun(const gr_time_scan *s, uint32_t month, uint32_t day) {
    if (month == 0 || !gr_at(s, month - 1, GR_TW_IN) || !s->word) return false;
    uint32_t head = s->word[s->atom[day].tok].head;
    return s->word[s->atom[day].tok].rel == GR_NUMMOD && head != GR_NONE && head > s->atom[day].tok &&
           s->word[head].upos == GR_NOUN;
}

/* "October 3", "Oct. 3rd, 2023", "October 3-5", "JAN 90", "March 2024", "March of 2024", "March". */
static bool month_day(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    gr_date date = date_of(GR_UNIT_MONTH);
    uint32_t end, after;
    int day;
    if (!read_month(s, i, &date.month, &end)) return false;
    uint32_t at = end + (gr_at_mark(s, end, '-') && s->atom[end].glued ? 1 : 0);
    if (gr_at(s, at, GR_TW_THE)) at++;
    if (day_value(s, at, &day) && !(gr_at_mark(s, at + 1, ':') && gr_at_digits(s, at + 2)) &&
        !counts_noun(s, i, at) && read_day(s, at, &date.day, &after)) {
        date.unit = GR_UNIT_DAY;
        end = after;
        uint32_t next = end + 1;
        if (day_link(s, end) && day_value(s, next, &day) && !gr_at(s, next + 1, GR_TW_MONTH) &&
            (gr_at_mark(s, end, '-') || gr_at_upos(s, next + 1) != GR_NOUN))
            read_day(s, next, &date.last_day, &end);
    }
    add_year(s, &date, &end);
    borrow_year(s, &date, end);
    return finish(out, i, end, &date);
}

/* "2023-10-03", "03/10/2023", "03.10.2023", "10/3/23". */
static bool numeric(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    static const char separators[] = "-/.";
    if (i + 4 >= s->count || !gr_at_digits(s, i) || !gr_at_digits(s, i + 2) || !gr_at_digits(s, i + 4))
        return false;
    char mark = s->atom[i + 1].kind == GR_ATOM_MARK ? s->atom[i + 1].mark : 0;
    if (!mark || !strchr(separators, mark) || s->atom[i + 3].mark != mark) return false;
    for (uint32_t k = i + 1; k < i + 5; k++)
        if (!s->atom[k].glued) return false;
    if (i + 5 < s->count && s->atom[i + 5].glued && gr_at_mark(s, i + 5, mark) && gr_at_digits(s, i + 6))
        return false;
    const gr_atom *a = &s->atom[i], *b = &s->atom[i + 2], *c = &s->atom[i + 4];
    gr_date date = date_of(GR_UNIT_DAY);
    if (b->digits > 2 || b->value < 1) return false;
    if (a->digits == 4 && c->digits <= 2) {
        date.year = (int)a->value, date.month = (int)b->value, date.day = (int)c->value;
    } else if (a->digits <= 2 && (c->digits == 4 || (c->digits == 2 && mark == '/'))) {
        date.year = (int)c->value;
        if (c->digits == 2) date.year += date.year < 50 ? 2000 : 1900;
        date.day = (int)a->value, date.month = (int)b->value;
        if (date.month > 12) date.day = (int)b->value, date.month = (int)a->value;
        date.either = date.day <= 12 && date.month <= 12 && date.day != date.month;
    }
    if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31) return false;
    if (date.year < YEAR_FIRST || date.year > YEAR_LAST) return false;
    return finish(out, i, i + 5, &date);
}

/* "the 1990s", "1990's", "the '90s". */
static bool decade(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    gr_date date = date_of(GR_UNIT_DECADE);
    if (!gr_at_digits(s, i) || s->atom[i].value % 10 != 0) return false;
    uint32_t letter = i + 1 + (gr_at_mark(s, i + 1, '\'') ? 1 : 0);
    if (letter >= s->count || !s->atom[letter].glued || !gr_atom_is(&s->atom[letter], "s")) return false;
    if (s->atom[i].digits == 4 && s->atom[i].value >= YEAR_FIRST && s->atom[i].value <= YEAR_LAST)
        date.year = (int)s->atom[i].value;
    else if (s->atom[i].digits == 2 && i > 0 && (gr_at(s, i - 1, GR_TW_THE) || gr_at_mark(s, i - 1, '\'')))
        date.year = (int)s->atom[i].value + (s->atom[i].value < 30 ? 2000 : 1900);
    else
        return false;
    return finish(out, i, letter + 1, &date);
}

/* "2015", "2012-2014", "2012-13". */
static bool years(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    gr_date date = date_of(GR_UNIT_YEAR);
    uint32_t end, after;
    if (!lone_year(s, i, &date.year, &end)) return false;
    int last;
    if (gr_at_mark(s, end, '-') || gr_at_mark(s, end, '/')) {
        if (gr_read_year(s, end + 1, &last, &after) && last > date.year) {
            date.last_year = last, end = after;
        } else if (gr_at_digits(s, end + 1) && s->atom[end + 1].glued && s->atom[end + 1].digits == 2 &&
                   s->atom[end + 1].value == (date.year + 1) % 100) {
            date.last_year = date.year + 1, end += 2;
        } else if (s->atom[end].glued && end + 1 < s->count && s->atom[end + 1].glued) {
            return false; /* a code, such as a press release's number */
        }
    }
    return finish(out, i, end, &date);
}

/* What stands behind "of" or the edge word: a month or year. */
static bool month_or_year(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    return month_day(s, i, out) || decade(s, i, out) || years(s, i, out);
}

/* "early March", "mid-2015", "the end of March 2024", "late in 2014". */
static bool edged(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    if (!gr_at(s, i, GR_TW_EDGE)) return false;
    int edge = s->atom[i].time_value;
    uint32_t at = i + 1;
    bool of = gr_at(s, at, GR_TW_OF);
    if (of || gr_at_mark(s, at, '-') || (edge < 3 && gr_at(s, at, GR_TW_IN))) at++;
    if (gr_at(s, at, GR_TW_THE)) at++;
    if ((edge >= 3 && !of) || !month_or_year(s, at, out)) return false;
    out->begin = i;
    if (out->date.unit != GR_UNIT_DAY) out->date.edge = edge;
    return true;
}

/* "the first quarter of 2023", "Q1 2023", "the second half of May", "fourth-quarter". */
static bool quarter(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    gr_date date = date_of(GR_UNIT_QUARTER);
    uint32_t at = i + 1, end;
    if (i + 1 < s->count && gr_atom_is(&s->atom[i], "q") && gr_at_digits(s, at) && s->atom[at].glued) {
        date.part = (int)s->atom[at++].value;
    } else if (gr_at(s, i, GR_TW_FIRST)) {
        date.part = s->atom[i].time_value;
        if (gr_at_mark(s, at, '-')) at++;
        if (gr_at(s, at, GR_TW_HALF)) date.unit = GR_UNIT_HALF;
        if (!gr_at(s, at, GR_TW_HALF) && !gr_at(s, at, GR_TW_QUARTER)) return false;
        at++;
    }
    if (date.part < 1 || date.part > (date.unit == GR_UNIT_HALF ? 2 : 4)) return false;
    end = at;
    if (gr_at(s, at, GR_TW_OF)) at++;
    gr_reading whole;
    if (gr_read_year(s, at, &date.year, &end)) return finish(out, i, end, &date);
    if (date.unit == GR_UNIT_HALF && at > end && month_day(s, at, &whole) &&
        whole.date.unit == GR_UNIT_MONTH) {
        date.month = whole.date.month, date.year = whole.date.year;
        return finish(out, i, whole.end, &date);
    }
    return date.unit == GR_UNIT_QUARTER && at == end && finish(out, i, end, &date);
}

/* "summer 2019", "the winter of 2014". Months of the northern half of the world, where such reports use it.
 */
static bool season(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    gr_date date = date_of(GR_UNIT_SEASON);
    if (!gr_at(s, i, GR_TW_SEASON)) return false;
    uint32_t at = i + 1 + (gr_at(s, i + 1, GR_TW_OF) ? 1 : 0), end;
    if (!gr_read_year(s, at, &date.year, &end)) return false;
    date.month = s->atom[i].time_value;
    return finish(out, i, end, &date);
}

/* A month's name alone is trusted behind a preposition or before a noun it describes; the names that are
 * other words or people's names too ("May Jones", "March of the Mothers") nowhere else. */
static bool lone_month(const gr_time_scan *s, const gr_reading *month) {
    if (month->date.unit != GR_UNIT_MONTH || month->date.year) return true;
    uint32_t i = month->begin;
    const gr_word *word = s->word ? &s->word[s->atom[i].tok] : NULL;
    if (word && word->name == GR_NAME_PERSON) return false;
    switch (i ? s->atom[i - 1].time : GR_TW_NONE) {
    case GR_TW_IN:
    case GR_TW_OF:
    case GR_TW_SINCE:
    case GR_TW_BETWEEN:
    case GR_TW_FROM:
    case GR_TW_UNTIL:
    case GR_TW_OVER:
    case GR_TW_CASE:
    case GR_TW_BEFORE:
    case GR_TW_EDGE:
    case GR_TW_LAST:
    case GR_TW_NEXT:
    case GR_TW_THIS:
    case GR_TW_EVERY:
    case GR_TW_AND:
        return true;
    default:
        break;
    }
    uint32_t next = month->end;
    bool noun = gr_at_upos(s, next) == GR_NOUN || gr_at_mark(s, next, '\'');
    return i > 0 && gr_at(s, i - 1, GR_TW_THE) && noun;
}

bool gr_read_date(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    switch (s->atom[i].kind) {
    case GR_ATOM_DIGITS:
        return numeric(s, i, out) || day_month(s, i, out) || decade(s, i, out) || years(s, i, out);
    case GR_ATOM_MARK:
        return false;
    default:
        break;
    }
    if (month_day(s, i, out)) return lone_month(s, out);
    return edged(s, i, out) || quarter(s, i, out) || season(s, i, out) ||
           (s->atom[i].number == GR_NUM_ORDINAL && day_month(s, i, out));
}
