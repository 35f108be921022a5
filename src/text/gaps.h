/* What the sentence splitter sees of a gap between two words. train/segment.py learns from the same values:
 * it takes them from bench/text/split.c, so that there is one implementation. */
#ifndef GRIOT_TEXT_GAPS_H
#define GRIOT_TEXT_GAPS_H

#include "text/split.h"

#define GR_GAP_LEFT 4u  /* words before the gap */
#define GR_GAP_RIGHT 5u /* words behind it */
#define GR_GAP_WINDOW (GR_GAP_LEFT + GR_GAP_RIGHT)
#define GR_GAP_EXTRAS 9u
#define GR_GAP_EXTRA_ROWS 64u
#define GR_GAP_SHAPES 72u

/* The words of a block. */
typedef struct gr_gap_view {
    const gr_token *token;
    uint32_t begin, end;  /* tokens of the block */
    uint32_t *hash;       /* by token from begin: of the lower-case form, digits as 0; never 0 */
    uint8_t *shape;       /* 1..GR_GAP_SHAPES-1 */
    uint32_t terminals;   /* marks in the block that can end a sentence */
    bool caseless, lower; /* no lower-case, no upper-case letter in the block */
} gr_gap_view;

/* Where the walk over a block stands; advanced gap by gap. Starts with first = next_terminal = view->begin.
 */
typedef struct gr_gap_walk {
    uint32_t first;         /* first token of the sentence */
    uint32_t next_terminal; /* at or after the gap */
    uint32_t terminals;     /* in the sentence so far */
    bool in_quotes;
    uint32_t brackets; /* open ones */
} gr_gap_walk;

gr_gap_view gr_gap_look(gr_arena *arena, const gr_token *token, uint32_t begin, uint32_t end);
/* Takes in token i; call for every token in order, before the questions about the gap behind it. */
void gr_gap_step(const gr_gap_view *view, gr_gap_walk *walk, uint32_t i);
/* Tells the walk that a sentence ends after token i. */
void gr_gap_cut(gr_gap_walk *walk, uint32_t i);
/* Can a sentence end after token i at all? i + 1 < view->end. */
bool gr_gap_is_candidate(const gr_gap_view *view, uint32_t i);
/* Numbers of the rows that describe the state of the walk at the gap behind token i. */
void gr_gap_extras(const gr_gap_view *view, const gr_gap_walk *walk, uint32_t i,
                   uint8_t extra[GR_GAP_EXTRAS]);

bool gr_is_terminal(gr_slice form); /* . ! ? ... and their like in other scripts */
bool gr_is_closer(gr_slice form);   /* closing quotes and brackets */
/* Three words or more and no lower-case letter: case says nothing here. train/features.py asks the same. */
bool gr_is_caseless(const gr_token *token, uint32_t begin, uint32_t end);

#endif
