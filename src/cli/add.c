/* griot add: reports into the record. Adding a report again changes nothing. */
#include "base/limits.h"
#include "base/os.h"
#include "cli/data.h"
#include "cli/inputs.h"
#include "cli/record.h"
#include "cli/screen.h"

#include <stdio.h>

static const gr_option options[] = {
    GR_OPTIONS_SOURCE, GR_OPTION_JSONL, GR_OPTION_THREADS, GR_OPTION_RECORD, GR_OPTION_JSON, {0},
};

typedef struct adding {
    gr_inputs inputs;
    gr_record *record;
    const gr_library *library;
    bool json;
    gr_status status; /* a failure of the record itself; nothing is added after it */
    gr_error error;
    uint64_t added, recoded, known, claims;
} adding;

/* Fetches the report and asks the record whether it has been coded with this knowledge before. */
static bool next(void *context, gr_task *task) {
    adding *a = context;
    if (a->status != GR_OK || !gr_inputs_next(&a->inputs, task)) return false;
    gr_inputs_load(task);
    if (task->status != GR_OK) return true;
    gr_digest digest = gr_sha256((gr_slice){task->bytes, task->len});
    a->status = gr_record_has(a->record, digest.hex, gr_library_hash(a->library), &task->settled, &a->error);
    return true;
}

static bool ready(void *context) {
    return gr_inputs_ready(&((adding *)context)->inputs);
}

static void print_added(adding *a, const gr_task *task, const gr_added *added) {
    const char *what = added->already_there ? "known" : added->recoded ? "recoded" : "new";
    gr_slice name = task->source.name;
    if (a->json) {
        a->status = gr_json_print(
            json_pack("{s:s, s:s%, s:s, s:i, s:i, s:i, s:i, s:i}", "report", what, "name", name.ptr, name.len,
                      "doc", gr_sha256((gr_slice){task->bytes, task->len}).hex, "claims", (int)added->claims,
                      "first", (int)added->first, "confirms", (int)added->confirms, "differs",
                      (int)added->differs, "proposed", (int)added->proposed),
            &a->error);
        return;
    }
    if (added->already_there) return; /* only what is new is worth a line */
    gr_progress_end();
    printf("%-8s %.12s  %u claim%s  ", what, task->coded.document.sha256.hex, added->claims,
           gr_plural(added->claims));
    gr_put(GR_STRONG, name);
    putchar('\n');
    if (!added->confirms && !added->differs && !added->proposed) return;
    gr_put_line("         of its incidents %u new, %u told before, %u with other figures%s", added->first,
                added->confirms, added->differs,
                added->proposed ? "; some may be told already, see griot review" : "");
}

static void count(adding *a, const gr_added *added) {
    if (added->already_there)
        a->known++;
    else if (added->recoded)
        a->recoded++;
    else
        a->added++;
    if (!added->already_there) a->claims += added->claims;
}

static void finish(void *context, gr_task *task) {
    adding *a = context;
    gr_added added = {.already_there = task->settled};
    if (task->status != GR_OK) {
        gr_inputs_failed(&a->inputs, task);
    } else if (a->status == GR_OK) {
        if (!task->settled)
            a->status = gr_record_add(a->record, a->library, &task->coded, gr_buffer_slice(&task->json),
                                      gr_os_now_unix_s(), &added, &a->error);
        if (a->status == GR_OK) {
            print_added(a, task, &added);
            if (a->inputs.jsonl) fflush(stdout); /* whoever feeds the stream may wait for the answer */
            count(a, &added);
        }
    }
    if (a->inputs.given > 1) gr_progress(++a->inputs.finished, gr_inputs_count(&a->inputs), "reports");
    gr_inputs_done(task);
}

/* The record keeps the claims; what they tell together goes into it from gr_coded. */
static void write_claims(const gr_library *library, const gr_coded *coded, const struct gr_understood *found,
                         gr_buffer *out) {
    (void)found;
    gr_write_claims(library, coded, out);
}

static gr_status add_all(adding *a, unsigned threads, gr_error *err) {
    gr_pool_plan plan = {.library = a->library,
                         .options = {.incidents = true},
                         .write = write_claims,
                         .threads = threads,
                         .documents = gr_inputs_count(&a->inputs),
                         .keep_coded = true,
                         .context = a,
                         .next = next,
                         .ready = ready,
                         .finish = finish};
    gr_status status = gr_pool_run(&plan, err);
    gr_progress_end();
    if (a->status != GR_OK) {
        *err = a->error;
        status = a->status;
    }
    return status;
}

static void print_total(const adding *a) {
    uint64_t fresh = a->added + a->recoded;
    printf("%llu report%s added with %llu claim%s", (unsigned long long)fresh, gr_plural(fresh),
           (unsigned long long)a->claims, gr_plural(a->claims));
    if (a->known) printf(", %llu already there", (unsigned long long)a->known);
    if (a->inputs.failed) printf(", %llu unreadable", (unsigned long long)a->inputs.failed);
    putchar('\n');
}

static gr_status run(const gr_args *args, gr_error *err) {
    adding a = {.json = gr_args_given(args, "json")};
    uint64_t threads;
    gr_status status = gr_inputs_open(args, &a.inputs, err);
    if (status == GR_OK)
        status = gr_args_number(args, "threads", 1, GR_MAX_THREADS, gr_os_processors(), &threads, err);
    if (status != GR_OK) return status;
    gr_library *library = gr_open_library(err);
    if (library) a.record = gr_open_record(args, GR_OPEN_CREATE, err);
    if (a.record) {
        a.library = library;
        gr_catch_interrupts();
        status = add_all(&a, (unsigned)threads, err);
        if (!a.json && status == GR_OK) print_total(&a);
        status = gr_inputs_result(&a.inputs, status, err);
    } else {
        status = err->status;
    }
    gr_inputs_close(&a.inputs);
    gr_record_close(a.record);
    gr_library_close(library);
    return status;
}

const gr_command gr_command_add = {
    .name = "add",
    .summary = "read, code and keep reports; prints what is new",
    .synopsis = "PATH|-... [OPTIONS]",
    .about =
        "Codes reports, of whatever format, as griot code does and keeps them in the record, each whole or "
        "not at all. A report\n"
        "that is there already is left alone; one that newer knowledge reads differently gets new claims\n"
        "beside the old. Ctrl-C finishes the reports at hand; run the same command again to go on.\n",
    .examples = "  griot add --published 2024-02-10 report.txt\n"
                "  griot add --record sahel.record --source \"Radio X\" reports/*.html\n"
                "  griot add --jsonl - < reports.jsonl\n",
    .option = options,
    .least = 1,
    .most = -1,
    .run = run,
};
