/* Second pass over mentions: the country of described people, brackets that repeat a name, pronouns and
 * "the group". Antecedents follow a plain order of preference (subjects before others, the nearest first;
 * after Hobbs 1978 in spirit, without his tree search). */
#include "find/find_internal.h"

#include <stdlib.h>

typedef struct settler {
    gr_arena *arena;
    const gr_knowledge *know;
    const gr_gazetteer *gazetteer;
    const gr_text *text;
    const gr_word *word;
    const gr_place_mentions *places;
    gr_who *who;
    uint32_t *place_of; /* per token: place mention whose name it is in, or GR_NONE */
    uint32_t home;      /* the country the document is about, or GR_NO_TYPE */
    gr_tree tree;
} settler;

static uint32_t country_of_place(const settler *s, uint32_t place_mention) {
    uint32_t place = s->places->item[place_mention].place;
    if (place == GR_NO_PLACE) return GR_NO_TYPE;
    gr_place info = gr_gazetteer_place(s->gazetteer, place);
    if (!info.country[0]) return GR_NO_TYPE;
    uint32_t country = gr_map_get(&s->know->countries, gr_slice_of(info.country));
    return country == GR_MAP_NONE ? GR_NO_TYPE : country;
}

static bool is_whole_country(const settler *s, uint32_t place_mention) {
    gr_place place = gr_gazetteer_place(s->gazetteer, s->places->item[place_mention].place);
    return place.level == GR_LEVEL_COUNTRY;
}

/* The country most spoken of, with count[] filled for each: its places count more than its name, which often
 * stands for a government far from what is told; it must lead by half. */
static uint32_t home_country(settler *s, uint32_t *count) {
    for (uint32_t i = 0; i < s->places->count; i++) {
        uint32_t c = country_of_place(s, i);
        if (c != GR_NO_TYPE) count[c] += is_whole_country(s, i) ? 1 : 3;
    }
    for (uint32_t i = 0; i < s->who->all.count; i++) {
        const gr_mention *m = &s->who->all.item[i];
        if (m->country == GR_NO_TYPE || m->kind == GR_MENTION_CLASS || m->candidate_count) continue;
        count[m->country] += m->kind == GR_MENTION_COUNTRY ? 2 : GR_LISTED_WEIGHT;
    }
    uint32_t best = GR_NO_TYPE, second = 0;
    for (uint32_t c = 0; c < s->know->country_count; c++) {
        if (!count[c]) continue;
        if (best == GR_NO_TYPE || count[c] > count[best]) {
            second = best == GR_NO_TYPE ? 0 : count[best];
            best = c;
        } else if (count[c] > second) {
            second = count[c];
        }
    }
    if (best == GR_NO_TYPE || count[best] * 2 < second * 3) return GR_NO_TYPE;
    return best;
}

/* The country that a token names by itself: a country's name or adjective, a listed actor, a place. */
static uint32_t country_at(const settler *s, uint32_t token) {
    const gr_mention *m = gr_mention_of(s->who, token);
    if (m && m->country != GR_NO_TYPE && m->kind != GR_MENTION_CLASS) return m->country;
    if (s->place_of[token] != GR_NONE) return country_of_place(s, s->place_of[token]);
    return GR_NO_TYPE;
}

/* "Nigerien soldiers", "Niger's army", "soldiers from Tilia's base", "residents of Tera". *place is set where
 * a place tells the country. */
static uint32_t country_from_modifiers(const settler *s, uint32_t head, unsigned depth, uint32_t *place) {
    if (depth > 3) return GR_NO_TYPE;
    for (uint32_t c = gr_next_child(&s->tree, head, 0); c != GR_NONE;
         c = gr_next_child(&s->tree, head, c + 1)) {
        uint8_t rel = s->word[c].rel;
        if (rel != GR_AMOD && rel != GR_COMPOUND && rel != GR_NMOD && rel != GR_APPOS && rel != GR_FLAT)
            continue;
        uint32_t country = country_at(s, c);
        if (country != GR_NO_TYPE && s->place_of[c] != GR_NONE) *place = s->place_of[c];
        if (country == GR_NO_TYPE) country = country_from_modifiers(s, c, depth + 1, place);
        if (country != GR_NO_TYPE) return country;
    }
    return GR_NO_TYPE;
}

static gr_slice lower_iso(gr_arena *arena, gr_slice pattern, gr_slice iso3) {
    const char *at = memmem(pattern.ptr, pattern.len, "{iso3}", 6);
    if (!at) return pattern;
    size_t head = (size_t)(at - pattern.ptr);
    gr_slice out = gr_printf(arena, "%.*s%c%c%c%.*s", (int)head, pattern.ptr, iso3.ptr[0] | 32,
                             iso3.ptr[1] | 32, iso3.ptr[2] | 32, (int)(pattern.len - head - 6), at + 6);
    return out;
}

static gr_slice label_of(settler *s, const gr_word_class *c, const gr_mention *m) {
    if (c->label.len) return c->label;
    const gr_token *first = &s->text->token[m->tok_begin], *last = &s->text->token[m->tok_end - 1];
    return gr_sub(s->text->bytes, first->off_b, last->off_b + last->len_b);
}

/* "men believed to be members of X", "gunmen suspected of belonging to X" */
static bool doubted_before(const settler *s, uint32_t begin) {
    static const char *const doubts[] = {"believed", "suspected", "thought",  "presumed",
                                         "alleged",  "assumed",   "feared",   "allegedly",
                                         "likely",   "probably",  "possibly", "apparently"};
    static const char *const between[] = {"to",      "be",       "have",       "been", "of",
                                          "being",   "a",        "an",         "the",  "member",
                                          "members", "fighters", "from",       "with", "belonging",
                                          "belong",  "linked",   "affiliated", "armed"};
    for (uint32_t i = begin, n = 0; i-- > s->tree.sentence->tok_begin && n < 8; n++) {
        if (GR_AMONG(s->who->key[i], doubts)) return true;
        if (!GR_AMONG(s->who->key[i], between)) return false;
    }
    return false;
}

static bool is_suspected(const settler *s, const gr_mention *m) {
    static const char *const words[] = {"suspect",  "suspected", "alleged", "presumed", "possible",
                                        "apparent", "probable",  "presume", "allege"};
    for (uint32_t c = gr_next_child(&s->tree, m->head, 0); c != GR_NONE;
         c = gr_next_child(&s->tree, m->head, c + 1)) {
        if (s->word[c].rel != GR_AMOD && s->word[c].rel != GR_COMPOUND && s->word[c].rel != GR_ADVMOD)
            continue;
        if (GR_AMONG(s->tree.lemma[c], words) || GR_AMONG(s->who->key[c], words)) return true;
    }
    return doubted_before(s, m->tok_begin);
}

/* Parts of a group, between its name and its people: "the X network's attack cell leader". */
static bool is_part_of_group(const settler *s, uint32_t token) {
    static const char *const parts[] = {"cell", "network", "ring",  "faction", "wing",
                                        "unit", "squad",   "group", "command", "team"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (gr_is_lemma(&s->tree, token, parts[i])) return true;
    return false;
}

/* "JNIM fighters", "al-Shabaab militants", "a JNIM cell leader": the listed group whose people they are. */
static const gr_mention *group_of(const settler *s, uint32_t noun, unsigned depth) {
    for (uint32_t k = gr_next_child(&s->tree, noun, 0); k != GR_NONE;
         k = gr_next_child(&s->tree, noun, k + 1)) {
        uint8_t rel = s->word[k].rel;
        uint32_t of = gr_case_of(&s->tree, k);
        bool belongs =
            rel == GR_COMPOUND || rel == GR_AMOD || s->word[k].subrel == GR_SUB_POSS ||
            (rel == GR_NMOD && (gr_is_lemma(&s->tree, of, "of") || gr_is_lemma(&s->tree, of, "from")));
        if (!belongs) continue;
        const gr_mention *g = gr_mention_of(s->who, k);
        if (g && g->kind == GR_MENTION_LISTED && g->head == k) return g;
        if (depth < 3 && rel == GR_COMPOUND && is_part_of_group(s, k) && (g = group_of(s, k, depth + 1)))
            return g;
    }
    return NULL;
}

/* "The armies of Mali and Niger", "the governments of A, B and C": each further country stands for its own.
 */
static void share_with_countries(settler *s, const gr_mention *m, gr_slice pattern) {
    if (!(s->word[m->head].feats & GR_PLUR)) return;
    for (uint32_t k = gr_next_child(&s->tree, m->head, m->head + 1); k != GR_NONE;
         k = gr_next_child(&s->tree, m->head, k + 1)) {
        if (s->word[k].rel != GR_NMOD || !gr_is_lemma(&s->tree, gr_case_of(&s->tree, k), "of")) continue;
        for (uint32_t j = gr_next_child(&s->tree, k, k + 1); j != GR_NONE;
             j = gr_next_child(&s->tree, k, j + 1)) {
            const gr_mention *found = s->word[j].rel == GR_CONJ ? gr_mention_of(s->who, j) : NULL;
            if (!found || found->kind != GR_MENTION_COUNTRY || found->country == GR_NO_TYPE) continue;
            gr_slice id = lower_iso(s->arena, pattern, s->know->country[found->country].iso3);
            uint32_t actor = gr_map_get(&s->know->actors, id);
            if (actor == GR_MAP_NONE) continue;
            gr_mention *other = &s->who->all.item[found - s->who->all.item];
            other->kind = GR_MENTION_LISTED;
            other->actor = actor;
            other->id = s->know->actor[actor].id;
            other->name = s->know->actor[actor].name;
            other->actor_kind = s->know->actor[actor].kind;
            other->properties = m->properties;
        }
    }
}

/* "The Sudanese Emergency Lawyers group": where the name of no listed actor begins before the noun "group",
 * else the noun itself. */
static uint32_t begin_of_group_name(const settler *s, const gr_mention *m) {
    uint32_t begin = m->head;
    for (uint32_t k = gr_next_child(&s->tree, m->head, 0); k != GR_NONE && k < m->head;
         k = gr_next_child(&s->tree, m->head, k + 1)) {
        const gr_mention *part = gr_mention_of(s->who, k);
        bool named = s->word[k].rel == GR_COMPOUND && s->word[k].upos == GR_PROPN;
        if (named && !(part && (part->kind == GR_MENTION_LISTED || part->kind == GR_MENTION_COUNTRY)) &&
            k < begin)
            begin = k;
    }
    while (begin < m->head && begin > s->tree.sentence->tok_begin && s->word[begin - 1].upos == GR_PROPN)
        begin--;
    return begin;
}

/* A body that the text calls a group by name is not taken for an armed one. */
static void settle_named_group(settler *s, gr_mention *m) {
    uint32_t begin = gr_is_lemma(&s->tree, m->head, "group") ? begin_of_group_name(s, m) : m->head;
    if (begin == m->head) return;
    const gr_token *first = &s->text->token[begin], *last = &s->text->token[m->head];
    m->name = gr_sub(s->text->bytes, first->off_b, last->off_b + last->len_b);
    m->actor_kind = GR_S("");
    m->properties &= ~(unsigned)GR_IS_ARMED;
}

/* "Turkey bombed the PKK in Iraq, the defence ministry said": a body of state that speaks in a sentence whose
 * subject is a country is that country's. */
static uint32_t country_that_acts(const settler *s, const gr_mention *m) {
    if (!(m->properties & GR_IS_STATE) || s->word[m->head].rel != GR_NSUBJ ||
        s->word[m->head].feats & GR_PLUR)
        return GR_NO_TYPE;
    for (uint32_t t = m->tok_begin; t-- > s->tree.sentence->tok_begin;) {
        const gr_mention *other = gr_mention_of(s->who, t);
        bool acts = other && other->kind == GR_MENTION_COUNTRY && other->head == t &&
                    s->word[t].rel == GR_NSUBJ && s->word[t].subrel != GR_SUB_PASS &&
                    s->word[t].head != s->word[m->head].head;
        if (acts) return other->country;
    }
    return GR_NO_TYPE;
}

/* What a class noun stands for: the country's own forces, or its neutral label. */
static void settle_class(settler *s, gr_mention *m) {
    const gr_word_class *c = &s->know->word_class[m->word_class];
    m->suspected = is_suspected(s, m);
    uint32_t stated = country_from_modifiers(s, m->head, 0, &m->place);
    if (stated == GR_NO_TYPE) stated = country_that_acts(s, m);
    m->country = stated != GR_NO_TYPE ? stated : s->home;
    m->name = label_of(s, c, m);
    if (c->actor.len && m->country != GR_NO_TYPE) {
        gr_slice id = lower_iso(s->arena, c->actor, s->know->country[m->country].iso3);
        uint32_t actor = gr_map_get(&s->know->actors, id);
        if (actor != GR_MAP_NONE) {
            m->actor = actor;
            m->id = s->know->actor[actor].id;
            m->name = s->know->actor[actor].name;
            m->actor_kind = s->know->actor[actor].kind;
            share_with_countries(s, m, c->actor);
        }
    } else if (c->label.len && m->country != GR_NO_TYPE && (m->properties & GR_IS_ARMED)) {
        m->name =
            gr_printf(s->arena, "%.*s (%.*s)", GR_FMT(c->label), GR_FMT(s->know->country[m->country].name));
    }
    const gr_mention *g = (m->properties & GR_IS_PEOPLE) ? group_of(s, m->head, 0) : NULL;
    if (!g && !m->id.len) settle_named_group(s, m);
    if (!g || (m->properties & GR_IS_CIVILIAN)) return;
    m->actor = g->actor;
    m->id = g->id;
    m->name = g->name;
    m->actor_kind = g->actor_kind;
    m->properties |= g->properties;
    if (g->country != GR_NO_TYPE) m->country = g->country;
}

/* "the Ministry of Agriculture", "Borno State Police Command": a part of the country's own, by a name of its
 * own. */
static void settle_name(settler *s, gr_mention *m) {
    if (m->country == GR_NO_TYPE) m->country = country_from_modifiers(s, m->head, 0, &m->place);
    if (m->word_class == GR_NO_CLASS || m->actor != GR_NO_ACTOR) return;
    const gr_word_class *c = &s->know->word_class[m->word_class];
    uint32_t country = m->country != GR_NO_TYPE ? m->country : s->home;
    if (!c->actor.len || country == GR_NO_TYPE) return;
    uint32_t actor =
        gr_map_get(&s->know->actors, lower_iso(s->arena, c->actor, s->know->country[country].iso3));
    if (actor == GR_MAP_NONE) return;
    m->actor = actor;
    m->id = s->know->actor[actor].id;
    m->country = country;
}

static bool in_brackets(const settler *s, const gr_mention *m) {
    if (m->tok_begin == 0 || m->tok_end >= s->text->token_count) return false;
    return gr_eq(s->text->token[m->tok_begin - 1].form, GR_S("(")) &&
           gr_eq(s->text->token[m->tok_end].form, GR_S(")"));
}

/* "JNIM (Islamic and Muslim Support Group)", "Armed Terrorist Groups (GAT)": one mention, named twice. */
static void settle_brackets(settler *s) {
    for (uint32_t i = 1; i < s->who->all.count; i++) {
        gr_mention *m = &s->who->all.item[i], *before = &s->who->all.item[i - 1];
        if (!in_brackets(s, m) || before->tok_end + 1 != m->tok_begin || m->sentence != before->sentence)
            continue;
        if (m->kind == GR_MENTION_LISTED && before->kind == GR_MENTION_NAME) {
            before->actor = m->actor;
            before->id = m->id;
            before->name = m->name;
            before->actor_kind = m->actor_kind;
            before->properties = m->properties;
        }
        if (m->kind == GR_MENTION_LISTED || m->kind == GR_MENTION_NAME) m->antecedent = i - 1;
    }
}

static bool is_definite_group(const settler *s, const gr_mention *m) {
    static const char *const words[] = {"group",  "organisation", "organization", "movement", "militia",
                                        "outfit", "faction",      "junta",        "alliance", "coalition"};
    uint32_t det = gr_child(&s->tree, m->head, GR_DETREL, GR_SUB_OTHER);
    if (!gr_is_lemma(&s->tree, det, "the") && !gr_is_lemma(&s->tree, det, "this")) return false;
    if (s->word[m->head].feats & GR_PLUR) return false;
    /* "the Ruhanga militia", "the coalition of X" name their own. */
    for (uint32_t c = gr_next_child(&s->tree, m->head, 0); c != GR_NONE;
         c = gr_next_child(&s->tree, m->head, c + 1)) {
        uint8_t rel = s->word[c].rel;
        if (rel == GR_NMOD || rel == GR_FLAT || (rel == GR_COMPOUND && s->word[c].upos == GR_PROPN))
            return false;
    }
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (gr_is_lemma(&s->tree, m->head, words[k])) return true;
    return false;
}

/* "the militia", "the outfit", "the group": no army of a state stands behind these words. */
static bool is_non_state_group(const settler *s, const gr_mention *m) {
    static const char *const words[] = {"group", "militia", "outfit", "faction"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (gr_is_lemma(&s->tree, m->head, words[k])) return true;
    return false;
}

typedef struct wanted_antecedent {
    bool plural, person, group, non_state;
} wanted_antecedent;

/* "The army", "the ministry": one body, spoken of as known. The mention may stand in another sentence than
 * the tree in hand. */
static bool is_known_body(const settler *s, const gr_mention *m) {
    enum { BEFORE = 5 };
    bool fits = m->kind == GR_MENTION_CLASS && !(s->word[m->head].feats & GR_PLUR) &&
                (m->properties & (GR_IS_STATE | GR_IS_ARMED)) && s->word[m->head].rel == GR_NSUBJ;
    for (uint32_t i = m->head; fits && i-- > 0 && m->head - i <= BEFORE;)
        if (s->word[i].head == m->head && s->word[i].rel == GR_DETREL) return gr_is(s->word[i].lemma, "the");
    return false;
}

static bool can_stand_for(const settler *s, const gr_mention *m, wanted_antecedent want) {
    if (m->kind == GR_MENTION_PRONOUN || m->antecedent != GR_NONE || !(m->properties & GR_IS_PARTY) ||
        m->weak)
        return false;
    if (want.non_state && (m->properties & GR_IS_STATE)) return false;
    if (m->kind == GR_MENTION_COUNTRY) return want.group && s->word[m->head].rel == GR_NSUBJ;
    if (want.person) return m->kind == GR_MENTION_PERSON;
    if (want.group) return m->kind == GR_MENTION_LISTED || m->kind == GR_MENTION_NAME || is_known_body(s, m);
    if (want.plural)
        return m->kind != GR_MENTION_PERSON &&
               (s->word[m->head].feats & GR_PLUR || m->kind == GR_MENTION_LISTED);
    return false;
}

/* "The troops pursued the men and killed eight of them": who acts in the clause is not whom it befalls. */
static bool acts_on(const settler *s, uint32_t subject, uint32_t pronoun) {
    static const char *const others[] = {"them", "him"};
    if (!GR_AMONG(s->who->key[pronoun], others)) return false;
    uint32_t verb = pronoun;
    while (verb != GR_NONE && s->word[verb].upos != GR_VERB) verb = s->word[verb].head;
    for (unsigned steps = 0; verb != GR_NONE && steps < 4; steps++) {
        const gr_word *w = &s->word[subject];
        if (w->head == verb && w->rel == GR_NSUBJ && w->subrel != GR_SUB_PASS) return true;
        uint8_t rel = s->word[verb].rel;
        if (rel != GR_CONJ && rel != GR_XCOMP && rel != GR_ADVCL) return false;
        verb = s->word[verb].head;
    }
    return false;
}

/* Subjects of this and the two sentences before, the nearest first; then other mentions. */
static uint32_t find_antecedent(const settler *s, uint32_t index, wanted_antecedent want) {
    const gr_mention *m = &s->who->all.item[index];
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = index; i-- > 0;) {
            const gr_mention *c = &s->who->all.item[i];
            if (c->sentence + 2 < m->sentence) break; /* they stand in the order of the text */
            if (c->tok_begin >= m->tok_begin) continue;
            if (pass == 0 && s->word[c->head].rel != GR_NSUBJ) continue;
            if (c->sentence == m->sentence && s->word[c->head].head == s->word[m->head].head) continue;
            if (c->sentence == m->sentence && acts_on(s, c->head, m->head)) continue;
            if (can_stand_for(s, c, want)) return i;
        }
    return GR_NONE;
}

static void stand_for(settler *s, gr_mention *m, uint32_t antecedent) {
    const gr_mention *a = &s->who->all.item[antecedent];
    m->antecedent = antecedent;
    m->actor = a->actor;
    m->id = a->id;
    m->name = a->name;
    m->actor_kind = a->actor_kind;
    m->properties |= a->properties;
    m->country = a->country;
    m->unit = a->unit;
    m->suspected = a->suspected;
}

static void settle_pronoun(settler *s, uint32_t index) {
    static const char *const relative[] = {"who", "whom", "which", "that"};
    static const char *const plural[] = {"they", "them", "their"};
    static const char *const person[] = {"he", "she", "him", "her", "his"};
    static const char *const speaker[] = {"we", "us", "our", "i", "me", "my"};
    gr_mention *m = &s->who->all.item[index];
    gr_slice key = s->who->key[m->head];
    m->properties |= GR_AMONG(key, plural) || GR_AMONG(key, person) ? GR_IS_PEOPLE : 0u;
    if (GR_AMONG(key, speaker)) return;  /* whoever speaks; the text around says who */
    if (GR_AMONG(key, relative)) return; /* resolved through the tree by the rules */
    wanted_antecedent want = {.plural = GR_AMONG(key, plural), .person = GR_AMONG(key, person)};
    want.group = !want.plural && !want.person;
    uint32_t found = find_antecedent(s, index, want);
    if (found != GR_NONE) stand_for(s, m, found);
}

static void map_places(settler *s) {
    s->place_of = gr_alloc_array(s->arena, s->text->token_count + 1, sizeof *s->place_of);
    for (uint32_t i = 0; i < s->text->token_count; i++) s->place_of[i] = GR_NONE;
    for (uint32_t p = 0; p < s->places->count; p++)
        for (uint32_t i = s->places->item[p].tok_begin; i < s->places->item[p].tok_end; i++)
            s->place_of[i] = p;
}

/* "Tal Afar", "Kurd Dagh": a people's name inside a place's is nobody. */
static void drop_parts_of_places(settler *s) {
    for (uint32_t i = 0; i < s->who->all.count; i++) {
        gr_mention *m = &s->who->all.item[i];
        uint32_t p = m->tok_begin < m->tok_end ? s->place_of[m->tok_begin] : GR_NONE;
        if (m->kind != GR_MENTION_CLASS || p == GR_NONE) continue;
        const gr_place_mention *place = &s->places->item[p];
        bool longer = place->tok_end - place->tok_begin > m->tok_end - m->tok_begin;
        if (longer && place->tok_end >= m->tok_end) m->tok_end = m->tok_begin;
    }
}

static int by_position(const void *a, const void *b) {
    const gr_mention *x = a, *y = b;
    if (x->tok_begin != y->tok_begin) return x->tok_begin < y->tok_begin ? -1 : 1;
    return x->tok_end > y->tok_end ? -1 : x->tok_end < y->tok_end; /* the longer first */
}

static void index_mentions(gr_who *who, uint32_t token_count) {
    for (uint32_t i = 0; i < token_count; i++) who->of_token[i] = GR_NONE;
    for (uint32_t m = 0; m < who->all.count; m++)
        for (uint32_t i = who->all.item[m].tok_begin; i < who->all.item[m].tok_end; i++)
            if (who->of_token[i] == GR_NONE) who->of_token[i] = m;
}

/* Without those that a longer name has swallowed or that mean nobody here. */
static void drop_empty(gr_who *who) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < who->all.count; i++)
        if (who->all.item[i].tok_begin < who->all.item[i].tok_end) who->all.item[kept++] = who->all.item[i];
    who->all.count = kept;
}

static void sort_mentions(gr_who *who) {
    drop_empty(who);
    if (who->all.count) qsort(who->all.item, who->all.count, sizeof *who->all.item, by_position);
}

void gr_settle_actors(gr_arena *arena, const gr_knowledge *know, const gr_gazetteer *gazetteer,
                      const gr_text *text, const gr_word *word, const gr_place_mentions *places,
                      gr_who *who) {
    settler s = {arena,  know, gazetteer, text,       word,
                 places, who,  NULL,      GR_NO_TYPE, {text, word, who->lemma, NULL}};
    map_places(&s);
    drop_parts_of_places(&s);
    sort_mentions(who);
    index_mentions(who, text->token_count);
    uint32_t *country_weight = gr_alloc_array(arena, know->country_count + 1, sizeof *country_weight);
    s.home = home_country(&s, country_weight);
    gr_choose_actors(arena, know, text, country_weight, who);
    drop_empty(who);
    index_mentions(who, text->token_count);
    for (uint32_t i = 0; i < who->all.count; i++) {
        gr_mention *m = &who->all.item[i];
        s.tree.sentence = &text->sentence[m->sentence];
        if (m->kind == GR_MENTION_CLASS) settle_class(&s, m);
        if (m->kind == GR_MENTION_NAME) settle_name(&s, m);
        if (m->kind == GR_MENTION_LISTED || m->kind == GR_MENTION_NAME) m->suspected = is_suspected(&s, m);
    }
    settle_brackets(&s);
    for (uint32_t i = 0; i < who->all.count; i++) {
        gr_mention *m = &who->all.item[i];
        s.tree.sentence = &text->sentence[m->sentence];
        if (m->kind == GR_MENTION_PRONOUN) settle_pronoun(&s, i);
        if (m->kind == GR_MENTION_CLASS && m->actor == GR_NO_ACTOR && is_definite_group(&s, m)) {
            wanted_antecedent want = {.group = true, .non_state = is_non_state_group(&s, m)};
            uint32_t found = find_antecedent(&s, i, want);
            if (found != GR_NONE) stand_for(&s, m, found);
        }
    }
}
