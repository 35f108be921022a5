/* A sentence as atoms: the pieces that times and quantities are read from. Tokenisers differ over "20-30",
 * "three-day" or "2023-10-03"; atoms do not, since every run of digits, every word and every mark is one of
 * its own. Numbers are read from atoms here, for find/time.c and find/quantity.c.
 * Words come from tables, one a language (number_en.c, quantity_en.c, time_en.c, and _fr).
 * Thread rule: no shared state. */
#ifndef GRIOT_FIND_NUMBER_H
#define GRIOT_FIND_NUMBER_H

#include "lang/lang.h"

/* What a word can be in a number phrase; `value` of the lexeme in brackets. */
typedef enum gr_number_class {
    GR_NUM_NONE,
    GR_NUM_UNIT,    /* one .. nineteen [value] */
    GR_NUM_TENS,    /* twenty .. ninety [value] */
    GR_NUM_HUNDRED, /* hundred [100] */
    GR_NUM_SCALE,   /* thousand, million, billion [value] */
    GR_NUM_DOZEN,   /* dozen [12], score [20]: a round count */
    GR_NUM_MANY,    /* dozens, hundreds, thousands [the least they stand for]: vague */
    GR_NUM_VAGUE,   /* several, many, numerous: vague, before a noun */
    GR_NUM_FEW,     /* few: vague, with or without article */
    GR_NUM_COUPLE,  /* couple, pair [2] */
    GR_NUM_ARTICLE, /* a, an [1] */
    GR_NUM_ANOTHER, /* another [1] */
    GR_NUM_BOTH,    /* both [2] */
    GR_NUM_HALF,    /* half */
    GR_NUM_ZERO,    /* no: before a noun; none, nobody [1]: alone */
    GR_NUM_SOME,    /* some: "some 30", "some soldiers", "some of" */
    GR_NUM_ORDINAL, /* first, second [value] */
    GR_NUM_PART,    /* most, all, part: with "of" a part of a set */
    GR_NUM_COUNT
} gr_number_class;

/* What a word can be in a time phrase. */
typedef enum gr_time_class {
    GR_TW_NONE,
    GR_TW_MONTH,    /* [1..12] */
    GR_TW_WEEKDAY,  /* [0 Monday .. 6 Sunday] */
    GR_TW_WEEKDAYS, /* Mondays: every one of them [0..6] */
    GR_TW_UNIT,     /* day, week [gr_time_unit] */
    GR_TW_UNITS,    /* days, weeks [gr_time_unit] */
    GR_TW_DAY,      /* today, yesterday [days from publication] */
    GR_TW_NIGHT,    /* tonight, overnight [days from publication] */
    GR_TW_PART,     /* morning [gr_time_part] */
    GR_TW_HOUR,     /* noon, midnight, dawn [minute of the day, or -1] */
    GR_TW_SEASON,   /* [first month] */
    GR_TW_LAST,     /* last [0]; past, previous, preceding [1]; recent [2] */
    GR_TW_NEXT,     /* next [0]; coming, following [1] */
    GR_TW_THIS,
    GR_TW_EDGE,     /* early [0], mid [1], late [2], end [3], beginning [4], middle [5] */
    GR_TW_REPEATED, /* daily, weekly [gr_time_unit] */
    GR_TW_RECENTLY,
    GR_TW_SOON,
    GR_TW_AGO,    /* ago [0] behind the span; il [1] of "il y a" before it */
    GR_TW_BEFORE, /* earlier, before [-1]; later, after [1] behind a span */
    GR_TW_SINCE,
    GR_TW_BETWEEN,
    GR_TW_FROM,
    GR_TW_UNTIL, /* to, until, through */
    GR_TW_AND,
    GR_TW_OF,
    GR_TW_ON,
    GR_TW_AT,
    GR_TW_IN,   /* in, within */
    GR_TW_OVER, /* over, during: a window in front of "the last two years" */
    GR_TW_FOR,  /* for: how long */
    GR_TW_CASE, /* other prepositions before a date: by, before, after */
    GR_TW_EVERY,
    GR_TW_THE,
    GR_TW_JUST,  /* just, only, less than: between preposition and span */
    GR_TW_AMPM,  /* [0 or 720 minutes] */
    GR_TW_ZONE,  /* GMT, UTC, local */
    GR_TW_OLD,   /* old, aged: an age follows or stands before */
    GR_TW_FIRST, /* first [1] .. fourth [4]: of a quarter or half */
    GR_TW_HALF,
    GR_TW_QUARTER,
    GR_TW_HENCE, /* from now, from today */
    GR_TW_WILL,  /* will, shall: what follows lies ahead */
    GR_TW_SO,    /* so far, to date */
    GR_TW_FISCAL,
    GR_TW_COUNT
} gr_time_class;

typedef struct gr_lexeme {
    const char *word; /* lower case */
    int32_t of;       /* gr_number_class or gr_time_class */
    int32_t value;
} gr_lexeme;

/* Words in front of or behind a number that say how it is meant: "more than", "or so". */
typedef struct gr_number_phrase {
    const char *words; /* lower case, one blank between them */
    int32_t op;        /* gr_op */
    bool behind;       /* stands behind the number */
} gr_number_phrase;

/* Words of a language; the tables of lexemes stand in byte order of their words. */
typedef struct gr_wordlist {
    gr_slice lang;                  /* ISO 639-1 */
    const gr_number_phrase *phrase; /* the longer before the shorter that it ends in */
    uint32_t phrase_count;
    const gr_lexeme
        *measure; /* of: gr_measure; value: metres a unit for distances, -1: stands before the number */
    uint32_t measure_count;
    const gr_lexeme *number;
    uint32_t number_count;
    const gr_lexeme *time;
    uint32_t time_count;
    bool comma_decimal; /* 1.200,5; else 1,200.5 */
    bool small_names;   /* months and weekdays are written small */
} gr_wordlist;
extern const gr_number_phrase gr_number_phrases_en[];
extern const uint32_t gr_number_phrases_en_count;
extern const gr_lexeme gr_measure_words_en[];
extern const uint32_t gr_measure_words_en_count;
extern const gr_lexeme gr_number_words_en[];
extern const uint32_t gr_number_words_en_count;
extern const gr_lexeme gr_time_words_en[];
extern const uint32_t gr_time_words_en_count;
extern const gr_number_phrase gr_number_phrases_fr[];
extern const uint32_t gr_number_phrases_fr_count;
extern const gr_lexeme gr_measure_words_fr[];
extern const uint32_t gr_measure_words_fr_count;
extern const gr_lexeme gr_number_words_fr[];
extern const uint32_t gr_number_words_fr_count;
extern const gr_lexeme gr_time_words_fr[];
extern const uint32_t gr_time_words_fr_count;
/* Lemmas of verbs and nouns whose content lies ahead. */
extern const char *const gr_plan_words_en[];
extern const uint32_t gr_plan_words_en_count;
/* The tables of a language; false where griot has none. */
bool gr_wordlist_of(gr_slice lang, gr_wordlist *out);

typedef enum gr_atom_kind { GR_ATOM_WORD, GR_ATOM_DIGITS, GR_ATOM_MARK } gr_atom_kind;

typedef struct gr_atom {
    gr_slice form;
    uint32_t tok;
    uint8_t kind;   /* gr_atom_kind */
    uint8_t number; /* gr_number_class */
    uint8_t time;   /* gr_time_class */
    uint8_t digits; /* of a run of digits: how many */
    bool glued;     /* no white space before it */
    bool capital;   /* starts with a capital */
    char mark;      /* the mark; every dash is '-', every apostrophe '\'', what is not ASCII 0x7f */
    int32_t number_value, time_value;
    int64_t value; /* of a run of at most 15 digits */
} gr_atom;

#define GR_ATOMS_MAX 768u /* at one time; a longer sentence is read in pieces */

/* The atoms of tokens from *tok on, as many as fit into out[GR_ATOMS_MAX]; *tok moves behind the last token
 * read. Returns their number. */
uint32_t gr_atoms_read(const gr_text *text, const gr_wordlist *list, uint32_t *tok, uint32_t tok_end,
                       gr_atom *out);

/* What a word measures ("km", "dollars"), or NULL. */
const gr_lexeme *gr_measure_word(const gr_wordlist *list, const gr_atom *atom);

/* True when the atom is the word `lower` (small letters of Latin-1), whatever its case. */
bool gr_atom_is(const gr_atom *atom, const char *lower);

typedef struct gr_number {
    int64_t milli;       /* value in thousandths: "2.5 million" is 2,500,000,000 */
    uint32_t begin, end; /* atoms, half-open */
    bool digits;         /* written in digits (a scale word may follow) */
    bool decimal;        /* not a whole number */
    bool round;          /* a dozen, half a dozen: about that many */
    bool vague;          /* several dozen, a few hundred: no number in it */
} gr_number;

/* Reads the longest number that starts at atom i. A lone article is none. */
bool gr_number_read(const gr_atom *atom, uint32_t count, uint32_t i, gr_number *out);

#endif
