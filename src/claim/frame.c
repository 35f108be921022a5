#include "claim/frame.h"

#define REACH_SENTENCES 3u
#define OPENING_TOKENS 9u

/* Where the words before the first verb end. */
static uint32_t opening_end(const gr_clause *c) {
    const gr_sentence *s = c->tree.sentence;
    uint32_t end = s->tok_begin;
    while (end < s->tok_end && end < s->tok_begin + OPENING_TOKENS && c->in->word[end].upos != GR_VERB) end++;
    return end;
}

static bool opens_with_adverbial(const gr_clause *c) {
    uint32_t at = c->tree.sentence->tok_begin;
    if (c->in->word[at].upos == GR_ADV && at + 1 < c->tree.sentence->tok_end) at++; /* "Also in ..." */
    return c->in->word[at].upos == GR_ADP;
}

void gr_frame_open(const gr_clause *c, gr_frame *frame) {
    if (!opens_with_adverbial(c)) return;
    uint32_t end = opening_end(c);
    GR_VEC(gr_location) places = {0};
    for (uint32_t i = 0; i < c->place_count; i++) {
        const gr_place_mention *p = &c->place[i];
        if (p->tok_begin >= end || p->place == GR_NO_PLACE) continue;
        gr_location where = gr_location_of(c, p);
        where.inherited = true;
        gr_push(c->arena, &places, where);
    }
    gr_when when = {0};
    for (uint32_t i = 0; i < c->time_count; i++) {
        const gr_time *t = &c->time[i];
        if (t->tok_begin >= end || t->kind != GR_TIME_POINT || when.present) continue;
        when = (gr_when){.present = true,
                         .inherited = true,
                         .mention = gr_span_of(c->in->text, t->tok_begin, t->tok_end),
                         .earliest = t->earliest,
                         .latest = t->latest,
                         .precision = t->precision,
                         .basis = t->basis};
    }
    if (places.count == 0 || !when.present) return;
    *frame = (gr_frame){.location = places.item,
                        .location_count = places.count,
                        .when = when,
                        .sentence = c->sentence,
                        .block = c->in->text->sentence[c->sentence].block};
}

void gr_frame_give(const gr_clause *c, const gr_frame *frame, gr_draft *d) {
    bool near = frame->when.present && c->sentence > frame->sentence &&
                c->sentence <= frame->sentence + REACH_SENTENCES &&
                c->in->text->sentence[c->sentence].block == frame->block;
    bool happened = d->claim.reality == GR_OCCURRED &&
                    (d->claim.kind == GR_KIND_EVENT || d->claim.kind == GR_KIND_CUSTODY);
    if (!near || !happened || d->claim.when.present || d->locations.count) return;
    if (c->in->word[d->anchor].upos != GR_VERB) return;
    d->claim.when = frame->when;
    for (uint32_t i = 0; i < frame->location_count; i++) gr_push(c->arena, &d->locations, frame->location[i]);
}
