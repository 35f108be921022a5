/* griot places look: what the gazetteer holds under a name, spelled so or nearly so. */
#include "base/utf8.h"
#include "cli/data.h"
#include "cli/json.h"
#include "cli/places.h"
#include "cli/table.h"

#include <ctype.h>
#include <stdio.h>

enum { COUNTRIES = 16, SHOWN = 32 };

typedef struct looker {
    const gr_gazetteer *gazetteer;
    gr_arena *arena;
    char country[COUNTRIES][4];
    uint32_t country_count;
} looker;

typedef struct finding {
    uint32_t place;
    const char *how;
} finding;

static gr_status read_countries(const gr_args *args, looker *l, gr_error *err) {
    for (gr_slice rest = gr_args_slice(args, "country"); rest.len;) {
        gr_slice code = gr_trim(gr_cut(&rest, ','));
        bool fine = code.len == 3 && l->country_count < COUNTRIES;
        for (size_t i = 0; i < code.len; i++) fine = fine && isupper((unsigned char)code.ptr[i]);
        if (!fine)
            return gr_fail(err, GR_USAGE, NULL,
                           "places: --country takes up to %d codes such as NER,MLI, not \"%.*s\"", COUNTRIES,
                           GR_FMT(code));
        memcpy(l->country[l->country_count++], code.ptr, 3);
    }
    return GR_OK;
}

static bool wanted(const looker *l, uint32_t number) {
    gr_place place = gr_gazetteer_place(l->gazetteer, number);
    for (uint32_t i = 0; i < l->country_count; i++)
        if (strcmp(place.country, l->country[i]) == 0) return true;
    return l->country_count == 0;
}

static uint32_t look(const looker *l, gr_slice name, finding *out) {
    uint32_t found[256], count = 0;
    gr_slice folded = gr_fold(l->arena, name);
    uint32_t exact = gr_gazetteer_find(l->gazetteer, folded, found, 256);
    for (uint32_t i = 0; i < exact && i < 256 && count < SHOWN; i++)
        if (wanted(l, found[i])) out[count++] = (finding){found[i], "this name"};
    uint32_t known = count;
    uint32_t alike = gr_gazetteer_find_alike(l->gazetteer, folded, (const char(*)[4])l->country,
                                             l->country_count, found, SHOWN);
    for (uint32_t i = 0; i < alike && i < SHOWN && count < SHOWN; i++) {
        bool twice = false;
        for (uint32_t k = 0; k < known; k++) twice |= out[k].place == found[i];
        if (!twice) out[count++] = (finding){found[i], "alike"};
    }
    return count;
}

static gr_slice name_of(const looker *l, uint32_t number) {
    return number == GR_NO_PLACE ? (gr_slice){0} : gr_gazetteer_place(l->gazetteer, number).name;
}

/* The line of a border, [longitude, latitude] points as in GeoJSON, or NULL where no line is known. Parts
 * follow one another. */
static json_t *line_of(const looker *l, uint32_t place) {
    uint32_t count = gr_gazetteer_line(l->gazetteer, place, NULL, 0);
    if (count == 0) return NULL;
    double(*point)[2] = gr_alloc_array(l->arena, count, sizeof *point);
    gr_gazetteer_line(l->gazetteer, place, point, count);
    json_t *list = json_array();
    for (uint32_t i = 0; i < count; i++)
        json_array_append_new(list, json_pack("[f,f]", point[i][1], point[i][0]));
    return list;
}

static gr_status print_json(const looker *l, gr_slice name, const finding *found, uint32_t count,
                            gr_error *err) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < count; i++) {
        gr_place p = gr_gazetteer_place(l->gazetteer, found[i].place);
        json_t *item = json_object();
        json_object_set_new(item, "place", gr_json_words(p.id));
        json_object_set_new(item, "name", gr_json_words(p.name));
        json_object_set_new(item, "how", json_string(found[i].how));
        json_object_set_new(item, "level", json_string(gr_level_name(p.level)));
        json_object_set_new(item, "country", gr_json_words(gr_slice_of(p.country)));
        json_object_set_new(item, "admin1", gr_json_words(name_of(l, p.admin1)));
        json_object_set_new(item, "admin2", gr_json_words(name_of(l, p.admin2)));
        json_object_set_new(item, "lat", p.has_point ? json_real(p.lat_deg) : json_null());
        json_object_set_new(item, "lon", p.has_point ? json_real(p.lon_deg) : json_null());
        json_object_set_new(item, "population", p.population ? json_integer(p.population) : json_null());
        json_t *line = line_of(l, found[i].place);
        if (line) json_object_set_new(item, "line", line);
        json_array_append_new(list, item);
    }
    json_t *out = json_object();
    json_object_set_new(out, "name", gr_json_words(name));
    json_object_set_new(out, "places", list);
    return gr_json_print(out, err);
}

static gr_slice lies_in(const looker *l, const gr_place *p) {
    gr_slice first = name_of(l, p->admin1), second = name_of(l, p->admin2);
    return gr_printf(l->arena, "%.*s%s%.*s%s%s", GR_FMT(second), second.len ? ", " : "", GR_FMT(first),
                     first.len ? ", " : "", p->country);
}

static void print_table(const looker *l, const finding *found, uint32_t count) {
    gr_table table = {
        .arena = l->arena,
        .columns = 6,
        .title = {GR_S("name"), GR_S("level"), GR_S("lies in"), GR_S("point"), GR_S("id"), GR_S("how")}};
    for (uint32_t i = 0; i < count; i++) {
        gr_place p = gr_gazetteer_place(l->gazetteer, found[i].place);
        gr_slice point = p.has_point ? gr_printf(l->arena, "%.4f, %.4f", p.lat_deg, p.lon_deg) : GR_S("-");
        const gr_slice cell[6] = {p.name,         gr_slice_of(gr_level_name(p.level)),
                                  lies_in(l, &p), point,
                                  p.id,           gr_slice_of(found[i].how)};
        gr_table_row(&table, cell);
    }
    gr_table_print(&table);
}

static gr_status look_one(looker *l, gr_slice name, bool json, uint32_t *count, gr_error *err) {
    finding found[SHOWN];
    jmp_buf full;
    if (setjmp(full)) return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
    gr_arena_reset(l->arena);
    gr_arena_guard(l->arena, &full);
    if (!gr_utf8_valid(name)) return gr_fail(err, GR_USAGE, NULL, "places: a name is not valid UTF-8");
    *count = look(l, name, found);
    if (json) return print_json(l, name, found, *count, err);
    if (*count) print_table(l, found, *count);
    return GR_OK;
}

static gr_status look_all(const gr_args *args, looker *l, gr_error *err) {
    bool nothing = true, json = gr_args_given(args, "json");
    for (int i = 1; i < args->operand_count; i++) {
        uint32_t count = 0;
        gr_status status = look_one(l, gr_slice_of(args->operand[i]), json, &count, err);
        if (status != GR_OK) return status;
        nothing = nothing && count == 0;
    }
    if (nothing && !json)
        return gr_fail(err, GR_NOT_FOUND, NULL, "no place of that name is known%s",
                       l->country_count ? "" : "; --country NER finds spellings that are nearly so");
    return GR_OK;
}

gr_status gr_places_look(const gr_args *args, gr_error *err) {
    looker l = {0};
    char path[GR_MAX_PATH_B];
    gr_status status = read_countries(args, &l, err);
    if (status == GR_OK) status = gr_gazetteer_path(path, err);
    if (status != GR_OK) return status;
    gr_gazetteer *gazetteer = gr_gazetteer_open(path, err);
    if (!gazetteer) return err->status;
    l.gazetteer = gazetteer;
    l.arena = gr_arena_new((size_t)16 << 20);
    status = l.arena ? look_all(args, &l, err) : gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
    gr_arena_free(l.arena);
    gr_gazetteer_close(gazetteer);
    return status;
}
