/* Accounts of two reports: written and read back, compared the same both ways, and judged as
 * docs/incidents.md says. */
#include "link/accounts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static gr_arena *arena;

static int set_up(void **state) {
    (void)state;
    arena = gr_arena_new((size_t)8 << 20);
    return arena ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    gr_arena_free(arena);
    return 0;
}

/* "attack 100-100 @village:NER/Tahoua 15.1,4.8 >issp <mil-ner killed=29": the account of a few words. */
typedef struct sketch {
    const char *type;
    int32_t from, to;
    const char *place;
    unsigned level;
    double lat, lon;
    const char *actor, *target;
    int64_t killed;
    int32_t told; /* day of the report, or 0 */
} sketch;

static gr_account account_of(const sketch *s) {
    gr_account a = {.kind = GR_KIND_EVENT,
                    .type = gr_slice_of(s->type),
                    .earliest = s->from,
                    .latest = s->to,
                    .published = s->told ? s->told : GR_NO_DAY};
    a.place = gr_alloc(arena, sizeof *a.place);
    a.party = gr_alloc_array(arena, 2, sizeof *a.party);
    a.figure = gr_alloc(arena, sizeof *a.figure);
    if (s->place) {
        *a.place = (gr_account_place){.key = gr_slice_of(s->place),
                                      .level = s->level,
                                      .country = GR_S("NER"),
                                      .admin1 = GR_S("Tahoua"),
                                      .has_point = s->level >= 4,
                                      .lat_deg = s->lat,
                                      .lon_deg = s->lon};
        a.place_count = 1;
    }
    if (s->actor)
        a.party[a.party_count++] =
            (gr_account_party){GR_ROLE_ACTOR, gr_slice_of(s->actor), true, GR_SIDE_ARMED};
    if (s->target)
        a.party[a.party_count++] =
            (gr_account_party){GR_ROLE_TARGET, gr_slice_of(s->target), true, GR_SIDE_STATE};
    if (s->killed) {
        *a.figure = (gr_account_figure){GR_WHAT_KILLED, GR_S("soldier"), s->killed, s->killed};
        a.figure_count = 1;
    }
    return a;
}

static const sketch base = {"attack", 100, 100, "takanamat", 6, 15.1, 4.8, "issp", "mil-ner", 29};

typedef struct judged {
    const char *what;
    sketch other;
    gr_sameness verdict;
} judged;

static void verdicts(void **state) {
    (void)state;
    static const judged rows[] = {
        {"the same again",
         {"attack", 100, 100, "takanamat", 6, 15.1, 4.8, "issp", "mil-ner", 29},
         GR_CERTAIN},
        {"another word for it",
         {"ambush", 100, 100, "takanamat", 6, 15.1, 4.8, NULL, "mil-ner", 29},
         GR_CERTAIN},
        {"a revised toll", {"attack", 100, 100, "takanamat", 6, 15.1, 4.8, NULL, "mil-ner", 35}, GR_CERTAIN},
        {"a toll of quite another size",
         {"attack", 100, 100, "takanamat", 6, 15.1, 4.8, NULL, "mil-ner", 90},
         GR_LIKELY},
        {"a spot beside it",
         {"attack", 100, 100, "tabatol", 6, 15.15, 4.8, "issp", "mil-ner", 29},
         GR_CERTAIN},
        {"the region, with the figure",
         {"attack", 100, 100, "tahoua", 3, 0, 0, NULL, "mil-ner", 29},
         GR_CERTAIN},
        {"the region, without it", {"attack", 100, 100, "tahoua", 3, 0, 0, NULL, "mil-ner", 0}, GR_LIKELY},
        {"no place, with the figure", {"attack", 100, 100, NULL, 0, 0, 0, NULL, "mil-ner", 29}, GR_CERTAIN},
        {"the next day, with the figure",
         {"attack", 101, 101, "takanamat", 6, 15.1, 4.8, NULL, "mil-ner", 29},
         GR_CERTAIN},
        {"the next day, without it",
         {"attack", 101, 101, "takanamat", 6, 15.1, 4.8, "issp", "mil-ner", 0},
         GR_LIKELY},
        {"a week, with the figure",
         {"attack", 96, 102, "takanamat", 6, 15.1, 4.8, NULL, "mil-ner", 29},
         GR_CERTAIN},
        {"a month", {"attack", 90, 120, "takanamat", 6, 15.1, 4.8, "issp", "mil-ner", 29}, GR_LIKELY},
        {"no day",
         {"attack", GR_NO_DAY, GR_NO_DAY, "takanamat", 6, 15.1, 4.8, "issp", "mil-ner", 29},
         GR_LIKELY},
        {"no day, told in the days after",
         {"attack", GR_NO_DAY, GR_NO_DAY, "takanamat", 6, 15.1, 4.8, NULL, "mil-ner", 0, 103},
         GR_LIKELY},
        {"no day, told in another month",
         {"attack", GR_NO_DAY, GR_NO_DAY, "takanamat", 6, 15.1, 4.8, NULL, "mil-nga", 0, 140},
         GR_APART},
        {"no day, told before it happened",
         {"attack", GR_NO_DAY, GR_NO_DAY, "takanamat", 6, 15.1, 4.8, "issp", "mil-ner", 29, 90},
         GR_APART},
        {"two days later", {"attack", 102, 102, "takanamat", 6, 15.1, 4.8, "issp", "mil-ner", 29}, GR_APART},
        {"far away", {"attack", 100, 100, "diffa", 6, 13.3, 12.6, "issp", "mil-ner", 29}, GR_APART},
        {"another group", {"attack", 100, 100, "takanamat", 6, 15.1, 4.8, "jnim", "mil-ner", 29}, GR_LIKELY},
        {"another means", {"protest", 100, 100, "takanamat", 6, 15.1, 4.8, "issp", "mil-ner", 29}, GR_APART},
        {"nothing but the day", {"attack", 100, 100, NULL, 0, 0, 0, NULL, NULL, 0}, GR_APART},
    };
    gr_account a = account_of(&base);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        gr_account b = account_of(&rows[i].other);
        gr_comparison is = gr_compare_accounts(&a, &b);
        if (is.verdict != rows[i].verdict)
            fail_msg("%s: %s with %d points, why %x", rows[i].what, gr_sameness_name(is.verdict), is.points,
                     is.why);
    }
}

/* A city sees several attacks a day: one side and the place tie nothing together there. */
static void cities(void **state) {
    (void)state;
    sketch one = base, two = base;
    one.level = two.level = GR_ACCOUNT_CITY;
    two.killed = one.killed = 0;
    two.actor = NULL;
    gr_account a = account_of(&one), b = account_of(&two);
    assert_int_equal(gr_compare_accounts(&a, &b).verdict, GR_LIKELY);
    one.level = two.level = 6;
    a = account_of(&one);
    b = account_of(&two);
    assert_int_equal(gr_compare_accounts(&a, &b).verdict, GR_CERTAIN);
}

static void planned_and_done(void **state) {
    (void)state;
    gr_account a = account_of(&base), b = account_of(&base);
    b.reality = GR_PLANNED;
    assert_true(gr_compare_accounts(&a, &b).contradicts);
    b.reality = GR_DENIED;
    assert_int_equal(gr_compare_accounts(&a, &b).verdict, GR_CERTAIN);
}

static unsigned seed = 1;
static int drawn(int below) {
    seed = seed * 1103515245u + 12345u;
    return (int)(seed >> 16) % below;
}

static sketch any_sketch(void) {
    static const char *const type[] = {"attack", "ambush", "kill", "protest", "airstrike"};
    static const char *const name[] = {"takanamat", "tabatol", "diffa", NULL};
    static const char *const side[] = {"issp", "jnim", "mil-ner", NULL};
    int32_t from = drawn(5) ? 100 + drawn(4) : GR_NO_DAY;
    return (sketch){type[drawn(5)],
                    from,
                    from == GR_NO_DAY ? from : from + drawn(3) * 3,
                    name[drawn(4)],
                    (unsigned)drawn(8),
                    13 + drawn(20) / 10.0,
                    4 + drawn(90) / 10.0,
                    side[drawn(4)],
                    side[drawn(4)],
                    drawn(40)};
}

static void symmetric_and_kept(void **state) {
    (void)state;
    for (int i = 0; i < 20000; i++) {
        gr_arena_reset(arena);
        sketch one = any_sketch(), two = any_sketch();
        gr_account a = account_of(&one), b = account_of(&two), again;
        gr_comparison there = gr_compare_accounts(&a, &b), back = gr_compare_accounts(&b, &a);
        assert_int_equal(there.verdict, back.verdict);
        assert_int_equal(there.points, back.points);
        assert_int_equal(there.why, back.why);
        gr_buffer line = {0}, second = {0};
        gr_account_write(&a, &line);
        assert_true(gr_account_read(arena, gr_buffer_slice(&line), &again));
        gr_account_write(&again, &second);
        assert_true(gr_eq(gr_buffer_slice(&line), gr_buffer_slice(&second)));
        there = gr_compare_accounts(&again, &b);
        if (there.points != back.points)
            fail_msg("%.*s: %d, %x and not %d, %x", GR_FMT(gr_buffer_slice(&line)), there.points, there.why,
                     back.points, back.why);
        gr_buffer_free(&line);
        gr_buffer_free(&second);
    }
}

/* Names with the marks that part fields, and lines that no account made. */
static void odd_lines(void **state) {
    (void)state;
    sketch s = base;
    s.place = "a,b;c|d\n";
    gr_account a = account_of(&s), again;
    gr_buffer line = {0};
    gr_account_write(&a, &line);
    assert_true(gr_account_read(arena, gr_buffer_slice(&line), &again));
    assert_true(gr_eq(again.place[0].key, GR_S("a b c d ")));
    for (size_t cut = 0; cut < line.len;
         cut++) /* every cut is read or refused, and nothing is read past it */
        gr_account_read(arena, (gr_slice){line.ptr, cut}, &again);
    gr_buffer_free(&line);
    static const char *const bad[] = {"",
                                      "9,attack,0,,||||",
                                      "0,attack,9,,||||",
                                      "0,attack,0,x,||||",
                                      "0,attack,0,,|a,9,,,;|||",
                                      "0,attack,0,,|a,6,,,,1,2;|||",
                                      "0,attack,0,,||a,9,0,0;||",
                                      "0,attack,0,,|||99,u,1,2;|"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (gr_account_read(arena, gr_slice_of(bad[i]), &again)) fail_msg("\"%s\" was read", bad[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(verdicts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cities, set_up, tear_down),
        cmocka_unit_test_setup_teardown(planned_and_done, set_up, tear_down),
        cmocka_unit_test_setup_teardown(symmetric_and_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(odd_lines, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
