#include "child/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <linux/landlock.h>
#include <locale.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool limit(int what, rlim_t value) {
    struct rlimit both = {value, value}, now;
    if (getrlimit(what, &now) == 0 && now.rlim_max < value) both.rlim_cur = both.rlim_max = now.rlim_max;
    return setrlimit(what, &both) == 0;
}

/* Bytes of address space that the process has: its parent's tables and models are in it. */
static size_t address_space(void) {
    size_t pages = 0;
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    char text[128];
    ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (fd >= 0) close(fd);
    for (ssize_t i = 0; i < n && text[i] >= '0' && text[i] <= '9'; i++)
        pages = pages * 10 + (size_t)(text[i] - '0');
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

/* No handler of the parent's runs here. Ctrl-C is for the parent, which ends its children itself; they end
 * with it in any case. */
static void own_life(void) {
    for (int number = 1; number < 32; number++) signal(number, SIG_DFL);
    signal(SIGINT, SIG_IGN);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_DUMPABLE, 0);
}

static bool close_all_from(unsigned first) {
    return syscall(SYS_close_range, first, ~0u, 0) == 0;
}

static bool put_at(int fd, int number) {
    return fd == number ? fcntl(fd, F_SETFD, 0) == 0 : dup2(fd, number) == number;
}

/* Own namespaces where the system lets one have them; the other walls do not need them. */
static void unshare_what_may_be(void) {
    if (unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWNS) != 0)
        unshare(CLONE_NEWNET | CLONE_NEWIPC);
}

static bool allow(scmp_filter_ctx filter, const int *calls, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) != 0) return false;
    return true;
}

/* Memory that is never code. */
static bool allow_plain_memory(scmp_filter_ctx filter) {
    const struct scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, &no_code) == 0 &&
           seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, &no_code) == 0;
}

/* abort() may end the process itself, and nothing else. */
static bool allow_own_end(scmp_filter_ctx filter) {
    const struct scmp_arg_cmp own = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid());
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &own) == 0;
}

static bool filter_reader(void) {
    static const int calls[] = {SCMP_SYS(read),
                                SCMP_SYS(write),
                                SCMP_SYS(exit),
                                SCMP_SYS(exit_group),
                                SCMP_SYS(brk),
                                SCMP_SYS(munmap),
                                SCMP_SYS(mremap),
                                SCMP_SYS(madvise),
                                SCMP_SYS(futex),
                                SCMP_SYS(rt_sigreturn),
                                SCMP_SYS(rt_sigprocmask),
                                SCMP_SYS(clock_gettime),
                                SCMP_SYS(gettimeofday),
                                SCMP_SYS(getrandom),
                                SCMP_SYS(getpid),
                                SCMP_SYS(gettid),
                                SCMP_SYS(restart_syscall),
                                SCMP_SYS(sigaltstack)};
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    bool fine = filter && allow(filter, calls, sizeof calls / sizeof *calls) && allow_plain_memory(filter) &&
                allow_own_end(filter) && seccomp_load(filter) == 0;
    if (filter) seccomp_release(filter);
    return fine;
}

/* Converters are files: those that pages, mails and feeds are written in are loaded before the walls stand.
 */
static void load_encodings(void) {
    static const char *const names[] = {
        "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255",
        "windows-1256", "windows-1257", "windows-1258", "windows-874",  "iso-8859-1",   "iso-8859-2",
        "iso-8859-3",   "iso-8859-4",   "iso-8859-5",   "iso-8859-6",   "iso-8859-7",   "iso-8859-8",
        "iso-8859-9",   "iso-8859-10",  "iso-8859-13",  "iso-8859-14",  "iso-8859-15",  "iso-8859-16",
        "koi8-r",       "koi8-u",       "ibm850",       "ibm866",       "macintosh",    "utf-16",
        "utf-16le",     "utf-16be",     "utf-7",        "gbk",          "gb2312",       "gb18030",
        "big5",         "euc-jp",       "shift_jis",    "iso-2022-jp",  "euc-kr"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        (void)iconv_open("UTF-8", names[i]); /* kept open: a closed one is unloaded */
}

int gr_sandbox_reader(int fd, size_t memory_b) {
    own_life();
    setlocale(LC_CTYPE, "C.UTF-8"); /* names in archives */
    load_encodings();
    int null = open("/dev/null", O_RDWR);
    if (null < 0 || fd == null) return -1;
    if (fd < 4 && (fd = fcntl(fd, F_DUPFD, 4)) < 0) return -1;
    if (!put_at(null, 0) || !put_at(null, 1) || !put_at(null, 2) || !put_at(fd, 3) || !close_all_from(4))
        return -1;
    bool fine = limit(RLIMIT_AS, address_space() + memory_b) && limit(RLIMIT_CORE, 0) &&
                limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NOFILE, 4) && limit(RLIMIT_NPROC, 0);
    if (!fine || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
    unshare_what_may_be();
    return filter_reader() ? 3 : -1;
}

/* A folder or file that a program may read, and run programs of. Where there is none there is nothing to
 * allow. */
static bool allow_path(int rules, const char *path, bool folder) {
    struct landlock_path_beneath_attr may = {.allowed_access = LANDLOCK_ACCESS_FS_EXECUTE |
                                                               LANDLOCK_ACCESS_FS_READ_FILE |
                                                               (folder ? LANDLOCK_ACCESS_FS_READ_DIR : 0)};
    may.parent_fd = open(path, O_PATH | O_CLOEXEC);
    if (may.parent_fd < 0) return errno == ENOENT;
    bool fine = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &may, 0) == 0;
    close(may.parent_fd);
    return fine;
}

/* Landlock is in Linux since 5.13; where it is missing or off, the filter of calls still forbids writing. */
static bool close_files(void) {
    static const char *const folders[] = {"/usr", "/lib", "/lib64", "/etc/fonts", "/var/cache/fontconfig"};
    const struct landlock_ruleset_attr all = {.handled_access_fs = (1ull << 13) - 1};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    if (rules < 0) return errno == ENOSYS || errno == EOPNOTSUPP;
    bool fine = allow_path(rules, "/etc/ld.so.cache", false);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        fine = fine && allow_path(rules, folders[i], true);
    fine = fine && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return fine;
}

static bool allow_reading_files(scmp_filter_ctx filter) {
    const uint64_t writes = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;
    const struct scmp_arg_cmp at = SCMP_A2(SCMP_CMP_MASKED_EQ, writes, 0),
                              plain = SCMP_A1(SCMP_CMP_MASKED_EQ, writes, 0);
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, &at) == 0 &&
           seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1, &plain) == 0;
}

static bool filter_program(void) {
    static const int calls[] = {SCMP_SYS(execve),
                                SCMP_SYS(read),
                                SCMP_SYS(readv),
                                SCMP_SYS(pread64),
                                SCMP_SYS(write),
                                SCMP_SYS(writev),
                                SCMP_SYS(close),
                                SCMP_SYS(lseek),
                                SCMP_SYS(fstat),
                                SCMP_SYS(newfstatat),
                                SCMP_SYS(stat),
                                SCMP_SYS(lstat),
                                SCMP_SYS(statx),
                                SCMP_SYS(statfs),
                                SCMP_SYS(fstatfs),
                                SCMP_SYS(access),
                                SCMP_SYS(faccessat),
                                SCMP_SYS(faccessat2),
                                SCMP_SYS(readlink),
                                SCMP_SYS(readlinkat),
                                SCMP_SYS(getdents64),
                                SCMP_SYS(getcwd),
                                SCMP_SYS(fcntl),
                                SCMP_SYS(dup),
                                SCMP_SYS(brk),
                                SCMP_SYS(mmap),
                                SCMP_SYS(munmap),
                                SCMP_SYS(mremap),
                                SCMP_SYS(mprotect),
                                SCMP_SYS(madvise),
                                SCMP_SYS(arch_prctl),
                                SCMP_SYS(set_tid_address),
                                SCMP_SYS(set_robust_list),
                                SCMP_SYS(rseq),
                                SCMP_SYS(getrandom),
                                SCMP_SYS(futex),
                                SCMP_SYS(exit),
                                SCMP_SYS(exit_group),
                                SCMP_SYS(rt_sigaction),
                                SCMP_SYS(rt_sigprocmask),
                                SCMP_SYS(rt_sigreturn),
                                SCMP_SYS(clock_gettime),
                                SCMP_SYS(gettimeofday),
                                SCMP_SYS(time),
                                SCMP_SYS(uname),
                                SCMP_SYS(getpid),
                                SCMP_SYS(gettid),
                                SCMP_SYS(getuid),
                                SCMP_SYS(geteuid),
                                SCMP_SYS(getgid),
                                SCMP_SYS(getegid),
                                SCMP_SYS(sysinfo),
                                SCMP_SYS(umask),
                                SCMP_SYS(sched_getaffinity),
                                SCMP_SYS(restart_syscall)};
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    bool fine = filter && allow(filter, calls, sizeof calls / sizeof *calls) && allow_reading_files(filter) &&
                allow_own_end(filter) && seccomp_load(filter) == 0;
    if (filter) seccomp_release(filter);
    return fine;
}

bool gr_sandbox_program(int in, int out, size_t memory_b, unsigned cpu_s) {
    own_life();
    int null = open("/dev/null", O_RDWR);
    if (null < 0) return false;
    if (in < 3) in = fcntl(in, F_DUPFD, 3);
    if (out < 3) out = fcntl(out, F_DUPFD, 3);
    if (in < 0 || out < 0 || !put_at(null, 2) || !put_at(in, 0) || !put_at(out, 1) || !close_all_from(3))
        return false;
    if (chdir("/") != 0) return false;
    bool fine = limit(RLIMIT_AS, memory_b) && limit(RLIMIT_CPU, cpu_s) && limit(RLIMIT_CORE, 0) &&
                limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NOFILE, 32);
    if (!fine || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
    unshare_what_may_be();
    return close_files() && filter_program();
}
