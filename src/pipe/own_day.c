#include "pipe/own_day.h"

#include "base/utf8.h"

static int32_t publication_day(const gr_document *document) {
    gr_slice stated = document->source.published.len ? document->source.published : document->published;
    return stated.len ? gr_day_parse(gr_sub(stated, 0, 10)) : GR_NO_DAY;
}

static bool in_class(const gr_knowledge *know, gr_slice key, const char *name) {
    for (const gr_sense *s = gr_senses_of(know, key); s; s = s->next)
        if (s->kind == GR_SENSE_CLASS && gr_eq(know->word_class[s->index].name, gr_slice_of(name)))
            return true;
    return false;
}

static bool is_mark(gr_slice form) {
    size_t at = 0;
    uint32_t c = gr_utf8_next(form, &at);
    return !gr_is_letter(c) && !gr_is_digit(c);
}

/* "As of 30 April 2023", "Published on: 3 May 2024": nothing but words of that kind before the date. */
static bool labelled_as_date(gr_arena *arena, const gr_knowledge *know, const gr_coded *coded,
                             const gr_sentence *s, const gr_time *t) {
    bool labelled = false;
    for (uint32_t i = s->tok_begin; i < t->tok_begin; i++) {
        if (is_mark(coded->text.token[i].form)) continue;
        if (!in_class(know, gr_words_key(arena, coded->text.token[i].form), "date-label")) return false;
        labelled = true;
    }
    return labelled && t->tok_end + 2 >= s->tok_end;
}

/* "... were due on 30 April 2023", "Ambush On 30 April 2023": the date belongs to the words before it.
 * Nothing is tagged here yet. */
static bool in_phrase(gr_arena *arena, const gr_coded *coded, const gr_sentence *s, const gr_time *t) {
    static const char *const leads[] = {"on",    "of",    "at",     "as",    "in", "from",
                                        "since", "until", "before", "after", "by"};
    if (t->tok_begin == s->tok_begin) return false;
    gr_slice before = coded->text.token[t->tok_begin - 1].form, key = gr_words_key(arena, before);
    size_t at = 0;
    bool led = gr_is_lower(gr_utf8_next(before, &at));
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) led = led || gr_eq(key, gr_slice_of(leads[i]));
    return led;
}

static bool ends_line(const gr_coded *coded, const gr_token *last) {
    size_t end = last->off_b + last->len_b;
    while (end < coded->text.bytes.len && coded->text.bytes.ptr[end] == ' ') end++;
    if (end >= coded->text.bytes.len) return false;
    uint32_t c = gr_utf8_next(coded->text.bytes, &end);
    return c == '\n' || c == 0x2028;
}

/* A title with further lines of the head right below is no block of its own. */
static bool is_first_line(const gr_coded *coded, const gr_sentence *s) {
    const gr_token *last = &coded->text.token[s->tok_end - 1];
    return s == coded->text.sentence && ends_line(coded, last) && !gr_eq(last->form, GR_S("."));
}

/* "Evening Update June 13, 2011": the date ends the first line, though the next may go on with the sentence.
 */
static bool ends_first_line(const gr_coded *coded, const gr_time *t) {
    for (uint32_t i = coded->text.sentence->tok_begin; i + 1 < t->tok_end; i++)
        if (ends_line(coded, &coded->text.token[i])) return false;
    return ends_line(coded, &coded->text.token[t->tok_end - 1]);
}

/* Does the time stand where a report gives its own date: in the dateline, alone or labelled on a line near
 * the top, or at an end of the title ("3 May: Two patrols ...")? */
static bool dates_the_report(gr_arena *arena, const gr_knowledge *know, const gr_coded *coded,
                             const gr_sentence *s, const gr_time *t) {
    const gr_dateline *d = &coded->text.dateline;
    uint32_t off_b = coded->text.token[t->tok_begin].off_b;
    if (d->len_b && off_b >= d->off_b && off_b < d->off_b + d->len_b) return true;
    const gr_block *block = &coded->text.block[s->block];
    bool alone = t->tok_end - t->tok_begin + 2 >= s->tok_end - s->tok_begin &&
                 block->sent_end - block->sent_begin == 1;
    bool title = s->block == 0 && (block->kind == GR_BLOCK_TITLE || is_first_line(coded, s));
    bool opens = t->tok_begin == s->tok_begin && t->tok_end < s->tok_end &&
                 gr_eq(coded->text.token[t->tok_end].form, GR_S(":"));
    bool ends = title && t->tok_end + 1 >= s->tok_end;
    bool closes = (ends || ends_first_line(coded, t)) && !in_phrase(arena, coded, s, t);
    return alone || (title && opens) || closes || labelled_as_date(arena, know, coded, s, t);
}

/* "2019-03-PR-007": year, month, the letters of an office, a running number. A part of a longer number and a
 * plain date are none. Returns the last day of the month, or GR_NO_DAY. */
static int32_t release_month(gr_slice text, size_t at) {
    size_t i = at;
    uint64_t year, month;
    if (at > 0 && (gr_is_letter((uint8_t)text.ptr[at - 1]) || gr_is_digit((uint8_t)text.ptr[at - 1]) ||
                   text.ptr[at - 1] == '-'))
        return GR_NO_DAY;
    if (!gr_parse_u64(gr_sub(text, at, at + 4), &year) || year < 1945 || year > 2100) return GR_NO_DAY;
    i += 4;
    if (i >= text.len || text.ptr[i++] != '-') return GR_NO_DAY;
    size_t from = i;
    while (i < text.len && i < from + 2 && gr_is_digit((uint8_t)text.ptr[i])) i++;
    if (!gr_parse_u64(gr_sub(text, from, i), &month) || month < 1 || month > 12) return GR_NO_DAY;
    if (i >= text.len || text.ptr[i++] != '-') return GR_NO_DAY;
    from = i;
    while (i < text.len && text.ptr[i] >= 'A' && text.ptr[i] <= 'Z') i++;
    if (i == from || i > from + 4 || i >= text.len) return GR_NO_DAY;
    uint32_t dash = gr_utf8_next(text, &i);
    bool numbered = i < text.len && (gr_is_digit((uint8_t)text.ptr[i]) || text.ptr[i] == 'X'); /* "CA-XXX" */
    if ((dash != '-' && dash != 0x2013) || !numbered) return GR_NO_DAY;
    return gr_day_of((int)year + (month == 12), month == 12 ? 1 : (int)month + 1, 1) - 1;
}

#define HEAD_SENTENCES 6u

static int32_t release_number(const gr_coded *coded) {
    uint32_t count =
        coded->text.sentence_count < HEAD_SENTENCES ? coded->text.sentence_count : HEAD_SENTENCES;
    if (count == 0) return GR_NO_DAY;
    const gr_token *last = &coded->text.token[coded->text.sentence[count - 1].tok_end - 1];
    gr_slice head = gr_sub(coded->text.bytes, 0, last->off_b + last->len_b);
    for (size_t at = 0; at + 4 < head.len; at++) {
        int32_t day = gr_is_digit((uint8_t)head.ptr[at]) ? release_month(head, at) : GR_NO_DAY;
        if (day != GR_NO_DAY) return day;
    }
    return GR_NO_DAY;
}

/* A full day; one without a year only where a release number gives it, about the month of that number. */
static bool can_be_own(const gr_time *t, int32_t month_end) {
    if (t->earliest == GR_NO_DAY || t->earliest != t->latest) return false;
    if (t->basis == GR_BASIS_STATED) return true;
    return month_end != GR_NO_DAY && t->basis == GR_BASIS_CONTEXT && t->kind == GR_TIME_POINT &&
           t->precision == GR_PRECISION_DAY && t->earliest > month_end - 38 && t->earliest < month_end + 8;
}

/* The day that the report gives itself ("NIAMEY, 3 October 2023 -") stands for the publication day when none
 * was given. */
gr_own_day gr_find_own_day(gr_arena *arena, const gr_knowledge *know, const gr_coded *coded, gr_slice lang) {
    gr_own_day own = {publication_day(&coded->document), release_number(coded)};
    for (uint32_t s = 0; own.day == GR_NO_DAY && s < coded->text.sentence_count && s < HEAD_SENTENCES; s++) {
        const gr_sentence *sentence = &coded->text.sentence[s];
        gr_times times = {0};
        gr_find_times(arena, &coded->text, coded->word, sentence, lang, GR_NO_DAY, own.month_end, &times);
        for (uint32_t i = 0; i < times.count && own.day == GR_NO_DAY; i++) {
            const gr_time *t = &times.item[i];
            if (can_be_own(t, own.month_end) && dates_the_report(arena, know, coded, sentence, t))
                own.day = t->earliest;
        }
    }
    return own;
}
