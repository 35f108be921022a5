/* griot export: the record in another format, with a list of what that format could not hold. */
#include "base/os.h"
#include "cli/record.h"
#include "cli/screen.h"
#include "cli/tellings.h"
#include "out/geojson.h"

#include <stdio.h>

static const gr_option options[] = {
    {"output", 'o', "FILE", "where to write; FILE.losses.json beside it says what was left out"},
    {"drafts", 0, NULL, "write what no reviewer has accepted too; every feature says which it is"},
    GR_OPTION_RECORD,
    GR_OPTION_JSON,
    {0},
};

/* What reviewers accepted, and with `drafts` what nobody has judged; each claim says which. NULL with *err.
 */
static json_t *claims_for(gr_record *record, bool drafts, uint32_t *left_out, gr_error *err) {
    gr_tellings t;
    gr_claim_filter every = gr_every_claim();
    gr_status status = gr_tellings_open(&t, err);
    if (status == GR_OK) status = gr_tellings_add(&t, record, &every, GR_KNOWN_NOW, err);
    json_t *claims = status == GR_OK ? json_array() : NULL;
    *left_out = t.rejected;
    for (uint32_t i = 0; claims && i < t.told.count; i++) {
        json_t *claim = json_array_get(t.claims, i);
        bool accepted = t.told.item[i].accepted;
        json_object_set_new(claim, "status", json_string(accepted ? "accepted" : "draft"));
        if (accepted || drafts)
            json_array_append(claims, claim);
        else
            ++*left_out;
    }
    gr_tellings_close(&t);
    return claims;
}

static gr_status tell(const gr_args *args, const char *path, const gr_exported *done, uint32_t left_out,
                      gr_error *err) {
    if (gr_args_given(args, "json"))
        return gr_json_print(json_pack("{s:s, s:i, s:i, s:i, s:i}", "file", path, "features",
                                       (int)done->features, "claims", (int)done->claims,
                                       "claims_without_point", (int)done->without_point, "left_out",
                                       (int)left_out),
                             err);
    gr_put_line("%s: %u point%s of %u claim%s; %u without one, see %s.losses.json", path, done->features,
                gr_plural(done->features), done->claims, gr_plural(done->claims), done->without_point, path);
    if (left_out)
        gr_put_line("%u claim%s left out: %s", left_out, gr_plural(left_out),
                    gr_args_given(args, "drafts")
                        ? "rejected"
                        : "rejected, or accepted by nobody; --drafts writes drafts too");
    return GR_OK;
}

static gr_status run(const gr_args *args, gr_error *err) {
    const char *format[] = {"geojson"};
    uint32_t left_out;
    if (strcmp(args->operand[0], format[0]) != 0) {
        const char *near = gr_nearest(args->operand[0], format, 1);
        return gr_fail(err, GR_USAGE, NULL, "export: unknown format %s; %s", args->operand[0],
                       near ? "did you mean geojson?" : "it writes geojson");
    }
    const char *path = gr_args_value(args, "output");
    if (!path) return gr_fail(err, GR_USAGE, NULL, "export: where to? give -o FILE");
    gr_record *record = gr_open_record(args, GR_OPEN_READ, err);
    if (!record) return err->status;
    json_t *claims = claims_for(record, gr_args_given(args, "drafts"), &left_out, err);
    gr_record_close(record);
    if (!claims) return err->status;
    gr_exported done;
    gr_status status = gr_geojson_write(claims, path, &done, err);
    json_decref(claims);
    return status == GR_OK ? tell(args, path, &done, left_out, err) : status;
}

const gr_command gr_command_export = {
    .name = "export",
    .summary = "the record as GeoJSON, with a list of what it could not hold",
    .synopsis = "geojson -o FILE [OPTIONS]",
    .about =
        "Writes one point for each place of each claim, at the level at which the place was named, with two\n"
        "decimals of a degree (about 1 km). Only what a reviewer accepted is written, edits applied; with\n"
        "--drafts also what nobody has judged, and each feature says so. FILE.losses.json lists the claims\n"
        "without a point and what else was left out.\n",
    .examples = "  griot export geojson -o claims.geojson --drafts\n"
                "  griot export geojson -o sahel.geojson --record sahel.record\n",
    .option = options,
    .least = 1,
    .most = 1,
    .run = run,
};
