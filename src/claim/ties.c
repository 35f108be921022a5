#include "claim/ties.h"

#include "claim/ties_internal.h"

/* --- the things of a sentence ------------------------------------------------------------------- */

/* The token that the phrase hangs on the rest of the sentence by; of several the first noun. */
static uint32_t head_of(const gr_claim_input *in, uint32_t begin, uint32_t end) {
    uint32_t first = GR_NONE;
    for (uint32_t i = begin; i < end; i++) {
        uint32_t up = in->word[i].head;
        if (up != GR_NONE && up >= begin && up < end) continue;
        uint8_t upos = in->word[i].upos;
        if (upos == GR_NOUN || upos == GR_PROPN || upos == GR_PRON) return i;
        if (first == GR_NONE && upos != GR_PUNCT && upos != GR_DET) first = i;
    }
    return first == GR_NONE ? begin : first;
}

static bool names_country(gr_arena *arena, const gr_claim_input *in, const gr_thing *thing) {
    uint32_t begin = thing->tok_begin;
    if (in->word[begin].rel == GR_DETREL && begin + 1 < thing->tok_end) begin++;
    gr_span span = gr_span_of(in->text, begin, thing->tok_end);
    gr_slice key = gr_words_key(arena, gr_sub(in->text->bytes, span.begin_b, span.end_b));
    for (const gr_sense *s = gr_senses_of(in->know, key); s; s = s->next)
        if (s->kind == GR_SENSE_COUNTRY) return true;
    return false;
}

static void add_thing(gr_arena *arena, const gr_claim_input *in, gr_thing thing, gr_ties *out) {
    thing.head = head_of(in, thing.tok_begin, thing.tok_end);
    if ((thing.kinds & GR_THING_PLACE) && names_country(arena, in, &thing)) thing.kinds |= GR_THING_STATE;
    gr_push(arena, &out->thing, thing);
}

/* More than half of the token lies in the span: mentions found by others may end inside a word. */
static bool mostly_in(const gr_token *token, gr_span span) {
    uint32_t end = token->off_b + token->len_b;
    uint32_t from = token->off_b > span.begin_b ? token->off_b : span.begin_b;
    uint32_t to = end < span.end_b ? end : span.end_b;
    return from < to && 2 * (to - from) > token->len_b;
}

/* Things given, but "on Jan. 5" names nobody. */
static void take_given(gr_arena *arena, const gr_claim_input *in, const gr_clause *c,
                       const gr_given_thing *given, uint32_t count, gr_ties *out) {
    const gr_sentence *sentence = c->tree.sentence;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t begin = sentence->tok_begin;
        while (begin < sentence->tok_end && !mostly_in(&in->text->token[begin], given[i].span)) begin++;
        uint32_t end = begin;
        while (end < sentence->tok_end && mostly_in(&in->text->token[end], given[i].span)) end++;
        gr_thing thing = {
            .tok_begin = begin, .tok_end = end, .sentence = c->sentence, .kinds = given[i].kinds, .given = i};
        if (begin < end && !gr_is_in_time(c, thing.tok_begin, thing.tok_end))
            add_thing(arena, in, thing, out);
    }
}

static unsigned kinds_of(const gr_mention *m) {
    if (m->kind == GR_MENTION_PERSON) return GR_THING_PERSON;
    if (m->kind == GR_MENTION_COUNTRY) return m->properties & GR_IS_PLACE ? 0u : (unsigned)GR_THING_BODY;
    if (m->kind == GR_MENTION_PRONOUN) return GR_THING_BODY | GR_THING_PERSON;
    if (m->properties & GR_IS_WEAPON) return GR_THING_ARMS;
    if (m->properties & GR_IS_FACILITY) return GR_THING_PLACE;
    return GR_THING_BODY;
}

static void take_found(gr_arena *arena, const gr_claim_input *in, const gr_clause *c, gr_ties *out) {
    for (uint32_t i = 0; i < in->who->all.count; i++) {
        const gr_mention *m = &in->who->all.item[i];
        if (m->sentence != c->sentence || !kinds_of(m)) continue;
        gr_thing thing = {.sentence = c->sentence, .kinds = kinds_of(m), .given = GR_NONE};
        gr_noun_phrase(&c->tree, m->head, &thing.tok_begin, &thing.tok_end);
        if (m->tok_begin < thing.tok_begin) thing.tok_begin = m->tok_begin;
        if (m->tok_end > thing.tok_end) thing.tok_end = m->tok_end;
        add_thing(arena, in, thing, out);
    }
    for (uint32_t i = 0; i < c->place_count; i++)
        add_thing(arena, in,
                  (gr_thing){.tok_begin = c->place[i].tok_begin,
                             .tok_end = c->place[i].tok_end,
                             .sentence = c->sentence,
                             .kinds = GR_THING_PLACE,
                             .given = GR_NONE},
                  out);
}

/* --- from words to things ----------------------------------------------------------------------- */

static uint32_t length_of(const gr_thing *thing) {
    return thing->tok_end - thing->tok_begin;
}

uint32_t gr_thing_headed(const gr_tying *t, uint32_t token, unsigned kinds) {
    uint32_t best = GR_NONE;
    for (uint32_t i = t->first; i < t->end; i++) {
        const gr_thing *thing = &t->out->thing.item[i];
        if (thing->head != token || !(thing->kinds & kinds)) continue;
        if (best == GR_NONE || length_of(thing) >= length_of(&t->out->thing.item[best])) best = i;
    }
    return best;
}

uint32_t gr_thing_around(const gr_tying *t, uint32_t token, unsigned kinds) {
    uint32_t best = GR_NONE;
    for (uint32_t i = t->first; i < t->end; i++) {
        const gr_thing *thing = &t->out->thing.item[i];
        if (token < thing->tok_begin || token >= thing->tok_end || !(thing->kinds & kinds)) continue;
        if (best == GR_NONE || length_of(thing) > length_of(&t->out->thing.item[best])) best = i;
    }
    return best;
}

uint32_t gr_thing_before(const gr_tying *t, uint32_t preposition) {
    uint32_t best = GR_NONE;
    for (uint32_t i = t->first; i < t->end; i++) {
        const gr_thing *thing = &t->out->thing.item[i];
        if (thing->tok_end != preposition) continue;
        if (best == GR_NONE || thing->tok_begin <= t->out->thing.item[best].tok_begin) best = i;
    }
    return best;
}

static uint32_t child_with(const gr_tree *tree, uint32_t noun, const char *preposition) {
    for (uint32_t k = gr_next_child(tree, noun, noun + 1); k != GR_NONE; k = gr_next_child(tree, noun, k + 1))
        if (tree->word[k].rel == GR_NMOD && gr_is_lemma(tree, gr_case_of(tree, k), preposition)) return k;
    return GR_NONE;
}

/* "their" -> whom the pronoun stands for, within the sentence. */
static uint32_t antecedent_of(const gr_tying *t, uint32_t token, unsigned kinds) {
    const gr_who *who = t->c->in->who;
    const gr_mention *m = gr_mention_of(who, token);
    if (!m || m->kind != GR_MENTION_PRONOUN || m->antecedent == GR_NONE) return GR_NONE;
    return gr_thing_headed(t, who->all.item[m->antecedent].head, kinds);
}

uint32_t gr_owner_of(const gr_tying *t, uint32_t noun, unsigned kinds) {
    const gr_tree *tree = &t->c->tree;
    for (uint32_t k = gr_next_child(tree, noun, 0); k != GR_NONE; k = gr_next_child(tree, noun, k + 1)) {
        const gr_word *w = &tree->word[k];
        bool modifier = w->rel == GR_COMPOUND || w->rel == GR_AMOD ||
                        (w->rel == GR_NMOD && (w->subrel == GR_SUB_POSS || gr_case_of(tree, k) == GR_NONE));
        uint32_t thing = modifier ? gr_thing_headed(t, k, kinds) : GR_NONE;
        if (thing == GR_NONE && modifier) thing = antecedent_of(t, k, kinds);
        if (thing != GR_NONE) return thing;
    }
    return GR_NONE;
}

/* "Foreign Minister X" for "X": the name with its titles, where both are things. */
static uint32_t with_titles(const gr_tying *t, uint32_t thing) {
    if (thing == GR_NONE || !(t->out->thing.item[thing].kinds & GR_THING_PERSON)) return thing;
    uint32_t best = thing;
    for (uint32_t i = t->first; i < t->end; i++) {
        const gr_thing *a = &t->out->thing.item[i], *b = &t->out->thing.item[best];
        if (a->kinds & GR_THING_PERSON && a->tok_end == b->tok_end && a->tok_begin < b->tok_begin) best = i;
    }
    return best;
}

uint32_t gr_thing_named(const gr_tying *t, uint32_t token, unsigned kinds) {
    if (token == GR_NONE) return GR_NONE;
    uint32_t thing = gr_thing_headed(t, token, kinds);
    if (thing == GR_NONE) thing = gr_thing_around(t, token, kinds);
    if (thing == GR_NONE) thing = antecedent_of(t, token, kinds);
    bool part = gr_in_class(t->c, token, "area-word") || gr_in_class(t->c, token, "part-word");
    if (thing == GR_NONE && part) { /* "the city of X", "most of X" */
        uint32_t name = child_with(&t->c->tree, token, "of");
        if (name != GR_NONE) thing = gr_thing_headed(t, name, kinds & (GR_THING_PLACE | GR_THING_STATE));
    }
    return with_titles(t, thing);
}

/* "the attack carried out by X", "the bombing, claimed by X". */
static uint32_t doer_of(const gr_tying *t, uint32_t noun, unsigned kinds) {
    const gr_tree *tree = &t->c->tree;
    for (uint32_t k = gr_next_child(tree, noun, noun + 1); k != GR_NONE;
         k = gr_next_child(tree, noun, k + 1)) {
        gr_fillers doers = {.count = 0};
        if (tree->word[k].rel != GR_ACL) continue;
        gr_path_fillers(t->c, k, &(gr_path){GR_PATH_BY, {NULL, 0}}, &doers);
        for (uint32_t i = 0; i < doers.count; i++) {
            uint32_t thing = gr_thing_named(t, doers.token[i], kinds);
            if (thing != GR_NONE) return thing;
        }
    }
    return GR_NONE;
}

uint32_t gr_thing_meant(const gr_tying *t, uint32_t token, unsigned kinds) {
    enum { STEPS = 3 };
    for (unsigned steps = 0; token != GR_NONE && steps < STEPS; steps++) {
        uint32_t thing = gr_thing_named(t, token, kinds);
        if (thing == GR_NONE) thing = gr_owner_of(t, token, kinds & GR_THING_ACTORS);
        if (thing == GR_NONE) thing = doer_of(t, token, kinds & GR_THING_ACTORS);
        if (thing != GR_NONE) return thing;
        uint32_t below = child_with(&t->c->tree, token, "of");
        if (below == GR_NONE) below = child_with(&t->c->tree, token, "on");
        if (below == GR_NONE) below = child_with(&t->c->tree, token, "against");
        token = below;
    }
    return GR_NONE;
}

/* --- relations ---------------------------------------------------------------------------------- */

static bool is_ordered(gr_tie_kind kind) {
    return kind == GR_TIE_LEADS || kind == GR_TIE_BELONGS || kind == GR_TIE_LOCATED;
}

void gr_tie_add_part(gr_tying *t, gr_tie_kind kind, uint32_t from, uint32_t to, uint32_t cue, gr_slice rule) {
    if (from == GR_NONE || to == GR_NONE || from == to) return;
    for (uint32_t i = t->out->tie.count; i-- > 0;) {
        const gr_tie *before = &t->out->tie.item[i];
        if (before->sentence != t->c->sentence) break;
        bool same = before->from == from && before->to == to;
        bool turned = before->from == to && before->to == from && !is_ordered(kind);
        if (before->kind == kind && (same || turned)) return;
    }
    static const gr_rule plain = {0}; /* reality without a rule's own marks */
    gr_tie tie = {.kind = kind,
                  .from = from,
                  .to = to,
                  .cue = cue,
                  .sentence = t->c->sentence,
                  .rule = rule,
                  .reality = gr_reality_at(t->c, cue, &plain)};
    gr_push(t->c->arena, &t->out->tie, tie);
}

static bool overlap(const gr_thing *a, const gr_thing *b) {
    return a->tok_begin < b->tok_end && b->tok_begin < a->tok_end;
}

void gr_tie_add(gr_tying *t, gr_tie_kind kind, uint32_t from, uint32_t to, uint32_t cue, gr_slice rule) {
    if (from == GR_NONE || to == GR_NONE) return;
    if (!overlap(&t->out->thing.item[from], &t->out->thing.item[to]))
        gr_tie_add_part(t, kind, from, to, cue, rule);
}

/* --- rules -------------------------------------------------------------------------------------- */

/* What can stand on either side of a relation. */
static const struct {
    unsigned from, to;
} sides[GR_TIE_COUNT] = {
    [GR_TIE_FIGHTS] = {GR_THING_ACTORS | GR_THING_ARMS, GR_THING_ANY},
    [GR_TIE_ALLIED] = {GR_THING_BODY | GR_THING_STATE, GR_THING_ACTORS},
    [GR_TIE_CONTACT] = {GR_THING_ACTORS, GR_THING_ACTORS},
    [GR_TIE_LEADS] = {GR_THING_ACTORS, GR_THING_BODY | GR_THING_PLACE | GR_THING_ARMS | GR_THING_STATE},
    [GR_TIE_BELONGS] = {GR_THING_ANY, GR_THING_BODY | GR_THING_STATE},
    [GR_TIE_LOCATED] = {GR_THING_ANY, GR_THING_PLACE},
};

typedef struct side {
    uint32_t thing[GR_MAX_FILLERS];
    uint32_t count;
} side;

static void add_thing_to(uint32_t thing, side *out) {
    if (thing == GR_NONE || out->count == GR_MAX_FILLERS) return;
    for (uint32_t i = 0; i < out->count; i++)
        if (out->thing[i] == thing) return;
    out->thing[out->count++] = thing;
}

/* Meetings and commands are with those named, not with whose or of whom something is. A strike that acts is
 * told with whose it is: "a French strike killed two". */
static void add_side(const gr_tying *t, uint32_t token, const gr_rule *rule, gr_role role, unsigned kinds,
                     side *out) {
    bool named = rule->type == GR_TIE_CONTACT || rule->type == GR_TIE_LEADS || rule->type == GR_TIE_BELONGS;
    uint32_t thing = named ? gr_thing_named(t, token, kinds) : gr_thing_meant(t, token, kinds);
    if (thing == GR_NONE) return;
    add_thing_to(thing, out);
    const gr_thing *it = &t->out->thing.item[thing];
    if (role != GR_ROLE_ACTOR || !(it->kinds & GR_THING_ARMS)) return;
    add_thing_to(gr_owner_of(t, it->head, GR_THING_ACTORS), out);
    add_thing_to(doer_of(t, it->head, GR_THING_ACTORS), out);
}

/* "met with X", whatever the parser makes of it: the thing that begins behind the anchor and the preposition.
 */
static void add_behind(const gr_tying *t, uint32_t token, const gr_path *path, unsigned kinds, side *out) {
    const gr_slice *key = t->c->in->who->key;
    uint32_t end = t->c->tree.sentence->tok_end;
    if (path->kind != GR_PATH_PREP || token + 2 >= end || !gr_eq(key[token + 1], path->preposition)) return;
    for (uint32_t i = t->first; i < t->end; i++) {
        const gr_thing *thing = &t->out->thing.item[i];
        bool article = thing->tok_begin == token + 3 && t->c->in->word[token + 2].upos == GR_DET;
        if (!(thing->kinds & kinds) || (thing->tok_begin != token + 2 && !article)) continue;
        gr_fillers row = {.count = 0};
        row.token[row.count++] = thing->head;
        for (uint32_t k = thing->tok_end; k < end && row.count < GR_MAX_FILLERS; k++)
            if (t->c->in->word[k].rel == GR_CONJ && gr_first_conjunct(&t->c->tree, k) == thing->head)
                row.token[row.count++] = k;
        for (uint32_t k = 0; k < row.count; k++) add_thing_to(gr_thing_named(t, row.token[k], kinds), out);
        return;
    }
}

static void fill_side(const gr_tying *t, uint32_t token, const gr_rule *rule, gr_role role, unsigned kinds,
                      side *out) {
    *out = (side){.count = 0};
    for (uint32_t r = 0; r < rule->role_count; r++) {
        if (rule->role[r].role != (unsigned)role) continue;
        for (uint32_t p = 0; p < rule->role[r].paths.count; p++) {
            gr_fillers fillers = {.count = 0};
            gr_path_fillers(t->c, token, &rule->role[r].paths.path[p], &fillers);
            if (!fillers.count) add_behind(t, token, &rule->role[r].paths.path[p], kinds, out);
            for (uint32_t i = 0; i < fillers.count; i++)
                add_side(t, fillers.token[i], rule, role, kinds, out);
        }
    }
}

static void add_fillers(const gr_tying *t, const gr_fillers *fillers, unsigned kinds, side *out) {
    for (uint32_t i = 0; i < fillers->count; i++)
        add_thing_to(gr_thing_meant(t, fillers->token[i], kinds), out);
}

/* Who acts in the clause of a verb; behind a verb of help ("helped the army defeat X", "work with Y to defeat
 * X") the helped one too. */
static void add_clause(const gr_tying *t, uint32_t verb, unsigned kinds, side *out) {
    gr_fillers fillers = {.count = 0};
    if (gr_in_class(t->c, verb, "help-verb")) {
        gr_objects(t->c, verb, &fillers);
        gr_path_fillers(t->c, verb, &(gr_path){GR_PATH_PREP, GR_S("with")}, &fillers);
        gr_path_fillers(t->c, verb, &(gr_path){GR_PATH_PREP, GR_S("by")}, &fillers);
        gr_path_fillers(t->c, verb, &(gr_path){GR_PATH_PREP, GR_S("alongside")}, &fillers);
    }
    gr_subjects(t->c, verb, &fillers);
    gr_path_fillers(t->c, verb, &(gr_path){GR_PATH_BY, {NULL, 0}}, &fillers);
    add_fillers(t, &fillers, kinds, out);
}

/* The parties of a noun that something hangs on: what it names; of a fight also its owner and those that it
 * is for or of. */
static bool add_noun(const gr_tying *t, uint32_t noun, uint32_t except, gr_tie_kind kind, side *out) {
    static const char *const cases[] = {"for", "of", "by", "to"};
    uint32_t before = out->count;
    unsigned kinds = sides[kind].from;
    if (gr_child(&t->c->tree, noun, GR_COP, GR_SUB_OTHER) != GR_NONE) /* "X is a group at war with Y" */
        add_thing_to(gr_thing_named(t, gr_surface_subject(t->c, noun), kinds), out);
    if (out->count == before) add_thing_to(gr_thing_headed(t, noun, kinds & ~(unsigned)GR_THING_STATE), out);
    if (kind != GR_TIE_FIGHTS) return out->count > before;
    if (out->count == before) add_thing_to(gr_owner_of(t, noun, kinds), out);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        gr_fillers fillers = {.count = 0};
        gr_path_fillers(t->c, noun, &(gr_path){GR_PATH_PREP, gr_slice_of(cases[i])}, &fillers);
        for (uint32_t k = 0; k < fillers.count; k++)
            if (fillers.token[k] != except) add_thing_to(gr_thing_named(t, fillers.token[k], kinds), out);
    }
    return out->count > before;
}

/* "reiterated support for X in the fight": whoever is helped by the object acts, not who speaks of it. */
static void add_helped(const gr_tying *t, uint32_t verb, uint32_t except, gr_tie_kind kind, side *out) {
    uint32_t object = gr_child(&t->c->tree, verb, GR_OBJ, GR_SUB_OTHER);
    if (object != GR_NONE && gr_in_class(t->c, object, "help-noun")) add_noun(t, object, except, kind, out);
}

/* Up from the token: the first noun with parties and whoever helps them, or the clause. */
static void add_above(const gr_tying *t, uint32_t token, gr_tie_kind kind, side *out) {
    enum { STEPS = 5 };
    const gr_word *word = t->c->in->word;
    uint32_t at = token;
    bool found = false;
    for (unsigned steps = 0; steps < STEPS && word[at].head != GR_NONE; steps++) {
        uint32_t up = word[at].head;
        uint8_t upos = word[up].upos;
        if (upos == GR_VERB || upos == GR_AUX) {
            if (gr_in_class(t->c, up, "talk-verb"))
                add_helped(t, up, at, kind, out);
            else if (!found || gr_in_class(t->c, up, "help-verb"))
                add_clause(t, up, sides[kind].from, out);
            return;
        }
        found = found || add_noun(t, up, at, kind, out);
        at = up;
    }
}

/* Who acts, where the anchor's own places leave it open: "the campaign against X", "forces in the fight to
 * defeat X", "helped the army to defeat X". */
static void add_from_above(const gr_tying *t, uint32_t token, const gr_rule *rule, side *from) {
    const gr_word *w = &t->c->in->word[token];
    unsigned kinds = sides[rule->type].from;
    bool has_actor = false;
    for (uint32_t r = 0; r < rule->role_count; r++)
        has_actor = has_actor || rule->role[r].role == GR_ROLE_ACTOR;
    if (!has_actor || w->head == GR_NONE) return;
    if (w->upos != GR_VERB) {
        if (!from->count) add_thing_to(doer_of(t, token, kinds), from);
        if (!from->count) add_above(t, token, (gr_tie_kind)rule->type, from);
        return;
    }
    bool clause = w->rel == GR_XCOMP || w->rel == GR_ADVCL || w->rel == GR_CCOMP;
    if (clause && gr_in_class(t->c, w->head, "help-verb")) add_clause(t, w->head, kinds, from);
    if (w->rel != GR_ACL || w->subrel == GR_SUB_RELCL || !(w->feats & GR_INF)) return;
    side above = {.count = 0};
    add_above(t, token, (gr_tie_kind)rule->type, &above);
    if (above.count) *from = above;
}

static void apply(gr_tying *t, uint32_t token, const gr_rule *rule) {
    side from, to, with;
    gr_tie_kind kind = (gr_tie_kind)rule->type;
    fill_side(t, token, rule, GR_ROLE_ACTOR, sides[kind].from, &from);
    add_from_above(t, token, rule, &from);
    fill_side(t, token, rule, GR_ROLE_TARGET, sides[kind].to, &to);
    fill_side(t, token, rule, GR_ROLE_WITH, sides[kind].from, &with);
    for (uint32_t i = 0; i < from.count; i++)
        for (uint32_t k = 0; k < to.count; k++)
            gr_tie_add_part(t, kind, from.thing[i], to.thing[k], token, rule->name);
    for (uint32_t i = 0; i < with.count; i++)
        for (uint32_t k = i + 1; k < with.count; k++)
            gr_tie_add(t, kind, with.thing[i], with.thing[k], token, rule->name);
}

/* Whatever is done against somebody by force: "positions against X", "flew missions against X". Not against
 * ideas, laws and rulings, and not what is said, voted or ruled. */
static void try_against(gr_tying *t, uint32_t preposition) {
    const gr_clause *c = t->c;
    uint32_t head = c->in->word[preposition].head;
    if (c->in->word[preposition].rel != GR_CASE || head == GR_NONE) return;
    uint32_t enemy = gr_thing_meant(t, head, GR_THING_BODY | GR_THING_PERSON | GR_THING_ARMS);
    uint32_t up = c->in->word[head].head;
    if (enemy == GR_NONE || up == GR_NONE || gr_in_class(c, up, "peaceful-act")) return;
    side from = {.count = 0};
    add_above(t, head, GR_TIE_FIGHTS, &from);
    for (uint32_t i = 0; i < from.count; i++)
        gr_tie_add(t, GR_TIE_FIGHTS, from.thing[i], enemy, preposition, GR_S("en.fights.against-any"));
}

/* Each rule that holds speaks: one act can make several relations. */
static void try_rules(gr_tying *t, uint32_t token) {
    const gr_clause *c = t->c;
    const gr_rules *rules = c->in->know->ties;
    uint32_t at = rules ? gr_map_get(&rules->by_lemma, c->tree.lemma[token]) : GR_MAP_NONE;
    if (at == GR_MAP_NONE) return;
    for (uint32_t i = 0; i < rules->list[at].count; i++) {
        const gr_rule *rule = &rules->rule[rules->list[at].rule[i] >> 8];
        const gr_anchor *anchor = &rule->anchor[rules->list[at].rule[i] & 255];
        if (gr_is_anchor(c, token, rule, anchor) && !gr_failing_condition(c, token, rule))
            apply(t, token, rule);
    }
}

static void read_token(gr_tying *t, uint32_t token) {
    try_rules(t, token);
    if (gr_is_lemma(&t->c->tree, token, "against")) try_against(t, token);
}

void gr_find_ties(gr_arena *arena, const gr_claim_input *input, const gr_given_thing *given, uint32_t count,
                  gr_ties *out) {
    *out = (gr_ties){0};
    for (uint32_t s = 0; s < input->text->sentence_count; s++) {
        if (input->wanted && !input->wanted[s]) continue;
        gr_clause c = gr_clause_at(arena, input, s);
        gr_tying t = {.c = &c, .out = out, .first = out->thing.count};
        if (given)
            take_given(arena, input, &c, given, count, out);
        else
            take_found(arena, input, &c, out);
        t.end = out->thing.count;
        for (uint32_t i = c.tree.sentence->tok_begin; i < c.tree.sentence->tok_end; i++) read_token(&t, i);
        gr_tie_places(&t);
        gr_tie_phrases(&t);
    }
}
