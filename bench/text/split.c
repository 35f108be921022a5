/* Prints how griot splits text, as CoNLL-U with words alone, to measure it against a treebank.
 *   split lines FILE LANG [SEGMENT]   one sentence a line
 *   split text FILE LANG [SEGMENT]    running text, paragraphs parted by blank lines
 *   split gaps FILE LANG ENDS         what the splitter sees of each gap, for train/segment.py. ENDS lists
 * where sentences end, a number a line: characters that are not white space before that point. A line a gap:
 * 1 or 0, nine hashes of words, nine shapes, nine other rows SEGMENT: the bytes that train/segment.py writes;
 * without it, rules alone. */
#include "base/os.h"
#include "base/utf8.h"
#include "text/gaps.h"

#include <stdio.h>

static void print_word(const gr_text *text, uint32_t i, uint32_t number) {
    const gr_token *t = &text->token[i];
    printf("%u\t%.*s\t_\t_\t_\t_\t%u\t%s\t_\t%s\n", number, GR_FMT(t->form), number - 1,
           number == 1 ? "root" : "dep", t->flags & GR_TOKEN_SPACE_AFTER ? "_" : "SpaceAfter=No");
}

/* The line of a multiword token whose first word is number `number`. */
static void print_range(const gr_text *text, uint32_t i, uint32_t number) {
    uint32_t last = i;
    while (last + 1 < text->token_count && text->token[last + 1].flags & GR_TOKEN_JOINED) last++;
    const gr_token *t = &text->token[i], *end = &text->token[last];
    printf("%u-%u\t%.*s\t_\t_\t_\t_\t_\t_\t_\t%s\n", number, number + last - i,
           (int)(end->off_b + end->len_b - t->off_b), text->bytes.ptr + t->off_b,
           end->flags & GR_TOKEN_SPACE_AFTER ? "_" : "SpaceAfter=No");
}

static void print_sentences(const gr_text *text, bool one_sentence) {
    uint32_t number = 0;
    for (uint32_t s = 0; s < text->sentence_count; s++) {
        if (!one_sentence && text->block[text->sentence[s].block].sent_begin == s) puts("# newpar");
        for (uint32_t i = text->sentence[s].tok_begin; i < text->sentence[s].tok_end; i++) {
            number++;
            if (text->token[i].flags & GR_TOKEN_HAS_JOINED) print_range(text, i, number);
            print_word(text, i, number);
        }
        if (one_sentence && s + 1 < text->sentence_count) continue;
        putchar('\n');
        number = 0;
    }
}

static bool split_and_print(gr_arena *arena, const gr_segmenter *segmenter, gr_slice bytes,
                            bool one_sentence) {
    gr_text text;
    gr_error err = {0};
    if (gr_text_split(arena, segmenter, bytes, &text, &err) != GR_OK) {
        fprintf(stderr, "split: %s\n", err.message);
        return false;
    }
    print_sentences(&text, one_sentence);
    gr_arena_reset(arena);
    return true;
}

static uint32_t count_marks(gr_slice form) {
    uint32_t count = 0;
    for (size_t at = 0; at < form.len;) count += !gr_is_blank(gr_utf8_next(form, &at));
    return count;
}

static void print_gap(const gr_gap_view *view, const gr_gap_walk *walk, uint32_t i, bool ends) {
    uint8_t extra[GR_GAP_EXTRAS];
    uint32_t hash[GR_GAP_WINDOW] = {0}, shape[GR_GAP_WINDOW] = {0};
    for (uint32_t p = 0; p < GR_GAP_WINDOW; p++) {
        int64_t at = (int64_t)i + 1 + p - GR_GAP_LEFT;
        if (at < view->begin || at >= view->end) continue;
        hash[p] = view->hash[at - view->begin];
        shape[p] = view->shape[at - view->begin];
    }
    printf("%d", ends);
    for (uint32_t p = 0; p < GR_GAP_WINDOW; p++) printf(" %u", hash[p]);
    for (uint32_t p = 0; p < GR_GAP_WINDOW; p++) printf(" %u", shape[p]);
    gr_gap_extras(view, walk, i, extra);
    for (uint32_t k = 0; k < GR_GAP_EXTRAS; k++) printf(" %u", extra[k]);
    putchar('\n');
}

/* Walks the gaps of a text with the sentences of the treebank. */
static bool print_gaps(gr_arena *arena, const gr_segmenter *segmenter, gr_slice bytes, gr_slice ends) {
    gr_text text;
    if (gr_text_split(arena, segmenter, bytes, &text, NULL) != GR_OK) return false;
    uint64_t seen = 0, end = 0;
    for (uint32_t b = 0; b < text.block_count; b++) {
        uint32_t begin = text.sentence[text.block[b].sent_begin].tok_begin;
        uint32_t stop = text.sentence[text.block[b].sent_end - 1].tok_end;
        gr_gap_view view = gr_gap_look(arena, text.token, begin, stop);
        gr_gap_walk walk = {.first = begin, .next_terminal = begin};
        for (uint32_t i = begin; i < stop; i++) {
            bool again = i > begin && text.token[i].off_b == text.token[i - 1].off_b; /* the le of du */
            seen += again ? 0
                          : count_marks(gr_sub(text.bytes, text.token[i].off_b,
                                               text.token[i].off_b + text.token[i].len_b));
            while (end < seen && ends.len) gr_parse_u64(gr_cut(&ends, '\n'), &end);
            gr_gap_step(&view, &walk, i);
            if (i + 1 < stop && gr_gap_is_candidate(&view, i)) print_gap(&view, &walk, i, end == seen);
            if (end == seen) gr_gap_cut(&walk, i);
        }
    }
    return true;
}

int main(int argc, char **argv) {
    bool by_line = argc > 2 && strcmp(argv[1], "lines") == 0;
    bool gaps = argc > 4 && strcmp(argv[1], "gaps") == 0;
    if (argc < 4 || (!by_line && !gaps && strcmp(argv[1], "text") != 0)) {
        fprintf(stderr, "usage: split lines|text FILE LANG [SEGMENT], split gaps FILE LANG ENDS\n");
        return 2;
    }
    gr_error err = {0};
    char *bytes = NULL;
    size_t len = 0;
    gr_mapped section = {NULL, 0};
    gr_status status = gr_os_read_all(argv[2], (size_t)1 << 30, &bytes, &len, &err);
    if (status == GR_OK && argc > 4) status = gr_os_map(argv[4], (size_t)1 << 24, &section, &err);
    gr_slice extra = {(const char *)section.data, section.len};
    gr_segmenter *segmenter =
        status == GR_OK ? gr_segmenter_open(gaps ? GR_S("") : extra, gr_slice_of(argv[3]), &err) : NULL;
    gr_arena *arena = gr_arena_new((size_t)4 << 30);
    bool fine = segmenter && arena;
    gr_slice rest = {bytes, len};
    if (fine && gaps) fine = print_gaps(arena, segmenter, rest, extra);
    if (fine && !by_line && !gaps) fine = split_and_print(arena, segmenter, rest, false);
    while (fine && by_line && rest.len) fine = split_and_print(arena, segmenter, gr_cut(&rest, '\n'), true);
    if (!fine && err.message[0]) fprintf(stderr, "split: %s\n", err.message);
    gr_arena_free(arena);
    gr_segmenter_close(segmenter);
    gr_os_unmap(&section);
    gr_os_free(bytes);
    return fine ? 0 : 1;
}
