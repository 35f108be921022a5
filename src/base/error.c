#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

static const int exit_codes[GR_STATUS_COUNT] = {
    [GR_OK] = 0,        [GR_USAGE] = 2,     [GR_NOT_FOUND] = 3, [GR_BAD_INPUT] = 4,
    [GR_TOO_LARGE] = 5, [GR_BAD_MODEL] = 6, [GR_BAD_RULES] = 7, [GR_IO] = 8,
    [GR_NO_MEMORY] = 9, [GR_BUSY] = 10,     [GR_CHECK] = 1,     [GR_STOPPED] = 11,
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
    return status < GR_STATUS_COUNT ? exit_codes[status] : 1;
}
