#include "cli/json.h"

#include "base/os.h"
#include "find/quantity.h"
#include "find/time.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Coordinates and scores have at most five decimals; twelve digits write them as they were read. */
#define DIGITS 12

static void *allocate(size_t size) {
    void *memory = gr_os_alloc(size);
    if (memory) return memory;
    fputs("griot: out of memory\n", stderr);
    exit(gr_exit_code(GR_NO_MEMORY));
}

void gr_json_set_up(void) {
    json_set_alloc_funcs(allocate, gr_os_free);
}

gr_status gr_json_print(json_t *value, gr_error *err) {
    if (!value)
        return gr_fail(err, GR_BAD_INPUT, NULL, "cannot be printed as JSON: a name in it is not UTF-8");
    json_dumpf(value, stdout, JSON_COMPACT | JSON_REAL_PRECISION(DIGITS));
    putchar('\n');
    json_decref(value);
    return GR_OK;
}

gr_slice gr_json_text(const json_t *object, const char *key) {
    const json_t *member = json_object_get(object, key);
    if (!json_is_string(member)) return (gr_slice){0};
    return (gr_slice){json_string_value(member), json_string_length(member)};
}

double gr_json_number(const json_t *object, const char *key) {
    const json_t *member = json_object_get(object, key);
    return json_is_number(member) ? json_number_value(member) : NAN;
}

json_t *gr_json_words(gr_slice text) {
    return text.len ? json_stringn(text.ptr, text.len) : json_null();
}

json_t *gr_json_count(int64_t n) {
    return n == GR_NO_NUMBER ? json_null() : json_integer((json_int_t)n);
}

json_t *gr_json_day(int32_t day) {
    char text[16];
    if (day == GR_NO_DAY) return json_null();
    gr_day_format(day, text);
    return json_string(text);
}
