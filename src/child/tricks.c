#include "child/tricks.h"

#include "base/os.h"
#include "child/frame.h"
#include "read/parts_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void tell(gr_unpacking *u, const char *text) {
    const gr_reading nothing = {0};
    gr_give(u, &nothing,
            (gr_reading){.format = GR_FORMAT_TEXT, .bytes = gr_slice_of(text), .text = gr_slice_of(text)});
}

/* Each way out, and whether it was open. */
static void attack(gr_unpacking *u) {
    struct {
        const char *name;
        long result;
    } tries[] = {
        {"read a file", open("/etc/passwd", O_RDONLY)},
        {"write a file", open("/tmp/griot-escaped", O_WRONLY | O_CREAT, 0600)},
        {"open a socket", socket(AF_INET, SOCK_STREAM, 0)},
        {"open a local socket", socket(AF_UNIX, SOCK_STREAM, 0)},
        {"signal the parent", kill(getppid() > 0 ? getppid() : 1, 0)},
        {"make memory code",
         mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0},
        {"run a program", execl("/bin/true", "true", (char *)NULL)}};
    bool held = true;
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        if (tries[i].result < 0) continue;
        tell(u, tries[i].name);
        held = false;
    }
    pid_t child = fork();
    if (child == 0) _exit(0);
    if (child > 0) tell(u, "start a process");
    if (held && child < 0) tell(u, "all walls hold");
}

/* Takes memory until there is none; the process must live on. */
static void eat(gr_unpacking *u) {
    static char *piece[1024];
    size_t count = 0, size = (size_t)64 << 20;
    while (count < sizeof piece / sizeof *piece && (piece[count] = gr_os_alloc(size)))
        memset(piece[count++], 1, 4096);
    bool ended = count < sizeof piece / sizeof *piece;
    while (count) gr_os_free(piece[--count]);
    tell(u, ended ? "memory has an end" : "memory has no end");
}

static void lie(int fd, uint64_t bytes_len) {
    gr_frame frame = {
        .magic = GR_FRAME_MAGIC, .type = GR_FRAME_DOCUMENT, .bytes_len = bytes_len, .text_len = 3};
    (void)!write(fd, &frame, sizeof frame);
    (void)!write(fd, "\xFF\xFE\xFD\xFC", 4);
}

/* Where nothing is; the compiler may not see it. */
static void touch_nothing(void) {
    volatile char *volatile where = NULL;
    *where = 1;
}

bool gr_try_trick(gr_unpacking *u, gr_stream *input, int fd) {
    gr_slice order = gr_stream_peek(input, 64);
    if (!gr_starts(order, GR_S("griot-test:"))) return false;
    order = gr_trim(gr_sub(order, 11, order.len));
    char byte;
    if (gr_is(order, "crash")) touch_nothing();
    if (gr_is(order, "abort")) abort();
    if (gr_is(order, "exit")) _exit(0);
    if (gr_is(order, "spin"))
        for (volatile unsigned i = 0;; i++) {
        }
    if (gr_is(order, "hang"))
        while (read(fd, &byte, 1) >= 0) {
        }
    if (gr_is(order, "flood"))
        while (!u->stopped) tell(u, "water");
    if (gr_is(order, "attack")) attack(u);
    if (gr_is(order, "eat")) eat(u);
    if (gr_is(order, "lie")) lie(fd, UINT64_MAX / 2);
    if (gr_is(order, "bad text")) lie(fd, 1);
    if (gr_is(order, "noise"))
        (void)!write(fd,
                     "noise, and more than a head of a frame would need, but none of it is one"
                     "........................................................",
                     120);
    return true;
}
