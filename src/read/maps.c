#include "read/maps.h"

#include "base/limits.h"
#include "base/os.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const field_names[GR_MAP_COUNT] = {[GR_MAP_ID] = "id",
                                                      [GR_MAP_TITLE] = "title",
                                                      [GR_MAP_TEXT] = "text",
                                                      [GR_MAP_PUBLISHED] = "published",
                                                      [GR_MAP_PUBLISHER] = "publisher",
                                                      [GR_MAP_URL] = "url",
                                                      [GR_MAP_LANG] = "lang"};

static gr_status bad(const char *file, unsigned line, const char *message, gr_error *err) {
    char origin[256];
    snprintf(origin, sizeof origin, "%.200s:%u", file, line);
    return gr_fail(err, GR_BAD_RULES, origin, "%s", message);
}

/* "fields.body-html | fields.body" */
static bool take_choices(gr_slice value, gr_choices *into) {
    while (value.ptr && into->count < GR_MAX_MAP_CHOICES) {
        gr_slice path = gr_trim(gr_cut(&value, '|'));
        if (!path.len) return false;
        into->path[into->count++] = path;
    }
    return into->count > 0 && !value.ptr;
}

static const char *take_member(gr_map_of_fields *map, gr_slice key, gr_slice value) {
    if (gr_is(key, "records")) {
        map->records = value;
        return value.len ? NULL : "records needs a path";
    }
    if (gr_is(key, "need")) {
        if (map->need_count == sizeof map->need / sizeof *map->need) return "has too many lines of need";
        return take_choices(value, &map->need[map->need_count++]) ? NULL : "need takes paths parted by |";
    }
    for (unsigned f = 0; f < GR_MAP_COUNT; f++) {
        if (!gr_is(key, field_names[f])) continue;
        if (map->field[f].count) return "names a field twice";
        return take_choices(value, &map->field[f]) ? NULL : "a field takes paths parted by |";
    }
    return "is no member of a map: records, need, id, title, text, published, publisher, url or lang";
}

static const char *complete(const gr_map_of_fields *map) {
    if (!map->need_count) return "the map before this line says with need by what it is known";
    if (!map->field[GR_MAP_TEXT].count && !map->field[GR_MAP_TITLE].count)
        return "the map before this line has neither text nor title";
    return NULL;
}

static const char *take_line(gr_maps *maps, gr_slice line) {
    gr_slice value = line, key = gr_cut(&value, ' ');
    value = gr_trim(value);
    if (gr_is(key, "map")) {
        const char *fault = maps->count ? complete(&maps->map[maps->count - 1]) : NULL;
        if (fault) return fault;
        if (maps->count == GR_MAX_MAPS) return "there are too many maps";
        if (!value.len) return "a map needs a name";
        maps->map[maps->count++] = (gr_map_of_fields){.name = value};
        return NULL;
    }
    if (!maps->count) return "a member stands before the first map";
    return take_member(&maps->map[maps->count - 1], key, value);
}

static gr_status take_file(gr_maps *maps, gr_slice text, const char *name, gr_error *err) {
    unsigned number = 0;
    while (text.ptr) {
        gr_slice line = gr_cut(&text, '\n');
        number++;
        const char *hash = line.len ? memchr(line.ptr, '#', line.len) : NULL;
        if (hash) line.len = (size_t)(hash - line.ptr);
        line = gr_trim(line);
        const char *fault = line.len ? take_line(maps, line) : NULL;
        if (fault) return bad(name, number, fault, err);
    }
    const char *fault = maps->count ? complete(&maps->map[maps->count - 1]) : NULL;
    return fault ? bad(name, number, fault, err) : GR_OK;
}

gr_maps *gr_maps_parse(gr_slice text, const char *name, gr_error *err) {
    gr_maps *maps = gr_os_alloc_zero(sizeof *maps);
    if (maps) gr_buffer_add(&maps->files, text);
    if (!maps || maps->files.failed) {
        gr_fail(err, GR_NO_MEMORY, name, "out of memory while reading the maps");
    } else if (take_file(maps, gr_buffer_slice(&maps->files), name, err) == GR_OK) {
        return maps;
    }
    gr_maps_free(maps);
    return NULL;
}

void gr_maps_free(gr_maps *maps) {
    if (!maps) return;
    gr_buffer_free(&maps->files);
    gr_os_free(maps);
}

static int is_map(const struct dirent *entry) {
    return gr_ends(gr_slice_of(entry->d_name), GR_S(".map"));
}

static gr_status append_file(const char *folder, const char *name, gr_buffer *all, gr_error *err) {
    char path[4096], *bytes;
    size_t len;
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return gr_fail(err, GR_IO, folder, "the path is too long");
    gr_status status = gr_os_read_all(path, GR_MAX_KNOWLEDGE_FILE_B, &bytes, &len, err);
    if (status != GR_OK) return status;
    gr_buffer_add(all, (gr_slice){bytes, len});
    gr_buffer_byte(all, '\n');
    gr_os_free(bytes);
    return all->failed ? gr_fail(err, GR_NO_MEMORY, path, "out of memory while reading the maps") : GR_OK;
}

/* Each file is tried alone first, so that a fault has its own file and line. */
static gr_status check_file(const char *folder, const char *name, gr_error *err) {
    gr_buffer text = {0};
    gr_status status = append_file(folder, name, &text, err);
    if (status == GR_OK) {
        gr_maps *maps = gr_maps_parse(gr_buffer_slice(&text), name, err);
        status = maps ? GR_OK : GR_BAD_RULES;
        gr_maps_free(maps);
    }
    gr_buffer_free(&text);
    return status;
}

gr_maps *gr_maps_load(const char *folder, gr_error *err) {
    struct dirent **entry = NULL;
    int count = gr_os_io_fails() ? -1 : scandir(folder, &entry, is_map, alphasort);
    gr_buffer all = {0};
    gr_status status = GR_OK;
    for (int i = 0; i < count; i++) {
        if (status == GR_OK) status = check_file(folder, entry[i]->d_name, err);
        if (status == GR_OK) status = append_file(folder, entry[i]->d_name, &all, err);
        free(entry[i]);
    }
    free(entry);
    gr_maps *maps = status == GR_OK ? gr_maps_parse(gr_buffer_slice(&all), folder, err) : NULL;
    gr_buffer_free(&all);
    return maps;
}
