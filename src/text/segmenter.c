/* The learned splitter: one hidden layer over the sum of rows, in integers, so that every machine gives the
 * same sentences. The rows of words and shapes are trained embeddings multiplied out by position in advance
 * (Devlin et al. 2014, "Fast and Robust Neural Network Joint Models", section 2.3).
 *
 * The section, little-endian:
 *   char[4] "GRSG", u32 version, u32 words, i32 bias of the score
 *   i16[16] bias of the hidden layer, i8[16] weights of the score, u32[words] hashes of words in rising
 * order, i8[window * (words + 2 + shapes) + extras][16] rows; of each position: outside, unknown word, words,
 * shapes */
#include "text/segmenter.h"

#include "base/os.h"

#define HIDDEN 16u
#define VERSION 1u
#define HEADER_B 16u
#define SLOTS_MIN 16u

struct gr_segmenter {
    gr_tongue tongue;
    uint32_t words, stride; /* rows of one position */
    uint32_t slot_mask;
    uint32_t *slot; /* word number + 1 by hash */
    const unsigned char *hash_bytes;
    const int8_t *row;
    int16_t bias[HIDDEN];
    int8_t weight[HIDDEN];
    int32_t score_bias;
};

static uint32_t read_u32(const unsigned char *p) {
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static bool read_section(gr_segmenter *s, gr_slice section) {
    const unsigned char *p = (const unsigned char *)section.ptr;
    if (section.len < HEADER_B + 3 * HIDDEN || memcmp(p, "GRSG", 4) != 0 || read_u32(p + 4) != VERSION)
        return false;
    s->words = read_u32(p + 8);
    s->score_bias = (int32_t)read_u32(p + 12);
    if (s->words > 60000) return false;
    s->stride = s->words + 2 + GR_GAP_SHAPES;
    size_t rows = (size_t)GR_GAP_WINDOW * s->stride + GR_GAP_EXTRA_ROWS;
    if (section.len != HEADER_B + 3 * HIDDEN + (size_t)s->words * 4 + rows * HIDDEN) return false;
    p += HEADER_B;
    for (unsigned k = 0; k < HIDDEN; k++) s->bias[k] = (int16_t)(uint16_t)(p[2 * k] | p[2 * k + 1] << 8);
    memcpy(s->weight, p + 2 * HIDDEN, HIDDEN);
    s->hash_bytes = p + 3 * HIDDEN;
    s->row = (const int8_t *)(s->hash_bytes + (size_t)s->words * 4);
    return true;
}

static bool index_words(gr_segmenter *s) {
    uint32_t slots = SLOTS_MIN;
    while (slots < s->words * 3) slots *= 2;
    s->slot = gr_os_alloc(slots * sizeof *s->slot);
    if (!s->slot) return false;
    memset(s->slot, 0, slots * sizeof *s->slot);
    s->slot_mask = slots - 1;
    for (uint32_t i = 0; i < s->words; i++) {
        uint32_t at = read_u32(s->hash_bytes + (size_t)i * 4) & s->slot_mask;
        while (s->slot[at]) at = (at + 1) & s->slot_mask;
        s->slot[at] = i + 1;
    }
    return true;
}

gr_segmenter *gr_segmenter_open(gr_slice section, gr_slice lang, gr_error *err) {
    gr_segmenter *s = gr_os_alloc(sizeof *s);
    if (!s) {
        gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while opening the sentence splitter");
        return NULL;
    }
    memset(s, 0, sizeof *s);
    s->tongue = gr_tongue_of(lang);
    if (section.len == 0) return s;
    if (!read_section(s, section))
        gr_fail(err, GR_BAD_MODEL, NULL,
                "the sentence splitter of the model for \"%.*s\" is damaged or of another version; install "
                "the model again",
                (int)(lang.len < 16 ? lang.len : 16), lang.ptr ? lang.ptr : "");
    else if (!index_words(s))
        gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while opening the sentence splitter");
    else
        return s;
    gr_segmenter_close(s);
    return NULL;
}

void gr_segmenter_close(gr_segmenter *segmenter) {
    if (segmenter) gr_os_free(segmenter->slot);
    gr_os_free(segmenter);
}

gr_tongue gr_segmenter_tongue(const gr_segmenter *segmenter) {
    return segmenter ? segmenter->tongue : GR_TONGUE_EN;
}

bool gr_segmenter_learned(const gr_segmenter *segmenter) {
    return segmenter && segmenter->row;
}

static uint32_t word_row(const gr_segmenter *s, uint32_t hash) {
    for (uint32_t at = hash & s->slot_mask; s->slot[at]; at = (at + 1) & s->slot_mask)
        if (read_u32(s->hash_bytes + (size_t)(s->slot[at] - 1) * 4) == hash) return s->slot[at] + 1;
    return 1;
}

uint16_t *gr_segmenter_words(gr_arena *arena, const gr_segmenter *segmenter, const gr_gap_view *view) {
    uint32_t count = view->end - view->begin;
    uint16_t *word = gr_alloc_array(arena, count, sizeof *word);
    for (uint32_t i = 0; i < count; i++) word[i] = (uint16_t)word_row(segmenter, view->hash[i]);
    return word;
}

static void add_row(int16_t sum[HIDDEN], const int8_t *row) {
    for (unsigned k = 0; k < HIDDEN; k++) sum[k] = (int16_t)(sum[k] + row[k]);
}

int32_t gr_segmenter_score(const gr_segmenter *s, const gr_gap_view *view, const uint16_t *word,
                           const gr_gap_walk *walk, uint32_t i) {
    int16_t sum[HIDDEN];
    memcpy(sum, s->bias, sizeof sum);
    for (uint32_t p = 0; p < GR_GAP_WINDOW; p++) {
        int64_t at = (int64_t)i + 1 + p - GR_GAP_LEFT;
        bool inside = at >= view->begin && at < view->end;
        uint32_t k = inside ? (uint32_t)at - view->begin : 0;
        const int8_t *rows = s->row + (size_t)p * s->stride * HIDDEN;
        add_row(sum, rows + (inside ? (size_t)word[k] * HIDDEN : 0));
        add_row(sum, rows + (size_t)(s->words + 2 + (inside ? view->shape[k] : 0)) * HIDDEN);
    }
    uint8_t extra[GR_GAP_EXTRAS];
    gr_gap_extras(view, walk, i, extra);
    for (uint32_t k = 0; k < GR_GAP_EXTRAS; k++)
        add_row(sum, s->row + ((size_t)GR_GAP_WINDOW * s->stride + extra[k]) * HIDDEN);
    int32_t score = s->score_bias;
    for (unsigned k = 0; k < HIDDEN; k++) score += (sum[k] > 0 ? sum[k] : 0) * s->weight[k];
    return score;
}
