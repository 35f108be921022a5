#include "know/know_internal.h"

static const char *const family_names[GR_OF_COUNT] = {"people", "weapon", "facility", "unit", "title",
                                                      "loaded", "cue",    "vague",    "name"};

static gr_status class_of(const gr_entry *entry, gr_class_of *out, gr_error *err) {
    const gr_field *field = gr_entry_field(entry, "of");
    if (!field)
        return gr_fail_at(err, entry->at,
                          "class %.*s needs a line `of people` (or weapon, facility, unit, title, cue, name)",
                          GR_FMT(entry->name));
    for (int k = 0; k < GR_OF_COUNT; k++)
        if (gr_eq(field->value, gr_slice_of(family_names[k]))) {
            *out = (gr_class_of)k;
            return GR_OK;
        }
    return gr_fail_at(
        err, field->at,
        "unknown family '%.*s'; use people, weapon, facility, unit, title, loaded, cue, vague or name",
        GR_FMT(field->value));
}

static void add_words(gr_knowledge *knowledge, const gr_entry *entry, uint32_t index) {
    for (uint32_t f = 0; f < entry->field_count; f++) {
        if (!gr_eq(entry->field[f].name, GR_S("words"))) continue;
        gr_slice list = entry->field[f].value, item;
        while (gr_next_item(&list, &item))
            gr_sense_add(knowledge, item, (gr_sense){.kind = GR_SENSE_CLASS, .index = index});
    }
}

gr_status gr_lexicon_load(gr_knowledge *knowledge, const gr_entries *entries, gr_error *err) {
    knowledge->word_class = gr_alloc_array(knowledge->arena, entries->count, sizeof *knowledge->word_class);
    for (uint32_t i = 0; i < entries->count; i++) {
        const gr_entry *entry = &entries->item[i];
        if (!gr_eq(entry->keyword, GR_S("class")))
            return gr_fail_at(err, entry->at, "unknown block '%.*s'; here only `class` blocks stand",
                              GR_FMT(entry->keyword));
        gr_word_class word_class = {.name = entry->name,
                                    .kind = gr_entry_value(entry, "kind"),
                                    .actor = gr_entry_value(entry, "actor"),
                                    .label = gr_entry_value(entry, "label"),
                                    .count_as = gr_entry_value(entry, "count-as"),
                                    .family = gr_entry_value(entry, "family"),
                                    .loaded = gr_eq(gr_entry_value(entry, "loaded"), GR_S("yes")),
                                    .office = gr_eq(gr_entry_value(entry, "office"), GR_S("yes"))};
        gr_status status = class_of(entry, &word_class.of, err);
        if (status != GR_OK) return status;
        uint32_t index = knowledge->class_count++;
        knowledge->word_class[index] = word_class;
        if (gr_map_set(knowledge->arena, &knowledge->classes, word_class.name, index) != GR_MAP_NONE)
            return gr_fail_at(err, entry->at, "class %.*s stands twice; join them or rename one",
                              GR_FMT(word_class.name));
        add_words(knowledge, entry, index);
    }
    return GR_OK;
}
