#include "cli/inputs.h"
#include "base/limits.h"
#include "base/os.h"
#include "base/utf8.h"
#include "cli/data.h"
#include "cli/json.h"
#include "cli/screen.h"
#include "read/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* What stands behind task->input. */
typedef struct input {
    gr_source source;
    const char *stream; /* the name of the JSON-lines file */
    uint64_t line;
    json_t *json;   /* the parsed line: the source's slices point into it */
    char *id;       /* as JSON text */
    gr_buffer name; /* of a part, or of a file whose name is not UTF-8: with U+FFFD for each bad byte */
    gr_part part;   /* what the reader of foreign formats made; its memory is the task's bytes */
} input;

/* A whole day: a year or a month alone would have a day invented for it. */
static bool is_day(gr_slice text) {
    return text.len == 10 && gr_day_parse(text) != GR_NO_DAY;
}

gr_status gr_inputs_open(const gr_args *args, gr_inputs *out, gr_error *err) {
    *out = (gr_inputs){.path = args->operand,
                       .count = args->operand_count,
                       .jsonl = gr_args_given(args, "jsonl"),
                       .file = {.fd = -1}};
    out->source = (gr_source){.publisher = gr_args_slice(args, "source"),
                              .published = gr_args_slice(args, "published"),
                              .url = gr_args_slice(args, "url"),
                              .lang = gr_args_slice(args, "lang")};
    gr_slice published = out->source.published;
    if (published.ptr && !is_day(published))
        return gr_fail(err, GR_USAGE, NULL, "%s: --published takes a day such as 2024-02-10, not \"%s\"",
                       args->command->name, published.ptr);
    if (!gr_utf8_valid(out->source.publisher) || !gr_utf8_valid(out->source.url))
        return gr_fail(err, GR_USAGE, NULL, "%s: --source and --url take UTF-8 text", args->command->name);
    gr_slice lang = out->source.lang;
    if (lang.len != 0 && lang.len != 2)
        return gr_fail(err, GR_USAGE, NULL, "%s: --lang takes a code of two letters such as en, not \"%s\"",
                       args->command->name, lang.ptr);
    return GR_OK;
}

static void close_file(gr_inputs *inputs) {
    gr_open_file *file = &inputs->file;
    if (file->fd > STDIN_FILENO) close(file->fd);
    gr_buffer_free(&file->bytes);
    *file = (gr_open_file){.fd = -1};
}

void gr_inputs_close(gr_inputs *inputs) {
    gr_lines_close(&inputs->lines);
    close_file(inputs);
    gr_reader_free(inputs->reader);
    gr_maps_free(inputs->maps);
    gr_buffer_free(&inputs->aside);
}

static void remember(gr_inputs *inputs, gr_status status) {
    if (inputs->status == GR_OK) inputs->status = status;
}

static gr_status load_maps(gr_inputs *inputs, gr_error *err) {
    char dir[GR_MAX_PATH_B], maps[GR_MAX_PATH_B];
    if (inputs->maps) return GR_OK;
    gr_status status = gr_data_dir(dir, err);
    if (status != GR_OK) return status;
    if (!gr_path_join(maps, dir, "knowledge/maps"))
        return gr_fail(err, GR_NOT_FOUND, dir, "the path is too long");
    inputs->maps = gr_maps_load(maps, err);
    return inputs->maps ? GR_OK : err->status;
}

/* More of the file, 0 at its end or on a failure. */
static size_t read_more(void *context, char *into, size_t room, gr_error *err) {
    const gr_open_file *file = context;
    for (;;) {
        ssize_t n = gr_os_io_fails() ? -1 : read(file->fd, into, room);
        if (n < 0 && errno == EINTR && !gr_interrupted()) continue;
        if (n < 0) gr_fail(err, GR_IO, NULL, "reading failed (%s)", strerror(errno));
        return n < 0 ? 0 : (size_t)n;
    }
}

/* Reads on until the file has given `most_b` bytes or has ended. */
static gr_status read_up_to(gr_open_file *file, size_t most_b, bool *ended) {
    char piece[1 << 16];
    *ended = false;
    while (file->bytes.len < most_b && !*ended && file->error.status == GR_OK) {
        size_t room = most_b - file->bytes.len < sizeof piece ? most_b - file->bytes.len : sizeof piece;
        size_t got = read_more(file, piece, room, &file->error);
        gr_buffer_add(&file->bytes, (gr_slice){piece, got});
        *ended = got == 0;
    }
    if (file->bytes.failed) gr_fail(&file->error, GR_NO_MEMORY, NULL, "out of memory while reading");
    return file->error.status;
}

static gr_status open_path(const char *path, int *fd, int64_t *size_b, gr_error *err) {
    struct stat info;
    *size_b = -1;
    *fd = STDIN_FILENO;
    if (strcmp(path, "-") == 0) return GR_OK;
    *fd = gr_os_io_fails() ? -1 : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return gr_fail(err, GR_NOT_FOUND, path, "no such file; check the path");
    if (*fd < 0 && errno == EACCES)
        return gr_fail(err, GR_IO, path, "not readable by this user; check its permissions");
    if (*fd < 0) return gr_fail(err, GR_IO, path, "cannot be opened (%s)", strerror(errno));
    if (gr_os_io_fails() || fstat(*fd, &info) != 0)
        return gr_fail(err, GR_IO, path, "cannot be examined (%s)", strerror(errno));
    if (S_ISDIR(info.st_mode))
        return gr_fail(err, GR_BAD_INPUT, path, "is a directory; name the files in it");
    if (!S_ISREG(info.st_mode))
        return gr_fail(err, GR_BAD_INPUT, path, "is not a regular file; pipe it in with -");
    *size_b = info.st_size;
    return GR_OK;
}

static gr_status too_long(gr_open_file *file) {
    const size_t most = GR_MAX_DOCUMENT_B >> 20;
    if (file->size_b < 0)
        return gr_fail(&file->error, GR_TOO_LARGE, file->path,
                       "holds more than the ceiling of %zu MiB; split it", most);
    return gr_fail(&file->error, GR_TOO_LARGE, file->path,
                   "holds %jd bytes, more than the ceiling of %zu MiB; split it", (intmax_t)file->size_b,
                   most);
}

/* What streams is read as it is needed, all else whole. A ZIP archive may be an office document: whole where
 * it is not too long. */
static gr_status read_file(gr_inputs *inputs, gr_open_file *file) {
    bool ended;
    gr_status status = read_up_to(file, GR_MAX_STREAM_HEAD_B, &ended);
    if (status != GR_OK) return status;
    gr_input_kind kind = gr_sniff(gr_buffer_slice(&file->bytes), inputs->maps);
    bool streams = gr_input_streams(kind);
    file->plain = kind == GR_INPUT_TEXT || kind == GR_INPUT_BINARY;
    if (!ended && (!streams || kind == GR_INPUT_ZIP))
        status = read_up_to(file, GR_MAX_DOCUMENT_B + 1, &ended);
    if (status != GR_OK) return status;
    if (!ended && !streams) return too_long(file);
    if (!ended) return GR_OK;
    if (file->fd > STDIN_FILENO) close(file->fd);
    file->fd = -1;
    return GR_OK;
}

/* Opens the next path, if none is open; false where there are no more. */
static bool open_next(gr_inputs *inputs) {
    gr_open_file *file = &inputs->file;
    if (file->path) return true;
    if (inputs->at == inputs->count) return false;
    *file = (gr_open_file){.path = inputs->path[inputs->at++], .fd = -1};
    file->status = load_maps(inputs, &file->error);
    if (file->status == GR_OK) file->status = open_path(file->path, &file->fd, &file->size_b, &file->error);
    if (file->status == GR_OK) file->status = read_file(inputs, file);
    return true;
}

/* One file may hold one report or many; of several the number of files is the least. */
uint64_t gr_inputs_count(gr_inputs *inputs) {
    if (inputs->jsonl) return 0;
    if (inputs->count > 1) return (uint64_t)inputs->count;
    return open_next(inputs) && !inputs->file.plain ? 0 : (uint64_t)inputs->count;
}

/* The name under which a report is kept: the path, made text where it is none, and its part. */
static gr_slice name_of(input *in, const char *given, gr_slice part) {
    gr_slice path = gr_slice_of(given);
    if (gr_utf8_valid(path) && !part.len) return path;
    for (size_t at = 0; at < path.len;) gr_buffer_code_point(&in->name, gr_utf8_next(path, &at));
    gr_buffer_add(&in->name, part);
    return gr_buffer_slice(&in->name);
}

/* Starts a task about the file at hand. */
static input *new_input(gr_inputs *inputs, gr_task *task) {
    input *in = gr_os_alloc(sizeof *in);
    if (in)
        *in = (input){.source = inputs->source};
    else
        task->status = gr_fail(&task->error, GR_NO_MEMORY, inputs->file.path, "out of memory");
    task->input = in;
    return in;
}

static void fail_file(gr_inputs *inputs, gr_task *task, gr_status status, const gr_error *err) {
    input *in = new_input(inputs, task);
    if (in) {
        in->source.name = name_of(in, inputs->file.path, GR_S(""));
        task->status = status;
        task->error = *err;
    }
    close_file(inputs);
}

/* A plain text: its bytes are the report. */
static void take_plain(gr_inputs *inputs, gr_task *task) {
    input *in = new_input(inputs, task);
    if (in) {
        in->source.name = name_of(in, inputs->file.path, GR_S(""));
        task->bytes = inputs->file.bytes.ptr;
        task->len = inputs->file.bytes.len;
        inputs->file.bytes = (gr_buffer){0};
    }
    close_file(inputs);
}

/* What the reader found next. */
static void take_part(gr_inputs *inputs, gr_task *task, gr_part *part) {
    input *in = new_input(inputs, task);
    if (!in) {
        gr_os_free(part->memory);
        return;
    }
    in->part = *part;
    in->source.name = name_of(in, inputs->file.path, part->reading.name);
    in->source.reading = &in->part.reading;
    task->bytes = part->memory;
    task->len = part->reading.bytes.len;
    task->status = part->status;
    task->error = part->error;
}

static bool begin_foreign(gr_inputs *inputs) {
    gr_open_file *file = &inputs->file;
    if (!inputs->reader) inputs->reader = gr_reader_new((gr_reader_options){.maps = inputs->maps});
    if (!inputs->reader) {
        file->status = gr_fail(&file->error, GR_NO_MEMORY, file->path, "out of memory");
        return false;
    }
    if (file->fd < 0)
        gr_reader_begin(inputs->reader, gr_buffer_slice(&file->bytes));
    else
        gr_reader_begin_stream(inputs->reader, gr_buffer_slice(&file->bytes), read_more, file);
    file->foreign = true;
    return true;
}

/* The next report of the files, from the one at hand or from the next that holds any. */
static bool next_file(gr_inputs *inputs, gr_task *task) {
    while (open_next(inputs)) {
        gr_open_file *file = &inputs->file;
        gr_error err = file->error;
        if (file->status == GR_OK && file->plain) {
            take_plain(inputs, task);
            return true;
        }
        if (file->status != GR_OK || (!file->foreign && !begin_foreign(inputs))) {
            fail_file(inputs, task, file->status, &file->error);
            return true;
        }
        gr_part part;
        bool more;
        gr_status status = gr_reader_next(inputs->reader, &part, &more, &err);
        if (more)
            take_part(inputs, task, &part);
        else if (status != GR_OK)
            fail_file(inputs, task, status, &err);
        else
            close_file(inputs);
        if (more || status != GR_OK) return true;
    }
    return false;
}

/* The next line with something on it, over all streams. A stream that fails is reported and left. */
static bool next_line(gr_inputs *inputs, gr_slice *line) {
    for (;;) {
        gr_error err = {0};
        gr_status status = GR_OK;
        bool more = false;
        if (!inputs->open) {
            if (inputs->at == inputs->count) return false;
            status = gr_lines_open(inputs->path[inputs->at++], &inputs->lines, &err);
            inputs->open = status == GR_OK;
        }
        if (inputs->open) status = gr_lines_next(&inputs->lines, line, &more, &err);
        if (more && gr_trim(*line).len) return true;
        if (more) continue;
        if (inputs->open) gr_lines_close(&inputs->lines);
        inputs->open = false;
        if (status == GR_STOPPED) return false;
        if (status != GR_OK) {
            gr_print_error(&err);
            remember(inputs, status);
        }
    }
}

static bool next_json(gr_inputs *inputs, gr_task *task) {
    gr_slice line;
    if (!next_line(inputs, &line)) return false;
    input *in = gr_os_alloc(sizeof *in);
    task->bytes = gr_os_alloc(line.len);
    if (in)
        *in = (input){.source = inputs->source, .stream = inputs->lines.name, .line = inputs->lines.number};
    if (task->bytes) memcpy(task->bytes, line.ptr, line.len);
    task->len = line.len;
    task->input = in;
    if (!in || !task->bytes)
        task->status = gr_fail(&task->error, GR_NO_MEMORY, inputs->lines.name, "out of memory");
    return true;
}

bool gr_inputs_next(gr_inputs *inputs, gr_task *task) {
    if (gr_interrupted()) return false;
    if (!(inputs->jsonl ? next_json(inputs, task) : next_file(inputs, task))) return false;
    inputs->given++;
    return true;
}

bool gr_inputs_ready(const gr_inputs *inputs) {
    return !inputs->jsonl || !inputs->open || gr_lines_ready(&inputs->lines);
}

static gr_status fail_line(const input *in, gr_status status, const char *message, gr_error *err) {
    char origin[256];
    snprintf(origin, sizeof origin, "%.200s:%llu", in->stream, (unsigned long long)in->line);
    return gr_fail(err, status, origin, "%s", message);
}

static void take(const json_t *object, const char *key, gr_slice *into) {
    gr_slice text = gr_json_text(object, key);
    if (text.len) *into = text;
}

/* Replaces the line in task->bytes by the text that it holds. */
static gr_status load_json(input *in, gr_task *task) {
    json_error_t fault;
    in->json = json_loadb(task->bytes, task->len, JSON_ALLOW_NUL, &fault);
    if (!json_is_object(in->json))
        return fail_line(in, GR_BAD_INPUT, in->json ? "is not a JSON object" : fault.text, &task->error);
    gr_slice text = gr_json_text(in->json, "text");
    if (!text.len) return fail_line(in, GR_BAD_INPUT, "has no \"text\"", &task->error);
    const json_t *id = json_object_get(in->json, "id");
    if (id) in->id = json_dumps(id, JSON_COMPACT | JSON_ENCODE_ANY);
    take(in->json, "source", &in->source.publisher);
    take(in->json, "published", &in->source.published);
    take(in->json, "url", &in->source.url);
    take(in->json, "lang", &in->source.lang);
    in->source.published = gr_sub(in->source.published, 0, 10); /* the day of a date with a time */
    if (in->source.published.len && !is_day(in->source.published))
        return fail_line(in, GR_BAD_INPUT, "\"published\" is not a day such as 2024-02-10", &task->error);
    in->source.name = json_is_string(id) ? gr_json_text(in->json, "id") : gr_slice_of(in->stream);
    gr_os_free(task->bytes);
    task->len = text.len;
    task->bytes = gr_os_alloc(text.len);
    if (!task->bytes) return fail_line(in, GR_NO_MEMORY, "out of memory", &task->error);
    memcpy(task->bytes, text.ptr, text.len);
    return GR_OK;
}

void gr_inputs_load(gr_task *task) {
    input *in = task->input;
    if (task->status != GR_OK) return;
    if (in->stream) task->status = load_json(in, task);
    task->source = in->source;
}

void gr_inputs_failed(gr_inputs *inputs, gr_task *task) {
    const input *in = task->input;
    gr_error err = task->error;
    if (in && in->stream) {
        fail_line(in, err.status, task->error.message, &err);
    } else if (in && !err.origin[0]) {
        char origin[256];
        snprintf(origin, sizeof origin, "%.*s", (int)(in->source.name.len < 250 ? in->source.name.len : 250),
                 in->source.name.ptr);
        gr_fail(&err, err.status, origin, "%s", task->error.message);
    }
    gr_progress_end();
    gr_print_error(&err);
    if (inputs->failed++ < GR_MAX_SET_ASIDE)
        gr_buffer_printf(&inputs->aside, "%s%s%s\n", err.origin, err.origin[0] ? ": " : "", err.message);
    remember(inputs, task->status);
}

gr_slice gr_inputs_id(const gr_task *task) {
    const input *in = task->input;
    return gr_slice_of(in->id);
}

const json_t *gr_inputs_json(const gr_task *task) {
    const input *in = task->input;
    return in->json;
}

void gr_inputs_done(gr_task *task) {
    input *in = task->input;
    if (!in) return;
    if (!in->stream && task->lang_unsure && task->status == GR_OK)
        fprintf(stderr, "griot: %.*s: its language is not sure, it was read as English; say it with --lang\n",
                GR_FMT(in->source.name));
    json_decref(in->json);
    gr_os_free(in->id);
    gr_buffer_free(&in->name);
    gr_os_free(in);
    task->input = NULL;
}

/* What was left out, once more and together: in a long run the single lines are far up the screen. */
static void list_aside(const gr_inputs *inputs) {
    gr_slice lines = gr_buffer_slice(&inputs->aside);
    if (inputs->given < 2 || !lines.len) return;
    fprintf(stderr, "griot: set aside:\n");
    while (lines.len) {
        gr_slice line = gr_cut(&lines, '\n');
        fprintf(stderr, "  %.*s\n", GR_FMT(line));
    }
    if (inputs->failed > GR_MAX_SET_ASIDE)
        fprintf(stderr, "  and %llu others\n", (unsigned long long)(inputs->failed - GR_MAX_SET_ASIDE));
}

gr_status gr_inputs_result(const gr_inputs *inputs, gr_status status, gr_error *err) {
    if (status != GR_OK) return status;
    list_aside(inputs);
    if (gr_interrupted()) return gr_fail(err, GR_STOPPED, NULL, "stopped; run it again to go on");
    if (inputs->status == GR_OK) return GR_OK;
    if (inputs->given > 1 && inputs->failed)
        return gr_fail(err, inputs->status, NULL, "%llu of %llu reports could not be read",
                       (unsigned long long)inputs->failed, (unsigned long long)inputs->given);
    return inputs->status; /* its line has been printed */
}

static bool plan_next(void *context, gr_task *task) {
    return gr_inputs_next(context, task);
}

static bool plan_ready(void *context) {
    return gr_inputs_ready(context);
}

static void plan_load(void *context, gr_task *task) {
    (void)context;
    gr_inputs_load(task);
}

void gr_inputs_plan(gr_inputs *inputs, gr_pool_plan *plan) {
    plan->documents = gr_inputs_count(inputs);
    plan->context = inputs;
    plan->next = plan_next;
    plan->ready = plan_ready;
    plan->load = plan_load;
}
