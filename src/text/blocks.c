#include "text/split.h"

#include "base/utf8.h"

/* Hard-wrapped text has no line longer than this, in code points. */
#define WRAP_WIDTH_MAX 132u
#define WRAP_WIDTH_MIN 36u
#define WRAP_LINES_MIN 4u  /* fewer lines than this do not show by themselves where they were wrapped */
#define PROSE_WORDS_MIN 8u /* a long line with fewer words is an address, not prose */
#define HEADING_WORDS_MAX 24u
#define BYLINE_WORDS_MAX 12u
#define BYLINE_BLOCKS 6u /* a byline stands among the first blocks */

typedef struct line {
    size_t begin, end;    /* bytes, white space trimmed; equal for a blank line */
    uint32_t width;       /* code points */
    uint32_t indent;      /* characters of white space in front */
    uint32_t first_width; /* code points of the first word */
    uint32_t words;
    bool item; /* starts with a bullet or a number */
} line;

typedef GR_VEC(line) lines;

bool gr_is_blank(uint32_t c) {
    if (c < 0x80) return c <= ' ' || c == 0x7F;
    bool direction =
        c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return direction || gr_is_space(c) || c == 0xFEFF || c == 0x200B || (c >= 0x80 && c < 0xA0);
}

/* "- ", "* ", "• ", "1. ", "2) ", "(a) " at the start of a line. */
static bool starts_item(gr_slice text, size_t begin, size_t end) {
    size_t next, at = begin;
    uint32_t c = gr_peek(text, at, end, &next);
    bool bullet = c == '-' || c == '*' || c == 0x2022 || c == 0x2013 || c == 0x2014 || c == 0xB7 ||
                  c == 0x25AA || c == 0x25CF || c == 0x25E6 || c == 0x2023;
    if (bullet) return next < end && gr_is_space(gr_peek(text, next, end, NULL));
    bool bracket = c == '(';
    if (bracket) at++;
    size_t mark = at;
    while (mark < end && mark - at < 3 && gr_char_class[(unsigned char)text.ptr[mark]] == GR_CH_DIGIT) mark++;
    if (mark == at && mark < end && gr_is_lower((unsigned char)text.ptr[mark])) mark++;
    if (mark == at || mark >= end) return false;
    bool digits = gr_char_class[(unsigned char)text.ptr[at]] == GR_CH_DIGIT;
    char close = text.ptr[mark];
    if (close != ')' && (close != '.' || bracket || !digits || mark - at > 2)) return false;
    return mark + 1 < end && gr_is_space(gr_peek(text, mark + 1, end, NULL));
}

static line measure(gr_slice text, size_t begin, size_t end) {
    line l = {begin, begin, 0, 0, 0, 0, false};
    uint32_t column = 0;
    bool in_word = false;
    for (size_t at = begin, next; at < end; at = next, column++) {
        bool blank = gr_is_blank(gr_peek(text, at, end, &next));
        if (!blank) {
            if (l.words == 0) l.begin = at, l.indent = column;
            if (!in_word) l.words++;
            if (l.words == 1) l.first_width++;
            l.end = next;
            l.width = column + 1 - l.indent;
        }
        in_word = !blank;
    }
    if (l.words == 0) return (line){.begin = begin, .end = begin};
    l.item = starts_item(text, l.begin, l.end);
    return l;
}

/* Bytes of the end of a line, Unicode's line and paragraph separators among them; 0 where there is none. */
static size_t line_break(gr_slice text, size_t at) {
    char c = text.ptr[at];
    if (c == '\n' || c == '\f') return 1;
    if (c == '\r') return at + 1 < text.len && text.ptr[at + 1] == '\n' ? 2 : 1;
    if (c != '\xE2') return 0;
    uint32_t wide = gr_peek(text, at, text.len, NULL);
    return wide == 0x2028 || wide == 0x2029 ? 3 : 0;
}

static void find_lines(gr_arena *arena, gr_slice text, lines *out) {
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && !line_break(text, end)) end++;
        gr_push(arena, out, measure(text, at, end));
        at = end + (end < text.len ? line_break(text, end) : 1);
    }
}

/* The last character of a line that is not a closing quote or bracket ends a sentence. */
static bool ends_sentence(gr_slice text, const line *l) {
    for (size_t at = l->end; at > l->begin;) {
        do at--;
        while (at > l->begin && ((unsigned char)text.ptr[at] & 0xC0) == 0x80);
        uint32_t c = gr_peek(text, at, l->end, NULL);
        if (c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201D || c == 0x2019 || c == 0xBB)
            continue;
        return c == '.' || c == '!' || c == '?' || c == 0x2026;
    }
    return false;
}

static uint32_t widest_of(const line *l, uint32_t count) {
    uint32_t widest = 0;
    for (uint32_t i = 0; i < count; i++)
        if (l[i].width > widest && l[i].words >= PROSE_WORDS_MIN) widest = l[i].width;
    return widest;
}

/* The width that a group of lines was wrapped at, or 0 when its lines are paragraphs of their own. A few
 * lines (the head of a bulletin) are judged by the widest line of the whole text. */
static uint32_t wrap_width(const line *l, uint32_t count, uint32_t widest_in_text) {
    uint32_t widest = count < WRAP_LINES_MIN && widest_in_text ? widest_in_text : widest_of(l, count);
    return widest > WRAP_WIDTH_MAX || widest < WRAP_WIDTH_MIN ? 0 : widest;
}

/* Does line b go on where line a was wrapped? A wrapped line is one that had no room for the next word. */
static bool continues(gr_slice text, const line *a, const line *b, uint32_t width) {
    if (width == 0 || b->item) return false;
    uint32_t c = gr_peek(text, b->begin, b->end, NULL);
    bool full = (a->width + 1 + b->first_width) * 10 >= width * 9;
    bool lower = gr_is_lower(c) && !ends_sentence(text, a);
    if (a->item || b->indent <= a->indent + 1) return full || lower;
    return lower;
}

static bool is_byline(gr_slice text, const line *l) {
    gr_slice s = {text.ptr + l->begin, l->end - l->begin};
    if (l->words < 2 || l->words > BYLINE_WORDS_MAX || ends_sentence(text, l)) return false;
    if (!gr_starts(s, GR_S("By ")) && !gr_starts(s, GR_S("BY ")) && !gr_starts(s, GR_S("by "))) return false;
    size_t at = l->begin + 3;
    return gr_is_upper(gr_peek(text, at, l->end, NULL));
}

static gr_block_kind kind_of(gr_slice text, const line *l, uint32_t line_count, uint32_t block, bool last) {
    if (l->item) return GR_BLOCK_LIST_ITEM;
    gr_dateline ignored;
    if (line_count == 1 && gr_find_dateline(text, l->begin, l->end, true, &ignored)) return GR_BLOCK_DATELINE;
    if (line_count == 1 && block < BYLINE_BLOCKS && is_byline(text, l)) return GR_BLOCK_BYLINE;
    bool heading =
        line_count <= 2 && l->words <= HEADING_WORDS_MAX && !last && !ends_sentence(text, &l[line_count - 1]);
    uint32_t c = gr_peek(text, l->begin, l->end, NULL);
    bool row = memchr(text.ptr + l->begin, '|', l->end - l->begin); /* of a table */
    return heading && !row && !gr_is_lower(c) ? GR_BLOCK_HEADING : GR_BLOCK_PARAGRAPH;
}

/* Appends the blocks of a group of lines between blank lines. */
static void cut_group(gr_arena *arena, gr_slice text, const line *l, uint32_t count, bool last,
                      uint32_t widest_in_text, gr_blocks *out) {
    uint32_t width = wrap_width(l, count, widest_in_text);
    for (uint32_t first = 0, i = 1; i <= count; i++) {
        if (i < count && continues(text, &l[i - 1], &l[i], width)) continue;
        gr_block_kind kind = kind_of(text, &l[first], i - first, out->count, last && i == count);
        uint32_t begin = (uint32_t)l[first].begin;
        gr_push(arena, out, (gr_block){kind, begin, (uint32_t)l[i - 1].end - begin, 0, 0, GR_NONE});
        first = i;
    }
}

/* The first heading is the title when only bylines and datelines stand before it. A heading with no paragraph
 * or list under it, up to the next heading, keeps its kind: stacked headings are common. */
static void set_headings(gr_blocks *blocks) {
    uint32_t current = GR_NONE;
    bool body = false;
    for (uint32_t i = 0; i < blocks->count; i++) {
        gr_block *block = &blocks->item[i];
        if (block->kind == GR_BLOCK_HEADING) {
            if (!body && current == GR_NONE) block->kind = GR_BLOCK_TITLE;
            current = i;
            continue;
        }
        block->heading = current;
        body = body || block->kind == GR_BLOCK_PARAGRAPH || block->kind == GR_BLOCK_LIST_ITEM;
    }
}

void gr_find_blocks(gr_arena *arena, gr_slice text, gr_blocks *out) {
    lines all = {0};
    find_lines(arena, text, &all);
    uint32_t end = all.count, widest = widest_of(all.item, all.count);
    while (end && all.item[end - 1].words == 0) end--;
    for (uint32_t i = 0; i < end;) {
        if (all.item[i].words == 0) {
            i++;
            continue;
        }
        uint32_t stop = i;
        while (stop < end && all.item[stop].words) stop++;
        cut_group(arena, text, &all.item[i], stop - i, stop == end, widest, out);
        i = stop;
    }
    set_headings(out);
}
