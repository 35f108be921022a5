/* griot explain: the words, the parse, the rule and the candidates that led to a claim, or to none. The
 * stored text is coded again with the knowledge of now. */
#include "base/limits.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/data.h"
#include "cli/record.h"
#include "cli/screen.h"
#include "pipe/pipe_internal.h"

#include <stdio.h>

static const gr_option options[] = {
    GR_OPTION_RECORD,
    {"at", 0, "OFFSET", "explain this character of the report: why is there (no) claim?"},
    {0}};

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
    return ++s->found < 2;
}

static void print_parse(const gr_library *library, const gr_coded *coded, const gr_sentence *s) {
    puts("\nWords:");
    for (uint32_t i = s->tok_begin; i < s->tok_end; i++) {
        const gr_word *w = &coded->word[i];
        gr_slice head = w->head == GR_NONE ? GR_S("-") : coded->text.token[w->head].form;
        printf("  %-3u %-18.*s %-6s %-16.*s %-12.*s of %.*s\n", i - s->tok_begin + 1,
               GR_FMT(coded->text.token[i].form), gr_upos_name(w->upos), GR_FMT(w->lemma),
               GR_FMT(gr_model_rel(gr_library_model(library), w->rel_id)), GR_FMT(head));
    }
}

static void print_places(const gr_library *library, const gr_coded *coded, const gr_understood *u,
                         uint32_t sentence) {
    for (uint32_t i = 0; i < u->places.count; i++) {
        const gr_place_mention *m = &u->places.item[i];
        if (m->sentence != sentence) continue;
        const gr_token *first = &coded->text.token[m->tok_begin], *last = &coded->text.token[m->tok_end - 1];
        gr_slice words = gr_sub(coded->text.bytes, first->off_b, last->off_b + last->len_b);
        gr_slice name = m->place == GR_NO_PLACE
                            ? GR_S("unresolved")
                            : gr_gazetteer_place(gr_library_gazetteer(library), m->place).name;
        printf("  place  %.*s -> %.*s (%u candidates, %s)\n", GR_FMT(words), GR_FMT(name), m->candidates,
               m->reason);
    }
}

static void print_mentions(const gr_library *library, const gr_coded *coded, const gr_understood *u,
                           uint32_t sentence) {
    puts("\nMentions:");
    for (uint32_t i = 0; i < u->who.all.count; i++) {
        const gr_mention *m = &u->who.all.item[i];
        if (m->sentence != sentence || !m->name.len) continue;
        const gr_token *first = &coded->text.token[m->tok_begin], *last = &coded->text.token[m->tok_end - 1];
        gr_slice words = gr_sub(coded->text.bytes, first->off_b, last->off_b + last->len_b);
        printf("  actor  %.*s -> %.*s%s%.*s", GR_FMT(words), GR_FMT(m->name), m->id.len ? ", id " : "",
               GR_FMT(m->id));
        for (uint32_t k = 0; k < m->candidate_count; k++)
            printf("%s%.*s%s", k ? ", " : " (of ",
                   GR_FMT(gr_library_knowledge(library)->actor[m->candidate[k]].id),
                   k + 1 == m->candidate_count ? ")" : "");
        putchar('\n');
    }
    print_places(library, coded, u, sentence);
}

static uint32_t token_at(const gr_text *text, uint32_t off_b) {
    for (uint32_t i = 0; i < text->token_count; i++)
        if (off_b < text->token[i].off_b + text->token[i].len_b) return i;
    return GR_NONE;
}

static void print_rules(const gr_coded *coded, gr_understood *u, uint32_t token) {
    const gr_sentence *s = &coded->text.sentence[0];
    while (s->tok_end <= token) s++;
    gr_buffer out = {0};
    puts("\nRules tried in this sentence:");
    for (uint32_t i = s->tok_begin; i < s->tok_end; i++) {
        gr_buffer_clear(&out);
        if (!gr_explain_token(u->arena, &u->input, i, &out)) continue;
        printf("  at \"%.*s\":\n", GR_FMT(coded->text.token[i].form));
        gr_slice rest = gr_buffer_slice(&out);
        while (rest.ptr && rest.len) printf("    %.*s\n", GR_FMT(gr_cut(&rest, '\n')));
    }
    gr_buffer_free(&out);
}

static gr_status explain(const gr_library *library, const stored *s, uint32_t off_cp, gr_error *err) {
    gr_worker *worker =
        gr_worker_new(library, (gr_pipe_options){.parse_all = true, .format = GR_FORMAT_TEXT}, err);
    if (!worker) return err->status;
    gr_source source = {.name = s->row.name, .published = s->row.published};
    gr_coded coded;
    gr_understood u;
    gr_status status = gr_worker_understand(worker, s->row.text, &source, &coded, &u, err);
    size_t off_b = 0;
    for (uint32_t i = 0; status == GR_OK && i < off_cp && off_b < s->row.text.len; i++)
        gr_utf8_next(s->row.text, &off_b);
    uint32_t token = status == GR_OK ? token_at(&coded.text, (uint32_t)off_b) : GR_NONE;
    if (status == GR_OK && token == GR_NONE)
        status = gr_fail(err, GR_NOT_FOUND, NULL, "the report has no words at character %u", off_cp);
    if (status == GR_OK) {
        uint32_t n = 0;
        while (coded.text.sentence[n].tok_end <= token) n++;
        const gr_sentence *sentence = &coded.text.sentence[n];
        gr_put_wrapped(GR_STRONG, 0,
                       gr_sub(coded.text.bytes, sentence->off_b, sentence->off_b + sentence->len_b));
        print_parse(library, &coded, sentence);
        print_mentions(library, &coded, &u, n);
        print_rules(&coded, &u, token);
    }
    gr_worker_free(worker);
    return status;
}

/* "9f2c61d0a4be-7" -> the report's digits, and where the claim's trigger stands. */
static gr_status find_claim(gr_record *record, const char *id, uint32_t *off_cp, char doc[16],
                            gr_error *err) {
    gr_claim_filter filter = gr_every_claim();
    filter.claim = gr_slice_of(id);
    json_t *claims = gr_collect_claims(record, &filter, err);
    if (!claims) return err->status;
    gr_status status = GR_OK;
    if (json_array_size(claims) == 0) {
        status = gr_fail(err, GR_NOT_FOUND, NULL, "no claim %s in the record; griot claims lists them", id);
    } else {
        const json_t *claim = json_array_get(claims, 0);
        *off_cp = (uint32_t)json_integer_value(json_object_get(json_object_get(claim, "trigger"), "start"));
        snprintf(doc, 16, "%.12s", id);
        printf("claim %s, made with knowledge %s\n", id,
               json_string_value(json_object_get(json_object_get(claim, "why"), "knowledge")));
    }
    json_decref(claims);
    return status;
}

static gr_status explain_stored(const gr_args *args, gr_record *record, gr_arena *arena, gr_error *err) {
    uint64_t at = 0;
    uint32_t off_cp;
    char doc[16];
    bool given = gr_args_given(args, "at");
    gr_status status = gr_args_number(args, "at", 0, UINT32_MAX - 1, 0, &at, err);
    if (status != GR_OK) return status;
    off_cp = (uint32_t)at;
    snprintf(doc, sizeof doc, "%.12s", args->operand[0]);
    if (!given) status = find_claim(record, args->operand[0], &off_cp, doc, err);
    if (status != GR_OK) return status;
    stored s = {.arena = arena};
    status = gr_record_sources(record, gr_slice_of(doc), take_row, &s, err);
    if (status != GR_OK) return status;
    if (s.found != 1) return gr_fail(err, GR_NOT_FOUND, NULL, "no single report %s in the record", doc);
    gr_library *library = gr_open_library(err);
    if (!library) return err->status;
    printf("knowledge now: %s\n\n", gr_library_hash(library));
    status = explain(library, &s, off_cp, err);
    gr_library_close(library);
    return status;
}

static gr_status run(const gr_args *args, gr_error *err) {
    gr_record *record = gr_open_record(args, GR_OPEN_READ, err);
    if (!record) return err->status;
    gr_arena *arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B);
    gr_status status =
        arena ? explain_stored(args, record, arena, err) : gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
    gr_arena_free(arena);
    gr_record_close(record);
    return status;
}

const gr_command gr_command_explain = {
    .name = "explain",
    .summary = "why a claim was made, or why there is none at a place in the text",
    .synopsis = "CLAIM | DOC --at OFFSET [OPTIONS]",
    .about = "Codes the report again with the knowledge of now and prints the sentence, its parse, the "
             "actors and\n"
             "places found in it, and every rule that was tried there with the condition that failed.\n",
    .examples = "  griot explain 9f2c61d0a4be-7\n"
                "  griot explain 9f2c61d0a4be --at 812\n",
    .option = options,
    .least = 1,
    .most = 1,
    .run = run,
};
