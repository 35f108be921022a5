#include "cli/record.h"

#include <stdlib.h>

const char *gr_record_path(const gr_args *args) {
    const char *path = gr_args_value(args, "record");
    if (!path) path = getenv("GRIOT_RECORD");
    return path && *path ? path : "griot.record";
}

gr_record *gr_open_record(const gr_args *args, gr_open_mode mode, gr_error *err) {
    return gr_record_open(gr_record_path(args), mode, err);
}

gr_claim_filter gr_every_claim(void) {
    return (gr_claim_filter){.from = GR_NO_DAY, .until = GR_NO_DAY};
}

typedef struct collecting {
    json_t *claims;
    bool failed;
} collecting;

static bool collect(void *context, gr_slice line) {
    collecting *c = context;
    json_t *claim = json_loadb(line.ptr, line.len, JSON_ALLOW_NUL, NULL);
    c->failed = !claim || json_array_append_new(c->claims, claim) != 0;
    return !c->failed;
}

json_t *gr_collect_claims(gr_record *record, const gr_claim_filter *filter, gr_error *err) {
    collecting c = {.claims = json_array()};
    gr_status status = GR_OK;
    if (c.claims) status = gr_record_claims(record, filter, collect, &c, err);
    if (status == GR_OK && (!c.claims || c.failed))
        status = gr_fail(err, GR_NO_MEMORY, NULL,
                         "out of memory, or a claim in the record is damaged; try griot verify");
    if (status == GR_OK) return c.claims;
    json_decref(c.claims);
    return NULL;
}
