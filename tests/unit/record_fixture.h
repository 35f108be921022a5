/* Two coded reports made by hand, so that the record is tested without models: claims of several kinds with
 * parties, places, counts, claimants and a person, over text with accents. Included by the tests of the
 * record only. */
#ifndef GRIOT_TESTS_RECORD_FIXTURE_H
#define GRIOT_TESTS_RECORD_FIXTURE_H

#include "base/json.h"
#include "base/os.h"
#include "store/store_internal.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct fixture {
    gr_arena *arena;
    gr_coded coded;
    gr_buffer json;
} fixture;

static const char *const fixture_text[2] = {
    "Le Phare. Gunmen in Kéra attacked the Brùlé market on Monday. Police said 12 traders were killed.\n"
    "The Red Column allied with the Blue Column near Oumé. Ten hostages were freed.",
    "The army denied on Tuesday that it had withdrawn from Port Alma. Governor Ada Lind spoke of calm."};

static gr_span fixture_span(const gr_coded *c, const char *words) {
    const char *at = words ? strstr(c->document.text.ptr, words) : NULL;
    if (!at) return (gr_span){0, 0};
    uint32_t begin = (uint32_t)(at - c->document.text.ptr);
    return (gr_span){begin, begin + (uint32_t)strlen(words)};
}

static void fixture_quote(gr_json *json, const gr_coded *c, const char *key, gr_span span) {
    gr_json_key(json, key);
    gr_json_object(json);
    gr_json_key(json, "exact");
    gr_json_string(json, gr_sub(c->document.text, span.begin_b, span.end_b));
    gr_json_key(json, "start");
    gr_json_int(json, gr_offset_cp(&c->offsets, span.begin_b));
    gr_json_key(json, "end");
    gr_json_int(json, gr_offset_cp(&c->offsets, span.end_b));
    gr_json_object_end(json);
}

static void fixture_json(fixture *f, const gr_claim *claim) {
    gr_json json = {&f->json, false};
    char id[32];
    snprintf(id, sizeof id, "%.12s-%u", f->coded.document.sha256.hex, claim->number);
    gr_json_object(&json);
    gr_json_key(&json, "claim");
    gr_json_string(&json, gr_slice_of(id));
    gr_json_key(&json, "kind");
    gr_json_string(&json, gr_slice_of(gr_kind_name(claim->kind)));
    gr_json_key(&json, "type");
    gr_json_string(&json, claim->type);
    fixture_quote(&json, &f->coded, "quote", claim->quote);
    fixture_quote(&json, &f->coded, "trigger", claim->trigger);
    gr_json_key(&json, "who");
    gr_json_array(&json);
    for (uint32_t i = 0; i < claim->party_count; i++) {
        gr_json_object(&json);
        fixture_quote(&json, &f->coded, "mention", claim->party[i].mention);
        gr_json_object_end(&json);
    }
    gr_json_array_end(&json);
    gr_json_object_end(&json);
    gr_buffer_byte(&f->json, '\n');
}

/* Sentences end at ". " or at a line break. */
static void fixture_split(fixture *f, gr_slice text, bool coarse) {
    GR_VEC(gr_sentence) sentences = {0};
    for (size_t begin = 0, i = 0; i <= text.len; i++) {
        bool line = i == text.len || text.ptr[i] == '\n';
        bool stop = !coarse && i > 0 && i < text.len && text.ptr[i - 1] == '.' && text.ptr[i] == ' ';
        if (!line && !stop) continue;
        if (i > begin)
            gr_push(f->arena, &sentences,
                    (gr_sentence){.off_b = (uint32_t)begin, .len_b = (uint32_t)(i - begin)});
        begin = i + 1;
    }
    f->coded.text = (gr_text){.bytes = text, .sentence = sentences.item, .sentence_count = sentences.count};
}

static gr_party *fixture_party(fixture *f, gr_role role, const char *id, const char *name,
                               const char *words) {
    gr_party *p = gr_alloc(f->arena, sizeof *p);
    *p = (gr_party){.role = role,
                    .id = gr_slice_of(id),
                    .name = gr_slice_of(name),
                    .kind = GR_S("rebel"),
                    .mention = fixture_span(&f->coded, words)};
    return p;
}

static gr_location *fixture_place(fixture *f, const char *name, const char *country, double lat, double lon) {
    gr_location *l = gr_alloc(f->arena, sizeof *l);
    *l = (gr_location){.role = "at",
                       .name = gr_slice_of(name),
                       .level = country ? "populated place" : NULL,
                       .country = gr_slice_of(country),
                       .has_point = country != NULL,
                       .lat_deg = lat,
                       .lon_deg = lon,
                       .score = 0.75,
                       .candidates = 2,
                       .reason = "exact",
                       .mention = fixture_span(&f->coded, name)};
    return l;
}

static gr_claim *fixture_claim(fixture *f, gr_claim *list, gr_kind kind, const char *type,
                               const char *trigger) {
    gr_claim *c = &list[f->coded.claim_count++];
    *c = (gr_claim){.number = f->coded.claim_count,
                    .kind = kind,
                    .type = gr_slice_of(type),
                    .trigger = fixture_span(&f->coded, trigger),
                    .acled = GR_S("Battles/Armed clash"),
                    .rule = GR_S("test.rule"),
                    .score = 0.5};
    for (uint32_t i = 0; i < f->coded.text.sentence_count; i++) {
        const gr_sentence *s = &f->coded.text.sentence[i];
        if (c->trigger.begin_b < s->off_b || c->trigger.begin_b >= s->off_b + s->len_b) continue;
        c->sentence = i;
        c->quote = (gr_span){s->off_b, s->off_b + s->len_b};
    }
    return c;
}

static void fixture_first(fixture *f, gr_claim *list) {
    gr_claim *c = fixture_claim(f, list, GR_KIND_EVENT, "attack", "attacked");
    c->party = fixture_party(f, GR_ROLE_ACTOR, "", "gunmen", "Gunmen");
    c->location = fixture_place(f, "Kéra", "NER", 13.5, 2.1);
    c->party_count = c->location_count = 1;
    c->when = (gr_when){
        true, fixture_span(&f->coded, "Monday"), 19000, 19001, GR_PRECISION_RANGE, GR_BASIS_PUBLICATION,
        false};
    c = fixture_claim(f, list, GR_KIND_TOLL, "kill", "killed");
    c->count = gr_alloc(f->arena, sizeof *c->count);
    *c->count = (gr_count){GR_WHAT_KILLED, GR_OP_EQ,  12,
                           GR_NO_NUMBER,   {NULL, 0}, GR_S("trader"),
                           "target",       true,      fixture_span(&f->coded, "12 traders")};
    c->claimant = gr_alloc(f->arena, sizeof *c->claimant);
    *c->claimant =
        (gr_claimant){GR_S("pol-ner"), GR_S("Police"), fixture_span(&f->coded, "Police"),
                      fixture_span(&f->coded, "said"), fixture_span(&f->coded, "12 traders were killed")};
    c->count_count = c->claimant_count = 1;
    c = fixture_claim(f, list, GR_KIND_RELATION, "ally", "allied");
    c->party = fixture_party(f, GR_ROLE_WITH, "red", "Red Column", "Red Column");
    c->location = fixture_place(f, "Oumé", NULL, 0, 0);
    c->party_count = c->location_count = 1;
    fixture_claim(f, list, GR_KIND_CUSTODY, "release", "freed")->reality = GR_ONGOING;
}

static void fixture_second(fixture *f, gr_claim *list) {
    gr_claim *c = fixture_claim(f, list, GR_KIND_FORCE, "withdraw", "withdrawn");
    c->reality = GR_DENIED;
    c->party = fixture_party(f, GR_ROLE_SUBJECT, "mil-ner", "Military Forces of Niger", "army");
    c->location = fixture_place(f, "Port Alma", "NER", -23.5, 150.25);
    c->person = gr_alloc(f->arena, sizeof *c->person);
    *c->person = (gr_person){GR_S("Ada Lind"), GR_S("Governor"), fixture_span(&f->coded, "Ada Lind")};
    c->party_count = c->location_count = c->person_count = 1;
    c->when = (gr_when){
        true, fixture_span(&f->coded, "Tuesday"), GR_NO_DAY, GR_NO_DAY, GR_PRECISION_UNKNOWN, GR_BASIS_STATED,
        false};
}

/* Each claim that is no toll is an incident of its own. */
static void fixture_incidents(fixture *f) {
    gr_coded *c = &f->coded;
    c->incident = gr_alloc_array(f->arena, c->claim_count, sizeof *c->incident);
    for (uint32_t i = 0; i < c->claim_count; i++) {
        if (c->claim[i].kind == GR_KIND_TOLL) continue;
        gr_incident *in = &c->incident[c->incident_count++];
        in->number = c->incident_count;
        in->sum = c->claim[i];
        in->member = gr_alloc(f->arena, sizeof *in->member);
        *in->member = i;
        in->member_count = 1;
    }
}

/* Report `which` (0 or 1) with `tail` behind its text, which makes it another document; `coarse`: split by
 * lines, as a newer model might; `packed`: with bytes that are not its text, as HTML has. */
static fixture *fixture_new(int which, const char *tail, bool coarse, bool packed) {
    fixture *f = calloc(1, sizeof *f);
    if (!f || !(f->arena = gr_arena_new((size_t)16 << 20))) abort();
    gr_document *d = &f->coded.document;
    d->text = gr_printf(f->arena, "%s%s", fixture_text[which], tail);
    d->bytes = packed ? gr_printf(f->arena, "<p>%s%s</p>", fixture_text[which], tail) : d->text;
    d->format = packed ? GR_FORMAT_HTML : GR_FORMAT_TEXT;
    d->encoding = GR_S("utf-8");
    d->sha256 = gr_sha256(d->bytes);
    d->text_sha256 = gr_sha256(d->text);
    d->source = (gr_source){
        .name = GR_S("report.txt"), .publisher = GR_S("Radio Kéra"), .published = GR_S("2022-01-09")};
    gr_offsets_build(f->arena, d->text, &f->coded.offsets);
    fixture_split(f, d->text, coarse);
    f->coded.claim = gr_alloc_array(f->arena, 8, sizeof(gr_claim));
    if (which == 0)
        fixture_first(f, f->coded.claim);
    else
        fixture_second(f, f->coded.claim);
    for (uint32_t i = 0; i < f->coded.claim_count; i++) fixture_json(f, &f->coded.claim[i]);
    fixture_incidents(f);
    return f;
}

static void fixture_free(fixture *f) {
    gr_buffer_free(&f->json);
    gr_arena_free(f->arena);
    free(f);
}

static gr_status fixture_add(gr_record *record, const fixture *f, const char *knowledge, gr_added *out,
                             gr_error *err) {
    return store_add_coded(record, knowledge, &f->coded, gr_buffer_slice(&f->json), 1700000000, out, err);
}

#endif
