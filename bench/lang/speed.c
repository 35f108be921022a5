/* speed MODEL TEXT [ROUNDS]: tokens a second on one core, from raw text to the parse, for each kernel, and
 * the share of it that splitting takes. */
#include "base/limits.h"
#include "base/os.h"
#include "lang/lang.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void measure(const gr_model *model, const gr_segmenter *segmenter, gr_kernel kernel, const char *name,
                    gr_slice bytes, long rounds) {
    gr_error err = {0};
    gr_parser *parser = gr_parser_new(model, kernel, &err);
    gr_arena *arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B);
    double split_s = 0, parse_s = 0, tokens = 0;
    for (long i = 0; parser && i < rounds; i++) {
        gr_text text;
        double begin = now_s();
        if (gr_text_split(arena, segmenter, bytes, &text, &err) != GR_OK) break;
        double middle = now_s();
        gr_word *word = gr_alloc_array(arena, text.token_count, sizeof *word);
        if (gr_parse(parser, arena, &text, NULL, word, &err) != GR_OK) break;
        split_s += middle - begin;
        parse_s += now_s() - middle;
        tokens += text.token_count;
        gr_arena_reset(arena);
    }
    printf("%s: %.0f tokens/s raw text to parse, %.0f parse alone\n", name, tokens / (split_s + parse_s),
           tokens / parse_s);
    gr_arena_free(arena);
    gr_parser_free(parser);
}

int main(int argc, char **argv) {
    gr_error err = {0};
    if (argc < 3) return 1;
    gr_model *model = gr_model_open(argv[1], &err);
    char *text;
    size_t len;
    if (!model || gr_os_read_all(argv[2], GR_MAX_DOCUMENT_B, &text, &len, &err) != GR_OK) {
        fprintf(stderr, "%s: %s\n", err.origin, err.message);
        return 1;
    }
    gr_segmenter *segmenter =
        gr_segmenter_open(gr_model_section(model, GR_S("segment")), gr_model_lang(model), &err);
    long rounds = argc > 3 ? strtol(argv[3], NULL, 10) : 5;
    static const char *const name[] = {"auto", "plain", "avx2", "vnni"};
    for (int k = GR_KERNEL_PLAIN; k <= GR_KERNEL_VNNI; k++)
        if (gr_kernel_here((gr_kernel)k))
            measure(model, segmenter, (gr_kernel)k, name[k], (gr_slice){text, len},
                    k == GR_KERNEL_PLAIN ? 1 : rounds);
    gr_segmenter_close(segmenter);
    gr_os_free(text);
    gr_model_close(model);
    return 0;
}
