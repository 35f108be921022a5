/* From anchors to claims: each token whose lemma anchors rules is tried against them; what belongs to one
 * event is joined; then places, times, claimants, codes. */
#include "claim/make.h"

#include "claim/acts.h"
#include "claim/fields.h"
#include "claim/frame.h"
#include "claim/sections.h"
#include "claim/telling.h"

#include <stdlib.h>

/* A truce that was not called off goes on; one that was is told as ended, whatever the verb says of it. */
static void settle_phase(const gr_clause *c, uint32_t anchor, gr_claim *claim) {
    gr_phase phase = gr_phase_at(c, anchor);
    if (phase == GR_PHASE_OPEN) return;
    claim->ends = phase == GR_PHASE_ENDED;
    claim->reality = claim->ends ? GR_OCCURRED : GR_ONGOING;
}

static void start_draft(const gr_clause *c, uint32_t token, const gr_rule *rule, gr_drafts *drafts) {
    const gr_type *type = &c->in->know->type[rule->type];
    gr_draft d = {.anchor = token, .rule = rule};
    d.claim =
        (gr_claim){.kind = (gr_kind)rule->kind,
                   .type = type->name,
                   .sentence = c->sentence,
                   .quote = {c->tree.sentence->off_b, c->tree.sentence->off_b + c->tree.sentence->len_b},
                   .trigger = gr_span_of(c->in->text, token, token + 1),
                   .acled = type->acled,
                   .plover = type->plover,
                   .cameo = type->cameo,
                   .ucdp = type->ucdp,
                   .rule = rule->name,
                   .reality = gr_reality_at(c, token, rule)};
    if (d.claim.kind == GR_KIND_RELATION) settle_phase(c, token, &d.claim);
    gr_fill_parties(c, &d);
    gr_fill_counts(c, &d);
    gr_push(c->arena, drafts, d);
}

/* The first rule of each anchor that holds makes the claim. "On 24 March": no march. */
static void try_token(const gr_clause *c, uint32_t token, gr_drafts *drafts) {
    unsigned pos = gr_anchor_pos_of(&c->in->word[token]);
    const gr_rules *rules = c->in->know->rules;
    uint32_t at = pos && rules ? gr_map_get(&rules->by_lemma, c->tree.lemma[token]) : GR_MAP_NONE;
    if (at == GR_MAP_NONE || (pos == GR_ANCHOR_NOUN && gr_is_in_time(c, token, token + 1))) return;
    const gr_mention *m = gr_mention_of(c->in->who, token);
    if (m && (m->kind == GR_MENTION_LISTED || m->kind == GR_MENTION_NAME || m->kind == GR_MENTION_PERSON) &&
        c->in->word[token].upos != GR_VERB)
        return;
    for (uint32_t i = 0; i < rules->list[at].count; i++) {
        const gr_rule *rule = &rules->rule[rules->list[at].rule[i] >> 8];
        const gr_anchor *anchor = &rule->anchor[rules->list[at].rule[i] & 255];
        if (!gr_is_anchor(c, token, rule, anchor) || gr_failing_condition(c, token, rule)) continue;
        start_draft(c, token, rule, drafts);
        return;
    }
}

/* --- joining what one event is told in ----------------------------------------------------------- */

static bool is_type(const gr_draft *d, const char *const *names, size_t count) {
    return gr_is_among(d->claim.type, names, count);
}

static bool is_harm(const gr_draft *d) {
    static const char *const names[] = {"kill"};
    return is_type(d, names, 1) || d->rule->background;
}

static bool is_assault(const gr_draft *d) {
    if (d->rule->background) return false;
    static const char *const names[] = {"clash", "attack",          "ambush", "airstrike", "shelling",
                                        "ied",   "suicide-bombing", "siege",  "grenade",   "chemical",
                                        "riot"};
    return is_type(d, names, sizeof names / sizeof *names);
}

/* How many arcs lie between the anchors when one governs the other through clauses and phrases; 0: they are
 * not linked. A clause of its own (ccomp, parataxis) breaks the link. */
static unsigned link_length(const gr_clause *c, uint32_t upper, uint32_t lower) {
    unsigned steps = 0;
    for (uint32_t at = lower; at != GR_NONE && steps < 6; steps++) {
        if (at == upper) return steps;
        uint8_t rel = c->in->word[at].rel;
        if (rel == GR_CCOMP || rel == GR_PARATAXIS || rel == GR_APPOS) return 0;
        at = c->in->word[at].head;
    }
    return 0;
}

static bool in_phrase_of(const gr_clause *c, uint32_t token) {
    uint8_t rel = c->in->word[token].rel;
    return rel == GR_NSUBJ || rel == GR_OBL || rel == GR_ADVCL || rel == GR_OBJ;
}

/* "The raid left 15 villagers dead", "the siege remains ..., with 100 soldiers killed": both hang on a verb
 * that is no event itself. */
static unsigned common_link(const gr_clause *c, const gr_drafts *drafts, uint32_t first, uint32_t event,
                            uint32_t harm) {
    uint32_t over = c->in->word[event].head;
    if (over == GR_NONE || !in_phrase_of(c, event)) return 0;
    for (uint32_t i = first; i < drafts->count; i++)
        if (!drafts->item[i].merged && drafts->item[i].anchor == over) return 0;
    unsigned length = link_length(c, over, harm);
    return length ? length + 1 : 0;
}

static void take_over(const gr_clause *c, gr_drafts *drafts, uint32_t into_index, uint32_t from_index) {
    gr_draft *into = &drafts->item[into_index], *from = &drafts->item[from_index];
    for (uint32_t i = 0; i < from->parties.count; i++) {
        bool there = false;
        for (uint32_t k = 0; k < into->parties.count; k++)
            there = there || gr_eq(into->parties.item[k].name, from->parties.item[i].name);
        if (!there) gr_push(c->arena, &into->parties, from->parties.item[i]);
    }
    for (uint32_t i = 0; i < from->counts.count; i++) {
        const gr_count *count = &from->counts.item[i];
        bool there = false;
        for (uint32_t k = 0; k < into->counts.count; k++)
            there = there || (into->counts.item[k].what == count->what &&
                              into->counts.item[k].mention.begin_b == count->mention.begin_b);
        if (!there) gr_push(c->arena, &into->counts, *count);
    }
    for (uint32_t i = 0; i < from->persons.count; i++)
        gr_push(c->arena, &into->persons, from->persons.item[i]);
    from->merged = true;
    from->merged_into = into_index;
}

/* "an air strike hit the village", "the raid destroyed 15 houses": what the act did is told by the act. */
static void join_effects(const gr_clause *c, gr_drafts *drafts, uint32_t first) {
    static const char *const effects[] = {"attack", "destroy"};
    for (uint32_t i = first; i < drafts->count; i++) {
        gr_draft *effect = &drafts->item[i];
        if (effect->merged || c->in->word[effect->anchor].upos != GR_VERB || !is_type(effect, effects, 2))
            continue;
        for (uint32_t k = first; k < drafts->count && !effect->merged; k++) {
            const gr_draft *act = &drafts->item[k];
            const gr_word *w = &c->in->word[act->anchor];
            bool agent = w->rel == GR_NSUBJ && w->subrel != GR_SUB_PASS;
            agent =
                agent || (w->rel == GR_OBL && gr_is_lemma(&c->tree, gr_case_of(&c->tree, act->anchor), "by"));
            if (k != i && !act->merged && is_assault(act) && agent && w->head == effect->anchor &&
                w->upos == GR_NOUN)
                take_over(c, drafts, k, i);
        }
    }
}

static uint32_t speaker_of(const gr_drafts *drafts, uint32_t index) {
    for (unsigned steps = 0; drafts->item[index].merged && steps < 64; steps++)
        index = drafts->item[index].merged_into;
    return index;
}

/* "killed 18 people in coordinated attacks", "neutralised thirty in the counter-attack": an attack of which
 * nothing is said but that it was the setting of an act told in the same clause is that act. */
static void join_settings(const gr_clause *c, gr_drafts *drafts, uint32_t first) {
    for (uint32_t i = first; i < drafts->count; i++) {
        gr_draft *setting = &drafts->item[i];
        uint8_t upos = c->in->word[setting->anchor].upos;
        if (setting->merged || setting->parties.count || setting->counts.count || upos != GR_NOUN ||
            !gr_eq(setting->claim.type, GR_S("attack")))
            continue;
        for (uint32_t k = first; k < drafts->count && !setting->merged; k++) {
            const gr_draft *act = &drafts->item[k];
            if (k == i || act->merged || gr_eq(act->claim.type, setting->claim.type)) continue;
            bool own = is_assault(act);
            for (uint32_t p = 0; p < act->parties.count && is_harm(act); p++)
                own = own || act->parties.item[p].role == GR_ROLE_ACTOR;
            if (own && link_length(c, act->anchor, setting->anchor)) take_over(c, drafts, k, i);
        }
    }
}

/* "twelve were killed in an attack", "attacked the village, killing 12": one event with its harm. */
static void join_harm(const gr_clause *c, gr_drafts *drafts, uint32_t first) {
    for (uint32_t i = first; i < drafts->count; i++) {
        gr_draft *harm = &drafts->item[i];
        if (harm->merged || !is_harm(harm)) continue;
        uint32_t best = GR_NONE;
        unsigned nearest = 99;
        for (uint32_t k = first; k < drafts->count; k++) {
            const gr_draft *e = &drafts->item[k];
            bool named = is_harm(e) && !e->counts.count &&
                         harm->counts.count && /* "the massacre left 20 dead" */
                         c->in->word[e->anchor].upos == GR_NOUN;
            if (k == i || (!is_assault(e) && !named && !(harm->rule->background && is_harm(e)))) continue;
            if (e->merged && (is_assault(e) || speaker_of(drafts, k) == i)) continue;
            bool none = harm->counts.count == 1 && harm->counts.item[0].n == 0; /* "caused no casualties" */
            if (e->claim.reality != harm->claim.reality && e->claim.reality != GR_ONGOING && !none) continue;
            unsigned length = link_length(c, e->anchor, harm->anchor);
            if (!length) length = link_length(c, harm->anchor, e->anchor);
            if (!length) length = common_link(c, drafts, first, e->anchor, harm->anchor);
            if (length && length < nearest) nearest = length, best = k;
        }
        if (best != GR_NONE) take_over(c, drafts, speaker_of(drafts, best), i);
    }
}

/* "a toll of 11 soldiers killed": one figure is told of one event. */
static bool same_figure(const gr_draft *a, const gr_draft *b) {
    for (uint32_t i = 0; i < a->counts.count; i++)
        for (uint32_t k = 0; k < b->counts.count; k++)
            if (a->counts.item[i].what == b->counts.item[k].what &&
                a->counts.item[i].mention.begin_b == b->counts.item[k].mention.begin_b)
                return true;
    return false;
}

/* "blew up in the street and destroyed the building": two verbs of one act, when the second has no place of
 * its own.
 */
static bool goes_on(const gr_clause *c, const gr_draft *a, const gr_draft *b) {
    uint8_t rel = c->in->word[b->anchor].rel;
    bool verbs = c->in->word[a->anchor].upos == GR_VERB && c->in->word[b->anchor].upos == GR_VERB;
    if (!verbs || !is_assault(a) || (rel != GR_CONJ && rel != GR_ADVCL) ||
        c->in->word[b->anchor].head != a->anchor || a->claim.reality != b->claim.reality ||
        gr_child(&c->tree, b->anchor, GR_NSUBJ, GR_SUB_OTHER) != GR_NONE)
        return false;
    for (uint32_t p = 0; p < c->place_count; p++)
        if (gr_below(&c->tree, c->place[p].head, b->anchor)) return false;
    return true;
}

/* "an attack ... the ambush": two anchors of one type where one only modifies the other are one claim. */
static void drop_nested(const gr_clause *c, gr_drafts *drafts, uint32_t first) {
    for (uint32_t i = first; i < drafts->count; i++)
        for (uint32_t k = first; k < drafts->count; k++) {
            gr_draft *a = &drafts->item[i], *b = &drafts->item[k];
            if (i == k || a->merged || b->merged || !gr_eq(a->claim.type, b->claim.type)) continue;
            uint8_t rel = c->in->word[b->anchor].rel;
            bool nested = c->in->word[b->anchor].head == a->anchor &&
                          (rel == GR_COMPOUND || rel == GR_AMOD || rel == GR_OBJ || rel == GR_XCOMP ||
                           rel == GR_NSUBJ || rel == GR_FIXED || (rel == GR_NMOD && !b->counts.count));
            uint32_t over = c->in->word[b->anchor].head; /* "two bombs dropped by a jet hit the church" */
            /* the verb tells it, the noun beside it names it */
            nested = nested || (same_figure(a, b) && !(c->in->word[a->anchor].upos == GR_NOUN &&
                                                       c->in->word[b->anchor].upos == GR_VERB));
            nested = nested || (rel == GR_ACL && over != GR_NONE && c->in->word[over].head == a->anchor &&
                                c->in->word[over].rel == GR_NSUBJ);
            nested = nested || goes_on(c, a, b);
            if (nested) take_over(c, drafts, i, k);
        }
}

static bool shares_mention(const gr_draft *a, const gr_draft *b) {
    for (uint32_t i = 0; i < a->parties.count; i++)
        for (uint32_t k = 0; k < b->parties.count; k++)
            if (a->parties.item[i].role == b->parties.item[k].role &&
                a->parties.item[i].role != GR_ROLE_ACTOR &&
                a->parties.item[i].mention.begin_b == b->parties.item[k].mention.begin_b)
                return true;
    return false;
}

/* "was arrested at a checkpoint and is in custody", "met and held talks": told twice over, one claim. */
static void join_repeated(const gr_clause *c, gr_drafts *drafts, uint32_t first) {
    for (uint32_t i = first; i < drafts->count; i++)
        for (uint32_t k = i + 1; k < drafts->count; k++) {
            gr_draft *a = &drafts->item[i], *b = &drafts->item[k];
            if (a->merged || b->merged || !gr_eq(a->claim.type, b->claim.type) ||
                a->claim.kind == GR_KIND_EVENT || a->claim.reality == GR_NEGATED ||
                (a->claim.reality != b->claim.reality && a->claim.kind != GR_KIND_CUSTODY))
                continue;
            bool linked = link_length(c, a->anchor, b->anchor) || link_length(c, b->anchor, a->anchor);
            if (linked && shares_mention(a, b)) take_over(c, drafts, i, k);
        }
}

/* Acts named beside a state that goes on ("under the watch of X, who enforce ... murders") go on with it. */
static void spread_ongoing(const gr_clause *c, gr_drafts *drafts, uint32_t first) {
    for (uint32_t i = first; i < drafts->count; i++) {
        gr_draft *d = &drafts->item[i];
        if (d->merged || d->claim.reality != GR_OCCURRED || d->counts.count) continue;
        if (c->in->word[d->anchor].upos != GR_NOUN && c->in->word[d->anchor].upos != GR_PROPN) continue;
        uint32_t at = c->in->word[d->anchor].head;
        for (unsigned steps = 0; at != GR_NONE && steps < 32; steps++, at = c->in->word[at].head)
            for (uint32_t k = first; k < drafts->count; k++)
                if (k != i && !drafts->item[k].merged && drafts->item[k].anchor == at &&
                    drafts->item[k].claim.kind == GR_KIND_PRESENCE &&
                    drafts->item[k].claim.reality == GR_ONGOING)
                    d->claim.reality = GR_ONGOING;
    }
}

/* --- parts: "86 released, including those in Kollo (6)" ------------------------------------------ */

static void add_parts(const gr_clause *c, gr_drafts *drafts, uint32_t first) {
    uint32_t end = drafts->count;
    for (uint32_t q = 0; q < c->quantity_count; q++) {
        const gr_quantity *quantity = &c->quantity[q];
        if (!quantity->parenthesis || quantity->measure != GR_MEASURE_COUNT || quantity->n == GR_NO_NUMBER)
            continue;
        for (uint32_t p = 0; p < c->place_count; p++) {
            if (c->place[p].tok_end > quantity->tok_begin || c->place[p].tok_end + 1 < quantity->tok_begin)
                continue;
            for (uint32_t i = first; i < end; i++) {
                gr_draft part = drafts->item[i];
                if (part.merged || !part.counts.count || !gr_below(&c->tree, c->place[p].head, part.anchor))
                    continue;
                gr_count count = part.counts.item[0];
                count.n = quantity->n;
                count.op = quantity->op;
                count.mention = gr_span_of(c->in->text, quantity->tok_begin, quantity->tok_end);
                part.counts = (gr_counts){0};
                part.locations = (gr_locations){0};
                gr_push(c->arena, &part.counts, count);
                gr_push(c->arena, &part.locations, gr_location_of(c, &c->place[p]));
                part.claim.trigger = gr_span_of(c->in->text, c->place[p].tok_begin, quantity->tok_end);
                part.part_of_draft = i + 1;
                gr_push(c->arena, drafts, part);
                break;
            }
        }
    }
}

/* --- persons named with the claim ---------------------------------------------------------------- */

static void add_persons(const gr_clause *c, gr_draft *d) {
    for (uint32_t i = 0; i < c->in->who->all.count; i++) {
        const gr_mention *m = &c->in->who->all.item[i];
        if (m->sentence != c->sentence || m->kind != GR_MENTION_PERSON) continue;
        if (!gr_below(&c->tree, m->head, d->anchor) && d->claim.kind != GR_KIND_CUSTODY) continue;
        bool there = false;
        for (uint32_t k = 0; k < d->persons.count; k++)
            there = there || gr_eq(d->persons.item[k].name, m->name);
        if (!there)
            gr_push(c->arena, &d->persons,
                    (gr_person){m->name, m->office, gr_span_of(c->in->text, m->tok_begin, m->tok_end)});
    }
}

/* --- a sentence, a document ---------------------------------------------------------------------- */

typedef struct memory { /* of the document so far */
    gr_location *location;
    uint32_t location_count, location_sentence;
    gr_section *section; /* of each block */
    gr_talk talk;
    gr_frame frame;
} memory;

static double score_of(const gr_draft *d) {
    double score = 0.9;
    if (!d->parties.count) score -= 0.1;
    for (uint32_t i = 0; i < d->parties.count; i++)
        if (d->parties.item[i].inherited) {
            score -= 0.08;
            break;
        }
    if (d->claim.reality == GR_POSSIBLE) score -= 0.05;
    return score;
}

/* Acts of speech and politics happen at no spot that the text has to name. */
static bool happens_somewhere(const gr_draft *d) {
    static const char *const nowhere[] = {"coup",     "sanction", "deny",
                                          "accuse",   "demand",   "promise",
                                          "support",  "reject",   "claim-responsibility",
                                          "threaten", "restrict", "strike"};
    static const unsigned bound = 1u << GR_KIND_EVENT | 1u << GR_KIND_CUSTODY;
    return (bound & 1u << d->claim.kind) && !is_type(d, nowhere, sizeof nowhere / sizeof *nowhere);
}

/* "No casualties were reported": the figure of the attack told in the sentence before, no claim of its own.
 */
static bool tells_no_harm(const gr_clause *c, gr_claims *out, const gr_draft *d) {
    if (!d->rule->background || d->counts.count != 1 || d->counts.item[0].n != 0 || d->locations.count)
        return false;
    static const char *const counted[] = {"clash", "attack",          "ambush",  "airstrike", "shelling",
                                          "ied",   "suicide-bombing", "grenade", "chemical"};
    for (uint32_t i = out->count; i-- > 0 && out->item[i].sentence + 1 >= c->sentence;) {
        gr_claim *told = &out->item[i];
        for (size_t k = 0; k < sizeof counted / sizeof *counted && !told->count_count; k++) {
            if (!gr_eq(told->type, gr_slice_of(counted[k]))) continue;
            told->count = d->counts.item;
            told->count[0].what = GR_WHAT_KILLED;
            told->count_count = 1;
        }
    }
    return true;
}

/* A place from the sentence before in the same block, when this one names none and tells of no other time. */
static void inherit_place(const gr_clause *c, const memory *m, gr_draft *d) {
    if (d->locations.count || !m->location_count || d->claim.when.present || !happens_somewhere(d)) return;
    const gr_text *text = c->in->text;
    if (m->location_sentence + 1 != c->sentence ||
        text->sentence[m->location_sentence].block != text->sentence[c->sentence].block)
        return;
    for (uint32_t i = 0; i < m->location_count; i++) {
        gr_location where = m->location[i];
        where.inherited = true;
        gr_push(c->arena, &d->locations, where);
    }
}

/* "This alliance, concluded a few days ago": the parties of the claim of that type told just before. */
static void inherit_parties(const gr_clause *c, const gr_claims *out, gr_draft *d) {
    if (d->parties.count || d->claim.kind != GR_KIND_RELATION) return;
    uint32_t det = gr_child(&c->tree, d->anchor, GR_DETREL, GR_SUB_OTHER);
    if (!gr_is_lemma(&c->tree, det, "this") && !gr_is_lemma(&c->tree, det, "the") &&
        !gr_is_lemma(&c->tree, det, "that"))
        return;
    for (uint32_t i = out->count; i-- > 0 && out->item[i].sentence + 3 >= c->sentence;) {
        if (!gr_eq(out->item[i].type, d->claim.type) || !out->item[i].party_count) continue;
        for (uint32_t k = 0; k < out->item[i].party_count; k++) {
            gr_party party = out->item[i].party[k];
            party.inherited = true;
            gr_push(c->arena, &d->parties, party);
        }
        return;
    }
}

/* "Since the ambush at X no partner has been able to ...": the noun only dates what is told. */
static bool only_dates(const gr_clause *c, const gr_draft *d) {
    static const char *const dating[] = {"since", "before", "after", "during", "following", "until"};
    static const char *const known[] = {"the", "this", "that", "their", "its", "his"};
    bool dates = false, definite = false;
    if (d->counts.count || c->in->word[d->anchor].upos == GR_VERB) return false;
    for (uint32_t k = gr_next_child(&c->tree, d->anchor, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, d->anchor, k + 1)) {
        for (size_t i = 0; i < sizeof dating / sizeof *dating; i++)
            dates = dates || gr_eq(c->in->who->key[k], gr_slice_of(dating[i]));
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            definite = definite || gr_eq(c->in->who->key[k], gr_slice_of(known[i]));
    }
    return dates && definite;
}

/* "meals for displaced people", "the besieged towns": a state that only tells people apart. */
static bool only_describes(const gr_clause *c, const gr_draft *d) {
    static const char *const states[] = {"displace", "detain",  "abduct", "release",
                                         "disarm",   "control", "siege",  "coup"};
    static const char *const harms[] = {"kill", "execute"};
    const gr_word *w = &c->in->word[d->anchor];
    bool hyphened = d->anchor > c->tree.sentence->tok_begin &&
                    gr_eq(c->in->text->token[d->anchor - 1].form, GR_S("-")); /* "a rebel-held town" */
    if (hyphened && is_type(d, states, sizeof states / sizeof *states)) return true;
    if (w->rel == GR_AMOD && w->head != GR_NONE && is_type(d, harms, sizeof harms / sizeof *harms) &&
        !d->counts.count && gr_is_definite(c, w->head))
        return true; /* "the killed fighters" */
    if (w->rel != GR_AMOD || w->head == GR_NONE || !is_type(d, states, sizeof states / sizeof *states))
        return false;
    uint8_t above = c->in->word[w->head].rel;
    bool told = above == GR_NSUBJ || above == GR_ROOT || above == GR_OBJ;
    return !d->counts.count || !told;
}

/* "No group has claimed the abduction": what is claimed, denied or condemned was told before. */
static bool only_meant(const gr_clause *c, const gr_drafts *drafts, uint32_t first, const gr_draft *d) {
    static const char *const speech[] = {"claim-responsibility", "deny", "accuse"};
    const gr_word *w = &c->in->word[d->anchor];
    if (w->upos != GR_NOUN || w->rel != GR_OBJ || !gr_is_definite(c, d->anchor) || d->counts.count)
        return false;
    for (uint32_t i = first; i < drafts->count; i++)
        if (drafts->item[i].anchor == w->head &&
            is_type(&drafts->item[i], speech, sizeof speech / sizeof *speech))
            return true;
    return false;
}

/* "before the attack", "since the ambush at Inata", after it was told: the noun points back and tells nothing
 * new. */
static bool points_back(const gr_clause *c, const gr_claims *out, const gr_draft *d) {
    if (c->in->word[d->anchor].upos != GR_NOUN || d->parties.count || d->counts.count || d->persons.count)
        return false;
    bool act = d->claim.kind == GR_KIND_EVENT || d->claim.kind == GR_KIND_CUSTODY;
    if (!act || !gr_is_definite(c, d->anchor)) return false;
    bool violent = is_assault(d) || is_harm(d);
    for (uint32_t i = out->count; i-- > 0;)
        if (gr_eq(out->item[i].type, d->claim.type) ||
            (violent && (gr_eq(out->item[i].type, GR_S("attack")) || gr_eq(out->item[i].type, GR_S("kill")))))
            return true;
    return false;
}

/* "Armed attacks", "the ambush": a noun with nothing said about it asserts no event of its own. */
static bool says_nothing(const gr_clause *c, const gr_draft *d) {
    static const char *const unclaimed[] = {"claim-responsibility"};
    uint8_t upos = c->in->word[d->anchor].upos;
    if (d->claim.reality == GR_NEGATED && is_type(d, unclaimed, 1)) return false; /* "no claim was made" */
    uint8_t rel = c->in->word[d->anchor].rel;
    bool told = d->rule->condition_count > 0 && (rel == GR_NSUBJ || rel == GR_OBJ || rel == GR_OBL) &&
                d->claim.kind != GR_KIND_EVENT;
    static const char *const harms[] = {"attack", "kill"};
    if (upos == GR_NOUN && d->rule->background && !d->counts.count && is_type(d, harms, 2))
        return true; /* "civilian casualties" */
    uint32_t over = c->in->word[d->anchor].head;
    bool reported =
        over != GR_NONE && c->in->word[d->anchor].rel == GR_OBJ && gr_in_class(c, over, "say-verb");
    bool occurs = over != GR_NONE && c->in->word[d->anchor].rel == GR_NSUBJ && is_assault(d) &&
                  gr_in_class(c, over, "occur-verb") && !gr_is_definite(c, d->anchor);
    bool performed = d->claim.kind == GR_KIND_EVENT && !gr_is_definite(c, d->anchor) &&
                     c->in->word[d->anchor].subrel == GR_SUB_PASS &&
                     gr_light_verb_of(c, d->anchor) != GR_NONE; /* "a curfew was imposed" */
    if (occurs || performed) return false;
    if (d->claim.kind == GR_KIND_EVENT && reported &&
        (!gr_is_definite(c, d->anchor) || gr_is_lemma(&c->tree, d->anchor, "use")))
        return false;
    return (upos == GR_NOUN || upos == GR_PROPN) && !told && !d->parties.count && !d->counts.count &&
           !d->locations.count && !d->claim.when.present && !d->persons.count;
}

/* Who denies, accuses, demands, promises or claims is the one who says so. */
static void say_own_act(const gr_clause *c, const gr_draft *d, gr_claim *claim) {
    static const char *const acts[] = {
        "deny", "reject", "accuse", "demand", "promise", "threaten", "claim-responsibility"};
    if (!is_type(d, acts, sizeof acts / sizeof *acts)) return;
    for (uint32_t i = 0; i < claim->party_count; i++) {
        const gr_party *p = &claim->party[i];
        if (p->role != GR_ROLE_ACTOR) continue;
        for (uint32_t k = 0; k < claim->claimant_count; k++)
            if (gr_eq(claim->claimant[k].name, p->name)) return;
        gr_claimant *chain = gr_alloc_array(c->arena, claim->claimant_count + 1u, sizeof *chain);
        chain[0] = (gr_claimant){.id = p->id,
                                 .name = p->name,
                                 .mention = p->mention,
                                 .cue = claim->trigger,
                                 .content = claim->quote};
        for (uint32_t k = 0; k < claim->claimant_count; k++) chain[k + 1] = claim->claimant[k];
        claim->claimant = chain;
        claim->claimant_count++;
        return;
    }
}

static void finish(const gr_clause *c, gr_draft *d, const gr_attributions *said) {
    gr_claim *claim = &d->claim;
    claim->party = d->parties.item, claim->party_count = d->parties.count;
    claim->location = d->locations.item, claim->location_count = d->locations.count;
    claim->count = d->counts.item, claim->count_count = d->counts.count;
    claim->person = d->persons.item, claim->person_count = d->persons.count;
    claim->instrument = d->instruments.item, claim->instrument_count = d->instruments.count;
    claim->claimant = gr_claimants_of(c, said, d->anchor, &claim->claimant_count);
    bool hearsay = !claim->claimant_count && claim->reality == GR_OCCURRED && gr_is_conditional(c, d->anchor);
    if (hearsay) claim->reality = GR_POSSIBLE; /* "auraient été tués", and nobody who says so */
    say_own_act(c, d, claim);
    claim->score = score_of(d);
    claim->telling = gr_telling_of(c, d);
    claim->adds = gr_adds_to_figures(c, d->anchor);
    claim->block = c->in->text->sentence[c->sentence].block;
    gr_settle_codes(claim);
}

static void read_sentence(const gr_clause *c, memory *m, gr_drafts *drafts, gr_claims *out) {
    gr_attributions said = {0};
    gr_find_attributions(c, &m->talk, &said);
    uint32_t first = drafts->count;
    for (uint32_t i = c->tree.sentence->tok_begin; i < c->tree.sentence->tok_end; i++)
        if (drafts->count - first < GR_MAX_CLAIMS_PER_SENTENCE) try_token(c, i, drafts);
    drop_nested(c, drafts, first);
    join_repeated(c, drafts, first);
    join_effects(c, drafts, first);
    join_settings(c, drafts, first);
    join_harm(c, drafts, first);
    spread_ongoing(c, drafts, first);
    gr_fill_places(c, drafts, first);
    gr_fill_times(c, drafts, first);
    gr_fill_instruments(c, drafts, first);
    add_parts(c, drafts, first);
    for (uint32_t i = first; i < drafts->count; i++) {
        gr_draft *d = &drafts->item[i];
        if (d->merged || out->count >= GR_MAX_CLAIMS_PER_DOCUMENT) continue;
        add_persons(c, d);
        inherit_parties(c, out, d);
        if (says_nothing(c, d) || only_dates(c, d) || points_back(c, out, d) || tells_no_harm(c, out, d) ||
            only_describes(c, d) || only_meant(c, drafts, first, d))
            continue;
        gr_frame_give(c, &m->frame, d);
        inherit_place(c, m, d);
        const gr_section *section = &m->section[c->tree.sentence->block];
        gr_section_day(c, section, d);
        if (happens_somewhere(d)) gr_section_place(c, section, d);
        finish(c, d, &said);
        gr_push(c->arena, out, d->claim);
        out->item[out->count - 1].part_of = d->part_of_draft; /* draft number; made a claim number below */
        out->item[out->count - 1].number = i + 1;
    }
    gr_frame_open(c, &m->frame);
    for (uint32_t i = first; i < drafts->count; i++) {
        const gr_draft *d = &drafts->item[i];
        if (d->merged || !d->locations.count || d->locations.item[0].inherited) continue;
        m->location = d->locations.item;
        m->location_count = d->locations.count;
        m->location_sentence = c->sentence;
    }
}

static int by_trigger(const void *x, const void *y) {
    const gr_claim *a = x, *b = y;
    if (a->trigger.begin_b != b->trigger.begin_b) return a->trigger.begin_b < b->trigger.begin_b ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

/* Numbers the claims by trigger and turns part_of from draft numbers into claim numbers. */
static void number_claims(gr_arena *arena, gr_claims *out, uint32_t draft_count) {
    if (!out->count) return;
    qsort(out->item, out->count, sizeof *out->item, by_trigger);
    uint32_t *number_of = gr_alloc_array(arena, draft_count + 2, sizeof *number_of);
    for (uint32_t i = 0; i < out->count; i++) number_of[out->item[i].number] = i + 1;
    for (uint32_t i = 0; i < out->count; i++) {
        out->item[i].part_of = out->item[i].part_of ? number_of[out->item[i].part_of] : 0;
        out->item[i].number = i + 1;
    }
}

/* The items of a list in text order whose first token lies in the sentence: index of the first, and how many.
 * `item` points at the first item's tok_begin, items are `size` bytes apart. */
static uint32_t first_in(const void *item, size_t size, uint32_t count, const gr_sentence *s,
                         uint32_t *inside) {
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2, token;
        memcpy(&token, (const char *)item + middle * size, sizeof token);
        if (token < s->tok_begin)
            low = middle + 1;
        else
            high = middle;
    }
    for (*inside = 0; low + *inside < count; ++*inside) {
        uint32_t token;
        memcpy(&token, (const char *)item + (low + *inside) * size, sizeof token);
        if (token >= s->tok_end) break;
    }
    return low;
}

_Static_assert(offsetof(gr_time, tok_begin) == 0 && offsetof(gr_quantity, tok_begin) == 0 &&
                   offsetof(gr_place_mention, tok_begin) == 0,
               "first_in reads tok_begin at the start of an item");

gr_clause gr_clause_at(gr_arena *arena, const gr_claim_input *in, uint32_t s) {
    const gr_sentence *sentence = &in->text->sentence[s];
    gr_clause c = {.arena = arena,
                   .in = in,
                   .tree = {in->text, in->word, in->who->lemma, sentence, &in->who->children},
                   .sentence = s};
    uint32_t i = first_in(in->times->item, sizeof *c.time, in->times->count, sentence, &c.time_count);
    if (c.time_count) c.time = &in->times->item[i];
    c.quantity_first = first_in(in->quantities->item, sizeof *c.quantity, in->quantities->count, sentence,
                                &c.quantity_count);
    if (c.quantity_count) c.quantity = &in->quantities->item[c.quantity_first];
    c.place_first = first_in(in->places->item, sizeof *c.place, in->places->count, sentence, &c.place_count);
    if (c.place_count) c.place = &in->places->item[c.place_first];
    return c;
}

static bool is_heading(const gr_text *text, uint32_t sentence) {
    gr_block_kind kind = text->block[text->sentence[sentence].block].kind;
    return kind == GR_BLOCK_TITLE || kind == GR_BLOCK_HEADING;
}

static bool shares_party(const gr_claim *a, const gr_claim *b) {
    for (uint32_t i = 0; i < a->party_count; i++)
        for (uint32_t k = 0; k < b->party_count; k++)
            if (gr_same_party(&a->party[i], &b->party[k])) return true;
    return !a->party_count || !b->party_count;
}

/* What a heading says and the text below tells again is the text's claim. */
static void drop_headlines(const gr_text *text, gr_claims *claims) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < claims->count; i++) {
        const gr_claim *a = &claims->item[i];
        bool again = false;
        for (uint32_t k = 0; k < claims->count && !again && is_heading(text, a->sentence); k++) {
            const gr_claim *b = &claims->item[k];
            bool told_alike =
                a->reality == b->reality || /* headlines tell in the present what has occurred */
                (a->reality == GR_ONGOING && b->reality == GR_OCCURRED);
            again =
                !is_heading(text, b->sentence) && gr_eq(a->type, b->type) && told_alike && shares_party(a, b);
        }
        if (!again) claims->item[kept++] = claims->item[i];
    }
    claims->count = kept;
}

void gr_make_claims(gr_arena *arena, const gr_claim_input *input, gr_claims *out) {
    memory m = {.section = gr_find_sections(arena, input)};
    gr_talk_begin(arena, input->text, &m.talk);
    gr_drafts drafts = {0};
    for (uint32_t s = 0; s < input->text->sentence_count; s++) {
        if (input->wanted && !input->wanted[s]) continue;
        gr_clause c = gr_clause_at(arena, input, s);
        read_sentence(&c, &m, &drafts, out);
    }
    drop_headlines(input->text, out);
    number_claims(arena, out, drafts.count);
}

uint32_t gr_explain_token(gr_arena *arena, const gr_claim_input *input, uint32_t token, gr_buffer *out) {
    uint32_t s = 0, tried = 0;
    while (s < input->text->sentence_count && input->text->sentence[s].tok_end <= token) s++;
    if (s == input->text->sentence_count || !input->know->rules) return 0;
    gr_clause c = gr_clause_at(arena, input, s);
    uint32_t at = gr_map_get(&input->know->rules->by_lemma, c.tree.lemma[token]);
    if (at == GR_MAP_NONE) return 0;
    const struct gr_rule_list *list = &input->know->rules->list[at];
    for (uint32_t i = 0; i < list->count; i++) {
        const gr_rule *rule = &input->know->rules->rule[list->rule[i] >> 8];
        const gr_anchor *anchor = &rule->anchor[list->rule[i] & 255];
        if (!gr_rule_speaks(&c, rule)) continue;
        tried++;
        const gr_condition *failed = NULL;
        gr_buffer_printf(out, "rule %.*s (%.*s:%u): ", GR_FMT(rule->name), GR_FMT(rule->at.file),
                         rule->at.line);
        if (!(anchor->pos & gr_anchor_pos_of(&input->word[token])))
            gr_buffer_printf(out, "the word is no %s here\n",
                             anchor->pos == GR_ANCHOR_VERB   ? "verb"
                             : anchor->pos == GR_ANCHOR_NOUN ? "noun"
                                                             : "adjective");
        else if (!gr_has_companion(&c, token, anchor->with))
            gr_buffer_printf(out, "it needs \"%.*s\" beside it\n", GR_FMT(anchor->with));
        else if ((failed = gr_failing_condition(&c, token, rule)))
            gr_buffer_printf(out, "%s %.*s does not hold (line %u)\n", failed->unless ? "unless" : "need",
                             GR_FMT(failed->source), failed->at.line);
        else
            gr_buffer_printf(out, "holds\n");
    }
    return tried;
}
