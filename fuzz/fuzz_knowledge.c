/* A whole knowledge folder: a line `@ontology`, `@actors`, `@lexicon`, `@forms` or `@rules` starts each file.
 * It must load, and then twice to the same hash, or end in an error that names a file. */
#include "base/os.h"
#include "know/know.h"
#include "know/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) abort();
}

enum { FILES = 5, FOLDERS = 5 };
static const struct {
    const char *mark, *path;
} files[FILES] = {{"@ontology", "ontology.txt"},
                  {"@actors", "actors/a.txt"},
                  {"@lexicon", "lexicon/en/words.txt"},
                  {"@forms", "lexicon/en/irregular.forms"},
                  {"@rules", "rules/en/r.rules"}};
static const char *const folders[FOLDERS] = {"actors", "lexicon", "lexicon/en", "rules", "rules/en"};
static char root[48];

static void path_of(char out[128], const char *name) {
    snprintf(out, 128, "%s/%s", root, name);
}

static void clean_up(void) {
    char path[128];
    for (unsigned i = 0; i < FILES; i++) {
        path_of(path, files[i].path);
        unlink(path);
    }
    for (unsigned i = FOLDERS; i-- > 0;) {
        path_of(path, folders[i]);
        rmdir(path);
    }
    rmdir(root);
}

/* A folder on memory where there is one: its files are written for each input. */
static void set_up(void) {
    char path[128];
    if (root[0]) return;
    snprintf(root, sizeof root, "%s/griot-fuzz-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    demand(mkdtemp(root) != NULL);
    for (unsigned i = 0; i < FOLDERS; i++) {
        path_of(path, folders[i]);
        demand(mkdir(path, 0700) == 0);
    }
    atexit(clean_up);
}

/* The file that a line starts, or FILES. */
static unsigned marked(gr_slice line) {
    unsigned i = 0;
    while (i < FILES && !gr_eq(line, gr_slice_of(files[i].mark))) i++;
    return i;
}

static void write_files(gr_slice bytes) {
    FILE *out[FILES];
    unsigned open = 0;
    char path[128];
    for (unsigned i = 0; i < FILES; i++) {
        path_of(path, files[i].path);
        demand((out[i] = fopen(path, "wb")) != NULL);
    }
    while (bytes.ptr && bytes.len) {
        gr_slice line = gr_cut(&bytes, '\n');
        unsigned next = marked(line);
        if (next < FILES) {
            open = next;
            continue;
        }
        fwrite(line.ptr, 1, line.len, out[open]);
        fputc('\n', out[open]);
    }
    for (unsigned i = 0; i < FILES; i++) fclose(out[i]);
}

static void check_senses(const gr_knowledge *know, const gr_map *words) {
    for (uint32_t i = 0; i < words->count; i++) {
        const gr_sense *sense = gr_senses_of(know, words->item[i].key);
        demand(sense || know->words[words->item[i].value].begins);
        for (; sense; sense = sense->next)
            demand(sense->index < (sense->kind == GR_SENSE_ACTOR   ? know->actor_count
                                   : sense->kind == GR_SENSE_CLASS ? know->class_count
                                                                   : know->country_count));
    }
}

static void check(const gr_knowledge *know) {
    check_senses(know, &know->sense_words);
    check_senses(know, &know->sense_phrases);
    if (!know->rules) return;
    gr_buffer report = {0};
    gr_rules_review(know, &report);
    gr_buffer_free(&report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gr_error err = {0};
    set_up();
    write_files((gr_slice){(const char *)data, size});
    gr_knowledge *first = gr_knowledge_open(root, GR_S("en"), &err);
    if (!first) {
        demand(err.status != GR_OK && err.message[0] && err.origin[0]);
        return 0;
    }
    check(first);
    gr_knowledge *second = gr_knowledge_open(root, GR_S("en"), NULL);
    demand(second && strcmp(first->hash, second->hash) == 0);
    gr_knowledge_close(second);
    gr_knowledge_close(first);
    return 0;
}
