/* JSON that the commands themselves read and print (jansson); claims come as lines from pipe/ and store/. */
#ifndef GRIOT_CLI_JSON_H
#define GRIOT_CLI_JSON_H

#include "base/error.h"

#include <jansson.h>

/* jansson (2.14) breaks its own structures where an allocation fails while it reads a value. From here on it
 * allocates through base/os.h, and a failure ends the program with one line and the code of GR_NO_MEMORY; a
 * record is whole whenever that happens. */
void gr_json_set_up(void);

/* Prints a value on a line of its own to standard output, keys in the order of their insertion, and releases
 * it. GR_BAD_INPUT where it is NULL: it could not be built, since a text in it is not UTF-8. */
gr_status gr_json_print(json_t *value, gr_error *err);

/* A number as a value; null for GR_NO_NUMBER. */
json_t *gr_json_count(int64_t n);
/* A day as a value, YYYY-MM-DD; null for GR_NO_DAY. */
json_t *gr_json_day(int32_t day);
/* Text as a value; null where it is empty. */
json_t *gr_json_words(gr_slice text);
/* A text member of an object; empty where it is absent or null. Valid as long as the object. */
gr_slice gr_json_text(const json_t *object, const char *key);
/* A number member of an object; NAN where it is absent or null. */
double gr_json_number(const json_t *object, const char *key);

#endif
