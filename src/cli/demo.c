/* griot demo: the example reports into a record of their own, shown as claims and as a situation. */
#include "base/os.h"
#include "cli/command.h"
#include "cli/data.h"
#include "cli/record.h"
#include "cli/screen.h"
#include "cli/views.h"
#include "out/geojson.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const gr_option options[] = {
    {"output", 'o', "FILE", "the map to write (default: griot-demo.geojson)"},
    GR_OPTION_JSON,
    {0},
};

enum { MAX_EXAMPLES = 64 };

static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_report(const struct dirent *entry) {
    return gr_ends(gr_slice_of(entry->d_name), GR_S(".txt"));
}

static gr_status add_example(gr_worker *worker, const gr_library *library, gr_record *record, const char *dir,
                             const char *name, gr_added *added, gr_error *err) {
    char path[GR_MAX_PATH_B];
    char *bytes = NULL;
    size_t len = 0;
    if (!gr_path_join(path, dir, name)) return gr_fail(err, GR_USAGE, dir, "the path is too long");
    gr_status status = gr_os_read_all(path, (size_t)1 << 24, &bytes, &len, err);
    if (status != GR_OK) return status;
    gr_source source = {.name = gr_slice_of(name), .publisher = GR_S("griot's examples")};
    gr_coded coded;
    gr_buffer json = {0};
    status = gr_worker_code(worker, (gr_slice){bytes, len}, &source, &coded, err);
    if (status == GR_OK) {
        gr_write_claims(library, &coded, &json);
        status =
            gr_record_add(record, library, &coded, gr_buffer_slice(&json), gr_os_now_unix_s(), added, err);
    }
    gr_buffer_free(&json);
    gr_os_free(bytes);
    return status;
}

static gr_status add_examples(const gr_library *library, gr_record *record, bool told, gr_error *err) {
    char data[GR_MAX_PATH_B], dir[GR_MAX_PATH_B];
    gr_status status = gr_data_dir(data, err);
    if (status != GR_OK) return status;
    if (!gr_path_join(dir, data, "examples")) return gr_fail(err, GR_USAGE, data, "the path is too long");
    struct dirent **entry = NULL;
    int count = scandir(dir, &entry, is_report, by_name);
    gr_worker *worker = count > 0 ? gr_worker_new(library, (gr_pipe_options){.incidents = true}, err) : NULL;
    if (count <= 0)
        status = gr_fail(err, GR_NOT_FOUND, dir, "holds no example reports; install griot with its data");
    else if (!worker)
        status = err->status;
    for (int i = 0; i < count; i++) {
        gr_added added = {0};
        if (status == GR_OK)
            status = add_example(worker, library, record, dir, entry[i]->d_name, &added, err);
        if (status == GR_OK && told)
            printf("  %s: %u claim%s\n", entry[i]->d_name, added.claims, gr_plural(added.claims));
        free(entry[i]);
    }
    free(entry);
    gr_worker_free(worker);
    return status;
}

static gr_status print_text(const json_t *claims, const json_t *situation, const char *output,
                            const gr_exported *done, gr_error *err) {
    puts("\nClaims (drafts, until a person accepts them):\n");
    gr_status status = gr_print_claims(claims, err);
    putchar('\n');
    if (status == GR_OK) status = gr_situation_print(situation, err);
    putchar('\n');
    if (status != GR_OK) return status;
    gr_put_line("%s: %u points for a map, with what it leaves out in %s.losses.json", output, done->features,
                output);
    gr_put_line("Next, a report of your own: griot add REPORT.txt && griot show DOC");
    return GR_OK;
}

static gr_status show(gr_record *record, const char *output, bool as_json, gr_error *err) {
    gr_claim_filter filter = gr_every_claim();
    json_t *claims = gr_collect_claims(record, &filter, err);
    if (!claims) return err->status;
    gr_situation_plan plan = {.on = GR_NO_DAY, .known_on = GR_NO_DAY, .drafts = true};
    json_t *situation = gr_situation_json(record, &plan, err);
    gr_exported done = {0};
    gr_status status = situation ? gr_geojson_write(claims, output, &done, err) : err->status;
    if (status == GR_OK && as_json)
        status = gr_json_print(json_pack("{s:O, s:O, s:s, s:i}", "claims", claims, "situation", situation,
                                         "map", output, "points", (int)done.features),
                               err);
    else if (status == GR_OK)
        status = print_text(claims, situation, output, &done, err);
    json_decref(situation);
    json_decref(claims);
    return status;
}

/* The record of the demo, in a folder of its own that goes when the program ends, however it does so by
 * itself. */
static struct scratch { char dir[32], path[48]; } scratch;

static void remove_scratch(void) {
    static const char *const leftover[] = {"", "-wal", "-shm"};
    for (unsigned i = 0; i < 3; i++) {
        char file[64];
        snprintf(file, sizeof file, "%s%s", scratch.path, leftover[i]);
        unlink(file);
    }
    rmdir(scratch.dir);
}

static gr_status make_scratch(gr_error *err) {
    snprintf(scratch.dir, sizeof scratch.dir, "/tmp/griot-demo-XXXXXX");
    if (!mkdtemp(scratch.dir))
        return gr_fail(err, GR_IO, "/tmp", "no temporary folder could be made there; check its permissions");
    snprintf(scratch.path, sizeof scratch.path, "%s/record", scratch.dir);
    atexit(remove_scratch);
    return GR_OK;
}

static gr_status run_in_scratch(const gr_library *library, const gr_args *args, gr_error *err) {
    const char *output = gr_args_value(args, "output");
    bool as_json = gr_args_given(args, "json");
    gr_record *record = gr_record_open(scratch.path, GR_OPEN_CREATE, err);
    if (!record) return err->status;
    if (!as_json) puts("Reading the example reports:");
    gr_status status = add_examples(library, record, !as_json, err);
    if (status == GR_OK) status = show(record, output ? output : "griot-demo.geojson", as_json, err);
    gr_record_close(record);
    return status;
}

static gr_status run(const gr_args *args, gr_error *err) {
    gr_library *library = gr_open_library(err);
    if (!library) return err->status;
    gr_status status = make_scratch(err);
    if (status == GR_OK) status = run_in_scratch(library, args, err);
    gr_library_close(library);
    return status;
}

const gr_command gr_command_demo = {
    .name = "demo",
    .summary = "code the example reports and show what griot makes of them",
    .synopsis = "[OPTIONS]",
    .about =
        "Codes the example reports into a temporary record, prints their claims and the situation that they\n"
        "describe, and leaves a GeoJSON file for a map in the current folder.\n",
    .examples = "  griot demo\n"
                "  griot demo -o demo.geojson\n",
    .option = options,
    .least = 0,
    .most = 0,
    .run = run,
};
