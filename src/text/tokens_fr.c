/* French words as the treebanks of Universal Dependencies cut them: elided words (l', qu') and pronouns
 * behind the verb (-t-il) are words of their own, compounds with hyphens stay whole, and what a preposition
 * makes with the article (du, aux, des) is two words over the same characters. */
#include "base/utf8.h"
#include "text/split.h"

enum { LOWER_MAX_B = 24 };

typedef struct lower_word {
    char bytes[LOWER_MAX_B];
    gr_slice slice;
} lower_word;

/* Lower case with plain apostrophes; empty where the word is too long to stand in any list here. */
static void lower_of(gr_slice word, lower_word *out) {
    size_t len = 0;
    out->slice = (gr_slice){out->bytes, 0};
    for (size_t at = 0; at < word.len;) {
        size_t from = at;
        uint32_t c = gr_utf8_next(word, &at);
        c = gr_is_apostrophe(c) ? '\'' : gr_to_lower(c);
        if (len + at - from > LOWER_MAX_B) return;
        if (c < 0x80) {
            out->bytes[len++] = (char)c;
        } else if (c < 0x800 && at - from == 2) {
            out->bytes[len++] = (char)(0xC0 | c >> 6);
            out->bytes[len++] = (char)(0x80 | (c & 0x3F));
        } else {
            return;
        }
    }
    out->slice.len = len;
}

static bool is_among(gr_slice word, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (gr_eq(word, gr_slice_of(list[i]))) return true;
    return false;
}

#define AMONG(word, list) is_among((word), (list), sizeof(list) / sizeof *(list))

static void emit(gr_arena *arena, gr_slice text, size_t begin, size_t end, gr_tokens *out) {
    gr_slice form = {text.ptr + begin, end - begin};
    gr_push(arena, out, (gr_token){(uint32_t)begin, (uint32_t)(end - begin), form, 0});
}

/* Where the elided word at `begin` ends (behind its apostrophe), or `begin`. In "N'Djamena" nothing is
 * elided. */
static size_t elided_end(gr_slice text, size_t begin, size_t end) {
    static const char *const open[] = {"l'", "d'", "qu'", "jusqu'", "lorsqu'", "puisqu'", "quoiqu'"};
    static const char *const before_small[] = {"j'", "m'", "t'", "s'", "n'", "c'"};
    size_t at = begin, next;
    while (at < end && !gr_is_apostrophe(gr_peek(text, at, end, &next))) at = next;
    if (at == end) return begin;
    size_t behind;
    gr_peek(text, at, end, &behind);
    if (behind == end) return begin;
    lower_word word;
    lower_of((gr_slice){text.ptr + begin, behind - begin}, &word);
    if (AMONG(word.slice, open)) return behind;
    bool name = gr_is_upper(gr_peek(text, begin, end, NULL)) &&
                gr_is_upper(gr_peek(text, behind, end, &next)) && next < end &&
                gr_is_lower(gr_peek(text, next, end, NULL));
    return !name && AMONG(word.slice, before_small) ? behind : begin;
}

/* Where the pronouns behind a verb start ("-t-il", "-nous"), or `end`. */
static size_t pronoun_start(gr_slice text, size_t begin, size_t end) {
    static const char *const pronouns[] = {"je", "tu",    "il", "elle", "on",  "nous", "vous", "ils",
                                           "ce", "elles", "y",  "en",   "moi", "toi",  "lui",  "leur"};
    static const char *const whole[] = {"rendez-vous", "chez-moi", "vis-à-vis"};
    lower_word word;
    lower_of((gr_slice){text.ptr + begin, end - begin}, &word);
    if (AMONG(word.slice, whole)) return end;
    size_t hyphen = end;
    while (hyphen > begin && text.ptr[hyphen - 1] != '-') hyphen--;
    if (hyphen <= begin + 1) return end;
    lower_of((gr_slice){text.ptr + hyphen, end - hyphen}, &word);
    if (!AMONG(word.slice, pronouns)) return end;
    hyphen--;
    bool t = hyphen >= begin + 3 && text.ptr[hyphen - 2] == '-' && (text.ptr[hyphen - 1] | 32) == 't';
    return t ? hyphen - 2 : hyphen;
}

static bool last_is_among(const gr_tokens *out, uint32_t first, uint32_t back, const char *const *list,
                          size_t count) {
    lower_word word;
    if (out->count < first + back) return false;
    lower_of(out->item[out->count - back].form, &word);
    return is_among(word.slice, list, count);
}

#define LAST_AMONG(out, first, back, list)                                                                   \
    last_is_among(out, first, back, list, sizeof(list) / sizeof *(list))

/* "des" is the plural article, not "of the": at the start, behind a preposition or mark, behind a verb by its
 * ending, and behind a participle with its auxiliary ("a tué des", "a également tué des"). */
static bool is_article_behind(const gr_tokens *out, uint32_t first) {
    static const char *const words[] = {
        "de",     "par",       "avec",   "pour",  "dans",      "sur",      "sous",       "contre",
        "entre",  "a",         "après",  "avant", "sans",      "chez",     "vers",       "à",
        "en",     "et",        "que",    "qu'",   "comme",     "ou",       "mais",       "pendant",
        "depuis", "selon",     "devant", "déjà",  "ainsi",     "derrière", "malgré",     "parmi",
        "est",    "également", "fit",    "fait",  "notamment", "hier",     "uniquement", "principalement",
        "aussi",  "dont",      "tue",    "mène",  "lance",     "attaque",  "accuse",     "notre",
        "y",      ",",         ":",      "(",     "«",         ";",        ".",          "!",
        "?",      "»",         "-",      "–",     "\""};
    static const char *const nouns[] = {
        "président",    "agent",     "accident",   "incident",   "continent", "contingent", "commandant",
        "représentant", "dirigeant", "combattant", "lieutenant", "adjudant",  "montant",    "front",
        "pont",         "mont",      "retrait",    "trait",      "portrait",  "quartier",   "dossier",
        "officier",     "policier",  "chantier",   "danger",     "avenir",    "désir",      "habitant",
        "occident",     "orient",    "vent",       "parent",     "talent",    "argent",     "enfant",
        "instant",      "avant",     "courant",    "client"};
    static const char *const endings[] = {"ent", "ont", "ait", "ez", "ant", "er", "ir"};
    static const char *const auxiliaries[] = {"a",        "ont",    "avait", "avaient", "aurait",
                                              "auraient", "ayant",  "avoir", "ai",      "avons",
                                              "aura",     "auront", "eu",    "avez"};
    lower_word word;
    if (out->count == first || LAST_AMONG(out, first, 1, words)) return true;
    if (LAST_AMONG(out, first, 1, nouns)) return false;
    if (LAST_AMONG(out, first, 2, auxiliaries)) return true;
    lower_of(out->item[out->count - 1].form, &word);
    if (LAST_AMONG(out, first, 3, auxiliaries) && gr_ends(word.slice, GR_S("\xC3\xA9"))) return true;
    if (gr_ends(word.slice, GR_S("ment"))) return false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (gr_ends(word.slice, gr_slice_of(endings[i]))) return true;
    return false;
}

typedef struct contraction {
    const char *word, *first[3], *second[3]; /* in small letters, with a capital first, in capitals */
} contraction;

static const contraction *contraction_of(gr_slice word) {
    static const contraction list[] = {
        {"du", {"de", "De", "DE"}, {"le", "le", "LE"}},
        {"des", {"de", "De", "DE"}, {"les", "les", "LES"}},
        {"au", {"à", "À", "À"}, {"le", "le", "LE"}},
        {"aux", {"à", "À", "À"}, {"les", "les", "LES"}},
        {"duquel", {"de", "De", "DE"}, {"lequel", "lequel", "LEQUEL"}},
        {"desquels", {"de", "De", "DE"}, {"lesquels", "lesquels", "LESQUELS"}},
        {"desquelles", {"de", "De", "DE"}, {"lesquelles", "lesquelles", "LESQUELLES"}},
        {"auquel", {"à", "À", "À"}, {"lequel", "lequel", "LEQUEL"}},
        {"auxquels", {"à", "À", "À"}, {"lesquels", "lesquels", "LESQUELS"}},
        {"auxquelles", {"à", "À", "À"}, {"lesquelles", "lesquelles", "LESQUELLES"}},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (gr_eq(word, gr_slice_of(list[i].word))) return &list[i];
    return NULL;
}

/* A word without clitics: one token, or the two of a contraction. */
static void emit_whole(gr_arena *arena, gr_slice text, size_t begin, size_t end, uint32_t first,
                       gr_tokens *out) {
    lower_word word;
    lower_of((gr_slice){text.ptr + begin, end - begin}, &word);
    const contraction *c = contraction_of(word.slice);
    if (!c || (gr_eq(word.slice, GR_S("des")) && is_article_behind(out, first))) {
        emit(arena, text, begin, end, out);
        return;
    }
    unsigned letters = !gr_is_upper((unsigned char)text.ptr[begin])      ? 0
                       : gr_is_upper((unsigned char)text.ptr[begin + 1]) ? 2
                                                                         : 1;
    gr_token token = {(uint32_t)begin, (uint32_t)(end - begin), gr_slice_of(c->first[letters]),
                      GR_TOKEN_HAS_JOINED};
    gr_push(arena, out, token);
    token.form = gr_slice_of(c->second[letters]);
    token.flags = GR_TOKEN_JOINED;
    gr_push(arena, out, token);
}

void gr_french_words(gr_arena *arena, gr_slice text, size_t begin, size_t end, uint32_t first,
                     gr_tokens *out) {
    static const char *const whole[] = {"aujourd'hui", "quelqu'un",    "quelqu'une", "presqu'île",
                                        "l'on",        "c'est-à-dire", "d'accord"};
    lower_word word;
    lower_of((gr_slice){text.ptr + begin, end - begin}, &word);
    bool one = AMONG(word.slice, whole) || gr_starts(word.slice, GR_S("prud'hom"));
    for (size_t behind; !one && (behind = elided_end(text, begin, end)) > begin; begin = behind)
        emit(arena, text, begin, behind, out);
    size_t pronoun = pronoun_start(text, begin, end);
    emit_whole(arena, text, begin, pronoun, first, out);
    if (pronoun < end) emit(arena, text, pronoun, end, out);
}
