#include "lang/words.h"

enum { UNKNOWN_ROW, ROOT_ROW, FIRST_WORD_ROW };

static uint32_t word_row(const gr_model *model, uint64_t key) {
    uint32_t low = 0, high = model->word_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (model->word_key[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < model->word_count && model->word_key[low] == key;
    return found ? FIRST_WORD_ROW + low : UNKNOWN_ROW;
}

/* Embedding and hashed sum, rectified and quantised: the input of the "mix" product. */
static void input_code(const gr_words *words, uint32_t row, const uint32_t *hashed, uint32_t count,
                       uint8_t *code, float *scale) {
    const gr_model *m = words->model;
    float both[2 * GR_WIDTH];
    words->kernels->embed(m->word_row, m->word_scale, &row, 1, both);
    words->kernels->embed(m->hash_row, m->hash_scale, hashed, count, both + GR_WIDTH);
    words->kernels->relu(both, 2 * GR_WIDTH, 1, 2 * GR_WIDTH, code, scale);
}

static gr_cached_word *slot_of(const gr_words *words, gr_slice form, bool neutral) {
    uint64_t h = 0xCBF29CE484222325u + neutral;
    for (size_t i = 0; i < form.len; i++) h = (h ^ (unsigned char)form.ptr[i]) * 0x100000001B3u;
    return words->cache + ((h ^ h >> 29) & (GR_CACHE_WORDS - 1));
}

static bool slot_holds(const gr_cached_word *slot, gr_slice form, bool neutral) {
    return slot->used && slot->neutral == neutral && slot->len == form.len &&
           memcmp(slot->form, form.ptr, form.len) == 0;
}

static void keep(const gr_words *words, gr_slice form, bool neutral, uint64_t lower, const float *vector) {
    if (form.len > GR_CACHE_KEY_B) return;
    gr_cached_word *slot = slot_of(words, form, neutral);
    slot->used = 1;
    slot->neutral = neutral;
    slot->len = (uint8_t)form.len;
    slot->lower = lower;
    memcpy(slot->form, form.ptr, form.len);
    memcpy(slot->vector, vector, sizeof slot->vector);
}

void gr_words_want(gr_words *words, gr_slice form, bool neutral, uint32_t row, float *x, uint64_t *lower) {
    if (form.len <= GR_CACHE_KEY_B) {
        const gr_cached_word *slot = slot_of(words, form, neutral);
        if (slot_holds(slot, form, neutral)) {
            memcpy(x + (size_t)row * GR_WIDTH, slot->vector, sizeof slot->vector);
            lower[row] = slot->lower;
            return;
        }
    }
    gr_missed_words *missed = &words->missed;
    if (missed->count == GR_MISSED_MAX) gr_words_finish(words, x, lower);
    missed->form[missed->count] = form;
    missed->neutral[missed->count] = neutral;
    missed->row[missed->count++] = row;
}

void gr_words_finish(gr_words *words, float *x, uint64_t *lower) {
    gr_missed_words *missed = &words->missed;
    const gr_model *m = words->model;
    for (uint32_t i = 0; i < missed->count; i++) {
        gr_features f;
        gr_features_of(missed->form[i], missed->neutral[i], m->hash_rows, &f);
        gr_lexicon_rows(&m->lexicon, m->hash_rows, &f);
        missed->lower[i] = f.lower;
        input_code(words, word_row(m, f.key), f.row, f.count, missed->code + (size_t)i * 2 * GR_WIDTH,
                   missed->code_scale + i);
    }
    words->kernels->product(missed->code, missed->count, missed->code_scale, 0, &m->mix, missed->vector,
                            GR_WIDTH);
    for (uint32_t i = 0; i < missed->count; i++) {
        const float *vector = missed->vector + (size_t)i * GR_WIDTH;
        memcpy(x + (size_t)missed->row[i] * GR_WIDTH, vector, GR_WIDTH * sizeof *vector);
        lower[missed->row[i]] = missed->lower[i];
        keep(words, missed->form[i], missed->neutral[i], missed->lower[i], vector);
    }
    missed->count = 0;
}

void gr_words_root(gr_words *words) {
    const uint32_t hashed = 0;
    gr_missed_words *missed = &words->missed;
    input_code(words, ROOT_ROW, &hashed, 1, missed->code, missed->code_scale);
    words->kernels->product(missed->code, 1, missed->code_scale, 0, &words->model->mix, missed->vector,
                            GR_WIDTH);
    memcpy(words->root, missed->vector, sizeof words->root);
}
