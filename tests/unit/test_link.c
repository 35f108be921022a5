/* Incidents of a report and codes of claims: claims written as words (tests/golden/link). */
#include "base/buffer.h"
#include "base/os.h"
#include "claim/acts.h"
#include "know/know.h"
#include "link/link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MOST_CLAIMS = 8, MOST_PARTS = 4 };

typedef struct case_claim {
    gr_claim claim;
    gr_party party[MOST_PARTS];
    gr_location location[MOST_PARTS];
    gr_count count[MOST_PARTS];
    gr_instrument instrument[MOST_PARTS];
} case_claim;

static gr_arena *arena;
static gr_knowledge *knowledge;

static void add_party(case_claim *c, gr_role role, gr_slice value) {
    gr_party *p = &c->party[c->claim.party_count++];
    *p = (gr_party){.role = role, .form = GR_FORM_DESCRIBED};
    p->name = gr_cut(&value, '/');
    p->kind = gr_cut(&value, '/');
    if (gr_eq(p->kind, GR_S("site"))) {
        p->form = GR_FORM_SITE;
        p->kind = GR_S("");
        p->family = value;
    } else {
        p->id = value;
    }
}

static void add_place(case_claim *c, gr_slice value) {
    gr_location *l = &c->location[c->claim.location_count++];
    *l = (gr_location){.role = "at"};
    l->name = l->place = gr_cut(&value, '/');
    l->admin1 = gr_cut(&value, '/');
    l->country = gr_cut(&value, '/');
    l->level = gr_eq(value, GR_S("admin1")) ? "admin1" : "populated place";
}

static uint32_t number_of(gr_slice digits) {
    uint64_t n = 0;
    if (!gr_parse_u64(digits, &n)) fail_msg("%.*s is no number", GR_FMT(digits));
    return (uint32_t)n;
}

static void add_count(case_claim *c, gr_what what, gr_slice value) {
    gr_count *count = &c->count[c->claim.count_count++];
    *count = (gr_count){.what = what, .op = GR_OP_EQ, .n_max = GR_NO_NUMBER, .of = "target"};
    count->n = number_of(gr_cut(&value, '/'));
    count->unit = value;
}

static void add_word(case_claim *c, gr_slice word) {
    gr_slice value = word, key = gr_cut(&value, ':');
    if (gr_eq(key, GR_S("actor")))
        add_party(c, GR_ROLE_ACTOR, value);
    else if (gr_eq(key, GR_S("target")))
        add_party(c, GR_ROLE_TARGET, value);
    else if (gr_eq(key, GR_S("at")))
        add_place(c, value);
    else if (gr_eq(key, GR_S("on")))
        c->claim.when =
            (gr_when){.present = true, .earliest = gr_day_parse(value), .latest = gr_day_parse(value)};
    else if (gr_eq(key, GR_S("with")))
        c->instrument[c->claim.instrument_count++] = (gr_instrument){.family = value};
    else if (gr_eq(key, GR_S("again")))
        c->claim.telling = GR_TOLD_AGAIN;
    else if (gr_eq(key, GR_S("another")))
        c->claim.telling = GR_TOLD_ANOTHER;
    else if (gr_reality_of(key) != GR_REALITY_COUNT)
        c->claim.reality = gr_reality_of(key);
    else if (gr_what_of(key) != GR_WHAT_COUNT)
        add_count(c, gr_what_of(key), value);
    else if (key.len > 1 && (key.ptr[0] == 's' || key.ptr[0] == 'b') && key.ptr[1] >= '0' &&
             key.ptr[1] <= '9')
        *(key.ptr[0] == 's' ? &c->claim.sentence : &c->claim.block) = number_of(gr_sub(key, 1, key.len));
    else
        fail_msg("the word %.*s is not one of a claim", GR_FMT(word));
}

static void read_claim(gr_slice words, case_claim *c) {
    *c = (case_claim){0};
    words = gr_trim(words);
    gr_slice name = gr_cut(&words, ' ');
    uint32_t at = gr_map_get(&knowledge->types, name);
    if (at == GR_MAP_NONE) fail_msg("no type %.*s", GR_FMT(name));
    const gr_type *type = &knowledge->type[at];
    c->claim = (gr_claim){.kind = (gr_kind)type->kind,
                          .type = type->name,
                          .acled = type->acled,
                          .plover = type->plover,
                          .cameo = type->cameo,
                          .ucdp = type->ucdp};
    while (words.len) {
        gr_slice word = gr_cut(&words, ' ');
        if (word.len) add_word(c, word);
    }
    c->claim.party = c->party, c->claim.location = c->location;
    c->claim.count = c->count, c->claim.instrument = c->instrument;
}

/* Numbers of its claims, and behind "=" the actors that only claim it or are accused of it. */
static void write_incident(const gr_incident *incident, bool later, gr_buffer *found) {
    for (uint32_t m = 0; m < incident->member_count; m++)
        gr_buffer_printf(found, "%s%u", m ? "+" : later ? " " : "", incident->member[m] + 1);
    for (uint32_t p = 0; p < incident->sum.party_count; p++) {
        const gr_party *party = &incident->sum.party[p];
        if (party->role == GR_ROLE_ACTOR && party->status != GR_STATUS_FACT)
            gr_buffer_printf(found, "=%.*s:%s", GR_FMT(party->name), gr_party_status_name(party->status));
    }
}

static void incidents_of(gr_slice line, gr_buffer *found) {
    static case_claim parts[MOST_CLAIMS];
    gr_claim claim[MOST_CLAIMS];
    uint32_t count = 0;
    while (line.len && count < MOST_CLAIMS) {
        read_claim(gr_cut(&line, ';'), &parts[count]);
        claim[count] = parts[count].claim;
        count++;
    }
    gr_incidents incidents = {0};
    gr_who who = {0};
    gr_link_report(arena,
                   &(gr_link_input){.claim = claim, .claim_count = count, .who = &who, .know = knowledge},
                   &incidents);
    for (uint32_t i = 0; i < incidents.count; i++) write_incident(&incidents.item[i], i > 0, found);
}

static void codes_of(gr_slice line, gr_buffer *found) {
    case_claim c;
    read_claim(line, &c);
    gr_settle_codes(&c.claim);
    gr_slice acled = c.claim.acled;
    gr_settle_codes(&c.claim);
    assert_true(gr_eq(acled, c.claim.acled)); /* once more changes nothing */
    gr_buffer_printf(found, "%.*s\t%.*s\t%d", GR_FMT(acled), GR_FMT(c.claim.plover), c.claim.ucdp);
}

static void check_file(const char *path, void (*result)(gr_slice, gr_buffer *)) {
    char *bytes;
    size_t len;
    gr_error err;
    if (gr_os_read_all(path, 1 << 20, &bytes, &len, &err) != GR_OK) fail_msg("%s", err.message);
    gr_slice rest = {bytes, len};
    int wrong = 0;
    for (int number = 1; rest.len; number++) {
        gr_slice line = gr_cut(&rest, '\n');
        if (!line.len || line.ptr[0] == '#') continue;
        gr_slice expected = line, words = gr_cut(&expected, '\t');
        gr_buffer found = {0};
        result(words, &found);
        if (!gr_eq(gr_buffer_slice(&found), expected)) {
            print_error("%s:%d: %.*s\n  expected: %.*s\n  found:    %.*s\n", path, number, GR_FMT(words),
                        GR_FMT(expected), (int)found.len, found.ptr);
            wrong++;
        }
        gr_buffer_free(&found);
        gr_arena_reset(arena);
    }
    gr_os_free(bytes);
    assert_int_equal(wrong, 0);
}

static void claims_make_incidents(void **state) {
    (void)state;
    check_file(GRIOT_GOLDEN "/link/incidents.tsv", incidents_of);
}

static void claims_have_codes(void **state) {
    (void)state;
    check_file(GRIOT_GOLDEN "/link/codes.tsv", codes_of);
}

int main(void) {
    gr_error err;
    arena = gr_arena_new((size_t)64 << 20);
    knowledge = gr_knowledge_open(GRIOT_SOURCE_ROOT "/knowledge", GR_S("en"), &err);
    if (!arena || !knowledge) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claims_make_incidents),
        cmocka_unit_test(claims_have_codes),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    gr_knowledge_close(knowledge);
    gr_arena_free(arena);
    return failed;
}
