/* Inside of the quantity finder: quantity.c walks the sentence, quantity_measure.c tells counts from other
 * numbers, quantity_noun.c finds what is counted. */
#ifndef GRIOT_FIND_QUANTITY_READING_H
#define GRIOT_FIND_QUANTITY_READING_H

#include "find/quantity.h"
#include "find/time_reading.h"

typedef struct gr_quantity_scan {
    gr_time_scan time; /* atoms and words; dates and clock times are read with the time finder's grammar */
    const gr_wordlist *list;
    const gr_text *text;
    uint32_t floor; /* first atom that no quantity has taken yet */
} gr_quantity_scan;

/* What the number measures. May move number->end over the unit's word; *metres is set for distances. */
gr_measure gr_measure_of(const gr_quantity_scan *q, const gr_number *number, int32_t *metres, uint32_t *end);

/* The head token of the noun that a number phrase over atoms begin..end counts, or GR_NONE; *partitive is set
 * for "10 of the soldiers". */
uint32_t gr_counted_noun(const gr_quantity_scan *q, uint32_t begin, uint32_t end, bool *partitive);

#endif
