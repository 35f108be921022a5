/* Opening the knowledge folder: files in the order of their names, so that the hash and every index come out
 * the same on every machine. */
#include "know/know.h"

#include "base/digest.h"
#include "base/limits.h"
#include "base/os.h"
#include "know/deeds.h"
#include "know/know_internal.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

enum { USUAL_PHRASES = 128 << 10 }; /* what the patterns come to: room from the start, since growing costs */

const char *const gr_language_code[GR_LANGUAGES] = {"en", "fr"};

typedef struct folder_reader {
    gr_knowledge *know;
    gr_sha256_state hash;
    const char *root;
    bool only_hash; /* the blocks of the files are not wanted */
} folder_reader;

static int by_name(const void *a, const void *b) {
    return gr_compare(*(const gr_slice *)a, *(const gr_slice *)b);
}

/* Names in root/folder that end in `suffix`, sorted. A folder that is absent is empty. */
static void list_folder(folder_reader *r, const char *folder, const char *suffix, gr_slices *out) {
    gr_arena *arena = r->know->arena;
    gr_slice path = gr_printf(arena, "%s/%s", r->root, folder);
    char name[64][256];
    uint32_t count = 0;
    DIR *directory = opendir(path.ptr);
    if (!directory) return;
    for (struct dirent *entry; (entry = readdir(directory)) && count < 64;) {
        size_t len = strlen(entry->d_name);
        bool wanted = gr_ends((gr_slice){entry->d_name, len}, gr_slice_of(suffix));
        if (wanted && len < sizeof name[0]) memcpy(name[count++], entry->d_name, len + 1);
    }
    closedir(directory);
    for (uint32_t i = 0; i < count; i++) gr_push(arena, out, gr_copy(arena, gr_slice_of(name[i])));
    if (count) qsort(out->item, out->count, sizeof *out->item, by_name);
}

static gr_status read_file(folder_reader *r, const char *folder, gr_slice name, gr_entries *out,
                           gr_error *err) {
    gr_arena *arena = r->know->arena;
    gr_slice path = gr_printf(arena, "%s/%s%s%.*s", r->root, folder, folder[0] ? "/" : "", GR_FMT(name));
    gr_mapped mapped;
    gr_status status = gr_os_map(path.ptr, GR_MAX_KNOWLEDGE_FILE_B, &mapped, err);
    if (status != GR_OK) return status;
    char *bytes = gr_os_alloc(mapped.len + 1);
    if (bytes && mapped.len) memcpy(bytes, mapped.data, mapped.len);
    size_t len = mapped.len;
    gr_os_unmap(&mapped);
    if (!bytes)
        return gr_fail(err, GR_NO_MEMORY, path.ptr, "out of memory while reading the knowledge files");
    r->know->file[r->know->file_count++] = bytes;
    gr_sha256_add(&r->hash, gr_sub(path, strlen(r->root), path.len));
    gr_sha256_add(&r->hash, (gr_slice){bytes, len});
    return r->only_hash ? GR_OK : gr_read_blocks(arena, (gr_slice){bytes, len}, path, out, err);
}

static gr_status read_folder(folder_reader *r, const char *folder, const char *suffix, gr_entries *out,
                             gr_error *err) {
    gr_slices names = {0};
    list_folder(r, folder, suffix, &names);
    for (uint32_t i = 0; i < names.count; i++) {
        if (r->know->file_count == GR_MAX_KNOWLEDGE_FILES)
            return gr_fail(err, GR_TOO_LARGE, folder, "more than %d knowledge files; join some",
                           GR_MAX_KNOWLEDGE_FILES);
        gr_status status = read_file(r, folder, names.item[i], out, err);
        if (status != GR_OK) return status;
    }
    return GR_OK;
}

static bool is_one_word(gr_slice key) {
    return key.len == 0 || !memchr(key.ptr, ' ', key.len);
}

/* Index of the entry of these words, made when there is none. */
static uint32_t words_slot(gr_knowledge *know, gr_slice key) {
    gr_map *map = is_one_word(key) ? &know->sense_words : &know->sense_phrases;
    uint32_t at = gr_map_put(know->arena, map, key, know->words_count);
    if (at != GR_MAP_NONE) return at;
    if (know->words_count == know->words_capacity)
        know->words = gr_grow(know->arena, know->words, know->words_count, &know->words_capacity,
                              know->words_count + 1u, sizeof *know->words);
    return know->words_count++;
}

void gr_sense_add(gr_knowledge *knowledge, gr_slice text, gr_sense sense) {
    gr_arena *arena = knowledge->arena;
    gr_slice key = gr_words_key(arena, text);
    if (!key.len) return;
    uint32_t at = words_slot(knowledge, key);
    for (size_t i = 0; !knowledge->words[at].sense && i < key.len; i++) {
        if (key.ptr[i] != ' ') continue;
        uint32_t before = words_slot(knowledge, gr_sub(key, 0, i)); /* moves the words */
        knowledge->words[before].begins = true;
    }
    gr_sense **tail = &knowledge->words[at].sense;
    for (; *tail; tail = &(*tail)->next)
        if ((*tail)->kind == sense.kind && (*tail)->index == sense.index) {
            (*tail)->capitals_only = (*tail)->capitals_only && sense.capitals_only;
            (*tail)->weak = (*tail)->weak && sense.weak;
            (*tail)->at_home = (*tail)->at_home && sense.at_home;
            (*tail)->any_case = (*tail)->any_case || sense.any_case;
            return;
        }
    *tail = gr_alloc(arena, sizeof **tail);
    **tail = sense;
    (*tail)->next = NULL;
}

const gr_sense *gr_senses_and_more(const gr_knowledge *knowledge, gr_slice folded, bool *begins) {
    const gr_map *map = is_one_word(folded) ? &knowledge->sense_words : &knowledge->sense_phrases;
    uint32_t at = gr_map_get(map, folded);
    *begins = at != GR_MAP_NONE && knowledge->words[at].begins;
    return at == GR_MAP_NONE ? NULL : knowledge->words[at].sense;
}

const gr_sense *gr_senses_of(const gr_knowledge *knowledge, gr_slice folded) {
    bool begins;
    return gr_senses_and_more(knowledge, folded, &begins);
}

static uint32_t add_anchor_lemma(gr_knowledge *know, gr_slice lemma) {
    if (know->anchor_lemma_count == know->anchor_lemma_capacity)
        know->anchor_lemma =
            gr_grow(know->arena, know->anchor_lemma, know->anchor_lemma_count, &know->anchor_lemma_capacity,
                    know->anchor_lemma_count + 1u, sizeof(gr_slice));
    know->anchor_lemma[know->anchor_lemma_count] = lemma;
    return know->anchor_lemma_count++;
}

/* A form keeps the first lemma that claims it; one that only resembles an anchor gives way to a real one. */
static void add_stem(gr_knowledge *know, gr_slice word, uint32_t lemma) {
    uint32_t before = gr_map_get(&know->stem_words, word);
    if (before == GR_MAP_NONE || (before == 0 && lemma))
        gr_map_set(know->arena, &know->stem_words, word, lemma);
}

/* The written forms of an English anchor lemma, regular ones; wider than grammar allows, never narrower. */
static void add_english_forms(gr_knowledge *know, gr_slice lemma) {
    static const char *const endings[] = {"", "s", "es", "d", "ed", "ing", "er", "ers", "ings"};
    enum { INFLECTIONS = 6 }; /* the rest are words of their own */
    gr_arena *a = know->arena;
    if (!lemma.len) return;
    uint32_t index = add_anchor_lemma(know, lemma);
    char last = lemma.ptr[lemma.len - 1];
    gr_slice stem = gr_sub(lemma, 0, lemma.len - 1);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        uint32_t of = i < INFLECTIONS ? index : 0;
        if (last != 'e' || i != 4) add_stem(know, gr_printf(a, "%.*s%s", GR_FMT(lemma), endings[i]), of);
        if (i >= 4) add_stem(know, gr_printf(a, "%.*s%c%s", GR_FMT(lemma), last, endings[i]), of);
        if (last == 'e' && i >= 4) add_stem(know, gr_printf(a, "%.*s%s", GR_FMT(stem), endings[i]), of);
        if (last == 'y' && i >= 2) add_stem(know, gr_printf(a, "%.*si%s", GR_FMT(stem), endings[i]), of);
    }
}

/* The same of a French one, without accents as keys are: verbs in -er, -ir and -re, nouns, adjectives. */
static void add_french_forms(gr_knowledge *know, gr_slice lemma) {
    static const char *const of_any[] = {"", "s", "x", "e", "es"};
    static const char *const of_er[] = {"e",     "es",  "ent", "ee",    "ees",   "ai",
                                        "as",    "a",   "ons", "ez",    "erent", "ait",
                                        "aient", "ant", "era", "eront", "erait", "eraient"};
    static const char *const of_other[] = {
        "",         "s",      "t",   "u",     "us",    "ue",     "ues",   "i",     "is",     "ie",
        "ies",      "it",     "ent", "irent", "urent", "ait",    "aient", "ant",   "issent", "issait",
        "issaient", "issant", "ra",  "ront",  "rait",  "raient", "ira",   "iront", "irait",  "iraient"};
    gr_arena *a = know->arena;
    if (lemma.len < 2) return;
    uint32_t index = add_anchor_lemma(know, lemma);
    for (size_t i = 0; i < sizeof of_any / sizeof *of_any; i++)
        add_stem(know, gr_printf(a, "%.*s%s", GR_FMT(lemma), of_any[i]), index);
    gr_slice stem = gr_sub(lemma, 0, lemma.len - 2);
    if (gr_ends(lemma, GR_S("al"))) add_stem(know, gr_printf(a, "%.*saux", GR_FMT(stem)), index);
    bool er = gr_ends(lemma, GR_S("er"));
    if (!er && !gr_ends(lemma, GR_S("ir")) && !gr_ends(lemma, GR_S("re"))) return;
    size_t count = er ? sizeof of_er / sizeof *of_er : sizeof of_other / sizeof *of_other;
    for (size_t i = 0; i < count; i++) {
        const char *ending = er ? of_er[i] : of_other[i];
        add_stem(know, gr_printf(a, "%.*s%s", GR_FMT(stem), ending), index);
        if (er && gr_ends(stem, GR_S("g")) && ending[0] == 'a')
            add_stem(know, gr_printf(a, "%.*se%s", GR_FMT(stem), ending), index);
    }
}

/* Blocks `forms LEMMA` with `words a | b`: irregular forms of the anchors' lemmas. */
static gr_status load_forms(folder_reader *r, gr_slice lang, gr_error *err) {
    gr_knowledge *know = r->know;
    gr_slice folder = gr_printf(know->arena, "lexicon/%.*s", GR_FMT(lang));
    gr_entries entries = {0};
    gr_status status = read_folder(r, folder.ptr, ".forms", &entries, err);
    for (uint32_t i = 0; status == GR_OK && i < entries.count; i++) {
        const gr_entry *entry = &entries.item[i];
        if (!gr_eq(entry->keyword, GR_S("forms")))
            return gr_fail_at(err, entry->at, "unknown block '%.*s'; here only `forms` blocks stand",
                              GR_FMT(entry->keyword));
        gr_slice lemma = gr_words_key(know->arena, entry->name);
        if (gr_map_get(&know->rules->by_lemma, lemma) == GR_MAP_NONE) continue;
        gr_slice list = gr_entry_value(entry, "words"), item;
        uint32_t index = add_anchor_lemma(know, lemma);
        while (gr_next_item(&list, &item)) add_stem(know, gr_words_key(know->arena, item), index);
    }
    return status;
}

gr_slice gr_function_name(const gr_knowledge *knowledge, gr_slice word, const char *upos) {
    char key[64];
    int len = snprintf(key, sizeof key, "%.*s %s", GR_FMT(word), upos);
    if (len < 0 || (size_t)len >= sizeof key) return GR_S("");
    uint32_t at = gr_map_get(&knowledge->function_word, (gr_slice){key, (size_t)len});
    return at == GR_MAP_NONE ? GR_S("") : knowledge->function_name[at];
}

static uint32_t add_function_name(gr_knowledge *know, gr_slice name) {
    if (know->function_count == know->function_capacity)
        know->function_name = gr_grow(know->arena, know->function_name, know->function_count,
                                      &know->function_capacity, know->function_count + 1u, sizeof(gr_slice));
    know->function_name[know->function_count] = name;
    return know->function_count++;
}

/* Blocks `small NAME` with `of ADP` and `words a | b`: the small words of a language by their common names.
 */
static gr_status load_small_words(folder_reader *r, gr_slice lang, gr_error *err) {
    gr_knowledge *know = r->know;
    gr_slice folder = gr_printf(know->arena, "lexicon/%.*s", GR_FMT(lang));
    gr_entries entries = {0};
    gr_status status = read_folder(r, folder.ptr, ".small", &entries, err);
    for (uint32_t i = 0; status == GR_OK && i < entries.count; i++) {
        const gr_entry *entry = &entries.item[i];
        gr_slice of = gr_entry_value(entry, "of"), list = gr_entry_value(entry, "words"), item;
        if (!gr_eq(entry->keyword, GR_S("small")) || !of.len || !list.len)
            return gr_fail_at(err, entry->at, "here only `small NAME` blocks with `of` and `words` stand");
        uint32_t name = add_function_name(know, entry->name);
        while (gr_next_item(&list, &item))
            gr_map_set(
                know->arena, &know->function_word,
                gr_printf(know->arena, "%.*s %.*s", GR_FMT(gr_words_key(know->arena, item)), GR_FMT(of)),
                name);
    }
    return status;
}

static gr_status load_language(folder_reader *r, gr_slice lang, gr_error *err) {
    gr_knowledge *know = r->know;
    gr_slice folder = gr_printf(know->arena, "rules/%.*s", GR_FMT(lang));
    gr_entries entries = {0};
    gr_status status = read_folder(r, folder.ptr, ".rules", &entries, err);
    if (status == GR_OK) status = gr_rules_load(know, &entries, lang, err);
    gr_slice tie_folder = gr_printf(know->arena, "relations/%.*s", GR_FMT(lang));
    gr_entries ties = {0};
    if (status == GR_OK) status = read_folder(r, tie_folder.ptr, ".rules", &ties, err);
    if (status == GR_OK) status = gr_ties_load(know, &ties, lang, err);
    if (status == GR_OK) status = load_forms(r, lang, err);
    for (uint32_t i = 0; status == GR_OK && i < know->rules->by_lemma.count; i++)
        (gr_eq(lang, GR_S("fr")) ? add_french_forms : add_english_forms)(know,
                                                                         know->rules->by_lemma.item[i].key);
    return status;
}

static gr_status load_deeds(folder_reader *r, gr_slice lang, gr_error *err) {
    gr_entries entries = {0};
    gr_slice folder = gr_printf(r->know->arena, "deeds/%.*s", GR_FMT(lang));
    gr_status status = read_folder(r, folder.ptr, ".deeds", &entries, err);
    return status == GR_OK ? gr_deeds_load(r->know, &entries, err) : status;
}

static gr_status load_all(folder_reader *r, gr_slice lang, gr_error *err) {
    gr_knowledge *know = r->know;
    add_anchor_lemma(know, GR_S("")); /* index 0: resembles an anchor */
    gr_entries ontology = {0}, actors = {0}, lexicon = {0};
    gr_status status = read_file(r, "", GR_S("ontology.txt"), &ontology, err);
    if (status == GR_OK) status = gr_ontology_load(know, &ontology, err);
    if (status == GR_OK) status = read_folder(r, "actors", ".txt", &actors, err);
    if (status == GR_OK) status = gr_actors_load(know, &actors, err);
    gr_slice folder = gr_printf(know->arena, "lexicon/%.*s", GR_FMT(lang));
    if (status == GR_OK) status = read_folder(r, folder.ptr, ".txt", &lexicon, err);
    if (status == GR_OK) status = gr_lexicon_load(know, &lexicon, err);
    if (status == GR_OK) status = load_small_words(r, lang, err);
    if (status == GR_OK) status = load_language(r, lang, err);
    if (status == GR_OK) status = load_deeds(r, lang, err);
    gr_digest digest = gr_sha256_end(&r->hash);
    memcpy(know->hash, digest.hex, sizeof know->hash);
    return status;
}

/* The files that load_all reads, in its order. */
static gr_status hash_all(folder_reader *r, gr_slice lang, gr_error *err) {
    static const struct {
        const char *folder, *suffix;
    } of_language[] = {{"lexicon", ".txt"},     {"lexicon", ".small"}, {"rules", ".rules"},
                       {"relations", ".rules"}, {"lexicon", ".forms"}, {"deeds", ".deeds"}};
    gr_entries none = {0};
    gr_status status = read_file(r, "", GR_S("ontology.txt"), &none, err);
    if (status == GR_OK) status = read_folder(r, "actors", ".txt", &none, err);
    for (size_t i = 0; status == GR_OK && i < sizeof of_language / sizeof *of_language; i++) {
        gr_slice folder = gr_printf(r->know->arena, "%s/%.*s", of_language[i].folder, GR_FMT(lang));
        status = read_folder(r, folder.ptr, of_language[i].suffix, &none, err);
    }
    gr_digest digest = gr_sha256_end(&r->hash);
    memcpy(r->know->hash, digest.hex, sizeof r->know->hash);
    return status;
}

static gr_knowledge *open_knowledge(const char *dir, gr_slice lang, bool only_hash, gr_error *err) {
    gr_arena *arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B);
    gr_knowledge *know = gr_os_alloc(sizeof *know);
    jmp_buf full;
    if (!arena || !know) {
        gr_arena_free(arena);
        gr_os_free(know);
        gr_fail(err, GR_NO_MEMORY, dir, "out of memory while reading the knowledge files");
        return NULL;
    }
    *know = (gr_knowledge){.arena = arena};
    if (setjmp(full)) {
        gr_knowledge_close(know);
        gr_fail(err, GR_NO_MEMORY, dir, "out of memory while reading the knowledge files");
        return NULL;
    }
    gr_arena_guard(arena, &full);
    folder_reader r = {.know = know, .root = dir, .only_hash = only_hash};
    gr_sha256_begin(&r.hash);
    if (!only_hash) gr_map_reserve(arena, &know->sense_phrases, USUAL_PHRASES);
    if ((only_hash ? hash_all : load_all)(&r, lang, err) != GR_OK) {
        gr_knowledge_close(know);
        return NULL;
    }
    gr_map_filter(arena, &know->sense_words);
    gr_map_filter(arena, &know->sense_phrases);
    gr_map_filter(arena, &know->stem_words);
    gr_arena_guard(arena, NULL);
    return know;
}

gr_knowledge *gr_knowledge_open(const char *dir, gr_slice lang, gr_error *err) {
    return open_knowledge(dir, lang, false, err);
}

gr_status gr_knowledge_hash(const char *dir, gr_slice lang, gr_digest *out, gr_error *err) {
    gr_knowledge *know = open_knowledge(dir, lang, true, err);
    if (!know) return err->status;
    memcpy(out->hex, know->hash, sizeof out->hex);
    gr_knowledge_close(know);
    return GR_OK;
}

void gr_knowledge_close(gr_knowledge *knowledge) {
    if (!knowledge) return;
    for (uint32_t i = 0; i < knowledge->file_count; i++) gr_os_free(knowledge->file[i]);
    gr_arena_free(knowledge->arena);
    gr_os_free(knowledge);
}
