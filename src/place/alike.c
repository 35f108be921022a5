#include "place/alike.h"

/* By first letter, the longest first. Sources: the spelling pairs of GeoNames' alternate names for West
 * Africa (ou/u/w, dj/j, gn/ny, tch/ch, gu/g, k/c/q) and the usual transcriptions of Arabic and Tamasheq
 * names. */
static const struct {
    char from[4], to[3];
} SOUND[] = {
    {" ", ""},     {"'", ""},     {"-", ""},     {".", ""},     {"aye", "e"},  {"ai", "e"},   {"au", "o"},
    {"ay", "e"},   {"bh", "b"},   {"ce", "se"},  {"ch", "c"},   {"ci", "si"},  {"ck", "k"},   {"c", "k"},
    {"dia", "ja"}, {"die", "je"}, {"dio", "jo"}, {"dh", "d"},   {"dj", "j"},   {"dy", "j"},   {"dz", "z"},
    {"eau", "o"},  {"ei", "e"},   {"ey", "e"},   {"gue", "ge"}, {"gui", "gi"}, {"gh", "g"},   {"gn", "n"},
    {"h", ""},     {"kh", "k"},   {"mb", "nb"},  {"mp", "np"},  {"ny", "n"},   {"ouo", "uo"}, {"ouw", "u"},
    {"oo", "u"},   {"ou", "u"},   {"ph", "f"},   {"qu", "k"},   {"q", "k"},    {"rh", "r"},   {"sch", "c"},
    {"sh", "c"},   {"tch", "c"},  {"th", "t"},   {"tj", "c"},   {"v", "b"},    {"w", "u"},    {"x", "ks"},
    {"ye", "ie"},  {"y", "i"},
};

/* Where each letter's patterns start in SOUND; the marks' stand at 0. */
static const uint8_t FIRST[26] = {4,  8,  9,  14, 21, 24, 24, 28, 29, 29, 29, 30, 30,
                                  32, 33, 37, 38, 40, 41, 43, 46, 46, 47, 48, 49, 51};

static size_t rewrite(gr_slice s, size_t at, const char **to) {
    unsigned letter = (unsigned char)(s.ptr[at] - 'a');
    for (size_t i = letter < 26 ? FIRST[letter] : 0;
         i < sizeof SOUND / sizeof *SOUND && SOUND[i].from[0] <= s.ptr[at]; i++) {
        const char *from = SOUND[i].from;
        size_t n = 0;
        while (from[n] && at + n < s.len && s.ptr[at + n] == from[n]) n++;
        if (from[n]) continue;
        *to = SOUND[i].to;
        return n;
    }
    return 0;
}

gr_slice gr_alike_key(gr_slice folded, char out[GR_ALIKE_MAX_B]) {
    size_t n = 0;
    for (size_t at = 0; at < folded.len;) {
        const char *to = NULL;
        char self[2] = {folded.ptr[at], 0};
        size_t step = rewrite(folded, at, &to);
        if (!step) {
            if ((unsigned char)(self[0] - 'a') > 25) return (gr_slice){out, 0};
            to = self;
            step = 1;
        }
        at += step;
        for (; *to; to++) {
            if (n && out[n - 1] == *to) continue;
            if (n == GR_ALIKE_MAX_B) return (gr_slice){out, 0};
            out[n++] = *to;
        }
    }
    while (n > 3 && out[n - 1] == 'e') n--;
    return (gr_slice){out, n};
}

uint32_t gr_alike_letters(gr_slice key) {
    uint32_t letters = 0;
    for (size_t i = 0; i < key.len; i++) letters |= 1u << (unsigned)(key.ptr[i] - 'a');
    return letters;
}

uint32_t gr_alike_pairs(gr_slice key) {
    uint32_t pairs = 0;
    for (size_t i = 1; i < key.len; i++)
        pairs |= 1u << (((unsigned char)key.ptr[i - 1] * 7u + (unsigned char)key.ptr[i]) & 31);
    return pairs;
}

unsigned gr_edit_distance(gr_slice a, gr_slice b, unsigned max) {
    size_t gap = a.len > b.len ? a.len - b.len : b.len - a.len;
    if (gap > max || a.len > GR_ALIKE_MAX_B || b.len > GR_ALIKE_MAX_B) return max + 1;
    unsigned row[GR_ALIKE_MAX_B + 1];
    for (size_t j = 0; j <= b.len; j++) row[j] = (unsigned)j;
    for (size_t i = 1; i <= a.len; i++) {
        unsigned diagonal = row[0], least = row[0] = (unsigned)i;
        for (size_t j = 1; j <= b.len; j++) {
            unsigned cost = diagonal + (a.ptr[i - 1] != b.ptr[j - 1]);
            diagonal = row[j];
            if (row[j] + 1 < cost) cost = row[j] + 1;
            if (row[j - 1] + 1 < cost) cost = row[j - 1] + 1;
            row[j] = cost;
            if (cost < least) least = cost;
        }
        if (least > max) return max + 1;
    }
    return row[b.len] > max ? max + 1 : row[b.len];
}
