/* What foreign programs print of PDF and RTF. */
#include "read/parts_internal.h"

#include "base/limits.h"
#include "base/os.h"
#include "base/utf8.h"

#define HEAD_LINES 2u      /* at either end of a page that may repeat */
#define MOST_HEADS 4096u   /* different ones that are counted */
#define SCAN_CHARACTERS 16 /* a page of text holds more */

typedef struct head {
    uint64_t key;
    uint32_t count;
    bool shown; /* it has been written once: the first is often the title */
} head;

typedef struct paper {
    gr_slice *page;
    gr_page *begin;
    uint32_t count;
    head *heads;
    uint32_t head_count;
    gr_buffer text;

} paper;

static gr_slice next_line(gr_slice *rest) {
    gr_slice line = gr_cut(rest, '\n');
    return gr_trim(line);
}

/* The same for lines that differ in figures alone. FNV-1a, 64 bits. */
static uint64_t key_of(gr_slice line) {
    uint64_t sum = 14695981039346656037u;
    bool digit = false;
    for (size_t i = 0; i < line.len; i++) {
        bool is = line.ptr[i] >= '0' && line.ptr[i] <= '9';
        if (is && digit) continue;
        digit = is;
        sum = (sum ^ (unsigned char)(is ? '#' : line.ptr[i])) * 1099511628211u;
    }
    return sum ? sum : 1;
}

/* "7", "- 7 -", "Page 7 of 12", "7 / 12", "P a g e | 7" */
static bool is_page_number(gr_slice line) {
    static const char *const words[] = {"page", "of",   "sur",   "de",  "p",     "p.",
                                        "pag",  "pag.", "seite", "von", "pagina"};
    bool digits = false;
    char word[8];
    size_t n = 0;
    if (line.len > 24) return false;
    for (size_t i = 0; i <= line.len; i++) {
        char c = i < line.len ? line.ptr[i] : ' ';
        bool digit = c >= '0' && c <= '9', letter = (c | 32) >= 'a' && (c | 32) <= 'z';
        digits = digits || digit;
        if (letter || (c == '.' && n)) {
            if (n == sizeof word) return false;
            word[n++] = (char)(letter ? c | 32 : c);
            continue;
        }
        if (n > 1 && !GR_AMONG(((gr_slice){word, n}), words)) return false;
        n = 0;
        if (!digit && !strchr(" -|/[]()", c) && (unsigned char)c < 0x80) return false;
        if ((unsigned char)c >= 0x80 && (unsigned char)c != 0xE2) { /* dashes begin with E2 */
            if ((unsigned char)c < 0x80 || (unsigned char)c > 0xBF) return false;
        }
    }
    return digits;
}

static head *find_head(paper *p, uint64_t key) {
    for (uint32_t i = 0; i < p->head_count; i++)
        if (p->heads[i].key == key) return &p->heads[i];
    return NULL;
}

static void count_head(paper *p, gr_slice line) {
    uint64_t key = key_of(line);
    head *known = find_head(p, key);
    if (known)
        known->count++;
    else if (p->head_count < MOST_HEADS)
        p->heads[p->head_count++] = (head){key, 1, false};
}

static uint32_t full_lines(gr_slice page) {
    uint32_t lines = 0;
    while (page.len) lines += next_line(&page).len > 0;
    return lines;
}

static bool at_an_end(uint32_t number, uint32_t lines) {
    return number < HEAD_LINES || number + HEAD_LINES >= lines;
}

static void count_heads(paper *p) {
    for (uint32_t i = 0; i < p->count; i++) {
        gr_slice rest = p->page[i];
        uint32_t lines = full_lines(rest), number = 0;
        while (rest.len) {
            gr_slice line = next_line(&rest);
            if (!line.len) continue;
            if (at_an_end(number, lines) && line.len < 200) count_head(p, line);
            number++;
        }
    }
}

/* A line that stands at the same end of a third of the pages runs along; its first is kept. */
static bool runs_along(paper *p, gr_slice line) {
    head *known = find_head(p, key_of(line));
    if (!known || known->count < 2 || known->count * 3 < p->count) return false;
    bool shown = known->shown;
    known->shown = true;
    return shown;
}

static bool is_lower(gr_slice line) {
    size_t at = 0;
    uint32_t c = line.len ? gr_utf8_next(line, &at) : 0;
    return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7);
}

static bool ends_sentence(gr_slice text) {
    static const char *const ends[] = {".", "!", "?", ":", ";", "\"", ")", "\xE2\x80\x9D", "\xC2\xBB"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (gr_ends(text, gr_slice_of(ends[i]))) return true;
    return false;
}

static bool breaks_word(gr_slice text, gr_slice next) {
    if (text.len < 2 || text.ptr[text.len - 1] != '-' || !is_lower(next)) return false;
    unsigned char before = (unsigned char)text.ptr[text.len - 2];
    return (before | 32) >= 'a' && ((before | 32) <= 'z' || before >= 0x80);
}

static void write_line(paper *p, gr_slice line, bool after_gap, bool after_page) {
    gr_slice text = gr_buffer_slice(&p->text);
    bool goes_on = !after_gap || (after_page && !ends_sentence(text) && is_lower(line));
    if (goes_on && breaks_word(text, line))
        p->text.len--;
    else if (text.len)
        gr_buffer_add(&p->text, goes_on ? GR_S("\n") : GR_S("\n\n"));
    for (size_t at = 0; at < line.len;) {
        uint32_t c = gr_utf8_next(line, &at);
        gr_buffer_code_point(&p->text, c < ' ' ? ' ' : c);
    }
}

static void write_page(paper *p, uint32_t i) {
    gr_slice rest = p->page[i];
    uint32_t lines = full_lines(rest), number = 0;
    bool gap = true, first = true;
    while (rest.len) {
        gr_slice line = next_line(&rest);
        if (!line.len) {
            gap = true;
            continue;
        }
        bool end = at_an_end(number++, lines);
        if (end && (is_page_number(line) || runs_along(p, line))) continue;
        write_line(p, line, gap, first);
        if (first) p->begin[i].off_b = (uint32_t)(p->text.len - line.len);
        gap = first = false;
    }
    if (first) p->begin[i].off_b = (uint32_t)p->text.len;
    /* A hyphen taken out lies before the pages that were empty behind it. */
    if (i && p->begin[i].off_b < p->begin[i - 1].off_b) p->begin[i].off_b = p->begin[i - 1].off_b;
}

/* Cuts at the page breaks; the last one ends the last page. */
static bool cut_pages(gr_slice text, paper *p) {
    uint32_t most = 1;
    for (size_t i = 0; i < text.len; i++) most += text.ptr[i] == '\f';
    p->page = gr_os_alloc(most * sizeof *p->page);
    p->begin = gr_os_alloc(most * sizeof *p->begin);
    p->heads = gr_os_alloc(MOST_HEADS * sizeof *p->heads);
    if (!p->page || !p->begin || !p->heads) return false;
    while (text.len) {
        p->begin[p->count] = (gr_page){p->count + 1, 0};
        p->page[p->count++] = gr_cut(&text, '\f');
    }
    return true;
}

/* What stands between two marks in s, or an empty slice. */
static gr_slice between(gr_slice s, const char *before, const char *after) {
    const char *begin = memmem(s.ptr, s.len, before, strlen(before));
    if (!begin) return GR_S("");
    s = gr_sub(s, (size_t)(begin - s.ptr) + strlen(before), s.len);
    const char *end = memmem(s.ptr, s.len, after, strlen(after));
    return end ? gr_sub(s, 0, (size_t)(end - s.ptr)) : GR_S("");
}

static void write_paper(gr_slice printed, paper *p) {
    const char *begin = memmem(printed.ptr, printed.len, "<pre>\n", 6);
    gr_slice text = begin ? gr_sub(printed, (size_t)(begin - printed.ptr) + 6, printed.len) : printed;
    while (gr_ends(text, GR_S("\n"))) text.len--;
    for (size_t i = 0; i < 3; i++) {
        static const char *const ends[] = {"</html>", "</body>", "</pre>"};
        if (gr_ends(text, gr_slice_of(ends[i]))) text.len -= strlen(ends[i]);
        while (gr_ends(text, GR_S("\n"))) text.len--;
    }
    if (!cut_pages(text, p)) {
        p->text.failed = true;
        return;
    }
    count_heads(p);
    for (uint32_t i = 0; i < p->count; i++) write_page(p, i);
}

static gr_status give_paper(gr_unpacking *u, gr_slice printed, const paper *p, const gr_reading *of,
                            gr_error *err) {
    gr_buffer raw = {0}, title = {0};
    gr_slice top = gr_sub(printed, 0, 8192);
    char day[11];
    gr_take_day(between(top, "<meta name=\"CreationDate\" content=\"", "\""), day);
    gr_status status = gr_add_marked_up(between(top, "<title>", "</title>"), &raw, err);
    gr_one_line(&title, gr_buffer_slice(&raw));
    if (status == GR_OK)
        status = gr_give(u, of,
                         (gr_reading){.format = GR_FORMAT_PDF,
                                      .name = of->name,
                                      .text = gr_buffer_slice(&p->text),
                                      .title = gr_buffer_slice(&title),
                                      .published = gr_slice_of(day),
                                      .page = p->begin,
                                      .page_count = p->count});
    gr_buffer_free(&raw);
    gr_buffer_free(&title);
    return status;
}

static gr_status read_pdf_print(gr_unpacking *u, gr_slice printed, const gr_reading *of, gr_error *err) {
    paper p = {.text = {.limit_b = GR_MAX_DOCUMENT_B}};
    write_paper(printed, &p);
    gr_status status = GR_OK;
    if (p.text.failed)
        status = gr_out_of_memory(err);
    else if (!p.count || p.text.len < (size_t)p.count * SCAN_CHARACTERS)
        status =
            gr_fail(err, GR_BAD_INPUT, NULL,
                    "is a scan: %u page%s with pictures but no text; run character recognition over it first",
                    p.count, p.count == 1 ? "" : "s");
    else
        status = give_paper(u, printed, &p, of, err);
    gr_os_free(p.page);
    gr_os_free(p.begin);
    gr_os_free(p.heads);
    gr_buffer_free(&p.text);
    return status;
}

static gr_status read_rtf_print(gr_unpacking *u, gr_slice printed, const gr_reading *of, gr_error *err) {
    gr_buffer text = {.limit_b = GR_MAX_DOCUMENT_B};
    gr_page_meta meta = {0};
    gr_status status = gr_read_html(printed, &text, &meta, err);
    if (status == GR_OK && text.failed) status = gr_out_of_memory(err);
    if (status == GR_OK)
        status = gr_give(u, of,
                         (gr_reading){.format = GR_FORMAT_RTF,
                                      .name = of->name,
                                      .text = gr_buffer_slice(&text),
                                      .title = gr_slice_of(meta.title)});
    gr_buffer_free(&text);
    return status;
}

gr_status gr_read_print(gr_unpacking *u, gr_stream *in, gr_format format, const gr_reading *of,
                        gr_error *err) {
    gr_slice bytes;
    gr_status status = gr_stream_all(in, GR_MAX_DOCUMENT_B, &bytes, err);
    if (status != GR_OK) return status;
    gr_buffer valid = {0}; /* HTML parsers and page breaks are no place for NULs */
    for (size_t at = 0; at < bytes.len;) {
        uint32_t c = gr_utf8_next(bytes, &at);
        gr_buffer_code_point(&valid, c ? c : ' ');
    }
    if (valid.failed)
        status = gr_out_of_memory(err);
    else if (format == GR_FORMAT_PDF)
        status = read_pdf_print(u, gr_buffer_slice(&valid), of, err);
    else
        status = read_rtf_print(u, gr_buffer_slice(&valid), of, err);
    gr_buffer_free(&valid);
    return status;
}
