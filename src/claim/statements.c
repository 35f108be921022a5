#include "claim/statements.h"

#include "claim/attribution.h"
#include "claim/negation.h"

static const gr_rule any_rule = {0}; /* reality without a rule's own marks */

static void find_sayings(const gr_clause *c, gr_talk *talk, gr_statements *out) {
    gr_attributions all = {0};
    uint32_t first = out->saying.count;
    gr_find_attributions(c, talk, &all);
    for (uint32_t i = 0; i < all.count; i++) {
        const gr_attribution *a = &all.item[i];
        uint32_t around = gr_attribution_around(&all, i);
        gr_saying saying = {.denies = a->denies,
                            .attitude = a->attitude,
                            .within = around == GR_NONE ? GR_NONE : first + around};
        if (a->cue != GR_NONE) saying.cue = gr_span_of(c->in->text, a->cue, a->cue + 1);
        if (a->surface != GR_NONE) saying.source = gr_source_span(c, a->surface);
        bool parted = a->skip_begin < a->skip_end;
        saying.content[0] = gr_span_of(c->in->text, a->begin, parted ? a->skip_begin : a->end);
        if (parted) saying.content[1] = gr_span_of(c->in->text, a->skip_end, a->end);
        gr_push(c->arena, &out->saying, saying);
    }
}

static void find_denials(const gr_clause *c, gr_statements *out) {
    gr_negations all = {0};
    gr_find_negations(c, &all);
    for (uint32_t i = 0; i < all.count; i++) {
        const gr_negation *n = &all.item[i];
        gr_span event = {0, 0};
        if (n->event != GR_NONE) event = gr_span_of(c->in->text, n->event, n->event + 1);
        gr_push(c->arena, &out->denial, (gr_denial){n->cue, event, n->scope, n->scope_count});
    }
}

static bool tells_of_event(const gr_clause *c, uint32_t token) {
    uint8_t upos = c->in->word[token].upos;
    if (upos == GR_VERB) return true;
    return upos == GR_NOUN && (gr_properties_of(c, token) & GR_IS_EVENT);
}

static bool has_word_below(const gr_clause *c, uint32_t token, const char *const *words, size_t count) {
    for (uint32_t k = gr_next_child(&c->tree, token, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, token, k + 1))
        for (size_t i = 0; i < count; i++)
            if (gr_is_lemma(&c->tree, k, words[i])) return true;
    return false;
}

static bool has_class_below(const gr_clause *c, uint32_t token, const char *name) {
    for (uint32_t k = gr_next_child(&c->tree, token, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, token, k + 1)) {
        uint8_t rel = c->in->word[k].rel;
        if ((rel == GR_AMOD || rel == GR_ADVMOD) && gr_in_class(c, k, name)) return true;
    }
    return false;
}

/* "appears to be", "is said to have", "expects to cut", "are allowed to bid": the verb above leaves it open.
 */
static bool is_guessed(const gr_clause *c, uint32_t up) {
    if (gr_in_class(c, up, "seem-verb")) return true;
    return gr_is_passive(c, up) && gr_in_class(c, up, "guess-verb");
}

/* How sure the text is; under "if" and "whether" it does not say. */
static gr_certainty certainty_of(const gr_clause *c, uint32_t token, gr_reality reality) {
    static const char *const open[] = {"if", "whether", "unless"};
    if (has_word_below(c, token, open, 3)) return GR_OPEN;
    if (reality == GR_POSSIBLE || has_class_below(c, token, "hearsay-word")) return GR_UNCERTAIN;
    uint32_t up = c->in->word[token].head;
    uint8_t rel = c->in->word[token].rel;
    if (up == GR_NONE || (rel != GR_XCOMP && rel != GR_CCOMP)) return GR_CERTAIN;
    return is_guessed(c, up) ? GR_UNCERTAIN : GR_CERTAIN;
}

static void add_happening(const gr_clause *c, uint32_t token, gr_statements *out) {
    gr_reality reality = gr_reality_at(c, token, &any_rule);
    gr_happening h = {.words = gr_span_of(c->in->text, token, token + 1),
                      .reality = reality,
                      .negated = reality == GR_NEGATED || reality == GR_DENIED || gr_is_put_off(c, token),
                      .certainty = certainty_of(c, token, reality),
                      .future = reality == GR_PLANNED};
    gr_push(c->arena, &out->happening, h);
}

static void find_happenings(const gr_clause *c, gr_statements *out) {
    for (uint32_t i = c->tree.sentence->tok_begin; i < c->tree.sentence->tok_end; i++)
        if (tells_of_event(c, i)) add_happening(c, i, out);
}

/* What the token's lemma or form tells of, "nature" for a word of the class matter-nature; or empty. */
static gr_slice matter_of(const gr_clause *c, uint32_t token) {
    const gr_slice word[] = {c->tree.lemma[token], c->in->who->key[token]};
    for (size_t i = 0; i < 2; i++)
        for (const gr_sense *s = gr_senses_of(c->in->know, word[i]); s; s = s->next) {
            if (s->kind != GR_SENSE_CLASS) continue;
            gr_slice name = c->in->know->word_class[s->index].name;
            if (gr_starts(name, GR_S("matter-"))) return gr_sub(name, strlen("matter-"), name.len);
        }
    return gr_tells_of_mishap(c, token) ? GR_S("accident") : GR_S("");
}

/* "crowds flooded the square": a figure of speech. */
static bool is_done_by_people(const gr_clause *c, uint32_t token) {
    if (c->in->word[token].upos != GR_VERB || gr_in_class(c, token, "matter-crime")) return false;
    uint32_t subject = gr_surface_subject(c, token);
    return subject != GR_NONE && (gr_properties_of(c, subject) & (GR_IS_PEOPLE | GR_IS_PARTY));
}

static void find_matters(const gr_clause *c, gr_statements *out) {
    for (uint32_t i = c->tree.sentence->tok_begin; i < c->tree.sentence->tok_end; i++) {
        gr_slice what = matter_of(c, i);
        if (!what.len || is_done_by_people(c, i)) continue;
        gr_push(c->arena, &out->matter,
                ((gr_matter){gr_span_of(c->in->text, i, i + 1), what, gr_depth_of(c, i)}));
    }
}

void gr_find_statements(gr_arena *arena, const gr_claim_input *input, gr_statements *out) {
    gr_talk talk;
    gr_talk_begin(arena, input->text, &talk);
    *out = (gr_statements){0};
    for (uint32_t s = 0; s < input->text->sentence_count; s++) {
        if (input->wanted && !input->wanted[s]) continue;
        gr_clause c = gr_clause_at(arena, input, s);
        find_sayings(&c, &talk, out);
        find_denials(&c, out);
        find_happenings(&c, out);
        gr_find_deeds(&c, &out->deed);
        find_matters(&c, out);
    }
}
