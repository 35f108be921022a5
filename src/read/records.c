/* JSON and JSON lines by field maps: each record is a document. */
#include "read/parts_internal.h"

#include "base/limits.h"
#include "base/os.h"

#include <jansson.h>
#include <stdlib.h>

/* The value at a path such as "fields.source.name"; of a list its first element. */
static const json_t *at_path(const json_t *value, gr_slice path) {
    char key[128];
    while (value && path.len) {
        gr_slice name = gr_cut(&path, '.');
        if (json_is_array(value)) value = json_array_get(value, 0);
        if (name.len >= sizeof key) return NULL;
        memcpy(key, name.ptr, name.len);
        key[name.len] = '\0';
        value = json_object_get(value, key);
    }
    return value;
}

static void add_value(const json_t *value, gr_buffer *out, unsigned depth) {
    if (json_is_string(value)) {
        gr_buffer_add(out, (gr_slice){json_string_value(value), json_string_length(value)});
    } else if (json_is_integer(value)) {
        gr_buffer_printf(out, "%lld", (long long)json_integer_value(value));
    } else if (json_is_array(value) && depth < 4) { /* pieces of a text, or paragraphs */
        for (size_t i = 0; i < json_array_size(value); i++)
            add_value(json_array_get(value, i), out, depth + 1);
    } else if (json_is_object(value)) {
        add_value(json_object_get(value, "text"), out, depth + 1);
    }
}

/* The first choice that says anything. Of other fields than the text a list says its first element. */
static void take_field(const gr_map_of_fields *map, const json_t *record, gr_map_field field,
                       gr_buffer *out) {
    const gr_choices *choices = &map->field[field];
    gr_buffer_clear(out);
    for (unsigned i = 0; i < choices->count && !gr_trim(gr_buffer_slice(out)).len; i++) {
        const json_t *value = at_path(record, choices->path[i]);
        if (field != GR_MAP_TEXT && json_is_array(value)) value = json_array_get(value, 0);
        gr_buffer_clear(out);
        add_value(value, out, 0);
    }
}

static bool fits(const gr_map_of_fields *map, const json_t *record) {
    for (unsigned n = 0; n < map->need_count; n++) {
        bool found = false;
        for (unsigned i = 0; i < map->need[n].count; i++)
            found = found || at_path(record, map->need[n].path[i]);
        if (!found) return false;
    }
    return json_is_object(record);
}

typedef struct records {
    gr_unpacking *u;
    const gr_reading *of;
    uint64_t number, given;
    gr_buffer raw, title, body, text, published, publisher, url, name;
    char day[11], lang[4];
} records;

static void free_records(records *r) {
    gr_buffer *const all[] = {&r->raw,       &r->title,     &r->body, &r->text,
                              &r->published, &r->publisher, &r->url,  &r->name};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) gr_buffer_free(all[i]);
}

static gr_status build(records *r, const gr_map_of_fields *map, const json_t *record, gr_error *err) {
    gr_buffer plain = {0};
    take_field(map, record, GR_MAP_TITLE, &r->raw);
    gr_status status = gr_add_marked_up(gr_buffer_slice(&r->raw), &plain, err);
    gr_one_line(&r->title, gr_buffer_slice(&plain));
    gr_buffer_free(&plain);
    take_field(map, record, GR_MAP_TEXT, &r->raw);
    gr_buffer_clear(&r->body);
    if (status == GR_OK) status = gr_add_marked_up(gr_buffer_slice(&r->raw), &r->body, err);
    gr_buffer_clear(&r->text);
    gr_join_title(&r->text, gr_buffer_slice(&r->title), gr_trim(gr_buffer_slice(&r->body)));
    take_field(map, record, GR_MAP_PUBLISHED, &r->published);
    gr_take_day(gr_buffer_slice(&r->published), r->day);
    take_field(map, record, GR_MAP_LANG, &r->raw);
    gr_take_lang(gr_buffer_slice(&r->raw), r->lang);
    take_field(map, record, GR_MAP_PUBLISHER, &r->raw);
    gr_one_line(&r->publisher, gr_buffer_slice(&r->raw));
    take_field(map, record, GR_MAP_URL, &r->raw);
    gr_one_line(&r->url, gr_buffer_slice(&r->raw));
    return status == GR_OK && r->text.failed ? gr_out_of_memory(err) : status;
}

static gr_status give_record(records *r, const gr_map_of_fields *map, const json_t *record, gr_slice bytes,
                             gr_error *err) {
    gr_error why = {0};
    gr_status status = build(r, map, record, &why);
    take_field(map, record, GR_MAP_ID, &r->raw);
    gr_slice id = gr_sub(gr_trim(gr_buffer_slice(&r->raw)), 0, 200), name;
    if (id.len) {
        gr_buffer_clear(&r->name);
        gr_buffer_add(&r->name, r->of->name);
        gr_buffer_byte(&r->name, '#');
        gr_buffer_add(&r->name, id);
        name = gr_buffer_slice(&r->name);
    } else {
        name = gr_part_name(&r->name, r->of->name, r->number, GR_S(""));
    }
    if (status != GR_OK) return gr_set_aside(r->u, name, &why, err);
    r->given++;
    return gr_give(r->u, r->of,
                   (gr_reading){.format = GR_FORMAT_JSON,
                                .name = name,
                                .bytes = bytes,
                                .text = gr_buffer_slice(&r->text),
                                .title = gr_buffer_slice(&r->title),
                                .published = gr_slice_of(r->day),
                                .publisher = gr_buffer_slice(&r->publisher),
                                .url = gr_buffer_slice(&r->url),
                                .lang = gr_slice_of(r->lang)});
}

static const gr_map_of_fields *map_for(const gr_maps *maps, const json_t *record) {
    for (unsigned i = 0; maps && i < maps->count; i++)
        if (!maps->map[i].records.len && fits(&maps->map[i], record)) return &maps->map[i];
    return NULL;
}

/* Records without a text, such as the service messages of a channel, are passed over. */
static gr_status read_list(records *r, const gr_map_of_fields *map, const json_t *list, gr_error *err) {
    gr_status status = GR_OK;
    for (size_t i = 0; i < json_array_size(list) && status == GR_OK && !r->u->stopped; i++) {
        const json_t *record = json_array_get(list, i);
        const gr_map_of_fields *own = map ? map : map_for(r->u->maps, record);
        r->number++;
        if (!own || !fits(own, record)) continue;
        take_field(own, record, GR_MAP_TEXT, &r->raw);
        bool said = gr_trim(gr_buffer_slice(&r->raw)).len > 0;
        if (!said) take_field(own, record, GR_MAP_TITLE, &r->raw);
        if (!said && !gr_trim(gr_buffer_slice(&r->raw)).len) continue;
        char *bytes = json_dumps(record, JSON_COMPACT | JSON_SORT_KEYS);
        status = bytes ? give_record(r, own, record, gr_slice_of(bytes), err) : gr_out_of_memory(err);
        free(bytes);
    }
    return status;
}

static bool any_fits(const gr_map_of_fields *map, const json_t *list) {
    for (size_t i = 0; i < json_array_size(list) && i < 50; i++)
        if (fits(map, json_array_get(list, i))) return true;
    return false;
}

static gr_status no_map(gr_error *err) {
    return gr_fail(err, GR_BAD_INPUT, NULL,
                   "holds JSON that no field map knows; add a map to knowledge/maps (docs/formats.md)");
}

/* A whole JSON text: a list of records, a list inside an object, or one record. */
static gr_status read_whole(records *r, const json_t *value, gr_slice bytes, gr_error *err) {
    const gr_maps *maps = r->u->maps;
    for (unsigned i = 0; maps && i < maps->count; i++) {
        const gr_map_of_fields *map = &maps->map[i];
        const json_t *list = map->records.len ? at_path(value, map->records) : NULL;
        if (json_is_array(list) && any_fits(map, list)) return read_list(r, map, list, err);
    }
    if (json_is_array(value)) {
        gr_status status = read_list(r, NULL, value, err);
        return status == GR_OK && !r->given ? no_map(err) : status;
    }
    const gr_map_of_fields *map = map_for(maps, value);
    if (!map) return no_map(err);
    r->number++;
    return give_record(r, map, value, bytes, err);
}

static gr_status read_line(records *r, gr_slice line, gr_error *err) {
    json_error_t fault;
    gr_error why = {0};
    gr_status status = GR_OK;
    r->number++;
    if (!gr_trim(line).len) return GR_OK;
    json_t *record = json_loadb(line.ptr, line.len, JSON_ALLOW_NUL, &fault);
    const gr_map_of_fields *map = map_for(r->u->maps, record);
    if (map)
        status = give_record(r, map, record, line, &why);
    else if (!record)
        status = gr_fail(&why, GR_BAD_INPUT, NULL, "is no JSON (%.100s)", fault.text);
    else
        status = no_map(&why);
    json_decref(record);
    if (status == GR_OK) return GR_OK;
    return gr_set_aside(r->u, gr_part_name(&r->name, r->of->name, r->number, GR_S("")), &why, err);
}

/* Is the first line an object of its own, with more behind it? */
static bool is_lines(gr_stream *in) {
    gr_slice head = gr_stream_peek(in, GR_MAX_STREAM_HEAD_B), first = gr_trim(gr_cut(&head, '\n'));
    if (!head.ptr || !gr_starts(first, GR_S("{")) || !gr_ends(first, GR_S("}"))) return false;
    json_error_t ignored;
    json_t *value = json_loadb(first.ptr, first.len, JSON_ALLOW_NUL, &ignored);
    json_decref(value);
    return value && gr_trim(head).len && gr_trim(head).ptr[0] == '{';
}

static gr_status read_lines(records *r, gr_stream *in, gr_error *err) {
    gr_status status = GR_OK;
    gr_slice line;
    while (status == GR_OK && !r->u->stopped && gr_stream_line(in, GR_MAX_STREAM_LINE_B, &line))
        status = read_line(r, line, err);
    if (status == GR_OK) status = gr_stream_status(in, err);
    return status;
}

gr_status gr_read_json(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_error *err) {
    records r = {.u = u, .of = of};
    gr_status status = GR_OK;
    if (is_lines(in)) {
        status = read_lines(&r, in, err);
    } else {
        gr_slice bytes;
        status = gr_stream_all(in, GR_MAX_DOCUMENT_B, &bytes, err);
        json_error_t fault;
        json_t *value = status == GR_OK ? json_loadb(bytes.ptr, bytes.len, JSON_ALLOW_NUL, &fault) : NULL;
        if (status == GR_OK && !value)
            status = gr_fail(err, GR_BAD_INPUT, NULL, "begins like JSON but is none (%.100s)", fault.text);
        if (value) status = read_whole(&r, value, bytes, err);
        json_decref(value);
    }
    free_records(&r);
    return status;
}
