/* First pass: names of the lists and the lexicon by longest match over folded words; persons; other names.
 * Second pass (gr_settle_actors) stands in settle.c. */
#include "find/actors.h"

#include "base/utf8.h"
#include "find/find_internal.h"
#include "know/blocks.h"

enum { MAX_NAME_WORDS = 12 };

const gr_mention *gr_mention_of(const gr_who *who, uint32_t token) {
    if (token == GR_NONE || who->of_token[token] == GR_NONE) return NULL;
    return &who->all.item[who->of_token[token]];
}

typedef struct finder {
    gr_arena *arena;
    const gr_knowledge *know;
    const gr_text *text;
    const gr_word *word;
    gr_who *who;
    bool *taken;
    const gr_sentence *sentence;
    uint32_t sentence_index;
    gr_tree tree;
} finder;

static bool starts_upper(gr_slice form) {
    size_t at = 0;
    return form.len && gr_is_upper(gr_utf8_next(form, &at));
}

static bool all_upper(gr_slice form) {
    bool any = false;
    for (size_t at = 0; at < form.len;) {
        uint32_t c = gr_utf8_next(form, &at);
        if (gr_is_lower(c)) return false;
        any = any || gr_is_upper(c);
    }
    return any;
}

uint32_t gr_span_head(const gr_tree *tree, uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; i++) {
        uint32_t head = tree->word[i].head;
        if ((head == GR_NONE || head < begin || head >= end) && tree->word[i].rel != GR_PUNCTREL &&
            tree->word[i].rel != GR_CASE)
            return i;
    }
    return end - 1;
}

/* May these words bear this sense? Letter case decides for acronyms and single names. */
static bool sense_fits(const finder *f, const gr_sense *sense, uint32_t begin, uint32_t end) {
    bool shouting = f->sentence->all_capitals;
    gr_slice first = f->text->token[begin].form;
    if (sense->kind == GR_SENSE_CLASS) {
        gr_class_of of = f->know->word_class[sense->index].of;
        if (of != GR_OF_PEOPLE && of != GR_OF_UNIT && of != GR_OF_FACILITY && of != GR_OF_WEAPON)
            return false;
        uint8_t upos = f->word[end - 1].upos;
        return upos == GR_NOUN || upos == GR_PROPN ||
               (upos == GR_ADJ && end - begin == 1 && f->word[begin].rel != GR_AMOD) || end - begin > 1;
    }
    if (sense->capitals_only) {
        for (uint32_t i = begin; i < end; i++)
            if (!all_upper(f->text->token[i].form) && !gr_eq(f->who->key[i], GR_S(""))) return false;
        return !shouting || f->word[begin].upos == GR_PROPN;
    }
    if (sense->kind == GR_SENSE_COUNTRY_ADJECTIVE || sense->kind == GR_SENSE_COUNTRY)
        return starts_upper(first);
    if (end - begin > 1) {
        for (uint32_t i = begin; i < end; i++)
            if (starts_upper(f->text->token[i].form)) return true;
        return false;
    }
    return starts_upper(first) && (f->word[begin].upos == GR_PROPN || !shouting);
}

static const gr_sense *first_fitting(const finder *f, const gr_sense *sense, uint32_t begin, uint32_t end) {
    for (; sense; sense = sense->next)
        if (sense_fits(f, sense, begin, end)) return sense;
    return NULL;
}

/* The longest run of words from `begin` that has a sense; *end is set behind it. */
static const gr_sense *longest_sense(const finder *f, uint32_t begin, uint32_t *end) {
    char key[512];
    size_t used = 0;
    const gr_sense *best = NULL;
    for (uint32_t i = begin; i < f->sentence->tok_end && i < begin + MAX_NAME_WORDS; i++) {
        gr_slice word = f->who->key[i], lemma = f->who->lemma[i];
        if (!word.len) {
            if (i == begin) return NULL;
            continue; /* a hyphen inside a name */
        }
        if (used + word.len + lemma.len + 2 > sizeof key) break;
        if (used) key[used++] = ' ';
        size_t stem = used;
        memcpy(key + used, word.ptr, word.len);
        used += word.len;
        const gr_sense *found = first_fitting(f, gr_senses_of(f->know, (gr_slice){key, used}), begin, i + 1);
        if (!found && lemma.len && !gr_eq(lemma, word)) {
            memcpy(key + stem, lemma.ptr, lemma.len);
            found = first_fitting(f, gr_senses_of(f->know, (gr_slice){key, stem + lemma.len}), begin, i + 1);
            memcpy(key + stem, word.ptr, word.len);
        }
        if (found) {
            best = found;
            *end = i + 1;
        }
        if (gr_map_get(&f->know->sense_prefixes, (gr_slice){key, used}) == GR_MAP_NONE) break;
    }
    return best;
}

uint32_t gr_add_mention(gr_arena *arena, gr_who *who, gr_mention mention) {
    uint32_t index = who->all.count;
    gr_push(arena, &who->all, mention);
    for (uint32_t i = mention.tok_begin; i < mention.tok_end; i++)
        if (who->of_token[i] == GR_NONE) who->of_token[i] = index;
    return index;
}

static void take(finder *f, uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; i++) f->taken[i] = true;
}

static gr_mention blank_mention(const finder *f, uint32_t begin, uint32_t end, gr_mention_kind kind) {
    return (gr_mention){.kind = kind,
                        .tok_begin = begin,
                        .tok_end = end,
                        .head = gr_span_head(&f->tree, begin, end),
                        .sentence = f->sentence_index,
                        .actor = GR_NO_ACTOR,
                        .word_class = GR_NO_CLASS,
                        .country = GR_NO_TYPE,
                        .antecedent = GR_NONE};
}

unsigned gr_kind_properties(gr_slice kind) {
    static const struct {
        const char *kind;
        unsigned properties;
    } table[] = {
        {"state-military", GR_IS_PEOPLE | GR_IS_ARMED | GR_IS_STATE | GR_IS_PARTY},
        {"state-police", GR_IS_PEOPLE | GR_IS_ARMED | GR_IS_STATE | GR_IS_PARTY},
        {"government", GR_IS_PEOPLE | GR_IS_STATE | GR_IS_PARTY},
        {"rebel", GR_IS_PEOPLE | GR_IS_ARMED | GR_IS_PARTY},
        {"militia", GR_IS_PEOPLE | GR_IS_ARMED | GR_IS_PARTY},
        {"identity-militia", GR_IS_PEOPLE | GR_IS_ARMED | GR_IS_PARTY},
        {"rioter", GR_IS_PEOPLE | GR_IS_PARTY},
        {"protester", GR_IS_PEOPLE | GR_IS_PARTY},
        {"civilian", GR_IS_PEOPLE | GR_IS_CIVILIAN | GR_IS_PARTY},
        {"external", GR_IS_PEOPLE | GR_IS_ARMED | GR_IS_PARTY},
        {"io", GR_IS_PARTY},
        {"ngo", GR_IS_PARTY},
        {"other", GR_IS_PARTY},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (gr_eq(kind, gr_slice_of(table[i].kind))) return table[i].properties;
    return 0;
}

static void add_listed(finder *f, uint32_t begin, uint32_t end, const gr_sense *sense) {
    const gr_actor *actor = &f->know->actor[sense->index];
    gr_mention m = blank_mention(f, begin, end, GR_MENTION_LISTED);
    m.actor = sense->index;
    m.id = actor->id;
    m.name = actor->name;
    m.actor_kind = actor->kind;
    m.properties = gr_kind_properties(actor->kind);
    m.weak = sense->weak;
    if (actor->country_count == 1)
        m.country = gr_map_get(&f->know->countries, gr_slice_of(actor->country[0]));
    gr_add_mention(f->arena, f->who, m);
    if (!sense->weak) take(f, begin, end);
}

static void add_class(finder *f, uint32_t begin, uint32_t end, uint32_t index) {
    const gr_word_class *c = &f->know->word_class[index];
    static const unsigned of[GR_OF_COUNT] = {[GR_OF_PEOPLE] = GR_IS_PEOPLE,
                                             [GR_OF_WEAPON] = GR_IS_WEAPON,
                                             [GR_OF_FACILITY] = GR_IS_FACILITY,
                                             [GR_OF_UNIT] = GR_IS_PEOPLE};
    if (!of[c->of]) return;
    gr_mention m = blank_mention(f, begin, end, GR_MENTION_CLASS);
    m.word_class = index;
    m.actor_kind = c->kind;
    m.properties = of[c->of] | gr_kind_properties(c->kind);
    m.unit = c->count_as.len ? c->count_as : f->who->lemma[m.head];
    gr_add_mention(f->arena, f->who, m);
}

static void add_country(finder *f, uint32_t begin, uint32_t end, const gr_sense *sense) {
    const gr_country *country = &f->know->country[sense->index];
    bool adjective = sense->kind == GR_SENSE_COUNTRY_ADJECTIVE;
    gr_mention m = blank_mention(f, begin, end, GR_MENTION_COUNTRY);
    m.country = sense->index;
    if (adjective) {
        /* "Nigeriens fled": people of that country; "Nigerien" before a noun only names the country. */
        if (f->word[m.head].rel == GR_AMOD || f->word[m.head].rel == GR_COMPOUND ||
            f->word[m.head].upos == GR_ADJ) {
            m.properties = 0;
        } else {
            m.properties = GR_IS_PEOPLE | GR_IS_CIVILIAN | GR_IS_PARTY;
            m.actor_kind = GR_S("civilian");
            m.unit = GR_S("civilian");
            m.name = gr_printf(f->arena, "Civilians (%.*s)", GR_FMT(country->name));
            take(f, begin, end);
        }
    } else {
        gr_slice id = gr_printf(f->arena, "gov-%.*s", GR_FMT(country->iso3));
        for (size_t i = 4; i < id.len; i++) ((char *)(uintptr_t)id.ptr)[i] = (char)(id.ptr[i] | 32);
        m.actor = gr_map_get(&f->know->actors, id);
        m.properties = GR_IS_PLACE | GR_IS_PARTY | GR_IS_STATE;
        m.actor_kind = GR_S("government");
        if (m.actor != GR_MAP_NONE) {
            m.id = f->know->actor[m.actor].id;
            m.name = f->know->actor[m.actor].name;
        }
    }
    gr_add_mention(f->arena, f->who, m);
}

/* Words that a name of an organisation ends in or contains; for names that no list knows. */
static bool names_organisation(const finder *f, uint32_t begin, uint32_t end) {
    static const char *const words[] = {
        "ministry", "army",         "front",         "movement",    "group",     "force",      "forces",
        "council",  "union",        "party",         "alliance",    "coalition", "committee",  "commission",
        "agency",   "organization", "organisation",  "association", "brigade",   "battalion",  "command",
        "police",   "guard",        "network",       "office",      "mission",   "bank",       "university",
        "radio",    "news",         "times",         "post",        "court",     "parliament", "senate",
        "assembly", "department",   "international", "foundation",  "institute", "centre",     "center",
        "company"};
    for (uint32_t i = begin; i < end; i++) {
        if (f->word[i].name == GR_NAME_ORGANISATION) return true;
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (gr_eq(f->who->key[i], gr_slice_of(words[k]))) return true;
    }
    return false;
}

static bool is_title(const finder *f, uint32_t begin, uint32_t end) {
    const gr_token *first = &f->text->token[begin], *last = &f->text->token[end - 1];
    gr_slice words = gr_sub(f->text->bytes, first->off_b, last->off_b + last->len_b);
    for (const gr_sense *s = gr_senses_of(f->know, gr_words_key(f->arena, words)); s; s = s->next)
        if (s->kind == GR_SENSE_CLASS && f->know->word_class[s->index].of == GR_OF_TITLE) return true;
    return false;
}

/* The title of the words before a name ("General", "Interior Minister"); *begin moves to its start. */
static bool title_before(const finder *f, uint32_t *begin, gr_slice *office) {
    for (uint32_t words = 4; words > 0; words--) {
        if (*begin < f->sentence->tok_begin + words) continue;
        uint32_t from = *begin - words;
        if (!is_title(f, from, *begin)) continue;
        const gr_token *first = &f->text->token[from], *last = &f->text->token[*begin - 1];
        *office = gr_sub(f->text->bytes, first->off_b, last->off_b + last->len_b);
        *begin = from;
        return true;
    }
    return false;
}

static bool is_name_token(const finder *f, uint32_t i) {
    return f->word[i].upos == GR_PROPN && f->who->key[i].len && f->who->of_token[i] == GR_NONE;
}

static bool joins_name(const finder *f, uint32_t i) {
    static const char *const particles[] = {"al", "el",  "ould", "ag",  "ben", "ibn",
                                            "de", "von", "van",  "bin", "abu"};
    if (!f->who->key[i].len) {
        gr_slice form = f->text->token[i].form;
        return gr_eq(form, GR_S("-")) && !(f->text->token[i].flags & GR_TOKEN_SPACE_AFTER);
    }
    for (size_t k = 0; k < sizeof particles / sizeof *particles; k++)
        if (gr_eq(f->who->key[i], gr_slice_of(particles[k]))) return true;
    return false;
}

static uint32_t name_run_end(const finder *f, uint32_t begin) {
    uint32_t end = begin + 1;
    while (end < f->sentence->tok_end) {
        if (is_name_token(f, end)) {
            end++;
        } else if (joins_name(f, end) && end + 1 < f->sentence->tok_end && is_name_token(f, end + 1)) {
            end += 2;
        } else {
            break;
        }
    }
    return end;
}

static unsigned votes(const finder *f, uint32_t begin, uint32_t end, gr_name name) {
    unsigned n = 0;
    for (uint32_t i = begin; i < end; i++) n += f->word[i].name == name;
    return n;
}

/* "leaders such as A, B and C": names that stand for people who were just described. */
static bool named_as_people(const finder *f, uint32_t head) {
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

/* A run of proper nouns that the lists do not know: a person when a title or the model says so, an
 * organisation when its words or the model say so; else it is left for the places. */
static void add_name_run(finder *f, uint32_t begin, uint32_t end) {
    gr_slice office = {NULL, 0};
    for (uint32_t i = end - 1; i > begin; i--)
        if (is_title(f, begin, i)) { /* "Captain" tagged as a part of the name */
            begin = i;
            break;
        }
    uint32_t with_title = begin;
    bool titled = title_before(f, &with_title, &office);
    unsigned person = votes(f, begin, end, GR_NAME_PERSON), place = votes(f, begin, end, GR_NAME_PLACE);
    bool people = named_as_people(f, gr_span_head(&f->tree, begin, end));
    if (titled || people || (person > place && person * 2 >= end - begin)) {
        gr_mention m = blank_mention(f, begin, end, GR_MENTION_PERSON);
        m.tok_begin = with_title;
        m.properties = GR_IS_PEOPLE | GR_IS_PERSON | GR_IS_PARTY;
        m.office = office;
        m.name = gr_sub(f->text->bytes, f->text->token[begin].off_b,
                        f->text->token[end - 1].off_b + f->text->token[end - 1].len_b);
        m.unit = GR_S("person");
        for (uint32_t i = with_title; i < begin; i++) f->who->of_token[i] = GR_NONE;
        gr_add_mention(f->arena, f->who, m);
        take(f, with_title, end);
    } else if (names_organisation(f, begin, end) && !place) {
        gr_mention m = blank_mention(f, begin, end, GR_MENTION_NAME);
        m.properties = GR_IS_PARTY;
        m.name = gr_sub(f->text->bytes, f->text->token[begin].off_b,
                        f->text->token[end - 1].off_b + f->text->token[end - 1].len_b);
        gr_add_mention(f->arena, f->who, m);
        take(f, begin, end);
    }
}

static void add_pronoun(finder *f, uint32_t i) {
    static const char *const forms[] = {"he",  "she",  "they",  "them", "him",   "her", "it",
                                        "who", "whom", "which", "that", "their", "his", "its"};
    for (size_t k = 0; k < sizeof forms / sizeof *forms; k++)
        if (gr_eq(f->who->key[i], gr_slice_of(forms[k]))) {
            gr_add_mention(f->arena, f->who, blank_mention(f, i, i + 1, GR_MENTION_PRONOUN));
            return;
        }
}

static void find_in_sentence(finder *f) {
    for (uint32_t i = f->sentence->tok_begin; i < f->sentence->tok_end;) {
        uint32_t end = i + 1;
        const gr_sense *sense = longest_sense(f, i, &end);
        if (sense) {
            if (sense->kind == GR_SENSE_ACTOR)
                add_listed(f, i, end, sense);
            else if (sense->kind == GR_SENSE_CLASS)
                add_class(f, i, end, sense->index);
            else
                add_country(f, i, end, sense);
        }
        i = end;
    }
    for (uint32_t i = f->sentence->tok_begin; i < f->sentence->tok_end;) {
        uint32_t end = i + 1;
        if (is_name_token(f, i)) {
            end = name_run_end(f, i);
            add_name_run(f, i, end);
        } else if (f->word[i].upos == GR_PRON && f->who->of_token[i] == GR_NONE) {
            add_pronoun(f, i);
        }
        i = end;
    }
}

/* The knowledge knows the written forms of the words that anchor rules; where the model's lemma is none of
 * them, its form decides ("fled" -> flee). */
static gr_slice lemma_of(const finder *f, uint32_t i) {
    gr_slice lemma = f->word[i].lemma.len ? gr_words_key(f->arena, f->word[i].lemma) : f->who->key[i];
    uint8_t upos = f->word[i].upos;
    bool titled = upos == GR_PROPN && (f->sentence->all_capitals || i == f->sentence->tok_begin);
    if ((upos != GR_VERB && upos != GR_NOUN && !titled) || !f->know->rules) return lemma;
    if (gr_map_get(&f->know->rules->by_lemma, lemma) != GR_MAP_NONE) return lemma;
    uint32_t anchor = gr_map_get(&f->know->stem_words, f->who->key[i]);
    return anchor == GR_MAP_NONE || anchor == 0 ? lemma : f->know->anchor_lemma[anchor];
}

static void fill_keys(finder *f) {
    for (uint32_t i = f->sentence->tok_begin; i < f->sentence->tok_end; i++) {
        f->who->key[i] = gr_words_key(f->arena, f->text->token[i].form);
        f->who->lemma[i] = lemma_of(f, i);
    }
}

/* The last word of a person's name, under which later sentences speak of them. */
static void remember_surnames(gr_arena *arena, const gr_who *who, gr_map *surnames) {
    for (uint32_t i = 0; i < who->all.count; i++) {
        const gr_mention *m = &who->all.item[i];
        if (m->kind == GR_MENTION_PERSON && who->key[m->tok_end - 1].len > 2)
            gr_map_set(arena, surnames, who->key[m->tok_end - 1], i);
    }
}

/* "Tiani promised ...", after "General Abdourahamane Tiani": the same person by surname alone. */
static void find_surnames(finder *f, const gr_map *surnames) {
    for (uint32_t i = f->sentence->tok_begin; i < f->sentence->tok_end; i++) {
        if (!is_name_token(f, i) || f->taken[i]) continue;
        uint32_t at = gr_map_get(surnames, f->who->key[i]);
        if (at == GR_MAP_NONE || f->who->all.item[at].sentence == f->sentence_index) continue;
        gr_mention m = f->who->all.item[at];
        m.tok_begin = i;
        m.tok_end = i + 1;
        m.head = i;
        m.sentence = f->sentence_index;
        gr_add_mention(f->arena, f->who, m);
        take(f, i, i + 1);
    }
}

void gr_find_names(gr_arena *arena, const gr_knowledge *know, const gr_text *text, const gr_word *word,
                   const bool *wanted, gr_who *who, bool *taken) {
    *who = (gr_who){.of_token = gr_alloc_array(arena, text->token_count + 1, sizeof(uint32_t)),
                    .key = gr_alloc_array(arena, text->token_count + 1, sizeof(gr_slice)),
                    .lemma = gr_alloc_array(arena, text->token_count + 1, sizeof(gr_slice))};
    for (uint32_t i = 0; i < text->token_count; i++) who->of_token[i] = GR_NONE;
    for (uint32_t s = 0; s < text->sentence_count; s++) {
        if (wanted && !wanted[s]) continue;
        finder f = {.arena = arena,
                    .know = know,
                    .text = text,
                    .word = word,
                    .who = who,
                    .taken = taken,
                    .sentence = &text->sentence[s],
                    .sentence_index = s};
        f.tree = (gr_tree){text, word, who->lemma, f.sentence};
        fill_keys(&f);
        find_in_sentence(&f);
    }
    gr_map surnames = {0};
    remember_surnames(arena, who, &surnames);
    for (uint32_t s = 0; s < text->sentence_count && surnames.count; s++) {
        if (wanted && !wanted[s]) continue;
        finder f = {.arena = arena,
                    .know = know,
                    .text = text,
                    .word = word,
                    .who = who,
                    .taken = taken,
                    .sentence = &text->sentence[s],
                    .sentence_index = s};
        find_surnames(&f, &surnames);
    }
}
