/* The smallest language model that the loader takes (lang/model.h), about 300 kB, built in memory: the
 * trained one is too large to be an input. Weights are made by a counter, so that every run has the same. */
#ifndef GRIOT_FUZZ_SMALL_MODEL_H
#define GRIOT_FUZZ_SMALL_MODEL_H

#include "lang/model.h"
#include "text/segmenter.h"

#include <stdlib.h>

enum { SMALL_SECTIONS = 29, SMALL_WORDS = 3, SMALL_HASH_ROWS = 8, SMALL_CAPACITY_B = 1 << 19 };

typedef struct small_model {
    char *bytes; /* 64-aligned, SMALL_CAPACITY_B */
    size_t len;  /* with the hash behind, which stays zero */
    unsigned sections;
    uint32_t noise;
} small_model;

static void small_u32(small_model *m, uint32_t value) {
    memcpy(m->bytes + m->len, &value, sizeof value);
    m->len += sizeof value;
}

static void small_floats(small_model *m, uint32_t count, float value) {
    for (uint32_t i = 0; i < count; i++, m->len += sizeof value)
        memcpy(m->bytes + m->len, &value, sizeof value);
}

static void small_weights(small_model *m, size_t count) {
    for (size_t i = 0; i < count; i++) {
        m->noise = m->noise * 1664525u + 1013904223u;
        m->bytes[m->len++] = (char)((int)(m->noise >> 24) % 16 - 8);
    }
}

/* Opens a section: aligns, and enters name and offset in the table. */
static size_t small_begin(small_model *m, const char *name) {
    m->len = (m->len + 63) / 64 * 64;
    char *entry = m->bytes + 64 + 32 * m->sections++;
    uint64_t at = m->len;
    strncpy(entry, name, 16);
    memcpy(entry + 16, &at, sizeof at);
    return m->len;
}

static void small_end(small_model *m, size_t begin) {
    uint64_t length = m->len - begin;
    memcpy(m->bytes + 64 + 32 * (m->sections - 1) + 24, &length, sizeof length);
}

static void small_text(small_model *m, const char *name, const char *text) {
    size_t begin = small_begin(m, name), len = strlen(text);
    memcpy(m->bytes + m->len, text, len);
    m->len += len;
    small_end(m, begin);
}

static void small_matrix(small_model *m, const char *name, uint32_t depth, uint32_t columns) {
    size_t begin = small_begin(m, name);
    uint32_t padded = (columns + GR_COLUMN_GROUP - 1) / GR_COLUMN_GROUP * GR_COLUMN_GROUP;
    small_u32(m, depth);
    small_u32(m, columns);
    m->len = begin + 64;
    small_floats(m, padded, 0.01f);
    small_floats(m, padded, 0.0f);
    small_weights(m, (size_t)depth * padded);
    small_end(m, begin);
}

static void small_floats_section(small_model *m, const char *name, uint32_t count, float value) {
    size_t begin = small_begin(m, name);
    small_floats(m, count, value);
    small_end(m, begin);
}

static void small_weights_section(small_model *m, const char *name, size_t count) {
    size_t begin = small_begin(m, name);
    small_weights(m, count);
    small_end(m, begin);
}

static void small_zeros(small_model *m, const char *name, size_t count) {
    size_t begin = small_begin(m, name);
    m->len += count;
    small_end(m, begin);
}

static void small_labels(small_model *m) {
    static const uint32_t shape[] = {GR_WIDTH, GR_ARC, GR_LABEL, SMALL_WORDS, SMALL_HASH_ROWS, 4, 2, 4, 3,
                                     1,        0,      1};
    size_t begin = small_begin(m, "shape");
    for (size_t i = 0; i < sizeof shape / sizeof *shape; i++) small_u32(m, shape[i]);
    small_end(m, begin);
    small_text(m, "lang", "en");
    small_text(m, "upos", "NOUN\nVERB\nPROPN\nPUNCT\n");
    small_text(m, "feats", "_\nNumber=Sing\n");
    small_text(m, "relations", "root\nparataxis\nnsubj\nobj\n");
    small_text(m, "names", "O\nB-PER\nI-PER\n");
    small_text(m, "allowed", "\1\1\1\1\1\1\1\1");
    small_zeros(m, "lemma.group", 16);
    small_zeros(m, "lemma.rules", 16);
    small_zeros(m, "lemma.exceptions", 0);
    small_text(m, "lemma.text", "ed");
}

static void small_words(small_model *m) {
    size_t begin = small_begin(m, "words");
    for (uint32_t i = 1; i <= SMALL_WORDS; i++) {
        small_u32(m, 0);
        small_u32(m, i << 28);
    }
    small_end(m, begin);
    small_weights_section(m, "word.rows", (SMALL_WORDS + 2) * GR_WIDTH);
    small_floats_section(m, "word.scale", SMALL_WORDS + 2, 0.02f);
    small_weights_section(m, "hash.rows", SMALL_HASH_ROWS * GR_WIDTH);
    small_floats_section(m, "hash.scale", SMALL_HASH_ROWS, 0.02f);
}

static void small_segment(small_model *m) {
    size_t rows = (size_t)GR_GAP_WINDOW * (1 + 2 + GR_GAP_SHAPES) + GR_GAP_EXTRA_ROWS;
    size_t begin = small_begin(m, "segment");
    memcpy(m->bytes + m->len, "GRSG\1\0\0\0\1\0\0\0", 12);
    m->len += 16;
    small_weights(m, 48 + 4 + rows * 16);
    small_end(m, begin);
}

static small_model small_model_new(void) {
    small_model m = {.bytes = aligned_alloc(64, SMALL_CAPACITY_B), .len = 64 + 32 * SMALL_SECTIONS};
    if (!m.bytes) abort();
    memset(m.bytes, 0, SMALL_CAPACITY_B);
    small_labels(&m);
    small_words(&m);
    small_matrix(&m, "mix", 2 * GR_WIDTH, GR_WIDTH);
    small_matrix(&m, "heads", GR_WIDTH, 4 + 2 + 3 + 2 * GR_ARC + 2 * GR_LABEL);
    small_matrix(&m, "bilinear", GR_ARC, GR_ARC);
    small_matrix(&m, "label", GR_LABEL, 4);
    small_floats_section(&m, "norm", 2 * GR_WIDTH, 0.5f);
    small_floats_section(&m, "distance", GR_DISTANCES, 0.1f);
    small_text(&m, "layers", "cg");
    small_floats_section(&m, "norm0", 2 * GR_WIDTH, 0.5f);
    small_matrix(&m, "taps0", GR_WIDTH, 3 * GR_WIDTH);
    small_floats_section(&m, "norm1", 2 * GR_WIDTH, 0.5f);
    small_matrix(&m, "gates1", GR_WIDTH, 4 * GR_WIDTH);
    small_matrix(&m, "out1", 2 * GR_WIDTH, GR_WIDTH);
    small_segment(&m);
    m.len = (m.len + 63) / 64 * 64 + GR_HASH_B;
    memcpy(m.bytes, "GRIOTMDL", 8);
    uint32_t head[] = {GR_MODEL_VERSION, m.sections};
    uint64_t length = m.len;
    memcpy(m.bytes + 8, head, sizeof head);
    memcpy(m.bytes + 16, &length, sizeof length);
    return m;
}

#endif
