#include "text/split.h"

#include "base/utf8.h"

/* clang-format off */
const uint8_t gr_char_class[256] = {
    ['\t'] = GR_CH_SPACE, ['\n'] = GR_CH_SPACE, ['\v'] = GR_CH_SPACE, ['\f'] = GR_CH_SPACE, ['\r'] = GR_CH_SPACE,
    [' '] = GR_CH_SPACE,
    ['0' ... '9'] = GR_CH_DIGIT, ['A' ... 'Z'] = GR_CH_LETTER, ['a' ... 'z'] = GR_CH_LETTER,
    [0x80 ... 0xFF] = GR_CH_HIGH,
};
/* clang-format on */

/* A longer run of characters holds no address; keeps the search for one linear. */
#define ADDRESS_MAX_B 2048u

/* One chunk: a run of characters without white space. */
typedef struct chunk {
    gr_arena *arena;
    gr_slice text;
    size_t begin, end; /* bytes */
    gr_tongue tongue;
    uint32_t first; /* token of the block */
    gr_tokens *out;
} chunk;

uint32_t gr_peek(gr_slice text, size_t at, size_t end, size_t *next) {
    if (at >= end) {
        if (next) *next = end;
        return 0;
    }
    unsigned char first = (unsigned char)text.ptr[at];
    if (first < 0x80) {
        if (next) *next = at + 1;
        return first;
    }
    uint32_t c = gr_utf8_next(text, &at);
    if (next) *next = at;
    return c;
}

bool gr_is_apostrophe(uint32_t c) {
    return c == '\'' || c == 0x2019 || c == 0x02BC || c == 0x2018;
}

static bool is_mark(uint32_t c) {
    return (c >= 0x300 && c < 0x370) || (c >= 0x591 && c < 0x5C0) || (c >= 0x610 && c < 0x61B) ||
           (c >= 0x64B && c < 0x660) || c == 0x200C || c == 0x200D || c == 0x2060 || c == 0x00AD;
}

static bool is_word_char(uint32_t c) {
    if (c < 0x80) return gr_char_class[c] == GR_CH_LETTER || gr_char_class[c] == GR_CH_DIGIT;
    return gr_is_letter(c) || is_mark(c) || gr_is_digit(c);
}

static void emit(chunk *k, size_t begin, size_t end, unsigned flags) {
    gr_slice form = {k->text.ptr + begin, end - begin};
    gr_push(k->arena, k->out, (gr_token){(uint32_t)begin, (uint32_t)(end - begin), form, (uint8_t)flags});
}

/* Emits the pieces of one orthographic word that end at cut[0] < cut[1] < ... */
static void emit_joined(chunk *k, size_t begin, const size_t *cut, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        emit(k, begin, cut[i], i ? GR_TOKEN_JOINED : count > 1 ? GR_TOKEN_HAS_JOINED : 0);
        begin = cut[i];
    }
}

static char lower_at(const chunk *k, size_t at) {
    return at < k->end ? (char)(k->text.ptr[at] | 32) : 0;
}

static bool word_is(const chunk *k, size_t begin, size_t end, const char *lower) {
    size_t length = strlen(lower);
    if (end - begin != length) return false;
    for (size_t i = 0; i < length; i++)
        if ((k->text.ptr[begin + i] | 32) != lower[i]) return false;
    return true;
}

/* The clitic that word [begin, end) ends in: where it starts, or `end` where there is none. `mark` is the
 * last apostrophe in it, `behind` the byte after that. */
static size_t clitic_start(const chunk *k, size_t begin, size_t mark, size_t behind, size_t end) {
    static const char *const clitics[] = {"s", "m", "d", "ll", "re", "ve"};
    if (word_is(k, behind, end, "t") && mark > begin + 1 && lower_at(k, mark - 1) == 'n') return mark - 1;
    for (size_t i = 0; i < sizeof clitics / sizeof *clitics; i++)
        if (word_is(k, behind, end, clitics[i])) return mark;
    return end;
}

/* A word of letters and digits with apostrophes inside, cut into its syntactic words. */
static void emit_word(chunk *k, size_t begin, size_t end) {
    if (k->tongue == GR_TONGUE_FR) {
        gr_french_words(k->arena, k->text, begin, end, k->first, k->out);
        return;
    }
    size_t cut[3] = {end, 0, 0}, mark = 0, behind = 0;
    for (size_t at = begin, next; at < end; at = next) {
        uint32_t c = gr_peek(k->text, at, end, &next);
        if (!gr_is_apostrophe(c) && c != '`') continue;
        mark = at;
        behind = next;
    }
    if (mark > begin) {
        cut[0] = clitic_start(k, begin, mark, behind, end);
        cut[1] = end;
        emit_joined(k, begin, cut, cut[0] < end ? 2 : 1);
        return;
    }
    uint8_t length_b[3];
    unsigned count = gr_joined_words((gr_slice){k->text.ptr + begin, end - begin}, length_b);
    size_t at = begin;
    for (unsigned i = 0; i < count; i++) cut[i] = at += length_b[i];
    emit_joined(k, begin, cut, count ? count : 1);
}

/* End of the run of letters and digits at `at`, with apostrophes between letters, and & between capitals. */
static size_t scan_word(const chunk *k, size_t at) {
    size_t next, behind;
    while (at < k->end) {
        uint32_t c = gr_peek(k->text, at, k->end, &next);
        if (is_word_char(c) || (c == '_' && is_word_char(gr_peek(k->text, next, k->end, NULL)))) {
            at = next;
            continue;
        }
        uint32_t after = gr_peek(k->text, next, k->end, &behind);
        bool inside = (gr_is_apostrophe(c) || c == '`') && gr_is_letter(after);
        bool joint = c == '&' && gr_is_upper(after) && at > k->begin &&
                     gr_is_upper((unsigned char)k->text.ptr[at - 1]);
        if (!inside && !joint) return at;
        at = behind;
    }
    return at;
}

/* End of an acronym with points (U.S., p.m., J., J.-P.) at `at`, or `at`. */
static size_t scan_acronym(const chunk *k, size_t at) {
    size_t end = at, next, after;
    unsigned letters = 0;
    for (size_t p = at; p < k->end;) {
        uint32_t c = gr_peek(k->text, p, k->end, &next);
        if (!gr_is_letter(c)) break;
        uint32_t point = gr_peek(k->text, next, k->end, &after);
        if (point != '.') {
            bool closes = letters > 0 && !is_word_char(point);
            if (closes) end = next, letters++;
            break;
        }
        letters++;
        end = p = after;
        bool double_name = p + 2 < k->end && k->text.ptr[p] == '-' &&
                           gr_is_upper((unsigned char)k->text.ptr[p + 1]) && k->text.ptr[p + 2] == '.';
        if (double_name) p++; /* J.-P. */
    }
    if (letters >= 2) return end;
    bool initial = letters == 1 && end == k->end && gr_is_upper(gr_peek(k->text, at, k->end, NULL));
    return initial && k->text.ptr[at] != 'I' ? end : at;
}

/* French parts thousands by a blank: the end of the three digits behind one, or `at`. */
static size_t scan_thousands(gr_slice text, size_t at, size_t end) {
    size_t next, behind = at;
    uint32_t c = gr_peek(text, at, end, &next);
    if (c != ' ' && c != 0xA0 && c != 0x2009 && c != 0x202F) return at;
    for (behind = next; behind < end && gr_char_class[(unsigned char)text.ptr[behind]] == GR_CH_DIGIT;)
        behind++;
    bool three = behind == next + 3 && !is_word_char(gr_peek(text, behind, end, NULL));
    return three ? behind : at;
}

/* End of a number at `at`: digits with points, commas and colons between them. */
static size_t scan_number(const chunk *k, size_t at) {
    size_t end = at, begin = at;
    while (at < k->end) {
        char c = k->text.ptr[at];
        if (gr_char_class[(unsigned char)c] == GR_CH_DIGIT) {
            end = ++at;
        } else if ((c == '.' || c == ',' || c == ':') && at == end && at + 1 < k->end &&
                   gr_char_class[(unsigned char)k->text.ptr[at + 1]] == GR_CH_DIGIT) {
            at++;
        } else {
            break;
        }
    }
    if (k->tongue != GR_TONGUE_FR || end - begin > 3) return end;
    for (size_t more; (more = scan_thousands(k->text, end, k->end)) > end;) end = more;
    return end;
}

static size_t scan_digits(const chunk *k, size_t at) {
    while (at < k->end && gr_char_class[(unsigned char)k->text.ptr[at]] == GR_CH_DIGIT) at++;
    return at;
}

/* End of what follows a figure in groups parted by slashes or hyphens and belongs to it: dates (03/10/2023,
 * 2023-10-03, 9/11) and telephone numbers (713-853-3098). Fractions (1/2) and ranges (10-15) do not. */
static size_t scan_groups(const chunk *k, size_t begin, size_t end) {
    size_t length[4] = {end - begin, 0, 0, 0}, at = end, count = 1;
    char mark = at < k->end ? k->text.ptr[at] : 0;
    if (mark != '/' && mark != '-') return end;
    while (count < 4 && at < k->end && (k->text.ptr[at] == mark || (count == 1 || k->text.ptr[at] == '-'))) {
        if (k->text.ptr[at] != '/' && k->text.ptr[at] != '-') break;
        size_t stop = scan_digits(k, at + 1);
        if (stop == at + 1) break;
        length[count++] = stop - at - 1;
        at = stop;
    }
    if (at < k->end && is_word_char(gr_peek(k->text, at, k->end, NULL))) return end;
    if (count >= 3) return at;
    if (count != 2) return end;
    if (k->tongue == GR_TONGUE_FR) return mark == '-' ? at : end; /* "1990-1995" */
    if (mark == '-') return length[0] >= 3 && length[1] == 4 && length[0] != 4 ? at : end;
    if (length[0] > 2 || length[1] > 2) return end;
    uint64_t first, second;
    gr_parse_u64((gr_slice){k->text.ptr + begin, length[0]}, &first);
    gr_parse_u64((gr_slice){k->text.ptr + end + 1, length[1]}, &second);
    bool day = first >= 1 && first <= 12 && second >= 1 && second <= 31;
    return day && !(first < second && second <= 5) ? at : end;
}

static bool is_ordinal_ending(const chunk *k, size_t begin, size_t end) {
    return word_is(k, begin, end, "st") || word_is(k, begin, end, "nd") || word_is(k, begin, end, "rd") ||
           word_is(k, begin, end, "th") || word_is(k, begin, end, "s");
}

/* A figure with its unit or ending; returns where it ends. */
static size_t take_number(chunk *k, size_t at) {
    size_t end = scan_number(k, at);
    size_t groups = scan_groups(k, at, end);
    if (groups > end) {
        emit(k, at, groups, 0);
        return groups;
    }
    size_t word = end;
    while (word < k->end && gr_char_class[(unsigned char)k->text.ptr[word]] == GR_CH_LETTER) word++;
    size_t pointed = scan_acronym(k, end);
    if (pointed > word) word = pointed;
    if (k->tongue == GR_TONGUE_FR && end == word && end < k->end &&
        gr_is_letter(gr_peek(k->text, end, k->end, NULL))) {
        end = scan_word(k, end); /* "1ère" */
        emit(k, at, end, 0);
        return end;
    }
    bool whole = word == k->end || !is_word_char(gr_peek(k->text, word, k->end, NULL));
    bool figure_only = end < k->end && word > end;
    if (figure_only && whole && gr_is_unit((gr_slice){k->text.ptr + end, word - end})) {
        emit(k, at, end, 0);
        emit(k, end, word, 0);
        return word;
    }
    if (figure_only && (is_ordinal_ending(k, end, word) || !whole || word - end <= 2)) {
        end = scan_word(k, end);
        emit_word(k, at, end);
        return end;
    }
    emit(k, at, end, 0);
    return end;
}

/* Does the run [begin, end) start or end a hyphenated word that the treebank leaves whole? */
static bool hyphen_binds(const chunk *k, size_t begin, size_t hyphen) {
    gr_slice left = {k->text.ptr + begin, hyphen - begin};
    uint32_t after = gr_peek(k->text, hyphen + 1, k->end, NULL);
    if (!is_word_char(after)) return false;
    if (k->tongue == GR_TONGUE_FR) return true;
    if (gr_is_prefix(left)) return true;
    size_t end = scan_word(k, hyphen + 1);
    return gr_is_suffix((gr_slice){k->text.ptr + hyphen + 1, end - hyphen - 1});
}

/* "No." is a number's only before a figure. */
static bool is_refusal(const chunk *k, size_t begin, size_t end) {
    if (!word_is(k, begin, end, "no")) return false;
    size_t at = end + 1, next;
    while (at < k->text.len && gr_is_blank(gr_peek(k->text, at, k->text.len, &next))) at = next;
    return !gr_is_digit(gr_peek(k->text, at, k->text.len, NULL));
}

static size_t take_word(chunk *k, size_t at) {
    size_t acronym = scan_acronym(k, at);
    if (acronym > at) {
        emit(k, at, acronym, 0);
        return acronym;
    }
    size_t end = scan_word(k, at);
    while (end < k->end && k->text.ptr[end] == '-' && hyphen_binds(k, at, end)) end = scan_word(k, end + 1);
    if (end < k->end && k->text.ptr[end] == '.' && !is_refusal(k, at, end) &&
        gr_abbreviation_of((gr_slice){k->text.ptr + at, end - at}, k->tongue) != GR_ABBREVIATION_NONE &&
        (end + 1 == k->end || k->text.ptr[end + 1] != '.')) {
        emit(k, at, end + 1, 0);
        return end + 1;
    }
    size_t degree;
    bool number = k->tongue == GR_TONGUE_FR && word_is(k, at, end, "n") &&
                  gr_peek(k->text, end, k->end, &degree) == 0xB0;
    if (number) end = degree; /* "n°" */
    emit_word(k, at, end);
    return end;
}

/* A run of one punctuation mark (--, ..., ***), of ! and ?, or a single one. */
static size_t take_mark(chunk *k, size_t at) {
    size_t next, end;
    uint32_t first = gr_peek(k->text, at, k->end, &end);
    bool shout = first == '!' || first == '?';
    bool runs = shout || (first < 0x80 && strchr("-.*=_~<>+#'`$", (int)first)) || first == 0x2014;
    while (runs && end < k->end) {
        uint32_t c = gr_peek(k->text, end, k->end, &next);
        if (c != first && !(shout && (c == '!' || c == '?'))) break;
        end = next;
    }
    emit(k, at, end, 0);
    return end;
}

/* End of the mail address, web address, host or file name that starts at `at`, or `at`. */
static size_t scan_address(const chunk *k, size_t at) {
    static const char *const schemes[] = {"http://", "https://", "ftp://", "mailto:", "www."};
    size_t end = k->end;
    bool address = false;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes && !address; i++) {
        size_t length = strlen(schemes[i]);
        address = end - at > length && word_is(k, at, at + length, schemes[i]);
    }
    for (size_t p = at; p < end; p++) {
        unsigned char c = (unsigned char)k->text.ptr[p];
        if (strchr("<>\"", c) || (!address && strchr("()[]{},;|", c))) end = p;
    }
    while (end > at && strchr(".,;:!?)'*]", k->text.ptr[end - 1])) end--;
    if (address) return end;
    size_t point = at, sign = at;
    for (size_t p = at + 1; p + 1 < end; p++) {
        if (k->text.ptr[p] == '.') point = p;
        if (k->text.ptr[p] == '@' && sign == at) sign = p;
    }
    if (sign > at) return end;
    if (point == at) return at;
    gr_slice host = {k->text.ptr + at, end - at};
    const char *slash = memchr(host.ptr, '/', host.len);
    if (slash) host.len = (size_t)(slash - host.ptr);
    while (host.len && host.ptr[host.len - 1] != '.') host.len--;
    gr_slice ending = {host.ptr + host.len,
                       slash ? (size_t)(slash - host.ptr) - host.len : end - at - host.len};
    return host.len > 1 && gr_is_name_ending(ending) ? end : at;
}

/* End of the smiley at `at`, or `at`. */
static size_t scan_smiley(const chunk *k, size_t at) {
    static const char *const smileys[] = {
        ":)",  ":-)", ";)", ";-)", ":(", ":-(", ":D",  ":-D", ":P",  ":-P", ":p",
        ":/",  ":-/", "=)", "=(",  "(:", "^_^", "-_-", "<3",  ":'(", ">:(", "XD",
        ":o)", ":O",  ":S", "->",  "<-", "=>",  "<=",  ">=",  "==>",
    };
    size_t best = at;
    for (size_t i = 0; i < sizeof smileys / sizeof *smileys; i++) {
        size_t length = strlen(smileys[i]), end = at + length;
        if (end > k->end || end <= best || memcmp(k->text.ptr + at, smileys[i], length) != 0) continue;
        if (end < k->end && is_word_char(gr_peek(k->text, end, k->end, NULL))) continue;
        best = end;
    }
    return best;
}

/* An apostrophe that is part of the word behind it: 's, 'em, '90s; or a closing or possessive one. */
static size_t take_apostrophe(chunk *k, size_t at) {
    size_t behind, end;
    gr_peek(k->text, at, k->end, &behind);
    if (k->tongue == GR_TONGUE_FR) {
        emit(k, at, behind, 0);
        return behind;
    }
    uint32_t after = gr_peek(k->text, behind, k->end, NULL);
    end = scan_word(k, behind);
    bool bound = after < 0x80 && gr_char_class[after] == GR_CH_DIGIT && end - behind <= 3;
    static const char *const words[] = {"s", "em", "n", "til", "tis", "ll", "re", "ve", "m", "d", "cause"};
    for (size_t i = 0; i < sizeof words / sizeof *words && !bound; i++)
        bound = word_is(k, behind, end, words[i]);
    if (bound) {
        emit(k, at, end, 0);
        return end;
    }
    bool quoted = gr_is_apostrophe(gr_peek(k->text, k->begin, k->end, NULL));
    bool possessive = !quoted && at > k->begin && lower_at(k, at - 1) == 's' && k->out->count;
    if (possessive) k->out->item[k->out->count - 1].flags |= GR_TOKEN_HAS_JOINED;
    size_t stop = behind;
    if (!possessive)
        while (stop < k->end && k->text.ptr[stop] == '\'') stop++;
    emit(k, at, stop, possessive ? GR_TOKEN_JOINED : 0);
    return stop;
}

static void take_chunk(chunk *k) {
    size_t at = k->begin;
    size_t length = k->end - at;
    const char *bytes = k->text.ptr + at;
    bool dotted = length <= ADDRESS_MAX_B &&
                  (memchr(bytes, '.', length) || memchr(bytes, '@', length) || memchr(bytes, ':', length));
    bool start = true; /* of a word within the chunk */
    while (at < k->end) {
        size_t next, end = at;
        uint32_t c = gr_peek(k->text, at, k->end, &next);
        bool wordlike = is_word_char(c);
        if (dotted && start && wordlike) end = scan_address(k, at);
        if (end == at && !wordlike && c < 0x80) end = scan_smiley(k, at);
        if (end > at)
            emit(k, at, end, 0);
        else if (c < 0x80 && gr_char_class[c] == GR_CH_DIGIT)
            end = take_number(k, at);
        else if (wordlike)
            end = take_word(k, at);
        else if (gr_is_apostrophe(c))
            end = take_apostrophe(k, at);
        else
            end = take_mark(k, at);
        at = end;
        start = !wordlike;
    }
}

/* Plain words, alone or before one comma or full stop, are most of any text. True when taken. */
static bool take_plain(chunk *k) {
    size_t at = k->begin;
    while (at < k->end && gr_char_class[(unsigned char)k->text.ptr[at]] == GR_CH_LETTER) at++;
    bool comma = at + 1 == k->end && k->text.ptr[at] == ',';
    if (at == k->begin || (at < k->end && !comma)) return false;
    emit_word(k, k->begin, at);
    if (comma) emit(k, at, at + 1, 0);
    return true;
}

/* A figure whose thousands are parted by blanks is one chunk. */
static size_t with_thousands(gr_slice text, size_t at, size_t stop, size_t end) {
    if (stop - at > 3) return stop;
    for (size_t i = at; i < stop; i++)
        if (gr_char_class[(unsigned char)text.ptr[i]] != GR_CH_DIGIT) return stop;
    size_t more = scan_thousands(text, stop, end), next;
    if (more == stop) return stop;
    for (size_t on; (on = scan_thousands(text, more, end)) > more;) more = on;
    while (more < end && !gr_is_blank(gr_peek(text, more, end, &next))) more = next;
    return more;
}

void gr_tokenise(gr_arena *arena, gr_slice text, size_t begin, size_t end, gr_tongue tongue, gr_tokens *out) {
    uint32_t first = out->count;
    for (size_t at = begin, next; at < end; at = next) {
        if (gr_is_blank(gr_peek(text, at, end, &next))) continue;
        size_t stop = at;
        while (stop < end && !gr_is_blank(gr_peek(text, stop, end, &next))) stop = next;
        if (tongue == GR_TONGUE_FR) stop = with_thousands(text, at, stop, end);
        chunk k = {arena, text, at, stop, tongue, first, out};
        if (!take_plain(&k)) take_chunk(&k);
        out->item[out->count - 1].flags |= GR_TOKEN_SPACE_AFTER;
        next = stop;
    }
}
