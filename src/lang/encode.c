#include "lang/encode.h"

static void convolution(const gr_layer *layer, const gr_kernels *k, gr_batch *b) {
    k->norm(b->x, b->row_count, layer->norm.gain, layer->norm.shift, b->code, b->scale);
    k->product(b->code, b->row_count, b->scale, GR_SIGNED_ZERO, &layer->first, b->wide, 3 * GR_WIDTH);
    for (uint32_t i = 0; i < b->piece_count; i++) {
        size_t row = b->piece[i].row;
        k->convolve(b->x + row * GR_WIDTH, b->wide + row * 3 * GR_WIDTH, b->piece[i].count + 1);
    }
}

static void two_way_gru(const gr_layer *layer, const gr_kernels *k, gr_batch *b) {
    const size_t stride = 4 * GR_WIDTH;
    k->norm(b->x, b->row_count, layer->norm.gain, layer->norm.shift, b->code, b->scale);
    k->product(b->code, b->row_count, b->scale, GR_SIGNED_ZERO, &layer->first, b->wide, stride);
    for (uint32_t i = 0; i < b->piece_count; i++)
        k->recur(b->wide + b->piece[i].row * stride, b->piece[i].count + 1);
    k->relu(b->wide, stride, b->row_count, 2 * GR_WIDTH, b->code, b->scale);
    k->product(b->code, b->row_count, b->scale, 0, &layer->second, b->wide, GR_WIDTH);
    k->add(b->x, b->wide, (size_t)b->row_count * GR_WIDTH);
}

void gr_encode(const gr_model *model, const gr_kernels *kernels, gr_batch *batch) {
    for (uint32_t i = 0; i < model->layer_count; i++) {
        const gr_layer *layer = &model->layer[i];
        if (layer->kind == 'c')
            convolution(layer, kernels, batch);
        else
            two_way_gru(layer, kernels, batch);
    }
    kernels->norm(batch->x, batch->row_count, model->norm.gain, model->norm.shift, batch->code, batch->scale);
    kernels->product(batch->code, batch->row_count, batch->scale, GR_SIGNED_ZERO, &model->heads, batch->heads,
                     model->heads.padded);
}
