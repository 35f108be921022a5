/* The knowledge files: the block format, errors at their place, patterns, senses. */
#include "know/blocks.h"
#include "know/deeds.h"
#include "know/know.h"
#include "know/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void write_file(const char *dir, const char *name, const char *text) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static const char *const ontology = "type attack\n  kind event\ntype kill\n  kind event | toll\n";
static const char *const actors =
    "country NER\n  iso2 NE\n  en Niger\n  adj-en Nigerien\n"
    "pattern mil-{iso3}\n  name Military Forces of {en}\n  kind state-military\n"
    "  en {adj-en} army | army of {en}\n"
    "actor fpl\n  name Patriotic Front\n  kind rebel\n  acronym FPL\n";
static const char *const people = "class gunman\n  of people\n  kind rebel\n  words gunman | armed man\n";
static const char *const good_rule =
    "rule kill.verb\n  type kill\n  anchor verb kill | gun down\n  actor subject | by\n"
    "  count killed object\n  + Gunmen killed two.\n  - No.\n";

/* A knowledge folder with these rules; the folder's path goes to `dir`. */
static void make_folder(char dir[64], const char *rules) {
    static const char *const folders[] = {"actors",   "lexicon", "lexicon/en", "rules",
                                          "rules/en", "deeds",   "deeds/en"};
    char path[256];
    snprintf(dir, 64, "/tmp/griot-know-XXXXXX");
    assert_non_null(mkdtemp(dir));
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, folders[i]);
        assert_int_equal(mkdir(path, 0700), 0);
    }
    write_file(dir, "ontology.txt", ontology);
    write_file(dir, "actors/a.txt", actors);
    write_file(dir, "lexicon/en/people.txt", people);
    write_file(dir, "rules/en/a.rules", rules);
}

static void remove_folder(const char *dir) {
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", dir);
    assert_int_equal(system(command), 0);
}

static void expect_error(const char *rules, const char *origin_end, const char *words) {
    char dir[64];
    gr_error err = {0};
    make_folder(dir, rules);
    assert_null(gr_knowledge_open(dir, GR_S("en"), &err));
    remove_folder(dir);
    assert_int_equal(err.status, GR_BAD_RULES);
    size_t have = strlen(err.origin), want = strlen(origin_end);
    assert_true(have > want);
    assert_string_equal(err.origin + have - want, origin_end);
    assert_non_null(strstr(err.message, words));
}

static void errors_name_file_line_and_column(void **state) {
    (void)state;
    expect_error("rule a\n  type murder\n  anchor verb kill\n", "a.rules:2:8", "unknown type 'murder'");
    expect_error("rule a\n  type kill\n", "a.rules:1:1", "needs an anchor");
    expect_error("rule a\n  type kill\n  anchor adverb kill\n", "a.rules:3:10", "verb, noun or adj");
    expect_error("rule a\n  type kill\n  anchor verb kill\n  need object is alien\n", "a.rules:4:8",
                 "unknown property 'alien'");
    expect_error("rule a\n  type kill\n  anchor verb kill\n  count eaten object\n", "a.rules:4:9",
                 "unknown count 'eaten'");
    expect_error("rule a\n  type kill\n  anchor verb kill\n  colour red\n", "a.rules:4:10",
                 "unknown line 'colour'");
    expect_error("rule a\n  type kill\n  anchor verb kill\nrule a\n  type kill\n  anchor verb slay\n",
                 "a.rules:4:1", "stands twice");
    expect_error("  type kill\n", "a.rules:1:3", "needs a block above");
}

static void expect_deed_error(const char *deeds, const char *origin_end, const char *words) {
    char dir[64];
    gr_error err = {0};
    make_folder(dir, good_rule);
    write_file(dir, "deeds/en/a.deeds", deeds);
    assert_null(gr_knowledge_open(dir, GR_S("en"), &err));
    remove_folder(dir);
    assert_int_equal(err.status, GR_BAD_RULES);
    size_t have = strlen(err.origin), want = strlen(origin_end);
    assert_true(have > want);
    assert_string_equal(err.origin + have - want, origin_end);
    assert_non_null(strstr(err.message, words));
}

static void errors_of_deeds_name_their_place(void **state) {
    (void)state;
    expect_deed_error("deed a\n  root PRAISE\n", "a.deeds:2:8", "unknown event 'PRAISE'");
    expect_deed_error("deed a\n  verb hold @talks\n", "a.deeds:2:8", "no block `words talks`");
    expect_deed_error("deed a\n  anchor verb hold\n", "a.deeds:2:10", "unknown field 'anchor'");
    expect_deed_error("rule a\n  verb hold\n", "a.deeds:1:1", "unknown block 'rule'");
    expect_deed_error("deed a\n  verb hold\ndeed a\n  verb meet\n", "a.deeds:3:1", "stands twice");
}

static void deeds_ask_for_words_beside_them_first(void **state) {
    (void)state;
    char dir[64];
    gr_error err = {0};
    make_folder(dir, good_rule);
    write_file(dir, "deeds/en/a.deeds",
               "words talks\n  are talk | meeting\ndeed carry\n  kind same\n  verb hold | share\n"
               "deed meet\n  root CONSULT\n  verb hold @talks/hand\n  + They held talks. => CONSULT They\n");
    gr_knowledge *know = gr_knowledge_open(dir, GR_S("en"), &err);
    remove_folder(dir);
    assert_non_null(know);
    const gr_deeds *deeds = know->deeds;
    uint32_t at = gr_map_get(&deeds->by_lemma, GR_S("hold"));
    assert_int_not_equal(at, GR_MAP_NONE);
    assert_int_equal(deeds->list[at].count, 2);
    const gr_deed_word *first = &deeds->word[deeds->list[at].word[0]];
    assert_int_equal(deeds->deed[first->deed].root, GR_DEED_CONSULT);
    assert_int_not_equal(gr_map_get(&first->with, GR_S("meeting")), GR_MAP_NONE);
    assert_int_not_equal(gr_map_get(&first->with, GR_S("hand")), GR_MAP_NONE);
    assert_int_equal(gr_map_get(&deeds->by_form, GR_S("sharing")),
                     gr_map_get(&deeds->by_lemma, GR_S("share")));
    assert_true(gr_eq(deeds->deed[1].example[0].expected, GR_S("CONSULT They")));
    gr_knowledge_close(know);
}

static void patterns_and_senses(void **state) {
    (void)state;
    char dir[64];
    gr_error err = {0};
    make_folder(dir, good_rule);
    gr_knowledge *know = gr_knowledge_open(dir, GR_S("en"), &err);
    remove_folder(dir);
    assert_non_null(know);
    assert_int_equal(know->actor_count, 2);
    const gr_sense *army = gr_senses_of(know, GR_S("nigerien army"));
    assert_non_null(army);
    assert_int_equal(army->kind, GR_SENSE_ACTOR);
    assert_true(gr_eq(know->actor[army->index].id, GR_S("mil-ner")));
    assert_true(gr_senses_of(know, GR_S("fpl"))->capitals_only);
    assert_null(gr_senses_of(know, GR_S("army")));
    assert_int_equal(gr_senses_of(know, GR_S("armed man"))->kind, GR_SENSE_CLASS);
    bool more;
    assert_null(gr_senses_and_more(know, GR_S("armed"), &more));
    assert_true(more);
    assert_non_null(gr_senses_and_more(know, GR_S("armed man"), &more));
    assert_false(more);
    gr_knowledge_close(know);
}

static void anchors_know_their_written_forms(void **state) {
    (void)state;
    char dir[64];
    gr_error err = {0};
    make_folder(dir, good_rule);
    write_file(dir, "lexicon/en/irregular.forms", "forms kill\n  words kilt\n");
    gr_knowledge *know = gr_knowledge_open(dir, GR_S("en"), &err);
    remove_folder(dir);
    assert_non_null(know);
    static const char *const forms[] = {"kill", "kills", "killed", "killing", "kilt"};
    for (size_t i = 0; i < 5; i++) {
        uint32_t at = gr_map_get(&know->stem_words, gr_slice_of(forms[i]));
        assert_true(at != GR_MAP_NONE && at != 0);
        assert_true(gr_eq(know->anchor_lemma[at], GR_S("kill")));
    }
    assert_int_equal(gr_map_get(&know->stem_words, GR_S("village")), GR_MAP_NONE);
    assert_int_equal(know->rules->rule[0].example_count, 2);
    gr_knowledge_close(know);
}

static void hash_without_opening(void **state) {
    (void)state;
    for (unsigned k = 0; k < GR_LANGUAGES; k++) {
        gr_error err = {0};
        gr_digest hash;
        gr_slice lang = gr_slice_of(gr_language_code[k]);
        gr_knowledge *know = gr_knowledge_open(GRIOT_SOURCE_ROOT "/knowledge", lang, &err);
        assert_non_null(know);
        assert_int_equal(gr_knowledge_hash(GRIOT_SOURCE_ROOT "/knowledge", lang, &hash, &err), GR_OK);
        assert_string_equal(hash.hex, know->hash);
        gr_knowledge_close(know);
    }
    gr_error err = {0};
    gr_digest hash;
    assert_int_equal(gr_knowledge_hash("/nonexistent", GR_S("en"), &hash, &err), GR_NOT_FOUND);
}

static void continued_lines_and_comments(void **state) {
    (void)state;
    gr_arena *arena = gr_arena_new((size_t)1 << 20);
    gr_entries entries = {0};
    gr_error err = {0};
    gr_slice text = GR_S("# head\nactor a # note\n  en One |\n       Two # more\n  fr C#x\n");
    assert_int_equal(gr_read_blocks(arena, text, GR_S("f"), &entries, &err), GR_OK);
    assert_int_equal(entries.count, 1);
    assert_true(gr_eq(entries.item[0].name, GR_S("a")));
    assert_true(gr_eq(gr_entry_value(&entries.item[0], "en"), GR_S("One | Two")));
    assert_true(gr_eq(gr_entry_value(&entries.item[0], "fr"), GR_S("C#x")));
    assert_int_equal(gr_entry_field(&entries.item[0], "fr")->at.line, 5);
    gr_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_name_file_line_and_column),
        cmocka_unit_test(errors_of_deeds_name_their_place),
        cmocka_unit_test(deeds_ask_for_words_beside_them_first),
        cmocka_unit_test(patterns_and_senses),
        cmocka_unit_test(anchors_know_their_written_forms),
        cmocka_unit_test(hash_without_opening),
        cmocka_unit_test(continued_lines_and_comments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
