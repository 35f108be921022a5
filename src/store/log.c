#include "base/json.h"
#include "store/store_internal.h"

#include <inttypes.h>
#include <stdio.h>

static void add_framed(gr_sha256_state *state, char type, gr_slice bytes) {
    char frame[32];
    int len = snprintf(frame, sizeof frame, "%c%zu:", type, bytes.len);
    gr_sha256_add(state, (gr_slice){frame, (size_t)len});
    gr_sha256_add(state, bytes);
}

/* Type letter, length, colon, bytes: so no two rows of values read the same. */
static void add_column(gr_sha256_state *state, sqlite3_stmt *row, int column) {
    char number[40];
    int len = 0;
    switch (sqlite3_column_type(row, column)) {
    case SQLITE_NULL:
        add_framed(state, 'n', (gr_slice){NULL, 0});
        return;
    case SQLITE_INTEGER:
        len = snprintf(number, sizeof number, "%" PRId64, (int64_t)sqlite3_column_int64(row, column));
        add_framed(state, 'i', (gr_slice){number, (size_t)len});
        return;
    case SQLITE_FLOAT:
        len = snprintf(number, sizeof number, "%.17g", sqlite3_column_double(row, column));
        add_framed(state, 'r', (gr_slice){number, (size_t)len});
        return;
    default:
        add_framed(state, 't', store_column(row, column));
        return;
    }
}

static gr_status add_rows(gr_record *record, store_statement which, int64_t coding, gr_sha256_state *state,
                          gr_error *err) {
    sqlite3_stmt *row = store_statement_of(record, which, err);
    if (!row) return err->status;
    int code = sqlite3_bind_int64(row, 1, coding);
    int columns = sqlite3_column_count(row);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(row);
        if (code != SQLITE_ROW) break;
        for (int i = 0; i < columns; i++) add_column(state, row, i);
        gr_sha256_add(state, GR_S("\n"));
    }
    sqlite3_reset(row);
    return code == SQLITE_DONE ? GR_OK : store_fail(record, code, err);
}

gr_status store_coding_digest(gr_record *record, int64_t coding, gr_digest *out, gr_error *err) {
    gr_sha256_state state;
    gr_sha256_begin(&state);
    gr_status status = GR_OK;
    for (int which = STORE_DIGEST_FIRST; which <= STORE_DIGEST_LAST && status == GR_OK; which++)
        status = add_rows(record, (store_statement)which, coding, &state, err);
    *out = gr_sha256_end(&state);
    return status;
}

gr_status store_entry_hash(const store_entry *entry, gr_digest *out, gr_error *err) {
    gr_buffer canonical = {0};
    gr_buffer_add(&canonical, entry->previous);
    gr_buffer_byte(&canonical, '\n');
    gr_json json = {&canonical, false};
    gr_json_array(&json);
    gr_json_int(&json, entry->seq);
    gr_json_int(&json, entry->at_unix_s);
    gr_json_string(&json, entry->who);
    gr_json_string(&json, entry->action);
    gr_json_string(&json, entry->subject);
    gr_json_string(&json, entry->payload);
    gr_json_array_end(&json);
    gr_status status =
        canonical.failed ? gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while writing the log") : GR_OK;
    if (status == GR_OK) *out = gr_sha256(gr_buffer_slice(&canonical));
    gr_buffer_free(&canonical);
    return status;
}

/* The last entry's number and hash; 0 and STORE_NO_HASH for an empty log. */
static gr_status log_head(gr_record *record, int64_t *seq, char hash[65], gr_error *err) {
    *seq = 0;
    snprintf(hash, 65, "%s", STORE_NO_HASH);
    sqlite3_stmt *row = store_statement_of(record, STORE_LOG_HEAD, err);
    if (!row) return err->status;
    int code = sqlite3_step(row);
    if (code == SQLITE_ROW) {
        gr_slice kept = store_column(row, 1);
        *seq = sqlite3_column_int64(row, 0);
        snprintf(hash, 65, "%.*s", GR_FMT(kept));
    }
    sqlite3_reset(row);
    return code == SQLITE_ROW || code == SQLITE_DONE ? GR_OK : store_fail(record, code, err);
}

gr_status store_log(gr_record *record, int64_t now_unix_s, gr_slice who, const char *action, gr_slice subject,
                    gr_slice payload, gr_error *err) {
    char previous[65];
    int64_t seq;
    gr_digest hash;
    gr_status status = log_head(record, &seq, previous, err);
    if (status != GR_OK) return status;
    store_entry entry = {.seq = seq + 1,
                         .at_unix_s = now_unix_s,
                         .who = who,
                         .action = gr_slice_of(action),
                         .subject = subject,
                         .payload = payload,
                         .previous = {previous, 64}};
    status = store_entry_hash(&entry, &hash, err);
    if (status != GR_OK) return status;
    return store_run(record, STORE_ADD_LOG,
                     STORE_VALUES(store_int(entry.seq), store_int(entry.at_unix_s), store_text(entry.who),
                                  store_text(entry.action), store_text(entry.subject),
                                  store_text(entry.payload), store_text(entry.previous),
                                  store_words(hash.hex)),
                     err);
}
