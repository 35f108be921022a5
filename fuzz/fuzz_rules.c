/* Any bytes as knowledge blocks and as rules. Rules that load are reviewed; every position that a message or
 * a warning names must lie in the input. */
#include "know/know_internal.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) abort();
}

/* What rules refer to: types, and a class of words for `@light-verb`. */
static void prepare(gr_knowledge *know) {
    static const char given[] =
        "type attack\n  kind event\ntype kill\n  kind event | toll\ntype siege\n  kind "
        "presence\n";
    static const char words[] = "class light-verb\n  of cue\n  words carry out | launch\n";
    gr_entries ontology = {0}, lexicon = {0};
    demand(gr_read_blocks(know->arena, gr_slice_of(given), GR_S("ontology"), &ontology, NULL) == GR_OK);
    demand(gr_read_blocks(know->arena, gr_slice_of(words), GR_S("lexicon"), &lexicon, NULL) == GR_OK);
    demand(gr_ontology_load(know, &ontology, NULL) == GR_OK &&
           gr_lexicon_load(know, &lexicon, NULL) == GR_OK);
}

static void check_rules(const gr_knowledge *know, uint32_t lines) {
    for (uint32_t i = 0; i < know->rules->count; i++) {
        const gr_rule *rule = &know->rules->rule[i];
        demand(rule->type < know->type_count && rule->at.line >= 1 && rule->at.line <= lines);
        demand(rule->anchor_count > 0);
    }
    gr_buffer report = {0};
    gr_rules_review(know, &report);
    gr_buffer_free(&report);
}

static uint32_t count_lines(gr_slice bytes) {
    uint32_t lines = 1;
    for (size_t i = 0; i < bytes.len; i++) lines += bytes.ptr[i] == '\n';
    return lines;
}

static void load(gr_arena *arena, gr_slice bytes) {
    gr_knowledge know = {.arena = arena};
    gr_entries entries = {0};
    gr_error err = {0};
    prepare(&know);
    gr_status status = gr_read_blocks(arena, bytes, GR_S("fuzz"), &entries, &err);
    if (status == GR_OK) status = gr_rules_load(&know, &entries, GR_S("en"), &err);
    if (status == GR_OK)
        check_rules(&know, count_lines(bytes));
    else
        demand(strncmp(err.origin, "fuzz:", 5) == 0 && err.message[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static gr_arena *arena;
    jmp_buf full;
    if (!arena && !(arena = gr_arena_new((size_t)1 << 26))) abort();
    gr_arena_reset(arena);
    if (setjmp(full) == 0) {
        gr_arena_guard(arena, &full);
        load(arena, (gr_slice){(const char *)data, size});
    }
    gr_arena_guard(arena, NULL);
    return 0;
}
