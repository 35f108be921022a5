/* Actors, countries and patterns. A pattern is filled in once a country; each item of a list once for each
 * combination of the variants of the fields that it names. */
#include "know/know_internal.h"

#include "base/utf8.h"

#include <ctype.h>

/* The kinds with ACLED's interaction code (codebook 2019: 1 state, 2 rebels, 3 militias, 4 identity militias,
 * 5 rioters, 6 protesters, 7 civilians, 8 others) and the nearest sector of PLOVER. */
static const struct {
    const char *name;
    int acled;
    const char *plover;
} kinds[] = {
    {"state-military", 1, "MIL"}, {"state-police", 1, "COP"}, {"government", 1, "GOV"},
    {"rebel", 2, "REB"},          {"militia", 3, "UAF"},      {"identity-militia", 4, "UAF"},
    {"rioter", 5, "CVL"},         {"protester", 6, "CVL"},    {"civilian", 7, "CVL"},
    {"external", 8, "MIL"},       {"io", 8, "IGO"},           {"ngo", 7, "NGO"},
    {"other", 7, "OTH"},
};

static size_t kind_index(gr_slice kind) {
    size_t i = 0;
    while (i < sizeof kinds / sizeof *kinds && !gr_eq(kind, gr_slice_of(kinds[i].name))) i++;
    return i;
}

static bool known_kind(gr_slice kind) {
    return kind_index(kind) < sizeof kinds / sizeof *kinds;
}

int gr_kind_acled(gr_slice kind) {
    return known_kind(kind) ? kinds[kind_index(kind)].acled : 0;
}

const char *gr_kind_plover(gr_slice kind) {
    return known_kind(kind) ? kinds[kind_index(kind)].plover : "";
}

/* Short words wholly in capitals are acronyms: "ISGS", "UN", "M23". */
static bool is_acronym(gr_slice text) {
    unsigned letters = 0;
    if (text.len > 12) return false;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = gr_utf8_next(text, &at);
        if (c == ' ' || gr_is_lower(c)) return false;
        letters += gr_is_upper(c);
    }
    return letters > 0;
}

typedef struct loader {
    gr_knowledge *know;
    const gr_entries *entries;
    gr_arena *arena;
    GR_VEC(gr_actor) actor;
    GR_VEC(gr_country) country;
    const gr_entry **country_entry; /* parallel to country */
} loader;

static const char *const language_fields[] = {"en", "fr", "es", "pt", "ar", "ha"};

static bool is_alias_field(gr_slice name) {
    for (size_t i = 0; i < sizeof language_fields / sizeof *language_fields; i++)
        if (gr_eq(name, gr_slice_of(language_fields[i]))) return true;
    return false;
}

static bool has_capital(gr_slice text) {
    for (size_t at = 0; at < text.len;)
        if (gr_is_upper(gr_utf8_next(text, &at))) return true;
    return false;
}

/* `how` says what the words ask for besides what their letters tell. */
static void add_alias(loader *l, uint32_t index, gr_slice text, gr_sense how, gr_slices *aliases) {
    if (!text.len) return;
    gr_push(l->arena, aliases, text);
    how.kind = GR_SENSE_ACTOR;
    how.index = index;
    how.capitals_only = is_acronym(text);
    how.any_case = !has_capital(text);
    gr_sense_add(l->know, text, how);
}

/* "Islamic State in the Greater Sahara 2015..2022" -> the name without its years. */
static gr_slice without_years(gr_slice text) {
    size_t end = text.len;
    while (end && (isdigit((unsigned char)text.ptr[end - 1]) || text.ptr[end - 1] == '.' ||
                   text.ptr[end - 1] == '-'))
        end--;
    if (end && end < text.len && text.ptr[end - 1] == ' ' && memmem(text.ptr + end, text.len - end, "..", 2))
        return gr_trim(gr_sub(text, 0, end));
    return text;
}

static void add_acronyms(loader *l, uint32_t index, gr_slice list, bool at_home, gr_slices *aliases) {
    gr_slice item, word;
    while (gr_next_item(&list, &item))
        while (gr_next_word(&item, &word)) add_alias(l, index, word, (gr_sense){.at_home = at_home}, aliases);
}

static void add_aliases(loader *l, uint32_t index, const gr_field *field, gr_slices *aliases) {
    gr_slice list = field->value, item;
    if (is_alias_field(field->name) || gr_eq(field->name, GR_S("name")) ||
        gr_eq(field->name, GR_S("former"))) {
        while (gr_next_item(&list, &item)) add_alias(l, index, without_years(item), (gr_sense){0}, aliases);
    } else if (gr_eq(field->name, GR_S("acronym"))) {
        add_acronyms(l, index, list, false, aliases);
    } else if (gr_eq(field->name, GR_S("acronym-at-home"))) {
        add_acronyms(l, index, list, true, aliases);
    } else if (gr_eq(field->name, GR_S("metonym"))) {
        while (gr_next_item(&list, &item)) add_alias(l, index, item, (gr_sense){.weak = true}, aliases);
    }
}

static void set_countries(loader *l, gr_actor *actor, gr_slice words) {
    GR_VEC(gr_slice) codes = {0};
    gr_slice word;
    while (gr_next_word(&words, &word))
        if (word.len == 3) gr_push(l->arena, &codes, word);
    if (!codes.count) return;
    actor->country = gr_alloc_array(l->arena, codes.count, sizeof *actor->country);
    for (uint32_t i = 0; i < codes.count; i++) memcpy(actor->country[i], codes.item[i].ptr, 3);
    actor->country_count = codes.count;
}

/* The actor with that id, made when there is none. */
static uint32_t actor_slot(loader *l, gr_slice id) {
    uint32_t index = gr_map_get(&l->know->actors, id);
    if (index != GR_MAP_NONE) return index;
    index = l->actor.count;
    gr_push(l->arena, &l->actor, (gr_actor){.id = id});
    gr_map_set(l->arena, &l->know->actors, id, index);
    return index;
}

static const char *const relations[] = {"part-of", "split-from", "merged-into", "allied-with", "rival-of"};

static void set_relations(loader *l, gr_actor *actor, const gr_entry *entry) {
    GR_VEC(gr_relation) found = {0};
    for (uint32_t f = 0; f < entry->field_count; f++)
        for (size_t k = 0; k < sizeof relations / sizeof *relations; k++) {
            if (!gr_eq(entry->field[f].name, gr_slice_of(relations[k]))) continue;
            gr_slice years = entry->field[f].value, other = gr_cut(&years, ' ');
            gr_push(l->arena, &found,
                    (gr_relation){.kind = entry->field[f].name, .other = other, .years = gr_trim(years)});
        }
    if (!found.count) return;
    actor->relation = found.item;
    actor->relation_count = found.count;
}

static gr_status load_actor(loader *l, const gr_entry *entry, gr_error *err) {
    uint32_t index = actor_slot(l, entry->name);
    gr_slices aliases = {0};
    gr_actor *actor = &l->actor.item[index];
    for (uint32_t i = 0; i < actor->alias_count; i++) gr_push(l->arena, &aliases, actor->alias[i]);
    gr_slice name = gr_entry_value(entry, "name"), kind = gr_entry_value(entry, "kind");
    if (name.len) actor->name = name;
    if (kind.len && !known_kind(kind))
        return gr_fail_at(err, gr_entry_field(entry, "kind")->at,
                          "unknown actor kind '%.*s'; see the list in docs/knowledge.md", GR_FMT(kind));
    if (kind.len) actor->kind = kind;
    if (gr_entry_value(entry, "country").len) set_countries(l, actor, gr_entry_value(entry, "country"));
    if (gr_entry_value(entry, "since").len) actor->since = gr_entry_value(entry, "since");
    if (gr_entry_value(entry, "until").len) actor->until = gr_entry_value(entry, "until");
    for (uint32_t f = 0; f < entry->field_count; f++) add_aliases(l, index, &entry->field[f], &aliases);
    actor = &l->actor.item[index];
    set_relations(l, actor, entry);
    actor->alias = aliases.item;
    actor->alias_count = aliases.count;
    return GR_OK;
}

static gr_status load_country(loader *l, const gr_entry *entry, gr_error *err) {
    gr_country country = {.iso3 = entry->name, .iso2 = gr_entry_value(entry, "iso2")};
    if (entry->name.len != 3)
        return gr_fail_at(err, entry->at, "a country's name is its three-letter ISO code");
    uint32_t index = l->country.count;
    gr_slice list = gr_entry_value(entry, "en"), item;
    for (bool first = true; gr_next_item(&list, &item); first = false) {
        if (first) country.name = item;
        gr_sense_add(l->know, item,
                     (gr_sense){.kind = GR_SENSE_COUNTRY, .index = index, .capitals_only = is_acronym(item)});
    }
    if (!country.name.len)
        return gr_fail_at(err, entry->at, "country %.*s needs a line `en NAME`", GR_FMT(entry->name));
    list = gr_entry_value(entry, "fr");
    while (gr_next_item(&list, &item))
        gr_sense_add(l->know, item,
                     (gr_sense){.kind = GR_SENSE_COUNTRY, .index = index, .capitals_only = is_acronym(item)});
    static const char *const adjectives[] = {"adj-en", "people-en", "adj-fr"};
    for (int k = 0; k < 3; k++) {
        list = gr_entry_value(entry, adjectives[k]);
        while (gr_next_item(&list, &item))
            if (!gr_eq(item, GR_S("-")))
                gr_sense_add(l->know, item,
                             (gr_sense){.kind = GR_SENSE_COUNTRY_ADJECTIVE,
                                        .index = index,
                                        .capitals_only = is_acronym(item)});
    }
    country.capital = gr_entry_value(entry, "capital");
    gr_push(l->arena, &l->country, country);
    if (gr_map_set(l->arena, &l->know->countries, country.iso3, index) != GR_MAP_NONE)
        return gr_fail_at(err, entry->at, "country %.*s stands twice; remove one", GR_FMT(country.iso3));
    return GR_OK;
}

static gr_slice lower_ascii(gr_arena *arena, gr_slice s) {
    gr_slice copy = gr_copy(arena, s);
    for (size_t i = 0; i < copy.len; i++)
        ((char *)(uintptr_t)copy.ptr)[i] = (char)tolower((unsigned char)copy.ptr[i]);
    return copy;
}

/* All values of the field that `{key}` names in a country: "{adj-fr.1}" one item, "{adj-en}" each variant. */
static void field_values(loader *l, const gr_entry *country, gr_slice key, gr_slices *out) {
    if (gr_eq(key, GR_S("iso3"))) {
        gr_push(l->arena, out, lower_ascii(l->arena, country->name));
        return;
    }
    gr_slice name = key;
    uint64_t number = UINT64_MAX;
    const char *dot = key.len ? memchr(key.ptr, '.', key.len) : NULL;
    if (dot) {
        name = gr_sub(key, 0, (size_t)(dot - key.ptr));
        if (!gr_parse_u64(gr_sub(key, name.len + 1, key.len), &number)) return;
    }
    gr_slice list = {0}, item;
    for (uint32_t f = 0; f < country->field_count; f++)
        if (gr_eq(country->field[f].name, name)) list = country->field[f].value;
    for (uint64_t i = 0; gr_next_item(&list, &item); i++)
        if ((number == UINT64_MAX || number == i) && !gr_eq(item, GR_S("-"))) gr_push(l->arena, out, item);
}

/* The parts with `between` between them. Tens of thousands of names are made at start, so without printf. */
static gr_slice join(gr_arena *arena, const gr_slice *part, uint32_t count, const char *between) {
    size_t gap = strlen(between), len = 0, at = 0;
    for (uint32_t i = 0; i < count; i++) len += part[i].len + (i ? gap : 0);
    char *out = gr_alloc(arena, len + 1);
    for (uint32_t i = 0; i < count; i++) {
        if (i) memcpy(out + at, between, gap);
        at += i ? gap : 0;
        if (part[i].len) memcpy(out + at, part[i].ptr, part[i].len);
        at += part[i].len;
    }
    return (gr_slice){out, len};
}

enum { MAX_FILLED = 64 };

/* Fills the first {key} of text with each value and goes on with the rest; appends the results. */
static void fill(loader *l, const gr_entry *country, gr_slice text, gr_slices *out) {
    const char *open = text.len ? memchr(text.ptr, '{', text.len) : NULL;
    const char *close = open ? memchr(open, '}', (size_t)(text.ptr + text.len - open)) : NULL;
    if (!close) {
        if (out->count < MAX_FILLED) gr_push(l->arena, out, text);
        return;
    }
    gr_slice head = gr_sub(text, 0, (size_t)(open - text.ptr));
    gr_slice key = {open + 1, (size_t)(close - open - 1)};
    gr_slice tail = gr_sub(text, (size_t)(close + 1 - text.ptr), text.len);
    gr_slices values = {0};
    field_values(l, country, key, &values);
    for (uint32_t i = 0; i < values.count; i++)
        fill(l, country, join(l->arena, (gr_slice[]){head, values.item[i], tail}, 3, ""), out);
}

static gr_slice fill_first(loader *l, const gr_entry *country, gr_slice text) {
    gr_slices all = {0};
    fill(l, country, text, &all);
    return all.count ? all.item[0] : (gr_slice){NULL, 0};
}

static gr_slice fill_list(loader *l, const gr_entry *country, gr_slice list) {
    gr_slices all = {0};
    gr_slice item;
    while (gr_next_item(&list, &item)) fill(l, country, item, &all);
    return join(l->arena, all.item, all.count, " | ");
}

static gr_status load_pattern(loader *l, const gr_entry *pattern, gr_error *err) {
    for (uint32_t c = 0; c < l->country.count; c++) {
        const gr_entry *country = l->country_entry[c];
        gr_entry filled = {
            .keyword = GR_S("actor"), .name = fill_first(l, country, pattern->name), .at = pattern->at};
        filled.field = gr_alloc_array(l->arena, pattern->field_count + 1, sizeof *filled.field);
        for (uint32_t f = 0; f < pattern->field_count; f++) {
            gr_field field = pattern->field[f];
            field.value = gr_eq(field.name, GR_S("name")) ? fill_first(l, country, field.value)
                                                          : fill_list(l, country, field.value);
            if (field.value.len) filled.field[filled.field_count++] = field;
        }
        filled.field[filled.field_count++] =
            (gr_field){.name = GR_S("country"), .value = country->name, .at = pattern->at};
        gr_status status = load_actor(l, &filled, err);
        if (status != GR_OK) return status;
    }
    return GR_OK;
}

static gr_status each(loader *l, gr_slice keyword, gr_status (*load)(loader *, const gr_entry *, gr_error *),
                      gr_error *err) {
    for (uint32_t i = 0; i < l->entries->count; i++) {
        if (!gr_eq(l->entries->item[i].keyword, keyword)) continue;
        gr_status status = load(l, &l->entries->item[i], err);
        if (status != GR_OK) return status;
    }
    return GR_OK;
}

static gr_status check_keywords(const gr_entries *entries, gr_error *err) {
    for (uint32_t i = 0; i < entries->count; i++) {
        const gr_entry *entry = &entries->item[i];
        if (!gr_eq(entry->keyword, GR_S("actor")) && !gr_eq(entry->keyword, GR_S("pattern")) &&
            !gr_eq(entry->keyword, GR_S("country")))
            return gr_fail_at(err, entry->at, "unknown block '%.*s'; here stand actor, pattern and country",
                              GR_FMT(entry->keyword));
    }
    return GR_OK;
}

static gr_status check_complete(const loader *l, gr_error *err) {
    for (uint32_t i = 0; i < l->entries->count; i++) {
        const gr_entry *entry = &l->entries->item[i];
        if (!gr_eq(entry->keyword, GR_S("actor"))) continue;
        const gr_actor *actor = &l->actor.item[gr_map_get(&l->know->actors, entry->name)];
        if (!actor->name.len || !actor->kind.len)
            return gr_fail_at(err, entry->at, "actor %.*s needs a name and a kind", GR_FMT(entry->name));
    }
    return GR_OK;
}

gr_status gr_actors_load(gr_knowledge *knowledge, const gr_entries *entries, gr_error *err) {
    loader l = {.know = knowledge, .entries = entries, .arena = knowledge->arena};
    gr_status status = check_keywords(entries, err);
    if (status == GR_OK) status = each(&l, GR_S("country"), load_country, err);
    if (status != GR_OK) return status;
    l.country_entry = gr_alloc_array(l.arena, l.country.count + 1, sizeof *l.country_entry);
    uint32_t c = 0;
    for (uint32_t i = 0; i < entries->count; i++)
        if (gr_eq(entries->item[i].keyword, GR_S("country"))) l.country_entry[c++] = &entries->item[i];
    status = each(&l, GR_S("actor"), load_actor, err);
    if (status == GR_OK) status = each(&l, GR_S("pattern"), load_pattern, err);
    if (status == GR_OK) status = check_complete(&l, err);
    knowledge->actor = l.actor.item;
    knowledge->actor_count = l.actor.count;
    knowledge->country = l.country.item;
    knowledge->country_count = l.country.count;
    return status;
}
