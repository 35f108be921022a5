/* griot places: the gazetteer image built from fact tables, and the places of a text found with it. */
#include "cli/places.h"

#include "base/buffer.h"
#include "base/os.h"
#include "cli/data.h"
#include "cli/inputs.h"
#include "cli/json.h"
#include "place/place.h"

#include <stdio.h>

static const gr_option options[] = {
    {"output", 'o', "FILE", "add, build: the image to write (add: default the one in use)"},
    {"report", 0, NULL, "add, build: print what was merged or left out"},
    {"keep-going", 0, NULL, "add, build: leave bad lines out, instead of writing nothing"},
    {"country", 0, "CODES", "look: only there, and nearly the same spellings too: NER,MLI"},
    {"demonyms", 0, NULL, "find: adjectives and people's names too, as their country: Malian"},
    GR_OPTION_JSON,
    GR_OPTION_JSONL,
    GR_OPTIONS_SOURCE,
    {0},
};

static gr_status print_outcome(const gr_place_build *plan, const gr_buffer *report, gr_error *err) {
    return gr_json_print(json_pack("{s:s, s:I, s:I, s:I, s:I, s:s%}", "file", plan->out_path, "places",
                                   (json_int_t)plan->places, "rows", (json_int_t)plan->kept, "left_out",
                                   (json_int_t)plan->left_out, "bad", (json_int_t)plan->bad, "report",
                                   report->len ? report->ptr : "", report->len),
                         err);
}

/* Compiles the sources and says what became of them. */
static gr_status compile(const gr_args *args, gr_place_build *plan, bool told, gr_error *err) {
    gr_buffer report = {0};
    plan->keep_going = gr_args_given(args, "keep-going");
    plan->report = &report;
    gr_status status = gr_gazetteer_compile(plan, err);
    if (status == GR_OK && report.failed)
        status = gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while writing the report");
    if (status == GR_OK && gr_args_given(args, "json"))
        status = print_outcome(plan, &report, err);
    else if (status == GR_OK && gr_args_given(args, "report"))
        fwrite(report.ptr, 1, report.len, stdout);
    if (status == GR_OK && (told || plan->bad) && !gr_args_given(args, "json"))
        printf("%s: %llu places; %llu rows taken, %llu of kinds that griot does not keep, %llu bad%s\n",
               plan->out_path, (unsigned long long)plan->places, (unsigned long long)plan->kept,
               (unsigned long long)plan->left_out, (unsigned long long)plan->bad,
               gr_args_given(args, "report") ? "" : " (--report lists them)");
    gr_buffer_free(&report);
    return status;
}

static gr_status build(const gr_args *args, gr_error *err) {
    gr_place_build plan = {.source = args->operand + 1,
                           .source_count = (uint32_t)args->operand_count - 1,
                           .out_path = gr_args_value(args, "output")};
    if (!plan.out_path)
        return gr_fail(err, GR_USAGE, NULL, "places: build needs -o FILE, the image to write");
    return compile(args, &plan, gr_args_given(args, "report"), err);
}

/* The image in use is the first of the sources, and what comes out replaces it where no other file is named.
 */
static gr_status add(const gr_args *args, gr_error *err) {
    char image[GR_MAX_PATH_B];
    gr_status status = gr_gazetteer_path(image, err);
    if (status != GR_OK) return status;
    const char **source = gr_os_alloc((size_t)args->operand_count * sizeof *source);
    if (!source) return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
    source[0] = image;
    for (int i = 1; i < args->operand_count; i++) source[i] = args->operand[i];
    const char *output = gr_args_value(args, "output");
    gr_place_build plan = {
        .source = source, .source_count = (uint32_t)args->operand_count, .out_path = output ? output : image};
    status = compile(args, &plan, true, err);
    gr_os_free(source);
    if (status == GR_IO && !output)
        return gr_fail(err, GR_IO, image,
                       "cannot be replaced; add with -o FILE and set GRIOT_GAZETTEER to that file");
    return status;
}

static gr_status run(const gr_args *args, gr_error *err) {
    static const struct {
        const char *name;
        gr_status (*run)(const gr_args *args, gr_error *err);
    } ACTION[] = {{"find", gr_places_find}, {"look", gr_places_look}, {"add", add}, {"build", build}};
    const char *name[4];
    for (size_t i = 0; i < sizeof ACTION / sizeof *ACTION; i++) {
        name[i] = ACTION[i].name;
        if (strcmp(args->operand[0], name[i]) == 0) return ACTION[i].run(args, err);
    }
    const char *near = gr_nearest(args->operand[0], name, 4);
    return gr_fail(err, GR_USAGE, NULL, "places: unknown action %s; %s%s%s", args->operand[0],
                   near ? "did you mean " : "it takes find, look, add or build", near ? near : "",
                   near ? "?" : "");
}

const gr_command gr_command_places = {
    .name = "places",
    .summary = "the places of a text or a name; adding to the gazetteer",
    .synopsis = "find PATH|-... | look NAME... | add|build SOURCE... -o FILE",
    .about =
        "find prints every place that a report names: its words, the place they most likely mean, its\n"
        "level and point, and why. With --json a report is one line {\"id\",\"places\":[...]}\n"
        "(docs/places.md). With --jsonl a line may bring \"mentions\":[{\"start\",\"end\"},...]: then these\n"
        "are resolved and no others are looked for.\n"
        "look prints what the gazetteer holds under a name.\n"
        "add brings sources into the gazetteer in use: a dump of a country from download.geonames.org\n"
        "(unzipped), its alternate names, a table of units with P-codes from cod.unocha.org, a table with\n"
        "the columns name, lat, lon of your own, or others that docs/places.md lists. Records that tell of\n"
        "one place are merged.\n"
        "build compiles an image from sources alone. An image is written whole or not at all.\n",
    .examples = "  griot places find report.txt\n"
                "  griot places find --jsonl - < reports.jsonl > places.jsonl\n"
                "  griot places look Takanamatt --country NER,MLI\n"
                "  griot places add SD.txt -o sudan.griot --report\n"
                "  griot places build knowledge/places/*.tsv -o gazetteer.griot\n",
    .option = options,
    .least = 2,
    .most = -1,
    .run = run,
};
