#include "base/limits.h"
#include "base/os.h"
#include "store/store_internal.h"

#include <stdio.h>

/* What one report's rows share while they are written. */
typedef struct adding {
    gr_record *record;
    const gr_coded *coded;
    gr_slice json;
    const char *knowledge_hash;
    int64_t now_unix_s;
    int64_t source, knowledge, coding, split, first_sentence;
    gr_error *err;
} adding;

typedef struct pair { /* bind values of a span: start and end in code points, or NULLs */
    store_value start, end;
} pair;

static pair offsets_of(const adding *a, gr_span span) {
    if (span.begin_b == span.end_b) return (pair){store_null(), store_null()};
    return (pair){store_int(gr_offset_cp(&a->coded->offsets, span.begin_b)),
                  store_int(gr_offset_cp(&a->coded->offsets, span.end_b))};
}

static gr_status run(const adding *a, store_statement which, const store_value *values, int count) {
    return store_run(a->record, which, values, count, a->err);
}

static int64_t last_row(const adding *a) {
    return sqlite3_last_insert_rowid(a->record->db);
}

/* The row with these values, made when it is not there yet. */
static gr_status find_or_add(const adding *a, store_statement find, store_statement add,
                             const store_value *values, int count, int64_t *out) {
    gr_status status = store_find(a->record, find, values, count, out, a->err);
    if (status != GR_OK || *out) return status;
    status = run(a, add, values, count);
    *out = last_row(a);
    return status;
}

static gr_status add_knowledge(adding *a) {
    gr_status status = store_find(a->record, STORE_FIND_KNOWLEDGE,
                                  STORE_VALUES(store_words(a->knowledge_hash)), &a->knowledge, a->err);
    if (status != GR_OK || a->knowledge) return status;
    status = run(a, STORE_ADD_KNOWLEDGE,
                 STORE_VALUES(store_words(a->knowledge_hash), store_words("griot " GRIOT_VERSION)));
    a->knowledge = last_row(a);
    return status;
}

static gr_slice first_of(gr_slice told, gr_slice stated) {
    return told.len ? told : stated;
}

static gr_status insert_source(adding *a, gr_slice packed) {
    const gr_document *d = &a->coded->document;
    bool same = strcmp(d->sha256.hex, d->text_sha256.hex) == 0;
    gr_status status =
        run(a, STORE_ADD_SOURCE,
            STORE_VALUES(store_words(d->sha256.hex), store_words(d->text_sha256.hex),
                         store_int((int64_t)(same ? d->text.len : d->bytes.len)), store_text(d->source.name),
                         store_text(d->source.publisher),
                         store_text(first_of(d->source.published, d->published)), store_text(d->source.url),
                         store_text(a->coded->lang), store_words(gr_format_name(d->format)),
                         store_text(d->encoding), store_int(d->bad_bytes), store_text(d->title),
                         store_int(a->now_unix_s), (store_value){.type = STORE_TEXT, .bytes = d->text},
                         same ? store_null() : store_blob(packed)));
    a->source = last_row(a);
    return status;
}

static gr_status add_source(adding *a) {
    const gr_document *d = &a->coded->document;
    gr_buffer packed = {0};
    gr_status status = GR_OK;
    if (strcmp(d->sha256.hex, d->text_sha256.hex) != 0) status = store_pack(d->bytes, &packed, a->err);
    if (status == GR_OK) status = insert_source(a, gr_buffer_slice(&packed));
    gr_buffer_free(&packed);
    return status;
}

static gr_status add_sentences(adding *a) {
    const gr_text *text = &a->coded->text;
    gr_status status = GR_OK;
    for (uint32_t i = 0; i < text->sentence_count && status == GR_OK; i++) {
        const gr_sentence *s = &text->sentence[i];
        pair at = offsets_of(a, (gr_span){s->off_b, s->off_b + s->len_b});
        status = run(a, STORE_ADD_SENTENCE,
                     STORE_VALUES(store_int(a->source), store_int(a->split), store_int(i), at.start, at.end));
        if (status != GR_OK) break;
        int64_t row = last_row(a);
        if (i == 0) a->first_sentence = row;
        gr_slice words = gr_sub(text->bytes, s->off_b, (size_t)s->off_b + s->len_b);
        status = run(a, STORE_ADD_WORDS, STORE_VALUES(store_int(row), store_text(words)));
    }
    return status;
}

/* A new model may split a known text elsewhere. Compares with the sentences kept for the newest coding. */
static gr_status same_sentences(adding *a, bool *same) {
    const gr_text *text = &a->coded->text;
    sqlite3_stmt *row = store_statement_of(a->record, STORE_SENTENCES, a->err);
    if (!row) return a->err->status;
    int code = store_bind(row, STORE_VALUES(store_int(a->source), store_int(a->split)));
    uint32_t i = 0;
    *same = true;
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(row);
        if (code != SQLITE_ROW) break;
        if (i == 0) a->first_sentence = sqlite3_column_int64(row, 0);
        if (i >= text->sentence_count) {
            *same = false;
            continue;
        }
        const gr_sentence *s = &text->sentence[i++];
        if (sqlite3_column_int64(row, 1) != gr_offset_cp(&a->coded->offsets, s->off_b) ||
            sqlite3_column_int64(row, 2) != gr_offset_cp(&a->coded->offsets, s->off_b + s->len_b))
            *same = false;
    }
    sqlite3_reset(row);
    if (i != text->sentence_count) *same = false;
    return code == SQLITE_DONE ? GR_OK : store_fail(a->record, code, a->err);
}

static gr_status reuse_sentences(adding *a) {
    bool same = false;
    gr_status status =
        store_find(a->record, STORE_LAST_SPLIT, STORE_VALUES(store_int(a->source)), &a->split, a->err);
    if (status == GR_OK) status = same_sentences(a, &same);
    if (status != GR_OK || same) return status;
    a->split++;
    return add_sentences(a);
}

static gr_status insert_coding(adding *a) {
    gr_buffer packed;
    gr_status status = store_pack(a->json, &packed, a->err);
    if (status == GR_OK)
        status = run(a, STORE_ADD_CODING,
                     STORE_VALUES(store_int(a->source), store_int(a->knowledge), store_int(a->split),
                                  store_int(a->now_unix_s), store_int(a->coded->claim_count),
                                  store_int((int64_t)a->json.len), store_blob(gr_buffer_slice(&packed))));
    a->coding = last_row(a);
    gr_buffer_free(&packed);
    return status;
}

static gr_status add_party(const adding *a, int64_t claim, uint32_t number, const gr_party *p) {
    store_value name = {.type = STORE_TEXT, .bytes = p->name};
    store_value key[] = {name, store_text(p->id), store_text(p->kind), store_null()};
    int64_t actor;
    gr_status status = store_find(a->record, STORE_FIND_ACTOR, key, 3, &actor, a->err);
    if (status == GR_OK && !actor) {
        gr_slice folded;
        status = store_fold(a->record, p->name, &folded, a->err);
        key[3] = (store_value){.type = STORE_TEXT, .bytes = folded};
        if (status == GR_OK) status = run(a, STORE_ADD_ACTOR, key, 4);
        actor = last_row(a);
    }
    pair at = offsets_of(a, p->mention);
    if (status != GR_OK) return status;
    return run(a, STORE_ADD_PARTY,
               STORE_VALUES(store_int(claim), store_int(number), store_words(gr_role_name(p->role)),
                            store_int(actor), store_words(gr_party_status_name(p->status)),
                            store_int(p->inherited), at.start, at.end));
}

static gr_status add_place(const adding *a, const gr_location *l, int64_t *place) {
    store_value lat = l->has_point ? store_real(l->lat_deg) : store_null();
    store_value lon = l->has_point ? store_real(l->lon_deg) : store_null();
    store_value key[] = {{.type = STORE_TEXT, .bytes = l->name},
                         store_text(l->place),
                         lat,
                         lon,
                         store_words(l->level),
                         store_text(l->country),
                         store_text(l->admin1),
                         store_text(l->admin2),
                         store_null()};
    gr_status status = store_find(a->record, STORE_FIND_PLACE, key, 8, place, a->err);
    if (status != GR_OK || *place) return status;
    gr_slice folded;
    status = store_fold(a->record, l->name, &folded, a->err);
    if (status != GR_OK) return status;
    key[8] = (store_value){.type = STORE_TEXT, .bytes = folded};
    status = run(a, STORE_ADD_PLACE, key, 9);
    *place = last_row(a);
    if (status != GR_OK || !l->has_point) return status;
    return run(a, STORE_ADD_BOX, STORE_VALUES(store_int(*place), lon, lat));
}

static gr_status add_location(const adding *a, int64_t claim, uint32_t number, const gr_location *l) {
    int64_t place, reason = 0;
    gr_status status = add_place(a, l, &place);
    if (status == GR_OK && l->reason)
        status = find_or_add(a, STORE_FIND_REASON, STORE_ADD_REASON, STORE_VALUES(store_words(l->reason)),
                             &reason);
    pair at = offsets_of(a, l->mention);
    if (status != GR_OK) return status;
    return run(a, STORE_ADD_LOCATION,
               STORE_VALUES(store_int(claim), store_int(number), store_words(l->role), store_int(place),
                            store_real(l->score), store_int(l->candidates),
                            reason ? store_int(reason) : store_null(), store_int(l->inherited), at.start,
                            at.end));
}

static store_value number_or_null(int64_t n) {
    return n == GR_NO_NUMBER ? store_null() : store_int(n);
}

static gr_status add_count(const adding *a, int64_t claim, uint32_t number, const gr_count *c) {
    pair at = offsets_of(a, c->mention);
    return run(a, STORE_ADD_COUNT,
               STORE_VALUES(store_int(claim), store_int(number), store_words(gr_what_name(c->what)),
                            store_words(gr_op_name(c->op)), number_or_null(c->n), number_or_null(c->n_max),
                            store_text(c->words), store_text(c->unit), store_words(c->of),
                            store_int(c->aggregate), at.start, at.end));
}

static gr_status add_claimant(const adding *a, int64_t claim, uint32_t number, const gr_claimant *c) {
    pair at = offsets_of(a, c->mention), cue = offsets_of(a, c->cue), content = offsets_of(a, c->content);
    return run(a, STORE_ADD_CLAIMANT,
               STORE_VALUES(store_int(claim), store_int(number), store_text(c->id), store_text(c->name),
                            at.start, at.end, cue.start, cue.end, content.start, content.end));
}

static gr_status add_person(const adding *a, int64_t claim, uint32_t number, const gr_person *p) {
    pair at = offsets_of(a, p->mention);
    return run(a, STORE_ADD_PERSON,
               STORE_VALUES(store_int(claim), store_int(number),
                            (store_value){.type = STORE_TEXT, .bytes = p->name}, store_text(p->office),
                            at.start, at.end));
}

/* Everything that hangs on a claim, numbered from 1 in the claim's order. */
static gr_status add_parts(const adding *a, int64_t row, const gr_claim *c) {
    gr_status status = GR_OK;
    for (uint32_t i = 0; i < c->party_count && status == GR_OK; i++)
        status = add_party(a, row, i + 1, &c->party[i]);
    for (uint32_t i = 0; i < c->location_count && status == GR_OK; i++)
        status = add_location(a, row, i + 1, &c->location[i]);
    for (uint32_t i = 0; i < c->count_count && status == GR_OK; i++)
        status = add_count(a, row, i + 1, &c->count[i]);
    for (uint32_t i = 0; i < c->claimant_count && status == GR_OK; i++)
        status = add_claimant(a, row, i + 1, &c->claimant[i]);
    for (uint32_t i = 0; i < c->person_count && status == GR_OK; i++)
        status = add_person(a, row, i + 1, &c->person[i]);
    return status;
}

typedef struct when_values {
    char earliest[16], latest[16];
    store_value value[5]; /* earliest, latest, precision, basis, inherited */
} when_values;

static store_value day_or_null(int32_t day, char out[16]) {
    if (day == GR_NO_DAY) return store_null();
    gr_day_format(day, out);
    return store_words(out);
}

static void fill_when(const gr_when *when, when_values *out) {
    memset(out, 0, sizeof *out);
    if (!when->present) return;
    out->value[0] = day_or_null(when->earliest, out->earliest);
    out->value[1] = day_or_null(when->latest, out->latest);
    out->value[2] = store_words(gr_precision_name(when->precision));
    out->value[3] = store_words(gr_basis_name(when->basis));
    out->value[4] = store_int(when->inherited);
}

static store_value reference(uint32_t number) {
    return number ? store_int(number) : store_null();
}

static gr_status add_claim(const adding *a, const gr_claim *c, int64_t *row) {
    int64_t rule, codes;
    gr_status status = find_or_add(a, STORE_FIND_RULE, STORE_ADD_RULE,
                                   STORE_VALUES((store_value){.type = STORE_TEXT, .bytes = c->rule}), &rule);
    if (status == GR_OK)
        status = find_or_add(a, STORE_FIND_CODES, STORE_ADD_CODES,
                             STORE_VALUES(store_text(c->acled), store_text(c->plover), store_text(c->cameo),
                                          store_int(c->ucdp)),
                             &codes);
    if (status != GR_OK) return status;
    when_values when;
    fill_when(&c->when, &when);
    pair quote = offsets_of(a, c->quote), trigger = offsets_of(a, c->trigger);
    pair words = offsets_of(a, c->when.present ? c->when.mention : (gr_span){0, 0});
    status =
        run(a, STORE_ADD_CLAIM,
            STORE_VALUES(store_int(a->coding), store_int(c->number),
                         store_int(a->first_sentence + c->sentence), store_words(gr_kind_name(c->kind)),
                         store_text(c->type), store_words(gr_reality_name(c->reality)), store_int(rule),
                         store_int(codes), store_real(c->score), quote.start, quote.end, trigger.start,
                         trigger.end, words.start, words.end, when.value[0], when.value[1], when.value[2],
                         when.value[3], when.value[4], reference(c->same_as), reference(c->part_of)));
    *row = last_row(a);
    return status == GR_OK ? add_parts(a, *row, c) : status;
}

static gr_status log_coding(const adding *a, bool recoded) {
    char payload[256];
    gr_digest digest;
    gr_status status = store_coding_digest(a->record, a->coding, &digest, a->err);
    if (status != GR_OK) return status;
    snprintf(payload, sizeof payload, "{\"knowledge\":\"%.64s\",\"claims\":%u,\"digest\":\"%s\"}",
             a->knowledge_hash, a->coded->claim_count, digest.hex);
    return store_log(a->record, a->now_unix_s, GR_S("griot"), recoded ? "recode" : "add",
                     gr_slice_of(a->coded->document.sha256.hex), gr_slice_of(payload), a->err);
}

/* The claims, then what they tell together. */
static gr_status add_claims(adding *a, gr_added *out) {
    uint32_t count = a->coded->claim_count;
    int64_t *row = gr_os_alloc((count + 1u) * sizeof *row);
    if (!row) return gr_fail(a->err, GR_NO_MEMORY, a->record->path, "out of memory while adding a report");
    gr_status status = GR_OK;
    for (uint32_t i = 0; i < count && status == GR_OK; i++)
        status = add_claim(a, &a->coded->claim[i], &row[i]);
    if (status == GR_OK)
        status = store_add_accounts(a->record, a->coding, a->source, a->coded, row, out, a->err);
    gr_os_free(row);
    return status;
}

/* Inside a transaction. */
static gr_status add_report(adding *a, gr_added *out) {
    store_value sha256 = store_words(a->coded->document.sha256.hex);
    gr_status status = store_find(a->record, STORE_FIND_SOURCE, &sha256, 1, &a->source, a->err);
    bool known = a->source != 0;
    if (status == GR_OK && known)
        status = store_find(a->record, STORE_FIND_CODING,
                            STORE_VALUES(store_int(a->source), store_words(a->knowledge_hash)), &a->coding,
                            a->err);
    out->source_row = a->source;
    out->already_there = a->coding != 0;
    if (status != GR_OK || out->already_there) return status;
    status = add_knowledge(a);
    if (status == GR_OK && !known) status = add_source(a);
    if (status == GR_OK) status = known ? reuse_sentences(a) : add_sentences(a);
    if (status == GR_OK) status = insert_coding(a);
    if (status == GR_OK) status = add_claims(a, out);
    if (status == GR_OK && !known) status = store_add_voice(a->record, a->source, &a->coded->text, a->err);
    if (status == GR_OK) status = log_coding(a, known);
    out->source_row = a->source;
    out->recoded = known;
    out->claims = a->coded->claim_count;
    return status;
}

static uint32_t lines_in(gr_slice json) {
    uint32_t lines = 0;
    for (size_t i = 0; i < json.len; i++) lines += json.ptr[i] == '\n';
    return lines;
}

/* What a caller could hand over wrong, found before anything is written. */
static gr_status check(const gr_record *record, const gr_coded *coded, gr_slice json, gr_error *err) {
    const gr_document *d = &coded->document;
    if (record->batch_lost)
        return gr_fail(err, GR_IO, record->path,
                       "an earlier report of this batch could not be kept, so the batch was undone");
    if (strcmp(d->sha256.hex, d->text_sha256.hex) != 0 && d->bytes.len == 0)
        return gr_fail(err, GR_BAD_INPUT, d->sha256.hex, "the report came without its bytes");
    if (lines_in(json) != coded->claim_count)
        return gr_fail(err, GR_BAD_INPUT, d->sha256.hex, "%u claims came with %u lines of JSON",
                       coded->claim_count, lines_in(json));
    for (uint32_t i = 0; i < coded->claim_count; i++)
        if (coded->claim[i].sentence >= coded->text.sentence_count || coded->claim[i].number != i + 1)
            return gr_fail(err, GR_BAD_INPUT, d->sha256.hex, "claim %u is out of order or has no sentence",
                           i + 1);
    return GR_OK;
}

static void undo(gr_record *record) {
    if (!sqlite3_get_autocommit(record->db)) sqlite3_exec(record->db, "ROLLBACK", NULL, NULL, NULL);
    record->batch_lost = record->batch;
}

gr_status store_add_coded(gr_record *record, const char *knowledge_hash, const gr_coded *coded, gr_slice json,
                          int64_t now_unix_s, gr_added *out, gr_error *err) {
    gr_error local;
    if (!err) err = &local;
    *out = (gr_added){0};
    gr_status status = check(record, coded, json, err);
    if (status != GR_OK) return status;
    adding a = {.record = record,
                .coded = coded,
                .json = json,
                .knowledge_hash = knowledge_hash,
                .now_unix_s = now_unix_s,
                .err = err};
    if (!record->batch) status = store_run(record, STORE_BEGIN, NULL, 0, err);
    if (status == GR_OK) status = add_report(&a, out);
    if (status == GR_OK && !record->batch) status = store_run(record, STORE_COMMIT, NULL, 0, err);
    if (status == GR_OK) return GR_OK;
    undo(record);
    *out = (gr_added){0};
    return status;
}

gr_status gr_record_add(gr_record *record, const gr_library *library, const gr_coded *coded, gr_slice json,
                        int64_t now_unix_s, gr_added *out, gr_error *err) {
    return store_add_coded(record, gr_library_hash(library), coded, json, now_unix_s, out, err);
}

gr_status gr_record_begin(gr_record *record, gr_error *err) {
    gr_error local;
    gr_status status = store_run(record, STORE_BEGIN, NULL, 0, err ? err : &local);
    record->batch = status == GR_OK;
    record->batch_lost = false;
    return status;
}

gr_status gr_record_commit(gr_record *record, gr_error *err) {
    gr_error local;
    if (!err) err = &local;
    bool lost = record->batch_lost;
    record->batch = record->batch_lost = false;
    if (lost)
        return gr_fail(err, GR_IO, record->path,
                       "a report of this batch could not be kept, so the batch was undone; add it again");
    gr_status status = store_run(record, STORE_COMMIT, NULL, 0, err);
    if (status != GR_OK) undo(record);
    return status;
}

gr_status gr_record_has(gr_record *record, const char *sha256, const char *knowledge_hash, bool *out,
                        gr_error *err) {
    gr_error local;
    int64_t coding = 0;
    gr_status status =
        store_find(record, STORE_FIND_CODED, STORE_VALUES(store_words(sha256), store_words(knowledge_hash)),
                   &coding, err ? err : &local);
    *out = coding != 0;
    return status;
}
