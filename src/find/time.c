#include "find/time.h"

#include "find/time_reading.h"

bool gr_at(const gr_time_scan *s, uint32_t i, gr_time_class class) {
    return i < s->count && s->atom[i].time == class;
}

bool gr_at_mark(const gr_time_scan *s, uint32_t i, char mark) {
    return i < s->count && s->atom[i].kind == GR_ATOM_MARK && s->atom[i].mark == mark;
}

bool gr_at_digits(const gr_time_scan *s, uint32_t i) {
    return i < s->count && s->atom[i].kind == GR_ATOM_DIGITS;
}

gr_upos gr_at_upos(const gr_time_scan *s, uint32_t i) {
    return i < s->count && s->word ? (gr_upos)s->word[s->atom[i].tok].upos : GR_X;
}

#define CLIMB_MAX 6 /* heads from a date up to the verb it belongs to */

/* "plans to move them in June": what is planned lies ahead too. */
static bool is_planned(const gr_time_scan *s, uint32_t verb) {
    const gr_word *w = &s->word[verb];
    bool below = w->rel == GR_XCOMP || w->rel == GR_CCOMP || w->rel == GR_ACL;
    uint32_t over = below && w->head != GR_NONE ? w->head : verb;
    for (uint32_t k = 0; k < gr_plan_words_en_count; k++)
        if (gr_eq(s->word[over].lemma, gr_slice_of(gr_plan_words_en[k]))) return true;
    return false;
}

/* "is to leave", "are to be released": an appointment. */
static bool is_to_be(const gr_time_scan *s, uint32_t verb) {
    for (uint32_t to = verb; to-- > s->sentence->tok_begin + 1 && verb - to <= 3;) {
        bool infinitive = gr_is(s->word[to].lemma, "to") && s->word[to].upos == GR_PART;
        if (infinitive) return gr_is(s->word[to - 1].lemma, "be");
    }
    return false;
}

bool gr_ahead(const gr_time_scan *s, uint32_t i) {
    if (!s->word || i >= s->count) return false;
    uint32_t verb = s->atom[i].tok;
    for (int step = 0; step < CLIMB_MAX && verb != GR_NONE; step++) {
        if (s->word[verb].upos == GR_VERB) break;
        verb = s->word[verb].head;
    }
    if (verb == GR_NONE) return false;
    if (s->word[verb].feats & GR_FUT) return true;
    for (uint32_t k = 0; k < s->count; k++)
        if (s->atom[k].time == GR_TW_WILL && s->word[s->atom[k].tok].head == verb) return true;
    return is_planned(s, verb) || is_to_be(s, verb);
}

static bool leads(const gr_time_scan *s, uint32_t i) {
    return gr_at(s, i, GR_TW_ON) || gr_at(s, i, GR_TW_AT) || gr_at(s, i, GR_TW_OF) ||
           gr_at(s, i, GR_TW_JUST) || gr_at(s, i, GR_TW_THE) || gr_at(s, i, GR_TW_IN) ||
           gr_at_mark(s, i, ',');
}

/* Up to three words such as ", at around" or "on the". */
static uint32_t behind_leads(const gr_time_scan *s, uint32_t i) {
    for (int step = 0; step < 3 && leads(s, i); step++) i++;
    return i;
}

static bool settled_day(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    if (i >= s->count) return false;
    if (!gr_read_date(s, i, out) && !gr_read_relative(s, i, out)) return false;
    if (out->dated) gr_settle_date(s, &out->date, i, &out->time);
    return out->time.kind != GR_TIME_REPEATED;
}

/* A reading of a day that a time of day can be part of. */
static bool is_day(const gr_reading *reading) {
    return reading->time.unit == GR_UNIT_DAY && reading->time.length == 0;
}

/* "5 a.m. on Monday", "noon yesterday". */
static bool clock_then_day(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    bool word = gr_at(s, i, GR_TW_HOUR);
    if (word && s->atom[i].capital && !s->sentence->all_capitals && i > 0) return false;
    gr_reading day;
    if (!gr_read_clock(s, i, out)) return false;
    uint32_t at = behind_leads(s, out->end);
    if (settled_day(s, at, &day) && is_day(&day)) {
        int16_t clock = out->time.clock_min;
        out->time = day.time;
        out->time.clock_min = clock;
        out->end = day.end;
        return true;
    }
    return !word || (i > 0 && (gr_at(s, i - 1, GR_TW_AT) || gr_at(s, i - 1, GR_TW_JUST)));
}

/* "evening of 3 October", "night of 2 to 3 October", "night from Sunday to Monday", "early hours of Monday",
 * "in the morning". */
static bool part_then_day(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    uint32_t at = i;
    if (gr_at(s, at, GR_TW_EDGE)) at++;
    bool hours = at > i && gr_at(s, at, GR_TW_UNITS) && s->atom[at].time_value == GR_UNIT_HOUR;
    bool overnight = gr_at(s, at, GR_TW_NIGHT) && s->atom[at].time_value < 0;
    if (!hours && !overnight && !gr_at(s, at, GR_TW_PART)) return false;
    gr_time_part part = hours || overnight ? GR_PART_NIGHT : (gr_time_part)s->atom[at].time_value;
    uint32_t end = at + 1, next = end;
    if (gr_at(s, next, GR_TW_OF) || gr_at(s, next, GR_TW_ON) || gr_at(s, next, GR_TW_FROM)) next++;
    if (gr_at(s, next, GR_TW_THE)) next++;
    if ((next > end || overnight) && settled_day(s, next, out) && is_day(out)) {
        gr_reading last;
        bool two = gr_at(s, out->end, GR_TW_UNTIL) || gr_at_mark(s, out->end, '-');
        uint32_t second = out->end + 1 + (gr_at(s, out->end + 1, GR_TW_THE) ? 1 : 0);
        if (two && settled_day(s, second, &last) && is_day(&last)) {
            out->end = last.end;
            out->time.latest = last.time.latest;
            if (out->time.latest < out->time.earliest) out->time.earliest = out->time.latest - 1;
            if (out->time.latest != GR_NO_DAY) out->time.precision = GR_PRECISION_RANGE;
        }
        out->begin = i;
        out->time.part = part;
        return true;
    }
    bool alone =
        i > 1 && gr_at(s, i - 1, GR_TW_THE) && (gr_at(s, i - 2, GR_TW_IN) || gr_at(s, i - 2, GR_TW_OVER));
    if (!alone) return false;
    *out = (gr_reading){.begin = i, .end = end, .time = gr_time_none()};
    out->time.unit = GR_UNIT_DAY;
    out->time.part = part;
    return true;
}

/* A time of day behind the day: "Monday at 5 a.m.", "3 October, around noon", "Monday in the morning". */
static void add_clock(const gr_time_scan *s, gr_reading *out) {
    gr_reading clock;
    uint32_t at = out->end;
    if (gr_at(s, at, GR_TW_PART)) {
        out->time.part = (gr_time_part)s->atom[at].time_value;
        out->end = ++at;
    }
    if (gr_at_mark(s, at, ',')) at++;
    bool led = gr_at(s, at, GR_TW_AT) || gr_at(s, at, GR_TW_JUST) || gr_at(s, at, GR_TW_CASE);
    at = behind_leads(s, at);
    if (at >= s->count || gr_at(s, at, GR_TW_HOUR) > led || !gr_read_clock(s, at, &clock)) return;
    out->time.clock_min = clock.time.clock_min;
    out->end = clock.end;
}

/* A weekday or part of the day may follow or stand before a date in brackets: "(Monday)". */
bool gr_read_point(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    if (i >= s->count) return false;
    if (clock_then_day(s, i, out) || part_then_day(s, i, out)) return true;
    if (gr_read_date(s, i, out)) {
        gr_settle_date(s, &out->date, i, &out->time);
    } else if (!gr_read_relative(s, i, out)) {
        return false;
    } else if (out->dated) {
        gr_settle_date(s, &out->date, i, &out->time);
    }
    if (is_day(out)) add_clock(s, out);
    return true;
}

/* Two ends of a window share what one of them leaves out: "3 March and 5 April 2015", "January to March". */
static void share_year(const gr_time_scan *s, gr_reading *from, gr_reading *to, uint32_t at) {
    if (!from->dated || !to->dated) return;
    bool bare = !from->date.year && !to->date.year && s->published != GR_NO_DAY;
    if (!from->date.year && to->date.year) {
        from->date.year = to->date.year - (from->date.month > to->date.month);
    } else if (from->date.year && !to->date.year) {
        to->date.year = from->date.year + (from->date.month > to->date.month);
    }
    if (bare) {
        gr_settle_date(s, &from->date, at, &from->time); /* what starts ahead ends ahead */
        int month, day;
        if (from->time.earliest != GR_NO_DAY && from->time.earliest > s->published) {
            gr_civil_of(from->time.earliest, &from->date.year, &month, &day);
            to->date.year = from->date.year + (from->date.month > to->date.month);
        }
    }
    gr_settle_date(s, &to->date, at, &to->time);
    if (!from->date.year && to->time.latest != GR_NO_DAY) {
        int month, day;
        gr_civil_of(to->time.latest, &from->date.year, &month, &day);
        from->date.year -= from->date.month > to->date.month;
    }
    gr_settle_date(s, &from->date, at, &from->time);
    if (bare) from->time.basis = to->time.basis = GR_BASIS_PUBLICATION;
}

/* A day without its month in front of one that has it: "between 1 and 7 May" is read as one date. */
static bool one_date(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    if (!gr_at_digits(s, i) || !gr_read_date(s, i, out)) return false;
    if (!out->date.last_day && !out->date.last_year) return false;
    gr_settle_date(s, &out->date, i, &out->time);
    return true;
}

static void join(gr_reading *from, const gr_reading *to) {
    from->end = to->end;
    from->dated = false;
    from->time.kind = GR_TIME_WINDOW;
    from->time.latest = to->time.latest;
    from->time.length = 0;
    if (from->time.latest != GR_NO_DAY && from->time.earliest > from->time.latest)
        from->time.earliest = GR_NO_DAY;
    bool known = from->time.earliest != GR_NO_DAY && from->time.latest != GR_NO_DAY;
    from->time.precision = known ? GR_PRECISION_RANGE : GR_PRECISION_UNKNOWN;
    if (to->time.basis != GR_BASIS_STATED) from->time.basis = to->time.basis;
}

static bool read_end(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    if (gr_at(s, i, GR_TW_THE)) i++;
    if (i < s->count && (gr_atom_is(&s->atom[i], "now") || gr_atom_is(&s->atom[i], "date"))) {
        *out = (gr_reading){.begin = i, .end = i + 1, .time = gr_unit_point(s, GR_UNIT_DAY, 0)};
        return true;
    }
    return gr_read_point(s, i, out) && out->time.kind != GR_TIME_REPEATED;
}

static bool year_pair(const gr_time_scan *s, uint32_t i, gr_time_class link, gr_reading *from,
                      gr_reading *to) {
    gr_date year = {.unit = GR_UNIT_YEAR, .edge = -1};
    *from = *to = (gr_reading){.dated = true, .date = year};
    from->begin = i;
    if (!gr_read_year(s, i, &from->date.year, &from->end)) return false;
    bool linked = gr_at(s, from->end, link);
    if (!linked || !gr_read_year(s, from->end + 1, &to->date.year, &to->end)) return false;
    return true;
}

/* "between X and Y", "from X to Y": windows. */
static bool framed(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    bool du = gr_at(s, i, GR_TW_OF) && gr_at(s, i + 1, GR_TW_THE) && gr_at_digits(s, i + 2);
    bool between = gr_at(s, i, GR_TW_BETWEEN), from = gr_at(s, i, GR_TW_FROM) || du;
    gr_time_class link = between ? GR_TW_AND : GR_TW_UNTIL;
    gr_reading to;
    if (!between && !from) return false;
    uint32_t at = i + 1;
    if (gr_at(s, at, GR_TW_THE)) at++;
    if (at >= s->count) return false;
    if (one_date(s, at, out)) {
        out->time.kind = GR_TIME_WINDOW;
        return true;
    }
    if (!year_pair(s, at, link, out, &to)) {
        if (!read_end(s, at, out)) return false;
        bool linked = gr_at(s, out->end, link) || gr_at_mark(s, out->end, '-');
        if (!linked || !read_end(s, out->end + 1, &to)) return false;
    }
    share_year(s, out, &to, at);
    join(out, &to);
    return true;
}

/* "Monday to Wednesday", "January-March 2023", "3 March - 5 April": a window without a frame. */
static void unframed(const gr_time_scan *s, gr_reading *from) {
    gr_reading to;
    bool linked =
        gr_at(s, from->end, GR_TW_UNTIL) || gr_at_mark(s, from->end, '-') || gr_at_mark(s, from->end, '/');
    if (!linked || from->time.clock_min != GR_NO_CLOCK || from->end + 1 >= s->count) return;
    uint32_t at = from->end + 1;
    if (gr_at(s, at, GR_TW_THE)) at++;
    if (at >= s->count || !(gr_read_date(s, at, &to) || gr_read_relative(s, at, &to))) return;
    if (to.dated) gr_settle_date(s, &to.date, at, &to.time);
    if (to.time.unit != from->time.unit || to.time.kind == GR_TIME_REPEATED) return;
    share_year(s, from, &to, from->begin);
    join(from, &to);
}

/* The words of "since the coup": the noun phrase, for evidence. */
static uint32_t phrase_end(const gr_time_scan *s, uint32_t i) {
    uint32_t end = i, noun = i;
    for (; end < s->count && end < i + 8; end++) {
        gr_upos upos = gr_at_upos(s, end);
        bool of = gr_at(s, end, GR_TW_OF) && noun == end;
        if (upos == GR_NOUN || upos == GR_PROPN)
            noun = end + 1;
        else if (upos != GR_DET && upos != GR_ADJ && upos != GR_NUM && !of)
            break;
    }
    return noun;
}

/* "since" before a clause may give a reason and not a time. */
static bool opens_clause(const gr_time_scan *s, uint32_t i) {
    return gr_at_upos(s, i) == GR_SCONJ && s->word[s->atom[i].tok].rel != GR_CASE;
}

/* "since July 2023", "since the coup", "since then": a window up to publication. */
static bool since(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    if (!gr_at(s, i, GR_TW_SINCE)) return false;
    uint32_t at = i + 1;
    if (gr_at(s, at, GR_TW_THE) && gr_read_point(s, at + 1, out))
        at++;
    else if (at < s->count && gr_read_point(s, at, out))
        at = out->begin;
    else if (!opens_clause(s, i) && phrase_end(s, at) > at)
        *out = (gr_reading){.begin = at, .end = phrase_end(s, at), .time = gr_time_none()};
    else
        return false;
    out->dated = false;
    out->time.kind = GR_TIME_WINDOW;
    out->time.since = true;
    out->time.latest = s->published;
    if (out->time.earliest == GR_NO_DAY) return true;
    if (out->time.latest < out->time.earliest) out->time.latest = GR_NO_DAY;
    out->time.precision = out->time.latest == GR_NO_DAY ? GR_PRECISION_UNKNOWN : GR_PRECISION_RANGE;
    return true;
}

/* A point that lies behind the publication day lies ahead of the report. */
static void mark_future(const gr_time_scan *s, gr_time *time) {
    if (time->kind == GR_TIME_POINT && s->published != GR_NO_DAY && time->earliest != GR_NO_DAY &&
        time->earliest > s->published)
        time->kind = GR_TIME_FUTURE;
}

/* "in the first half of 2023", "over the last year": what figures cover. */
static void mark_window(const gr_time_scan *s, gr_reading *reading) {
    uint32_t i = reading->begin;
    while (i > 0 && (gr_at(s, i - 1, GR_TW_THE) || gr_at(s, i - 1, GR_TW_JUST))) i--;
    bool wide = reading->time.unit > GR_UNIT_WEEK || (reading->dated && reading->date.last_day);
    if (i > 0 && gr_at(s, i - 1, GR_TW_OVER) && wide && reading->time.kind == GR_TIME_POINT)
        reading->time.kind = GR_TIME_WINDOW;
}

static bool read_any(const gr_time_scan *s, uint32_t i, gr_reading *out) {
    if (since(s, i, out) || framed(s, i, out)) return true;
    if (gr_read_point(s, i, out)) {
        if (out->time.kind != GR_TIME_REPEATED) unframed(s, out);
        mark_window(s, out);
        return true;
    }
    return gr_read_span(s, i, out);
}

/* A time inside the name of an organisation, such as a movement named after a day. */
static bool inside_name(const gr_time_scan *s, const gr_reading *reading) {
    if (!s->word) return false;
    uint32_t first = s->atom[reading->begin].tok, last = s->atom[reading->end - 1].tok;
    if (s->word[first].name != GR_NAME_ORGANISATION || s->word[last].name != GR_NAME_ORGANISATION)
        return false;
    bool goes_on = last + 1 < s->sentence->tok_end && s->word[last + 1].name == GR_NAME_ORGANISATION &&
                   !s->word[last + 1].name_begins;
    return goes_on || !s->word[first].name_begins;
}

static void find_in(gr_arena *arena, const gr_time_scan *s, gr_times *out) {
    for (uint32_t i = 0; i < s->count;) {
        gr_reading reading;
        bool can_start = s->atom[i].kind == GR_ATOM_DIGITS || s->atom[i].time != GR_TW_NONE ||
                         s->atom[i].number != GR_NUM_NONE || gr_atom_is(&s->atom[i], "q");
        if (!can_start || !read_any(s, i, &reading)) {
            i++;
            continue;
        }
        if (!inside_name(s, &reading)) {
            mark_future(s, &reading.time);
            reading.time.tok_begin = s->atom[reading.begin].tok;
            reading.time.tok_end = s->atom[reading.end - 1].tok + 1;
            gr_push(arena, out, reading.time);
        }
        uint32_t last = s->atom[reading.end - 1].tok; /* two times never share a token */
        for (i = reading.end; i < s->count && s->atom[i].tok == last;) i++;
    }
}

void gr_find_times(gr_arena *arena, const gr_text *text, const gr_word *word, const gr_sentence *s,
                   gr_slice lang, int32_t published, int32_t context, gr_times *out) {
    gr_wordlist list;
    if (!gr_wordlist_of(lang, &list)) return;
    gr_atom atom[GR_ATOMS_MAX];
    for (uint32_t tok = s->tok_begin; tok < s->tok_end;) {
        gr_time_scan scan = {atom, 0, word, s, published, context};
        scan.count = gr_atoms_read(text, &list, &tok, s->tok_end, atom);
        find_in(arena, &scan, out);
    }
}
