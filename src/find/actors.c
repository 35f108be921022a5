/* First pass: names of the lists and the lexicon by longest match over folded words; persons; other names.
 * Second pass (gr_settle_actors) stands in settle.c. */
#include "find/actors.h"

#include "base/utf8.h"
#include "find/find_internal.h"
#include "know/blocks.h"

enum { MAX_NAME_WORDS = 24 }; /* hyphens are words of their own */

const gr_mention *gr_mention_of(const gr_who *who, uint32_t token) {
    if (token == GR_NONE || who->of_token[token] == GR_NONE) return NULL;
    return &who->all.item[who->of_token[token]];
}

gr_slice gr_words_of(const gr_text *text, uint32_t begin, uint32_t end) {
    const gr_token *last = &text->token[end - 1];
    return gr_sub(text->bytes, text->token[begin].off_b, last->off_b + last->len_b);
}

uint32_t gr_class_of_words(const gr_finder *f, uint32_t begin, uint32_t end, gr_class_of of) {
    const gr_sense *s = f->who->key_senses[begin];
    if (end - begin > 1) s = gr_senses_of(f->know, gr_words_key(f->arena, gr_words_of(f->text, begin, end)));
    for (; s; s = s->next)
        if (s->kind == GR_SENSE_CLASS && f->know->word_class[s->index].of == of) return s->index;
    return GR_NO_CLASS;
}

bool gr_starts_upper(gr_slice form) {
    size_t at = 0;
    return form.len && gr_is_upper(gr_utf8_next(form, &at));
}

bool gr_all_upper(gr_slice form) {
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

static bool has_capital(gr_slice form) {
    for (size_t at = 0; at < form.len;)
        if (gr_is_upper(gr_utf8_next(form, &at))) return true;
    return false;
}

static bool has_small_letter(gr_slice form) {
    for (size_t at = 0; at < form.len;)
        if (gr_is_lower(gr_utf8_next(form, &at))) return true;
    return false;
}

/* "FMLN" is no word, whatever the tagger takes it for among capitals. */
static bool has_vowel(gr_slice key) {
    for (size_t i = 0; i < key.len; i++)
        if (strchr("aeiouy", key.ptr[i])) return true;
    return false;
}

/* "Cédéao", "Minusma": French writes acronyms that are spoken as words with one capital. */
static bool is_spoken_acronym(const gr_finder *f, uint32_t begin, uint32_t end) {
    enum { LEAST = 4 };
    return f->know->function_count && end == begin + 1 && f->who->key[begin].len >= LEAST &&
           begin > f->sentence->tok_begin && f->word[begin].upos == GR_PROPN &&
           gr_starts_upper(f->text->token[begin].form);
}

/* "ANA MARIA", "JUAN CARLOS MIR": among capitals a word beside a given name is no acronym. */
static bool is_in_given_names(const gr_finder *f, uint32_t i) {
    bool behind = i > f->sentence->tok_begin && gr_is_given_name(f, i - 1);
    return behind || (gr_is_given_name(f, i) && gr_is_given_name(f, i + 1));
}

/* May these words bear this sense? Letter case decides for acronyms and single names. */
static bool sense_fits(const gr_finder *f, const gr_sense *sense, uint32_t begin, uint32_t end) {
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
        if (has_small_letter(gr_words_of(f->text, begin, end))) return is_spoken_acronym(f, begin, end);
        if (shouting && end == begin + 1 && is_in_given_names(f, begin)) return false;
        return !shouting || f->word[begin].upos == GR_PROPN || !has_vowel(f->who->key[begin]);
    }
    if (sense->kind == GR_SENSE_COUNTRY_ADJECTIVE || sense->kind == GR_SENSE_COUNTRY)
        return gr_starts_upper(first);
    if (sense->any_case) return true;
    if (end - begin > 1) {
        for (uint32_t i = begin; i < end; i++)
            if (has_capital(f->text->token[i].form)) return true;
        return false;
    }
    return gr_starts_upper(first) && (f->word[begin].upos == GR_PROPN || !shouting);
}

static const gr_sense *first_fitting(const gr_finder *f, const gr_sense *sense, uint32_t begin,
                                     uint32_t end) {
    for (; sense; sense = sense->next)
        if (sense_fits(f, sense, begin, end)) return sense;
    return NULL;
}

/* The longest run of words from `begin` that has a sense; *end is set behind it. */
static const gr_sense *longest_sense(const gr_finder *f, uint32_t begin, uint32_t *end) {
    char key[1024];
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
        bool more = f->keys->begins[begin];
        const gr_sense *senses = f->who->key_senses[begin];
        if (i > begin) senses = gr_senses_and_more(f->know, (gr_slice){key, used}, &more);
        const gr_sense *found = first_fitting(f, senses, begin, i + 1);
        if (!found && lemma.len && !gr_eq(lemma, word)) {
            memcpy(key + stem, lemma.ptr, lemma.len);
            senses = f->who->lemma_senses[begin];
            if (i > begin) senses = gr_senses_of(f->know, (gr_slice){key, stem + lemma.len});
            found = first_fitting(f, senses, begin, i + 1);
            memcpy(key + stem, word.ptr, word.len);
        }
        if (found) {
            best = found;
            *end = i + 1;
        }
        if (!more) break;
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

void gr_swallow(gr_who *who, uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; i++) {
        uint32_t at = who->of_token[i];
        if (at == GR_NONE) continue;
        gr_mention *m = &who->all.item[at];
        if (m->tok_begin >= begin && m->tok_end <= end) m->tok_end = m->tok_begin;
        who->of_token[i] = GR_NONE;
    }
}

void gr_take(gr_finder *f, uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; i++) f->taken[i] = true;
}

void gr_mean_actor(const gr_knowledge *know, uint32_t index, gr_mention *m) {
    const gr_actor *actor = &know->actor[index];
    m->actor = index;
    m->id = actor->id;
    m->name = actor->name;
    m->actor_kind = actor->kind;
    m->properties = gr_kind_properties(actor->kind);
    m->country = GR_NO_TYPE;
    if (actor->country_count == 1) m->country = gr_map_get(&know->countries, gr_slice_of(actor->country[0]));
}

gr_mention gr_blank_mention(const gr_finder *f, uint32_t begin, uint32_t end, gr_mention_kind kind) {
    return (gr_mention){.kind = kind,
                        .tok_begin = begin,
                        .tok_end = end,
                        .head = gr_span_head(&f->tree, begin, end),
                        .sentence = f->sentence_index,
                        .actor = GR_NO_ACTOR,
                        .word_class = GR_NO_CLASS,
                        .country = GR_NO_TYPE,
                        .place = GR_NONE,
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

/* The other actors that bear the same words here; which of them is meant is decided when the document has
 * been read (identity.c). */
static void keep_candidates(gr_finder *f, const gr_sense *sense, gr_mention *m) {
    GR_VEC(uint32_t) actors = {0};
    for (const gr_sense *s = sense; s; s = s->next)
        if (s->kind == GR_SENSE_ACTOR && s->weak == sense->weak && sense_fits(f, s, m->tok_begin, m->tok_end))
            gr_push(f->arena, &actors, s->index);
    m->at_home = sense->at_home;
    if (actors.count < 2 && !sense->at_home) return;
    m->candidate = actors.item;
    m->candidate_count = actors.count;
}

static void add_listed(gr_finder *f, uint32_t begin, uint32_t end, const gr_sense *sense) {
    gr_mention m = gr_blank_mention(f, begin, end, GR_MENTION_LISTED);
    m.weak = sense->weak;
    keep_candidates(f, sense, &m);
    gr_mean_actor(f->know, sense->index, &m);
    gr_add_mention(f->arena, f->who, m);
    if (!sense->weak) gr_take(f, begin, end);
}

static void add_class(gr_finder *f, uint32_t begin, uint32_t end, uint32_t index) {
    const gr_word_class *c = &f->know->word_class[index];
    static const unsigned of[GR_OF_COUNT] = {[GR_OF_PEOPLE] = GR_IS_PEOPLE,
                                             [GR_OF_WEAPON] = GR_IS_WEAPON,
                                             [GR_OF_FACILITY] = GR_IS_FACILITY,
                                             [GR_OF_UNIT] = GR_IS_PEOPLE};
    if (!of[c->of]) return;
    gr_mention m = gr_blank_mention(f, begin, end, GR_MENTION_CLASS);
    m.word_class = index;
    m.actor_kind = c->kind;
    m.properties = of[c->of] | gr_kind_properties(c->kind);
    m.unit = c->count_as.len ? c->count_as : f->who->lemma[m.head];
    gr_add_mention(f->arena, f->who, m);
}

/* "gov" and "civ" of a country, where the patterns make them. */
static void mean_countrys_own(const gr_finder *f, const char *pattern, const gr_country *country,
                              gr_mention *m) {
    gr_slice id = gr_printf(f->arena, "%s-%c%c%c", pattern, country->iso3.ptr[0] | 32,
                            country->iso3.ptr[1] | 32, country->iso3.ptr[2] | 32);
    uint32_t actor = gr_map_get(&f->know->actors, id);
    if (actor == GR_MAP_NONE) return;
    m->actor = actor;
    m->id = f->know->actor[actor].id;
    m->name = f->know->actor[actor].name;
}

static void add_country(gr_finder *f, uint32_t begin, uint32_t end, const gr_sense *sense) {
    const gr_country *country = &f->know->country[sense->index];
    bool adjective = sense->kind == GR_SENSE_COUNTRY_ADJECTIVE;
    gr_mention m = gr_blank_mention(f, begin, end, GR_MENTION_COUNTRY);
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
            mean_countrys_own(f, "civ", country, &m);
            gr_take(f, begin, end);
        }
    } else {
        m.properties = GR_IS_PLACE | GR_IS_PARTY | GR_IS_STATE;
        m.actor_kind = GR_S("government");
        mean_countrys_own(f, "gov", country, &m);
    }
    gr_add_mention(f->arena, f->who, m);
}

static void add_pronoun(gr_finder *f, uint32_t i) {
    static const char *const forms[] = {"he",  "she",  "they",  "them", "him",   "her", "it",
                                        "who", "whom", "which", "that", "their", "his", "its",
                                        "we",  "us",   "our",   "i",    "me",    "my"};
    for (size_t k = 0; k < sizeof forms / sizeof *forms; k++)
        if (gr_eq(f->who->key[i], gr_slice_of(forms[k]))) {
            gr_add_mention(f->arena, f->who, gr_blank_mention(f, i, i + 1, GR_MENTION_PRONOUN));
            return;
        }
}

/* "Borno State Police Command" is at home in the place that its name begins with, which may be asked for: the
 * token behind that place's name, or `begin`. */
static uint32_t behind_place(const gr_finder *f, uint32_t begin, uint32_t end) {
    for (uint32_t i = end - 1; f->gazetteer && i > begin; i--) {
        gr_slice folded = gr_fold(f->arena, gr_words_of(f->text, begin, i));
        if (!gr_gazetteer_ordinary(f->gazetteer, folded) && gr_gazetteer_find(f->gazetteer, folded, NULL, 0))
            return i;
    }
    return begin;
}

void gr_add_organisation(gr_finder *f, uint32_t begin, uint32_t end, uint32_t word_class) {
    const gr_word_class *c = &f->know->word_class[word_class];
    gr_mention m = gr_blank_mention(f, begin, end, GR_MENTION_NAME);
    m.word_class = word_class;
    m.actor_kind = c->kind;
    m.properties = gr_kind_properties(c->kind) | GR_IS_PARTY;
    if (gr_eq(c->family, GR_S("armed"))) m.properties |= GR_IS_ARMED | GR_IS_PEOPLE;
    m.name = gr_words_of(f->text, begin, end);
    for (uint32_t i = begin; i < end && m.country == GR_NO_TYPE; i++)
        for (const gr_sense *s = f->who->key_senses[i]; s; s = s->next)
            if (s->kind == GR_SENSE_COUNTRY || s->kind == GR_SENSE_COUNTRY_ADJECTIVE) m.country = s->index;
    gr_add_mention(f->arena, f->who, m);
    bool firm = gr_eq(c->kind, GR_S("other")); /* a newspaper, bank or university is no town's own */
    gr_take(f, firm ? begin : behind_place(f, begin, end), end);
}

bool gr_is_given_name(const gr_finder *f, uint32_t i) {
    uint32_t class = i < f->sentence->tok_end ? gr_class_of_words(f, i, i + 1, GR_OF_NAME) : GR_NO_CLASS;
    return class != GR_NO_CLASS && gr_eq(f->know->word_class[class].family, GR_S("given-name"));
}

/* "Tal Afar", "Sarah Bishop": behind an unknown name that it hangs on, and behind a given name, the noun is a
 * part of that name. */
static bool ends_a_name(const gr_finder *f, uint32_t i) {
    if (i == f->sentence->tok_begin || !gr_starts_upper(f->text->token[i].form) ||
        !gr_starts_upper(f->text->token[i - 1].form) || f->who->of_token[i - 1] != GR_NONE ||
        f->capitals_mute)
        return false;
    if (gr_is_given_name(f, i - 1)) return f->word[i].upos == GR_PROPN;
    return f->word[i].rel == GR_FLAT && f->word[i].head == i - 1 && f->word[i - 1].upos == GR_PROPN &&
           !f->who->key_senses[i - 1];
}

/* "in front of the bank": no front that fights. */
static bool is_place_before(const gr_finder *f, uint32_t i) {
    return i > f->sentence->tok_begin && gr_eq(f->who->key[i], GR_S("front")) &&
           gr_eq(f->who->key[i - 1], GR_S("in")) && gr_eq(gr_key_at(f, i + 1), GR_S("of"));
}

static void add_sense(gr_finder *f, uint32_t begin, uint32_t end, const gr_sense *sense) {
    if (sense->kind == GR_SENSE_ACTOR)
        add_listed(f, begin, end, sense);
    else if (sense->kind == GR_SENSE_CLASS) {
        if (!ends_a_name(f, begin) && !is_place_before(f, begin)) add_class(f, begin, end, sense->index);
    } else
        add_country(f, begin, end, sense);
}

/* A country's own forces and offices by a longer name than the lists have ("Iraqi army headquarters"). */
static bool is_pattern_actor(const gr_finder *f, const gr_sense *sense) {
    if (!sense || sense->kind != GR_SENSE_ACTOR || sense->weak) return false;
    gr_slice id = f->know->actor[sense->index].id;
    return gr_starts(id, GR_S("mil-")) || gr_starts(id, GR_S("pol-")) || gr_starts(id, GR_S("gov-"));
}

/* "Rwandan and Mozambican troops", "French, British and US forces": what stands behind the last adjective
 * holds for each; the actor of the pattern for this country, or GR_NO_ACTOR. */
static uint32_t shared_with_next(const gr_finder *f, uint32_t end, const gr_country *country) {
    for (unsigned n = 0; n < 5; n++) {
        gr_slice form = end + 1 < f->sentence->tok_end ? f->text->token[end].form : (gr_slice){NULL, 0};
        if (!gr_eq(form, GR_S("and")) && !gr_eq(form, GR_S(",")) && !gr_eq(form, GR_S("or")))
            return GR_NO_ACTOR;
        uint32_t next = end + 1 + (gr_eq(f->text->token[end + 1].form, GR_S("and")) ? 1 : 0),
                 after = next + 1;
        const gr_sense *sense = next < f->sentence->tok_end ? longest_sense(f, next, &after) : NULL;
        if (is_pattern_actor(f, sense)) {
            gr_slice id = f->know->actor[sense->index].id;
            return gr_map_get(&f->know->actors,
                              gr_printf(f->arena, "%.*s%c%c%c", (int)id.len - 3, id.ptr,
                                        country->iso3.ptr[0] | 32, country->iso3.ptr[1] | 32,
                                        country->iso3.ptr[2] | 32));
        }
        if (!sense || sense->kind != GR_SENSE_COUNTRY_ADJECTIVE) return GR_NO_ACTOR;
        end = after;
    }
    return GR_NO_ACTOR;
}

/* The longer of what the lists know here and of a name that they do not know; the lists win a tie. */
static uint32_t find_at(gr_finder *f, uint32_t begin) {
    uint32_t end = begin + 1, word_class;
    uint32_t ship = gr_ship_end(f, begin, &word_class);
    if (ship > begin) {
        add_class(f, begin, ship, word_class);
        gr_take(f, begin, ship);
        return ship;
    }
    const gr_sense *sense = longest_sense(f, begin, &end);
    uint32_t named = gr_organisation_end(f, begin, &word_class);
    bool listed = sense && sense->kind == GR_SENSE_ACTOR && !sense->weak;
    if (named > begin && (!sense || named > end || (named == end && !listed))) {
        if (is_pattern_actor(f, sense))
            add_listed(f, begin, named, sense);
        else
            gr_add_organisation(f, begin, named, word_class);
        return named;
    }
    uint32_t shared = GR_NO_ACTOR;
    if (sense && sense->kind == GR_SENSE_COUNTRY_ADJECTIVE)
        shared = shared_with_next(f, end, &f->know->country[sense->index]);
    if (shared != GR_NO_ACTOR)
        add_listed(f, begin, end, &(gr_sense){.kind = GR_SENSE_ACTOR, .index = shared});
    else if (sense)
        add_sense(f, begin, end, sense);
    return end;
}

static void find_in_sentence(gr_finder *f) {
    for (uint32_t i = f->sentence->tok_begin; i < f->sentence->tok_end;) i = find_at(f, i);
    gr_find_persons(f);
    for (uint32_t i = f->sentence->tok_begin; i < f->sentence->tok_end; i++)
        if (f->word[i].upos == GR_PRON && f->who->of_token[i] == GR_NONE) add_pronoun(f, i);
}

/* "postpon", as the model cuts "postponed": with the "e" that a word of the lexicon has. */
static gr_slice with_last_letter(const gr_finder *f, gr_slice lemma) {
    if (gr_senses_of(f->know, lemma) || gr_ends(lemma, GR_S("e"))) return lemma;
    gr_slice whole = gr_printf(f->arena, "%.*se", GR_FMT(lemma));
    return gr_senses_of(f->know, whole) ? whole : lemma;
}

/* A French noun whose lemma the small treebank gives wrong: the plural without its ending, where that is a
 * word of the lexicon. */
static gr_slice known_singular(const gr_finder *f, gr_slice lemma, gr_slice key) {
    bool plural = key.len > 3 && (key.ptr[key.len - 1] == 's' || key.ptr[key.len - 1] == 'x');
    if (!plural || !f->know->function_count || gr_senses_of(f->know, lemma)) return lemma;
    gr_slice singular = gr_sub(key, 0, key.len - 1);
    return gr_senses_of(f->know, singular) ? singular : lemma;
}

/* The knowledge knows the written forms of the words that anchor rules; where the model's lemma is none of
 * them, its form decides ("fled" -> flee). */
static gr_slice lemma_of(const gr_finder *f, uint32_t i) {
    gr_slice lemma = f->word[i].lemma.len ? gr_words_key(f->arena, f->word[i].lemma) : f->who->key[i];
    uint8_t upos = f->word[i].upos;
    bool titled = upos == GR_PROPN && (f->sentence->all_capitals || i == f->sentence->tok_begin);
    if (upos == GR_ADJ) return known_singular(f, lemma, f->who->key[i]);
    if ((upos != GR_VERB && upos != GR_NOUN && !titled) || !f->know->rules) return lemma;
    if (gr_map_get(&f->know->rules->by_lemma, lemma) != GR_MAP_NONE) return lemma;
    bool known = f->know->function_count && upos == GR_NOUN && gr_senses_of(f->know, lemma);
    if (known) return lemma;
    uint32_t anchor = f->keys->anchor[i];
    if (anchor != GR_MAP_NONE && anchor != 0) return f->know->anchor_lemma[anchor];
    if (upos == GR_NOUN) return known_singular(f, lemma, f->who->key[i]);
    return upos == GR_VERB ? with_last_letter(f, lemma) : lemma;
}

static void fill_lemmas(gr_finder *f) {
    gr_who *who = f->who;
    for (uint32_t i = f->sentence->tok_begin; i < f->sentence->tok_end; i++) {
        who->lemma[i] = lemma_of(f, i);
        bool same = gr_eq(who->lemma[i], who->key[i]);
        who->lemma_senses[i] = same ? who->key_senses[i] : gr_senses_of(f->know, who->lemma[i]);
    }
}

/* The last word of a person's name, under which other sentences speak of them. */
static void remember_surnames(gr_arena *arena, const gr_who *who, gr_map *surnames) {
    for (uint32_t i = 0; i < who->all.count; i++) {
        const gr_mention *m = &who->all.item[i];
        if (m->kind == GR_MENTION_PERSON && who->key[m->tok_end - 1].len > 2)
            gr_map_set(arena, surnames, who->key[m->tok_end - 1], i);
    }
}

static bool behind_place_word(const gr_finder *f, uint32_t i) {
    static const char *const words[] = {"in", "near", "at", "around", "outside"};
    for (size_t k = 0; i > f->sentence->tok_begin && k < sizeof words / sizeof *words; k++)
        if (gr_eq(f->who->key[i - 1], gr_slice_of(words[k]))) return true;
    return false;
}

/* The tagger takes "Burns" for a noun; a capital inside a sentence tells a name. */
static bool may_be_surname(const gr_finder *f, uint32_t i) {
    if (f->word[i].upos == GR_PROPN) return true;
    bool inside = i > f->sentence->tok_begin && f->who->key[i - 1].len;
    return f->word[i].upos == GR_NOUN && inside && !f->capitals_mute &&
           gr_starts_upper(f->text->token[i].form);
}

/* "Bishop" with a capital and without an article, which the lexicon took for a clergyman. */
static bool is_noun_alone(const gr_finder *f, uint32_t i) {
    const gr_mention *m = gr_mention_of(f->who, i);
    bool article = i > f->sentence->tok_begin && f->word[i - 1].upos == GR_DET;
    return m && m->kind == GR_MENTION_CLASS && m->tok_begin == i && m->tok_end == i + 1 && !article &&
           f->word[i].upos == GR_PROPN && gr_starts_upper(f->text->token[i].form) && !f->capitals_mute;
}

/* "Tiani promised ...", after "General Abdourahamane Tiani": the same person by surname alone. */
static void find_surnames(gr_finder *f, const gr_map *surnames) {
    for (uint32_t i = f->sentence->tok_begin; i < f->sentence->tok_end; i++) {
        bool free = f->who->of_token[i] == GR_NONE || is_noun_alone(f, i);
        if (!free || !f->who->key[i].len || !may_be_surname(f, i)) continue;
        if (f->taken[i] || behind_place_word(f, i)) continue;
        uint32_t at = gr_map_get(surnames, f->who->key[i]);
        if (at == GR_MAP_NONE || f->who->all.item[at].sentence == f->sentence_index) continue;
        gr_mention m = f->who->all.item[at];
        m.tok_begin = i;
        m.tok_end = i + 1;
        m.head = i;
        m.sentence = f->sentence_index;
        gr_swallow(f->who, i, i + 1);
        gr_add_mention(f->arena, f->who, m);
        gr_take(f, i, i + 1);
    }
}

/* A headline in title case: most of its longer words are capitals, and no full stop ends it. */
static bool capitals_are_mute(const gr_finder *f) {
    uint32_t words = 0, capitals = 0;
    for (uint32_t i = f->sentence->tok_begin; i < f->sentence->tok_end; i++) {
        if (f->text->token[i].form.len < 4 || !f->who->key[i].len) continue;
        words++;
        capitals += gr_starts_upper(f->text->token[i].form);
    }
    bool stopped = f->sentence->tok_end > f->sentence->tok_begin &&
                   gr_eq(f->text->token[f->sentence->tok_end - 1].form, GR_S("."));
    return f->sentence->all_capitals || (!stopped && words >= 4 && capitals * 10 >= words * 7);
}

void gr_find_names(gr_arena *arena, const gr_knowledge *know, const gr_gazetteer *gazetteer,
                   const gr_text *text, const gr_word *word, const bool *wanted, const gr_keys *keys,
                   gr_who *who, bool *taken) {
    *who = (gr_who){.of_token = gr_alloc_array(arena, text->token_count + 1, sizeof(uint32_t)),
                    .key = keys->form,
                    .key_senses = keys->senses,
                    .lemma = gr_alloc_array(arena, text->token_count + 1, sizeof(gr_slice)),
                    .lemma_senses = gr_alloc_array(arena, text->token_count + 1, sizeof(gr_sense *)),
                    .children = gr_children_of(arena, text, word, wanted)};
    for (uint32_t i = 0; i < text->token_count; i++) who->of_token[i] = GR_NONE;
    gr_finder f = {.arena = arena,
                   .know = know,
                   .gazetteer = gazetteer,
                   .text = text,
                   .word = word,
                   .who = who,
                   .taken = taken,
                   .keys = keys,
                   .tree = {text, word, who->lemma, NULL, &who->children}};
    for (uint32_t s = 0; s < text->sentence_count; s++) {
        if (wanted && !wanted[s]) continue;
        f.sentence = f.tree.sentence = &text->sentence[s];
        f.sentence_index = s;
        fill_lemmas(&f);
        f.capitals_mute = capitals_are_mute(&f);
        find_in_sentence(&f);
    }
    gr_learn_acronyms(&f, wanted);
    gr_map surnames = {0};
    remember_surnames(arena, who, &surnames);
    for (uint32_t s = 0; s < text->sentence_count && surnames.count; s++) {
        if (wanted && !wanted[s]) continue;
        f.sentence = f.tree.sentence = &text->sentence[s];
        f.sentence_index = s;
        f.capitals_mute = capitals_are_mute(&f);
        find_surnames(&f, &surnames);
    }
}
