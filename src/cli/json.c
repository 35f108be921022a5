#include "cli/json.h"

#include <math.h>
#include <stdio.h>

/* Coordinates and scores have at most five decimals; twelve digits write them as they were read. */
#define DIGITS 12

void gr_json_print(json_t *value) {
    if (!value) return;
    json_dumpf(value, stdout, JSON_COMPACT | JSON_REAL_PRECISION(DIGITS));
    putchar('\n');
    json_decref(value);
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
