#include "base/json.h"

#include <stdio.h>

static void separate(gr_json *json) {
    if (json->need_comma) gr_buffer_byte(json->out, ',');
    json->need_comma = true;
}

void gr_json_object(gr_json *json) {
    separate(json);
    gr_buffer_byte(json->out, '{');
    json->need_comma = false;
}

void gr_json_object_end(gr_json *json) {
    gr_buffer_byte(json->out, '}');
    json->need_comma = true;
}

void gr_json_array(gr_json *json) {
    separate(json);
    gr_buffer_byte(json->out, '[');
    json->need_comma = false;
}

void gr_json_array_end(gr_json *json) {
    gr_buffer_byte(json->out, ']');
    json->need_comma = true;
}

void gr_json_key(gr_json *json, const char *name) {
    gr_buffer_add(json->out, json->need_comma ? GR_S(",\"") : GR_S("\""));
    gr_buffer_add(json->out, gr_slice_of(name));
    gr_buffer_add(json->out, GR_S("\":"));
    json->need_comma = false;
}

void gr_json_string(gr_json *json, gr_slice value) {
    separate(json);
    gr_buffer_byte(json->out, '"');
    size_t from = 0;
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.ptr[i];
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        gr_buffer_add(json->out, gr_sub(value, from, i));
        from = i + 1;
        switch (c) {
        case '"':
            gr_buffer_add(json->out, GR_S("\\\""));
            break;
        case '\\':
            gr_buffer_add(json->out, GR_S("\\\\"));
            break;
        case '\n':
            gr_buffer_add(json->out, GR_S("\\n"));
            break;
        case '\r':
            gr_buffer_add(json->out, GR_S("\\r"));
            break;
        case '\t':
            gr_buffer_add(json->out, GR_S("\\t"));
            break;
        default:
            gr_buffer_printf(json->out, "\\u%04x", c);
        }
    }
    gr_buffer_add(json->out, gr_sub(value, from, value.len));
    gr_buffer_byte(json->out, '"');
}

void gr_json_string_or_null(gr_json *json, gr_slice value) {
    if (value.len)
        gr_json_string(json, value);
    else
        gr_json_null(json);
}

void gr_json_int(gr_json *json, int64_t value) {
    char digits[20];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0) digits[--at] = '-';
    separate(json);
    gr_buffer_add(json->out, (gr_slice){digits + at, sizeof digits - at});
}

void gr_json_decimal(gr_json *json, double value, int decimals) {
    char text[64];
    int len = snprintf(text, sizeof text, "%.*f", decimals, value);
    while (len > 1 && decimals > 0 && text[len - 1] == '0') len--;
    if (len > 1 && text[len - 1] == '.') len--;
    separate(json);
    gr_buffer_add(json->out, (gr_slice){text, (size_t)len});
}

void gr_json_bool(gr_json *json, bool value) {
    separate(json);
    gr_buffer_add(json->out, value ? GR_S("true") : GR_S("false"));
}

void gr_json_null(gr_json *json) {
    separate(json);
    gr_buffer_add(json->out, GR_S("null"));
}
