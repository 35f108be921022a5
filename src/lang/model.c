#include "lang/model.h"

#include "lang/features.h"
#include "lang/labels.h"

#include "base/limits.h"

#include <math.h>
#include <stdio.h>

#define HEADER_B 64u
#define ENTRY_B 32u
#define NAME_B 16u
#define SHAPE_FIELDS 12u
#define DAMAGED "; fetch or build the model file again (train/README.md)"

_Static_assert(sizeof(gr_lemma_entry) == 16, "the file's layout");

static uint32_t u32_at(gr_slice bytes, size_t at) {
    uint32_t v;
    memcpy(&v, bytes.ptr + at, sizeof v);
    return v;
}

static uint64_t u64_at(gr_slice bytes, size_t at) {
    uint64_t v;
    memcpy(&v, bytes.ptr + at, sizeof v);
    return v;
}

/* One reading of a file: the model so far and where to complain. */
typedef struct reading {
    gr_model *model;
    gr_error *err;
    bool failed;
} reading;

static void damaged(reading *r, const char *section, const char *what) {
    if (r->failed) return;
    r->failed = true;
    gr_fail(r->err, GR_BAD_MODEL, r->model->origin, "section \"%s\" %s" DAMAGED, section, what);
}

static void *own(reading *r, size_t size) {
    if (r->failed) return NULL;
    void *block = gr_os_alloc(size ? size : 1);
    if (block) {
        r->model->owned[r->model->owned_count++] = block;
        return memset(block, 0, size ? size : 1);
    }
    r->failed = true;
    gr_fail(r->err, GR_NO_MEMORY, r->model->origin, "no memory for the model");
    return NULL;
}

static gr_slice find_section(const gr_model *model, gr_slice name) {
    for (uint32_t i = 0; i < model->section_count; i++) {
        size_t at = HEADER_B + (size_t)i * ENTRY_B;
        const char *entry = model->bytes.ptr + at;
        if (gr_eq((gr_slice){entry, strnlen(entry, NAME_B)}, name))
            return (gr_slice){model->bytes.ptr + u64_at(model->bytes, at + NAME_B),
                              u64_at(model->bytes, at + NAME_B + 8)};
    }
    return (gr_slice){0};
}

/* A section that has to be there with exactly size_b bytes. */
static const void *exactly(reading *r, const char *name, size_t size_b) {
    gr_slice s = find_section(r->model, gr_slice_of(name));
    if (!s.ptr)
        damaged(r, name, "is missing");
    else if (s.len != size_b)
        damaged(r, name, "has the wrong length");
    return r->failed ? NULL : s.ptr;
}

/* Finite and small enough that no sum in the encoder overflows. */
static const float *floats(reading *r, const char *name, size_t count) {
    const float *f = exactly(r, name, count * sizeof *f);
    for (size_t i = 0; f && i < count; i++)
        if (!(fabsf(f[i]) < 1e4f)) {
            damaged(r, name, "holds a number out of range");
            return NULL;
        }
    return f;
}

static void check_weights(reading *r, const char *name, const int8_t *weight, size_t count) {
    int worst = 0;
    for (size_t i = 0; i < count; i++) worst |= weight[i] == -128;
    if (worst) damaged(r, name, "holds a weight out of range");
}

static gr_matrix matrix(reading *r, const char *name, uint32_t depth, uint32_t columns) {
    gr_matrix m = {depth, columns, (columns + GR_COLUMN_GROUP - 1) / GR_COLUMN_GROUP * GR_COLUMN_GROUP};
    size_t scales = (size_t)m.padded * sizeof(float), weights = (size_t)depth * m.padded;
    const char *at = exactly(r, name, 64 + 2 * scales + weights);
    if (!at) return m;
    if (u32_at((gr_slice){at, 8}, 0) != depth || u32_at((gr_slice){at, 8}, 4) != columns)
        damaged(r, name, "has other dimensions than \"shape\" says");
    m.scale = (const float *)(const void *)(at + 64);
    m.bias = m.scale + m.padded;
    m.weight = (const int8_t *)(m.bias + m.padded);
    for (uint32_t i = 0; i < 2 * m.padded; i++)
        if (!(fabsf(m.scale[i]) < 1e3f)) damaged(r, name, "holds a number out of range");
    check_weights(r, name, m.weight, weights);
    int32_t *sum = own(r, m.padded * sizeof *sum);
    for (size_t i = 0; sum && i < weights; i++) sum[i / 4 % m.padded] += m.weight[i];
    m.column_sum = sum;
    return m;
}

static gr_labels labels(reading *r, const char *name, uint32_t count) {
    gr_labels out = {count, own(r, count * sizeof *out.name)};
    gr_slice text = find_section(r->model, gr_slice_of(name));
    if (!text.ptr) damaged(r, name, "is missing");
    for (uint32_t i = 0; !r->failed && i < count; i++) {
        if (text.len == 0) damaged(r, name, "has too few labels");
        out.name[i] = gr_cut(&text, '\n');
    }
    if (text.len) damaged(r, name, "has too many labels");
    return out;
}

static gr_norm norm_of(reading *r, const char *name) {
    const float *f = floats(r, name, 2 * GR_WIDTH);
    return (gr_norm){f, f ? f + GR_WIDTH : NULL};
}

static void read_layer(reading *r, uint32_t i, char kind) {
    gr_layer *layer = &r->model->layer[i];
    gr_slice name[3] = {GR_S("norm"), GR_S("taps"), GR_S("gates")};
    char text[3][12];
    for (int k = 0; k < 3; k++) snprintf(text[k], sizeof text[k], "%.*s%u", GR_FMT(name[k]), i);
    layer->kind = kind;
    layer->norm = norm_of(r, text[0]);
    if (kind == 'c') {
        layer->first = matrix(r, text[1], GR_WIDTH, 3 * GR_WIDTH);
    } else if (kind == 'g') {
        char out[12];
        snprintf(out, sizeof out, "out%u", i);
        layer->first = matrix(r, text[2], GR_WIDTH, 4 * GR_WIDTH);
        layer->second = matrix(r, out, 2 * GR_WIDTH, GR_WIDTH);
    } else {
        damaged(r, "layers", "names an unknown kind of layer");
    }
}

static void read_layers(reading *r) {
    gr_slice kinds = find_section(r->model, GR_S("layers"));
    if (!kinds.ptr || kinds.len == 0 || kinds.len > GR_MAX_LAYERS) {
        damaged(r, "layers", "is missing or too long");
        return;
    }
    r->model->layer_count = (uint32_t)kinds.len;
    for (uint32_t i = 0; i < kinds.len && !r->failed; i++) read_layer(r, i, kinds.ptr[i]);
}

static void read_words(reading *r, uint32_t words, uint32_t rows) {
    gr_model *m = r->model;
    m->word_count = words;
    m->hash_rows = rows;
    m->word_key = exactly(r, "words", (size_t)words * 8);
    m->word_row = exactly(r, "word.rows", ((size_t)words + 2) * GR_WIDTH);
    m->word_scale = floats(r, "word.scale", (size_t)words + 2);
    m->hash_row = exactly(r, "hash.rows", (size_t)rows * GR_WIDTH);
    m->hash_scale = floats(r, "hash.scale", rows);
}

/* Lists the feature labels that each UPOS label may have. */
static void read_allowed(reading *r) {
    gr_model *m = r->model;
    size_t count = (size_t)m->upos.count * m->feats.count;
    const uint8_t *allowed = exactly(r, "allowed", count);
    m->feats_allowed = own(r, count * sizeof *m->feats_allowed);
    m->feats_allowed_at = own(r, (m->upos.count + 1) * sizeof *m->feats_allowed_at);
    if (r->failed) return;
    uint32_t n = 0;
    for (uint32_t u = 0; u < m->upos.count; u++) {
        for (uint32_t f = 0; f < m->feats.count; f++)
            if (allowed[(size_t)u * m->feats.count + f]) m->feats_allowed[n++] = (uint16_t)f;
        if (n == m->feats_allowed_at[u]) damaged(r, "allowed", "leaves a part of speech without features");
        m->feats_allowed_at[u + 1] = n;
    }
}

static void read_lemmas(reading *r, uint32_t rules, uint32_t exceptions, uint32_t groups) {
    gr_model *m = r->model;
    gr_lemmas *l = &m->lemmas;
    l->rule_count = rules;
    l->exception_count = exceptions;
    l->group_count = groups;
    l->feats_count = m->feats.count;
    l->rule = exactly(r, "lemma.rules", (size_t)rules * sizeof *l->rule);
    l->exception = exactly(r, "lemma.exceptions", (size_t)exceptions * sizeof *l->exception);
    l->group = exactly(r, "lemma.group", (size_t)m->upos.count * m->feats.count * sizeof *l->group);
    l->text = find_section(m, GR_S("lemma.text"));
    const char *why;
    if (!r->failed && !gr_lemmas_sound(l, m->upos.count, &why)) damaged(r, why, "is not in order");
}

/* A language without dictionaries has none of the three sections. */
static void read_lexicon(reading *r) {
    gr_lexicon *l = &r->model->lexicon;
    gr_slice keys = find_section(r->model, GR_S("lexicon.keys"));
    size_t words = keys.len / sizeof *l->key;
    size_t sets = find_section(r->model, GR_S("lexicon.kind")).len / sizeof *l->kind;
    if (!keys.ptr) return;
    if (words > GR_MAX_LEXICON_WORDS || sets > UINT16_MAX) damaged(r, "lexicon.keys", "is too long");
    l->key = exactly(r, "lexicon.keys", words * sizeof *l->key);
    l->set = exactly(r, "lexicon.set", words * sizeof *l->set);
    l->kind = exactly(r, "lexicon.kind", sets * sizeof *l->kind);
    for (size_t i = 0; !r->failed && i < words; i++)
        if (l->set[i] >= sets || (i && l->key[i] <= l->key[i - 1]))
            damaged(r, "lexicon.keys", "is not in order");
    l->count = (uint32_t)words;
}

static void decode_labels(reading *r) {
    gr_model *m = r->model;
    m->upos_of = own(r, m->upos.count);
    m->feat_bits = own(r, m->feats.count * sizeof *m->feat_bits);
    m->rel_of = own(r, m->rels.count);
    m->subrel_of = own(r, m->rels.count);
    m->name_of = own(r, m->names.count);
    if (r->failed) return;
    m->root_rel = m->later_rel = GR_NONE;
    for (uint32_t i = 0; i < m->upos.count; i++) m->upos_of[i] = gr_upos_of(m->upos.name[i]);
    for (uint32_t i = 0; i < m->feats.count; i++) m->feat_bits[i] = gr_feat_bits(m->feats.name[i]);
    for (uint32_t i = 0; i < m->rels.count; i++) {
        m->rel_of[i] = gr_rel_of(m->rels.name[i]);
        m->subrel_of[i] = gr_subrel_of(m->rels.name[i]);
        if (gr_eq(m->rels.name[i], GR_S("root"))) m->root_rel = i;
        if (gr_eq(m->rels.name[i], GR_S("parataxis"))) m->later_rel = i;
    }
    for (uint32_t i = 0; i < m->names.count; i++) m->name_of[i] = gr_name_of(m->names.name[i]);
    if (m->root_rel == GR_NONE || m->later_rel == GR_NONE || m->rels.count < 3)
        damaged(r, "relations", "lacks root or parataxis");
}

gr_head_columns gr_model_head_columns(const gr_model *m) {
    gr_head_columns c = {0};
    c.feats = c.upos + m->upos.count;
    c.names = c.feats + m->feats.count;
    c.arc_dependent = c.names + m->names.count;
    c.arc_head = c.arc_dependent + GR_ARC;
    c.label_dependent = c.arc_head + GR_ARC;
    c.label_head = c.label_dependent + GR_LABEL;
    c.end = c.label_head + GR_LABEL;
    return c;
}

/* The counts of "shape", each below a ceiling of its own. */
static const uint32_t *read_shape(reading *r) {
    static const uint32_t most[SHAPE_FIELDS] = {0,
                                                0,
                                                0,
                                                1u << 20,
                                                1u << 20,
                                                GR_MAX_LABELS,
                                                GR_MAX_LABELS,
                                                GR_MAX_LABELS,
                                                GR_MAX_LABELS,
                                                1u << 22,
                                                1u << 22,
                                                1u << 16};
    const uint32_t *shape = exactly(r, "shape", SHAPE_FIELDS * sizeof *shape);
    if (!shape) return NULL;
    if (shape[0] != GR_WIDTH || shape[1] != GR_ARC || shape[2] != GR_LABEL)
        damaged(r, "shape", "has dimensions that this griot does not know");
    for (uint32_t i = 3; i < SHAPE_FIELDS; i++)
        if (shape[i] > most[i] || (i != 3 && i < 9 && shape[i] == 0))
            damaged(r, "shape", "holds a bad count");
    return r->failed ? NULL : shape;
}

static void read_parts(reading *r) {
    gr_model *m = r->model;
    m->lang = find_section(m, GR_S("lang"));
    if (m->lang.len < 2 || m->lang.len > 8) damaged(r, "lang", "is missing");
    const uint32_t *shape = read_shape(r);
    if (!shape) return;
    read_words(r, shape[3], shape[4]);
    m->upos = labels(r, "upos", shape[5]);
    m->feats = labels(r, "feats", shape[6]);
    m->rels = labels(r, "relations", shape[7]);
    m->names = labels(r, "names", shape[8]);
    if (r->failed) return;
    decode_labels(r);
    read_allowed(r);
    read_lemmas(r, shape[9], shape[10], shape[11]);
    read_lexicon(r);
    m->mix = matrix(r, "mix", 2 * GR_WIDTH, GR_WIDTH);
    m->heads = matrix(r, "heads", GR_WIDTH, gr_model_head_columns(m).end);
    m->bilinear = matrix(r, "bilinear", GR_ARC, GR_ARC);
    m->label = matrix(r, "label", GR_LABEL, m->rels.count);
    m->norm = norm_of(r, "norm");
    m->distance = floats(r, "distance", GR_DISTANCES);
    read_layers(r);
}

/* Header and section table: every section inside the file, before the hash. */
static gr_status check_table(gr_slice bytes, const char *origin, gr_error *err) {
    if (bytes.len < HEADER_B + GR_HASH_B || memcmp(bytes.ptr, "GRIOTMDL", 8) != 0)
        return gr_fail(err, GR_BAD_MODEL, origin, "not a griot model file");
    if (u32_at(bytes, 8) != GR_MODEL_VERSION)
        return gr_fail(err, GR_BAD_MODEL, origin,
                       "model format %u, but this griot reads format %u; use the model "
                       "that came with it",
                       u32_at(bytes, 8), GR_MODEL_VERSION);
    if (u64_at(bytes, 16) != bytes.len)
        return gr_fail(err, GR_BAD_MODEL, origin,
                       "the file is cut off or has grown: %zu bytes instead of %llu" DAMAGED, bytes.len,
                       (unsigned long long)u64_at(bytes, 16));
    size_t end = bytes.len - GR_HASH_B, count = u32_at(bytes, 12);
    if (count > (end - HEADER_B) / ENTRY_B)
        return gr_fail(err, GR_BAD_MODEL, origin, "the section table is damaged" DAMAGED);
    for (size_t i = 0; i < count; i++) {
        size_t at = HEADER_B + i * ENTRY_B;
        uint64_t offset = u64_at(bytes, at + NAME_B), length = u64_at(bytes, at + NAME_B + 8);
        if (offset % 64 || offset > end || length > end - offset)
            return gr_fail(err, GR_BAD_MODEL, origin, "section \"%.*s\" lies outside the file" DAMAGED,
                           (int)strnlen(bytes.ptr + at, NAME_B), bytes.ptr + at);
    }
    return GR_OK;
}

/* The SHA-256 at the end, and the hash of the whole file in *hash. */
static gr_status check_hash(gr_slice bytes, const char *origin, gr_digest *hash, gr_error *err) {
    gr_slice body = gr_sub(bytes, 0, bytes.len - GR_HASH_B), tail = gr_sub(bytes, body.len, bytes.len);
    gr_sha256_state whole;
    gr_sha256_begin(&whole);
    gr_sha256_add(&whole, body);
    gr_sha256_state part = whole;
    gr_digest found = gr_sha256_end(&part);
    gr_sha256_add(&whole, tail);
    *hash = gr_sha256_end(&whole);
    char stored[2 * GR_HASH_B + 1];
    for (uint32_t i = 0; i < GR_HASH_B; i++)
        snprintf(stored + 2 * i, 3, "%02x", (unsigned)(unsigned char)tail.ptr[i]);
    if (strcmp(stored, found.hex) != 0)
        return gr_fail(err, GR_BAD_MODEL, origin, "the SHA-256 does not match: the file is damaged" DAMAGED);
    return GR_OK;
}

gr_model *gr_model_from_bytes(gr_slice bytes, const char *origin, bool with_hash, gr_error *err) {
    gr_digest hash = {0};
    if (check_table(bytes, origin, err) != GR_OK) return NULL;
    if (with_hash && check_hash(bytes, origin, &hash, err) != GR_OK) return NULL;
    gr_model *model = gr_os_alloc(sizeof *model);
    if (!model) {
        gr_fail(err, GR_NO_MEMORY, origin, "no memory for the model");
        return NULL;
    }
    memset(model, 0, sizeof *model);
    model->bytes = bytes;
    model->hash = hash;
    model->section_count = u32_at(bytes, 12);
    snprintf(model->origin, sizeof model->origin, "%s", origin);
    reading r = {model, err, false};
    read_parts(&r);
    if (!r.failed) return model;
    gr_model_close(model);
    return NULL;
}

gr_model *gr_model_open(const char *path, gr_error *err) {
    gr_mapped file;
    if (gr_os_map(path, GR_MAX_MODEL_B, &file, err) != GR_OK) return NULL;
    gr_model *model = gr_model_from_bytes((gr_slice){(const char *)file.data, file.len}, path, true, err);
    if (model)
        model->file = file;
    else
        gr_os_unmap(&file);
    return model;
}

void gr_model_close(gr_model *model) {
    if (!model) return;
    for (uint32_t i = 0; i < model->owned_count; i++) gr_os_free(model->owned[i]);
    if (model->file.data) gr_os_unmap(&model->file);
    gr_os_free(model);
}

const char *gr_model_hash(const gr_model *model) {
    return model->hash.hex;
}
gr_slice gr_model_lang(const gr_model *model) {
    return model->lang;
}
gr_slice gr_model_section(const gr_model *model, gr_slice name) {
    return find_section(model, name);
}

gr_slice gr_model_feats(const gr_model *model, uint16_t feats_id) {
    return feats_id < model->feats.count ? model->feats.name[feats_id] : GR_S("_");
}

gr_slice gr_model_rel(const gr_model *model, uint16_t rel_id) {
    return rel_id < model->rels.count ? model->rels.name[rel_id] : GR_S("dep");
}
