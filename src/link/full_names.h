/* Persons by name: which names are of one person, and the fullest that a report gives. */
#ifndef GRIOT_LINK_FULL_NAMES_H
#define GRIOT_LINK_FULL_NAMES_H

#include "link/link.h"

/* Do the words of one name stand, in their order and without a gap, in the other? "Lopez" and "Ana Lopez
 * Rey". */
bool gr_name_within(gr_slice part, gr_slice whole);
/* Puts the fullest name of the report where an incident has a shorter one of the same person; a short name
 * that two persons share stays. */
void gr_settle_full_names(const gr_link_input *in, gr_incidents *incidents);

#endif
