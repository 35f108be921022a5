/* The gazetteer: building, refusing damage, looking up by name and by sound, distances. */
#include "base/buffer.h"
#include "base/os.h"
#include "base/utf8.h"
#include "place/alike.h"
#include "place/place.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define HEADER "id\tname\tvariants\tlat\tlon\tcode\tcountry\tparent\tpopulation\n"
#define NIGER "10\tNiger\tRepublic of Niger|~Nigerien\t18\t9\tPCLI\tNER\t\t20000000\n"
#define TAHOUA "20\tTahoua\t\t15.5\t5.2\tADM1\tNER\t10\t3000000\n"
#define TABLE                                                                                                \
    "# a comment\n" HEADER "40\tTakanamat\t\t15.1324\t4.7778\tPPL\tNER\t30\t900\n" NIGER TAHOUA              \
    "30\tTahoua\tDépartement de Tahoua\t14.8\t4.9\tADM2\tNER\t20\n"                                         \
    "41\tTéra\t\t14.0078\t0.7531\tPPL\tNER\t20\t21000\n"                                                    \
    "42\tTchin-Tabaraden\tTchintabaraden\t15.9\t5.8\tPPL\tNER\t20\n"                                         \
    "43\tKollo prison\t\t\t\tPRN\tNER\t20\n"                                                                 \
    "50\tMali\t~Malian\t18\t-2\tPCLI\tMLI\t\t19000000\n"                                                     \
    "51\tTera\t\t13.5\t-7\tPPL\tMLI\t50\t100\n"

static char folder[] = "/tmp/griot-place-XXXXXX";
static gr_arena *arena;

static const char *path_of(const char *name) {
    static char path[4][128];
    static unsigned turn;
    char *out = path[turn++ % 4];
    snprintf(out, sizeof path[0], "%s/%s", folder, name);
    return out;
}

static const char *write_file(const char *name, gr_slice bytes) {
    const char *path = path_of(name);
    assert_int_equal(gr_os_write_all(path, bytes, NULL), GR_OK);
    return path;
}

static gr_status build(const char *table, const char *image, gr_error *err) {
    const char *source[] = {write_file("table.tsv", gr_slice_of(table))};
    return gr_gazetteer_build(source, 1, path_of(image), NULL, err);
}

static gr_gazetteer *open_table(const char *table) {
    gr_error err = {0};
    if (build(table, "image", &err) != GR_OK) fail_msg("%s: %s", err.origin, err.message);
    gr_gazetteer *g = gr_gazetteer_open(path_of("image"), &err);
    if (!g) fail_msg("%s: %s", err.origin, err.message);
    return g;
}

static uint32_t find_one(const gr_gazetteer *g, const char *name) {
    uint32_t found[4];
    assert_int_equal(gr_gazetteer_find(g, gr_fold(arena, gr_slice_of(name)), found, 4), 1);
    return found[0];
}

static void assert_text(gr_slice text, const char *expected) {
    if (!gr_eq(text, gr_slice_of(expected))) fail_msg("\"%.*s\" instead of \"%s\"", GR_FMT(text), expected);
}

static void test_place_has_its_units(void **state) {
    (void)state;
    gr_gazetteer *g = open_table(TABLE);
    assert_int_equal(gr_gazetteer_size(g), 9);
    gr_place place = gr_gazetteer_place(g, find_one(g, "TAKANAMAT"));
    assert_text(place.id, "geonames:40");
    assert_text(place.name, "Takanamat");
    assert_string_equal(place.country, "NER");
    assert_int_equal(place.level, GR_LEVEL_POPULATED);
    assert_true(place.has_point && fabs(place.lat_deg - 15.1324) < 1e-9 &&
                fabs(place.lon_deg - 4.7778) < 1e-9);
    assert_int_equal(place.population, 900);
    assert_int_equal(place.parent, place.admin2);
    assert_text(gr_gazetteer_place(g, place.admin2).id, "geonames:30");
    assert_text(gr_gazetteer_place(g, place.admin1).id, "geonames:20");
    gr_gazetteer_close(g);
}

static void test_unknown_point_is_not_invented(void **state) {
    (void)state;
    gr_gazetteer *g = open_table(TABLE);
    gr_place prison = gr_gazetteer_place(g, find_one(g, "Kollo prison"));
    assert_false(prison.has_point);
    assert_int_equal(prison.kind, GR_CLASS_PRISON);
    assert_int_equal(prison.admin2, GR_NO_PLACE);
    gr_gazetteer_close(g);
}

static void test_names_fold_together(void **state) {
    (void)state;
    gr_gazetteer *g = open_table(TABLE);
    uint32_t town = find_one(g, "Tchintabaraden"), found[4];
    assert_int_equal(find_one(g, "tchin tabaraden"), town);
    assert_int_equal(find_one(g, "Tchin\xE2\x80\x91Tabaraden"), town);
    assert_int_equal(gr_gazetteer_find(g, GR_S("tera"), found, 4), 2);
    assert_true(found[0] < found[1]);
    assert_int_equal(gr_gazetteer_find(g, GR_S("tahoua"), found, 1), 2);
    assert_int_equal(gr_gazetteer_find(g, GR_S("nowhere"), found, 4), 0);
    assert_int_equal(gr_gazetteer_find(g, GR_S(""), found, 4), 0);
    gr_gazetteer_close(g);
}

static void test_adjective_is_not_a_name(void **state) {
    (void)state;
    gr_gazetteer *g = open_table(TABLE);
    uint32_t found[4];
    assert_int_equal(gr_gazetteer_find(g, GR_S("malian"), found, 4), 0);
    assert_int_equal(gr_gazetteer_find_adjective(g, GR_S("malian"), found, 4), 1);
    assert_text(gr_gazetteer_place(g, found[0]).name, "Mali");
    assert_int_equal(gr_gazetteer_find_adjective(g, GR_S("mali"), found, 4), 0);
    gr_gazetteer_close(g);
}

static void test_prefix_is_of_whole_words(void **state) {
    (void)state;
    gr_gazetteer *g = open_table(TABLE);
    assert_true(gr_gazetteer_may_go_on(g, GR_S("republic")));
    assert_true(gr_gazetteer_may_go_on(g, GR_S("republic of")));
    assert_false(gr_gazetteer_may_go_on(g, GR_S("republ")));
    assert_false(gr_gazetteer_may_go_on(g, GR_S("republic of niger")));
    gr_gazetteer_close(g);
}

static void test_sound_finds_spelling(void **state) {
    (void)state;
    gr_gazetteer *g = open_table(TABLE);
    const char niger[1][4] = {"NER"}, both[2][4] = {"NER", "MLI"};
    uint32_t found[4];
    assert_true(gr_gazetteer_find_alike(g, GR_S("takanamatt"), niger, 1, found, 4) >= 1);
    assert_text(gr_gazetteer_place(g, found[0]).name, "Takanamat");
    assert_int_equal(gr_gazetteer_find_alike(g, GR_S("terra"), niger, 1, found, 4), 1);
    assert_text(gr_gazetteer_place(g, found[0]).id, "geonames:41");
    assert_int_equal(gr_gazetteer_find_alike(g, GR_S("terra"), both, 2, found, 4), 2);
    assert_text(gr_gazetteer_place(g, found[0]).id, "geonames:41");
    assert_int_equal(gr_gazetteer_find_alike(g, GR_S("terra"), both, 0, found, 4), 0);
    assert_int_equal(gr_gazetteer_find_alike(g, GR_S("ouagadougou"), both, 2, found, 4), 0);
    gr_gazetteer_close(g);
}

static void sounds_like(const char *one, const char *other, bool expected) {
    char a[GR_ALIKE_MAX_B], b[GR_ALIKE_MAX_B];
    bool same = gr_eq(gr_alike_key(gr_slice_of(one), a), gr_alike_key(gr_slice_of(other), b));
    if (same != expected) fail_msg("%s and %s: %d", one, other, same);
}

static void test_sound_keys(void **state) {
    (void)state;
    sounds_like("ouagadougou", "wagadugu", true);
    sounds_like("djibo", "jibo", true);
    sounds_like("tillia", "tilia", true);
    sounds_like("tillabery", "tillaberi", true);
    sounds_like("agnam", "anyam", true);
    sounds_like("diffa", "difa", true);
    sounds_like("tillia", "talia", false);
    sounds_like("gao", "gaya", false);
}

static void test_edit_distance(void **state) {
    (void)state;
    assert_int_equal(gr_edit_distance(GR_S("abala"), GR_S("abala"), 2), 0);
    assert_int_equal(gr_edit_distance(GR_S("abala"), GR_S("abla"), 2), 1);
    assert_int_equal(gr_edit_distance(GR_S("abala"), GR_S("obola"), 2), 2);
    assert_int_equal(gr_edit_distance(GR_S("abala"), GR_S("xyz"), 2), 3);
    assert_int_equal(gr_edit_distance(GR_S(""), GR_S("ab"), 2), 2);
}

static void test_distance(void **state) {
    (void)state;
    assert_true(gr_distance_km(13.5, 2.1, 13.5, 2.1) < 1e-9);
    assert_true(fabs(gr_distance_km(0, 0, 0, 90) - 10007.557) < 0.01);
    assert_true(fabs(gr_distance_km(90, 0, -90, 0) - 20015.115) < 0.01);
}

static void assert_same_bytes(const char *left, const char *right) {
    char *a, *b;
    size_t a_b, b_b;
    assert_int_equal(gr_os_read_all(left, 1 << 20, &a, &a_b, NULL), GR_OK);
    assert_int_equal(gr_os_read_all(right, 1 << 20, &b, &b_b, NULL), GR_OK);
    assert_int_equal(a_b, b_b);
    assert_memory_equal(a, b, a_b);
    gr_os_free(a);
    gr_os_free(b);
}

static void test_bytes_do_not_depend_on_order(void **state) {
    (void)state;
    gr_error err = {0};
    const char *one = write_file("one.tsv", GR_S(HEADER NIGER TAHOUA));
    const char *two = write_file("two.tsv", GR_S("word\nbase\n"));
    const char *forth[] = {one, two}, *back[] = {two, one};
    assert_int_equal(gr_gazetteer_build(forth, 2, path_of("forth"), NULL, &err), GR_OK);
    assert_int_equal(gr_gazetteer_build(back, 2, path_of("back"), NULL, &err), GR_OK);
    assert_same_bytes(path_of("forth"), path_of("back"));
}

static void test_list_is_a_table(void **state) {
    (void)state;
    gr_error err = {0};
    const char *table = write_file(
        "one.tsv", gr_slice_of(HEADER NIGER TAHOUA "41\tTéra\tTera\t14.008\t0.753\tPPL\tNER\t20\t21000\n"
                                                   "42\tAbala\t\t14.9\t3.4\tPPL\tNER\t10\n"));
    const char *upper = write_file("two.tsv", gr_slice_of(HEADER NIGER TAHOUA));
    const char *list = write_file("table.tsv", gr_slice_of("id\tname\tlat\tlon\tvariants\tpopulation\n"
                                                           "@\tNER\t20\tPPL\n"
                                                           "41\tTéra\t14.008\t0.753\tTera\t21000\n"
                                                           "@\tNER\t10\tPPL\n"
                                                           "42\tAbala\t14.9\t3.4\n"));
    const char *both[] = {upper, list};
    assert_int_equal(gr_gazetteer_build(&table, 1, path_of("forth"), NULL, &err), GR_OK);
    assert_int_equal(gr_gazetteer_build(both, 2, path_of("back"), NULL, &err), GR_OK);
    assert_same_bytes(path_of("forth"), path_of("back"));
}

static void test_ordinary_words(void **state) {
    (void)state;
    const char *source[] = {
        write_file("places.tsv", GR_S(HEADER "1\tBase\t\t1\t1\tPPL\n2\tKati\t\t1\t1\tPPL\n")),
        write_file("words.tsv", GR_S("# words\nword\nbase\n"))};
    assert_int_equal(gr_gazetteer_build(source, 2, path_of("image"), NULL, NULL), GR_OK);
    gr_gazetteer *g = gr_gazetteer_open(path_of("image"), NULL);
    assert_non_null(g);
    assert_true(gr_gazetteer_ordinary(g, GR_S("base")));
    assert_false(gr_gazetteer_ordinary(g, GR_S("kati")));
    gr_gazetteer_close(g);
}

static void refuses(const char *table, const char *line, const char *words) {
    gr_error err = {0};
    assert_int_equal(build(table, "refused", &err), GR_BAD_INPUT);
    size_t origin = strlen(err.origin), want = strlen(line);
    if (origin < want || strcmp(err.origin + origin - want, line) != 0 || !strstr(err.message, words))
        fail_msg("%s: %s", err.origin, err.message);
    assert_int_not_equal(access(path_of("refused"), F_OK), 0);
}

static void test_errors_name_the_line(void **state) {
    (void)state;
    refuses("name\tid\n", ":1", "header");
    refuses("# nothing\n", ":1", "no line");
    refuses(HEADER "1\tA\t\t1\t1\n", ":2", "has 5 columns");
    refuses("#\n" HEADER "1\tA\t\t1\t1\tPPL\t\t\t\t\n", ":3", "has 10 columns");
    refuses(HEADER "1\tA\t\t90.5\t1\tPPL\n", ":2", "latitude");
    refuses(HEADER "1\tA\t\t1\t180.0001\tPPL\n", ":2", "longitude");
    refuses(HEADER "1\tA\t\t1.0x1\t1\tPPL\n", ":2", "latitude");
    refuses(HEADER "1\tA\t\t1\t1\tXYZ\n", ":2", "feature code");
    refuses(HEADER "one\tA\t\t1\t1\tPPL\n", ":2", "id");
    refuses(HEADER "1\tA\t\t1\t1\tPPL\tNE\n", ":2", "alpha-3");
    refuses(HEADER "1\tA\t\t1\t1\tPPL\n1\tB\t\t1\t1\tPPL\n", ":3", "stands already");
    refuses(HEADER "1\tA\t\t1\t1\tPPL\t\t7\n", ":2", "parent");
    refuses(HEADER "1\tA\t\t1\t1\tPPL\t\t2\n2\tB\t\t1\t1\tPPL\t\t1\n", ":2", "circle");
    refuses(HEADER "1\tA\t\t1\t1\tPCLI\tNER\n2\tB\t\t1\t1\tPPL\tMLI\t1\n", ":3", "parent");
    refuses(HEADER "1\tA\t\t1\t1\tPPL\t\t\tmany\n", ":2", "population");
    refuses(HEADER "1\tA\xFF\t\t1\t1\tPPL\n", ":2", "UTF-8");
}

/* Every single byte that changes is noticed, and every cut. */
static void test_damage_is_refused(void **state) {
    (void)state;
    gr_error err = {0};
    assert_int_equal(build(TABLE, "image", &err), GR_OK);
    char *bytes;
    size_t len;
    assert_int_equal(gr_os_read_all(path_of("image"), 1 << 20, &bytes, &len, NULL), GR_OK);
    for (size_t i = 0; i < len; i += 7) {
        bytes[i] ^= 0x20;
        const char *path = write_file("damaged", (gr_slice){bytes, len});
        assert_null(gr_gazetteer_open(path, &err));
        assert_int_equal(err.status, GR_BAD_MODEL);
        bytes[i] ^= 0x20;
    }
    for (size_t cut = 0; cut < len; cut += len / 5) {
        assert_null(gr_gazetteer_open(write_file("cut", (gr_slice){bytes, cut}), &err));
        assert_int_equal(err.status, GR_BAD_MODEL);
    }
    gr_os_free(bytes);
    assert_null(gr_gazetteer_open(path_of("absent"), &err));
    assert_int_equal(err.status, GR_NOT_FOUND);
}

/* Memory and input/output calls fail one after the other: each time an error, never a half-written image. */
static void test_faults(void **state) {
    (void)state;
    const char *source[] = {write_file("table.tsv", GR_S(TABLE))};
    for (long n = 0; n < 200; n++) {
        gr_error err = {0};
        gr_faults_set(
            (gr_faults){.fail_memory_after = n % 2 ? n / 2 : -1, .fail_io_after = n % 2 ? -1 : n / 2});
        gr_status status = gr_gazetteer_build(source, 1, path_of("faulty"), NULL, &err);
        gr_gazetteer *g = status == GR_OK ? gr_gazetteer_open(path_of("faulty"), &err) : NULL;
        gr_faults_set((gr_faults){.fail_memory_after = -1, .fail_io_after = -1});
        assert_true(g || err.status != GR_OK);
        if (status != GR_OK) assert_int_not_equal(access(path_of("faulty"), F_OK), 0);
        gr_gazetteer_close(g);
        unlink(path_of("faulty"));
    }
}

static int set_up(void **state) {
    (void)state;
    arena = gr_arena_new(1 << 20);
    return arena && mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    static const char *const NAME[] = {"table.tsv",  "image",     "one.tsv", "two.tsv", "forth",   "back",
                                       "places.tsv", "words.tsv", "damaged", "cut",     "refused", "faulty"};
    for (size_t i = 0; i < sizeof NAME / sizeof *NAME; i++) unlink(path_of(NAME[i]));
    gr_arena_free(arena);
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_place_has_its_units),
        cmocka_unit_test(test_unknown_point_is_not_invented),
        cmocka_unit_test(test_names_fold_together),
        cmocka_unit_test(test_adjective_is_not_a_name),
        cmocka_unit_test(test_prefix_is_of_whole_words),
        cmocka_unit_test(test_sound_finds_spelling),
        cmocka_unit_test(test_sound_keys),
        cmocka_unit_test(test_edit_distance),
        cmocka_unit_test(test_distance),
        cmocka_unit_test(test_bytes_do_not_depend_on_order),
        cmocka_unit_test(test_list_is_a_table),
        cmocka_unit_test(test_ordinary_words),
        cmocka_unit_test(test_errors_name_the_line),
        cmocka_unit_test(test_damage_is_refused),
        cmocka_unit_test(test_faults),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
