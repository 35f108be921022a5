#include "know/know_internal.h"
#include "know/terms.h"

static gr_status read_kinds(const gr_entry *entry, gr_type *type, gr_error *err) {
    const gr_field *field = gr_entry_field(entry, "kind");
    if (!field)
        return gr_fail_at(err, entry->at, "type %.*s has no kind; add `kind event`", GR_FMT(entry->name));
    gr_slice list = field->value, item;
    bool first = true;
    while (gr_next_item(&list, &item)) {
        gr_kind kind = gr_kind_of(item);
        if (kind == GR_KIND_COUNT)
            return gr_fail_at(err, field->at,
                              "unknown kind '%.*s'; use event, toll, relation, presence, custody or force",
                              GR_FMT(item));
        type->kinds |= 1u << kind;
        if (first) type->kind = kind;
        first = false;
    }
    return GR_OK;
}

gr_status gr_ontology_load(gr_knowledge *knowledge, const gr_entries *entries, gr_error *err) {
    gr_arena *arena = knowledge->arena;
    knowledge->type = gr_alloc_array(arena, entries->count, sizeof *knowledge->type);
    for (uint32_t i = 0; i < entries->count; i++) {
        const gr_entry *entry = &entries->item[i];
        if (!gr_eq(entry->keyword, GR_S("type")))
            return gr_fail_at(err, entry->at, "unknown block '%.*s'; here only `type` blocks stand",
                              GR_FMT(entry->keyword));
        gr_type *type = &knowledge->type[knowledge->type_count];
        *type = (gr_type){.name = entry->name,
                          .acled = gr_entry_value(entry, "acled"),
                          .plover = gr_entry_value(entry, "plover"),
                          .cameo = gr_entry_value(entry, "cameo")};
        uint64_t ucdp = 0;
        if (gr_entry_field(entry, "ucdp") && !gr_parse_u64(gr_entry_value(entry, "ucdp"), &ucdp))
            return gr_fail_at(err, gr_entry_field(entry, "ucdp")->at, "ucdp must be a number from 0 to 3");
        type->ucdp = (int)ucdp;
        gr_status status = read_kinds(entry, type, err);
        if (status != GR_OK) return status;
        if (gr_map_set(arena, &knowledge->types, type->name, knowledge->type_count) != GR_MAP_NONE)
            return gr_fail_at(err, entry->at, "type %.*s stands twice; remove one", GR_FMT(type->name));
        knowledge->type_count++;
    }
    return GR_OK;
}
