#include "place/table.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

enum { COLUMNS = 9 };
/* The kinds of tables, told by the line that names their columns. Empty columns at the end may be left out.
 */
typedef struct table_kind {
    const char *header;
    uint8_t columns, needed;
    uint8_t place[COLUMNS]; /* where each column belongs among those of a place table */
} table_kind;
static const table_kind PLACES = {
    "id\tname\tvariants\tlat\tlon\tcode\tcountry\tparent\tpopulation", 9, 6, {0, 1, 2, 3, 4, 5, 6, 7, 8}};
/* A list: lines that start with "@" name country, parent and code of the rows behind them. */
static const table_kind LIST = {"id\tname\tlat\tlon\tvariants\tpopulation", 6, 2, {0, 1, 3, 4, 2, 8}};
static const table_kind GROUP = {"@\tcountry\tparent\tcode", 4, 4, {0, 6, 7, 5}};
static const table_kind WORDS = {"word", 1, 1, {0}};

gr_status gr_table_fail(gr_error *err, const char *file, uint32_t line, const char *format, ...) {
    char origin[256], message[512];
    snprintf(origin, sizeof origin, "%s:%u", file, line);
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return gr_fail(err, GR_BAD_INPUT, origin, "%s", message);
}

/* Feature codes as in GeoNames (https://www.geonames.org/export/codes.html), and those of griot's own rows:
 * BDR border, CONT continent, PRN prison, INSM and MILB bases. A pattern that ends in '*' stands for all that
 * start so. */
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
    {"MN*", GR_LEVEL_POINT, GR_CLASS_FACILITY},
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

static bool code_known(gr_slice code, gr_fact *fact) {
    for (size_t i = 0; i < sizeof CODE / sizeof *CODE; i++) {
        gr_slice pattern = gr_slice_of(CODE[i].code);
        bool open = gr_ends(pattern, GR_S("*"));
        if (open) pattern.len--;
        if (open ? !gr_starts(code, pattern) : !gr_eq(code, pattern)) continue;
        fact->level = CODE[i].level;
        fact->kind = CODE[i].kind;
        fact->first_level = fact->level == GR_LEVEL_ADMIN1;
        fact->second_level = fact->level == GR_LEVEL_ADMIN2;
        return true;
    }
    return false;
}

/* "-12.3456" -> -123456. At most four decimals. */
static bool parse_e4(gr_slice s, int32_t limit_deg, int32_t *out) {
    bool negative = gr_starts(s, GR_S("-"));
    if (negative) s = gr_sub(s, 1, s.len);
    gr_slice fraction = s, whole = gr_cut(&fraction, '.');
    uint64_t degrees, part = 0;
    if (!gr_parse_u64(whole, &degrees) || degrees > 180 || fraction.len > 4) return false;
    if (fraction.len && !gr_parse_u64(fraction, &part)) return false;
    for (size_t i = fraction.len; i < 4; i++) part *= 10;
    uint64_t value = degrees * 10000 + part;
    if (value > (uint64_t)limit_deg * 10000) return false;
    *out = negative ? -(int32_t)value : (int32_t)value;
    return true;
}

static gr_slice full_id(gr_arena *arena, gr_slice id) {
    uint64_t number;
    return gr_parse_u64(id, &number) ? gr_printf(arena, "geonames:%.*s", GR_FMT(id)) : id;
}

static gr_status read_point(gr_slice lat, gr_slice lon, gr_fact *fact, gr_error *err) {
    fact->lat_e4 = fact->lon_e4 = GR_IMAGE_NO_POINT;
    if (lat.len == 0 && lon.len == 0) return GR_OK;
    if (!parse_e4(lat, 90, &fact->lat_e4))
        return gr_table_fail(err, fact->file, fact->line,
                             "latitude \"%.*s\" is not a number from -90 to 90 with at "
                             "most four decimals",
                             GR_FMT(lat));
    if (!parse_e4(lon, 180, &fact->lon_e4))
        return gr_table_fail(err, fact->file, fact->line,
                             "longitude \"%.*s\" is not a number from -180 to 180 with "
                             "at most four decimals",
                             GR_FMT(lon));
    return GR_OK;
}

static bool country_fine(gr_slice country) {
    if (country.len == 0) return true;
    bool fine = country.len == 3;
    for (size_t i = 0; i < country.len; i++) fine &= country.ptr[i] >= 'A' && country.ptr[i] <= 'Z';
    return fine;
}

/* Fills the columns of a place that the line holds; the others stay as they are. */
static gr_status read_columns(const table_kind *kind, gr_slice line, const gr_fact *at, gr_slice *column,
                              gr_error *err) {
    uint32_t count = 1;
    for (size_t i = 0; i < line.len; i++) count += line.ptr[i] == '\t';
    if (count < kind->needed || count > kind->columns)
        return gr_table_fail(err, at->file, at->line,
                             "has %u columns where %d to %d are wanted, parted by tabs", count, kind->needed,
                             kind->columns);
    for (int i = 0; i < kind->columns; i++) column[kind->place[i]] = gr_trim(gr_cut(&line, '\t'));
    return GR_OK;
}

static gr_status read_place(gr_arena *arena, const gr_slice *column, gr_fact *fact, gr_error *err) {
    fact->id = full_id(arena, column[0]);
    if (fact->id.len == 0 || fact->id.len > 255 || !memchr(fact->id.ptr, ':', fact->id.len))
        return gr_table_fail(err, fact->file, fact->line,
                             "id \"%.*s\" is neither a GeoNames number nor of the form "
                             "source:name",
                             GR_FMT(column[0]));
    fact->name = column[1];
    if (fact->name.len == 0 || fact->name.len > GR_NAME_MAX_B)
        return gr_table_fail(err, fact->file, fact->line, "the name has to hold 1 to %d bytes",
                             GR_NAME_MAX_B);
    fact->variants = column[2];
    if (read_point(column[3], column[4], fact, err) != GR_OK) return GR_BAD_INPUT;
    if (!code_known(column[5], fact))
        return gr_table_fail(err, fact->file, fact->line,
                             "feature code \"%.*s\" is not known; README.md in "
                             "knowledge/places lists the codes",
                             GR_FMT(column[5]));
    if (!country_fine(column[6]))
        return gr_table_fail(err, fact->file, fact->line, "country \"%.*s\" is not an ISO 3166 alpha-3 code",
                             GR_FMT(column[6]));
    if (column[6].len) memcpy(fact->country, column[6].ptr, column[6].len);
    fact->parent_id = full_id(arena, column[7]);
    uint64_t population = 0;
    if (column[8].len && (!gr_parse_u64(column[8], &population) || population > UINT32_MAX))
        return gr_table_fail(err, fact->file, fact->line, "population \"%.*s\" is not a whole number",
                             GR_FMT(column[8]));
    fact->population = (uint32_t)population;
    return GR_OK;
}

static const table_kind *kind_of(gr_slice header) {
    static const table_kind *const KIND[] = {&PLACES, &LIST, &WORDS};
    for (size_t i = 0; i < sizeof KIND / sizeof *KIND; i++)
        if (gr_eq(header, gr_slice_of(KIND[i]->header))) return KIND[i];
    return NULL;
}

static gr_status read_row(gr_arena *arena, const table_kind *kind, gr_slice line, gr_slice *column,
                          gr_fact *fact, gr_facts *facts, gr_error *err) {
    if (kind == &WORDS) {
        gr_push(arena, &facts->ordinary, gr_fold(arena, line));
        return GR_OK;
    }
    bool group = kind == &LIST && gr_starts(line, GR_S("@"));
    if (kind == &PLACES) memset(column, 0, COLUMNS * sizeof *column);
    gr_status status = read_columns(group ? &GROUP : kind, line, fact, column, err);
    if (status != GR_OK || group) return status;
    status = read_place(arena, column, fact, err);
    if (status == GR_OK) gr_push(arena, &facts->row, *fact);
    return status;
}

gr_status gr_table_read(gr_arena *arena, const char *file, gr_slice bytes, gr_facts *facts, gr_error *err) {
    const table_kind *kind = NULL;
    gr_slice column[COLUMNS] = {0};
    gr_status status = GR_OK;
    for (uint32_t number = 1; status == GR_OK && bytes.len; number++) {
        gr_slice line = gr_cut(&bytes, '\n');
        if (gr_ends(line, GR_S("\r"))) line.len--;
        if (gr_trim(line).len == 0 || gr_starts(line, GR_S("#"))) continue;
        if (!gr_utf8_valid(line)) return gr_table_fail(err, file, number, "is not valid UTF-8");
        if (!kind) {
            kind = kind_of(line);
            if (!kind)
                return gr_table_fail(err, file, number,
                                     "the first line that is no comment has to name the columns: "
                                     "id name variants lat lon code country parent population");
            continue;
        }
        gr_fact fact = {.file = file, .line = number, .parent = GR_NO_PLACE};
        status = read_row(arena, kind, line, column, &fact, facts, err);
    }
    return status;
}
