/* parse_gold MODEL GOLD.conllu [capitals|marked]: parses the gold words, writes CoNLL-U to standard output.
 */
#include "conllu.h"

#include "base/limits.h"
#include "base/os.h"

#include <stdio.h>

int main(int argc, char **argv) {
    gr_error err = {0};
    if (argc < 3) return 1;
    conllu_case letters = argc < 4                         ? CONLLU_AS_WRITTEN
                          : strcmp(argv[3], "marked") == 0 ? CONLLU_MARKED_CAPITALS
                                                           : CONLLU_CAPITALS;
    char *file;
    size_t len;
    gr_model *model = gr_model_open(argv[1], &err);
    gr_parser *parser = model ? gr_parser_new(model, GR_KERNEL_AUTO, &err) : NULL;
    if (!parser || gr_os_read_all(argv[2], GR_MAX_DOCUMENT_B, &file, &len, &err) != GR_OK) {
        fprintf(stderr, "%s: %s\n", err.origin, err.message);
        return 1;
    }
    gr_arena *arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B);
    gr_text text;
    gr_buffer out = {0};
    conllu_read(arena, (gr_slice){file, len}, letters, &text);
    gr_word *word = gr_alloc_array(arena, text.token_count, sizeof *word);
    gr_parse(parser, arena, &text, NULL, word, &err);
    conllu_write(model, &text, word, &out);
    fwrite(out.ptr, 1, out.len, stdout);
    gr_buffer_free(&out);
    gr_arena_free(arena);
    gr_os_free(file);
    gr_parser_free(parser);
    gr_model_close(model);
    return 0;
}
