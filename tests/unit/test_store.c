/* The record: adding, adding again, recoding, asking, verifying, and refusing what is not a record. */
#include "record_fixture.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define HASH_A "aaaaaaaaaaaa"
#define HASH_B "bbbbbbbbbbbb"

static char folder[64], path[96];
static gr_error err;

static void wipe(void) {
    static const char *const suffix[] = {"", "-wal", "-shm", "-journal"};
    char name[128];
    for (size_t i = 0; i < 4; i++) {
        snprintf(name, sizeof name, "%s%s", path, suffix[i]);
        unlink(name);
    }
}

static gr_record *filled(void) {
    gr_added added;
    wipe();
    gr_record *record = gr_record_open(path, GR_OPEN_CREATE, &err);
    if (!record) fail_msg("%s", err.message);
    fixture *one = fixture_new(0, "", false, false), *two = fixture_new(1, "", false, true);
    if (fixture_add(record, one, HASH_A, &added, &err) != GR_OK) fail_msg("%s", err.message);
    assert_int_equal(added.claims, 4);
    assert_false(added.already_there || added.recoded);
    if (fixture_add(record, two, HASH_A, &added, &err) != GR_OK) fail_msg("%s", err.message);
    fixture_free(one);
    fixture_free(two);
    return record;
}

static void assert_whole(gr_record *record, uint64_t sources, uint64_t claims) {
    gr_verified found;
    if (gr_record_verify(record, &found, &err) != GR_OK) fail_msg("%s", err.message);
    assert_int_equal(found.sources, sources);
    assert_int_equal(found.claims, claims);
}

static bool gather(void *context, gr_slice json) {
    gr_buffer_add(context, json);
    gr_buffer_byte(context, '\n');
    return true;
}

static bool first_only(void *context, gr_slice json) {
    (void)json;
    ++*(int *)context;
    return false;
}

static gr_claim_filter any(void) {
    return (gr_claim_filter){.from = GR_NO_DAY, .until = GR_NO_DAY};
}

static int matching(gr_record *record, gr_claim_filter filter) {
    gr_buffer out = {0};
    int lines = 0;
    if (gr_record_claims(record, &filter, gather, &out, &err) != GR_OK) fail_msg("%s", err.message);
    for (size_t i = 0; i < out.len; i++) lines += out.ptr[i] == '\n';
    gr_buffer_free(&out);
    return lines;
}

static void adds_once(void **state) {
    (void)state;
    gr_added added;
    bool has;
    gr_record *record = filled();
    fixture *one = fixture_new(0, "", false, false);
    assert_int_equal(fixture_add(record, one, HASH_A, &added, &err), GR_OK);
    assert_true(added.already_there);
    assert_int_equal(gr_record_has(record, one->coded.document.sha256.hex, HASH_A, &has, &err), GR_OK);
    assert_true(has);
    assert_int_equal(gr_record_has(record, one->coded.document.sha256.hex, HASH_B, &has, &err), GR_OK);
    assert_false(has);
    assert_whole(record, 2, 5);
    fixture_free(one);
    gr_record_close(record);
    record = gr_record_open(path, GR_OPEN_READ, &err); /* verifying needs no right to write */
    assert_non_null(record);
    assert_whole(record, 2, 5);
    gr_record_close(record);
}

static void recodes_beside(void **state) {
    (void)state;
    gr_added added;
    gr_record *record = filled();
    fixture *same = fixture_new(0, "", false, false), *coarse = fixture_new(0, "", true, false);
    assert_int_equal(fixture_add(record, same, HASH_B, &added, &err), GR_OK);
    assert_true(added.recoded);
    assert_int_equal(fixture_add(record, coarse, "cccccccccccc", &added, &err), GR_OK);
    assert_true(added.recoded);
    assert_whole(record, 2, 13);
    assert_int_equal(matching(record, any()), 5); /* the newest coding alone */
    fixture_free(same);
    fixture_free(coarse);
    gr_record_close(record);
}

static void gives_lines_verbatim(void **state) {
    (void)state;
    gr_buffer out = {0};
    int calls = 0;
    gr_record *record = filled();
    fixture *one = fixture_new(0, "", false, false), *two = fixture_new(1, "", false, true);
    gr_claim_filter filter = any();
    assert_int_equal(gr_record_claims(record, &filter, gather, &out, &err), GR_OK);
    assert_int_equal(out.len, one->json.len + two->json.len);
    assert_memory_equal(out.ptr, one->json.ptr, one->json.len);
    assert_memory_equal(out.ptr + one->json.len, two->json.ptr, two->json.len);
    assert_int_equal(gr_record_claims(record, &filter, first_only, &calls, &err), GR_OK);
    assert_int_equal(calls, 1);
    gr_buffer_free(&out);
    fixture_free(one);
    fixture_free(two);
    gr_record_close(record);
}

static void filters(void **state) {
    (void)state;
    gr_record *record = filled();
    fixture *one = fixture_new(0, "", false, false);
    const char *sha256 = one->coded.document.sha256.hex;
    char id[32];
    snprintf(id, sizeof id, "%.12s-3", sha256);
    gr_claim_filter base = any(), f = base;
#define EXPECT(field, value, wanted) f = base, f.field = value, assert_int_equal(matching(record, f), wanted)
    EXPECT(kind, GR_S("toll"), 1);
    EXPECT(type, GR_S("attack"), 1);
    EXPECT(type, GR_S("' OR 1=1 --"), 0);
    EXPECT(reality, GR_S("denied"), 1);
    EXPECT(actor, GR_S("red"), 1);
    EXPECT(actor, GR_S("column RED"), 1);
    EXPECT(actor, GR_S("colum"), 0);
    EXPECT(place, GR_S("kera"), 1);
    EXPECT(place, GR_S("ner"), 2);
    EXPECT(place, GR_S("alma port"), 1);
    EXPECT(text, GR_S("columns"), 0);
    EXPECT(text, GR_S("Brule MARKET"), 1);
    EXPECT(text, GR_S("\"market\" OR (NEAR* -"), 0);
    EXPECT(text, GR_S("market\" ) *"), 1);
    EXPECT(limit, 2, 2);
    EXPECT(from, 19001, 1);
    EXPECT(from, 19002, 0);
    EXPECT(until, 18999, 0);
    EXPECT(until, 19000, 1);
    EXPECT(doc, gr_slice_of(sha256), 4);
    EXPECT(doc, gr_sub(gr_slice_of(sha256), 0, 6), 4);
    EXPECT(claim, gr_slice_of(id), 1);
    f = base, f.doc = GR_S("000000");
    assert_int_equal(gr_record_claims(record, &f, gather, NULL, &err), GR_NOT_FOUND);
    f = base, f.doc = GR_S("zz");
    assert_int_equal(gr_record_claims(record, &f, gather, NULL, &err), GR_USAGE);
    f = base, f.claim = GR_S("nonsense");
    assert_int_equal(gr_record_claims(record, &f, gather, NULL, &err), GR_USAGE);
    f = base, f.text = GR_S("\" * (");
    assert_int_equal(gr_record_claims(record, &f, gather, NULL, &err), GR_USAGE);
    fixture_free(one);
    gr_record_close(record);
}

static bool check_source_row(void *context, const gr_source_row *row) {
    int *seen = context;
    if (*seen == 0) {
        assert_true(gr_eq(row->text, gr_slice_of(fixture_text[0])));
        assert_true(gr_eq(row->publisher, GR_S("Radio Kéra")));
        assert_int_equal(row->claims, 4);
        assert_int_equal(row->sentences, 5);
        assert_int_equal(row->added_unix_s, 1700000000);
    }
    ++*seen;
    return true;
}

static void lists_sources(void **state) {
    (void)state;
    int seen = 0;
    gr_record *record = filled();
    assert_int_equal(gr_record_sources(record, (gr_slice){NULL, 0}, check_source_row, &seen, &err), GR_OK);
    assert_int_equal(seen, 2);
    gr_record_close(record);
}

static void batches(void **state) {
    (void)state;
    gr_added added;
    gr_record *record = filled();
    fixture *good = fixture_new(0, " More.", false, false), *bad = fixture_new(1, " More.", false, false);
    bad->coded.claim[0].type = (gr_slice){NULL, 0}; /* refused by the table, after rows were written */
    assert_int_equal(gr_record_begin(record, &err), GR_OK);
    assert_int_equal(fixture_add(record, good, HASH_A, &added, &err), GR_OK);
    assert_int_not_equal(fixture_add(record, bad, HASH_A, &added, &err), GR_OK);
    assert_int_equal(fixture_add(record, good, HASH_A, &added, &err), GR_IO);
    assert_int_equal(gr_record_commit(record, &err), GR_IO);
    assert_whole(record, 2, 5);
    assert_int_equal(gr_record_begin(record, &err), GR_OK);
    assert_int_equal(fixture_add(record, good, HASH_A, &added, &err), GR_OK);
    assert_int_equal(gr_record_commit(record, &err), GR_OK);
    assert_whole(record, 3, 9);
    fixture_free(good);
    fixture_free(bad);
    gr_record_close(record);
}

/* Each sentence of SQL changes the record behind griot's back; with the seal on it is refused, with the seal
 * taken off and put back, verify finds it. */
static void finds_every_change(void **state) {
    (void)state;
    static const struct {
        const char *table, *sql;
    } change[] = {
        {"source", "UPDATE source SET text = replace(text, 'Police', 'Nobody') WHERE id = 1"},
        {"source", "UPDATE source SET publisher = 'Someone Else' WHERE id = 1"},
        {"source",
         "UPDATE source SET sha256 = replace(sha256, substr(sha256, 1, 1), 'f') || '' WHERE id = 2"},
        {"sentence", "UPDATE sentence SET end = end - 1 WHERE id = 1"},
        {"claim", "UPDATE claim SET type = 'clash' WHERE id = 1"},
        {"claim", "UPDATE claim SET reality = 'denied' WHERE id = 1"},
        {"claim", "UPDATE claim SET score = 0.51 WHERE id = 1"},
        {"claim", "DELETE FROM claim WHERE id = 4"},
        {"party", "UPDATE party SET role = 'target' WHERE claim = 1"},
        {"actor", "UPDATE actor SET name = 'army' WHERE id = 1"},
        {"place", "UPDATE place SET lat_deg = 12.5 WHERE id = 1"},
        {"location", "UPDATE location SET place = 2 WHERE claim = 1"},
        {"count", "UPDATE count SET n = 13"},
        {"claimant", "DELETE FROM claimant"},
        {"person", "UPDATE person SET office = NULL"},
        {"coding", "UPDATE coding SET coded_unix_s = 1"},
        {"log", "UPDATE log SET who = 'me' WHERE seq = 2"},
        {"log", "DELETE FROM log WHERE seq = 3"},
        {"log", "DELETE FROM log WHERE seq = 2"},
        {NULL, "INSERT INTO sentence_words (rowid, text) VALUES (77, 'extra')"},
        {NULL, "INSERT INTO place_box VALUES (77, 1, 1, 1, 1)"},
    };
    for (size_t i = 0; i < sizeof change / sizeof *change; i++) {
        gr_verified found;
        char drop[128];
        gr_record *record = filled();
        sqlite3_db_config(record->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
        sqlite3_exec(record->db, "PRAGMA foreign_keys = OFF", NULL, NULL, NULL);
        if (change[i].table) {
            assert_int_equal(sqlite3_exec(record->db, change[i].sql, NULL, NULL, NULL),
                             SQLITE_CONSTRAINT_TRIGGER);
            snprintf(drop, sizeof drop, "DROP TRIGGER %s_no_update; DROP TRIGGER %s_no_delete",
                     change[i].table, change[i].table);
            assert_int_equal(sqlite3_exec(record->db, drop, NULL, NULL, NULL), SQLITE_OK);
        }
        assert_int_equal(sqlite3_exec(record->db, change[i].sql, NULL, NULL, NULL), SQLITE_OK);
        if (gr_record_verify(record, &found, &err) != GR_CHECK) fail_msg("not found: %s", change[i].sql);
        assert_true(strlen(err.message) > 10);
        gr_record_close(record);
        record = gr_record_open(path, GR_OPEN_READ, &err); /* a missing seal is seen on opening */
        if (change[i].table) assert_null(record);
        gr_record_close(record);
    }
}

static void refuses_others(void **state) {
    (void)state;
    sqlite3 *db;
    wipe();
    assert_null(gr_record_open(path, GR_OPEN_READ, &err));
    assert_int_equal(err.status, GR_NOT_FOUND);
    assert_null(gr_record_open(folder, GR_OPEN_CREATE, &err));
    assert_int_equal(err.status, GR_BAD_MODEL);
    assert_int_equal(
        gr_os_write_all(path, GR_S("This is a text and no database, whatever its name says."), &err), GR_OK);
    assert_null(gr_record_open(path, GR_OPEN_CREATE, &err));
    assert_int_equal(err.status, GR_BAD_MODEL);
    wipe();
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_exec(db, "CREATE TABLE notes (id)", NULL, NULL, NULL);
    sqlite3_close(db);
    assert_null(gr_record_open(path, GR_OPEN_CREATE, &err));
    assert_int_equal(err.status, GR_BAD_MODEL);
    assert_non_null(strstr(err.message, "another program"));
    gr_record_close(filled());
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_exec(db, "CREATE VIEW mine AS SELECT 1", NULL, NULL, NULL);
    gr_record *record = gr_record_open(path, GR_OPEN_WRITE, &err);
    assert_non_null(record); /* a user's own view does no harm */
    gr_record_close(record);
    sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL);
    sqlite3_close(db);
    assert_null(gr_record_open(path, GR_OPEN_READ, &err));
    assert_non_null(strstr(err.message, "newer griot"));
}

static void names_the_holder(void **state) {
    (void)state;
    gr_added added;
    int ready[2], done[2];
    char byte;
    gr_record_close(filled());
    assert_true(pipe(ready) == 0 && pipe(done) == 0);
    pid_t child = fork();
    if (child == 0) {
        gr_record *record = gr_record_open(path, GR_OPEN_WRITE, NULL);
        bool fine = record && gr_record_begin(record, NULL) == GR_OK && write(ready[1], "r", 1) == 1;
        fine = fine && read(done[0], &byte, 1) == 1;
        _exit(fine ? 0 : 1);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    gr_record *record = gr_record_open(path, GR_OPEN_WRITE, &err);
    assert_non_null(record);
    sqlite3_busy_timeout(record->db, 50);
    fixture *more = fixture_new(0, " More.", false, false);
    assert_int_equal(fixture_add(record, more, HASH_A, &added, &err), GR_BUSY);
    char pid[32];
    snprintf(pid, sizeof pid, "process %ld", (long)child);
    assert_non_null(strstr(err.message, "being written by"));
    char holder[128];
    if (store_holder(path, holder, sizeof holder)) assert_non_null(strstr(err.message, pid));
    assert_int_equal(matching(record, any()), 5); /* reading does not wait */
    assert_int_equal(write(done[1], "d", 1), 1);
    waitpid(child, NULL, 0);
    assert_int_equal(fixture_add(record, more, HASH_A, &added, &err), GR_OK);
    fixture_free(more);
    gr_record_close(record);
}

static void refuses_half_reports(void **state) {
    (void)state;
    gr_added added;
    gr_record *record = filled();
    fixture *f = fixture_new(1, " More.", false, true);
    gr_slice bytes = f->coded.document.bytes;
    f->coded.document.bytes = (gr_slice){NULL, 0};
    assert_int_equal(fixture_add(record, f, HASH_A, &added, &err), GR_BAD_INPUT);
    f->coded.document.bytes = bytes;
    assert_int_equal(store_add_coded(record, HASH_A, &f->coded, GR_S("{}\n{}\n"), 0, &added, &err),
                     GR_BAD_INPUT);
    f->coded.claim[0].sentence = 1000;
    assert_int_equal(fixture_add(record, f, HASH_A, &added, &err), GR_BAD_INPUT);
    assert_whole(record, 2, 5);
    fixture_free(f);
    gr_record_close(record);
}

/* The SQL between ```sql fences of docs/record.md, given by the environment as tests run anywhere. */
static void answers_documented_questions(void **state) {
    (void)state;
    const char *file = getenv("GRIOT_RECORD_DOC");
    char *text;
    size_t len;
    int questions = 0, rows = 0;
    if (!file) file = "docs/record.md";
    if (gr_os_read_all(file, 1 << 20, &text, &len, &err) != GR_OK) fail_msg("%s: %s", file, err.message);
    gr_record *record = filled();
    for (char *at = strstr(text, "```sql\n"); at; at = strstr(at, "```sql\n")) {
        char *end = strstr(at += 7, "```");
        assert_non_null(end);
        *end = '\0';
        int before = rows;
        sqlite3_stmt *row = store_prepare(record, at, &err);
        if (!row) fail_msg("%s\n%s", err.message, at);
        while (sqlite3_step(row) == SQLITE_ROW) rows++;
        assert_int_equal(sqlite3_finalize(row), SQLITE_OK);
        if (rows == before) fail_msg("no row: %s", at);
        questions++;
        at = end + 1;
    }
    assert_true(questions >= 10);
    gr_os_free(text);
    gr_record_close(record);
}

static int make_folder(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/griot-store-XXXXXX");
    if (!mkdtemp(folder)) return -1;
    snprintf(path, sizeof path, "%s/test.record", folder);
    return 0;
}

static int remove_folder(void **state) {
    (void)state;
    wipe();
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adds_once),
        cmocka_unit_test(recodes_beside),
        cmocka_unit_test(gives_lines_verbatim),
        cmocka_unit_test(filters),
        cmocka_unit_test(lists_sources),
        cmocka_unit_test(batches),
        cmocka_unit_test(finds_every_change),
        cmocka_unit_test(refuses_others),
        cmocka_unit_test(names_the_holder),
        cmocka_unit_test(refuses_half_reports),
        cmocka_unit_test(answers_documented_questions),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
