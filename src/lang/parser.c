#include "lang/decode.h"
#include "lang/encode.h"

#define SCORE_ROWS (GR_MAX_SENTENCE_TOKENS + GR_ROW_GROUP)
#define DISTANCE_SPAN (2 * GR_MAX_SENTENCE_TOKENS + GR_COLUMN_GROUP)

/* The dependents of one sentence as the weights of a product whose rows are heads. */
typedef struct arc_weights {
    int8_t *weight;      /* [GR_ARC / 4][padded][4] */
    float *scale, *zero; /* [GR_MAX_SENTENCE_TOKENS] */
    int32_t *no_sum;
} arc_weights;

struct gr_parser {
    const gr_model *model;
    const gr_kernels *kernels;
    gr_head_columns column;
    gr_words words;
    gr_batch batch;
    arc_weights arcs;
    float *score;    /* [SCORE_ROWS][GR_MAX_SENTENCE_TOKENS]: head, dependent */
    float *distance; /* [DISTANCE_SPAN]: bias of dependent - head, at GR_MAX_SENTENCE_TOKENS for 0 */
    gr_tree_space *tree;
    char *memory; /* everything above, in one block */
};

typedef struct gr_layout {
    char *at;
    size_t size;
} gr_layout;

/* The next `count` items of a block; with at NULL it only measures. 64-byte aligned. */
static void *place(gr_layout *layout, size_t count, size_t size) {
    size_t begin = layout->size;
    layout->size += (count * size + 63) / 64 * 64;
    return layout->at ? layout->at + begin : NULL;
}

static void place_batch(gr_layout *l, gr_batch *b, const gr_model *model) {
    b->piece = place(l, GR_MAX_ROWS / 2, sizeof *b->piece);
    b->x = place(l, (size_t)GR_MAX_ROWS * GR_WIDTH, sizeof *b->x);
    b->wide = place(l, (size_t)GR_MAX_ROWS * 4 * GR_WIDTH, sizeof *b->wide);
    b->heads = place(l, (size_t)GR_MAX_ROWS * model->heads.padded, sizeof *b->heads);
    b->label = place(l, (size_t)GR_MAX_ROWS * model->label.padded, sizeof *b->label);
    b->code = place(l, (size_t)GR_MAX_ROWS * 2 * GR_WIDTH, 1);
    b->scale = place(l, GR_MAX_ROWS, sizeof *b->scale);
    b->lower = place(l, GR_MAX_ROWS, sizeof *b->lower);
    b->head = place(l, GR_MAX_ROWS, sizeof *b->head);
}

static void place_words(gr_layout *l, gr_words *w) {
    gr_missed_words *m = &w->missed;
    w->cache = place(l, GR_CACHE_WORDS, sizeof *w->cache);
    m->form = place(l, GR_MISSED_MAX, sizeof *m->form);
    m->neutral = place(l, GR_MISSED_MAX, sizeof *m->neutral);
    m->row = place(l, GR_MISSED_MAX, sizeof *m->row);
    m->lower = place(l, GR_MISSED_MAX, sizeof *m->lower);
    m->code = place(l, (size_t)GR_MISSED_MAX * 2 * GR_WIDTH, 1);
    m->code_scale = place(l, GR_MISSED_MAX, sizeof *m->code_scale);
    m->vector = place(l, (size_t)GR_MISSED_MAX * GR_WIDTH, sizeof *m->vector);
}

static void place_all(gr_layout *l, gr_parser *p) {
    place_batch(l, &p->batch, p->model);
    place_words(l, &p->words);
    p->arcs.weight = place(l, (size_t)GR_ARC * GR_MAX_SENTENCE_TOKENS, 1);
    p->arcs.scale = place(l, GR_MAX_SENTENCE_TOKENS, sizeof *p->arcs.scale);
    p->arcs.zero = place(l, GR_MAX_SENTENCE_TOKENS, sizeof *p->arcs.zero);
    p->arcs.no_sum = place(l, GR_MAX_SENTENCE_TOKENS, sizeof *p->arcs.no_sum);
    p->score = place(l, (size_t)SCORE_ROWS * GR_MAX_SENTENCE_TOKENS, sizeof *p->score);
    p->distance = place(l, DISTANCE_SPAN, sizeof *p->distance);
    p->tree = place(l, 1, sizeof *p->tree);
}

/* Spreads the model's biases by head - dependent, clamped, over every dependent - head. */
static void spread_distance(gr_parser *p) {
    const int reach = (int)GR_DISTANCES / 2;
    for (int i = 0; i < (int)DISTANCE_SPAN; i++) {
        int by = (int)GR_MAX_SENTENCE_TOKENS - i;
        p->distance[i] = p->model->distance[(by < -reach ? -reach : by > reach ? reach : by) + reach];
    }
}

gr_parser *gr_parser_new(const gr_model *model, gr_kernel kernel, gr_error *err) {
    const gr_kernels *kernels = gr_kernels_get(kernel);
    if (!kernels) {
        gr_fail(err, GR_USAGE, NULL,
                "this processor cannot run the kernel asked for; leave the choice to griot");
        return NULL;
    }
    gr_parser *p = gr_os_alloc(sizeof *p);
    gr_layout layout = {0};
    if (p) {
        memset(p, 0, sizeof *p);
        p->model = p->words.model = model;
        p->kernels = p->words.kernels = kernels;
        p->column = gr_model_head_columns(model);
        place_all(&layout, p);
        p->memory = gr_os_alloc_zero(layout.size + 64);
    }
    if (!p || !p->memory) {
        gr_os_free(p);
        gr_fail(err, GR_NO_MEMORY, NULL, "no memory for a parser");
        return NULL;
    }
    layout = (gr_layout){p->memory + (64 - (uintptr_t)p->memory % 64) % 64, 0};
    place_all(&layout, p);
    spread_distance(p);
    gr_words_root(&p->words);
    return p;
}

void gr_parser_free(gr_parser *parser) {
    if (!parser) return;
    gr_os_free(parser->memory);
    gr_os_free(parser);
}

/* Quantises the dependents of a piece (rows of `wide` after the bilinear product) into the weights of a
 * product. */
static gr_matrix dependents(gr_parser *p, const gr_piece *piece) {
    gr_matrix m = {GR_ARC, piece->count,
                   (piece->count + GR_COLUMN_GROUP - 1) / GR_COLUMN_GROUP * GR_COLUMN_GROUP};
    m.weight = p->arcs.weight;
    m.scale = p->arcs.scale;
    m.bias = p->arcs.zero;
    m.column_sum = p->arcs.no_sum;
    for (uint32_t d = 0; d < piece->count; d++) {
        int8_t code[GR_ARC];
        p->kernels->quantise(p->batch.wide + (size_t)(piece->row + 1 + d) * GR_ARC, code, p->arcs.scale + d);
        for (uint32_t k = 0; k < GR_ARC; k += 4)
            memcpy(p->arcs.weight + (size_t)k * m.padded + (size_t)d * 4, code + k, 4);
    }
    return m;
}

/* Arc scores of a piece -> heads. head_code: the quantised heads of the whole batch. */
static void parse_piece(gr_parser *p, const gr_piece *piece, const uint8_t *head_code,
                        const float *head_scale) {
    gr_matrix m = dependents(p, piece);
    p->kernels->product(head_code + (size_t)piece->row * GR_ARC, piece->count + 1, head_scale + piece->row, 0,
                        &m, p->score, m.padded);
    for (uint32_t h = 0; h <= piece->count; h++)
        p->kernels->add(p->score + (size_t)h * m.padded, p->distance + GR_MAX_SENTENCE_TOKENS + 1 - h,
                        m.padded);
    gr_best_tree(p->tree, p->score, m.padded, piece->count, p->batch.head + piece->row);
}

static void parse_heads(gr_parser *p) {
    gr_batch *b = &p->batch;
    const gr_model *m = p->model;
    size_t stride = m->heads.padded;
    uint8_t *head_code = b->code + (size_t)GR_MAX_ROWS * GR_ARC;
    float *head_scale = b->label; /* free until the relations are scored */
    p->kernels->relu(b->heads + p->column.arc_dependent, stride, b->row_count, GR_ARC, b->code, b->scale);
    p->kernels->product(b->code, b->row_count, b->scale, 0, &m->bilinear, b->wide, GR_ARC);
    p->kernels->relu(b->heads + p->column.arc_head, stride, b->row_count, GR_ARC, head_code, head_scale);
    for (uint32_t i = 0; i < b->piece_count; i++) parse_piece(p, &b->piece[i], head_code, head_scale);
}

static void score_relations(gr_parser *p) {
    gr_batch *b = &p->batch;
    size_t stride = p->model->heads.padded;
    for (uint32_t i = 0; i < b->piece_count; i++) {
        uint32_t first = b->piece[i].row;
        for (uint32_t row = first + 1; row <= first + b->piece[i].count; row++)
            p->kernels->relu_sum(b->heads + row * stride + p->column.label_dependent,
                                 b->heads + (first + b->head[row]) * stride + p->column.label_head,
                                 b->code + (size_t)row * GR_LABEL, b->scale + row);
    }
    p->kernels->product(b->code, b->row_count, b->scale, 0, &p->model->label, b->label,
                        p->model->label.padded);
}

static uint32_t highest(const float *score, uint32_t count) {
    uint32_t best = 0;
    for (uint32_t i = 1; i < count; i++)
        if (score[i] > score[best]) best = i;
    return best;
}

/* The best relation other than root. */
static uint32_t best_relation(const gr_model *m, const float *score) {
    uint32_t best = m->root_rel == 0;
    for (uint32_t i = best + 1; i < m->rels.count; i++)
        if (i != m->root_rel && score[i] > score[best]) best = i;
    return best;
}

static uint32_t best_feats(const gr_model *m, const float *score, uint32_t upos) {
    uint32_t best = m->feats_allowed[m->feats_allowed_at[upos]];
    for (uint32_t i = m->feats_allowed_at[upos] + 1; i < m->feats_allowed_at[upos + 1]; i++)
        if (score[m->feats_allowed[i]] > score[best]) best = m->feats_allowed[i];
    return best;
}

/* A name label inside a name goes on with the name before it of the same kind, else it begins one. */
static void set_name(const gr_model *m, const float *score, const gr_word *before, gr_word *word) {
    uint32_t label = highest(score, m->names.count);
    word->name = m->name_of[label];
    bool inside = m->names.name[label].len && m->names.name[label].ptr[0] == 'I';
    word->name_begins = word->name != GR_NAME_NONE && !(inside && before && before->name == word->name);
}

static void set_word(const gr_parser *p, gr_arena *arena, const gr_token *token, uint32_t row,
                     const gr_word *before, gr_word *word) {
    const gr_model *m = p->model;
    const float *score = p->batch.heads + (size_t)row * m->heads.padded;
    uint32_t upos = highest(score + p->column.upos, m->upos.count);
    uint32_t feats = best_feats(m, score + p->column.feats, upos);
    word->upos = m->upos_of[upos];
    word->feats_id = (uint16_t)feats;
    word->feats = m->feat_bits[feats];
    set_name(m, score + p->column.names, before, word);
    word->lemma = word->upos == GR_PROPN
                      ? token->form
                      : gr_lemma(&m->lemmas, arena, token->form, p->batch.lower[row], upos, feats);
}

static void set_relation(const gr_model *m, uint32_t relation, uint32_t head, gr_word *word) {
    word->head = head;
    word->rel_id = (uint16_t)relation;
    word->rel = m->rel_of[relation];
    word->subrel = m->subrel_of[relation];
}

static void set_piece(const gr_parser *p, gr_arena *arena, const gr_text *text, const gr_piece *piece,
                      gr_word *word) {
    const gr_model *m = p->model;
    uint32_t begin = piece->tok_begin, first = text->sentence[piece->sentence].tok_begin;
    for (uint32_t i = 0; i < piece->count; i++) {
        uint32_t at = begin + i, row = piece->row + 1 + i, head = p->batch.head[row];
        set_word(p, arena, &text->token[at], row, at > first ? &word[at - 1] : NULL, &word[at]);
        const float *score = p->batch.label + (size_t)row * m->label.padded;
        if (head)
            set_relation(m, best_relation(m, score), begin + head - 1, &word[at]);
        else
            set_relation(m, m->root_rel, GR_NONE, &word[at]);
    }
}

/* The root of a later piece of a sentence that was cut hangs from the root of the first. */
static void join_piece(const gr_model *m, const gr_text *text, const gr_piece *piece, gr_word *word) {
    uint32_t first = text->sentence[piece->sentence].tok_begin;
    if (piece->tok_begin == first) return;
    uint32_t root = first;
    while (word[root].head != GR_NONE) root++;
    for (uint32_t i = piece->tok_begin; i < piece->tok_begin + piece->count; i++)
        if (word[i].head == GR_NONE) set_relation(m, m->later_rel, root, &word[i]);
}

static void run_batch(gr_parser *p, gr_arena *arena, const gr_text *text, gr_word *word) {
    gr_batch *b = &p->batch;
    gr_words_finish(&p->words, b->x, b->lower);
    gr_encode(p->model, p->kernels, b);
    parse_heads(p);
    score_relations(p);
    for (uint32_t i = 0; i < b->piece_count; i++) {
        set_piece(p, arena, text, &b->piece[i], word);
        join_piece(p->model, text, &b->piece[i], word);
    }
    b->piece_count = b->row_count = 0;
}

static void add_piece(gr_parser *p, const gr_text *text, uint32_t sentence, uint32_t begin, uint32_t count) {
    gr_batch *b = &p->batch;
    bool neutral = text->sentence[sentence].all_capitals;
    b->piece[b->piece_count++] = (gr_piece){b->row_count, count, begin, sentence};
    memcpy(b->x + (size_t)b->row_count * GR_WIDTH, p->words.root, sizeof p->words.root);
    for (uint32_t i = 0; i < count; i++)
        gr_words_want(&p->words, text->token[begin + i].form, neutral, b->row_count + 1 + i, b->x, b->lower);
    b->row_count += count + 1;
}

gr_status gr_parse(gr_parser *parser, gr_arena *arena, const gr_text *text, const bool *wanted, gr_word *word,
                   gr_error *err) {
    (void)err;
    gr_batch *b = &parser->batch;
    b->piece_count = b->row_count = parser->words.missed.count = 0;
    for (uint32_t s = 0; s < text->sentence_count; s++) {
        const gr_sentence *sentence = &text->sentence[s];
        if (wanted && !wanted[s]) continue;
        for (uint32_t at = sentence->tok_begin; at < sentence->tok_end;) {
            uint32_t left = sentence->tok_end - at;
            uint32_t count = left < GR_MAX_SENTENCE_TOKENS ? left : GR_MAX_SENTENCE_TOKENS;
            add_piece(parser, text, s, at, count);
            at += count;
            if (b->row_count >= GR_BATCH_ROWS) run_batch(parser, arena, text, word);
        }
    }
    if (b->piece_count) run_batch(parser, arena, text, word);
    return GR_OK;
}
