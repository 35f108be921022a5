/* Reports that tell of the same incident: compared by their words and names, joined by average linkage.
 * Method: cosine of tf-idf vectors (Salton and Buckley 1988), over all content words, over names and numbers
 * alone, and over the first sentences alone; then agglomerative clustering by mean likeness, less where two
 * groups are each more alike in themselves than with the other. The order in which reports come changes
 * nothing but the numbers. Thread rule: one thread at a time. */
#ifndef GRIOT_LINK_REPORTS_H
#define GRIOT_LINK_REPORTS_H

#include "base/error.h"
#include "lang/lang.h"

typedef struct gr_groups gr_groups;
/* NULL with *err on GR_NO_MEMORY. */
gr_groups *gr_groups_new(gr_error *err);
void gr_groups_free(gr_groups *groups); /* NULL is fine */

/* Adds a report, every sentence of it parsed; nothing of it is kept but its words. GR_TOO_LARGE after
 * GR_MAX_GROUP_REPORTS. */
gr_status gr_groups_add(gr_groups *groups, const gr_text *text, const gr_word *word, gr_error *err);
uint32_t gr_groups_count(const gr_groups *groups);

/* The group of each report, numbered from 1 in order of their first reports, into group[0..count). */
gr_status gr_groups_settle(gr_groups *groups, uint32_t *group, gr_error *err);

#endif
