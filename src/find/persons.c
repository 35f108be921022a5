/* Persons by name: a run of capitalised words that nothing else has claimed, with enough that speaks for a
 * person: a title, a known given name, particles and initials of personal names, the place in the sentence of
 * one who speaks, an age behind it. Where the gazetteer knows the words, more is asked for. */
#include "base/utf8.h"
#include "find/find_internal.h"
#include "know/blocks.h"

enum { TITLE_WORDS = 5, ENOUGH = 3 };

typedef struct person_run {
    uint32_t title, begin, end; /* title <= begin < end */
} person_run;

static bool is_particle(gr_slice key) {
    static const char *const words[] = {"al",  "el",   "ould", "uld",  "ag",  "wa",  "ben", "ibn",
                                        "bin", "bint", "abu",  "abou", "abd", "de",  "la",  "los",
                                        "del", "da",   "do",   "dos",  "von", "van", "der", "di",
                                        "du",  "e",    "y",    "ul",   "ud",  "ur",  "wal"};
    return GR_AMONG(key, words);
}

/* Particles that stand in names of persons only; "al" and "de" are in those of places too. */
static bool is_personal_particle(gr_slice key) {
    static const char *const words[] = {"ould", "ag", "ibn", "bin", "bint", "abu", "abou", "von", "van"};
    return GR_AMONG(key, words);
}

/* Is the word in a class of that family ("given-name", "surname", "family-name")? */
static bool is_of_family(const gr_finder *f, uint32_t i, const char *family) {
    for (const gr_sense *s = gr_senses_at(f, i); s; s = s->next)
        if (s->kind == GR_SENSE_CLASS && gr_eq(f->know->word_class[s->index].family, gr_slice_of(family)))
            return true;
    return false;
}

static bool is_initial(const gr_finder *f, uint32_t i) {
    gr_slice form = f->text->token[i].form;
    return (form.len == 2 && form.ptr[1] == '.' && form.ptr[0] >= 'A' && form.ptr[0] <= 'Z') ||
           (form.len == 1 && form.ptr[0] >= 'A' && form.ptr[0] <= 'Z' && f->word[i].upos == GR_PROPN);
}

static bool is_calendar(gr_slice key) {
    static const char *const words[] = {"monday",    "tuesday", "wednesday", "thursday", "friday",
                                        "saturday",  "sunday",  "january",   "february", "march",
                                        "april",     "may",     "june",      "july",     "august",
                                        "september", "october", "november",  "december"};
    return GR_AMONG(key, words);
}

/* A part of the names of persons that is known as such, whatever the tagger took the word for. */
static bool is_name_part(const gr_finder *f, uint32_t i) {
    uint8_t upos = f->word[i].upos;
    if (upos == GR_DET || upos == GR_PRON || upos == GR_ADP) return false;
    return gr_is_given_name(f, i) || is_of_family(f, i, "family-name");
}

/* An unknown capitalised word that the parser ties to the proper noun behind it: a rare given name. */
static bool tied_to_next(const gr_finder *f, uint32_t i) {
    return i + 1 < f->sentence->tok_end && f->word[i + 1].upos == GR_PROPN &&
           f->who->of_token[i + 1] == GR_NONE && (f->word[i + 1].head == i || f->word[i].head == i + 1) &&
           !f->who->key_senses[i];
}

static bool may_start(const gr_finder *f, uint32_t i) {
    if (i >= f->sentence->tok_end || !f->who->key[i].len || f->who->of_token[i] != GR_NONE || f->taken[i])
        return false;
    gr_slice form = f->text->token[i].form;
    if (!gr_starts_upper(form) || is_calendar(f->who->key[i])) return false;
    if (f->word[i].upos == GR_PROPN) return true;
    if (f->word[i].upos == GR_NOUN && !f->capitals_mute && tied_to_next(f, i)) return true;
    if (f->capitals_mute)
        return gr_is_given_name(f, i) && i + 1 < f->sentence->tok_end && is_name_part(f, i) &&
               is_name_part(f, i + 1);
    return gr_is_given_name(f, i) && f->word[i].upos != GR_DET && f->word[i].upos != GR_PRON;
}

/* Inside a name the tagger's guess at an unknown word counts less than its capital. */
static bool may_go_on(const gr_finder *f, uint32_t i) {
    if (may_start(f, i)) return true;
    if (i >= f->sentence->tok_end || f->who->of_token[i] != GR_NONE || f->taken[i]) return false;
    if (f->capitals_mute) return f->who->key[i].len && is_name_part(f, i);
    uint8_t upos = f->word[i].upos;
    return f->who->key[i].len && gr_starts_upper(f->text->token[i].form) && !is_calendar(f->who->key[i]) &&
           (upos == GR_NOUN || upos == GR_ADV || upos == GR_VERB || upos == GR_ADJ || upos == GR_X);
}

static bool is_title(const gr_finder *f, uint32_t begin, uint32_t end) {
    if (!f->who->key[begin].len || !f->who->key[end - 1].len) return false; /* ", President" */
    return gr_class_of_words(f, begin, end, GR_OF_TITLE) != GR_NO_CLASS;
}

/* The next word of the name behind `end`, over particles and hyphens, or GR_NONE. */
static uint32_t next_name_word(const gr_finder *f, uint32_t end) {
    uint32_t i = end;
    for (unsigned n = 0; n < 3 && i < f->sentence->tok_end; n++, i++) {
        if (may_go_on(f, i)) return i;
        gr_slice form = f->text->token[i].form;
        bool hyphen = gr_eq(form, GR_S("-")) && !(f->text->token[i].flags & GR_TOKEN_SPACE_AFTER);
        bool particle = f->who->key[i].len && is_particle(f->who->key[i]) && f->who->of_token[i] == GR_NONE;
        if (!hyphen && !particle) return GR_NONE;
    }
    return GR_NONE;
}

static uint32_t run_end(const gr_finder *f, uint32_t begin) {
    uint32_t end = begin + 1;
    for (uint32_t next; (next = next_name_word(f, end)) != GR_NONE; end = next + 1) {
        if (next == end && is_title(f, next, next + 1) && !gr_is_given_name(f, next) && end > begin + 1)
            break;
    }
    return end;
}

/* "Deputy Secretary of State", "former army chief", "Acting Prime Minister": words that stand before a title
 * and belong to it. */
static bool grades_title(gr_slice key) {
    static const char *const words[] = {
        "deputy",    "vice",     "assistant", "associate", "acting",   "interim",   "caretaker", "former",
        "late",      "outgoing", "incoming",  "senior",    "chief",    "principal", "special",   "joint",
        "permanent", "under",    "first",     "second",    "then",     "designate", "honorary",  "exiled",
        "ousted",    "deposed",  "retired",   "veteran",   "longtime", "lead"};
    return GR_AMONG(key, words);
}

/* The longest title that ends at `end` ("Interior Minister", "Gen."), or `end`. */
static uint32_t title_begin(const gr_finder *f, uint32_t end) {
    uint32_t first = f->sentence->tok_begin, begin = end;
    for (uint32_t words = TITLE_WORDS; words > 0 && begin == end; words--)
        if (end >= first + words && is_title(f, end - words, end)) begin = end - words;
    while (begin < end && begin > first && grades_title(f->who->key[begin - 1])) begin--;
    return begin;
}

/* Is `begin` what somebody is in charge of: "Minister for the", "Governor of"? */
static bool charge_before(const gr_finder *f, uint32_t begin) {
    uint32_t i = begin, first = f->sentence->tok_begin;
    if (i > first && gr_eq(f->who->key[i - 1], GR_S("the"))) i--;
    if (i < first + 2 || (!gr_eq(f->who->key[i - 1], GR_S("for")) && !gr_eq(f->who->key[i - 1], GR_S("of"))))
        return false;
    return is_title(f, i - 2, i - 1);
}

/* Where the title ends and the name begins: titles may be tagged as a part of the name, and an office may
 * have a charge ("Minister for the Middle East John Doe"), behind which only a known given name tells the
 * name. */
static person_run split_title(const gr_finder *f, uint32_t begin, uint32_t end) {
    for (uint32_t i = end - 1; i >= begin && i > f->sentence->tok_begin; i--) {
        uint32_t title = title_begin(f, i);
        if (title < i && gr_starts_upper(f->text->token[i].form)) return (person_run){title, i, end};
    }
    for (uint32_t i = begin + 1; charge_before(f, begin) && i + 1 < end; i++)
        if (gr_is_given_name(f, i)) return (person_run){i, i, end};
    return (person_run){begin, begin, end};
}

static bool lemma_in(const gr_finder *f, uint32_t i, const char *const *list, size_t count) {
    return i != GR_NONE && gr_is_among(f->who->lemma[i], list, count);
}

/* Does the one who is named here speak, or is spoken to? */
static bool speaks(const gr_finder *f, uint32_t begin, uint32_t end) {
    static const char *const verbs[] = {"say",    "tell",    "add",    "explain", "recall",  "argue",
                                        "insist", "warn",    "write",  "note",    "admit",   "believe",
                                        "think",  "hope",    "ask",    "tweet",   "stress",  "conclude",
                                        "vow",    "recount", "lament", "quip",    "testify", "resign"};
    uint32_t head = gr_span_head(&f->tree, begin, end), over = f->word[head].head;
    uint8_t rel = f->word[head].rel;
    if (begin >= f->sentence->tok_begin + 2 && gr_eq(f->who->key[begin - 1], GR_S("to")) &&
        gr_eq(f->who->key[begin - 2], GR_S("according")))
        return true;
    if (rel == GR_NSUBJ) return lemma_in(f, over, verbs, sizeof verbs / sizeof *verbs);
    return (rel == GR_OBJ || rel == GR_IOBJ) && gr_is_lemma(&f->tree, over, "tell");
}

/* ", said Kern.": an unknown name right behind the verb of saying. */
static bool speaks_last(const gr_finder *f, uint32_t begin, uint32_t end) {
    uint32_t head = gr_span_head(&f->tree, begin, end);
    return begin > f->sentence->tok_begin && f->word[head].rel == GR_NSUBJ && f->word[head].head == begin - 1;
}

/* "the wife of X", "X's brother" */
static bool has_kin(const gr_finder *f, uint32_t begin, uint32_t end) {
    static const char *const kin[] = {"wife",     "husband",   "son",    "daughter", "brother",
                                      "sister",   "father",    "mother", "uncle",    "aunt",
                                      "cousin",   "nephew",    "niece",  "widow",    "parent",
                                      "grandson", "bodyguard", "lawyer", "driver",   "aide"};
    if (begin >= f->sentence->tok_begin + 2 && gr_eq(f->who->key[begin - 1], GR_S("of")) &&
        lemma_in(f, begin - 2, kin, sizeof kin / sizeof *kin))
        return true;
    return end + 1 < f->sentence->tok_end && gr_eq(f->who->key[end], GR_S("s")) &&
           lemma_in(f, end + 1, kin, sizeof kin / sizeof *kin);
}

/* Does the sentence say of this name what is only said of persons: killed, arrested, appointed, named as? */
static bool befalls(const gr_finder *f, uint32_t begin, uint32_t end) {
    static const char *const verbs[] = {
        "kill",   "murder",   "assassinate", "shoot",    "stab",      "behead", "execute",
        "abduct", "kidnap",   "arrest",      "detain",   "imprison",  "jail",   "injure",
        "wound",  "rape",     "torture",     "sentence", "convict",   "acquit", "appoint",
        "elect",  "nominate", "bury",        "marry",    "interview", "pardon", "extradite"};
    static const char *const naming[] = {"named",     "identified", "known",
                                         "described", "naming",     "identifying"};
    static const char *const fates[] = {"die", "resign", "testify", "marry", "retire"};
    uint32_t head = gr_first_conjunct(&f->tree, gr_span_head(&f->tree, begin, end)),
             over = f->word[head].head;
    const gr_word *w = &f->word[head];
    if (over == GR_NONE) return false;
    if (begin > f->sentence->tok_begin && gr_eq(f->who->key[begin - 1], GR_S("as")))
        for (uint32_t i = begin - 1; i-- > f->sentence->tok_begin && i + 8 > begin;)
            if (GR_AMONG(f->who->key[i], naming)) return true;
    bool patient = w->rel == GR_OBJ || (w->rel == GR_NSUBJ && w->subrel == GR_SUB_PASS);
    if (patient) return lemma_in(f, over, verbs, sizeof verbs / sizeof *verbs);
    return w->rel == GR_NSUBJ && lemma_in(f, over, fates, sizeof fates / sizeof *fates);
}

/* ", 34," or " (34)" behind a name. */
static bool age_follows(const gr_finder *f, uint32_t end) {
    uint64_t age;
    if (end + 2 >= f->sentence->tok_end) return false;
    gr_slice open = f->text->token[end].form, close = f->text->token[end + 2].form;
    bool brackets = gr_eq(open, GR_S("(")) && gr_eq(close, GR_S(")"));
    bool commas = gr_eq(open, GR_S(",")) && (gr_eq(close, GR_S(",")) || gr_eq(close, GR_S(".")));
    return (brackets || commas) && gr_parse_u64(f->text->token[end + 1].form, &age) && age > 5 && age < 110;
}

/* ", a farmer", ", the group's leader": who is described as somebody. */
static bool described_after(const gr_finder *f, uint32_t end) {
    if (end + 2 >= f->sentence->tok_end || !gr_eq(f->text->token[end].form, GR_S(","))) return false;
    for (uint32_t i = end + 1; i < f->sentence->tok_end && i < end + 7; i++) {
        if (gr_eq(f->text->token[i].form, GR_S(","))) return false;
        uint8_t upos = f->word[i].upos;
        if (upos == GR_VERB || upos == GR_AUX) return false;
        if (upos != GR_NOUN) continue;
        const gr_mention *m = gr_mention_of(f->who, i);
        bool person = m && m->kind == GR_MENTION_CLASS && (m->properties & GR_IS_PEOPLE) &&
                      (f->word[i].feats & GR_SING);
        if (person || is_title(f, i, i + 1)) return true;
    }
    return false;
}

/* "leaders such as A, B and C": names that stand for people who were just described. */
static bool named_as_people(const gr_finder *f, uint32_t head) {
    head = gr_first_conjunct(&f->tree, head);
    uint8_t rel = f->word[head].rel;
    uint32_t over = f->word[head].head;
    if (over == GR_NONE || (rel != GR_NMOD && rel != GR_APPOS && rel != GR_FLAT)) return false;
    uint32_t k = gr_case_of(&f->tree, head);
    if (rel == GR_NMOD && !gr_is_lemma(&f->tree, k, "such") && !gr_is_lemma(&f->tree, k, "include") &&
        !gr_is_lemma(&f->tree, k, "including") && !gr_is_lemma(&f->tree, k, "like"))
        return false;
    const gr_mention *m = gr_mention_of(f->who, over);
    if (m && m->head == over && (m->properties & GR_IS_PEOPLE) && m->kind == GR_MENTION_CLASS) return true;
    return is_title(f, over, over + 1);
}

static bool place_follows_or_leads(const gr_finder *f, uint32_t begin, uint32_t end) {
    static const char *const before[] = {"in",     "near",    "at",   "around", "outside",
                                         "inside", "between", "into", "across", "towards",
                                         "toward", "along",   "of"};
    static const char *const after[] = {
        "village", "town",   "city",       "region",   "province",    "state",    "district",
        "area",    "county", "airport",    "hospital", "prison",      "camp",     "market",
        "island",  "river",  "lake",       "forest",   "valley",      "mountain", "street",
        "road",    "border", "department", "commune",  "governorate", "base"};
    bool led = begin > f->sentence->tok_begin && GR_AMONG(f->who->key[begin - 1], before) &&
               !gr_eq(f->who->key[begin - 1], GR_S("of"));
    bool cue = begin > f->sentence->tok_begin + 1 && gr_eq(f->who->key[begin - 1], GR_S("of")) &&
               GR_AMONG(f->who->key[begin - 2], after);
    return led || cue || GR_AMONG(gr_key_at(f, end), after);
}

/* "Hurricane Center", "River Development Company" */
static bool ends_in_head(const gr_finder *f, uint32_t end) {
    uint32_t class = gr_class_of_words(f, end - 1, end, GR_OF_NAME);
    if (class == GR_NO_CLASS) return false;
    gr_slice family = f->know->word_class[class].family;
    return !gr_eq(family, GR_S("given-name")) && !gr_eq(family, GR_S("surname")) &&
           !gr_eq(family, GR_S("family-name"));
}

/* "San Luis de la Reina", "Santa Elena": places that bear a saint's name. */
static bool is_saint(const gr_finder *f, uint32_t begin, uint32_t end) {
    static const char *const words[] = {"san", "santa", "santo", "sao", "saint", "sainte", "sant"};
    return end > begin + 1 && GR_AMONG(f->who->key[begin], words);
}

static int evidence_inside(const gr_finder *f, uint32_t begin, uint32_t end) {
    int points = 0, given = 0, flat = 0, particle = 0, initial = 0;
    for (uint32_t i = begin; i < end; i++) {
        if (gr_is_given_name(f, i)) given = i + 1 < end ? 3 : given > 2 ? given : 2;
        if (i > begin && f->word[i].rel == GR_FLAT && f->word[i].head >= begin && f->word[i].head < end)
            flat = 1;
        if (is_personal_particle(f->who->key[i]) && i + 1 < end)
            particle = gr_starts(f->who->key[i], GR_S("ab")) ? 2 : 3;
        if (is_initial(f, i)) initial = end > begin + 1 ? 2 : -5;
        if (f->word[i].name == GR_NAME_PERSON) points = 3;
        if (f->word[i].name == GR_NAME_PLACE || f->word[i].name == GR_NAME_ORGANISATION) points = -3;
    }
    if (end == begin + 1 && given) given = 1;
    if (end == begin + 2 && given == 2 && is_particle(f->who->key[begin])) given = 0; /* "Al Zahra" */
    if (is_of_family(f, end - 1, "surname")) given = 4;
    if (end > begin + 1 && is_of_family(f, end - 1, "family-name")) given += 3;
    if (end > begin + 1 && ends_in_head(f, end)) points -= 3;
    return points + given + flat + particle + initial;
}

static int known_place(const gr_finder *f, uint32_t begin, uint32_t end) {
    if (!f->gazetteer) return 0;
    gr_slice folded = gr_fold(f->arena, gr_words_of(f->text, begin, end));
    return gr_gazetteer_find(f->gazetteer, folded, NULL, 0) ? 3 : 0;
}

/* "the Hurricane Centre said": names of persons have no article. */
static bool behind_article(const gr_finder *f, uint32_t begin) {
    static const char *const articles[] = {"the", "a", "an", "this", "that", "every", "no"};
    return begin > f->sentence->tok_begin && GR_AMONG(f->who->key[begin - 1], articles);
}

static int evidence(const gr_finder *f, const person_run *run) {
    int points = evidence_inside(f, run->begin, run->end);
    if (run->title == run->begin && behind_article(f, run->begin)) points -= 3;
    if (run->title < run->begin) points += 6;
    if (run->title == run->begin && is_saint(f, run->begin, run->end)) points -= 6;
    if (named_as_people(f, gr_span_head(&f->tree, run->begin, run->end))) points += 3;
    bool single = run->end == run->begin + 1;
    if (speaks(f, run->begin, run->end)) points += !single || speaks_last(f, run->begin, run->end) ? 3 : 2;
    if (has_kin(f, run->begin, run->end)) points += 3;
    if (befalls(f, run->begin, run->end)) points += 3;
    if (age_follows(f, run->end)) points += 3;
    if (described_after(f, run->end)) points += 2;
    if (place_follows_or_leads(f, run->begin, run->end)) points -= 3;
    bool acronym = single && gr_all_upper(f->text->token[run->begin].form) && !f->sentence->all_capitals;
    bool shouted = run->title < run->begin && gr_all_upper(f->text->token[run->title].form); /* "MR KERN:" */
    if (acronym && !shouted) points -= 3;
    return points - known_place(f, run->begin, run->end);
}

static void add_person(gr_finder *f, const person_run *run) {
    gr_mention m = gr_blank_mention(f, run->begin, run->end, GR_MENTION_PERSON);
    m.tok_begin = run->title;
    m.properties = GR_IS_PEOPLE | GR_IS_PERSON | GR_IS_PARTY;
    if (run->title < run->begin) m.office = gr_words_of(f->text, run->title, run->begin);
    m.name = gr_words_of(f->text, run->begin, run->end);
    m.unit = GR_S("person");
    gr_swallow(f->who, run->title, run->begin); /* "Prime Minister" of "Prime Minister X" is nobody else */
    gr_add_mention(f->arena, f->who, m);
    gr_take(f, run->title, run->end);
}

void gr_find_persons(gr_finder *f) {
    for (uint32_t i = f->sentence->tok_begin; i < f->sentence->tok_end;) {
        if (!may_start(f, i)) {
            i++;
            continue;
        }
        person_run run = split_title(f, i, run_end(f, i));
        if (evidence(f, &run) >= ENOUGH) add_person(f, &run);
        i = run.end;
    }
}
