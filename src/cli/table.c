#include "cli/table.h"
#include "base/utf8.h"
#include "cli/screen.h"

#include <stdio.h>

enum { GAP = 2, LEAST_COLUMNS = 14, WIDEST_NAME = 24 };

void gr_table_row(gr_table *table, const gr_slice *cell) {
    for (unsigned i = 0; i < table->columns; i++) gr_push(table->arena, &table->cells, cell[i]);
}

/* Inside a word a line may end behind a hyphen between words, a slash or the dots between two dates. */
static bool breaks_behind(gr_slice text, size_t end) {
    if (end >= text.len || text.ptr[end] == ' ') return false;
    char c = text.ptr[end - 1], before = end >= 2 ? text.ptr[end - 2] : ' ';
    return (c == '-' && !(before >= '0' && before <= '9')) || c == '/' || (c == '.' && before == '.');
}

static size_t piece_end(gr_slice text, size_t at) {
    while (at < text.len && text.ptr[at] != ' ')
        if (breaks_behind(text, ++at)) break;
    return at;
}

static size_t skip_blanks(gr_slice text, size_t at) {
    while (at < text.len && text.ptr[at] == ' ') at++;
    return at;
}

/* What fits into `width` columns of a word that does not: one character at least. */
static size_t forced_end(gr_slice text, size_t at, unsigned width) {
    size_t end = at;
    gr_utf8_next(text, &end);
    for (size_t next = end; next < text.len; end = next) {
        gr_utf8_next(text, &next);
        if (gr_text_columns(gr_sub(text, at, next)) > width) break;
    }
    return end;
}

/* The end of the line that begins at `at`, and where the next one begins. */
static size_t line_end(gr_slice text, size_t at, unsigned width, size_t *next) {
    size_t end = at, from = at;
    while (from < text.len) {
        size_t piece = piece_end(text, from);
        if (gr_text_columns(gr_sub(text, at, piece)) > width) break;
        end = piece;
        from = skip_blanks(text, piece);
    }
    if (end == at && at < text.len) end = forced_end(text, at, width);
    *next = skip_blanks(text, end);
    return end;
}

/* The width below which a cell would be torn inside its words. */
static unsigned least_width(gr_slice text) {
    unsigned least = 0;
    for (size_t at = skip_blanks(text, 0); at < text.len;) {
        size_t end = piece_end(text, at);
        unsigned need = gr_text_columns(gr_sub(text, at, end));
        if (need > least) least = need;
        at = skip_blanks(text, end);
    }
    return least < LEAST_COLUMNS ? least : LEAST_COLUMNS;
}

static void widen(unsigned *width, unsigned need) {
    if (need > *width) *width = need;
}

/* Each column's natural width, then the widest made narrower until all fit into `room`; false where they
 * cannot. The first one stays whole: it names the row, and other commands want the name as it is printed. */
static bool settle_widths(const gr_table *table, unsigned room, unsigned *width) {
    unsigned least[GR_MAX_COLUMNS] = {0}, total = GAP * (table->columns - 1);
    for (unsigned i = 0; i < table->columns; i++) {
        width[i] = gr_text_columns(table->title[i]);
        least[i] = width[i];
    }
    for (uint32_t i = 0; i < table->cells.count; i++) {
        widen(&width[i % table->columns], gr_text_columns(table->cells.item[i]));
        widen(&least[i % table->columns], least_width(table->cells.item[i]));
    }
    for (unsigned i = 0; i < table->columns; i++) total += width[i];
    while (room && total > room) {
        unsigned widest = 0;
        for (unsigned i = 1; i < table->columns; i++)
            if (width[i] > least[i] && (!widest || width[i] > width[widest])) widest = i;
        if (!widest) return false;
        width[widest]--;
        total--;
    }
    return true;
}

static void print_row(const gr_table *table, const gr_slice *cell, const unsigned *width, bool titles) {
    size_t at[GR_MAX_COLUMNS] = {0};
    for (bool more = true; more;) {
        unsigned owed = 0; /* blanks that are due before the next words */
        more = false;
        for (unsigned i = 0; i < table->columns; i++) {
            size_t next, end = line_end(cell[i], at[i], width[i], &next);
            gr_slice words = gr_sub(cell[i], at[i], end);
            if (words.len) {
                printf("%*s", (int)owed, "");
                gr_put(titles ? GR_FAINT : i == 1 ? GR_STRONG : GR_PLAIN, words);
                owed = 0;
            }
            owed += width[i] - gr_text_columns(words) + GAP;
            at[i] = next;
            more |= next < cell[i].len;
        }
        putchar('\n');
    }
}

static void print_as_text(const gr_table *table, const gr_slice *cell, unsigned name) {
    gr_flow flow = {.indent = name + GAP};
    gr_put(GR_PLAIN, cell[0]);
    flow.column = gr_text_columns(cell[0]);
    do putchar(' ');
    while (++flow.column < flow.indent);
    bool first = true;
    for (unsigned i = 1; i < table->columns; i++) {
        if (!cell[i].len) continue;
        if (!first) gr_flow_put(&flow, GR_FAINT, GR_S(" | "));
        if (table->lead[i]) gr_flow_put(&flow, GR_FAINT, gr_slice_of(table->lead[i]));
        gr_flow_put(&flow, first ? GR_STRONG : GR_PLAIN, cell[i]);
        first = false;
    }
    gr_flow_end(&flow);
}

void gr_table_print(const gr_table *table) {
    unsigned width[GR_MAX_COLUMNS];
    bool fits = settle_widths(table, gr_told_width(), width);
    if (fits) print_row(table, table->title, width, true);
    unsigned name = width[0] < WIDEST_NAME ? width[0] : WIDEST_NAME;
    for (uint32_t i = 0; i < table->cells.count; i += table->columns) {
        const gr_slice *cell = &table->cells.item[i];
        if (fits)
            print_row(table, cell, width, false);
        else
            print_as_text(table, cell, name);
    }
}

/* As in RFC 4180, but with a line feed alone: quoted where a comma, a quotation mark or a line end stands in
 * it, or where a spreadsheet would take it for a formula. */
static void print_field(gr_slice text) {
    bool formula = text.len && strchr("=+-@", text.ptr[0]) && text.len > 1;
    bool quoted = formula;
    for (size_t i = 0; i < text.len; i++) quoted = quoted || strchr(",\"\n\r", text.ptr[i]);
    if (!quoted) {
        fwrite(text.ptr, 1, text.len, stdout);
        return;
    }
    putchar('"');
    if (formula) putchar('\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"') putchar('"');
        putchar(text.ptr[i]);
    }
    putchar('"');
}

static void print_fields(const gr_slice *cell, unsigned columns) {
    for (unsigned i = 0; i < columns; i++) {
        if (i) putchar(',');
        if (cell[i].len) print_field(cell[i]);
    }
    putchar('\n');
}

void gr_table_print_csv(const gr_table *table) {
    print_fields(table->title, table->columns);
    for (uint32_t i = 0; i < table->cells.count; i += table->columns)
        print_fields(&table->cells.item[i], table->columns);
}
