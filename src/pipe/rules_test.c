#include "pipe/rules_test.h"

#include "base/utf8.h"
#include "claim/ties.h"
#include "know/blocks.h"
#include "know/rules.h"
#include "pipe/pipe_internal.h"

/* Expectations behind =>, cut at commas: "actor NAME", "target NAME", "with NAME", "subject NAME", "at NAME",
 * "killed > 100 soldier" (any counts.what; op and unit may be left out), "reality planned", "kind toll",
 * "says NAME", "person NAME". NAME matches an id or a part of the name or words, without case or accents. */

static bool name_holds(gr_arena *a, gr_slice wanted, gr_slice value) {
    gr_slice w = gr_words_key(a, wanted), v = gr_words_key(a, value);
    return w.len && v.len >= w.len && memmem(v.ptr, v.len, w.ptr, w.len);
}

static gr_slice words_at(const gr_coded *coded, gr_span span) {
    return gr_sub(coded->text.bytes, span.begin_b, span.end_b);
}

static bool party_holds(gr_arena *a, const gr_coded *coded, const gr_claim *c, gr_role role,
                        gr_slice wanted) {
    for (uint32_t i = 0; i < c->party_count; i++) {
        const gr_party *p = &c->party[i];
        if (p->role == role && (gr_eq(p->id, wanted) || name_holds(a, wanted, p->name) ||
                                name_holds(a, wanted, words_at(coded, p->mention))))
            return true;
    }
    return false;
}

static bool count_holds(gr_arena *a, const gr_coded *coded, const gr_claim *c, gr_what what, gr_slice rest) {
    gr_slice op = GR_S(""), number = GR_S(""), word, unit = GR_S("");
    while (gr_next_word(&rest, &word)) {
        uint64_t ignored;
        if (word.ptr[0] == '=' || word.ptr[0] == '<' || word.ptr[0] == '>' || word.ptr[0] == '~')
            op = word;
        else if (gr_parse_u64(word, &ignored))
            number = word;
        else
            unit = word;
    }
    for (uint32_t i = 0; i < c->count_count; i++) {
        const gr_count *k = &c->count[i];
        uint64_t n = 0;
        if (k->what != what || (op.len && !gr_eq(op, gr_slice_of(gr_op_name(k->op))))) continue;
        if (number.len && (!gr_parse_u64(number, &n) || k->n != (int64_t)n)) continue;
        if (unit.len && !name_holds(a, unit, k->unit) && !name_holds(a, unit, words_at(coded, k->mention)))
            continue;
        return true;
    }
    return false;
}

static bool place_holds(gr_arena *a, const gr_coded *coded, const gr_claim *c, gr_slice wanted) {
    for (uint32_t i = 0; i < c->location_count; i++)
        if (name_holds(a, wanted, c->location[i].name) ||
            name_holds(a, wanted, words_at(coded, c->location[i].mention)))
            return true;
    return false;
}

static bool item_holds(gr_arena *a, const gr_coded *coded, const gr_claim *c, gr_slice item) {
    gr_slice rest = item;
    gr_slice key = gr_cut(&rest, ' ');
    rest = rest.ptr ? gr_trim(rest) : GR_S("");
    gr_role role = gr_role_of(key);
    gr_what what = gr_what_of(key);
    if (role != GR_ROLE_COUNT) return party_holds(a, coded, c, role, rest);
    if (what != GR_WHAT_COUNT) return count_holds(a, coded, c, what, rest);
    if (gr_eq(key, GR_S("at"))) return place_holds(a, coded, c, rest);
    if (gr_eq(key, GR_S("reality"))) return gr_eq(rest, gr_slice_of(gr_reality_name(c->reality)));
    if (gr_eq(key, GR_S("kind"))) return gr_eq(rest, gr_slice_of(gr_kind_name(c->kind)));
    if (gr_eq(key, GR_S("ends"))) return c->ends;
    if (gr_eq(key, GR_S("no")) && gr_eq(rest, GR_S("end"))) return !c->ends;
    if (gr_eq(key, GR_S("no")))
        return gr_eq(rest, GR_S("actor")) && !party_holds(a, coded, c, GR_ROLE_ACTOR, GR_S(""));
    for (uint32_t i = 0; gr_eq(key, GR_S("says")) && i < c->claimant_count; i++)
        if (name_holds(a, rest, c->claimant[i].name)) return true;
    for (uint32_t i = 0; gr_eq(key, GR_S("person")) && i < c->person_count; i++)
        if (name_holds(a, rest, c->person[i].name)) return true;
    return false;
}

/* All of the list; *missing names the first that does not hold. */
static bool all_hold(gr_arena *a, const gr_coded *coded, const gr_claim *c, gr_slice expected,
                     gr_slice *missing) {
    while (expected.ptr) {
        gr_slice item = gr_trim(gr_cut(&expected, ','));
        if (item.len && !item_holds(a, coded, c, item)) {
            *missing = item;
            return false;
        }
    }
    return true;
}

static bool example_holds(gr_arena *a, const gr_coded *coded, const gr_rule *rule, const gr_example *e,
                          gr_slice *missing) {
    bool made = false;
    *missing = GR_S("a claim by this rule");
    for (uint32_t i = 0; i < coded->claim_count; i++) {
        if (!gr_eq(coded->claim[i].rule, rule->name)) continue;
        made = made || all_hold(a, coded, &coded->claim[i], e->expected, missing);
    }
    return made == e->positive;
}

/* Expectations of rules for relations: "from NAME", "to NAME"; NAME matches a part of the words. */
static bool tie_holds(gr_arena *a, const gr_coded *coded, const gr_ties *ties, const gr_tie *tie,
                      gr_slice expected, gr_slice *missing) {
    while (expected.ptr) {
        gr_slice item = gr_trim(gr_cut(&expected, ',')), rest = item;
        gr_slice key = gr_cut(&rest, ' ');
        const gr_thing *side = &ties->thing.item[gr_eq(key, GR_S("from")) ? tie->from : tie->to];
        bool known = gr_eq(key, GR_S("from")) || gr_eq(key, GR_S("to"));
        gr_slice words = words_at(coded, gr_span_of(&coded->text, side->tok_begin, side->tok_end));
        if (item.len && !(known && rest.ptr && name_holds(a, rest, words))) {
            *missing = item;
            return false;
        }
    }
    return true;
}

static bool tie_example_holds(gr_arena *a, const gr_coded *coded, const gr_ties *ties, const gr_rule *rule,
                              const gr_example *e, gr_slice *missing) {
    bool made = false;
    *missing = GR_S("a relation by this rule");
    for (uint32_t i = 0; i < ties->tie.count; i++)
        if (gr_eq(ties->tie.item[i].rule, rule->name))
            made = made || tie_holds(a, coded, ties, &ties->tie.item[i], e->expected, missing);
    return made == e->positive;
}

typedef struct testing {
    const gr_library *library;
    gr_worker *worker;
    gr_worker *reader; /* parses every sentence, as relations ask for */
    bool relations;    /* the rules under test make relations */
    gr_arena *arena;
    gr_buffer *report;
    uint32_t *passed, *failed;
} testing;

static bool holds(testing *t, const gr_coded *coded, const gr_understood *found, const gr_rule *rule,
                  const gr_example *example, gr_slice *missing) {
    gr_ties ties;
    if (!t->relations) return example_holds(t->arena, coded, rule, example, missing);
    gr_find_ties(t->arena, &found->input, NULL, 0, &ties);
    return tie_example_holds(t->arena, coded, &ties, rule, example, missing);
}

static gr_status test_example(testing *t, const gr_rule *rule, const gr_example *example, gr_error *err) {
    gr_source source = {.name = GR_S("example"), .lang = rule->lang};
    gr_coded coded;
    gr_understood found;
    gr_slice missing;
    gr_status status = gr_worker_understand(t->relations ? t->reader : t->worker, example->text, &source,
                                            &coded, &found, err);
    if (status != GR_OK) return status;
    gr_arena_reset(t->arena);
    if (holds(t, &coded, &found, rule, example, &missing)) {
        ++*t->passed;
        return GR_OK;
    }
    ++*t->failed;
    gr_buffer_printf(t->report, "%.*s:%u: %.*s: %s %.*s in: %.*s\n", GR_FMT(example->at.file),
                     example->at.line, GR_FMT(rule->name), example->positive ? "expected" : "did not expect",
                     GR_FMT(missing), GR_FMT(example->text));
    return GR_OK;
}

static gr_status test_rules(testing *t, const gr_rules *rules, gr_error *err) {
    gr_status status = GR_OK;
    for (uint32_t r = 0; r < rules->count; r++)
        for (uint32_t e = 0; status == GR_OK && e < rules->rule[r].example_count; e++)
            status = test_example(t, &rules->rule[r], &rules->rule[r].example[e], err);
    return status;
}

static gr_status test_all(testing *t, gr_error *err) {
    jmp_buf full;
    if (setjmp(full)) return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while testing the rules");
    gr_arena_guard(t->arena, &full);
    gr_status status = GR_OK;
    for (unsigned k = 0; status == GR_OK && k < GR_LANGUAGES; k++) {
        const gr_knowledge *know = gr_library_knowledge_of(t->library, gr_slice_of(gr_language_code[k]), err);
        if (!know) {
            status = err->status;
            continue;
        }
        t->relations = false;
        status = test_rules(t, know->rules, err);
        t->relations = true;
        if (status == GR_OK) status = test_rules(t, know->ties, err);
    }
    if (status == GR_OK && t->report->failed)
        status = gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while testing the rules");
    return status;
}

gr_status gr_rules_test(const gr_library *library, gr_buffer *report, uint32_t *passed, uint32_t *failed,
                        gr_error *err) {
    testing t = {.library = library,
                 .worker = gr_worker_new(library, (gr_pipe_options){0}, err),
                 .reader = gr_worker_new(library, (gr_pipe_options){.parse_all = true}, err),
                 .arena = gr_arena_new((size_t)1 << 28),
                 .report = report,
                 .passed = passed,
                 .failed = failed};
    *passed = *failed = 0;
    gr_status status = t.worker && t.reader ? GR_OK : err->status;
    if (status == GR_OK && !t.arena)
        status = gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while testing the rules");
    if (status == GR_OK) status = test_all(&t, err);
    gr_arena_free(t.arena);
    gr_worker_free(t.worker);
    gr_worker_free(t.reader);
    return status;
}
