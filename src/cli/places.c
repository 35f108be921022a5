/* griot places: the gazetteer image, built from fact tables. */
#include "base/buffer.h"
#include "cli/command.h"
#include "cli/json.h"
#include "place/place.h"

#include <stdio.h>

static const gr_option options[] = {
    {"output", 'o', "FILE", "the image to write"},
    {"report", 0, NULL, "print what was merged or left out"},
    GR_OPTION_JSON,
    {0},
};

static gr_status run(const gr_args *args, gr_error *err) {
    if (strcmp(args->operand[0], "build") != 0)
        return gr_fail(err, GR_USAGE, NULL, "places: unknown action %s; it takes build", args->operand[0]);
    const char *output = gr_args_value(args, "output");
    if (!output) return gr_fail(err, GR_USAGE, NULL, "places: build needs -o FILE, the image to write");
    gr_buffer report = {0};
    gr_status status =
        gr_gazetteer_build(args->operand + 1, (uint32_t)args->operand_count - 1, output, &report, err);
    if (status == GR_OK && report.failed)
        status = gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while writing the report");
    else if (status == GR_OK && gr_args_given(args, "json"))
        status = gr_json_print(
            json_pack("{s:s, s:s%}", "file", output, "report", report.len ? report.ptr : "", report.len),
            err);
    else if (status == GR_OK && gr_args_given(args, "report"))
        fwrite(report.ptr, 1, report.len, stdout);
    gr_buffer_free(&report);
    return status;
}

const gr_command gr_command_places = {
    .name = "places",
    .summary = "build the gazetteer image from tables of places",
    .synopsis = "build TABLE... -o FILE",
    .about =
        "Compiles tables of places (knowledge/places, described in its README) into the image that griot\n"
        "maps at run time. The image is written whole or not at all.\n",
    .examples = "  griot places build knowledge/places/*.tsv -o gazetteer.griot\n",
    .option = options,
    .least = 2,
    .most = -1,
    .run = run,
};
