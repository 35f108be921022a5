/* What the encoder sees of a word; train/features.py is the same in Python and describes each feature. */
#ifndef GRIOT_LANG_FEATURES_H
#define GRIOT_LANG_FEATURES_H

#include "base/slice.h"

#define GR_WORD_POINTS 48u  /* a longer word is known by its first and last 24 code points */
#define GR_MAX_FEATURES 39u /* 33 of the form, 6 of the lexicon */

typedef struct gr_features {
    uint64_t key;         /* of the vocabulary: lower case, digits 0 */
    uint64_t lower;       /* of the lower-case form, for the lemma tables */
    uint32_t letter_case; /* n says nothing, u capitals, t capital first, l the rest */
    uint32_t row[GR_MAX_FEATURES];
    uint32_t count;
} gr_features;

/* neutral: letter case says nothing in this sentence. hash_rows > 0. */
void gr_features_of(gr_slice form, bool neutral, uint32_t hash_rows, gr_features *out);

/* The row of a piece of a word; `kind` keeps pieces apart. */
uint32_t gr_feature_row(uint32_t kind, const uint32_t *point, uint32_t count, uint32_t hash_rows);

/* FNV-1a over code points, 64 bit; `seed` keeps tables apart. */
uint64_t gr_key64(const uint32_t *point, uint32_t count, uint64_t seed);

/* Code points of a form in lower case, typographic quotes and dashes plain; at most GR_WORD_POINTS. */
uint32_t gr_lower_points(gr_slice form, uint32_t *point);

#endif
