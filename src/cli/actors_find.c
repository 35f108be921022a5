/* griot actors find: who is spoken of in reports, mention by mention. */
#include "base/limits.h"
#include "base/os.h"
#include "cli/actors.h"
#include "cli/data.h"
#include "cli/inputs.h"
#include "cli/screen.h"
#include "cli/table.h"
#include "pipe/pipe_internal.h"

#include <stdio.h>

typedef struct search {
    const gr_library *library;
    gr_worker *worker;
    gr_inputs inputs;
    gr_arena *arena; /* of the table */
    gr_buffer lines;
    bool json;
} search;

static gr_slice words_of(const gr_coded *coded, const gr_mention *m) {
    const gr_token *first = &coded->text.token[m->tok_begin], *last = &coded->text.token[m->tok_end - 1];
    return gr_sub(coded->text.bytes, first->off_b, last->off_b + last->len_b);
}

static void print_table(search *s, const gr_coded *coded, const gr_understood *u) {
    const gr_knowledge *know = coded->know;
    gr_arena_reset(s->arena);
    gr_table table = {.arena = s->arena,
                      .columns = 5,
                      .title = {GR_S("WORDS"), GR_S("WHAT"), GR_S("WHO"), GR_S("KIND"), GR_S("COUNTRY")}};
    for (uint32_t i = 0; i < u->who.all.count; i++) {
        const gr_mention *m = &u->who.all.item[i];
        gr_slice what = gr_slice_of(gr_mention_word(m));
        if (m->suspected) what = gr_printf(s->arena, "%.*s, suspected", GR_FMT(what));
        gr_slice who =
            m->id.len ? gr_printf(s->arena, "%.*s (%.*s)", GR_FMT(m->name), GR_FMT(m->id)) : m->name;
        gr_slice country =
            m->country < know->country_count ? know->country[m->country].name : (gr_slice){NULL, 0};
        gr_table_row(&table, (gr_slice[]){words_of(coded, m), what, who, m->actor_kind, country});
    }
    gr_table_print(&table);
}

/* Puts the line's id in front of each mention, so that a stream can be joined with what it came from. */
static void print_lines(search *s, gr_slice id) {
    gr_slice lines = gr_buffer_slice(&s->lines);
    while (lines.len) {
        gr_slice line = gr_cut(&lines, '\n');
        if (id.len)
            printf("{\"id\":%.*s,%.*s\n", GR_FMT(id), (int)line.len - 1, line.ptr + 1);
        else
            printf("%.*s\n", GR_FMT(line));
    }
}

static void find_in(search *s, gr_task *task) {
    gr_understood u;
    gr_inputs_load(task);
    if (task->status == GR_OK)
        task->status = gr_worker_understand(s->worker, (gr_slice){task->bytes, task->len}, &task->source,
                                            &task->coded, &u, &task->error);
    if (task->status == GR_OK && s->json) {
        gr_buffer_clear(&s->lines);
        gr_write_actors(s->library, &task->coded, &u, &s->lines);
        if (s->lines.failed)
            task->status =
                gr_fail(&task->error, GR_NO_MEMORY, NULL, "out of memory while writing the mentions");
    }
    if (task->status != GR_OK)
        gr_inputs_failed(&s->inputs, task);
    else if (s->json)
        print_lines(s, gr_inputs_id(task));
    else
        print_table(s, &task->coded, &u);
}

static gr_status find_all(search *s, gr_error *err) {
    jmp_buf full;
    if (setjmp(full)) return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while printing the mentions");
    gr_arena_guard(s->arena, &full);
    for (;;) {
        gr_task task = {0};
        bool more = gr_inputs_next(&s->inputs, &task);
        if (more) find_in(s, &task);
        gr_inputs_done(&task);
        gr_os_free(task.bytes);
        if (!more) return GR_OK;
    }
}

gr_status gr_actors_find(const gr_args *args, gr_error *err) {
    gr_args reports = *args;
    reports.operand++;
    reports.operand_count--;
    if (reports.operand_count == 0)
        return gr_fail(err, GR_USAGE, NULL, "actors: find needs a report: griot actors find report.txt");
    search s = {.json = gr_args_given(args, "json")};
    gr_status status = gr_inputs_open(&reports, &s.inputs, err);
    if (status != GR_OK) return status;
    gr_library *library = gr_open_library(err);
    s.library = library;
    s.arena = gr_arena_new(GR_MAX_DOCUMENT_ARENA_B);
    gr_pipe_options options = {.parse_all = true};
    if (library && s.arena) s.worker = gr_worker_new(library, options, err);
    if (!s.worker)
        status = library && !s.arena ? gr_fail(err, GR_NO_MEMORY, NULL, "out of memory") : err->status;
    gr_catch_interrupts();
    if (s.worker) status = gr_inputs_result(&s.inputs, find_all(&s, err), err);
    gr_inputs_close(&s.inputs);
    gr_worker_free(s.worker);
    gr_buffer_free(&s.lines);
    gr_arena_free(s.arena);
    gr_library_close(library);
    return status;
}
