/* Any bytes as JSON lines: each line that is not blank gives one task, either with a text and a source or
 * with an error that names the line. */
#include "base/os.h"
#include "base/utf8.h"
#include "cli/inputs.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) abort();
}

static uint64_t count_lines(gr_slice bytes) {
    uint64_t lines = 0;
    while (bytes.ptr) lines += gr_trim(gr_cut(&bytes, '\n')).len > 0;
    return lines;
}

static void check(const gr_task *task) {
    if (task->status != GR_OK) {
        demand(task->error.message[0] && strncmp(task->error.origin, "/proc/self/fd/", 14) == 0);
        return;
    }
    gr_slice published = task->source.published, id = gr_inputs_id(task);
    demand(task->len > 0 && gr_utf8_valid((gr_slice){task->bytes, task->len}));
    demand(published.len == 0 || gr_day_parse(published) != GR_NO_DAY);
    demand(!id.len || !memchr(id.ptr, '\n', id.len));
}

static void read_all(const char *path, uint64_t lines) {
    const char *operand[] = {path};
    gr_args args = {.command = &gr_command_code, .operand = operand, .operand_count = 1};
    gr_inputs inputs;
    gr_error err = {0};
    for (unsigned i = 0; gr_command_code.option[i].name; i++)
        if (strcmp(gr_command_code.option[i].name, "jsonl") == 0) args.value[i] = "";
    demand(gr_inputs_open(&args, &inputs, &err) == GR_OK);
    for (;;) {
        gr_task task = {0};
        if (!gr_inputs_next(&inputs, &task)) break;
        gr_inputs_load(&task);
        check(&task);
        gr_inputs_done(&task);
        gr_os_free(task.bytes);
    }
    demand(inputs.given == lines);
    gr_inputs_close(&inputs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char path[32];
    int fd = memfd_create("lines", 0);
    demand(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    read_all(path, count_lines((gr_slice){(const char *)data, size}));
    close(fd);
    return 0;
}
