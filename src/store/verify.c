#include "base/os.h"
#include "base/utf8.h"
#include "link/accounts.h"
#include "store/store_internal.h"

#include <jansson.h>
#include <stdio.h>

enum { STRIDE = 64 }; /* code points between two marks of the index */

/* Code point -> byte of one text. */
typedef struct positions {
    gr_slice text;
    size_t *mark; /* byte of every STRIDE-th code point */
    size_t length_cp;
} positions;

typedef struct verifying {
    gr_record *record;
    gr_verified *out;
    gr_error *err;
    int64_t last_coding;
    uint64_t added; /* "add" entries: one a source */
    positions at;   /* of the source in hand */
    char doc[65];
    sqlite3_stmt *words; /* writes a sentence into the index that is made for comparison */
} verifying;

static gr_status fault(const verifying *v, const char *where, const char *what) {
    return gr_fail(v->err, GR_CHECK, v->record->path, "%s: %s", where, what);
}

static gr_status failed(const verifying *v, int code) {
    return store_fail(v->record, code, v->err);
}

/* Runs give(v, row) on every row of a statement with one optional number bound. */
static gr_status each_row(verifying *v, const char *sql, int64_t bound,
                          gr_status (*give)(verifying *, sqlite3_stmt *)) {
    sqlite3_stmt *row = store_prepare(v->record, sql, v->err);
    if (!row) return v->err->status;
    gr_status status = GR_OK;
    int code = sqlite3_bind_parameter_count(row) ? sqlite3_bind_int64(row, 1, bound) : SQLITE_OK;
    while (status == GR_OK && (code == SQLITE_OK || code == SQLITE_ROW)) {
        code = sqlite3_step(row);
        if (code == SQLITE_ROW) status = give(v, row);
    }
    if (status == GR_OK && code != SQLITE_DONE) status = failed(v, code);
    sqlite3_finalize(row);
    return status;
}

static gr_status integrity_row(verifying *v, sqlite3_stmt *row) {
    gr_slice found = store_column(row, 0);
    if (gr_eq(found, GR_S("ok"))) return GR_OK;
    return gr_fail(v->err, GR_CHECK, v->record->path, "the file is damaged (%.*s)",
                   (int)(found.len < 200 ? found.len : 200), found.ptr ? found.ptr : "");
}

static gr_status foreign_row(verifying *v, sqlite3_stmt *row) {
    char where[160];
    gr_slice table = gr_sub(store_column(row, 0), 0, 64);
    snprintf(where, sizeof where, "table %.*s, row %lld", GR_FMT(table),
             (long long)sqlite3_column_int64(row, 1));
    return fault(v, where, "points to a row that is not there");
}

static gr_status boxless_row(verifying *v, sqlite3_stmt *row) {
    char where[64];
    snprintf(where, sizeof where, "place %lld", (long long)sqlite3_column_int64(row, 0));
    return fault(v, where, "the spatial index does not hold its point");
}

static gr_status strayed_row(verifying *v, sqlite3_stmt *row) {
    char where[64];
    snprintf(where, sizeof where, "place %lld", (long long)sqlite3_column_int64(row, 0));
    return fault(v, where, "the spatial index holds a point that the place does not have");
}

static gr_status check_file(verifying *v) {
    gr_status status = each_row(v, "PRAGMA integrity_check(1)", 0, integrity_row);
    if (status == GR_OK) status = each_row(v, "PRAGMA foreign_key_check", 0, foreign_row);
    if (status == GR_OK) status = each_row(v, "SELECT rtreecheck('main', 'place_box')", 0, integrity_row);
    if (status == GR_OK)
        status = each_row(v,
                          "SELECT p.id FROM place p LEFT JOIN place_box b ON b.id = p.id WHERE p.lat_deg "
                          "NOT BETWEEN b.south_deg AND b.north_deg OR p.lon_deg NOT BETWEEN b.west_deg AND "
                          "b.east_deg OR (b.id IS NULL) <> (p.lat_deg IS NULL) LIMIT 1",
                          0, boxless_row);
    if (status == GR_OK)
        status = each_row(v,
                          "SELECT b.id FROM place_box b LEFT JOIN place p ON p.id = b.id "
                          "WHERE p.lat_deg IS NULL LIMIT 1",
                          0, strayed_row);
    return status;
}

/* Evidence: the words of a claim stand in the text where it says. */

static gr_status index_text(verifying *v, gr_slice text) {
    gr_os_free(v->at.mark);
    v->at = (positions){.text = text, .mark = gr_os_alloc((text.len / STRIDE + 1) * sizeof(size_t))};
    if (!v->at.mark) return gr_fail(v->err, GR_NO_MEMORY, v->record->path, "out of memory while verifying");
    for (size_t byte = 0; byte < text.len; v->at.length_cp++) {
        if (v->at.length_cp % STRIDE == 0) v->at.mark[v->at.length_cp / STRIDE] = byte;
        gr_utf8_next(text, &byte);
    }
    return GR_OK;
}

static size_t byte_of(const positions *at, size_t code_point) {
    if (code_point >= at->length_cp) return at->text.len;
    size_t byte = at->mark[code_point / STRIDE];
    for (size_t left = code_point % STRIDE; left; left--) gr_utf8_next(at->text, &byte);
    return byte;
}

static bool span_is_fine(const positions *at, int64_t start, int64_t end) {
    return start >= 0 && start < end && (uint64_t)end <= at->length_cp;
}

static gr_slice words_at(const positions *at, int64_t start, int64_t end) {
    return gr_sub(at->text, byte_of(at, (size_t)start), byte_of(at, (size_t)end));
}

/* A quotation is any object with "exact", wherever it stands in the claim. */
static bool quotation_holds(const positions *at, const json_t *quotation) {
    const json_t *exact = json_object_get(quotation, "exact");
    int64_t start = json_integer_value(json_object_get(quotation, "start"));
    int64_t end = json_integer_value(json_object_get(quotation, "end"));
    gr_slice words = {json_string_value(exact), json_string_length(exact)};
    return json_is_string(exact) && span_is_fine(at, start, end) && gr_eq(words_at(at, start, end), words);
}

/* jansson bounds the nesting of what it parses (2048). */
static bool quotations_hold(const positions *at, json_t *value) {
    const char *key;
    json_t *item;
    size_t i;
    if (json_is_object(value)) {
        if (json_object_get(value, "exact") && !quotation_holds(at, value)) return false;
        json_object_foreach(value, key, item) if (!quotations_hold(at, item)) return false;
    }
    if (json_is_array(value)) json_array_foreach(value, i, item) if (!quotations_hold(at, item)) return false;
    return true;
}

static bool text_is(const json_t *claim, const char *key, sqlite3_stmt *row, int column) {
    const json_t *value = json_object_get(claim, key);
    return json_is_string(value) &&
           gr_eq((gr_slice){json_string_value(value), json_string_length(value)}, store_column(row, column));
}

static bool span_is(const json_t *claim, const char *key, sqlite3_stmt *row, int column) {
    const json_t *span = json_object_get(claim, key);
    if (sqlite3_column_type(row, column) == SQLITE_NULL) return !json_is_object(span);
    return json_is_object(span) &&
           json_integer_value(json_object_get(span, "start")) == sqlite3_column_int64(row, column) &&
           json_integer_value(json_object_get(span, "end")) == sqlite3_column_int64(row, column + 1);
}

static gr_status check_claim(const verifying *v, sqlite3_stmt *row, gr_slice line) {
    char id[96];
    snprintf(id, sizeof id, "claim %.12s-%lld", v->doc, (long long)sqlite3_column_int64(row, 0));
    json_error_t unused;
    json_t *claim = json_loadb(line.ptr ? line.ptr : "", line.len, JSON_ALLOW_NUL, &unused);
    gr_status status = GR_OK;
    const char *named = json_string_value(json_object_get(claim, "claim"));
    if (!json_is_object(claim) || !named || strcmp(named, id + 6) != 0)
        status = fault(v, id, "its JSON line is missing or belongs to another claim");
    else if (!text_is(claim, "kind", row, 1) || !text_is(claim, "type", row, 2) ||
             !span_is(claim, "quote", row, 3) || !span_is(claim, "trigger", row, 5))
        status = fault(v, id, "its columns differ from its JSON line");
    else if (!span_is_fine(&v->at, sqlite3_column_int64(row, 3), sqlite3_column_int64(row, 4)) ||
             !quotations_hold(&v->at, claim))
        status = fault(v, id, "its quotation differs from the text of the source");
    json_decref(claim);
    return status;
}

static gr_status check_claims(verifying *v, int64_t coding, gr_slice json, int64_t claims) {
    sqlite3_stmt *row = store_prepare(
        v->record,
        "SELECT number, kind, type, quote_start, quote_end, trigger_start, trigger_end FROM claim "
        "WHERE coding = ? ORDER BY number",
        v->err);
    if (!row) return v->err->status;
    gr_status status = GR_OK;
    int code = sqlite3_bind_int64(row, 1, coding);
    int64_t seen = 0;
    while (status == GR_OK && (code == SQLITE_OK || code == SQLITE_ROW)) {
        code = sqlite3_step(row);
        if (code != SQLITE_ROW) break;
        gr_slice line = gr_cut(&json, '\n');
        status = check_claim(v, row, line);
        seen++;
    }
    if (status == GR_OK && code != SQLITE_DONE) status = failed(v, code);
    if (status == GR_OK && (seen != claims || json.len))
        status = fault(v, v->doc, "the number of its claims differs from what was coded");
    sqlite3_finalize(row);
    v->out->claims += (uint64_t)seen;
    return status;
}

/* Sources. */

static gr_status check_bytes(verifying *v, sqlite3_stmt *row) {
    gr_slice text = store_column(row, 2), packed = store_column(row, 4);
    uint64_t length = (uint64_t)sqlite3_column_int64(row, 3);
    if (!gr_utf8_valid(text)) return fault(v, v->doc, "its text is no UTF-8");
    if (!gr_eq(gr_slice_of(gr_sha256(text).hex), store_column(row, 1)))
        return fault(v, v->doc, "its text differs from its hash");
    gr_buffer bytes = {0};
    gr_slice read = text;
    if (sqlite3_column_type(row, 4) != SQLITE_NULL) {
        gr_status status = store_unpack(packed, length, &bytes, v->err);
        read = gr_buffer_slice(&bytes);
        if (status != GR_OK) {
            gr_buffer_free(&bytes);
            return status;
        }
    }
    bool same = read.len == length && strcmp(gr_sha256(read).hex, v->doc) == 0;
    gr_buffer_free(&bytes);
    return same ? GR_OK : fault(v, v->doc, "the bytes of the source differ from its hash");
}

static gr_status add_words(verifying *v, int64_t sentence, gr_slice words) {
    int code = store_bind(v->words, STORE_VALUES(store_int(sentence), store_text(words)));
    if (code == SQLITE_OK) code = sqlite3_step(v->words);
    sqlite3_reset(v->words);
    return code == SQLITE_DONE ? GR_OK : failed(v, code);
}

/* Sentences of all splits of one source, by split and number. */
static gr_status check_sentences(verifying *v, int64_t source) {
    sqlite3_stmt *row = store_prepare(
        v->record,
        "SELECT id, split, number, start, end FROM sentence WHERE source = ? ORDER BY split, number", v->err);
    if (!row) return v->err->status;
    gr_status status = GR_OK;
    int64_t split = -1, number = 0, end = 0;
    int code = sqlite3_bind_int64(row, 1, source);
    while (status == GR_OK && (code == SQLITE_OK || code == SQLITE_ROW)) {
        code = sqlite3_step(row);
        if (code != SQLITE_ROW) break;
        if (sqlite3_column_int64(row, 1) != split) split = sqlite3_column_int64(row, 1), number = end = 0;
        int64_t from = sqlite3_column_int64(row, 3), to = sqlite3_column_int64(row, 4);
        if (sqlite3_column_int64(row, 2) != number++ || from < end || !span_is_fine(&v->at, from, to))
            status = fault(v, v->doc, "its sentences are out of order or outside the text");
        else
            status = add_words(v, sqlite3_column_int64(row, 0), words_at(&v->at, from, to));
        end = to;
        v->out->sentences++;
    }
    if (status == GR_OK && code != SQLITE_DONE) status = failed(v, code);
    sqlite3_finalize(row);
    return status;
}

static gr_status check_coding(verifying *v, sqlite3_stmt *row) {
    gr_buffer json;
    int64_t coding = sqlite3_column_int64(row, 0);
    gr_status status =
        store_unpack(store_column(row, 3), (uint64_t)sqlite3_column_int64(row, 2), &json, v->err);
    if (status == GR_OK)
        status = check_claims(v, coding, gr_buffer_slice(&json), sqlite3_column_int64(row, 1));
    gr_buffer_free(&json);
    return status;
}

static gr_status check_source(verifying *v, sqlite3_stmt *row) {
    int64_t source = sqlite3_column_int64(row, 5);
    gr_slice sha256 = store_column(row, 0);
    snprintf(v->doc, sizeof v->doc, "%.*s", GR_FMT(gr_sub(sha256, 0, 64)));
    gr_status status = check_bytes(v, row);
    if (status == GR_OK) status = index_text(v, store_column(row, 2));
    if (status == GR_OK) status = check_sentences(v, source);
    if (status == GR_OK)
        status = each_row(v, "SELECT id, claims, json_length, json FROM coding WHERE source = ? ORDER BY id",
                          source, check_coding);
    v->out->sources++;
    return status;
}

/* The word index: made again from the sentences and compared, posting by posting. */

static gr_status compare_words(verifying *v, sqlite3_stmt *kept, sqlite3_stmt *made) {
    for (;;) {
        int a = sqlite3_step(kept), b = sqlite3_step(made);
        if (a == SQLITE_DONE && b == SQLITE_DONE) return GR_OK;
        if (a != SQLITE_ROW && a != SQLITE_DONE) return failed(v, a);
        if (b != SQLITE_ROW && b != SQLITE_DONE) return failed(v, b);
        if (a != b || !gr_eq(store_column(kept, 0), store_column(made, 0)) ||
            sqlite3_column_int64(kept, 1) != sqlite3_column_int64(made, 1) ||
            sqlite3_column_int64(kept, 2) != sqlite3_column_int64(made, 2))
            return fault(v, "index of words", "differs from the sentences");
    }
}

static gr_status check_words(verifying *v) {
    gr_status status = GR_OK;
    sqlite3_stmt *kept = store_prepare(v->record, "SELECT term, doc, offset FROM temp.words_kept", v->err);
    sqlite3_stmt *made =
        kept ? store_prepare(v->record, "SELECT term, doc, offset FROM temp.words_made", v->err) : NULL;
    status = made ? compare_words(v, kept, made) : v->err->status;
    sqlite3_finalize(kept);
    sqlite3_finalize(made);
    return status;
}

static const char *const make_words =
    "CREATE VIRTUAL TABLE temp.sentence_again USING fts5(text, content='', "
    "tokenize='unicode61 remove_diacritics 2');"
    "CREATE VIRTUAL TABLE temp.words_kept USING fts5vocab('main', 'sentence_words', 'instance');"
    "CREATE VIRTUAL TABLE temp.words_made USING fts5vocab('temp', 'sentence_again', 'instance')";

static gr_status check_sources(verifying *v) {
    gr_status status = store_exec(v->record, make_words, v->err);
    if (status != GR_OK) return status;
    v->words =
        store_prepare(v->record, "INSERT INTO temp.sentence_again (rowid, text) VALUES (?, ?)", v->err);
    if (!v->words) return v->err->status;
    status = each_row(v, "SELECT sha256, text_sha256, text, bytes_length, bytes, id FROM source ORDER BY id",
                      0, check_source);
    sqlite3_finalize(v->words);
    gr_os_free(v->at.mark);
    return status == GR_OK ? check_words(v) : status;
}

/* The log. */

/* The rows that an entry stands for still hash to what it says. */
static gr_status check_digest(verifying *v, const char *doc, const char *knowledge, const char *digest) {
    int64_t coding;
    gr_digest now = {""};
    gr_status status = store_find(v->record, STORE_FIND_CODED,
                                  STORE_VALUES(store_words(doc), store_words(knowledge)), &coding, v->err);
    if (status != GR_OK) return status;
    if (!coding || coding <= v->last_coding) return fault(v, doc, "was logged but is not in the record");
    v->last_coding = coding;
    status = store_coding_digest(v->record, coding, &now, v->err);
    if (status == GR_OK && strcmp(now.hex, digest) != 0)
        status = fault(v, doc, "the report or its claims were changed after they were added");
    return status;
}

static gr_status check_added(verifying *v, const store_entry *entry) {
    char doc[65];
    json_error_t unused;
    json_t *payload = json_loadb(entry->payload.ptr, entry->payload.len, 0, &unused);
    const char *knowledge = json_string_value(json_object_get(payload, "knowledge"));
    const char *digest = json_string_value(json_object_get(payload, "digest"));
    snprintf(doc, sizeof doc, "%.*s", GR_FMT(entry->subject));
    gr_status status = knowledge && digest ? check_digest(v, doc, knowledge, digest)
                                           : fault(v, doc, "its log entry cannot be read");
    json_decref(payload);
    if (gr_eq(entry->action, GR_S("add"))) v->added++;
    return status;
}

static gr_status check_entry(verifying *v, sqlite3_stmt *row) {
    char where[48];
    gr_digest hash;
    store_entry entry = {.seq = sqlite3_column_int64(row, 0),
                         .at_unix_s = sqlite3_column_int64(row, 1),
                         .who = store_column(row, 2),
                         .action = store_column(row, 3),
                         .subject = store_column(row, 4),
                         .payload = store_column(row, 5),
                         .previous = store_column(row, 6)};
    snprintf(where, sizeof where, "log entry %lld", (long long)entry.seq);
    gr_status status = store_entry_hash(&entry, &hash, v->err);
    if (status != GR_OK) return status;
    if (entry.seq != (int64_t)++v->out->log_entries || !gr_eq(entry.previous, gr_slice_of(v->out->log_head)))
        return fault(v, where, "does not follow the entry before it");
    if (!gr_eq(store_column(row, 7), gr_slice_of(hash.hex))) return fault(v, where, "differs from its hash");
    snprintf(v->out->log_head, sizeof v->out->log_head, "%s", hash.hex);
    bool coded = gr_eq(entry.action, GR_S("add")) || gr_eq(entry.action, GR_S("recode"));
    return coded ? check_added(v, &entry) : GR_OK;
}

static gr_status unlogged_row(verifying *v, sqlite3_stmt *row) {
    uint64_t codings = (uint64_t)sqlite3_column_int64(row, 0),
             sources = (uint64_t)sqlite3_column_int64(row, 1);
    uint64_t first = (uint64_t)sqlite3_column_int64(row, 2);
    if (codings + first == v->out->log_entries && sources == v->added) return GR_OK;
    return fault(v, "log", "the record holds reports that the log does not name");
}

static gr_status check_log(verifying *v) {
    snprintf(v->out->log_head, sizeof v->out->log_head, "%s", STORE_NO_HASH);
    gr_status status = each_row(
        v, "SELECT seq, at_unix_s, who, action, subject, payload, previous, hash FROM log ORDER BY seq", 0,
        check_entry);
    if (status == GR_OK)
        status = each_row(v,
                          "SELECT (SELECT count(*) FROM coding), (SELECT count(*) FROM source), "
                          "(SELECT count(*) FROM log WHERE action NOT IN ('add', 'recode'))",
                          0, unlogged_row);
    return status;
}

/* What follows from the claims and the log. */

static gr_status unlike_log_row(verifying *v, sqlite3_stmt *row) {
    char where[64];
    snprintf(where, sizeof where, "judgement %lld", (long long)sqlite3_column_int64(row, 0));
    return fault(v, where, "is not what the log says");
}

static gr_status homeless_row(verifying *v, sqlite3_stmt *row) {
    char where[64];
    snprintf(where, sizeof where, "account %lld", (long long)sqlite3_column_int64(row, 0));
    return fault(v, where, "belongs to no incident");
}

/* A pair says what comparing its accounts gives. */
static gr_status check_pair(verifying *v, sqlite3_stmt *row) {
    gr_account a, b;
    jmp_buf full;
    if (setjmp(full)) return gr_fail(v->err, GR_NO_MEMORY, v->record->path, "out of memory while verifying");
    gr_arena_reset(v->record->arena);
    gr_arena_guard(v->record->arena, &full);
    bool fine = gr_account_read(v->record->arena, store_column(row, 0), &a) &&
                gr_account_read(v->record->arena, store_column(row, 1), &b);
    gr_arena_guard(v->record->arena, NULL);
    if (!fine) return fault(v, "pair", "has an account that cannot be read");
    gr_comparison is = gr_compare_accounts(&a, &b);
    if (gr_eq(store_column(row, 2), gr_slice_of(gr_sameness_name(is.verdict))) &&
        sqlite3_column_int(row, 3) == is.points && (uint32_t)sqlite3_column_int64(row, 4) == is.why)
        return GR_OK;
    return fault(v, "pair", "does not say what its accounts do");
}

static gr_status check_incidents(verifying *v) {
    gr_status status = each_row(
        v,
        "SELECT l.seq FROM log l LEFT JOIN judgement j ON j.seq = l.seq WHERE l.action IN "
        "('accept', 'reject', 'edit', 'merge', 'split', 'note') AND (j.seq IS NULL OR j.action <> l.action "
        "OR j.subject <> l.subject OR j.who <> l.who OR j.words <> json_extract(l.payload, '$.words') "
        "OR j.other <> json_extract(l.payload, '$.other')) UNION ALL SELECT j.seq FROM judgement j "
        "LEFT JOIN log l ON l.seq = j.seq AND l.action = j.action WHERE l.seq IS NULL OR j.undone_by IS NOT "
        "(SELECT u.seq FROM log u WHERE u.action = 'undo' AND json_extract(u.payload, '$.other') = "
        "CAST(j.seq AS TEXT)) LIMIT 1",
        0, unlike_log_row);
    if (status == GR_OK)
        status = each_row(v,
                          "SELECT a.id FROM account a JOIN newest n ON n.id = a.coding LEFT JOIN member m "
                          "ON m.account = a.id LEFT JOIN member l ON l.account = m.incident "
                          "WHERE m.account IS NULL OR l.incident IS NOT m.incident LIMIT 1",
                          0, homeless_row);
    if (status == GR_OK)
        status = each_row(v,
                          "SELECT x.line, y.line, p.verdict, p.points, p.why FROM pair p "
                          "JOIN account x ON x.id = p.a JOIN account y ON y.id = p.b",
                          0, check_pair);
    return status;
}

gr_status gr_record_verify(gr_record *record, gr_verified *out, gr_error *err) {
    gr_error local;
    verifying v = {.record = record, .out = out, .err = err ? err : &local};
    *out = (gr_verified){0};
    gr_status status = store_exec(record, "BEGIN", v.err); /* one state of the record, whoever writes */
    if (status == GR_OK) status = check_file(&v);
    if (status == GR_OK) status = check_sources(&v);
    if (status == GR_OK) status = check_log(&v);
    if (status == GR_OK) status = check_incidents(&v);
    if (!sqlite3_get_autocommit(record->db)) sqlite3_exec(record->db, "ROLLBACK", NULL, NULL, NULL);
    if (status == GR_BAD_MODEL) v.err->status = status = GR_CHECK;
    return status;
}
