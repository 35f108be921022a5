/* What the files of this room share: the open record, its statements, values to bind, and errors.
 * A statement is prepared once a record and used again; values are lent until the call returns. */
#ifndef GRIOT_STORE_STORE_INTERNAL_H
#define GRIOT_STORE_STORE_INTERNAL_H

#include "store/store.h"

#include <sqlite3.h>

#define STORE_APPLICATION_ID 0x6772696F /* "grio" */
#define STORE_VERSION 3                 /* PRAGMA user_version of this layout */
#define STORE_PATIENCE_MS 5000          /* how long a locked record is waited for */
#define STORE_FOLD_ARENA_B ((size_t)16 << 20)

/* The objects of the record as SQLite keeps them, in order of creation; sql is NULL behind the last. */
typedef struct store_object {
    const char *name, *sql;
} store_object;
extern const char store_source_before_3[]; /* how the table was made then */
extern const store_object store_schema[];
#define STORE_FIRST_OF_VERSION_2 "account" /* the objects from this one on came with version 2 */

typedef enum store_statement {
    STORE_BEGIN,
    STORE_COMMIT,
    STORE_ROLLBACK,
    STORE_FIND_SOURCE,
    STORE_FIND_CODING,
    STORE_FIND_CODED,
    STORE_FIND_KNOWLEDGE,
    STORE_ADD_KNOWLEDGE,
    STORE_ADD_SOURCE,
    STORE_LAST_SPLIT,
    STORE_SENTENCES,
    STORE_ADD_SENTENCE,
    STORE_ADD_WORDS,
    STORE_ADD_CODING,
    STORE_ADD_CLAIM,
    STORE_FIND_ACTOR,
    STORE_ADD_ACTOR,
    STORE_ADD_PARTY,
    STORE_FIND_PLACE,
    STORE_ADD_PLACE,
    STORE_ADD_BOX,
    STORE_ADD_LOCATION,
    STORE_ADD_COUNT,
    STORE_ADD_CLAIMANT,
    STORE_ADD_PERSON,
    STORE_FIND_RULE,
    STORE_ADD_RULE,
    STORE_FIND_REASON,
    STORE_ADD_REASON,
    STORE_FIND_CODES,
    STORE_ADD_CODES,
    STORE_ADD_ACCOUNT,
    STORE_ADD_TOLD,
    STORE_ADD_MEMBER,
    STORE_SET_MEMBER,
    STORE_MEMBER_OF,
    STORE_DROP_MEMBERS,
    STORE_DROP_PAIRS,
    STORE_OLD_ACCOUNTS,
    STORE_CANDIDATES_BY_DAY,
    STORE_CANDIDATES_BY_FIGURE,
    STORE_CANDIDATES_BY_PLACE,
    STORE_ADD_PAIR,
    STORE_NEWS,
    STORE_PAIRS_OF,
    STORE_ACCOUNT,
    STORE_ACCOUNT_NAMED,
    STORE_DECIDED_PAIRS,
    STORE_MEMBERS_OF,
    STORE_ADD_SHINGLE,
    STORE_SHINGLES,
    STORE_VOICE_OF,
    STORE_SET_VOICE,
    STORE_JOIN_VOICES,
    STORE_ADD_JUDGEMENT,
    STORE_UNDO_JUDGEMENT,
    STORE_LOG_HEAD,
    STORE_ADD_LOG,
    STORE_DIGEST_FIRST,
    STORE_DIGEST_LAST = STORE_DIGEST_FIRST + 7,
    STORE_STATEMENT_COUNT
} store_statement;

struct gr_record {
    sqlite3 *db;
    char *path;
    gr_arena *arena; /* for folding names */
    bool batch;      /* between gr_record_begin and gr_record_commit */
    bool batch_lost; /* an add failed and took the batch with it */
    sqlite3_stmt *statement[STORE_STATEMENT_COUNT];
};

typedef enum store_type { STORE_NULL, STORE_INT, STORE_REAL, STORE_TEXT, STORE_BLOB } store_type;
typedef struct store_value {
    store_type type;
    int64_t integer;
    double real;
    gr_slice bytes;
} store_value;
static inline store_value store_null(void) {
    return (store_value){.type = STORE_NULL};
}
static inline store_value store_int(int64_t i) {
    return (store_value){.type = STORE_INT, .integer = i};
}
static inline store_value store_real(double r) {
    return (store_value){.type = STORE_REAL, .real = r};
}
/* Text; NULL in the record when empty. */
static inline store_value store_text(gr_slice s) {
    return (store_value){.type = s.len ? STORE_TEXT : STORE_NULL, .bytes = s};
}
static inline store_value store_words(const char *s) {
    return store_text(gr_slice_of(s));
}
static inline store_value store_blob(gr_slice s) {
    return (store_value){.type = STORE_BLOB, .bytes = s};
}

/* sql.c */
/* The prepared statement, or NULL with *err filled. err is never NULL in this room: the public functions see
 * to it. */
sqlite3_stmt *store_statement_of(gr_record *record, store_statement which, gr_error *err);
/* Binds values to parameters 1..count; a SQLite result code. */
int store_bind(sqlite3_stmt *statement, const store_value *values, int count);
/* Runs a statement that gives no rows. */
gr_status store_run(gr_record *record, store_statement which, const store_value *values, int count,
                    gr_error *err);
/* The first column of the first row as a number; 0 when there is no row. */
gr_status store_find(gr_record *record, store_statement which, const store_value *values, int count,
                     int64_t *out, gr_error *err);
/* Runs one statement given as text. */
gr_status store_exec(gr_record *record, const char *sql, gr_error *err);
/* Prepares a statement for one use; the caller finalizes. NULL with *err filled. */
sqlite3_stmt *store_prepare(gr_record *record, const char *sql, gr_error *err);
/* A SQLite result code as status and sentence. */
gr_status store_fail(const gr_record *record, int code, gr_error *err);
gr_slice store_column(sqlite3_stmt *statement, int column);
#define STORE_VALUES(...)                                                                                    \
    (const store_value[]){__VA_ARGS__}, (int)(sizeof(store_value[]){__VA_ARGS__} / sizeof(store_value))

/* Text as names are compared (gr_fold); lies in the record's arena until the next call. */
gr_status store_fold(gr_record *record, gr_slice text, gr_slice *out, gr_error *err);

/* holder.c: names the process that holds the record's lock, from /proc/locks; false where none is seen. */
bool store_holder(const char *path, char *out, size_t capacity);

/* pack.c: zlib streams. *out is freed with gr_buffer_free, also after a failure. */
gr_status store_pack(gr_slice plain, gr_buffer *out, gr_error *err);
/* GR_BAD_MODEL unless packed holds exactly plain_b bytes. */
gr_status store_unpack(gr_slice packed, uint64_t plain_b, gr_buffer *out, gr_error *err);

/* add.c: gr_record_add for a knowledge hash that the caller names. */
gr_status store_add_coded(gr_record *record, const char *knowledge_hash, const gr_coded *coded, gr_slice json,
                          int64_t now_unix_s, gr_added *out, gr_error *err);

/* accounts.c: the accounts of a coding that was just added, compared with those of other reports. */
gr_status store_add_accounts(gr_record *record, int64_t coding, int64_t source, const gr_coded *coded,
                             const int64_t *claim_row, gr_added *out, gr_error *err);
/* For a record of version 1: an account of its own for each claim of the newest codings. */
gr_status store_adopt_claims(gr_record *record, gr_error *err);
/* groups.c: settles again which accounts are one incident, for all that hang together with these. */
gr_status store_regroup(gr_record *record, const int64_t *account, uint32_t count, gr_error *err);
/* The row of the account that "9f2c61d0a4be-i3" names, or 0. */
gr_status store_account_named(gr_record *record, gr_slice name, int64_t *out, gr_error *err);
/* voices.c: which reports are copies or rewrites of this one. */
gr_status store_add_voice(gr_record *record, int64_t source, const gr_text *text, gr_error *err);

/* log.c */
#define STORE_NO_HASH "0000000000000000000000000000000000000000000000000000000000000000"
typedef struct store_entry {
    int64_t seq, at_unix_s;
    gr_slice who, action, subject, payload, previous;
} store_entry;
/* SHA-256 over every value of a coding and its source (docs/record.md, "The log"). Runs over the rows as they
 * lie in the record, so that adding and verifying hash the same thing. */
gr_status store_coding_digest(gr_record *record, int64_t coding, gr_digest *out, gr_error *err);
/* Appends an entry, chained to the last one. */
gr_status store_log(gr_record *record, int64_t now_unix_s, gr_slice who, const char *action, gr_slice subject,
                    gr_slice payload, gr_error *err);
gr_status store_entry_hash(const store_entry *entry, gr_digest *out, gr_error *err);

/* query.c */
/* A statement in the making: fixed text from this room, values bound in the order of their question marks. */
typedef struct store_query {
    gr_buffer sql;
    store_value value[40]; /* all filters together bind fewer */
    int count;
} store_query;
typedef struct store_folded { /* folded filter words, outliving the record's arena */
    gr_buffer actor, place, match;
    char from[16], until[16];
} store_folded;
void store_add(store_query *q, const char *sql, store_value value);
gr_status store_prepare_query(gr_record *record, store_query *q, sqlite3_stmt **out, gr_error *err);
/* Adds " AND ..." for claims c of codings g that pass the filter; its limit is the caller's. */
gr_status store_filter(gr_record *record, store_query *q, const gr_claim_filter *f, store_folded *held,
                       gr_error *err);
void store_query_free(store_query *q, store_folded *held);
/* The JSON lines of one coding, unpacked once for its claims, which come in order. */
typedef struct store_lines {
    int64_t coding;
    gr_buffer json;
    gr_slice rest;
    int64_t number; /* of the line at the head of rest */
} store_lines;
/* The line of the claim in a row that begins with coding, number, json_length, json. */
gr_status store_line_of(gr_record *record, store_lines *l, sqlite3_stmt *row, gr_slice *out, gr_error *err);
/* The SQL functions that this room's statements use; a SQLite result code. */
int store_offer_functions(sqlite3 *db);
/* The source that a SHA-256 or a prefix of it (at least 6 digits) names: GR_USAGE, GR_NOT_FOUND. */
gr_status store_find_doc(gr_record *record, gr_slice doc, int64_t *source, gr_error *err);

#endif
