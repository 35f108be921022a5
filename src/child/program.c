#include "child/program.h"

#include "base/limits.h"
#include "base/os.h"
#include "child/sandbox.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef struct program {
    const char *path, *package;
    char *const argv[8];
} program;

static const program pdf = {
    "/usr/bin/pdftotext", "poppler-utils", {"pdftotext", "-htmlmeta", "-enc", "UTF-8", "-", "-", NULL}};
static const program rtf = {"/usr/bin/unrtf", "unrtf", {"unrtf", "--html", "--nopict", NULL}};

/* The document as a file that lies in memory alone; -1 on failure. */
static int memory_file(gr_slice document) {
    int fd = gr_os_io_fails() ? -1 : memfd_create("document", MFD_CLOEXEC);
    while (fd >= 0 && document.len) {
        ssize_t n = write(fd, document.ptr, document.len);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) {
            close(fd);
            return -1;
        }
        document = gr_sub(document, (size_t)n, document.len);
    }
    if (fd >= 0) lseek(fd, 0, SEEK_SET);
    return fd;
}

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static gr_status read_print(int fd, gr_buffer *printed, gr_error *err) {
    int64_t end = now_ms() + GR_MAX_TOOL_WALL_MS;
    char piece[1 << 16];
    for (;;) {
        int64_t left = end - now_ms();
        struct pollfd ready = {fd, POLLIN, 0};
        int code = left <= 0 ? 0 : poll(&ready, 1, (int)left);
        if (code < 0 && errno == EINTR) continue;
        if (code <= 0)
            return gr_fail(err, GR_BAD_INPUT, NULL, "takes more than %u seconds to read",
                           GR_MAX_TOOL_WALL_MS / 1000);
        ssize_t n = gr_os_io_fails() ? -1 : read(fd, piece, sizeof piece);
        if (n < 0) return gr_fail(err, GR_IO, NULL, "what its program prints cannot be read");
        if (n == 0) return GR_OK;
        gr_buffer_add(printed, (gr_slice){piece, (size_t)n});
        if (printed->len > GR_MAX_DOCUMENT_B)
            return gr_fail(err, GR_TOO_LARGE, NULL, "holds more than %zu MiB of text; split it",
                           GR_MAX_DOCUMENT_B >> 20);
        if (printed->failed) return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while reading");
    }
}

static gr_status told(const program *p, int code, gr_error *err) {
    if (WIFEXITED(code) && WEXITSTATUS(code) == 0) return GR_OK;
    if (WIFEXITED(code) && WEXITSTATUS(code) == 126)
        return gr_fail(err, GR_IO, NULL, "the walls around %s cannot be put up", p->argv[0]);
    if (WIFSIGNALED(code) && (WTERMSIG(code) == SIGXCPU || WTERMSIG(code) == SIGKILL))
        return gr_fail(err, GR_BAD_INPUT, NULL, "takes %s more than %u seconds", p->argv[0],
                       GR_MAX_TOOL_CPU_S);
    return gr_fail(err, GR_BAD_INPUT, NULL, "cannot be read by %s: it is damaged or locked", p->argv[0]);
}

static _Noreturn void become(const program *p, int in, int out) {
    if (!gr_sandbox_program(in, out, GR_MAX_READER_MEMORY_B, GR_MAX_TOOL_CPU_S)) _exit(126);
    char *const nothing[] = {"LC_ALL=C.UTF-8", "PATH=/usr/bin", NULL};
    execve(p->path, p->argv, nothing);
    _exit(127);
}

static gr_status run(const program *p, int in, gr_buffer *printed, gr_error *err) {
    int out[2];
    if (gr_os_io_fails() || pipe(out) != 0) return gr_fail(err, GR_IO, NULL, "no pipe can be opened");
    pid_t child = gr_os_io_fails() ? -1 : fork();
    if (child == 0) become(p, in, out[1]);
    close(out[1]);
    gr_status status = child < 0 ? gr_fail(err, GR_IO, NULL, "%s cannot be started", p->argv[0])
                                 : read_print(out[0], printed, err);
    close(out[0]);
    if (child < 0) return status;
    if (status != GR_OK) kill(child, SIGKILL);
    int code = 0;
    while (waitpid(child, &code, 0) < 0 && errno == EINTR) {
    }
    return status == GR_OK ? told(p, code, err) : status;
}

gr_status gr_run_program(gr_format format, gr_slice document, gr_buffer *printed, gr_error *err) {
    const program *p = format == GR_FORMAT_PDF ? &pdf : &rtf;
    if (access(p->path, X_OK) != 0)
        return gr_fail(err, GR_NOT_FOUND, NULL, "needs %s to be read; install the package %s", p->argv[0],
                       p->package);
    int in = memory_file(document);
    if (in < 0) return gr_fail(err, GR_IO, NULL, "cannot be handed to %s", p->argv[0]);
    gr_status status = run(p, in, printed, err);
    close(in);
    return status;
}
