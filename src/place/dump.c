/* Sources as others publish them: GeoNames' dumps (19 columns) and alternate names
 * (https://download.geonames.org/export/dump/), tables cut from Who's On First and from OpenStreetMap. */
#include "base/map.h"
#include "base/utf8.h"
#include "place/source.h"

static void set_country(gr_fact *fact, gr_slice alpha2) {
    const char *code = gr_alpha3(alpha2);
    if (code) memcpy(fact->country, code, 3);
}

/* ---- GeoNames ---- */

enum { GEONAMES_COLUMNS = 19, LONGEST_CODE = 4 };

static bool is_number(gr_slice s) {
    uint64_t number;
    return gr_parse_u64(s, &number);
}

static bool geonames_fits(gr_slice first) {
    gr_slice column[GEONAMES_COLUMNS];
    return gr_split_row(NULL, first, '\t', column, GEONAMES_COLUMNS) == GEONAMES_COLUMNS &&
           is_number(column[0]);
}

/* Historical, abandoned and destroyed places bear the names of living ones. */
static bool gone(gr_slice code) {
    static const char *const GONE[] = {"ADM1H", "ADM2H", "ADM3H", "ADM4H", "PCLH", "PPLH",
                                       "PPLQ",  "PPLW",  "PPLCH", "RGNH",  "ADMDH"};
    for (size_t i = 0; i < sizeof GONE / sizeof *GONE; i++)
        if (gr_eq(code, gr_slice_of(GONE[i]))) return true;
    return false;
}

/* "NE", "NE.08", "NE.08.123": country and the first `units` administrative codes. */
static gr_slice code_of(gr_arena *arena, const gr_slice *column, unsigned units) {
    gr_slice code = column[8];
    for (unsigned i = 0; i < units && column[10 + i].len; i++)
        code = gr_printf(arena, "%.*s.%.*s", GR_FMT(code), GR_FMT(column[10 + i]));
    return code;
}

static unsigned unit_depth(gr_level level, gr_slice code) {
    if (level == GR_LEVEL_COUNTRY) return 0;
    if (gr_starts(code, GR_S("ADM1"))) return 1;
    if (gr_starts(code, GR_S("ADM2"))) return 2;
    return gr_starts(code, GR_S("ADM3")) ? 3 : 4;
}

/* Codes of airports and the like stand among the alternate names; as names they mislead. */
static bool is_name(gr_slice name, gr_level level) {
    if (name.len < 2 || name.len > GR_NAME_MAX_B) return false;
    if (level == GR_LEVEL_COUNTRY || name.len > 4) return true;
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] < 'A' || name.ptr[i] > 'Z') return true;
    return false;
}

static gr_slice parted_by_bars(gr_arena *arena, gr_slice names, gr_level level) {
    char *out = gr_alloc(arena, names.len + 1);
    size_t n = 0;
    while (names.len) {
        gr_slice name = gr_trim(gr_cut(&names, ','));
        if (!is_name(name, level) || memchr(name.ptr, '|', name.len)) continue;
        if (n) out[n++] = '|';
        memcpy(out + n, name.ptr, name.len);
        n += name.len;
    }
    return (gr_slice){out, n};
}

static gr_status geonames_row(gr_reading *reading, gr_slice line, void *state, gr_error *err) {
    (void)state;
    gr_slice column[GEONAMES_COLUMNS];
    uint32_t count = gr_split_row(reading->arena, line, '\t', column, GEONAMES_COLUMNS);
    if (count != GEONAMES_COLUMNS)
        return gr_source_fail(reading, err, "has %u columns where a GeoNames dump has 19", count);
    gr_fact fact = gr_source_fact(reading, GR_RANK_GEONAMES);
    fact.id = gr_full_id(reading->arena, column[0]);
    fact.name = column[1];
    gr_status status = gr_source_point(reading, column[4], column[5], &fact, err);
    if (status == GR_OK) status = gr_source_population(reading, column[14], &fact, err);
    if (status != GR_OK) return status;
    if (!is_number(column[0])) return gr_source_fail(reading, err, "starts with no GeoNames number");
    if (gone(column[7]) || !gr_feature_code(column[7], &fact)) {
        reading->left_out++;
        return GR_OK;
    }
    set_country(&fact, column[8]);
    fact.variants = parted_by_bars(reading->arena, column[3], fact.level);
    bool unit = fact.kind == GR_CLASS_ADMIN || fact.kind == GR_CLASS_COUNTRY;
    unsigned depth = unit ? unit_depth(fact.level, column[7]) : LONGEST_CODE;
    if (unit) fact.unit_code = code_of(reading->arena, column, depth);
    if (depth) fact.inside_code = code_of(reading->arena, column, unit ? depth - 1 : LONGEST_CODE);
    return gr_source_keep(reading, &fact, err);
}

const gr_row_reader gr_geonames_reader = {geonames_fits, false, geonames_row, NULL};

/* Columns: alternateNameId, geonameid, isolanguage, name, isPreferred, isShort, isColloquial, isHistoric and,
 * since 2020, from and to. */
bool gr_is_alternate_names(gr_slice bytes) {
    gr_slice column[4], first = gr_cut(&bytes, '\n');
    if (gr_ends(first, GR_S("\r"))) first.len--;
    uint32_t count = gr_split_row(NULL, first, '\t', column, 4);
    return (count == 8 || count == 10) && is_number(column[0]) && is_number(column[1]);
}

static bool is_language(gr_slice code) {
    static const char *const OTHER[] = {"link", "post", "iata", "icao", "faac",
                                        "tcid", "unlc", "wkdt", "phon", "piny"};
    for (size_t i = 0; i < sizeof OTHER / sizeof *OTHER; i++)
        if (gr_eq(code, gr_slice_of(OTHER[i]))) return false;
    return true;
}

static gr_status alternate_row(gr_reading *reading, const gr_map *by_id, gr_slice line, gr_error *err) {
    gr_slice column[8];
    uint32_t count = gr_split_row(NULL, line, '\t', column, 8);
    if (count < 8 || count > 10)
        return gr_source_fail(reading, err, "has %u columns where alternate names have 8 or 10", count);
    if (!is_number(column[1])) return gr_source_fail(reading, err, "its second column is no GeoNames number");
    char id[32];
    gr_slice key = {id, 9 + column[1].len};
    if (column[1].len > 16) return gr_source_fail(reading, err, "the GeoNames number is too long");
    memcpy(id, "geonames:", 9);
    memcpy(id + 9, column[1].ptr, column[1].len);
    uint32_t fact = gr_map_get(by_id, key);
    bool wanted = fact != GR_MAP_NONE && is_language(column[2]) && column[3].len <= GR_NAME_MAX_B &&
                  column[3].len && !gr_eq(column[7], GR_S("1")); /* not of the past */
    if (wanted) gr_push(reading->arena, &reading->facts->other_name, (gr_other_name){fact, column[3]});
    *(wanted ? &reading->kept : &reading->left_out) += 1;
    return GR_OK;
}

gr_status gr_alternate_names_read(gr_reading *reading, gr_slice bytes, gr_error *err) {
    gr_map by_id = {0};
    for (uint32_t i = 0; i < reading->facts->row.count; i++)
        if (gr_map_get(&by_id, reading->facts->row.item[i].id) == GR_MAP_NONE)
            gr_map_set(reading->arena, &by_id, reading->facts->row.item[i].id, i);
    gr_status status = GR_OK;
    gr_error local = {0};
    for (reading->line = 1; status == GR_OK && bytes.len; reading->line++) {
        gr_slice line = gr_cut(&bytes, '\n');
        if (gr_ends(line, GR_S("\r"))) line.len--;
        if (gr_trim(line).len == 0) continue;
        status = gr_utf8_valid(line) ? alternate_row(reading, &by_id, line, err ? err : &local)
                                     : gr_source_fail(reading, err, "is not valid UTF-8");
        status = gr_source_let_go(reading, status, err ? err : &local);
    }
    return status;
}

/* ---- tables with a header that names their columns ---- */

enum { MOST_COLUMNS = 24 };

/* Where the wanted columns stand. */
typedef struct columns {
    uint8_t count;
    uint8_t at[MOST_COLUMNS]; /* parallel to the wanted names; UINT8_MAX: absent */
} columns;

static void find_columns(gr_slice header, const char *const *wanted, columns *out) {
    gr_slice name[MOST_COLUMNS];
    uint32_t count = gr_split_row(NULL, header, '\t', name, MOST_COLUMNS);
    out->count = (uint8_t)(count < MOST_COLUMNS ? count : MOST_COLUMNS);
    for (uint32_t w = 0; wanted[w]; w++) {
        out->at[w] = UINT8_MAX;
        for (uint8_t i = 0; i < out->count; i++)
            if (gr_eq(name[i], gr_slice_of(wanted[w]))) out->at[w] = i;
    }
}

static gr_status take_columns(gr_reading *reading, const columns *c, gr_slice line, unsigned wanted,
                              gr_slice *out, gr_error *err) {
    gr_slice cell[MOST_COLUMNS] = {0};
    uint32_t count = gr_split_row(reading->arena, line, '\t', cell, MOST_COLUMNS);
    if (count != c->count)
        return gr_source_fail(reading, err, "has %u columns where its header has %u", count, c->count);
    for (unsigned i = 0; i < wanted; i++) out[i] = c->at[i] == UINT8_MAX ? (gr_slice){0} : cell[c->at[i]];
    return GR_OK;
}

/* ---- Who's On First ---- */

enum {
    W_ID,
    W_GEONAMES,
    W_COUNTRY,
    W_TYPE,
    W_NAME,
    W_LAT,
    W_LON,
    W_PEOPLE,
    W_REGION,
    W_COUNTY,
    W_LOCAL,
    W_NAMES,
    W_ALL
};
static const char *const WOF_COLUMN[] = {"wof_id",        "gn_id", "iso2",       "placetype", "name",
                                         "lat",           "lon",   "population", "region_id", "county_id",
                                         "localadmin_id", "names", NULL};

static bool wof_fits(gr_slice first) {
    return gr_starts(first, GR_S("wof_id\t"));
}

static gr_status wof_header(gr_reading *reading, gr_slice line, void *state, gr_error *err) {
    columns *c = state;
    find_columns(line, WOF_COLUMN, c);
    for (int i = W_ID; i <= W_LON; i++)
        if (c->at[i] == UINT8_MAX)
            return gr_source_fail(reading, err, "the column %s is missing", WOF_COLUMN[i]);
    return GR_OK;
}

/* "eng:Niger|fra:Niger" -> "Niger|Niger". */
static gr_slice without_languages(gr_arena *arena, gr_slice names) {
    char *out = gr_alloc(arena, names.len + 1);
    size_t n = 0;
    while (names.len) {
        gr_slice name = gr_cut(&names, '|'), language = gr_cut(&name, ':');
        if (language.len > 3 || name.len < 2 || name.len > GR_NAME_MAX_B) continue;
        if (n) out[n++] = '|';
        memcpy(out + n, name.ptr, name.len);
        n += name.len;
    }
    return (gr_slice){out, n};
}

static bool wof_type(gr_slice type, gr_fact *fact) {
    static const char *const TYPE[][2] = {{"country", "PCLI"}, {"region", "ADM1"},
                                          {"county", "ADM2"},  {"localadmin", "ADM3"},
                                          {"locality", "PPL"}, {"neighbourhood", "PPLX"}};
    for (size_t i = 0; i < sizeof TYPE / sizeof *TYPE; i++)
        if (gr_eq(type, gr_slice_of(TYPE[i][0]))) return gr_feature_code(gr_slice_of(TYPE[i][1]), fact);
    return false;
}

static gr_slice wof_key(gr_arena *arena, gr_slice id) {
    bool none = id.len == 0 || !is_number(id) || gr_eq(id, GR_S("0"));
    return none ? (gr_slice){0} : gr_printf(arena, "wof:%.*s", GR_FMT(id));
}

static gr_status wof_row(gr_reading *reading, gr_slice line, void *state, gr_error *err) {
    gr_slice c[W_ALL];
    gr_status status = take_columns(reading, state, line, W_ALL, c, err);
    if (status != GR_OK) return status;
    gr_fact fact = gr_source_fact(reading, GR_RANK_WOF);
    if (!is_number(c[W_ID]))
        return gr_source_fail(reading, err, "wof_id \"%.*s\" is no number", GR_FMT(c[W_ID]));
    status = gr_source_point(reading, c[W_LAT], c[W_LON], &fact, err);
    if (status == GR_OK) status = gr_source_population(reading, c[W_PEOPLE], &fact, err);
    if (status != GR_OK) return status;
    if (!wof_type(c[W_TYPE], &fact) || c[W_NAME].len == 0) {
        reading->left_out++;
        return GR_OK;
    }
    /* A unit is found by its Who's On First number from below, so that this stands as its code. */
    fact.unit_code = fact.kind == GR_CLASS_POPULATED ? (gr_slice){0} : wof_key(reading->arena, c[W_ID]);
    for (int i = W_LOCAL; i >= W_REGION && !fact.inside_code.len; i--)
        if (!gr_eq(c[i], c[W_ID])) fact.inside_code = wof_key(reading->arena, c[i]);
    fact.id = is_number(c[W_GEONAMES]) ? gr_full_id(reading->arena, c[W_GEONAMES])
                                       : wof_key(reading->arena, c[W_ID]);
    fact.name = c[W_NAME];
    fact.variants = without_languages(reading->arena, c[W_NAMES]);
    set_country(&fact, c[W_COUNTRY]);
    return gr_source_keep(reading, &fact, err);
}

const gr_row_reader gr_wof_reader = {wof_fits, true, wof_row, wof_header};

/* ---- OpenStreetMap ---- */

enum { O_ID, O_NAME, O_ENGLISH, O_LAT, O_LON, O_TAG, O_VALUE, O_PEOPLE, O_ALL };
static const char *const OSM_COLUMN[] = {"osm_node_id", "name",  "name_en",    "lat", "lon",
                                         "tag",         "value", "population", NULL};

static bool osm_fits(gr_slice first) {
    return gr_starts(first, GR_S("osm_node_id\t"));
}

static gr_status osm_header(gr_reading *reading, gr_slice line, void *state, gr_error *err) {
    columns *c = state;
    find_columns(line, OSM_COLUMN, c);
    for (int i = O_ID; i <= O_VALUE; i++)
        if (c->at[i] == UINT8_MAX)
            return gr_source_fail(reading, err, "the column %s is missing", OSM_COLUMN[i]);
    return GR_OK;
}

/* https://wiki.openstreetmap.org/wiki/Map_features: place=*, military=*, aeroway=*, amenity=prison. */
static bool osm_code(gr_slice tag, gr_slice value, gr_fact *fact) {
    static const char *const CODE[][3] = {
        {"place", "city", "PPL"},         {"place", "town", "PPL"},
        {"place", "village", "PPL"},      {"place", "hamlet", "PPL"},
        {"place", "suburb", "PPLX"},      {"place", "isolated_dwelling", "PPL"},
        {"place", "locality", "LCTY"},    {"place", "island", "ISL"},
        {"military", "base", "INSM"},     {"military", "barracks", "INSM"},
        {"aeroway", "aerodrome", "AIRP"}, {"amenity", "prison", "PRN"},
    };
    for (size_t i = 0; i < sizeof CODE / sizeof *CODE; i++)
        if (gr_eq(tag, gr_slice_of(CODE[i][0])) && gr_eq(value, gr_slice_of(CODE[i][1])))
            return gr_feature_code(gr_slice_of(CODE[i][2]), fact);
    return false;
}

static gr_status osm_row(gr_reading *reading, gr_slice line, void *state, gr_error *err) {
    gr_slice c[O_ALL];
    gr_status status = take_columns(reading, state, line, O_ALL, c, err);
    if (status != GR_OK) return status;
    gr_fact fact = gr_source_fact(reading, GR_RANK_OSM);
    if (!is_number(c[O_ID]))
        return gr_source_fail(reading, err, "osm_node_id \"%.*s\" is no number", GR_FMT(c[O_ID]));
    status = gr_source_point(reading, c[O_LAT], c[O_LON], &fact, err);
    if (status != GR_OK) return status;
    /* What stands as population there is free text ("~500"): read where it is a number. */
    if (is_number(c[O_PEOPLE])) status = gr_source_population(reading, c[O_PEOPLE], &fact, err);
    if (status != GR_OK) return status;
    if (!osm_code(c[O_TAG], c[O_VALUE], &fact) || c[O_NAME].len < 2 || c[O_NAME].len > GR_NAME_MAX_B) {
        reading->left_out++;
        return GR_OK;
    }
    fact.id = gr_printf(reading->arena, "osm:%.*s", GR_FMT(c[O_ID]));
    fact.name = c[O_NAME];
    fact.variants = c[O_ENGLISH];
    return gr_source_keep(reading, &fact, err);
}

const gr_row_reader gr_osm_reader = {osm_fits, true, osm_row, osm_header};
