/* The encoder over a batch of sentences. Every row is computed from its own sentence alone. */
#ifndef GRIOT_LANG_ENCODE_H
#define GRIOT_LANG_ENCODE_H

#include "lang/words.h"

#define GR_BATCH_ROWS 192u /* a batch is closed at this many rows; one sentence has 257 at most */
#define GR_MAX_ROWS (GR_BATCH_ROWS + GR_MAX_SENTENCE_TOKENS + 8u)

/* One sentence, or a piece of a long one, in a batch. Its rows: the root, then its tokens. */
typedef struct gr_piece {
    uint32_t row, count; /* first row; tokens */
    uint32_t tok_begin;  /* in the text */
    uint32_t sentence;
} gr_piece;

typedef struct gr_batch {
    gr_piece *piece; /* [GR_MAX_ROWS / 2] */
    uint32_t piece_count, row_count;
    float *x;        /* [GR_MAX_ROWS][GR_WIDTH] */
    float *wide;     /* [GR_MAX_ROWS][4 * GR_WIDTH]: products inside a layer */
    float *heads;    /* [GR_MAX_ROWS][heads padded] */
    float *label;    /* [GR_MAX_ROWS][label padded] */
    uint8_t *code;   /* [GR_MAX_ROWS][2 * GR_WIDTH] */
    float *scale;    /* [GR_MAX_ROWS] */
    uint64_t *lower; /* [GR_MAX_ROWS]: lemma key of the token */
    uint32_t *head;  /* [GR_MAX_ROWS]: row within its piece */
} gr_batch;

/* batch->x -> batch->heads. */
void gr_encode(const gr_model *model, const gr_kernels *kernels, gr_batch *batch);

#endif
