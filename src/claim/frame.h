/* Inside claim/: where and when a sentence that sets the scene puts what the next ones tell. */
#ifndef GRIOT_CLAIM_FRAME_H
#define GRIOT_CLAIM_FRAME_H

#include "claim/fields.h"

/* "In Dori province last night, a patrol searched a house.", "Soldiers carried out a raid in Dori on Monday."
 */
typedef struct gr_frame {
    gr_location *location;
    uint32_t location_count;
    gr_when when;
    uint32_t sentence, block;
    bool open;
    bool operation; /* of forces: what follows may lie in the next paragraphs and points back to it */
} gr_frame;

/* Replaces the frame where the sentence opens with a place and a day, dates an operation, or tells that armed
 * people came to a place. */
void gr_frame_open(const gr_clause *c, gr_frame *frame);
/* Gives an event or custody that happened, told within three sentences behind the frame in its block, what it
 * lacks of place and time, marked as inherited. */
void gr_frame_give(const gr_clause *c, const gr_frame *frame, gr_draft *d);

#endif
