#include "find/time_reading.h"

gr_time gr_time_none(void) {
    return (gr_time){.kind = GR_TIME_POINT,
                     .earliest = GR_NO_DAY,
                     .latest = GR_NO_DAY,
                     .precision = GR_PRECISION_UNKNOWN,
                     .basis = GR_BASIS_PUBLICATION,
                     .clock_min = GR_NO_CLOCK};
}

gr_precision gr_unit_precision(gr_time_unit unit) {
    switch (unit) {
    case GR_UNIT_SECOND:
    case GR_UNIT_MINUTE:
    case GR_UNIT_HOUR:
    case GR_UNIT_DAY:
        return GR_PRECISION_DAY;
    case GR_UNIT_WEEK:
        return GR_PRECISION_WEEK;
    case GR_UNIT_MONTH:
        return GR_PRECISION_MONTH;
    case GR_UNIT_YEAR:
        return GR_PRECISION_YEAR;
    default:
        return GR_PRECISION_RANGE;
    }
}

/* Months from year 0, so that adding and dividing is plain. */
static int month_number(int32_t day) {
    int year, month, date;
    gr_civil_of(day, &year, &month, &date);
    return year * 12 + month - 1;
}

static int32_t month_first(int number) {
    return gr_day_of(number / 12, number % 12 + 1, 1);
}

static int unit_months(gr_time_unit unit) {
    switch (unit) {
    case GR_UNIT_MONTH:
        return 1;
    case GR_UNIT_QUARTER:
    case GR_UNIT_SEASON:
        return 3;
    case GR_UNIT_HALF:
        return 6;
    case GR_UNIT_YEAR:
        return 12;
    case GR_UNIT_DECADE:
        return 120;
    case GR_UNIT_CENTURY:
        return 1200;
    default:
        return 0;
    }
}

static int floor_div(int a, int b) {
    return a / b - (a % b < 0);
}

/* 1970-01-01 was a Thursday; weeks start on Monday (ISO 8601). */
static int32_t monday_of(int32_t day) {
    return floor_div(day + 3, 7) * 7 - 3;
}

void gr_unit_around(int32_t day, gr_time_unit unit, int shift, int32_t *first, int32_t *last) {
    int months = unit_months(unit);
    if (months) {
        int number = (month_number(day) / months + shift) * months;
        *first = month_first(number);
        *last = month_first(number + months) - 1;
    } else if (unit == GR_UNIT_WEEK || unit == GR_UNIT_WEEKEND) {
        *first = monday_of(day) + 7 * shift + (unit == GR_UNIT_WEEKEND ? 5 : 0);
        *last = monday_of(day) + 7 * shift + 6;
    } else {
        *first = *last = day + (unit == GR_UNIT_DAY ? shift : 0);
    }
}

gr_time gr_unit_point(const gr_time_scan *s, gr_time_unit unit, int shift) {
    gr_time time = gr_time_none();
    time.unit = unit;
    if (shift > 0) time.kind = GR_TIME_FUTURE;
    if (s->published == GR_NO_DAY) return time;
    gr_unit_around(s->published, unit, shift, &time.earliest, &time.latest);
    time.precision = gr_unit_precision(unit);
    return time;
}

int32_t gr_day_before(int32_t day, gr_time_unit unit, int n) {
    int months = unit_months(unit);
    if (unit == GR_UNIT_WEEK || unit == GR_UNIT_WEEKEND) return day - 7 * n;
    if (unit == GR_UNIT_DAY) return day - n;
    if (!months) return day - n / (unit == GR_UNIT_HOUR ? 24 : 24 * 60);
    int year, month, date, number = month_number(day) - n * months;
    gr_civil_of(day, &year, &month, &date);
    int32_t last = month_first(number + 1) - 1, same = month_first(number) + date - 1;
    return same < last ? same : last; /* 31 May less three months is the end of February */
}

/* The first month (from 0) and the number of months of a date below a year. */
static void months_of(const gr_date *date, int *first, int *months) {
    *first = date->month ? date->month - 1 : 0;
    *months = date->month ? 1 : 12;
    if (date->unit == GR_UNIT_QUARTER) *first = (date->part - 1) * 3, *months = 3;
    if (date->unit == GR_UNIT_SEASON) *months = 3;
    if (date->unit == GR_UNIT_HALF && !date->month) *first = (date->part - 1) * 6, *months = 6;
    if (date->unit == GR_UNIT_DECADE) *months = 120;
}

/* Thirds: "early", "mid", "late" of a month or a year; ACLED and UCDP read them so. */
static void cut_edge(int edge, int32_t *first, int32_t *last) {
    int32_t length = *last - *first + 1, third = length / 3;
    if (edge == 0 || edge == 4) *last = *first + third;
    if (edge == 1 || edge == 5) *first += third, *last -= third;
    if (edge == 2 || edge == 3) *first = *last - third;
}

static bool month_has(int year, int month, int day) {
    int y, m, d;
    gr_civil_of(gr_day_of(year, month, day), &y, &m, &d);
    return m == month;
}

/* Days of a date in a given year; false where the month has no such day. */
static bool days_in(const gr_date *date, int year, int32_t *first, int32_t *last) {
    if (date->day) {
        int end = date->last_day ? date->last_day : date->day;
        bool turns = end < date->day; /* "the night of 30 to 1 May" starts in the month before */
        *first = turns ? gr_day_of(year, date->month, 1) - 1 : gr_day_of(year, date->month, date->day);
        *last = gr_day_of(year, date->month, end);
        return month_has(year, date->month, end) && (turns || month_has(year, date->month, date->day));
    }
    int start, months;
    months_of(date, &start, &months);
    *first = month_first(year * 12 + start);
    *last = month_first((date->last_year ? date->last_year : year) * 12 + start + months) - 1;
    if (date->unit == GR_UNIT_HALF && date->month) {
        int32_t middle = *first + 14;
        if (date->part == 1) *last = middle;
        if (date->part == 2) *first = middle + 1;
    }
    if (date->edge >= 0) cut_edge(date->edge, first, last);
    return true;
}

static gr_precision date_precision(const gr_date *date) {
    if (date->last_day || date->last_year || date->edge >= 0) return GR_PRECISION_RANGE;
    return gr_unit_precision(date->unit);
}

/* Day and month may be swapped: the publication day decides where it can (a report does not date an event
 * after itself, and mostly speaks of its own month); else both readings stay. */
static void settle_either(const gr_time_scan *s, const gr_date *date, gr_time *out) {
    int32_t day_first = gr_day_of(date->year, date->month, date->day);
    int32_t month_first_ = gr_day_of(date->year, date->day, date->month);
    out->earliest = day_first < month_first_ ? day_first : month_first_;
    out->latest = day_first < month_first_ ? month_first_ : day_first;
    out->precision = GR_PRECISION_UNKNOWN;
    if (s->published == GR_NO_DAY) return;
    bool late = out->latest > s->published, early_near = out->earliest >= s->published - 31;
    bool late_near = !late && out->latest >= s->published - 31;
    if (late && out->earliest <= s->published)
        out->latest = out->earliest;
    else if (late_near && !early_near)
        out->earliest = out->latest;
    else
        return;
    out->precision = GR_PRECISION_DAY;
}

#define NEAR_AHEAD_DAYS 14 /* an appointment; the same date a year ago would be given with its year */

/* A date without a year: the nearest one not after publication, a fortnight of appointments allowed (or, with
 * "will", not before it); without a publication day, that of the context's year. */
static bool settle_year(const gr_time_scan *s, const gr_date *date, uint32_t at, gr_time *out) {
    int32_t anchor = s->published != GR_NO_DAY ? s->published : s->context;
    if (anchor == GR_NO_DAY) return false;
    int year, month, day;
    gr_civil_of(anchor, &year, &month, &day);
    out->basis = s->published != GR_NO_DAY ? GR_BASIS_PUBLICATION : GR_BASIS_CONTEXT;
    if (!days_in(date, year, &out->earliest, &out->latest)) return false;
    if (s->published == GR_NO_DAY) return true;
    bool ahead = gr_ahead(s, at);
    if (ahead && out->latest < anchor) return days_in(date, year + 1, &out->earliest, &out->latest);
    if (!ahead && out->earliest > anchor + NEAR_AHEAD_DAYS)
        return days_in(date, year - 1, &out->earliest, &out->latest);
    return true;
}

void gr_settle_date(const gr_time_scan *s, const gr_date *date, uint32_t at, gr_time *out) {
    *out = gr_time_none();
    out->unit = date->unit;
    out->basis = GR_BASIS_STATED;
    bool settled;
    if (date->year && date->either) {
        settle_either(s, date, out);
        return;
    }
    if (date->year)
        settled = days_in(date, date->year, &out->earliest, &out->latest);
    else
        settled = settle_year(s, date, at, out);
    if (settled) {
        out->precision = date_precision(date);
    } else {
        out->earliest = out->latest = GR_NO_DAY;
        if (!date->year) out->basis = GR_BASIS_CONTEXT;
    }
}
