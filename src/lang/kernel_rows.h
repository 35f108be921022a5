/* The row operations of lang/kernel.h, written once over a vector type that the including file defines:
 * GR_LANES (1, 8 or 16), vec, GR_TARGET, and v_load, v_store, v_set, v_max, v_abs, v_load_i8, v_round_store
 * (to bytes, with an offset), v_power_of_two. No include guard: each kernel file includes it once. */

enum { ACCUMULATORS = 16 / GR_LANES, VECS = GR_WIDTH / GR_LANES };

/* Adds 16 lanes as a balanced tree, the same in every kernel. */
GR_TARGET static inline float sum_lanes(const vec *acc) {
    float lane[16];
    for (int i = 0; i < ACCUMULATORS; i++) v_store(lane + i * GR_LANES, acc[i]);
    for (int half = 8; half; half /= 2)
        for (int i = 0; i < half; i++) lane[i] += lane[i + half];
    return lane[0];
}

GR_TARGET static inline float max_lanes(vec v) {
    float lane[GR_LANES], most = 0;
    v_store(lane, v);
    for (int i = 0; i < GR_LANES; i++) most = lane[i] > most ? lane[i] : most;
    return most;
}

GR_TARGET static void embed(const int8_t *table, const float *scale, const uint32_t *row, uint32_t count,
                            float *out) {
    vec sum[VECS];
    for (int i = 0; i < VECS; i++) sum[i] = v_set(0);
    for (uint32_t r = 0; r < count; r++) {
        const int8_t *from = table + (size_t)row[r] * GR_WIDTH;
        vec by = v_set(scale[row[r]]);
        for (int i = 0; i < VECS; i++) sum[i] = sum[i] + by * v_load_i8(from + i * GR_LANES);
    }
    for (int i = 0; i < VECS; i++) v_store(out + i * GR_LANES, sum[i]);
}

GR_TARGET static inline void norm_row(const float *x, const float *gain, const float *shift, uint8_t *out,
                                      float *out_scale) {
    vec sum[ACCUMULATORS], square[ACCUMULATORS], y[VECS];
    for (int i = 0; i < ACCUMULATORS; i++) sum[i] = square[i] = v_set(0);
    for (int i = 0; i < VECS; i++) {
        y[i] = v_load(x + i * GR_LANES);
        sum[i % ACCUMULATORS] = sum[i % ACCUMULATORS] + y[i];
        square[i % ACCUMULATORS] = square[i % ACCUMULATORS] + y[i] * y[i];
    }
    float mean = sum_lanes(sum) / GR_WIDTH, spread = sum_lanes(square) / GR_WIDTH - mean * mean;
    vec centre = v_set(mean), by = v_set(1 / sqrtf((spread > 0 ? spread : 0) + 1e-5f)), most = v_set(1e-9f);
    for (int i = 0; i < VECS; i++) {
        y[i] = (y[i] - centre) * by * v_load(gain + i * GR_LANES) + v_load(shift + i * GR_LANES);
        most = v_max(most, v_abs(y[i]));
    }
    float limit = max_lanes(most);
    *out_scale = limit / 63;
    by = v_set(63 / limit);
    for (int i = 0; i < VECS; i++) v_round_store(out + i * GR_LANES, y[i] * by, GR_SIGNED_ZERO);
}

GR_TARGET static void norm(const float *x, uint32_t count, const float *gain, const float *shift,
                           uint8_t *out, float *out_scale) {
    for (uint32_t r = 0; r < count; r++)
        norm_row(x + (size_t)r * GR_WIDTH, gain, shift, out + (size_t)r * GR_WIDTH, out_scale + r);
}

GR_TARGET static void relu(const float *x, size_t stride, uint32_t count, uint32_t width, uint8_t *out,
                           float *out_scale) {
    for (uint32_t r = 0; r < count; r++, x += stride, out += width) {
        vec most = v_set(1e-9f);
        for (uint32_t i = 0; i < width; i += GR_LANES) most = v_max(most, v_load(x + i));
        float limit = max_lanes(most);
        out_scale[r] = limit / 127;
        vec by = v_set(127 / limit);
        for (uint32_t i = 0; i < width; i += GR_LANES)
            v_round_store(out + i, v_max(v_load(x + i), v_set(0)) * by, 0);
    }
}

GR_TARGET static void relu_sum(const float *a, const float *b, uint8_t *out, float *out_scale) {
    vec y[VECS], most = v_set(1e-9f);
    for (int i = 0; i < VECS; i++) {
        y[i] = v_max(v_load(a + i * GR_LANES) + v_load(b + i * GR_LANES), v_set(0));
        most = v_max(most, y[i]);
    }
    float limit = max_lanes(most);
    *out_scale = limit / 127;
    vec by = v_set(127 / limit);
    for (int i = 0; i < VECS; i++) v_round_store(out + i * GR_LANES, y[i] * by, 0);
}

GR_TARGET static void quantise(const float *x, int8_t *out, float *out_scale) {
    vec most = v_set(1e-9f);
    for (int i = 0; i < VECS; i++) most = v_max(most, v_abs(v_load(x + i * GR_LANES)));
    float limit = max_lanes(most);
    *out_scale = limit / 127;
    vec by = v_set(127 / limit);
    for (int i = 0; i < VECS; i++)
        v_round_store((uint8_t *)out + i * GR_LANES, v_load(x + i * GR_LANES) * by, 0);
}

GR_TARGET static void convolve(float *x, const float *y, uint32_t count) {
    const size_t stride = 3 * GR_WIDTH;
    static const float nothing[GR_WIDTH];
    for (uint32_t t = 0; t < count; t++, x += GR_WIDTH, y += stride) {
        const float *left = t ? y - stride : nothing;
        const float *right = t + 1 < count ? y + stride + 2 * GR_WIDTH : nothing;
        for (uint32_t i = 0; i < GR_WIDTH; i += GR_LANES) {
            vec sum = v_load(left + i) + v_load(y + GR_WIDTH + i) + v_load(right + i);
            v_store(x + i, v_load(x + i) + v_max(sum, v_set(0)));
        }
    }
}

/* 1 / (1 + e^-x). e^-x = 2^n * 2^f with |f| <= 1/2; 2^f by its Taylor polynomial of degree 5, error below
 * 3e-6. */
GR_TARGET static inline vec sigmoid(vec x) {
    vec t = v_max(v_set(-60.0f), v_set(0) - v_max(x, v_set(-40.0f)) * v_set(1.44269504f));
    vec power, whole = v_power_of_two(t, &power);
    vec f = t - whole;
    vec p = v_set(0.00133336f);
    p = p * f + v_set(0.00961813f);
    p = p * f + v_set(0.05550411f);
    p = p * f + v_set(0.24022651f);
    p = p * f + v_set(0.69314718f);
    p = p * f + v_set(1.0f);
    return v_set(1.0f) / (v_set(1.0f) + p * power);
}

GR_TARGET static inline void recur_step(vec *h, float *gate, const float *candidate) {
    for (int i = 0; i < VECS; i++) {
        vec z = sigmoid(v_load(gate + i * GR_LANES));
        h[i] = h[i] + z * (v_load(candidate + i * GR_LANES) - h[i]);
        v_store(gate + i * GR_LANES, h[i]);
    }
}

GR_TARGET static void recur(float *gate, uint32_t count) {
    const size_t stride = 4 * GR_WIDTH;
    vec h[VECS];
    for (int i = 0; i < VECS; i++) h[i] = v_set(0);
    for (uint32_t t = 0; t < count; t++) recur_step(h, gate + t * stride, gate + t * stride + 2 * GR_WIDTH);
    for (int i = 0; i < VECS; i++) h[i] = v_set(0);
    for (uint32_t t = count; t-- > 0;)
        recur_step(h, gate + t * stride + GR_WIDTH, gate + t * stride + 3 * GR_WIDTH);
}

GR_TARGET static void add(float *x, const float *y, size_t count) {
    for (size_t i = 0; i < count; i += GR_LANES) v_store(x + i, v_load(x + i) + v_load(y + i));
}
