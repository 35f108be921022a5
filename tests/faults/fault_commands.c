/* Every command under faults: griot's, jansson's, libxml2's and SQLite's allocations and griot's own input
 * and output fail, one call and then every call from one on. Each attempt is a process of its own. It must
 * end by itself: with the output of a run without faults, or with a non-zero code and one line of reason;
 * files are whole and nothing lies beside them, and a record verifies. Long commands are swept in steps, so
 * that the whole takes about a minute. */
int griot_main(int argc, char **argv);
#define main griot_main
#include "cli/main.c"
#undef main

#include "base/os.h"
#include "store/store.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { MOST_WORDS = 8, POINTS = 24, OUTPUT_B = 1 << 20 };

static char folder[64];

static void write_text(const char *name, const char *text) {
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

/* Knowledge and places just large enough for the report below; the model is the real one. */
static void make_data(void) {
    static const char *const folders[] = {"data",
                                          "data/models",
                                          "data/knowledge",
                                          "data/knowledge/actors",
                                          "data/knowledge/lexicon",
                                          "data/knowledge/lexicon/en",
                                          "data/knowledge/rules",
                                          "data/knowledge/rules/en",
                                          "data/examples"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        assert_int_equal(mkdir(folders[i], 0700), 0);
    assert_int_equal(symlink(GRIOT_SOURCE_ROOT "/models/en.griot", "data/models/en.griot"), 0);
    write_text("data/knowledge/ontology.txt", "type attack\n  kind event\ntype kill\n  kind event | toll\n");
    write_text(
        "data/knowledge/actors/a.txt",
        "country NER\n  iso2 NE\n  en Niger\n  adj-en Nigerien\n"
        "pattern mil-{iso3}\n  name Military Forces of {en}\n  kind state-military\n  en {adj-en} army\n");
    write_text("data/knowledge/lexicon/en/people.txt",
               "class gunman\n  of people\n  kind rebel\n  words gunman | armed man\n"
               "class soldier\n  of people\n  kind state-military\n  count-as soldier\n  words soldier\n");
    write_text("data/knowledge/lexicon/en/irregular.forms", "forms kill\n  words killd\n");
    write_text("data/knowledge/rules/en/a.rules",
               "rule kill.verb\n  type kill\n  anchor verb kill | gun down\n  actor subject | by\n"
               "  target object\n  count killed object\n  + Gunmen killed two soldiers.\n  - No.\n");
    write_text("data/examples/one.txt", "Gunmen killed two soldiers near Kaya on Monday, the army said.\n");
    write_text("places.tsv", "id\tname\tvariants\tlat\tlon\tcode\tcountry\tparent\tpopulation\n"
                             "1\tNiger\t\t17\t8\tPCLI\tNER\t\t1000000\n"
                             "2\tKaya\tCaya\t13.1\t1.1\tPPLA\tNER\t1\t50000\n");
}

static void make_reports(void) {
    write_text("a.txt",
               "KAYA, 3 October 2023 - Gunmen killed two soldiers near Kaya on Monday. Calm is back.\n");
    write_text(
        "b.html",
        "<html><head><title>Kaya</title></head><body><p>Gunmen <b>killed</b> 12 men.</p></body></html>");
    write_text("c.jsonl", "{\"id\":1,\"text\":\"Gunmen killed two men.\",\"published\":\"2024-02-10\"}\n");
    write_text("d.conllu",
               "1\tGao\tGao\tPROPN\t_\t_\t2\tnsubj\t_\t_\n2\tfell\tfall\tVERB\t_\t_\t0\troot\t_\t_\n\n");
}

/* Allocations of the libraries fail with griot's own. */
static sqlite3_mem_methods plain;

static bool memory_fails(void) {
    void *probe = gr_os_alloc(1);
    gr_os_free(probe);
    return !probe;
}
static void *sql_malloc(int size) {
    return memory_fails() ? NULL : plain.xMalloc(size);
}
static void *sql_realloc(void *old, int size) {
    return memory_fails() ? NULL : plain.xRealloc(old, size);
}

static void hook_libraries(void) {
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &plain);
    sqlite3_mem_methods faulty = plain;
    faulty.xMalloc = sql_malloc;
    faulty.xRealloc = sql_realloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &faulty);
}

/* What an attempt left. Lies in memory that parent and child share. */
typedef struct attempt {
    gr_faults used;
    int code; /* exit code, or minus the signal */
    char *out, *err;
} attempt;

static gr_faults *shared;

static void child(const char *const *word, gr_faults plan) {
    const char *argv[MOST_WORDS + 1] = {"griot"};
    int argc = 1, null = open("/dev/null", O_RDONLY);
    while (word[argc - 1]) {
        argv[argc] = word[argc - 1];
        argc++;
    }
    dup2(null, STDIN_FILENO);
    if (!freopen("out", "w", stdout) || !freopen("err", "w", stderr)) _exit(99);
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}; /* cmocka catches some */
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) signal(crashes[i], SIG_DFL);
    alarm(60);
    hook_libraries();
    gr_faults_set(plan);
    int code = griot_main(argc, (char **)(uintptr_t)argv);
    *shared = gr_faults_get();
    exit(code);
}

static char *read_text(const char *name) {
    char *bytes = NULL;
    size_t len;
    if (gr_os_read_all(name, OUTPUT_B, &bytes, &len, NULL) != GR_OK) return NULL;
    return bytes;
}

static attempt run_once(const char *const *word, gr_faults plan) {
    fflush(NULL);
    *shared = (gr_faults){0};
    pid_t pid = fork();
    if (pid == 0) child(word, plan);
    int status;
    waitpid(pid, &status, 0);
    attempt a = {.used = *shared, .code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status)};
    a.out = read_text("out");
    a.err = read_text("err");
    return a;
}

static void release(attempt *a) {
    gr_os_free(a->out);
    gr_os_free(a->err);
}

/* Puts the folder back as it is before a command. */
static void prepare(void) {
    static const char *const made[] = {
        "new.record", "new.record-wal", "new.record-shm", "map", "map.losses.json", "image", "out", "err"};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) unlink(made[i]);
}

/* Files of the folder that no command should leave: temporary ones. */
static bool left_over(void) {
    bool found = false;
    DIR *here = opendir(".");
    for (struct dirent *entry; here && (entry = readdir(here));)
        found |= strncmp(entry->d_name, "map.", 4) == 0 && strcmp(entry->d_name, "map.losses.json") != 0;
    if (here) closedir(here);
    return found;
}

static bool one_line(const char *text) {
    const char *end = strchr(text, '\n');
    return strncmp(text, "griot: ", 7) == 0 && end && !end[1];
}

static bool whole_or_absent(const char *name, const char *whole) {
    char *now = read_text(name);
    bool fine = !now || (whole && strcmp(now, whole) == 0);
    gr_os_free(now);
    return fine;
}

static void check_record(const char *path) {
    gr_error err = {0};
    gr_verified found;
    if (access(path, F_OK) != 0) return;
    gr_record *record = gr_record_open(path, GR_OPEN_CREATE, &err);
    if (!record || gr_record_verify(record, &found, &err) != GR_OK) fail_msg("%s: %s", path, err.message);
    gr_record_close(record);
}

typedef struct swept {
    const char *const *word;
    attempt sound;
    char *map;
} swept;

static unsigned faults;
#define COMPLAIN(...) (faults++, print_error(__VA_ARGS__), print_error("\n"))

static void check_attempt(const swept *s, const attempt *a, const char *what, long point) {
    const char *name = s->word[0];
    if (a->code < 0) COMPLAIN("%s: %s %ld ended by signal %d", name, what, point, -a->code);
    if (a->code == 0 && strcmp(a->out, s->sound.out) != 0) {
        size_t same = 0;
        while (a->out[same] && a->out[same] == s->sound.out[same]) same++;
        COMPLAIN("%s: %s %ld changed the output without a word: \"%.200s\" instead of \"%.200s\"", name, what,
                 point, a->out + same, s->sound.out + same);
    }
    if (a->code != 0 && !one_line(a->err) && !strstr(a->err, "reports could not be read"))
        COMPLAIN("%s: %s %ld ended with %d and said \"%s\"", name, what, point, a->code, a->err);
    if (!whole_or_absent("map", s->map) || left_over())
        COMPLAIN("%s: %s %ld left a part of a file", name, what, point);
    check_record("new.record");
}

static void sweep_kind(const swept *s, bool memory, bool sticky) {
    long calls = memory ? s->sound.used.memory_calls : s->sound.used.io_calls;
    long stride = calls / POINTS + 1;
    for (long n = 0; n < calls; n += n < POINTS / 3 ? 1 : stride) {
        gr_faults plan = {memory ? n : -1, memory ? -1 : n, sticky, 0, 0};
        prepare();
        attempt a = run_once(s->word, plan);
        check_attempt(s, &a, memory ? "allocation" : "input/output call", n);
        release(&a);
    }
}

static void sweep(const char *const *word) {
    prepare();
    swept s = {.word = word, .sound = run_once(word, (gr_faults){-1, -1, false, 0, 0})};
    if (s.sound.code != 0) fail_msg("%s without faults: %d, %s", word[0], s.sound.code, s.sound.err);
    s.map = read_text("map");
    for (int k = 0; k < 4; k++) sweep_kind(&s, k & 1, k & 2);
    print_message("%s: %ld allocations, %ld calls\n", word[0], s.sound.used.memory_calls,
                  s.sound.used.io_calls);
    release(&s.sound);
    gr_os_free(s.map);
}

static void commands_end_well(void **unused) {
    (void)unused;
    static const char *const lines[][MOST_WORDS] = {
        {"code", "-t1", "a.txt", "b.html"},
        {"code", "--jsonl", "-t1", "c.jsonl"},
        {"add", "-t1", "-r", "new.record", "a.txt", "b.html"},
        {"show", "-r", "old.record", NULL},
        {"show", "-r", "old.record", "--json", NULL},
        {"claims", "-r", "old.record"},
        {"claims", "-r", "old.record", "--json"},
        {"incidents", "-r", "old.record"},
        {"incidents", "-r", "old.record", "--json"},
        {"seen", "actors", "-r", "old.record"},
        {"review", "agreement", "-r", "old.record"},
        {"situation", "-r", "old.record"},
        {"situation", "-r", "old.record", "--json"},
        {"tolls", "-r", "old.record", "--drafts"},
        {"tolls", "-r", "old.record", "--drafts", "--json"},
        {"export", "geojson", "-r", "old.record", "--drafts", "-omap"},
        {"verify", "-r", "old.record"},
        {"rules", "check"},
        {"rules", "test"},
        {"places", "build", "places.tsv", "-o", "image"},
        {"parse", "a.txt"},
        {"parse", "--tokens", "d.conllu"},
        {"demo", "-o", "map"},
        {"demo", "-o", "map", "--json"},
    };
    static char doc[16], claim[24], incident[24];
    char *text = read_text("a.txt");
    snprintf(doc, sizeof doc, "%.12s", gr_sha256(gr_slice_of(text)).hex);
    snprintf(claim, sizeof claim, "%s-1", doc);
    snprintf(incident, sizeof incident, "%s-i1", doc);
    gr_os_free(text);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const char *word[MOST_WORDS];
        memcpy(word, lines[i], sizeof word);
        for (int k = 0; strcmp(word[0], "show") == 0 && k < MOST_WORDS - 1; k++)
            if (!word[k]) {
                word[k] = doc;
                break;
            }
        sweep(word);
    }
    sweep((const char *const[]){"explain", "-r", "old.record", claim, NULL});
    sweep((const char *const[]){"explain", "-r", "old.record", "--json", claim, NULL});
    sweep((const char *const[]){"explain", "-r", "old.record", incident, NULL});
    sweep((const char *const[]){"diff", "-r", "old.record", doc, NULL});
    assert_int_equal(faults, 0);
}

static int begin(void **unused) {
    (void)unused;
    snprintf(folder, sizeof folder, "%s/griot-faults-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED || !mkdtemp(folder) || chdir(folder) != 0) return -1;
    make_data();
    make_reports();
    setenv("GRIOT_DATA", "data", 1);
    setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
    static const char *const build[] = {"places", "build", "places.tsv", "-o", "data/gazetteer.griot", NULL};
    static const char *const add[] = {"add", "-r", "old.record", "a.txt", "b.html", NULL};
    const char *const *const first[] = {build, add};
    for (int i = 0; i < 2; i++) {
        attempt a = run_once(first[i], (gr_faults){-1, -1, false, 0, 0});
        if (a.code != 0) print_error("%s: %s", first[i][0], a.err);
        if (a.code != 0) return -1;
        release(&a);
    }
    return 0;
}

static int end(void **unused) {
    (void)unused;
    char command[96];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(commands_end_well)};
    return cmocka_run_group_tests(tests, begin, end);
}
