#include "base/os.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static gr_faults faults = {-1, -1, false, 0, 0};
static bool faults_on;

void gr_faults_set(gr_faults plan) {
    faults = plan;
    faults.memory_calls = faults.io_calls = 0;
    faults_on = true;
}

gr_faults gr_faults_get(void) {
    return faults;
}

static bool countdown(long *left, long *calls) {
    if (!faults_on) return false;
    (*calls)++;
    if (*left < 0) return false;
    if (*left > 0) {
        --*left;
        return false;
    }
    if (!faults.sticky) *left = -1;
    return true;
}

bool gr_os_io_fails(void) {
    if (!countdown(&faults.fail_io_after, &faults.io_calls)) return false;
    errno = ENOSPC;
    return true;
}

void *gr_os_alloc(size_t size) {
    if (countdown(&faults.fail_memory_after, &faults.memory_calls)) return NULL;
    return malloc(size ? size : 1);
}

void *gr_os_alloc_zero(size_t size) {
    if (countdown(&faults.fail_memory_after, &faults.memory_calls)) return NULL;
    return calloc(1, size ? size : 1);
}

void *gr_os_realloc(void *old, size_t size) {
    if (countdown(&faults.fail_memory_after, &faults.memory_calls)) return NULL;
    return realloc(old, size ? size : 1);
}

void gr_os_free(void *memory) {
    free(memory);
}

static gr_status open_error(const char *path, gr_error *err) {
    if (errno == ENOENT || errno == ENOTDIR)
        return gr_fail(err, GR_NOT_FOUND, path, "no such file; check the path");
    if (errno == EACCES) return gr_fail(err, GR_IO, path, "not readable by this user; check its permissions");
    return gr_fail(err, GR_IO, path, "cannot be opened (%s)", strerror(errno));
}

/* Opens a regular file of at most max_b bytes; -1 with *err filled otherwise. */
static int open_regular(const char *path, size_t max_b, struct stat *info, gr_error *err) {
    int fd = gr_os_io_fails() ? -1 : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        open_error(path, err);
        return -1;
    }
    if (gr_os_io_fails() || fstat(fd, info) != 0) {
        gr_fail(err, GR_IO, path, "cannot be examined (%s)", strerror(errno));
    } else if (S_ISDIR(info->st_mode)) {
        gr_fail(err, GR_BAD_INPUT, path, "is a directory; name the files in it");
    } else if (!S_ISREG(info->st_mode)) {
        gr_fail(err, GR_BAD_INPUT, path, "is not a regular file; pipe it in with -");
    } else if ((uintmax_t)info->st_size > max_b) {
        gr_fail(err, GR_TOO_LARGE, path, "holds %jd bytes, more than the ceiling of %zu MiB; split it",
                (intmax_t)info->st_size, max_b >> 20);
    } else {
        return fd;
    }
    close(fd);
    return -1;
}

gr_status gr_os_map(const char *path, size_t max_b, gr_mapped *out, gr_error *err) {
    *out = (gr_mapped){NULL, 0};
    gr_error local = {0};
    struct stat info;
    int fd = open_regular(path, max_b, &info, err ? err : &local);
    if (fd < 0) return (err ? err : &local)->status;
    gr_status status = GR_OK;
    if (info.st_size > 0) {
        void *data =
            gr_os_io_fails() ? MAP_FAILED : mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (data == MAP_FAILED)
            status = gr_fail(err, GR_IO, path, "cannot be mapped (%s)", strerror(errno));
        else
            *out = (gr_mapped){data, (size_t)info.st_size};
    }
    close(fd);
    return status;
}

void gr_os_unmap(gr_mapped *mapped) {
    if (mapped->data) munmap((void *)(uintptr_t)mapped->data, mapped->len);
    *mapped = (gr_mapped){NULL, 0};
}

static gr_status read_fd(int fd, const char *name, size_t max_b, char **out, size_t *len, gr_error *err) {
    size_t capacity = 1 << 16, used = 0;
    char *bytes = gr_os_alloc(capacity);
    gr_status status = bytes ? GR_OK : gr_fail(err, GR_NO_MEMORY, name, "out of memory while reading");
    while (status == GR_OK) {
        if (used + 1 >= capacity) {
            char *grown = gr_os_realloc(bytes, capacity * 2);
            if (!grown) {
                status = gr_fail(err, GR_NO_MEMORY, name, "out of memory while reading");
                break;
            }
            bytes = grown;
            capacity *= 2;
        }
        ssize_t n = gr_os_io_fails() ? -1 : read(fd, bytes + used, capacity - 1 - used);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) status = gr_fail(err, GR_IO, name, "reading failed (%s)", strerror(errno));
        if (n <= 0) break;
        used += (size_t)n;
        if (used > max_b)
            status = gr_fail(err, GR_TOO_LARGE, name, "holds more than the ceiling of %zu MiB; split it",
                             max_b >> 20);
    }
    if (status != GR_OK) {
        gr_os_free(bytes);
        return status;
    }
    bytes[used] = '\0';
    *out = bytes;
    *len = used;
    return GR_OK;
}

gr_status gr_os_read_all(const char *path, size_t max_b, char **out, size_t *len, gr_error *err) {
    *out = NULL;
    *len = 0;
    if (strcmp(path, "-") == 0) return read_fd(STDIN_FILENO, "standard input", max_b, out, len, err);
    gr_error local = {0};
    struct stat info;
    int fd = open_regular(path, max_b, &info, err ? err : &local);
    if (fd < 0) return (err ? err : &local)->status;
    gr_status status = read_fd(fd, path, max_b, out, len, err);
    close(fd);
    return status;
}

static bool write_fully(int fd, gr_slice bytes) {
    while (bytes.len) {
        ssize_t n = gr_os_io_fails() ? -1 : write(fd, bytes.ptr, bytes.len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        bytes = gr_sub(bytes, (size_t)n, bytes.len);
    }
    return true;
}

gr_status gr_os_write_all(const char *path, gr_slice bytes, gr_error *err) {
    char temporary[4096];
    int need = snprintf(temporary, sizeof temporary, "%s.XXXXXX", path);
    if (need < 0 || (size_t)need >= sizeof temporary)
        return gr_fail(err, GR_USAGE, NULL, "the output path is too long");
    int fd = gr_os_io_fails() ? -1 : mkstemp(temporary);
    if (fd < 0) return gr_fail(err, GR_IO, path, "cannot be written (%s)", strerror(errno));
    bool fine = write_fully(fd, bytes) && !gr_os_io_fails() && fchmod(fd, 0644) == 0 && fsync(fd) == 0;
    fine = close(fd) == 0 && fine;
    fine = fine && !gr_os_io_fails() && rename(temporary, path) == 0;
    if (fine) return GR_OK;
    int reason = errno;
    unlink(temporary);
    return gr_fail(err, GR_IO, path, "cannot be written (%s)", strerror(reason));
}

int64_t gr_os_now_unix_s(void) {
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    uint64_t value;
    if (fixed && gr_parse_u64(gr_slice_of(fixed), &value)) return (int64_t)value;
    return (int64_t)time(NULL);
}

unsigned gr_os_processors(void) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
    int count = CPU_COUNT(&set);
    return count > 0 ? (unsigned)count : 1;
}
