/* Claims with what stands around them: who published them and when, when the record had them, what reviewers
 * had said of them by a moment. */
#include "base/limits.h"
#include "store/store_internal.h"

#include <stdio.h>

typedef struct asking {
    gr_record *record;
    int64_t known_unix_s;
    gr_arena *arena;
    sqlite3_stmt *judgements; /* NULL where the record holds none */
    gr_error *err;
} asking;

/* The newest coding that the record had at the moment. */
static void begin_query(store_query *q, int64_t known_unix_s) {
    gr_buffer_add(&q->sql,
                  GR_S("SELECT c.coding, c.number, g.json_length, g.json, substr(s.sha256, 1, 12), "
                       "s.publisher, s.published, s.added_unix_s, coalesce(v.voice, s.id), a.number, "
                       "substr(o.sha256, 1, 12) || '-i' || l.number "
                       "FROM coding g JOIN claim c ON c.coding = g.id JOIN source s ON s.id = g.source "
                       "LEFT JOIN voice v ON v.source = s.id LEFT JOIN told t ON t.claim = c.id "
                       "LEFT JOIN account a ON a.id = t.account LEFT JOIN member m ON m.account = a.id "
                       "LEFT JOIN account l ON l.id = m.incident LEFT JOIN coding h ON h.id = l.coding "
                       "LEFT JOIN source o ON o.id = h.source WHERE 1"));
    store_add(q, " AND s.added_unix_s <= ?", store_int(known_unix_s));
    store_add(q, " AND g.coded_unix_s <= ?", store_int(known_unix_s));
    store_add(q,
              " AND NOT EXISTS (SELECT 1 FROM coding n WHERE n.source = g.source AND n.id > g.id "
              "AND n.coded_unix_s <= ?)",
              store_int(known_unix_s));
}

/* Judgements on a claim or its account that stood at the moment: ?1, ?2 and ?3. */
static gr_status prepare_judgements(asking *a) {
    sqlite3_stmt *any = store_prepare(a->record, "SELECT 1 FROM judgement LIMIT 1", a->err);
    if (!any) return a->err->status;
    int code = sqlite3_step(any);
    sqlite3_finalize(any);
    if (code == SQLITE_DONE) return GR_OK;
    if (code != SQLITE_ROW) return store_fail(a->record, code, a->err);
    a->judgements =
        store_prepare(a->record,
                      "SELECT j.seq, datetime(l.at_unix_s, 'unixepoch'), j.who, j.action, j.subject, "
                      "j.other, j.words FROM judgement j JOIN log l ON l.seq = j.seq "
                      "LEFT JOIN log u ON u.seq = j.undone_by WHERE j.subject IN (?1, ?2) "
                      "AND l.at_unix_s <= ?3 AND (u.seq IS NULL OR u.at_unix_s > ?3) ORDER BY j.seq",
                      a->err);
    return a->judgements ? GR_OK : a->err->status;
}

static gr_status read_judgements(const asking *a, gr_slice claim, gr_told_row *out) {
    GR_VEC(gr_judgement_row) found = {0};
    sqlite3_stmt *row = a->judgements;
    if (!row) return GR_OK;
    int code = store_bind(
        row, STORE_VALUES(store_text(claim), store_text(out->account), store_int(a->known_unix_s)));
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(row);
        if (code == SQLITE_ROW)
            gr_push(a->arena, &found,
                    (gr_judgement_row){.seq = sqlite3_column_int64(row, 0),
                                       .at = gr_copy(a->arena, store_column(row, 1)),
                                       .who = gr_copy(a->arena, store_column(row, 2)),
                                       .action = gr_copy(a->arena, store_column(row, 3)),
                                       .subject = gr_copy(a->arena, store_column(row, 4)),
                                       .other = gr_copy(a->arena, store_column(row, 5)),
                                       .words = gr_copy(a->arena, store_column(row, 6))});
    }
    sqlite3_reset(row);
    out->judgement = found.item;
    out->judgement_count = found.count;
    return code == SQLITE_DONE ? GR_OK : store_fail(a->record, code, a->err);
}

static gr_status fill(const asking *a, sqlite3_stmt *row, gr_slice line, gr_told_row *out) {
    gr_slice doc = store_column(row, 4);
    *out = (gr_told_row){.json = line,
                         .doc = doc,
                         .publisher = store_column(row, 5),
                         .published = store_column(row, 6),
                         .added_unix_s = sqlite3_column_int64(row, 7),
                         .voice = sqlite3_column_int64(row, 8),
                         .incident = store_column(row, 10)};
    if (sqlite3_column_type(row, 9) != SQLITE_NULL)
        out->account =
            gr_printf(a->arena, "%.*s-i%lld", GR_FMT(doc), (long long)sqlite3_column_int64(row, 9));
    gr_slice claim = gr_printf(a->arena, "%.*s-%lld", GR_FMT(doc), (long long)sqlite3_column_int64(row, 1));
    return read_judgements(a, claim, out);
}

static gr_status walk(const asking *a, sqlite3_stmt *row, store_lines *lines,
                      bool (*give)(void *context, const gr_told_row *told), void *context) {
    jmp_buf full;
    gr_status status = GR_OK;
    if (setjmp(full))
        return gr_fail(a->err, GR_NO_MEMORY, a->record->path, "out of memory while asking the record");
    gr_arena_guard(a->arena, &full);
    for (bool go_on = true; status == GR_OK && go_on;) {
        gr_slice line;
        gr_told_row out;
        int code = sqlite3_step(row);
        if (code == SQLITE_DONE) break;
        gr_arena_reset(a->arena);
        status = code == SQLITE_ROW ? store_line_of(a->record, lines, row, &line, a->err)
                                    : store_fail(a->record, code, a->err);
        if (status == GR_OK) status = fill(a, row, line, &out);
        if (status == GR_OK) go_on = give(context, &out);
    }
    gr_arena_guard(a->arena, NULL);
    return status;
}

gr_status gr_record_told(gr_record *record, const gr_claim_filter *f, int64_t known_unix_s,
                         bool (*row)(void *context, const gr_told_row *told), void *context, gr_error *err) {
    gr_error local;
    if (!err) err = &local;
    asking a = {record, known_unix_s, gr_arena_new(STORE_FOLD_ARENA_B), NULL, err};
    store_query q = {0};
    store_folded held = {0};
    store_lines lines = {0};
    sqlite3_stmt *statement = NULL;
    begin_query(&q, known_unix_s);
    gr_status status = a.arena ? GR_OK : gr_fail(err, GR_NO_MEMORY, record->path, "out of memory");
    if (status == GR_OK) status = store_filter(record, &q, f, &held, err);
    gr_buffer_add(&q.sql, GR_S(" ORDER BY s.sha256, c.number"));
    if (status == GR_OK) status = prepare_judgements(&a);
    if (status == GR_OK) status = store_prepare_query(record, &q, &statement, err);
    if (status == GR_OK) status = walk(&a, statement, &lines, row, context);
    gr_buffer_free(&lines.json);
    sqlite3_finalize(statement);
    sqlite3_finalize(a.judgements);
    store_query_free(&q, &held);
    gr_arena_free(a.arena);
    return status;
}
