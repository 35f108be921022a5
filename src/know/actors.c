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
    gr_slices aliases;              /* of the actor that is being loaded */
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
static void add_alias(loader *l, uint32_t index, gr_slice text, gr_sense how) {
    if (!text.len) return;
    gr_push(l->arena, &l->aliases, text);
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

static void add_acronyms(loader *l, uint32_t index, gr_slice list, bool at_home) {
    gr_slice item, word;
    while (gr_next_item(&list, &item))
        while (gr_next_word(&item, &word)) add_alias(l, index, word, (gr_sense){.at_home = at_home});
}

static void add_aliases(loader *l, uint32_t index, const gr_field *field) {
    gr_slice list = field->value, item;
    if (is_alias_field(field->name) || gr_eq(field->name, GR_S("name")) ||
        gr_eq(field->name, GR_S("former"))) {
        while (gr_next_item(&list, &item)) add_alias(l, index, without_years(item), (gr_sense){0});
    } else if (gr_eq(field->name, GR_S("acronym"))) {
        add_acronyms(l, index, list, false);
    } else if (gr_eq(field->name, GR_S("acronym-at-home"))) {
        add_acronyms(l, index, list, true);
    } else if (gr_eq(field->name, GR_S("metonym"))) {
        while (gr_next_item(&list, &item)) add_alias(l, index, item, (gr_sense){.weak = true});
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
    gr_actor *actor = &l->actor.item[index];
    l->aliases.count = 0;
    for (uint32_t i = 0; i < actor->alias_count; i++) gr_push(l->arena, &l->aliases, actor->alias[i]);
    gr_slice name = gr_entry_value(entry, "name"), kind = gr_entry_value(entry, "kind");
    if (name.len) actor->name = name;
    if (kind.len && !known_kind(kind))
        return gr_fail_at(err, gr_entry_field(entry, "kind")->at,
                          "unknown actor kind '%.*s'; see the list in docs/knowledge.md", GR_FMT(kind));
    if (kind.len) actor->kind = kind;
    if (gr_entry_value(entry, "country").len) set_countries(l, actor, gr_entry_value(entry, "country"));
    if (gr_entry_value(entry, "since").len) actor->since = gr_entry_value(entry, "since");
    if (gr_entry_value(entry, "until").len) actor->until = gr_entry_value(entry, "until");
    for (uint32_t f = 0; f < entry->field_count; f++) add_aliases(l, index, &entry->field[f]);
    actor = &l->actor.item[index];
    set_relations(l, actor, entry);
    if (l->aliases.count > actor->alias_count) {
        actor->alias = gr_alloc_array(l->arena, l->aliases.count, sizeof *actor->alias);
        memcpy(actor->alias, l->aliases.item, l->aliases.count * sizeof *actor->alias);
        actor->alias_count = l->aliases.count;
    }
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

enum { MAX_FILLED = 64, MAX_KEYS = 8, MAX_VALUES = 16 /* more go to the arena */ };

/* A text on the way: what stands before each value, and the value. */
typedef struct parts {
    gr_slice part[2 * MAX_KEYS + 1];
    uint32_t count;
} parts;

static gr_slice joined(gr_arena *arena, const parts *p) {
    size_t len = 0;
    for (uint32_t i = 0; i < p->count; i++) len += p->part[i].len;
    char *out = gr_alloc(arena, len + 1), *at = out;
    for (uint32_t i = 0; i < p->count; at += p->part[i++].len)
        if (p->part[i].len) memcpy(at, p->part[i].ptr, p->part[i].len);
    return (gr_slice){out, len};
}

/* Fills the first {key} of `rest` with each value and goes on behind it; appends the results. What a
 * country's value says is never filled in again. */
static void fill_rest(loader *l, const gr_entry *country, parts *done, gr_slice rest, gr_slices *out) {
    const char *open = rest.len ? memchr(rest.ptr, '{', rest.len) : NULL;
    const char *close = open ? memchr(open, '}', (size_t)(rest.ptr + rest.len - open)) : NULL;
    uint32_t before = done->count;
    if (!close || before + 2 >= sizeof done->part / sizeof *done->part) {
        done->part[done->count++] = rest;
        gr_push(l->arena, out, joined(l->arena, done));
        done->count = before;
        return;
    }
    gr_slice key = {open + 1, (size_t)(close - open - 1)};
    gr_slice tail = gr_sub(rest, (size_t)(close + 1 - rest.ptr), rest.len);
    gr_slice room[MAX_VALUES];
    gr_slices values = {.item = room, .capacity = MAX_VALUES};
    field_values(l, country, key, &values);
    done->part[before] = gr_sub(rest, 0, (size_t)(open - rest.ptr));
    done->count = before + 2;
    for (uint32_t i = 0; i < values.count && out->count < MAX_FILLED; i++) {
        done->part[before + 1] = values.item[i];
        fill_rest(l, country, done, tail, out);
    }
    done->count = before;
}

static void fill(loader *l, const gr_entry *country, gr_slice text, gr_slices *out) {
    parts done = {.count = 0};
    if (out->count < MAX_FILLED) fill_rest(l, country, &done, text, out);
}

/* Each item of a pattern has few {keys}: their variants multiply. */
static gr_status check_keys(const gr_entry *pattern, gr_error *err) {
    for (uint32_t f = 0; f < pattern->field_count; f++) {
        gr_slice list = pattern->field[f].value, item;
        while (gr_next_item(&list, &item)) {
            unsigned keys = 0;
            for (size_t i = 0; i < item.len; i++) keys += item.ptr[i] == '{';
            if (keys > MAX_KEYS)
                return gr_fail_at(err, pattern->field[f].at,
                                  "an item has more than %d {fields}; take some out", MAX_KEYS);
        }
    }
    return GR_OK;
}

static gr_slice fill_first(loader *l, const gr_entry *country, gr_slice text) {
    gr_slice room[MAX_FILLED];
    gr_slices all = {.item = room, .capacity = MAX_FILLED};
    fill(l, country, text, &all);
    return all.count ? all.item[0] : (gr_slice){NULL, 0};
}

static gr_slice fill_list(loader *l, const gr_entry *country, gr_slice list) {
    gr_slice item, room[MAX_FILLED];
    gr_slices all = {.item = room, .capacity = MAX_FILLED};
    size_t len = 0;
    while (gr_next_item(&list, &item)) fill(l, country, item, &all);
    if (all.count < 2) return all.count ? all.item[0] : (gr_slice){NULL, 0};
    for (uint32_t i = 0; i < all.count; i++) len += all.item[i].len + 3;
    char *out = gr_alloc(l->arena, len), *at = out;
    for (uint32_t i = 0; i < all.count; i++) {
        if (i) memcpy(at, " | ", 3), at += 3;
        memcpy(at, all.item[i].ptr, all.item[i].len);
        at += all.item[i].len;
    }
    return (gr_slice){out, (size_t)(at - out)};
}

static gr_status load_pattern(loader *l, const gr_entry *pattern, gr_error *err) {
    gr_status checked = check_keys(pattern, err);
    if (checked != GR_OK) return checked;
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
