/* The weapons that a violent act was done with. */
#include "claim/acts.h"
#include "claim/fields.h"

static const gr_word_class *weapon_class(const gr_clause *c, const gr_mention *m) {
    if (m->word_class == GR_NO_CLASS || m->sentence != c->sentence) return NULL;
    const gr_word_class *class = &c->in->know->word_class[m->word_class];
    return class->of == GR_OF_WEAPON ? class : NULL;
}

static bool takes_instruments(const gr_draft *d) {
    gr_act act = gr_act_of(d->claim.type);
    return gr_is_violent(act) || act == GR_ACT_ABDUCTION;
}

/* The draft, merged ones followed to the claim that took them over, whose anchor is the first on the way from
 * the weapon to the root; where none is, the one whose anchor hangs on that root as its purpose or result
 * ("used grenades to attack ..."). GR_NONE where nothing violent is told. */
static uint32_t holder_of(const gr_clause *c, const gr_drafts *drafts, uint32_t first, uint32_t weapon) {
    uint32_t top = weapon, found = GR_NONE;
    for (unsigned steps = 0; steps < 32; steps++) {
        for (uint32_t i = first; i < drafts->count; i++)
            if (drafts->item[i].anchor == top) found = i;
        uint32_t head = c->in->word[top].head;
        if (found != GR_NONE || head == GR_NONE) break;
        top = head;
    }
    for (uint32_t i = first; found == GR_NONE && i < drafts->count; i++) {
        const gr_word *w = &c->in->word[drafts->item[i].anchor];
        if (w->head == top && (w->rel == GR_ADVCL || w->rel == GR_XCOMP || w->rel == GR_CONJ)) found = i;
    }
    while (found != GR_NONE && drafts->item[found].merged) found = drafts->item[found].merged_into;
    return found;
}

/* "destroyed a tank and two mortars": what the act is done to is no weapon of it; what is fired or thrown is.
 */
static bool suffers_it(const gr_clause *c, const gr_draft *d, uint32_t weapon) {
    if (gr_act_of(d->claim.type) != GR_ACT_PROPERTY) return false;
    for (unsigned steps = 0; steps < 32 && c->in->word[weapon].head != GR_NONE; steps++) {
        weapon = gr_first_conjunct(&c->tree, weapon);
        const gr_word *w = &c->in->word[weapon];
        if (w->rel == GR_OBJ || (w->rel == GR_NSUBJ && w->subrel == GR_SUB_PASS)) return true;
        if (w->rel != GR_NMOD && w->rel != GR_COMPOUND) return false;
        weapon = w->head;
    }
    return false;
}

/* "burned the school", "blew up a bridge", "dynamited the tower": what the verb itself says that it was done
 * with; empty where it says nothing. */
static gr_slice means_of_verb(const gr_clause *c, uint32_t verb) {
    bool set = gr_is_lemma(&c->tree, verb, "set");
    for (uint32_t k = verb + 1; set && k < c->tree.sentence->tok_end; k++)
        if (gr_in_class(c, k, "fire-word") && gr_below(&c->tree, k, verb)) return GR_S("fire");
    if (gr_in_class(c, verb, "fire-verb")) return GR_S("fire");
    uint32_t particle = gr_child(&c->tree, verb, GR_COMPOUND, GR_SUB_OTHER);
    if (particle == GR_NONE) particle = gr_child(&c->tree, verb, GR_ADVMOD, GR_SUB_OTHER);
    bool blow = gr_is_lemma(&c->tree, verb, "blow") && gr_is_lemma(&c->tree, particle, "up");
    return blow || gr_in_class(c, verb, "blast-verb") ? GR_S("explosive") : GR_S("");
}

static void add_means_of_verbs(const gr_clause *c, gr_drafts *drafts, uint32_t first) {
    for (uint32_t i = first; i < drafts->count; i++) {
        gr_draft *d = &drafts->item[i];
        gr_slice means = means_of_verb(c, d->anchor);
        if (gr_act_of(d->claim.type) != GR_ACT_PROPERTY || !means.len) continue;
        gr_span words = gr_span_of(c->in->text, d->anchor, d->anchor + 1);
        gr_draft *holder = d->merged ? &drafts->item[d->merged_into] : d;
        gr_push(c->arena, &holder->instruments, (gr_instrument){means, means, words, words});
    }
}

void gr_fill_instruments(const gr_clause *c, gr_drafts *drafts, uint32_t first) {
    if (first == drafts->count) return;
    add_means_of_verbs(c, drafts, first);
    for (uint32_t t = c->tree.sentence->tok_begin; t < c->tree.sentence->tok_end; t++) {
        const gr_mention *m = gr_mention_of(c->in->who, t);
        if (!m || m->tok_begin != t) continue;
        const gr_word_class *class = weapon_class(c, m);
        uint32_t holder = class ? holder_of(c, drafts, first, m->head) : GR_NONE;
        if (holder == GR_NONE || !takes_instruments(&drafts->item[holder])) continue;
        if (suffers_it(c, &drafts->item[holder], m->head)) continue;
        gr_instrument instrument = {class->label, class->family,
                                    gr_span_of(c->in->text, m->tok_begin, m->tok_end),
                                    gr_phrase_of(c, m->head, m->tok_begin, m->tok_end)};
        gr_push(c->arena, &drafts->item[holder].instruments, instrument);
    }
}
