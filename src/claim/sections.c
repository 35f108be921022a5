/* Situation reports tell day by day or province by province: a heading that is nothing but a date or the name
 * of a place holds for all that stands under it. */
#include "claim/sections.h"

#include "base/utf8.h"

enum { HEADING_TOKENS = 8 };

static bool is_heading_line(const gr_text *text, const gr_block *block) {
    if (block->sent_end - block->sent_begin != 1) return false;
    const gr_sentence *s = &text->sentence[block->sent_begin];
    return s->tok_end - s->tok_begin <= HEADING_TOKENS && !gr_eq(text->token[s->tok_end - 1].form, GR_S("."));
}

static bool is_punctuation(const gr_text *text, uint32_t token) {
    gr_slice form = text->token[token].form;
    return form.len && !gr_is_letter((uint8_t)form.ptr[0]) && !gr_is_digit((uint8_t)form.ptr[0]) &&
           (uint8_t)form.ptr[0] < 0x80;
}

/* "Tuesday, 6 February:" */
static bool is_day(const gr_clause *c) {
    static const char *const weekdays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                           "friday", "saturday", "sunday",    "on"};
    uint32_t inside = 0;
    if (c->time_count != 1 || c->time[0].kind != GR_TIME_POINT || c->time[0].earliest == GR_NO_DAY ||
        c->time[0].earliest != c->time[0].latest)
        return false;
    for (uint32_t i = c->tree.sentence->tok_begin; i < c->tree.sentence->tok_end; i++) {
        bool dates = i >= c->time[0].tok_begin && i < c->time[0].tok_end;
        inside += dates;
        if (!dates && !is_punctuation(c->in->text, i) && !GR_AMONG(c->in->who->key[i], weekdays))
            return false;
    }
    return inside > 1;
}

/* "Northern Shan State", "Goma (North Kivu)"; no country, which is what the whole report is about. */
static bool is_place(const gr_clause *c) {
    static const char *const words[] = {
        "state",     "province", "region",  "district", "county",   "governorate",  "department", "town",
        "city",      "village",  "area",    "township", "division", "municipality", "prefecture", "oblast",
        "territory", "the",      "of",      "in",       "zone",     "northern",     "southern",   "eastern",
        "western",   "central",  "commune", "wilayat",  "cercle",   "circle",       "camp",       "sector"};
    if (c->place_count == 0 || c->place_count > 2) return false;
    for (uint32_t p = 0; p < c->place_count; p++) {
        if (c->place[p].place == GR_NO_PLACE || c->place[p].demonym) return false;
        if (gr_gazetteer_place(c->in->gazetteer, c->place[p].place).level == GR_LEVEL_COUNTRY) return false;
    }
    for (uint32_t i = c->tree.sentence->tok_begin; i < c->tree.sentence->tok_end; i++)
        if (!gr_place_at(c, i) && !is_punctuation(c->in->text, i) && c->in->word[i].upos != GR_NUM &&
            !GR_AMONG(c->in->who->key[i], words))
            return false;
    return true;
}

typedef struct reader {
    gr_arena *arena;
    const gr_claim_input *in;
    gr_section now;
    uint32_t last;  /* block of the last heading line, or GR_NONE */
    bool day_first; /* days stand over places, not places over days */
    bool body;      /* something was told before */
} reader;

static bool is_wanted(const gr_claim_input *in, uint32_t sentence) {
    return !in->wanted || in->wanted[sentence];
}

/* The report's own date at its top is no heading: something stands before it, or a later day behind it. */
static bool day_of_report(const reader *r, const gr_clause *c) {
    if (r->body) return false;
    for (uint32_t i = 0; i < c->in->times->count; i++) {
        const gr_time *t = &c->in->times->item[i];
        if (t->tok_begin >= c->tree.sentence->tok_end && t->kind == GR_TIME_POINT &&
            t->precision == GR_PRECISION_DAY && t->latest != GR_NO_DAY && t->latest > c->time[0].latest)
            return false;
    }
    return true;
}

static void read_heading(reader *r, uint32_t block) {
    const gr_text *text = r->in->text;
    uint32_t s = text->block[block].sent_begin;
    bool heading = text->block[block].kind == GR_BLOCK_HEADING || text->block[block].kind == GR_BLOCK_TITLE;
    bool beside = r->last != GR_NONE && r->last + 1 == block;
    gr_clause c = gr_clause_at(r->arena, r->in, s);
    if (is_wanted(r->in, s) && is_day(&c)) {
        if (!beside && (r->day_first || r->now.day == GR_NONE)) r->now.place = GR_NONE;
        if (r->now.place == GR_NONE) r->day_first = true;
        r->now.day = day_of_report(r, &c) ? GR_NONE : s;
        r->last = block;
    } else if (is_wanted(r->in, s) && text->block[block].kind == GR_BLOCK_HEADING && is_place(&c)) {
        if (!r->day_first) r->now.day = GR_NONE;
        r->now.place = s;
        r->last = block;
    } else if (heading) {
        r->now = (gr_section){GR_NONE, GR_NONE};
        r->day_first = false;
        r->last = GR_NONE;
    }
}

gr_section *gr_find_sections(gr_arena *arena, const gr_claim_input *in) {
    reader r = {.arena = arena, .in = in, .now = {GR_NONE, GR_NONE}, .last = GR_NONE};
    gr_section *of = gr_alloc_array(arena, in->text->block_count + 1u, sizeof *of);
    for (uint32_t b = 0; b < in->text->block_count; b++) {
        const gr_block *block = &in->text->block[b];
        gr_section before = r.now;
        bool heading = block->kind == GR_BLOCK_HEADING || block->kind == GR_BLOCK_TITLE;
        if (heading || is_heading_line(in->text, block)) read_heading(&r, b);
        r.body = r.body || (!heading && block->sent_end > block->sent_begin && before.day == r.now.day);
        of[b] = r.now;
    }
    return of;
}

static bool has_happened(const gr_draft *d) {
    return d->claim.reality == GR_OCCURRED && d->claim.kind != GR_KIND_TOLL;
}

void gr_section_day(const gr_clause *c, const gr_section *section, gr_draft *d) {
    if (section->day == GR_NONE || section->day == c->sentence || d->claim.when.present || !has_happened(d))
        return;
    gr_clause heading = gr_clause_at(c->arena, c->in, section->day);
    const gr_time *t = &heading.time[0];
    d->claim.when = gr_when_of(c, t);
    d->claim.when.inherited = true;
}

void gr_section_place(const gr_clause *c, const gr_section *section, gr_draft *d) {
    if (section->place == GR_NONE || section->place == c->sentence || d->locations.count) return;
    gr_clause heading = gr_clause_at(c->arena, c->in, section->place);
    for (uint32_t p = 0; p < heading.place_count; p++) {
        gr_location where = gr_location_of(c, &heading.place[p]);
        where.role = "in";
        where.inherited = true;
        where.reason = "the place of the heading above";
        gr_push(c->arena, &d->locations, where);
    }
}
