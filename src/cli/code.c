/* griot code: reports in, claims out as JSON lines, without a record. */
#include "base/limits.h"
#include "base/os.h"
#include "cli/data.h"
#include "cli/inputs.h"
#include "cli/screen.h"

#include <stdio.h>

static const gr_option options[] = {
    GR_OPTIONS_SOURCE,
    {"incidents", 0, NULL, "print the incidents that the claims tell of instead of the claims"},
    GR_OPTION_JSONL,
    GR_OPTION_THREADS,
    {0},
};

/* Puts the line's id in front of each claim, so that a stream can be joined with what it came from. */
static void print_with_id(gr_slice lines, gr_slice id) {
    while (lines.len) {
        gr_slice line = gr_cut(&lines, '\n');
        printf("{\"id\":%.*s,", GR_FMT(id));
        fwrite(line.ptr + 1, 1, line.len - 1, stdout);
        putchar('\n');
    }
}

static void finish(void *context, gr_task *task) {
    if (task->status != GR_OK)
        gr_inputs_failed(context, task);
    else if (gr_inputs_id(task).len)
        print_with_id(gr_buffer_slice(&task->json), gr_inputs_id(task));
    else
        fwrite(task->json.ptr, 1, task->json.len, stdout);
    gr_inputs *inputs = context;
    if (inputs->jsonl) fflush(stdout); /* whoever feeds the stream may wait for the answer */
    if (!gr_is_screen() && inputs->given > 1)
        gr_progress(++inputs->finished, gr_inputs_count(inputs), "reports");
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
                         .options = {.incidents = gr_args_given(args, "incidents"),
                                     .parse_all = gr_args_given(args, "incidents")}, /* full names */
                         .threads = (unsigned)threads,
                         .finish = finish};
    gr_inputs_plan(&inputs, &plan);
    status = gr_pool_run(&plan, err);
    gr_progress_end();
    status = gr_inputs_result(&inputs, status, err);
    gr_inputs_close(&inputs);
    gr_library_close(library);
    return status;
}

const gr_command gr_command_code = {
    .name = "code",
    .summary = "reports in, claims out as JSON lines; keeps nothing",
    .synopsis = "PATH|-... [OPTIONS]",
    .about =
        "Reads reports in any format of docs/formats.md, found by content: text, pages, PDF, DOCX, ODT, "
        "RTF,\n"
        "feeds, mail, JSON, tables, archives, WARC. Prints one JSON object for each claim (docs/claims.md), "
        "in\n"
        "the order of the inputs and of the text. A report that cannot be read gives one line on standard "
        "error and\n"
        "the others go on. With --jsonl the inputs are streams of reports, one JSON object a line, and\n"
        "each claim carries the id of its line. With --incidents the claims of a report that tell of the "
        "same\n"
        "incident come as one object (docs/incidents.md).\n",
    .examples = "  griot code report.txt\n"
                "  griot code --published 2024-02-10 reports/*.txt > claims.jsonl\n"
                "  griot code - < page.html\n"
                "  griot code bulletin.docx feed.xml archive.zip\n"
                "  griot code --incidents report.txt\n"
                "  griot code --jsonl - < reports.jsonl\n",
    .option = options,
    .least = 1,
    .most = -1,
    .run = run,
};
