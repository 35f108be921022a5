#include "find/time.h"

#include <stdio.h>

/* TimeML's TIMEX3 values (TimeML 1.2.1, section on the value attribute; ISO 8601 with its extensions). */

static const char *part_code(gr_time_part part) {
    switch (part) {
    case GR_PART_MORNING:
        return "TMO";
    case GR_PART_AFTERNOON:
        return "TAF";
    case GR_PART_EVENING:
        return "TEV";
    case GR_PART_NIGHT:
        return "TNI";
    case GR_PART_DAY:
        return "TDT";
    default:
        return "";
    }
}

/* ISO 8601 week: that of the Thursday in the same week. */
static void week_value(int32_t monday, const char *suffix, char out[24]) {
    int year, month, date;
    gr_civil_of(monday + 3, &year, &month, &date);
    int week = (monday + 3 - gr_day_of(year, 1, 1)) / 7 + 1;
    snprintf(out, 24, "%04d-W%02d%s", year, week, suffix);
}

static void length_value(const gr_time *time, char out[24]) {
    static const char *const code[] = {
        [GR_UNIT_SECOND] = "TS",  [GR_UNIT_MINUTE] = "TM", [GR_UNIT_HOUR] = "TH", [GR_UNIT_DAY] = "D",
        [GR_UNIT_WEEKEND] = "WE", [GR_UNIT_WEEK] = "W",    [GR_UNIT_MONTH] = "M", [GR_UNIT_QUARTER] = "Q",
        [GR_UNIT_SEASON] = "M",   [GR_UNIT_HALF] = "H",    [GR_UNIT_YEAR] = "Y",  [GR_UNIT_DECADE] = "Y",
        [GR_UNIT_CENTURY] = "CE",
    };
    const char *unit = time->unit ? code[time->unit] : "D";
    bool clock = unit[0] == 'T';
    int length = time->unit == GR_UNIT_DECADE ? time->length * 10 : time->length;
    if (time->length)
        snprintf(out, 24, "P%s%d%s", clock ? "T" : "", length, clock ? unit + 1 : unit);
    else
        snprintf(out, 24, "P%sX%s", clock ? "T" : "", clock ? unit + 1 : unit);
}

static void day_value(const gr_time *time, char out[24]) {
    char day[16];
    gr_day_format(time->earliest, day);
    if (time->clock_min != GR_NO_CLOCK)
        snprintf(out, 24, "%.10sT%02d:%02d", day, time->clock_min / 60, time->clock_min % 60);
    else
        snprintf(out, 24, "%.10s%s", day, part_code(time->part));
}

static void point_value(const gr_time *time, char out[24]) {
    int year, month, date;
    gr_civil_of(time->earliest, &year, &month, &date);
    switch (time->unit) {
    case GR_UNIT_WEEK:
        week_value(time->earliest, "", out);
        break;
    case GR_UNIT_WEEKEND:
        week_value(time->earliest - 5, "-WE", out);
        break;
    case GR_UNIT_MONTH:
        snprintf(out, 24, "%04d-%02d", year, month);
        break;
    case GR_UNIT_QUARTER:
        snprintf(out, 24, "%04d-Q%d", year, (month - 1) / 3 + 1);
        break;
    case GR_UNIT_HALF:
        snprintf(out, 24, "%04d-H%d", year, (month - 1) / 6 + 1);
        break;
    case GR_UNIT_SEASON:
        snprintf(out, 24, "%04d-%s", year, month == 3 ? "SP" : month == 6 ? "SU" : month == 9 ? "FA" : "WI");
        break;
    case GR_UNIT_YEAR:
        snprintf(out, 24, "%04d", year);
        break;
    case GR_UNIT_DECADE:
        snprintf(out, 24, "%03d", year / 10);
        break;
    case GR_UNIT_CENTURY:
        snprintf(out, 24, "%02d", year / 100);
        break;
    default:
        day_value(time, out);
        break;
    }
}

void gr_time_timex(const gr_time *time, char out[24]) {
    bool length = time->kind == GR_TIME_AGE || time->kind == GR_TIME_REPEATED ||
                  (time->kind != GR_TIME_POINT && time->unit && !time->since && time->length) ||
                  (time->kind == GR_TIME_WINDOW && time->earliest == GR_NO_DAY && time->unit && !time->since);
    if (length)
        length_value(time, out);
    else if (time->earliest != GR_NO_DAY && time->precision != GR_PRECISION_UNKNOWN)
        point_value(time, out);
    else if (time->length && !time->ago && time->earliest == GR_NO_DAY)
        length_value(time, out);
    else if (time->kind == GR_TIME_FUTURE)
        snprintf(out, 24, "FUTURE_REF");
    else if (time->ago)
        snprintf(out, 24, "PAST_REF");
    else
        snprintf(out, 24, "XXXX-XX-XX");
}
