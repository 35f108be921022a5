/* Reading the rule blocks. The language is described in docs/rules.md. */
#include "know/rules.h"

#include "know/know_internal.h"
#include "know/terms.h"

typedef struct rule_loader {
    gr_knowledge *know;
    gr_arena *arena;
    gr_slice lang;
    bool ties; /* the rules make relations, not claims */
    GR_VEC(gr_rule) rule;
    /* of the rule being read */
    GR_VEC(gr_anchor) anchor;
    GR_VEC(gr_role_slot) role;
    GR_VEC(gr_count_slot) count;
    GR_VEC(gr_condition) condition;
    GR_VEC(gr_example) example;
} rule_loader;

static const struct {
    const char *name;
    gr_path_kind kind;
} path_names[] = {{"subject", GR_PATH_SUBJECT}, {"object", GR_PATH_OBJECT},         {"by", GR_PATH_BY},
                  {"poss", GR_PATH_POSS},       {"compound", GR_PATH_COMPOUND},     {"head", GR_PATH_HEAD},
                  {"about", GR_PATH_ABOUT},     {"complement", GR_PATH_COMPLEMENT}, {"self", GR_PATH_SELF}};

static const struct {
    const char *name;
    gr_property property;
} property_names[] = {{"people", GR_IS_PEOPLE},     {"armed", GR_IS_ARMED},   {"state", GR_IS_STATE},
                      {"civilian", GR_IS_CIVILIAN}, {"party", GR_IS_PARTY},   {"place", GR_IS_PLACE},
                      {"facility", GR_IS_FACILITY}, {"weapon", GR_IS_WEAPON}, {"number", GR_IS_NUMBER},
                      {"person", GR_IS_PERSON},     {"event", GR_IS_EVENT},   {"unknown", GR_IS_UNKNOWN},
                      {"name", GR_IS_NAME}};

/* A path is one of the names above; any other single word is a preposition. */
static gr_path read_path(rule_loader *l, gr_slice word) {
    for (size_t i = 0; i < sizeof path_names / sizeof *path_names; i++)
        if (gr_eq(word, gr_slice_of(path_names[i].name))) return (gr_path){path_names[i].kind, {NULL, 0}};
    return (gr_path){GR_PATH_PREP, gr_words_key(l->arena, word)};
}

static gr_paths read_paths(rule_loader *l, gr_slice text) {
    GR_VEC(gr_path) paths = {0};
    char *plain = (char *)(uintptr_t)gr_copy(l->arena, text).ptr;
    for (size_t i = 0; i < text.len; i++)
        if (plain[i] == ',') plain[i] = '|';
    gr_slice list = {plain, text.len}, item;
    while (gr_next_item(&list, &item)) gr_push(l->arena, &paths, read_path(l, item));
    return (gr_paths){paths.item, paths.count};
}

static gr_status read_anchor(rule_loader *l, const gr_field *field, gr_error *err) {
    gr_slice list = field->value, item;
    list = gr_trim(list);
    gr_slice pos = gr_cut(&list, ' ');
    unsigned mask = gr_eq(pos, GR_S("verb"))   ? GR_ANCHOR_VERB
                    : gr_eq(pos, GR_S("noun")) ? GR_ANCHOR_NOUN
                    : gr_eq(pos, GR_S("adj"))  ? GR_ANCHOR_ADJ
                                               : 0u;
    if (!mask)
        return gr_fail_at(err, field->at, "an anchor starts with verb, noun or adj, not '%.*s'", GR_FMT(pos));
    while (gr_next_item(&list, &item)) {
        gr_slice head = gr_cut(&item, ' ');
        if (mask == GR_ANCHOR_NOUN && item.ptr && !memchr(item.ptr, ' ', item.len)) { /* "mass grave" */
            gr_slice first = head;
            head = item;
            item = first;
        }
        gr_push(l->arena, &l->anchor,
                (gr_anchor){mask, gr_words_key(l->arena, head),
                            item.ptr ? gr_words_key(l->arena, item) : GR_S("")});
    }
    return GR_OK;
}

static gr_status read_count(rule_loader *l, const gr_field *field, gr_error *err) {
    gr_slice rest = gr_trim(field->value);
    gr_slice name = gr_cut(&rest, ' ');
    gr_what what = gr_what_of(name);
    if (what == GR_WHAT_COUNT)
        return gr_fail_at(err, field->at, "unknown count '%.*s'; see counts.what in docs/claims.md",
                          GR_FMT(name));
    gr_count_slot slot = {.what = what, .of = GR_NONE_ROLE, .paths = read_paths(l, rest)};
    if (!slot.paths.count)
        return gr_fail_at(err, field->at, "a count needs a place to look, as in `count killed object`");
    gr_push(l->arena, &l->count, slot);
    return GR_OK;
}

static const struct {
    const char *word;
    gr_test_kind test;
} tests[] = {{"is", GR_TEST_IS},
             {"word", GR_TEST_WORD},
             {"case", GR_TEST_CASE},
             {"near", GR_TEST_NEAR},
             {"cause", GR_TEST_CAUSE}};

/* Splits "subject | by is armed | state" at the test word; what stands before it are paths. */
static gr_test_kind cut_at_test(gr_slice value, gr_slice *before, gr_slice *after) {
    gr_slice rest = value, word;
    while (gr_next_word(&rest, &word)) {
        for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
            if (!gr_eq(word, gr_slice_of(tests[i].word))) continue;
            *before = gr_trim(gr_sub(value, 0, (size_t)(word.ptr - value.ptr)));
            *after = rest.ptr ? rest : GR_S("");
            return tests[i].test;
        }
    }
    *before = value;
    *after = GR_S("");
    return GR_TEST_EXISTS;
}

static gr_status read_properties(const gr_field *field, gr_slice list, unsigned *out, gr_error *err) {
    gr_slice item;
    while (gr_next_item(&list, &item)) {
        unsigned property = 0;
        for (size_t i = 0; i < sizeof property_names / sizeof *property_names; i++)
            if (gr_eq(item, gr_slice_of(property_names[i].name))) property = property_names[i].property;
        if (!property)
            return gr_fail_at(err, field->at, "unknown property '%.*s'; see `is` in docs/rules.md",
                              GR_FMT(item));
        *out |= property;
    }
    if (!*out) return gr_fail_at(err, field->at, "`is` needs a property, as in `need object is people`");
    return GR_OK;
}

static gr_status read_words(rule_loader *l, const gr_field *field, gr_slice list, gr_map *out,
                            gr_error *err) {
    gr_slice item;
    while (gr_next_item(&list, &item)) {
        if (item.ptr[0] == '@' && gr_map_get(&l->know->classes, gr_sub(item, 1, item.len)) == GR_MAP_NONE)
            return gr_fail_at(err, field->at, "no class '%.*s' in the lexicon", GR_FMT(item));
        gr_map_set(l->arena, out, item.ptr[0] == '@' ? item : gr_words_key(l->arena, item), 1);
    }
    if (!out->count)
        return gr_fail_at(err, field->at, "this test needs words, as in `unless object word budget`");
    return GR_OK;
}

/* Few conditions name classes: found once, so that the others need no walk over their words. */
static void list_classes(gr_arena *arena, gr_condition *condition) {
    const gr_map *words = &condition->words;
    condition->class_name = gr_alloc_array(arena, (size_t)words->count + 1, sizeof *condition->class_name);
    for (uint32_t i = 0; i < words->count; i++) {
        gr_slice key = words->item[i].key;
        if (key.ptr[0] == '@') condition->class_name[condition->class_count++] = gr_sub(key, 1, key.len);
    }
}

static gr_status read_condition(rule_loader *l, const gr_field *field, bool unless, gr_error *err) {
    gr_slice before, after;
    gr_condition condition = {.unless = unless, .at = field->at, .source = field->value};
    condition.test = cut_at_test(field->value, &before, &after);
    condition.paths = read_paths(l, before);
    if (!condition.paths.count &&
        (condition.test == GR_TEST_EXISTS || condition.test == GR_TEST_IS || condition.test == GR_TEST_WORD))
        return gr_fail_at(err, field->at,
                          "a condition names what it looks at, as in `need object is people`");
    gr_status status = GR_OK;
    if (condition.test == GR_TEST_IS) status = read_properties(field, after, &condition.properties, err);
    if (condition.test != GR_TEST_EXISTS && condition.test != GR_TEST_IS)
        status = read_words(l, field, after, &condition.words, err);
    list_classes(l->arena, &condition);
    gr_push(l->arena, &l->condition, condition);
    return status;
}

static gr_status read_marks(gr_rule *rule, const gr_field *field, gr_error *err) {
    gr_slice list = field->value, item;
    while (gr_next_item(&list, &item)) {
        if (gr_eq(item, GR_S("state")))
            rule->state = true;
        else if (gr_eq(item, GR_S("reciprocal")))
            rule->reciprocal = true;
        else if (gr_eq(item, GR_S("speech")))
            rule->speech = true;
        else if (gr_eq(item, GR_S("sides")))
            rule->sides = true;
        else if (gr_eq(item, GR_S("background")))
            rule->background = true;
        else
            return gr_fail_at(err, field->at,
                              "unknown mark '%.*s'; use state, speech, reciprocal, sides or background",
                              GR_FMT(item));
    }
    return GR_OK;
}

static void read_example(rule_loader *l, const gr_field *field, bool positive) {
    gr_example example = {.positive = positive, .text = field->value, .at = field->at};
    const char *arrow = field->value.len ? memmem(field->value.ptr, field->value.len, "=>", 2) : NULL;
    if (arrow) {
        size_t cut = (size_t)(arrow - field->value.ptr);
        example.text = gr_trim(gr_sub(field->value, 0, cut));
        example.expected = gr_trim(gr_sub(field->value, cut + 2, field->value.len));
    }
    gr_push(l->arena, &l->example, example);
}

static gr_status read_type(rule_loader *l, gr_rule *rule, const gr_field *field, gr_error *err) {
    if (l->ties) {
        rule->type = gr_tie_of(field->value);
        if (rule->type == GR_TIE_COUNT)
            return gr_fail_at(err, field->at, "unknown type '%.*s'; see docs/relations.md",
                              GR_FMT(field->value));
        return GR_OK;
    }
    rule->type = gr_map_get(&l->know->types, field->value);
    if (rule->type == GR_MAP_NONE)
        return gr_fail_at(err, field->at, "unknown type '%.*s'; the types stand in ontology.txt",
                          GR_FMT(field->value));
    rule->kind = l->know->type[rule->type].kind;
    return GR_OK;
}

static gr_status read_kind(rule_loader *l, gr_rule *rule, const gr_field *field, gr_error *err) {
    gr_kind kind = gr_kind_of(field->value);
    if (rule->type == GR_NO_TYPE) return gr_fail_at(err, field->at, "name the type before the kind");
    if (kind == GR_KIND_COUNT || !(l->know->type[rule->type].kinds & 1u << kind))
        return gr_fail_at(err, field->at, "type %.*s has no kind '%.*s' in ontology.txt",
                          GR_FMT(l->know->type[rule->type].name), GR_FMT(field->value));
    rule->kind = kind;
    return GR_OK;
}

static gr_status read_reality(gr_rule *rule, const gr_field *field, gr_error *err) {
    gr_reality reality = gr_reality_of(field->value);
    if (reality == GR_REALITY_COUNT)
        return gr_fail_at(err, field->at, "unknown reality '%.*s'; see docs/claims.md", GR_FMT(field->value));
    rule->reality = (unsigned)reality + 1;
    return GR_OK;
}

/* Classes of places that an act may ask for (place/place.h). */
static gr_status read_site(rule_loader *l, gr_rule *rule, const gr_field *field, gr_error *err) {
    static const char *const SITE[] = {"populated", "park", "water", "terrain", "facility", "prison", "base"};
    gr_slice list = field->value, item;
    while (gr_next_item(&list, &item)) {
        if (!GR_AMONG(item, SITE))
            return gr_fail_at(
                err, field->at,
                "unknown site '%.*s'; use populated, park, water, terrain, facility, prison or base",
                GR_FMT(item));
        gr_map_set(l->arena, &rule->site, item, 1);
    }
    return GR_OK;
}

static gr_status read_field(rule_loader *l, gr_rule *rule, const gr_field *field, gr_error *err) {
    gr_slice name = field->name;
    gr_role role = gr_role_of(name);
    if (role != GR_ROLE_COUNT) {
        gr_push(l->arena, &l->role, (gr_role_slot){role, read_paths(l, field->value)});
        return GR_OK;
    }
    if (gr_eq(name, GR_S("type"))) return read_type(l, rule, field, err);
    if (gr_eq(name, GR_S("kind"))) return read_kind(l, rule, field, err);
    if (gr_eq(name, GR_S("anchor"))) return read_anchor(l, field, err);
    if (gr_eq(name, GR_S("count"))) return read_count(l, field, err);
    if (gr_eq(name, GR_S("need"))) return read_condition(l, field, false, err);
    if (gr_eq(name, GR_S("unless"))) return read_condition(l, field, true, err);
    if (gr_eq(name, GR_S("reality"))) return read_reality(rule, field, err);
    if (gr_eq(name, GR_S("mark"))) return read_marks(rule, field, err);
    if (gr_eq(name, GR_S("site"))) return read_site(l, rule, field, err);
    if (gr_eq(name, GR_S("+")) || gr_eq(name, GR_S("-"))) {
        read_example(l, field, name.ptr[0] == '+');
        return GR_OK;
    }
    return gr_fail_at(err, field->at, "unknown line '%.*s' in a rule; see docs/rules.md", GR_FMT(name));
}

/* Which party a count counts: the role that shares a path with it. */
static void tie_counts(rule_loader *l) {
    for (uint32_t c = 0; c < l->count.count; c++) {
        gr_count_slot *slot = &l->count.item[c];
        for (uint32_t r = 0; r < l->role.count && slot->of == GR_NONE_ROLE; r++)
            for (uint32_t p = 0; p < l->role.item[r].paths.count; p++) {
                const gr_path *a = &l->role.item[r].paths.path[p], *b = &slot->paths.path[0];
                if (a->kind == b->kind && gr_eq(a->preposition, b->preposition))
                    slot->of = l->role.item[r].role;
            }
    }
}

static gr_status read_rule(rule_loader *l, const gr_entry *entry, gr_error *err) {
    if (!gr_eq(entry->keyword, GR_S("rule")))
        return gr_fail_at(err, entry->at, "unknown block '%.*s'; here only `rule` blocks stand",
                          GR_FMT(entry->keyword));
    gr_rule rule = {.name = gr_printf(l->arena, "%.*s.%.*s", GR_FMT(l->lang), GR_FMT(entry->name)),
                    .lang = l->lang,
                    .type = GR_NO_TYPE,
                    .at = entry->at};
    l->anchor.item = NULL, l->anchor.count = l->anchor.capacity = 0;
    l->role.item = NULL, l->role.count = l->role.capacity = 0;
    l->count.item = NULL, l->count.count = l->count.capacity = 0;
    l->condition.item = NULL, l->condition.count = l->condition.capacity = 0;
    l->example.item = NULL, l->example.count = l->example.capacity = 0;
    for (uint32_t f = 0; f < entry->field_count; f++) {
        gr_status status = read_field(l, &rule, &entry->field[f], err);
        if (status != GR_OK) return status;
    }
    if (rule.type == GR_NO_TYPE)
        return gr_fail_at(err, entry->at, "rule %.*s needs a type", GR_FMT(entry->name));
    if (!l->anchor.count) return gr_fail_at(err, entry->at, "rule %.*s needs an anchor", GR_FMT(entry->name));
    tie_counts(l);
    rule.anchor = l->anchor.item, rule.anchor_count = l->anchor.count;
    rule.role = l->role.item, rule.role_count = l->role.count;
    rule.count = l->count.item, rule.count_count = l->count.count;
    rule.condition = l->condition.item, rule.condition_count = l->condition.count;
    rule.example = l->example.item, rule.example_count = l->example.count;
    for (uint32_t i = 0; i < l->rule.count; i++)
        if (gr_eq(l->rule.item[i].name, rule.name))
            return gr_fail_at(err, entry->at, "rule %.*s stands twice (first at line %u of %.*s)",
                              GR_FMT(entry->name), l->rule.item[i].at.line, GR_FMT(l->rule.item[i].at.file));
    gr_push(l->arena, &l->rule, rule);
    return GR_OK;
}

static void index_rule(gr_knowledge *know, gr_rules *rules, uint32_t number) {
    const gr_rule *rule = &rules->rule[number];
    for (uint32_t a = 0; a < rule->anchor_count; a++) {
        gr_slice lemma = rule->anchor[a].lemma;
        uint32_t at = gr_map_get(&rules->by_lemma, lemma);
        if (at == GR_MAP_NONE) {
            at = rules->list_count;
            if (rules->list_count == rules->list_capacity)
                rules->list = gr_grow(know->arena, rules->list, rules->list_count, &rules->list_capacity,
                                      rules->list_count + 1u, sizeof *rules->list);
            rules->list[rules->list_count++] = (struct gr_rule_list){0};
            gr_map_set(know->arena, &rules->by_lemma, lemma, at);
        }
        struct gr_rule_list *list = &rules->list[at];
        if (list->count == list->capacity)
            list->rule = gr_grow(know->arena, list->rule, list->count, &list->capacity, list->count + 1u,
                                 sizeof *list->rule);
        list->rule[list->count++] = number << 8 | (a < 255 ? a : 255);
    }
}

static gr_status load(gr_knowledge *knowledge, const gr_entries *entries, gr_slice lang, bool ties,
                      gr_error *err) {
    rule_loader l = {.know = knowledge, .arena = knowledge->arena, .lang = lang, .ties = ties};
    gr_rules **into = ties ? &knowledge->ties : &knowledge->rules;
    if (!*into) *into = gr_alloc(knowledge->arena, sizeof **into);
    gr_rules *rules = *into;
    for (uint32_t i = 0; i < rules->count; i++) gr_push(l.arena, &l.rule, rules->rule[i]);
    uint32_t first = rules->count;
    for (uint32_t i = 0; i < entries->count; i++) {
        gr_status status = read_rule(&l, &entries->item[i], err);
        if (status != GR_OK) return status;
    }
    rules->rule = l.rule.item;
    rules->count = l.rule.count;
    for (uint32_t i = first; i < rules->count; i++) index_rule(knowledge, rules, i);
    return GR_OK;
}

gr_status gr_rules_load(gr_knowledge *knowledge, const gr_entries *entries, gr_slice lang, gr_error *err) {
    return load(knowledge, entries, lang, false, err);
}

gr_status gr_ties_load(gr_knowledge *knowledge, const gr_entries *entries, gr_slice lang, gr_error *err) {
    return load(knowledge, entries, lang, true, err);
}

/* Every rule for relations speaks, so that none is shadowed. */
static uint32_t review(const gr_rules *rules, bool first_speaks, gr_buffer *report) {
    uint32_t warnings = 0;
    for (uint32_t i = 0; rules && i < rules->count; i++) {
        const gr_rule *rule = &rules->rule[i];
        bool positive = false, negative = false;
        for (uint32_t e = 0; e < rule->example_count; e++)
            rule->example[e].positive ? (positive = true) : (negative = true);
        if (!positive || !negative) {
            gr_buffer_printf(report, "%.*s:%u: rule %.*s has no %s example\n", GR_FMT(rule->at.file),
                             rule->at.line, GR_FMT(rule->name), positive ? "negative" : "positive");
            warnings++;
        }
    }
    for (uint32_t i = 0; rules && first_speaks && i < rules->count; i++)
        for (uint32_t j = i + 1; j < rules->count; j++) {
            const gr_rule *a = &rules->rule[i], *b = &rules->rule[j];
            if (a->type != b->type || a->condition_count || a->kind != b->kind || !gr_eq(a->lang, b->lang))
                continue;
            for (uint32_t x = 0; x < a->anchor_count; x++)
                for (uint32_t y = 0; y < b->anchor_count; y++)
                    if ((a->anchor[x].pos & b->anchor[y].pos) &&
                        gr_eq(a->anchor[x].lemma, b->anchor[y].lemma) &&
                        gr_eq(a->anchor[x].with, b->anchor[y].with)) {
                        gr_buffer_printf(report,
                                         "%.*s:%u: anchor '%.*s' of rule %.*s is shadowed by rule %.*s\n",
                                         GR_FMT(b->at.file), b->at.line, GR_FMT(b->anchor[y].lemma),
                                         GR_FMT(b->name), GR_FMT(a->name));
                        warnings++;
                    }
        }
    return warnings;
}

uint32_t gr_rules_review(const gr_knowledge *knowledge, gr_buffer *report) {
    return review(knowledge->rules, true, report) + review(knowledge->ties, false, report);
}
