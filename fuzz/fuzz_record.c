/* Arbitrary bytes as a record: opening, listing and verifying must end in an error or succeed. */
#include "store/store.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool take_claim(void *context, gr_slice json) {
    *(size_t *)context += json.len;
    return true;
}

static bool take_source(void *context, const gr_source_row *row) {
    *(size_t *)context += row->text.len;
    return true;
}

static void ask(gr_record *record) {
    size_t seen = 0;
    gr_error err;
    gr_verified found;
    gr_claim_filter all = {.from = GR_NO_DAY, .until = GR_NO_DAY};
    gr_claim_filter some = {
        .actor = GR_S("column"), .place = GR_S("ner"), .text = GR_S("market"), .from = 0, .until = 1 << 20};
    gr_record_claims(record, &all, take_claim, &seen, &err);
    gr_record_claims(record, &some, take_claim, &seen, &err);
    gr_record_sources(record, (gr_slice){NULL, 0}, take_source, &seen, &err);
    if (gr_record_verify(record, &found, &err) == GR_OK && found.log_entries == 0) abort();
}

/* A directory on memory where there is one: the file is written for each input. */
static void make_folder(char *out, size_t capacity) {
    snprintf(out, capacity, "%s/griot-fuzz-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (!mkdtemp(out)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char folder[48], path[64], shared[80], wal[80];
    make_folder(folder, sizeof folder);
    snprintf(path, sizeof path, "%s/r", folder);
    snprintf(shared, sizeof shared, "%s-shm", path);
    snprintf(wal, sizeof wal, "%s-wal", path);
    FILE *file = fopen(path, "wb");
    if (!file) abort();
    if (size && fwrite(data, 1, size, file) != size) abort();
    fclose(file);
    gr_error err = {GR_OK};
    gr_record *record = gr_record_open(path, GR_OPEN_READ, &err);
    if (record)
        ask(record);
    else if (err.status == GR_OK || !err.message[0])
        abort();
    gr_record_close(record);
    unlink(path);
    unlink(shared);
    unlink(wal);
    rmdir(folder);
    return 0;
}
