/* The record under faults: SQLite's allocations, the file system under it, griot's own allocations, and
 * kill -9. After each fault the record is opened cleanly; it must verify, must hold the old or the new state
 * exactly, and adding again must succeed. Runs within a minute: the sweeps are whole, the reports are small.
 */
#include "../unit/record_fixture.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define HASH "aaaaaaaaaaaa"
enum { SWEEP_LIMIT = 100000, KILLS = 100 };

static char folder[64], path[96];
static fixture *old_report, *new_report;

/* The countdown that both the allocator and the file system obey. */
static struct plan {
    long after; /* <0: never fail */
    bool sticky, torn, hit;
} plan = {-1, false, false, false};

static bool fails(void) {
    if (plan.after < 0) return false;
    if (plan.after > 0) {
        plan.after--;
        return false;
    }
    if (!plan.sticky) plan.after = -1;
    plan.hit = true;
    return true;
}

/* SQLite's memory. */
static sqlite3_mem_methods plain_memory;
static bool memory_faults;
static void *fault_malloc(int size) {
    return memory_faults && fails() ? NULL : plain_memory.xMalloc(size);
}
static void *fault_realloc(void *old, int size) {
    return memory_faults && fails() ? NULL : plain_memory.xRealloc(old, size);
}

/* The file system under SQLite: each call that changes something can fail. */
typedef struct fault_file {
    sqlite3_file base;
    sqlite3_file *real;
} fault_file;

static sqlite3_vfs *plain_vfs;
static sqlite3_vfs fault_vfs;
static bool file_faults;

static sqlite3_file *real_of(sqlite3_file *file) {
    return ((fault_file *)file)->real;
}
static bool file_fails(void) {
    return file_faults && fails();
}

static int f_close(sqlite3_file *f) {
    return real_of(f)->pMethods->xClose(real_of(f));
}
static int f_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at) {
    return real_of(f)->pMethods->xRead(real_of(f), to, n, at);
}
static int f_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at) {
    if (!file_fails()) return real_of(f)->pMethods->xWrite(real_of(f), from, n, at);
    if (plan.torn) real_of(f)->pMethods->xWrite(real_of(f), from, n / 2, at);
    return SQLITE_FULL;
}
static int f_truncate(sqlite3_file *f, sqlite3_int64 size) {
    return file_fails() ? SQLITE_IOERR_TRUNCATE : real_of(f)->pMethods->xTruncate(real_of(f), size);
}
/* What is written is there for the next open as long as the machine stands, so the disk need not be waited
 * for; a sync only counts as a point that can fail. */
static int f_sync(sqlite3_file *f, int flags) {
    (void)f;
    (void)flags;
    return file_fails() ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}
static int f_size(sqlite3_file *f, sqlite3_int64 *size) {
    return real_of(f)->pMethods->xFileSize(real_of(f), size);
}
static int f_lock(sqlite3_file *f, int level) {
    return real_of(f)->pMethods->xLock(real_of(f), level);
}
static int f_unlock(sqlite3_file *f, int level) {
    return real_of(f)->pMethods->xUnlock(real_of(f), level);
}
static int f_reserved(sqlite3_file *f, int *out) {
    return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}
static int f_control(sqlite3_file *f, int op, void *arg) {
    return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
}
static int f_sector(sqlite3_file *f) {
    return real_of(f)->pMethods->xSectorSize(real_of(f));
}
static int f_device(sqlite3_file *f) {
    return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}
static int f_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out) {
    return file_fails() ? SQLITE_IOERR_SHMMAP
                        : real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, out);
}
static int f_shm_lock(sqlite3_file *f, int at, int n, int flags) {
    return real_of(f)->pMethods->xShmLock(real_of(f), at, n, flags);
}
static void f_shm_barrier(sqlite3_file *f) {
    real_of(f)->pMethods->xShmBarrier(real_of(f));
}
static int f_shm_unmap(sqlite3_file *f, int remove) {
    return real_of(f)->pMethods->xShmUnmap(real_of(f), remove);
}

static const sqlite3_io_methods methods = {
    2,          f_close,       f_read,      f_write,   f_truncate, f_sync,   f_size,
    f_lock,     f_unlock,      f_reserved,  f_control, f_sector,   f_device, f_shm_map,
    f_shm_lock, f_shm_barrier, f_shm_unmap, NULL,      NULL};

static int v_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
    (void)vfs;
    fault_file *f = (fault_file *)file;
    f->base.pMethods = NULL;
    f->real = (sqlite3_file *)(f + 1);
    if (file_fails()) return SQLITE_CANTOPEN;
    int code = plain_vfs->xOpen(plain_vfs, name, f->real, flags, out);
    if (f->real->pMethods) f->base.pMethods = &methods;
    return code;
}
static int v_delete(sqlite3_vfs *vfs, const char *name, int sync) {
    (void)vfs;
    return file_fails() ? SQLITE_IOERR_DELETE : plain_vfs->xDelete(plain_vfs, name, sync);
}

static int install(void) {
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &plain_memory) != SQLITE_OK) return -1;
    sqlite3_mem_methods faulty = plain_memory;
    faulty.xMalloc = fault_malloc;
    faulty.xRealloc = fault_realloc;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &faulty) != SQLITE_OK || sqlite3_initialize() != SQLITE_OK)
        return -1;
    plain_vfs = sqlite3_vfs_find(NULL);
    fault_vfs = *plain_vfs;
    fault_vfs.zName = "fault";
    fault_vfs.szOsFile += (int)sizeof(fault_file);
    fault_vfs.xOpen = v_open;
    fault_vfs.xDelete = v_delete;
    return sqlite3_vfs_register(&fault_vfs, 1);
}

static void wipe(void) {
    static const char *const suffix[] = {"", "-wal", "-shm", "-journal"};
    char name[128];
    for (size_t i = 0; i < 4; i++) {
        snprintf(name, sizeof name, "%s%s", path, suffix[i]);
        unlink(name);
    }
}

/* The claims' lines, the entries of the log and the sources: the whole state that a reader sees. */
typedef struct state {
    gr_buffer lines;
    gr_verified found;
} state;

static bool gather(void *context, gr_slice json) {
    gr_buffer_add(context, json);
    return true;
}

static void read_state(gr_record *record, state *out) {
    gr_error err;
    gr_claim_filter all = {.from = GR_NO_DAY, .until = GR_NO_DAY};
    *out = (state){0};
    if (gr_record_verify(record, &out->found, &err) != GR_OK) fail_msg("verify: %s", err.message);
    if (gr_record_claims(record, &all, gather, &out->lines, &err) != GR_OK)
        fail_msg("claims: %s", err.message);
}

/* sources: how many reports it must hold; the lines must be theirs, whole. */
static void assert_state(const state *s, uint64_t sources) {
    fixture *const report[] = {old_report, new_report};
    size_t len = 0;
    assert_int_equal(s->found.sources, sources);
    assert_int_equal(s->found.log_entries, sources + 1);
    for (uint64_t i = 0; i < sources; i++) len += report[i]->json.len - report[i]->coded.claim_count;
    assert_int_equal(s->lines.len, len);
}

static void add_now(gr_record *record, const fixture *report) {
    gr_error err;
    gr_added added;
    if (fixture_add(record, report, HASH, &added, &err) != GR_OK) fail_msg("add: %s", err.message);
}

/* After a fault: old or new state, then adding again gives the new one. */
static void assert_recovers(uint64_t before) {
    gr_error err;
    state s;
    gr_record *record = gr_record_open(path, GR_OPEN_CREATE, &err);
    if (!record) fail_msg("open: %s", err.message);
    read_state(record, &s);
    if (s.found.sources != before) assert_int_equal(s.found.sources, before + 1);
    assert_state(&s, s.found.sources);
    gr_buffer_free(&s.lines);
    add_now(record, before ? new_report : old_report);
    read_state(record, &s);
    assert_state(&s, before + 1);
    gr_buffer_free(&s.lines);
    gr_record_close(record);
}

/* A record with the old report in it, made once. */
static char *made;
static size_t made_b;

static void make(void) {
    gr_error err;
    wipe();
    gr_record *record = gr_record_open(path, GR_OPEN_CREATE, &err);
    if (!record) fail_msg("%s", err.message);
    add_now(record, old_report);
    gr_record_close(record);
    if (gr_os_read_all(path, 1 << 24, &made, &made_b, &err) != GR_OK) fail_msg("%s", err.message);
}

static void prepare(uint64_t before) {
    wipe();
    if (!before) return;
    if (!made) make();
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(made, 1, made_b, file), made_b);
    assert_int_equal(fclose(file), 0);
}

/* What is swept: open (and create, where nothing is there), add, close. */
static gr_status attempt(uint64_t before) {
    gr_error err = {GR_OK};
    gr_added added;
    gr_record *record = gr_record_open(path, GR_OPEN_CREATE, &err);
    if (!record) return err.status;
    gr_status status = fixture_add(record, before ? new_report : old_report, HASH, &added, &err);
    if (status != GR_OK && err.message[0] == '\0') status = GR_STATUS_COUNT;
    gr_record_close(record);
    return status;
}

/* Every `stride`-th point from the first until an attempt runs through without meeting its fault. */
static long sweep(uint64_t before, bool *which, bool sticky, bool torn, long stride) {
    long points = 0;
    for (long n = 0; n < SWEEP_LIMIT; n += stride, points++) {
        prepare(before);
        plan = (struct plan){n, sticky, torn, false};
        *which = true;
        gr_status status = attempt(before);
        *which = false;
        plan.after = -1;
        if (status == GR_STATUS_COUNT) fail_msg("point %ld failed without a message", n);
        assert_recovers(before);
        if (!plan.hit) return points;
    }
    fail_msg("more than %d points", SWEEP_LIMIT);
    return points;
}

/* The memory of SQLite is asked for some ten thousand times, mostly while the layout is parsed, so most of
 * the sweep goes through an open record, point by point; opening is swept in prime steps. */
static long sweep_add_memory(bool sticky) {
    gr_error err;
    gr_added added;
    long n = 0;
    for (bool hit = true; hit; n++) {
        prepare(1);
        gr_record *record = gr_record_open(path, GR_OPEN_WRITE, &err);
        assert_non_null(record);
        plan = (struct plan){n, sticky, false, false};
        memory_faults = true;
        fixture_add(record, new_report, HASH, &added, &err);
        memory_faults = false;
        plan.after = -1;
        hit = plan.hit;
        add_now(record, new_report); /* the same handle goes on working */
        gr_record_close(record);
        if (n % 16 == 0 || !hit) assert_recovers(1);
        assert_true(n < SWEEP_LIMIT);
    }
    return n;
}

static void sqlite_memory(void **unused) {
    (void)unused;
    long points = sweep_add_memory(false) + sweep(0, &memory_faults, true, false, 997);
    points += sweep(1, &memory_faults, false, false, 499);
    print_message("sqlite memory: %ld points\n", points);
    assert_true(points > 100);
}

static void file_system(void **unused) {
    (void)unused;
    long points = 0;
    for (uint64_t before = 0; before <= 1; before++)
        for (int sticky = 0; sticky <= 1; sticky++)
            for (int torn = 0; torn <= 1; torn++) points += sweep(before, &file_faults, sticky, torn, 1);
    print_message("file system: %ld points\n", points);
    assert_true(points > 100);
}

static void own_memory(void **unused) {
    (void)unused;
    long points = 0;
    for (int sticky = 0; sticky <= 1; sticky++)
        for (uint64_t before = 0; before <= 1; before++)
            for (long n = 0;; n++, points++) {
                prepare(before);
                gr_faults_set((gr_faults){.fail_memory_after = n, .fail_io_after = -1, .sticky = sticky});
                gr_status status = attempt(before);
                bool through = gr_faults_get().memory_calls <= n;
                gr_faults_set((gr_faults){.fail_memory_after = -1, .fail_io_after = -1});
                assert_true(status == GR_OK || status == GR_NO_MEMORY);
                assert_recovers(before);
                if (through) break;
                assert_true(n < SWEEP_LIMIT);
            }
    print_message("own memory: %ld points\n", points);
    assert_true(points > 10);
}

/* Adds reports without end, in batches of three, until it is killed. */
static void add_forever(unsigned seed) {
    gr_record *record = gr_record_open(path, GR_OPEN_CREATE, NULL);
    for (unsigned i = 0; record; i++) {
        char tail[32];
        gr_added added;
        snprintf(tail, sizeof tail, " %u.%u", seed, i);
        fixture *f = fixture_new((int)(i % 2), tail, false, i % 3 == 0);
        if (i % 3 == 0 && gr_record_begin(record, NULL) != GR_OK) break;
        if (fixture_add(record, f, HASH, &added, NULL) != GR_OK) break;
        if (i % 3 == 2 && gr_record_commit(record, NULL) != GR_OK) break;
        fixture_free(f);
    }
    _exit(1);
}

static void killed(void **unused) {
    (void)unused;
    gr_error err;
    uint64_t sources = 0;
    unsigned random = 12345;
    for (unsigned i = 0; i < KILLS; i++) {
        if (i % 20 == 0) {
            wipe();
            sources = 0;
        }
        pid_t child = fork();
        if (child == 0) add_forever(i);
        random = random * 1103515245u + 12345u;
        nanosleep(&(struct timespec){0, (long)(random >> 8) % 60000000}, NULL);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        gr_record *record = gr_record_open(path, GR_OPEN_CREATE, &err);
        if (!record) fail_msg("open: %s", err.message);
        state s;
        read_state(record, &s);
        assert_true(s.found.sources >= sources && s.found.sources % 3 == 0);
        sources = s.found.sources;
        gr_buffer_free(&s.lines);
        gr_record_close(record);
    }
    print_message("kill -9: %d points\n", KILLS);
}

static int begin(void **unused) {
    (void)unused;
    snprintf(folder, sizeof folder, "/tmp/griot-faults-XXXXXX");
    if (install() != SQLITE_OK || !mkdtemp(folder)) return -1;
    snprintf(path, sizeof path, "%s/test.record", folder);
    old_report = fixture_new(0, "", false, false);
    new_report = fixture_new(1, "", false, true);
    return 0;
}

static int end(void **unused) {
    (void)unused;
    wipe();
    fixture_free(old_report);
    fixture_free(new_report);
    gr_os_free(made);
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sqlite_memory),
        cmocka_unit_test(file_system),
        cmocka_unit_test(own_memory),
        cmocka_unit_test(killed),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
