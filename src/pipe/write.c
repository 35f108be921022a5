/* The claim record as JSON (docs/claims.md). Offsets become code points here. */
#include "base/json.h"
#include "pipe/pipe_internal.h"

#include <stdio.h>

typedef struct writer {
    gr_json json;
    const gr_library *library;
    const gr_coded *coded;
} writer;

void gr_write_span_fields(gr_json *json, const gr_coded *coded, gr_span span) {
    gr_json_key(json, "exact");
    gr_json_string(json, gr_sub(coded->text.bytes, span.begin_b, span.end_b));
    gr_json_key(json, "start");
    gr_json_int(json, gr_offset_cp(&coded->offsets, span.begin_b));
    gr_json_key(json, "end");
    gr_json_int(json, gr_offset_cp(&coded->offsets, span.end_b));
}

void gr_write_span(gr_json *json, const gr_coded *coded, gr_span span) {
    if (span.begin_b >= span.end_b) {
        gr_json_null(json);
        return;
    }
    gr_json_object(json);
    gr_write_span_fields(json, coded, span);
    gr_json_object_end(json);
}

static void span(writer *w, const char *name, gr_span at) {
    gr_json_key(&w->json, name);
    gr_write_span(&w->json, w->coded, at);
}

static void text(writer *w, const char *name, gr_slice value) {
    gr_json_key(&w->json, name);
    gr_json_string_or_null(&w->json, value);
}

static void word(writer *w, const char *name, const char *value) {
    text(w, name, gr_slice_of(value));
}

static void number(writer *w, const char *name, int64_t value) {
    gr_json_key(&w->json, name);
    if (value == GR_NO_NUMBER)
        gr_json_null(&w->json);
    else
        gr_json_int(&w->json, value);
}

static void day(writer *w, const char *name, int32_t value) {
    char iso[16];
    gr_json_key(&w->json, name);
    if (value == GR_NO_DAY) {
        gr_json_null(&w->json);
        return;
    }
    gr_day_format(value, iso);
    gr_json_string(&w->json, gr_slice_of(iso));
}

static void flag(writer *w, const char *name, bool value) {
    if (!value) return;
    gr_json_key(&w->json, name);
    gr_json_bool(&w->json, true);
}

static void write_party(writer *w, const gr_party *p) {
    gr_json_object(&w->json);
    word(w, "role", gr_role_name(p->role));
    if (p->id.len) text(w, "id", p->id);
    text(w, "name", p->name);
    if (p->kind.len) text(w, "kind", p->kind);
    word(w, "form", gr_form_name(p->form));
    if (p->family.len) text(w, "family", p->family);
    word(w, "status", gr_party_status_name(p->status));
    span(w, "mention", p->mention);
    span(w, "phrase", p->phrase);
    if (p->thing.end_b) span(w, "thing", p->thing);
    if (p->listed_as.end_b) span(w, "listed_as", p->listed_as);
    flag(w, "plural", p->plural);
    flag(w, "inherited", p->inherited);
    gr_json_object_end(&w->json);
}

static void write_location(writer *w, const gr_location *l) {
    gr_json_object(&w->json);
    word(w, "role", l->role);
    text(w, "name", l->name);
    word(w, "level", l->level);
    text(w, "country", l->country);
    text(w, "admin1", l->admin1);
    text(w, "admin2", l->admin2);
    gr_json_key(&w->json, "lat");
    l->has_point ? gr_json_decimal(&w->json, l->lat_deg, 5) : gr_json_null(&w->json);
    gr_json_key(&w->json, "lon");
    l->has_point ? gr_json_decimal(&w->json, l->lon_deg, 5) : gr_json_null(&w->json);
    text(w, "place", l->place);
    gr_json_key(&w->json, "score");
    gr_json_decimal(&w->json, l->score, 2);
    gr_json_key(&w->json, "candidates");
    gr_json_int(&w->json, l->candidates);
    word(w, "reason", l->reason);
    span(w, "mention", l->mention);
    flag(w, "inherited", l->inherited);
    gr_json_object_end(&w->json);
}

static void write_when(writer *w, const gr_when *t) {
    gr_json_key(&w->json, "when");
    if (!t->present) {
        gr_json_null(&w->json);
        return;
    }
    gr_json_object(&w->json);
    gr_json_key(&w->json, "mention");
    gr_json_string(&w->json, gr_sub(w->coded->text.bytes, t->mention.begin_b, t->mention.end_b));
    gr_json_key(&w->json, "start");
    gr_json_int(&w->json, gr_offset_cp(&w->coded->offsets, t->mention.begin_b));
    gr_json_key(&w->json, "end");
    gr_json_int(&w->json, gr_offset_cp(&w->coded->offsets, t->mention.end_b));
    day(w, "earliest", t->earliest);
    day(w, "latest", t->latest);
    word(w, "precision", gr_precision_name(t->precision));
    word(w, "basis", gr_basis_name(t->basis));
    flag(w, "inherited", t->inherited);
    gr_json_object_end(&w->json);
}

static void write_count(writer *w, const gr_count *c) {
    gr_json_object(&w->json);
    word(w, "what", gr_what_name(c->what));
    word(w, "op", gr_op_name(c->op));
    number(w, "n", c->n);
    number(w, "n_max", c->n_max);
    if (c->words.len) text(w, "words", c->words);
    text(w, "unit", c->unit);
    word(w, "of", c->of ? c->of : "");
    gr_json_key(&w->json, "aggregate");
    gr_json_bool(&w->json, c->aggregate);
    span(w, "mention", c->mention);
    gr_json_object_end(&w->json);
}

static void write_claimant(writer *w, const gr_claimant *c) {
    gr_json_object(&w->json);
    if (c->id.len) text(w, "id", c->id);
    text(w, "name", c->name);
    span(w, "mention", c->mention);
    span(w, "cue", c->cue);
    span(w, "content", c->content);
    gr_json_object_end(&w->json);
}

static void write_instrument(writer *w, const gr_instrument *i) {
    gr_json_object(&w->json);
    text(w, "name", i->name);
    text(w, "family", i->family);
    span(w, "mention", i->mention);
    span(w, "phrase", i->phrase);
    gr_json_object_end(&w->json);
}

static void write_person(writer *w, const gr_person *p) {
    gr_json_object(&w->json);
    text(w, "name", p->name);
    if (p->office.len) text(w, "office", p->office);
    span(w, "mention", p->mention);
    gr_json_object_end(&w->json);
}

static void write_setting(writer *w, const gr_claim *c) {
    gr_json_key(&w->json, "who");
    gr_json_array(&w->json);
    for (uint32_t i = 0; i < c->party_count; i++) write_party(w, &c->party[i]);
    gr_json_array_end(&w->json);
    gr_json_key(&w->json, "where");
    gr_json_array(&w->json);
    for (uint32_t i = 0; i < c->location_count; i++) write_location(w, &c->location[i]);
    gr_json_array_end(&w->json);
    write_when(w, &c->when);
}

static void write_counts(writer *w, const gr_claim *c) {
    gr_json_key(&w->json, "counts");
    gr_json_array(&w->json);
    for (uint32_t i = 0; i < c->count_count; i++) write_count(w, &c->count[i]);
    gr_json_array_end(&w->json);
}

static void write_named(writer *w, const gr_claim *c) {
    gr_json_key(&w->json, "persons"); /* names alone, for readers of the record */
    gr_json_array(&w->json);
    for (uint32_t i = 0; i < c->person_count; i++) gr_json_string(&w->json, c->person[i].name);
    gr_json_array_end(&w->json);
    gr_json_key(&w->json, "person_mentions");
    gr_json_array(&w->json);
    for (uint32_t i = 0; i < c->person_count; i++) write_person(w, &c->person[i]);
    gr_json_array_end(&w->json);
    gr_json_key(&w->json, "instruments");
    gr_json_array(&w->json);
    for (uint32_t i = 0; i < c->instrument_count; i++) write_instrument(w, &c->instrument[i]);
    gr_json_array_end(&w->json);
}

static void write_says(writer *w, const gr_claim *c) {
    gr_json_key(&w->json, "says");
    gr_json_array(&w->json);
    for (uint32_t i = 0; i < c->claimant_count; i++) write_claimant(w, &c->claimant[i]);
    gr_json_array_end(&w->json);
}

static void write_id(writer *w, const char *name, const char *prefix, uint32_t number_in_report) {
    char id[48];
    snprintf(id, sizeof id, "%.12s-%s%u", w->coded->document.sha256.hex, prefix, number_in_report);
    word(w, name, id);
}

static void write_head(writer *w, const gr_claim *c) {
    write_id(w, "claim", "", c->number);
    word(w, "doc", w->coded->document.sha256.hex);
    text(w, "lang", w->coded->lang);
    word(w, "kind", gr_kind_name(c->kind));
    text(w, "type", c->type);
    gr_json_key(&w->json, "quote");
    gr_json_object(&w->json);
    gr_write_span_fields(&w->json, w->coded, c->quote);
    uint32_t page = gr_page_of(&w->coded->document, c->quote.begin_b);
    if (page) number(w, "page", page);
    gr_json_key(&w->json, "sentence");
    gr_json_int(&w->json, c->sentence);
    gr_json_object_end(&w->json);
    span(w, "trigger", c->trigger);
}

static void write_codes(writer *w, const gr_claim *c) {
    gr_json_key(&w->json, "codes");
    gr_json_object(&w->json);
    text(w, "acled", c->acled);
    text(w, "plover", c->plover);
    text(w, "cameo", c->cameo);
    gr_json_key(&w->json, "ucdp");
    gr_json_int(&w->json, c->ucdp);
    gr_json_object_end(&w->json);
}

static void write_tail(writer *w, const gr_claim *c) {
    word(w, "reality", gr_reality_name(c->reality));
    if (c->ends) {
        gr_json_key(&w->json, "ends");
        gr_json_bool(&w->json, true);
    }
    write_codes(w, c);
    gr_json_key(&w->json, "why");
    gr_json_object(&w->json);
    text(w, "rule", c->rule);
    word(w, "knowledge", gr_library_hash(w->library));
    gr_json_object_end(&w->json);
    if (c->part_of) number(w, "part_of", c->part_of);
    if (c->same_as) number(w, "same_as", c->same_as);
    gr_json_key(&w->json, "score");
    gr_json_decimal(&w->json, c->score, 2);
}

static void write_claim(writer *w, const gr_claim *c) {
    gr_json_object(&w->json);
    write_head(w, c);
    write_setting(w, c);
    write_counts(w, c);
    write_named(w, c);
    write_says(w, c);
    write_tail(w, c);
    gr_json_object_end(&w->json);
}

void gr_write_claim(const gr_library *library, const gr_coded *coded, const gr_claim *claim, gr_buffer *out) {
    writer w = {.json = {.out = out}, .library = library, .coded = coded};
    write_claim(&w, claim);
}

void gr_write_claims(const gr_library *library, const gr_coded *coded, gr_buffer *out) {
    for (uint32_t i = 0; i < coded->claim_count; i++) {
        gr_write_claim(library, coded, &coded->claim[i], out);
        gr_buffer_byte(out, '\n');
    }
}

static void write_toll(writer *w, const gr_incident *in, const gr_toll *t) {
    gr_json_object(&w->json);
    word(w, "what", gr_what_name(t->what));
    word(w, "of", t->of ? t->of : "");
    number(w, "low", t->low);
    number(w, "high", t->high);
    gr_json_key(&w->json, "exact");
    gr_json_bool(&w->json, t->exact);
    flag(w, "vague", t->vague);
    gr_json_key(&w->json, "units");
    gr_json_array(&w->json);
    for (uint32_t i = 0; i < t->count; i++) {
        const gr_unit_toll *u = &in->unit[t->first + i];
        gr_json_object(&w->json);
        text(w, "unit", u->unit);
        word(w, "op", gr_op_name(u->op));
        number(w, "low", u->low);
        number(w, "high", u->high);
        if (u->words.len) text(w, "words", u->words);
        flag(w, "within", u->within);
        gr_json_object_end(&w->json);
    }
    gr_json_array_end(&w->json);
    gr_json_object_end(&w->json);
}

static void mention_fields(writer *w, const gr_mention *m) {
    const gr_token *first = &w->coded->text.token[m->tok_begin],
                   *last = &w->coded->text.token[m->tok_end - 1];
    if (m->id.len) text(w, "id", m->id);
    text(w, "name", m->name);
    text(w, "kind", m->actor_kind);
    word(w, "what", gr_mention_word(m));
    span(w, "mention", (gr_span){first->off_b, last->off_b + last->len_b});
}

static void write_beside(writer *w, const gr_beside *b) {
    gr_json_object(&w->json);
    mention_fields(w, &w->coded->who->all.item[b->mention]);
    span(w, "phrase", b->phrase);
    gr_json_object_end(&w->json);
}

static void write_suspect(writer *w, const gr_suspect *s) {
    gr_json_object(&w->json);
    mention_fields(w, &w->coded->who->all.item[s->mention]);
    word(w, "why", gr_suspicion_name(s->why));
    gr_json_object_end(&w->json);
}

static void write_members(writer *w, const gr_incident *in) {
    gr_json_key(&w->json, "suspects");
    gr_json_array(&w->json);
    for (uint32_t i = 0; i < in->suspect_count; i++) write_suspect(w, &in->suspect[i]);
    gr_json_array_end(&w->json);
    gr_json_key(&w->json, "beside");
    gr_json_array(&w->json);
    for (uint32_t i = 0; i < in->beside_count; i++) write_beside(w, &in->beside[i]);
    gr_json_array_end(&w->json);
    gr_json_key(&w->json, "tolls");
    gr_json_array(&w->json);
    for (uint32_t i = 0; i < in->toll_count; i++) write_toll(w, in, &in->toll[i]);
    gr_json_array_end(&w->json);
    gr_json_key(&w->json, "claims");
    gr_json_array(&w->json);
    for (uint32_t i = 0; i < in->member_count; i++) write_claim(w, &w->coded->claim[in->member[i]]);
    gr_json_array_end(&w->json);
}

static void write_incident(writer *w, const gr_incident *in) {
    gr_json_object(&w->json);
    write_id(w, "incident", "i", in->number);
    word(w, "doc", w->coded->document.sha256.hex);
    text(w, "lang", w->coded->lang);
    day(w, "published", w->coded->own_day);
    word(w, "kind", gr_kind_name(in->sum.kind));
    text(w, "type", in->sum.type);
    span(w, "trigger", in->sum.trigger);
    write_setting(w, &in->sum);
    write_named(w, &in->sum);
    write_members(w, in);
    word(w, "reality", gr_reality_name(in->sum.reality));
    write_codes(w, &in->sum);
    gr_json_key(&w->json, "score");
    gr_json_decimal(&w->json, in->sum.score, 2);
    gr_json_object_end(&w->json);
}

void gr_write_incidents(const gr_library *library, const gr_coded *coded, gr_buffer *out) {
    for (uint32_t i = 0; i < coded->incident_count; i++) {
        writer w = {.json = {.out = out}, .library = library, .coded = coded};
        write_incident(&w, &coded->incident[i]);
        gr_buffer_byte(out, '\n');
    }
}
