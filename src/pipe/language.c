/* Small words are a third of any text and differ from language to language; a word that two languages share
 * counts for both. The lists hold the commonest articles, prepositions, pronouns, auxiliaries and
 * conjunctions of each. */
#include "pipe/language.h"

#include "base/utf8.h"

enum {
    WORDS_MAX = 600,
    ENOUGH_WORDS = 40,
    SHORT = 20,
    WORD_MAX_B = 16,
    LEAST_HITS = 3,
    LANGUAGES = 5,
    ARABIC = LANGUAGES
};

static const char *const code[] = {"en", "fr", "es", "pt", "ha", "ar"};
static const char *const name[] = {"English", "French", "Spanish", "Portuguese", "Hausa", "Arabic"};

/* Each between blanks, so that a word is looked up with its blanks around it. */
static const char *const words[LANGUAGES] = {
    " the of and in to a an was were is are that for on with by as at from his her their its has had have it "
    "be "
    "been not who which this these but after said he she they when where also more than into about killed "
    "people ",
    " le la les l' un une des du de d' et en à au aux dans par pour sur avec est sont été était ont a que "
    "qui qu' "
    "ne pas ce cette ces son sa ses leur leurs il elle ils elles se s' n' plus selon après mais où d'un "
    "d'une "
    "entre contre lors depuis ont avait avaient ",
    " el la los las un una unos del de y en a al por para con es son fue fueron ha han que no se su sus lo "
    "como más "
    "pero este esta estos según después entre contra desde había sido tras sobre ",
    " o a os as um uma do da dos das de e em no na nos nas por para com é são foi foram que não se seu sua "
    "ao aos à "
    "pelo pela mais mas como segundo depois entre contra desde havia sido após sobre num numa ",
    " da na ta ya sun a an ba ne ce wani wata wasu cikin kuma daga zuwa domin mai masu shi su ita wannan ga "
    "sai yan "
    "kan har don jihar akalla mutane kasar bayan akan lokacin ",
};

/* The word at *at in lower case with plain apostrophes; an elided word ends with its apostrophe. */
static size_t next_word(gr_slice text, size_t *at, char out[WORD_MAX_B + 2], uint32_t *arabic,
                        uint32_t *letters) {
    size_t len = 0;
    bool any = false;
    out[len++] = ' ';
    while (*at < text.len) {
        size_t from = *at;
        uint32_t c = gr_utf8_next(text, at);
        bool apostrophe = c == '\'' || c == 0x2019;
        if (!gr_is_letter(c) && !(apostrophe && any)) {
            if (any) break;
            continue;
        }
        any = true;
        *letters += !apostrophe;
        *arabic += c >= 0x600 && c < 0x700;
        uint32_t low = apostrophe ? '\'' : gr_to_lower(c);
        if (len + 2 > WORD_MAX_B || *at - from > 3) {
            len = WORD_MAX_B; /* too long for any list */
            continue;
        }
        if (low < 0x80) {
            out[len++] = (char)low;
        } else if (low < 0x800) {
            out[len++] = (char)(0xC0 | low >> 6);
            out[len++] = (char)(0x80 | (low & 0x3F));
        }
        if (apostrophe) break;
    }
    out[len++] = ' ';
    return any ? len : 0;
}

/* One language has many times the hits of every other: more words would tell the same. */
static bool is_plain(const uint32_t hits[LANGUAGES]) {
    uint32_t best = 0, other = 0;
    for (unsigned k = 0; k < LANGUAGES; k++) {
        if (hits[k] > best) {
            other = best;
            best = hits[k];
        } else if (hits[k] > other) {
            other = hits[k];
        }
    }
    return best >= 4 * other + 12;
}

gr_found_language gr_find_language(gr_slice text) {
    uint32_t hits[LANGUAGES] = {0}, arabic = 0, letters = 0, best = 0;
    size_t at = 0;
    unsigned n = 0;
    for (; n < WORDS_MAX; n++) {
        char word[WORD_MAX_B + 2];
        size_t len = next_word(text, &at, word, &arabic, &letters);
        if (!len) break;
        for (unsigned k = 0; k < LANGUAGES && len < WORD_MAX_B; k++)
            hits[k] += memmem(words[k], strlen(words[k]), word, len) != NULL;
        if (n >= ENOUGH_WORDS && is_plain(hits)) break;
    }
    if (letters >= 20 && arabic * 2 > letters) return (gr_found_language){code[ARABIC], true};
    for (unsigned k = 1; k < LANGUAGES; k++)
        if (hits[k] > hits[best]) best = k;
    uint32_t other = 0;
    for (unsigned k = 0; k < LANGUAGES; k++)
        if (k != best && hits[k] > other) other = hits[k];
    bool sure = hits[best] >= LEAST_HITS && hits[best] * 4 >= other * 5;
    if (n < SHORT) { /* a foreign name in it ("Ejército de Liberación") shows no other language */
        if (hits[best] <= LEAST_HITS || hits[best] < 2 * hits[0]) best = 0;
        sure = true;
    }
    return (gr_found_language){sure ? code[best] : code[0], sure};
}

const char *gr_language_name(gr_slice wanted) {
    for (size_t i = 0; i < sizeof code / sizeof *code; i++)
        if (gr_eq(wanted, gr_slice_of(code[i]))) return name[i];
    return NULL;
}
