/* griot parse: sentences, words and trees of a text in CoNLL-U (universaldependencies.org/format.html). */
#include "base/limits.h"
#include "base/os.h"
#include "cli/conllu.h"
#include "cli/data.h"
#include "cli/inputs.h"

#include <stdio.h>

static const gr_option options[] = {
    {"tokens", 0, NULL, "the input is CoNLL-U: keep its sentences and words, parse them anew"},
    {"lang", 0, "CODE", "language of the text: en or fr (default: en)"},
    {0},
};

typedef struct session {
    gr_model *model;
    gr_segmenter *segmenter;
    gr_parser *parser;
    gr_arena *arena;
    gr_buffer out;
} session;

static gr_status open_session(session *s, gr_slice lang, gr_error *err) {
    char dir[GR_MAX_PATH_B], path[GR_MAX_PATH_B], name[64];
    gr_status status = gr_data_dir(dir, err);
    if (status != GR_OK) return status;
    snprintf(name, sizeof name, "models/%.8s.griot", lang.ptr);
    if (!gr_path_join(path, dir, name)) return gr_fail(err, GR_NOT_FOUND, dir, "the path is too long");
    s->model = gr_model_open(path, err);
    if (s->model) s->segmenter = gr_segmenter_open(gr_model_section(s->model, GR_S("segment")), lang, err);
    if (s->segmenter) s->parser = gr_parser_new(s->model, GR_KERNEL_AUTO, err);
    if (!s->parser) return err->status;
    s->arena = gr_arena_new(GR_MAX_DOCUMENT_ARENA_B);
    return s->arena ? GR_OK : gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
}

static void close_session(session *s) {
    gr_buffer_free(&s->out);
    gr_arena_free(s->arena);
    gr_parser_free(s->parser);
    gr_segmenter_close(s->segmenter);
    gr_model_close(s->model);
}

static gr_status split(session *s, gr_slice bytes, const gr_source *source, gr_text *text, gr_error *err) {
    gr_document document;
    gr_status status = gr_read_document(s->arena, bytes, GR_FORMAT_TEXT, source, &document, err);
    if (status != GR_OK) return status;
    return gr_text_split(s->arena, s->segmenter, document.text, text, err);
}

/* source NULL: CoNLL-U. */
static gr_status parse_bytes(session *s, gr_slice bytes, const char *path, const gr_source *source,
                             gr_error *err) {
    jmp_buf full;
    if (setjmp(full)) return gr_fail(err, GR_NO_MEMORY, path, "too little memory to parse it");
    gr_arena_reset(s->arena);
    gr_arena_guard(s->arena, &full);
    gr_text text = {0};
    gr_status status =
        source ? split(s, bytes, source, &text, err) : gr_conllu_read(s->arena, bytes, path, &text, err);
    if (status != GR_OK) return status;
    gr_word *word = gr_alloc_array(s->arena, text.token_count, sizeof *word);
    status = gr_parse(s->parser, s->arena, &text, NULL, word, err);
    if (status != GR_OK) return status;
    for (uint32_t i = 0; i < text.sentence_count; i++) {
        gr_buffer_clear(&s->out);
        gr_conllu_write(s->model, &text, word, i, &s->out);
        if (s->out.failed) return gr_fail(err, GR_NO_MEMORY, path, "out of memory while writing");
        fwrite(s->out.ptr, 1, s->out.len, stdout);
    }
    return GR_OK;
}

static gr_status parse_tokens(session *s, const gr_args *args, gr_error *err) {
    gr_status status = GR_OK;
    for (int i = 0; status == GR_OK && i < args->operand_count; i++) {
        char *bytes;
        size_t len;
        status = gr_os_read_all(args->operand[i], GR_MAX_DOCUMENT_B, &bytes, &len, err);
        if (status != GR_OK) break;
        status = parse_bytes(s, (gr_slice){bytes, len}, args->operand[i], NULL, err);
        gr_os_free(bytes);
    }
    return status;
}

/* Reports of any format that griot reads; the first that fails ends it. */
static gr_status parse_reports(session *s, const gr_args *args, gr_error *err) {
    gr_inputs inputs;
    gr_status status = gr_inputs_open(args, &inputs, err);
    gr_task task = {0};
    while (status == GR_OK && gr_inputs_next(&inputs, &task)) {
        gr_inputs_load(&task);
        status = task.status;
        if (status == GR_OK)
            status = parse_bytes(s, (gr_slice){task.bytes, task.len}, inputs.path[0], &task.source, err);
        else
            gr_inputs_failed(&inputs, &task);
        gr_inputs_done(&task);
        gr_os_free(task.bytes);
        task = (gr_task){0};
    }
    gr_inputs_close(&inputs);
    return status;
}

static gr_status run(const gr_args *args, gr_error *err) {
    session s = {0};
    gr_slice lang = gr_args_given(args, "lang") ? gr_args_slice(args, "lang") : GR_S("en");
    gr_status status = open_session(&s, lang, err);
    if (status == GR_OK)
        status = gr_args_given(args, "tokens") ? parse_tokens(&s, args, err) : parse_reports(&s, args, err);
    close_session(&s);
    return status;
}

const gr_command gr_command_parse = {
    .name = "parse",
    .summary = "the sentences, words and trees of a text, as CoNLL-U",
    .synopsis = "PATH|-... [OPTIONS]",
    .about =
        "Shows what the language core sees: part of speech, features, lemma, head and relation of each\n"
        "word, with names marked in the last column. With --tokens the sentences and words of a CoNLL-U\n"
        "file are kept and only the analysis is made anew, as measuring a parser needs it.\n",
    .examples = "  griot parse report.txt\n"
                "  echo \"Gunmen attacked a village.\" | griot parse -\n"
                "  griot parse --tokens treebank.conllu > parsed.conllu\n",
    .option = options,
    .least = 1,
    .most = -1,
    .run = run,
};
