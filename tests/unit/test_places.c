/* Place mentions: what is taken for a place's name, and which place it is. Sentences are written as word/TAG;
 * tags are those of universal dependencies, shortened: P proper name, N noun, V verb, A adposition, J
 * adjective, D determiner, C conjunction, M number, "." punctuation. */
#include "base/os.h"
#include "find/places.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const char TABLE[] = "id\tname\tvariants\tlat\tlon\tcode\tcountry\tparent\tpopulation\n"
                            "1\tNiger\t~Nigerien\t18\t9\tPCLI\tNER\t\t20000000\n"
                            "2\tMali\t~Malian|~Malians\t18\t-2\tPCLI\tMLI\t\t19000000\n"
                            "3\tUnited States\tUS|~American\t39.8\t-98.5\tPCLI\tUSA\t\t327000000\n"
                            "4\tGeorgia\t~Georgian\t42\t43.5\tPCLI\tGEO\t\t4000000\n"
                            "11\tDiffa\t\t16.2\t13.2\tADM1\tNER\t1\n"
                            "12\tTahoua\t\t15.8\t5.2\tADM1\tNER\t1\n"
                            "13\tGao\t\t16.5\t1.4\tADM1\tMLI\t2\n"
                            "14\tGeorgia\t\t32.8\t-83.5\tADM1\tUSA\t3\n"
                            "15\tTexas\t\t31.3\t-99.3\tADM1\tUSA\t3\n"
                            "16\tTillia\t\t\t\tADM2\tNER\t12\n"
                            "21\tDiffa\t\t13.3154\t12.6114\tPPLA\tNER\t11\t28000\n"
                            "22\tTahoua\t\t14.8888\t5.2692\tPPLA\tNER\t12\t80000\n"
                            "23\tTakanamat\t\t15.1324\t4.7778\tPPL\tNER\t12\n"
                            "24\tTillia\tTilia\t16.1233\t4.7897\tPPL\tNER\t12\n"
                            "25\tKati\t\t12.7\t-8.1\tPPL\tMLI\t2\t60000\n"
                            "26\tKati\t\t14.9\t5.1\tPPL\tNER\t12\n"
                            "27\tParis\t\t48.85\t2.35\tPPLC\tFRA\t\t2100000\n"
                            "28\tParis\t\t33.66\t-95.56\tPPL\tUSA\t15\t25000\n"
                            "29\tBase\t\t14.5\t5\tPPL\tNER\t12\n"
                            "30\tMission\t\t26.2\t-98.3\tPPL\tUSA\t15\t80000\n"
                            "31\tAtlanta\t\t33.749\t-84.388\tPPLA\tUSA\t14\t450000\n"
                            "32\tGao\t\t16.27\t-0.04\tPPLA\tMLI\t13\t87000\n"
                            "34\tVerona\t\t34\t-96\tPPL\tUSA\t15\t3000\n"
                            "5\tTurkey\t~Turkish\t39\t35\tPCLI\tTUR\t\t82000000\n"
                            "36\tEpa\t\t14.6\t5.1\tPPL\tNER\t12\n"
                            "35\tLyon\t\t45.75\t4.85\tPPLA\tFRA\t\t500000\n"
                            "17\tOhio\t\t40.2\t-83\tADM1\tUSA\t3\n"
                            "33\tAtlantic\t\t41.4\t-95\tPPL\tUSA\t17\t7000\n"
                            "griot:atlantic\tAtlantic Ocean\tAtlantic\t10\t-25\tOCN\n"
                            "griot:tri\tThree-border area\tthree border area|tri-border area\t15\t0.2\tRGN\n";
static const char WORDS[] = "word\nbase\nmission\nturkey\n";

static char folder[] = "/tmp/griot-places-XXXXXX";
static gr_gazetteer *gazetteer;
static gr_arena *arena;
static gr_text text;
static gr_word *word;
static gr_place_mentions found;

static gr_upos tag_of(char c) {
    static const char TAG[] = "PNVAJDCM.R";
    static const gr_upos UPOS[] = {GR_PROPN, GR_NOUN,  GR_VERB, GR_ADP,   GR_ADJ,
                                   GR_DET,   GR_CCONJ, GR_NUM,  GR_PUNCT, GR_PART};
    const char *at = strchr(TAG, c);
    if (!at) fail_msg("tag %c", c);
    return UPOS[at - TAG];
}

/* Makes text and words of "word/T word/T"; "|" parts sentences. */
static void read_tagged(const char *tagged) {
    size_t len = strlen(tagged), n = 0;
    char *bytes = gr_alloc(arena, len + 1);
    text = (gr_text){.token = gr_alloc_array(arena, len + 1, sizeof *text.token),
                     .sentence = gr_alloc_array(arena, len + 1, sizeof *text.sentence)};
    word = gr_alloc_array(arena, len + 1, sizeof *word);
    gr_sentence *sentence = &text.sentence[text.sentence_count++];
    for (gr_slice rest = gr_slice_of(tagged); rest.len;) {
        gr_slice item = gr_cut(&rest, ' ');
        if (gr_eq(item, GR_S("|"))) {
            sentence = &text.sentence[text.sentence_count++];
            sentence->tok_begin = text.token_count;
            continue;
        }
        uint32_t off = (uint32_t)n, form = (uint32_t)item.len - 2, t = text.token_count++;
        memcpy(bytes + n, item.ptr, form);
        text.token[t] = (gr_token){off, form, {bytes + n, form}, GR_TOKEN_SPACE_AFTER};
        word[t] = (gr_word){.upos = (uint8_t)tag_of(item.ptr[item.len - 1]), .head = GR_NONE};
        word[t].lemma = text.token[t].form;
        bytes[n + form] = ' ';
        n += form + 1;
        sentence->tok_end = text.token_count;
    }
    text.bytes = (gr_slice){bytes, n};
}

static void search(const char *tagged, const gr_place_context *context) {
    gr_place_context none = {.lang = GR_S("en")};
    gr_arena_reset(arena);
    found = (gr_place_mentions){0};
    read_tagged(tagged);
    gr_find_places(arena, gazetteer, &text, word, context ? context : &none, &found);
}

/* The mention whose words are `name`, by number of its occurrence. */
static const gr_place_mention *mention(const char *name) {
    for (uint32_t i = 0; i < found.count; i++) {
        const gr_place_mention *m = &found.item[i];
        const gr_token *first = &text.token[m->tok_begin], *last = &text.token[m->tok_end - 1];
        if (gr_eq(gr_sub(text.bytes, first->off_b, last->off_b + last->len_b), gr_slice_of(name))) return m;
    }
    fail_msg("no mention of %s among %u", name, found.count);
    return NULL;
}

static void assert_place(const char *name, const char *id) {
    const gr_place_mention *m = mention(name);
    gr_slice got = m->place == GR_NO_PLACE ? GR_S("none") : gr_gazetteer_place(gazetteer, m->place).id;
    if (!gr_eq(got, gr_slice_of(id))) fail_msg("%s is %.*s instead of %s", name, GR_FMT(got), id);
    assert_true(m->score >= 0 && m->score <= 1);
    assert_non_null(m->reason);
}

static void test_town_or_unit(void **state) {
    (void)state;
    search("They/N met/V in/A Diffa/P in/A Niger/P ./.", NULL);
    assert_place("Diffa", "geonames:21");
    assert_int_equal(mention("Diffa")->where, GR_WHERE_AT);
    search("It/N rained/V in/A the/D Diffa/P region/N of/A Niger/P ./.", NULL);
    assert_place("Diffa", "geonames:11");
    assert_int_equal(mention("Diffa")->where, GR_WHERE_IN);
    search("Patrols/N in/A the/D regions/N of/A Diffa/P ,/. Tahoua/P and/C Gao/P went/V on/A ./.", NULL);
    assert_place("Diffa", "geonames:11");
    assert_place("Tahoua", "geonames:12");
    assert_place("Gao", "geonames:13");
}

static void test_containment(void **state) {
    (void)state;
    search("He/N lives/V in/A Paris/P ,/. Texas/P ./.", NULL);
    assert_place("Paris", "geonames:28");
    assert_int_equal(mention("Paris")->container, 1);
    search("He/N lives/V in/A Paris/P ./.", NULL);
    assert_place("Paris", "geonames:27");
}

static void test_countries_of_the_document(void **state) {
    (void)state;
    search("Malian/J troops/N stood/V in/A Kati/P ./. | Mali/P said/V so/N ./.", NULL);
    assert_place("Kati", "geonames:25");
    assert_int_equal(found.count, 2);
    search("Soldiers/N of/A Niger/P from/A Tahoua/P and/C Tillia/P stood/V in/A Kati/P ./.", NULL);
    assert_place("Kati", "geonames:26");
    gr_place_context niger = {.lang = GR_S("en"), .country = {"NER"}, .country_count = 1};
    search("An/D attack/N near/A Takanamatt/P ./.", &niger);
    assert_place("Takanamatt", "geonames:23");
    assert_int_equal(mention("Takanamatt")->where, GR_WHERE_NEAR);
}

static void test_state_or_country(void **state) {
    (void)state;
    search("Atlanta/P is/V in/A Georgia/P in/A the/D US/P ./.", NULL);
    assert_place("Georgia", "geonames:14");
    search("Talks/N in/A Georgia/P went/V on/A ./.", NULL);
    assert_place("Georgia", "geonames:4");
}

/* A small place abroad is no match for a name that nothing but the gazetteer ties to it, however often the
 * text has the name; what names its country or its unit does, and a city needs neither. */
static void test_lone_namesake_abroad(void **state) {
    (void)state;
    static const char *const NOT[] = {
        "In/A Niger/P ,/. men/N met/V near/A Verona/P ./.",
        "In/A Niger/P ,/. men/N burnt/V the/D village/N of/A Verona/P ./.",
        "In/A Niger/P ,/. men/N met/V near/A Verona/P ./. | They/N left/V from/A Verona/P ./.",
    };
    for (size_t i = 0; i < sizeof NOT / sizeof *NOT; i++) {
        search(NOT[i], NULL);
        assert_place("Verona", "none");
    }
    static const char *const YES[] = {
        "In/A Niger/P ,/. men/N spoke/V of/A Verona/P ,/. Texas/P ./.",
        "In/A Niger/P and/C the/D US/P ,/. men/N met/V near/A Verona/P ./.",
        "American/J experts/N in/A Niger/P came/V from/A Verona/P ./.",
        "Men/N met/V in/A the/D town/N of/A Verona/P ./.",
    };
    for (size_t i = 0; i < sizeof YES / sizeof *YES; i++) {
        search(YES[i], NULL);
        assert_place("Verona", "geonames:34");
    }
    search("In/A Niger/P ,/. men/N flew/V to/A Lyon/P ./.", NULL);
    assert_place("Lyon", "geonames:35");
}

static void test_unknown_name_stays(void **state) {
    (void)state;
    search("In/A Niger/P ,/. men/N burnt/V the/D village/N of/A Zzyzxville/P ./.", NULL);
    assert_place("Zzyzxville", "none");
    assert_true(mention("Zzyzxville")->score == 0);
}

static void test_no_place(void **state) {
    (void)state;
    search("The/D Mission/P said/V that/N the/D Base/P was/V quiet/J ./.", NULL);
    assert_int_equal(found.count, 0);
    search("Malian/J troops/N met/V American/J experts/N ./.", NULL);
    assert_int_equal(found.count, 0);
    search("They/N came/V in/A January/P ,/. on/A Monday/P ./.", NULL);
    assert_int_equal(found.count, 0);
    search("Paris/P Hilton/P sang/V ./.", NULL);
    assert_int_equal(found.count, 0);
}

static void test_taken_tokens(void **state) {
    (void)state;
    const char *tagged = "The/D army/N of/A Niger/P fought/V in/A Tahoua/P ./.";
    bool taken[16] = {[1] = true, [2] = true, [3] = true};
    gr_place_context context = {.lang = GR_S("en"), .taken = taken};
    search(tagged, &context);
    assert_int_equal(found.count, 1);
    assert_place("Tahoua", "geonames:22");
    bool wanted[1] = {false};
    context = (gr_place_context){.lang = GR_S("en"), .sentence_wanted = wanted};
    search(tagged, &context);
    assert_int_equal(found.count, 0);
}

/* "The US Army": the country inside an office's name, where these are asked for, and nothing else in it. */
static void test_country_of_an_office(void **state) {
    (void)state;
    const char *tagged =
        "The/D US/P Army/P and/C the/D government/N of/A Mali/P met/V the/D Kati/P Guard/P ./.";
    bool taken[16] = {[1] = true, [2] = true, [5] = true, [6] = true, [7] = true, [10] = true, [11] = true};
    gr_place_context context = {.lang = GR_S("en"), .taken = taken};
    search(tagged, &context);
    assert_int_equal(found.count, 0);
    context.official = taken;
    search(tagged, &context);
    assert_int_equal(found.count, 2);
    assert_place("US", "geonames:3");
    assert_place("Mali", "geonames:2");
    assert_true(mention("US")->official && mention("Mali")->official);
    search("They/N left/V the/D US/P ./.", NULL);
    assert_false(mention("US")->official);
}

static void test_letters_name_no_village(void **state) {
    (void)state;
    search("In/A Niger/P ,/. they/N met/V in/A EPA/P ./.", NULL);
    assert_int_equal(found.count, 1);
    search("In/A Niger/P ,/. they/N met/V in/A Epa/P ./.", NULL);
    assert_place("Epa", "geonames:36");
}

/* At the start of a sentence a capital tells nothing; that something is the country's does. */
static void test_country_that_is_a_word(void **state) {
    (void)state;
    search("Turkey/P 's/R troops/N left/V ./.", NULL);
    assert_place("Turkey", "geonames:5");
    search("Turkey/N is/V dear/J ./.", NULL);
    assert_int_equal(found.count, 0);
}

/* An office's holder stands beside the place that the office is of; other capitals make a longer name. */
static void test_holder_of_an_office(void **state) {
    (void)state;
    search("Texas/P Governor/P Ann/P Lee/P met/V them/N ./.", NULL);
    assert_place("Texas", "geonames:15");
    search("The/D Trade/P Minister/P of/A Mali/P met/V them/N ./.", NULL);
    assert_place("Mali", "geonames:2");
    search("He/N wrote/V about/A Texas/P Ranger/P Lee/P ./.", NULL);
    assert_int_equal(found.count, 0);
}

static void test_money(void **state) {
    (void)state;
    search("They/N gave/V US/P $/N 30/M and/C $/N US/P 40/M ./.", NULL);
    assert_int_equal(found.count, 0);
    search("They/N gave/V it/N to/A the/D US/P ./.", NULL);
    assert_place("US", "geonames:3");
}

static void test_disease(void **state) {
    (void)state;
    search("In/A Niger/P ,/. Gao/P fever/N and/C the/D Tahoua/P virus/N spread/V ./.", NULL);
    assert_int_equal(found.count, 1);
    search("In/A Niger/P ,/. fever/N from/A Tahoua/P reached/V the/D town/N of/A Diffa/P ./.", NULL);
    assert_place("Tahoua", "geonames:22");
    assert_place("Diffa", "geonames:21");
}

static void test_border(void **state) {
    (void)state;
    search("They/N hold/V the/D Malian/J border/N and/C the/D three/M border/N area/N ./.", NULL);
    assert_place("Malian", "geonames:2");
    assert_int_equal(mention("Malian")->where, GR_WHERE_ALONG);
    assert_true(mention("Malian")->adjectival);
    assert_place("three border area", "griot:tri");
}

static void test_case_words(void **state) {
    (void)state;
    search("In/A Niger/P ,/. from/A Tahoua/P to/A Diffa/P ,/. roads/N are/V shut/J ./.", NULL);
    assert_int_equal(mention("Tahoua")->where, GR_WHERE_FROM);
    assert_int_equal(mention("Diffa")->where, GR_WHERE_TO);
    search("Niger/P :/. a/D mine/N 15/M km/N north/N of/A Tahoua/P ./.", NULL);
    assert_int_equal(mention("Tahoua")->where, GR_WHERE_NEAR);
    assert_true(fabs(mention("Tahoua")->offset_km - 15) < 1e-9);
    assert_true(mention("Tahoua")->offset_bearing_deg == 0);
    gr_point point;
    double radius_km;
    assert_true(gr_place_offset(gazetteer, mention("Tahoua"), &point, &radius_km));
    assert_true(fabs(point.lat_deg - 15.0237) < 1e-3 && fabs(point.lon_deg - 5.2692) < 1e-3 &&
                radius_km == 6);
    assert_false(gr_place_offset(gazetteer, mention("Niger"), &point, &radius_km));
    search("In/A Niger/P ,/. Tilia/P 's/R base/N refused/V ./.", NULL);
    assert_place("Tilia", "geonames:24");
    assert_true(mention("Tilia")->adjectival);
    assert_true(mention("Tilia")->offset_bearing_deg < 0);
}

static void test_lists_are_of_one_kind(void **state) {
    (void)state;
    search("Cases/N in/A Texas/P ,/. Ohio/P and/C Georgia/P rose/V ./.", NULL);
    assert_place("Georgia", "geonames:14");
    search("They/N went/V to/A Niger/P ,/. Mali/P and/C Georgia/P ./.", NULL);
    assert_place("Georgia", "geonames:4");
}

static void test_article(void **state) {
    (void)state;
    search("In/A the/D US/P ,/. ships/N crossed/V the/D Atlantic/P ./.", NULL);
    assert_place("Atlantic", "griot:atlantic");
    search("In/A the/D US/P ,/. they/N met/V in/A Atlantic/P ,/. Ohio/P ./.", NULL);
    assert_place("Atlantic", "geonames:33");
}

static void test_fields_of_government(void **state) {
    (void)state;
    search("The/D Department/P of/A Agriculture/P and/C the/D Ministry/P of/A Health/P met/V ./.", NULL);
    assert_int_equal(found.count, 0);
}

static void test_demonyms_on_request(void **state) {
    (void)state;
    gr_place_context context = {.lang = GR_S("en"), .demonyms = true};
    search("Malian/J troops/N met/V American/J experts/N ./.", &context);
    assert_int_equal(found.count, 2);
    assert_place("Malian", "geonames:2");
    assert_true(mention("Malian")->demonym);
}

static void test_given_mentions(void **state) {
    (void)state;
    static const gr_token_range given[] = {{3, 6}, {7, 8}, {9, 10}};
    gr_place_context context = {.lang = GR_S("en"), .given = given, .given_count = 3};
    search("People/N left/V for/A the/D Diffa/P region/N of/A Niger/P and/C zzyzx/N in/A Tahoua/P ./.",
           &context);
    assert_int_equal(found.count, 3);
    assert_place("the Diffa region", "geonames:11");
    assert_place("Niger", "geonames:1");
    assert_place("zzyzx", "none");
}

static void test_unit_behind_a_comma(void **state) {
    (void)state;
    search("Janet/P Moore/P of/A Paris/P ,/. Texas/P ,/. fell/V ill/J ./.", NULL);
    assert_place("Paris", "geonames:28");
}

static void test_small_letters_and_capitals(void **state) {
    (void)state;
    search("they/N met/V in/A paris/N ./.", NULL);
    assert_int_equal(found.count, 0);
    search("TROOPS/N LEFT/V TAHOUA/P IN/A NIGER/P AND/C THE/D BASE/N ./.", NULL);
    assert_place("TAHOUA", "geonames:22");
    assert_int_equal(found.count, 2);
}

static void test_same_again(void **state) {
    (void)state;
    const char *tagged = "Kati/P ,/. Gao/P and/C Diffa/P ,/. in/A Niger/P and/C Mali/P ./.";
    search(tagged, NULL);
    gr_place_mention first[8];
    uint32_t count = found.count;
    assert_true(count >= 4 && count <= 8);
    memcpy(first, found.item, count * sizeof *first);
    search(tagged, NULL);
    assert_int_equal(found.count, count);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(first[i].place, found.item[i].place);
        assert_true(first[i].score == found.item[i].score);
    }
}

static int set_up(void **state) {
    (void)state;
    if (!mkdtemp(folder)) return -1;
    static char places[64], words[64], image[64];
    snprintf(places, sizeof places, "%s/places", folder);
    snprintf(words, sizeof words, "%s/words", folder);
    snprintf(image, sizeof image, "%s/image", folder);
    const char *source[] = {places, words};
    gr_error err = {0};
    if (gr_os_write_all(places, gr_slice_of(TABLE), &err) == GR_OK &&
        gr_os_write_all(words, gr_slice_of(WORDS), &err) == GR_OK &&
        gr_gazetteer_build(source, 2, image, NULL, &err) == GR_OK)
        gazetteer = gr_gazetteer_open(image, &err);
    if (!gazetteer) print_error("%s: %s\n", err.origin, err.message);
    unlink(places);
    unlink(words);
    unlink(image);
    arena = gr_arena_new(16 << 20);
    return gazetteer && arena ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    gr_gazetteer_close(gazetteer);
    gr_arena_free(arena);
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_town_or_unit),
        cmocka_unit_test(test_containment),
        cmocka_unit_test(test_countries_of_the_document),
        cmocka_unit_test(test_state_or_country),
        cmocka_unit_test(test_lone_namesake_abroad),
        cmocka_unit_test(test_unknown_name_stays),
        cmocka_unit_test(test_no_place),
        cmocka_unit_test(test_taken_tokens),
        cmocka_unit_test(test_country_of_an_office),
        cmocka_unit_test(test_letters_name_no_village),
        cmocka_unit_test(test_country_that_is_a_word),
        cmocka_unit_test(test_holder_of_an_office),
        cmocka_unit_test(test_money),
        cmocka_unit_test(test_disease),
        cmocka_unit_test(test_border),
        cmocka_unit_test(test_case_words),
        cmocka_unit_test(test_lists_are_of_one_kind),
        cmocka_unit_test(test_article),
        cmocka_unit_test(test_fields_of_government),
        cmocka_unit_test(test_demonyms_on_request),
        cmocka_unit_test(test_given_mentions),
        cmocka_unit_test(test_unit_behind_a_comma),
        cmocka_unit_test(test_small_letters_and_capitals),
        cmocka_unit_test(test_same_again),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
