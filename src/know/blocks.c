#include "know/blocks.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

gr_status gr_fail_at(gr_error *err, gr_place_in_file at, const char *format, ...) {
    char origin[256], message[512];
    snprintf(origin, sizeof origin, "%.*s:%u:%u", GR_FMT(at.file), at.line, at.column);
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return gr_fail(err, GR_BAD_RULES, origin, "%s", message);
}

bool gr_next_item(gr_slice *list, gr_slice *item) {
    while (list->ptr) {
        *item = gr_trim(gr_cut(list, '|'));
        if (item->len) return true;
    }
    return false;
}

bool gr_next_word(gr_slice *words, gr_slice *word) {
    *words = gr_trim(*words);
    if (!words->len) return false;
    *word = gr_cut(words, ' ');
    return true;
}

const gr_field *gr_entry_field(const gr_entry *entry, const char *name) {
    gr_slice wanted = gr_slice_of(name);
    for (uint32_t i = 0; i < entry->field_count; i++)
        if (gr_eq(entry->field[i].name, wanted)) return &entry->field[i];
    return NULL;
}

gr_slice gr_entry_value(const gr_entry *entry, const char *name) {
    const gr_field *field = gr_entry_field(entry, name);
    return field ? field->value : (gr_slice){NULL, 0};
}

/* The key of plain ASCII, in one step. */
static gr_slice ascii_key(gr_arena *arena, gr_slice text) {
    char *out = gr_alloc(arena, text.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i], small = (char)(c | 32);
        if ((small >= 'a' && small <= 'z') || (c >= '0' && c <= '9'))
            out[n++] = c <= '9' ? c : small;
        else if (n && out[n - 1] != ' ')
            out[n++] = ' ';
    }
    if (n && out[n - 1] == ' ') n--;
    return (gr_slice){out, n};
}

gr_slice gr_words_key(gr_arena *arena, gr_slice text) {
    if (gr_is_ascii(text)) return ascii_key(arena, text);
    gr_slice folded = gr_fold(arena, text);
    char *out = gr_alloc(arena, folded.len + 1);
    size_t n = 0;
    for (size_t at = 0; at < folded.len;) {
        size_t from = at;
        uint32_t c = gr_utf8_next(folded, &at);
        if (gr_is_letter(c) || gr_is_digit(c)) {
            memcpy(out + n, folded.ptr + from, at - from);
            n += at - from;
        } else if (n && out[n - 1] != ' ') {
            out[n++] = ' ';
        }
    }
    if (n && out[n - 1] == ' ') n--;
    return (gr_slice){out, n};
}

static gr_slice without_comment(gr_slice line) {
    for (size_t i = 0; i < line.len; i++)
        if (line.ptr[i] == '#' && (i == 0 || line.ptr[i - 1] == ' ' || line.ptr[i - 1] == '\t'))
            return gr_sub(line, 0, i);
    return line;
}

static size_t indent_of(gr_slice line) {
    size_t n = 0;
    while (n < line.len && (line.ptr[n] == ' ' || line.ptr[n] == '\t')) n++;
    return n;
}

typedef struct reader {
    gr_arena *arena;
    gr_entries *out;
    GR_VEC(gr_field) field; /* of the block being read */
    size_t field_indent;
    bool in_block;
} reader;

static void end_block(reader *r) {
    if (!r->in_block) return;
    gr_entry *entry = &r->out->item[r->out->count - 1];
    entry->field = r->field.item;
    entry->field_count = r->field.count;
    r->field.item = NULL;
    r->field.count = r->field.capacity = 0;
}

static gr_status read_line(reader *r, gr_slice line, gr_place_in_file at, gr_error *err) {
    size_t indent = indent_of(line);
    gr_slice rest = gr_trim(line);
    at.column = (uint32_t)indent + 1;
    if (indent == 0) {
        end_block(r);
        gr_slice keyword = gr_cut(&rest, ' ');
        gr_push(r->arena, r->out, (gr_entry){.keyword = keyword, .name = gr_trim(rest), .at = at});
        r->in_block = true;
        r->field_indent = 0;
        return GR_OK;
    }
    if (!r->in_block) return gr_fail_at(err, at, "an indented line needs a block above it");
    if (r->field.count && indent > r->field_indent) {
        gr_field *last = &r->field.item[r->field.count - 1];
        last->value = gr_printf(r->arena, "%.*s %.*s", GR_FMT(last->value), GR_FMT(rest));
        return GR_OK;
    }
    r->field_indent = indent;
    gr_slice name = gr_cut(&rest, ' ');
    at.column += (uint32_t)name.len + 1;
    gr_push(r->arena, &r->field, (gr_field){.name = name, .value = gr_trim(rest), .at = at});
    return GR_OK;
}

gr_status gr_read_blocks(gr_arena *arena, gr_slice bytes, gr_slice file, gr_entries *out, gr_error *err) {
    reader r = {.arena = arena, .out = out};
    gr_place_in_file at = {.file = file, .line = 0, .column = 1};
    while (bytes.ptr) {
        gr_slice line = gr_cut(&bytes, '\n');
        at.line++;
        if (!gr_utf8_valid(line))
            return gr_fail_at(err, at, "this line is not UTF-8; save the file as UTF-8");
        line = without_comment(line);
        if (gr_trim(line).len == 0) continue;
        gr_status status = read_line(&r, line, at, err);
        if (status != GR_OK) return status;
    }
    end_block(&r);
    return GR_OK;
}
