/* Any bytes as a date that a person or a stream gives: what is taken is a day that exists, and is written as
 * it was read. */
#include "find/time.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gr_slice given = {(const char *)data, size};
    int32_t day = gr_day_parse(given);
    if (day == GR_NO_DAY) return 0;
    int year, month, date;
    char text[16];
    gr_civil_of(day, &year, &month, &date);
    gr_day_format(day, text);
    demand(month >= 1 && month <= 12 && date >= 1 && date <= 31 && gr_day_of(year, month, date) == day);
    demand(gr_day_parse(gr_slice_of(text)) == day &&
           (gr_starts(gr_slice_of(text), given) ||
            (gr_starts(given, gr_slice_of(text)) && given.ptr[10] == 'T')));
    return 0;
}
