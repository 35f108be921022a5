/* Claims of the record as link/told.h takes them: reviewers' edits applied, what they rejected left out.
 * Thread rule: the program's main thread only. */
#ifndef GRIOT_CLI_TELLINGS_H
#define GRIOT_CLI_TELLINGS_H

#include "base/map.h"
#include "cli/json.h"
#include "link/told.h"
#include "store/store.h"

#define GR_KNOWN_NOW INT64_MAX

typedef struct gr_tellings {
    gr_arena *arena;
    GR_VEC(gr_told) told;
    json_t *claims; /* array, parallel to told; text in told lies in it and in the arena */
    gr_map voices;  /* of reports: number -> index in origins */
    GR_VEC(gr_slice) origins;
    uint32_t rejected; /* claims left out */
} gr_tellings;

/* GR_NO_MEMORY. Release with gr_tellings_close, also after a failure. */
gr_status gr_tellings_open(gr_tellings *tellings, gr_error *err);
void gr_tellings_close(gr_tellings *tellings);
/* Adds the claims of a filter as the record had them at a moment, in order of report and number. */
gr_status gr_tellings_add(gr_tellings *tellings, gr_record *record, const gr_claim_filter *filter,
                          int64_t known_unix_s, gr_error *err);
/* A claim as a value, edits applied -> told. `row` says what stands around it. Jumps to the arena's guard. */
void gr_told_of(gr_tellings *tellings, const json_t *claim, const gr_told_row *row, gr_told *out);

#endif
