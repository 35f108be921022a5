#include "cli/screen.h"
#include "base/utf8.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include <utf8proc.h>

static const char *const style_start[] = {"", "\033[1m", "\033[2m", "\033[36m"};

static bool colour(void) {
    static int known = -1;
    if (known < 0) {
        const char *no_color = getenv("NO_COLOR");
        const char *term = getenv("TERM");
        known = isatty(STDOUT_FILENO) && !(no_color && *no_color) && !(term && strcmp(term, "dumb") == 0);
    }
    return known == 1;
}

static bool is_control(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

/* Bidirectional overrides can make a line read other than it is. */
static bool is_override(uint32_t c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static void put_safe(FILE *out, gr_slice text) {
    size_t at = 0;
    while (at < text.len) {
        size_t from = at;
        uint32_t c = gr_utf8_next(text, &at);
        if (c == '\n' || c == '\t' || (!is_control(c) && !is_override(c)))
            fwrite(text.ptr + from, 1, at - from, out);
        else if (c != '\r')
            fputs("\xEF\xBF\xBD", out);
    }
}

void gr_print_error(const gr_error *err) {
    if (!err->message[0]) return;
    fputs("griot: ", stderr);
    if (err->origin[0]) {
        put_safe(stderr, gr_slice_of(err->origin));
        fputs(": ", stderr);
    }
    put_safe(stderr, gr_slice_of(err->message));
    fputc('\n', stderr);
}

void gr_put(gr_style style, gr_slice text) {
    bool styled = style != GR_PLAIN && colour();
    if (styled) fputs(style_start[style], stdout);
    put_safe(stdout, text);
    if (styled) fputs("\033[0m", stdout);
}

unsigned gr_screen_width(void) {
    const char *columns = getenv("COLUMNS");
    uint64_t given;
    if (columns && gr_parse_u64(gr_slice_of(columns), &given) && given >= 20 && given <= 10000)
        return (unsigned)given;
    struct winsize size;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20)
        return size.ws_col;
    return 100;
}

static unsigned columns_of(uint32_t c) {
    if (is_control(c)) return 1;
    int width = utf8proc_charwidth((utf8proc_int32_t)c);
    return width > 0 ? (unsigned)width : 0;
}

static unsigned text_columns(gr_slice text) {
    unsigned columns = 0;
    for (size_t at = 0; at < text.len;) columns += columns_of(gr_utf8_next(text, &at));
    return columns;
}

void gr_put_wrapped(gr_style style, unsigned indent, gr_slice text) {
    unsigned width = gr_screen_width(), column = 0;
    size_t at = 0;
    while (at < text.len) {
        while (at < text.len &&
               (text.ptr[at] == ' ' || text.ptr[at] == '\n' || text.ptr[at] == '\t' || text.ptr[at] == '\r'))
            at++;
        size_t end = at;
        while (end < text.len && !memchr(" \n\t\r", text.ptr[end], 4)) end++;
        if (end == at) break;
        gr_slice word = gr_sub(text, at, end);
        unsigned need = text_columns(word);
        if (column && column + 1 + need > width) {
            putchar('\n');
            column = 0;
        }
        if (column)
            putchar(' ');
        else
            printf("%*s", (int)indent, "");
        gr_put(style, word);
        column = (column ? column + 1 : indent) + need;
        at = end;
    }
    putchar('\n');
}

void gr_table_row(gr_table *table, const gr_slice *cell) {
    for (unsigned i = 0; i < table->columns; i++) gr_push(table->arena, &table->cells, cell[i]);
}

/* Each column's natural width, then the widest made narrower until all fit. The first one stays whole: it
 * names the row, and other commands want the name as it is printed. */
static void settle_widths(const gr_table *table, unsigned *width) {
    for (unsigned i = 0; i < table->columns; i++) width[i] = text_columns(table->title[i]);
    for (uint32_t i = 0; i < table->cells.count; i++) {
        unsigned need = text_columns(table->cells.item[i]);
        if (need > width[i % table->columns]) width[i % table->columns] = need;
    }
    unsigned room = gr_screen_width(), gaps = 2 * (table->columns - 1);
    for (;;) {
        unsigned total = gaps + width[0], widest = 1;
        for (unsigned i = 1; i < table->columns; i++) {
            total += width[i];
            if (width[i] > width[widest]) widest = i;
        }
        if (total <= room || width[widest] <= 3) return;
        width[widest]--;
    }
}

static void put_cell(gr_style style, gr_slice text, unsigned width, bool last) {
    unsigned columns = text_columns(text);
    if (columns <= width) {
        gr_put(style, text);
        if (!last) printf("%*s", (int)(width - columns) + 2, "");
        return;
    }
    size_t at = 0, end = 0;
    unsigned used = 0;
    while (at < text.len) {
        unsigned next = columns_of(gr_utf8_next(text, &at));
        if (used + next > width - 1) break;
        used += next;
        end = at;
    }
    gr_put(style, gr_sub(text, 0, end));
    fputs("\xE2\x80\xA6", stdout);
    if (!last) printf("%*s", (int)(width - used - 1) + 2, "");
}

void gr_table_print(const gr_table *table) {
    unsigned width[GR_MAX_COLUMNS];
    settle_widths(table, width);
    for (unsigned i = 0; i < table->columns; i++)
        put_cell(GR_FAINT, table->title[i], width[i], i + 1 == table->columns);
    putchar('\n');
    for (uint32_t i = 0; i < table->cells.count; i++) {
        unsigned column = i % table->columns;
        bool last = column + 1 == table->columns;
        put_cell(column == 1 ? GR_STRONG : GR_PLAIN, table->cells.item[i], width[column], last);
        if (last) putchar('\n');
    }
}

static bool progress_shown;

void gr_progress(uint64_t done, uint64_t total, const char *what) {
    static struct timespec start, last;
    if (!isatty(STDERR_FILENO)) return;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (!progress_shown) start = last = now;
    double since_s = (double)(now.tv_sec - last.tv_sec) + (double)(now.tv_nsec - last.tv_nsec) / 1e9;
    double all_s = (double)(now.tv_sec - start.tv_sec) + (double)(now.tv_nsec - start.tv_nsec) / 1e9;
    if (progress_shown && since_s < 0.1) return;
    progress_shown = true;
    last = now;
    fprintf(stderr, "\r\033[K%llu", (unsigned long long)done);
    if (total) fprintf(stderr, "/%llu", (unsigned long long)total);
    fprintf(stderr, " %s", what);
    if (all_s > 1) fprintf(stderr, ", %.0f a second", (double)done / all_s);
    fflush(stderr);
}

void gr_progress_end(void) {
    if (progress_shown) fputs("\r\033[K", stderr);
    progress_shown = false;
}

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal_number) {
    (void)signal_number;
    interrupted = 1;
}

void gr_catch_interrupts(void) {
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

bool gr_interrupted(void) {
    return interrupted != 0;
}
