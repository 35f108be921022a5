/* griot places: the gazetteer image built from fact tables, and the places of a text found with it. */
#include "cli/places.h"

#include "base/buffer.h"
#include "cli/inputs.h"
#include "cli/json.h"
#include "place/place.h"

#include <stdio.h>

static const gr_option options[] = {
    {"output", 'o', "FILE", "build: the image to write"},
    {"report", 0, NULL, "build: print what was merged or left out"},
    GR_OPTION_JSON,
    GR_OPTION_JSONL,
    GR_OPTIONS_SOURCE,
    {0},
};

static gr_status build(const gr_args *args, gr_error *err) {
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

static gr_status run(const gr_args *args, gr_error *err) {
    static const struct {
        const char *name;
        gr_status (*run)(const gr_args *args, gr_error *err);
    } ACTION[] = {{"build", build}, {"find", gr_places_find}};
    for (size_t i = 0; i < sizeof ACTION / sizeof *ACTION; i++)
        if (strcmp(args->operand[0], ACTION[i].name) == 0) return ACTION[i].run(args, err);
    return gr_fail(err, GR_USAGE, NULL, "places: unknown action %s; it takes build or find",
                   args->operand[0]);
}

const gr_command gr_command_places = {
    .name = "places",
    .summary = "the places of a text; the gazetteer image, built from tables",
    .synopsis = "find PATH|-... [OPTIONS] | build TABLE... -o FILE",
    .about =
        "find prints every place that a report names: its words, the place they most likely mean, its\n"
        "level and point, and why. With --json a report is one line {\"id\",\"places\":[...]} "
        "(docs/places.md).\n"
        "With --jsonl a line may bring \"mentions\":[{\"start\",\"end\"},...]: then these are resolved and "
        "no\n"
        "others are looked for.\n"
        "build compiles tables of places (knowledge/places, described in its README) into the image that\n"
        "griot maps at run time. The image is written whole or not at all.\n",
    .examples = "  griot places find report.txt\n"
                "  griot places find --jsonl - < reports.jsonl > places.jsonl\n"
                "  griot places build knowledge/places/*.tsv -o gazetteer.griot\n",
    .option = options,
    .least = 2,
    .most = -1,
    .run = run,
};
