#include "out/geojson.h"
#include "base/json.h"
#include "base/os.h"

#include <stdio.h>

/* Decimals of shared coordinates: 0.01 degree, about 1.1 km. */
#define SHARED_DECIMALS 2

typedef struct writer {
    gr_json features, losses;
    gr_exported counted;
    uint32_t unresolved_places, area_points, quotes, persons;
} writer;

static gr_slice text_of(const json_t *object, const char *key) {
    const json_t *member = json_object_get(object, key);
    if (!json_is_string(member)) return (gr_slice){0};
    return (gr_slice){json_string_value(member), json_string_length(member)};
}

static void put_text(gr_json *json, const char *key, gr_slice text) {
    gr_json_key(json, key);
    gr_json_string_or_null(json, text);
}

static bool has_point(const json_t *place) {
    return json_is_number(json_object_get(place, "lat")) && json_is_number(json_object_get(place, "lon"));
}

/* A unit larger than a settlement: its point only says where the label stands. */
static bool is_area(gr_slice level) {
    return !gr_eq(level, GR_S("point")) && !gr_eq(level, GR_S("populated place"));
}

/* Parties of one role, their neutral names. */
static void put_parties(gr_json *json, const json_t *claim, const char *role) {
    size_t i;
    json_t *party;
    gr_json_key(json, role);
    gr_json_array(json);
    json_array_foreach(json_object_get(claim, "who"), i, party) {
        if (gr_eq(text_of(party, "role"), gr_slice_of(role))) gr_json_string(json, text_of(party, "name"));
    }
    gr_json_array_end(json);
}

static void put_counts(gr_json *json, const json_t *claim) {
    size_t i;
    json_t *count;
    gr_json_key(json, "counts");
    gr_json_array(json);
    json_array_foreach(json_object_get(claim, "counts"), i, count) {
        gr_json_object(json);
        put_text(json, "what", text_of(count, "what"));
        put_text(json, "op", text_of(count, "op"));
        static const char *const number[] = {"n", "n_max"};
        for (unsigned k = 0; k < 2; k++) {
            const json_t *value = json_object_get(count, number[k]);
            gr_json_key(json, number[k]);
            if (json_is_integer(value))
                gr_json_int(json, json_integer_value(value));
            else
                gr_json_null(json);
        }
        put_text(json, "unit", text_of(count, "unit"));
        gr_json_key(json, "aggregate");
        gr_json_bool(json, json_is_true(json_object_get(count, "aggregate")));
        gr_json_object_end(json);
    }
    gr_json_array_end(json);
}

static void put_claimants(gr_json *json, const json_t *claim) {
    size_t i;
    json_t *claimant;
    gr_json_key(json, "says");
    gr_json_array(json);
    json_array_foreach(json_object_get(claim, "says"), i, claimant)
        gr_json_string(json, text_of(claimant, "name"));
    gr_json_array_end(json);
}

/* Persons without a public office are private: neither they nor a sentence that names them are shared. */
static bool names_private_person(const json_t *claim) {
    size_t i;
    json_t *person;
    json_array_foreach(json_object_get(claim, "person_mentions"), i, person) {
        if (!text_of(person, "office").len) return true;
    }
    return false;
}

/* What no reviewer has accepted is a draft. */
static gr_slice status_of(const json_t *claim) {
    gr_slice status = text_of(claim, "status");
    return status.len ? status : GR_S("draft");
}

static void put_claim(writer *w, const json_t *claim) {
    gr_json *json = &w->features;
    const json_t *when = json_object_get(claim, "when");
    static const char *const role[] = {"actor", "target", "with", "subject"};
    static const char *const plain[] = {"claim", "doc", "kind", "type", "reality"};
    for (unsigned i = 0; i < sizeof plain / sizeof *plain; i++)
        put_text(json, plain[i], text_of(claim, plain[i]));
    for (unsigned i = 0; i < sizeof role / sizeof *role; i++) put_parties(json, claim, role[i]);
    put_text(json, "earliest", text_of(when, "earliest"));
    put_text(json, "latest", text_of(when, "latest"));
    put_text(json, "precision", text_of(when, "precision"));
    put_counts(json, claim);
    put_claimants(json, claim);
    bool hidden = names_private_person(claim);
    put_text(json, "quote", hidden ? (gr_slice){0} : text_of(json_object_get(claim, "quote"), "exact"));
    put_text(json, "rule", text_of(json_object_get(claim, "why"), "rule"));
    put_text(json, "status", status_of(claim));
}

static void put_feature(writer *w, const json_t *claim, const json_t *place) {
    gr_json *json = &w->features;
    gr_slice level = text_of(place, "level");
    gr_json_object(json);
    put_text(json, "type", GR_S("Feature"));
    gr_json_key(json, "geometry");
    gr_json_object(json);
    put_text(json, "type", GR_S("Point"));
    gr_json_key(json, "coordinates");
    gr_json_array(json);
    gr_json_decimal(json, json_number_value(json_object_get(place, "lon")), SHARED_DECIMALS);
    gr_json_decimal(json, json_number_value(json_object_get(place, "lat")), SHARED_DECIMALS);
    gr_json_array_end(json);
    gr_json_object_end(json);
    gr_json_key(json, "properties");
    gr_json_object(json);
    put_text(json, "place", text_of(place, "name"));
    put_text(json, "place_id", text_of(place, "place"));
    put_text(json, "place_role", text_of(place, "role"));
    put_text(json, "level", level);
    put_text(json, "country", text_of(place, "country"));
    put_text(json, "point_is",
             is_area(level) ? GR_S("a label point within the area named, not a spot")
                            : GR_S("the place named, not the spot of the event"));
    put_claim(w, claim);
    gr_json_object_end(json);
    gr_json_object_end(json);
    gr_buffer_byte(json->out, '\n');
    w->counted.features++;
    w->area_points += is_area(level);
}

static void write_one(writer *w, const json_t *claim) {
    uint32_t before = w->counted.features;
    size_t i;
    json_t *place;
    json_array_foreach(json_object_get(claim, "where"), i, place) {
        if (has_point(place))
            put_feature(w, claim, place);
        else
            w->unresolved_places++;
    }
    w->counted.claims++;
    if (w->counted.features != before) {
        w->persons += (uint32_t)json_array_size(json_object_get(claim, "person_mentions"));
        w->quotes += names_private_person(claim);
        return;
    }
    w->counted.without_point++;
    gr_json_object(&w->losses);
    put_text(&w->losses, "claim", text_of(claim, "claim"));
    put_text(&w->losses, "type", text_of(claim, "type"));
    put_text(&w->losses, "why",
             json_array_size(json_object_get(claim, "where"))
                 ? GR_S("no coordinates are known for the places it names")
                 : GR_S("it names no place"));
    gr_json_object_end(&w->losses);
}

static void put_number(gr_json *json, const char *key, uint32_t n) {
    gr_json_key(json, key);
    gr_json_int(json, n);
}

static void end_losses(writer *w) {
    gr_json *json = &w->losses;
    gr_json_array_end(json);
    put_number(json, "places_without_coordinates", w->unresolved_places);
    put_number(json, "areas_shown_as_points", w->area_points);
    put_number(json, "persons_left_out", w->persons);
    put_number(json, "quotes_left_out_for_private_persons", w->quotes);
    put_text(
        json, "left_out_everywhere",
        GR_S("offsets of mentions; candidates and scores of places; words of times; decimals of coordinates "
             "beyond the second; ACLED, PLOVER, CAMEO and UCDP codes"));
    gr_json_object_end(json);
    gr_buffer_byte(json->out, '\n');
}

static gr_status write_file(const char *path, const gr_buffer *bytes, gr_error *err) {
    if (bytes->failed) return gr_fail(err, GR_NO_MEMORY, path, "out of memory while writing");
    return gr_os_write_all(path, gr_buffer_slice(bytes), err);
}

gr_status gr_geojson_write(const json_t *claims, const char *path, gr_exported *out, gr_error *err) {
    char losses_path[4096];
    int need = snprintf(losses_path, sizeof losses_path, "%s.losses.json", path);
    if (need < 0 || (size_t)need >= sizeof losses_path)
        return gr_fail(err, GR_USAGE, NULL, "the output path is too long");
    gr_buffer features = {0}, losses = {0};
    writer w = {.features = {.out = &features}, .losses = {.out = &losses}};
    gr_buffer_add(&features, GR_S("{\"type\":\"FeatureCollection\",\"features\":[\n"));
    gr_json_object(&w.losses);
    gr_json_key(&w.losses, "claims_without_point");
    gr_json_array(&w.losses);
    size_t i;
    json_t *claim;
    json_array_foreach(claims, i, claim) write_one(&w, claim);
    gr_buffer_add(&features, GR_S("]}\n"));
    end_losses(&w);
    gr_status status = write_file(path, &features, err);
    if (status == GR_OK) status = write_file(losses_path, &losses, err);
    gr_buffer_free(&features);
    gr_buffer_free(&losses);
    *out = w.counted;
    return status;
}
