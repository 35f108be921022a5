#include "link/beside.h"

#include "claim/acts.h"

typedef GR_VEC(gr_beside) besides;

static gr_span span_of(const gr_link_input *in, uint32_t begin, uint32_t end) {
    const gr_token *last = &in->text->token[end - 1];
    return (gr_span){in->text->token[begin].off_b, last->off_b + last->len_b};
}

static bool touches(gr_span a, gr_span b) {
    return a.begin_b < b.end_b && b.begin_b < a.end_b;
}

static bool has_part_in(const gr_claim *c, gr_span words) {
    for (uint32_t i = 0; i < c->party_count; i++)
        if (touches(c->party[i].mention, words)) return true;
    for (uint32_t i = 0; i < c->instrument_count; i++)
        if (touches(c->instrument[i].mention, words)) return true;
    for (uint32_t i = 0; i < c->claimant_count; i++)
        if (touches(c->claimant[i].mention, words)) return true;
    return touches(c->trigger, words);
}

/* Marks the mentions to which some claim of their sentence gives a part. */
static bool *mark_parts(gr_arena *arena, const gr_link_input *in) {
    bool *part = gr_alloc_array(arena, in->who->all.count + 1, sizeof *part);
    uint32_t c = 0;
    for (uint32_t i = 0; i < in->who->all.count; i++) {
        const gr_mention *m = &in->who->all.item[i];
        while (c < in->claim_count && in->claim[c].sentence < m->sentence) c++;
        gr_span words = span_of(in, m->tok_begin, m->tok_end);
        for (uint32_t k = c; k < in->claim_count && in->claim[k].sentence == m->sentence && !part[i]; k++)
            part[i] = has_part_in(&in->claim[k], words);
    }
    return part;
}

static bool can_have_part(const gr_link_input *in, const gr_mention *m) {
    if (m->kind == GR_MENTION_PERSON) return true;
    if (m->kind != GR_MENTION_CLASS || m->word_class == GR_NO_CLASS) return false;
    gr_class_of of = in->know->word_class[m->word_class].of;
    return of == GR_OF_PEOPLE || of == GR_OF_WEAPON || of == GR_OF_FACILITY;
}

static gr_span phrase_of(const gr_link_input *in, const gr_mention *m) {
    gr_tree tree = {.text = in->text, .word = in->word, .sentence = &in->text->sentence[m->sentence]};
    uint32_t begin, end;
    gr_noun_phrase(&tree, m->head, &begin, &end);
    return span_of(in, begin < m->tok_begin ? begin : m->tok_begin, end > m->tok_end ? end : m->tok_end);
}

/* Index of the first mention of a sentence; mentions stand in text order. */
static uint32_t first_of(const gr_who *who, uint32_t sentence) {
    uint32_t low = 0, high = who->all.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (who->all.item[middle].sentence < sentence)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void look_beside(gr_arena *arena, const gr_link_input *in, const bool *part, gr_incident *incident) {
    besides found = {0};
    uint32_t seen = GR_NONE;
    for (uint32_t k = 0; k < incident->member_count; k++) {
        uint32_t sentence = in->claim[incident->member[k]].sentence;
        if (sentence == seen) continue;
        seen = sentence;
        for (uint32_t i = first_of(in->who, sentence); i < in->who->all.count; i++) {
            const gr_mention *m = &in->who->all.item[i];
            if (m->sentence != sentence) break;
            if (!part[i] && can_have_part(in, m)) gr_push(arena, &found, (gr_beside){i, phrase_of(in, m)});
        }
    }
    incident->beside = found.item, incident->beside_count = found.count;
}

void gr_find_beside(gr_arena *arena, const gr_link_input *in, gr_incidents *incidents) {
    const bool *part = mark_parts(arena, in);
    for (uint32_t i = 0; i < incidents->count; i++) {
        gr_act act = gr_act_of(incidents->item[i].sum.type);
        if (gr_is_violent(act) || act == GR_ACT_ABDUCTION) look_beside(arena, in, part, &incidents->item[i]);
    }
}
