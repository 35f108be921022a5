#include "base/json.h"
#include "base/os.h"
#include "store/store_internal.h"

#include <stdio.h>
#include <sys/stat.h>

/* A report and its packed claims fill some kilobytes each; smaller pages leave a third of their room empty.
 */
enum { PAGE_B = 16384 };

/* The cache is given in KiB. */
static const char *const settings = "PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON;"
                                    "PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;"
                                    "PRAGMA cell_size_check = ON; PRAGMA cache_size = -16384";

/* One number that a statement without parameters gives. */
static gr_status number_of(gr_record *record, const char *sql, int64_t *out, gr_error *err) {
    *out = 0;
    sqlite3_stmt *statement = store_prepare(record, sql, err);
    if (!statement) return err->status;
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW) *out = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return code == SQLITE_ROW || code == SQLITE_DONE ? GR_OK : store_fail(record, code, err);
}

static int object_of(const char *name) {
    for (int i = 0; store_schema[i].name; i++)
        if (strcmp(store_schema[i].name, name) == 0) return i;
    return -1;
}

/* Tables that FTS5 and R*Tree keep for themselves. */
static bool is_shadow(const char *name) {
    return strncmp(name, "sentence_words_", 15) == 0 || strncmp(name, "place_box_", 10) == 0;
}

/* True when an object of the file may stay: ours as made, a true table where a module keeps its own, or a
 * table, view or index that a user added. A trigger of someone else's could change what is written. */
static bool object_is_fine(int64_t version, const char *type, const char *name, gr_slice sql,
                           unsigned *ours) {
    int known = object_of(name);
    if (known >= 0) {
        (*ours)++;
        if (version < 3 && strcmp(name, "source") == 0) return gr_eq(sql, gr_slice_of(store_source_before_3));
        return gr_eq(sql, gr_slice_of(store_schema[known].sql));
    }
    if (is_shadow(name)) return strcmp(type, "table") == 0 && gr_starts(sql, GR_S("CREATE TABLE "));
    return strcmp(type, "trigger") != 0;
}

/* How many of the objects a record of that version holds; the first ones of the list. */
static unsigned objects_of(int64_t version) {
    unsigned count = 0;
    while (store_schema[count].name &&
           (version >= 2 || strcmp(store_schema[count].name, STORE_FIRST_OF_VERSION_2) != 0))
        count++;
    return count;
}

/* Only the layout that schema.c made is read: a strange view or trigger in a file from elsewhere never runs.
 */
static gr_status check_layout(gr_record *record, int64_t version, gr_error *err) {
    sqlite3_stmt *row = store_prepare(record, "SELECT type, name, sql FROM sqlite_schema", err);
    if (!row) return err->status;
    unsigned ours = 0, wanted = objects_of(version);
    int code;
    gr_status status = GR_OK;
    while ((code = sqlite3_step(row)) == SQLITE_ROW && status == GR_OK) {
        const char *type = (const char *)sqlite3_column_text(row, 0);
        const char *name = (const char *)sqlite3_column_text(row, 1);
        if (!type || !name || !object_is_fine(version, type, name, store_column(row, 2), &ours))
            status = gr_fail(err, GR_BAD_MODEL, record->path,
                             "the record's layout was changed (%s); restore it from a copy",
                             name ? name : "nameless object");
    }
    if (status == GR_OK && code != SQLITE_DONE) status = store_fail(record, code, err);
    sqlite3_finalize(row);
    if (status == GR_OK && ours != wanted)
        status = gr_fail(err, GR_BAD_MODEL, record->path,
                         "the record's layout was changed (%u of %u tables, views and triggers are there); "
                         "restore it from a copy",
                         ours, wanted);
    return status;
}

/* *blank: an SQLite file in which nothing was made yet. *version_out: of a griot record. */
static gr_status identify(gr_record *record, bool *blank, int64_t *version_out, gr_error *err) {
    int64_t application = 0, version = 0, objects = 0;
    *blank = false;
    *version_out = STORE_VERSION;
    gr_status status = number_of(record, "PRAGMA application_id", &application, err);
    if (status == GR_OK) status = number_of(record, "PRAGMA user_version", &version, err);
    if (status == GR_OK) status = number_of(record, "SELECT count(*) FROM sqlite_schema", &objects, err);
    if (status != GR_OK) return status;
    *blank = application == 0 && objects == 0;
    if (*blank) return GR_OK;
    if (application != STORE_APPLICATION_ID)
        return gr_fail(err, GR_BAD_MODEL, record->path,
                       "is a database of another program, not a griot record; name another file");
    if (version > STORE_VERSION)
        return gr_fail(
            err, GR_BAD_MODEL, record->path,
            "was written by a newer griot (record version %lld, this program knows %d); update griot",
            (long long)version, STORE_VERSION);
    if (version < 1)
        return gr_fail(err, GR_BAD_MODEL, record->path, "the record is damaged; restore it from a copy");
    *version_out = version;
    return check_layout(record, version, err);
}

/* Makes the objects from number `first` on, which brings the record to this program's version. */
static gr_status make_objects(gr_record *record, unsigned first, const char *action, gr_error *err) {
    char sql[96];
    gr_status status = GR_OK;
    for (unsigned i = first; store_schema[i].name && status == GR_OK; i++)
        status = store_exec(record, store_schema[i].sql, err);
    snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d", STORE_APPLICATION_ID,
             STORE_VERSION);
    if (status == GR_OK) status = store_exec(record, sql, err);
    snprintf(sql, sizeof sql, "{\"program\":\"griot " GRIOT_VERSION "\",\"version\":%d}", STORE_VERSION);
    if (status == GR_OK)
        status = store_log(record, gr_os_now_unix_s(), GR_S("griot"), action, GR_S("record"),
                           gr_slice_of(sql), err);
    return status;
}

/* One transaction, so that a crash leaves a blank file or a whole record. */
static gr_status create(gr_record *record, gr_error *err) {
    char sql[96];
    bool blank;
    int64_t version;
    snprintf(sql, sizeof sql, "PRAGMA page_size = %d; PRAGMA journal_mode = WAL", PAGE_B);
    gr_status status = store_exec(record, sql, err);
    if (status == GR_OK) status = store_run(record, STORE_BEGIN, NULL, 0, err);
    if (status != GR_OK) return status;
    status = identify(record, &blank, &version, err); /* another process may have been first */
    if (status == GR_OK && blank) status = make_objects(record, 0, "create", err);
    if (status == GR_OK) status = store_run(record, STORE_COMMIT, NULL, 0, err);
    if (status != GR_OK && !sqlite3_get_autocommit(record->db))
        sqlite3_exec(record->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

/* Gives the table of sources the wider check that it is made with today. Its rows stay as they are: the way
 * that SQLite's manual shows for constraints (ALTER TABLE, 7). */
static gr_status widen_formats(gr_record *record, gr_error *err) {
    char sql[2048];
    if (sqlite3_db_config(record->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL) != SQLITE_OK)
        return store_fail(record, SQLITE_ERROR, err);
    char *quoted = sqlite3_mprintf("%Q", store_schema[object_of("source")].sql);
    int need =
        quoted ? snprintf(sql, sizeof sql, "UPDATE sqlite_schema SET sql = %s WHERE name = 'source'", quoted)
               : -1;
    sqlite3_free(quoted);
    gr_status status = need < 0 || (size_t)need >= sizeof sql
                           ? gr_fail(err, GR_NO_MEMORY, record->path, "out of memory while upgrading")
                           : store_exec(record, "PRAGMA writable_schema = ON", err);
    if (status == GR_OK) status = store_exec(record, sql, err);
    if (status == GR_OK) status = store_exec(record, "PRAGMA writable_schema = RESET", err);
    sqlite3_db_config(record->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return status;
}

/* A record of version 1 has claims, but does not say which of them one report tells of one incident: each
 * claim becomes an account of its own there, until its report is coded again. In one transaction. */
static gr_status upgrade(gr_record *record, gr_error *err) {
    int64_t version;
    bool blank;
    gr_status status = store_run(record, STORE_BEGIN, NULL, 0, err);
    if (status != GR_OK) return status;
    status = identify(record, &blank, &version, err); /* another process may have been first */
    if (status == GR_OK && version < STORE_VERSION) {
        status = widen_formats(record, err);
        if (status == GR_OK) status = make_objects(record, objects_of(version), "upgrade", err);
        if (status == GR_OK && version == 1) status = store_adopt_claims(record, err);
    }
    if (status == GR_OK) status = store_run(record, STORE_COMMIT, NULL, 0, err);
    if (status != GR_OK && !sqlite3_get_autocommit(record->db))
        sqlite3_exec(record->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

/* "./" keeps names such as "file:x" and ":memory:" from meaning something to SQLite. */
static char *path_for_sqlite(const char *path, bool immutable) {
    gr_buffer name = {0};
    if (immutable) gr_buffer_add(&name, GR_S("file:"));
    if (path[0] != '/') gr_buffer_add(&name, GR_S("./"));
    for (const char *c = path; *c; c++) {
        if (immutable && strchr("%?#", *c))
            gr_buffer_printf(&name, "%%%02X", (unsigned char)*c);
        else
            gr_buffer_byte(&name, *c);
    }
    if (immutable) gr_buffer_add(&name, GR_S("?immutable=1"));
    if (name.failed) gr_buffer_free(&name);
    return name.ptr;
}

/* A result code of SQLite. */
static int connect(gr_record *record, gr_open_mode mode, bool immutable) {
    char *name = path_for_sqlite(record->path, immutable);
    if (!name) return SQLITE_NOMEM;
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (immutable ? SQLITE_OPEN_URI : 0);
    flags |= mode == GR_OPEN_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (mode == GR_OPEN_CREATE) flags |= SQLITE_OPEN_CREATE;
    int code = sqlite3_open_v2(name, &record->db, flags, NULL);
    gr_os_free(name);
    if (code == SQLITE_OK) code = sqlite3_busy_timeout(record->db, STORE_PATIENCE_MS);
    if (code == SQLITE_OK) code = sqlite3_db_config(record->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (code == SQLITE_OK) code = store_offer_functions(record->db);
    if (code == SQLITE_OK) code = sqlite3_exec(record->db, settings, NULL, NULL, NULL);
    return code;
}

static bool has_file(const char *path, const char *suffix) {
    char name[4096];
    struct stat info;
    int need = snprintf(name, sizeof name, "%s%s", path, suffix);
    return need > 0 && (size_t)need < sizeof name && stat(name, &info) == 0 && info.st_size > 0;
}

/* A record on a medium that cannot be written has no place for WAL's shared memory; without a log left over
 * nobody can be writing it, so it is read as it lies. */
static int connect_reading(gr_record *record) {
    int64_t version;
    gr_error unused;
    int code = connect(record, GR_OPEN_READ, false);
    if (code == SQLITE_OK && number_of(record, "PRAGMA user_version", &version, &unused) == GR_OK)
        return code;
    int plain = (code == SQLITE_OK ? sqlite3_errcode(record->db) : code) & 0xFF;
    if ((plain != SQLITE_CANTOPEN && plain != SQLITE_READONLY) || has_file(record->path, "-wal")) return code;
    sqlite3_close_v2(record->db);
    record->db = NULL;
    return connect(record, GR_OPEN_READ, true);
}

static bool has_folder(const char *path) {
    char folder[4096];
    struct stat info;
    const char *slash = strrchr(path, '/');
    if (!slash || slash == path) return true;
    int need = snprintf(folder, sizeof folder, "%.*s", (int)(slash - path), path);
    return need > 0 && (size_t)need < sizeof folder && stat(folder, &info) == 0;
}

static gr_status open_file(gr_record *record, gr_open_mode mode, gr_error *err) {
    struct stat info;
    int64_t version;
    bool there = stat(record->path, &info) == 0, blank = false;
    if (!there && mode != GR_OPEN_CREATE)
        return gr_fail(err, GR_NOT_FOUND, record->path, "no such record; griot add makes one");
    if (there && !S_ISREG(info.st_mode))
        return gr_fail(err, GR_BAD_MODEL, record->path, "is not a file; name a griot record");
    if (!there && !has_folder(record->path))
        return gr_fail(err, GR_NOT_FOUND, record->path,
                       "the folder for this record does not exist; make it first");
    int code = mode == GR_OPEN_READ ? connect_reading(record) : connect(record, mode, false);
    if (code != SQLITE_OK) return store_fail(record, code, err);
    if (mode != GR_OPEN_READ && sqlite3_db_readonly(record->db, "main") == 1)
        return store_fail(record, SQLITE_READONLY, err);
    gr_status status = identify(record, &blank, &version, err);
    if (status == GR_OK && version < STORE_VERSION) {
        if (mode == GR_OPEN_READ) {
            sqlite3_close_v2(record->db);
            record->db = NULL;
            code = connect(record, GR_OPEN_WRITE, false);
            if (code != SQLITE_OK) return store_fail(record, code, err);
        }
        return upgrade(record, err);
    }
    if (status != GR_OK || !blank) return status;
    if (mode == GR_OPEN_CREATE) return create(record, err);
    return gr_fail(err, GR_BAD_MODEL, record->path, "is empty, not a griot record; griot add makes one");
}

gr_record *gr_record_open(const char *path, gr_open_mode mode, gr_error *err) {
    gr_error local;
    if (!err) err = &local;
    gr_record *record = gr_os_alloc(sizeof *record);
    size_t len = strlen(path);
    if (!record) {
        gr_fail(err, GR_NO_MEMORY, path, "out of memory while opening the record");
        return NULL;
    }
    *record = (gr_record){.path = gr_os_alloc(len + 1), .arena = gr_arena_new(STORE_FOLD_ARENA_B)};
    gr_status status = GR_OK;
    if (!record->path || !record->arena)
        status = gr_fail(err, GR_NO_MEMORY, path, "out of memory while opening the record");
    else
        memcpy(record->path, path, len + 1);
    if (status == GR_OK) status = open_file(record, mode, err);
    if (status == GR_OK) return record;
    gr_record_close(record);
    return NULL;
}

void gr_record_close(gr_record *record) {
    if (!record) return;
    for (int i = 0; i < STORE_STATEMENT_COUNT; i++) sqlite3_finalize(record->statement[i]);
    sqlite3_close_v2(record->db);
    gr_arena_free(record->arena);
    gr_os_free(record->path);
    gr_os_free(record);
}
