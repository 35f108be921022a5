/* The arithmetic of the encoder, once for each instruction set. All kernels give the same bits: products are
 * exact in integers (activations of 7 bits, so that AVX2's pairwise sums cannot saturate), float sums run
 * over 16 lanes in a fixed order, nothing is fused, and the exponential is a polynomial of our own.
 *
 * Rows are contiguous. Where a function says "in eights", it reads and writes whole groups of eight rows: the
 * buffers hold count rounded up to a multiple of GR_ROW_GROUP, and the surplus rows hold anything. */
#ifndef GRIOT_LANG_KERNEL_H
#define GRIOT_LANG_KERNEL_H

#include "lang/lang.h"

#define GR_WIDTH 128u /* of a token's vector; other widths are another model format */
#define GR_ARC 128u   /* of the projections for heads */
#define GR_LABEL 128u /* of the projections for relations */
#define GR_COLUMN_GROUP 32u
#define GR_ROW_GROUP 8u
#define GR_SIGNED_ZERO 64 /* code of 0 in a row that holds either sign: codes 1..127 */
#define GR_DISTANCES 33u  /* biases for head - dependent from -16 to 16 */

/* A weight matrix, quantised by column. weight[k / 4][column][k % 4], columns padded with zeros. */
typedef struct gr_matrix {
    uint32_t depth, columns, padded;
    const float *scale, *bias; /* [padded] */
    const int8_t *weight;
    const int32_t *column_sum; /* [padded], over depth */
} gr_matrix;

typedef struct gr_kernels {
    /* out[row][column] = (row . column - zero * column_sum) * (row_scale * scale) + bias, in eights. */
    void (*product)(const uint8_t *row, uint32_t count, const float *row_scale, int zero,
                    const gr_matrix *matrix, float *out, size_t out_stride);
    /* Sum over `count` rows of a table of int8 with a scale a row; out[GR_WIDTH]. */
    void (*embed)(const int8_t *table, const float *scale, const uint32_t *row, uint32_t count, float *out);
    /* Layer norm of rows of GR_WIDTH, quantised with GR_SIGNED_ZERO. */
    void (*norm)(const float *x, uint32_t count, const float *gain, const float *shift, uint8_t *out,
                 float *out_scale);
    /* max(0, x), quantised to 0..127; width a multiple of 16. */
    void (*relu)(const float *x, size_t stride, uint32_t count, uint32_t width, uint8_t *out,
                 float *out_scale);
    /* max(0, a + b) of one row of GR_LABEL, quantised to 0..127. */
    void (*relu_sum)(const float *a, const float *b, uint8_t *out, float *out_scale);
    /* One row of GR_ARC, quantised to -127..127. */
    void (*quantise)(const float *x, int8_t *out, float *out_scale);
    /* x[t] += max(0, y[t-1][left] + y[t][middle] + y[t+1][right]) over one sentence; y has 3 * GR_WIDTH
     * columns. */
    void (*convolve)(float *x, const float *y, uint32_t count);
    /* The two recurrences of a minGRU over one sentence. gate[t]: forward gates, backward gates, forward
     * candidates, backward candidates, GR_WIDTH each; the states replace the first two. */
    void (*recur)(float *gate, uint32_t count);
    /* x += y, `count` floats, a multiple of 16. */
    void (*add)(float *x, const float *y, size_t count);
} gr_kernels;

/* The kernels of a kind; NULL when this machine cannot run them. GR_KERNEL_AUTO picks the fastest. */
const gr_kernels *gr_kernels_get(gr_kernel kind);

extern const gr_kernels gr_kernels_plain;
#if defined(__x86_64__)
extern const gr_kernels gr_kernels_avx2;
extern const gr_kernels gr_kernels_vnni;
#endif

#endif
