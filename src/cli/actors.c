/* griot actors: the actors that griot knows, and who is spoken of in a report. */
#include "cli/actors.h"
#include "base/limits.h"
#include "cli/data.h"
#include "cli/inputs.h"
#include "cli/json.h"
#include "cli/screen.h"
#include "cli/table.h"
#include "know/blocks.h"

#include <stdio.h>

static const gr_option options[] = {
    {"country", 0, "CODE", "actors of a country: NER, SYR ..."},
    {"kind", 0, "KIND", "actors of a kind: rebel, militia, state-military, government, io ..."},
    GR_OPTIONS_SOURCE,
    GR_OPTION_JSONL,
    {"output", 'o', "FILE", "where import writes, instead of standard output"},
    GR_OPTION_JSON,
    {0},
};

static bool in_country(const gr_actor *actor, gr_slice code) {
    for (uint32_t i = 0; i < actor->country_count; i++)
        if (gr_eq(gr_slice_of(actor->country[i]), code)) return true;
    return false;
}

/* Do all the words begin words of the name, the id or one alias? */
static bool bears(gr_arena *arena, gr_slice name, gr_slice wanted) {
    gr_slice words = gr_words_key(arena, name), key = gr_printf(arena, " %.*s", GR_FMT(words)), word;
    while (gr_next_word(&wanted, &word)) {
        gr_slice start = gr_printf(arena, " %.*s", GR_FMT(word));
        if (!memmem(key.ptr, key.len, start.ptr, start.len)) return false;
    }
    return true;
}

static bool is_meant(gr_arena *arena, const gr_actor *actor, gr_slice wanted) {
    if (!wanted.len || bears(arena, actor->id, wanted) || bears(arena, actor->name, wanted)) return true;
    for (uint32_t i = 0; i < actor->alias_count; i++)
        if (bears(arena, actor->alias[i], wanted)) return true;
    return false;
}

static json_t *text(gr_slice s) {
    return s.len ? json_stringn(s.ptr, s.len) : json_null();
}

static json_t *relations_of(const gr_actor *actor) {
    json_t *relations = json_array();
    for (uint32_t i = 0; i < actor->relation_count; i++) {
        const gr_relation *r = &actor->relation[i];
        json_array_append_new(relations, json_pack("{s:o, s:o, s:o}", "kind", text(r->kind), "actor",
                                                   text(r->other), "years", text(r->years)));
    }
    return relations;
}

static gr_status print_json(const gr_actor *actor, gr_error *err) {
    json_t *countries = json_array(), *aliases = json_array();
    for (uint32_t i = 0; i < actor->country_count; i++)
        json_array_append_new(countries, json_string(actor->country[i]));
    for (uint32_t i = 0; i < actor->alias_count; i++) json_array_append_new(aliases, text(actor->alias[i]));
    return gr_json_print(json_pack("{s:o, s:o, s:o, s:i, s:s, s:o, s:o, s:o, s:o, s:o}", "actor",
                                   text(actor->id), "name", text(actor->name), "kind", text(actor->kind),
                                   "acled", gr_kind_acled(actor->kind), "plover", gr_kind_plover(actor->kind),
                                   "countries", countries, "aliases", aliases, "since", text(actor->since),
                                   "until", text(actor->until), "relations", relations_of(actor)),
                         err);
}

static void add_row(gr_table *table, const gr_actor *actor) {
    gr_slice countries = {NULL, 0};
    for (uint32_t i = 0; i < actor->country_count; i++)
        countries = gr_printf(table->arena, "%.*s%s%s", GR_FMT(countries), i ? " " : "", actor->country[i]);
    gr_table_row(table, (gr_slice[]){actor->id, actor->name, actor->kind, countries});
}

static gr_status list(const gr_args *args, const gr_knowledge *know, gr_arena *arena, gr_error *err) {
    gr_slice country = gr_args_slice(args, "country"), kind = gr_args_slice(args, "kind");
    if (country.len && gr_map_get(&know->countries, country) == GR_MAP_NONE)
        return gr_fail(err, GR_USAGE, NULL, "actors: --country takes a code such as NER, not \"%s\"",
                       country.ptr);
    gr_slice wanted = {NULL, 0};
    for (int i = 0; i < args->operand_count; i++)
        wanted = gr_printf(arena, "%.*s %s", GR_FMT(wanted), args->operand[i]);
    wanted = gr_words_key(arena, wanted);
    gr_table table = {.arena = arena,
                      .columns = 4,
                      .title = {GR_S("ACTOR"), GR_S("NAME"), GR_S("KIND"), GR_S("COUNTRIES")}};
    unsigned count = 0;
    for (uint32_t i = 0; i < know->actor_count; i++) {
        const gr_actor *actor = &know->actor[i];
        if ((country.len && !in_country(actor, country)) || (kind.len && !gr_eq(actor->kind, kind))) continue;
        if (!is_meant(arena, actor, wanted)) continue;
        count++;
        if (!gr_args_given(args, "json"))
            add_row(&table, actor);
        else if (print_json(actor, err) != GR_OK)
            return err->status;
    }
    if (!gr_args_given(args, "json") && count) gr_table_print(&table);
    if (!gr_args_given(args, "json"))
        printf("%s%u actor%s\n", count ? "\n" : "", count, count == 1 ? "" : "s");
    return GR_OK;
}

static gr_status list_all(const gr_args *args, gr_error *err) {
    char data[GR_MAX_PATH_B], dir[GR_MAX_PATH_B];
    gr_status status = gr_data_dir(data, err);
    if (status != GR_OK) return status;
    if (!gr_path_join(dir, data, "knowledge"))
        return gr_fail(err, GR_NOT_FOUND, data, "the path is too long");
    gr_knowledge *know = gr_knowledge_open(dir, GR_S("en"), err);
    if (!know) return err->status;
    gr_arena *arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B);
    jmp_buf full;
    if (!arena || setjmp(full)) {
        status = gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while listing the actors");
    } else {
        gr_arena_guard(arena, &full);
        status = list(args, know, arena, err);
    }
    gr_arena_free(arena);
    gr_knowledge_close(know);
    return status;
}

static gr_status run(const gr_args *args, gr_error *err) {
    if (args->operand_count && strcmp(args->operand[0], "find") == 0) return gr_actors_find(args, err);
    if (args->operand_count && strcmp(args->operand[0], "check") == 0) return gr_actors_check(args, err);
    if (args->operand_count && strcmp(args->operand[0], "import") == 0)
        return gr_actors_import_file(args, err);
    return list_all(args, err);
}

const gr_command gr_command_actors = {
    .name = "actors",
    .summary = "the actors that griot knows; who is spoken of in a report",
    .synopsis = "[WORDS...] [OPTIONS] | find PATH|-... | check [DIR] | import FILE [-o FILE]",
    .about =
        "Lists the actors of knowledge/actors whose id, name or an alias holds the words given.\n"
        "find prints every mention of an actor, person or described people in reports: the words, which\n"
        "actor they stand for, its kind and country, and whether the text doubts it; with --json one object\n"
        "a mention (docs/actors.md), with --jsonl for a stream of reports.\n"
        "check tells slips in the actor files: faults (ids that stand twice, unknown or circular relations,\n"
        "reversed dates) and clashes (a name of two actors, of a place, or that is an ordinary word).\n"
        "import turns an actor dictionary of TABARI or PETRARCH into blocks for knowledge/actors.\n",
    .examples = "  griot actors macina\n"
                "  griot actors --country NER --kind rebel --json\n"
                "  griot actors find report.txt\n"
                "  griot actors find --json report.txt > mentions.jsonl\n"
                "  griot actors check\n"
                "  griot actors import project.actors -o my-actors.txt\n",
    .option = options,
    .least = 0,
    .most = -1,
    .run = run,
};
