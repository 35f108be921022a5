/* The statements of a text as JSON (docs/statements.md). Offsets become code points here. */
#include "claim/statements.h"

#include "base/json.h"
#include "pipe/pipe_internal.h"

typedef struct writer {
    gr_json json;
    const gr_coded *coded;
} writer;

static void write_spans(writer *w, const char *name, const gr_span *span, uint32_t count) {
    gr_json_key(&w->json, name);
    gr_json_array(&w->json);
    for (uint32_t i = 0; i < count; i++)
        if (span[i].begin_b < span[i].end_b) gr_write_span(&w->json, w->coded, span[i]);
    gr_json_array_end(&w->json);
}

static void flag(writer *w, const char *name, bool value) {
    gr_json_key(&w->json, name);
    gr_json_bool(&w->json, value);
}

static void write_sayings(writer *w, const gr_statements *s) {
    gr_json_key(&w->json, "attributions");
    gr_json_array(&w->json);
    for (uint32_t i = 0; i < s->saying.count; i++) {
        const gr_saying *a = &s->saying.item[i];
        gr_json_object(&w->json);
        gr_json_key(&w->json, "source");
        gr_write_span(&w->json, w->coded, a->source);
        gr_json_key(&w->json, "cue");
        gr_write_span(&w->json, w->coded, a->cue);
        write_spans(w, "content", a->content, 2);
        flag(w, "denies", a->denies);
        flag(w, "attitude", a->attitude);
        gr_json_key(&w->json, "within");
        a->within == GR_NONE ? gr_json_null(&w->json) : gr_json_int(&w->json, a->within);
        gr_json_object_end(&w->json);
    }
    gr_json_array_end(&w->json);
}

static void write_denials(writer *w, const gr_statements *s) {
    gr_json_key(&w->json, "negations");
    gr_json_array(&w->json);
    for (uint32_t i = 0; i < s->denial.count; i++) {
        const gr_denial *n = &s->denial.item[i];
        gr_json_object(&w->json);
        gr_json_key(&w->json, "cue");
        gr_write_span(&w->json, w->coded, n->cue);
        write_spans(w, "scope", n->scope, n->scope_count);
        gr_json_key(&w->json, "event");
        gr_write_span(&w->json, w->coded, n->event);
        gr_json_object_end(&w->json);
    }
    gr_json_array_end(&w->json);
}

static void write_happenings(writer *w, const gr_statements *s) {
    gr_json_key(&w->json, "events");
    gr_json_array(&w->json);
    for (uint32_t i = 0; i < s->happening.count; i++) {
        const gr_happening *h = &s->happening.item[i];
        gr_json_object(&w->json);
        gr_write_span_fields(&w->json, w->coded, h->words);
        flag(w, "negated", h->negated);
        gr_json_key(&w->json, "certain");
        h->certainty == GR_OPEN ? gr_json_null(&w->json) : gr_json_bool(&w->json, h->certainty == GR_CERTAIN);
        flag(w, "future", h->future);
        gr_json_key(&w->json, "reality");
        gr_json_string(&w->json, gr_slice_of(gr_reality_name(h->reality)));
        gr_json_object_end(&w->json);
    }
    gr_json_array_end(&w->json);
}

static void write_deeds(writer *w, const gr_statements *s) {
    gr_json_key(&w->json, "deeds");
    gr_json_array(&w->json);
    for (uint32_t i = 0; i < s->deed.count; i++) {
        const gr_told_deed *d = &s->deed.item[i];
        gr_json_object(&w->json);
        gr_write_span_fields(&w->json, w->coded, d->cue);
        gr_json_key(&w->json, "plover");
        gr_json_string(&w->json, gr_slice_of(gr_deed_root_name(d->root)));
        gr_json_key(&w->json, "deed");
        gr_json_string_or_null(&w->json, d->deed ? d->deed->name : GR_S(""));
        gr_json_key(&w->json, "by");
        gr_json_string_or_null(&w->json, d->by_kind);
        gr_json_key(&w->json, "depth");
        gr_json_int(&w->json, d->depth);
        write_spans(w, "who", d->who, d->who_count);
        write_spans(w, "whom", d->whom, d->whom_count);
        gr_json_object_end(&w->json);
    }
    gr_json_array_end(&w->json);
}

static void write_matters(writer *w, const gr_statements *s) {
    gr_json_key(&w->json, "matters");
    gr_json_array(&w->json);
    for (uint32_t i = 0; i < s->matter.count; i++) {
        const gr_matter *m = &s->matter.item[i];
        gr_json_object(&w->json);
        gr_write_span_fields(&w->json, w->coded, m->words);
        gr_json_key(&w->json, "matter");
        gr_json_string(&w->json, m->what);
        gr_json_key(&w->json, "depth");
        gr_json_int(&w->json, m->depth);
        gr_json_object_end(&w->json);
    }
    gr_json_array_end(&w->json);
}

static void write_times(writer *w, const gr_times *times) {
    gr_json_key(&w->json, "times");
    gr_json_array(&w->json);
    for (uint32_t i = 0; i < times->count; i++) {
        const gr_time *t = &times->item[i];
        char value[24];
        gr_time_timex(t, value);
        gr_json_object(&w->json);
        gr_write_span_fields(&w->json, w->coded, gr_span_of(&w->coded->text, t->tok_begin, t->tok_end));
        gr_json_key(&w->json, "timex");
        gr_json_string(&w->json, gr_slice_of(value));
        gr_json_object_end(&w->json);
    }
    gr_json_array_end(&w->json);
}

void gr_write_statements(const gr_library *library, const gr_coded *coded, const gr_understood *found,
                         gr_buffer *out) {
    (void)library;
    jmp_buf full;
    if (setjmp(full)) {
        gr_arena_guard(found->arena, NULL);
        out->failed = true;
        return;
    }
    gr_arena_guard(found->arena, &full);
    gr_statements statements;
    gr_find_statements(found->arena, &found->input, &statements);
    gr_arena_guard(found->arena, NULL);
    writer w = {.json = {.out = out}, .coded = coded};
    gr_json_object(&w.json);
    gr_json_key(&w.json, "doc");
    gr_json_string(&w.json, gr_slice_of(coded->document.sha256.hex));
    write_sayings(&w, &statements);
    write_denials(&w, &statements);
    write_happenings(&w, &statements);
    write_deeds(&w, &statements);
    write_matters(&w, &statements);
    write_times(&w, &found->times);
    gr_json_object_end(&w.json);
    gr_buffer_byte(out, '\n');
}
