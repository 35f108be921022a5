#include "text/split.h"

#include "base/utf8.h"

#define DATELINE_TOKENS_MAX 28u
#define PLACE_WORDS_MAX 6u

/* A cursor over the words and marks of a span. */
typedef struct cursor {
    gr_slice text;
    size_t at, end;
} cursor;

typedef struct piece {
    size_t begin, end;
    uint32_t first; /* its first code point; 0 at the end of the span */
} piece;

static bool in_word(uint32_t c) {
    return gr_is_letter(c) || gr_is_digit(c) || gr_is_apostrophe(c) || c == '.' || (c >= 0x300 && c < 0x370);
}

/* A run of letters, digits, apostrophes and points, with hyphens between letters; or one mark; -- is one. */
static piece peek_piece(cursor c) {
    size_t next;
    while (c.at < c.end && gr_is_blank(gr_peek(c.text, c.at, c.end, &next))) c.at = next;
    piece p = {c.at, c.at, gr_peek(c.text, c.at, c.end, &next)};
    if (c.at >= c.end) return p;
    p.end = next;
    if (p.first == '-')
        while (p.end < c.end && c.text.ptr[p.end] == '-') p.end++;
    if (!in_word(p.first)) return p;
    while (p.end < c.end) {
        uint32_t letter = gr_peek(c.text, p.end, c.end, &next);
        bool hyphen = letter == '-' && gr_is_letter(gr_peek(c.text, next, c.end, NULL));
        if (!in_word(letter) && !hyphen) break;
        p.end = next;
    }
    return p;
}

static gr_slice words_of(cursor c, piece p) {
    gr_slice s = {c.text.ptr + p.begin, p.end - p.begin};
    if (s.len > 1 && s.ptr[s.len - 1] == '.') s.len--;
    return s;
}

static bool is_all_upper(gr_slice s) {
    uint32_t letters = 0;
    for (size_t at = 0; at < s.len;) {
        uint32_t c = gr_utf8_next(s, &at);
        if (gr_is_lower(c)) return false;
        letters += gr_is_upper(c);
    }
    return letters >= 2;
}

static bool is_figure(gr_slice s, uint64_t low, uint64_t high) {
    uint64_t value;
    return gr_parse_u64(s, &value) && value >= low && value <= high;
}

static bool is_weekday(gr_slice s) {
    static const char *const names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    if (s.len < 3 || s.len > 9) return false;
    for (size_t i = 0; i < 7; i++)
        if ((s.ptr[0] | 32) == names[i][0] && (s.ptr[1] | 32) == names[i][1] &&
            (s.ptr[2] | 32) == names[i][2])
            return s.len == 3 || gr_ends(s, GR_S("day")) || gr_ends(s, GR_S("DAY")) || s.len <= 5;
    return false;
}

/* "3 October 2023", "Jan 5", "8 JAN 90", "Oct. 3, 2023", "October 2023", also after a weekday; leaves the
 * cursor behind it. */
static bool take_date(cursor *c, size_t *begin, size_t *end) {
    cursor at = *c;
    piece p = peek_piece(at);
    *begin = p.begin;
    if (is_weekday(words_of(at, p))) {
        at.at = p.end;
        p = peek_piece(at);
        if (p.first == ',') at.at = p.end, p = peek_piece(at);
    }
    bool day = is_figure(words_of(at, p), 1, 31), month = false;
    if (day) at.at = p.end, p = peek_piece(at);
    month = gr_is_month(words_of(at, p));
    if (!month) return false;
    at.at = *end = p.end;
    p = peek_piece(at);
    if (!day && is_figure(words_of(at, p), 1, 31)) {
        day = true;
        at.at = *end = p.end;
        p = peek_piece(at);
    }
    if (p.first == ',') {
        cursor behind = {at.text, p.end, at.end};
        piece year = peek_piece(behind);
        if (is_figure(words_of(behind, year), 1900, 2100)) at = behind, p = year;
    }
    bool year = is_figure(words_of(at, p), 1900, 2100) || (day && is_figure(words_of(at, p), 32, 99));
    if (year) at.at = *end = p.end;
    *c = at;
    return day || year;
}

/* "(Reuters)", "[TEXT]": at most four words; leaves the cursor behind it. */
static bool take_agency(cursor *c) {
    cursor at = *c;
    piece p = peek_piece(at);
    if (p.first != '(' && p.first != '[') return false;
    uint32_t close = p.first == '(' ? ')' : ']';
    for (unsigned i = 0; i < 8; i++) {
        at.at = p.end;
        p = peek_piece(at);
        if (p.first == 0) return false;
        if (p.first == close && i > 0) {
            c->at = p.end;
            return true;
        }
    }
    return false;
}

static bool is_dash(const cursor *c, piece p) {
    if (p.first == 0x2013 || p.first == 0x2014) return true;
    return p.first == '-' && p.end - p.begin <= 2 &&
           (p.end == c->end || gr_is_blank((unsigned char)c->text.ptr[p.end]) || p.end - p.begin == 2);
}

/* Words of a place: capitalised, with particles between; leaves the cursor behind them. */
static bool take_place(cursor *c, size_t *end, bool *upper) {
    unsigned words = 0;
    *upper = true;
    for (unsigned i = 0; i < PLACE_WORDS_MAX; i++) {
        piece p = peek_piece(*c);
        gr_slice word = words_of(*c, p);
        bool particle =
            words && (gr_eq(word, GR_S("de")) || gr_eq(word, GR_S("of")) || gr_eq(word, GR_S("el")) ||
                      gr_eq(word, GR_S("la")) || gr_eq(word, GR_S("the")) || gr_eq(word, GR_S("al")));
        if (!gr_is_upper(p.first) && !particle) break;
        if (gr_is_month(word) || is_weekday(word)) break;
        c->at = p.end;
        if (particle) continue;
        *upper = *upper && is_all_upper(word);
        *end = p.end;
        words++;
    }
    return words > 0;
}

/* ", Niger", "/Ouagadougou": more of the place. */
static void take_more_places(cursor *c, size_t *end) {
    for (unsigned i = 0; i < 2; i++) {
        cursor at = *c;
        piece p = peek_piece(at);
        bool upper;
        if (p.first != ',' && p.first != '/') return;
        at.at = p.end;
        if (!take_place(&at, end, &upper)) return;
        *c = at;
    }
}

bool gr_find_dateline(gr_slice text, size_t begin, size_t end, bool alone, gr_dateline *out) {
    cursor c = {text, begin, end};
    piece p = peek_piece(c);
    size_t place_b = p.begin, place_end = p.begin, date_b = 0, date_end = 0;
    bool upper, date = false, agency = false;
    *out = (gr_dateline){0};
    gr_slice first = words_of(c, p);
    if (gr_is_starter(first, GR_TONGUE_EN) && !gr_eq(first, GR_S("THE")) && !gr_eq(first, GR_S("The")))
        return false;
    if (!take_place(&c, &place_end, &upper)) return false;
    agency = take_agency(&c);
    if (!agency) take_more_places(&c, &place_end);
    cursor comma = c;
    p = peek_piece(c);
    if (p.first == ',' || p.first == ':') comma.at = p.end;
    date = take_date(&comma, &date_b, &date_end);
    if (date) c = comma;
    agency |= take_agency(&c);
    p = peek_piece(c);
    bool dash = is_dash(&c, p);
    if (dash) c.at = p.end;
    if (alone) {
        p = peek_piece(c);
        if (!date || p.first != 0) return false;
    } else {
        if (!dash || !(date || agency || (upper && p.first != 0)) || peek_piece(c).first == 0) return false;
        while (take_agency(&c)) {
        }
    }
    *out = (gr_dateline){.off_b = (uint32_t)begin,
                         .len_b = (uint32_t)(c.at - begin),
                         .place_off_b = (uint32_t)place_b,
                         .place_len_b = (uint32_t)(place_end - place_b),
                         .date_off_b = date ? (uint32_t)date_b : 0,
                         .date_len_b = date ? (uint32_t)(date_end - date_b) : 0};
    return true;
}
