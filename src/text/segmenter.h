/* The learned part of sentence splitting; the contract of opening it is in text.h. */
#ifndef GRIOT_TEXT_SEGMENTER_H
#define GRIOT_TEXT_SEGMENTER_H

#include "text/gaps.h"

/* False for NULL and for a segmenter without weights: rules alone. */
bool gr_segmenter_learned(const gr_segmenter *segmenter);
/* The rows of a block's words, for gr_segmenter_score. */
uint16_t *gr_segmenter_words(gr_arena *arena, const gr_segmenter *segmenter, const gr_gap_view *view);
/* Above 0: a sentence ends after token i. i + 1 < view->end. */
int32_t gr_segmenter_score(const gr_segmenter *segmenter, const gr_gap_view *view, const uint16_t *word,
                           const gr_gap_walk *walk, uint32_t i);

#endif
