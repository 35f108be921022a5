#include "lang/lexicon.h"

enum { TAGS, FORMS, NOUN, VERB };

static const uint8_t *find(const gr_lexicon *lexicon, uint32_t key) {
    static const uint8_t nothing[4] = {0};
    uint32_t low = 0, high = lexicon->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (lexicon->key[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < lexicon->count && lexicon->key[low] == key;
    return found ? lexicon->kind[lexicon->set[low]] : nothing;
}

void gr_lexicon_rows(const gr_lexicon *lexicon, uint32_t hash_rows, gr_features *f) {
    const uint8_t *kind = find(lexicon, (uint32_t)f->key);
    for (uint32_t k = TAGS; k <= VERB; k++) {
        uint32_t point = kind[k];
        f->row[f->count++] = gr_feature_row(12 + k, &point, 1, hash_rows);
    }
    for (uint32_t k = TAGS; k <= FORMS; k++) {
        uint32_t point[2] = {f->letter_case, kind[k]};
        f->row[f->count++] = gr_feature_row(16 + k, point, 2, hash_rows);
    }
}
