/* Inside of the time finder: a sentence being read, and what the parts of the grammar hand to each other.
 * time_date.c reads calendar dates, time_relative.c what hangs on the day of speaking, time_span.c lengths,
 * time_clock.c times of day; time.c puts windows together and walks the sentence. */
#ifndef GRIOT_FIND_TIME_READING_H
#define GRIOT_FIND_TIME_READING_H

#include "find/number.h"
#include "find/time.h"

typedef struct gr_time_scan {
    const gr_atom *atom;
    uint32_t count;
    const gr_word *word; /* parallel to the text's tokens; NULL: nothing was tagged */
    const gr_sentence *sentence;
    int32_t published, context;
} gr_time_scan;

/* A date as far as the words give it; 0 is "not given". */
typedef struct gr_date {
    int year, month, day;
    int last_day;      /* "1-7 May": 7 */
    int last_year;     /* "2012-2014": 2014 */
    gr_time_unit unit; /* grain: day, month, quarter, season, half, year, decade */
    int part;          /* which quarter or half, from 1 */
    int edge;          /* as of GR_TW_EDGE, or -1 */
    bool either;       /* "03/10/2023": day and month may be the other way round */
} gr_date;

typedef struct gr_reading {
    uint32_t begin, end; /* atoms, half-open */
    bool dated;          /* `date` holds it; else it is already in `time` */
    gr_date date;
    gr_time time;
} gr_reading;

/* -- looking at atoms (time.c) -- */
bool gr_at(const gr_time_scan *s, uint32_t i, gr_time_class class);
bool gr_at_mark(const gr_time_scan *s, uint32_t i, char mark);
bool gr_at_digits(const gr_time_scan *s, uint32_t i);
gr_upos gr_at_upos(const gr_time_scan *s, uint32_t i); /* GR_X where nothing is known */
/* True when a verb above atom i has "will" or "shall", or plans what it says: it lies ahead. */
bool gr_ahead(const gr_time_scan *s, uint32_t i);

/* Each reads one kind of phrase at atom i; false leaves *out undefined. */
bool gr_read_date(const gr_time_scan *s, uint32_t i, gr_reading *out);
bool gr_read_relative(const gr_time_scan *s, uint32_t i, gr_reading *out);
bool gr_read_span(const gr_time_scan *s, uint32_t i, gr_reading *out);
bool gr_read_clock(const gr_time_scan *s, uint32_t i, gr_reading *out);
/* A date, a relative time or either with a time of day, settled. */
bool gr_read_point(const gr_time_scan *s, uint32_t i, gr_reading *out);
bool gr_read_year(const gr_time_scan *s, uint32_t i, int *year, uint32_t *end);

/* -- settling (time_settle.c) -- */
gr_time gr_time_none(void); /* a point without days */
/* Days of a date; takes a missing year from the publication day or the context. */
void gr_settle_date(const gr_time_scan *s, const gr_date *date, uint32_t at, gr_time *out);
/* The first and last day of the unit that holds `day`, moved by `shift` units. */
void gr_unit_around(int32_t day, gr_time_unit unit, int shift, int32_t *first, int32_t *last);
/* A point of one unit around the publication day, moved by `shift`. */
gr_time gr_unit_point(const gr_time_scan *s, gr_time_unit unit, int shift);
/* `n` units before (negative: after) day; months and years by calendar. */
int32_t gr_day_before(int32_t day, gr_time_unit unit, int n);
gr_precision gr_unit_precision(gr_time_unit unit);

#endif
