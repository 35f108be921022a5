/* Dictionaries of TABARI and PETRARCH into blocks, and what is refused. */
#include "know/actors_import.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static gr_arena *arena;
static gr_buffer out;
static gr_import_counts counts;
static gr_error err;

static gr_status import(const char *text) {
    gr_buffer_free(&out);
    err = (gr_error){0};
    return gr_actors_import(arena, NULL, gr_slice_of(text), GR_S("f"), &out, &counts, &err);
}

static void expect(const char *text, const char *made) {
    assert_int_equal(import(text), GR_OK);
    gr_buffer_byte(&out, '\0');
    assert_string_equal(out.ptr, made);
}

static void refuse(const char *text, const char *origin, const char *words) {
    assert_int_equal(import(text), GR_BAD_INPUT);
    assert_string_equal(err.origin, origin);
    assert_non_null(strstr(err.message, words));
}

static void names_codes_and_dates(void **state) {
    (void)state;
    expect("; head\nZED_RIVER_GUARD_ [NGAMIL] # note\n",
           "actor zed-river-guard\n  name      Zed River Guard\n  kind      state-military\n  country   NGA\n"
           "  en        Zed River Guard\n  code      NGAMIL\n  # source: f:2\n");
    expect(
        "ZED_FRONT [NGAREB 820101-850131] [NGAOPP >850201]\n+ZF_\n",
        "actor zed-front\n  name      Zed Front\n  kind      rebel\n  country   NGA\n  en        Zed Front\n"
        "  acronym   ZF\n  code      NGAREB 1982-01-01..1985-01-31\n  code      NGAOPP 1985-02-01..\n"
        "  since     1982-01-01\n  # source: f:1\n");
    expect("A_B_CLUB\n+CLUB_OF_A-B_\n\t[NGO/IGO 20010000-20051200]\n",
           "actor a-b-club\n  name      A B Club\n  kind      ngo\n  en        A B Club |\n            Club "
           "Of A-B\n"
           "  code      NGO/IGO 2001..2005-12\n  since     2001\n  until     2005-12\n  # source: f:1\n");
}

static void ids_stay_unique(void **state) {
    (void)state;
    assert_int_equal(import("ZED_FRONT [NGAREB]\nZED__FRONT_ [NERREB]\n"), GR_OK);
    gr_buffer_byte(&out, '\0');
    assert_non_null(strstr(out.ptr, "actor zed-front\n"));
    assert_non_null(strstr(out.ptr, "actor zed-front-2\n"));
    assert_int_equal(counts.actors, 2);
}

static void countries_and_nobody_are_left_out(void **state) {
    (void)state;
    expect("NIGERIA_ [NGA]\nTHE_WEATHER_ [~]\nNOTHING_ [---]\n", "");
    assert_int_equal(counts.countries, 1);
    assert_int_equal(counts.nulls, 2);
    expect("", "");
    expect("# only a comment\n\n", "");
}

static void faults_name_their_place(void **state) {
    (void)state;
    refuse("ZED_ [NGAMIL\n", "f:1:6", "not closed");
    refuse("ZED_ [NGAMIL 850101-820101]\n", "f:1:14", "reversed");
    refuse("ZED_ [NGAMIL 851301-860101]\n", "f:1:14", "no date");
    refuse("ZED_ [NGAMIL] x\n", "f:1:15", "square brackets");
    refuse("ZED_ []\n", "f:1:6", "no code");
    refuse("\nZED_\n", "f:2:1", "has no code");
    refuse("+ZED_ [NGAMIL]\n", "f:1:2", "needs a name");
    refuse("\t[NGAMIL]\n", "f:1:2", "needs a name");
    refuse("Z\xC9"
           "D_ [NGAMIL]\n",
           "f:1:1", "UTF-8");
    refuse("Z\001D_ [NGAMIL]\n", "f:1:2", "control character");
}

static int set_up(void **state) {
    static jmp_buf full;
    (void)state;
    arena = gr_arena_new((size_t)1 << 22);
    if (setjmp(full)) return -1;
    gr_arena_guard(arena, &full);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    gr_buffer_free(&out);
    gr_arena_free(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_codes_and_dates),
        cmocka_unit_test(ids_stay_unique),
        cmocka_unit_test(countries_and_nobody_are_left_out),
        cmocka_unit_test(faults_name_their_place),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
