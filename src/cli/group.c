/* griot group: which reports tell of the same incident. */
#include "base/json.h"
#include "base/limits.h"
#include "base/os.h"
#include "cli/data.h"
#include "cli/inputs.h"
#include "cli/screen.h"
#include "link/reports.h"

#include <stdio.h>

static const gr_option options[] = {
    GR_OPTIONS_SOURCE,
    GR_OPTION_JSONL,
    GR_OPTION_THREADS,
    {0},
};

typedef struct grouping {
    gr_inputs inputs;
    gr_groups *groups;
    gr_buffer *name; /* per report: its id or path as JSON text */
    uint32_t count, capacity;
    gr_status status;
    gr_error err;
} grouping;

static bool next(void *context, gr_task *task) {
    grouping *g = context;
    return g->status == GR_OK && gr_inputs_next(&g->inputs, task);
}

static bool ready(void *context) {
    return gr_inputs_ready(&((grouping *)context)->inputs);
}

static void load(void *context, gr_task *task) {
    (void)context;
    gr_inputs_load(task);
}

static gr_status keep_name(grouping *g, gr_task *task, gr_error *err) {
    if (g->count == g->capacity) {
        uint32_t wider = g->capacity ? 2 * g->capacity : 64;
        gr_buffer *name = gr_os_alloc(wider * sizeof *name);
        if (!name) return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
        if (g->count) memcpy(name, g->name, g->count * sizeof *name);
        gr_os_free(g->name);
        g->name = name;
        g->capacity = wider;
    }
    gr_slice id = gr_inputs_id(task);
    gr_buffer *name = &g->name[g->count++];
    *name = (gr_buffer){0};
    if (id.len)
        gr_buffer_add(name, id);
    else
        gr_json_string(&(gr_json){.out = name}, task->source.name);
    return name->failed ? gr_fail(err, GR_NO_MEMORY, NULL, "out of memory") : GR_OK;
}

static void finish(void *context, gr_task *task) {
    grouping *g = context;
    if (task->status != GR_OK)
        gr_inputs_failed(&g->inputs, task);
    else if (g->status == GR_OK) {
        g->status = gr_groups_add(g->groups, &task->coded.text, task->coded.word, &g->err);
        if (g->status == GR_OK) g->status = keep_name(g, task, &g->err);
    }
    gr_inputs_done(task);
}

static gr_status print_groups(grouping *g, gr_error *err) {
    uint32_t *group = gr_os_alloc((g->count + 1) * sizeof *group);
    if (!group) return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
    gr_status status = gr_groups_settle(g->groups, group, err);
    for (uint32_t i = 0; status == GR_OK && i < g->count; i++)
        printf("{\"id\":%.*s,\"group\":%u}\n", (int)g->name[i].len, g->name[i].ptr, group[i]);
    gr_os_free(group);
    return status;
}

static gr_status read_all(grouping *g, const gr_args *args, gr_error *err) {
    uint64_t threads;
    gr_status status = gr_args_number(args, "threads", 1, GR_MAX_THREADS, gr_os_processors(), &threads, err);
    if (status != GR_OK) return status;
    gr_library *library = gr_open_library(err);
    if (!library) return err->status;
    gr_catch_interrupts();
    gr_pool_plan plan = {.library = library,
                         .options = {.parse_all = true},
                         .threads = (unsigned)threads,
                         .documents = gr_inputs_count(&g->inputs),
                         .keep_coded = true,
                         .context = g,
                         .next = next,
                         .ready = ready,
                         .load = load,
                         .finish = finish};
    status = gr_pool_run(&plan, err);
    if (status == GR_OK && g->status != GR_OK) {
        *err = g->err;
        status = g->status;
    }
    gr_library_close(library);
    return status;
}

static gr_status run(const gr_args *args, gr_error *err) {
    grouping g = {0};
    gr_status status = gr_inputs_open(args, &g.inputs, err);
    if (status != GR_OK) return status;
    g.groups = gr_groups_new(err);
    status = g.groups ? read_all(&g, args, err) : GR_NO_MEMORY;
    if (status == GR_OK) status = print_groups(&g, err);
    status = gr_inputs_result(&g.inputs, status, err);
    for (uint32_t i = 0; i < g.count; i++) gr_buffer_free(&g.name[i]);
    gr_os_free(g.name);
    gr_groups_free(g.groups);
    gr_inputs_close(&g.inputs);
    return status;
}

const gr_command gr_command_group = {
    .name = "group",
    .summary = "which reports tell of the same incident, as JSON lines",
    .synopsis = "PATH|-... [OPTIONS]",
    .about =
        "Compares reports by their words and names and prints a JSON object for each, in the order of the\n"
        "inputs: its id or path, and the number of its group (docs/incidents.md). Reports of one group tell\n"
        "of the same incident. All reports are compared with each other, so they come in one call.\n",
    .examples = "  griot group reports/*.txt\n"
                "  griot group --jsonl - < reports.jsonl\n",
    .option = options,
    .least = 1,
    .most = -1,
    .run = run,
};
