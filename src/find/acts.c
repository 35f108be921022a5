/* Which mentions are of somebody who acts here. */
#include "find/find_internal.h"

typedef struct reader {
    const gr_knowledge *know;
    const gr_text *text;
    const gr_word *word;
    const gr_who *who;
    gr_tree tree;
} reader;

/* "I", "we", "they": pronouns for people that say by themselves that somebody does or undergoes something;
 * "their" and "it" do not. */
static bool is_personal(const reader *r, const gr_mention *m) {
    static const char *const forms[] = {"i", "me", "we", "us", "he", "him", "she", "her", "they", "them"};
    return GR_AMONG(r->who->key[m->head], forms) && r->word[m->head].subrel != GR_SUB_POSS;
}

/* A hyphen right behind: "front-end", "UK-French". */
static bool is_hyphened(const reader *r, const gr_mention *m) {
    const gr_token *last = &r->text->token[m->tok_end - 1];
    return m->tok_end < r->tree.sentence->tok_end && !(last->flags & GR_TOKEN_SPACE_AFTER) &&
           gr_eq(r->text->token[m->tok_end].form, GR_S("-"));
}

/* Words for many that act as one. */
static bool is_collective(const reader *r, const gr_mention *m) {
    static const char *const words[] = {
        "group",  "militia",    "gang",      "movement", "organisation", "organization",
        "cartel", "faction",    "coalition", "alliance", "union",        "opposition",
        "family", "crew",       "community", "team",     "party",        "delegation",
        "mafia",  "insurgency", "council",   "agency",   "institution"};
    static const char *const kinds[] = {"state-military", "state-police", "government", "external"};
    return GR_AMONG(r->who->lemma[m->tok_end - 1], words) ||
           GR_AMONG(r->know->word_class[m->word_class].kind, kinds);
}

/* Does the noun tell of what kind something is ("refugee crisis", "front-end", "donor money"), or is it
 * spoken of and not counted ("a way of life")? Then nobody is meant. */
static bool only_tells_kind(const reader *r, const gr_mention *m) {
    static const char *const abstract[] = {"life", "death", "soul", "head", "mission", "front"};
    const gr_word *w = &r->word[m->head];
    if (w->upos == GR_PROPN) return false;
    if (GR_AMONG(r->tree.lemma[m->head], abstract) &&
        gr_child(&r->tree, m->head, GR_NUMMOD, GR_SUB_OTHER) == GR_NONE &&
        gr_child(&r->tree, m->head, GR_COMPOUND, GR_SUB_OTHER) ==
            GR_NONE) /* "the FARC front", "an aid mission" */
        return true;
    uint32_t first = gr_first_conjunct(&r->tree, m->head), over = r->word[first].head;
    uint8_t rel = r->word[first].rel;
    bool named = over != GR_NONE && r->word[over].upos == GR_PROPN; /* "her mother Ana Sy" */
    bool modifies = ((rel == GR_COMPOUND || rel == GR_AMOD) && !named) || is_hyphened(r, m);
    return modifies && !(w->feats & GR_PLUR) && !is_collective(r, m);
}

/* "visited Niger", "crossed Chad", "countries include Togo": where or which, not whom. */
static bool is_gone_to(gr_slice lemma) {
    static const char *const verbs[] = {"visit", "enter",  "leave",   "reach",  "cross", "tour",     "flee",
                                        "exit",  "travel", "include", "depart", "span",  "traverse", "near"};
    return GR_AMONG(lemma, verbs);
}

/* "U.S. aid", "UK troops": a country's abbreviation before a noun says whose, as "French" does. */
static bool is_short_adjective(const reader *r, const gr_mention *m) {
    gr_slice form = r->text->token[m->head].form;
    return r->word[m->head].rel == GR_COMPOUND && form.len < 6 && gr_all_upper(form) && !is_hyphened(r, m);
}

/* A country or a capital stands for its government where it does something, or something is done with it. */
static bool government_acts(const reader *r, const gr_mention *m) {
    static const char *const sides[] = {"with", "against", "between", "by"};
    if (is_short_adjective(r, m)) return true;
    uint32_t first = gr_first_conjunct(&r->tree, m->head), over = r->word[first].head;
    uint32_t with = gr_case_of(&r->tree, first);
    if (with != GR_NONE && GR_AMONG(r->who->key[with], sides)) return true;
    uint8_t rel = r->word[first].rel;
    if (rel == GR_OBJ) return over == GR_NONE || !is_gone_to(r->who->lemma[over]);
    return rel == GR_NSUBJ || rel == GR_IOBJ || r->word[first].subrel == GR_SUB_AGENT;
}

bool gr_acts(const gr_knowledge *know, const gr_text *text, const gr_word *word, const gr_who *who,
             const gr_mention *m) {
    reader r = {know, text, word, who, {text, word, who->lemma, &text->sentence[m->sentence]}};
    if (m->kind == GR_MENTION_PRONOUN) return is_personal(&r, m);
    if (m->kind == GR_MENTION_CLASS) return (m->properties & GR_IS_PEOPLE) && !only_tells_kind(&r, m);
    bool place = m->weak || (m->kind == GR_MENTION_COUNTRY && (m->properties & GR_IS_PLACE));
    return !place || government_acts(&r, m);
}
