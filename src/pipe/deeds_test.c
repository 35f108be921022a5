/* Runs the examples that stand inside the deeds (docs/knowledge.md). */
#include "claim/statements.h"
#include "know/blocks.h"
#include "pipe/pipe_internal.h"
#include "pipe/rules_test.h"

typedef struct testing {
    gr_worker *worker;
    gr_buffer *report;
    uint32_t *passed, *failed;
} testing;

/* What stands behind =>: "ROOT", or "ROOT who > whom"; either name may be missing. */
typedef struct wanted {
    gr_slice root, who, whom;
} wanted;

static wanted wanted_of(const gr_deed *deed, const gr_deed_example *example) {
    gr_slice rest = example->expected;
    wanted w = {.root = gr_slice_of(gr_deed_root_name(deed->root)), .who = GR_S(""), .whom = GR_S("")};
    if (!rest.len) return w;
    w.root = gr_cut(&rest, ' ');
    if (!rest.ptr) return w;
    w.who = gr_trim(gr_cut(&rest, '>'));
    if (rest.ptr) w.whom = gr_trim(rest);
    return w;
}

static bool named(const gr_coded *coded, const gr_span *span, uint32_t count, gr_slice name) {
    for (uint32_t i = 0; i < count; i++) {
        gr_slice words = gr_sub(coded->text.bytes, span[i].begin_b, span[i].end_b);
        if (words.len >= name.len && memmem(words.ptr, words.len, name.ptr, name.len)) return true;
    }
    return !name.len;
}

static bool is_told(const gr_coded *coded, const gr_told_deeds *told, wanted w) {
    for (uint32_t i = 0; i < told->count; i++) {
        const gr_told_deed *d = &told->item[i];
        if (gr_eq(gr_slice_of(gr_deed_root_name(d->root)), w.root) &&
            named(coded, d->who, d->who_count, w.who) && named(coded, d->whom, d->whom_count, w.whom))
            return true;
    }
    return false;
}

static gr_status test_example(testing *t, const gr_deed *deed, const gr_deed_example *example,
                              gr_error *err) {
    gr_source source = {.name = GR_S("example"), .lang = GR_S("en")};
    gr_coded coded;
    gr_understood found;
    gr_status status = gr_worker_understand(t->worker, example->text, &source, &coded, &found, err);
    if (status != GR_OK) return status;
    jmp_buf full;
    if (setjmp(full)) return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while testing the deeds");
    gr_arena_guard(found.arena, &full);
    gr_statements statements;
    gr_find_statements(found.arena, &found.input, &statements);
    gr_arena_guard(found.arena, NULL);
    wanted w = wanted_of(deed, example);
    if (is_told(&coded, &statements.deed, w) == example->positive) {
        ++*t->passed;
        return GR_OK;
    }
    ++*t->failed;
    gr_buffer_printf(t->report, "%.*s:%u: %.*s: %s %.*s %.*s > %.*s in: %.*s\n", GR_FMT(example->at.file),
                     example->at.line, GR_FMT(deed->name), example->positive ? "expected" : "did not expect",
                     GR_FMT(w.root), GR_FMT(w.who), GR_FMT(w.whom), GR_FMT(example->text));
    return GR_OK;
}

gr_status gr_deeds_test(const gr_library *library, gr_buffer *report, uint32_t *passed, uint32_t *failed,
                        gr_error *err) {
    const gr_deeds *deeds = gr_library_knowledge(library)->deeds;
    testing t = {.worker = gr_worker_new(library, (gr_pipe_options){.parse_all = true}, err),
                 .report = report,
                 .passed = passed,
                 .failed = failed};
    gr_status status = t.worker ? GR_OK : err->status;
    for (uint32_t d = 0; d < deeds->count; d++)
        for (uint32_t e = 0; status == GR_OK && e < deeds->deed[d].example_count; e++)
            status = test_example(&t, &deeds->deed[d], &deeds->deed[d].example[e], err);
    gr_worker_free(t.worker);
    return status;
}
