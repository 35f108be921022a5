/* Word vectors: computed once a word and kept in a bounded cache. A vector is a function of the word and of
 * `neutral` alone, so the cache changes nothing but the time. */
#ifndef GRIOT_LANG_WORDS_H
#define GRIOT_LANG_WORDS_H

#include "lang/model.h"

#define GR_CACHE_WORDS (1u << 14) /* direct-mapped; 11 MiB a parser */
#define GR_CACHE_KEY_B 40u        /* a longer word is computed each time */

typedef struct gr_cached_word {
    uint64_t lower; /* gr_features.lower */
    uint8_t used, neutral, len;
    char form[GR_CACHE_KEY_B];
    float vector[GR_WIDTH];
} gr_cached_word;

/* Words of a batch that the cache did not have. */
typedef struct gr_missed_words {
    gr_slice *form;
    bool *neutral;
    uint32_t *row; /* where its vector goes */
    uint64_t *lower;
    uint8_t *code;
    float *code_scale, *vector;
    uint32_t count;
} gr_missed_words;

typedef struct gr_words {
    const gr_model *model;
    const gr_kernels *kernels;
    gr_cached_word *cache;
    gr_missed_words missed;
    float root[GR_WIDTH];
} gr_words;

#define GR_MISSED_MAX 64u

/* Notes that row `row` of x is to hold the vector of `form`; fills it at once when cached. lower[row] is set.
 */
void gr_words_want(gr_words *words, gr_slice form, bool neutral, uint32_t row, float *x, uint64_t *lower);
/* Computes what is still missing in x. */
void gr_words_finish(gr_words *words, float *x, uint64_t *lower);
/* The vector of the artificial root, into words->root. */
void gr_words_root(gr_words *words);

#endif
