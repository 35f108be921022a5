/* Who says a claim, from the attributions of its sentence: chains of claimants, and the words that name them.
 */
#include "claim/attribution.h"

#include <stdlib.h>

/* --- pronouns ---------------------------------------------------------------------------------------- */

/* "The agency said rockets were fired. It said a mosque was hit": who spoke last speaks on. */
uint32_t gr_one_who_spoke(const gr_clause *c, const gr_talk *talk, uint32_t source) {
    static const char *const words[] = {"it", "he", "she", "they"};
    if (source == GR_NONE || c->in->word[source].rel != GR_NSUBJ || !GR_AMONG(c->in->who->key[source], words))
        return source;
    bool before = talk->source != GR_NONE && talk->sentence + 1 == c->sentence &&
                  talk->block == c->tree.sentence->block;
    if (!before || c->in->word[talk->source].upos == GR_PRON) return source;
    bool they = gr_eq(c->in->who->key[source], GR_S("they"));
    const gr_mention *spoke = gr_mention_of(c->in->who, talk->source);
    bool person = spoke && spoke->kind == GR_MENTION_PERSON, it = gr_eq(c->in->who->key[source], GR_S("it"));
    bool many = (c->in->word[talk->source].feats & GR_PLUR) != 0;
    return they == many && !(it && person) ? talk->source : source;
}

/* --- chains ------------------------------------------------------------------------------------------ */

static bool holds_cue(const gr_attribution *outer, const gr_attribution *inner) {
    return inner->cue != outer->cue && inner->cue >= outer->begin && inner->cue < outer->end &&
           !(inner->cue >= outer->skip_begin && inner->cue < outer->skip_end);
}

static uint32_t content_length(const gr_attribution *a) {
    return a->end - a->begin - (a->skip_end - a->skip_begin);
}

uint32_t gr_attribution_around(const gr_attributions *all, uint32_t at) {
    const gr_attribution *a = &all->item[at];
    uint32_t best = GR_NONE;
    for (uint32_t i = 0; i < all->count && a->cue != GR_NONE; i++) {
        const gr_attribution *o = &all->item[i];
        if (!holds_cue(o, a) || (holds_cue(a, o) && content_length(o) <= content_length(a))) continue;
        if (best == GR_NONE || content_length(o) < content_length(&all->item[best])) best = i;
    }
    return best;
}

/* --- for claims ------------------------------------------------------------------------------------- */

static bool covers(const gr_attribution *a, uint32_t token) {
    return !a->attitude && a->source != GR_NONE && token >= a->begin && token < a->end &&
           !(token >= a->skip_begin && token < a->skip_end) && token != a->cue && token != a->source;
}

static int by_length(const void *x, const void *y) {
    const gr_attribution *a = x, *b = y;
    uint32_t la = content_length(a), lb = content_length(b);
    if (la != lb) return la < lb ? -1 : 1;
    return a->cue < b->cue ? -1 : a->cue > b->cue;
}

/* The mention's words; without one the noun with what stands before it: "security sources". */
static void source_words(const gr_clause *c, uint32_t source, uint32_t *begin, uint32_t *end) {
    const gr_mention *m = gr_mention_of(c->in->who, source);
    *begin = m ? m->tok_begin : source;
    *end = m ? m->tok_end : source + 1;
    if (m) return;
    while (*begin > c->tree.sentence->tok_begin && c->in->word[*begin - 1].head == source &&
           (c->in->word[*begin - 1].rel == GR_COMPOUND || c->in->word[*begin - 1].rel == GR_AMOD))
        --*begin;
    while (*end < c->tree.sentence->tok_end && c->in->word[*end].head == source &&
           c->in->word[*end].rel == GR_FLAT)
        ++*end;
}

gr_span gr_source_span(const gr_clause *c, uint32_t source) {
    uint32_t begin, end;
    source_words(c, source, &begin, &end);
    return gr_span_of(c->in->text, begin, end);
}

static gr_claimant claimant_of(const gr_clause *c, const gr_attribution *a) {
    const gr_mention *m = gr_mention_of(c->in->who, a->source);
    gr_claimant out = {.cue = gr_span_of(c->in->text, a->cue, a->cue + 1),
                       .content = gr_span_of(c->in->text, a->begin, a->end),
                       .mention = gr_source_span(c, a->source)};
    bool speaks = m && !((m->properties & GR_IS_FACILITY) && gr_in_class(c, a->source, "source-noun"));
    if (speaks) { /* "posts on social media" are no military posts */
        out.id = m->id;
        out.name = m->name;
    }
    if (!out.name.len) out.name = gr_sub(c->in->text->bytes, out.mention.begin_b, out.mention.end_b);
    return out;
}

gr_claimant *gr_claimants_of(const gr_clause *c, const gr_attributions *all, uint32_t token,
                             uint32_t *count) {
    gr_attributions found = {0};
    for (uint32_t i = 0; i < all->count; i++)
        if (covers(&all->item[i], token)) gr_push(c->arena, &found, all->item[i]);
    *count = found.count;
    if (!found.count) return NULL;
    qsort(found.item, found.count, sizeof *found.item, by_length);
    gr_claimant *chain = gr_alloc_array(c->arena, found.count, sizeof *chain);
    *count = 0;
    for (uint32_t i = 0; i < found.count; i++) {
        gr_claimant next = claimant_of(c, &found.item[i]);
        if (*count && gr_eq(chain[*count - 1].name, next.name)) continue;
        chain[(*count)++] = next;
    }
    return chain;
}
