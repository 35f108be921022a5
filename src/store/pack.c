#include "base/limits.h"
#include "store/store_internal.h"

#include "base/os.h"

#include <zlib.h>

/* zlib's usual level packs a report's claims to about a sixth. */
enum { PACK_LEVEL = 6 };

static void *take(void *context, uInt count, uInt size) {
    (void)context;
    return gr_os_alloc((size_t)count * size);
}

static void give(void *context, void *memory) {
    (void)context;
    gr_os_free(memory);
}

static gr_status reserve(gr_buffer *out, size_t capacity, gr_error *err) {
    out->ptr = gr_os_alloc(capacity + 1);
    if (!out->ptr) return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while packing %zu bytes", capacity);
    out->capacity = capacity + 1;
    return GR_OK;
}

gr_status store_pack(gr_slice plain, gr_buffer *out, gr_error *err) {
    *out = (gr_buffer){0};
    if (plain.len > GR_MAX_PACKED_B)
        return gr_fail(err, GR_TOO_LARGE, NULL, "the claims of the report hold more than %zu MiB; split it",
                       (size_t)GR_MAX_PACKED_B >> 20);
    z_stream stream = {.zalloc = take, .zfree = give};
    if (deflateInit(&stream, PACK_LEVEL) != Z_OK)
        return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while packing %zu bytes", plain.len);
    gr_status status = reserve(out, deflateBound(&stream, plain.len), err);
    if (status == GR_OK) {
        stream.next_in = (Bytef *)(uintptr_t)plain.ptr;
        stream.avail_in = (uInt)plain.len;
        stream.next_out = (Bytef *)out->ptr;
        stream.avail_out = (uInt)(out->capacity - 1);
        if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
            status = gr_fail(err, GR_NO_MEMORY, NULL, "packing %zu bytes failed", plain.len);
        out->len = stream.total_out;
    }
    deflateEnd(&stream);
    return status;
}

gr_status store_unpack(gr_slice packed, uint64_t plain_b, gr_buffer *out, gr_error *err) {
    *out = (gr_buffer){0};
    /* deflate cannot shrink below 1 byte in 1032, so a larger promise is a lie and not worth the memory */
    if (plain_b > GR_MAX_PACKED_B || packed.len > GR_MAX_PACKED_B || plain_b / 1032 > packed.len)
        return gr_fail(err, GR_BAD_MODEL, NULL, "a packed value states a length that it cannot have");
    gr_status status = reserve(out, (size_t)plain_b, err);
    if (status != GR_OK) return status;
    z_stream stream = {.zalloc = take, .zfree = give};
    if (inflateInit(&stream) != Z_OK)
        return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while unpacking");
    stream.next_in = (Bytef *)(uintptr_t)packed.ptr;
    stream.avail_in = (uInt)packed.len;
    stream.next_out = (Bytef *)out->ptr;
    stream.avail_out = (uInt)out->capacity;
    int code = inflate(&stream, Z_FINISH);
    if (code == Z_MEM_ERROR)
        status = gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while unpacking");
    else if (code != Z_STREAM_END || stream.total_out != plain_b)
        status = gr_fail(err, GR_BAD_MODEL, NULL, "a packed value is damaged");
    inflateEnd(&stream);
    if (status == GR_OK) out->len = (size_t)plain_b;
    out->ptr[out->len] = '\0';
    return status;
}
