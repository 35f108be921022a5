/* What formats say of a document: days, languages, titles, encodings. */
#include "read/parts_internal.h"

#include "base/utf8.h"

#include <stdio.h>

static int number_at(gr_slice s, size_t at, size_t digits) {
    int value = 0;
    if (at + digits > s.len) return -1;
    for (size_t i = at; i < at + digits; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return -1;
        value = value * 10 + s.ptr[i] - '0';
    }
    return value;
}

static bool put_day(int year, int month, int day, char out[11]) {
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > days[month - 1])
        return false;
    if (month == 2 && day == 29 && (year % 4 || (year % 100 == 0 && year % 400))) return false;
    snprintf(out, 11, "%04d-%02d-%02d", year % 10000, month % 100, day % 100);
    return true;
}

static int month_of(gr_slice word) {
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    if (word.len < 3) return 0;
    char key[3] = {(char)(word.ptr[0] | 32), (char)(word.ptr[1] | 32), (char)(word.ptr[2] | 32)};
    for (int i = 0; i < 12; i++)
        if (memcmp(key, names + (size_t)i * 3, 3) == 0) return i + 1;
    return 0;
}

/* A day, a month by its name and a year among the first words: "Sat, 10 Feb 2024", "Sat Feb 10 ... 2024". */
static bool day_in_words(gr_slice s, char out[11]) {
    int year = 0, month = 0, day = 0;
    for (unsigned words = 0; s.len && words < 7; words++) {
        while (s.len && (s.ptr[0] == ' ' || s.ptr[0] == ',' || s.ptr[0] == '-')) s = gr_sub(s, 1, s.len);
        size_t n = 0;
        while (n < s.len && s.ptr[n] != ' ' && s.ptr[n] != ',' && s.ptr[n] != '-') n++;
        gr_slice word = gr_sub(s, 0, n);
        s = gr_sub(s, n, s.len);
        int value = word.len <= 4 && word.len ? number_at(word, 0, word.len) : -1;
        if (word.len == 4 && value > 0 && !year)
            year = value;
        else if (word.len <= 2 && value > 0 && !day)
            day = value;
        else if (!month && value < 0)
            month = month_of(word);
    }
    return put_day(year, month, day, out);
}

static bool day_since_1970(gr_slice s, char out[11]) {
    uint64_t seconds;
    if ((s.len != 10 && s.len != 13) || !gr_parse_u64(s, &seconds)) return false;
    if (s.len == 13) seconds /= 1000;
    /* Days to civil: Howard Hinnant, chrono-Compatible Low-Level Date Algorithms, civil_from_days. */
    int64_t z = (int64_t)(seconds / 86400) + 719468, era = z / 146097, of_era = z - era * 146097;
    int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t m = (5 * day_of_year + 2) / 153, month = m < 10 ? m + 3 : m - 9;
    return put_day((int)(year_of_era + era * 400 + (month <= 2)), (int)month,
                   (int)(day_of_year - (153 * m + 2) / 5 + 1), out);
}

void gr_take_day(gr_slice text, char day[11]) {
    day[0] = '\0';
    gr_slice s = gr_trim(text);
    if (gr_starts(s, GR_S("D:"))) s = gr_sub(s, 2, s.len); /* PDF */
    if (day_since_1970(s, day)) return;
    int year = number_at(s, 0, 4);
    if (year > 0 && s.len >= 10 && s.ptr[4] == '-' && s.ptr[7] == '-' &&
        put_day(year, number_at(s, 5, 2), number_at(s, 8, 2), day))
        return;
    if (year > 0 && put_day(year, number_at(s, 4, 2), number_at(s, 6, 2), day)) return;
    day_in_words(s, day);
}

void gr_take_lang(gr_slice text, char lang[4]) {
    gr_slice s = gr_trim(text);
    lang[0] = '\0';
    if (s.len < 2 || (s.len > 2 && s.ptr[2] != '-' && s.ptr[2] != '_')) return;
    char a = (char)(s.ptr[0] | 32), b = (char)(s.ptr[1] | 32);
    if (a < 'a' || a > 'z' || b < 'a' || b > 'z') return;
    lang[0] = a;
    lang[1] = b;
    lang[2] = '\0';
}

/* A tag or a character reference, as in bodies of feeds and APIs. */
static bool is_marked_up(gr_slice s) {
    for (size_t i = 0; i + 3 < s.len; i++) {
        char next = s.ptr[i + 1];
        bool letter = (next | 32) >= 'a' && (next | 32) <= 'z';
        if (s.ptr[i] == '<' && (letter || next == '/' || next == '!') && memchr(s.ptr + i, '>', s.len - i))
            return true;
        if (s.ptr[i] != '&' || (!letter && next != '#')) continue;
        size_t end = i + 2;
        while (end < s.len && end < i + 10 && s.ptr[end] != ';' && s.ptr[end] != ' ') end++;
        if (end < s.len && s.ptr[end] == ';') return true;
    }
    return false;
}

static void add_valid(gr_slice s, gr_buffer *out) {
    if (gr_utf8_valid(s)) {
        gr_buffer_add(out, s);
        return;
    }
    for (size_t at = 0; at < s.len;) gr_buffer_code_point(out, gr_utf8_next(s, &at));
}

gr_status gr_add_marked_up(gr_slice text, gr_buffer *out, gr_error *err) {
    if (!is_marked_up(text)) {
        add_valid(text, out);
        return GR_OK;
    }
    gr_buffer valid = {0};
    gr_page_meta ignored = {0};
    /* A paragraph around it, so that a text which only has references is still one. */
    gr_buffer_add(&valid, GR_S("<div>"));
    add_valid(text, &valid);
    gr_buffer_add(&valid, GR_S("</div>"));
    for (size_t i = 0; i < valid.len; i++)
        if (valid.ptr[i] == '\0') valid.ptr[i] = ' ';
    gr_status status =
        valid.failed ? gr_out_of_memory(err) : gr_read_html(gr_buffer_slice(&valid), out, &ignored, err);
    gr_buffer_free(&valid);
    return status;
}

gr_slice gr_one_line(gr_buffer *into, gr_slice text) {
    bool gap = false;
    gr_buffer_clear(into);
    for (size_t at = 0; at < text.len;) {
        uint32_t c = gr_utf8_next(text, &at);
        bool blank = c <= ' ' || c == 0x7F || gr_is_space(c);
        if (!blank && gap && into->len) gr_buffer_byte(into, ' ');
        if (!blank) gr_buffer_code_point(into, c);
        gap = blank;
    }
    return gr_buffer_slice(into);
}

void gr_join_title(gr_buffer *out, gr_slice title, gr_slice body) {
    if (title.len && !gr_starts(body, title)) {
        gr_buffer_add(out, title);
        if (body.len) gr_buffer_add(out, GR_S("\n\n"));
    }
    gr_buffer_add(out, body);
}

gr_status gr_add_decoded(gr_slice bytes, gr_slice charset, gr_buffer *out, uint32_t *bad, gr_error *err) {
    char name[32] = "";
    for (size_t i = 0; i < charset.len && i < sizeof name - 1; i++) {
        char c = charset.ptr[i];
        name[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    gr_slice given = gr_slice_of(name);
    const char *encoding = name;
    if (gr_is(given, "iso-8859-1") || gr_is(given, "latin1") || gr_is(given, "us-ascii"))
        encoding = "windows-1252"; /* WHATWG Encoding, section 4.2 */
    if (gr_utf8_valid(bytes) && !gr_starts(given, GR_S("utf-16")) && !gr_starts(given, GR_S("iso-2022")) &&
        !gr_starts(given, GR_S("utf-7")))
        encoding = "utf-8";
    if (!encoding[0] || gr_is(given, "utf8") || !gr_encoding_known(encoding))
        encoding = gr_guess_encoding(bytes);
    return gr_to_utf8(bytes, encoding, out, bad, err);
}
