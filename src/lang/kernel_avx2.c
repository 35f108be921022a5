/* The kernels for AVX2: products by pairwise multiply-add of bytes. */
#include "lang/kernel.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>

#define GR_LANES 8
#define GR_TARGET __attribute__((target("avx2")))
typedef __m256 vec;

GR_TARGET static inline vec v_load(const float *p) {
    return _mm256_loadu_ps(p);
}
GR_TARGET static inline void v_store(float *p, vec v) {
    _mm256_storeu_ps(p, v);
}
GR_TARGET static inline vec v_set(float f) {
    return _mm256_set1_ps(f);
}
GR_TARGET static inline vec v_max(vec a, vec b) {
    return _mm256_max_ps(a, b);
}
GR_TARGET static inline vec v_abs(vec a) {
    return _mm256_andnot_ps(_mm256_set1_ps(-0.0f), a);
}
GR_TARGET static inline vec v_load_i8(const int8_t *p) {
    return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_loadl_epi64((const __m128i *)(const void *)p)));
}
GR_TARGET static inline void v_round_store(uint8_t *p, vec v, int offset) {
    __m256i n = _mm256_add_epi32(_mm256_cvtps_epi32(v), _mm256_set1_epi32(offset));
    __m256i low = _mm256_shuffle_epi8(n, _mm256_set1_epi32(0x0C080400));
    uint32_t part[2] = {(uint32_t)_mm256_extract_epi32(low, 0), (uint32_t)_mm256_extract_epi32(low, 4)};
    memcpy(p, part, sizeof part);
}
GR_TARGET static inline vec v_power_of_two(vec t, vec *power) {
    __m256i n = _mm256_cvtps_epi32(t);
    *power = _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_add_epi32(n, _mm256_set1_epi32(127)), 23));
    return _mm256_cvtepi32_ps(n);
}

#include "lang/kernel_rows.h"

GR_TARGET static inline __m256i multiply_add(__m256i sum, __m256i row, __m256i weight) {
    __m256i pairs = _mm256_maddubs_epi16(row, weight);
    return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

/* Four rows by 16 columns. */
GR_TARGET static inline void tile(const uint8_t *row, const float *row_scale, int zero, const gr_matrix *m,
                                  uint32_t n, float *out, size_t out_stride) {
    __m256i start[2], sum[4][2];
    for (int c = 0; c < 2; c++)
        start[c] = _mm256_mullo_epi32(_mm256_loadu_si256((const void *)(m->column_sum + n + c * 8)),
                                      _mm256_set1_epi32(-zero));
    for (int r = 0; r < 4; r++) sum[r][0] = start[0], sum[r][1] = start[1];
    const int8_t *w = m->weight + (size_t)n * 4;
    for (uint32_t k = 0; k < m->depth; k += 4, w += (size_t)m->padded * 4) {
        __m256i w0 = _mm256_loadu_si256((const void *)w), w1 = _mm256_loadu_si256((const void *)(w + 32));
        for (int r = 0; r < 4; r++) {
            int32_t four;
            memcpy(&four, row + (size_t)r * m->depth + k, 4);
            __m256i x = _mm256_set1_epi32(four);
            sum[r][0] = multiply_add(sum[r][0], x, w0);
            sum[r][1] = multiply_add(sum[r][1], x, w1);
        }
    }
    for (int r = 0; r < 4; r++)
        for (int c = 0; c < 2; c++) {
            uint32_t at = n + (uint32_t)c * 8;
            vec by = v_set(row_scale[r]) * v_load(m->scale + at);
            vec y = _mm256_cvtepi32_ps(sum[r][c]) * by;
            v_store(out + (size_t)r * out_stride + at, y + v_load(m->bias + at));
        }
}

GR_TARGET static void product(const uint8_t *row, uint32_t count, const float *row_scale, int zero,
                              const gr_matrix *m, float *out, size_t out_stride) {
    for (uint32_t n = 0; n < m->padded; n += 16)
        for (uint32_t r = 0; r < count; r += 4)
            tile(row + (size_t)r * m->depth, row_scale + r, zero, m, n, out + r * out_stride, out_stride);
}

const gr_kernels gr_kernels_avx2 = {product, embed, norm, relu, relu_sum, quantise, convolve, recur, add};
#else
typedef int gr_no_avx2; /* a translation unit may not be empty */
#endif
