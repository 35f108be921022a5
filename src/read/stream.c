#include "read/stream.h"

#include "base/limits.h"
#include "base/os.h"

#define PIECE_B ((size_t)64 << 10)

gr_stream gr_stream_of(gr_slice bytes) {
    return (gr_stream){.buffer = (char *)(uintptr_t)bytes.ptr, .end = bytes.len, .ended = true};
}

void gr_stream_close(gr_stream *stream) {
    if (stream->more) gr_os_free(stream->buffer);
    stream->buffer = NULL;
}

static void fail(gr_stream *s, gr_status status, const char *message) {
    if (s->error.status == GR_OK) gr_fail(&s->error, status, NULL, "%s", message);
    s->ended = true;
}

/* Room for `want` bytes from begin on: moves what is there to the front, then grows. */
static bool make_room(gr_stream *s, size_t want) {
    if (s->begin + want <= s->capacity) return true;
    if (s->begin) memmove(s->buffer, s->buffer + s->begin, s->end - s->begin);
    s->end -= s->begin;
    s->begin = 0;
    if (want <= s->capacity) return true;
    size_t capacity = s->capacity ? s->capacity : PIECE_B;
    while (capacity < want) capacity *= 2;
    char *grown = gr_os_realloc(s->buffer, capacity);
    if (!grown) {
        fail(s, GR_NO_MEMORY, "out of memory while reading");
        return false;
    }
    s->buffer = grown;
    s->capacity = capacity;
    return true;
}

gr_slice gr_stream_peek(gr_stream *s, size_t want) {
    while (!s->ended && s->end - s->begin < want) {
        size_t have = s->end - s->begin;
        if (!make_room(s, have + (want - have < PIECE_B ? PIECE_B : want - have))) break;
        size_t got = s->more(s->context, s->buffer + s->end, s->capacity - s->end, &s->error);
        if (got == 0) s->ended = true;
        s->end += got;
    }
    return gr_sub((gr_slice){s->buffer, s->end}, s->begin, s->begin + want);
}

void gr_stream_skip(gr_stream *s, uint64_t count) {
    while (count) {
        gr_slice next = gr_stream_peek(s, count < PIECE_B ? (size_t)count : PIECE_B);
        if (next.len == 0) return;
        size_t step = next.len < count ? next.len : (size_t)count;
        s->begin += step;
        count -= step;
    }
}

bool gr_stream_line(gr_stream *s, size_t most_b, gr_slice *line) {
    size_t want = 4096, searched = 0;
    for (;;) {
        gr_slice ahead = gr_stream_peek(s, want);
        const char *end =
            ahead.len > searched ? memchr(ahead.ptr + searched, '\n', ahead.len - searched) : NULL;
        if (end || (s->ended && ahead.len < want)) {
            if (!end && ahead.len == 0) return false;
            size_t length = end ? (size_t)(end - ahead.ptr) : ahead.len;
            s->begin += length + (end != NULL);
            *line = gr_sub(ahead, 0, length);
            if (gr_ends(*line, GR_S("\r"))) line->len--;
            return true;
        }
        if (ahead.len > most_b) {
            fail(s, GR_TOO_LARGE, "holds a line that is too long");
            return false;
        }
        if (s->error.status != GR_OK) return false;
        searched = ahead.len;
        want *= 2;
    }
}

gr_status gr_stream_all(gr_stream *s, size_t most_b, gr_slice *bytes, gr_error *err) {
    *bytes = gr_stream_peek(s, most_b + 1);
    if (s->error.status != GR_OK) return gr_stream_status(s, err);
    if (bytes->len > most_b)
        return gr_fail(err, GR_TOO_LARGE, NULL, "holds more than %zu MiB; split it", most_b >> 20);
    return GR_OK;
}

gr_status gr_stream_status(const gr_stream *s, gr_error *err) {
    if (s->error.status != GR_OK && err) *err = s->error;
    return s->error.status;
}
