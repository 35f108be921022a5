#include "text/text.h"

#define STRIDE_B 256u

static uint32_t count_starts(const char *at, const char *end) {
    uint32_t count = 0;
    for (; at < end; at++) count += ((unsigned char)*at & 0xC0) != 0x80;
    return count;
}

void gr_offsets_build(gr_arena *arena, gr_slice text, gr_offsets *out) {
    size_t strides = text.len / STRIDE_B + 1;
    *out = (gr_offsets){text, gr_alloc_array(arena, strides, sizeof(uint32_t))};
    for (size_t i = 1; i < strides; i++) {
        const char *stride = text.ptr + (i - 1) * STRIDE_B;
        out->code_points[i] = out->code_points[i - 1] + count_starts(stride, stride + STRIDE_B);
    }
}

uint32_t gr_offset_cp(const gr_offsets *offsets, uint32_t off_b) {
    if (off_b > offsets->text.len) off_b = (uint32_t)offsets->text.len;
    uint32_t stride = off_b / STRIDE_B;
    const char *text = offsets->text.ptr;
    return offsets->code_points[stride] +
           (off_b ? count_starts(text + (size_t)stride * STRIDE_B, text + off_b) : 0);
}
