/* Document -> blocks, sentences, tokens, with offsets kept. Words as in Universal Dependencies.
 * Everything is allocated from the document's arena and points into the document's text.
 * Thread rule: the segmenter is read-only and shared; a gr_text belongs to its document. */
#ifndef GRIOT_TEXT_TEXT_H
#define GRIOT_TEXT_TEXT_H

#include "base/arena.h"
#include "base/error.h"

#define GR_NONE UINT32_MAX /* no token, no sentence, no block */

typedef enum gr_token_flag {
    GR_TOKEN_SPACE_AFTER = 1, /* white space or the end of a line follows */
    GR_TOKEN_JOINED = 2,      /* second or later word of one orthographic word: the n't of don't */
    GR_TOKEN_HAS_JOINED = 4,  /* first word of such: the do of don't */
} gr_token_flag;

typedef struct gr_token {
    uint32_t off_b, len_b; /* span in the text, bytes */
    gr_slice form;         /* the word; its span's bytes, unless the language rewrites it (du -> de le) */
    uint8_t flags;         /* gr_token_flag */
} gr_token;

typedef enum gr_block_kind {
    GR_BLOCK_PARAGRAPH,
    GR_BLOCK_TITLE, /* first heading of the document */
    GR_BLOCK_HEADING,
    GR_BLOCK_LIST_ITEM,
    GR_BLOCK_BYLINE,   /* "By Jane Doe, Reuters" */
    GR_BLOCK_DATELINE, /* a dateline standing on a line of its own */
} gr_block_kind;

typedef struct gr_block {
    gr_block_kind kind;
    uint32_t off_b, len_b;
    uint32_t sent_begin, sent_end; /* half-open */
    uint32_t heading;              /* block index of the heading it stands under, or GR_NONE */
} gr_block;

typedef struct gr_sentence {
    uint32_t tok_begin, tok_end; /* half-open */
    uint32_t off_b, len_b;       /* first token's start to last token's end */
    uint32_t block;
    bool all_capitals; /* wire copy: letter case says nothing here */
} gr_sentence;

/* "NIAMEY, 3 October 2023 -" at the start of a report or on a line of its own. Spans in bytes; len 0: absent.
 * `body_b`: where the text behind the dateline starts. The words of a dateline are tokens like others. */
typedef struct gr_dateline {
    uint32_t off_b, len_b;
    uint32_t place_off_b, place_len_b;
    uint32_t date_off_b, date_len_b;
} gr_dateline;

typedef struct gr_text {
    gr_slice bytes; /* the document's text */
    gr_token *token;
    uint32_t token_count;
    gr_sentence *sentence;
    uint32_t sentence_count;
    gr_block *block;
    uint32_t block_count;
    gr_dateline dateline; /* the first one; len_b 0 where there is none */
} gr_text;

/* Language-dependent data of splitting, read from the model file's "segment" section (train/segment.py);
 * NULL or an empty slice means rules alone. The bytes stay mapped as long as the segmenter lives. */
typedef struct gr_segmenter gr_segmenter;
gr_segmenter *gr_segmenter_open(gr_slice section, gr_slice lang, gr_error *err);
void gr_segmenter_close(gr_segmenter *segmenter); /* NULL is fine */

/* Splits a document's text. Deterministic. May jump to the arena's guard. GR_TOO_LARGE over GR_MAX_TOKENS. */
gr_status gr_text_split(gr_arena *arena, const gr_segmenter *segmenter, gr_slice text, gr_text *out,
                        gr_error *err);

/* Code points before byte offset off_b: offsets for output. The index is built once a text, each look-up is
 * O(1) amortised for rising and O(stride) for any offset. */
typedef struct gr_offsets {
    gr_slice text;
    uint32_t *code_points; /* at each multiple of the stride */
} gr_offsets;
void gr_offsets_build(gr_arena *arena, gr_slice text, gr_offsets *out);
uint32_t gr_offset_cp(const gr_offsets *offsets, uint32_t off_b);

#endif
