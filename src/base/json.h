/* Writing JSON into a buffer. Reading is done with jansson where it is needed. Commas are placed by the
 * writer: call begin/end, key and values in order. Numbers are written so that they read back the same. */
#ifndef GRIOT_BASE_JSON_H
#define GRIOT_BASE_JSON_H

#include "base/buffer.h"

typedef struct gr_json {
    gr_buffer *out;
    bool need_comma;
} gr_json;

void gr_json_object(gr_json *json);
void gr_json_object_end(gr_json *json);
void gr_json_array(gr_json *json);
void gr_json_array_end(gr_json *json);
void gr_json_key(gr_json *json, const char *name);          /* a name that needs no escapes */
void gr_json_string(gr_json *json, gr_slice value);         /* must be valid UTF-8 */
void gr_json_string_or_null(gr_json *json, gr_slice value); /* null when empty */
void gr_json_int(gr_json *json, int64_t value);
/* With the given number of decimals, trailing zeros dropped. */
void gr_json_decimal(gr_json *json, double value, int decimals);
void gr_json_bool(gr_json *json, bool value);
void gr_json_null(gr_json *json);

#endif
