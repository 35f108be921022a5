/* speed DATA_DIR RUNS REPORT...: what one core does with these reports, a figure a line: name, tab, number.
 * Parsing is from raw text to the tree, every sentence; coding is from raw text to claims as JSON lines.
 * Coding parses only the sentences that can start a claim; beside it stands the same with all of them parsed.
 * Tokens are all tokens of the reports, parsed or passed over. Medians of RUNS passes after one that fills
 * the caches, in processor time, so that other programs on the machine count less. */
#include "base/limits.h"
#include "base/os.h"
#include "base/utf8.h"
#include "pipe/pipe_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MOST_RUNS = 1000 };

typedef struct bench {
    gr_library *library;
    gr_segmenter *segmenter;
    gr_arena *arena;
    gr_slice *report;
    int report_count;
    long runs;
    double tokens;
} bench;

static double now_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int rising(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *item, long count) {
    qsort(item, (size_t)count, sizeof *item, rising);
    return item[count / 2];
}

static bool split(bench *b, int i, gr_text *text) {
    gr_arena_reset(b->arena);
    return gr_text_split(b->arena, b->segmenter, b->report[i], text, NULL) == GR_OK;
}

static bool parse_all(bench *b, gr_parser *parser, double *split_s) {
    gr_text text;
    b->tokens = 0;
    for (int i = 0; i < b->report_count; i++) {
        double begin = now_s();
        if (!split(b, i, &text)) return false;
        *split_s += now_s() - begin;
        gr_word *word = gr_alloc_array(b->arena, text.token_count + 1, sizeof *word);
        if (gr_parse(parser, b->arena, &text, NULL, word, NULL) != GR_OK) return false;
        b->tokens += text.token_count;
    }
    return true;
}

static bool time_parse(bench *b, gr_kernel kernel, const char *name, double *tokens_s) {
    double all_s[MOST_RUNS], split_s[MOST_RUNS] = {0};
    gr_parser *parser = gr_parser_new(gr_library_model(b->library), kernel, NULL);
    bool fine = parser && parse_all(b, parser, split_s);
    for (long i = 0; fine && i < b->runs; i++) {
        double begin = now_s();
        split_s[i] = 0;
        fine = parse_all(b, parser, &split_s[i]);
        all_s[i] = now_s() - begin;
    }
    gr_parser_free(parser);
    if (!fine) return false;
    *tokens_s = b->tokens / median(all_s, b->runs);
    printf("parse %s\t%.0f\nsplit %s\t%.0f\n", name, *tokens_s, name, b->tokens / median(split_s, b->runs));
    return true;
}

static bool code_all(bench *b, gr_worker *worker, gr_buffer *out) {
    gr_buffer_clear(out);
    for (int i = 0; i < b->report_count; i++) {
        gr_coded coded;
        if (gr_worker_code(worker, b->report[i], &(gr_source){0}, &coded, NULL) != GR_OK) return false;
        gr_write_claims(b->library, &coded, out);
    }
    return !out->failed;
}

/* Tokens a second, or 0 where it fails. *out gets the claims of all reports. */
static double coding_rate(bench *b, gr_pipe_options options, gr_buffer *out) {
    double all_s[MOST_RUNS];
    gr_worker *worker = gr_worker_new(b->library, options, NULL);
    bool fine = worker && code_all(b, worker, out);
    for (long i = 0; fine && i < b->runs; i++) {
        double begin = now_s();
        fine = code_all(b, worker, out);
        all_s[i] = now_s() - begin;
    }
    gr_worker_free(worker);
    return fine ? b->tokens / median(all_s, b->runs) : 0;
}

/* How many claims are the same when every sentence is parsed. */
static void count_alike(bench *b, gr_slice cheap, gr_slice whole) {
    gr_map lines = {0};
    double claims = 0, alike = 0;
    gr_arena_reset(b->arena);
    while (whole.len) gr_map_set(b->arena, &lines, gr_cut(&whole, '\n'), 1);
    for (; cheap.len; claims++) alike += gr_map_get(&lines, gr_cut(&cheap, '\n')) != GR_MAP_NONE;
    printf("claims\t%.0f\nclaims alike\t%.0f\n", claims, alike);
}

/* With only the sentences parsed that can start a claim, as griot codes, and with all of them. */
static bool time_coding(bench *b, double parse_tokens_s) {
    gr_buffer cheap = {0}, whole = {0};
    double cheap_s = coding_rate(b, (gr_pipe_options){0}, &cheap);
    double whole_s = coding_rate(b, (gr_pipe_options){.parse_all = true}, &whole);
    bool fine = cheap_s > 0 && whole_s > 0;
    if (fine)
        printf("code\t%.0f\ncode to parse\t%.3f\ncode, all parsed\t%.0f\n", cheap_s, cheap_s / parse_tokens_s,
               whole_s);
    if (fine) count_alike(b, gr_buffer_slice(&cheap), gr_buffer_slice(&whole));
    gr_buffer_free(&cheap);
    gr_buffer_free(&whole);
    return fine;
}

/* Finding and resolving the places of one report that is parsed already, in every sentence, actors' names and
 * all: never less work than coding does. */
static bool locate(bench *b, gr_worker *worker, int i, double *spent_s, uint32_t *places) {
    gr_coded coded;
    gr_understood understood;
    gr_place_mentions found = {0};
    if (gr_worker_understand(worker, b->report[i], &(gr_source){0}, &coded, &understood, NULL) != GR_OK)
        return false;
    gr_arena_reset(b->arena);
    double begin = now_s();
    gr_find_places(b->arena, gr_library_gazetteer(b->library), &coded.text, coded.word,
                   &(gr_place_context){.lang = GR_S("en")}, &found);
    *spent_s += now_s() - begin;
    *places += found.count;
    return true;
}

static bool time_places(bench *b) {
    double all_s[MOST_RUNS] = {0};
    uint32_t places = 0;
    gr_worker *worker = gr_worker_new(b->library, (gr_pipe_options){0}, NULL);
    bool fine = worker != NULL;
    for (long run = 0; fine && run < b->runs; run++)
        for (int i = 0; fine && i < b->report_count; i++) fine = locate(b, worker, i, &all_s[run], &places);
    gr_worker_free(worker);
    if (!fine) return false;
    printf("places, ms a report\t%.4f\nplaces of a report\t%.1f\n",
           median(all_s, b->runs) * 1e3 / b->report_count,
           places / (double)b->runs / (double)b->report_count);
    return true;
}

/* Every token of the reports, folded beforehand, as a name of one word. */
static double look_up_all(bench *b, int i, uint32_t *found) {
    const gr_gazetteer *gazetteer = gr_library_gazetteer(b->library);
    gr_text text;
    if (!split(b, i, &text)) return 0;
    gr_slice *key = gr_alloc_array(b->arena, text.token_count + 1, sizeof *key);
    for (uint32_t t = 0; t < text.token_count; t++) key[t] = gr_fold(b->arena, text.token[t].form);
    double begin = now_s();
    for (uint32_t t = 0; t < text.token_count; t++)
        *found += gr_gazetteer_find(gazetteer, key[t], NULL, 0) != 0;
    return now_s() - begin;
}

static void time_look_ups(bench *b) {
    double all_s[MOST_RUNS];
    uint32_t found = 0;
    for (long run = 0; run < b->runs; run++) {
        all_s[run] = 0;
        for (int i = 0; i < b->report_count; i++) all_s[run] += look_up_all(b, i, &found);
    }
    printf("look-ups\t%.0f\nlook-ups found\t%.0f\n", b->tokens / median(all_s, b->runs),
           found / (double)b->runs);
}

static bool open_bench(bench *b, char **argv, int argc, gr_error *err) {
    b->runs = strtol(argv[2], NULL, 10);
    if (b->runs < 1 || b->runs > MOST_RUNS) b->runs = 5;
    b->library = gr_library_open(argv[1], err);
    if (!b->library) return false;
    const gr_model *model = gr_library_model(b->library);
    b->segmenter = gr_segmenter_open(gr_model_section(model, GR_S("segment")), gr_model_lang(model), err);
    b->arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B);
    b->report = calloc((size_t)argc, sizeof *b->report);
    for (int i = 3; b->segmenter && b->arena && b->report && i < argc; i++) {
        char *bytes;
        size_t len;
        if (gr_os_read_all(argv[i], GR_MAX_DOCUMENT_B, &bytes, &len, err) != GR_OK) return false;
        b->report[b->report_count++] = (gr_slice){bytes, len};
    }
    return b->report_count > 0;
}

static void close_bench(bench *b) {
    for (int i = 0; i < b->report_count; i++) gr_os_free((void *)(uintptr_t)b->report[i].ptr);
    free(b->report);
    gr_arena_free(b->arena);
    gr_segmenter_close(b->segmenter);
    gr_library_close(b->library);
}

int main(int argc, char **argv) {
    static const char *const name[] = {"auto", "plain", "avx2", "vnni"};
    gr_error err = {0};
    bench b = {0};
    double tokens_s = 0;
    if (argc < 4) return 2;
    bool fine = open_bench(&b, argv, argc, &err);
    for (int k = GR_KERNEL_PLAIN; fine && k <= GR_KERNEL_VNNI; k++)
        if (gr_kernel_here((gr_kernel)k)) fine = time_parse(&b, (gr_kernel)k, name[k], &tokens_s);
    fine = fine && time_coding(&b, tokens_s) && time_places(&b);
    if (fine) time_look_ups(&b);
    if (fine) printf("tokens\t%.0f\nreports\t%d\n", b.tokens, b.report_count);
    if (!fine) fprintf(stderr, "speed: %s %s\n", err.origin, err.message[0] ? err.message : "failed");
    close_bench(&b);
    return fine ? 0 : 1;
}
