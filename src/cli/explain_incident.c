/* griot explain INCIDENT: why its accounts are one, and why others are not. */
#include "base/limits.h"
#include "cli/incident_view.h"
#include "cli/record.h"
#include "cli/screen.h"
#include "link/accounts.h"

#include <stdio.h>

typedef struct explaining {
    json_t *incident;
    gr_account account; /* the one asked for */
    gr_slice name;
    gr_arena *arena;
    bool found;
} explaining;

static bool take(void *context, const gr_incident_row *in) {
    explaining *e = context;
    jmp_buf full;
    if (setjmp(full)) return false;
    gr_arena_guard(e->arena, &full);
    e->incident = gr_incident_json(in, &(gr_view_plan){0});
    for (uint32_t i = 0; i < in->account_count; i++)
        if (gr_eq(in->account[i].account, e->name))
            e->found = gr_account_read(e->arena, in->account[i].line, &e->account);
    gr_arena_guard(e->arena, NULL);
    return false;
}

static gr_status read_incident(gr_record *record, gr_slice name, explaining *e, gr_error *err) {
    gr_claim_filter every = gr_every_claim();
    e->name = name;
    gr_status status = gr_record_incidents(record, &every, name, take, e, err);
    if (status == GR_OK && (!e->incident || !e->found))
        status = gr_fail(err, GR_NOT_FOUND, NULL,
                         "no incident %.*s in the record; griot incidents lists them", GR_FMT(name));
    return status;
}

static void print_pairs(const json_t *incident, const char *list, const char *title) {
    size_t i, k;
    json_t *pair, *why;
    json_array_foreach(json_object_get(incident, list), i, pair) {
        if (i == 0) {
            gr_put(GR_MARKED, gr_slice_of(title));
            putchar('\n');
        }
        gr_buffer words = {0};
        json_array_foreach(json_object_get(pair, "why"), k, why)
            gr_buffer_printf(&words, "%s%s", k ? ", " : "", json_string_value(why));
        gr_put_line("  %.*s and %.*s: %.*s, %lld points: %.*s", GR_FMT(gr_json_text(pair, "a")),
                    GR_FMT(gr_json_text(pair, "b")), GR_FMT(gr_json_text(pair, "verdict")),
                    (long long)json_integer_value(json_object_get(pair, "points")),
                    GR_FMT(gr_buffer_slice(&words)));
        gr_buffer_free(&words);
    }
}

static void print_judgements(const json_t *incident) {
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(incident, "judgements"), i, one) {
        bool undone = !json_is_null(json_object_get(one, "undone_by"));
        gr_put_line("  %lld  %.*s  %.*s %.*s %.*s %.*s %.*s%s",
                    (long long)json_integer_value(json_object_get(one, "seq")),
                    GR_FMT(gr_json_text(one, "at")), GR_FMT(gr_json_text(one, "who")),
                    GR_FMT(gr_json_text(one, "action")), GR_FMT(gr_json_text(one, "subject")),
                    GR_FMT(gr_json_text(one, "other")), GR_FMT(gr_json_text(one, "words")),
                    undone ? " (taken back)" : "");
    }
}

static gr_status tell(const gr_args *args, const explaining *e, gr_error *err) {
    if (gr_args_given(args, "json"))
        return gr_json_print(json_pack("{s:O, s:O, s:O, s:O}", "incident",
                                       json_object_get(e->incident, "incident"), "pairs",
                                       json_object_get(e->incident, "pairs"), "proposals",
                                       json_object_get(e->incident, "proposals"), "judgements",
                                       json_object_get(e->incident, "judgements")),
                             err);
    size_t accounts = json_array_size(json_object_get(e->incident, "accounts"));
    gr_put_line("incident %.*s: %zu account%s", GR_FMT(gr_json_text(e->incident, "incident")), accounts,
                gr_plural(accounts));
    print_pairs(e->incident, "pairs", "Why they are one");
    print_pairs(e->incident, "proposals", "What may belong to it");
    if (json_array_size(json_object_get(e->incident, "judgements"))) {
        gr_put(GR_MARKED, GR_S("What reviewers said"));
        putchar('\n');
        print_judgements(e->incident);
    }
    return GR_OK;
}

/* Two accounts that are not one: what speaks for it and against. */
static gr_status tell_two(const gr_args *args, const explaining *e, const explaining *other, gr_error *err) {
    gr_comparison is = gr_compare_accounts(&e->account, &other->account);
    json_t *why = json_array();
    for (unsigned i = 0; i < GR_WHY_COUNT; i++)
        if (is.why & 1u << i) json_array_append_new(why, json_string(gr_why_name((gr_why)i)));
    json_t *out = json_pack("{s:s%, s:s%, s:s, s:b, s:i, s:o}", "a", e->name.ptr, e->name.len, "b",
                            other->name.ptr, other->name.len, "verdict", gr_sameness_name(is.verdict),
                            "contradicts", is.contradicts, "points", (int)is.points, "why", why);
    if (gr_args_given(args, "json")) return gr_json_print(out, err);
    gr_put_line("%.*s and %.*s: %s, %d points%s", GR_FMT(e->name), GR_FMT(other->name),
                gr_sameness_name(is.verdict), (int)is.points,
                is.contradicts ? "; day, place or kind of act exclude each other" : "");
    for (unsigned i = 0; i < GR_WHY_COUNT; i++)
        if (is.why & 1u << i) gr_put_line("  %s", gr_why_name((gr_why)i));
    json_decref(out);
    return GR_OK;
}

gr_status gr_explain_incident(const gr_args *args, gr_record *record, gr_error *err) {
    explaining e = {.arena = gr_arena_new((size_t)16 << 20)}, other = {.arena = e.arena};
    gr_slice with = gr_args_slice(args, "with");
    gr_status status = e.arena ? read_incident(record, gr_slice_of(args->operand[0]), &e, err)
                               : gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
    if (status == GR_OK && with.len) status = read_incident(record, with, &other, err);
    if (status == GR_OK) status = with.len ? tell_two(args, &e, &other, err) : tell(args, &e, err);
    json_decref(e.incident);
    json_decref(other.incident);
    gr_arena_free(e.arena);
    return status;
}
