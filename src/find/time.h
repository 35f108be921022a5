/* Times in a sentence: absolute, relative to the publication date, durations, windows.
 * Nothing is invented: a relative time without a publication date keeps its words and has no days.
 * Thread rule: no shared state. */
#ifndef GRIOT_FIND_TIME_H
#define GRIOT_FIND_TIME_H

#include "lang/lang.h"

#define GR_NO_DAY INT32_MIN /* days count from 1970-01-01 (proleptic Gregorian) */

typedef enum gr_precision {
    GR_PRECISION_DAY,
    GR_PRECISION_RANGE,
    GR_PRECISION_WEEK,
    GR_PRECISION_MONTH,
    GR_PRECISION_YEAR,
    GR_PRECISION_UNKNOWN
} gr_precision;

typedef enum gr_basis {
    GR_BASIS_STATED,      /* the words alone give the day */
    GR_BASIS_PUBLICATION, /* relative to the publication date or the dateline */
    GR_BASIS_CONTEXT      /* a year or month taken from the surroundings */
} gr_basis;

typedef enum gr_time_kind {
    GR_TIME_POINT,    /* when something happened: "on Monday", "last week", "in 2015" */
    GR_TIME_WINDOW,   /* what a figure covers: "in three months", "since January", "from 1 to 7 May" */
    GR_TIME_AGE,      /* how long something has lasted or lasts: "for two hours", "a three-day curfew" */
    GR_TIME_REPEATED, /* "every day", "daily", "weekly" */
    GR_TIME_FUTURE    /* "next week", "in the coming days": a point that lies ahead */
} gr_time_kind;

/* The grain of a point or the unit of a length. */
typedef enum gr_time_unit {
    GR_UNIT_NONE,
    GR_UNIT_SECOND,
    GR_UNIT_MINUTE,
    GR_UNIT_HOUR,
    GR_UNIT_DAY,
    GR_UNIT_WEEKEND,
    GR_UNIT_WEEK,
    GR_UNIT_MONTH,
    GR_UNIT_QUARTER,
    GR_UNIT_SEASON,
    GR_UNIT_HALF,
    GR_UNIT_YEAR,
    GR_UNIT_DECADE,
    GR_UNIT_CENTURY
} gr_time_unit;

typedef enum gr_time_part { /* of a day */
                            GR_PART_NONE,
                            GR_PART_MORNING,
                            GR_PART_AFTERNOON,
                            GR_PART_EVENING,
                            GR_PART_NIGHT,
                            GR_PART_DAY
} gr_time_part;

#define GR_NO_CLOCK (-1)

typedef struct gr_time {
    uint32_t tok_begin, tok_end; /* half-open; without the preposition, with "ago", "last", "early" */
    gr_time_kind kind;
    int32_t earliest, latest; /* inclusive days, or GR_NO_DAY where the text does not settle them */
    gr_precision precision;
    gr_basis basis;
    bool since; /* "since X": the window runs from X to the publication date (latest GR_NO_DAY without one) */
    gr_time_unit unit; /* of a point: its grain; of a length or a window "in three months": its unit */
    int32_t length;    /* how many units a length has; 0: a vague number, or not a length */
    gr_time_part part; /* "Monday night" */
    int16_t clock_min; /* minutes after midnight, or GR_NO_CLOCK */
    bool ago;          /* a length before the day of speaking: "two weeks ago", "the past three months" */
} gr_time;

/* Days from 1970-01-01 of a civil date, and back. */
int32_t gr_day_of(int year, int month, int day);
void gr_civil_of(int32_t day, int *year, int *month, int *date);
/* "2024-02-10" (also "2024-02" and "2024", which give the first day) -> day, or GR_NO_DAY. */
int32_t gr_day_parse(gr_slice iso);
/* Writes "YYYY-MM-DD" and a NUL. */
void gr_day_format(int32_t day, char out[16]);

/* The value of a time after TimeML's TIMEX3 ("2024-02-10", "2024-W06", "P3M", "PAST_REF"), for scoring.
 * A NUL-terminated string of at most 23 bytes. */
void gr_time_timex(const gr_time *time, char out[24]);

typedef GR_VEC(gr_time) gr_times;
/* A date without a year is the nearest one not after publication; one up to a fortnight after it is an
 * appointment and stays ahead, as does any date under "will".
 * "early", "mid", "late" are thirds of a month or year; "a few" and "several" units ago are two to seven;
 * seasons are those of the northern half of the world. Tables of words: find/time_en.c.
 *
 * All times of sentence `s`, in order, not overlapping. `published`: day, or GR_NO_DAY. `context`: the day of
 * the last settled time before this sentence, or GR_NO_DAY: it gives a missing year, the month of "the 16th"
 * and the day that "a week later" and "the following day" count from; never a day that nothing in the words
 * asks for. `lang` is ISO 639-1. Appends to *out in the arena. */
void gr_find_times(gr_arena *arena, const gr_text *text, const gr_word *word, const gr_sentence *s,
                   gr_slice lang, int32_t published, int32_t context, gr_times *out);

#endif
