/* griot export: the record in another format, with a list of what that format could not hold. */
#include "base/os.h"
#include "cli/record.h"
#include "cli/screen.h"
#include "out/geojson.h"

#include <stdio.h>

static const gr_option options[] = {
    {"output", 'o', "FILE", "where to write; FILE.losses.json beside it says what was left out"},
    GR_OPTION_RECORD,
    GR_OPTION_JSON,
    {0},
};

static gr_status run(const gr_args *args, gr_error *err) {
    const char *format[] = {"geojson"};
    if (strcmp(args->operand[0], format[0]) != 0) {
        const char *near = gr_nearest(args->operand[0], format, 1);
        return gr_fail(err, GR_USAGE, NULL, "export: unknown format %s; %s", args->operand[0],
                       near ? "did you mean geojson?" : "it writes geojson");
    }
    const char *path = gr_args_value(args, "output");
    if (!path) return gr_fail(err, GR_USAGE, NULL, "export: where to? give -o FILE");
    gr_record *record = gr_open_record(args, GR_OPEN_READ, err);
    if (!record) return err->status;
    gr_claim_filter filter = gr_every_claim();
    json_t *claims = gr_collect_claims(record, &filter, err);
    gr_record_close(record);
    if (!claims) return err->status;
    gr_exported done;
    gr_status status = gr_geojson_write(claims, path, &done, err);
    json_decref(claims);
    if (status != GR_OK) return status;
    if (gr_args_given(args, "json"))
        return gr_json_print(json_pack("{s:s, s:i, s:i, s:i}", "file", path, "features", (int)done.features,
                                       "claims", (int)done.claims, "claims_without_point",
                                       (int)done.without_point),
                             err);
    gr_put_line("%s: %u point%s of %u claim%s; %u without one, see %s.losses.json", path, done.features,
                gr_plural(done.features), done.claims, gr_plural(done.claims), done.without_point, path);
    return GR_OK;
}

const gr_command gr_command_export = {
    .name = "export",
    .summary = "the record as GeoJSON, with a list of what it could not hold",
    .synopsis = "geojson -o FILE [OPTIONS]",
    .about =
        "Writes one point for each place of each claim, at the level at which the place was named, with two\n"
        "decimals of a degree (about 1 km). Each feature is marked as a draft. FILE.losses.json lists the\n"
        "claims without a point and what else was left out.\n",
    .examples = "  griot export geojson -o claims.geojson\n"
                "  griot export geojson -o sahel.geojson --record sahel.record\n",
    .option = options,
    .least = 1,
    .most = 1,
    .run = run,
};
