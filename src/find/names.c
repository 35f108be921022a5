/* Names of organisations that no list knows: a run of capitalised words around a head word of
 * lexicon/LANG/groups.txt ("the Movement for the Rebirth of X", "X Lions Brigade", "X militia"). */
#include "base/utf8.h"
#include "find/find_internal.h"
#include "know/blocks.h"

enum { LONGEST_NAME = 14 };

static bool is_calendar_word(gr_slice key) {
    static const char *const words[] = {"monday",    "tuesday", "wednesday", "thursday", "friday",
                                        "saturday",  "sunday",  "january",   "february", "march",
                                        "april",     "may",     "june",      "july",     "august",
                                        "september", "october", "november",  "december"};
    return GR_AMONG(key, words);
}

/* The "e-Taiba" of "Lashkar-e-Taiba" is one word for the splitter. */
static bool begins_behind_hyphen(gr_slice form) {
    return form.len > 3 && (form.ptr[0] == 'e' || form.ptr[0] == 'i') && form.ptr[1] == '-' &&
           gr_starts_upper(gr_sub(form, 2, form.len));
}

/* Among capitals alone an adjective belongs to a name when it hangs on one: "POPULAR FRONT". */
static bool describes_name(const gr_finder *f, uint32_t i) {
    const gr_word *w = &f->word[i];
    if (!f->sentence->all_capitals) return true;
    return w->rel == GR_AMOD && w->head != GR_NONE && w->head > i && f->word[w->head].upos == GR_PROPN;
}

/* May the word stand in a name by its letters and its part of speech? */
static bool may_be_named(const gr_finder *f, uint32_t i) {
    if (i >= f->sentence->tok_end || !f->who->key[i].len) return false;
    uint8_t upos = f->word[i].upos;
    gr_slice form = f->text->token[i].form;
    if (!gr_starts_upper(form) && !begins_behind_hyphen(form)) return false;
    if (is_calendar_word(f->who->key[i])) return false;
    if (f->capitals_mute) return upos == GR_PROPN || (upos == GR_ADJ && describes_name(f, i));
    if (upos == GR_DET || upos == GR_PRON || upos == GR_AUX || upos == GR_ADP || upos == GR_CCONJ ||
        upos == GR_SCONJ || upos == GR_PART)
        return false;
    bool starts = i == f->sentence->tok_begin || f->word[i - 1].upos == GR_PUNCT;
    return !starts || upos == GR_PROPN || upos == GR_ADJ || upos == GR_NOUN || upos == GR_NUM;
}

/* "321st Artillery Regiment", "5th Brigade" */
static bool is_ordinal(const gr_finder *f, uint32_t i) {
    gr_slice key = gr_key_at(f, i);
    return key.len > 2 && key.ptr[0] >= '0' && key.ptr[0] <= '9' &&
           (gr_ends(key, GR_S("st")) || gr_ends(key, GR_S("nd")) || gr_ends(key, GR_S("rd")) ||
            gr_ends(key, GR_S("th")));
}

static uint32_t head_class(const gr_finder *f, uint32_t i) {
    uint32_t class = gr_class_of_words(f, i, i + 1, GR_OF_NAME);
    if (class == GR_NO_CLASS) return class;
    gr_slice family = f->know->word_class[class].family;
    bool head = !gr_eq(family, GR_S("cause")) && !gr_eq(family, GR_S("given-name")) &&
                !gr_eq(family, GR_S("surname")) && !gr_eq(family, GR_S("family-name"));
    return head ? class : GR_NO_CLASS;
}

/* Words such as "liberation" tell what a front or an army is for. */
static uint32_t cause_class(const gr_finder *f, uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; i++) {
        uint32_t class = gr_class_of_words(f, i, i + 1, GR_OF_NAME);
        if (class != GR_NO_CLASS && gr_eq(f->know->word_class[class].family, GR_S("cause"))) return class;
    }
    return GR_NO_CLASS;
}

static bool is_armed_people(const gr_finder *f, uint32_t i) {
    for (const gr_sense *s = f->who->lemma_senses[i]; s; s = s->next) {
        if (s->kind != GR_SENSE_CLASS) continue;
        const gr_word_class *c = &f->know->word_class[s->index];
        if (c->of == GR_OF_PEOPLE && gr_eq(c->kind, GR_S("rebel"))) return true;
    }
    return false;
}

static bool is_people_word(const gr_finder *f, uint32_t i) {
    for (const gr_sense *s = f->who->lemma_senses[i]; s; s = s->next)
        if (s->kind == GR_SENSE_CLASS && f->know->word_class[s->index].of == GR_OF_PEOPLE) return true;
    return false;
}

/* "Armed Terrorist Groups", "Armed Fighter Groups": a description in capitals. Words of judgement must not
 * become a name, nor be read otherwise than neutral ones. */
static bool only_describes(const gr_finder *f, uint32_t begin, uint32_t end) {
    bool armed = false;
    for (uint32_t i = begin; i < end; i++) {
        bool people = is_armed_people(f, i);
        if (!people && f->word[i].upos != GR_ADJ && head_class(f, i) == GR_NO_CLASS) return false;
        armed = armed || people;
    }
    return armed;
}

/* "Police Station", "Army Barracks", "University Hospital": no organisations. */
static bool is_facility(const gr_finder *f, uint32_t i) {
    return i < f->sentence->tok_end && gr_class_of_words(f, i, i + 1, GR_OF_FACILITY) != GR_NO_CLASS;
}

/* Connecting words after a head word: "Movement for the", "Front de", "Commission on". */
static bool opens_complement(gr_slice key) {
    static const char *const words[] = {"of", "for", "de",  "du",      "des",    "d",  "pour", "del", "para",
                                        "da", "do",  "dos", "against", "contre", "on", "to",   "li"};
    return GR_AMONG(key, words);
}

static bool is_article(gr_slice key) {
    static const char *const words[] = {"the", "la", "le", "les", "l", "los", "las", "el"};
    return GR_AMONG(key, words);
}

static bool is_arabic_article(gr_slice key) {
    static const char *const words[] = {"al", "el", "ul", "as", "ad", "an", "ar", "ash", "az", "ut"};
    return GR_AMONG(key, words);
}

/* "Lashkar-e-X", "Jamaat-ul-X" */
static bool is_short_article(gr_slice key) {
    return gr_eq(key, GR_S("e")) || gr_eq(key, GR_S("i")) || is_arabic_article(key);
}

static bool is_and(gr_slice key) {
    static const char *const words[] = {"and", "et", "y", "e"};
    return GR_AMONG(key, words);
}

/* "in West Africa", "in the Sahel": where a name says where its bearer is at home; "in Lagos" is a place. */
static bool is_wide_area(gr_slice key) {
    static const char *const words[] = {"africa", "west", "east",   "north",   "south",  "central",
                                        "sahel",  "asia", "sahara", "maghreb", "levant", "islamic"};
    return GR_AMONG(key, words);
}

static bool is_people_with_apostrophe(gr_slice key) {
    static const char *const words[] = {"people",   "peoples", "women",    "workers",  "men",      "children",
                                        "youth",    "farmers", "peasants", "teachers", "students", "soldiers",
                                        "citizens", "lord",    "prophet",  "martyrs",  "ladies"};
    return GR_AMONG(key, words);
}

static bool bears_listed_sense(const gr_finder *f, uint32_t i) {
    for (const gr_sense *s = f->who->key_senses[i]; s; s = s->next)
        if (s->kind != GR_SENSE_CLASS) return true;
    return false;
}

static bool is_title_word(const gr_finder *f, uint32_t i) {
    return gr_class_of_words(f, i, i + 1, GR_OF_TITLE) != GR_NO_CLASS;
}

/* Is a head word still ahead in the capitals that follow, so that "Sons of the Delta Movement" is one name?
 */
static bool head_ahead(const gr_finder *f, uint32_t i) {
    for (uint32_t n = 0; n < 4 && may_be_named(f, i); i++, n++)
        if (n && head_class(f, i) != GR_NO_CLASS) return true;
    return false;
}

/* "an-Nusra", "al Shabaab"; "an" and "as" before a word without a hyphen are English. */
static bool opens_arabic(const gr_finder *f, uint32_t i) {
    gr_slice key = gr_key_at(f, i);
    bool english = gr_eq(key, GR_S("an")) || gr_eq(key, GR_S("as"));
    return is_arabic_article(key) && !(english && gr_key_at(f, i + 1).len);
}

/* Behind small connecting words that start at i, the capitalised word that the name goes on with; GR_NONE
 * where it ends before them. */
static uint32_t behind_connector(const gr_finder *f, uint32_t i, bool head_seen, bool complement) {
    gr_slice key = gr_key_at(f, i);
    if (i < f->sentence->tok_end && !key.len) { /* a hyphen inside a word, "&" */
        gr_slice form = f->text->token[i].form;
        bool tight = gr_eq(form, GR_S("-")) && !(f->text->token[i].flags & GR_TOKEN_SPACE_AFTER);
        bool genitive = (gr_eq(form, GR_S("'")) || gr_eq(form, GR_S("\u2019"))) &&
                        is_people_with_apostrophe(gr_key_at(f, i - 1));
        uint32_t inner =
            tight && is_short_article(gr_key_at(f, i + 1)) && !gr_key_at(f, i + 2).len ? i + 3 : i + 1;
        return (tight || genitive || gr_eq(form, GR_S("&"))) && may_be_named(f, inner) ? inner : GR_NONE;
    }
    if (gr_eq(key, GR_S("s")) && is_people_with_apostrophe(gr_key_at(f, i - 1)))
        return may_be_named(f, i + 1) ? i + 1 : GR_NONE;
    uint32_t next = i + 1;
    if (opens_arabic(f, i)) {
        while (next < f->sentence->tok_end && !f->who->key[next].len) next++;
        return next <= i + 2 && may_be_named(f, next) ? next : GR_NONE;
    }
    if (gr_starts_upper(f->text->token[i].form) && !f->capitals_mute) return GR_NONE;
    if (is_and(key) ? !complement && head_seen : !opens_complement(key) && !gr_eq(key, GR_S("in")))
        return GR_NONE;
    while (!is_and(key) && next < f->sentence->tok_end && is_article(gr_key_at(f, next))) next++;
    if (!may_be_named(f, next)) return GR_NONE;
    if (f->capitals_mute && (gr_eq(key, GR_S("to")) || gr_eq(key, GR_S("on")))) return GR_NONE;
    if (gr_eq(key, GR_S("in")) && (!head_seen || !is_wide_area(gr_key_at(f, next)))) return GR_NONE;
    if (is_and(key) && (bears_listed_sense(f, next) || is_title_word(f, next) ||
                        bears_listed_sense(f, i - 1) || head_class(f, next) != GR_NO_CLASS))
        return GR_NONE;
    return next;
}

/* "Ruhanga militia": a head word in small letters behind a name that is no place, country or known actor. */
static uint32_t small_head(const gr_finder *f, uint32_t begin, uint32_t end) {
    static const char *const heads[] = {"militia", "brigade", "battalion", "cartel", "faction", "network"};
    if (end >= f->sentence->tok_end || end - begin > 3 || f->capitals_mute) return GR_NO_CLASS;
    if (!GR_AMONG(f->who->key[end], heads) || gr_starts_upper(f->text->token[end].form)) return GR_NO_CLASS;
    bool proper = false;
    for (uint32_t i = begin; i < end; i++) {
        if (bears_listed_sense(f, i) || is_people_word(f, i)) return GR_NO_CLASS;
        proper = proper || f->word[i].upos == GR_PROPN;
    }
    if (!proper) return GR_NO_CLASS;
    gr_slice folded = gr_fold(f->arena, gr_words_of(f->text, begin, end));
    if (!f->gazetteer || gr_gazetteer_find(f->gazetteer, folded, NULL, 0)) return GR_NO_CLASS;
    return head_class(f, end);
}

/* Words that lead a name in Arabic, Urdu, French, Spanish: what follows belongs to it. */
static bool leads(const gr_finder *f, uint32_t i) {
    static const char *const words[] = {
        "katiba",   "katibat", "jaysh",   "jaish",  "jabhat", "harakat",   "liwa",    "hizb",    "hezb",
        "ansar",    "jamaat",  "jamiat",  "saraya", "kataib", "asaib",     "firqat",  "lashkar", "tehreek",
        "tehrik",   "sipah",   "sepah",   "harkat", "fajr",   "brigade",   "brigada", "frente",  "movimiento",
        "ejercito", "partido", "comando", "bloque", "front",  "mouvement", "task"};
    return GR_AMONG(f->who->key[i], words);
}

/* "Fighters of the X Battalion", "Chairman of the X Committee": who belongs to it, not its name. */
static bool is_described(const gr_finder *f, uint32_t begin) {
    if (head_class(f, begin) != GR_NO_CLASS) return false;
    bool people = begin == f->sentence->tok_begin && is_people_word(f, begin);
    return people || (is_title_word(f, begin) && gr_eq(gr_key_at(f, begin + 1), GR_S("of")));
}

typedef struct name_run {
    uint32_t begin, end;
    uint32_t word_class; /* of the head word, or GR_NO_CLASS */
    uint32_t head_end;   /* behind the last head word outside a complement */
    uint32_t others;     /* words that are no heads */
    bool complement;     /* "of", "for" ... and what follows */
    bool led;            /* its first word is one that leads */
} name_run;

/* Takes the word at i into the name; false where the name ends before it ("X Front Commander", "X Front
 * John"). */
static bool take_word(const gr_finder *f, name_run *run, uint32_t i) {
    uint32_t class = head_class(f, i);
    bool headed = run->word_class != GR_NO_CLASS;
    if (class == GR_NO_CLASS && headed && !run->complement) {
        bool behind_head = run->head_end == run->end && !run->led && !head_ahead(f, i);
        if (behind_head || is_title_word(f, i)) return false;
    }
    run->end = i + 1;
    if (class == GR_NO_CLASS || run->complement) run->others++; /* "Department of the Treasury" */
    if (class == GR_NO_CLASS) return true;
    if (!headed || (!run->complement && f->know->word_class[class].kind.len)) run->word_class = class;
    if (i == run->begin) run->led = leads(f, i);
    run->head_end = run->end;
    return true;
}

/* "Senator Ana Rey": the words so far name a person, and no organisation goes on behind "and". */
static bool names_person(const gr_finder *f, const name_run *run) {
    if (is_title_word(f, run->begin)) return true;
    for (uint32_t i = run->begin; i + 1 < run->end; i++)
        if (gr_is_given_name(f, i)) return true;
    return false;
}

/* "House of Senator Rey", "Office of Mayor Lopez": whose it is, behind a title. */
static bool is_holder(const gr_finder *f, uint32_t i) {
    return is_title_word(f, i) && may_be_named(f, i + 1) && head_class(f, i + 1) == GR_NO_CLASS &&
           !is_title_word(f, i + 1) && (gr_is_given_name(f, i + 1) || !gr_senses_at(f, i + 1));
}

/* The next word of the name, over small connecting words, or GR_NONE. */
static uint32_t next_word(const gr_finder *f, name_run *run) {
    uint32_t end = run->end;
    if (end >= f->sentence->tok_end) return GR_NONE;
    bool person = run->complement && (is_title_word(f, end) || gr_is_given_name(f, end));
    if (may_be_named(f, end) && !person) return end;
    bool headed = run->word_class != GR_NO_CLASS;
    uint32_t next = behind_connector(f, end, headed, run->complement);
    if (next == GR_NONE) return next;
    if (is_and(gr_key_at(f, end)) && names_person(f, run)) return GR_NONE;
    if (is_holder(f, next)) return GR_NONE;
    bool connecting_word = f->who->key[end].len && !gr_eq(f->who->key[end], GR_S("s"));
    uint32_t first = run->begin; /* "Ana Sy of the Board of Trade" */
    bool person_of =
        gr_is_given_name(f, first) || (first > f->sentence->tok_begin && gr_is_given_name(f, first - 1));
    if (connecting_word && !headed && (person_of || !head_ahead(f, next))) return GR_NONE;
    if (connecting_word && headed) run->complement = true;
    return next;
}

/* Is what was gathered a name, and of what class? */
static uint32_t accept_run(const gr_finder *f, name_run *run) {
    if (run->word_class == GR_NO_CLASS) {
        run->word_class = small_head(f, run->begin, run->end);
        return run->word_class == GR_NO_CLASS ? run->begin : run->end + 1;
    }
    if (!run->complement && !run->led) run->end = run->head_end;
    const gr_word_class *head = &f->know->word_class[run->word_class];
    bool needs_more = gr_eq(head->family, GR_S("opener")) && !run->complement;
    bool facility = is_facility(f, run->end) || is_facility(f, run->end - 1);
    bool described = !run->complement && only_describes(f, run->begin, run->end);
    if (!run->others || run->end <= run->begin + 1 || needs_more || facility || described) return run->begin;
    uint32_t cause = head->kind.len ? GR_NO_CLASS : cause_class(f, run->begin, run->end);
    if (cause != GR_NO_CLASS) run->word_class = cause;
    return run->end;
}

uint32_t gr_organisation_end(const gr_finder *f, uint32_t begin, uint32_t *word_class) {
    *word_class = GR_NO_CLASS;
    if (is_described(f, begin)) return begin;
    uint32_t first = begin;
    if (!gr_starts_upper(f->text->token[begin].form) && opens_arabic(f, begin))
        first += gr_key_at(f, begin + 1).len ? 1 : 2; /* "the al-X Brigades" */
    if (!may_be_named(f, first) && !(is_ordinal(f, first) && may_be_named(f, first + 1))) return begin;
    name_run run = {.begin = first, .end = first, .head_end = first, .word_class = GR_NO_CLASS};
    for (uint32_t i = first; i != GR_NONE && i < f->sentence->tok_end && i - first < LONGEST_NAME;)
        i = take_word(f, &run, i) ? next_word(f, &run) : GR_NONE;
    uint32_t end = accept_run(f, &run);
    *word_class = run.word_class;
    return end > first ? end : begin;
}
