#include "base/utf8.h"
#include "store/store_internal.h"

/* The eight statements from STORE_DIGEST_FIRST on give, in order, every value that belongs to coding ?1;
 * store_coding_digest hashes them. */
static const char *const text[STORE_STATEMENT_COUNT] = {
    [STORE_BEGIN] = "BEGIN IMMEDIATE",
    [STORE_COMMIT] = "COMMIT",
    [STORE_ROLLBACK] = "ROLLBACK",
    [STORE_FIND_SOURCE] = "SELECT id FROM source WHERE sha256 = ?",
    [STORE_FIND_CODING] = "SELECT g.id FROM coding g JOIN knowledge k ON k.id = g.knowledge "
                          "WHERE g.source = ? AND k.hash = ?",
    [STORE_FIND_CODED] = "SELECT g.id FROM source s JOIN coding g ON g.source = s.id "
                         "JOIN knowledge k ON k.id = g.knowledge WHERE s.sha256 = ? AND k.hash = ?",
    [STORE_FIND_KNOWLEDGE] = "SELECT id FROM knowledge WHERE hash = ?",
    [STORE_ADD_KNOWLEDGE] = "INSERT INTO knowledge (hash, program) VALUES (?, ?)",
    [STORE_ADD_SOURCE] = "INSERT INTO source (sha256, text_sha256, bytes_length, name, publisher, published, "
                         "url, lang, format, encoding, bad_bytes, title, added_unix_s, text, bytes) "
                         "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [STORE_LAST_SPLIT] = "SELECT max(split) FROM coding WHERE source = ?",
    [STORE_SENTENCES] = "SELECT id, start, end FROM sentence WHERE source = ? AND split = ? ORDER BY number",
    [STORE_ADD_SENTENCE] = "INSERT INTO sentence (source, split, number, start, end) VALUES (?, ?, ?, ?, ?)",
    [STORE_ADD_WORDS] = "INSERT INTO sentence_words (rowid, text) VALUES (?, ?)",
    [STORE_ADD_CODING] =
        "INSERT INTO coding (source, knowledge, split, coded_unix_s, claims, json_length, json) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
    [STORE_ADD_CLAIM] =
        "INSERT INTO claim (coding, number, sentence, kind, type, reality, rule, codes, score, "
        "quote_start, quote_end, trigger_start, trigger_end, when_start, when_end, earliest, "
        "latest, precision, basis, when_inherited, same_as, part_of) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [STORE_FIND_ACTOR] = "SELECT id FROM actor WHERE name = ? AND code IS ? AND kind IS ?",
    [STORE_ADD_ACTOR] = "INSERT INTO actor (name, code, kind, folded) VALUES (?, ?, ?, ?)",
    [STORE_ADD_PARTY] = "INSERT INTO party (claim, number, role, actor, status, inherited, start, end) "
                        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    [STORE_FIND_PLACE] =
        "SELECT id FROM place WHERE name = ? AND code IS ? AND lat_deg IS ? AND lon_deg IS ? "
        "AND level IS ? AND country IS ? AND admin1 IS ? AND admin2 IS ?",
    [STORE_ADD_PLACE] = "INSERT INTO place (name, code, lat_deg, lon_deg, level, country, admin1, admin2, "
                        "folded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [STORE_ADD_BOX] = "INSERT INTO place_box (id, west_deg, east_deg, south_deg, north_deg) "
                      "VALUES (?1, ?2, ?2, ?3, ?3)",
    [STORE_ADD_LOCATION] = "INSERT INTO location (claim, number, role, place, score, candidates, reason, "
                           "inherited, start, end) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [STORE_ADD_COUNT] = "INSERT INTO count (claim, number, what, op, n, n_max, words, unit, of, aggregate, "
                        "start, end) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [STORE_ADD_CLAIMANT] = "INSERT INTO claimant (claim, number, code, name, start, end, cue_start, cue_end, "
                           "content_start, content_end) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [STORE_ADD_PERSON] = "INSERT INTO person (claim, number, name, office, start, end) "
                         "VALUES (?, ?, ?, ?, ?, ?)",
    [STORE_FIND_RULE] = "SELECT id FROM rule WHERE name = ?",
    [STORE_ADD_RULE] = "INSERT INTO rule (name) VALUES (?)",
    [STORE_FIND_REASON] = "SELECT id FROM reason WHERE words = ?",
    [STORE_ADD_REASON] = "INSERT INTO reason (words) VALUES (?)",
    [STORE_FIND_CODES] = "SELECT id FROM codes WHERE acled IS ? AND plover IS ? AND cameo IS ? AND ucdp = ?",
    [STORE_ADD_CODES] = "INSERT INTO codes (acled, plover, cameo, ucdp) VALUES (?, ?, ?, ?)",
    [STORE_ADD_ACCOUNT] = "INSERT INTO account (coding, number, first_day, last_day, wide, country, admin1, "
                          "place, figure, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [STORE_ADD_TOLD] = "INSERT INTO told (claim, account) VALUES (?, ?)",
    [STORE_ADD_MEMBER] = "INSERT INTO member (account, incident) VALUES (?1, ?1)",
    [STORE_SET_MEMBER] = "UPDATE member SET incident = ?2 WHERE account = ?1 AND incident <> ?2",
    [STORE_MEMBER_OF] = "SELECT incident FROM member WHERE account = ?",
    [STORE_MEMBERS_OF] = "SELECT account FROM member WHERE incident = ? ORDER BY account",
    [STORE_OLD_ACCOUNTS] = "SELECT a.id FROM coding g JOIN account a ON a.coding = g.id "
                           "JOIN member m ON m.account = a.id WHERE g.source = ?",
    [STORE_DROP_MEMBERS] = "DELETE FROM member WHERE account = ?",
    [STORE_DROP_PAIRS] = "DELETE FROM pair WHERE a = ?1 OR b = ?1",
    [STORE_CANDIDATES_BY_DAY] =
        "SELECT a.id, a.line FROM account a JOIN member m ON m.account = a.id WHERE a.country = ?1 "
        "AND a.wide = 0 AND a.first_day BETWEEN ?2 AND ?3 AND (?4 = '' OR a.admin1 IN (?4, '')) AND a.coding "
        "<> ?5",
    [STORE_CANDIDATES_BY_FIGURE] = "SELECT a.id, a.line FROM account a JOIN member m ON m.account = a.id "
                                   "WHERE a.first_day BETWEEN ?1 - 1 "
                                   "AND ?1 + 1 AND a.figure = ?2 AND a.figure > 0 AND a.coding <> ?3",
    [STORE_CANDIDATES_BY_PLACE] =
        "SELECT a.id, a.line FROM account a JOIN member m ON m.account = a.id WHERE a.place = ?1 "
        "AND a.place <> '' AND (?2 IS NULL OR a.first_day IS NULL "
        "OR ((a.wide OR a.country = '' OR ?5 = '') AND a.first_day <= ?3 + 1 AND a.last_day >= ?2 - 1)) "
        "AND a.coding <> ?4",
    [STORE_ADD_PAIR] = "INSERT INTO pair (a, b, verdict, points, why) VALUES (?, ?, ?, ?, ?) "
                       "ON CONFLICT (a, b) DO NOTHING",
    /* Of an account: others in its incident, how many of them give other figures (bit 14 of why), proposals.
     */
    [STORE_NEWS] =
        "SELECT (SELECT count(*) - 1 FROM member n WHERE n.incident = m.incident), "
        "coalesce(sum(n.incident = m.incident AND p.why & 16384), 0), "
        "coalesce(sum(n.incident <> m.incident), 0) FROM member m LEFT JOIN "
        "(SELECT b AS other, why FROM pair WHERE a = ?1 UNION ALL SELECT a, why FROM pair WHERE b = ?1) p "
        "LEFT JOIN member n ON n.account = p.other WHERE m.account = ?1",
    [STORE_PAIRS_OF] = "SELECT b, points, verdict = 'certain' FROM pair WHERE a = ?1 "
                       "UNION ALL SELECT a, points, verdict = 'certain' FROM pair WHERE b = ?1 ORDER BY 1",
    [STORE_ACCOUNT] =
        "SELECT substr(s.sha256, 1, 12) || '-i' || a.number, g.source, a.line, s.sha256, a.number "
        "FROM account a JOIN coding g ON g.id = a.coding JOIN source s ON s.id = g.source "
        "WHERE a.id = ?",
    [STORE_ACCOUNT_NAMED] = "SELECT a.id FROM source s JOIN coding g ON g.source = s.id JOIN account a "
                            "ON a.coding = g.id AND a.number = ?2 JOIN member m ON m.account = a.id "
                            "WHERE s.sha256 >= ?1 AND s.sha256 < ?1 || 'g'",
    [STORE_DECIDED_PAIRS] =
        "SELECT action, other FROM judgement WHERE subject = ?1 AND action IN ('merge', 'split') "
        "AND undone_by IS NULL UNION ALL SELECT action, subject FROM judgement WHERE other = ?1 AND other <> "
        "'' "
        "AND action IN ('merge', 'split') AND undone_by IS NULL",
    [STORE_ADD_SHINGLE] = "INSERT INTO shingle (band, hash, source) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    [STORE_SHINGLES] =
        "SELECT source FROM shingle WHERE hash = ? AND band = ? AND source <> ? ORDER BY source",
    [STORE_VOICE_OF] = "SELECT voice FROM voice WHERE source = ?",
    [STORE_SET_VOICE] = "INSERT INTO voice (source, voice) VALUES (?, ?)",
    [STORE_JOIN_VOICES] = "UPDATE voice SET voice = ?2 WHERE voice = ?1",
    [STORE_ADD_JUDGEMENT] = "INSERT INTO judgement (seq, who, action, subject, other, words) "
                            "VALUES ((SELECT max(seq) FROM log), ?, ?, ?, ?, ?)",
    [STORE_UNDO_JUDGEMENT] = "UPDATE judgement SET undone_by = (SELECT max(seq) FROM log) WHERE seq = ?",
    [STORE_LOG_HEAD] = "SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1",
    [STORE_ADD_LOG] = "INSERT INTO log (seq, at_unix_s, who, action, subject, payload, previous, hash) "
                      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    [STORE_DIGEST_FIRST] =
        "SELECT s.sha256, s.text_sha256, s.bytes_length, s.name, s.publisher, s.published, s.url, s.lang, "
        "s.format, s.encoding, s.bad_bytes, s.title, s.added_unix_s, k.hash, k.program, g.coded_unix_s, "
        "g.claims, g.json_length, g.json FROM coding g JOIN source s ON s.id = g.source "
        "JOIN knowledge k ON k.id = g.knowledge WHERE g.id = ?",
    [STORE_DIGEST_FIRST + 1] =
        "SELECT x.number, x.start, x.end FROM coding g JOIN sentence x "
        "ON x.source = g.source AND x.split = g.split WHERE g.id = ? ORDER BY x.number",
    [STORE_DIGEST_FIRST + 2] =
        "SELECT c.number, x.number, c.kind, c.type, c.reality, r.name, o.acled, o.plover, o.cameo, o.ucdp, "
        "c.score, c.quote_start, c.quote_end, c.trigger_start, c.trigger_end, c.when_start, c.when_end, "
        "c.earliest, c.latest, c.precision, c.basis, c.when_inherited, c.same_as, c.part_of FROM claim c "
        "JOIN sentence x ON x.id = c.sentence JOIN rule r ON r.id = c.rule JOIN codes o ON o.id = c.codes "
        "WHERE c.coding = ? ORDER BY c.number",
    [STORE_DIGEST_FIRST + 3] =
        "SELECT c.number, x.number, x.role, a.code, a.name, a.kind, x.status, x.inherited, x.start, x.end "
        "FROM claim c JOIN party x ON x.claim = c.id JOIN actor a ON a.id = x.actor WHERE c.coding = ? "
        "ORDER BY c.number, x.number",
    [STORE_DIGEST_FIRST + 4] =
        "SELECT c.number, x.number, x.role, p.name, p.level, p.country, p.admin1, p.admin2, p.code, "
        "p.lat_deg, "
        "p.lon_deg, x.score, x.candidates, w.words, x.inherited, x.start, x.end FROM claim c "
        "JOIN location x ON x.claim = c.id JOIN place p ON p.id = x.place "
        "LEFT JOIN reason w ON w.id = x.reason WHERE c.coding = ? ORDER BY c.number, x.number",
    [STORE_DIGEST_FIRST + 5] =
        "SELECT c.number, x.number, x.what, x.op, x.n, x.n_max, x.words, x.unit, x.of, x.aggregate, x.start, "
        "x.end FROM claim c JOIN count x ON x.claim = c.id WHERE c.coding = ? ORDER BY c.number, x.number",
    [STORE_DIGEST_FIRST + 6] =
        "SELECT c.number, x.number, x.code, x.name, x.start, x.end, x.cue_start, x.cue_end, x.content_start, "
        "x.content_end FROM claim c JOIN claimant x ON x.claim = c.id WHERE c.coding = ? "
        "ORDER BY c.number, x.number",
    [STORE_DIGEST_LAST] = "SELECT c.number, x.number, x.name, x.office, x.start, x.end FROM claim c "
                          "JOIN person x ON x.claim = c.id WHERE c.coding = ? ORDER BY c.number, x.number",
};

/* What went wrong in the user's words; the table's order is the order of looking up. */
static const struct {
    int code;
    gr_status status;
    const char *sentence;
} failures[] = {
    {SQLITE_NOMEM, GR_NO_MEMORY, "out of memory while the record was in use; nothing was changed"},
    {SQLITE_FULL, GR_IO, "the disk is full, so nothing was changed; free some space and try again"},
    {SQLITE_READONLY, GR_IO,
     "the record cannot be written; check the permissions of the file and its folder"},
    {SQLITE_CANTOPEN, GR_IO, "the record cannot be opened; check the permissions of the file and its folder"},
    {SQLITE_PERM, GR_IO, "the record cannot be opened; check the permissions of the file and its folder"},
    {SQLITE_AUTH, GR_IO, "the record cannot be opened; check the permissions of the file and its folder"},
    {SQLITE_NOTADB, GR_BAD_MODEL, "is not a griot record; name another file"},
    {SQLITE_CORRUPT, GR_BAD_MODEL, "the record is damaged; restore it from a copy"},
    {SQLITE_TOOBIG, GR_TOO_LARGE, "the report is larger than the record can hold; split it"},
    {SQLITE_INTERRUPT, GR_STOPPED, "interrupted; nothing was changed"},
};

static gr_status busy(const gr_record *record, gr_error *err) {
    char holder[128];
    if (store_holder(record->path, holder, sizeof holder))
        return gr_fail(err, GR_BUSY, record->path,
                       "the record is being written by %s; wait until it has finished and try again", holder);
    return gr_fail(
        err, GR_BUSY, record->path,
        "the record is being written by another process; wait until it has finished and try again");
}

gr_status store_fail(const gr_record *record, int code, gr_error *err) {
    int plain = code & 0xFF;
    if (plain == SQLITE_BUSY || plain == SQLITE_LOCKED) return busy(record, err);
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
        if (failures[i].code == plain)
            return gr_fail(err, failures[i].status, record->path, "%s", failures[i].sentence);
    const char *detail = record->db && sqlite3_errcode(record->db) == plain ? sqlite3_errmsg(record->db)
                                                                            : sqlite3_errstr(code);
    if (plain == SQLITE_CONSTRAINT || plain == SQLITE_ERROR || plain == SQLITE_SCHEMA ||
        plain == SQLITE_MISMATCH)
        return gr_fail(err, GR_BAD_MODEL, record->path, "the record does not take or give the data (%s)",
                       detail);
    return gr_fail(err, GR_IO, record->path, "the record cannot be read or written (%s)", detail);
}

sqlite3_stmt *store_prepare(gr_record *record, const char *sql, gr_error *err) {
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(record->db, sql, -1, &statement, NULL);
    if (code != SQLITE_OK) store_fail(record, code, err);
    return statement;
}

sqlite3_stmt *store_statement_of(gr_record *record, store_statement which, gr_error *err) {
    sqlite3_stmt **kept = &record->statement[which];
    if (*kept) return *kept;
    int code = sqlite3_prepare_v3(record->db, text[which], -1, SQLITE_PREPARE_PERSISTENT, kept, NULL);
    if (code != SQLITE_OK) store_fail(record, code, err);
    return *kept;
}

static int bind_one(sqlite3_stmt *statement, int at, const store_value *value) {
    const char *bytes = value->bytes.ptr ? value->bytes.ptr : "";
    switch (value->type) {
    case STORE_INT:
        return sqlite3_bind_int64(statement, at, value->integer);
    case STORE_REAL:
        return sqlite3_bind_double(statement, at, value->real);
    case STORE_TEXT:
        return sqlite3_bind_text64(statement, at, bytes, value->bytes.len, SQLITE_STATIC, SQLITE_UTF8);
    case STORE_BLOB:
        return sqlite3_bind_blob64(statement, at, bytes, value->bytes.len, SQLITE_STATIC);
    case STORE_NULL:
        break;
    }
    return sqlite3_bind_null(statement, at);
}

int store_bind(sqlite3_stmt *statement, const store_value *values, int count) {
    int code = SQLITE_OK;
    for (int i = 0; i < count && code == SQLITE_OK; i++) code = bind_one(statement, i + 1, &values[i]);
    return code;
}

/* Steps once, reads the number in the first column of a row, resets. */
static gr_status step_once(gr_record *record, store_statement which, const store_value *values, int count,
                           int64_t *out, gr_error *err) {
    sqlite3_stmt *statement = store_statement_of(record, which, err);
    if (!statement) return err->status;
    int code = store_bind(statement, values, count);
    if (code == SQLITE_OK) code = sqlite3_step(statement);
    if (code == SQLITE_ROW && out) *out = sqlite3_column_int64(statement, 0);
    gr_status status = code == SQLITE_ROW || code == SQLITE_DONE ? GR_OK : store_fail(record, code, err);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return status;
}

gr_status store_run(gr_record *record, store_statement which, const store_value *values, int count,
                    gr_error *err) {
    return step_once(record, which, values, count, NULL, err);
}

gr_status store_find(gr_record *record, store_statement which, const store_value *values, int count,
                     int64_t *out, gr_error *err) {
    *out = 0;
    return step_once(record, which, values, count, out, err);
}

gr_status store_exec(gr_record *record, const char *sql, gr_error *err) {
    int code = sqlite3_exec(record->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? GR_OK : store_fail(record, code, err);
}

gr_slice store_column(sqlite3_stmt *statement, int column) {
    const char *bytes = sqlite3_column_blob(statement, column);
    return (gr_slice){bytes, bytes ? (size_t)sqlite3_column_bytes(statement, column) : 0};
}

gr_status store_fold(gr_record *record, gr_slice words, gr_slice *out, gr_error *err) {
    jmp_buf full;
    if (setjmp(full)) return gr_fail(err, GR_NO_MEMORY, record->path, "out of memory while comparing names");
    gr_arena_reset(record->arena);
    gr_arena_guard(record->arena, &full);
    *out = gr_fold(record->arena, words);
    return GR_OK;
}
