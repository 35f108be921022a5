#include "cli/inputs.h"
#include "base/limits.h"
#include "base/os.h"
#include "base/utf8.h"
#include "cli/json.h"
#include "cli/screen.h"

#include <stdio.h>

/* What stands behind task->input. */
typedef struct input {
    gr_source source;
    const char *path;   /* a file, "-", or NULL for a JSON line */
    const char *stream; /* the name of the JSON-lines file */
    uint64_t line;
    json_t *json;   /* the parsed line: the source's slices point into it */
    char *id;       /* as JSON text */
    gr_buffer name; /* of a file whose name is not UTF-8: the name with U+FFFD for each bad byte */
} input;

/* A whole day: a year or a month alone would have a day invented for it. */
static bool is_day(gr_slice text) {
    return text.len == 10 && gr_day_parse(text) != GR_NO_DAY;
}

gr_status gr_inputs_open(const gr_args *args, gr_inputs *out, gr_error *err) {
    *out = (gr_inputs){
        .path = args->operand, .count = args->operand_count, .jsonl = gr_args_given(args, "jsonl")};
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

void gr_inputs_close(gr_inputs *inputs) {
    gr_lines_close(&inputs->lines);
}

uint64_t gr_inputs_count(const gr_inputs *inputs) {
    return inputs->jsonl ? 0 : (uint64_t)inputs->count;
}

static void remember(gr_inputs *inputs, gr_status status) {
    if (inputs->status == GR_OK) inputs->status = status;
}

/* The name under which a file is kept: its path, made text where it is none. */
static gr_slice name_of_file(input *in) {
    gr_slice path = gr_slice_of(in->path);
    if (gr_utf8_valid(path)) return path;
    for (size_t at = 0; at < path.len;) gr_buffer_code_point(&in->name, gr_utf8_next(path, &at));
    return gr_buffer_slice(&in->name);
}

static bool next_file(gr_inputs *inputs, gr_task *task) {
    if (inputs->at == inputs->count) return false;
    input *in = gr_os_alloc(sizeof *in);
    if (in) {
        *in = (input){.source = inputs->source, .path = inputs->path[inputs->at]};
        in->source.name = name_of_file(in);
    } else {
        task->status = gr_fail(&task->error, GR_NO_MEMORY, inputs->path[inputs->at], "out of memory");
    }
    inputs->at++;
    task->input = in;
    return true;
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
    if (in->path)
        task->status = gr_os_read_all(in->path, GR_MAX_DOCUMENT_B, &task->bytes, &task->len, &task->error);
    else
        task->status = load_json(in, task);
    task->source = in->source;
}

void gr_inputs_failed(gr_inputs *inputs, gr_task *task) {
    const input *in = task->input;
    gr_error err = task->error;
    if (in && in->stream) {
        fail_line(in, err.status, task->error.message, &err);
    } else if (in && !err.origin[0]) {
        gr_fail(&err, err.status, in->path, "%s", task->error.message);
    }
    gr_progress_end();
    gr_print_error(&err);
    inputs->failed++;
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
    if (in->path && task->lang_unsure && task->status == GR_OK)
        fprintf(stderr, "griot: %s: its language is not sure, it was read as English; say it with --lang\n",
                in->path);
    json_decref(in->json);
    gr_os_free(in->id);
    gr_buffer_free(&in->name);
    gr_os_free(in);
    task->input = NULL;
}

gr_status gr_inputs_result(const gr_inputs *inputs, gr_status status, gr_error *err) {
    if (status != GR_OK) return status;
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
    plan->options.format = inputs->jsonl ? GR_FORMAT_TEXT : GR_FORMAT_AUTO;
    plan->documents = gr_inputs_count(inputs);
    plan->context = inputs;
    plan->next = plan_next;
    plan->ready = plan_ready;
    plan->load = plan_load;
}
