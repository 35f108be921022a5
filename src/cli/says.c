/* griot says: what any text says, beyond the claims: attributions, negations, events and times. */
#include "base/limits.h"
#include "base/os.h"
#include "cli/data.h"
#include "cli/inputs.h"
#include "cli/screen.h"
#include "pipe/pipe_internal.h"

#include <stdio.h>

static const gr_option options[] = {
    GR_OPTIONS_SOURCE,
    GR_OPTION_JSONL,
    GR_OPTION_THREADS,
    {0},
};

static void finish(void *context, gr_task *task) {
    gr_slice id = gr_inputs_id(task);
    if (task->status != GR_OK) {
        gr_inputs_failed(context, task);
    } else {
        id.len ? printf("{\"id\":%.*s,", GR_FMT(id)) : printf("{");
        fwrite(task->json.ptr + 1, 1, task->json.len - 1, stdout);
    }
    if (((gr_inputs *)context)->jsonl) fflush(stdout); /* whoever feeds the stream may wait for the answer */
    gr_inputs_done(task);
}

static gr_status run(const gr_args *args, gr_error *err) {
    gr_inputs inputs;
    uint64_t threads;
    gr_status status = gr_inputs_open(args, &inputs, err);
    if (status == GR_OK)
        status = gr_args_number(args, "threads", 1, GR_MAX_THREADS, gr_os_processors(), &threads, err);
    if (status != GR_OK) return status;
    gr_library *library = gr_open_library(err);
    if (!library) return err->status;
    gr_catch_interrupts();
    gr_pool_plan plan = {.library = library,
                         .options = {.parse_all = true},
                         .threads = (unsigned)threads,
                         .write = gr_write_statements,
                         .finish = finish};
    gr_inputs_plan(&inputs, &plan);
    status = gr_inputs_result(&inputs, gr_pool_run(&plan, err), err);
    gr_inputs_close(&inputs);
    gr_library_close(library);
    return status;
}

const gr_command gr_command_says = {
    .name = "says",
    .summary = "who says what, what is negated or may happen, who does what to whom",
    .synopsis = "PATH|-... [OPTIONS]",
    .about =
        "Prints one JSON object for each text (docs/statements.md): every attribution with source, cue and\n"
        "content, every negation with cue, scope and event, every word that tells of an event with how sure\n"
        "the text is of it, every deed of one side to another as an event of PLOVER, every word of calamity "
        "or\n"
        "crime, and every time with its value. Deeds are everyday politics too, which makes no claims.\n",
    .examples = "  griot says report.txt\n"
                "  echo \"The army denied that its soldiers had looted shops.\" | griot says -\n"
                "  griot says --jsonl - < reports.jsonl\n",
    .option = options,
    .least = 1,
    .most = -1,
    .run = run,
};
