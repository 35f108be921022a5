/* Inside claim/: the day and the place of the headings that a block stands under ("10 February", "Kachin
 * State"). */
#ifndef GRIOT_CLAIM_SECTIONS_H
#define GRIOT_CLAIM_SECTIONS_H

#include "claim/fields.h"

typedef struct gr_section { /* GR_NONE: the headings tell none */
    uint32_t day;           /* sentence of the heading that is a date alone */
    uint32_t place;         /* sentence of the heading that is a place alone */
} gr_section;

/* One for each block of the text, in the arena. */
gr_section *gr_find_sections(gr_arena *arena, const gr_claim_input *in);
/* What the claim lacks of day and place is that of the headings above it, marked as inherited. */
void gr_section_day(const gr_clause *c, const gr_section *section, gr_draft *d);
void gr_section_place(const gr_clause *c, const gr_section *section, gr_draft *d);

#endif
