#include "child/reader.h"

#include "base/limits.h"
#include "base/os.h"
#include "child/frame.h"
#include "child/program.h"
#include "child/sandbox.h"
#include "child/serve.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RECEIVE_B ((size_t)256 << 10)
#define FRAME_COST_B 1024u /* what a frame counts for beside its bytes, against floods of small ones */
#define LOOK_MS 100        /* how often a silent child is looked at */

struct gr_reader {
    gr_reader_options options;
    pid_t child; /* 0: none */
    int fd;
    struct gr_reader *second; /* reads what programs print, while this one is in the middle of an archive */

    /* The input at hand. */
    bool busy;
    gr_request request;
    gr_slice bytes; /* in memory, or the head of a stream, what is left of it */
    gr_slice whole; /* where it is all in memory */
    size_t (*more)(void *context, char *into, size_t room, gr_error *err);
    void *context;
    gr_error input_error; /* of more() */
    char *out;            /* the piece being sent, behind its length */
    size_t out_begin, out_end;
    bool input_ended; /* the empty piece has been made */
    uint64_t sent, received;

    /* What has come of frames, and the one being put together. */
    char *in;
    size_t in_begin, in_end;
    gr_frame frame;
    char *body;
    size_t have, body_len; /* of head and body together */
    int64_t progress_ms, progress_cpu_ms;
};

gr_reader *gr_reader_new(gr_reader_options options) {
    gr_reader *r = gr_os_alloc_zero(sizeof *r);
    if (!r) return NULL;
    if (!options.cpu_ms) options.cpu_ms = GR_MAX_READER_CPU_MS;
    if (!options.wall_ms) options.wall_ms = GR_MAX_READER_WALL_MS;
    r->options = options;
    r->fd = -1;
    return r;
}

static void forget_input(gr_reader *r) {
    gr_os_free(r->body);
    r->body = NULL;
    r->busy = false;
    r->have = r->body_len = r->out_begin = r->out_end = r->in_begin = r->in_end = 0;
}

/* Ends the child; what it left with goes into *code. */
static void end_child(gr_reader *r, int *code) {
    forget_input(r);
    if (!r->child) return;
    close(r->fd);
    kill(r->child, SIGKILL);
    while (waitpid(r->child, code, 0) < 0 && errno == EINTR) {
    }
    r->child = 0;
    r->fd = -1;
}

void gr_reader_free(gr_reader *r) {
    int code;
    if (!r) return;
    end_child(r, &code);
    gr_reader_free(r->second);
    gr_os_free(r->out);
    gr_os_free(r->in);
    gr_os_free(r);
}

static _Noreturn void become_child(const gr_reader *r, int fd) {
    int own = gr_sandbox_reader(fd, GR_MAX_READER_MEMORY_B);
    if (own < 0) _exit(126);
    gr_serve(own, r->options.maps, r->options.tricks);
    _exit(0);
}

static gr_status start_child(gr_reader *r, gr_error *err) {
    int pair[2];
    if (!r->out) r->out = gr_os_alloc(sizeof(uint32_t) + GR_PIECE_MOST_B);
    if (!r->in) r->in = gr_os_alloc(RECEIVE_B);
    if (!r->out || !r->in) return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while reading");
    if (r->child) return GR_OK;
    if (gr_os_io_fails() || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return gr_fail(err, GR_IO, NULL, "no channel to the reader of foreign formats can be opened");
    fflush(stdout);
    pid_t child = gr_os_io_fails() ? -1 : fork();
    if (child == 0) become_child(r, pair[1]);
    close(pair[1]);
    if (child < 0) {
        close(pair[0]);
        return gr_fail(err, GR_IO, NULL, "the reader of foreign formats cannot be started");
    }
    const int room = 1 << 20;
    setsockopt(pair[0], SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    r->child = child;
    r->fd = pair[0];
    return GR_OK;
}

static int64_t ms_of(clockid_t clock) {
    struct timespec now = {0};
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t cpu_ms(const gr_reader *r) {
    clockid_t clock;
    return clock_getcpuclockid(r->child, &clock) == 0 ? ms_of(clock) : 0;
}

static void note_progress(gr_reader *r) {
    r->progress_ms = ms_of(CLOCK_MONOTONIC);
    r->progress_cpu_ms = cpu_ms(r);
}

static void begin(gr_reader *r, gr_slice bytes, bool holds, gr_format print_of) {
    int code;
    if (r->busy) end_child(r, &code); /* in the middle of an input that nobody wants */
    forget_input(r);
    r->busy = true;
    r->request = (gr_request){GR_FRAME_MAGIC, (uint32_t)print_of, holds};
    r->bytes = bytes;
    r->whole = holds ? bytes : GR_S("");
    r->more = NULL;
    r->input_error = (gr_error){0};
    r->input_ended = false;
    r->sent = r->received = 0;
}

void gr_reader_begin(gr_reader *r, gr_slice bytes) {
    begin(r, bytes, true, GR_FORMAT_AUTO);
}

void gr_reader_begin_stream(gr_reader *r, gr_slice head,
                            size_t (*more)(void *context, char *into, size_t room, gr_error *err),
                            void *context) {
    begin(r, head, false, GR_FORMAT_AUTO);
    r->more = more;
    r->context = context;
}

/* Makes the next piece: first the request, then what is in memory, then what comes, then the empty piece. */
static void make_piece(gr_reader *r) {
    uint32_t length = 0;
    char *into = r->out + sizeof length;
    if (r->request.magic) {
        memcpy(r->out, &r->request, sizeof r->request);
        r->out_begin = 0;
        r->out_end = sizeof r->request;
        r->request.magic = 0;
        return;
    }
    if (r->bytes.len) {
        length = (uint32_t)(r->bytes.len < GR_PIECE_MOST_B ? r->bytes.len : GR_PIECE_MOST_B);
        memcpy(into, r->bytes.ptr, length);
        r->bytes = gr_sub(r->bytes, length, r->bytes.len);
    } else if (r->more) {
        length = (uint32_t)r->more(r->context, into, GR_PIECE_MOST_B, &r->input_error);
        note_progress(r); /* waiting for the input is not the child's fault */
    }
    memcpy(r->out, &length, sizeof length);
    r->out_begin = 0;
    r->out_end = sizeof length + length;
    r->input_ended = length == 0;
    r->sent += length;
}

static void send_some(gr_reader *r) {
    if (r->out_begin == r->out_end) make_piece(r);
    ssize_t n = send(r->fd, r->out + r->out_begin, r->out_end - r->out_begin, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n <= 0) return;
    r->out_begin += (size_t)n;
    note_progress(r);
}

static gr_status bad_child(gr_reader *r, const char *what, gr_error *err) {
    int code;
    end_child(r, &code);
    return gr_fail(err, GR_BAD_INPUT, NULL, "%s; it may be damaged or hostile", what);
}

/* The child has gone: it says by its end why. One that only cannot be heard any more is ended; that changes
 * nothing for a dead one. */
static gr_status gone(gr_reader *r, gr_error *err) {
    int code = 0;
    char what[96];
    kill(r->child, SIGKILL);
    while (waitpid(r->child, &code, 0) < 0 && errno == EINTR) {
    }
    close(r->fd);
    r->child = 0;
    r->fd = -1;
    forget_input(r);
    if (WIFEXITED(code) && WEXITSTATUS(code) == 126)
        return gr_fail(
            err, GR_IO, NULL,
            "the walls around the reader of foreign formats cannot be put up; see docs/formats.md");
    if (WIFSIGNALED(code))
        snprintf(what, sizeof what, "crashes its reader (signal %d)", WTERMSIG(code));
    else
        snprintf(what, sizeof what, "ends its reader (code %d)", WEXITSTATUS(code));
    return gr_fail(err, GR_BAD_INPUT, NULL, "%s; it may be damaged or hostile", what);
}

/* The head is there: makes room for the body. */
static gr_status begin_body(gr_reader *r, gr_error *err) {
    bool fits;
    r->body_len = gr_frame_body(&r->frame, &fits);
    if (!fits) return bad_child(r, "makes its reader tell what makes no sense", err);
    size_t copy = r->frame.flags & GR_FRAME_WHOLE ? r->whole.len : 0;
    r->body = gr_os_alloc(copy + r->body_len + GR_FRAME_MARGIN_B);
    r->received += FRAME_COST_B;
    if (r->body) return GR_OK;
    int code;
    end_child(r, &code);
    return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while reading");
}

static bool frame_done(const gr_reader *r) {
    return r->have >= sizeof r->frame && r->have == sizeof r->frame + r->body_len;
}

/* Puts what has come into head, then body. */
static gr_status assemble(gr_reader *r, gr_error *err) {
    gr_status status = GR_OK;
    while (status == GR_OK && r->in_begin < r->in_end && !frame_done(r)) {
        bool in_head = r->have < sizeof r->frame;
        char *into = in_head ? (char *)&r->frame + r->have : r->body + (r->have - sizeof r->frame);
        size_t wanted = in_head ? sizeof r->frame - r->have : sizeof r->frame + r->body_len - r->have;
        size_t size = r->in_end - r->in_begin < wanted ? r->in_end - r->in_begin : wanted;
        memcpy(into, r->in + r->in_begin, size);
        r->in_begin += size;
        r->have += size;
        if (in_head && r->have == sizeof r->frame) status = begin_body(r, err);
    }
    return status;
}

/* GR_OK also where nothing came. */
static gr_status receive_some(gr_reader *r, gr_error *err) {
    ssize_t n = gr_os_io_fails() ? -1 : recv(r->fd, r->in, RECEIVE_B, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return GR_OK;
    if (n <= 0) return gone(r, err);
    r->in_begin = 0;
    r->in_end = (size_t)n;
    r->received += (uint64_t)n;
    note_progress(r);
    return assemble(r, err);
}

/* What a reader may send for what it was sent: heads apart, nothing that it did not unpack, twice. */
static bool too_much(const gr_reader *r) {
    return r->received > 4 * (GR_MAX_UNPACK_START_B + r->sent * GR_MAX_UNPACK_RATIO);
}

static gr_status check_progress(gr_reader *r, gr_error *err) {
    if (too_much(r)) return bad_child(r, "makes its reader tell without end", err);
    if (cpu_ms(r) - r->progress_cpu_ms > r->options.cpu_ms)
        return bad_child(r, "keeps its reader busy without end", err);
    if (ms_of(CLOCK_MONOTONIC) - r->progress_ms > r->options.wall_ms)
        return bad_child(r, "keeps its reader waiting without end", err);
    return GR_OK;
}

/* Pumps until a frame is there whole. */
static gr_status receive_frame(gr_reader *r, gr_error *err) {
    r->have = r->body_len = 0;
    gr_status status = assemble(r, err);
    if (status == GR_OK && !frame_done(r)) note_progress(r);
    while (status == GR_OK && !frame_done(r)) {
        bool sends = !r->input_ended || r->out_begin < r->out_end;
        struct pollfd ready = {r->fd, (short)(POLLIN | (sends ? POLLOUT : 0)), 0};
        int code = poll(&ready, 1, LOOK_MS);
        if (code < 0 && errno != EINTR) return bad_child(r, "cannot be waited for", err);
        if (code > 0 && ready.revents & (POLLIN | POLLHUP | POLLERR))
            status = receive_some(r, err);
        else if (code > 0 && ready.revents & POLLOUT)
            send_some(r);
        if (status == GR_OK) status = check_progress(r, err);
    }
    return status;
}

/* Hands the body over. Bytes that stayed here are put in front. */
static bool take_frame(gr_reader *r, gr_part *part, gr_slice *message) {
    bool whole = r->frame.flags & GR_FRAME_WHOLE;
    *part = (gr_part){.memory = r->body};
    r->body = NULL;
    if (whole && (!r->whole.len || r->frame.bytes_len)) return false;
    if (whole) {
        memmove(part->memory + r->whole.len, part->memory, r->body_len);
        memcpy(part->memory, r->whole.ptr, r->whole.len);
        r->frame.bytes_len = r->whole.len;
    }
    return gr_frame_take(&r->frame, part->memory, &part->reading, message);
}

static gr_slice first_of(gr_slice own, gr_slice other) {
    return own.len ? own : other;
}

/* One block that holds the document's bytes, what was read of its print, and what was known before. */
static gr_status merge(gr_part *part, gr_part *print, gr_error *err) {
    gr_reading *a = &part->reading, *b = &print->reading;
    gr_slice *const strings[] = {&b->name, &b->title, &b->published, &b->publisher,
                                 &b->lang, &b->url,   &b->encoding};
    b->name = a->name;
    b->published = first_of(b->published, a->published);
    b->publisher = first_of(b->publisher, a->publisher);
    b->lang = first_of(b->lang, a->lang);
    b->url = first_of(b->url, a->url);
    size_t size = a->bytes.len + b->text.len + 8 + b->page_count * sizeof *b->page;
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) size += strings[i]->len;
    char *memory = gr_os_alloc(size), *at = memory;
    if (!memory) return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while reading");
    b->bytes = a->bytes;
    gr_slice *const order[] = {&b->bytes,  &b->text,   strings[0], strings[1], strings[2],
                               strings[3], strings[4], strings[5], strings[6]};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (order[i]->len) memcpy(at, order[i]->ptr, order[i]->len);
        order[i]->ptr = at;
        at += order[i]->len;
    }
    gr_page *page = (gr_page *)(void *)(memory + ((size_t)(at - memory) + 7) / 8 * 8);
    if (b->page_count) memcpy(page, b->page, b->page_count * sizeof *page);
    b->page = b->page_count ? page : NULL;
    gr_os_free(part->memory);
    part->memory = memory;
    part->reading = *b;
    return GR_OK;
}

/* Runs the program and has its print read. A failure is the part's own. */
static void read_by_program(gr_reader *r, gr_part *part) {
    gr_buffer printed = {0};
    gr_part print = {0};
    bool more = false;
    part->status = gr_run_program(part->reading.format, part->reading.bytes, &printed, &part->error);
    if (part->status == GR_OK && !r->second) r->second = gr_reader_new(r->options);
    if (part->status == GR_OK && !r->second)
        part->status = gr_fail(&part->error, GR_NO_MEMORY, NULL, "out of memory while reading");
    if (part->status == GR_OK) {
        begin(r->second, gr_buffer_slice(&printed), false, part->reading.format);
        part->status = gr_reader_next(r->second, &print, &more, &part->error);
    }
    if (part->status == GR_OK && !more)
        part->status = gr_fail(&part->error, GR_BAD_INPUT, NULL, "holds no text");
    if (part->status == GR_OK && print.status != GR_OK) {
        part->status = print.status;
        part->error = print.error;
    }
    if (part->status == GR_OK) part->status = merge(part, &print, &part->error);
    gr_os_free(print.memory);
    gr_buffer_free(&printed);
}

static gr_status end_of_input(gr_reader *r, gr_status status, gr_slice message, gr_error *err) {
    /* The child reads what is left of the input before the next: a stream is cut here. */
    if (!r->input_ended || r->out_begin < r->out_end) {
        int code;
        end_child(r, &code);
    }
    r->busy = false;
    if (r->input_error.status != GR_OK) {
        if (err) *err = r->input_error;
        return r->input_error.status;
    }
    return status == GR_OK ? GR_OK : gr_fail(err, status, NULL, "%.*s", GR_FMT(message));
}

gr_status gr_reader_next(gr_reader *r, gr_part *part, bool *more, gr_error *err) {
    *part = (gr_part){0};
    *more = false;
    gr_status status = r->busy ? start_child(r, err) : GR_OK;
    if (!r->busy) return GR_OK;
    if (status == GR_OK) status = receive_frame(r, err);
    if (status != GR_OK) {
        r->busy = false;
        return status;
    }
    gr_slice message;
    gr_frame_type type = (gr_frame_type)r->frame.type;
    if (!take_frame(r, part, &message)) {
        gr_os_free(part->memory);
        *part = (gr_part){0};
        return bad_child(r, "makes its reader tell what makes no sense", err);
    }
    if (type == GR_FRAME_END) {
        status = end_of_input(r, (gr_status)r->frame.status, message, err);
        gr_os_free(part->memory);
        *part = (gr_part){0};
        return status;
    }
    *more = true;
    if (type == GR_FRAME_PROGRAM) read_by_program(r, part);
    if (type == GR_FRAME_ASIDE) {
        part->status = r->frame.status == GR_OK ? GR_BAD_INPUT : (gr_status)r->frame.status;
        gr_fail(&part->error, part->status, NULL, "%.*s", GR_FMT(message));
    }
    return GR_OK;
}
