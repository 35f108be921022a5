/* Incidents whole: their accounts with their claims, why they are one, what may belong to them, what
 * reviewers said of them. */
#include "base/limits.h"
#include "link/accounts.h"
#include "store/store_internal.h"

#include <stdio.h>

#define NAME_OF(account, source) "substr(" source ".sha256, 1, 12) || '-i' || " account ".number"

typedef enum question {
    ASK_ACCOUNTS,
    ASK_CLAIMS,
    ASK_INNER_PAIRS,
    ASK_OPEN_PAIRS,
    ASK_JUDGEMENTS,
    QUESTION_COUNT
} question;

typedef struct reading {
    gr_record *record;
    gr_arena *arena;
    gr_error *err;
    sqlite3_stmt **asked; /* statements, prepared when first asked */
} reading;

static gr_status stepped(const reading *r, int code) {
    return code == SQLITE_DONE ? GR_OK : store_fail(r->record, code, r->err);
}

static gr_slice kept(const reading *r, sqlite3_stmt *row, int column) {
    return gr_copy(r->arena, store_column(row, column));
}

/* A statement with one number bound, for use on this incident; the caller resets it. */
static sqlite3_stmt *ask(const reading *r, question which, const char *sql, int64_t bound) {
    sqlite3_stmt **row = &r->asked[which];
    if (!*row) *row = store_prepare(r->record, sql, r->err);
    if (*row && sqlite3_bind_int64(*row, 1, bound) != SQLITE_OK) {
        store_fail(r->record, sqlite3_errcode(r->record->db), r->err);
        return NULL;
    }
    return *row;
}

/* ---- accounts and their claims ---- */

typedef GR_VEC(gr_account_row) account_rows;
typedef GR_VEC(int64_t) row_numbers;

static gr_status read_accounts(const reading *r, int64_t incident, account_rows *out, row_numbers *number) {
    sqlite3_stmt *row =
        ask(r, ASK_ACCOUNTS,
            "SELECT a.id, " NAME_OF(
                "a", "s") ", substr(s.sha256, 1, 12), s.publisher, s.published, "
                          "s.url, s.title, coalesce(v.voice, s.id), s.added_unix_s, a.line FROM member m "
                          "JOIN account a ON a.id = m.account JOIN coding g ON g.id = a.coding "
                          "JOIN source s ON s.id = g.source LEFT JOIN voice v ON v.source = s.id "
                          "WHERE m.incident = ? ORDER BY coalesce(s.published, '9999'), s.sha256, a.number",
            incident);
    if (!row) return r->err->status;
    int code;
    while ((code = sqlite3_step(row)) == SQLITE_ROW) {
        gr_push(r->arena, number, sqlite3_column_int64(row, 0));
        gr_push(r->arena, out,
                (gr_account_row){.account = kept(r, row, 1),
                                 .doc = kept(r, row, 2),
                                 .publisher = kept(r, row, 3),
                                 .published = kept(r, row, 4),
                                 .url = kept(r, row, 5),
                                 .title = kept(r, row, 6),
                                 .voice = sqlite3_column_int64(row, 7),
                                 .added_unix_s = sqlite3_column_int64(row, 8),
                                 .line = kept(r, row, 9)});
    }
    sqlite3_reset(row);
    return stepped(r, code);
}

static gr_status read_claims(const reading *r, int64_t account, gr_account_row *out) {
    GR_VEC(gr_slice) lines = {0};
    store_lines l = {0};
    sqlite3_stmt *row =
        ask(r, ASK_CLAIMS,
            "SELECT c.coding, c.number, g.json_length, g.json FROM told t JOIN claim c ON c.id = t.claim "
            "JOIN coding g ON g.id = c.coding WHERE t.account = ? ORDER BY c.number",
            account);
    if (!row) return r->err->status;
    int code;
    gr_status status = GR_OK;
    while (status == GR_OK && (code = sqlite3_step(row)) == SQLITE_ROW) {
        gr_slice line;
        status = store_line_of(r->record, &l, row, &line, r->err);
        if (status == GR_OK) gr_push(r->arena, &lines, gr_copy(r->arena, line));
    }
    sqlite3_reset(row);
    gr_buffer_free(&l.json);
    out->claim = lines.item;
    out->claim_count = lines.count;
    return status == GR_OK ? stepped(r, code) : status;
}

/* ---- why they are one, and what else may be ---- */

typedef GR_VEC(gr_pair_row) pair_rows;

#define FROM_PAIRS                                                                                           \
    "JOIN account a ON a.id = p.a JOIN coding g ON g.id = a.coding JOIN source s ON s.id = g.source "        \
    "JOIN account b ON b.id = p.b JOIN coding h ON h.id = b.coding JOIN source o ON o.id = h.source "
#define PAIR_COLUMNS "SELECT " NAME_OF("a", "s") ", " NAME_OF("b", "o") ", p.verdict, p.points, p.why "

static gr_status read_pairs(const reading *r, question which, const char *sql, int64_t incident,
                            pair_rows *out) {
    sqlite3_stmt *row = ask(r, which, sql, incident);
    if (!row) return r->err->status;
    int code;
    while ((code = sqlite3_step(row)) == SQLITE_ROW)
        gr_push(r->arena, out,
                (gr_pair_row){kept(r, row, 0), kept(r, row, 1), kept(r, row, 2), sqlite3_column_int(row, 3),
                              (uint32_t)sqlite3_column_int64(row, 4)});
    sqlite3_reset(row);
    return stepped(r, code);
}

static const char *const inner_pairs = PAIR_COLUMNS
    "FROM member m JOIN pair p ON p.a = m.account JOIN member n ON n.account = p.b "
    "AND n.incident = m.incident " FROM_PAIRS "WHERE m.incident = ? ORDER BY p.points DESC, 1, 2";

/* Either end of the pair may lie in this incident. */
static const char *const open_pairs = PAIR_COLUMNS
    "FROM (SELECT p.* FROM member m JOIN pair p ON p.a = m.account JOIN member n ON n.account = p.b "
    "WHERE m.incident = ?1 AND n.incident <> ?1 UNION SELECT p.* FROM member m JOIN pair p ON p.b = "
    "m.account "
    "JOIN member n ON n.account = p.a WHERE m.incident = ?1 AND n.incident <> ?1) p " FROM_PAIRS
    "WHERE NOT EXISTS (SELECT 1 FROM judgement j WHERE j.action = 'split' AND j.undone_by IS NULL AND "
    "((j.subject = " NAME_OF("a", "s") " AND j.other = " NAME_OF(
        "b", "o") ") OR "
                  "(j.other = " NAME_OF("a", "s") " AND j.subject = " NAME_OF(
                      "b", "o") "))) ORDER BY p.points DESC, 1, 2";

/* ---- what reviewers said ---- */

static gr_status read_judgements(const reading *r, int64_t incident, gr_incident_row *out) {
    GR_VEC(gr_judgement_row) found = {0};
    sqlite3_stmt *row = ask(
        r, ASK_JUDGEMENTS,
        "SELECT j.seq, datetime(l.at_unix_s, 'unixepoch'), j.who, j.action, j.subject, j.other, "
        "j.words, coalesce(j.undone_by, 0), l.at_unix_s, coalesce(u.at_unix_s, 0) FROM judgement j "
        "JOIN log l ON l.seq = j.seq LEFT JOIN log u ON u.seq = j.undone_by WHERE j.subject IN "
        "(SELECT " NAME_OF(
            "a",
            "s") " FROM member m JOIN account a ON a.id = m.account "
                 "JOIN coding g ON g.id = a.coding JOIN source s ON s.id = g.source WHERE m.incident = ?1 "
                 "UNION SELECT substr(s.sha256, 1, 12) || '-' || c.number FROM member m JOIN told t "
                 "ON t.account = m.account JOIN claim c ON c.id = t.claim JOIN coding g ON g.id = c.coding "
                 "JOIN source s ON s.id = g.source WHERE m.incident = ?1) ORDER BY j.seq",
        incident);
    if (!row) return r->err->status;
    int code;
    while ((code = sqlite3_step(row)) == SQLITE_ROW)
        gr_push(r->arena, &found,
                (gr_judgement_row){sqlite3_column_int64(row, 0), kept(r, row, 1), kept(r, row, 2),
                                   kept(r, row, 3), kept(r, row, 4), kept(r, row, 5), kept(r, row, 6),
                                   sqlite3_column_int64(row, 7), sqlite3_column_int64(row, 8),
                                   sqlite3_column_int64(row, 9)});
    sqlite3_reset(row);
    out->judgement = found.item;
    out->judgement_count = found.count;
    return stepped(r, code);
}

static gr_status read_incident(const reading *r, int64_t incident, gr_slice name, gr_incident_row *out) {
    account_rows accounts = {0};
    row_numbers numbers = {0};
    pair_rows inner = {0}, open = {0};
    *out = (gr_incident_row){.incident = name};
    gr_status status = read_accounts(r, incident, &accounts, &numbers);
    for (uint32_t i = 0; i < accounts.count && status == GR_OK; i++)
        status = read_claims(r, numbers.item[i], &accounts.item[i]);
    if (status == GR_OK) status = read_pairs(r, ASK_INNER_PAIRS, inner_pairs, incident, &inner);
    if (status == GR_OK) status = read_pairs(r, ASK_OPEN_PAIRS, open_pairs, incident, &open);
    out->account = accounts.item;
    out->account_count = accounts.count;
    out->pair = inner.item;
    out->pair_count = inner.count;
    out->proposal = open.item;
    out->proposal_count = open.count;
    return status == GR_OK ? read_judgements(r, incident, out) : status;
}

/* ---- which ---- */

typedef struct giving {
    reading r;
    bool (*row)(void *context, const gr_incident_row *incident);
    void *context;
} giving;

static gr_status give(giving *g, sqlite3_stmt *list) {
    jmp_buf full;
    gr_status status = GR_OK;
    if (setjmp(full))
        return gr_fail(g->r.err, GR_NO_MEMORY, g->r.record->path, "out of memory while asking the record");
    gr_arena_guard(g->r.arena, &full);
    for (bool go_on = true; status == GR_OK && go_on;) {
        int code = sqlite3_step(list);
        if (code == SQLITE_DONE) break;
        gr_incident_row incident;
        gr_arena_reset(g->r.arena);
        status = code == SQLITE_ROW
                     ? read_incident(&g->r, sqlite3_column_int64(list, 0), kept(&g->r, list, 1), &incident)
                     : store_fail(g->r.record, code, g->r.err);
        if (status == GR_OK) go_on = g->row(g->context, &incident);
    }
    gr_arena_guard(g->r.arena, NULL);
    return status;
}

/* The claims c of codings g and their accounts' members m; those of some days are found by the days of their
 * accounts, which are few, before the claims are looked at. */
static void add_claims_of(store_query *q, const gr_claim_filter *f) {
    const int64_t first = f->from == GR_NO_DAY ? INT32_MIN : f->from,
                  last = f->until == GR_NO_DAY ? INT32_MAX : f->until;
    if (f->from == GR_NO_DAY && f->until == GR_NO_DAY) {
        gr_buffer_add(&q->sql, GR_S("claim c JOIN coding g ON g.id = c.coding JOIN told t ON t.claim = c.id "
                                    "JOIN member m ON m.account = t.account WHERE 1"));
        return;
    }
    store_add(q, "(SELECT id FROM account WHERE wide = 0 AND first_day BETWEEN ? - 2", store_int(first));
    store_add(q, " AND ? + 2 UNION ALL", store_int(last));
    store_add(q, " SELECT id FROM account WHERE wide = 1 AND first_day <= ?", store_int(last));
    store_add(
        q,
        " AND last_day >= ?) w CROSS JOIN told t ON t.account = w.id CROSS JOIN claim c ON c.id = t.claim "
        "CROSS JOIN coding g ON g.id = c.coding JOIN member m ON m.account = t.account WHERE 1",
        store_int(first));
}

static gr_status list_of(gr_record *record, const gr_claim_filter *f, gr_slice incident, store_query *q,
                         store_folded *held, gr_error *err) {
    int64_t account = 0, leader = 0;
    gr_status status = GR_OK;
    if (incident.len) {
        status = store_account_named(record, incident, &account, err);
        if (status == GR_OK)
            status = store_find(record, STORE_MEMBER_OF, STORE_VALUES(store_int(account)), &leader, err);
    }
    gr_buffer_add(&q->sql,
                  GR_S("SELECT x.incident, " NAME_OF(
                      "l", "s") ", (SELECT min(a.first_day) FROM member y "
                                "JOIN account a ON a.id = y.account WHERE y.incident = x.incident) AS day "
                                "FROM (SELECT DISTINCT m.incident FROM "));
    add_claims_of(q, f);
    if (status == GR_OK) status = store_filter(record, q, f, held, err);
    if (leader) store_add(q, " AND m.incident = ?", store_int(leader));
    gr_buffer_add(&q->sql,
                  GR_S(") x JOIN account l ON l.id = x.incident JOIN coding h ON h.id = l.coding "
                       "JOIN source s ON s.id = h.source ORDER BY day IS NULL, day, s.sha256, l.number"));
    if (f->limit) store_add(q, " LIMIT ?", store_int(f->limit));
    return status;
}

gr_status gr_record_incidents(gr_record *record, const gr_claim_filter *f, gr_slice incident,
                              bool (*row)(void *context, const gr_incident_row *incident), void *context,
                              gr_error *err) {
    gr_error local;
    if (!err) err = &local;
    sqlite3_stmt *asked[QUESTION_COUNT] = {NULL};
    giving g = {
        .r = {.record = record, .arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B), .err = err, .asked = asked},
        .row = row,
        .context = context};
    store_query q = {0};
    store_folded held = {0};
    sqlite3_stmt *list = NULL;
    gr_status status = g.r.arena ? GR_OK : gr_fail(err, GR_NO_MEMORY, record->path, "out of memory");
    if (status == GR_OK) status = list_of(record, f, incident, &q, &held, err);
    if (status == GR_OK) status = store_prepare_query(record, &q, &list, err);
    if (status == GR_OK) status = give(&g, list);
    sqlite3_finalize(list);
    for (unsigned i = 0; i < QUESTION_COUNT; i++) sqlite3_finalize(asked[i]);
    store_query_free(&q, &held);
    gr_arena_free(g.r.arena);
    return status;
}
