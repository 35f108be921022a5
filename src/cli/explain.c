/* griot explain: the words, the parse, the rule and the candidates that led to a claim, or to none. The
 * stored text is coded again with the knowledge of now. */
#include "base/limits.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/data.h"
#include "cli/incident_view.h"
#include "cli/record.h"
#include "cli/screen.h"
#include "cli/table.h"
#include "pipe/pipe_internal.h"

#include <stdio.h>

static const gr_option options[] = {
    {"at", 0, "OFFSET", "explain this character of the report: why is there (no) claim?"},
    {"with", 0, "INCIDENT", "for an incident: why is it (not) one with this one?"},
    GR_OPTION_RECORD,
    GR_OPTION_JSON,
    {0},
};

typedef struct stored {
    gr_arena *arena;
    gr_source_row row;
    unsigned found;
} stored;

static bool take_row(void *context, const gr_source_row *row) {
    stored *s = context;
    s->row = *row;
    s->row.text = gr_copy(s->arena, row->text);
    s->row.name = gr_copy(s->arena, row->name);
    s->row.published = gr_copy(s->arena, row->published);
    s->row.lang = gr_copy(s->arena, row->lang);
    return ++s->found < 2;
}

/* What is explained: a sentence, and what was found and tried in it. */
typedef struct explained {
    const gr_library *library;
    gr_coded coded;
    gr_understood u;
    uint32_t number; /* of the sentence */
    const gr_sentence *sentence;
    bool no_memory; /* what was tried could not be told whole */
} explained;

static gr_slice words_between(const explained *e, uint32_t tok_begin, uint32_t tok_end) {
    const gr_token *first = &e->coded.text.token[tok_begin], *last = &e->coded.text.token[tok_end - 1];
    return gr_sub(e->coded.text.bytes, first->off_b, last->off_b + last->len_b);
}

static gr_slice sentence_words(const explained *e) {
    return gr_sub(e->coded.text.bytes, e->sentence->off_b, e->sentence->off_b + e->sentence->len_b);
}

static gr_slice relation(const explained *e, const gr_word *w) {
    gr_slice name = gr_slice_of(gr_rel_name(w->rel));
    return w->subrel == GR_SUB_PASS ? gr_printf(e->u.arena, "%.*s:pass", GR_FMT(name)) : name;
}

static gr_slice place_name(const explained *e, const gr_place_mention *m) {
    if (m->place == GR_NO_PLACE) return (gr_slice){0};
    return gr_gazetteer_place(gr_library_gazetteer(e->library), m->place).name;
}

static void print_parse(const explained *e) {
    gr_arena *arena = e->u.arena;
    gr_table table = {
        .arena = arena,
        .columns = 6,
        .title = {GR_S("   "), GR_S("WORD"), GR_S("TAG"), GR_S("LEMMA"), GR_S("IS THE"), GR_S("OF")}};
    for (uint32_t i = e->sentence->tok_begin; i < e->sentence->tok_end; i++) {
        const gr_word *w = &e->coded.word[i];
        gr_slice cell[] = {gr_printf(arena, "%3u", i - e->sentence->tok_begin + 1),
                           e->coded.text.token[i].form,
                           gr_slice_of(gr_upos_name(w->upos)),
                           w->lemma,
                           relation(e, w),
                           w->head == GR_NONE ? GR_S("sentence") : e->coded.text.token[w->head].form};
        gr_table_row(&table, cell);
    }
    gr_table_print(&table);
}

/* "id jnim", "one of mpc-mli, mpc-bfa", "not listed". */
static gr_slice actor_how(const explained *e, const gr_mention *m) {
    gr_arena *arena = e->u.arena;
    if (m->id.len) return gr_printf(arena, "id %.*s", GR_FMT(m->id));
    if (!m->candidate_count) return GR_S("not listed");
    gr_slice out = GR_S("one of");
    for (uint32_t k = 0; k < m->candidate_count; k++)
        out = gr_printf(arena, "%.*s%s %.*s", GR_FMT(out), k ? "," : "",
                        GR_FMT(e->coded.know->actor[m->candidate[k]].id));
    return out;
}

static void print_mentions(const explained *e) {
    gr_arena *arena = e->u.arena;
    gr_table table = {
        .arena = arena, .columns = 4, .title = {GR_S("MENTION"), GR_S("WORDS"), GR_S("MEANS"), GR_S("HOW")}};
    for (uint32_t i = 0; i < e->u.who.all.count; i++) {
        const gr_mention *m = &e->u.who.all.item[i];
        if (m->sentence != e->number || !m->name.len) continue;
        gr_slice cell[] = {GR_S("actor"), words_between(e, m->tok_begin, m->tok_end), m->name,
                           actor_how(e, m)};
        gr_table_row(&table, cell);
    }
    for (uint32_t i = 0; i < e->u.places.count; i++) {
        const gr_place_mention *m = &e->u.places.item[i];
        if (m->sentence != e->number) continue;
        gr_slice name = place_name(e, m);
        gr_slice cell[] = {
            GR_S("place"), words_between(e, m->tok_begin, m->tok_end), name.len ? name : GR_S("unresolved"),
            gr_printf(arena, "%u candidate%s, %s", m->candidates, gr_plural(m->candidates), m->reason)};
        gr_table_row(&table, cell);
    }
    putchar('\n');
    if (table.cells.count)
        gr_table_print(&table);
    else
        puts("No actor and no place was found in it.");
}

static void print_rules(explained *e) {
    gr_buffer out = {0};
    bool none = true;
    puts("\nRules tried in this sentence:");
    for (uint32_t i = e->sentence->tok_begin; i < e->sentence->tok_end; i++) {
        gr_buffer_clear(&out);
        if (!gr_explain_token(e->u.arena, &e->u.input, i, &out)) continue;
        e->no_memory = e->no_memory || out.failed;
        none = false;
        printf("  at \"%.*s\":\n", GR_FMT(e->coded.text.token[i].form));
        for (gr_slice rest = gr_buffer_slice(&out); rest.len;) {
            gr_flow flow = {.indent = 8, .column = 4};
            fputs("    ", stdout);
            gr_flow_put(&flow, GR_PLAIN, gr_cut(&rest, '\n'));
            gr_flow_end(&flow);
        }
    }
    if (none) puts("  none: no word here can start a claim");
    gr_buffer_free(&out);
}

static json_t *text_json(gr_slice text) {
    return text.len ? json_stringn(text.ptr, text.len) : json_null();
}

static json_t *words_json(const explained *e) {
    json_t *all = json_array();
    for (uint32_t i = e->sentence->tok_begin; i < e->sentence->tok_end; i++) {
        const gr_word *w = &e->coded.word[i];
        uint32_t head = w->head == GR_NONE ? 0 : w->head - e->sentence->tok_begin + 1;
        json_array_append_new(all, json_pack("{s:o, s:s, s:o, s:o, s:i}", "form",
                                             text_json(e->coded.text.token[i].form), "upos",
                                             gr_upos_name(w->upos), "lemma", text_json(w->lemma), "relation",
                                             text_json(relation(e, w)), "head", (int)head));
    }
    return all;
}

static json_t *actors_json(const explained *e) {
    json_t *all = json_array();
    for (uint32_t i = 0; i < e->u.who.all.count; i++) {
        const gr_mention *m = &e->u.who.all.item[i];
        if (m->sentence != e->number || !m->name.len) continue;
        json_array_append_new(all, json_pack("{s:o, s:o, s:o}", "words",
                                             text_json(words_between(e, m->tok_begin, m->tok_end)), "name",
                                             text_json(m->name), "id", text_json(m->id)));
    }
    return all;
}

static json_t *places_json(const explained *e) {
    json_t *all = json_array();
    for (uint32_t i = 0; i < e->u.places.count; i++) {
        const gr_place_mention *m = &e->u.places.item[i];
        if (m->sentence != e->number) continue;
        json_array_append_new(all, json_pack("{s:o, s:o, s:i, s:s}", "words",
                                             text_json(words_between(e, m->tok_begin, m->tok_end)), "place",
                                             text_json(place_name(e, m)), "candidates", (int)m->candidates,
                                             "reason", m->reason));
    }
    return all;
}

static json_t *rules_json(explained *e) {
    json_t *all = json_array();
    gr_buffer out = {0};
    for (uint32_t i = e->sentence->tok_begin; i < e->sentence->tok_end; i++) {
        gr_buffer_clear(&out);
        if (!gr_explain_token(e->u.arena, &e->u.input, i, &out)) continue;
        e->no_memory = e->no_memory || out.failed;
        json_array_append_new(all, json_pack("{s:i, s:o, s:o}", "word", (int)(i - e->sentence->tok_begin + 1),
                                             "form", text_json(e->coded.text.token[i].form), "tried",
                                             text_json(gr_buffer_slice(&out))));
    }
    gr_buffer_free(&out);
    return all;
}

static gr_status print_json(explained *e, const char *claim, const char *made_with, gr_error *err) {
    return gr_json_print(json_pack("{s:s?, s:s?, s:s, s:o, s:o, s:o, s:o, s:o}", "claim", claim, "knowledge",
                                   made_with, "knowledge_now", gr_library_hash(e->library), "sentence",
                                   text_json(sentence_words(e)), "words", words_json(e), "actors",
                                   actors_json(e), "places", places_json(e), "rules", rules_json(e)),
                         err);
}

static void print_text(explained *e, const char *claim, const char *made_with) {
    if (claim) printf("claim %s, made with knowledge %s\n", claim, made_with);
    printf("knowledge now: %s\n\n", gr_library_hash(e->library));
    gr_flow flow = {0};
    gr_flow_put(&flow, GR_STRONG, sentence_words(e));
    gr_flow_end(&flow);
    putchar('\n');
    print_parse(e);
    print_mentions(e);
    print_rules(e);
}

static uint32_t token_at(const gr_text *text, uint32_t off_b) {
    for (uint32_t i = 0; i < text->token_count; i++)
        if (off_b < text->token[i].off_b + text->token[i].len_b) return i;
    return GR_NONE;
}

/* The sentence of the word at or behind a character. */
static gr_status find_sentence(explained *e, gr_slice text, uint32_t off_cp, gr_error *err) {
    size_t off_b = 0;
    for (uint32_t i = 0; i < off_cp && off_b < text.len; i++) gr_utf8_next(text, &off_b);
    uint32_t token = token_at(&e->coded.text, (uint32_t)off_b);
    if (token == GR_NONE)
        return gr_fail(err, GR_NOT_FOUND, NULL, "the report has no words at character %u", off_cp);
    while (e->coded.text.sentence[e->number].tok_end <= token) e->number++;
    e->sentence = &e->coded.text.sentence[e->number];
    return GR_OK;
}

/* A claim asked for by name, or none where a place in the text was. */
typedef struct question {
    const char *claim;
    char made_with[16], doc[16];
    uint32_t off_cp;
    bool json;
} question;

static gr_status explain(const gr_library *library, const stored *s, const question *q, gr_error *err) {
    gr_worker *worker = gr_worker_new(library, (gr_pipe_options){.parse_all = true}, err);
    if (!worker) return err->status;
    gr_source source = {.name = s->row.name, .published = s->row.published, .lang = s->row.lang};
    explained e = {.library = library};
    gr_status status = gr_worker_understand(worker, s->row.text, &source, &e.coded, &e.u, err);
    if (status == GR_OK) status = find_sentence(&e, s->row.text, q->off_cp, err);
    const char *made_with = q->claim ? q->made_with : NULL;
    if (status == GR_OK && q->json)
        status = print_json(&e, q->claim, made_with, err);
    else if (status == GR_OK)
        print_text(&e, q->claim, made_with);
    if (status == GR_OK && e.no_memory)
        status = gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while telling which rules were tried");
    gr_worker_free(worker);
    return status;
}

/* "9f2c61d0a4be-7" -> the report's digits, and where the claim's trigger stands. */
static gr_status find_claim(gr_record *record, question *q, gr_error *err) {
    gr_claim_filter filter = gr_every_claim();
    filter.claim = gr_slice_of(q->claim);
    json_t *claims = gr_collect_claims(record, &filter, err);
    if (!claims) return err->status;
    const json_t *claim = json_array_get(claims, 0);
    gr_status status = GR_OK;
    if (!claim)
        status =
            gr_fail(err, GR_NOT_FOUND, NULL, "no claim %s in the record; griot claims lists them", q->claim);
    q->off_cp = (uint32_t)json_integer_value(json_object_get(json_object_get(claim, "trigger"), "start"));
    snprintf(q->doc, sizeof q->doc, "%.12s", q->claim);
    snprintf(q->made_with, sizeof q->made_with, "%.*s",
             GR_FMT(gr_json_text(json_object_get(claim, "why"), "knowledge")));
    json_decref(claims);
    return status;
}

static gr_status read_question(const gr_args *args, gr_record *record, question *q, gr_error *err) {
    uint64_t at;
    gr_status status = gr_args_number(args, "at", 0, UINT32_MAX - 1, 0, &at, err);
    if (status != GR_OK) return status;
    *q = (question){.off_cp = (uint32_t)at, .json = gr_args_given(args, "json")};
    snprintf(q->doc, sizeof q->doc, "%.12s", args->operand[0]);
    if (gr_args_given(args, "at")) return GR_OK;
    q->claim = args->operand[0];
    return find_claim(record, q, err);
}

static gr_status explain_stored(const gr_args *args, gr_record *record, gr_arena *arena, gr_error *err) {
    question q;
    gr_status status = read_question(args, record, &q, err);
    stored s = {.arena = arena};
    if (status == GR_OK) status = gr_record_sources(record, gr_slice_of(q.doc), take_row, &s, err);
    if (status != GR_OK) return status;
    if (s.found != 1) return gr_fail(err, GR_NOT_FOUND, NULL, "no single report %s in the record", q.doc);
    gr_library *library = gr_open_library(err);
    if (!library) return err->status;
    status = explain(library, &s, &q, err);
    gr_library_close(library);
    return status;
}

static gr_status run(const gr_args *args, gr_error *err) {
    gr_record *record = gr_open_record(args, GR_OPEN_READ, err);
    if (!record) return err->status;
    if (strstr(args->operand[0], "-i")) {
        gr_status told = gr_explain_incident(args, record, err);
        gr_record_close(record);
        return told;
    }
    gr_arena *arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B);
    gr_status status =
        arena ? explain_stored(args, record, arena, err) : gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
    gr_arena_free(arena);
    gr_record_close(record);
    return status;
}

const gr_command gr_command_explain = {
    .name = "explain",
    .summary = "why a claim or an incident is as it is, or why there is no claim",
    .synopsis = "CLAIM | DOC --at OFFSET | INCIDENT [OPTIONS]",
    .about = "For an incident, tells why its accounts are one, what may belong to it and why not, and what "
             "reviewers\nsaid. For a claim, codes the report again with the knowledge of now and prints the "
             "sentence, its parse, the "
             "actors and\n"
             "places found in it, and every rule that was tried there with the condition that failed.\n",
    .examples = "  griot explain 381898c76427-1\n"
                "  griot explain 381898c76427 --at 812\n",
    .option = options,
    .least = 1,
    .most = 1,
    .run = run,
};
