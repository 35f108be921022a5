#include "find/time_reading.h"

/* What hangs on the day of speaking: weekdays, "yesterday", "last week", "two weeks ago", "recently". */

#define FEW_LEAST 2 /* "a few days ago" is read as two to seven of them, "several" alike */
#define FEW_MOST 7

static bool finish(gr_reading *out, uint32_t begin, uint32_t end, gr_time time) {
    *out = (gr_reading){.begin = begin, .end = end, .time = time};
    return true;
}

static gr_time day_from_publication(const gr_time_scan *s, int32_t shift) {
    gr_time time = gr_unit_point(s, GR_UNIT_DAY, shift);
    time.unit = GR_UNIT_DAY;
    return time;
}

static gr_time unsettled(gr_time_kind kind, gr_time_unit unit) {
    gr_time time = gr_time_none();
    time.kind = kind;
    time.unit = unit;
    return time;
}

/* "a week later", "the following day": counted from the day that was told last; without one it stays open. */
static gr_time from_story(const gr_time_scan *s, gr_time time, gr_time_unit unit, int n) {
    if (s->context == GR_NO_DAY || unit < GR_UNIT_HOUR || unit > GR_UNIT_WEEK || unit == GR_UNIT_WEEKEND)
        return time;
    time.earliest = time.latest = unit == GR_UNIT_HOUR ? s->context : gr_day_before(s->context, unit, -n);
    if (s->published != GR_NO_DAY && time.latest > s->published) {
        time.earliest = time.latest = GR_NO_DAY;
        return time;
    }
    time.precision = GR_PRECISION_DAY;
    time.basis = GR_BASIS_CONTEXT;
    return time;
}

static gr_time part_of(gr_time time, int32_t part) {
    time.part = (gr_time_part)part;
    return time;
}

/* A name such as "Black Friday": an adjective with a capital inside the sentence. */
static bool weekday_in_name(const gr_time_scan *s, uint32_t i) {
    if (i < 2 || s->sentence->all_capitals || !s->atom[i - 1].capital) return false;
    return s->atom[i - 1].time == GR_TW_NONE && gr_at_upos(s, i - 1) == GR_ADJ;
}

static bool is_weekday(const gr_time_scan *s, uint32_t i) {
    if (!gr_at(s, i, GR_TW_WEEKDAY) || !s->atom[i].capital || weekday_in_name(s, i)) return false;
    gr_upos upos = gr_at_upos(s, i);
    if (upos == GR_VERB || upos == GR_AUX) return false;
    if (s->atom[i].form.len > 5 || gr_ends(s->atom[i].form, GR_S("di"))) return true;
    uint32_t next = i + 1 + (gr_at_mark(s, i + 1, '.') ? 1 : 0); /* "Sun", "Sat.": only in front of a date */
    next += gr_at_mark(s, next, ',') ? 1 : 0;
    return gr_at_digits(s, next) || gr_at(s, next, GR_TW_MONTH);
}

/* The nearest such weekday: on or before publication; with `shift` -1 before it, with +1 after it. */
static gr_time settle_weekday(const gr_time_scan *s, int32_t weekday, int shift) {
    gr_time time = unsettled(shift > 0 ? GR_TIME_FUTURE : GR_TIME_POINT, GR_UNIT_DAY);
    if (s->published == GR_NO_DAY) return time;
    int32_t monday, sunday;
    gr_unit_around(s->published, GR_UNIT_WEEK, 0, &monday, &sunday);
    int32_t day = monday + weekday;
    if (shift > 0 ? day <= s->published : false) day += 7;
    if (shift == 0 && day > s->published) day -= 7;
    if (shift < 0 && day >= s->published) day -= 7;
    time.earliest = time.latest = day;
    time.precision = GR_PRECISION_DAY;
    return time;
}

/* A date may follow the weekday and settles it: "Monday, October 2, 2023". */
static bool weekday_date(const gr_time_scan *s, uint32_t begin, uint32_t at, gr_reading *out) {
    if (gr_at_mark(s, at, ',')) at++;
    if (gr_at(s, at, GR_TW_THE)) at++;
    if (at >= s->count || !gr_read_date(s, at, out) || out->date.unit != GR_UNIT_DAY) return false;
    out->begin = begin;
    return true;
}

static bool weekday(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    uint32_t at = i;
    int shift = 0;
    if (gr_at(s, at, GR_TW_LAST) && s->atom[at].time_value <= 1)
        shift = -1, at++;
    else if (gr_at(s, at, GR_TW_NEXT))
        shift = 1, at++;
    else if (gr_at(s, at, GR_TW_THIS) || gr_at(s, at, GR_TW_EDGE))
        at++;
    if (gr_at(s, at, GR_TW_LAST) && gr_at(s, at - 1, GR_TW_THIS)) at++;
    if (!is_weekday(s, at)) return false;
    uint32_t end =
        at + 1 + (gr_at_mark(s, at + 1, '.') && s->atom[at + 1].glued && s->atom[at].form.len <= 5 ? 1 : 0);
    if (weekday_date(s, i, end, out)) return true;
    bool last = gr_at(s, end, GR_TW_LAST) && s->atom[end].time_value == 0 && !gr_at(s, end + 1, GR_TW_UNIT);
    bool next = gr_at(s, end, GR_TW_NEXT) && s->atom[end].time_value == 0;
    if (shift == 0 && (last || next)) shift = last ? -1 : 1, end++; /* "lundi dernier" */
    if (shift == 0 && gr_ahead(s, at)) shift = 1;
    gr_time time = settle_weekday(s, s->atom[at].time_value, shift);
    if (gr_at(s, end, GR_TW_PART)) time.part = (gr_time_part)s->atom[end++].time_value;
    if (gr_at(s, end, GR_TW_LAST) && gr_at(s, end + 1, GR_TW_UNIT) && s->atom[end].time_value == 0 &&
        s->atom[end + 1].time_value == GR_UNIT_WEEK) { /* "Monday last week" */
        if (time.earliest != GR_NO_DAY) {
            int32_t sunday;
            gr_unit_around(s->published, GR_UNIT_WEEK, -1, &time.earliest, &sunday);
            time.latest = time.earliest += s->atom[at].time_value;
        }
        end += 2;
    }
    return finish(out, i, end, time);
}

/* "today", "yesterday morning", "earlier today", "day before yesterday", "tonight", "overnight". */
static bool deictic_day(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    uint32_t at = i;
    int32_t shift = 0;
    if (gr_at(s, at, GR_TW_UNIT) && s->atom[at].time_value == GR_UNIT_DAY && gr_at(s, at + 1, GR_TW_BEFORE)) {
        shift = s->atom[at + 1].time_value;
        at += 2;
        if (!gr_at(s, at, GR_TW_DAY) || s->atom[at].time_value != shift) return false;
    } else if ((gr_at(s, at, GR_TW_BEFORE) || gr_at(s, at, GR_TW_EDGE)) &&
               (gr_at(s, at + 1, GR_TW_DAY) || gr_at(s, at + 1, GR_TW_NIGHT))) {
        at++;
    }
    if (gr_at(s, at, GR_TW_NIGHT)) {
        gr_time time = part_of(day_from_publication(s, s->atom[at].time_value), GR_PART_NIGHT);
        if (s->atom[at].time_value == 0) time.kind = GR_TIME_POINT;
        if (s->atom[at].time_value < 0 && time.earliest != GR_NO_DAY)
            time.latest = s->published, time.precision = GR_PRECISION_RANGE;
        return finish(out, i, at + 1, time);
    }
    if (!gr_at(s, at, GR_TW_DAY)) return false;
    gr_time time = day_from_publication(s, s->atom[at].time_value + shift);
    uint32_t end = at + 1;
    if (gr_at(s, end, GR_TW_PART)) time.part = (gr_time_part)s->atom[end++].time_value;
    return finish(out, i, end, time);
}

/* Which way a word points: last -1, this 0, next 1. */
static bool direction(const gr_time_scan *s, uint32_t i, int *shift) {
    if (gr_at(s, i, GR_TW_LAST))
        *shift = -1;
    else if (gr_at(s, i, GR_TW_THIS))
        *shift = 0;
    else if (gr_at(s, i, GR_TW_NEXT))
        *shift = 1;
    else
        return false;
    return true;
}

/* "this morning", "last night", "this evening". */
static bool part_of_day(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    int shift;
    if (!direction(s, i, &shift) || !gr_at(s, i + 1, GR_TW_PART)) return false;
    bool relative =
        s->atom[i].time_value == 0; /* "the previous evening" hangs on the story, not on the day */
    gr_time time = relative ? day_from_publication(s, shift) : unsettled(GR_TIME_POINT, GR_UNIT_DAY);
    return finish(out, i, i + 2, part_of(time, s->atom[i + 1].time_value));
}

static bool the_before(const gr_time_scan *s, uint32_t i) {
    return i > 0 && (gr_at(s, i - 1, GR_TW_THE) || gr_at(s, i - 1, GR_TW_THIS));
}

/* A window of n units that ends (or, with `ahead`, starts) at publication: "the past three months". */
static gr_time window_to_now(const gr_time_scan *s, gr_time_unit unit, int n, int most, bool ahead) {
    gr_time time = unsettled(ahead ? GR_TIME_FUTURE : GR_TIME_WINDOW, unit);
    time.length = n == most ? n : 0;
    time.ago = !ahead;
    if (s->published == GR_NO_DAY) return time;
    time.earliest = ahead ? s->published : gr_day_before(s->published, unit, most);
    time.latest = ahead ? gr_day_before(s->published, unit, -most) : s->published;
    time.precision = GR_PRECISION_RANGE;
    return time;
}

/* "over the weekend": the last one that began by the day of publication. */
static bool bare_weekend(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    if (!gr_at(s, i, GR_TW_UNIT) || s->atom[i].time_value != GR_UNIT_WEEKEND || i < 2) return false;
    if (!gr_at(s, i - 1, GR_TW_THE) || gr_at_upos(s, i - 2) != GR_ADP) return false;
    gr_time time = gr_unit_point(s, GR_UNIT_WEEKEND, 0);
    if (time.earliest != GR_NO_DAY && time.earliest > s->published)
        time = gr_unit_point(s, GR_UNIT_WEEKEND, -1);
    return finish(out, i, i + 1, time);
}

/* "last week", "this month", "next year", "the past year", "the previous day", "earlier this year". */
static bool unit_point(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    int shift;
    uint32_t at = i;
    if (gr_at(s, at, GR_TW_THIS) && gr_at(s, at + 1, GR_TW_LAST) && s->atom[at + 1].time_value == 1) at++;
    if (!direction(s, at, &shift)) return false;
    uint32_t noun = at + 1 + (gr_at(s, at + 1, GR_TW_FISCAL) ? 1 : 0);
    if (!gr_at(s, noun, GR_TW_UNIT) && !gr_at(s, noun, GR_TW_QUARTER)) return false;
    gr_time_unit unit =
        gr_at(s, noun, GR_TW_QUARTER) ? GR_UNIT_QUARTER : (gr_time_unit)s->atom[noun].time_value;
    bool hangs_on_story = (shift != 0 && s->atom[at].time_value == 1) || (shift > 0 && the_before(s, at));
    bool calendar =
        shift < 0 && s->atom[at].time_value == 0 && (unit == GR_UNIT_QUARTER || unit == GR_UNIT_WEEKEND);
    bool over = !calendar && shift < 0 && (the_before(s, at) || at > i || s->atom[at].time_value == 1) &&
                !gr_atom_is(&s->atom[at], "previous") && !gr_atom_is(&s->atom[at], "preceding");
    if (unit < GR_UNIT_DAY) return false;
    bool upcoming = shift > 0 && s->atom[at].time_value == 1 && !gr_atom_is(&s->atom[at], "following");
    if (over || upcoming) return finish(out, i, noun + 1, window_to_now(s, unit, 1, 1, upcoming));
    if (hangs_on_story) {
        gr_time time = unsettled(GR_TIME_POINT, unit);
        if (unit == GR_UNIT_DAY) time = from_story(s, time, unit, shift);
        return finish(out, i, noun + 1, time);
    }
    if (unit == GR_UNIT_DAY)
        return shift == 0 ? finish(out, i, noun + 1, unsettled(GR_TIME_POINT, unit)) : false;
    return finish(out, i, noun + 1, gr_unit_point(s, unit, shift));
}

/* "la semaine dernière", "le mois prochain" */
static bool unit_then_direction(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    if (!gr_at(s, i, GR_TW_UNIT) || s->atom[i].time_value < GR_UNIT_WEEKEND) return false;
    bool last = gr_at(s, i + 1, GR_TW_LAST), next = gr_at(s, i + 1, GR_TW_NEXT);
    if ((!last && !next) || s->atom[i + 1].time_value != 0) return false;
    gr_time time = gr_unit_point(s, (gr_time_unit)s->atom[i].time_value, last ? -1 : 1);
    if (next) time.kind = GR_TIME_FUTURE;
    return finish(out, i, i + 2, time);
}

/* "avant-hier" */
static bool day_before_yesterday(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    if (!gr_at_mark(s, i + 1, '-') || !gr_at(s, i + 2, GR_TW_DAY) || s->atom[i + 2].time_value != -1)
        return false;
    return finish(out, i, i + 3, day_from_publication(s, -2));
}

/* "last March", "next October", "last summer". */
static bool named_month(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    int shift;
    if (!direction(s, i, &shift) || !(gr_at(s, i + 1, GR_TW_MONTH) || gr_at(s, i + 1, GR_TW_SEASON)))
        return false;
    if (gr_at(s, i + 1, GR_TW_MONTH)) {
        if (!gr_read_date(s, i + 1, out) || out->date.unit != GR_UNIT_MONTH) return false;
        out->begin = i;
        if (out->date.year) return true;
    } else {
        *out = (gr_reading){.begin = i, .end = i + 2};
        out->date = (gr_date){.month = s->atom[i + 1].time_value, .unit = GR_UNIT_SEASON, .edge = -1};
    }
    gr_settle_date(s, &out->date, i, &out->time);
    out->dated = false;
    if (out->time.earliest == GR_NO_DAY || s->published == GR_NO_DAY) {
        out->time.earliest = out->time.latest = GR_NO_DAY;
        out->time.precision = GR_PRECISION_UNKNOWN;
        return true;
    }
    int year, month, day;
    gr_civil_of(out->time.earliest, &year, &month, &day);
    gr_civil_of(s->published, &out->date.year, &month, &day);
    out->date.year = year;
    if (shift < 0 && out->time.latest >= s->published) out->date.year--;
    if (shift > 0 && out->time.earliest <= s->published) out->date.year++;
    gr_settle_date(s, &out->date, i, &out->time);
    out->time.basis = GR_BASIS_PUBLICATION;
    if (shift > 0) out->time.kind = GR_TIME_FUTURE;
    return true;
}

/* "earlier this year", "later this month", "so far this year", "early this week", "late last month". */
static bool shifted_unit(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    bool so_far = gr_at(s, i, GR_TW_SO) && i + 1 < s->count && gr_atom_is(&s->atom[i + 1], "far");
    bool before = gr_at(s, i, GR_TW_BEFORE), edge = gr_at(s, i, GR_TW_EDGE);
    int edge_value = s->atom[i].time_value;
    uint32_t at = i + (so_far ? 2 : 1);
    if (edge && gr_at(s, at, GR_TW_OF)) at++;
    if (edge && gr_at(s, at, GR_TW_THE)) at++;
    if (!so_far && !before && !edge) return false;
    bool bare = edge && gr_at(s, at, GR_TW_UNIT) && gr_at(s, at - 1, GR_TW_THE); /* "the end of the year" */
    if (bare) {
        if (s->atom[at].time_value < GR_UNIT_MONTH) return false;
        *out = (gr_reading){
            .begin = i, .end = at + 1, .time = gr_unit_point(s, (gr_time_unit)s->atom[at].time_value, 0)};
    } else if (!unit_point(s, at, out) || (out->time.ago && !edge)) {
        return false;
    }
    out->begin = i;
    gr_time *time = &out->time;
    if (so_far) time->kind = GR_TIME_WINDOW;
    if (time->earliest == GR_NO_DAY || time->unit == GR_UNIT_WEEK) return true;
    int32_t third = (time->latest - time->earliest + 1) / 3;
    if (edge && (edge_value == 0 || edge_value == 4)) time->latest = time->earliest + third;
    if (edge && (edge_value == 2 || edge_value == 3)) time->earliest = time->latest - third;
    if (edge && (edge_value == 1 || edge_value == 5)) time->earliest += third, time->latest -= third;
    bool this_unit = time->latest >= s->published && time->earliest <= s->published;
    if (so_far || (before && edge_value < 0 && this_unit)) time->latest = s->published;
    if (before && edge_value > 0 && this_unit) time->kind = GR_TIME_FUTURE, time->earliest = s->published;
    if (time->earliest > s->published) time->kind = GR_TIME_FUTURE;
    time->precision = GR_PRECISION_RANGE;
    return true;
}

/* How many: "three", "a few", "several", "a", "half a" (not read here); n == most when it is exact. */
typedef struct amount {
    int n, most;
    uint32_t end;
} amount;

static bool read_amount(const gr_time_scan *s, uint32_t i, amount *out) {
    gr_number number;
    if (gr_number_read(s->atom, s->count, i, &number) && !number.decimal && number.milli <= 1000000) {
        *out = (amount){(int)(number.milli / 1000), (int)(number.milli / 1000), number.end};
        return out->n > 0 && !number.vague;
    }
    uint32_t at = i + (i < s->count && s->atom[i].number == GR_NUM_ARTICLE ? 1 : 0);
    if (at >= s->count) return false;
    if (s->atom[at].number == GR_NUM_FEW || (s->atom[at].number == GR_NUM_VAGUE && at == i)) {
        *out = (amount){FEW_LEAST, FEW_MOST, at + 1};
        return true;
    }
    *out = (amount){1, 1, at};
    return at > i;
}

static bool read_units(const gr_time_scan *s, const amount *n, gr_time_unit *unit, uint32_t *end) {
    uint32_t at = n->end + (gr_at_mark(s, n->end, '-') ? 1 : 0);
    if (!gr_at(s, at, GR_TW_UNIT) && !gr_at(s, at, GR_TW_UNITS)) return false;
    *unit = (gr_time_unit)s->atom[at].time_value;
    *end = at + 1;
    return true;
}

/* Fortnights are read as two weeks. */
static int in_weeks(const gr_time_scan *s, uint32_t unit_atom, int n) {
    return gr_atom_is(&s->atom[unit_atom], "fortnight") ? 2 * n : n;
}

/* "two weeks ago": the unit around that day; "a few days ago": from the most to the least. */
static gr_time settle_ago(const gr_time_scan *s, gr_time_unit unit, const amount *n) {
    gr_time time = unsettled(GR_TIME_POINT, unit);
    time.ago = true;
    time.length = n->n == n->most ? n->n : 0;
    if (s->published == GR_NO_DAY) return time;
    time.earliest = gr_day_before(s->published, unit, n->most);
    time.latest = gr_day_before(s->published, unit, n->n);
    time.precision = GR_PRECISION_RANGE;
    if (unit == GR_UNIT_HOUR && n->n < 24) time.earliest = s->published - 1; /* may reach over midnight */
    if (n->n != n->most || unit < GR_UNIT_DAY) return time;
    int32_t day = time.earliest;
    if (unit != GR_UNIT_DECADE && unit != GR_UNIT_CENTURY)
        gr_unit_around(day, unit, 0, &time.earliest, &time.latest);
    time.precision = gr_unit_precision(unit);
    return time;
}

/* "il y a deux semaines" */
static bool ago_before(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    amount n;
    gr_time_unit unit;
    uint32_t end;
    if (i + 3 >= s->count || !gr_atom_is(&s->atom[i + 1], "y") || !gr_atom_is(&s->atom[i + 2], "a"))
        return false;
    if (!read_amount(s, i + 3, &n) || !read_units(s, &n, &unit, &end)) return false;
    return finish(out, i, end, settle_ago(s, unit, &n));
}

/* "two weeks ago", "three days earlier", "a month later", "years ago"; "six derniers mois". */
static bool ago(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    amount n;
    gr_time_unit unit;
    uint32_t end;
    bool bare = gr_at(s, i, GR_TW_UNITS);
    if (bare)
        unit = (gr_time_unit)s->atom[i].time_value, end = i + 1;
    else if (!read_amount(s, i, &n))
        return false;
    else if (gr_at(s, n.end, GR_TW_LAST) &&
             (gr_at(s, n.end + 1, GR_TW_UNITS) || gr_at(s, n.end + 1, GR_TW_UNIT)))
        return finish(out, i, n.end + 2,
                      window_to_now(s, (gr_time_unit)s->atom[n.end + 1].time_value, n.n, n.most, false));
    else if (!read_units(s, &n, &unit, &end))
        return false;
    if (gr_at(s, end, GR_TW_AGO) && s->atom[end].time_value == 0) {
        if (bare) {
            gr_time time = unsettled(GR_TIME_POINT, unit);
            time.ago = true;
            return finish(out, i, end + 1, time);
        }
        n.n = in_weeks(s, end - 1, n.n), n.most = in_weeks(s, end - 1, n.most);
        return finish(out, i, end + 1, settle_ago(s, unit, &n));
    }
    bool story = gr_at(s, end, GR_TW_BEFORE) || (gr_at(s, end, GR_TW_HENCE) && !bare);
    if (!story) return false;
    gr_time time = unsettled(GR_TIME_POINT, unit);
    if (!bare && (gr_atom_is(&s->atom[end], "after") || gr_atom_is(&s->atom[end], "before")))
        time.length = n.n == n.most ? n.n : 0;
    bool later = gr_atom_is(&s->atom[end], "later"), earlier = gr_atom_is(&s->atom[end], "earlier");
    if ((later || earlier) && (bare ? unit == GR_UNIT_HOUR : n.n == n.most))
        time = from_story(s, time, unit, (bare ? 0 : in_weeks(s, end - 1, n.n)) * (later ? 1 : -1));
    return finish(out, i, end + 1, time);
}

/* "the past three months", "last two weeks", "the next few days", "recent weeks", "the coming days". */
static bool window(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    int shift;
    amount n;
    gr_time_unit unit;
    uint32_t end;
    if (!direction(s, i, &shift) || shift == 0) return false;
    if (gr_at(s, i + 1, GR_TW_UNITS)) {
        gr_time time =
            unsettled(shift > 0 ? GR_TIME_FUTURE : GR_TIME_WINDOW, (gr_time_unit)s->atom[i + 1].time_value);
        time.ago = shift < 0;
        return finish(out, i, i + 2, time);
    }
    if (!read_amount(s, i + 1, &n) || !read_units(s, &n, &unit, &end)) return false;
    int times = in_weeks(s, end - 1, 1);
    bool story = gr_atom_is(&s->atom[i], "previous") || gr_atom_is(&s->atom[i], "preceding") ||
                 gr_atom_is(&s->atom[i], "following");
    gr_time time = window_to_now(s, unit, n.n * times, n.most * times, shift > 0);
    if (story) {
        int32_t length = time.length;
        time = unsettled(GR_TIME_WINDOW, unit);
        time.length = length;
    }
    return finish(out, i, end, time);
}

/* "daily", "every day", "each week", "every three months", "on Fridays", "15 a year", "per month". */
static bool repeated(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    amount n = {1, 1, i + 1};
    gr_time_unit unit;
    uint32_t end = i + 1;
    bool name = s->atom[i].capital && i > 0 && !s->sentence->all_capitals;
    if (gr_at(s, i, GR_TW_REPEATED)) {
        if (name || gr_at_upos(s, i) == GR_PROPN) return false;
        gr_time time = unsettled(GR_TIME_REPEATED, (gr_time_unit)s->atom[i].time_value);
        time.length = 1;
        return finish(out, i, end, time);
    }
    if (gr_at(s, i, GR_TW_WEEKDAYS)) return finish(out, i, end, unsettled(GR_TIME_REPEATED, GR_UNIT_WEEK));
    bool every = gr_at(s, i, GR_TW_EVERY);
    bool rate = i > 0 && s->atom[i].number == GR_NUM_ARTICLE && gr_at(s, i + 1, GR_TW_UNIT) &&
                (s->atom[i - 1].kind == GR_ATOM_DIGITS || s->atom[i - 1].number == GR_NUM_UNIT ||
                 gr_atom_is(&s->atom[i - 1], "once") || gr_atom_is(&s->atom[i - 1], "twice") ||
                 gr_atom_is(&s->atom[i - 1], "times"));
    if (!every && !rate) return false;
    if (every &&
        (gr_at(s, i + 1, GR_TW_WEEKDAY) || gr_at(s, i + 1, GR_TW_PART) || gr_at(s, i + 1, GR_TW_MONTH)))
        return finish(out, i, i + 2,
                      unsettled(GR_TIME_REPEATED, gr_at(s, i + 1, GR_TW_WEEKDAY) ? GR_UNIT_WEEK
                                                  : gr_at(s, i + 1, GR_TW_PART)  ? GR_UNIT_DAY
                                                                                 : GR_UNIT_YEAR));
    if (!gr_at(s, i + 1, GR_TW_UNIT) && !read_amount(s, i + 1, &n)) return false;
    if (!read_units(s, &n, &unit, &end)) return false;
    gr_time time = unsettled(GR_TIME_REPEATED, unit);
    time.length = n.n;
    return finish(out, i, end, time);
}

/* Words that only say that it was lately or will be soon. */
static bool vague_point(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    if (gr_at(s, i, GR_TW_RECENTLY)) {
        gr_time time = unsettled(GR_TIME_POINT, GR_UNIT_NONE);
        time.ago = true;
        return finish(out, i, i + 1, time);
    }
    bool as_soon = i > 0 && gr_atom_is(&s->atom[i - 1], "as");
    bool anchored = gr_at(s, i + 1, GR_TW_BEFORE) || (gr_at_mark(s, i + 1, '-') && s->atom[i + 1].glued);
    if (!gr_at(s, i, GR_TW_SOON) || as_soon || anchored) return false;
    return finish(out, i, i + 1, unsettled(GR_TIME_FUTURE, GR_UNIT_NONE));
}

static bool is_suffix(const gr_atom *atom) {
    return gr_atom_is(atom, "st") || gr_atom_is(atom, "nd") || gr_atom_is(atom, "rd") ||
           gr_atom_is(atom, "th");
}

/* "on the 26th": the day of the month told last, or of the one of publication; never after publication. */
static bool day_alone(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    int year, month, context_day, day = (int)s->atom[i].value;
    uint32_t end = i + 2;
    int32_t anchor = s->context != GR_NO_DAY ? s->context : s->published;
    bool the_day = i > 0 && gr_at(s, i - 1, GR_TW_THE) && s->atom[i].digits <= 2 && day >= 1 && day <= 31;
    if (!the_day || i + 1 >= s->count || !s->atom[i + 1].glued || !is_suffix(&s->atom[i + 1])) return false;
    gr_upos next = gr_at_upos(s, end);
    bool counts = next == GR_NOUN || next == GR_PROPN || next == GR_ADJ || next == GR_NUM ||
                  gr_at(s, end, GR_TW_OF) || gr_at_mark(s, end, '-');
    if (anchor == GR_NO_DAY || (end < s->count && counts)) return false;
    gr_civil_of(anchor, &year, &month, &context_day);
    *out = (gr_reading){.begin = i, .end = end, .time = gr_time_none()};
    gr_time *time = &out->time;
    time->earliest = gr_day_of(year, month, day);
    if (s->published != GR_NO_DAY && time->earliest > s->published)
        time->earliest = month > 1 ? gr_day_of(year, month - 1, day) : gr_day_of(year - 1, 12, day);
    time->latest = time->earliest;
    time->unit = GR_UNIT_DAY;
    time->precision = GR_PRECISION_DAY;
    time->basis = GR_BASIS_CONTEXT;
    return true;
}

bool gr_read_relative(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    if (s->atom[i].kind == GR_ATOM_DIGITS) return ago(s, i, out) || day_alone(s, i, out);
    switch (s->atom[i].time) {
    case GR_TW_WEEKDAY:
        return weekday(s, i, out);
    case GR_TW_DAY:
    case GR_TW_NIGHT:
    case GR_TW_UNIT:
        return deictic_day(s, i, out) || bare_weekend(s, i, out) || unit_then_direction(s, i, out);
    case GR_TW_AGO:
        return s->atom[i].time_value == 1 && ago_before(s, i, out);
    case GR_TW_LAST:
    case GR_TW_NEXT:
    case GR_TW_THIS:
        return weekday(s, i, out) || part_of_day(s, i, out) || window(s, i, out) || unit_point(s, i, out) ||
               named_month(s, i, out);
    case GR_TW_BEFORE:
    case GR_TW_SO:
        return shifted_unit(s, i, out) || deictic_day(s, i, out) || day_before_yesterday(s, i, out);
    case GR_TW_EDGE:
        return weekday(s, i, out) || shifted_unit(s, i, out) || deictic_day(s, i, out);
    case GR_TW_RECENTLY:
    case GR_TW_SOON:
        return vague_point(s, i, out);
    case GR_TW_REPEATED:
    case GR_TW_WEEKDAYS:
    case GR_TW_EVERY:
        return repeated(s, i, out);
    case GR_TW_UNITS:
        return ago(s, i, out);
    default:
        return s->atom[i].number != GR_NUM_NONE && (ago(s, i, out) || repeated(s, i, out));
    }
}
