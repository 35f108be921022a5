/* Tables that organisations make themselves: administrative units with P-codes, as in OCHA's common
 * operational datasets (COD-AB, https://cod.unocha.org), and a table of one's own places. Comma, semicolon or
 * tab; the header names the columns, in any order. */
#include "place/source.h"

#include <ctype.h>

enum { MOST_COLUMNS = 96 };

static char separator_of(gr_slice header) {
    size_t tabs = 0, semicolons = 0, commas = 0;
    for (size_t i = 0; i < header.len; i++) {
        tabs += header.ptr[i] == '\t';
        semicolons += header.ptr[i] == ';';
        commas += header.ptr[i] == ',';
    }
    return tabs ? '\t' : semicolons > commas ? ';' : ',';
}

static bool same_letters(gr_slice a, const char *b) {
    if (a.len != strlen(b)) return false;
    for (size_t i = 0; i < a.len; i++)
        if (tolower((unsigned char)a.ptr[i]) != b[i]) return false;
    return true;
}

static bool starts_with_letters(gr_slice a, const char *b) {
    return a.len >= strlen(b) && same_letters(gr_sub(a, 0, strlen(b)), b);
}

/* ---- units with P-codes ---- */

enum { LEVELS = 4 }; /* country, first, second, third */

typedef struct coded_columns {
    uint32_t count;
    char separator;
    uint8_t code[LEVELS], name[LEVELS], other_name[LEVELS]; /* column + 1; 0: absent */
    uint8_t lat, lon;
} coded_columns;
_Static_assert(sizeof(coded_columns) <= GR_READER_STATE_B, "state fits");

/* "ADM2_PCODE", "admin2Pcode", "adm2_fr", "ADM2_EN", "admin2Name". */
static void place_column(gr_slice name, uint8_t at, coded_columns *c) {
    gr_slice rest = name;
    if (starts_with_letters(rest, "admin"))
        rest = gr_sub(rest, 5, rest.len);
    else if (starts_with_letters(rest, "adm"))
        rest = gr_sub(rest, 3, rest.len);
    else if (same_letters(name, "lat") || same_letters(name, "latitude") || same_letters(name, "center_lat"))
        c->lat = at;
    else if (same_letters(name, "lon") || same_letters(name, "longitude") || same_letters(name, "center_lon"))
        c->lon = at;
    if (rest.len == name.len || rest.len < 2 || rest.ptr[0] < '0' || rest.ptr[0] >= '0' + LEVELS) return;
    int level = rest.ptr[0] - '0';
    rest = gr_sub(rest, 1, rest.len);
    if (gr_starts(rest, GR_S("_"))) rest = gr_sub(rest, 1, rest.len);
    if (starts_with_letters(rest, "pcode")) {
        c->code[level] = at;
    } else if (same_letters(rest, "name") || rest.len == 2 || starts_with_letters(rest, "name_")) {
        *(c->name[level] ? &c->other_name[level] : &c->name[level]) = at;
    }
}

static coded_columns coded_columns_of(gr_slice header) {
    coded_columns c = {.separator = separator_of(header)};
    gr_slice name[MOST_COLUMNS];
    c.count = gr_split_row(NULL, header, c.separator, name, MOST_COLUMNS);
    for (uint32_t i = 0; i < c.count && i < MOST_COLUMNS; i++) place_column(name[i], (uint8_t)(i + 1), &c);
    return c;
}

static bool coded_fits(gr_slice first) {
    if (memchr(first.ptr, '"', first.len)) return false; /* no header of these has quotes */
    coded_columns c = coded_columns_of(first);
    return c.code[1] && c.name[1] && c.count <= MOST_COLUMNS;
}

static gr_status coded_header(gr_reading *reading, gr_slice line, void *state, gr_error *err) {
    *(coded_columns *)state = coded_columns_of(line);
    (void)reading;
    (void)err;
    return GR_OK;
}

static bool is_code(gr_slice code) {
    if (code.len < 2 || code.len > 32) return false;
    for (size_t i = 0; i < code.len; i++)
        if (!isalnum((unsigned char)code.ptr[i])) return false;
    return true;
}

/* The country of a P-code: "NER006012" or "NE006012" (OCHA uses both forms). */
static bool country_of_code(gr_slice code, char out[4]) {
    size_t letters = 0;
    while (letters < code.len && isupper((unsigned char)code.ptr[letters])) letters++;
    memset(out, 0, 4);
    if (letters == 3) memcpy(out, code.ptr, 3);
    const char *alpha3 = letters == 2 ? gr_alpha3(gr_sub(code, 0, 2)) : NULL;
    if (alpha3) memcpy(out, alpha3, 3);
    return out[0] != 0;
}

static gr_status keep_unit(gr_reading *reading, const coded_columns *c, const gr_slice *cell, int level,
                           bool smallest, gr_error *err) {
    static const char *const CODE[LEVELS] = {"PCLI", "ADM1", "ADM2", "ADM3"};
    gr_slice code = cell[c->code[level] - 1],
             name = c->name[level] ? cell[c->name[level] - 1] : (gr_slice){0};
    gr_fact fact = gr_source_fact(reading, GR_RANK_CODED);
    gr_feature_code(gr_slice_of(CODE[level]), &fact);
    if (!is_code(code))
        return gr_source_fail(reading, err, "\"%.*s\" is no P-code of letters and digits", GR_FMT(code));
    if (!country_of_code(code, fact.country))
        return gr_source_fail(reading, err, "the P-code %.*s does not start with a country's code",
                              GR_FMT(code));
    fact.id = gr_printf(reading->arena, "ocha:%.*s", GR_FMT(code));
    fact.name = name;
    gr_slice other = c->other_name[level] ? cell[c->other_name[level] - 1] : (gr_slice){0};
    fact.variants = gr_printf(reading->arena, "%.*s|%.*s", GR_FMT(code), GR_FMT(other));
    int upper = level - 1;
    while (upper >= 0 && !c->code[upper]) upper--;
    if (upper >= 1) fact.parent_id = gr_printf(reading->arena, "ocha:%.*s", GR_FMT(cell[c->code[upper] - 1]));
    gr_status status = GR_OK;
    if (smallest && c->lat && c->lon)
        status = gr_source_point(reading, cell[c->lat - 1], cell[c->lon - 1], &fact, err);
    return status == GR_OK ? gr_source_keep(reading, &fact, err) : status;
}

/* A row names a unit and all above it; those above recur in each row and are joined later, as equal ids. */
static gr_status coded_row(gr_reading *reading, gr_slice line, void *state, gr_error *err) {
    const coded_columns *c = state;
    gr_slice cell[MOST_COLUMNS];
    uint32_t count = gr_split_row(reading->arena, line, c->separator, cell, MOST_COLUMNS);
    if (count == 0) return gr_source_fail(reading, err, "a quotation mark is not closed");
    if (count != c->count)
        return gr_source_fail(reading, err, "has %u columns where its header has %u", count, c->count);
    int smallest = LEVELS - 1;
    while (smallest > 0 && (!c->code[smallest] || !c->name[smallest])) smallest--;
    gr_status status = GR_OK;
    for (int level = 1; level <= smallest && status == GR_OK; level++)
        if (c->code[level] && c->name[level])
            status = keep_unit(reading, c, cell, level, level == smallest, err);
    return status;
}

const gr_row_reader gr_coded_reader = {coded_fits, true, coded_row, coded_header};

/* ---- one's own places ---- */

enum { N_NAME, N_LAT, N_LON, N_ID, N_VARIANTS, N_CODE, N_COUNTRY, N_PARENT, N_PEOPLE, N_ALL };
static const char *const OWN_COLUMN[N_ALL] = {"name", "lat",     "lon",    "id",        "variants",
                                              "code", "country", "parent", "population"};

typedef struct own_columns {
    uint32_t count;
    char separator;
    uint8_t at[N_ALL]; /* column + 1; 0: absent */
} own_columns;
_Static_assert(sizeof(own_columns) <= GR_READER_STATE_B, "state fits");

static own_columns own_columns_of(gr_slice header) {
    own_columns c = {.separator = separator_of(header)};
    gr_slice name[MOST_COLUMNS];
    c.count = gr_split_row(NULL, header, c.separator, name, MOST_COLUMNS);
    for (uint32_t i = 0; i < c.count && i < MOST_COLUMNS; i++)
        for (int w = 0; w < N_ALL; w++)
            if (same_letters(name[i], OWN_COLUMN[w])) c.at[w] = (uint8_t)(i + 1);
    return c;
}

static bool own_fits(gr_slice first) {
    if (memchr(first.ptr, '"', first.len)) return false;
    own_columns c = own_columns_of(first);
    return c.at[N_NAME] && c.at[N_LAT] && c.at[N_LON] && c.count <= MOST_COLUMNS;
}

static gr_status own_header(gr_reading *reading, gr_slice line, void *state, gr_error *err) {
    (void)reading;
    (void)err;
    *(own_columns *)state = own_columns_of(line);
    return GR_OK;
}

static gr_status own_country(const gr_reading *reading, gr_slice text, gr_fact *fact, gr_error *err) {
    const char *alpha3 = gr_alpha3(text);
    if (text.len == 3)
        memcpy(fact->country, text.ptr, 3);
    else if (alpha3)
        memcpy(fact->country, alpha3, 3);
    else if (text.len)
        return gr_source_fail(reading, err, "country \"%.*s\" is no ISO 3166 code such as NER or NE",
                              GR_FMT(text));
    return GR_OK;
}

static gr_status own_row(gr_reading *reading, gr_slice line, void *state, gr_error *err) {
    const own_columns *c = state;
    gr_slice cell[MOST_COLUMNS], own[N_ALL];
    uint32_t count = gr_split_row(reading->arena, line, c->separator, cell, MOST_COLUMNS);
    if (count == 0) return gr_source_fail(reading, err, "a quotation mark is not closed");
    if (count != c->count)
        return gr_source_fail(reading, err, "has %u columns where its header has %u", count, c->count);
    for (int i = 0; i < N_ALL; i++) own[i] = c->at[i] ? cell[c->at[i] - 1] : (gr_slice){0};
    gr_fact fact = gr_source_fact(reading, GR_RANK_OWN);
    if (!gr_feature_code(own[N_CODE].len ? own[N_CODE] : GR_S("PPL"), &fact))
        return gr_source_fail(reading, err,
                              "feature code \"%.*s\" is not known; knowledge/places/README.md lists them",
                              GR_FMT(own[N_CODE]));
    gr_status status = gr_source_point(reading, own[N_LAT], own[N_LON], &fact, err);
    if (status == GR_OK) status = gr_source_population(reading, own[N_PEOPLE], &fact, err);
    if (status == GR_OK) status = own_country(reading, own[N_COUNTRY], &fact, err);
    if (status != GR_OK) return status;
    fact.name = own[N_NAME];
    fact.variants = own[N_VARIANTS];
    fact.parent_id = gr_full_id(reading->arena, own[N_PARENT]);
    fact.id = own[N_ID].len ? gr_full_id(reading->arena, own[N_ID])
                            : gr_printf(reading->arena, "own:%.*s/%d,%d", GR_FMT(gr_sub(own[N_NAME], 0, 120)),
                                        fact.lat_e4, fact.lon_e4);
    if (!memchr(fact.id.ptr, ':', fact.id.len))
        fact.id = gr_printf(reading->arena, "own:%.*s", GR_FMT(fact.id));
    return gr_source_keep(reading, &fact, err);
}

const gr_row_reader gr_own_reader = {own_fits, true, own_row, own_header};
