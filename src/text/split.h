/* The stages inside the text room. Each takes the document's text by byte spans and appends to arrays in the
 * arena; none keeps state of its own. */
#ifndef GRIOT_TEXT_SPLIT_H
#define GRIOT_TEXT_SPLIT_H

#include "text/text.h"

typedef GR_VEC(gr_token) gr_tokens;
typedef GR_VEC(gr_block) gr_blocks;

/* Classes of ASCII bytes; bytes of other characters have the class GR_CH_HIGH. */
enum { GR_CH_OTHER, GR_CH_SPACE, GR_CH_LETTER, GR_CH_DIGIT, GR_CH_HIGH };
extern const uint8_t gr_char_class[256];

/* The code point at `at`, or 0 at the end; *next (may be NULL) is set behind it. */
uint32_t gr_peek(gr_slice text, size_t at, size_t end, size_t *next);
/* Plain apostrophe, or one of its typographic forms. */
bool gr_is_apostrophe(uint32_t c);
/* What no word holds: white space, control characters, the byte-order mark, zero-width spaces, marks of
 * direction. */
bool gr_is_blank(uint32_t c);

/* blocks.c: cuts the text at blank lines and where the shape of lines says so. Blocks are in order, do not
 * overlap, start and end at characters that are not white space, and cover all such characters. Spans and
 * kinds are set; sentences are not. */
void gr_find_blocks(gr_arena *arena, gr_slice text, gr_blocks *out);

/* Languages whose words and abbreviations are known; any other is read as English. */
typedef enum gr_tongue { GR_TONGUE_EN, GR_TONGUE_FR } gr_tongue;
gr_tongue gr_tongue_of(gr_slice lang);
/* segmenter.c: NULL is English. */
gr_tongue gr_segmenter_tongue(const gr_segmenter *segmenter);

/* dateline.c: the dateline that text[begin, end) starts with. `alone`: it must fill the whole span (a line of
 * its own), and then needs no dash but a date. False when there is none. */
bool gr_find_dateline(gr_slice text, size_t begin, size_t end, bool alone, gr_dateline *out);

/* tokens.c: appends the words of text[begin, end). */
void gr_tokenise(gr_arena *arena, gr_slice text, size_t begin, size_t end, gr_tongue tongue, gr_tokens *out);
/* tokens_fr.c: appends the words of the run text[begin, end) of letters, digits, hyphens and apostrophes;
 * `first`: the first token of its block. */
void gr_french_words(gr_arena *arena, gr_slice text, size_t begin, size_t end, uint32_t first,
                     gr_tokens *out);

/* words.c: what the tables of the language know about a word.
 * gr_is_abbreviation: `word` without its full stop. */
typedef enum gr_abbreviation {
    GR_ABBREVIATION_NONE,
    GR_ABBREVIATION_TITLE, /* a name or number follows: Gen., St., No. */
    GR_ABBREVIATION_PLAIN, /* can end a sentence: Inc., p.m., U.S. */
} gr_abbreviation;
gr_abbreviation gr_abbreviation_of(gr_slice word, gr_tongue tongue);
/* Lengths of the words that an orthographic word consists of (cannot: 3, 3), at most 3; 0 where it is one. */
unsigned gr_joined_words(gr_slice word, uint8_t length_b[3]);
/* Bound forms that a hyphen does not part from what follows (anti-) or precedes (-wise). */
bool gr_is_prefix(gr_slice word);
bool gr_is_suffix(gr_slice word);
/* Units and marks of time that stand behind a figure without a space: 7am, 122mm, $5m. */
bool gr_is_unit(gr_slice word);
/* The end of a host or file name: com, org, pdf. */
bool gr_is_name_ending(gr_slice word);
bool gr_is_month(gr_slice word);
/* A word that starts sentences far more often than names: The, In, But. */
bool gr_is_starter(gr_slice word, gr_tongue tongue);

/* sentences.c: parts the full stop at the end of a block from an abbreviation before it. */
void gr_part_final_point(gr_arena *arena, gr_slice text, gr_tongue tongue, gr_tokens *tokens,
                         uint32_t tok_begin);
/* Appends the sentences of the tokens from tok_begin on, which are those of block number `block`. A sentence
 * starts at byte body_b, behind the dateline, whatever stands there. */
typedef GR_VEC(gr_sentence) gr_sentences;
void gr_find_sentences(gr_arena *arena, const gr_segmenter *segmenter, const gr_block *blocks, uint32_t block,
                       size_t body_b, const gr_tokens *tokens, uint32_t tok_begin, gr_sentences *out);

#endif
