#include "link/tolls.h"

typedef GR_VEC(gr_toll) tolls;
typedef GR_VEC(gr_unit_toll) units;

static bool same_of(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Words for people of no particular sort: they may be the total of the others, or one of them. */
static bool generic(gr_slice unit) {
    static const char *const names[] = {"", "person", "people", "other", "victim", "detainee"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (gr_eq(unit, gr_slice_of(names[i]))) return true;
    return false;
}

static int64_t most_of(const gr_count *c) {
    return c->n_max != GR_NO_NUMBER && c->n_max > c->n ? c->n_max : c->n;
}

/* Other people than before: both ends grow. */
static void add_people(gr_unit_toll *u, const gr_count *c) {
    u->low += c->n;
    u->high += most_of(c);
    u->single = false;
    if (c->op != GR_OP_EQ) u->op = c->op;
}

/* Another account of the same people. "A leader" tells nothing of how many there were beside him. */
static void add_figure(gr_unit_toll *u, const gr_count *c) {
    bool known = u->low != GR_NO_NUMBER;
    if (known && c->single && !u->single) return;
    if (!known || (u->single && !c->single)) {
        u->low = c->n, u->high = most_of(c), u->op = c->op, u->single = c->single;
        return;
    }
    if (c->n < u->low) u->low = c->n, u->op = c->op;
    if (most_of(c) > u->high) u->high = most_of(c);
}

bool gr_same_harm(gr_what a, gr_what b) {
    bool held = a == GR_WHAT_DETAINED || a == GR_WHAT_ARRESTED;
    return a == b || (held && (b == GR_WHAT_DETAINED || b == GR_WHAT_ARRESTED));
}

/* "a leader and two men": figures of one claim in one unit are of different people, unless one is a part of
 * another. Returns what the counts from `first` on say of that unit, or nothing where it was told before. */
bool gr_add_up(const gr_claim *c, uint32_t first, gr_count *out) {
    const gr_count *of = &c->count[first];
    *out = *of;
    for (uint32_t i = 0; i < c->count_count; i++) {
        const gr_count *more = &c->count[i];
        if (!gr_same_harm(more->what, of->what) || !same_of(more->of, of->of) || !gr_eq(more->unit, of->unit))
            continue;
        if (i < first && !more->part) return false;
        if (i <= first || more->part || more->n == GR_NO_NUMBER || out->n == GR_NO_NUMBER) continue;
        int64_t most = more->n_max != GR_NO_NUMBER ? more->n_max : more->n;
        out->n_max = (out->n_max != GR_NO_NUMBER ? out->n_max : out->n) + most;
        out->n += more->n;
        out->single = false;
        if (more->op != GR_OP_EQ) out->op = more->op;
    }
    return true;
}

/* A part counts nobody anew; a figure over a window is of many incidents. */
static bool belongs(const gr_count *c, const gr_toll *toll) {
    return gr_same_harm(c->what, toll->what) && same_of(c->of, toll->of) && !c->part && !c->aggregate;
}

/* Does the claim count people of another sort beside those of figure `i`? */
static bool counts_beside(const gr_claim *c, uint32_t i, const gr_toll *toll) {
    for (uint32_t k = 0; k < c->count_count; k++)
        if (belongs(&c->count[k], toll) && !gr_eq(c->count[k].unit, c->count[i].unit)) return true;
    return false;
}

static uint32_t figures_of(const gr_claim *c, const gr_toll *toll) {
    uint32_t figures = 0;
    for (uint32_t k = 0; k < c->count_count; k++) figures += belongs(&c->count[k], toll);
    return figures;
}

static bool counts_unit(const gr_claim *c, gr_slice unit, const gr_toll *toll) {
    for (uint32_t k = 0; k < c->count_count; k++)
        if (belongs(&c->count[k], toll) && gr_eq(c->count[k].unit, unit)) return true;
    return false;
}

/* "also arrested", or another act of the same sentence ("arrested a leader and detained two men"). */
static bool adds(const gr_claim *claim, const gr_incident *in, uint32_t member) {
    if (member == 0) return false;
    const gr_claim *c = &claim[in->member[member]], *before = &claim[in->member[member - 1]];
    return c->adds || (c->sentence == before->sentence && gr_eq(c->type, before->type));
}

/* "A leader and two rebels were arrested. ... Two other rebels were also held": others than the leader, told
 * in the first breath already. */
static bool told_beside(const gr_claim *claim, const gr_incident *in, uint32_t member, const gr_count *of,
                        const gr_toll *toll) {
    for (uint32_t m = 0; m < member; m++) {
        const gr_claim *c = &claim[in->member[m]];
        for (uint32_t i = 0; i < c->count_count; i++)
            if (belongs(&c->count[i], toll) && c->count[i].n == of->n && gr_eq(c->count[i].unit, of->unit) &&
                figures_of(c, toll) > 1)
                return true;
    }
    return false;
}

/* The figures that claim number `member` of an incident adds to a toll. */
typedef struct telling {
    const gr_claim *claim; /* all of the report */
    const gr_incident *in;
    uint32_t member;
    const gr_toll *toll;
    uint32_t known; /* units in the list before this claim */
} telling;

/* The unit that the figure belongs to; words for people of no particular sort are one, unless one claim
 * counts both ("two people and three others"). */
static gr_unit_toll *unit_for(gr_arena *arena, const telling *t, gr_slice name, units *out) {
    for (uint32_t i = t->toll->first; i < out->count; i++)
        if (gr_eq(out->item[i].unit, name)) return &out->item[i];
    const gr_claim *c = &t->claim[t->in->member[t->member]];
    for (uint32_t i = t->toll->first; i < t->known && generic(name); i++)
        if (generic(out->item[i].unit) && !counts_unit(c, out->item[i].unit, t->toll)) return &out->item[i];
    gr_push(arena, out, (gr_unit_toll){.unit = name, .low = GR_NO_NUMBER, .high = GR_NO_NUMBER});
    return &out->item[out->count - 1];
}

/* "86 were freed, 6 of them at Kollo": the six are among the figure of another claim of the incident. */
static bool is_part_of_another(const telling *t, const gr_claim *c) {
    for (uint32_t m = 0; c->part_of && m < t->in->member_count; m++)
        if (t->claim[t->in->member[m]].number == c->part_of) return true;
    return false;
}

static void take(gr_arena *arena, const telling *t, uint32_t index, units *out) {
    const gr_claim *c = &t->claim[t->in->member[t->member]];
    if (is_part_of_another(t, c)) return;
    const gr_count *figure = &c->count[index];
    bool more = adds(t->claim, t->in, t->member);
    if (more && told_beside(t->claim, t->in, t->member, figure, t->toll)) return;
    gr_unit_toll *unit = unit_for(arena, t, figure->unit, out);
    gr_count sum;
    if (more && t->known > t->toll->first)
        for (uint32_t i = t->toll->first; i < out->count; i++) out->item[i].apart = true;
    unit->apart = unit->apart || counts_beside(c, index, t->toll);
    if (figure->n == GR_NO_NUMBER) {
        if (!unit->words.len) unit->words = figure->words;
    } else if (gr_add_up(c, index, &sum)) {
        (more && unit->low != GR_NO_NUMBER ? add_people : add_figure)(unit, &sum);
    }
}

static void gather(gr_arena *arena, const gr_claim *claim, const gr_incident *in, gr_toll *toll, units *out) {
    toll->first = out->count;
    for (uint32_t m = 0; m < in->member_count; m++) {
        const gr_claim *c = &claim[in->member[m]];
        telling t = {claim, in, m, toll, out->count};
        for (uint32_t i = 0; i < c->count_count; i++)
            if (belongs(&c->count[i], toll)) take(arena, &t, i, out);
    }
    toll->count = out->count - toll->first;
}

typedef struct sum {
    int64_t low, high;
    bool any, vague;
} sum;

static void add_unit(sum *s, const gr_unit_toll *u) {
    if (u->low == GR_NO_NUMBER) {
        s->vague = s->vague || u->words.len;
        return;
    }
    s->any = true;
    s->low += u->low;
    s->high += u->high;
}

static bool is_whole(const gr_unit_toll *u) {
    return generic(u->unit) && !u->apart;
}

/* Adds the units up. People of no particular sort whom no claim counts beside others are the total of the
 * others, or, being fewer, among them. */
static void total(gr_toll *toll, gr_unit_toll *unit) {
    sum parts = {0}, whole = {0};
    toll->exact = true;
    for (uint32_t i = 0; i < toll->count; i++) {
        add_unit(is_whole(&unit[i]) ? &whole : &parts, &unit[i]);
        if (unit[i].op != GR_OP_EQ || unit[i].low != unit[i].high || unit[i].words.len) toll->exact = false;
    }
    bool other = parts.any || parts.vague;
    bool covers = whole.any && whole.low >= parts.low && (whole.low > 1 || !parts.vague);
    for (uint32_t i = 0; i < toll->count; i++) unit[i].within = other && !covers && is_whole(&unit[i]);
    toll->vague = covers ? whole.vague : parts.vague || (!other && whole.vague);
    toll->low =
        parts.any || whole.any ? (covers || parts.low < whole.low ? whole.low : parts.low) : GR_NO_NUMBER;
    toll->high = parts.any || whole.any ? (covers ? whole.high : parts.high + whole.high) : GR_NO_NUMBER;
}

/* "a leader and several men": the figure is known in part only. */
static bool counts_in_words_too(const gr_claim *c, const gr_toll *toll) {
    for (uint32_t i = 0; i < c->count_count; i++)
        for (uint32_t k = 0; k < c->count_count; k++) {
            const gr_count *figure = &c->count[i], *words = &c->count[k];
            if (belongs(figure, toll) && belongs(words, toll) && gr_eq(figure->unit, words->unit) &&
                figure->n != GR_NO_NUMBER && words->n == GR_NO_NUMBER)
                return true;
        }
    return false;
}

void gr_sum_tolls(gr_arena *arena, const gr_claim *claim, gr_incident *incident) {
    tolls all = {0};
    units parts = {0};
    for (uint32_t m = 0; m < incident->member_count; m++) {
        const gr_claim *c = &claim[incident->member[m]];
        for (uint32_t i = 0; i < c->count_count; i++) {
            bool there = c->count[i].aggregate;
            for (uint32_t k = 0; k < all.count; k++)
                there = there || (gr_same_harm(all.item[k].what, c->count[i].what) &&
                                  same_of(all.item[k].of, c->count[i].of));
            if (!there) gr_push(arena, &all, (gr_toll){.what = c->count[i].what, .of = c->count[i].of});
        }
    }
    for (uint32_t t = 0; t < all.count; t++) {
        gather(arena, claim, incident, &all.item[t], &parts);
        total(&all.item[t], parts.item + all.item[t].first);
        for (uint32_t m = 0; m < incident->member_count; m++)
            if (counts_in_words_too(&claim[incident->member[m]], &all.item[t])) all.item[t].vague = true;
    }
    incident->toll = all.item, incident->toll_count = all.count;
    incident->unit = parts.item, incident->unit_count = parts.count;
}
