#include "cli/lines.h"
#include "base/limits.h"
#include "base/os.h"
#include "cli/data.h"
#include "cli/screen.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

gr_status gr_lines_open(const char *path, gr_lines *out, gr_error *err) {
    *out = (gr_lines){.name = strcmp(path, "-") == 0 ? "standard input" : path};
    if (strcmp(path, "-") == 0) return GR_OK; /* descriptor 0 */
    if (gr_is_directory(path))
        return gr_fail(err, GR_BAD_INPUT, path, "is a directory; name the files in it");
    out->fd = gr_os_io_fails() ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    if (out->fd >= 0) return GR_OK;
    int reason = errno;
    *out = (gr_lines){0};
    if (reason == ENOENT || reason == ENOTDIR)
        return gr_fail(err, GR_NOT_FOUND, path, "no such file; check the path");
    return gr_fail(err, GR_IO, path, "cannot be opened (%s)", strerror(reason));
}

void gr_lines_close(gr_lines *lines) {
    if (lines->fd > 0) close(lines->fd);
    gr_os_free(lines->buffer);
    *lines = (gr_lines){0};
}

/* Room for more behind `end`: moves what is left to the front, then grows. */
static gr_status make_room(gr_lines *lines, gr_error *err) {
    if (lines->begin > 0) {
        memmove(lines->buffer, lines->buffer + lines->begin, lines->end - lines->begin);
        lines->end -= lines->begin;
        lines->begin = 0;
    }
    if (lines->end < lines->capacity) return GR_OK;
    if (lines->capacity >= GR_MAX_STREAM_LINE_B)
        return gr_fail(err, GR_TOO_LARGE, lines->name, "line %llu exceeds the ceiling of %zu MiB; split it",
                       (unsigned long long)lines->number + 1, GR_MAX_STREAM_LINE_B >> 20);
    size_t capacity = lines->capacity ? 2 * lines->capacity : (size_t)1 << 16;
    char *grown = gr_os_realloc(lines->buffer, capacity);
    if (!grown) return gr_fail(err, GR_NO_MEMORY, lines->name, "out of memory while reading a line");
    lines->buffer = grown;
    lines->capacity = capacity;
    return GR_OK;
}

static gr_status read_more(gr_lines *lines, gr_error *err) {
    gr_status status = make_room(lines, err);
    if (status != GR_OK) return status;
    ssize_t n = -1;
    if (!gr_os_io_fails()) n = read(lines->fd, lines->buffer + lines->end, lines->capacity - lines->end);
    if (n < 0 && errno == EINTR)
        return gr_interrupted() ? gr_fail(err, GR_STOPPED, lines->name, "stopped by the user") : GR_OK;
    if (n < 0) return gr_fail(err, GR_IO, lines->name, "reading failed (%s)", strerror(errno));
    lines->ended = n == 0;
    lines->end += (size_t)n;
    return GR_OK;
}

gr_status gr_lines_next(gr_lines *lines, gr_slice *line, bool *more, gr_error *err) {
    size_t searched = 0; /* bytes behind `begin` that hold no line end */
    for (;;) {
        char *from = lines->buffer ? lines->buffer + lines->begin : NULL;
        size_t held = lines->end - lines->begin;
        char *found = held > searched ? memchr(from + searched, '\n', held - searched) : NULL;
        if (found || (lines->ended && held)) {
            size_t len = found ? (size_t)(found - from) : held;
            *line = (gr_slice){from, len};
            lines->begin += len + (found ? 1 : 0);
            lines->number++;
            *more = true;
            return GR_OK;
        }
        *more = false;
        if (lines->ended) return GR_OK;
        searched = held;
        gr_status status = read_more(lines, err);
        if (status != GR_OK) return status;
    }
}

bool gr_lines_ready(const gr_lines *lines) {
    size_t held = lines->end - lines->begin;
    if (lines->ended || (held && memchr(lines->buffer + lines->begin, '\n', held))) return true;
    struct pollfd want = {.fd = lines->fd, .events = POLLIN};
    return poll(&want, 1, 0) > 0;
}
