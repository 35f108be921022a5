/* Where models, knowledge, gazetteer and examples lie: $GRIOT_DATA; else beside the program, as in a build;
 * else where they were installed, which follows the program when the whole tree is moved. */
#ifndef GRIOT_CLI_DATA_H
#define GRIOT_CLI_DATA_H

#include "pipe/pipe.h"

#define GR_MAX_PATH_B 4096

/* GR_NOT_FOUND when there is none. */
gr_status gr_data_dir(char out[GR_MAX_PATH_B], gr_error *err);
/* DIR/name; false when that is too long. */
bool gr_path_join(char out[GR_MAX_PATH_B], const char *dir, const char *name);
bool gr_is_directory(const char *path);
/* The gazetteer image in use: $GRIOT_GAZETTEER, else the one of the data directory. */
gr_status gr_gazetteer_path(char out[GR_MAX_PATH_B], gr_error *err);
/* The library of the data directory; NULL with *err filled. Close with gr_library_close. */
gr_library *gr_open_library(gr_error *err);

#endif
