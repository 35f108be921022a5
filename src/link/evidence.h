/* Inside link/: does a claim tell an incident again? */
#ifndef GRIOT_LINK_EVIDENCE_H
#define GRIOT_LINK_EVIDENCE_H

#include "link/link.h"

enum { GR_LINK_ENOUGH = 12 };

/* Whether claims of these types can tell of one act. Symmetric. */
bool gr_can_be_one(gr_slice type, gr_slice other);

/* Evidence that the claim tells of the incident whose summary and last claim are given, in points; at
 * GR_LINK_ENOUGH they are one. Types that cannot be one act give INT32_MIN. */
int32_t gr_evidence(const gr_claim *claim, const gr_incident *incident, const gr_claim *last);

#endif
