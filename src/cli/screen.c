#include "cli/screen.h"
#include "base/utf8.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include <utf8proc.h>

static const char *const style_start[] = {"", "\033[1m", "\033[2m", "\033[36m"};

bool gr_is_screen(void) {
    return isatty(STDOUT_FILENO);
}

static bool colour(void) {
    static int known = -1;
    if (known < 0) {
        const char *no_color = getenv("NO_COLOR");
        const char *term = getenv("TERM");
        known = gr_is_screen() && !(no_color && *no_color) && !(term && strcmp(term, "dumb") == 0);
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

/* `breaks`: line ends and tabs stay; otherwise they become blanks. */
static void put_safe(FILE *out, gr_slice text, bool breaks) {
    size_t at = 0;
    while (at < text.len) {
        size_t from = at;
        uint32_t c = gr_utf8_next(text, &at);
        if (!breaks && (c == '\n' || c == '\t'))
            fputc(' ', out);
        else if (c == '\n' || c == '\t' || (!is_control(c) && !is_override(c)))
            fwrite(text.ptr + from, 1, at - from, out);
        else if (c != '\r')
            fputs("\xEF\xBF\xBD", out);
    }
}

void gr_print_error(const gr_error *err) {
    if (!err->message[0]) return;
    fputs("griot: ", stderr);
    if (err->origin[0]) {
        put_safe(stderr, gr_slice_of(err->origin), false);
        fputs(": ", stderr);
    }
    put_safe(stderr, gr_slice_of(err->message), false);
    fputc('\n', stderr);
}

void gr_put(gr_style style, gr_slice text) {
    bool styled = style != GR_PLAIN && colour();
    if (styled) fputs(style_start[style], stdout);
    put_safe(stdout, text, true);
    if (styled) fputs("\033[0m", stdout);
}

unsigned gr_told_width(void) {
    const char *columns = getenv("COLUMNS");
    uint64_t given;
    if (columns && gr_parse_u64(gr_slice_of(columns), &given) && given >= 20 && given <= 10000)
        return (unsigned)given;
    struct winsize size;
    if (gr_is_screen() && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20)
        return size.ws_col;
    return 0;
}

unsigned gr_screen_width(void) {
    unsigned told = gr_told_width();
    return told ? told : 100;
}

static unsigned columns_of(uint32_t c) {
    if (is_control(c)) return 1;
    int width = utf8proc_charwidth((utf8proc_int32_t)c);
    return width > 0 ? (unsigned)width : 0;
}

unsigned gr_text_columns(gr_slice text) {
    unsigned columns = 0;
    for (size_t at = 0; at < text.len;) columns += columns_of(gr_utf8_next(text, &at));
    return columns;
}

static void new_line(gr_flow *flow) {
    printf("\n%*s", (int)flow->indent, "");
    flow->column = flow->indent;
    flow->begun = flow->blank = false;
}

/* Two columns are left free for the stop or bracket that the next piece may begin with. */
static void put_word(gr_flow *flow, gr_style style, gr_slice word) {
    unsigned need = gr_text_columns(word);
    if (flow->blank && flow->begun && flow->column + need + 3 > gr_screen_width()) new_line(flow);
    if (flow->blank && flow->begun) {
        putchar(' ');
        flow->column++;
    }
    gr_put(style, word);
    flow->column += need;
    flow->begun = true;
    flow->blank = false;
}

void gr_flow_put(gr_flow *flow, gr_style style, gr_slice text) {
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && !memchr(" \n\t\r", text.ptr[end], 4)) end++;
        if (end > at)
            put_word(flow, style, gr_sub(text, at, end));
        else if (text.ptr[end++] == '\n')
            new_line(flow);
        else
            flow->blank = true;
        at = end;
    }
}

void gr_flow_end(gr_flow *flow) {
    putchar('\n');
    flow->column = 0;
    flow->begun = flow->blank = false;
}

void gr_put_line(const char *format, ...) {
    char line[1024];
    va_list values;
    va_start(values, format);
    vsnprintf(line, sizeof line, format, values);
    va_end(values);
    gr_flow flow = {.indent = 2};
    gr_flow_put(&flow, GR_PLAIN, gr_slice_of(line));
    gr_flow_end(&flow);
}

const char *gr_plural(uint64_t count) {
    return count == 1 ? "" : "s";
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
    if (total >= done) fprintf(stderr, "/%llu", (unsigned long long)total);
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
