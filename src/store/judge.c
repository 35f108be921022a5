/* What reviewers decide: in the log, which only grows, and in table judgement, which says what stands. */
#include "base/json.h"
#include "store/store_internal.h"

#include <stdio.h>

enum { MOST_WORDS_B = 4096, MOST_NAME_B = 128 };

const char *gr_action_name(gr_action action) {
    static const char *const NAME[] = {"accept", "reject", "edit", "merge", "split", "note"};
    return NAME[action];
}

static bool is_account(gr_slice subject) {
    gr_slice number = subject;
    gr_cut(&number, '-');
    return gr_starts(number, GR_S("i"));
}

static bool between_accounts(gr_action action) {
    return action == GR_JUDGE_MERGE || action == GR_JUDGE_SPLIT;
}

/* The claim is there, of the newest coding. */
static gr_status find_claim(gr_record *record, gr_slice claim, gr_error *err) {
    gr_claim_filter filter = {.claim = claim, .from = GR_NO_DAY, .until = GR_NO_DAY};
    store_query q = {0};
    store_folded held = {0};
    sqlite3_stmt *row = NULL;
    gr_buffer_add(
        &q.sql,
        GR_S("SELECT 1 FROM claim c JOIN coding g ON g.id = c.coding JOIN newest n ON n.id = g.id WHERE 1"));
    gr_status status = store_filter(record, &q, &filter, &held, err);
    if (status == GR_OK) status = store_prepare_query(record, &q, &row, err);
    if (status == GR_OK && sqlite3_step(row) != SQLITE_ROW)
        status = gr_fail(err, GR_NOT_FOUND, record->path, "holds no claim %.*s", GR_FMT(claim));
    sqlite3_finalize(row);
    store_query_free(&q, &held);
    return status;
}

/* What can be edited, and to what. */
static gr_status check_edit(const gr_judgement *j, gr_error *err) {
    uint64_t n;
    if (is_account(j->subject))
        return gr_fail(err, GR_USAGE, NULL,
                       "claims are edited, not incidents; a claim reads like 9f2c61d0a4be-7");
    if (gr_is(j->other, "type"))
        return j->words.len ? GR_OK : gr_fail(err, GR_USAGE, NULL, "the type is missing");
    if (gr_is(j->other, "reality") && gr_reality_of(j->words) != GR_REALITY_COUNT) return GR_OK;
    if ((gr_is(j->other, "earliest") || gr_is(j->other, "latest")) && gr_day_parse(j->words) != GR_NO_DAY)
        return GR_OK;
    if (gr_what_of(j->other) != GR_WHAT_COUNT && gr_parse_u64(j->words, &n)) return GR_OK;
    return gr_fail(
        err, GR_USAGE, NULL,
        "%.*s cannot be set to \"%.*s\"; fields are type, reality, earliest, latest (YYYY-MM-DD) and figures "
        "such as killed",
        GR_FMT(j->other), GR_FMT(j->words));
}

static gr_status check(gr_record *record, const gr_judgement *j, int64_t row[2], gr_error *err) {
    gr_status status = GR_OK;
    if (!j->who.len || j->who.len > MOST_NAME_B)
        return gr_fail(err, GR_USAGE, NULL, "a judgement needs the name of who makes it, of at most %d bytes",
                       MOST_NAME_B);
    if (j->words.len > MOST_WORDS_B || j->other.len > MOST_NAME_B)
        return gr_fail(err, GR_USAGE, NULL, "a reason, note or value has at most %d bytes", MOST_WORDS_B);
    if (j->action == GR_JUDGE_REJECT && !j->words.len)
        return gr_fail(err, GR_USAGE, NULL, "a rejection needs a reason");
    if (is_account(j->subject))
        status = store_account_named(record, j->subject, &row[0], err);
    else if (between_accounts(j->action))
        return gr_fail(err, GR_USAGE, NULL,
                       "incidents are merged and split, not claims; an incident reads like 9f2c61d0a4be-i3");
    else
        status = find_claim(record, j->subject, err);
    if (status == GR_OK && j->action == GR_JUDGE_EDIT) status = check_edit(j, err);
    if (status == GR_OK && between_accounts(j->action)) {
        status = store_account_named(record, j->other, &row[1], err);
        if (status == GR_OK && row[0] == row[1])
            return gr_fail(err, GR_USAGE, NULL, "%.*s is one account; name two", GR_FMT(j->subject));
    }
    return status;
}

static gr_status write_log(gr_record *record, gr_slice who, const char *action, gr_slice subject,
                           gr_slice other, gr_slice words, int64_t now_unix_s, gr_error *err) {
    gr_buffer payload = {0};
    gr_json json = {&payload, false};
    gr_json_object(&json);
    gr_json_key(&json, "other");
    gr_json_string(&json, other);
    gr_json_key(&json, "words");
    gr_json_string(&json, words);
    gr_json_object_end(&json);
    gr_status status =
        payload.failed ? gr_fail(err, GR_NO_MEMORY, record->path, "out of memory while writing the log")
                       : store_log(record, now_unix_s, who, action, subject, gr_buffer_slice(&payload), err);
    gr_buffer_free(&payload);
    return status;
}

static store_value words_value(gr_slice words) {
    return (store_value){.type = STORE_TEXT, .bytes = words};
}

static gr_status keep(gr_record *record, const gr_judgement *j, int64_t now_unix_s, gr_error *err) {
    const char *action = gr_action_name(j->action);
    gr_status status = write_log(record, j->who, action, j->subject, j->other, j->words, now_unix_s, err);
    if (status != GR_OK) return status;
    return store_run(record, STORE_ADD_JUDGEMENT,
                     STORE_VALUES(store_text(j->who), store_words(action), store_text(j->subject),
                                  words_value(j->other), words_value(j->words)),
                     err);
}

static gr_status finish(gr_record *record, gr_status status, gr_error *err) {
    if (status == GR_OK) status = store_run(record, STORE_COMMIT, NULL, 0, err);
    if (status != GR_OK && !sqlite3_get_autocommit(record->db))
        sqlite3_exec(record->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

static gr_status judge(gr_record *record, const gr_judgement *j, int64_t now_unix_s, int64_t *seq,
                       gr_error *err) {
    int64_t row[2] = {0, 0};
    gr_status status = check(record, j, row, err);
    if (status == GR_OK) status = keep(record, j, now_unix_s, err);
    if (status == GR_OK) status = store_find(record, STORE_LOG_HEAD, NULL, 0, seq, err);
    if (status == GR_OK && between_accounts(j->action)) status = store_regroup(record, row, 2, err);
    return status;
}

gr_status gr_record_judge(gr_record *record, const gr_judgement *j, int64_t now_unix_s, int64_t *seq,
                          gr_error *err) {
    gr_error local;
    if (!err) err = &local;
    gr_status status = store_run(record, STORE_BEGIN, NULL, 0, err);
    return status == GR_OK ? finish(record, judge(record, j, now_unix_s, seq, err), err) : status;
}

typedef struct stood { /* the judgement that is taken back */
    char action[16], subject[MOST_NAME_B], other[MOST_NAME_B];
} stood;

static gr_status find_standing(gr_record *record, int64_t seq, stood *out, gr_error *err) {
    sqlite3_stmt *row =
        store_prepare(record, "SELECT action, subject, other, undone_by FROM judgement WHERE seq = ?", err);
    if (!row) return err->status;
    int code = sqlite3_bind_int64(row, 1, seq);
    if (code == SQLITE_OK) code = sqlite3_step(row);
    gr_status status = GR_OK;
    if (code != SQLITE_ROW)
        status = code == SQLITE_DONE
                     ? gr_fail(err, GR_NOT_FOUND, record->path, "holds no judgement %lld", (long long)seq)
                     : store_fail(record, code, err);
    else if (sqlite3_column_type(row, 3) != SQLITE_NULL)
        status = gr_fail(err, GR_USAGE, NULL, "judgement %lld was taken back before", (long long)seq);
    else {
        snprintf(out->action, sizeof out->action, "%.*s", GR_FMT(store_column(row, 0)));
        snprintf(out->subject, sizeof out->subject, "%.*s", GR_FMT(store_column(row, 1)));
        snprintf(out->other, sizeof out->other, "%.*s", GR_FMT(store_column(row, 2)));
    }
    sqlite3_finalize(row);
    return status;
}

static gr_status undo(gr_record *record, gr_slice who, int64_t seq, int64_t now_unix_s, gr_error *err) {
    stood s = {{0}, {0}, {0}};
    char number[24];
    if (!who.len || who.len > MOST_NAME_B)
        return gr_fail(err, GR_USAGE, NULL, "a judgement needs the name of who makes it, of at most %d bytes",
                       MOST_NAME_B);
    snprintf(number, sizeof number, "%lld", (long long)seq);
    gr_status status = find_standing(record, seq, &s, err);
    if (status == GR_OK)
        status = write_log(record, who, "undo", gr_slice_of(s.subject), gr_slice_of(number), GR_S(""),
                           now_unix_s, err);
    if (status == GR_OK) status = store_run(record, STORE_UNDO_JUDGEMENT, STORE_VALUES(store_int(seq)), err);
    if (status != GR_OK || (strcmp(s.action, "merge") != 0 && strcmp(s.action, "split") != 0)) return status;
    int64_t row[2] = {0, 0};
    status = store_account_named(record, gr_slice_of(s.subject), &row[0], err);
    if (status == GR_OK) status = store_account_named(record, gr_slice_of(s.other), &row[1], err);
    return status == GR_OK ? store_regroup(record, row, 2, err) : status;
}

gr_status gr_record_undo(gr_record *record, gr_slice who, int64_t seq, int64_t now_unix_s, gr_error *err) {
    gr_error local;
    if (!err) err = &local;
    gr_status status = store_run(record, STORE_BEGIN, NULL, 0, err);
    return status == GR_OK ? finish(record, undo(record, who, seq, now_unix_s, err), err) : status;
}

gr_status gr_record_judgements(gr_record *record,
                               bool (*give)(void *context, const gr_judgement_row *judgement), void *context,
                               gr_error *err) {
    gr_error local;
    if (!err) err = &local;
    sqlite3_stmt *row =
        store_prepare(record,
                      "SELECT j.seq, datetime(l.at_unix_s, 'unixepoch'), j.who, j.action, j.subject, "
                      "j.other, j.words, coalesce(j.undone_by, 0) FROM judgement j "
                      "JOIN log l ON l.seq = j.seq ORDER BY j.seq",
                      err);
    if (!row) return err->status;
    int code;
    while ((code = sqlite3_step(row)) == SQLITE_ROW) {
        gr_judgement_row one = {sqlite3_column_int64(row, 0), store_column(row, 1),
                                store_column(row, 2),         store_column(row, 3),
                                store_column(row, 4),         store_column(row, 5),
                                store_column(row, 6),         sqlite3_column_int64(row, 7)};
        if (!give(context, &one)) {
            code = SQLITE_DONE;
            break;
        }
    }
    sqlite3_finalize(row);
    return code == SQLITE_DONE ? GR_OK : store_fail(record, code, err);
}
