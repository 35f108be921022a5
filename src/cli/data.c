#include "cli/data.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

bool gr_path_join(char out[GR_MAX_PATH_B], const char *dir, const char *name) {
    int need = snprintf(out, GR_MAX_PATH_B, "%s/%s", dir, name);
    return need >= 0 && need < GR_MAX_PATH_B;
}

bool gr_is_directory(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool holds_knowledge(const char *dir) {
    char path[GR_MAX_PATH_B];
    return gr_path_join(path, dir, "knowledge") && gr_is_directory(path);
}

/* The directory of the program's own file. */
static bool program_dir(char out[GR_MAX_PATH_B]) {
    ssize_t len = readlink("/proc/self/exe", out, GR_MAX_PATH_B - 1);
    if (len <= 0) return false;
    out[len] = '\0';
    char *slash = strrchr(out, '/');
    if (!slash) return false;
    *slash = '\0';
    return true;
}

gr_status gr_data_dir(char out[GR_MAX_PATH_B], gr_error *err) {
    const char *chosen = getenv("GRIOT_DATA");
    if (chosen && *chosen) {
        if (snprintf(out, GR_MAX_PATH_B, "%s", chosen) < GR_MAX_PATH_B && holds_knowledge(out)) return GR_OK;
        return gr_fail(err, GR_NOT_FOUND, "GRIOT_DATA",
                       "%s holds no knowledge directory; unset it or correct it", chosen);
    }
    char own[GR_MAX_PATH_B];
    if (program_dir(own)) {
        if (holds_knowledge(own)) {
            memcpy(out, own, sizeof own);
            return GR_OK;
        }
        if (gr_path_join(out, own, GRIOT_DATA_FROM_BIN) && holds_knowledge(out)) return GR_OK;
    }
    if (holds_knowledge(GRIOT_DATA_DIR)) {
        snprintf(out, GR_MAX_PATH_B, "%s", GRIOT_DATA_DIR);
        return GR_OK;
    }
    return gr_fail(err, GR_NOT_FOUND, NULL,
                   "models and knowledge are not beside the program nor in " GRIOT_DATA_DIR
                   "; reinstall griot or set GRIOT_DATA to their directory");
}

gr_status gr_gazetteer_path(char out[GR_MAX_PATH_B], gr_error *err) {
    const char *chosen = getenv("GRIOT_GAZETTEER");
    if (chosen && *chosen) {
        if (snprintf(out, GR_MAX_PATH_B, "%s", chosen) < GR_MAX_PATH_B) return GR_OK;
        return gr_fail(err, GR_NOT_FOUND, "GRIOT_GAZETTEER", "the path is too long");
    }
    char dir[GR_MAX_PATH_B];
    gr_status status = gr_data_dir(dir, err);
    if (status != GR_OK) return status;
    return gr_path_join(out, dir, "gazetteer.griot")
               ? GR_OK
               : gr_fail(err, GR_NOT_FOUND, dir, "the path is too long");
}

gr_library *gr_open_library(gr_error *err) {
    char dir[GR_MAX_PATH_B], gazetteer[GR_MAX_PATH_B];
    if (gr_data_dir(dir, err) != GR_OK || gr_gazetteer_path(gazetteer, err) != GR_OK) return NULL;
    return gr_library_open_with(dir, gazetteer, err);
}
