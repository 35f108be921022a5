/* griot show: a report with its claims at their sentences. */
#include "base/limits.h"
#include "base/utf8.h"
#include "cli/phrase.h"
#include "cli/record.h"
#include "cli/screen.h"

#include <stdio.h>
#include <stdlib.h>

static const gr_option options[] = {GR_OPTION_RECORD, GR_OPTION_JSON, {0}};

/* The one report that is wanted, copied out of the record. */
typedef struct wanted {
    gr_arena *arena;
    gr_source_row row;
    unsigned found;
} wanted;

static bool take_source(void *context, const gr_source_row *row) {
    wanted *w = context;
    w->row = *row;
    gr_slice *text[] = {&w->row.sha256, &w->row.name, &w->row.publisher, &w->row.published,
                        &w->row.url,    &w->row.lang, &w->row.title,     &w->row.text};
    for (unsigned i = 0; i < sizeof text / sizeof *text; i++) *text[i] = gr_copy(w->arena, *text[i]);
    return ++w->found < 2;
}

/* A claim and where its sentence stands, in code points. */
typedef struct placed {
    int64_t start, end, trigger, trigger_end;
    const json_t *claim;
} placed;

static int by_place(const void *a, const void *b) {
    const placed *x = a, *y = b;
    if (x->start != y->start) return x->start < y->start ? -1 : 1;
    if (x->trigger != y->trigger) return x->trigger < y->trigger ? -1 : 1;
    return 0;
}

static int64_t offset(const json_t *claim, const char *span, const char *end) {
    return json_integer_value(json_object_get(json_object_get(claim, span), end));
}

static placed *place_claims(gr_arena *arena, const json_t *claims, size_t *count) {
    *count = json_array_size(claims);
    placed *all = gr_alloc_array(arena, *count + 1, sizeof *all);
    for (size_t i = 0; i < *count; i++) {
        const json_t *claim = json_array_get(claims, i);
        all[i] = (placed){offset(claim, "quote", "start"), offset(claim, "quote", "end"),
                          offset(claim, "trigger", "start"), offset(claim, "trigger", "end"), claim};
    }
    qsort(all, *count, sizeof *all, by_place);
    return all;
}

/* Moves through the text by code points; offsets only rise. */
typedef struct cursor {
    gr_slice text;
    size_t at_b;
    int64_t at_cp;
} cursor;

static gr_slice advance(cursor *c, int64_t to_cp) {
    size_t from = c->at_b;
    while (c->at_cp < to_cp && c->at_b < c->text.len) {
        gr_utf8_next(c->text, &c->at_b);
        c->at_cp++;
    }
    return gr_sub(c->text, from, c->at_b);
}

static void print_claim(gr_arena *arena, const json_t *claim) {
    gr_slice who = gr_phrase_who(arena, claim), where = gr_phrase_where(arena, claim),
             counts = gr_phrase_counts(arena, claim), says = gr_phrase_says(arena, claim);
    const struct {
        const char *before;
        gr_slice text;
    } part[] = {{": ", who},
                {" | at ", where},
                {" | ", counts},
                {" | ", gr_phrase_when(arena, claim)},
                {" | says ", says}};
    gr_slice id = gr_json_text(claim, "claim");
    gr_flow flow = {.indent = 6 + gr_text_columns(id), .column = 6 + gr_text_columns(id)};
    fputs("    ", stdout);
    gr_put(GR_FAINT, id);
    fputs("  ", stdout);
    gr_flow_put(&flow, GR_MARKED, gr_phrase_what(arena, claim));
    for (unsigned i = 0; i < sizeof part / sizeof *part; i++) {
        if (!part[i].text.len) continue;
        gr_flow_put(&flow, GR_FAINT, gr_slice_of(part[i].before));
        gr_flow_put(&flow, GR_PLAIN, part[i].text);
    }
    gr_flow_end(&flow);
}

/* Text between sentences with claims. What follows claims begins a line, and wants neither the blank nor the
 * line end that stood there. */
static void print_gap(gr_flow *flow, gr_slice text) {
    if (flow->column == 0) {
        size_t at = 0;
        while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\r')) at++;
        if (at < text.len && text.ptr[at] == '\n') at++;
        text = gr_sub(text, at, text.len);
    }
    gr_flow_put(flow, GR_FAINT, text);
}

static void print_sentence(gr_flow *flow, cursor *c, const placed *first, size_t count) {
    int64_t marked = c->at_cp;
    for (size_t i = 0; i < count; i++) {
        if (first[i].trigger < marked) continue;
        gr_flow_put(flow, GR_PLAIN, advance(c, first[i].trigger));
        gr_flow_put(flow, GR_STRONG, advance(c, first[i].trigger_end));
        marked = c->at_cp;
    }
    gr_flow_put(flow, GR_PLAIN, advance(c, first->end));
    gr_flow_end(flow);
}

static void print_title(gr_arena *arena, const gr_source_row *row, size_t count) {
    gr_flow flow = {.indent = 2};
    gr_flow_put(&flow, GR_STRONG, row->name);
    gr_flow_put(&flow, GR_PLAIN,
                gr_printf(arena, "  %.12s, %s%.*s%s%.*s, %zu claim%s, drafts", row->sha256.ptr,
                          row->published.len ? "published " : "no publication date", GR_FMT(row->published),
                          row->publisher.len ? " by " : "", GR_FMT(row->publisher), count, gr_plural(count)));
    gr_flow_end(&flow);
    putchar('\n');
}

static void print_report(gr_arena *arena, const gr_source_row *row, const json_t *claims) {
    size_t count;
    placed *all = place_claims(arena, claims, &count);
    cursor c = {.text = row->text};
    gr_flow flow = {0};
    print_title(arena, row, count);
    for (size_t i = 0; i < count;) {
        size_t same = 1;
        while (i + same < count && all[i + same].start == all[i].start) same++;
        print_gap(&flow, advance(&c, all[i].start));
        print_sentence(&flow, &c, &all[i], same);
        for (size_t k = 0; k < same; k++) print_claim(arena, all[i + k].claim);
        i += same;
    }
    print_gap(&flow, gr_trim(gr_sub(row->text, c.at_b, row->text.len)));
    if (flow.column) gr_flow_end(&flow);
}

static json_t *text_json(gr_slice text) {
    return text.len ? json_stringn(text.ptr, text.len) : json_null();
}

static gr_status show(gr_record *record, gr_arena *arena, const gr_args *args, gr_error *err) {
    wanted w = {.arena = arena};
    gr_slice doc = gr_slice_of(args->operand[0]);
    gr_status status = gr_record_sources(record, doc, take_source, &w, err);
    if (status != GR_OK) return status;
    if (w.found == 0)
        return gr_fail(err, GR_NOT_FOUND, NULL,
                       "no report %s in the record; griot claims --json names them as \"doc\"", doc.ptr);
    if (w.found > 1)
        return gr_fail(err, GR_USAGE, NULL, "several reports start with %s; give more digits", doc.ptr);
    gr_claim_filter filter = gr_every_claim();
    filter.doc = w.row.sha256;
    json_t *claims = gr_collect_claims(record, &filter, err);
    if (!claims) return err->status;
    if (gr_args_given(args, "json"))
        status = gr_json_print(json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:O}", "doc",
                                         text_json(w.row.sha256), "name", text_json(w.row.name), "source",
                                         text_json(w.row.publisher), "published", text_json(w.row.published),
                                         "url", text_json(w.row.url), "lang", text_json(w.row.lang), "text",
                                         text_json(w.row.text), "claims", claims),
                               err);
    else
        print_report(arena, &w.row, claims);
    json_decref(claims);
    return status;
}

static gr_status run(const gr_args *args, gr_error *err) {
    gr_record *record = gr_open_record(args, GR_OPEN_READ, err);
    if (!record) return err->status;
    gr_arena *arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B);
    gr_status status =
        arena ? show(record, arena, args, err) : gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
    gr_arena_free(arena);
    gr_record_close(record);
    return status;
}

const gr_command gr_command_show = {
    .name = "show",
    .summary = "a report with its claims at their sentences",
    .synopsis = "DOC [OPTIONS]",
    .about =
        "Prints the text of a report as the record keeps it; under each sentence that makes a claim stand\n"
        "its claims. DOC is the report's hash, or its first six digits or more, as griot add prints it.\n",
    .examples = "  griot show 381898c76427\n"
                "  griot show 381898 --json\n",
    .option = options,
    .least = 1,
    .most = 1,
    .run = run,
};
