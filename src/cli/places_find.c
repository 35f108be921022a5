/* griot places find: every place that a report names, found and resolved, without claims. */
#include "base/os.h"
#include "cli/data.h"
#include "cli/inputs.h"
#include "cli/json.h"
#include "cli/places.h"
#include "cli/screen.h"
#include "cli/table.h"
#include "pipe/pipe_internal.h"

#include <math.h>
#include <stdio.h>

typedef struct finder {
    const gr_gazetteer *gazetteer;
    const gr_coded *coded;
    const gr_understood *understood;
    bool json, demonyms;
} finder;

static gr_slice words_of(const finder *f, const gr_place_mention *m) {
    const gr_token *first = &f->coded->text.token[m->tok_begin],
                   *last = &f->coded->text.token[m->tok_end - 1];
    return gr_sub(f->coded->text.bytes, first->off_b, (size_t)last->off_b + last->len_b);
}

static uint32_t start_cp(const finder *f, const gr_place_mention *m) {
    return gr_offset_cp(&f->coded->offsets, f->coded->text.token[m->tok_begin].off_b);
}

static uint32_t end_cp(const finder *f, const gr_place_mention *m) {
    const gr_token *last = &f->coded->text.token[m->tok_end - 1];
    return gr_offset_cp(&f->coded->offsets, last->off_b + last->len_b);
}

static json_t *rounded(bool given, double value, double per_unit) {
    return given ? json_real(round(value * per_unit) / per_unit) : json_null();
}

/* The number in "geonames:2440485", or null. */
static json_t *geonames_number(gr_slice id) {
    uint64_t number;
    gr_slice prefix = GR_S("geonames:");
    bool known = gr_starts(id, prefix) && gr_parse_u64(gr_sub(id, prefix.len, id.len), &number);
    return known ? json_integer((json_int_t)number) : json_null();
}

static void put_place(const finder *f, json_t *out, uint32_t number) {
    gr_place place = gr_gazetteer_place(f->gazetteer, number);
    json_object_set_new(out, "name", gr_json_words(place.name));
    json_object_set_new(out, "level", json_string(gr_level_name(place.level)));
    json_object_set_new(out, "country", gr_json_words(gr_slice_of(place.country)));
    json_object_set_new(out, "lat", rounded(place.has_point, place.lat_deg, 1e5));
    json_object_set_new(out, "lon", rounded(place.has_point, place.lon_deg, 1e5));
    json_object_set_new(out, "place", gr_json_words(place.id));
    json_object_set_new(out, "geonameid", geonames_number(place.id));
}

/* The other places that may be meant, best first. */
static json_t *rivals_json(const finder *f, const gr_place_mention *m) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < m->rival_count; i++) {
        json_t *item = json_object();
        put_place(f, item, m->rival[i].place);
        json_object_set_new(item, "score", rounded(true, m->rival[i].score, 1e2));
        json_array_append_new(list, item);
    }
    return list;
}

static json_t *mention_json(const finder *f, const gr_place_mention *m) {
    json_t *out = json_object();
    json_object_set_new(out, "start", json_integer(start_cp(f, m)));
    json_object_set_new(out, "end", json_integer(end_cp(f, m)));
    json_object_set_new(out, "exact", gr_json_words(words_of(f, m)));
    json_object_set_new(out, "where", json_string(gr_where_name(m->where)));
    if (m->place != GR_NO_PLACE) put_place(f, out, m->place);
    json_object_set_new(out, "score", rounded(true, m->score, 1e2));
    json_object_set_new(out, "candidates", json_integer(m->candidates));
    json_object_set_new(out, "reason", json_string(m->reason));
    if (m->rival_count) json_object_set_new(out, "others", rivals_json(f, m));
    if (m->demonym) json_object_set_new(out, "demonym", json_true());
    if (m->line != GR_NO_PLACE)
        json_object_set_new(out, "border", gr_json_words(gr_gazetteer_place(f->gazetteer, m->line).id));
    if (m->official) json_object_set_new(out, "official", json_true());
    if (m->offset_km > 0) json_object_set_new(out, "offset_km", rounded(true, m->offset_km, 1e3));
    if (m->offset_bearing_deg >= 0)
        json_object_set_new(out, "bearing_deg", rounded(true, (double)m->offset_bearing_deg, 1e1));
    gr_point point;
    double radius_km;
    if (gr_place_offset(f->gazetteer, m, &point, &radius_km))
        json_object_set_new(out, "point",
                            json_pack("{s:o,s:o,s:o}", "lat", rounded(true, point.lat_deg, 1e4), "lon",
                                      rounded(true, point.lon_deg, 1e4), "radius_km",
                                      rounded(true, radius_km, 1e1)));
    return out;
}

static gr_status print_json(const finder *f, gr_slice id, gr_error *err) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < f->understood->places.count; i++)
        json_array_append_new(list, mention_json(f, &f->understood->places.item[i]));
    json_t *out = json_object();
    json_t *key = id.len ? json_loadb(id.ptr, id.len, JSON_DECODE_ANY, NULL)
                         : gr_json_words(f->coded->document.source.name);
    json_object_set_new(out, "id", key);
    json_object_set_new(out, "places", list);
    return gr_json_print(out, err);
}

static gr_slice point_text(gr_arena *arena, const gr_place *place) {
    return place->has_point ? gr_printf(arena, "%.4f, %.4f", place->lat_deg, place->lon_deg) : GR_S("-");
}

static void print_table(const finder *f, gr_arena *arena) {
    gr_table table = {
        .arena = arena,
        .columns = 6,
        .title = {GR_S("at"), GR_S("words"), GR_S("place"), GR_S("level"), GR_S("point"), GR_S("why")}};
    for (uint32_t i = 0; i < f->understood->places.count; i++) {
        const gr_place_mention *m = &f->understood->places.item[i];
        gr_slice cell[6] = {
            gr_printf(arena, "%u", start_cp(f, m)),          words_of(f, m), GR_S("-"), GR_S("-"), GR_S("-"),
            gr_printf(arena, "%.2f %s", m->score, m->reason)};
        if (m->place != GR_NO_PLACE) {
            gr_place place = gr_gazetteer_place(f->gazetteer, m->place);
            cell[2] =
                gr_printf(arena, "%.*s%s%s", GR_FMT(place.name), place.country[0] ? ", " : "", place.country);
            cell[3] = gr_slice_of(gr_level_name(place.level));
            cell[4] = point_text(arena, &place);
        }
        gr_table_row(&table, cell);
    }
    gr_table_print(&table);
}

/* "mentions" of a JSON line. NULL with *count 0 where it has none; the caller frees. */
static gr_status read_given(const gr_task *task, gr_span_cp **given, uint32_t *count, gr_error *err) {
    const json_t *list = json_object_get(gr_inputs_json(task), "mentions");
    *given = NULL;
    *count = 0;
    if (!list) return GR_OK;
    size_t size = json_array_size(list);
    *given = gr_os_alloc((size + 1) * sizeof **given);
    if (!*given) return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
    for (size_t i = 0; i < size; i++) {
        const json_t *item = json_array_get(list, i);
        double begin = gr_json_number(item, "start"), end = gr_json_number(item, "end");
        if (!(begin >= 0 && begin < end && end < UINT32_MAX && (i == 0 || begin >= (*given)[i - 1].begin)))
            return gr_fail(err, GR_BAD_INPUT, NULL,
                           "\"mentions\" has to be a list of {\"start\",\"end\"} in rising order");
        (*given)[(*count)++] = (gr_span_cp){(uint32_t)begin, (uint32_t)end};
    }
    return GR_OK;
}

static void find_in(gr_worker *worker, finder *f, gr_task *task) {
    gr_coded coded;
    gr_understood understood;
    gr_span_cp *given;
    uint32_t count;
    task->status = read_given(task, &given, &count, &task->error);
    gr_locate_plan plan = {.demonyms = f->demonyms, .official = true, .given = given, .given_count = count};
    if (task->status == GR_OK)
        task->status = gr_worker_locate(worker, (gr_slice){task->bytes, task->len}, &task->source, &plan,
                                        &coded, &understood, &task->error);
    f->coded = &coded;
    f->understood = &understood;
    if (task->status == GR_OK && f->json)
        task->status = print_json(f, gr_inputs_id(task), &task->error);
    else if (task->status == GR_OK)
        print_table(f, understood.arena);
    gr_os_free(given);
}

static void find_all(gr_worker *worker, finder *f, gr_inputs *inputs) {
    for (;;) {
        gr_task task = {0};
        if (!gr_inputs_next(inputs, &task)) return;
        gr_inputs_load(&task);
        if (task.status == GR_OK) find_in(worker, f, &task);
        if (task.status != GR_OK) gr_inputs_failed(inputs, &task);
        gr_os_free(task.bytes);
        gr_inputs_done(&task);
        if (inputs->jsonl) fflush(stdout);
    }
}

gr_status gr_places_find(const gr_args *args, gr_error *err) {
    gr_inputs inputs;
    gr_status status = gr_inputs_open(args, &inputs, err);
    if (status != GR_OK) return status;
    inputs.at = 1; /* behind the action's name */
    gr_library *library = gr_open_library(err);
    if (!library) return err->status;
    gr_pipe_options options = {.parse_all = true};
    gr_worker *worker = gr_worker_new(library, options, err);
    finder f = {.gazetteer = gr_library_gazetteer(library),
                .json = inputs.jsonl || gr_args_given(args, "json"),
                .demonyms = gr_args_given(args, "demonyms")};
    gr_catch_interrupts();
    if (worker) find_all(worker, &f, &inputs);
    status = gr_inputs_result(&inputs, worker ? GR_OK : err->status, err);
    gr_worker_free(worker);
    gr_inputs_close(&inputs);
    gr_library_close(library);
    return status;
}
