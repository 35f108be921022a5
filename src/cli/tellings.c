#include "cli/tellings.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "claim/acts.h"
#include "cli/incident_view.h"

typedef struct taking {
    gr_tellings *all;
    gr_status result;
    gr_error *err;
} taking;

gr_status gr_tellings_open(gr_tellings *t, gr_error *err) {
    *t = (gr_tellings){.arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B), .claims = json_array()};
    return t->arena && t->claims ? GR_OK : gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
}

void gr_tellings_close(gr_tellings *t) {
    json_decref(t->claims);
    gr_arena_free(t->arena);
    *t = (gr_tellings){0};
}

/* ---- whose word it is ---- */

/* A report speaks for its publisher; copies of one text are one voice, whoever prints them. */
static gr_slice report_voice(gr_tellings *all, const gr_told_row *row) {
    gr_slice number = gr_printf(all->arena, "%lld", (long long)row->voice);
    uint32_t at = gr_map_get(&all->voices, number);
    if (at != GR_MAP_NONE) return all->origins.item[at];
    gr_slice origin = row->publisher.len ? gr_printf(all->arena, "by %.*s", GR_FMT(row->publisher))
                                         : gr_printf(all->arena, "report %.*s", GR_FMT(row->doc));
    gr_map_set(all->arena, &all->voices, number, all->origins.count);
    gr_push(all->arena, &all->origins, origin);
    return origin;
}

static bool is_proper(gr_slice name) {
    return name.len && ((name.ptr[0] >= 'A' && name.ptr[0] <= 'Z') || (unsigned char)name.ptr[0] >= 0x80);
}

/* The innermost claimant; "residents" of two reports are two voices. */
static gr_slice origin_of(gr_tellings *all, const json_t *claim, const gr_told_row *row) {
    const json_t *first = json_array_get(json_object_get(claim, "says"), 0);
    gr_slice id = gr_json_text(first, "id"), name = gr_json_text(first, "name");
    if (id.len) return gr_printf(all->arena, "says %.*s", GR_FMT(id));
    gr_slice report = report_voice(all, row);
    if (!name.len) return report;
    if (is_proper(name)) return gr_printf(all->arena, "says %.*s", GR_FMT(gr_fold(all->arena, name)));
    return gr_printf(all->arena, "%.*s of %.*s", GR_FMT(name), GR_FMT(report));
}

/* ---- parts of a claim ---- */

static bool is_armed(const json_t *party) {
    gr_party p = {.kind = gr_json_text(party, "kind"), .form = GR_FORM_NAMED};
    return gr_side_of(&p) == GR_SIDE_ARMED;
}

static void take_parties(gr_arena *arena, const json_t *claim, gr_told *out) {
    const json_t *who = json_object_get(claim, "who"), *one;
    gr_told_party *list = gr_alloc_array(arena, json_array_size(who) + 1, sizeof *list);
    size_t i;
    json_array_foreach(who, i, one) {
        gr_slice id = gr_json_text(one, "id"), name = gr_json_text(one, "name");
        gr_role role = gr_role_of(gr_json_text(one, "role"));
        if (role == GR_ROLE_COUNT) continue;
        list[out->party_count++] = (gr_told_party){.role = role,
                                                   .key = id.len ? id : gr_fold(arena, name),
                                                   .id = id,
                                                   .name = name,
                                                   .described = gr_is(gr_json_text(one, "form"), "described"),
                                                   .armed = is_armed(one)};
    }
    out->party = list;
}

static void take_places(gr_arena *arena, const json_t *claim, gr_told *out) {
    const json_t *where = json_object_get(claim, "where"), *one;
    gr_told_place *list = gr_alloc_array(arena, json_array_size(where) + 1, sizeof *list);
    size_t i;
    json_array_foreach(where, i, one) {
        gr_slice place = gr_json_text(one, "place"), name = gr_json_text(one, "name");
        list[out->place_count++] = (gr_told_place){.key = place.len ? place : gr_fold(arena, name),
                                                   .name = name,
                                                   .place = place,
                                                   .level = gr_json_text(one, "level"),
                                                   .country = gr_json_text(one, "country"),
                                                   .admin1 = gr_json_text(one, "admin1"),
                                                   .role = gr_json_text(one, "role")};
    }
    out->place = list;
}

static gr_op op_of(gr_slice name) {
    for (unsigned op = 0; op <= GR_OP_RANGE; op++)
        if (gr_is(name, gr_op_name((gr_op)op))) return (gr_op)op;
    return GR_OP_EQ;
}

static int64_t number_of(const json_t *count, const char *name) {
    const json_t *value = json_object_get(count, name);
    return json_is_integer(value) ? json_integer_value(value) : GR_NO_NUMBER;
}

static void take_figures(gr_arena *arena, const json_t *claim, gr_told *out) {
    const json_t *counts = json_object_get(claim, "counts"), *one;
    gr_told_figure *list = gr_alloc_array(arena, json_array_size(counts) + 1, sizeof *list);
    size_t i;
    json_array_foreach(counts, i, one) {
        gr_what what = gr_what_of(gr_json_text(one, "what"));
        if (what == GR_WHAT_COUNT) continue;
        list[out->figure_count++] =
            (gr_told_figure){.what = what,
                             .op = op_of(gr_json_text(one, "op")),
                             .n = number_of(one, "n"),
                             .n_max = number_of(one, "n_max"),
                             .words = gr_json_text(one, "words"),
                             .unit = gr_json_text(one, "unit"),
                             .aggregate = json_is_true(json_object_get(one, "aggregate"))};
    }
    out->figure = list;
}

static void take_persons(gr_arena *arena, const json_t *claim, gr_told *out) {
    const json_t *persons = json_object_get(claim, "persons"), *one;
    gr_slice *list = gr_alloc_array(arena, json_array_size(persons) + 1, sizeof *list);
    size_t i;
    json_array_foreach(persons, i, one) {
        if (json_is_string(one)) list[out->person_count++] = gr_slice_of(json_string_value(one));
    }
    out->person = list;
}

/* The words of a time: an object with them, or they alone. */
static gr_slice words_of(const json_t *when) {
    const json_t *mention = json_object_get(when, "mention");
    return json_is_object(mention) ? gr_json_text(mention, "exact") : gr_json_text(when, "mention");
}

static int32_t day_of(gr_slice iso) {
    return iso.len >= 10 ? gr_day_parse(gr_sub(iso, 0, 10)) : gr_day_parse(iso);
}

void gr_told_of(gr_tellings *all, const json_t *claim, const gr_told_row *row, gr_told *out) {
    gr_arena *arena = all->arena;
    const json_t *when = json_object_get(claim, "when"), *first;
    gr_slice name = gr_json_text(claim, "claim"), earliest = gr_json_text(when, "earliest"),
             latest = gr_json_text(when, "latest");
    first = json_array_get(json_object_get(claim, "says"), 0);
    *out = (gr_told){
        .claim = name,
        .doc = gr_copy(arena, row->doc),
        .incident = row->incident.len  ? gr_copy(arena, row->incident)
                    : row->account.len ? gr_copy(arena, row->account)
                                       : name,
        .account = gr_copy(arena, row->account),
        .sentence = number_of(json_object_get(claim, "quote"), "sentence"),
        .kind = gr_kind_of(gr_json_text(claim, "kind")),
        .type = gr_json_text(claim, "type"),
        .reality = gr_reality_of(gr_json_text(claim, "reality")),
        .ends = json_is_true(json_object_get(claim, "ends")),
        .part = json_is_integer(json_object_get(claim, "part_of")),
        .earliest = earliest.len ? day_of(earliest) : GR_NO_DAY,
        .latest = latest.len ? day_of(latest) : GR_NO_DAY,
        .when_words = words_of(when),
        .published = row->published.len ? day_of(row->published) : GR_NO_DAY,
        .origin = origin_of(all, claim, row),
        .says = gr_json_text(first, "name"),
    };
    take_parties(arena, claim, out);
    take_places(arena, claim, out);
    take_figures(arena, claim, out);
    take_persons(arena, claim, out);
}

/* ---- rows of the record ---- */

typedef enum word { WORD_NONE, WORD_ACCEPTED, WORD_REJECTED } word;

/* The last that reviewers said of a claim or an account. */
static word last_word(const gr_told_row *row, gr_slice subject) {
    word last = WORD_NONE;
    for (uint32_t i = 0; i < row->judgement_count; i++) {
        const gr_judgement_row *j = &row->judgement[i];
        if (!gr_eq(j->subject, subject)) continue;
        if (gr_is(j->action, "accept")) last = WORD_ACCEPTED;
        if (gr_is(j->action, "reject")) last = WORD_REJECTED;
    }
    return last;
}

static void take_row(taking *t, json_t *claim, const gr_told_row *row) {
    gr_told told;
    word own = last_word(row, gr_json_text(claim, "claim")),
         whole = row->account.len ? last_word(row, row->account) : WORD_NONE;
    if (own == WORD_REJECTED || (own == WORD_NONE && whole == WORD_REJECTED)) {
        t->all->rejected++;
        return;
    }
    gr_apply_edits(claim, row->judgement, row->judgement_count);
    gr_told_of(t->all, claim, row, &told);
    told.accepted = own == WORD_ACCEPTED || whole == WORD_ACCEPTED;
    json_array_append(t->all->claims, claim);
    gr_push(t->all->arena, &t->all->told, told);
}

static bool take(void *context, const gr_told_row *row) {
    taking *t = context;
    jmp_buf full;
    json_t *claim = json_loadb(row->json.ptr, row->json.len, JSON_ALLOW_NUL, NULL);
    if (!claim || setjmp(full)) {
        gr_arena_guard(t->all->arena, NULL);
        json_decref(claim);
        t->result = gr_fail(t->err, claim ? GR_NO_MEMORY : GR_BAD_MODEL, NULL,
                            claim ? "out of memory; ask for a place, an actor or a day"
                                  : "a claim in the record is damaged; try griot verify");
        return false;
    }
    gr_arena_guard(t->all->arena, &full);
    take_row(t, claim, row);
    gr_arena_guard(t->all->arena, NULL);
    json_decref(claim);
    return true;
}

gr_status gr_tellings_add(gr_tellings *all, gr_record *record, const gr_claim_filter *filter,
                          int64_t known_unix_s, gr_error *err) {
    taking t = {all, GR_OK, err};
    gr_status status = gr_record_told(record, filter, known_unix_s, take, &t, err);
    return status == GR_OK ? t.result : status;
}
