#include "know/actors_import.h"

#include "base/utf8.h"
#include "know/blocks.h"

#include <ctype.h>
#include <stdio.h>

/* One bracket: "[NERMIL 820101-850101]". Dates as ISO text, empty where the bracket gives none. */
typedef struct role {
    gr_slice code, since, until;
} role;

typedef struct entry {
    gr_slice name;
    GR_VEC(gr_slice) synonym;
    GR_VEC(role) role;
    uint32_t line;
} entry;

typedef struct importer {
    gr_arena *arena;
    const gr_knowledge *know;
    gr_slice file;
    gr_slice line; /* the whole one, for columns */
    uint32_t number;
    entry now;
    bool open; /* an entry has begun */
    gr_map ids;
    gr_buffer *out;
    gr_import_counts *counts;
    gr_error *err;
} importer;

static gr_status bad(importer *im, const char *at, const char *message) {
    char origin[256];
    size_t column =
        at >= im->line.ptr && at <= im->line.ptr + im->line.len ? (size_t)(at - im->line.ptr) + 1 : 1;
    snprintf(origin, sizeof origin, "%.*s:%u:%zu", GR_FMT(im->file), im->number, column);
    return gr_fail(im->err, GR_BAD_INPUT, origin, "%s", message);
}

/* ---- what a code means ---- */

typedef struct code_kind {
    const char *code, *kind;
} code_kind;

/* Role codes of CAMEO; those that are none of griot's kinds become `other`. */
static const code_kind role_kinds[] = {
    {"GOV", "government"},   {"LEG", "government"},   {"JUD", "government"}, {"MIL", "state-military"},
    {"COP", "state-police"}, {"SPY", "state-police"}, {"REB", "rebel"},      {"INS", "rebel"},
    {"SEP", "rebel"},        {"RAD", "rebel"},        {"IMG", "rebel"},      {"UAF", "militia"},
    {"CRM", "militia"},      {"PRM", "militia"},      {"CVL", "civilian"},   {"REF", "civilian"},
    {"NGO", "ngo"},          {"NGM", "ngo"},          {"HRI", "ngo"},        {"IGO", "io"},
    {"PKO", "external"},
};

static const char *kind_of_role(gr_slice three) {
    for (size_t i = 0; i < sizeof role_kinds / sizeof *role_kinds; i++)
        if (gr_eq(three, gr_slice_of(role_kinds[i].code))) return role_kinds[i].kind;
    return NULL;
}

static bool is_country(const importer *im, gr_slice three) {
    if (three.len != 3 || kind_of_role(three)) return false;
    return !im->know || gr_map_get(&im->know->countries, three) != GR_MAP_NONE;
}

/* The kind of the first role in a code ("NERMILELI": state-military), `other` where none is known. */
static const char *kind_of_code(const importer *im, gr_slice code) {
    for (size_t at = 0; at + 3 <= code.len; at += 3) {
        gr_slice three = gr_sub(code, at, at + 3);
        if (at == 0 && is_country(im, three)) continue;
        if (kind_of_role(three)) return kind_of_role(three);
    }
    return "other";
}

static bool is_null_code(gr_slice code) {
    return gr_eq(code, GR_S("~")) || gr_eq(code, GR_S("---")) || gr_eq(code, GR_S("###"));
}

/* ---- brackets ---- */

/* 820101 or 19820101 as ISO text. Two digits of a year from 30 on are of the last century. */
static bool read_date(importer *im, gr_slice digits, gr_slice *out) {
    uint64_t n;
    if ((digits.len != 6 && digits.len != 8) || !gr_parse_u64(digits, &n)) return false;
    unsigned year = (unsigned)(n / 10000), month = (unsigned)(n / 100 % 100), day = (unsigned)(n % 100);
    if (digits.len == 6) year += year < 30 ? 2000 : 1900;
    if (month > 12 || day > 31) return false;
    if (month == 0)
        *out = gr_printf(im->arena, "%04u", year);
    else if (day == 0)
        *out = gr_printf(im->arena, "%04u-%02u", year, month);
    else
        *out = gr_printf(im->arena, "%04u-%02u-%02u", year, month, day);
    return true;
}

/* "820101-850101", ">850101", "<820101" */
static gr_status read_dates(importer *im, gr_slice dates, role *r) {
    gr_slice rest = dates;
    bool good = true;
    if (gr_starts(dates, GR_S(">"))) {
        good = read_date(im, gr_trim(gr_sub(dates, 1, dates.len)), &r->since);
    } else if (gr_starts(dates, GR_S("<"))) {
        good = read_date(im, gr_trim(gr_sub(dates, 1, dates.len)), &r->until);
    } else {
        gr_slice first = gr_trim(gr_cut(&rest, '-'));
        good = read_date(im, first, &r->since) && (!rest.ptr || read_date(im, gr_trim(rest), &r->until));
        if (good && !rest.ptr) r->until = r->since;
    }
    if (!good)
        return bad(im, dates.ptr,
                   "is no date; a code is followed by 820101-850101, >850101 or <820101 (YYMMDD)");
    if (r->since.len && r->until.len && gr_compare(r->since, r->until) > 0)
        return bad(im, dates.ptr, "the dates are reversed; write the earlier one first");
    return GR_OK;
}

static bool is_code(gr_slice code) {
    for (size_t i = 0; i < code.len; i++)
        if (!isalnum((unsigned char)code.ptr[i]) && !strchr("/~*+-_", code.ptr[i])) return false;
    return code.len > 0 && code.len <= 64;
}

static gr_status read_brackets(importer *im, gr_slice text) {
    text = gr_trim(text);
    while (text.len) {
        if (text.ptr[0] != '[')
            return bad(im, text.ptr, "a code in square brackets is expected, such as [NERMIL]");
        const char *close = memchr(text.ptr, ']', text.len);
        if (!close) return bad(im, text.ptr, "the bracket is not closed; add ]");
        gr_slice inside = gr_trim((gr_slice){text.ptr + 1, (size_t)(close - text.ptr) - 1});
        role r = {.code = gr_cut(&inside, ' ')};
        inside = gr_trim(inside);
        if (!is_code(r.code))
            return bad(im, text.ptr,
                       "no code is in the bracket; write one of capitals and digits such as NERMIL");
        gr_status status = inside.len ? read_dates(im, inside, &r) : GR_OK;
        if (status != GR_OK) return status;
        gr_push(im->arena, &im->now.role, r);
        text = gr_trim((gr_slice){close + 1, (size_t)(text.ptr + text.len - close) - 1});
    }
    return GR_OK;
}

/* ---- names ---- */

/* "ABU_BAKR_AL-X_" -> "Abu Bakr Al-X": dictionaries are in capitals, in which griot would see acronyms. */
static gr_slice readable(importer *im, gr_slice name) {
    gr_slice out = {NULL, 0};
    while (name.len) {
        size_t end = 0, first = 0;
        while (end < name.len && !strchr("_ |-", name.ptr[end])) end++;
        if (end) {
            gr_slice word = gr_sub(name, 0, end);
            gr_utf8_next(word, &first);
            gr_slice rest = gr_lower(im->arena, gr_sub(word, first, end));
            out = gr_printf(im->arena, "%.*s%.*s%.*s", GR_FMT(out), (int)first, word.ptr, GR_FMT(rest));
        }
        if (end == name.len) break;
        bool doubled = out.len == 0 || out.ptr[out.len - 1] == ' ' || out.ptr[out.len - 1] == '-';
        if (!doubled) out = gr_printf(im->arena, "%.*s%c", GR_FMT(out), name.ptr[end] == '-' ? '-' : ' ');
        name = gr_sub(name, end + 1, name.len);
    }
    return gr_trim(out);
}

static bool is_short_word(gr_slice name) {
    return gr_utf8_length(name) <= 4 && !memchr(name.ptr, ' ', name.len);
}

static gr_slice id_for(importer *im, gr_slice name) {
    gr_slice key = gr_words_key(im->arena, name);
    char id[64];
    size_t n = 0;
    for (size_t i = 0; i < key.len && n < 48; i++) {
        char c = key.ptr[i];
        if (isalnum((unsigned char)c))
            id[n++] = c;
        else if (c == ' ' && n && id[n - 1] != '-')
            id[n++] = '-';
    }
    while (n && id[n - 1] == '-') n--;
    gr_slice base = n ? gr_copy(im->arena, (gr_slice){id, n}) : GR_S("actor"), unique = base;
    for (unsigned k = 2; gr_map_get(&im->ids, unique) != GR_MAP_NONE; k++)
        unique = gr_printf(im->arena, "%.*s-%u", GR_FMT(base), k);
    gr_map_set(im->arena, &im->ids, unique, 1);
    return unique;
}

/* ---- writing ---- */

static void write_names(importer *im, const entry *e) {
    bool any = false;
    for (uint32_t i = 0; i <= e->synonym.count; i++) {
        gr_slice raw = i ? e->synonym.item[i - 1] : e->name, name = readable(im, raw);
        if (!name.len || is_short_word(name)) continue;
        gr_buffer_printf(im->out, any ? " |\n            %.*s" : "  en        %.*s", GR_FMT(name));
        any = true;
        im->counts->names++;
    }
    if (any) gr_buffer_byte(im->out, '\n');
    any = false;
    for (uint32_t i = 0; i <= e->synonym.count; i++) {
        gr_slice name = readable(im, i ? e->synonym.item[i - 1] : e->name);
        if (!name.len || !is_short_word(name)) continue;
        gr_buffer_printf(im->out, any ? " " : "  acronym   ");
        for (size_t at = 0; at < name.len;)
            gr_buffer_code_point(im->out, gr_to_upper(gr_utf8_next(name, &at)));
        any = true;
        im->counts->names++;
    }
    if (any) gr_buffer_byte(im->out, '\n');
}

static void write_roles(importer *im, const entry *e) {
    for (uint32_t i = 0; i < e->role.count; i++) {
        const role *r = &e->role.item[i];
        gr_buffer_printf(im->out, "  code      %.*s", GR_FMT(r->code));
        if (r->since.len || r->until.len)
            gr_buffer_printf(im->out, " %.*s..%.*s", GR_FMT(r->since), GR_FMT(r->until));
        gr_buffer_byte(im->out, '\n');
    }
}

/* From the first day of the first role to the last of the last, where every role is dated at that end. */
static void write_span(importer *im, const entry *e) {
    gr_slice since = {NULL, 0}, until = {NULL, 0};
    bool begun = true, ended = true;
    for (uint32_t i = 0; i < e->role.count; i++) {
        const role *r = &e->role.item[i];
        begun = begun && r->since.len;
        ended = ended && r->until.len;
        if (!since.len || (r->since.len && gr_compare(r->since, since) < 0)) since = r->since;
        if (!until.len || (r->until.len && gr_compare(r->until, until) > 0)) until = r->until;
    }
    if (begun && since.len) gr_buffer_printf(im->out, "  since     %.*s\n", GR_FMT(since));
    if (ended && until.len) gr_buffer_printf(im->out, "  until     %.*s\n", GR_FMT(until));
}

/* Of roles in time the latest whose code says what the actor is; of alternatives ("NGO/IGO") the first. */
static gr_slice deciding_code(const importer *im, const entry *e) {
    gr_slice best = {NULL, 0};
    for (uint32_t i = e->role.count; i-- > 0;) {
        gr_slice rest = e->role.item[i].code, code = gr_cut(&rest, '/');
        if (!best.ptr) best = code;
        if (strcmp(kind_of_code(im, code), "other") != 0) return code;
    }
    return best;
}

static void write_entry(importer *im, const entry *e) {
    gr_slice code = deciding_code(im, e), name = readable(im, e->name);
    gr_slice country = gr_sub(code, 0, 3);
    if (is_null_code(code)) {
        im->counts->nulls++;
        return;
    }
    if (code.len == 3 && is_country(im, country)) {
        im->counts->countries++;
        return;
    }
    gr_slice id = id_for(im, name);
    gr_buffer_printf(im->out, "%sactor %.*s\n  name      %.*s\n  kind      %s\n", im->out->len ? "\n" : "",
                     GR_FMT(id), GR_FMT(name), kind_of_code(im, code));
    if (is_country(im, country)) gr_buffer_printf(im->out, "  country   %.*s\n", GR_FMT(country));
    write_names(im, e);
    write_roles(im, e);
    write_span(im, e);
    gr_buffer_printf(im->out, "  # source: %.*s:%u\n", GR_FMT(im->file), e->line);
    im->counts->actors++;
}

static gr_status end_entry(importer *im) {
    if (!im->open) return GR_OK;
    im->open = false;
    if (!im->now.role.count) {
        char origin[256];
        snprintf(origin, sizeof origin, "%.*s:%u:1", GR_FMT(im->file), im->now.line);
        return gr_fail(im->err, GR_BAD_INPUT, origin,
                       "this name has no code; add one in brackets, such as [NERMIL]");
    }
    if (im->counts->actors == GR_MAX_IMPORTED_ACTORS)
        return gr_fail(im->err, GR_TOO_LARGE, im->file.ptr, "more than %u actors; split the file",
                       GR_MAX_IMPORTED_ACTORS);
    write_entry(im, &im->now);
    return GR_OK;
}

/* ---- lines ---- */

static gr_slice without_comment(gr_slice line) {
    for (size_t i = 0; i < line.len; i++)
        if (line.ptr[i] == ';' || line.ptr[i] == '#') return gr_sub(line, 0, i);
    return line;
}

static bool has_letter(gr_slice text) {
    for (size_t at = 0; at < text.len;) {
        uint32_t c = gr_utf8_next(text, &at);
        if (gr_is_letter(c) || gr_is_digit(c)) return true;
    }
    return false;
}

static gr_status take_name(importer *im, gr_slice text, bool synonym) {
    const char *open = memchr(text.ptr, '[', text.len);
    gr_slice name = gr_trim(open ? gr_sub(text, 0, (size_t)(open - text.ptr)) : text);
    if (!has_letter(name)) return bad(im, text.ptr, "a name is expected here, such as NIGER_ARMY_ [NERMIL]");
    if (name.len > 200) return bad(im, text.ptr, "this name is longer than 200 bytes; is it one line?");
    if (synonym) {
        if (!im->open) return bad(im, text.ptr, "a synonym (+) needs a name above it");
        gr_push(im->arena, &im->now.synonym, name);
    } else {
        gr_status status = end_entry(im);
        if (status != GR_OK) return status;
        im->now = (entry){.name = name, .line = im->number};
        im->open = true;
    }
    return open ? read_brackets(im, (gr_slice){open, (size_t)(text.ptr + text.len - open)}) : GR_OK;
}

static gr_status read_line(importer *im) {
    if (!gr_utf8_valid(im->line))
        return bad(im, im->line.ptr, "this line is not UTF-8; save the file as UTF-8");
    for (size_t i = 0; i < im->line.len; i++)
        if ((unsigned char)im->line.ptr[i] < ' ' && !isspace((unsigned char)im->line.ptr[i]))
            return bad(im, im->line.ptr + i, "a control character stands here; is this a text file?");
    gr_slice text = gr_trim(without_comment(im->line));
    if (!text.len) return GR_OK;
    if (text.ptr[0] == '+') return take_name(im, gr_trim(gr_sub(text, 1, text.len)), true);
    if (text.ptr[0] != '[') return take_name(im, text, false);
    if (!im->open) return bad(im, text.ptr, "a code needs a name before it");
    return read_brackets(im, text);
}

gr_status gr_actors_import(gr_arena *arena, const gr_knowledge *know, gr_slice bytes, gr_slice file,
                           gr_buffer *out, gr_import_counts *counts, gr_error *err) {
    importer im = {.arena = arena, .know = know, .file = file, .out = out, .counts = counts, .err = err};
    *counts = (gr_import_counts){0};
    if (gr_starts(bytes, GR_S("\xEF\xBB\xBF"))) bytes = gr_sub(bytes, 3, bytes.len);
    while (bytes.ptr) {
        im.line = gr_cut(&bytes, '\n');
        im.number++;
        gr_status status = read_line(&im);
        if (status != GR_OK) return status;
    }
    gr_status status = end_entry(&im);
    if (status == GR_OK && out->failed)
        status = gr_fail(err, GR_NO_MEMORY, file.ptr, "out of memory while importing actors");
    return status;
}
