#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

/* One table maps a status to its exit code and its name. */
static const struct {
    int exit_code;
    const char *name;
} table[GR_STATUS_COUNT] = {
    [GR_OK] = {0, "ok"},
    [GR_USAGE] = {2, "usage"},
    [GR_NOT_FOUND] = {3, "not found"},
    [GR_BAD_INPUT] = {4, "bad input"},
    [GR_TOO_LARGE] = {5, "too large"},
    [GR_BAD_MODEL] = {6, "damaged file"},
    [GR_BAD_RULES] = {7, "bad knowledge file"},
    [GR_IO] = {8, "input/output"},
    [GR_NO_MEMORY] = {9, "out of memory"},
    [GR_BUSY] = {10, "busy"},
    [GR_CHECK] = {1, "check failed"},
    [GR_STOPPED] = {11, "stopped"},
};

/* snprintf cuts anywhere; drop a multi-byte character that was cut in two. */
static void cut_at_character(char *text, size_t capacity, int wanted) {
    if (wanted < 0 || (size_t)wanted < capacity) return;
    size_t end = capacity - 1;
    size_t lead = end;
    while (lead > 0 && ((unsigned char)text[lead - 1] & 0xC0) == 0x80) lead--;
    if (lead > 0 && (unsigned char)text[lead - 1] >= 0xC0) text[lead - 1] = '\0';
}

gr_status gr_fail(gr_error *err, gr_status status, const char *origin, const char *format, ...) {
    if (!err) return status;
    err->status = status;
    cut_at_character(err->origin, sizeof err->origin,
                     snprintf(err->origin, sizeof err->origin, "%s", origin ? origin : ""));
    va_list args;
    va_start(args, format);
    cut_at_character(err->message, sizeof err->message,
                     vsnprintf(err->message, sizeof err->message, format, args));
    va_end(args);
    return status;
}

int gr_exit_code(gr_status status) {
    return status < GR_STATUS_COUNT ? table[status].exit_code : 1;
}

const char *gr_status_name(gr_status status) {
    return status < GR_STATUS_COUNT ? table[status].name : "unknown";
}
