/* The kernels for AVX-512 with VNNI: products of four bytes at once. */
#include "lang/kernel.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>

#define GR_LANES 16
#define GR_TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")))
typedef __m512 vec;

GR_TARGET static inline vec v_load(const float *p) {
    return _mm512_loadu_ps(p);
}
GR_TARGET static inline void v_store(float *p, vec v) {
    _mm512_storeu_ps(p, v);
}
GR_TARGET static inline vec v_set(float f) {
    return _mm512_set1_ps(f);
}
GR_TARGET static inline vec v_max(vec a, vec b) {
    return _mm512_max_ps(a, b);
}
GR_TARGET static inline vec v_abs(vec a) {
    return _mm512_abs_ps(a);
}
GR_TARGET static inline vec v_load_i8(const int8_t *p) {
    return _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128((const void *)p)));
}
GR_TARGET static inline void v_round_store(uint8_t *p, vec v, int offset) {
    __m512i n = _mm512_add_epi32(_mm512_cvtps_epi32(v), _mm512_set1_epi32(offset));
    _mm_storeu_si128((void *)p, _mm512_cvtepi32_epi8(n));
}
GR_TARGET static inline vec v_power_of_two(vec t, vec *power) {
    __m512i n = _mm512_cvtps_epi32(t);
    *power = _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_add_epi32(n, _mm512_set1_epi32(127)), 23));
    return _mm512_cvtepi32_ps(n);
}

#include "lang/kernel_rows.h"

/* As _mm512_dpbusd_epi32, for which GCC 12 copies every sum at every step. */
GR_TARGET static inline void add_products(__m512i *sum, __m512i row, __m512i weight) {
    __asm__("vpdpbusd %2, %1, %0" : "+v"(*sum) : "v"(row), "v"(weight));
}

/* Eight rows by 32 columns. */
GR_TARGET static inline void tile(const uint8_t *row, const float *row_scale, int zero, const gr_matrix *m,
                                  uint32_t n, float *out, size_t out_stride) {
    __m512i start[2], sum[8][2];
    for (int c = 0; c < 2; c++)
        start[c] =
            _mm512_mullo_epi32(_mm512_loadu_si512(m->column_sum + n + c * 16), _mm512_set1_epi32(-zero));
#pragma GCC unroll 8
    for (int r = 0; r < 8; r++) sum[r][0] = start[0], sum[r][1] = start[1];
    const int8_t *w = m->weight + (size_t)n * 4;
    for (uint32_t k = 0; k < m->depth; k += 4, w += (size_t)m->padded * 4) {
        __m512i w0 = _mm512_loadu_si512(w), w1 = _mm512_loadu_si512(w + 64);
#pragma GCC unroll 8
        for (int r = 0; r < 8; r++) {
            int32_t four;
            memcpy(&four, row + (size_t)r * m->depth + k, 4);
            __m512i x = _mm512_set1_epi32(four);
            add_products(&sum[r][0], x, w0);
            add_products(&sum[r][1], x, w1);
        }
    }
#pragma GCC unroll 8
    for (int r = 0; r < 8; r++)
        for (int c = 0; c < 2; c++) {
            uint32_t at = n + (uint32_t)c * 16;
            vec by = v_set(row_scale[r]) * v_load(m->scale + at);
            vec y = _mm512_cvtepi32_ps(sum[r][c]) * by;
            v_store(out + (size_t)r * out_stride + at, y + v_load(m->bias + at));
        }
}

GR_TARGET static void product(const uint8_t *row, uint32_t count, const float *row_scale, int zero,
                              const gr_matrix *m, float *out, size_t out_stride) {
    for (uint32_t n = 0; n < m->padded; n += GR_COLUMN_GROUP)
        for (uint32_t r = 0; r < count; r += GR_ROW_GROUP)
            tile(row + (size_t)r * m->depth, row_scale + r, zero, m, n, out + r * out_stride, out_stride);
}

const gr_kernels gr_kernels_vnni = {product, embed, norm, relu, relu_sum, quantise, convolve, recur, add};
#else
typedef int gr_no_vnni; /* a translation unit may not be empty */
#endif
