/* prototype_input DATA_DIR OUT REPORT...: writes griot's encoder and the words of the reports in the form
 * that the prototype of the parser reads (../shared/prototype/language/rnn_inf.c, outside this repository),
 * so that both do the same arithmetic on the same sentences. What griot parses stands as its gold, so that
 * the scores it prints say how far the two agree. Weights are unpacked from int8; the heads for names are
 * left out. */
#include "base/buffer.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/os.h"
#include "lang/words.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct writer {
    FILE *out;
    const gr_model *model;
    gr_arena *arena;
} writer;

static void put(const writer *w, const void *item, size_t count) {
    if (fwrite(item, 4, count, w->out) != count) {
        perror("prototype_input");
        exit(1);
    }
}

static float weight_at(const gr_matrix *m, uint32_t k, uint32_t column) {
    return m->weight[((size_t)(k / 4) * m->padded + column) * 4 + k % 4] * m->scale[column];
}

/* Columns from..to of every row k, row by row. */
static void put_row(const writer *w, const gr_matrix *m, uint32_t k, uint32_t from, uint32_t to) {
    for (uint32_t n = from; n < to; n++) put(w, &(float){weight_at(m, k, n)}, 1);
}

static void put_matrix(const writer *w, const gr_matrix *m) {
    for (uint32_t k = 0; k < m->depth; k++) put_row(w, m, k, 0, m->columns);
}

static void put_norm(const writer *w, const gr_norm *norm) {
    put(w, norm->gain, GR_WIDTH);
    put(w, norm->shift, GR_WIDTH);
}

/* The prototype subtracts 1 from the gates itself. */
static void put_gru(const writer *w, const gr_layer *layer) {
    put_matrix(w, &layer->first);
    for (uint32_t n = 0; n < 4 * GR_WIDTH; n++)
        put(w, &(float){layer->first.bias[n] + (n < 2 * GR_WIDTH ? 1 : 0)}, 1);
    put_matrix(w, &layer->second);
    put(w, layer->second.bias, GR_WIDTH);
}

static void put_convolution(const writer *w, const gr_layer *layer) {
    for (uint32_t tap = 0; tap < 3; tap++)
        for (uint32_t k = 0; k < GR_WIDTH; k++)
            put_row(w, &layer->first, k, tap * GR_WIDTH, (tap + 1) * GR_WIDTH);
    put(w, layer->first.bias + GR_WIDTH, GR_WIDTH);
}

static void put_heads(const writer *w) {
    const gr_matrix *m = &w->model->heads;
    gr_head_columns c = gr_model_head_columns(w->model);
    for (uint32_t k = 0; k < m->depth; k++) {
        put_row(w, m, k, 0, c.names);
        put_row(w, m, k, c.arc_dependent, c.end);
    }
    put(w, m->bias, c.names);
    put(w, m->bias + c.arc_dependent, c.end - c.arc_dependent);
    put_matrix(w, &w->model->bilinear);
    put(w, w->model->bilinear.bias, GR_ARC);
    put(w, &(float){0}, 1);
    put_matrix(w, &w->model->label);
    put(w, w->model->label.bias, w->model->label.columns);
    put(w, w->model->distance, GR_DISTANCES);
}

/* Vectors of the root and of every form. */
static void put_vectors(const writer *w, const gr_map *forms) {
    gr_words words = {.model = w->model, .kernels = gr_kernels_get(GR_KERNEL_AUTO)};
    gr_missed_words *m = &words.missed;
    words.cache = gr_alloc_array(w->arena, GR_CACHE_WORDS, sizeof *words.cache);
    m->form = gr_alloc_array(w->arena, GR_MISSED_MAX, sizeof *m->form);
    m->neutral = gr_alloc_array(w->arena, GR_MISSED_MAX, sizeof *m->neutral);
    m->row = gr_alloc_array(w->arena, GR_MISSED_MAX, sizeof *m->row);
    m->lower = gr_alloc_array(w->arena, GR_MISSED_MAX, sizeof *m->lower);
    m->code = gr_alloc_array(w->arena, GR_MISSED_MAX, 2 * GR_WIDTH);
    m->code_scale = gr_alloc_array(w->arena, GR_MISSED_MAX, sizeof *m->code_scale);
    m->vector = gr_alloc_array(w->arena, (size_t)GR_MISSED_MAX * GR_WIDTH, sizeof *m->vector);
    gr_words_root(&words);
    put(w, words.root, GR_WIDTH);
    for (uint32_t i = 0; i < forms->count; i++) {
        float vector[GR_WIDTH];
        uint64_t lower;
        gr_words_want(&words, forms->item[i].key, false, 0, vector, &lower);
        gr_words_finish(&words, vector, &lower);
        put(w, vector, GR_WIDTH);
    }
}

static void put_model(const writer *w, const gr_map *forms) {
    const gr_model *m = w->model;
    const uint32_t head[8] = {GR_WIDTH,      m->layer_count, m->upos.count, m->feats.count,
                              m->rels.count, GR_ARC,         GR_LABEL,      forms->count + 1};
    put(w, head, 8);
    put_vectors(w, forms);
    for (uint32_t i = 0; i < m->layer_count; i++) put(w, &(uint32_t){m->layer[i].kind == 'g'}, 1);
    for (uint32_t i = 0; i < m->layer_count; i++) {
        put_norm(w, &m->layer[i].norm);
        if (m->layer[i].kind == 'g')
            put_gru(w, &m->layer[i]);
        else
            put_convolution(w, &m->layer[i]);
    }
    put_norm(w, &m->norm);
    put_heads(w);
}

static uint32_t upos_label(const gr_model *model, uint8_t upos) {
    uint32_t i = 0;
    while (i < model->upos.count && model->upos_of[i] != upos) i++;
    return i;
}

static void put_sentence(const writer *w, const gr_map *forms, const gr_text *text, const gr_word *word,
                         const gr_sentence *s) {
    put(w, &(uint32_t){s->tok_end - s->tok_begin}, 1);
    for (uint32_t i = s->tok_begin; i < s->tok_end; i++)
        put(w, &(uint32_t){gr_map_get(forms, text->token[i].form) + 1}, 1);
    for (uint32_t i = s->tok_begin; i < s->tok_end; i++)
        put(w, &(uint32_t){upos_label(w->model, word[i].upos)}, 1);
    for (uint32_t i = s->tok_begin; i < s->tok_end; i++)
        put(w, &(uint32_t){word[i].head == GR_NONE ? 0 : word[i].head - s->tok_begin + 1}, 1);
    for (uint32_t i = s->tok_begin; i < s->tok_end; i++) put(w, &(uint32_t){word[i].rel_id}, 1);
}

/* One text of all reports: the prototype knows no documents. */
static gr_slice join(char **path, int count, gr_error *err) {
    gr_buffer all = {0};
    for (int i = 0; i < count; i++) {
        char *bytes;
        size_t len;
        if (gr_os_read_all(path[i], GR_MAX_DOCUMENT_B, &bytes, &len, err) != GR_OK) return (gr_slice){0};
        gr_buffer_add(&all, (gr_slice){bytes, len});
        gr_buffer_add(&all, GR_S("\n\n"));
        gr_os_free(bytes);
    }
    return gr_buffer_slice(&all);
}

static bool write_all(writer *w, gr_slice bytes, gr_error *err) {
    gr_segmenter *segmenter =
        gr_segmenter_open(gr_model_section(w->model, GR_S("segment")), gr_model_lang(w->model), err);
    gr_parser *parser = gr_parser_new(w->model, GR_KERNEL_AUTO, err);
    gr_text text;
    gr_map forms = {0};
    if (!segmenter || !parser || gr_text_split(w->arena, segmenter, bytes, &text, err) != GR_OK) return false;
    gr_word *word = gr_alloc_array(w->arena, text.token_count + 1, sizeof *word);
    if (gr_parse(parser, w->arena, &text, NULL, word, err) != GR_OK) return false;
    for (uint32_t i = 0; i < text.token_count; i++)
        gr_map_put(w->arena, &forms, text.token[i].form, forms.count);
    put_model(w, &forms);
    put(w, &text.sentence_count, 1);
    for (uint32_t s = 0; s < text.sentence_count; s++)
        put_sentence(w, &forms, &text, word, &text.sentence[s]);
    gr_parser_free(parser);
    gr_segmenter_close(segmenter);
    return true;
}

int main(int argc, char **argv) {
    gr_error err = {0};
    if (argc < 4) return 2;
    char model[4096];
    snprintf(model, sizeof model, "%s/models/en.griot", argv[1]);
    gr_slice bytes = join(argv + 3, argc - 3, &err);
    writer w = {.model = gr_model_open(model, &err), .arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B)};
    w.out = w.model && w.arena && bytes.ptr ? fopen(argv[2], "wb") : NULL;
    bool fine = w.out && write_all(&w, bytes, &err) && fclose(w.out) == 0;
    if (!fine) fprintf(stderr, "prototype_input: %s %s\n", err.origin, err.message);
    return fine ? 0 : 1;
}
