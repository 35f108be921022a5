#include "find/small_words.h"

#include "know/blocks.h"

/* Auxiliaries and modal verbs in the conditional: what is hearsay hangs on them. */
static const struct {
    const char *form, *lemma;
} conditionals[] = {
    {"aurait", "have"},         {"auraient", "have"},         {"serait", "be"},
    {"seraient", "be"},         {"pourrait", "pouvoir"},      {"pourraient", "pouvoir"},
    {"devrait", "devoir"},      {"devraient", "devoir"},      {"ferait", "faire"},
    {"feraient", "faire"},      {"viendrait", "venir"},       {"viendraient", "venir"},
    {"tiendrait", "tenir"},     {"tiendraient", "tenir"},     {"voudrait", "vouloir"},
    {"voudraient", "vouloir"},  {"irait", "aller"},           {"iraient", "aller"},
    {"detiendrait", "detenir"}, {"detiendraient", "detenir"},
};

static void read_conditional(gr_word *word, gr_slice key) {
    if (word->upos != GR_AUX && word->upos != GR_VERB) return;
    for (size_t i = 0; i < sizeof conditionals / sizeof *conditionals; i++) {
        if (!gr_eq(key, gr_slice_of(conditionals[i].form))) continue;
        word->lemma = gr_slice_of(conditionals[i].lemma);
        word->feats = (word->feats & ~(uint32_t)(GR_PAST | GR_PRES | GR_FUT)) | GR_COND | GR_FIN;
    }
}

/* "sont tombés", "se sont emparés": the auxiliary of the past, not of the passive. */
static bool makes_past(const gr_word *word) {
    return word->rel == GR_AUXREL && word->subrel != GR_SUB_PASS;
}

static void name_word(gr_arena *arena, const gr_knowledge *know, gr_slice form, gr_word *word) {
    gr_slice key = gr_words_key(arena, form);
    read_conditional(word, key);
    const char *upos =
        word->rel == GR_MARK && word->upos == GR_ADP ? "MARK" : gr_upos_name((gr_upos)word->upos);
    gr_slice name = gr_function_name(know, key, upos);
    if (!name.len) name = gr_function_name(know, gr_words_key(arena, word->lemma), upos);
    if (name.len) word->lemma = name;
    if (gr_is(word->lemma, "be") && makes_past(word)) word->lemma = GR_S("have");
}

/* Verbs whose past is made with "être": what looks like a passive is none. */
static bool moves_with_be(gr_slice lemma) {
    static const char *const verbs[] = {
        "tomber",     "aller",   "venir",     "mourir",  "décéder",   "partir",     "arriver",  "entrer",
        "sortir",     "naître",  "rester",    "devenir", "revenir",   "passer",     "parvenir", "survenir",
        "intervenir", "rentrer", "retourner", "monter",  "descendre", "apparaître", "repartir"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (gr_is(lemma, verbs[i])) return true;
    return false;
}

static void make_active(const gr_sentence *s, uint32_t verb, gr_word *word) {
    for (uint32_t i = s->tok_begin; i < s->tok_end; i++) {
        if (word[i].head != verb || word[i].subrel != GR_SUB_PASS) continue;
        word[i].subrel = GR_SUB_NONE;
        if (word[i].rel == GR_AUXREL && gr_is(word[i].lemma, "be")) word[i].lemma = GR_S("have");
    }
}

/* "plus de 100 soldats", "près de 3 000 personnes": the noun takes the place of the word before the number,
 * which then hangs on it. */
static void lift_counted(const gr_text *text, const gr_sentence *s, uint32_t i, gr_word *word) {
    static const char *const before[] = {"plus", "moins", "près", "autour", "au-delà"};
    bool fits = false;
    gr_slice form = text->token[i].form;
    for (size_t k = 0; k < sizeof before / sizeof *before; k++)
        fits = fits || (form.len == strlen(before[k]) && (form.ptr[0] | 32) == before[k][0] &&
                        memcmp(form.ptr + 1, before[k] + 1, form.len - 1) == 0);
    if (!fits || i + 2 >= s->tok_end || !gr_is(word[i + 1].lemma, "of")) return;
    uint32_t number = i + 2, noun = number;
    bool counts = word[number].upos == GR_NUM || gr_is(word[number].lemma, "a");
    if (!counts) return;
    if (word[number].head != GR_NONE && word[number].head > number && word[number].head < s->tok_end &&
        (word[number].rel == GR_NUMMOD || word[number].rel == GR_DETREL))
        noun = word[number].head;
    if (word[noun].head == i) {
        word[noun].head = word[i].head;
        word[noun].rel = word[i].rel;
        word[noun].subrel = word[i].subrel;
        uint32_t up = word[noun].head;
        bool before_verb =
            up != GR_NONE && up > noun && word[up].upos == GR_VERB && word[noun].rel == GR_ADVMOD;
        if (before_verb) word[noun].rel = GR_NSUBJ;
        bool behind_verb = up != GR_NONE && up < i && word[up].upos == GR_VERB && word[noun].rel == GR_ADVMOD;
        if (behind_verb) word[noun].rel = GR_OBJ;
        for (uint32_t k = s->tok_begin; before_verb && k < s->tok_end; k++)
            if (word[k].head == up && word[k].rel == GR_AUXREL && word[k].subrel == GR_SUB_PASS)
                word[noun].subrel = GR_SUB_PASS;
        for (uint32_t k = s->tok_begin; k < s->tok_end; k++)
            if (word[k].head == i && k != i + 1) word[k].head = noun;
    }
    word[i].head = noun;
    word[i].rel = GR_ADVMOD;
    word[i].subrel = GR_SUB_NONE;
    word[i + 1].head = i;
    word[i + 1].rel = GR_FIXED;
}

/* "entre l'armée et le M23 ont éclaté": the second side goes with the first. */
static void join_sides(const gr_sentence *s, uint32_t between, gr_word *word) {
    uint32_t first = word[between].head, at = between + 1;
    if (!gr_is(word[between].lemma, "between") || first == GR_NONE || first <= between || first >= s->tok_end)
        return;
    while (at < s->tok_end && at < between + 16 && word[at].upos != GR_CCONJ && word[at].upos != GR_VERB)
        at++;
    if (at >= s->tok_end || !gr_is(word[at].lemma, "and")) return;
    uint32_t second = at + 1;
    while (second < s->tok_end && (word[second].upos == GR_DET || word[second].upos == GR_NUM)) second++;
    if (second >= s->tok_end || (word[second].upos != GR_NOUN && word[second].upos != GR_PROPN)) return;
    word[second].head = first;
    word[second].rel = GR_CONJ;
    word[second].subrel = GR_SUB_NONE;
    word[at].head = second;
    word[at].rel = GR_CC;
}

static bool has_child(const gr_sentence *s, const gr_word *word, uint32_t head, gr_rel rel) {
    for (uint32_t i = s->tok_begin; i < s->tok_end; i++)
        if (word[i].head == head && word[i].rel == rel) return true;
    return false;
}

/* "Au moins treize personnes ... ont été tuées": a counted noun without preposition before a verb that has no
 * subject is its subject. */
static void find_subject(const gr_sentence *s, uint32_t noun, gr_word *word) {
    static const char *const times[] = {"lundi",  "mardi",    "mercredi", "jeudi",     "vendredi",
                                        "samedi", "dimanche", "jour",     "nuit",      "matin",
                                        "soir",   "semaine",  "mois",     "an",        "année",
                                        "fois",   "heure",    "minute",   "kilomètre", "km"};
    uint32_t verb = word[noun].head;
    if (word[noun].rel != GR_OBL || word[noun].upos != GR_NOUN || verb == GR_NONE || verb < noun) return;
    if (word[verb].upos != GR_VERB || has_child(s, word, noun, GR_CASE) || has_child(s, word, verb, GR_NSUBJ))
        return;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        if (gr_is(word[noun].lemma, times[i])) return;
    if (!has_child(s, word, noun, GR_NUMMOD)) return;
    word[noun].rel = GR_NSUBJ;
    word[noun].subrel = GR_SUB_NONE;
    for (uint32_t k = s->tok_begin; k < s->tok_end; k++)
        if (word[k].head == verb && word[k].rel == GR_AUXREL && word[k].subrel == GR_SUB_PASS)
            word[noun].subrel = GR_SUB_PASS;
}

static bool is_weekday(gr_slice lemma) {
    static const char *const days[] = {"lundi",    "mardi",  "mercredi", "jeudi",
                                       "vendredi", "samedi", "dimanche", "hier"};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        if (gr_is(lemma, days[i])) return true;
    return false;
}

/* "ont renversé mercredi le président": the day is when, not whom. */
static void free_day(uint32_t i, gr_word *word) {
    uint8_t rel = word[i].rel;
    if ((rel == GR_OBJ || rel == GR_XCOMP || rel == GR_NSUBJ) && is_weekday(word[i].lemma)) {
        word[i].rel = GR_OBL;
        word[i].subrel = GR_SUB_TMOD;
    }
}

/* "ont suspendu les institutions, fermé les frontières": the second participle goes on with the first. */
static void go_on(const gr_text *text, const gr_sentence *s, uint32_t i, gr_word *word) {
    if (word[i].rel != GR_ACL || i == s->tok_begin || !gr_eq(text->token[i - 1].form, GR_S(","))) return;
    uint32_t noun = word[i].head, verb = noun != GR_NONE ? word[noun].head : GR_NONE;
    if (verb == GR_NONE || word[noun].rel != GR_OBJ || word[verb].upos != GR_VERB) return;
    if (!has_child(s, word, i, GR_OBJ) || !has_child(s, word, verb, GR_AUXREL)) return;
    word[i].head = verb;
    word[i].rel = GR_CONJ;
    word[i].subrel = GR_SUB_NONE;
}

static bool tells(gr_arena *arena, const gr_knowledge *know, gr_slice lemma) {
    for (const gr_sense *s = gr_senses_of(know, gr_words_key(arena, lemma)); s; s = s->next) {
        if (s->kind != GR_SENSE_CLASS) continue;
        gr_slice name = know->word_class[s->index].name;
        if (gr_eq(name, GR_S("say-verb")) || gr_eq(name, GR_S("claim-verb"))) return true;
    }
    return false;
}

/* "..., a annoncé samedi le gouvernement": who says it stands behind the verb. */
static void find_speaker(gr_arena *arena, const gr_knowledge *know, const gr_text *text, const gr_sentence *s,
                         uint32_t verb, gr_word *word) {
    uint32_t at = verb, top = s->tok_begin;
    if (word[verb].upos != GR_VERB || word[verb].head == GR_NONE || has_child(s, word, verb, GR_NSUBJ))
        return;
    while (at > s->tok_begin && word[at - 1].head == verb && word[at - 1].rel != GR_PUNCTREL) at--;
    if (at == verb || at == s->tok_begin || !gr_eq(text->token[at - 1].form, GR_S(","))) return;
    if (!tells(arena, know, word[verb].lemma)) return;
    while (top < s->tok_end && word[top].head != GR_NONE) top++;
    uint32_t speaker = verb + 1;
    while (speaker < s->tok_end && !(word[speaker].head == verb && word[speaker].rel == GR_OBJ)) speaker++;
    if (speaker >= s->tok_end || top >= at) return;
    word[speaker].rel = GR_NSUBJ;
    word[speaker].subrel = GR_SUB_NONE;
    for (uint32_t k = s->tok_begin; k < at; k++)
        if (word[k].head == verb) word[k].head = top;
    word[verb].head = top;
    word[verb].rel = GR_PARATAXIS;
    word[verb].subrel = GR_SUB_NONE;
}

static void mend(gr_arena *arena, const gr_knowledge *know, const gr_text *text, const gr_sentence *s,
                 gr_word *word) {
    for (uint32_t i = s->tok_begin; i < s->tok_end; i++) {
        if (word[i].upos == GR_VERB && moves_with_be(word[i].lemma)) make_active(s, i, word);
        lift_counted(text, s, i, word);
        join_sides(s, i, word);
        find_subject(s, i, word);
        free_day(i, word);
        go_on(text, s, i, word);
        find_speaker(arena, know, text, s, i, word);
    }
}

void gr_name_small_words(gr_arena *arena, const gr_knowledge *know, const gr_text *text, const bool *wanted,
                         gr_word *word) {
    if (!know->function_count) return;
    for (uint32_t s = 0; s < text->sentence_count; s++) {
        if (!wanted[s]) continue;
        for (uint32_t i = text->sentence[s].tok_begin; i < text->sentence[s].tok_end; i++)
            name_word(arena, know, text->token[i].form, &word[i]);
        mend(arena, know, text, &text->sentence[s], word);
    }
}
