/* The kernels in portable C, four lanes at a time in the compiler's vectors: what the others are compared
 * with. */
#include "lang/kernel.h"

#include <math.h>

#define GR_LANES 4
#define GR_TARGET
typedef float vec __attribute__((vector_size(16)));
typedef int32_t vec_i32 __attribute__((vector_size(16)));
typedef int16_t vec_i16 __attribute__((vector_size(16)));

static inline vec v_load(const float *p) {
    vec v;
    memcpy(&v, p, sizeof v);
    return v;
}
static inline void v_store(float *p, vec v) {
    memcpy(p, &v, sizeof v);
}
static inline vec v_set(float f) {
    return (vec){f, f, f, f};
}
static inline vec v_max(vec a, vec b) {
    vec_i32 over = a > b;
    return (vec)(((vec_i32)a & over) | ((vec_i32)b & ~over));
}
static inline vec v_abs(vec a) {
    return (vec)((vec_i32)a & INT32_MAX);
}
static inline vec v_load_i8(const int8_t *p) {
    return (vec){p[0], p[1], p[2], p[3]};
}
/* To the nearest whole number, halves to even: 1.5 * 2^23 leaves no room for a fraction. |v| < 2^22. */
static inline vec_i32 v_round(vec v) {
    const vec big = v_set(12582912.0f);
    return (vec_i32)(v + big) - (vec_i32)big;
}
static inline void v_round_store(uint8_t *p, vec v, int offset) {
    vec_i32 n = v_round(v) + offset;
    for (int i = 0; i < GR_LANES; i++) p[i] = (uint8_t)n[i];
}
static inline vec v_power_of_two(vec t, vec *power) {
    vec_i32 n = v_round(t);
    *power = (vec)((n + 127) << 23);
    return __builtin_convertvector(n, vec);
}

#include "lang/kernel_rows.h"

enum { TILE_ROWS = 4, TILE_VECS = 2 }; /* a tile of four rows by eight columns */

static inline vec_i16 load_i16(const void *p) {
    vec_i16 v;
    memcpy(&v, p, sizeof v);
    return v;
}

/* Bytes 0 and 2 of each group of four, and bytes 1 and 3, as numbers of 16 bits. */
static inline vec_i16 even_bytes(vec_i16 v) {
    return (vec_i16)(v << 8) >> 8;
}
static inline vec_i16 odd_bytes(vec_i16 v) {
    return v >> 8;
}

/* Four bytes of a row against four columns. Two products of 7 by 8 bits fit 16. */
static inline vec_i32 multiply_add(vec_i32 sum, vec_i16 even_row, vec_i16 odd_row, vec_i16 even,
                                   vec_i16 odd) {
    vec_i32 pairs = (vec_i32)(even_row * even + odd_row * odd);
    return sum + ((pairs << 16) >> 16) + (pairs >> 16);
}

static void tile(const uint8_t *row, const float *row_scale, int zero, const gr_matrix *m, uint32_t n,
                 float *out, size_t out_stride) {
    vec_i32 sum[TILE_ROWS][TILE_VECS];
    for (int c = 0; c < TILE_VECS; c++) {
        vec_i32 start;
        memcpy(&start, m->column_sum + n + c * 4, sizeof start);
        for (int r = 0; r < TILE_ROWS; r++) sum[r][c] = start * -zero;
    }
    const int8_t *w = m->weight + (size_t)n * 4;
    for (uint32_t k = 0; k < m->depth; k += 4, w += (size_t)m->padded * 4) {
        vec_i16 w0 = load_i16(w), w1 = load_i16(w + 16);
        vec_i16 even0 = even_bytes(w0), odd0 = odd_bytes(w0), even1 = even_bytes(w1), odd1 = odd_bytes(w1);
        for (int r = 0; r < TILE_ROWS; r++) {
            int32_t four;
            memcpy(&four, row + (size_t)r * m->depth + k, 4);
            vec_i16 x = (vec_i16)(vec_i32){four, four, four, four};
            vec_i16 even = even_bytes(x), odd = odd_bytes(x);
            sum[r][0] = multiply_add(sum[r][0], even, odd, even0, odd0);
            sum[r][1] = multiply_add(sum[r][1], even, odd, even1, odd1);
        }
    }
    for (int r = 0; r < TILE_ROWS; r++)
        for (int c = 0; c < TILE_VECS; c++) {
            uint32_t at = n + (uint32_t)c * 4;
            vec y = __builtin_convertvector(sum[r][c], vec);
            y = y * (v_set(row_scale[r]) * v_load(m->scale + at)) + v_load(m->bias + at);
            v_store(out + (size_t)r * out_stride + at, y);
        }
}

static void product(const uint8_t *row, uint32_t count, const float *row_scale, int zero, const gr_matrix *m,
                    float *out, size_t out_stride) {
    for (uint32_t n = 0; n < m->padded; n += TILE_VECS * 4)
        for (uint32_t r = 0; r < count; r += TILE_ROWS)
            tile(row + (size_t)r * m->depth, row_scale + r, zero, m, n, out + r * out_stride, out_stride);
}

const gr_kernels gr_kernels_plain = {product, embed, norm, relu, relu_sum, quantise, convolve, recur, add};
