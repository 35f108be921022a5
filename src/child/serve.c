#include "child/serve.h"

#include "base/limits.h"
#include "base/os.h"
#include "child/frame.h"
#include "child/tricks.h"

#include <errno.h>
#include <unistd.h>

typedef struct server {
    int fd;
    gr_request request;
    uint32_t piece_left;
    bool input_ended, broken; /* the other end is gone or talks nonsense */
    gr_unpacking unpacking;
    gr_stream input;
    gr_arena *arena;
} server;

static bool read_fully(server *s, void *into, size_t size) {
    char *at = into;
    while (size && !s->broken) {
        ssize_t n = read(s->fd, at, size);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) s->broken = true;
        if (n <= 0) break;
        at += n;
        size -= (size_t)n;
    }
    return !s->broken;
}

static void write_fully(server *s, gr_slice bytes) {
    while (bytes.len && !s->broken) {
        ssize_t n = write(s->fd, bytes.ptr, bytes.len);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0)
            s->broken = true;
        else
            bytes = gr_sub(bytes, (size_t)n, bytes.len);
    }
}

/* The input, piece by piece: more() of a gr_stream. */
static size_t read_piece(void *context, char *into, size_t room, gr_error *err) {
    server *s = context;
    (void)err;
    if (!s->piece_left && !s->input_ended) {
        if (!read_fully(s, &s->piece_left, sizeof s->piece_left) || s->piece_left > GR_PIECE_MOST_B)
            s->broken = true;
        s->input_ended = s->broken || s->piece_left == 0;
    }
    size_t size = s->piece_left < room ? s->piece_left : room;
    if (s->input_ended || !read_fully(s, into, size)) return 0;
    s->piece_left -= (uint32_t)size;
    s->unpacking.taken += size;
    return size;
}

static bool send_frame(server *s, gr_frame_type type, const gr_reading *reading, gr_status status,
                       gr_slice message) {
    gr_frame frame;
    gr_slice piece[GR_FRAME_PIECES];
    bool whole = s->request.holds && reading->bytes.len && reading->bytes.len == s->unpacking.taken &&
                 s->unpacking.depth == 0 && !reading->name.len;
    gr_frame_fill(type, reading, whole, status, message, &frame, piece);
    write_fully(s, (gr_slice){(const char *)&frame, sizeof frame});
    for (size_t i = 0; i < GR_FRAME_PIECES; i++) write_fully(s, piece[i]);
    return !s->broken;
}

static bool send_document(void *context, const gr_reading *reading) {
    return send_frame(context, GR_FRAME_DOCUMENT, reading, GR_OK, GR_S(""));
}

static bool send_for_program(void *context, const gr_reading *reading) {
    return send_frame(context, GR_FRAME_PROGRAM, reading, GR_OK, GR_S(""));
}

static bool send_aside(void *context, gr_slice name, const gr_error *why) {
    return send_frame(context, GR_FRAME_ASIDE, &(gr_reading){.name = name}, why->status,
                      gr_slice_of(why->message));
}

static gr_status read_input(server *s, bool tricks, gr_error *err) {
    const gr_reading nothing = {0};
    if (s->request.print_of != GR_FORMAT_AUTO)
        return gr_read_print(&s->unpacking, &s->input, (gr_format)s->request.print_of, &nothing, err);
    if (tricks && gr_try_trick(&s->unpacking, &s->input, s->fd)) return GR_OK;
    return gr_read_parts(&s->unpacking, &s->input, &nothing, err);
}

/* One request. Where memory ran out in the middle, the child ends: what was held then is lost to it. */
static bool serve_one(server *s, const gr_maps *maps, bool tricks) {
    jmp_buf full;
    volatile bool spoilt = false;
    gr_error err = {0};
    volatile gr_status status = GR_NO_MEMORY;
    s->unpacking = (gr_unpacking){
        .maps = maps, .sink = {s, send_document, send_for_program, send_aside}, .arena = s->arena};
    s->input = (gr_stream){.more = read_piece, .context = s};
    s->piece_left = 0;
    s->input_ended = false;
    gr_arena_reset(s->arena);
    if (setjmp(full)) {
        spoilt = true;
        gr_fail(&err, GR_NO_MEMORY, NULL, "needs more memory than one document may have; split it");
    } else {
        gr_arena_guard(s->arena, &full);
        status = read_input(s, tricks, &err);
    }
    gr_arena_guard(s->arena, NULL);
    gr_stream_close(&s->input);
    send_frame(s, GR_FRAME_END, &(gr_reading){0}, status, gr_slice_of(err.message));
    char rest[4096];
    while (!s->input_ended && !s->broken) read_piece(s, rest, sizeof rest, NULL);
    return !spoilt && !s->broken;
}

void gr_serve(int fd, const gr_maps *maps, bool tricks) {
    gr_faults_set((gr_faults){-1, -1, false, 0, 0});
    server s = {.fd = fd, .arena = gr_arena_new(GR_MAX_DOCUMENT_ARENA_B)};
    while (s.arena && read_fully(&s, &s.request, sizeof s.request)) {
        bool sound = s.request.magic == GR_FRAME_MAGIC && s.request.print_of < GR_FORMAT_COUNT;
        if (!sound || !serve_one(&s, maps, tricks)) break;
    }
    gr_arena_free(s.arena);
}
