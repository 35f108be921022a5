/* States and tolls from claims written as words (tests/golden/situation). Each case is also run with its
 * claims in reverse order: the result must be the same. */
#include "base/buffer.h"
#include "base/os.h"
#include "link/aggregates.h"
#include "link/situation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MOST_TOLD = 8, MOST_PARTS = 4 };

typedef struct told_case {
    gr_told told;
    gr_told_party party[MOST_PARTS];
    gr_told_place place[MOST_PARTS];
    gr_told_figure figure[MOST_PARTS];
    gr_slice person[MOST_PARTS];
    bool incident, same;
} told_case;

static gr_arena *arena;

/* ---- reading ---- */

static void add_party(told_case *c, gr_role role, gr_slice key) {
    bool described = gr_starts(key, GR_S("?")), armed = gr_starts(key, GR_S("!"));
    gr_slice name = armed ? gr_sub(key, 1, key.len) : key;
    c->party[c->told.party_count++] = (gr_told_party){.role = role,
                                                      .key = name,
                                                      .name = name,
                                                      .id = described ? GR_S("") : name,
                                                      .described = described,
                                                      .armed = armed || described};
}

static void add_place(told_case *c, gr_slice value) {
    gr_told_place *p = &c->place[c->told.place_count++];
    *p = (gr_told_place){.role = GR_S("at")};
    p->key = p->name = p->place = gr_cut(&value, '/');
    p->country = gr_cut(&value, '/');
    p->admin1 = value;
    p->level = p->country.len && !p->admin1.len ? GR_S("country") : GR_S("populated place");
}

static gr_op take_op(gr_slice *value) {
    static const struct {
        const char *sign;
        gr_op op;
    } OPS[] = {{">", GR_OP_GT}, {"<", GR_OP_LT}, {"~", GR_OP_ABOUT}};
    for (size_t i = 0; i < sizeof OPS / sizeof *OPS; i++)
        if (gr_starts(*value, gr_slice_of(OPS[i].sign))) {
            *value = gr_sub(*value, 1, value->len);
            return OPS[i].op;
        }
    return GR_OP_EQ;
}

static void add_figure(told_case *c, gr_what what, gr_slice value) {
    gr_told_figure *f = &c->figure[c->told.figure_count++];
    *f = (gr_told_figure){.what = what, .n = GR_NO_NUMBER, .n_max = GR_NO_NUMBER};
    f->op = take_op(&value);
    gr_slice digits = gr_cut(&value, '/');
    uint64_t n;
    if (gr_parse_u64(digits, &n))
        f->n = (int64_t)n;
    else
        f->words = GR_S("several");
    f->unit = value;
    f->aggregate = c->told.kind == GR_KIND_TOLL;
}

static void set_days(told_case *c, gr_slice value) {
    bool range = value.len > 10;
    c->told.earliest = gr_day_parse(gr_sub(value, 0, 10));
    c->told.latest = range ? gr_day_parse(gr_sub(value, 12, value.len)) : c->told.earliest;
}

static void add_word(told_case *c, gr_slice word) {
    gr_slice value = word, key = gr_cut(&value, ':');
    gr_told *t = &c->told;
    if (gr_role_of(key) != GR_ROLE_COUNT)
        add_party(c, gr_role_of(key), value);
    else if (gr_what_of(key) != GR_WHAT_COUNT)
        add_figure(c, gr_what_of(key), value);
    else if (gr_reality_of(key) != GR_REALITY_COUNT)
        t->reality = gr_reality_of(key);
    else if (gr_is(key, "at"))
        add_place(c, value);
    else if (gr_is(key, "on"))
        set_days(c, value);
    else if (gr_is(key, "published"))
        t->published = gr_day_parse(value);
    else if (gr_is(key, "by"))
        t->origin = value;
    else if (gr_is(key, "doc"))
        t->doc = value;
    else if (gr_is(key, "in"))
        t->incident = value;
    else if (gr_is(key, "account"))
        t->account = value;
    else if (gr_is(key, "person"))
        c->person[t->person_count++] = value;
    else if (gr_is(key, "ends"))
        t->ends = true;
    else if (gr_is(key, "part"))
        t->part = true;
    else if (gr_is(key, "same"))
        c->same = true;
    else
        fail_msg("the word %.*s is not one of a claim", GR_FMT(word));
}

static void read_told(gr_slice line, uint32_t number, told_case *c) {
    gr_slice first = gr_cut(&line, ' ');
    gr_slice name = gr_printf(arena, "c%u", (unsigned)number);
    *c = (told_case){.told = {.claim = name,
                              .doc = name,
                              .incident = name,
                              .earliest = GR_NO_DAY,
                              .latest = GR_NO_DAY,
                              .published = GR_NO_DAY}};
    c->incident = gr_is(first, "incident");
    if (gr_is(first, "toll")) c->told.kind = GR_KIND_TOLL;
    if (gr_is(first, "tell")) {
        c->told.kind = gr_kind_of(gr_cut(&line, ' '));
        c->told.type = gr_cut(&line, ' ');
    }
    while (line.len) add_word(c, gr_cut(&line, ' '));
    c->told.party = c->party;
    c->told.place = c->place;
    c->told.figure = c->figure;
    c->told.person = c->person;
}

/* ---- writing ---- */

static void put_day(gr_buffer *out, int32_t day) {
    char text[16];
    if (day != GR_NO_DAY) gr_day_format(day, text);
    gr_buffer_printf(out, "%s", day == GR_NO_DAY ? "?" : text);
}

static void put_bound(gr_buffer *out, const char *name, const gr_bound *b) {
    gr_buffer_printf(out, " %s ", name);
    put_day(out, b->not_before);
    gr_buffer_printf(out, "..");
    put_day(out, b->at_latest);
    if (b->by_publication) gr_buffer_byte(out, 'p');
}

static void put_number(gr_buffer *out, int64_t n) {
    if (n == GR_NO_NUMBER)
        gr_buffer_byte(out, '?');
    else
        gr_buffer_printf(out, "%lld", (long long)n);
}

static void put_range(gr_buffer *out, int64_t low, int64_t high, bool open) {
    put_number(out, low);
    gr_buffer_printf(out, "..");
    put_number(out, high);
    if (open) gr_buffer_byte(out, '+');
}

static void put_state(gr_buffer *out, const gr_state *s) {
    gr_buffer_printf(out, "= %s %.*s", gr_section_name(s->section), GR_FMT(s->what));
    for (uint32_t i = 0; i < s->party_count; i++)
        gr_buffer_printf(out, "%s%.*s", i ? "+" : " ", GR_FMT(s->party[i].key));
    for (uint32_t i = 0; i < s->place_count; i++)
        gr_buffer_printf(out, "%s%.*s", i ? "+" : " @", GR_FMT(s->place[i].key));
    put_bound(out, "from", &s->from);
    if (s->standing == GR_STANDS_ENDED) put_bound(out, "until", &s->until);
    if (s->last_heard != GR_NO_DAY) {
        gr_buffer_printf(out, " heard ");
        put_day(out, s->last_heard);
        if (s->heard_by_publication) gr_buffer_byte(out, 'p');
    }
    gr_buffer_printf(out, " %s/%u", gr_standing_name(s->standing), (unsigned)s->voices);
    if (s->reality != GR_OCCURRED && s->reality != GR_ONGOING)
        gr_buffer_printf(out, " %s", gr_reality_name(s->reality));
    if (s->perhaps) gr_buffer_printf(out, " perhaps");
    if (s->earlier) gr_buffer_printf(out, " again %u", (unsigned)s->earlier);
    for (uint32_t i = 0; i < s->figure_count; i++) {
        gr_buffer_printf(out, " %s ", gr_what_name(s->figure[i].what));
        put_range(out, s->figure[i].low, s->figure[i].high, s->figure[i].open);
    }
    if (s->left_low != GR_NO_NUMBER) {
        gr_buffer_printf(out, " left ");
        put_range(out, s->left_low, s->left_high, false);
    }
    gr_buffer_byte(out, '\n');
}

static void put_sum(gr_buffer *out, const char *name, const gr_sum *sum) {
    if (sum->low == GR_NO_NUMBER && sum->high == GR_NO_NUMBER) return;
    gr_buffer_printf(out, "%s ", name);
    put_range(out, sum->low, sum->high, sum->open);
}

static void put_toll(gr_buffer *out, const gr_toll_row *r) {
    gr_buffer_printf(out, "= %.*s %s %.*s ", GR_FMT(r->group), gr_what_name(r->what), GR_FMT(r->unit));
    put_range(out, r->sum.low, r->sum.high, r->sum.open);
    gr_buffer_printf(out, " voices %u", (unsigned)r->voices);
    put_sum(out, " incidents", &r->incidents);
    put_sum(out, " undated", &r->undated);
    for (uint32_t i = 0; i < r->aggregate_count; i++) {
        const gr_reconciled *a = &r->aggregate[i];
        gr_buffer_printf(out, " [");
        put_sum(out, "explained", &a->explained);
        put_sum(out, a->explained.low == GR_NO_NUMBER ? "left" : " left", &a->unexplained);
        gr_buffer_printf(out, " %s]", gr_verdict_name(a->verdict));
    }
    gr_buffer_byte(out, '\n');
}

/* ---- one case ---- */

typedef struct situation_case {
    gr_slice name;
    int32_t on;
    gr_toll_by by;
    uint32_t later, count;
    told_case told[MOST_TOLD];
    gr_buffer expected;
} situation_case;

static void run_states(const situation_case *c, bool reversed, gr_buffer *out) {
    gr_told told[MOST_TOLD];
    gr_situation s;
    for (uint32_t i = 0; i < c->count; i++) told[reversed ? c->count - 1 - i : i] = c->told[i].told;
    gr_situation_of(arena, told, c->count, c->on, &s);
    for (uint32_t i = 0; i < s.state_count; i++) put_state(out, &s.state[i]);
    assert_int_equal(s.later, c->later);
}

static gr_harmed harmed_of(const told_case *c, uint32_t index, gr_harm *harm) {
    const gr_told_figure *f = &c->figure[0];
    *harm = (gr_harm){f->what, f->unit, f->n, f->n, f->op == GR_OP_GT, f->words};
    return (gr_harmed){.incident = c->told.claim,
                       .cluster = c->same ? index - 1 : index,
                       .earliest = c->told.earliest,
                       .latest = c->told.latest,
                       .place = c->place,
                       .place_count = c->told.place_count,
                       .party = c->party,
                       .party_count = c->told.party_count,
                       .harm = harm,
                       .harm_count = 1,
                       .doc = &c->told.doc,
                       .doc_count = 1,
                       .origin = &c->told.origin,
                       .origin_count = 1};
}

static void run_tolls(const situation_case *c, bool reversed, gr_buffer *out) {
    gr_told told[MOST_TOLD];
    gr_harmed harmed[MOST_TOLD];
    gr_harm harm[MOST_TOLD];
    uint32_t tolls = 0, incidents = 0;
    gr_toll_rows rows;
    for (uint32_t k = 0; k < c->count; k++) {
        uint32_t i = reversed ? c->count - 1 - k : k;
        if (c->told[i].incident)
            harmed[incidents] = harmed_of(&c->told[i], i, &harm[incidents]), incidents++;
        else
            told[tolls++] = c->told[i].told;
    }
    gr_reconcile_tolls(arena, told, tolls, harmed, incidents, c->by, &rows);
    for (uint32_t i = 0; i < rows.count; i++) put_toll(out, &rows.row[i]);
}

static int failures;

static void check_case(situation_case *c, bool tolls) {
    for (int reversed = 0; reversed < 2; reversed++) {
        gr_buffer got = {0};
        (tolls ? run_tolls : run_states)(c, reversed, &got);
        if (!gr_eq(gr_buffer_slice(&got), gr_buffer_slice(&c->expected))) {
            failures++;
            fprintf(stderr, "case \"%.*s\"%s gives\n%.*sand not\n%.*s\n", GR_FMT(c->name),
                    reversed ? ", reversed," : "", GR_FMT(gr_buffer_slice(&got)),
                    GR_FMT(gr_buffer_slice(&c->expected)));
        }
        gr_buffer_free(&got);
    }
    gr_buffer_free(&c->expected);
}

static void read_line(situation_case *c, gr_slice line) {
    gr_slice rest = line, first = gr_cut(&rest, ' ');
    uint64_t n = 0;
    if (gr_is(first, "on")) {
        c->on = gr_day_parse(rest);
    } else if (gr_is(first, "later")) {
        gr_parse_u64(rest, &n);
        c->later = (uint32_t)n;
    } else if (gr_is(first, "by")) {
        c->by = gr_is(rest, "month") ? GR_BY_MONTH : gr_is(rest, "place") ? GR_BY_PLACE : GR_BY_ACTOR;
    } else if (gr_is(first, "=")) {
        gr_buffer_add(&c->expected, line);
        gr_buffer_byte(&c->expected, '\n');
    } else {
        assert_true(c->count < MOST_TOLD);
        read_told(line, c->count, &c->told[c->count]);
        c->count++;
    }
}

static void run_file(const char *path, bool tolls) {
    char *text;
    size_t len;
    gr_error err;
    if (gr_os_read_all(path, 1 << 20, &text, &len, &err) != GR_OK) fail_msg("%s", err.message);
    gr_slice rest = {text, len};
    static situation_case c;
    bool open = false;
    unsigned cases = 0;
    failures = 0;
    while (rest.len) {
        gr_slice line = gr_trim(gr_cut(&rest, '\n'));
        if (!line.len || gr_starts(line, GR_S("#"))) continue;
        if (gr_starts(line, GR_S("== "))) {
            if (open) check_case(&c, tolls);
            c = (situation_case){.name = gr_sub(line, 3, line.len), .on = GR_NO_DAY};
            open = true;
            cases++;
        } else {
            read_line(&c, line);
        }
    }
    if (open) check_case(&c, tolls);
    gr_os_free(text);
    assert_true(cases > 0);
    assert_int_equal(failures, 0);
}

static void states(void **state) {
    (void)state;
    run_file(GRIOT_GOLDEN "/situation/states.txt", false);
}

static void tolls(void **state) {
    (void)state;
    run_file(GRIOT_GOLDEN "/situation/tolls.txt", true);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(states), cmocka_unit_test(tolls)};
    arena = gr_arena_new((size_t)64 << 20);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    gr_arena_free(arena);
    return failed;
}
