/* griot relations: how the mentions of a text stand to each other. */
#include "base/os.h"
#include "claim/ties.h"
#include "cli/data.h"
#include "cli/inputs.h"
#include "cli/json.h"
#include "cli/screen.h"
#include "pipe/pipe_internal.h"

#include <stdio.h>

static const gr_option options[] = {GR_OPTIONS_SOURCE, GR_OPTION_JSONL, {0}};

static unsigned kind_of(const json_t *name) {
    static const struct {
        const char *name;
        unsigned kind;
    } kinds[] = {{"person", GR_THING_PERSON},
                 {"organisation", GR_THING_BODY},
                 {"place", GR_THING_PLACE},
                 {"weapon", GR_THING_ARMS}};
    for (size_t i = 0; json_is_string(name) && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(json_string_value(name), kinds[i].name) == 0) return kinds[i].kind;
    return 0;
}

/* "type" of a mention, or "types" where it has several. 0: none that relations are made of. */
static unsigned kinds_of(const json_t *mention) {
    const json_t *types = json_object_get(mention, "types");
    unsigned kinds = kind_of(json_object_get(mention, "type"));
    for (size_t i = 0; i < json_array_size(types); i++) kinds |= kind_of(json_array_get(types, i));
    return kinds;
}

typedef struct given {
    gr_span_cp *span;
    unsigned *kinds;
    uint32_t count;
} given;

static void forget(given *g) {
    gr_os_free(g->span);
    gr_os_free(g->kinds);
}

/* "mentions" of a JSON line, if it has any. */
static gr_status read_given(const gr_task *task, given *g, gr_error *err) {
    const json_t *list = json_object_get(gr_inputs_json(task), "mentions");
    *g = (given){0};
    if (!list) return GR_OK;
    size_t size = json_array_size(list);
    g->span = gr_os_alloc((size + 1) * sizeof *g->span);
    g->kinds = gr_os_alloc((size + 1) * sizeof *g->kinds);
    if (!g->span || !g->kinds) return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
    for (size_t i = 0; i < size; i++) {
        const json_t *item = json_array_get(list, i);
        double begin = gr_json_number(item, "start"), end = gr_json_number(item, "end");
        unsigned kinds = kinds_of(item);
        if (!(begin >= 0 && begin < end && end < UINT32_MAX) || !kinds)
            return gr_fail(err, GR_BAD_INPUT, NULL,
                           "\"mentions\" has to be a list of {\"start\",\"end\",\"type\"}, the types being "
                           "person, organisation, place or weapon");
        g->span[g->count] = (gr_span_cp){(uint32_t)begin, (uint32_t)end};
        g->kinds[g->count++] = kinds;
    }
    return GR_OK;
}

static void relate(gr_worker *worker, gr_task *task) {
    gr_coded coded;
    gr_understood understood;
    given g;
    gr_buffer line = {0};
    task->status = read_given(task, &g, &task->error);
    gr_relations_plan plan = {.given = g.span, .kinds = g.kinds, .count = g.count};
    if (task->status == GR_OK)
        task->status = gr_worker_understand(worker, (gr_slice){task->bytes, task->len}, &task->source, &coded,
                                            &understood, &task->error);
    if (task->status == GR_OK) {
        gr_write_relations(&coded, &understood, &plan, &line);
        if (line.failed)
            task->status = gr_fail(&task->error, GR_NO_MEMORY, NULL, "out of memory while writing");
    }
    if (task->status == GR_OK) {
        gr_slice id = gr_inputs_id(task);
        id.len ? printf("{\"id\":%.*s,", GR_FMT(id)) : printf("{");
        fwrite(line.ptr + 1, 1, line.len - 1, stdout);
    }
    gr_buffer_free(&line);
    forget(&g);
}

static void relate_all(gr_worker *worker, gr_inputs *inputs) {
    for (;;) {
        gr_task task = {0};
        if (!gr_inputs_next(inputs, &task)) return;
        gr_inputs_load(&task);
        if (task.status == GR_OK) relate(worker, &task);
        if (task.status != GR_OK) gr_inputs_failed(inputs, &task);
        gr_os_free(task.bytes);
        gr_inputs_done(&task);
        if (inputs->jsonl) fflush(stdout);
    }
}

static gr_status run(const gr_args *args, gr_error *err) {
    gr_inputs inputs;
    gr_status status = gr_inputs_open(args, &inputs, err);
    if (status != GR_OK) return status;
    gr_library *library = gr_open_library(err);
    if (!library) return err->status;
    gr_pipe_options how = {.parse_all = true};
    gr_worker *worker = gr_worker_new(library, how, err);
    gr_catch_interrupts();
    if (worker) relate_all(worker, &inputs);
    status = gr_inputs_result(&inputs, worker ? GR_OK : err->status, err);
    gr_worker_free(worker);
    gr_inputs_close(&inputs);
    gr_library_close(library);
    return status;
}

const gr_command gr_command_relations = {
    .name = "relations",
    .summary = "who fights, backs, meets or leads whom, and who is where",
    .synopsis = "PATH|-... [OPTIONS]",
    .about =
        "Prints one JSON object for each text (docs/relations.md): how the persons, organisations, weapons\n"
        "and places that a sentence names stand to each other, with the word that tells it. Types: fights,\n"
        "allied, contact, leads, belongs, located. With --jsonl a line may bring\n"
        "\"mentions\":[{\"start\",\"end\",\"type\"},...] of the types person, organisation, place and "
        "weapon:\n"
        "then these are related and no others are looked for.\n",
    .examples = "  griot relations report.txt\n"
                "  echo \"The army and its allies fought the rebels near Kidal.\" | griot relations -\n"
                "  griot relations --jsonl - < reports.jsonl\n",
    .option = options,
    .least = 1,
    .most = -1,
    .run = run,
};
