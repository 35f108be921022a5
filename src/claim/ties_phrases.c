/* What a noun phrase tells of the things beside it: what it is part of, who leads or serves whom, what is an
 * example of what. */
#include "claim/ties_internal.h"

static bool is_acting(const gr_thing *thing) {
    return (thing->kinds & (GR_THING_BODY | GR_THING_PERSON | GR_THING_ARMS)) != 0;
}

/* "fighters from the 5th Brigade", "the Arab wing of the front": part of what the phrase names. */
static void tie_part(gr_tying *t, uint32_t whole) {
    const gr_clause *c = t->c;
    const gr_thing *it = &t->out->thing.item[whole];
    uint32_t up = c->in->word[it->head].head, cue = gr_case_of(&c->tree, it->head);
    if (up == GR_NONE || cue == GR_NONE || (it->kinds & (GR_THING_PLACE | GR_THING_PERSON))) return;
    bool of = gr_is_lemma(&c->tree, cue, "of"), from = gr_is_lemma(&c->tree, cue, "from");
    uint32_t part = from ? gr_thing_before(t, cue) : GR_NONE;
    if (part == GR_NONE && (of || from) && c->in->word[it->head].rel == GR_NMOD)
        part = gr_thing_headed(t, up, GR_THING_PERSON | GR_THING_BODY | GR_THING_ARMS);
    if (part == GR_NONE || !is_acting(&t->out->thing.item[part])) return;
    if (gr_in_class(c, t->out->thing.item[part].head, "kin-word")) return;
    gr_tie_add(t, GR_TIE_BELONGS, part, whole, cue, GR_S("en.belongs.phrase"));
}

/* --- office-holders ------------------------------------------------------------------------------ */

/* Whom a noun of office names: "X, commander of Y", "the commander, X", "Commander X". */
static uint32_t holder_of(const gr_tying *t, uint32_t noun, unsigned kinds) {
    const gr_clause *c = t->c;
    uint32_t up = c->in->word[noun].head, holder = GR_NONE;
    uint8_t rel = c->in->word[noun].rel;
    bool title = (rel == GR_COMPOUND || rel == GR_FLAT || rel == GR_NMOD) &&
                 gr_case_of(&c->tree, noun) == GR_NONE && c->in->word[noun].subrel != GR_SUB_POSS &&
                 noun < up;
    bool beside = rel == GR_APPOS || title;
    if (up != GR_NONE && beside) holder = gr_thing_named(t, up, kinds);
    uint32_t name = gr_child(&c->tree, noun, GR_APPOS, GR_SUB_OTHER);
    if (holder == GR_NONE && name != GR_NONE) holder = gr_thing_named(t, name, kinds);
    if (holder == GR_NONE && gr_child(&c->tree, noun, GR_COP, GR_SUB_OTHER) != GR_NONE)
        holder = gr_thing_named(t, gr_surface_subject(c, noun), kinds);
    if (holder == GR_NONE && up != GR_NONE && gr_is_lemma(&c->tree, gr_case_of(&c->tree, noun), "as")) {
        gr_fillers row = {.count = 0}; /* "X served as commander of Y", "appointed X as ..." */
        gr_objects(c, up, &row);
        if (!row.count) gr_subjects(c, up, &row);
        if (row.count) holder = gr_thing_named(t, row.token[0], kinds);
    }
    return holder != GR_NONE ? holder : gr_thing_headed(t, noun, kinds);
}

/* The thing that stands right behind the noun and one of these words, however it is parsed. */
static uint32_t thing_behind(const gr_tying *t, uint32_t noun, unsigned kinds) {
    static const char *const words[] = {"of", "for", "in", "at", "with", "from", ""};
    if (noun + 1 >= t->c->tree.sentence->tok_end || !GR_AMONG(t->c->in->who->key[noun + 1], words))
        return GR_NONE;
    for (uint32_t i = t->first; i < t->end; i++) {
        const gr_thing *thing = &t->out->thing.item[i];
        uint32_t begin = thing->tok_begin;
        if (begin == noun + 3 && t->c->in->word[noun + 2].rel == GR_DETREL) begin--;
        if (begin == noun + 2 && thing->kinds & kinds && !(thing->kinds & GR_THING_PERSON)) return i;
    }
    return GR_NONE;
}

/* What the office is of: "commander of Y", "the Y commander", "commander, Y". */
static uint32_t body_of(const gr_tying *t, uint32_t noun, unsigned kinds) {
    static const char *const cases[] = {"of", "for", "in", "at", "with", "from"};
    uint32_t body = gr_owner_of(t, noun, kinds);
    for (size_t i = 0; body == GR_NONE && i < sizeof cases / sizeof *cases; i++) {
        gr_fillers row = {.count = 0};
        gr_path_fillers(t->c, noun, &(gr_path){GR_PATH_PREP, gr_slice_of(cases[i])}, &row);
        for (uint32_t k = 0; body == GR_NONE && k < row.count; k++)
            body = gr_thing_named(t, row.token[k], kinds);
    }
    if (body == GR_NONE) body = thing_behind(t, noun, kinds);
    bool pronoun = body != GR_NONE && t->c->in->word[t->out->thing.item[body].head].upos == GR_PRON;
    return pronoun ? GR_NONE : body; /* "his deputy" tells of no body */
}

static void tie_office(gr_tying *t, uint32_t noun) {
    bool leads = gr_in_class(t->c, noun, "leader-word");
    if (!leads && !gr_in_class(t->c, noun, "member-word")) return;
    unsigned kinds = GR_THING_PERSON | (leads ? 0u : (unsigned)GR_THING_BODY);
    uint32_t holder = holder_of(t, noun, kinds);
    if (holder == GR_NONE) return;
    uint32_t body = body_of(t, noun, GR_THING_BODY | (leads ? (unsigned)GR_THING_STATE : 0u));
    gr_slice rule = leads ? GR_S("en.leads.office") : GR_S("en.belongs.office");
    gr_tie_kind kind = leads ? GR_TIE_LEADS : GR_TIE_BELONGS;
    gr_tie_add(t, kind, holder, body, noun, rule);
    if (leads || gr_child(&t->c->tree, noun, GR_COP, GR_SUB_OTHER) == GR_NONE) return;
    uint32_t first = t->out->thing.item[holder].head; /* "X and Y are members of Z" */
    for (uint32_t i = t->first; i < t->end; i++) {
        uint32_t head = t->out->thing.item[i].head;
        if (head != first && head < noun && gr_first_conjunct(&t->c->tree, head) == first)
            gr_tie_add(t, kind, gr_thing_named(t, head, kinds), body, noun, rule);
    }
}

/* --- examples ------------------------------------------------------------------------------------ */

/* "including", "such as", "especially": returns the token behind it, or GR_NONE. */
static uint32_t behind_example_word(const gr_clause *c, uint32_t token) {
    static const char *const words[] = {"including",    "especially", "notably",
                                        "particularly", "namely",     "like"};
    if (GR_AMONG(c->in->who->key[token], words)) return token + 1;
    bool such = gr_is_lemma(&c->tree, token, "such") && token + 1 < c->tree.sentence->tok_end &&
                gr_is_lemma(&c->tree, token + 1, "as");
    return such ? token + 2 : GR_NONE;
}

static bool is_mark(const gr_clause *c, uint32_t token) {
    return token >= c->tree.sentence->tok_begin && c->in->word[token].upos == GR_PUNCT;
}

/* "groups such as X and Y", "the region, including Z": X and Y belong to the groups, Z lies in the region. */
static void tie_examples(gr_tying *t, uint32_t token) {
    const gr_clause *c = t->c;
    uint32_t from = behind_example_word(c, token);
    if (from == GR_NONE || token == c->tree.sentence->tok_begin) return;
    uint32_t whole = gr_thing_before(t, is_mark(c, token - 1) ? token - 1 : token);
    if (whole == GR_NONE) return;
    unsigned kinds = t->out->thing.item[whole].kinds;
    for (uint32_t i = t->first; i < t->end; i++) {
        const gr_thing *thing = &t->out->thing.item[i];
        uint32_t first = gr_first_conjunct(&c->tree, thing->head);
        bool named = thing->tok_begin == from ||
                     (first >= from && first < thing->head && gr_first_conjunct(&c->tree, first) == first);
        if (!named || gr_thing_headed(t, thing->head, GR_THING_ANY) != i || thing->tok_begin < from) continue;
        if (kinds & GR_THING_BODY && thing->kinds & (GR_THING_BODY | GR_THING_PERSON | GR_THING_STATE))
            gr_tie_add(t, GR_TIE_BELONGS, i, whole, token, GR_S("en.belongs.example"));
        else if (kinds & thing->kinds & GR_THING_PLACE)
            gr_tie_add(t, GR_TIE_LOCATED, i, whole, token, GR_S("en.located.example"));
    }
}

void gr_tie_phrases(gr_tying *t) {
    const gr_sentence *sentence = t->c->tree.sentence;
    for (uint32_t i = t->first; i < t->end; i++) {
        const gr_thing *thing = &t->out->thing.item[i];
        if (thing->kinds & GR_THING_BODY && gr_thing_headed(t, thing->head, GR_THING_ANY) == i)
            tie_part(t, i);
    }
    for (uint32_t i = sentence->tok_begin; i < sentence->tok_end; i++) {
        tie_office(t, i);
        tie_examples(t, i);
    }
}
