/* griot actors import: dictionaries of other event coders as blocks for knowledge/actors. */
#include "know/actors_import.h"
#include "base/limits.h"
#include "base/os.h"
#include "cli/actors.h"
#include "cli/data.h"

#include <stdio.h>

static gr_status write_out(const gr_args *args, const gr_buffer *out, gr_error *err) {
    const char *path = gr_args_value(args, "output");
    if (path) return gr_os_write_all(path, gr_buffer_slice(out), err);
    fwrite(out->ptr ? out->ptr : "", 1, out->len, stdout);
    return GR_OK;
}

static gr_status convert(const gr_args *args, const gr_knowledge *know, gr_arena *arena, gr_slice bytes,
                         gr_buffer *out, gr_error *err) {
    jmp_buf full;
    if (setjmp(full))
        return gr_fail(err, GR_NO_MEMORY, args->operand[1],
                       "needs more memory than there is; split the file");
    gr_arena_guard(arena, &full);
    gr_import_counts counts;
    gr_status status = gr_actors_import(arena, know, bytes, gr_slice_of(args->operand[1]), out, &counts, err);
    if (status == GR_OK) status = write_out(args, out, err);
    if (status == GR_OK)
        fprintf(gr_args_given(args, "output") ? stdout : stderr,
                "%u actors with %u names; left out: %u country names, %u coded as nobody\n", counts.actors,
                counts.names, counts.countries, counts.nulls);
    return status;
}

gr_status gr_actors_import_file(const gr_args *args, gr_error *err) {
    if (args->operand_count != 2)
        return gr_fail(err, GR_USAGE, NULL, "actors: import takes one dictionary: griot actors import FILE");
    char data[GR_MAX_PATH_B], dir[GR_MAX_PATH_B];
    gr_status status = gr_data_dir(data, err);
    if (status == GR_OK && !gr_path_join(dir, data, "knowledge"))
        status = gr_fail(err, GR_NOT_FOUND, data, "the path is too long");
    if (status != GR_OK) return status;
    char *bytes = NULL;
    size_t len = 0;
    gr_buffer out = {0};
    gr_arena *arena = NULL;
    gr_knowledge *know = gr_knowledge_open(dir, GR_S("en"), err);
    status =
        know ? gr_os_read_all(args->operand[1], GR_MAX_KNOWLEDGE_FILE_B, &bytes, &len, err) : err->status;
    if (status == GR_OK) arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B);
    if (status == GR_OK && !arena) status = gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
    if (status == GR_OK) status = convert(args, know, arena, (gr_slice){bytes, len}, &out, err);
    gr_arena_free(arena);
    gr_buffer_free(&out);
    gr_os_free(bytes);
    gr_knowledge_close(know);
    return status;
}
