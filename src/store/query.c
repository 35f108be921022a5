#include "base/utf8.h"
#include "place/place.h"
#include "store/store_internal.h"

#include <math.h>
#include <stdio.h>

void store_add(store_query *q, const char *sql, store_value value) {
    gr_buffer_add(&q->sql, gr_slice_of(sql));
    q->value[q->count++] = value;
}

gr_status store_prepare_query(gr_record *record, store_query *q, sqlite3_stmt **out, gr_error *err) {
    if (q->sql.failed)
        return gr_fail(err, GR_NO_MEMORY, record->path, "out of memory while asking the record");
    *out = store_prepare(record, q->sql.ptr, err);
    if (!*out) return err->status;
    int code = store_bind(*out, q->value, q->count);
    return code == SQLITE_OK ? GR_OK : store_fail(record, code, err);
}

/* Names. */

static bool is_word_byte(unsigned char c) {
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool has_word(gr_slice name, gr_slice word) {
    for (size_t i = 0; i + word.len <= name.len; i++) {
        if (memcmp(name.ptr + i, word.ptr, word.len) != 0) continue;
        size_t end = i + word.len;
        if ((i == 0 || !is_word_byte((unsigned char)name.ptr[i - 1])) &&
            (end == name.len || !is_word_byte((unsigned char)name.ptr[end])))
            return true;
    }
    return false;
}

/* SQL has_words(name, words): each of the words, parted by spaces, stands in the name. Both are folded. */
static void has_words(sqlite3_context *context, int count, sqlite3_value **value) {
    (void)count;
    const char *name_bytes = sqlite3_value_blob(value[0]), *words_bytes = sqlite3_value_blob(value[1]);
    gr_slice name = {name_bytes, name_bytes ? (size_t)sqlite3_value_bytes(value[0]) : 0};
    gr_slice words = {words_bytes, words_bytes ? (size_t)sqlite3_value_bytes(value[1]) : 0};
    bool all = words.len > 0;
    while (words.len && all) {
        gr_slice word = gr_cut(&words, ' ');
        all = word.len == 0 || has_word(name, word);
    }
    sqlite3_result_int(context, all);
}

/* SQL distance_km(lat, lon, lat, lon). */
static void distance_km(sqlite3_context *context, int count, sqlite3_value **value) {
    (void)count;
    sqlite3_result_double(context,
                          gr_distance_km(sqlite3_value_double(value[0]), sqlite3_value_double(value[1]),
                                         sqlite3_value_double(value[2]), sqlite3_value_double(value[3])));
}

int store_offer_functions(sqlite3 *db) {
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    int code = sqlite3_create_function_v2(db, "has_words", 2, flags, NULL, has_words, NULL, NULL, NULL);
    if (code != SQLITE_OK) return code;
    return sqlite3_create_function_v2(db, "distance_km", 4, flags, NULL, distance_km, NULL, NULL, NULL);
}

/* Documents and claims by name. */

static bool is_hex(gr_slice s) {
    for (size_t i = 0; i < s.len; i++)
        if (!((s.ptr[i] >= '0' && s.ptr[i] <= '9') || (s.ptr[i] >= 'a' && s.ptr[i] <= 'f'))) return false;
    return true;
}

gr_status store_find_doc(gr_record *record, gr_slice doc, int64_t *source, gr_error *err) {
    store_query q = {0};
    sqlite3_stmt *row = NULL;
    if (doc.len < 6 || doc.len > 64 || !is_hex(doc))
        return gr_fail(
            err, GR_USAGE, NULL,
            "\"%.*s\" names no report; give at least 6 of the hexadecimal digits it is listed under",
            (int)(doc.len < 80 ? doc.len : 80), doc.ptr);
    store_add(&q, "SELECT id FROM source WHERE sha256 >= ?", store_text(doc));
    store_add(&q, " AND sha256 < ? || 'g' LIMIT 2", store_text(doc));
    gr_status status = store_prepare_query(record, &q, &row, err);
    int rows = 0, code = SQLITE_OK;
    while (status == GR_OK && (code = sqlite3_step(row)) == SQLITE_ROW)
        if (rows++ == 0) *source = sqlite3_column_int64(row, 0);
    if (status == GR_OK && code != SQLITE_DONE) status = store_fail(record, code, err);
    sqlite3_finalize(row);
    gr_buffer_free(&q.sql);
    if (status != GR_OK) return status;
    if (rows == 0) return gr_fail(err, GR_NOT_FOUND, record->path, "holds no report %.*s", GR_FMT(doc));
    if (rows > 1)
        return gr_fail(err, GR_USAGE, record->path, "more than one report begins with %.*s; give more digits",
                       GR_FMT(doc));
    return GR_OK;
}

/* "9f2c61d0a4be-7" -> source and number. */
static gr_status filter_claim(gr_record *record, store_query *q, gr_slice claim, gr_error *err) {
    gr_slice number = claim, doc = gr_cut(&number, '-');
    uint64_t n;
    int64_t source;
    if (!gr_parse_u64(number, &n))
        return gr_fail(err, GR_USAGE, NULL, "\"%.*s\" is no claim; a claim reads like 9f2c61d0a4be-7",
                       (int)(claim.len < 80 ? claim.len : 80), claim.ptr);
    gr_status status = store_find_doc(record, doc, &source, err);
    store_add(q, " AND g.source = ?", store_int(source));
    store_add(q, " AND c.number = ?", store_int((int64_t)n));
    return status;
}

/* Each word of the user's text as a quoted FTS5 string, so that none of it is read as syntax. */
static void quote_words(gr_slice words, gr_buffer *out) {
    bool inside = false;
    for (size_t i = 0; i < words.len; i++) {
        bool is_word = is_word_byte((unsigned char)words.ptr[i]);
        if (is_word != inside) gr_buffer_add(out, inside ? GR_S("\" ") : GR_S("\""));
        if (is_word) gr_buffer_byte(out, words.ptr[i]);
        inside = is_word;
    }
    if (inside) gr_buffer_byte(out, '"');
}

static gr_status fold_into(gr_record *record, gr_slice words, gr_buffer *out, gr_error *err) {
    gr_slice plain;
    gr_status status = store_fold(record, words, &plain, err);
    if (status == GR_OK) gr_buffer_add(out, plain);
    return status;
}

/* Few claims are left where days are asked for: each is looked at. Else the names are looked up first. */
static bool is_dated(const gr_claim_filter *f) {
    return f->from != GR_NO_DAY || f->until != GR_NO_DAY;
}

static gr_status filter_names(gr_record *record, store_query *q, const gr_claim_filter *f, store_folded *held,
                              gr_error *err) {
    gr_status status = GR_OK;
    if (f->actor.len) {
        status = fold_into(record, f->actor, &held->actor, err);
        store_add(
            q,
            is_dated(f)
                ? " AND EXISTS (SELECT 1 FROM party p JOIN actor a ON a.id = p.actor WHERE p.claim = c.id "
                  "AND (a.code = ?"
                : " AND c.id IN (SELECT p.claim FROM actor a JOIN party p ON p.actor = a.id WHERE (a.code = "
                  "?",
            store_text(f->actor));
        store_add(q, " OR has_words(a.folded, ?)))", store_text(gr_buffer_slice(&held->actor)));
    }
    if (f->place.len && status == GR_OK) {
        status = fold_into(record, f->place, &held->place, err);
        store_add(
            q,
            is_dated(f)
                ? " AND EXISTS (SELECT 1 FROM location l JOIN place w ON w.id = l.place WHERE l.claim = c.id "
                  "AND (w.country = upper(?)"
                : " AND c.id IN (SELECT l.claim FROM place w JOIN location l ON l.place = w.id "
                  "WHERE (w.country = upper(?)",
            store_text(f->place));
        store_add(q, " OR w.code = ?", store_text(f->place));
        store_add(q, " OR has_words(w.folded, ?)))", store_text(gr_buffer_slice(&held->place)));
    }
    if (held->actor.failed || held->place.failed)
        status = gr_fail(err, GR_NO_MEMORY, record->path, "out of memory while asking the record");
    return status;
}

static void filter_days(store_query *q, const gr_claim_filter *f, store_folded *held) {
    if (f->from == GR_NO_DAY && f->until == GR_NO_DAY) return;
    gr_buffer_add(&q->sql, GR_S(" AND (c.earliest IS NOT NULL OR c.latest IS NOT NULL)"));
    if (f->from != GR_NO_DAY) {
        gr_day_format(f->from, held->from);
        store_add(q, " AND (c.latest IS NULL OR c.latest >= ?)", store_words(held->from));
    }
    if (f->until != GR_NO_DAY) {
        gr_day_format(f->until, held->until);
        store_add(q, " AND (c.earliest IS NULL OR c.earliest <= ?)", store_words(held->until));
    }
}

static gr_status filter_text(gr_record *record, store_query *q, const gr_claim_filter *f, store_folded *held,
                             gr_error *err) {
    if (!f->text.len) return GR_OK;
    quote_words(f->text, &held->match);
    if (held->match.failed)
        return gr_fail(err, GR_NO_MEMORY, record->path, "out of memory while asking the record");
    if (!held->match.len)
        return gr_fail(err, GR_USAGE, NULL, "the words to look for hold no letter and no digit");
    store_add(q, " AND c.sentence IN (SELECT rowid FROM sentence_words WHERE sentence_words MATCH ?)",
              store_text(gr_buffer_slice(&held->match)));
    return GR_OK;
}

/* A place in the box, and with `circle` within its kilometres (SQL distance_km, place/place.h). */
static void filter_box(store_query *q, const double *box, const gr_claim_filter *circle) {
    store_add(q,
              " AND c.id IN (SELECT l.claim FROM place_box b JOIN location l ON l.place = b.id WHERE "
              "b.east_deg >= ?",
              store_real(box[0]));
    store_add(q, " AND b.north_deg >= ?", store_real(box[1]));
    store_add(q, " AND b.west_deg <= ?", store_real(box[2]));
    store_add(q, " AND b.south_deg <= ?", store_real(box[3]));
    if (circle) {
        store_add(q, " AND distance_km(b.south_deg, b.west_deg, ?", store_real(circle->lat_deg));
        store_add(q, ", ?", store_real(circle->lon_deg));
        store_add(q, ") <= ?", store_real(circle->km));
    }
    gr_buffer_add(&q->sql, GR_S(")"));
}

/* The box around a circle; all longitudes where it reaches a pole. */
static void around(const gr_claim_filter *f, double box[4]) {
    double lat = f->km / 110.5, reach = cos((fabs(f->lat_deg) + lat) * acos(-1) / 180);
    double lon = reach > 0.01 ? lat / reach : 360;
    const double out[4] = {f->lon_deg - lon, f->lat_deg - lat, f->lon_deg + lon, f->lat_deg + lat};
    memcpy(box, out, sizeof out);
}

gr_status store_filter(gr_record *record, store_query *q, const gr_claim_filter *f, store_folded *held,
                       gr_error *err) {
    int64_t source;
    gr_status status = GR_OK;
    if (f->doc.len) {
        status = store_find_doc(record, f->doc, &source, err);
        store_add(q, " AND g.source = ?", store_int(source));
    }
    if (status == GR_OK && f->claim.len) status = filter_claim(record, q, f->claim, err);
    if (f->kind.len) store_add(q, " AND c.kind = ?", store_text(f->kind));
    if (f->except_kind.len) store_add(q, " AND c.kind <> ?", store_text(f->except_kind));
    if (f->type.len) store_add(q, " AND c.type = ?", store_text(f->type));
    if (f->reality.len) store_add(q, " AND c.reality = ?", store_text(f->reality));
    if (f->source.len)
        store_add(q, " AND g.source IN (SELECT id FROM source WHERE publisher = ?)", store_text(f->source));
    if (f->has_point) {
        double box[4];
        around(f, box);
        filter_box(q, box, f);
    }
    if (f->has_box) filter_box(q, f->box_deg, NULL);
    if (status == GR_OK) status = filter_names(record, q, f, held, err);
    filter_days(q, f, held);
    if (status == GR_OK) status = filter_text(record, q, f, held, err);
    return status;
}

gr_status store_line_of(gr_record *record, store_lines *l, sqlite3_stmt *row, gr_slice *out, gr_error *err) {
    int64_t coding = sqlite3_column_int64(row, 0), number = sqlite3_column_int64(row, 1);
    if (coding != l->coding || number < l->number) {
        gr_buffer_free(&l->json);
        l->coding = 0;
        gr_status status =
            store_unpack(store_column(row, 3), (uint64_t)sqlite3_column_int64(row, 2), &l->json, err);
        if (status != GR_OK) return status;
        *l = (store_lines){coding, l->json, gr_buffer_slice(&l->json), 1};
    }
    while (l->number < number && l->rest.len) {
        gr_cut(&l->rest, '\n');
        l->number++;
    }
    if (!l->rest.len || number < 1)
        return gr_fail(err, GR_BAD_MODEL, record->path, "the record is damaged (claim without its line)");
    *out = gr_cut(&l->rest, '\n');
    l->number++;
    return GR_OK;
}

static gr_status walk_claims(gr_record *record, sqlite3_stmt *row, bool (*give)(void *context, gr_slice json),
                             void *context, gr_error *err) {
    store_lines l = {0};
    gr_status status = GR_OK;
    bool go_on = true;
    while (status == GR_OK && go_on) {
        gr_slice line;
        int code = sqlite3_step(row);
        if (code == SQLITE_DONE) break;
        status =
            code == SQLITE_ROW ? store_line_of(record, &l, row, &line, err) : store_fail(record, code, err);
        if (status == GR_OK) go_on = give(context, line);
    }
    gr_buffer_free(&l.json);
    return status;
}

void store_query_free(store_query *q, store_folded *held) {
    gr_buffer_free(&q->sql);
    gr_buffer_free(&held->actor);
    gr_buffer_free(&held->place);
    gr_buffer_free(&held->match);
}

gr_status gr_record_claims(gr_record *record, const gr_claim_filter *f,
                           bool (*row)(void *context, gr_slice json), void *context, gr_error *err) {
    gr_error local;
    if (!err) err = &local;
    store_query q = {0};
    store_folded held = {0};
    sqlite3_stmt *statement = NULL;
    gr_buffer_add(&q.sql, GR_S("SELECT c.coding, c.number, g.json_length, g.json FROM coding g "
                               "JOIN claim c ON c.coding = g.id WHERE NOT EXISTS "
                               "(SELECT 1 FROM coding n WHERE n.source = g.source AND n.id > g.id)"));
    gr_status status = store_filter(record, &q, f, &held, err);
    gr_buffer_add(&q.sql, GR_S(" ORDER BY g.source, c.number"));
    if (f->limit) store_add(&q, " LIMIT ?", store_int(f->limit));
    if (status == GR_OK) status = store_prepare_query(record, &q, &statement, err);
    if (status == GR_OK) status = walk_claims(record, statement, row, context, err);
    sqlite3_finalize(statement);
    store_query_free(&q, &held);
    return status;
}

static void fill_source(sqlite3_stmt *row, gr_source_row *out) {
    *out = (gr_source_row){
        .sha256 = store_column(row, 0),
        .name = store_column(row, 1),
        .publisher = store_column(row, 2),
        .published = store_column(row, 3),
        .url = store_column(row, 4),
        .lang = store_column(row, 5),
        .title = store_column(row, 6),
        .text = store_column(row, 7),
        .added_unix_s = sqlite3_column_int64(row, 8),
        .claims = (uint32_t)sqlite3_column_int64(row, 9),
        .sentences = (uint32_t)sqlite3_column_int64(row, 10),
    };
}

gr_status gr_record_sources(gr_record *record, gr_slice doc,
                            bool (*row)(void *context, const gr_source_row *source), void *context,
                            gr_error *err) {
    gr_error local;
    if (!err) err = &local;
    store_query q = {0};
    sqlite3_stmt *statement = NULL;
    int64_t source = 0;
    gr_status status = doc.len ? store_find_doc(record, doc, &source, err) : GR_OK;
    gr_buffer_add(&q.sql,
                  GR_S("SELECT s.sha256, s.name, s.publisher, s.published, s.url, s.lang, s.title, s.text, "
                       "s.added_unix_s, g.claims, (SELECT count(*) FROM sentence x "
                       "WHERE x.source = s.id AND x.split = g.split) "
                       "FROM source s JOIN coding g ON g.source = s.id WHERE NOT EXISTS "
                       "(SELECT 1 FROM coding n WHERE n.source = s.id AND n.id > g.id)"));
    if (doc.len) store_add(&q, " AND s.id = ?", store_int(source));
    gr_buffer_add(&q.sql, GR_S(" ORDER BY s.id"));
    if (status == GR_OK) status = store_prepare_query(record, &q, &statement, err);
    while (status == GR_OK) {
        gr_source_row out;
        int code = sqlite3_step(statement);
        if (code == SQLITE_DONE) break;
        if (code != SQLITE_ROW) {
            status = store_fail(record, code, err);
            break;
        }
        fill_source(statement, &out);
        if (!row(context, &out)) break;
    }
    sqlite3_finalize(statement);
    gr_buffer_free(&q.sql);
    return status;
}
