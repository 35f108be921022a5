#include "text/gaps.h"

#include "base/utf8.h"

static uint32_t first_of(gr_slice form) {
    size_t at = 0;
    return form.len ? gr_utf8_next(form, &at) : 0;
}

bool gr_is_terminal(gr_slice form) {
    uint32_t c = first_of(form);
    return c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0x061F || c == 0x06D4 ||
           (c == '.' && form.ptr[form.len - 1] == '.');
}

bool gr_is_closer(gr_slice form) {
    uint32_t c = first_of(form);
    return c == ')' || c == ']' || c == '}' || c == '"' || c == 0x201D || c == 0x2019 || c == 0xBB ||
           (c == '\'' && form.len <= 2);
}

bool gr_is_caseless(const gr_token *token, uint32_t begin, uint32_t end) {
    uint32_t words = 0;
    for (uint32_t i = begin; i < end; i++) {
        uint32_t letters = 0;
        for (size_t at = 0; at < token[i].form.len;) {
            uint32_t c = gr_utf8_next(token[i].form, &at);
            if (gr_is_lower(c)) return false;
            letters += gr_is_letter(c);
        }
        words += letters >= 2;
    }
    return words >= 3;
}

static bool has_upper(const gr_token *token, uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; i++)
        for (size_t at = 0; at < token[i].form.len;)
            if (gr_is_upper(gr_utf8_next(token[i].form, &at))) return true;
    return false;
}

/* FNV-1a over code points, mixed. */
static uint32_t hash_form(gr_slice form) {
    uint32_t h = 2166136261u;
    for (size_t at = 0; at < form.len;) {
        uint32_t c = gr_utf8_next(form, &at);
        if (gr_is_digit(c)) c = '0';
        if (gr_is_apostrophe(c)) c = '\'';
        h = (h ^ gr_to_lower(c)) * 16777619u;
    }
    h = (h ^ h >> 16) * 0x85EBCA6Bu;
    h ^= h >> 13;
    return h ? h : 1;
}

/* Shapes: 0 is the outside of the block. */
enum {
    SHAPE_ADDRESS = 1,
    SHAPE_ABBREVIATION,
    SHAPE_INITIAL,
    SHAPE_WORD, /* and the short one behind it, as with SHAPE_LOWER: in text without case */
    SHAPE_LOWER = SHAPE_WORD + 2,
    SHAPE_LETTER = SHAPE_LOWER + 2,
    SHAPE_CAPITALS,
    SHAPE_CAPITAL,
    SHAPE_MIXED,
    SHAPE_DIGITS, /* of 1, 2, 3, 4, 5 and more digits */
    SHAPE_TIME = SHAPE_DIGITS + 5,
    SHAPE_DATE,
    SHAPE_NUMBER,
    SHAPE_RUN, /* of points, hyphens, other marks; long ones behind them */
    SHAPE_OPEN_QUOTE = SHAPE_RUN + 6,
    SHAPE_CLOSE_QUOTE,
    SHAPE_DASH,
    SHAPE_ELLIPSIS,
    SHAPE_BULLET,
    SHAPE_OTHER_MARK,
    SHAPE_SMILEY,
    SHAPE_MARK /* 33 marks of ASCII */
};

static uint8_t shape_of_number(gr_slice form) {
    size_t digits = 0;
    bool colon = false, group = false;
    for (size_t i = 0; i < form.len; i++) {
        digits += gr_char_class[(unsigned char)form.ptr[i]] == GR_CH_DIGIT;
        colon |= form.ptr[i] == ':';
        group |= form.ptr[i] == '/' || form.ptr[i] == '-';
    }
    if (digits == form.len) return (uint8_t)(SHAPE_DIGITS + (digits < 5 ? digits : 5) - 1);
    return colon ? SHAPE_TIME : group ? SHAPE_DATE : SHAPE_NUMBER;
}

static uint8_t shape_of_mark(gr_slice form, uint32_t first) {
    if (form.len > 1 && first < 0x80 && form.ptr[1] == form.ptr[0])
        return (uint8_t)(SHAPE_RUN + (first == '.' ? 0 : first == '-' ? 1 : 2) + (form.len > 3 ? 3 : 0));
    if (first < 0x80 && form.len > 1) return SHAPE_SMILEY;
    if (first < 0x80) {
        uint32_t number = first < '0'   ? first - 32
                          : first < 'A' ? first - 58 + 16
                          : first < 'a' ? first - 91 + 23
                                        : first - 123 + 29;
        return (uint8_t)(SHAPE_MARK + (number < 33 ? number : 0));
    }
    switch (first) {
    case 0x2018:
    case 0x201C:
    case 0xAB:
    case 0x201E:
        return SHAPE_OPEN_QUOTE;
    case 0x2019:
    case 0x201D:
    case 0xBB:
        return SHAPE_CLOSE_QUOTE;
    case 0x2013:
    case 0x2014:
        return SHAPE_DASH;
    case 0x2026:
        return SHAPE_ELLIPSIS;
    case 0x2022:
    case 0xB7:
        return SHAPE_BULLET;
    default:
        return SHAPE_OTHER_MARK;
    }
}

static uint8_t shape_of_word(gr_slice form, bool caseless) {
    uint32_t lower = 0, upper = 0, count = 0, points = 0;
    bool begins_upper = false;
    for (size_t at = 0; at < form.len; count++) {
        uint32_t c = gr_utf8_next(form, &at);
        if (c == '@' || c == '/') return SHAPE_ADDRESS;
        points += c == '.';
        lower += gr_is_lower(c);
        upper += gr_is_upper(c);
        if (count == 0) begins_upper = upper == 1;
    }
    if (form.ptr[form.len - 1] == '.') return count > 2 ? SHAPE_ABBREVIATION : SHAPE_INITIAL;
    if (points && lower > 3) return SHAPE_ADDRESS;
    if (caseless) return count > 3 ? SHAPE_WORD : SHAPE_WORD + 1;
    if (upper == 0) return count > 3 ? SHAPE_LOWER : SHAPE_LOWER + 1;
    if (count == 1) return SHAPE_LETTER;
    if (lower == 0) return SHAPE_CAPITALS;
    return begins_upper && upper == 1 ? SHAPE_CAPITAL : SHAPE_MIXED;
}

static uint8_t shape_of(gr_slice form, bool caseless) {
    uint32_t c = first_of(form);
    if (gr_is_letter(c)) return shape_of_word(form, caseless);
    return c < 0x80 && gr_char_class[c] == GR_CH_DIGIT ? shape_of_number(form) : shape_of_mark(form, c);
}

gr_gap_view gr_gap_look(gr_arena *arena, const gr_token *token, uint32_t begin, uint32_t end) {
    gr_gap_view view = {.token = token, .begin = begin, .end = end};
    view.hash = gr_alloc_array(arena, end - begin, sizeof *view.hash);
    view.shape = gr_alloc(arena, end - begin);
    view.caseless = gr_is_caseless(token, begin, end);
    view.lower = !has_upper(token, begin, end);
    for (uint32_t i = begin; i < end; i++) {
        view.hash[i - begin] = hash_form(token[i].form);
        view.shape[i - begin] = shape_of(token[i].form, view.caseless);
        view.terminals += gr_is_terminal(token[i].form);
    }
    return view;
}

void gr_gap_step(const gr_gap_view *view, gr_gap_walk *walk, uint32_t i) {
    gr_slice form = view->token[i].form;
    uint32_t c = first_of(form);
    if (c == '"' || (form.len == 2 && memcmp(form.ptr, "''", 2) == 0)) walk->in_quotes = !walk->in_quotes;
    if (c == 0x201C) walk->in_quotes = true;
    if (c == 0x201D) walk->in_quotes = false;
    if (c == '(' || c == '[') walk->brackets++;
    if ((c == ')' || c == ']') && walk->brackets) walk->brackets--;
    walk->terminals += gr_is_terminal(form);
    if (walk->next_terminal < i) walk->next_terminal = i;
    while (walk->next_terminal < view->end && !gr_is_terminal(view->token[walk->next_terminal].form))
        walk->next_terminal++;
}

void gr_gap_cut(gr_gap_walk *walk, uint32_t i) {
    walk->first = i + 1;
    walk->terminals = 0;
}

bool gr_gap_is_candidate(const gr_gap_view *view, uint32_t i) {
    const gr_token *a = &view->token[i], *b = &view->token[i + 1];
    uint32_t next = first_of(b->form);
    if (b->flags & GR_TOKEN_JOINED) return false;
    if (a->flags & GR_TOKEN_SPACE_AFTER) {
        uint8_t shape = view->shape[i - view->begin];
        bool plain = shape == SHAPE_LOWER || shape == SHAPE_LOWER + 1;
        return !(plain && gr_is_lower(next));
    }
    if (gr_is_closer(b->form)) return false;
    if (gr_is_terminal(a->form)) return true;
    return gr_is_closer(a->form) && i > view->begin && gr_is_terminal(view->token[i - 1].form) &&
           gr_is_letter(next);
}

static uint8_t bucket(uint32_t n) {
    static const uint8_t bounds[] = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48};
    uint8_t k = 0;
    while (k < sizeof bounds && n > bounds[k]) k++;
    return k;
}

void gr_gap_extras(const gr_gap_view *view, const gr_gap_walk *walk, uint32_t i,
                   uint8_t extra[GR_GAP_EXTRAS]) {
    uint32_t count = view->end - view->begin;
    uint64_t density = (uint64_t)view->terminals * 8 / count;
    extra[0] = bucket(i + 1 - walk->first);
    extra[1] = (uint8_t)(12 + bucket(view->end - 1 - i));
    extra[2] = view->token[i].flags & GR_TOKEN_SPACE_AFTER ? 25 : 24;
    extra[3] = walk->in_quotes ? 27 : 26;
    extra[4] = walk->brackets ? 29 : 28;
    extra[5] = view->caseless ? 32 : view->lower ? 31 : 30;
    extra[6] = (uint8_t)(count > 12 ? 33 + (density < 3 ? density : 3) : 37);
    extra[7] = walk->terminals ? 39 : 38;
    extra[8] = (uint8_t)(40 + bucket(walk->next_terminal - i));
}
