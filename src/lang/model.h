/* The model file (extension .griot), little-endian, version 2:
 *
 *   0   "GRIOTMDL"            8 bytes
 *   8   version, u32
 *   12  number of sections, u32
 *   16  length of the file, u64
 *   24  zeros up to 64
 *   64  section table: name (16 bytes, NUL-padded), offset u64, length u64; offsets are multiples of 64
 *       sections
 *   end - 32  SHA-256 of everything before it
 *
 * Sections that the parser needs (counts are in "shape"):
 *   lang            ISO 639-1
 *   shape           u32: width, arc, label, words, hashed rows, upos, feats, relations, names,
 *                   suffix rules, lemma exceptions, lemma groups
 *   layers          one letter a layer: c convolution, g two-way minGRU
 *   upos feats relations names    labels, one a line
 *   words           u64 keys (features.h) of the vocabulary, rising
 *   word.rows       int8[words + 2][width]: unknown word, root, then the words
 *   hash.rows       int8[hashed rows][width]
 *   word.scale hash.scale         float a row
 *   mix heads bilinear label      matrices
 *   normI taps0 gates1 out1 ...   of layer I; "norm" before the heads: gain, shift, float[width] each
 *   distance        float[33]: arc bias by head - dependent
 *   allowed         u8[upos][feats]: 1 where training data has the pair
 *   lemma.group     u16[upos][feats]: which suffix rules apply
 *   lemma.rules lemma.exceptions lemma.text      see lemma.h
 *   lexicon.keys lexicon.set lexicon.kind        u32[words], u16[words], u8[sets][4], see lexicon.h;
 *                   all three or none
 *
 * A matrix: depth u32, columns u32, zeros to 64, scale float[padded], bias float[padded],
 * int8[depth/4][padded][4]; padded is columns rounded up to 32; -128 does not occur. Other sections may
 * follow, such as "segment". */
#ifndef GRIOT_LANG_MODEL_H
#define GRIOT_LANG_MODEL_H

#include "base/digest.h"
#include "base/os.h"
#include "lang/kernel.h"
#include "lang/lemma.h"
#include "lang/lexicon.h"

#define GR_MODEL_VERSION 2u
#define GR_MAX_LAYERS 16u
#define GR_MAX_LABELS 1024u
#define GR_MAX_LEXICON_WORDS (1u << 20)
#define GR_HASH_B 32u

typedef struct gr_norm {
    const float *gain, *shift; /* [GR_WIDTH] */
} gr_norm;

typedef struct gr_layer {
    char kind; /* 'c': first is the taps; 'g': first is the gates, second the output */
    gr_norm norm;
    gr_matrix first, second;
} gr_layer;

typedef struct gr_labels {
    uint32_t count;
    gr_slice *name;
} gr_labels;

struct gr_model {
    gr_mapped file; /* data NULL when the bytes belong to the caller */
    gr_slice bytes;
    char origin[256];
    gr_digest hash;
    uint32_t section_count;
    gr_slice lang;

    gr_labels upos, feats, rels, names;
    uint8_t *upos_of;    /* gr_upos of a label */
    uint32_t *feat_bits; /* gr_feat bits of a label */
    uint8_t *rel_of, *subrel_of, *name_of;
    uint32_t root_rel, later_rel; /* later_rel joins the pieces of a sentence that was cut */
    uint16_t *feats_allowed;      /* label numbers, by UPOS */
    uint32_t *feats_allowed_at;   /* [upos.count + 1] */

    uint32_t word_count, hash_rows;
    const uint64_t *word_key;
    const int8_t *word_row, *hash_row;
    const float *word_scale, *hash_scale;
    gr_matrix mix, heads, bilinear, label;
    gr_layer layer[GR_MAX_LAYERS];
    uint32_t layer_count;
    gr_norm norm;
    const float *distance;
    gr_lemmas lemmas;
    gr_lexicon lexicon;

    void *owned[64]; /* heap blocks, freed with the model */
    uint32_t owned_count;
};

/* Columns of the "heads" product, in this order: UPOS, feats, names, then the four projections. */
typedef struct gr_head_columns {
    uint32_t upos, feats, names, arc_dependent, arc_head, label_dependent, label_head, end;
} gr_head_columns;
gr_head_columns gr_model_head_columns(const gr_model *model);

/* Reads a model from bytes, 64-aligned, that outlive it. check_hash false skips the SHA-256, so that the fuzz
 * target reaches the checks behind it. origin names the bytes in messages. */
gr_model *gr_model_from_bytes(gr_slice bytes, const char *origin, bool check_hash, gr_error *err);

#endif
