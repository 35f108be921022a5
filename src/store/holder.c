/* Who holds a record's lock. /proc/locks lists the holders of byte-range locks by process and inode; asking
 * there, and not with fcntl on the file, leaves SQLite's own locks alone (POSIX drops a process's locks on a
 * file when any descriptor of it is closed). */
#include "base/os.h"
#include "store/store_internal.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LOCKS_LIMIT_B = 4 << 20 };

static uint64_t inode_of(const char *path, const char *suffix) {
    char name[4096];
    struct stat info;
    int need = snprintf(name, sizeof name, "%s%s", path, suffix);
    if (need < 0 || (size_t)need >= sizeof name || stat(name, &info) != 0) return 0;
    return (uint64_t)info.st_ino;
}

/* "12: POSIX  ADVISORY  WRITE 4711 fe:01:1835 120 120": the process when it writes to either inode. */
static long writer_of(const char *line, uint64_t file, uint64_t shared) {
    char access[16];
    long process;
    unsigned long long inode;
    if (sscanf(line, "%*s POSIX %*s %15s %ld %*x:%*x:%llu", access, &process, &inode) != 3) return 0;
    if (strcmp(access, "WRITE") != 0 || inode == 0 || (inode != file && inode != shared)) return 0;
    return process;
}

static void name_of(long process, char *out, size_t capacity) {
    char path[64], *name = NULL;
    size_t len = 0;
    snprintf(path, sizeof path, "/proc/%ld/comm", process);
    bool known = gr_os_read_all(path, 256, &name, &len, NULL) == GR_OK && len > 1;
    if (known) name[len - 1] = '\0';
    if (process == (long)getpid())
        snprintf(out, capacity, "this program through another handle");
    else if (known)
        snprintf(out, capacity, "process %ld (%s)", process, name);
    else
        snprintf(out, capacity, "process %ld", process);
    gr_os_free(name);
}

bool store_holder(const char *path, char *out, size_t capacity) {
    uint64_t file = inode_of(path, ""), shared = inode_of(path, "-shm");
    char *locks = NULL;
    size_t len = 0;
    if (gr_os_read_all("/proc/locks", LOCKS_LIMIT_B, &locks, &len, NULL) != GR_OK) return false;
    long process = 0;
    for (char *line = locks; line && *line && process <= 0;) {
        char *end = strchr(line, '\n');
        if (end) *end = '\0';
        process = writer_of(line, file, shared);
        line = end ? end + 1 : NULL;
    }
    if (process > 0) name_of(process, out, capacity);
    gr_os_free(locks);
    return process > 0;
}
