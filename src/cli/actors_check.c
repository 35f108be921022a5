/* griot actors check: slips in knowledge/actors that loading does not see. Faults make the command fail;
 * clashes, which can be meant, are only told. */
#include "base/limits.h"
#include "base/os.h"
#include "base/utf8.h"
#include "cli/actors.h"
#include "cli/data.h"
#include "cli/json.h"
#include "cli/screen.h"
#include "know/blocks.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct checker {
    gr_arena *arena;
    const gr_knowledge *know;
    const gr_gazetteer *gazetteer;
    gr_entries entries;
    gr_map by_id;   /* id -> entry */
    gr_map aliases; /* "N words" or "A WORDS" -> entry that bears it first */
    bool json;
    uint32_t faults, clashes;
    gr_status status; /* not GR_OK: a line could not be printed, as *err says */
    gr_error *err;
} checker;

static void tell(checker *c, bool fault, gr_place_in_file at, gr_slice message) {
    *(fault ? &c->faults : &c->clashes) += 1;
    gr_status printed = GR_OK;
    if (c->json)
        printed = gr_json_print(json_pack("{s:s, s:s%, s:i, s:i, s:s%}", "what", fault ? "fault" : "clash",
                                          "file", at.file.ptr, at.file.len, "line", (int)at.line, "column",
                                          (int)at.column, "message", message.ptr, message.len),
                                c->err);
    else
        printf("%.*s:%u:%u: %s: %.*s\n", GR_FMT(at.file), at.line, at.column, fault ? "fault" : "clash",
               GR_FMT(message));
    if (printed != GR_OK) c->status = printed;
}

/* ---- reading ---- */

static int by_path(const void *a, const void *b) {
    return gr_compare(*(const gr_slice *)a, *(const gr_slice *)b);
}

static gr_status read_file(checker *c, gr_slice path, gr_error *err) {
    char *bytes;
    size_t len;
    gr_status status = gr_os_read_all(path.ptr, GR_MAX_KNOWLEDGE_FILE_B, &bytes, &len, err);
    if (status != GR_OK) return status;
    gr_slice copy = gr_copy(c->arena, (gr_slice){bytes, len});
    gr_os_free(bytes);
    return gr_read_blocks(c->arena, copy, path, &c->entries, err);
}

static gr_status read_folder(checker *c, const char *dir, gr_error *err) {
    gr_slice names[GR_MAX_KNOWLEDGE_FILES];
    char found[GR_MAX_KNOWLEDGE_FILES][256];
    uint32_t count = 0;
    DIR *folder = opendir(dir);
    if (!folder) return gr_fail(err, GR_NOT_FOUND, dir, "cannot be opened; name a knowledge folder");
    for (struct dirent *entry; (entry = readdir(folder)) && count < GR_MAX_KNOWLEDGE_FILES;)
        if (gr_ends(gr_slice_of(entry->d_name), GR_S(".txt")))
            snprintf(found[count++], 256, "%s", entry->d_name);
    closedir(folder);
    for (uint32_t i = 0; i < count; i++) names[i] = gr_printf(c->arena, "%s/%s", dir, found[i]);
    qsort(names, count, sizeof *names, by_path);
    gr_status status = GR_OK;
    for (uint32_t i = 0; status == GR_OK && i < count; i++) status = read_file(c, names[i], err);
    return status;
}

/* ---- ids, dates ---- */

static bool is_actor(const gr_entry *entry) {
    return gr_eq(entry->keyword, GR_S("actor"));
}

static void check_id(checker *c, uint32_t index) {
    const gr_entry *entry = &c->entries.item[index];
    uint32_t before = gr_map_get(&c->by_id, entry->name);
    if (before == GR_MAP_NONE) {
        gr_map_set(c->arena, &c->by_id, entry->name, index);
        return;
    }
    const gr_place_in_file first = c->entries.item[before].at;
    tell(c, true, entry->at,
         gr_printf(c->arena, "actor %.*s stands twice, first at %.*s:%u; join them or rename one",
                   GR_FMT(entry->name), GR_FMT(first.file), first.line));
}

/* Is a, as far as both are written, behind b? */
static bool later(gr_slice a, gr_slice b) {
    size_t len = a.len < b.len ? a.len : b.len;
    return len && gr_compare(gr_sub(a, 0, len), gr_sub(b, 0, len)) > 0;
}

static void check_years(checker *c, const gr_field *field, gr_slice years) {
    const char *dots = years.len > 2 ? memmem(years.ptr, years.len, "..", 2) : NULL;
    if (!dots) return;
    gr_slice from = gr_sub(years, 0, (size_t)(dots - years.ptr));
    gr_slice to = gr_sub(years, from.len + 2, years.len);
    if (later(from, to))
        tell(c, true, field->at,
             gr_printf(c->arena, "the years %.*s are reversed; write the earlier one first", GR_FMT(years)));
}

static void check_dates(checker *c, const gr_entry *entry) {
    const gr_field *since = gr_entry_field(entry, "since"), *until = gr_entry_field(entry, "until");
    if (since && until && later(since->value, until->value))
        tell(c, true, until->at,
             gr_printf(c->arena, "actor %.*s ends (%.*s) before it begins (%.*s)", GR_FMT(entry->name),
                       GR_FMT(until->value), GR_FMT(since->value)));
}

/* ---- relations ---- */

static const char *const relations[] = {"part-of", "split-from", "merged-into", "allied-with", "rival-of"};
enum { ONE_WAY = 3 }; /* the first of them cannot come back to where they started */

static bool known_actor(const checker *c, gr_slice id) {
    return gr_map_get(&c->by_id, id) != GR_MAP_NONE || gr_map_get(&c->know->actors, id) != GR_MAP_NONE;
}

static void check_relations(checker *c, const gr_entry *entry) {
    for (uint32_t f = 0; f < entry->field_count; f++)
        for (size_t k = 0; k < sizeof relations / sizeof *relations; k++) {
            const gr_field *field = &entry->field[f];
            if (!gr_eq(field->name, gr_slice_of(relations[k]))) continue;
            gr_slice years = field->value, other = gr_cut(&years, ' ');
            if (!known_actor(c, other))
                tell(c, true, field->at,
                     gr_printf(c->arena, "%s %.*s: no such actor", relations[k], GR_FMT(other)));
            if (years.ptr) check_years(c, field, gr_trim(years));
        }
}

/* Follows one relation from `at`; true when it comes back to `start`. */
static bool comes_back(const checker *c, uint32_t start, uint32_t at, const char *relation, unsigned depth) {
    const gr_entry *entry = &c->entries.item[at];
    for (uint32_t f = 0; f < entry->field_count && depth < 32; f++) {
        if (!gr_eq(entry->field[f].name, gr_slice_of(relation))) continue;
        gr_slice value = entry->field[f].value;
        uint32_t next = gr_map_get(&c->by_id, gr_cut(&value, ' '));
        if (next == start) return true;
        if (next != GR_MAP_NONE && next != at && comes_back(c, start, next, relation, depth + 1)) return true;
    }
    return false;
}

static void check_cycles(checker *c, uint32_t index) {
    const gr_entry *entry = &c->entries.item[index];
    for (size_t k = 0; k < ONE_WAY; k++) {
        const gr_field *field = gr_entry_field(entry, relations[k]);
        if (field && comes_back(c, index, index, relations[k], 0))
            tell(c, true, field->at,
                 gr_printf(c->arena, "%s goes round in a circle from actor %.*s", relations[k],
                           GR_FMT(entry->name)));
    }
}

/* ---- aliases ---- */

static bool is_alias_field(gr_slice name) {
    static const char *const fields[] = {"name", "en", "fr", "es", "pt", "ar", "ha"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (gr_eq(name, gr_slice_of(fields[i]))) return true;
    return false;
}

static void check_shared(checker *c, uint32_t index, const gr_field *field, gr_slice item, char sort) {
    gr_slice words = sort == 'A' ? item : gr_words_key(c->arena, item);
    gr_slice key = gr_printf(c->arena, "%c %.*s", sort, GR_FMT(words));
    uint32_t first = gr_map_get(&c->aliases, key);
    if (first == GR_MAP_NONE) {
        gr_map_set(c->arena, &c->aliases, key, index);
    } else if (!gr_eq(c->entries.item[first].name, c->entries.item[index].name)) {
        tell(c, false, field->at,
             gr_printf(c->arena, "\"%.*s\" is also a name of actor %.*s; the text will decide by country",
                       GR_FMT(item), GR_FMT(c->entries.item[first].name)));
    }
}

static bool is_lexicon_word(const checker *c, gr_slice key) {
    for (const gr_sense *s = gr_senses_of(c->know, key); s; s = s->next)
        if (s->kind == GR_SENSE_CLASS && c->know->word_class[s->index].of != GR_OF_NAME) return true;
    return false;
}

static void check_words(checker *c, const gr_field *field, gr_slice item) {
    gr_slice key = gr_words_key(c->arena, item), folded = gr_fold(c->arena, item);
    bool several = memchr(key.ptr, ' ', key.len) != NULL;
    if (is_lexicon_word(c, key) || (!several && c->gazetteer && gr_gazetteer_ordinary(c->gazetteer, folded)))
        tell(c, false, field->at,
             gr_printf(c->arena, "\"%.*s\" is also an ordinary word; add a word to it or drop it",
                       GR_FMT(item)));
    else if (c->gazetteer && gr_gazetteer_find(c->gazetteer, folded, NULL, 0))
        tell(c, false, field->at,
             gr_printf(c->arena, "\"%.*s\" is also the name of a place; add a word to it or drop it",
                       GR_FMT(item)));
}

static void check_aliases(checker *c, uint32_t index) {
    const gr_entry *entry = &c->entries.item[index];
    for (uint32_t f = 0; f < entry->field_count; f++) {
        const gr_field *field = &entry->field[f];
        gr_slice list = field->value, item, word;
        if (is_alias_field(field->name))
            while (gr_next_item(&list, &item)) {
                check_shared(c, index, field, item, 'N');
                check_words(c, field, item);
            }
        if (gr_eq(field->name, GR_S("acronym")) || gr_eq(field->name, GR_S("acronym-at-home")))
            while (gr_next_item(&list, &item))
                while (gr_next_word(&item, &word)) check_shared(c, index, field, word, 'A');
    }
}

static gr_status check_all(checker *c, const char *dir, gr_error *err) {
    jmp_buf full;
    if (setjmp(full)) return gr_fail(err, GR_NO_MEMORY, dir, "out of memory while checking the actors");
    gr_arena_guard(c->arena, &full);
    gr_status status = read_folder(c, dir, err);
    if (status != GR_OK) return status;
    for (uint32_t i = 0; i < c->entries.count; i++)
        if (is_actor(&c->entries.item[i])) check_id(c, i);
    for (uint32_t i = 0; i < c->entries.count; i++) {
        if (!is_actor(&c->entries.item[i])) continue;
        check_dates(c, &c->entries.item[i]);
        check_relations(c, &c->entries.item[i]);
        check_cycles(c, i);
        check_aliases(c, i);
    }
    if (c->status != GR_OK) return c->status;
    if (!c->json) printf("%u faults, %u clashes in %s\n", c->faults, c->clashes, dir);
    return c->faults ? gr_fail(err, GR_CHECK, NULL, "%u faults in the actors", c->faults) : GR_OK;
}

gr_status gr_actors_check(const gr_args *args, gr_error *err) {
    char dir[GR_MAX_PATH_B], data[GR_MAX_PATH_B];
    gr_library *library = gr_open_library(err);
    if (!library) return err->status;
    gr_status status = gr_data_dir(data, err);
    if (status == GR_OK && args->operand_count > 1)
        snprintf(dir, sizeof dir, "%s", args->operand[1]);
    else if (status == GR_OK && !gr_path_join(dir, data, "knowledge/actors"))
        status = gr_fail(err, GR_NOT_FOUND, data, "the path is too long");
    checker c = {.arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B),
                 .know = gr_library_knowledge(library),
                 .gazetteer = gr_library_gazetteer(library),
                 .json = gr_args_given(args, "json"),
                 .err = err};
    if (!c.arena && status == GR_OK) status = gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
    if (status == GR_OK) status = check_all(&c, dir, err);
    gr_arena_free(c.arena);
    gr_library_close(library);
    return status;
}
