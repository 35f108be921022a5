/* Reading the deeds. The format is described in docs/knowledge.md. */
#include "know/deeds.h"

#include "know/know_internal.h"

static const char *const root_names[GR_DEED_COUNT] = {
    "",       "AGREE",    "CONSULT", "SUPPORT",  "COOPERATE", "AID",    "YIELD",   "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "MOBILIZE", "SANCTION",  "COERCE", "ASSAULT", "same"};

const char *gr_deed_root_name(gr_deed_root root) {
    return root_names[root];
}

typedef struct deed_loader {
    gr_arena *arena;
    gr_map lists; /* name of a `words` block -> index of its entry */
    gr_map names; /* of deeds */
    const gr_entries *entries;
    GR_VEC(gr_deed) deed;
    GR_VEC(gr_deed_word) word;
    GR_VEC(gr_slice) lemma; /* of each word */
} deed_loader;

static gr_status read_root(const gr_field *field, gr_deed_root *out, gr_error *err) {
    for (int i = 1; i < GR_DEED_COUNT; i++)
        if (gr_eq(field->value, gr_slice_of(root_names[i]))) {
            *out = (gr_deed_root)i;
            return GR_OK;
        }
    return gr_fail_at(
        err, field->at,
        "unknown event '%.*s'; PLOVER's are AGREE, CONSULT ... ASSAULT, and `same` takes that of "
        "what is governed",
        GR_FMT(field->value));
}

static void add_items(deed_loader *l, gr_slice list, gr_map *out) {
    gr_slice item;
    while (gr_next_item(&list, &item)) gr_map_set(l->arena, out, gr_words_key(l->arena, item), 1);
}

/* "talk/meeting/@accord": words of which one must stand beside the verb. */
static gr_status read_with(deed_loader *l, const gr_field *field, gr_slice words, gr_map *out,
                           gr_error *err) {
    while (words.ptr) {
        gr_slice word = gr_trim(gr_cut(&words, '/'));
        if (!word.len) continue;
        if (word.ptr[0] != '@') {
            gr_map_set(l->arena, out, gr_words_key(l->arena, word), 1);
            continue;
        }
        uint32_t at = gr_map_get(&l->lists, gr_sub(word, 1, word.len));
        if (at == GR_MAP_NONE)
            return gr_fail_at(err, field->at, "no block `words %.*s` among the deeds",
                              GR_FMT(gr_sub(word, 1, word.len)));
        add_items(l, gr_entry_value(&l->entries->item[at], "are"), out);
    }
    return GR_OK;
}

static gr_status read_words(deed_loader *l, const gr_field *field, gr_deed_pos pos, gr_error *err) {
    gr_slice list = field->value, item;
    gr_status status = GR_OK;
    while (status == GR_OK && gr_next_item(&list, &item)) {
        gr_slice head = gr_cut(&item, ' ');
        gr_deed_word word = {.pos = pos, .deed = l->deed.count};
        if (item.ptr) status = read_with(l, field, item, &word.with, err);
        gr_push(l->arena, &l->word, word);
        gr_push(l->arena, &l->lemma, gr_words_key(l->arena, head));
    }
    return status;
}

static gr_deed_example example_of(const gr_field *field) {
    gr_deed_example example = {
        .positive = field->name.ptr[0] == '+', .text = field->value, .expected = GR_S(""), .at = field->at};
    const char *arrow = field->value.len ? memmem(field->value.ptr, field->value.len, "=>", 2) : NULL;
    if (!arrow) return example;
    size_t cut = (size_t)(arrow - field->value.ptr);
    example.text = gr_trim(gr_sub(field->value, 0, cut));
    example.expected = gr_trim(gr_sub(field->value, cut + 2, field->value.len));
    return example;
}

static gr_status read_deed_field(deed_loader *l, gr_deed *deed, const gr_field *field, gr_error *err) {
    static const char *const positions[GR_DEED_POS_COUNT] = {"verb", "noun", "adj"};
    for (int i = 0; i < GR_DEED_POS_COUNT; i++)
        if (gr_eq(field->name, gr_slice_of(positions[i]))) return read_words(l, field, (gr_deed_pos)i, err);
    if (gr_eq(field->name, GR_S("root"))) return read_root(field, &deed->root, err);
    if (gr_eq(field->name, GR_S("kind"))) return read_root(field, &deed->kind, err);
    if (gr_eq(field->name, GR_S("unkind"))) return read_root(field, &deed->unkind, err);
    if (gr_eq(field->name, GR_S("clause"))) return read_root(field, &deed->clause, err);
    if (gr_eq(field->name, GR_S("purpose"))) {
        deed->purpose = gr_eq(field->value, GR_S("yes"));
        return GR_OK;
    }
    return gr_fail_at(
        err, field->at,
        "unknown field '%.*s'; a deed has root, kind, unkind, clause, purpose, verb, noun, adj, + "
        "and -",
        GR_FMT(field->name));
}

static gr_status read_deed(deed_loader *l, const gr_entry *entry, gr_error *err) {
    gr_deed deed = {.name = entry->name, .at = entry->at};
    GR_VEC(gr_deed_example) examples = {0};
    gr_status status = GR_OK;
    if (gr_map_set(l->arena, &l->names, entry->name, 1) != GR_MAP_NONE)
        return gr_fail_at(err, entry->at, "deed %.*s stands twice; join them or rename one",
                          GR_FMT(entry->name));
    for (uint32_t i = 0; status == GR_OK && i < entry->field_count; i++) {
        const gr_field *field = &entry->field[i];
        if (gr_eq(field->name, GR_S("+")) || gr_eq(field->name, GR_S("-")))
            gr_push(l->arena, &examples, example_of(field));
        else
            status = read_deed_field(l, &deed, field, err);
    }
    deed.example = examples.item;
    deed.example_count = examples.count;
    gr_push(l->arena, &l->deed, deed);
    return status;
}

static void index_word(gr_deeds *deeds, gr_arena *arena, gr_slice lemma, uint32_t word) {
    uint32_t at = gr_map_put(arena, &deeds->by_lemma, lemma, deeds->list_count);
    if (at == GR_MAP_NONE) {
        if (deeds->list_count == deeds->list_capacity)
            deeds->list = gr_grow(arena, deeds->list, deeds->list_count, &deeds->list_capacity,
                                  deeds->list_count + 1u, sizeof *deeds->list);
        at = deeds->list_count++;
        deeds->list[at] = (struct gr_deed_list){0};
    }
    struct gr_deed_list *list = &deeds->list[at];
    if (list->count == list->capacity)
        list->word =
            gr_grow(arena, list->word, list->count, &list->capacity, list->count + 1u, sizeof *list->word);
    list->word[list->count++] = word;
}

static void add_forms(gr_deeds *deeds, gr_arena *arena, gr_slice lemma, uint32_t list) {
    static const char *const endings[] = {"s", "es", "d", "ed", "ing"};
    bool silent = lemma.len > 1 && lemma.ptr[lemma.len - 1] == 'e';
    gr_slice stem = silent ? gr_sub(lemma, 0, lemma.len - 1) : lemma;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        gr_map_put(arena, &deeds->by_form,
                   gr_printf(arena, "%.*s%s", GR_FMT(i == 4 ? stem : lemma), endings[i]), list);
}

gr_status gr_deeds_load(gr_knowledge *knowledge, const gr_entries *entries, gr_error *err) {
    deed_loader l = {.arena = knowledge->arena, .entries = entries};
    gr_status status = GR_OK;
    for (uint32_t i = 0; i < entries->count; i++)
        if (gr_eq(entries->item[i].keyword, GR_S("words")))
            gr_map_set(l.arena, &l.lists, entries->item[i].name, i);
    for (uint32_t i = 0; status == GR_OK && i < entries->count; i++) {
        const gr_entry *entry = &entries->item[i];
        if (gr_eq(entry->keyword, GR_S("deed")))
            status = read_deed(&l, entry, err);
        else if (!gr_eq(entry->keyword, GR_S("words")))
            status =
                gr_fail_at(err, entry->at, "unknown block '%.*s'; here only `deed` and `words` blocks stand",
                           GR_FMT(entry->keyword));
    }
    gr_deeds *deeds = gr_alloc(l.arena, sizeof *deeds);
    *deeds = (gr_deeds){
        .deed = l.deed.item, .count = l.deed.count, .word = l.word.item, .word_count = l.word.count};
    for (int plain = 0; plain < 2; plain++) /* what asks for more comes first */
        for (uint32_t i = 0; i < l.word.count; i++)
            if ((l.word.item[i].with.count == 0) == (plain == 1))
                index_word(deeds, l.arena, l.lemma.item[i], i);
    for (uint32_t i = 0; i < l.word.count; i++)
        if (l.word.item[i].pos == GR_DEED_VERB)
            add_forms(deeds, l.arena, l.lemma.item[i], gr_map_get(&deeds->by_lemma, l.lemma.item[i]));
    knowledge->deeds = deeds;
    return status;
}
