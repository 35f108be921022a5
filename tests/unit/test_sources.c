/* Sources of a gazetteer: what each kind gives, what is merged with what, what is refused. A case is a few
 * sources and, for each place that comes out, a line "id, name, level, country, id of what holds it, lat lon,
 * population". Every case is built with its sources in both orders, and from its own image. */
#include "base/buffer.h"
#include "base/os.h"
#include "base/utf8.h"
#include "place/place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define HEADER "id\tname\tvariants\tlat\tlon\tcode\tcountry\tparent\tpopulation\n"
#define NIGER "10\tNiger\t\t18\t9\tPCLI\tNER\t\t20000000\n"
#define TAHOUA "20\tTahoua\t\t15.5\t5.2\tADM1\tNER\t10\n"
#define BASE HEADER NIGER TAHOUA "41\tAbala\t\t14.9\t3.4\tPPL\tNER\t20\t900\n"
#define BASE_LINES                                                                                           \
    "geonames:10, Niger, country, NER, -, 18 9, 20000000\n"                                                  \
    "geonames:20, Tahoua, admin1, NER, geonames:10, 15.5 5.2, 0\n"
#define ABALA "geonames:41, Abala, populated place, NER, geonames:20, 14.9 3.4, 900\n"
#define GEONAMES(id, name, others, lat, lon, class, code, admin, people)                                     \
    id "\t" name "\t" name "\t" others "\t" lat "\t" lon "\t" class "\t" code "\tNE\t\t" admin "\t" people   \
                                                                    "\t\t300\tAfrica/Niamey\t2012-01-18\n"
#define WOF                                                                                                  \
    "wof_id\tgn_id\tiso2\tplacetype\tname\tlat\tlon\tpopulation\tregion_id\tcounty_id\tlocaladmin_"          \
    "id\tnames\n"
#define OSM "osm_node_id\tname\tname_en\tlat\tlon\ttag\tvalue\tpopulation\tsource_extract\n"
#define SQUARE "id\tshape\tpoints\n20\toutline\t14,3 14,6 16,6 16,3\n"

typedef struct source_case {
    const char *what;
    const char *source[3];
    const char *places; /* in any order */
    const char *name;   /* a name that has to lead to the place of id */
    const char *id;
} source_case;

static const source_case CASES[] = {
    {"a dump alone, its units by their codes",
     {GEONAMES("1", "Niger", "", "18", "9", "A", "PCLI", "00\t\t\t", "20000000")
          GEONAMES("2", "Tahoua", "", "15.5", "5.2", "A", "ADM1", "06\t\t\t", "0")
              GEONAMES("3", "Zoura", "Zura,NIM,زورا", "14.98765", "5.1", "P", "PPL", "06\t09\t\t", "12")},
     "geonames:1, Niger, country, NER, -, 18 9, 20000000\n"
     "geonames:2, Tahoua, admin1, NER, geonames:1, 15.5 5.2, 0\n"
     "geonames:3, Zoura, populated place, NER, geonames:2, 14.9877 5.1, 12\n",
     "زورا",
     "geonames:3"},
    {"abandoned villages and streets are not kept",
     {BASE, GEONAMES("5", "Gone", "", "15", "5", "P", "PPLQ", "\t\t\t", "0")
                GEONAMES("6", "Road", "", "15", "5", "R", "RD", "\t\t\t", "0")},
     BASE_LINES ABALA},
    {"the same number: the table's point, the dump's spelling",
     {BASE, GEONAMES("41", "Abalak", "Abbala", "15", "4", "P", "PPL", "\t\t\t", "1000")},
     BASE_LINES ABALA,
     "abbala",
     "geonames:41"},
    {"the same name within five kilometres is one village",
     {BASE, GEONAMES("77", "Abala", "Abbala", "14.92", "3.41", "P", "PPL", "\t\t\t", "1000")},
     BASE_LINES ABALA,
     "abbala",
     "geonames:41"},
    {"farther away it is another",
     {BASE, GEONAMES("77", "Abala", "", "15.9", "5.4", "P", "PPL", "\t\t\t", "0")},
     BASE_LINES "geonames:77, Abala, populated place, NER, geonames:10, 15.9 5.4, 0\n" ABALA},
    {"a hill is no village",
     {BASE, GEONAMES("77", "Abala", "", "14.9", "3.4", "T", "MT", "\t\t\t", "0")},
     BASE_LINES "geonames:77, Abala, area, NER, geonames:10, 14.9 3.4, 0\n" ABALA},
    {"alternate names, of languages alone and of the present",
     {BASE,
      "901\t41\tfr\tAbala-Ville\t\t\t\t\n902\t41\tlink\thttps://x\t\t\t\t\n903\t99\ten\tElsewhere\t\t\t\t\n"},
     BASE_LINES ABALA,
     "abala ville",
     "geonames:41"},
    {"a table from Who's On First, units by its own numbers",
     {BASE, WOF "500\t20\tNE\tregion\tTahoua\t15.5\t5.2\t\t500\t\t\tfra:Région de Tahoua\n"
                "501\t\tNE\tlocality\tZura\t15.1\t5.1\t40\t500\t\t\tund:Zoura\n"},
     BASE_LINES ABALA "wof:501, Zura, populated place, NER, geonames:20, 15.1 5.1, 40\n",
     "zoura",
     "wof:501"},
    {"a region whose number its own county bears makes no circle",
     {BASE, WOF "500\t20\tNE\tregion\tTahoua\t15.5\t5.2\t\t500\t\t\t\n"
                "502\t20\tNE\tcounty\tTahoua\t15.5\t5.2\t\t500\t502\t\t\n"
                "501\t\tNE\tlocality\tZura\t15.1\t5.1\t40\t500\t502\t\t\n"},
     BASE_LINES ABALA "wof:501, Zura, populated place, NER, geonames:20, 15.1 5.1, 40\n"},
    {"a point of OpenStreetMap lies where an outline says",
     {BASE, SQUARE,
      OSM "7\tZura\tZura Town\t15.1\t5.1\tplace\tvillage\t~50\tx\n"
          "8\tNowhere\t\t-40\t5.1\tplace\tvillage\t\tx\n"
          "9\tBank\t\t15.1\t5.1\tamenity\tbank\t\tx\n"},
     BASE_LINES ABALA "osm:7, Zura, populated place, NER, geonames:20, 15.1 5.1, 0\n",
     "zura town",
     "osm:7"},
    {"units with codes: the known ones get theirs, the others their place",
     {BASE, "ADM0_EN,ADM0_PCODE,ADM1_FR,ADM1_PCODE,ADM2_FR,ADM2_PCODE\n"
            "Niger,NE,Tahoua,NE005,\"Zura, Nord\",NE005001\nNiger,NE,Tahoua,NE005,Keita,NE005002\n"},
     BASE_LINES "ocha:NE005001, Zura, Nord, admin2, NER, geonames:20, -, 0\n"
                "ocha:NE005002, Keita, admin2, NER, geonames:20, -, 0\n" ABALA,
     "ne005",
     "geonames:20"},
    {"places of one's own, in any order of columns",
     {BASE, SQUARE, "lon;lat;name;country;id\n5.1;15.1;Poste 4;NE;post:4\n5.2;15.2;\"Camp \"\"B\"\"\";;\n"},
     BASE_LINES ABALA
     "own:Camp \"B\"/152000,52000, Camp \"B\", populated place, NER, geonames:20, 15.2 5.2, 0\n"
     "post:4, Poste 4, populated place, NER, geonames:20, 15.1 5.1, 0\n"},
    {"one's own row goes before the table's",
     {BASE, "id,name,lat,lon,parent\n41,Abala Centre,14.95,3.45,20\n"},
     BASE_LINES "geonames:41, Abala Centre, populated place, NER, geonames:20, 14.95 3.45, 900\n",
     "abala",
     "geonames:41"},
    {"more names", {BASE, "id\tnames\n41\tAbalah|Habala\n"}, BASE_LINES ABALA, "habala", "geonames:41"},
};

static char folder[] = "/tmp/griot-sources-XXXXXX";
static gr_arena *arena;

static const char *path_of(const char *name) {
    static char path[8][128];
    static unsigned turn;
    char *out = path[turn++ % 8];
    snprintf(out, sizeof path[0], "%s/%s", folder, name);
    return out;
}

static gr_status compile(const char *const *source, int count, bool back, const char *image, bool keep_going,
                         gr_buffer *report, gr_error *err) {
    static const char *const NAME[] = {"0", "1", "2"};
    const char *path[3];
    for (int i = 0; i < count; i++) {
        path[back ? count - 1 - i : i] = path_of(NAME[i]);
        assert_int_equal(gr_os_write_all(path_of(NAME[i]), gr_slice_of(source[i]), NULL), GR_OK);
    }
    gr_place_build plan = {.source = path,
                           .source_count = (uint32_t)count,
                           .out_path = path_of(image),
                           .keep_going = keep_going,
                           .report = report};
    return gr_gazetteer_compile(&plan, err);
}

static void describe(const gr_gazetteer *g, gr_buffer *out) {
    for (uint32_t i = 0; i < gr_gazetteer_size(g); i++) {
        gr_place p = gr_gazetteer_place(g, i);
        gr_slice parent = p.parent == GR_NO_PLACE ? GR_S("-") : gr_gazetteer_place(g, p.parent).id;
        gr_buffer_printf(out, "%.*s, %.*s, %s, %s, %.*s, ", GR_FMT(p.id), GR_FMT(p.name),
                         gr_level_name(p.level), p.country, GR_FMT(parent));
        if (p.has_point)
            gr_buffer_printf(out, "%.6g %.6g, %lld\n", p.lat_deg, p.lon_deg, (long long)p.population);
        else
            gr_buffer_printf(out, "-, %lld\n", (long long)p.population);
    }
}

static int by_text(const void *left, const void *right) {
    return gr_compare(*(const gr_slice *)left, *(const gr_slice *)right);
}

/* The lines in the order of their bytes. */
static gr_slice sorted_lines(gr_slice text) {
    gr_slice line[64], out = {0};
    size_t count = 0;
    while (text.len && count < 64) line[count++] = gr_cut(&text, '\n');
    qsort(line, count, sizeof *line, by_text);
    for (size_t i = 0; i < count; i++) out = gr_printf(arena, "%.*s%.*s\n", GR_FMT(out), GR_FMT(line[i]));
    return out;
}

static void read_whole(const char *name, gr_buffer *out) {
    char *bytes;
    size_t len;
    assert_int_equal(gr_os_read_all(path_of(name), 1 << 20, &bytes, &len, NULL), GR_OK);
    gr_buffer_add(out, (gr_slice){bytes, len});
    gr_os_free(bytes);
}

static void same_image(const source_case *c, const char *left, const char *right) {
    gr_buffer a = {0}, b = {0};
    read_whole(left, &a);
    read_whole(right, &b);
    if (!gr_eq(gr_buffer_slice(&a), gr_buffer_slice(&b)))
        fail_msg("%s: %s and %s differ", c->what, left, right);
    gr_buffer_free(&a);
    gr_buffer_free(&b);
}

static void check_case(const source_case *c) {
    int count = 0;
    gr_error err = {0};
    while (count < 3 && c->source[count]) count++;
    if (compile(c->source, count, false, "image", false, NULL, &err) != GR_OK)
        fail_msg("%s: %s: %s", c->what, err.origin, err.message);
    gr_gazetteer *g = gr_gazetteer_open(path_of("image"), &err);
    if (!g) fail_msg("%s: %s", c->what, err.message);
    gr_buffer got = {0};
    describe(g, &got);
    if (!gr_eq(sorted_lines(gr_buffer_slice(&got)), sorted_lines(gr_slice_of(c->places))))
        fail_msg("%s:\n%.*sinstead of\n%s", c->what, GR_FMT(gr_buffer_slice(&got)), c->places);
    uint32_t found = GR_NO_PLACE;
    if (c->name && gr_gazetteer_find(g, gr_fold(arena, gr_slice_of(c->name)), &found, 1) < 1)
        fail_msg("%s: %s is not found", c->what, c->name);
    if (c->name && !gr_eq(gr_gazetteer_place(g, found).id, gr_slice_of(c->id)))
        fail_msg("%s: %s is another place", c->what, c->name);
    gr_gazetteer_close(g);
    gr_buffer_free(&got);
    assert_int_equal(compile(c->source, count, true, "back", false, NULL, &err), GR_OK);
    same_image(c, "image", "back");
    const char *image = path_of("image");
    assert_int_equal(gr_gazetteer_build(&image, 1, path_of("again"), NULL, &err), GR_OK);
    same_image(c, "image", "again");
}

static void test_cases(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) check_case(&CASES[i]);
}

typedef struct bad_case {
    const char *source;
    const char *line, *words; /* where, and a part of the message */
    bool stays_bad;           /* nothing is left when the bad rows are left out */
} bad_case;

static const bad_case BAD[] = {
    {GEONAMES("1", "A", "", "15", "5", "P", "PPL", "\t\t\t", "1") "2\tB\tB\t\t15\t5\tP\tPP", ":2",
     "truncated"},
    {GEONAMES("1", "A", "", "15", "5", "P", "PPL", "\t\t\t", "1") "2\tB\n", ":2", "has 2 columns"},
    {GEONAMES("1", "A", "", "95", "5", "P", "PPL", "\t\t\t", "1"), ":1", "latitude"},
    {GEONAMES("1", "A", "", "15", "181", "P", "PPL", "\t\t\t", "1"), ":1", "longitude"},
    {GEONAMES("1", "A", "", "15", "5", "P", "PPL", "\t\t\t", "many"), ":1", "population"},
    {WOF "x\t\tNE\tlocality\tA\t15\t5\t\t\t\t\t\n", ":2", "wof_id"},
    {WOF "1\t\tNE\tlocality\tA\t15\n", ":2", "columns"},
    {"wof_id\tname\n1\tA\n", ":1", "missing", true},
    {OSM "1\tA\t\t15\tx\tplace\ttown\t\t\n", ":2", "longitude"},
    {"ADM1_FR,ADM1_PCODE\nTahoua,??\n", ":2", "P-code"},
    {"ADM1_FR,ADM1_PCODE\nTahoua,QQ1\n", ":2", "country"},
    {"ADM1_FR,ADM1_PCODE\n\"Tahoua,NE005\n", ":2", "quotation mark"},
    {"name,lat,lon\nA,15\n", ":2", "columns"},
    {"name,lat,lon,country\nA,15,5,Niger\n", ":2", "ISO"},
    {"name,lat,lon,code\nA,15,5,XX\n", ":2", "feature code"},
    {"id\tshape\tpoints\n10\tcircle\t1,1 2,2\n", ":2", "outline or line"},
    {"id\tshape\tpoints\n10\tline\t1,1\n", ":2", "two points"},
    {"id\tshape\tpoints\n99\tline\t1,1 2,2\n", ":2", "in no table"},
    {"id\tnames\n99\tA\n", ":2", "in no table"},
    {HEADER "90\tA\t\t1\t1\tADM3\tNER\t91\n91\tB\t\t1\t1\tADM3\tNER\t90\n", ":2", "circle"},
    {HEADER "90\tA\t\t1\t1\tPPL\tNER\t99\n", ":2", "parent"},
    {HEADER "41\tA\t\t1\t1\tPPL\tNER\t10\n41\tA\t\t1\t1\tPPL\tNER\t10\n", ":3", "stands already"},
    {"what,is,this\n", ":1", "no table", true},
    {"# nothing\n", ":1", "no line", true},
};

static void test_bad_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        gr_error err = {0};
        const char *source[] = {HEADER NIGER, BAD[i].source};
        unlink(path_of("image"));
        assert_int_equal(compile(source, 2, false, "image", false, NULL, &err), GR_BAD_INPUT);
        size_t origin = strlen(err.origin), want = strlen(BAD[i].line);
        if (origin < want || strcmp(err.origin + origin - want, BAD[i].line) != 0 ||
            !strstr(err.message, BAD[i].words))
            fail_msg("case %zu: %s: %s", i, err.origin, err.message);
        assert_int_not_equal(access(path_of("image"), F_OK), 0);
        gr_buffer report = {0};
        gr_status status = compile(source, 2, false, "image", true, &report, &err);
        if ((status != GR_OK) != BAD[i].stays_bad) fail_msg("case %zu: %s: %s", i, err.origin, err.message);
        if (status == GR_OK && report.len == 0) fail_msg("case %zu: nothing is reported", i);
        gr_gazetteer *g = status == GR_OK ? gr_gazetteer_open(path_of("image"), &err) : NULL;
        assert_true(status != GR_OK || (g && gr_gazetteer_size(g) >= 1));
        gr_gazetteer_close(g);
        gr_buffer_free(&report);
    }
}

static void test_outlines_and_lines(void **state) {
    (void)state;
    gr_error err = {0};
    const char *source[] = {
        BASE "griot:edge\tEdge\t\t\t\tBDR\n",
        SQUARE "20\toutline\t14.9,4.9 14.9,5.1 15.1,5.1 15.1,4.9\n10\toutline\t10,0 10,10 20,10 20,0\n"
               "griot:edge\tline\t10,0 10,10\n"};
    assert_int_equal(compile(source, 2, false, "image", false, NULL, &err), GR_OK);
    gr_gazetteer *g = gr_gazetteer_open(path_of("image"), &err);
    assert_non_null(g);
    uint32_t tahoua, niger, edge;
    assert_int_equal(gr_gazetteer_find(g, GR_S("tahoua"), &tahoua, 1), 1);
    assert_int_equal(gr_gazetteer_find(g, GR_S("niger"), &niger, 1), 1);
    assert_int_equal(gr_gazetteer_find(g, GR_S("edge"), &edge, 1), 1);
    assert_true(gr_gazetteer_holds(g, tahoua, 14.5, 4));
    assert_false(gr_gazetteer_holds(g, tahoua, 15, 5)); /* a hole */
    assert_false(gr_gazetteer_holds(g, tahoua, 13, 4));
    assert_int_equal(gr_gazetteer_unit_at(g, 14.5, 4), tahoua);
    assert_int_equal(gr_gazetteer_unit_at(g, 15, 5), niger);
    assert_int_equal(gr_gazetteer_unit_at(g, 40, 4), GR_NO_PLACE);
    double line[4][2];
    assert_int_equal(gr_gazetteer_line(g, edge, line, 4), 2);
    assert_true(line[1][0] == 10 && line[1][1] == 10);
    assert_int_equal(gr_gazetteer_line(g, niger, line, 4), 0);
    gr_gazetteer_close(g);
    gr_point north = gr_point_towards(15, 5, 111.195, 0), west = gr_point_towards(0, -179.5, 111.195, 270);
    assert_true(north.lat_deg > 15.99 && north.lat_deg < 16.01 && north.lon_deg > 4.99 &&
                north.lon_deg < 5.01);
    assert_true(west.lon_deg > 179.4 && west.lon_deg < 179.6);
}

static int set_up(void **state) {
    (void)state;
    arena = gr_arena_new(1 << 20);
    return arena && mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    static const char *const NAME[] = {"0", "1", "2", "image", "back", "again"};
    for (size_t i = 0; i < sizeof NAME / sizeof *NAME; i++) unlink(path_of(NAME[i]));
    gr_arena_free(arena);
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_bad_rows),
        cmocka_unit_test(test_outlines_and_lines),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
