#include "cli/harmed.h"

#include "base/limits.h"
#include "cli/incident_view.h"
#include "link/accounts.h"
#include "link/situation.h"

typedef struct collecting {
    gr_tellings *tellings;
    gr_harmed_list *out;
    int64_t known_unix_s;
    bool drafts;
    gr_status result;
    gr_error *err;
} collecting;

static bool is_harm(gr_what what) {
    static const gr_what HARMS[] = {GR_WHAT_KILLED,   GR_WHAT_WOUNDED,  GR_WHAT_ABDUCTED, GR_WHAT_MISSING,
                                    GR_WHAT_DETAINED, GR_WHAT_ARRESTED, GR_WHAT_DISPLACED};
    for (size_t i = 0; i < sizeof HARMS / sizeof *HARMS; i++)
        if (HARMS[i] == what) return true;
    return false;
}

static bool happened(gr_reality reality) {
    return reality == GR_OCCURRED || reality == GR_ONGOING;
}

/* ---- what had been judged by then ---- */

static bool stands(const collecting *c, const gr_judgement_row *j) {
    return j->made_unix_s <= c->known_unix_s && (!j->undone_by || j->undone_unix_s > c->known_unix_s);
}

typedef enum word { WORD_NONE, WORD_ACCEPTED, WORD_REJECTED } word;

static word word_on(const collecting *c, const gr_incident_row *in, gr_slice subject, word last) {
    for (uint32_t i = 0; i < in->judgement_count; i++) {
        const gr_judgement_row *j = &in->judgement[i];
        if (!stands(c, j) || !gr_eq(j->subject, subject)) continue;
        if (gr_is(j->action, "accept")) last = WORD_ACCEPTED;
        if (gr_is(j->action, "reject")) last = WORD_REJECTED;
    }
    return last;
}

/* The last word on any of its accounts. */
static word word_on_incident(const collecting *c, const gr_incident_row *in) {
    word last = WORD_NONE;
    for (uint32_t i = 0; i < in->judgement_count; i++) {
        const gr_judgement_row *j = &in->judgement[i];
        bool whole = false;
        for (uint32_t k = 0; k < in->account_count; k++)
            whole = whole || gr_eq(j->subject, in->account[k].account);
        if (!whole || !stands(c, j)) continue;
        if (gr_is(j->action, "accept")) last = WORD_ACCEPTED;
        if (gr_is(j->action, "reject")) last = WORD_REJECTED;
    }
    return last;
}

static uint32_t edits_on(const collecting *c, const gr_incident_row *in, gr_slice claim,
                         gr_judgement_row *out) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < in->judgement_count; i++)
        if (stands(c, &in->judgement[i]) && gr_is(in->judgement[i].action, "edit") &&
            gr_eq(in->judgement[i].subject, claim)) {
            out[count] = in->judgement[i];
            out[count++].undone_by = 0;
        }
    return count;
}

/* ---- one incident ---- */

typedef struct making {
    gr_harmed harmed;
    GR_VEC(gr_harm) harms;
    GR_VEC(gr_told_place) places;
    GR_VEC(gr_told_party) parties;
    GR_VEC(gr_slice) docs;
    GR_VEC(gr_slice) origins;
    json_t *figures;
    uint32_t claims; /* that count */
} making;

typedef struct account_figures { /* of one account: by harm and unit */
    GR_VEC(gr_harm) harms;
} account_figures;

static gr_harm *harm_of(gr_arena *arena, account_figures *a, gr_what what, gr_slice unit) {
    for (uint32_t i = 0; i < a->harms.count; i++)
        if (a->harms.item[i].what == what && gr_eq(a->harms.item[i].unit, unit)) return &a->harms.item[i];
    gr_push(arena, &a->harms,
            (gr_harm){.what = what, .unit = unit, .low = GR_NO_NUMBER, .high = GR_NO_NUMBER});
    return &a->harms.item[a->harms.count - 1];
}

/* The greatest that the claims of one account give: a total and its parts, or the same again. */
static void widen(gr_arena *arena, account_figures *a, const gr_told *t) {
    for (uint32_t i = 0; i < t->figure_count && !t->part; i++) {
        const gr_told_figure *f = &t->figure[i];
        if (!is_harm(f->what) || f->aggregate) continue;
        gr_harm *h = harm_of(arena, a, f->what, f->unit);
        if (!h->words.len) h->words = f->words;
        if (f->n == GR_NO_NUMBER) continue;
        int64_t high = f->n_max != GR_NO_NUMBER && f->n_max > f->n ? f->n_max : f->n;
        if (h->low == GR_NO_NUMBER || f->n > h->low) h->low = f->n;
        if (h->high == GR_NO_NUMBER || high > h->high) h->high = high;
        h->open = h->open || f->op == GR_OP_GT || f->op == GR_OP_GE;
    }
}

/* Where reviewers changed nothing, linking has summed the account's figures better than single claims do. */
static void take_line(gr_arena *arena, account_figures *a, const gr_account *line) {
    for (uint32_t i = 0; i < line->figure_count; i++) {
        const gr_account_figure *f = &line->figure[i];
        if (!is_harm(f->what) || f->low == GR_NO_NUMBER) continue;
        gr_harm *h = harm_of(arena, a, f->what, f->unit);
        h->low = f->low;
        h->high = f->high == GR_NO_NUMBER ? f->low : f->high;
    }
}

/* Accounts stand side by side: the least and the greatest that any gives. */
static void put_beside(gr_arena *arena, making *m, const account_figures *a) {
    for (uint32_t i = 0; i < a->harms.count; i++) {
        const gr_harm *one = &a->harms.item[i];
        gr_harm *h = NULL;
        for (uint32_t k = 0; k < m->harms.count && !h; k++)
            if (m->harms.item[k].what == one->what && gr_eq(m->harms.item[k].unit, one->unit))
                h = &m->harms.item[k];
        if (!h) {
            gr_push(arena, &m->harms, *one);
            continue;
        }
        if (!h->words.len) h->words = one->words;
        if (one->low == GR_NO_NUMBER) continue;
        if (h->low == GR_NO_NUMBER || one->low < h->low) h->low = one->low;
        if (h->high == GR_NO_NUMBER || one->high > h->high) h->high = one->high;
        h->open = h->open || one->open;
    }
}

/* Each figure with who says it, for people to see. */
static void list_figures(making *m, const json_t *claim, const gr_told *t, const gr_account_row *account) {
    static const char *const FIELD[] = {"what", "op", "n", "n_max", "words", "unit"};
    size_t i;
    json_t *count, *says = json_array(), *one;
    json_array_foreach(json_object_get(claim, "says"), i, one)
        json_array_append(says, json_object_get(one, "name"));
    json_array_foreach(json_object_get(claim, "counts"), i, count) {
        gr_what what = gr_what_of(gr_json_text(count, "what"));
        if (what == GR_WHAT_COUNT || !is_harm(what) || json_is_true(json_object_get(count, "aggregate")))
            continue;
        json_t *figure = json_object();
        for (size_t k = 0; k < sizeof FIELD / sizeof *FIELD; k++) {
            json_t *value = json_object_get(count, FIELD[k]);
            json_object_set_new(figure, FIELD[k], value ? json_incref(value) : json_null());
        }
        json_object_set(figure, "says", says);
        json_object_set_new(figure, "publisher", gr_json_words(account->publisher));
        json_object_set_new(figure, "published", gr_json_words(account->published));
        json_object_set_new(figure, "claim", gr_json_words(t->claim));
        json_array_append_new(m->figures, figure);
    }
    json_decref(says);
}

static void take_setting(gr_arena *arena, making *m, const gr_told *t) {
    for (uint32_t i = 0; i < t->place_count; i++) gr_push(arena, &m->places, t->place[i]);
    for (uint32_t i = 0; i < t->party_count; i++) gr_push(arena, &m->parties, t->party[i]);
    bool dated = t->earliest != GR_NO_DAY && t->latest != GR_NO_DAY,
         was = m->harmed.earliest != GR_NO_DAY && m->harmed.latest != GR_NO_DAY;
    if (dated && (!was || t->latest - t->earliest < m->harmed.latest - m->harmed.earliest))
        m->harmed.earliest = t->earliest, m->harmed.latest = t->latest;
    for (uint32_t i = 0; i < t->figure_count; i++)
        if (is_harm(t->figure[i].what)) {
            gr_push(arena, &m->origins, t->origin);
            return;
        }
}

static bool take_account(collecting *c, making *m, const gr_incident_row *in, const gr_account_row *account) {
    gr_arena *arena = c->tellings->arena;
    gr_judgement_row *edit = gr_alloc_array(arena, (size_t)in->judgement_count + 1, sizeof *edit);
    gr_told_row around = {.account = account->account,
                          .incident = in->incident,
                          .doc = account->doc,
                          .publisher = account->publisher,
                          .published = account->published,
                          .voice = account->voice};
    account_figures figures = {0};
    bool changed = false;
    for (uint32_t i = 0; i < account->claim_count; i++) {
        gr_told t;
        json_t *claim = json_loadb(account->claim[i].ptr, account->claim[i].len, JSON_ALLOW_NUL, NULL);
        if (!claim) return false;
        json_array_append_new(c->tellings->claims, claim);
        gr_slice name = gr_json_text(claim, "claim");
        uint32_t edits = edits_on(c, in, name, edit);
        bool rejected = word_on(c, in, name, WORD_NONE) == WORD_REJECTED;
        changed = changed || edits || rejected;
        gr_apply_edits(claim, edit, edits);
        gr_told_of(c->tellings, claim, &around, &t);
        if (rejected || !happened(t.reality)) continue;
        m->claims++;
        widen(arena, &figures, &t);
        list_figures(m, claim, &t, account);
        take_setting(arena, m, &t);
    }
    gr_account line;
    gr_slice text = gr_copy(arena, account->line);
    if (!changed && gr_account_read(arena, text, &line) && happened(line.reality))
        take_line(arena, &figures, &line);
    gr_push(arena, &m->docs, gr_copy(arena, account->doc));
    put_beside(arena, m, &figures);
    return true;
}

static void keep(collecting *c, making *m, const gr_incident_row *in) {
    gr_arena *arena = c->tellings->arena;
    uint32_t index = c->out->item.count;
    m->harmed.incident = gr_copy(arena, in->incident);
    m->harmed.cluster = index;
    m->harmed.place = m->places.item, m->harmed.place_count = m->places.count;
    m->harmed.party = m->parties.item, m->harmed.party_count = m->parties.count;
    m->harmed.harm = m->harms.item, m->harmed.harm_count = m->harms.count;
    m->harmed.doc = m->docs.item, m->harmed.doc_count = m->docs.count;
    m->harmed.origin = m->origins.item, m->harmed.origin_count = m->origins.count;
    gr_push(arena, &c->out->item, m->harmed);
    gr_push(arena, &c->out->figures, json_incref(m->figures));
    for (uint32_t i = 0; i < in->account_count; i++)
        gr_map_set(arena, &c->out->accounts, gr_copy(arena, in->account[i].account), index);
    for (uint32_t i = 0; i < in->proposal_count; i++) {
        gr_push(arena, &c->out->pair, gr_copy(arena, in->proposal[i].a));
        gr_push(arena, &c->out->pair, gr_copy(arena, in->proposal[i].b));
    }
}

static bool take_incident(collecting *c, making *m, const gr_incident_row *in) {
    word said = word_on_incident(c, in);
    for (uint32_t i = 0; i < in->account_count; i++)
        if (in->account[i].added_unix_s <= c->known_unix_s && !take_account(c, m, in, &in->account[i]))
            return false;
    if (!m->harms.count) return true;
    if (said == WORD_REJECTED) {
        c->out->rejected++;
        return true;
    }
    m->harmed.accepted = said == WORD_ACCEPTED;
    if (!m->harmed.accepted && !c->drafts)
        c->out->drafts++;
    else
        keep(c, m, in);
    return true;
}

static bool take(void *context, const gr_incident_row *in) {
    collecting *c = context;
    making m = {.harmed = {.earliest = GR_NO_DAY, .latest = GR_NO_DAY}, .figures = json_array()};
    json_t *volatile figures = m.figures;
    jmp_buf full;
    if (!figures || setjmp(full)) {
        gr_arena_guard(c->tellings->arena, NULL);
        json_decref(figures);
        c->result = gr_fail(c->err, GR_NO_MEMORY, NULL, "out of memory; ask for a place, an actor or a time");
        return false;
    }
    gr_arena_guard(c->tellings->arena, &full);
    if (!take_incident(c, &m, in))
        c->result = gr_fail(c->err, GR_BAD_MODEL, NULL, "a claim in the record is damaged; try griot verify");
    gr_arena_guard(c->tellings->arena, NULL);
    json_decref(figures);
    return c->result == GR_OK;
}

/* ---- incidents that may be one ---- */

static uint32_t leader(gr_harmed_list *list, uint32_t i) {
    while (list->item.item[i].cluster != i) i = list->item.item[i].cluster;
    return i;
}

static void join_proposed(gr_harmed_list *list) {
    for (uint32_t i = 0; i + 1 < list->pair.count; i += 2) {
        uint32_t a = gr_map_get(&list->accounts, list->pair.item[i]),
                 b = gr_map_get(&list->accounts, list->pair.item[i + 1]);
        if (a == GR_MAP_NONE || b == GR_MAP_NONE) continue;
        a = leader(list, a), b = leader(list, b);
        list->item.item[a > b ? a : b].cluster = a > b ? b : a;
    }
    for (uint32_t i = 0; i < list->item.count; i++) list->item.item[i].cluster = leader(list, i);
}

gr_status gr_harmed_collect(gr_tellings *tellings, gr_record *record, const gr_claim_filter *filter,
                            int64_t known_unix_s, bool drafts, gr_harmed_list *out, gr_error *err) {
    collecting c = {tellings, out, known_unix_s, drafts, GR_OK, err};
    *out = (gr_harmed_list){0};
    gr_status status = gr_record_incidents(record, filter, (gr_slice){"", 0}, take, &c, err);
    if (status == GR_OK) status = c.result;
    if (status == GR_OK) join_proposed(out);
    return status;
}

void gr_harmed_free(gr_harmed_list *list) {
    for (uint32_t i = 0; i < list->figures.count; i++) json_decref(list->figures.item[i]);
    *list = (gr_harmed_list){0};
}
