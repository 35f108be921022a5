/* griot situation: who is allied, present, held, deployed on a day, and how that is known. */
#include "link/situation.h"

#include "base/limits.h"
#include "cli/phrase.h"
#include "cli/record.h"
#include "cli/screen.h"
#include "cli/table.h"
#include "cli/tellings.h"
#include "cli/toll_view.h"
#include "cli/views.h"

#include <stdio.h>

static const gr_option options[] = {
    {"on", 0, "DATE", "the day that is asked about (default: all that is told)"},
    {"known-on", 0, "DATE", "use only what had been added and judged by the end of that day (UTC)"},
    {"place", 'p', "PLACE", "only claims at this place: words of a name, or a country code"},
    {"actor", 'a', "ACTOR", "only claims with this actor: an id, or words of a name"},
    {"accepted", 0, NULL, "leave out what no reviewer has accepted"},
    GR_OPTION_RECORD,
    GR_OPTION_JSON,
    {0},
};

/* ---- as a value ---- */

static json_t *bound_json(const gr_bound *bound) {
    return json_pack("{s:o, s:o, s:b}", "not_before", gr_json_day(bound->not_before), "at_latest",
                     gr_json_day(bound->at_latest), "by_publication", (int)bound->by_publication);
}

static json_t *who_json(const gr_state *s) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < s->party_count; i++)
        json_array_append_new(list, json_pack("{s:s, s:o, s:o}", "role", gr_role_name(s->party[i].role), "id",
                                              gr_json_words(s->party[i].id), "name",
                                              gr_json_words(s->party[i].name)));
    return list;
}

static json_t *where_json(const gr_state *s) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < s->place_count; i++) {
        const gr_told_place *p = &s->place[i];
        json_array_append_new(list,
                              json_pack("{s:o, s:o, s:o, s:o, s:o}", "name", gr_json_words(p->name), "place",
                                        gr_json_words(p->place), "level", gr_json_words(p->level), "country",
                                        gr_json_words(p->country), "admin1", gr_json_words(p->admin1)));
    }
    return list;
}

static json_t *figures_json(const gr_state *s) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < s->figure_count; i++) {
        const gr_state_figure *f = &s->figure[i];
        json_array_append_new(list,
                              json_pack("{s:s, s:o, s:o, s:o, s:b, s:o, s:i}", "what", gr_what_name(f->what),
                                        "unit", gr_json_words(f->unit), "low", gr_json_count(f->low), "high",
                                        gr_json_count(f->high), "open", (int)f->open, "words",
                                        gr_json_words(f->words), "voices", (int)f->voices));
    }
    return list;
}

/* "of whom 6 at Kollo": figures that are parts of another claim's. */
static json_t *parts_json(const gr_state *s, const gr_told *told) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < s->use_count; i++) {
        const gr_told *t = &told[s->use[i].told];
        for (uint32_t k = 0; k < t->figure_count && t->part; k++)
            json_array_append_new(
                list, json_pack("{s:s, s:o, s:o, s:o, s:o}", "what", gr_what_name(t->figure[k].what), "unit",
                                gr_json_words(t->figure[k].unit), "n", gr_json_count(t->figure[k].n), "where",
                                gr_json_words(t->place_count ? t->place[0].name : (gr_slice){"", 0}), "claim",
                                gr_json_words(t->claim)));
    }
    return list;
}

static json_t *levels_json(const gr_state *s) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < s->level_count; i++)
        json_array_append_new(list, json_pack("{s:s, s:o, s:i}", "level", s->level[i].name, "last_heard",
                                              gr_json_day(s->level[i].last_heard), "claims",
                                              (int)s->level[i].claims));
    return list;
}

static json_t *uses_json(const gr_state *s, const gr_tellings *all) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < s->use_count; i++) {
        const gr_told *t = &all->told.item[s->use[i].told];
        const json_t *claim = json_array_get(all->claims, s->use[i].told);
        json_array_append_new(
            list, json_pack("{s:o, s:s, s:o, s:o, s:O?, s:o, s:s}", "claim", gr_json_words(t->claim), "use",
                            gr_use_name(s->use[i].use), "says", gr_json_words(t->says), "published",
                            gr_json_day(t->published), "when", json_object_get(claim, "when"), "quote",
                            gr_json_words(gr_json_text(json_object_get(claim, "quote"), "exact")), "status",
                            t->accepted ? "accepted" : "draft"));
    }
    return list;
}

static json_t *persons_json(const gr_state *s) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < s->person_count; i++) json_array_append_new(list, gr_json_words(s->person[i]));
    return list;
}

static json_t *heard_json(const gr_state *s, int32_t on) {
    if (s->last_heard == GR_NO_DAY) return json_null();
    bool ago = on != GR_NO_DAY && s->last_heard <= on;
    return json_pack("{s:o, s:b, s:o}", "day", gr_json_day(s->last_heard), "by_publication",
                     (int)s->heard_by_publication, "days_ago",
                     ago ? json_integer(on - s->last_heard) : json_null());
}

static json_t *state_json(const gr_state *s, const gr_tellings *all, int32_t on) {
    json_t *out = json_pack("{s:o, s:o, s:o, s:o}", "what", gr_json_words(s->what), "who", who_json(s),
                            "where", where_json(s), "persons", persons_json(s));
    json_object_set_new(out, "from", bound_json(&s->from));
    bool over = s->standing == GR_STANDS_ENDED;
    json_object_set_new(out, "until", over ? bound_json(&s->until) : json_null());
    json_object_set_new(out, "last_heard", heard_json(s, on));
    json_object_set_new(out, "reality", json_string(gr_reality_name(s->reality)));
    json_object_set_new(out, "standing", json_string(gr_standing_name(s->standing)));
    json_object_set_new(out, "voices", json_integer(s->voices));
    json_object_set_new(out, "status", json_string(s->accepted ? "accepted" : "draft"));
    json_object_set_new(out, "perhaps_later", json_boolean(s->perhaps));
    json_object_set_new(out, "ended_before", json_integer(s->earlier));
    json_object_set_new(out, "figures", figures_json(s));
    if (s->section == GR_CUSTODY) {
        json_object_set_new(out, "parts", parts_json(s, all->told.item));
        json_object_set_new(out, "left",
                            s->left_low == GR_NO_NUMBER
                                ? json_null()
                                : json_pack("{s:o, s:o}", "low", gr_json_count(s->left_low), "high",
                                            gr_json_count(s->left_high)));
    }
    if (s->section == GR_PRESENCE) json_object_set_new(out, "levels", levels_json(s));
    json_object_set_new(out, "claims", uses_json(s, all));
    return out;
}

/* ---- gathering ---- */

static int64_t end_of(int32_t day) {
    return day == GR_NO_DAY ? GR_KNOWN_NOW : ((int64_t)day + 1) * 86400 - 1;
}

static void drop_drafts(gr_tellings *all) {
    uint32_t kept = 0;
    json_t *claims = json_array();
    for (uint32_t i = 0; i < all->told.count; i++) {
        if (!all->told.item[i].accepted) continue;
        all->told.item[kept++] = all->told.item[i];
        json_array_append(claims, json_array_get(all->claims, i));
    }
    all->told.count = kept;
    json_array_extend(claims, all->claims); /* text of those left out stays valid */
    json_decref(all->claims);
    all->claims = claims;
}

static gr_status gather(gr_record *record, const gr_situation_plan *plan, gr_tellings *all, gr_error *err) {
    gr_claim_filter filter = gr_every_claim();
    gr_status status = gr_tellings_open(all, err);
    filter.place = plan->place;
    filter.actor = plan->actor;
    filter.except_kind = GR_S("toll");
    if (status == GR_OK) status = gr_tellings_add(all, record, &filter, end_of(plan->known_on), err);
    if (status == GR_OK && !plan->drafts) drop_drafts(all);
    return status;
}

/* Apart from its caller, which sets the guard. */
__attribute__((noinline)) static json_t *view(gr_tellings *all, const gr_situation_plan *plan) {
    gr_situation situation;
    gr_situation_of(all->arena, all->told.item, all->told.count, plan->on, &situation);
    json_t *out =
        json_pack("{s:o, s:o}", "on", gr_json_day(plan->on), "known_on", gr_json_day(plan->known_on));
    json_t *section[GR_SECTION_COUNT];
    for (unsigned i = 0; i < GR_SECTION_COUNT; i++) {
        section[i] = json_array();
        json_object_set_new(out, gr_section_name((gr_section)i), section[i]);
    }
    for (uint32_t i = 0; i < situation.state_count; i++)
        json_array_append_new(section[situation.state[i].section],
                              state_json(&situation.state[i], all, plan->on));
    json_object_set_new(out, "left_out",
                        json_pack("{s:i, s:i}", "told_later_without_a_date", (int)situation.later, "rejected",
                                  (int)all->rejected));
    return out;
}

/* NULL where the memory does not suffice. */
static json_t *view_within(gr_tellings *all, const gr_situation_plan *plan) {
    jmp_buf full;
    if (setjmp(full)) {
        gr_arena_guard(all->arena, NULL);
        return NULL;
    }
    gr_arena_guard(all->arena, &full);
    json_t *out = view(all, plan);
    gr_arena_guard(all->arena, NULL);
    return out;
}

json_t *gr_situation_json(gr_record *record, const gr_situation_plan *plan, gr_error *err) {
    gr_tellings all;
    json_t *out = NULL;
    if (gather(record, plan, &all, err) == GR_OK) {
        out = view_within(&all, plan);
        if (!out) gr_fail(err, GR_NO_MEMORY, NULL, "out of memory; ask for a place, an actor or a day");
    }
    gr_tellings_close(&all);
    if (!out) return NULL;
    gr_claim_filter filter = gr_every_claim();
    gr_toll_plan tolls = {
        .drafts = plan->drafts, .aggregates_alone = true, .known_unix_s = end_of(plan->known_on)};
    filter.place = plan->place;
    filter.actor = plan->actor;
    json_t *told = gr_tolls_json(record, &filter, &tolls, err);
    if (!told) {
        json_decref(out);
        return NULL;
    }
    json_object_set(out, "tolls", json_object_get(told, "rows"));
    json_decref(told);
    return out;
}

/* ---- for people ---- */

static gr_slice day_text(gr_arena *arena, const json_t *bound, const char *key, const char *lead) {
    gr_slice day = gr_json_text(bound, key);
    return day.len ? gr_printf(arena, "%s%.*s", lead, GR_FMT(day)) : GR_S("");
}

/* "2024-01-03", "not before 2024-01-01, at the latest 2024-01-31", "at the latest 2024-02-10 (published)" */
static gr_slice bound_text(gr_arena *arena, const json_t *bound) {
    gr_slice from = gr_json_text(bound, "not_before"), to = gr_json_text(bound, "at_latest");
    if (from.len && gr_eq(from, to)) return from;
    gr_slice first = day_text(arena, bound, "not_before", "not before "),
             last = day_text(arena, bound, "at_latest", "at the latest ");
    bool published = last.len && json_is_true(json_object_get(bound, "by_publication"));
    return gr_printf(arena, "%.*s%s%.*s%s", GR_FMT(first), first.len && last.len ? ", " : "", GR_FMT(last),
                     published ? " (published)" : "");
}

static gr_slice since_text(gr_arena *arena, const json_t *state) {
    const json_t *until = json_object_get(state, "until");
    gr_slice from = bound_text(arena, json_object_get(state, "from"));
    gr_slice reality = gr_json_text(state, "reality");
    bool open = gr_is(reality, "planned") || gr_is(reality, "possible");
    if (!from.len) from = open ? GR_S("not yet") : GR_S("undated");
    if (json_is_true(json_object_get(state, "perhaps_later")))
        from = gr_printf(arena, "%.*s, perhaps not yet", GR_FMT(from));
    if (!json_is_object(until)) return from;
    gr_slice end = bound_text(arena, until);
    return gr_printf(arena, "%.*s; ended %.*s", GR_FMT(from), GR_FMT(end.len ? end : GR_S("undated")));
}

static gr_slice standing_text(gr_arena *arena, const json_t *state) {
    gr_slice standing = gr_json_text(state, "standing"), status = gr_json_text(state, "status");
    long long voices = (long long)json_integer_value(json_object_get(state, "voices"));
    if (gr_is(standing, "confirmed"))
        return gr_printf(arena, "confirmed by %lld voices, %.*s", voices, GR_FMT(status));
    return gr_printf(arena, "%.*s, %.*s", GR_FMT(standing), GR_FMT(status));
}

static gr_slice heard_text(gr_arena *arena, const json_t *state) {
    const json_t *heard = json_object_get(state, "last_heard"), *ago = json_object_get(heard, "days_ago");
    if (!json_is_object(heard)) return GR_S("");
    if (!json_is_integer(ago)) return gr_json_text(heard, "day");
    long long days = (long long)json_integer_value(ago);
    return gr_printf(arena, "%lld day%s ago", days, gr_plural((uint64_t)days));
}

static gr_slice integer_text(gr_arena *arena, const json_t *value) {
    return json_is_integer(value) ? gr_printf(arena, "%lld", (long long)json_integer_value(value)) : GR_S("");
}

static gr_slice figure_text(gr_arena *arena, const json_t *f) {
    gr_slice low = integer_text(arena, json_object_get(f, "low")),
             high = integer_text(arena, json_object_get(f, "high")), what = gr_json_text(f, "what"), n;
    n = !low.len           ? gr_json_text(f, "words")
        : gr_eq(low, high) ? low
                           : gr_printf(arena, "%.*s to %.*s", GR_FMT(low), GR_FMT(high));
    bool open = low.len && json_is_true(json_object_get(f, "open"));
    return gr_printf(arena, "%.*s%s %.*s", GR_FMT(n), open ? " or more" : "", GR_FMT(what));
}

/* "86 released, of whom 6 at Kollo" */
static gr_slice figures_text(gr_arena *arena, const json_t *state) {
    gr_slice text = {"", 0};
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(state, "figures"), i, one) text =
        gr_printf(arena, "%.*s%s%.*s", GR_FMT(text), text.len ? ", " : "", GR_FMT(figure_text(arena, one)));
    json_array_foreach(json_object_get(state, "parts"), i, one) {
        gr_slice where = gr_json_text(one, "where");
        text = gr_printf(arena, "%.*s, of whom %.*s%s%.*s", GR_FMT(text),
                         GR_FMT(integer_text(arena, json_object_get(one, "n"))), where.len ? " at " : "",
                         GR_FMT(where));
    }
    const json_t *left = json_object_get(state, "left");
    if (!json_is_object(left)) return text;
    gr_slice low = integer_text(arena, json_object_get(left, "low")),
             high = integer_text(arena, json_object_get(left, "high"));
    return gr_eq(low, high)
               ? gr_printf(arena, "%.*s, %.*s left", GR_FMT(text), GR_FMT(low))
               : gr_printf(arena, "%.*s, %.*s to %.*s left", GR_FMT(text), GR_FMT(low), GR_FMT(high));
}

static gr_slice what_text(gr_arena *arena, const json_t *state) {
    gr_slice what = gr_json_text(state, "what"), reality = gr_json_text(state, "reality");
    bool plain = gr_is(reality, "occurred") || gr_is(reality, "ongoing") || gr_is(reality, "denied") ||
                 gr_is(reality, "negated");
    return plain ? gr_printf(arena, "  %.*s", GR_FMT(what))
                 : gr_printf(arena, "  %.*s, %.*s", GR_FMT(what), GR_FMT(reality));
}

static void print_section(gr_arena *arena, const json_t *states, const char *title) {
    gr_table table = {.arena = arena,
                      .columns = 8,
                      .title = {GR_S("  WHAT"), GR_S("WHO"), GR_S("WHERE"), GR_S("SINCE"), GR_S("HOW MANY"),
                                GR_S("STANDING"), GR_S("LAST HEARD"), GR_S("CLAIMS")},
                      .lead = {[2] = "at ", [3] = "since ", [6] = "last heard of ", [7] = "claims: "}};
    size_t i;
    json_t *state;
    json_array_foreach(states, i, state) {
        gr_slice who = gr_phrase_who(arena, state);
        gr_slice cell[] = {what_text(arena, state),
                           who.len ? who : GR_S("not said"),
                           gr_phrase_where(arena, state),
                           since_text(arena, state),
                           figures_text(arena, state),
                           standing_text(arena, state),
                           heard_text(arena, state),
                           gr_printf(arena, "%zu", json_array_size(json_object_get(state, "claims")))};
        gr_table_row(&table, cell);
    }
    if (!i) return;
    putchar('\n');
    gr_put(GR_MARKED, gr_slice_of(title));
    putchar('\n');
    gr_table_print(&table);
}

gr_status gr_situation_print(const json_t *situation, gr_error *err) {
    static const char *const TITLE[] = {"Relations", "Presence and control", "Custody", "Forces"};
    gr_arena *arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B);
    if (!arena) return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
    gr_slice on = gr_json_text(situation, "on"), known = gr_json_text(situation, "known_on");
    gr_put_line("Situation%s%.*s%s%.*s, as claimed; a draft until a reviewer accepts it",
                on.len ? " on " : "", GR_FMT(on), known.len ? ", as known on " : "", GR_FMT(known));
    for (unsigned i = 0; i < GR_SECTION_COUNT; i++)
        print_section(arena, json_object_get(situation, gr_section_name((gr_section)i)), TITLE[i]);
    gr_arena_free(arena);
    const json_t *rows = json_object_get(situation, "tolls");
    gr_status status = GR_OK;
    if (json_array_size(rows)) {
        json_t *tolls = json_pack("{s:O}", "rows", rows);
        putchar('\n');
        gr_put(GR_MARKED, GR_S("Tolls"));
        putchar('\n');
        status = gr_tolls_print(tolls, false, err);
        json_decref(tolls);
    }
    long long later = (long long)json_integer_value(
        json_object_get(json_object_get(situation, "left_out"), "told_later_without_a_date"));
    if (later)
        gr_put_line("\n%lld claim%s without a date left out: published after that day", later,
                    gr_plural((uint64_t)later));
    return status;
}

static gr_status run(const gr_args *args, gr_error *err) {
    gr_situation_plan plan = {.drafts = !gr_args_given(args, "accepted"),
                              .place = gr_args_slice(args, "place"),
                              .actor = gr_args_slice(args, "actor")};
    gr_status status = gr_args_day(args, "on", &plan.on, err);
    if (status == GR_OK) status = gr_args_day(args, "known-on", &plan.known_on, err);
    gr_record *record = status == GR_OK ? gr_open_record(args, GR_OPEN_READ, err) : NULL;
    json_t *situation = record ? gr_situation_json(record, &plan, err) : NULL;
    gr_record_close(record);
    if (!situation) return err->status;
    if (gr_args_given(args, "json")) return gr_json_print(situation, err);
    status = gr_situation_print(situation, err);
    json_decref(situation);
    return status;
}

const gr_command gr_command_situation = {
    .name = "situation",
    .summary = "who is allied, present, held or deployed on a day",
    .synopsis = "[--on DATE] [--known-on DATE] [OPTIONS]",
    .about =
        "A row for each relation of two sides, presence of a group at a place (attack, taxes, patrols, "
        "holds),\n"
        "custody and move of forces, however often it is told; and tolls over a time beside the incidents "
        "that\n"
        "explain them (griot tolls). What begins and ends does so between days: \"not before\" and \"at the\n"
        "latest\". What has no date was so at the latest when its report was published. STANDING: claimed "
        "by\n"
        "one voice, confirmed by several, disputed, denied or ended. LAST HEARD shows how old the news is.\n"
        "--known-on answers with what the record held then. What reviewers rejected is left out.\n",
    .examples = "  griot situation\n"
                "  griot situation --on 2024-02-10 --place NER\n"
                "  griot situation --on 2024-02-10 --known-on 2024-03-01\n"
                "  griot situation --actor jnim --json\n",
    .option = options,
    .least = 0,
    .most = 0,
    .run = run,
};
