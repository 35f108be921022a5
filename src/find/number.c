#include "find/number.h"

#include "base/utf8.h"
#include "find/quantity.h"

#define WORD_MAX_B 24u /* longer words stand in no table */

static gr_wordlist english(void) {
    return (gr_wordlist){
        .lang = GR_S("en"),
        .phrase = gr_number_phrases_en,
        .phrase_count = gr_number_phrases_en_count,
        .measure = gr_measure_words_en,
        .measure_count = gr_measure_words_en_count,
        .number = gr_number_words_en,
        .number_count = gr_number_words_en_count,
        .time = gr_time_words_en,
        .time_count = gr_time_words_en_count,
    };
}

static gr_wordlist french(void) {
    return (gr_wordlist){
        .lang = GR_S("fr"),
        .phrase = gr_number_phrases_fr,
        .phrase_count = gr_number_phrases_fr_count,
        .measure = gr_measure_words_fr,
        .measure_count = gr_measure_words_fr_count,
        .number = gr_number_words_fr,
        .number_count = gr_number_words_fr_count,
        .time = gr_time_words_fr,
        .time_count = gr_time_words_fr_count,
        .comma_decimal = true,
        .small_names = true,
    };
}

bool gr_wordlist_of(gr_slice lang, gr_wordlist *out) {
    *out = gr_eq(lang, GR_S("fr")) ? french() : english();
    return gr_eq(lang, out->lang);
}

static char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Lower case into `low`, apostrophes plain; the length, or 0 where the word is too long for any table. */
static size_t lower_word(gr_slice form, char low[WORD_MAX_B]) {
    size_t len = 0;
    if (gr_is_ascii(form)) {
        if (form.len > WORD_MAX_B) return 0;
        for (; len < form.len; len++) low[len] = ascii_lower(form.ptr[len]);
        return len;
    }
    for (size_t at = 0; at < form.len;) {
        size_t from = at;
        uint32_t c = gr_utf8_next(form, &at);
        uint32_t lower = c == 0x2019 ? '\'' : gr_to_lower(c);
        if (lower < 0x80) {
            if (len + 1 > WORD_MAX_B) return 0;
            low[len++] = (char)lower;
        } else if (lower < 0x800 && at - from == 2) {
            if (len + 2 > WORD_MAX_B) return 0;
            low[len++] = (char)(0xC0 | lower >> 6);
            low[len++] = (char)(0x80 | (lower & 0x3F));
        } else {
            return 0;
        }
    }
    return len;
}

/* As gr_compare: most pairs differ in the first byte. */
static int order_of(gr_slice low, const char *word) {
    size_t i = 0;
    while (i < low.len && word[i] && low.ptr[i] == word[i]) i++;
    return (i < low.len ? (unsigned char)low.ptr[i] : 0) - (unsigned char)word[i];
}

static const gr_lexeme *lookup(const gr_lexeme *table, uint32_t count, gr_slice low) {
    uint32_t from = 0, to = count;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        int order = order_of(low, table[middle].word);
        if (order == 0) return &table[middle];
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return NULL;
}

static void classify(gr_atom *atom, const gr_wordlist *list) {
    char low[WORD_MAX_B];
    size_t len = lower_word(atom->form, low);
    if (!len) return;
    gr_slice word = {low, len};
    const gr_lexeme *number = lookup(list->number, list->number_count, word);
    const gr_lexeme *time = lookup(list->time, list->time_count, word);
    if (number) atom->number = (uint8_t)number->of, atom->number_value = number->value;
    if (time) atom->time = (uint8_t)time->of, atom->time_value = time->value;
}

const gr_lexeme *gr_measure_word(const gr_wordlist *list, const gr_atom *atom) {
    char low[WORD_MAX_B];
    size_t len = atom->kind == GR_ATOM_WORD ? lower_word(atom->form, low) : 0;
    return len ? lookup(list->measure, list->measure_count, (gr_slice){low, len}) : NULL;
}

static bool is_ascii_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

static bool is_apostrophe(uint32_t c) {
    return c == '\'' || c == 0x2019;
}

/* The end of the run of letters that starts at `at`: a dot or an apostrophe belongs to it in front of a
 * letter, as in "a.m" or "o'clock". */
static size_t word_end(gr_slice form, size_t at) {
    while (at < form.len && ascii_lower(form.ptr[at]) >= 'a' && ascii_lower(form.ptr[at]) <= 'z') at++;
    size_t end = at;
    while (at < form.len) {
        uint32_t c = gr_utf8_next(form, &at);
        if (c == '.' || is_apostrophe(c)) {
            size_t ahead = at;
            if (ahead == form.len || !gr_is_letter(gr_utf8_next(form, &ahead))) break;
        } else if (is_ascii_digit(c) || (c < 0x80 && !gr_is_letter(c)) || (c >= 0x2000 && c < 0x2070)) {
            break;
        }
        end = at;
    }
    return end;
}

static size_t digits_end(gr_slice form, size_t at) {
    while (at < form.len && is_ascii_digit((unsigned char)form.ptr[at])) at++;
    return at;
}

static char mark_of(uint32_t c) {
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) return '-';
    if (is_apostrophe(c)) return '\'';
    return c < 0x80 ? (char)c : 0x7f;
}

static gr_atom read_atom(gr_slice form, size_t *at, const gr_wordlist *list) {
    size_t begin = *at, next = *at;
    uint32_t c = gr_utf8_next(form, &next);
    gr_atom atom = {0};
    if (is_ascii_digit(c)) {
        next = digits_end(form, begin);
        atom.kind = GR_ATOM_DIGITS;
        atom.digits = (uint8_t)(next - begin < 200 ? next - begin : 200);
        uint64_t value = 0;
        if (gr_parse_u64(gr_sub(form, begin, next), &value)) atom.value = (int64_t)value;
    } else if (gr_is_letter(c)) {
        next = word_end(form, begin);
        atom.capital = gr_is_upper(c);
    } else {
        atom.kind = GR_ATOM_MARK;
        atom.mark = mark_of(c);
    }
    atom.form = gr_sub(form, begin, next);
    if (atom.kind == GR_ATOM_WORD) classify(&atom, list);
    bool small = atom.time == GR_TW_MONTH || atom.time == GR_TW_WEEKDAY || atom.time == GR_TW_WEEKDAYS;
    if (small && list->small_names) atom.capital = true;
    *at = next;
    return atom;
}

/* "1.200" and "2,5" where a comma parts the decimals: the marks as the grammar of numbers knows them. */
static void swap_marks(gr_atom *atom, uint32_t count) {
    uint32_t points = 0, commas = 0;
    for (uint32_t i = 1; i + 1 < count; i += 2) {
        points += atom[i].mark == '.' && atom[i + 1].digits == 3 && atom[0].digits <= 3;
        commas += atom[i].mark == ',';
    }
    if (count % 2 == 0 || points + commas != count / 2 || commas > 1) return;
    for (uint32_t i = 0; i < count; i++)
        if (atom[i].kind != (i % 2 ? GR_ATOM_MARK : GR_ATOM_DIGITS)) return;
    for (uint32_t i = 1; i < count; i += 2) atom[i].mark = atom[i].mark == '.' ? ',' : '.';
}

static bool skip_blank(gr_slice form, size_t *at) {
    size_t next = *at;
    if (next == form.len) return false;
    uint32_t c = gr_utf8_next(form, &next);
    bool blank = next < form.len && (c == ' ' || c == 0xA0 || c == 0x2009 || c == 0x202F);
    if (blank) *at = next;
    return blank;
}

uint32_t gr_atoms_read(const gr_text *text, const gr_wordlist *list, uint32_t *tok, uint32_t tok_end,
                       gr_atom *out) {
    uint32_t count = 0;
    while (*tok < tok_end) {
        const gr_token *token = &text->token[*tok];
        uint32_t before = count;
        size_t at = 0;
        while (at < token->form.len && count < GR_ATOMS_MAX) {
            bool blank = skip_blank(token->form, &at); /* "10 000" is one word */
            gr_atom atom = read_atom(token->form, &at, list);
            atom.tok = *tok;
            atom.glued =
                (count > before && !blank) ||
                (count == before && count > 0 && !(text->token[*tok - 1].flags & GR_TOKEN_SPACE_AFTER));
            out[count++] = atom;
        }
        if (list->comma_decimal) swap_marks(out + before, count - before);
        bool cut = at < token->form.len;
        if (cut && before > 0) return before; /* leave the token whole for the next piece */
        ++*tok;
        if (cut) return count;
    }
    return count;
}

bool gr_atom_is(const gr_atom *atom, const char *lower) {
    size_t at = 0;
    for (; at < atom->form.len; at++) {
        char c = atom->form.ptr[at];
        bool latin = at && atom->form.ptr[at - 1] == '\xC3' && (unsigned char)c < 0x9F; /* "À" */
        c = latin ? (char)(c + 32) : ascii_lower(c);
        if (!lower[at] || c != lower[at]) return false;
    }
    return !lower[at];
}

/* -- numbers ------------------------------------------------------------------------------------------- */

#define NUMBER_MAX                                                                                           \
    ((int64_t)1000000000000) /* 10^12: beyond any count in a report, and milli cannot overflow */

typedef struct reader {
    const gr_atom *atom;
    uint32_t count, at;
} reader;

static bool has(const reader *r, uint32_t i, gr_number_class class) {
    return i < r->count && r->atom[i].number == class;
}

static bool mark_at(const reader *r, uint32_t i, char mark) {
    return i < r->count && r->atom[i].kind == GR_ATOM_MARK && r->atom[i].mark == mark;
}

static bool digits_at(const reader *r, uint32_t i) {
    return i < r->count && r->atom[i].kind == GR_ATOM_DIGITS;
}

/* A group of three digits behind a separator or, for one group alone, behind a blank. */
static bool group_at(const reader *r, uint32_t i, bool glued) {
    return digits_at(r, i) && r->atom[i].digits == 3 && r->atom[i].glued == glued &&
           (glued || !(i + 1 < r->count && r->atom[i + 1].glued && mark_at(r, i + 1, '-')));
}

/* "1,200", "1 200", "1.5", "29": digits with separators, without scale word. */
static bool read_digits(reader *r, gr_number *out) {
    if (!digits_at(r, r->at) || r->atom[r->at].digits > 12) return false;
    const gr_atom *first = &r->atom[r->at++];
    int64_t value = first->value;
    bool grouped = false, may_group = first->digits <= 3 && first->value > 0;
    while (may_group && value < NUMBER_MAX / 1000 && mark_at(r, r->at, ',') && r->atom[r->at].glued &&
           group_at(r, r->at + 1, true)) {
        value = value * 1000 + r->atom[r->at + 1].value;
        r->at += 2, grouped = true;
    }
    while (may_group && !grouped && value < NUMBER_MAX / 1000 && group_at(r, r->at, false)) {
        value = value * 1000 + r->atom[r->at].value;
        r->at++;
    }
    out->digits = true;
    out->milli = value * 1000;
    if (mark_at(r, r->at, '.') && r->atom[r->at].glued && digits_at(r, r->at + 1) &&
        r->atom[r->at + 1].glued &&
        !(mark_at(r, r->at + 2, '.') && digits_at(r, r->at + 3) && r->atom[r->at + 3].glued)) {
        int64_t unit = 100;
        gr_slice fraction = r->atom[r->at + 1].form;
        for (size_t i = 0; i < fraction.len && unit; i++, unit /= 10)
            out->milli += (fraction.ptr[i] - '0') * unit;
        out->decimal = true;
        r->at += 2;
    }
    return true;
}

/* The article that counts ("vingt et un"), or "onze". */
static bool has_one(const reader *r, uint32_t i) {
    return i < r->count &&
           ((has(r, i, GR_NUM_ARTICLE) && !gr_atom_is(&r->atom[i], "a") && !gr_atom_is(&r->atom[i], "an")) ||
            gr_atom_is(&r->atom[i], "onze"));
}

/* "quatre-vingts" */
static bool is_four_twenties(const reader *r) {
    return has(r, r->at, GR_NUM_UNIT) && r->atom[r->at].number_value == 4 && mark_at(r, r->at + 1, '-') &&
           has(r, r->at + 2, GR_NUM_TENS) && r->atom[r->at + 2].number_value == 20;
}

/* What stands behind the tens: "-nine"; "-douze" behind sixty and eighty; "et un", "et onze". */
static void add_units(reader *r, int64_t *value) {
    int64_t most = *value == 60 || *value == 80 ? 20 : 10;
    bool hyphen = mark_at(r, r->at, '-');
    uint32_t unit = r->at + (hyphen ? 1 : 0);
    if (!hyphen && unit + 1 < r->count && r->atom[unit].time == GR_TW_AND && has_one(r, unit + 1)) unit++;
    if (unit >= r->count) return;
    const gr_atom *atom = &r->atom[unit];
    bool fits = has(r, unit, GR_NUM_UNIT) && atom->number_value > 0 && atom->number_value < most;
    if (!fits && !(unit > r->at && has_one(r, unit))) return;
    *value += atom->number_value;
    r->at = unit + 1;
    if (most > 10 && atom->number_value == 10 && mark_at(r, r->at, '-') && has(r, r->at + 1, GR_NUM_UNIT) &&
        r->atom[r->at + 1].number_value < 10) { /* "soixante-dix-sept" */
        *value += r->atom[r->at + 1].number_value;
        r->at += 2;
    }
}

/* "twenty-nine", "seven", "forty": below 100. */
static bool read_below_hundred(reader *r, int64_t *value) {
    *value = 0;
    if (is_four_twenties(r)) {
        *value = 60; /* and the twenty that follows */
        r->at += 2;
    }
    if (has(r, r->at, GR_NUM_UNIT)) {
        *value = r->atom[r->at++].number_value;
        if (*value == 10 && mark_at(r, r->at, '-') && has(r, r->at + 1, GR_NUM_UNIT) &&
            r->atom[r->at + 1].number_value < 10) { /* "dix-sept" */
            *value += r->atom[r->at + 1].number_value;
            r->at += 2;
        }
        return true;
    }
    if (!has(r, r->at, GR_NUM_TENS)) return false;
    *value += r->atom[r->at++].number_value;
    add_units(r, value);
    return true;
}

static bool is_and(const reader *r, uint32_t i) {
    return i < r->count && r->atom[i].time == GR_TW_AND;
}

/* "three hundred and five", "a hundred", "nineteen": below 10,000 ("twelve hundred"). */
static bool read_below_scale(reader *r, int64_t *value) {
    bool article = has(r, r->at, GR_NUM_ARTICLE) && has(r, r->at + 1, GR_NUM_HUNDRED);
    *value = 1;
    if (article)
        r->at++;
    else if (!has(r, r->at, GR_NUM_HUNDRED) && !read_below_hundred(r, value))
        return false;
    uint32_t hundred = r->at + (mark_at(r, r->at, '-') ? 1 : 0);
    if (!has(r, hundred, GR_NUM_HUNDRED)) return true;
    *value *= 100;
    r->at = hundred + 1;
    reader rest = *r;
    if (is_and(&rest, rest.at)) rest.at++;
    int64_t below = 0;
    if (read_below_hundred(&rest, &below)) {
        *value += below;
        r->at = rest.at;
    }
    return true;
}

static bool read_scale(reader *r, int64_t *scale) {
    uint32_t at = r->at + (mark_at(r, r->at, '-') ? 1 : 0);
    if (!has(r, at, GR_NUM_SCALE)) return false;
    *scale = r->atom[at].number_value;
    r->at = at + 1;
    return true;
}

/* "two million three hundred thousand and five": groups with falling scales. */
static bool read_words(reader *r, gr_number *out) {
    int64_t total = 0, last_scale = INT64_MAX;
    bool any = false;
    for (;;) {
        reader ahead = *r;
        if (any && is_and(&ahead, ahead.at)) ahead.at++;
        if (has(&ahead, ahead.at, GR_NUM_ARTICLE) && has(&ahead, ahead.at + 1, GR_NUM_SCALE)) ahead.at++;
        int64_t value = 1, scale = 1;
        bool read = read_below_scale(&ahead, &value);
        if (!read && !has(&ahead, ahead.at, GR_NUM_SCALE)) break;
        bool scaled = read_scale(&ahead, &scale);
        if (scale >= last_scale || (any && last_scale == 1)) break;
        total += value * scale;
        last_scale = scale, any = true;
        *r = ahead;
        if (!scaled) break;
    }
    out->milli = total * 1000;
    return any;
}

static bool multiply(gr_number *number, int64_t by) {
    if (number->milli > NUMBER_MAX * 1000 / by) return false;
    number->milli *= by;
    number->decimal = number->milli % 1000 != 0;
    return true;
}

/* "half a dozen", "half a million", "a dozen", "a couple": round words with an article. */
static bool read_round(reader *r, gr_number *out) {
    reader ahead = *r;
    bool half = has(&ahead, ahead.at, GR_NUM_HALF);
    if (half) ahead.at++;
    if (half && mark_at(&ahead, ahead.at, '-')) ahead.at++;
    bool article = has(&ahead, ahead.at, GR_NUM_ARTICLE);
    if (article) ahead.at++;
    bool dozen = has(&ahead, ahead.at, GR_NUM_DOZEN), couple = has(&ahead, ahead.at, GR_NUM_COUPLE);
    bool scale = half && has(&ahead, ahead.at, GR_NUM_SCALE);
    if (!(dozen && (half || article)) && !scale && !(couple && article && !half)) return false;
    out->milli = (int64_t)ahead.atom[ahead.at].number_value * (half ? 500 : 1000);
    out->round = true;
    r->at = ahead.at + 1;
    return true;
}

/* "several dozen", "a few hundred", "some dozen", "a few thousand": vague. */
static bool read_vague_scale(reader *r, gr_number *out) {
    uint32_t at = r->at + (has(r, r->at, GR_NUM_ARTICLE) ? 1 : 0);
    if (!has(r, at, GR_NUM_FEW) && !has(r, at, GR_NUM_VAGUE)) return false;
    if (!has(r, at + 1, GR_NUM_HUNDRED) && !has(r, at + 1, GR_NUM_SCALE) && !has(r, at + 1, GR_NUM_DOZEN) &&
        !has(r, at + 1, GR_NUM_MANY))
        return false;
    out->vague = true;
    r->at = at + 2;
    return true;
}

bool gr_number_read(const gr_atom *atom, uint32_t count, uint32_t i, gr_number *out) {
    reader r = {atom, count, i};
    *out = (gr_number){0};
    out->begin = i;
    bool found = read_vague_scale(&r, out) || read_round(&r, out);
    if (!found && read_digits(&r, out)) {
        int64_t scale = 1;
        if (read_scale(&r, &scale) && !multiply(out, scale)) return false;
        found = true;
    }
    if (!found) found = read_words(&r, out);
    if (!found) return false;
    uint32_t dozen = r.at + (mark_at(&r, r.at, '-') ? 1 : 0);
    if (!out->round && !out->vague && has(&r, dozen, GR_NUM_DOZEN) &&
        multiply(out, r.atom[dozen].number_value)) {
        out->round = true;
        r.at = dozen + 1;
    }
    out->end = r.at;
    return true;
}

int64_t gr_number_value(const gr_text *text, uint32_t begin, uint32_t end, gr_slice lang) {
    gr_wordlist list;
    gr_atom atom[GR_ATOMS_MAX];
    if (!gr_wordlist_of(lang, &list)) return GR_NO_NUMBER;
    uint32_t count = gr_atoms_read(text, &list, &begin, end, atom);
    gr_number number;
    if (!gr_number_read(atom, count, 0, &number) || number.end != count || number.vague) return GR_NO_NUMBER;
    return number.decimal ? GR_NO_NUMBER : number.milli / 1000;
}
