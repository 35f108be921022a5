/* JSON that the commands themselves read and print (jansson); claims come as lines from pipe/ and store/. */
#ifndef GRIOT_CLI_JSON_H
#define GRIOT_CLI_JSON_H

#include "base/slice.h"

#include <jansson.h>

/* Prints a value on a line of its own to standard output, keys in the order of their insertion, and releases
 * it. NULL, from a failed build, prints nothing. */
void gr_json_print(json_t *value);

/* A text member of an object; empty where it is absent or null. Valid as long as the object. */
gr_slice gr_json_text(const json_t *object, const char *key);
/* A number member of an object; NAN where it is absent or null. */
double gr_json_number(const json_t *object, const char *key);

#endif
