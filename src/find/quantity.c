#include "find/quantity.h"

#include "find/quantity_reading.h"

const char *gr_op_name(gr_op op) {
    static const char *const name[] = {"=", ">", ">=", "<", "<=", "~", "range"};
    return (unsigned)op < sizeof name / sizeof name[0] ? name[op] : "=";
}

/* Matches the words of a phrase over atoms from i on; returns the atom behind it, or 0. */
static uint32_t match_phrase(const gr_time_scan *s, uint32_t i, const char *words) {
    for (;;) {
        size_t len = strcspn(words, " ");
        char word[16];
        if (i >= s->count || len >= sizeof word) return 0;
        memcpy(word, words, len);
        word[len] = 0;
        if (!gr_atom_is(&s->atom[i], word) && !(word[0] == '-' && gr_at_mark(s, i, '-'))) return 0;
        i++;
        if (!words[len]) return i;
        words += len + 1;
    }
}

static uint32_t words_in(const char *phrase) {
    uint32_t words = 1;
    for (; *phrase; phrase++) words += *phrase == ' ';
    return words;
}

typedef struct operator_ {
    gr_op op;
    uint32_t begin, end; /* atoms of the number with its phrases */
} operator_;

/* "hand over 33 captives": the word is the verb's. */
static bool is_verbs_particle(const gr_quantity_scan *q, uint32_t at) {
    const gr_word *word = q->time.word;
    uint32_t token = q->time.atom[at].tok;
    return word && word[token].rel == GR_COMPOUND && word[token].subrel == GR_SUB_PRT;
}

/* The phrase before a number ("more than") and behind it ("or so"). */
static operator_ read_operator(const gr_quantity_scan *q, uint32_t begin, uint32_t end) {
    operator_ result = {GR_OP_EQ, begin, end};
    for (uint32_t k = 0; k < q->list->phrase_count; k++) {
        const gr_number_phrase *phrase = &q->list->phrase[k];
        uint32_t words = words_in(phrase->words);
        if (phrase->behind) {
            uint32_t after = match_phrase(&q->time, end, phrase->words);
            if (after && result.op == GR_OP_EQ) result.op = (gr_op)phrase->op, result.end = after;
        } else if (result.begin == begin && words <= begin - q->floor &&
                   match_phrase(&q->time, begin - words, phrase->words) == begin &&
                   !(words == 1 && is_verbs_particle(q, begin - 1))) {
            result.op = (gr_op)phrase->op;
            result.begin = begin - words;
        }
    }
    if (gr_at_mark(&q->time, end, '+') && q->time.atom[end].glued) result.op = GR_OP_GE, result.end = end + 1;
    return result;
}

static gr_quantity quantity_of(gr_op op, int64_t n) {
    return (gr_quantity){.noun = GR_NONE, .op = op, .n = n, .n_max = GR_NO_NUMBER};
}

typedef struct output {
    gr_arena *arena;
    gr_quantities *list;
} output;

/* Appends a quantity over atoms begin..end; returns the atom to go on from. */
static uint32_t add(gr_quantity_scan *q, const output *out, gr_quantity quantity, uint32_t begin,
                    uint32_t end) {
    quantity.tok_begin = q->time.atom[begin].tok;
    quantity.tok_end = q->time.atom[end - 1].tok + 1;
    gr_push(out->arena, out->list, quantity);
    uint32_t last = quantity.tok_end;
    while (end < q->time.count && q->time.atom[end].tok < last) end++; /* quantities never share a token */
    q->floor = end;
    return end;
}

static bool range_link(const gr_time_scan *s, uint32_t i, bool between) {
    if (between) return gr_at(s, i, GR_TW_AND);
    return gr_at_mark(s, i, '-') ||
           (i < s->count && (gr_atom_is(&s->atom[i], "to") || gr_atom_is(&s->atom[i], "or") ||
                             gr_at(s, i, GR_TW_UNTIL) || gr_atom_is(&s->atom[i], "ou")));
}

/* "20 to 30", "20-30", "between 20 and 30", "20 or 30": true when a second, higher number follows. */
static bool read_range(const gr_quantity_scan *q, const gr_number *first, bool between, gr_number *second) {
    const gr_time_scan *s = &q->time;
    if (!range_link(s, first->end, between)) return false;
    if (!between && first->begin > 0 && gr_at(s, first->begin - 1, GR_TW_FROM)) return false;
    if (!gr_number_read(s->atom, s->count, first->end + 1, second) || second->vague) return false;
    if (first->digits && second->digits && second->milli <= first->milli) return false;
    return second->milli > first->milli;
}

/* "10 to 15 million": the scale word belongs to both. */
static int64_t low_end(const gr_number *first, const gr_number *second) {
    if (second->milli >= 1000000000 && first->milli < 1000000 && second->milli % 1000000000 == 0)
        return first->milli / 1000 * 1000000;
    return first->milli / 1000;
}

static void place_noun(const gr_quantity_scan *q, gr_quantity *quantity, uint32_t begin, uint32_t end) {
    if (quantity->measure != GR_MEASURE_COUNT) return;
    const gr_time_scan *s = &q->time;
    quantity->parenthesis = begin > 0 && gr_at_mark(s, begin - 1, '(') && gr_at_mark(s, end, ')');
    if (!quantity->parenthesis) quantity->noun = gr_counted_noun(q, begin, end, &quantity->partitive);
}

/* Four digits such as 2021 that stand alone: a year that nothing leads. */
static bool looks_like_year(const gr_quantity_scan *q, const gr_number *number, const gr_quantity *quantity) {
    const gr_atom *atom = &q->time.atom[number->begin];
    return quantity->measure == GR_MEASURE_COUNT && quantity->noun == GR_NONE && quantity->op == GR_OP_EQ &&
           number->end == number->begin + 1 && atom->digits == 4 && atom->value >= 1900 &&
           atom->value < 2100 && atom->value % 100 != 0;
}

static uint32_t add_number(gr_quantity_scan *q, const output *out, const gr_number *number) {
    const gr_time_scan *s = &q->time;
    bool between = number->begin > q->floor && gr_at(s, number->begin - 1, GR_TW_BETWEEN);
    gr_number second = *number, whole = *number;
    bool range = read_range(q, number, between, &second);
    int32_t metres = 1;
    if (range) whole.end = second.end;
    uint32_t end = whole.end;
    gr_measure measure = gr_measure_of(q, &whole, &metres, &end);
    if (range && measure == GR_MEASURE_NAME) { /* "AK-47 to 50": the code stands alone */
        range = false, whole = *number, end = whole.end;
        measure = gr_measure_of(q, &whole, &metres, &end);
    }
    operator_ around = {GR_OP_EQ, number->begin - (between && range ? 1 : 0), end};
    if (!(between && range)) around = read_operator(q, number->begin, end);
    gr_op op = around.op;
    if (number->round && op == GR_OP_EQ) op = GR_OP_ABOUT;
    gr_quantity quantity = quantity_of(op, range ? low_end(number, &second) : number->milli / 1000);
    quantity.measure = measure;
    if (measure == GR_MEASURE_DISTANCE) quantity.n = number->milli * metres / 1000;
    if (range) {
        if (op == GR_OP_EQ || op == GR_OP_ABOUT) quantity.op = GR_OP_RANGE;
        quantity.n_max = measure == GR_MEASURE_DISTANCE ? second.milli * metres / 1000 : second.milli / 1000;
    }
    if (number->vague) quantity.vague = true, quantity.op = GR_OP_ABOUT, quantity.n = GR_NO_NUMBER;
    place_noun(q, &quantity, number->begin, around.end);
    if (looks_like_year(q, number, &quantity)) quantity.measure = GR_MEASURE_DATE;
    return add(q, out, quantity, around.begin, around.end);
}

/* "dozens of fighters", "tens of thousands", "several villages", "many", "a few". */
static uint32_t add_vague(gr_quantity_scan *q, const output *out, uint32_t i) {
    const gr_time_scan *s = &q->time;
    uint32_t begin = i, end = i + 1;
    if (s->atom[i].number == GR_NUM_MANY && gr_at(s, end, GR_TW_OF) && end + 1 < s->count &&
        s->atom[end + 1].number == GR_NUM_MANY)
        end += 2;
    if (s->atom[i].number == GR_NUM_FEW && i > q->floor && s->atom[i - 1].number == GR_NUM_ARTICLE) begin--;
    gr_number words = {.begin = begin, .end = end};
    int32_t metres;
    uint32_t unit_end;
    if (i > 0 && (gr_atom_is(&s->atom[i - 1], "as") || gr_atom_is(&s->atom[i - 1], "how"))) return i + 1;
    gr_quantity quantity = quantity_of(GR_OP_ABOUT, GR_NO_NUMBER);
    quantity.vague = true;
    quantity.measure = gr_measure_of(q, &words, &metres, &unit_end);
    operator_ around = read_operator(q, begin, end);
    place_noun(q, &quantity, begin, end);
    return add(q, out, quantity, around.begin, end);
}

static bool determines(const gr_time_scan *s, uint32_t i) {
    gr_upos upos = gr_at_upos(s, i);
    return i < s->count && (upos == GR_NOUN || upos == GR_PROPN || upos == GR_ADJ);
}

/* "no soldiers", "none", "nobody", "no one". */
static uint32_t add_none(gr_quantity_scan *q, const output *out, uint32_t i) {
    const gr_time_scan *s = &q->time;
    bool alone = s->atom[i].number_value == 1;
    bool no_one = i + 1 < s->count && gr_atom_is(&s->atom[i + 1], "one");
    if (gr_at_mark(s, i + 1, '.') && gr_at_digits(s, i + 2)) return i + 1;   /* "no. 9" */
    bool compares = i + 2 < s->count && gr_atom_is(&s->atom[i + 2], "than"); /* "no more than 12" */
    if (compares || (!alone && !no_one && !determines(s, i + 1))) return i + 1;
    gr_quantity quantity = quantity_of(GR_OP_EQ, 0);
    quantity.none = true;
    uint32_t end = i + (no_one ? 2 : 1);
    if (!no_one && (!alone || gr_at(s, end, GR_TW_OF)))
        quantity.noun = gr_counted_noun(q, i, end, &quantity.partitive);
    return add(q, out, quantity, i, end);
}

/* "both soldiers", "another officer": a fixed number before a noun or alone. */
static uint32_t add_fixed(gr_quantity_scan *q, const output *out, uint32_t i) {
    const gr_time_scan *s = &q->time;
    bool another = s->atom[i].number == GR_NUM_ANOTHER;
    gr_upos upos = gr_at_upos(s, i);
    bool pairing = upos == GR_CCONJ || (s->word && s->word[s->atom[i].tok].rel == GR_CC); /* "both X and Y" */
    bool each_other = i > 0 && gr_atom_is(&s->atom[i - 1], "one");
    bool counts_on =
        i + 1 < s->count && (s->atom[i + 1].kind == GR_ATOM_DIGITS || s->atom[i + 1].number != GR_NUM_NONE);
    if (pairing || (another && (each_other || counts_on))) return i + 1;
    gr_number words = {.begin = i, .end = i + 1};
    int32_t metres;
    uint32_t end;
    gr_quantity quantity = quantity_of(GR_OP_EQ, s->atom[i].number_value);
    quantity.measure = gr_measure_of(q, &words, &metres, &end);
    place_noun(q, &quantity, i, i + 1);
    return add(q, out, quantity, i, i + 1);
}

/* "half of the men", "most of them", "some of the hostages": a part without a number. */
static uint32_t add_part(gr_quantity_scan *q, const output *out, uint32_t i) {
    const gr_time_scan *s = &q->time;
    bool some = s->atom[i].number == GR_NUM_SOME, half = s->atom[i].number == GR_NUM_HALF;
    bool of = gr_at(s, i + 1, GR_TW_OF);
    bool half_the = half && (gr_at(s, i + 1, GR_TW_THE) || gr_at_upos(s, i + 1) == GR_PRON);
    if (!of && !half_the && !(some && determines(s, i + 1))) return i + 1;
    gr_quantity quantity = quantity_of(GR_OP_ABOUT, GR_NO_NUMBER);
    quantity.vague = true;
    uint32_t end = i + 1;
    quantity.noun = gr_counted_noun(q, i, half_the ? end + 1 : end, &quantity.partitive);
    if (half_the) quantity.partitive = true;
    return add(q, out, quantity, i, end);
}

/* "a soldier", "an officer". */
static uint32_t add_article(gr_quantity_scan *q, const output *out, uint32_t i) {
    const gr_time_scan *s = &q->time;
    if (gr_at_upos(s, i) != GR_DET) return i + 1;
    gr_quantity quantity = quantity_of(GR_OP_EQ, 1);
    quantity.article = true;
    quantity.noun = gr_counted_noun(q, i, i + 1, &quantity.partitive);
    if (quantity.noun == GR_NONE || (s->word[quantity.noun].feats & GR_PLUR)) return i + 1;
    gr_number words = {.begin = i, .end = i + 1};
    int32_t metres;
    uint32_t end;
    quantity.measure = gr_measure_of(q, &words, &metres, &end);
    return add(q, out, quantity, i, i + 1);
}

/* "7th", "third": a place in an order; with a name behind it, part of that name ("7th Brigade"). */
static uint32_t add_ordinal(gr_quantity_scan *q, const output *out, uint32_t i, uint32_t end, int64_t n) {
    const gr_time_scan *s = &q->time;
    gr_quantity quantity = quantity_of(GR_OP_EQ, n);
    bool named = end < s->count && s->atom[end].capital && !s->sentence->all_capitals;
    quantity.measure = named ? GR_MEASURE_NAME : GR_MEASURE_ORDINAL;
    return add(q, out, quantity, i, end);
}

static bool ordinal_suffix(const gr_time_scan *s, uint32_t i) {
    return i < s->count && s->atom[i].glued &&
           (gr_atom_is(&s->atom[i], "st") || gr_atom_is(&s->atom[i], "nd") || gr_atom_is(&s->atom[i], "rd") ||
            gr_atom_is(&s->atom[i], "th") || gr_atom_is(&s->atom[i], "er") || gr_atom_is(&s->atom[i], "e"));
}

/* A date or clock time with a number in it; its numbers count nothing. */
static bool read_dated(const gr_time_scan *s, uint32_t i, uint32_t *end) {
    gr_reading reading;
    bool starts = s->atom[i].kind == GR_ATOM_DIGITS || s->atom[i].time == GR_TW_MONTH ||
                  s->atom[i].number == GR_NUM_UNIT || s->atom[i].number == GR_NUM_ORDINAL;
    if (!starts || !(gr_read_clock(s, i, &reading) || gr_read_date(s, i, &reading))) return false;
    *end = reading.end;
    return true;
}

/* "one" that stands for a thing, and numbers inside other words, count nothing. */
static bool is_pronoun_one(const gr_time_scan *s, uint32_t i) {
    if (!gr_atom_is(&s->atom[i], "one")) return false;
    gr_upos upos = gr_at_upos(s, i);
    bool another =
        i + 1 < s->count && (gr_atom_is(&s->atom[i + 1], "another") || gr_atom_is(&s->atom[i + 1], "day"));
    return upos == GR_PRON || upos == GR_NOUN || another;
}

static uint32_t step(gr_quantity_scan *q, const output *out, uint32_t i) {
    const gr_time_scan *s = &q->time;
    const gr_atom *atom = &s->atom[i];
    uint32_t end;
    gr_number number;
    if (read_dated(s, i, &end)) {
        if (end == i + 1 && atom->kind == GR_ATOM_WORD) return end; /* a month alone holds no number */
        gr_quantity quantity = quantity_of(GR_OP_EQ, GR_NO_NUMBER);
        quantity.measure = GR_MEASURE_DATE;
        return add(q, out, quantity, i, end);
    }
    if (atom->kind == GR_ATOM_DIGITS && ordinal_suffix(s, i + 1))
        return add_ordinal(q, out, i, i + 2, atom->value);
    if (is_pronoun_one(s, i)) return i + 1;
    if (gr_number_read(s->atom, s->count, i, &number)) return add_number(q, out, &number);
    switch (atom->number) {
    case GR_NUM_MANY:
    case GR_NUM_VAGUE:
    case GR_NUM_FEW:
        return add_vague(q, out, i);
    case GR_NUM_ZERO:
        return add_none(q, out, i);
    case GR_NUM_BOTH:
    case GR_NUM_ANOTHER:
        return add_fixed(q, out, i);
    case GR_NUM_ARTICLE:
        return i + 1 < s->count && s->atom[i + 1].number == GR_NUM_FEW ? i + 1 : add_article(q, out, i);
    case GR_NUM_ORDINAL:
        return add_ordinal(q, out, i, i + 1, atom->number_value);
    case GR_NUM_SOME: {
        bool before_number = i + 1 < s->count && (s->atom[i + 1].kind == GR_ATOM_DIGITS ||
                                                  gr_number_read(s->atom, s->count, i + 1, &number));
        return before_number ? i + 1 : add_part(q, out, i);
    }
    case GR_NUM_HALF:
    case GR_NUM_PART:
        return add_part(q, out, i);
    default:
        return i + 1;
    }
}

void gr_find_quantities(gr_arena *arena, const gr_text *text, const gr_word *word, const gr_sentence *s,
                        gr_slice lang, gr_quantities *out) {
    gr_wordlist list;
    if (!gr_wordlist_of(lang, &list)) return;
    gr_atom atom[GR_ATOMS_MAX];
    output target = {arena, out};
    for (uint32_t tok = s->tok_begin; tok < s->tok_end;) {
        gr_quantity_scan scan = {{atom, 0, word, s, GR_NO_DAY, GR_NO_DAY}, &list, text, 0};
        scan.time.count = gr_atoms_read(text, &list, &tok, s->tok_end, atom);
        for (uint32_t i = 0; i < scan.time.count;) i = step(&scan, &target, i);
    }
}
