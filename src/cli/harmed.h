/* Incidents of the record as link/aggregates.h takes them.
 * Thread rule: the program's main thread only. */
#ifndef GRIOT_CLI_HARMED_H
#define GRIOT_CLI_HARMED_H

#include "cli/tellings.h"
#include "link/aggregates.h"

typedef struct gr_harmed_list {
    GR_VEC(gr_harmed) item;
    GR_VEC(json_t *) figures;  /* parallel: what each claim gives, with who says so; arrays, owned */
    GR_VEC(gr_slice) pair;     /* accounts that may be of one incident, two by two */
    gr_map accounts;           /* account -> index */
    uint32_t drafts, rejected; /* left out */
} gr_harmed_list;

/* Incidents that harmed people, of a filter; what they are made of lies in the arena of `tellings`. Release
 * with gr_harmed_free, also after a failure. */
gr_status gr_harmed_collect(gr_tellings *tellings, gr_record *record, const gr_claim_filter *filter,
                            int64_t known_unix_s, bool drafts, gr_harmed_list *out, gr_error *err);
void gr_harmed_free(gr_harmed_list *list);

#endif
