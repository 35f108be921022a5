#include "cli/incident_view.h"

#include "base/map.h"
#include "link/accounts.h"

gr_status gr_view_plan_of(const gr_args *args, gr_view_plan *out, gr_error *err) {
    static const char *const NAME[] = {"range", "lowest", "majority", "latest", "ranked"};
    gr_slice policy = gr_args_slice(args, "policy");
    *out = (gr_view_plan){.rank = gr_args_slice(args, "rank")};
    if (out->rank.len) out->policy = GR_POLICY_RANKED;
    if (!policy.len) return GR_OK;
    for (unsigned i = 0; i < sizeof NAME / sizeof *NAME; i++)
        if (gr_is(policy, NAME[i])) {
            out->policy = (gr_policy)i;
            if (i == GR_POLICY_RANKED && !out->rank.len)
                return gr_fail(err, GR_USAGE, NULL,
                               "--policy ranked needs --rank with the publishers, best first");
            return GR_OK;
        }
    return gr_fail(err, GR_USAGE, NULL,
                   "--policy takes range, lowest, majority, latest or ranked, not \"%.*s\"", GR_FMT(policy));
}

/* ---- what the accounts say together ---- */

static bool same_text(const json_t *a, const json_t *b, const char *key) {
    return gr_eq(gr_json_text(a, key), gr_json_text(b, key));
}

/* The item of list that says the same in these fields, or NULL. */
static json_t *find_same(json_t *list, const json_t *item, const char *const *key, size_t keys) {
    size_t i;
    json_t *known;
    json_array_foreach(list, i, known) {
        bool same = true;
        for (size_t k = 0; k < keys && same; k++) same = same_text(known, item, key[k]);
        if (same) return known;
    }
    return NULL;
}

static void add_voice(json_t *item, int64_t voice) {
    json_t *voices = json_object_get(item, "voices"), *one;
    size_t i;
    if (!voices) {
        voices = json_array();
        json_object_set_new(item, "voices", voices);
    }
    json_array_foreach(voices, i, one) {
        if (json_integer_value(one) == voice) return;
    }
    json_array_append_new(voices, json_integer(voice));
}

static void take(json_t *list, const json_t *from, const char *const *field, size_t fields, size_t keys,
                 int64_t voice) {
    json_t *known = find_same(list, from, field, keys);
    if (!known) {
        known = json_object();
        for (size_t i = 0; i < fields; i++) {
            json_t *value = json_object_get(from, field[i]);
            if (value) json_object_set(known, field[i], value);
        }
        json_array_append_new(list, known);
    }
    add_voice(known, voice);
}

static void take_list(json_t *out, const char *name, const json_t *claim, const char *const *field,
                      size_t fields, size_t keys, int64_t voice) {
    json_t *list = json_object_get(out, name), *item;
    size_t i;
    json_array_foreach(json_object_get(claim, name), i, item) take(list, item, field, fields, keys, voice);
}

/* Numbers of voices instead of the voices. */
static void count_voices(json_t *list) {
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item) {
        json_int_t voices = (json_int_t)json_array_size(json_object_get(item, "voices"));
        json_object_set_new(item, "voices", json_integer(voices));
    }
}

/* ---- figures ---- */

/* The chain of claimants in words, the innermost first. */
static json_t *says_of(const json_t *claim) {
    json_t *list = json_array(), *one;
    size_t i;
    json_array_foreach(json_object_get(claim, "says"), i, one)
        json_array_append(list, json_object_get(one, "name"));
    return list;
}

static void take_figures(json_t *out, const json_t *claim, const gr_account_row *account) {
    static const char *const FIELD[] = {"what", "of", "op", "n", "n_max", "words", "unit", "aggregate"};
    size_t i;
    json_t *count;
    json_array_foreach(json_object_get(claim, "counts"), i, count) {
        json_t *figure = json_object();
        for (size_t k = 0; k < sizeof FIELD / sizeof *FIELD; k++) {
            json_t *value = json_object_get(count, FIELD[k]);
            json_object_set_new(figure, FIELD[k], value ? json_incref(value) : json_null());
        }
        json_object_set_new(figure, "says", says_of(claim));
        json_object_set(figure, "reality", json_object_get(claim, "reality"));
        json_object_set(figure, "claim", json_object_get(claim, "claim"));
        json_object_set_new(figure, "account", gr_json_words(account->account));
        json_object_set_new(figure, "publisher", gr_json_words(account->publisher));
        json_object_set_new(figure, "published", gr_json_words(account->published));
        json_object_set_new(figure, "voice", json_integer(account->voice));
        json_array_append_new(out, figure);
    }
}

/* What one voice gives for a harm to one side: the total of its report, of units that add up. */
typedef struct total {
    int64_t low, high;
    gr_slice publisher, published;
    int64_t voice;
} total;
typedef GR_VEC(total) totals;

/* The figures of one report are totals and parts of them: the greatest low is the least that it vouches for.
 */
static void take_total(gr_arena *arena, totals *list, const gr_account_row *row, const gr_account *account,
                       gr_what what) {
    total one = {-1, -1, row->publisher, row->published, row->voice};
    for (uint32_t i = 0; i < account->figure_count; i++) {
        const gr_account_figure *f = &account->figure[i];
        if (f->what != what || f->low == GR_NO_NUMBER) continue;
        int64_t high = f->high == GR_NO_NUMBER ? f->low : f->high;
        if (f->low > one.low) one.low = f->low;
        if (high > one.high) one.high = high;
    }
    if (one.low < 0) return;
    for (uint32_t i = 0; i < list->count; i++) /* copies of one text count once */
        if (list->item[i].voice == one.voice && list->item[i].low == one.low &&
            list->item[i].high == one.high)
            return;
    gr_push(arena, list, one);
}

static int votes(const totals *list, const total *one) {
    int same = 0;
    for (uint32_t i = 0; i < list->count; i++) same += list->item[i].low == one->low;
    return same;
}

static const total *most_given(const totals *list) {
    const total *best = &list->item[0];
    for (uint32_t i = 1; i < list->count; i++) {
        int here = votes(list, &list->item[i]), there = votes(list, best);
        if (here > there || (here == there && list->item[i].low < best->low)) best = &list->item[i];
    }
    return best;
}

static const total *ranked(const totals *list, gr_slice rank) {
    while (rank.len) {
        gr_slice wanted = gr_trim(gr_cut(&rank, ','));
        for (uint32_t i = 0; i < list->count; i++)
            if (gr_eq(list->item[i].publisher, wanted)) return &list->item[i];
    }
    return NULL;
}

static const total *shown_by(const totals *list, const gr_view_plan *plan) {
    const total *best = &list->item[0];
    switch (plan->policy) {
    case GR_POLICY_LOWEST:
        for (uint32_t i = 1; i < list->count; i++)
            if (list->item[i].low < best->low) best = &list->item[i];
        return best;
    case GR_POLICY_LATEST:
        for (uint32_t i = 1; i < list->count; i++)
            if (gr_compare(list->item[i].published, best->published) > 0) best = &list->item[i];
        return best;
    case GR_POLICY_RANKED:
        return ranked(list, plan->rank);
    case GR_POLICY_RANGE:
    case GR_POLICY_MAJORITY:
        break;
    }
    return most_given(list);
}

static json_t *toll_json(const totals *list, gr_what what, const gr_view_plan *plan) {
    const total *shown = shown_by(list, plan);
    int64_t low = list->item[0].low, high = list->item[0].high;
    for (uint32_t i = 1; i < list->count; i++) {
        if (list->item[i].low < low) low = list->item[i].low;
        if (list->item[i].high > high) high = list->item[i].high;
    }
    json_t *out = json_object();
    json_object_set_new(out, "what", json_string(gr_what_name(what)));
    json_object_set_new(out, "low", json_integer(low));
    json_object_set_new(out, "shown", shown ? json_integer(shown->low) : json_null());
    json_object_set_new(out, "high", json_integer(high));
    json_object_set_new(out, "accounts", json_integer(list->count));
    json_object_set_new(out, "disputed", json_boolean(low != high));
    return out;
}

static json_t *tolls_json(gr_arena *arena, const gr_incident_row *in, const gr_account *account,
                          const gr_view_plan *plan) {
    json_t *list = json_array();
    for (unsigned what = 0; what < GR_WHAT_COUNT; what++) {
        totals given = {0};
        for (uint32_t i = 0; i < in->account_count; i++)
            take_total(arena, &given, &in->account[i], &account[i], (gr_what)what);
        if (given.count) json_array_append_new(list, toll_json(&given, (gr_what)what, plan));
    }
    return list;
}

/* ---- the whole ---- */

static json_t *why_json(uint32_t why) {
    json_t *list = json_array();
    for (unsigned i = 0; i < GR_WHY_COUNT; i++)
        if (why & 1u << i) json_array_append_new(list, json_string(gr_why_name((gr_why)i)));
    return list;
}

static json_t *pairs_json(const gr_pair_row *pair, uint32_t count) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < count; i++)
        json_array_append_new(list,
                              json_pack("{s:o, s:o, s:o, s:i, s:o}", "a", gr_json_words(pair[i].a), "b",
                                        gr_json_words(pair[i].b), "verdict", gr_json_words(pair[i].verdict),
                                        "points", (int)pair[i].points, "why", why_json(pair[i].why)));
    return list;
}

static json_t *judgements_json(const gr_incident_row *in) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < in->judgement_count; i++) {
        const gr_judgement_row *j = &in->judgement[i];
        json_array_append_new(
            list, json_pack("{s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "seq", (json_int_t)j->seq, "at",
                            gr_json_words(j->at), "who", gr_json_words(j->who), "action",
                            gr_json_words(j->action), "subject", gr_json_words(j->subject), "other",
                            gr_json_words(j->other), "words", gr_json_words(j->words), "undone_by",
                            j->undone_by ? json_integer((json_int_t)j->undone_by) : json_null()));
    }
    return list;
}

/* The last standing word on any of its accounts. */
static const char *status_of(const gr_incident_row *in) {
    const char *status = "draft";
    for (uint32_t i = 0; i < in->judgement_count; i++) {
        const gr_judgement_row *j = &in->judgement[i];
        bool whole = false;
        for (uint32_t k = 0; k < in->account_count; k++)
            whole = whole || gr_eq(j->subject, in->account[k].account);
        if (!whole || j->undone_by) continue;
        if (gr_is(j->action, "accept")) status = "accepted";
        if (gr_is(j->action, "reject")) status = "rejected";
    }
    return status;
}

static json_t *day_json(int32_t day) {
    char text[16];
    if (day == GR_NO_DAY) return json_null();
    gr_day_format(day, text);
    return json_string(text);
}

/* The narrowest span of days that an account gives; of equals the earliest. */
static json_t *when_json(const gr_account *account, uint32_t count) {
    const gr_account *best = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const gr_account *a = &account[i];
        if (a->earliest == GR_NO_DAY || a->latest == GR_NO_DAY) continue;
        int32_t width = a->latest - a->earliest, least = best ? best->latest - best->earliest : 0;
        if (!best || width < least || (width == least && a->earliest < best->earliest)) best = a;
    }
    if (!best) return json_null();
    return json_pack("{s:o, s:o}", "earliest", day_json(best->earliest), "latest", day_json(best->latest));
}

/* What most accounts call it; of equals what the first one does. */
static const gr_account *head_of(const gr_account *account, uint32_t count) {
    uint32_t best = 0, most = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t same = 0;
        for (uint32_t k = 0; k < count; k++) same += gr_eq(account[i].type, account[k].type);
        if (same > most) most = same, best = i;
    }
    return &account[best];
}

static json_t *account_json(const gr_account_row *row, const gr_account *account, json_t *claims) {
    json_t *out = json_object();
    json_object_set_new(out, "account", gr_json_words(row->account));
    json_object_set_new(out, "doc", gr_json_words(row->doc));
    json_object_set_new(out, "publisher", gr_json_words(row->publisher));
    json_object_set_new(out, "published", gr_json_words(row->published));
    json_object_set_new(out, "title", gr_json_words(row->title));
    json_object_set_new(out, "url", gr_json_words(row->url));
    json_object_set_new(out, "voice", json_integer((json_int_t)row->voice));
    json_object_set_new(out, "type", gr_json_words(account->type));
    json_object_set_new(out, "reality", json_string(gr_reality_name(account->reality)));
    json_object_set_new(out, "when", when_json(account, 1));
    json_object_set_new(out, "claims", claims);
    return out;
}

/* The figure of a harm in a claim, set to a number. */
static void edit_figure(json_t *claim, gr_slice what, gr_slice value) {
    uint64_t n;
    size_t i;
    json_t *count;
    if (!gr_parse_u64(value, &n)) return;
    json_array_foreach(json_object_get(claim, "counts"), i, count) {
        if (!gr_eq(gr_json_text(count, "what"), what)) continue;
        json_object_set_new(count, "n", json_integer((json_int_t)n));
        json_object_set_new(count, "op", json_string("="));
        json_object_set_new(count, "n_max", json_null());
        return;
    }
}

/* A claim without a time gets one. */
static void edit_day(json_t *claim, gr_slice end, gr_slice day) {
    json_t *when = json_object_get(claim, "when");
    if (!json_is_object(when)) {
        when = json_object();
        json_object_set_new(claim, "when", when);
    }
    json_object_set_new(when, gr_is(end, "latest") ? "latest" : "earliest", gr_json_words(day));
}

void gr_apply_edits(json_t *claim, const gr_judgement_row *judgement, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        const gr_judgement_row *j = &judgement[i];
        if (!gr_is(j->action, "edit") || j->undone_by || !gr_eq(j->subject, gr_json_text(claim, "claim")))
            continue;
        json_t *edited = json_object_get(claim, "edited");
        if (!edited) {
            edited = json_array();
            json_object_set_new(claim, "edited", edited);
        }
        json_array_append_new(edited, gr_json_words(j->other));
        if (gr_is(j->other, "type") || gr_is(j->other, "reality"))
            json_object_set_new(claim, gr_is(j->other, "type") ? "type" : "reality", gr_json_words(j->words));
        else if (gr_is(j->other, "earliest") || gr_is(j->other, "latest"))
            edit_day(claim, j->other, j->words);
        else
            edit_figure(claim, j->other, j->words);
    }
}

static void fill_lists(json_t *out, const gr_incident_row *in, const gr_account *account) {
    static const char *const WHO[] = {"role", "name", "id", "kind", "status"};
    static const char *const WHERE[] = {"name",   "place",  "role", "level", "country",
                                        "admin1", "admin2", "lat",  "lon"};
    static const char *const PERSON[] = {"name", "office"};
    json_t *accounts = json_array(), *figures = json_array();
    for (uint32_t i = 0; i < in->account_count; i++) {
        json_t *claims = json_array();
        int64_t voice = in->account[i].voice;
        for (uint32_t k = 0; k < in->account[i].claim_count; k++) {
            json_t *claim = json_loadb(in->account[i].claim[k].ptr, in->account[i].claim[k].len, 0, NULL);
            gr_apply_edits(claim, in->judgement, in->judgement_count);
            take_list(out, "who", claim, WHO, 5, 2, voice);
            take_list(out, "where", claim, WHERE, 9, 2, voice);
            take_list(out, "persons", claim, PERSON, 2, 1, voice);
            take_figures(figures, claim, &in->account[i]);
            json_array_append_new(claims, claim);
        }
        json_array_append_new(accounts, account_json(&in->account[i], &account[i], claims));
    }
    count_voices(json_object_get(out, "who"));
    count_voices(json_object_get(out, "where"));
    count_voices(json_object_get(out, "persons"));
    json_object_set_new(out, "figures", figures);
    json_object_set_new(out, "accounts", accounts);
}

static json_int_t count_of_voices(const gr_incident_row *in) {
    json_int_t voices = 0;
    for (uint32_t i = 0; i < in->account_count; i++) {
        bool first = true;
        for (uint32_t k = 0; k < i; k++) first = first && in->account[k].voice != in->account[i].voice;
        voices += first;
    }
    return voices;
}

static json_t *view(gr_arena *arena, const gr_incident_row *in, const gr_view_plan *plan) {
    gr_account *account = gr_alloc_array(arena, in->account_count + 1u, sizeof *account);
    for (uint32_t i = 0; i < in->account_count; i++)
        if (!gr_account_read(arena, in->account[i].line, &account[i])) return NULL;
    if (in->account_count == 0) return NULL;
    const gr_account *head = head_of(account, in->account_count);
    json_t *out = json_object();
    json_object_set_new(out, "incident", gr_json_words(in->incident));
    json_object_set_new(out, "status", json_string(status_of(in)));
    json_object_set_new(out, "kind", json_string(gr_kind_name(head->kind)));
    json_object_set_new(out, "type", gr_json_words(head->type));
    json_object_set_new(out, "reality", json_string(gr_reality_name(head->reality)));
    json_object_set_new(out, "when", when_json(account, in->account_count));
    json_object_set_new(out, "who", json_array());
    json_object_set_new(out, "where", json_array());
    json_object_set_new(out, "persons", json_array());
    json_object_set_new(out, "tolls", tolls_json(arena, in, account, plan));
    json_object_set_new(out, "voices", json_integer(count_of_voices(in)));
    fill_lists(out, in, account);
    json_object_set_new(out, "pairs", pairs_json(in->pair, in->pair_count));
    json_object_set_new(out, "proposals", pairs_json(in->proposal, in->proposal_count));
    json_object_set_new(out, "judgements", judgements_json(in));
    return out;
}

json_t *gr_incident_json(const gr_incident_row *in, const gr_view_plan *plan) {
    gr_arena *arena = gr_arena_new((size_t)64 << 20);
    jmp_buf full;
    if (!arena) return NULL;
    if (setjmp(full)) {
        gr_arena_free(arena);
        return NULL;
    }
    gr_arena_guard(arena, &full);
    json_t *out = view(arena, in, plan);
    gr_arena_free(arena);
    return out;
}
