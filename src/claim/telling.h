/* Inside claim/: does the sentence tell of what was told before, of something else, or of more of it? */
#ifndef GRIOT_CLAIM_TELLING_H
#define GRIOT_CLAIM_TELLING_H

#include "claim/fields.h"

/* "the", "this", "those" before the noun. */
bool gr_is_definite(const gr_clause *c, uint32_t noun);
/* "also" at the act, "additional" at whom it befalls: its figures add to those told before. */
bool gr_adds_to_figures(const gr_clause *c, uint32_t anchor);
gr_telling gr_telling_of(const gr_clause *c, const gr_draft *d);

#endif
