/* The fact tables of knowledge/places: UTF-8 text, one place a line, columns parted by tabs. */
#include "base/utf8.h"
#include "place/source.h"

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
static const char *const WORDS_HEADER = "word";
static const char *const NAMES_HEADER = "id\tnames";
static const char *const SHAPES_HEADER = "id\tshape\tpoints";

/* Fills the columns of a place that the line holds; the others stay as they are. */
static gr_status read_columns(const gr_reading *reading, const table_kind *kind, gr_slice line,
                              gr_slice *column, gr_error *err) {
    gr_slice cell[COLUMNS] = {0};
    uint32_t count = gr_split_row(reading->arena, line, '\t', cell, COLUMNS);
    if (count < kind->needed || count > kind->columns)
        return gr_source_fail(reading, err, "has %u columns where %d to %d are wanted, parted by tabs", count,
                              kind->needed, kind->columns);
    for (int i = 0; i < kind->columns; i++) column[kind->place[i]] = cell[i];
    return GR_OK;
}

static gr_status keep_place(gr_reading *reading, const gr_slice *column, gr_error *err) {
    gr_fact fact = gr_source_fact(reading, GR_RANK_TABLE);
    fact.id = gr_full_id(reading->arena, column[0]);
    fact.name = column[1];
    fact.variants = column[2];
    fact.parent_id = gr_full_id(reading->arena, column[7]);
    gr_status status = gr_source_point(reading, column[3], column[4], &fact, err);
    if (status == GR_OK) status = gr_source_population(reading, column[8], &fact, err);
    if (status != GR_OK) return status;
    if (!gr_feature_code(column[5], &fact))
        return gr_source_fail(
            reading, err, "feature code \"%.*s\" is not known; README.md in knowledge/places lists the codes",
            GR_FMT(column[5]));
    if (column[6].len && column[6].len != 3)
        return gr_source_fail(reading, err, "country \"%.*s\" is not an ISO 3166 alpha-3 code",
                              GR_FMT(column[6]));
    if (column[6].len) memcpy(fact.country, column[6].ptr, column[6].len);
    return gr_source_keep(reading, &fact, err);
}

static gr_status place_row(gr_reading *reading, gr_slice line, void *state, gr_error *err) {
    (void)state;
    gr_slice column[COLUMNS] = {0};
    gr_status status = read_columns(reading, &PLACES, line, column, err);
    return status == GR_OK ? keep_place(reading, column, err) : status;
}

static gr_status list_row(gr_reading *reading, gr_slice line, void *state, gr_error *err) {
    gr_slice *column = state; /* country, parent and code stay from the group's line */
    if (gr_starts(line, GR_S("@"))) {
        memset(column, 0,
               COLUMNS * sizeof *column); /* where this line is bad, no row may hang on the last one */
        return read_columns(reading, &GROUP, line, column, err);
    }
    gr_status status = read_columns(reading, &LIST, line, column, err);
    return status == GR_OK ? keep_place(reading, column, err) : status;
}

static gr_status word_row(gr_reading *reading, gr_slice line, void *state, gr_error *err) {
    (void)state;
    gr_slice word = gr_fold(reading->arena, line);
    if (word.len > GR_NAME_MAX_B) return gr_source_fail(reading, err, "the word is too long");
    gr_push(reading->arena, &reading->facts->ordinary, word);
    return GR_OK;
}

static gr_status names_row(gr_reading *reading, gr_slice line, void *state, gr_error *err) {
    (void)state;
    gr_slice column[2] = {0};
    if (gr_split_row(reading->arena, line, '\t', column, 2) != 2)
        return gr_source_fail(reading, err, "has to have 2 columns, parted by a tab");
    gr_push(reading->arena, &reading->facts->more_names,
            (gr_more_names){gr_full_id(reading->arena, column[0]), column[1], reading->file, reading->line});
    return GR_OK;
}

/* "outline" or "line", then "lat,lon lat,lon ...". */
static gr_status shape_row(gr_reading *reading, gr_slice line, void *state, gr_error *err) {
    (void)state;
    gr_slice column[3] = {0};
    if (gr_split_row(reading->arena, line, '\t', column, 3) != 3)
        return gr_source_fail(reading, err, "has to have 3 columns, parted by tabs");
    gr_fact_shape shape = {.id = gr_full_id(reading->arena, column[0]),
                           .line = gr_eq(column[1], GR_S("line")),
                           .point = reading->facts->point.count,
                           .file = reading->file,
                           .number = reading->line};
    if (!shape.line && !gr_eq(column[1], GR_S("outline")))
        return gr_source_fail(reading, err, "the shape has to be outline or line");
    for (gr_slice rest = column[2]; rest.len; shape.point_count++) {
        gr_slice lon = gr_cut(&rest, ' '), lat = gr_cut(&lon, ',');
        gr_fact point;
        gr_status status = gr_source_point(reading, lat, lon, &point, err);
        if (status != GR_OK) return status;
        if (point.lat_e4 == GR_IMAGE_NO_POINT) return gr_source_fail(reading, err, "a point is empty");
        gr_push(reading->arena, &reading->facts->point, (gr_image_point){point.lat_e4, point.lon_e4});
    }
    if (shape.point_count < 2) return gr_source_fail(reading, err, "a shape has at least two points");
    gr_push(reading->arena, &reading->facts->shape, shape);
    return GR_OK;
}

static bool places_fit(gr_slice first) {
    return gr_eq(first, gr_slice_of(PLACES.header));
}
static bool list_fits(gr_slice first) {
    return gr_eq(first, gr_slice_of(LIST.header));
}
static bool words_fit(gr_slice first) {
    return gr_eq(first, gr_slice_of(WORDS_HEADER));
}
static bool names_fit(gr_slice first) {
    return gr_eq(first, gr_slice_of(NAMES_HEADER));
}
static bool shapes_fit(gr_slice first) {
    return gr_eq(first, gr_slice_of(SHAPES_HEADER));
}

const gr_row_reader gr_places_reader = {places_fit, true, place_row, NULL};
const gr_row_reader gr_list_reader = {list_fits, true, list_row, NULL};
const gr_row_reader gr_words_reader = {words_fit, true, word_row, NULL};
const gr_row_reader gr_names_reader = {names_fit, true, names_row, NULL};
const gr_row_reader gr_shapes_reader = {shapes_fit, true, shape_row, NULL};
