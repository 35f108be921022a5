/* CSV (RFC 4180; commas or semicolons) and TSV whose first line names columns that a field map knows: each
 * row is a document. */
#include "read/parts_internal.h"

#include "base/limits.h"

typedef struct row {
    gr_buffer cells; /* unquoted, one behind the other */
    size_t end[GR_MAX_CSV_COLUMNS];
    unsigned count;
    size_t raw_b; /* of the stream */
} row;

static gr_slice cell(const row *r, unsigned column) {
    if (column >= r->count) return GR_S("");
    return gr_sub(gr_buffer_slice(&r->cells), column ? r->end[column - 1] : 0, r->end[column]);
}

/* Takes a row apart that begins at s. Returns its bytes with the line end, 0 where s ends before the row does
 * and more may come. A tab-separated row has no quotes. */
static size_t split_row(gr_slice s, char delimiter, bool last, row *r) {
    bool quoted = false, begun = false;
    gr_buffer_clear(&r->cells);
    r->count = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (quoted) {
            if (c != '"')
                gr_buffer_byte(&r->cells, c);
            else if (i + 1 < s.len && s.ptr[i + 1] == '"')
                gr_buffer_byte(&r->cells, s.ptr[++i]);
            else
                quoted = false;
        } else if (c == '"' && !begun && delimiter != '\t') {
            quoted = begun = true;
        } else if (c == delimiter || c == '\n') {
            if (c == '\n' && i && s.ptr[i - 1] == '\r' && r->cells.len &&
                r->cells.ptr[r->cells.len - 1] == '\r')
                r->cells.len--;
            if (r->count < GR_MAX_CSV_COLUMNS) r->end[r->count++] = r->cells.len;
            begun = false;
            if (c == '\n') return i + 1;
        } else {
            gr_buffer_byte(&r->cells, c);
            begun = true;
        }
    }
    if (!last || !s.len) return 0;
    if (r->count < GR_MAX_CSV_COLUMNS) r->end[r->count++] = r->cells.len;
    return s.len;
}

static bool same_name(gr_slice a, gr_slice b) {
    a = gr_trim(a);
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        char x = a.ptr[i], y = b.ptr[i];
        if ((x >= 'A' && x <= 'Z' ? x + 32 : x) != (y >= 'A' && y <= 'Z' ? y + 32 : y)) return false;
    }
    return true;
}

/* The column that a choice names, or -1. */
static int column_of(const row *head, const gr_choices *choices) {
    for (unsigned i = 0; i < choices->count; i++)
        for (unsigned c = 0; c < head->count; c++)
            if (same_name(cell(head, c), choices->path[i])) return (int)c;
    return -1;
}

/* A table has two columns at least, and beside what the map needs another field that it knows. */
static bool head_fits(const row *head, const gr_map_of_fields *map) {
    unsigned known = 0;
    if (map->records.len || head->count < 2) return false;
    for (unsigned i = 0; i < map->need_count; i++)
        if (column_of(head, &map->need[i]) < 0) return false;
    for (unsigned f = 0; f < GR_MAP_COUNT; f++) known += column_of(head, &map->field[f]) >= 0;
    return known >= 2;
}

static gr_slice without_mark(gr_slice s) {
    return gr_starts(s, GR_S("\xEF\xBB\xBF")) ? gr_sub(s, 3, s.len) : s;
}

static const gr_map_of_fields *find_map(gr_slice head, const gr_maps *maps, row *names, char *delimiter) {
    static const char delimiters[] = {',', '\t', ';'};
    gr_slice line = without_mark(head);
    const char *end = line.len ? memchr(line.ptr, '\n', line.len) : NULL;
    if (!maps || !end || end - line.ptr > 8192) return NULL;
    line.len = (size_t)(end - line.ptr) + 1;
    for (size_t d = 0; d < sizeof delimiters; d++) {
        if (!split_row(line, delimiters[d], true, names)) continue;
        *delimiter = delimiters[d];
        for (unsigned i = 0; i < maps->count; i++)
            if (head_fits(names, &maps->map[i])) return &maps->map[i];
    }
    return NULL;
}

bool gr_is_table(gr_slice head, const struct gr_maps *maps) {
    row names = {0};
    char delimiter;
    bool found = find_map(head, maps, &names, &delimiter) != NULL;
    gr_buffer_free(&names.cells);
    return found;
}

/* The next row as a whole; it may hold line ends in quotes. */
static bool next_row(gr_stream *in, char delimiter, row *r) {
    for (size_t want = 8192;; want *= 2) {
        gr_slice ahead = gr_stream_peek(in, want);
        r->raw_b = split_row(ahead, delimiter, in->ended && ahead.len < want, r);
        if (r->raw_b) return true;
        if ((in->ended && ahead.len < want) || want > GR_MAX_DOCUMENT_B) return false;
    }
}

typedef struct table {
    gr_unpacking *u;
    const gr_reading *of;
    const gr_map_of_fields *map;
    int column[GR_MAP_COUNT][GR_MAX_MAP_CHOICES]; /* -1: not there */
    uint64_t number;
    gr_buffer title, body, text, publisher, url, name;
} table;

/* Of the columns that may hold a field, the first with something in it. */
static gr_slice value_of(const table *t, const row *r, gr_map_field field) {
    for (unsigned i = 0; i < t->map->field[field].count; i++) {
        gr_slice value = t->column[field][i] < 0 ? GR_S("") : gr_trim(cell(r, (unsigned)t->column[field][i]));
        if (value.len) return value;
    }
    return GR_S("");
}

static gr_status give_row(table *t, const row *r, gr_slice bytes, gr_error *err) {
    gr_error why = {0};
    gr_buffer plain = {0};
    char day[11], lang[4];
    uint32_t bad = 0;
    gr_status status = gr_add_marked_up(value_of(t, r, GR_MAP_TITLE), &plain, &why);
    gr_one_line(&t->title, gr_buffer_slice(&plain));
    gr_buffer_clear(&plain);
    gr_buffer_clear(&t->body);
    if (status == GR_OK) status = gr_add_decoded(value_of(t, r, GR_MAP_TEXT), GR_S(""), &plain, &bad, &why);
    if (status == GR_OK) status = gr_add_marked_up(gr_buffer_slice(&plain), &t->body, &why);
    gr_buffer_free(&plain);
    gr_buffer_clear(&t->text);
    gr_join_title(&t->text, gr_buffer_slice(&t->title), gr_trim(gr_buffer_slice(&t->body)));
    gr_one_line(&t->publisher, value_of(t, r, GR_MAP_PUBLISHER));
    gr_one_line(&t->url, value_of(t, r, GR_MAP_URL));
    gr_take_day(value_of(t, r, GR_MAP_PUBLISHED), day);
    gr_take_lang(value_of(t, r, GR_MAP_LANG), lang);
    gr_slice name = gr_part_name(&t->name, t->of->name, t->number, GR_S(""));
    if (status == GR_OK && t->text.failed) status = gr_out_of_memory(&why);
    if (status != GR_OK) return gr_set_aside(t->u, name, &why, err);
    return gr_give(t->u, t->of,
                   (gr_reading){.format = GR_FORMAT_TABLE,
                                .name = name,
                                .bytes = bytes,
                                .text = gr_buffer_slice(&t->text),
                                .title = gr_buffer_slice(&t->title),
                                .published = gr_slice_of(day),
                                .publisher = gr_buffer_slice(&t->publisher),
                                .url = gr_buffer_slice(&t->url),
                                .lang = gr_slice_of(lang),
                                .bad_bytes = bad});
}

static void find_columns(table *t, const row *head) {
    for (unsigned f = 0; f < GR_MAP_COUNT; f++) {
        for (unsigned i = 0; i < t->map->field[f].count; i++) {
            gr_choices one = {.path = {t->map->field[f].path[i]}, .count = 1};
            t->column[f][i] = column_of(head, &one);
        }
    }
}

static bool is_blank(const row *r) {
    return gr_trim(gr_buffer_slice(&r->cells)).len == 0;
}

gr_status gr_read_table(gr_unpacking *u, gr_stream *in, const gr_reading *of, gr_error *err) {
    table t = {.u = u, .of = of};
    row r = {0};
    char delimiter = ',';
    gr_status status = GR_OK;
    gr_slice head = gr_stream_peek(in, GR_MAX_STREAM_HEAD_B);
    t.map = find_map(head, u->maps, &r, &delimiter);
    if (!t.map) return gr_fail(err, GR_BAD_INPUT, NULL, "is a table that no field map knows");
    find_columns(&t, &r);
    gr_slice names = without_mark(head);
    gr_stream_skip(in, head.len - names.len +
                           (size_t)((const char *)memchr(names.ptr, '\n', names.len) - names.ptr) + 1);
    while (status == GR_OK && !u->stopped && next_row(in, delimiter, &r)) {
        t.number++;
        if (r.cells.failed)
            status = gr_out_of_memory(err);
        else if (!is_blank(&r))
            status = give_row(&t, &r, gr_trim(gr_stream_peek(in, r.raw_b)), err);
        gr_stream_skip(in, r.raw_b);
    }
    if (status == GR_OK) status = gr_stream_status(in, err);
    if (status == GR_OK && !u->stopped && gr_stream_peek(in, 1).len)
        status = gr_fail(err, GR_TOO_LARGE, NULL, "holds a row of more than %zu MiB after row %llu",
                         GR_MAX_DOCUMENT_B >> 20, (unsigned long long)t.number);
    gr_buffer *const all[] = {&r.cells, &t.title, &t.body, &t.text, &t.publisher, &t.url, &t.name};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) gr_buffer_free(all[i]);
    return status;
}
