#include "lang/features.h"

#include "base/utf8.h"

#define MAX_GRAMS 12u

static uint32_t plain(uint32_t c) {
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0x00B4:
    case 0x0060:
        return '\'';
    case 0x201C:
    case 0xAB:
    case 0xBB:
    case 0x201D:
        return '"';
    case 0x2010:
    case 0x2011:
    case 0x2013:
    case 0x2014:
    case 0x2212:
        return '-';
    default:
        return c;
    }
}

/* The plain code points of a form. The middle of an overlong one is left out. */
static uint32_t plain_points(gr_slice form, uint32_t *point) {
    const uint32_t half = GR_WORD_POINTS / 2;
    uint32_t count = 0;
    for (size_t at = 0; at < form.len;) {
        if (count == GR_WORD_POINTS) {
            memmove(point + half, point + half + 1, (half - 1) * sizeof *point);
            count--;
        }
        point[count++] = plain(gr_utf8_next(form, &at));
    }
    return count;
}

uint32_t gr_lower_points(gr_slice form, uint32_t *point) {
    uint32_t count = plain_points(form, point);
    for (uint32_t i = 0; i < count; i++) point[i] = gr_to_lower(point[i]);
    return count;
}

uint64_t gr_key64(const uint32_t *point, uint32_t count, uint64_t seed) {
    uint64_t h = 0xCBF29CE484222325u ^ seed * 0x9E3779B97F4A7C15u;
    for (uint32_t i = 0; i < count; i++) h = (h ^ point[i]) * 0x100000001B3u;
    return h ^ h >> 32;
}

static uint32_t fnv32(uint32_t h, const uint32_t *point, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) h = (h ^ point[i]) * 0x01000193u;
    return h;
}

static uint32_t finish(uint32_t h, uint32_t rows) {
    h ^= h >> 16;
    h *= 0x85EBCA6Bu;
    h ^= h >> 13;
    return (uint32_t)((uint64_t)h * rows >> 32);
}

uint32_t gr_feature_row(uint32_t kind, const uint32_t *point, uint32_t count, uint32_t rows) {
    return finish(fnv32(0x811C9DC5u ^ kind, point, count), rows);
}

static uint32_t shape(const uint32_t *point, uint32_t count, bool neutral, uint32_t *out) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < count && n < 8; i++) {
        uint32_t c = point[i], k = c;
        if (gr_is_upper(c))
            k = neutral ? 'n' : 'X';
        else if (gr_is_lower(c))
            k = neutral ? 'n' : 'x';
        else if (gr_is_digit(c))
            k = 'd';
        if (n < 3 || out[n - 1] != k || out[n - 2] != k || out[n - 3] != k) out[n++] = k;
    }
    return n;
}

static uint32_t case_class(const uint32_t *point, uint32_t count, bool neutral) {
    if (neutral) return 'n';
    bool upper = false, low = false;
    for (uint32_t i = 0; i < count; i++) {
        upper |= gr_is_upper(point[i]);
        low |= gr_is_lower(point[i]);
    }
    if (upper && !low) return 'u';
    return count && gr_is_upper(point[0]) ? 't' : 'l';
}

/* Three- and four-character pieces of the word between < and >. */
static void add_grams(gr_features *out, uint32_t kind, uint32_t size, const uint32_t *marked, uint32_t count,
                      uint32_t rows) {
    for (uint32_t i = 0; i < MAX_GRAMS && i + size <= count; i++)
        out->row[out->count++] = gr_feature_row(kind, marked + i, size, rows);
}

static uint32_t at_most(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

void gr_features_of(gr_slice form, bool neutral, uint32_t hash_rows, gr_features *out) {
    uint32_t point[GR_WORD_POINTS], marked[GR_WORD_POINTS + 2], shaped[8];
    uint32_t count = plain_points(form, point), *n = marked + 1;
    uint32_t which = case_class(point, count, neutral);
    out->letter_case = which;
    uint32_t shape_count = shape(point, count, neutral, shaped);
    for (uint32_t i = 0; i < count; i++) point[i] = gr_to_lower(point[i]);
    out->lower = gr_key64(point, count, 0);
    for (uint32_t i = 0; i < count; i++) n[i] = gr_is_digit(point[i]) ? '0' : point[i];
    out->key = gr_key64(n, count, 0);
    uint32_t *r = out->row;
    r[0] = gr_feature_row(1, n, at_most(count, 1), hash_rows);
    r[1] = gr_feature_row(2, n, at_most(count, 3), hash_rows);
    for (uint32_t size = 1; size <= 4; size++) {
        uint32_t k = at_most(count, size);
        r[1 + size] = gr_feature_row(2 + size, n + count - k, k, hash_rows);
    }
    r[6] = gr_feature_row(7, shaped, shape_count, hash_rows);
    r[7] = gr_feature_row(8, &which, 1, hash_rows);
    out->count = 8;
    if (which == 'u' || which == 't') {
        uint32_t h = fnv32(0x811C9DC5u ^ 9u, &which, 1);
        r[out->count++] = finish(fnv32(h, n, count), hash_rows);
    }
    marked[0] = '<';
    n[count] = '>';
    add_grams(out, 10, 3, marked, count + 2, hash_rows);
    add_grams(out, 11, 4, marked, count + 2, hash_rows);
}
