/* Quantities in a sentence: digits, words, ranges, vague words, with what they count.
 * Thread rule: no shared state. */
#ifndef GRIOT_FIND_QUANTITY_H
#define GRIOT_FIND_QUANTITY_H

#include "lang/lang.h"

typedef enum gr_op { GR_OP_EQ, GR_OP_GT, GR_OP_GE, GR_OP_LT, GR_OP_LE, GR_OP_ABOUT, GR_OP_RANGE } gr_op;
const char *gr_op_name(gr_op op); /* "=", ">", ">=", "<", "<=", "~", "range" */

typedef enum gr_measure {
    GR_MEASURE_COUNT, /* of people or things */
    GR_MEASURE_MONEY,
    GR_MEASURE_DISTANCE, /* n in metres */
    GR_MEASURE_PERCENT,
    GR_MEASURE_DURATION, /* hours, days, months: part of a time expression */
    GR_MEASURE_AGE,      /* "15-year-old", "aged 15" */
    GR_MEASURE_DATE,     /* a year, a day of the month, a clock time */
    GR_MEASURE_ORDINAL,
    GR_MEASURE_NAME, /* part of a name or code: "7th Brigade", "RN1", "105 mm", "AK-47", "Resolution 2391" */
    GR_MEASURE_OTHER /* areas, weights, ratios, coordinates */
} gr_measure;

#define GR_NO_NUMBER INT64_MIN

typedef struct gr_quantity {
    uint32_t tok_begin,
        tok_end;   /* "more than 229", "between 20 and 30", "dozens", "a hundred"; without noun */
    uint32_t noun; /* token of the counted noun ("soldiers"), or GR_NONE where none is said */
    gr_measure measure;
    gr_op op;
    int64_t n, n_max; /* GR_NO_NUMBER: not given. Vague words ("several", "dozens of"): op ~, n none */
    bool vague;       /* the words themselves are the value: dozens, scores, many, several, some */
    bool none;        /* "no", "none", "nobody": n = 0 */
    bool partitive;   /* "10 of the soldiers", "half of": a part of a set that is named */
    bool parenthesis; /* "Kollo (6)", "killed (12)": stands in brackets behind what it counts */
    bool article;     /* "a soldier", "an officer": n = 1 from the article alone */
} gr_quantity;

typedef GR_VEC(gr_quantity) gr_quantities;
/* All quantities of sentence `s`, in order, not overlapping. Appends to *out in the arena. The caller drops
 * those inside time expressions. `lang` is ISO 639-1. */
void gr_find_quantities(gr_arena *arena, const gr_text *text, const gr_word *word, const gr_sentence *s,
                        gr_slice lang, gr_quantities *out);

/* The value of a number written in words or digits over tokens begin..end ("twenty-nine", "1,200", "2.3
 * million"), or GR_NO_NUMBER. */
int64_t gr_number_value(const gr_text *text, uint32_t begin, uint32_t end, gr_slice lang);

#endif
