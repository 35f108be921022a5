/* Tolls of the record as a value: aggregates reconciled with the incidents inside them.
 * Thread rule: the program's main thread only. */
#ifndef GRIOT_CLI_TOLL_VIEW_H
#define GRIOT_CLI_TOLL_VIEW_H

#include "cli/command.h"
#include "cli/json.h"
#include "link/aggregates.h"
#include "store/store.h"

typedef struct gr_toll_plan {
    gr_toll_by by;
    bool drafts;           /* count what nobody has accepted, too */
    bool aggregates_alone; /* no rows of incidents beside which no aggregate stands */
    int64_t known_unix_s;  /* GR_KNOWN_NOW, or a moment: what had been added and judged by then */
} gr_toll_plan;

/* docs/situation.md, "Tolls". A new reference; NULL with *err filled. */
json_t *gr_tolls_json(gr_record *record, const gr_claim_filter *filter, const gr_toll_plan *plan,
                      gr_error *err);
/* Prints its rows, and below what becomes of each aggregate. GR_NO_MEMORY. */
gr_status gr_tolls_print(const json_t *tolls, bool csv, gr_error *err);

#endif
