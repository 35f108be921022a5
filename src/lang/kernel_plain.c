/* The kernels in portable C: what the others are compared with. */
#include "lang/kernel.h"

#include <math.h>

#define GR_LANES 1
#define GR_TARGET
typedef float vec;

static inline vec v_load(const float *p) {
    return *p;
}
static inline void v_store(float *p, vec v) {
    *p = v;
}
static inline vec v_set(float f) {
    return f;
}
static inline vec v_max(vec a, vec b) {
    return a > b ? a : b;
}
static inline vec v_abs(vec a) {
    return fabsf(a);
}
static inline vec v_load_i8(const int8_t *p) {
    return *p;
}
static inline void v_round_store(uint8_t *p, vec v, int offset) {
    *p = (uint8_t)(lrintf(v) + offset);
}
static inline vec v_power_of_two(vec t, vec *power) {
    int32_t n = (int32_t)lrintf(t);
    uint32_t bits = (uint32_t)(n + 127) << 23;
    memcpy(power, &bits, sizeof bits);
    return (float)n;
}

#include "lang/kernel_rows.h"

static void product(const uint8_t *row, uint32_t count, const float *row_scale, int zero, const gr_matrix *m,
                    float *out, size_t out_stride) {
    for (uint32_t r = 0; r < count; r++, row += m->depth, out += out_stride) {
        for (uint32_t n = 0; n < m->padded; n++) {
            const int8_t *w = m->weight + (size_t)n * 4;
            int32_t sum = -zero * m->column_sum[n];
            for (uint32_t k = 0; k < m->depth; k += 4, w += (size_t)m->padded * 4)
                sum += row[k] * w[0] + row[k + 1] * w[1] + row[k + 2] * w[2] + row[k + 3] * w[3];
            out[n] = (float)sum * (row_scale[r] * m->scale[n]) + m->bias[n];
        }
    }
}

const gr_kernels gr_kernels_plain = {product, embed, norm, relu, relu_sum, quantise, convolve, recur, add};
