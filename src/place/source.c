#include "place/source.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

gr_status gr_source_fail(const gr_reading *reading, gr_error *err, const char *format, ...) {
    char origin[256], message[512];
    snprintf(origin, sizeof origin, "%s:%u", reading->file, reading->line);
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return gr_fail(err, GR_BAD_INPUT, origin, "%s", message);
}

void gr_source_report(const gr_reading *reading, const char *format, ...) {
    if (!reading->report) return;
    char message[512];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    gr_buffer_printf(reading->report, "%s:%u: %s\n", reading->file, reading->line, message);
}

gr_fact gr_source_fact(const gr_reading *reading, gr_rank rank) {
    return (gr_fact){.lat_e4 = GR_IMAGE_NO_POINT,
                     .lon_e4 = GR_IMAGE_NO_POINT,
                     .rank = rank,
                     .file = reading->file,
                     .line = reading->line,
                     .parent = GR_NO_PLACE,
                     .merged = GR_NO_PLACE};
}

static bool country_fine(const char *country) {
    if (!country[0]) return true;
    for (int i = 0; i < 3; i++)
        if (country[i] < 'A' || country[i] > 'Z') return false;
    return country[3] == 0;
}

gr_status gr_source_keep(gr_reading *reading, const gr_fact *fact, gr_error *err) {
    if (fact->id.len == 0 || fact->id.len > 255 || !memchr(fact->id.ptr, ':', fact->id.len))
        return gr_source_fail(reading, err,
                              "id \"%.*s\" is neither a GeoNames number nor of the form source:name",
                              GR_FMT(fact->id));
    if (fact->name.len == 0 || fact->name.len > GR_NAME_MAX_B)
        return gr_source_fail(reading, err, "the name has to hold 1 to %d bytes", GR_NAME_MAX_B);
    if (!country_fine(fact->country))
        return gr_source_fail(reading, err, "country \"%.3s\" is not an ISO 3166 alpha-3 code",
                              fact->country);
    gr_push(reading->arena, &reading->facts->row, *fact);
    reading->kept++;
    return GR_OK;
}

/* "-12.34567" -> -123457. */
static bool parse_e4(gr_slice s, int32_t limit_deg, int32_t *out) {
    bool negative = gr_starts(s, GR_S("-"));
    if (negative) s = gr_sub(s, 1, s.len);
    gr_slice fraction = s, whole = gr_cut(&fraction, '.');
    uint64_t degrees, part = 0;
    bool up = fraction.len > 4 && fraction.ptr[4] >= '5';
    for (size_t i = 4; i < fraction.len; i++)
        if (fraction.ptr[i] < '0' || fraction.ptr[i] > '9') return false;
    fraction = gr_sub(fraction, 0, 4);
    if (!gr_parse_u64(whole, &degrees) || degrees > 180) return false;
    if (fraction.len && !gr_parse_u64(fraction, &part)) return false;
    for (size_t i = fraction.len; i < 4; i++) part *= 10;
    uint64_t value = degrees * 10000 + part + up;
    if (value > (uint64_t)limit_deg * 10000) return false;
    *out = negative ? -(int32_t)value : (int32_t)value;
    return true;
}

gr_status gr_source_point(const gr_reading *reading, gr_slice lat, gr_slice lon, gr_fact *fact,
                          gr_error *err) {
    fact->lat_e4 = fact->lon_e4 = GR_IMAGE_NO_POINT;
    if (lat.len == 0 && lon.len == 0) return GR_OK;
    if (!parse_e4(lat, 90, &fact->lat_e4))
        return gr_source_fail(reading, err, "latitude \"%.*s\" is not a number from -90 to 90", GR_FMT(lat));
    if (!parse_e4(lon, 180, &fact->lon_e4))
        return gr_source_fail(reading, err, "longitude \"%.*s\" is not a number from -180 to 180",
                              GR_FMT(lon));
    return GR_OK;
}

gr_status gr_source_population(const gr_reading *reading, gr_slice text, gr_fact *fact, gr_error *err) {
    uint64_t population = 0;
    if (text.len && (!gr_parse_u64(text, &population) || population > UINT32_MAX))
        return gr_source_fail(reading, err, "population \"%.*s\" is not a whole number", GR_FMT(text));
    fact->population = (uint32_t)population;
    return GR_OK;
}

gr_slice gr_full_id(gr_arena *arena, gr_slice id) {
    uint64_t number;
    return gr_parse_u64(id, &number) ? gr_printf(arena, "geonames:%.*s", GR_FMT(id)) : id;
}

/* Feature codes as in GeoNames (https://www.geonames.org/export/codes.html), and those of griot's own rows:
 * BDR border, CONT continent, PRN prison, INSM and MILB bases. A pattern that ends in '*' stands for all that
 * start so; the first that fits counts. */
static const struct {
    const char *code;
    gr_level level;
    gr_place_class kind;
} CODE[] = {
    {"PCL*", GR_LEVEL_COUNTRY, GR_CLASS_COUNTRY},
    {"TERR", GR_LEVEL_COUNTRY, GR_CLASS_COUNTRY},
    {"ADM1*", GR_LEVEL_ADMIN1, GR_CLASS_ADMIN},
    {"ADM2*", GR_LEVEL_ADMIN2, GR_CLASS_ADMIN},
    {"ADM3*", GR_LEVEL_ADMIN3, GR_CLASS_ADMIN},
    {"ADM4*", GR_LEVEL_ADMIN3, GR_CLASS_ADMIN},
    {"PPL*", GR_LEVEL_POPULATED, GR_CLASS_POPULATED},
    {"STLMT", GR_LEVEL_POPULATED, GR_CLASS_POPULATED},
    {"CONT", GR_LEVEL_AREA, GR_CLASS_CONTINENT},
    {"RGN*", GR_LEVEL_AREA, GR_CLASS_REGION},
    {"AREA", GR_LEVEL_AREA, GR_CLASS_REGION},
    {"LCTY", GR_LEVEL_POINT, GR_CLASS_REGION},
    {"PRK", GR_LEVEL_AREA, GR_CLASS_PARK},
    {"RES*", GR_LEVEL_AREA, GR_CLASS_PARK},
    {"FRST*", GR_LEVEL_AREA, GR_CLASS_PARK},
    {"BDR", GR_LEVEL_AREA, GR_CLASS_BORDER},
    {"PRN", GR_LEVEL_POINT, GR_CLASS_PRISON},
    {"INSM", GR_LEVEL_POINT, GR_CLASS_BASE},
    {"MILB", GR_LEVEL_POINT, GR_CLASS_BASE},
    {"AIRB", GR_LEVEL_POINT, GR_CLASS_BASE},
    {"AIR*", GR_LEVEL_POINT, GR_CLASS_FACILITY},
    {"CMP*", GR_LEVEL_POINT, GR_CLASS_FACILITY},
    {"DAM", GR_LEVEL_POINT, GR_CLASS_FACILITY},
    {"MN", GR_LEVEL_POINT, GR_CLASS_FACILITY},
    {"MNA", GR_LEVEL_POINT, GR_CLASS_FACILITY},
    {"MNAU", GR_LEVEL_POINT, GR_CLASS_FACILITY},
    {"BDG", GR_LEVEL_POINT, GR_CLASS_FACILITY},
    {"PT", GR_LEVEL_POINT, GR_CLASS_FACILITY},
    {"OAS", GR_LEVEL_POPULATED, GR_CLASS_POPULATED},
    {"MT*", GR_LEVEL_AREA, GR_CLASS_TERRAIN},
    {"DSRT", GR_LEVEL_AREA, GR_CLASS_TERRAIN},
    {"ISL*", GR_LEVEL_AREA, GR_CLASS_TERRAIN},
    {"PEN", GR_LEVEL_AREA, GR_CLASS_TERRAIN},
    {"LK*", GR_LEVEL_AREA, GR_CLASS_WATER},
    {"LGN", GR_LEVEL_AREA, GR_CLASS_WATER},
    {"STM*", GR_LEVEL_AREA, GR_CLASS_WATER},
    {"SEA", GR_LEVEL_AREA, GR_CLASS_WATER},
    {"OCN", GR_LEVEL_AREA, GR_CLASS_WATER},
    {"GULF", GR_LEVEL_AREA, GR_CLASS_WATER},
};

bool gr_feature_code(gr_slice code, gr_fact *fact) {
    for (size_t i = 0; i < sizeof CODE / sizeof *CODE; i++) {
        gr_slice pattern = gr_slice_of(CODE[i].code);
        bool open = gr_ends(pattern, GR_S("*"));
        if (open) pattern.len--;
        if (open ? !gr_starts(code, pattern) : !gr_eq(code, pattern)) continue;
        fact->level = CODE[i].level;
        fact->kind = CODE[i].kind;
        return true;
    }
    return false;
}

/* ---- rows ---- */

/* A cell of a quoted row: "" inside quotes is one quote. Moves *row behind its separator. False: not closed.
 */
static bool quoted_cell(gr_arena *arena, gr_slice *row, char separator, gr_slice *cell) {
    char *out = gr_alloc(arena, row->len + 1);
    size_t n = 0, at = 1;
    for (;; at++) {
        if (at >= row->len) return false;
        if (row->ptr[at] != '"') {
            out[n++] = row->ptr[at];
        } else if (at + 1 < row->len && row->ptr[at + 1] == '"') {
            out[n++] = row->ptr[at++];
        } else {
            break;
        }
    }
    *cell = (gr_slice){out, n};
    gr_slice rest = gr_sub(*row, at + 1, row->len);
    gr_cut(&rest, separator);
    *row = rest;
    return true;
}

uint32_t gr_split_row(gr_arena *arena, gr_slice row, char separator, gr_slice *column, uint32_t max) {
    uint32_t count = 0;
    bool more = true;
    while (more) {
        gr_slice cell = {0};
        if (separator != '\t' && gr_starts(row, GR_S("\""))) {
            if (!quoted_cell(arena, &row, separator, &cell)) return 0;
            more = row.ptr != NULL;
        } else {
            cell = gr_cut(&row, separator);
            more = row.ptr != NULL;
        }
        if (count < max) column[count] = gr_trim(cell);
        count++;
    }
    return count;
}

/* ---- a source, line by line ---- */

static const gr_row_reader *reader_of(gr_slice first) {
    static const gr_row_reader *const READER[] = {
        &gr_places_reader,   &gr_list_reader, &gr_words_reader, &gr_names_reader, &gr_shapes_reader,
        &gr_geonames_reader, &gr_wof_reader,  &gr_osm_reader,   &gr_coded_reader, &gr_own_reader};
    for (size_t i = 0; i < sizeof READER / sizeof *READER; i++)
        if (READER[i]->fits(first)) return READER[i];
    return NULL;
}

static gr_status read_line(gr_reading *reading, const gr_row_reader **reader, gr_slice line, void *state,
                           gr_error *err) {
    if (!gr_utf8_valid(line)) return gr_source_fail(reading, err, "is not valid UTF-8");
    if (*reader) return (*reader)->row(reading, line, state, err);
    *reader = reader_of(line);
    if (!*reader)
        return gr_source_fail(reading, err,
                              "is no table that griot knows; its first line has to be the header of a place "
                              "table (docs/places.md) or a row of a GeoNames dump with 19 columns");
    if ((*reader)->header) return (*reader)->header(reading, line, state, err);
    return (*reader)->first_is_header ? GR_OK : (*reader)->row(reading, line, state, err);
}

gr_status gr_source_let_go(gr_reading *reading, gr_status status, gr_error *err) {
    if (status != GR_BAD_INPUT || !reading->keep_going) return status;
    reading->bad++;
    gr_source_report(reading, "left out: %s", err ? err->message : "bad line");
    return GR_OK;
}

gr_status gr_source_read(gr_reading *reading, gr_slice bytes, gr_error *err) {
    if (gr_starts(bytes, GR_S(GR_IMAGE_MAGIC))) return gr_image_read(reading, bytes, err);
    const gr_row_reader *reader = NULL;
    _Alignas(16) char state[GR_READER_STATE_B] = {0};
    gr_error local = {0};
    gr_status status = GR_OK;
    bool cut_short = bytes.len && bytes.ptr[bytes.len - 1] != '\n';
    if (gr_starts(bytes, GR_S("\xEF\xBB\xBF"))) bytes = gr_sub(bytes, 3, bytes.len);
    for (reading->line = 1; status == GR_OK && bytes.len; reading->line++) {
        gr_slice line = gr_cut(&bytes, '\n');
        if (gr_ends(line, GR_S("\r"))) line.len--;
        if (gr_trim(line).len == 0 || gr_starts(line, GR_S("#"))) continue;
        bool known = reader != NULL;
        status = read_line(reading, &reader, line, state, err ? err : &local);
        known = known || (reader && !reader->first_is_header);
        if (status == GR_BAD_INPUT && bytes.len == 0 && cut_short && known)
            gr_source_fail(reading, err, "%s; the file ends in the middle of a line: is it truncated?",
                           gr_copy(reading->arena, gr_slice_of((err ? err : &local)->message)).ptr);
        if (known) status = gr_source_let_go(reading, status, err ? err : &local);
    }
    if (status == GR_OK && !reader) {
        reading->line = 1;
        return gr_source_fail(reading, err, "holds no line but comments");
    }
    return status;
}
