/* griot rules: are the knowledge files sound, and do the examples inside the rules hold? */
#include "know/rules.h"
#include "base/os.h"
#include "cli/command.h"
#include "cli/data.h"
#include "cli/json.h"
#include "cli/screen.h"
#include "pipe/rules_test.h"

#include <stdio.h>

static const gr_option options[] = {GR_OPTION_JSON, {0}};

static gr_status print_review(const gr_knowledge *k, const char *lang, const char *dir, bool as_json,
                              gr_error *err) {
    gr_buffer report = {0};
    uint32_t warnings = gr_rules_review(k, &report);
    gr_status status = GR_OK;
    if (report.failed) {
        status = gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while reviewing the rules");
    } else if (as_json) {
        status = gr_json_print(json_pack("{s:b, s:s, s:s, s:i, s:i, s:i, s:i, s:i, s:s%}", "sound", 1, "lang",
                                         lang, "hash", k->hash, "types", (int)k->type_count, "actors",
                                         (int)k->actor_count, "classes", (int)k->class_count, "countries",
                                         (int)k->country_count, "warnings", (int)warnings, "report",
                                         report.len ? report.ptr : "", report.len),
                               err);
    } else {
        if (report.len) fwrite(report.ptr, 1, report.len, stdout);
        gr_put_line("%s is sound in %s: %u types, %u actors, %u word classes, %u countries; %u warning%s",
                    dir, lang, k->type_count, k->actor_count, k->class_count, k->country_count, warnings,
                    gr_plural(warnings));
    }
    gr_buffer_free(&report);
    return status;
}

static gr_status check(const gr_args *args, gr_error *err) {
    char data[GR_MAX_PATH_B], dir[GR_MAX_PATH_B];
    if (args->operand_count == 2) {
        snprintf(dir, sizeof dir, "%s", args->operand[1]);
        if (!gr_is_directory(dir))
            return gr_fail(err, GR_NOT_FOUND, dir, "is not a directory; name one such as knowledge/");
    } else {
        gr_status status = gr_data_dir(data, err);
        if (status != GR_OK) return status;
        if (!gr_path_join(dir, data, "knowledge"))
            return gr_fail(err, GR_NOT_FOUND, data, "the path is too long");
    }
    gr_status status = GR_OK;
    for (unsigned k = 0; status == GR_OK && k < GR_LANGUAGES; k++) {
        gr_knowledge *knowledge = gr_knowledge_open(dir, gr_slice_of(gr_language_code[k]), err);
        if (!knowledge) return err->status;
        status = print_review(knowledge, gr_language_code[k], dir, gr_args_given(args, "json"), err);
        gr_knowledge_close(knowledge);
    }
    return status;
}

static gr_status test(const gr_args *args, gr_error *err) {
    if (args->operand_count == 2)
        return gr_fail(err, GR_USAGE, NULL,
                       "rules: test takes no directory; set GRIOT_DATA to test other files");
    gr_library *library = gr_open_library(err);
    if (!library) return err->status;
    gr_buffer report = {0};
    uint32_t passed = 0, failed = 0;
    gr_status status = gr_rules_test(library, &report, &passed, &failed, err);
    if (status == GR_OK) status = gr_deeds_test(library, &report, &passed, &failed, err);
    bool ran = status == GR_OK || status == GR_CHECK;
    if (ran && gr_args_given(args, "json")) {
        gr_status printed =
            gr_json_print(json_pack("{s:i, s:i, s:s%}", "passed", (int)passed, "failed", (int)failed,
                                    "report", report.len ? report.ptr : "", report.len),
                          err);
        if (printed != GR_OK) status = printed;
    } else if (ran) {
        fwrite(report.ptr, 1, report.len, stdout);
        printf("%u examples hold, %u do not\n", passed, failed);
    }
    gr_buffer_free(&report);
    gr_library_close(library);
    if (status == GR_OK && failed)
        status = gr_fail(err, GR_CHECK, NULL, "%u examples of the rules do not hold", failed);
    return status;
}

static gr_status run(const gr_args *args, gr_error *err) {
    const char *const what[] = {"check", "test"};
    if (strcmp(args->operand[0], "check") == 0) return check(args, err);
    if (strcmp(args->operand[0], "test") == 0) return test(args, err);
    const char *near = gr_nearest(args->operand[0], what, 2);
    return gr_fail(err, GR_USAGE, NULL, "rules: unknown action %s; %s%s%s", args->operand[0],
                   near ? "did you mean griot rules " : "it takes check or test", near ? near : "",
                   near ? "?" : "");
}

const gr_command gr_command_rules = {
    .name = "rules",
    .summary = "check the knowledge files, run the examples inside them",
    .synopsis = "check [DIR] | test",
    .about = "check reads ontology, actors, lexicons and rules and names the first fault as "
             "file:line:column. It warns of\n"
             "rules without an example that must, or must not, give a claim, and of anchors that an earlier "
             "rule takes.\n"
             "test codes every example of every rule, also those that must give nothing, and prints those\n"
             "that do not hold. Both leave non-zero when something is wrong.\n",
    .examples = "  griot rules check\n"
                "  griot rules check my-knowledge/\n"
                "  griot rules test\n",
    .option = options,
    .least = 1,
    .most = 2,
    .run = run,
};
