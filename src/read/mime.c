#include "read/mime.h"

#include "read/formats.h"
#include "read/parts_internal.h"

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool gr_mime_same(gr_slice a, const char *b) {
    size_t n = strlen(b);
    if (a.len != n) return false;
    for (size_t i = 0; i < n; i++)
        if (lower(a.ptr[i]) != b[i]) return false;
    return true;
}

gr_slice gr_mime_header(gr_slice head, const char *name) {
    size_t n = strlen(name);
    while (head.len) {
        gr_slice line = gr_cut(&head, '\n');
        if (line.len <= n || line.ptr[n] != ':' || !gr_mime_same(gr_sub(line, 0, n), name)) continue;
        const char *end = line.ptr + line.len;
        while (head.len && (head.ptr[0] == ' ' || head.ptr[0] == '\t')) {
            gr_slice more = gr_cut(&head, '\n');
            end = more.ptr + more.len;
        }
        return gr_trim((gr_slice){line.ptr + n + 1, (size_t)(end - line.ptr) - n - 1});
    }
    return GR_S("");
}

void gr_mime_cut(gr_slice whole, gr_slice *head, gr_slice *body) {
    gr_slice rest = whole;
    while (rest.len) {
        const char *begin = rest.ptr;
        gr_slice line = gr_cut(&rest, '\n');
        if (line.len && !(line.len == 1 && line.ptr[0] == '\r')) continue;
        *head = (gr_slice){whole.ptr, (size_t)(begin - whole.ptr)};
        *body = rest.ptr ? rest : GR_S("");
        return;
    }
    *head = whole;
    *body = GR_S("");
}

static int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void decode_quoted(gr_slice s, bool word, gr_buffer *out) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '=' && i + 2 < s.len && hex(s.ptr[i + 1]) >= 0 && hex(s.ptr[i + 2]) >= 0) {
            gr_buffer_byte(out, (char)(hex(s.ptr[i + 1]) * 16 + hex(s.ptr[i + 2])));
            i += 2;
        } else if (c == '=' && !word && i + 1 < s.len && (s.ptr[i + 1] == '\n' || s.ptr[i + 1] == '\r')) {
            i += s.ptr[i + 1] == '\r' && i + 2 < s.len && s.ptr[i + 2] == '\n' ? 2 : 1;
        } else {
            gr_buffer_byte(out, word && c == '_' ? ' ' : c);
        }
    }
}

static int base64_value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static void decode_base64(gr_slice s, gr_buffer *out) {
    uint32_t bits = 0;
    unsigned held = 0;
    for (size_t i = 0; i < s.len && s.ptr[i] != '='; i++) {
        int value = base64_value(s.ptr[i]);
        if (value < 0) continue;
        bits = (bits << 6 | (uint32_t)value) & 0xFFFFFF;
        held += 6;
        if (held < 8) continue;
        held -= 8;
        gr_buffer_byte(out, (char)(bits >> held & 0xFF));
    }
}

void gr_mime_decode(gr_slice body, gr_slice encoding, gr_buffer *out) {
    if (gr_mime_same(encoding, "base64"))
        decode_base64(body, out);
    else if (gr_mime_same(encoding, "quoted-printable"))
        decode_quoted(body, false, out);
    else
        gr_buffer_add(out, body);
}

static void add_text(gr_slice bytes, gr_slice charset, gr_buffer *out) {
    uint32_t bad;
    if (gr_add_decoded(bytes, charset, out, &bad, NULL) != GR_OK) out->failed = true;
}

/* "=?utf-8?Q?Attaque_=C3=A0_T=C3=A9ra?=" at the beginning of s: its length, or 0. */
static size_t read_word(gr_slice s, gr_buffer *out) {
    if (!gr_starts(s, GR_S("=?"))) return 0;
    gr_slice rest = gr_sub(s, 2, s.len);
    gr_slice charset = gr_cut(&rest, '?'), how = gr_cut(&rest, '?');
    if (!rest.ptr || how.len != 1 || !charset.len || charset.len > 40) return 0;
    gr_slice coded = gr_cut(&rest, '?');
    if (!rest.len || rest.ptr[0] != '=') return 0;
    gr_buffer bytes = {0};
    if (lower(how.ptr[0]) == 'b')
        decode_base64(coded, &bytes);
    else
        decode_quoted(coded, true, &bytes);
    add_text(gr_buffer_slice(&bytes), gr_cut(&charset, '*'), out);
    gr_buffer_free(&bytes);
    return (size_t)(rest.ptr + 1 - s.ptr);
}

/* Blanks between two encoded words are no text (RFC 2047, 6.2). */
void gr_mime_words(gr_slice value, gr_buffer *out) {
    gr_buffer line = {0};
    gr_slice s = value;
    bool after_word = false;
    while (s.len) {
        size_t blanks = 0;
        while (blanks < s.len && strchr(" \t\r\n", s.ptr[blanks]) && s.ptr[blanks]) blanks++;
        gr_slice rest = gr_sub(s, blanks, s.len);
        if (blanks && line.len && !(after_word && gr_starts(rest, GR_S("=?")))) gr_buffer_byte(&line, ' ');
        size_t used = read_word(rest, &line);
        after_word = used > 0;
        if (!used) {
            while (used < rest.len && !strchr(" \t\r\n", rest.ptr[used])) used++;
            if (!used && rest.len) used = 1; /* a NUL */
            add_text(gr_sub(rest, 0, used), GR_S(""), &line);
        }
        s = gr_sub(rest, used, rest.len);
    }
    if (line.failed) out->failed = true;
    gr_buffer_add(out, gr_buffer_slice(&line));
    gr_buffer_free(&line);
}

static gr_slice cut_parameter(gr_slice *rest) {
    bool quoted = false;
    for (size_t i = 0; i < rest->len; i++) {
        if (rest->ptr[i] == '"') quoted = !quoted;
        if (rest->ptr[i] != ';' || quoted) continue;
        gr_slice one = gr_sub(*rest, 0, i);
        *rest = gr_sub(*rest, i + 1, rest->len);
        return one;
    }
    gr_slice one = *rest;
    *rest = GR_S("");
    return one;
}

/* "utf-8''attaque%20T%C3%A9ra.docx" */
static void add_extended(gr_slice value, gr_buffer *out) {
    gr_buffer bytes = {0};
    gr_slice rest = value, charset = gr_cut(&rest, '\'');
    gr_cut(&rest, '\'');
    for (size_t i = 0; i < rest.len; i++) {
        bool coded =
            rest.ptr[i] == '%' && i + 2 < rest.len && hex(rest.ptr[i + 1]) >= 0 && hex(rest.ptr[i + 2]) >= 0;
        gr_buffer_byte(&bytes,
                       coded ? (char)(hex(rest.ptr[i + 1]) * 16 + hex(rest.ptr[i + 2])) : rest.ptr[i]);
        if (coded) i += 2;
    }
    add_text(gr_buffer_slice(&bytes), charset, out);
    gr_buffer_free(&bytes);
}

bool gr_mime_parameter(gr_slice value, const char *name, gr_buffer *out) {
    gr_slice rest = value;
    size_t n = strlen(name);
    cut_parameter(&rest);
    while (rest.len) {
        gr_slice one = gr_trim(cut_parameter(&rest));
        bool extended = one.len > n && one.ptr[n] == '*';
        if (one.len <= n + extended || one.ptr[n + extended] != '=' || !gr_mime_same(gr_sub(one, 0, n), name))
            continue;
        gr_slice given = gr_trim(gr_sub(one, n + 1 + extended, one.len));
        if (given.len >= 2 && given.ptr[0] == '"') {
            given = gr_sub(given, 1, given.len);
            if (gr_ends(given, GR_S("\""))) given.len--;
        }
        if (extended)
            add_extended(given, out);
        else
            gr_mime_words(given, out);
        return true;
    }
    return false;
}

void gr_mime_type(gr_slice value, char out[64]) {
    gr_slice type = gr_trim(cut_parameter(&value));
    size_t n = 0;
    for (; n < type.len && n < 63; n++) out[n] = lower(type.ptr[n]);
    out[n] = '\0';
}
