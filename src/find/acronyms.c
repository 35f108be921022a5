/* Acronyms that a document defines for itself: "the Front for the Rebirth of X (FRX)". The text's own meaning
 * goes before that of the lists, here and wherever else the acronym stands in the document. */
#include "base/utf8.h"
#include "find/find_internal.h"
#include "know/blocks.h"

enum { LONGEST_ACRONYM_B = 16 };

typedef struct learner {
    gr_finder *f;
    gr_map meaning; /* acronym -> mention that it stands for */
} learner;

static bool is_acronym_form(gr_slice form) {
    unsigned letters = 0, lower = 0;
    if (form.len < 2 || form.len > LONGEST_ACRONYM_B) return false;
    for (size_t at = 0; at < form.len;) {
        uint32_t c = gr_utf8_next(form, &at);
        letters += gr_is_upper(c);
        lower += gr_is_lower(c);
    }
    return letters >= 2 && lower <= 1; /* "MoD", "FRXs" */
}

static bool token_is(const gr_text *text, uint32_t i, const char *form) {
    return i < text->token_count && gr_eq(text->token[i].form, gr_slice_of(form));
}

/* Every letter of the acronym begins a word of the name, in order; French order differs from English, so two
 * in three suffice. */
static bool initials_agree(const learner *l, uint32_t begin, uint32_t end, gr_slice acronym) {
    gr_slice key = gr_words_key(l->f->arena, acronym);
    size_t letters = 0, found = 0;
    bool used[64] = {false};
    for (size_t at = 0; at < key.len; at++) {
        if (key.ptr[at] == ' ' || (key.ptr[at] >= '0' && key.ptr[at] <= '9')) continue;
        letters++;
        for (uint32_t i = begin; i < end && i < begin + 64; i++) {
            gr_slice word = l->f->who->key[i];
            if (used[i - begin] || !word.len || word.ptr[0] != key.ptr[at]) continue;
            used[i - begin] = true;
            found++;
            break;
        }
    }
    return letters >= 2 && found * 3 >= letters * 2;
}

static bool listed_as(const learner *l, gr_slice form, uint32_t actor) {
    for (const gr_sense *s = gr_senses_of(l->f->know, gr_words_key(l->f->arena, form)); s; s = s->next)
        if (s->kind == GR_SENSE_ACTOR && s->index == actor) return true;
    return false;
}

/* The token of an acronym in brackets at token `behind`, or GR_NONE. */
static uint32_t bracketed_acronym(const learner *l, uint32_t behind) {
    uint32_t at = behind;
    if (!token_is(l->f->text, at, "(")) return GR_NONE;
    at++;
    while (
        at < l->f->text->token_count && at < behind + 3 &&
        (token_is(l->f->text, at, "\"") || token_is(l->f->text, at, "the") || token_is(l->f->text, at, "or")))
        at++;
    if (at + 1 >= l->f->text->token_count || !is_acronym_form(l->f->text->token[at].form)) return GR_NONE;
    bool closed = token_is(l->f->text, at + 1, ")") || token_is(l->f->text, at + 1, ",") ||
                  token_is(l->f->text, at + 1, "\"") || token_is(l->f->text, at + 1, ";");
    return closed ? at : GR_NONE;
}

/* The head word of an organisation's name among begin..end, or GR_NO_CLASS. */
static uint32_t head_word(const learner *l, uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; i++) {
        uint32_t class = gr_class_of_words(l->f, i, i + 1, GR_OF_NAME);
        if (class == GR_NO_CLASS) continue;
        gr_slice family = l->f->know->word_class[class].family;
        if (!family.len || gr_eq(family, GR_S("armed"))) return class;
    }
    return GR_NO_CLASS;
}

static bool all_free_or_common(const learner *l, uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; i++) {
        const gr_mention *m = gr_mention_of(l->f->who, i);
        if (m && (m->kind == GR_MENTION_LISTED || m->kind == GR_MENTION_NAME || m->kind == GR_MENTION_PERSON))
            return false;
    }
    return true;
}

/* Does every longer word begin with a capital? */
static bool in_capitals(const learner *l, uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; i++)
        if (l->f->who->key[i].len > 3 && !gr_starts_upper(l->f->text->token[i].form)) return false;
    return gr_starts_upper(l->f->text->token[begin].form);
}

/* "THE POPULAR FRONT OF THE VALLEY (FPV)": among capitals, and in small letters, the acronym behind them
 * tells that these words are a name. It begins behind the first "the" that makes the initials agree. */
static void name_before(learner *l, uint32_t bracket) {
    uint32_t first = l->f->sentence->tok_begin, at = bracketed_acronym(l, bracket);
    if (at == GR_NONE || bracket < first + 2) return;
    for (uint32_t begin = bracket > first + 12 ? bracket - 12 : first; begin + 2 <= bracket; begin++) {
        bool behind_article = begin == first || gr_eq(l->f->who->key[begin - 1], GR_S("the"));
        if (!behind_article || gr_eq(l->f->who->key[begin], GR_S("the"))) continue;
        uint32_t class = head_word(l, begin, bracket);
        if (class == GR_NO_CLASS || !all_free_or_common(l, begin, bracket)) continue;
        if (!l->f->sentence->all_capitals && !in_capitals(l, begin, bracket)) continue;
        if (!initials_agree(l, begin, bracket, l->f->text->token[at].form)) continue;
        gr_swallow(l->f->who, begin, bracket);
        gr_add_organisation(l->f, begin, bracket, class);
        return;
    }
}

/* The initials of an unlisted name's capitalised words, where there are three or more ("CPA"), else empty. */
static gr_slice full_initials(const learner *l, const gr_mention *m) {
    char initials[16];
    size_t n = 0;
    for (uint32_t i = m->tok_begin; i < m->tok_end && n < sizeof initials; i++) {
        gr_slice form = l->f->text->token[i].form;
        if (form.len && form.ptr[0] >= 'A' && form.ptr[0] <= 'Z') initials[n++] = form.ptr[0];
    }
    return n < 3 ? (gr_slice){NULL, 0} : gr_copy(l->f->arena, (gr_slice){initials, n});
}

/* "the Coalition for Peace in Arda ... CPA": the same without brackets, where no initial is missing. */
static void learn_initials(learner *l) {
    for (uint32_t i = 0; i < l->f->who->all.count; i++) {
        const gr_mention *m = &l->f->who->all.item[i];
        if (m->kind != GR_MENTION_NAME || m->tok_end < m->tok_begin + 3) continue;
        gr_slice acronym = full_initials(l, m);
        if (acronym.len && gr_map_get(&l->meaning, acronym) == GR_MAP_NONE)
            gr_map_set(l->f->arena, &l->meaning, acronym, i);
    }
}

static void learn(learner *l) {
    for (uint32_t i = 0; i < l->f->who->all.count; i++) {
        const gr_mention *m = &l->f->who->all.item[i];
        if (m->kind != GR_MENTION_NAME && m->kind != GR_MENTION_LISTED) continue;
        uint32_t at = bracketed_acronym(l, m->tok_end);
        if (at == GR_NONE || m->weak) continue;
        gr_slice acronym = l->f->text->token[at].form;
        if (m->kind == GR_MENTION_LISTED && listed_as(l, acronym, m->actor)) continue;
        if (initials_agree(l, m->tok_begin, m->tok_end, acronym) &&
            gr_map_get(&l->meaning, acronym) == GR_MAP_NONE)
            gr_map_set(l->f->arena, &l->meaning, acronym, i);
    }
}

/* The acronym's tokens take over what the name stands for. Where the lists know the acronym and the name not,
 * the name is another wording of the listed actor's ("Union for Peace in X (UPX)"), if only one actor bears
 * it. */
static void give_meaning(learner *l, uint32_t token, uint32_t sentence, uint32_t meaning, bool *taken) {
    gr_mention of = l->f->who->all.item[meaning];
    if (token >= of.tok_begin && token < of.tok_end) return;
    of.tok_begin = token;
    of.tok_end = token + 1;
    of.head = token;
    of.sentence = sentence;
    uint32_t here = l->f->who->of_token[token];
    if (here == GR_NONE)
        gr_add_mention(l->f->arena, l->f->who, of);
    else if (l->f->who->all.item[here].tok_begin == token && l->f->who->all.item[here].tok_end == token + 1)
        l->f->who->all.item[here] = of;
    taken[token] = true;
}

static bool one_listed_actor(const learner *l, gr_slice acronym, uint32_t *actor) {
    unsigned count = 0;
    for (const gr_sense *s = gr_senses_of(l->f->know, gr_words_key(l->f->arena, acronym)); s; s = s->next)
        if (s->kind == GR_SENSE_ACTOR && !s->weak) {
            *actor = s->index;
            count++;
        }
    return count == 1;
}

static void name_after_list(learner *l) {
    for (uint32_t i = 0; i < l->meaning.count; i++) {
        gr_mention *m = &l->f->who->all.item[l->meaning.item[i].value];
        uint32_t actor;
        if (m->kind != GR_MENTION_NAME || m->actor != GR_NO_ACTOR || l->meaning.item[i].key.len < 4 ||
            !one_listed_actor(l, l->meaning.item[i].key, &actor))
            continue;
        m->kind = GR_MENTION_LISTED;
        m->actor = actor;
        m->id = l->f->know->actor[actor].id;
        m->name = l->f->know->actor[actor].name;
        m->actor_kind = l->f->know->actor[actor].kind;
        m->properties = gr_kind_properties(m->actor_kind);
    }
}

static void set_sentence(gr_finder *f, uint32_t s) {
    f->sentence = f->tree.sentence = &f->text->sentence[s];
    f->sentence_index = s;
}

/* "the Commission": a head word of names by itself, with a capital and an article, that nothing goes on. */
static bool is_short_name(const gr_finder *f, uint32_t i) {
    static const char *const onward[] = {"of", "for", "on", "against"};
    if (i <= f->sentence->tok_begin || !gr_eq(f->who->key[i - 1], GR_S("the"))) return false;
    gr_slice form = f->text->token[i].form;
    if (!gr_starts_upper(form) || gr_all_upper(form) ||
        gr_class_of_words(f, i, i + 1, GR_OF_NAME) == GR_NO_CLASS)
        return false;
    const gr_mention *m = gr_mention_of(f->who, i);
    if (m && (m->kind != GR_MENTION_CLASS || m->tok_begin != i || m->tok_end != i + 1)) return false;
    if (i + 1 >= f->sentence->tok_end) return true;
    bool tight = !(f->text->token[i].flags & GR_TOKEN_SPACE_AFTER) && !f->who->key[i + 1].len &&
                 gr_eq(f->text->token[i + 1].form, GR_S("-"));
    return !tight && !gr_starts_upper(f->text->token[i + 1].form) && !GR_AMONG(f->who->key[i + 1], onward);
}

/* Does the mention name an organisation, with this word among its words? */
static bool is_full_name_with(const gr_finder *f, const gr_mention *m, gr_slice key) {
    if ((m->kind != GR_MENTION_NAME && m->kind != GR_MENTION_LISTED) || m->weak ||
        m->tok_end < m->tok_begin + 2)
        return false;
    for (uint32_t i = m->tok_begin; i < m->tok_end; i++)
        if (gr_eq(f->who->key[i], key) && gr_starts_upper(f->text->token[i].form)) return true;
    return false;
}

/* "the Commission on Land and Water ... the Commission": the nearest before it that bears the word. */
static void mean_full_name(learner *l, uint32_t i, uint32_t sentence) {
    uint32_t best = GR_NONE;
    for (uint32_t k = 0; k < l->f->who->all.count; k++) {
        const gr_mention *m = &l->f->who->all.item[k];
        if (m->tok_end > i || !is_full_name_with(l->f, m, l->f->who->key[i])) continue;
        if (best == GR_NONE || m->tok_begin > l->f->who->all.item[best].tok_begin) best = k;
    }
    if (best != GR_NONE) give_meaning(l, i, sentence, best, l->f->taken);
}

static void find_short_names(learner *l, const bool *wanted) {
    const gr_text *text = l->f->text;
    for (uint32_t s = 0; s < text->sentence_count; s++) {
        if ((wanted && !wanted[s]) || text->sentence[s].all_capitals) continue;
        set_sentence(l->f, s);
        for (uint32_t i = l->f->sentence->tok_begin; i < l->f->sentence->tok_end; i++)
            if (is_short_name(l->f, i)) mean_full_name(l, i, s);
    }
}

void gr_learn_acronyms(gr_finder *f, const bool *wanted) {
    learner l = {.f = f};
    const gr_text *text = f->text;
    for (uint32_t s = 0; s < text->sentence_count; s++) {
        if (wanted && !wanted[s]) continue;
        set_sentence(f, s);
        for (uint32_t i = f->sentence->tok_begin; i < f->sentence->tok_end; i++)
            if (token_is(text, i, "(")) name_before(&l, i);
    }
    learn(&l);
    name_after_list(&l);
    learn_initials(&l);
    find_short_names(&l, wanted);
    if (!l.meaning.count) return;
    for (uint32_t s = 0; s < text->sentence_count; s++) {
        if (wanted && !wanted[s]) continue;
        for (uint32_t i = text->sentence[s].tok_begin; i < text->sentence[s].tok_end; i++) {
            uint32_t meaning = gr_map_get(&l.meaning, text->token[i].form);
            if (meaning != GR_MAP_NONE) give_meaning(&l, i, s, meaning, f->taken);
        }
    }
}
