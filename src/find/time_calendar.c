#include "find/time.h"

#include <stdio.h>

/* Days from civil and back: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013), on 400-year
 * eras with years that start in March. */
int32_t gr_day_of(int year, int month, int day) {
    int y = year - (month <= 2);
    int era = (y >= 0 ? y : y - 399) / 400;
    int of_era = y - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void gr_civil_of(int32_t day, int *year, int *month, int *date) {
    int z = day + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int of_era = z - era * 146097;
    int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int m = (5 * of_year + 2) / 153;
    *date = of_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

/* A number of exactly `digits` digits at the start of *s, which moves behind it; -1 where there is none. */
static int take_digits(gr_slice *s, size_t digits) {
    uint64_t value = 0;
    if (s->len < digits || !gr_parse_u64(gr_sub(*s, 0, digits), &value)) return -1;
    *s = gr_sub(*s, digits, s->len);
    return (int)value;
}

static bool take_dash(gr_slice *s) {
    if (!s->len || s->ptr[0] != '-') return false;
    *s = gr_sub(*s, 1, s->len);
    return true;
}

int32_t gr_day_parse(gr_slice iso) {
    int month = 1, day = 1, year = take_digits(&iso, 4);
    if (year < 1) return GR_NO_DAY;
    if (take_dash(&iso)) {
        month = take_digits(&iso, 2);
        if (take_dash(&iso)) {
            day = take_digits(&iso, 2);
            if (iso.len && iso.ptr[0] == 'T')
                iso.len = 0; /* a time of day may follow: feeds and HTML give it */
        }
    }
    if (iso.len || month < 1 || month > 12 || day < 1) return GR_NO_DAY;
    int32_t result = gr_day_of(year, month, day);
    int y, m, d;
    gr_civil_of(result, &y, &m, &d);
    return m == month ? result : GR_NO_DAY; /* 30 February is no day */
}

void gr_day_format(int32_t day, char out[16]) {
    int year, month, date;
    gr_civil_of(day, &year, &month, &date);
    if (year < 0 || year > 9999) year = year < 0 ? 0 : 9999; /* four digits; no report speaks of others */
    snprintf(out, 16, "%04d-%02d-%02d", year, month, date);
}
