/* What dictionaries say of a word, as more rows of the hashed table; train/lexicon.py makes the table and
 * says what the four kinds of class mean. A word that it lacks has class 0 of each kind. */
#ifndef GRIOT_LANG_LEXICON_H
#define GRIOT_LANG_LEXICON_H

#include "lang/features.h"

typedef struct gr_lexicon {
    uint32_t count;
    const uint32_t *key;      /* [count], rising: the low half of gr_features.key */
    const uint16_t *set;      /* [count]: place in kind */
    const uint8_t (*kind)[4]; /* tags, forms, noun, verb */
} gr_lexicon;

/* Adds the rows of a word to the features that gr_features_of found. */
void gr_lexicon_rows(const gr_lexicon *lexicon, uint32_t hash_rows, gr_features *features);

#endif
