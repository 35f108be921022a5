/* griot verify: every hash, quote and log entry of the record. */
#include "cli/record.h"
#include "cli/screen.h"

#include <stdio.h>

static const gr_option options[] = {GR_OPTION_RECORD, GR_OPTION_JSON, {0}};

static gr_status run(const gr_args *args, gr_error *err) {
    gr_record *record = gr_open_record(args, GR_OPEN_READ, err);
    if (!record) return err->status;
    gr_verified found = {0};
    gr_status status = gr_record_verify(record, &found, err);
    gr_record_close(record);
    gr_error local;
    if (gr_args_given(args, "json") && (status == GR_OK || status == GR_CHECK)) {
        gr_status printed = gr_json_print(
            json_pack("{s:b, s:I, s:I, s:I, s:I, s:s?}", "whole", status == GR_OK, "sources",
                      (json_int_t)found.sources, "sentences", (json_int_t)found.sentences, "claims",
                      (json_int_t)found.claims, "log_entries", (json_int_t)found.log_entries, "fault",
                      status == GR_OK ? NULL : err->message),
            &local);
        if (printed == GR_OK) return status;
        *err = local;
        return printed;
    }
    if (status == GR_OK)
        gr_put_line("%s is whole: %llu report%s, %llu sentence%s, %llu claim%s, %llu log entries",
                    gr_record_path(args), (unsigned long long)found.sources, gr_plural(found.sources),
                    (unsigned long long)found.sentences, gr_plural(found.sentences),
                    (unsigned long long)found.claims, gr_plural(found.claims),
                    (unsigned long long)found.log_entries);
    return status;
}

const gr_command gr_command_verify = {
    .name = "verify",
    .summary = "check every hash, quote and log entry of the record",
    .synopsis = "[OPTIONS]",
    .about =
        "Reads the whole record and checks that each report still has its hash, that each quote stands at\n"
        "its place in the text, and that no entry of the log was changed or taken out. Leaves with 1 at\n"
        "the first fault, which it names.\n",
    .examples = "  griot verify\n"
                "  griot verify --record sahel.record --json\n",
    .option = options,
    .least = 0,
    .most = 0,
    .run = run,
};
