#include "link/tolls.h"

typedef GR_VEC(gr_toll) tolls;
typedef GR_VEC(gr_unit_toll) units;

static bool same_of(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Words for people of no particular sort: they may be the total of the others. */
static bool generic(gr_slice unit) {
    static const char *const names[] = {"", "person", "people", "other", "victim"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (gr_eq(unit, gr_slice_of(names[i]))) return true;
    return false;
}

/* Other people than before: both ends grow. */
static void add_people(gr_unit_toll *u, const gr_count *c) {
    int64_t most = c->n_max != GR_NO_NUMBER ? c->n_max : c->n;
    u->low += c->n;
    u->high += most;
    if (c->op != GR_OP_EQ) u->op = c->op;
}

static void add_figure(gr_unit_toll *u, const gr_count *c) {
    if (c->n == GR_NO_NUMBER) {
        if (!u->words.len) u->words = c->words;
        return;
    }
    if (u->low == GR_NO_NUMBER || c->n < u->low) u->low = c->n, u->op = c->op;
    int64_t most = c->n_max != GR_NO_NUMBER && c->n_max > c->n ? c->n_max : c->n;
    if (u->high == GR_NO_NUMBER || most > u->high) u->high = most;
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
        if (more->op != GR_OP_EQ) out->op = more->op;
    }
    return true;
}

/* A part counts nobody anew. */
static bool belongs(const gr_count *c, const gr_toll *toll) {
    return gr_same_harm(c->what, toll->what) && same_of(c->of, toll->of) && !c->part;
}

/* Does the claim count people of no particular sort beside others? */
static bool counts_beside(const gr_claim *c, const gr_toll *toll) {
    bool any = false, sort = false;
    for (uint32_t i = 0; i < c->count_count; i++)
        if (belongs(&c->count[i], toll)) *(generic(c->count[i].unit) ? &any : &sort) = true;
    return any && sort;
}

/* "also arrested", or another act of the same sentence ("arrested a leader and detained two men"). */
static bool adds(const gr_claim *claim, const gr_incident *in, uint32_t member) {
    if (member == 0) return false;
    const gr_claim *c = &claim[in->member[member]], *before = &claim[in->member[member - 1]];
    return c->adds || (c->sentence == before->sentence && gr_eq(c->type, before->type));
}

static void gather(gr_arena *arena, const gr_claim *claim, const gr_incident *in, gr_toll *toll, units *out) {
    toll->first = out->count;
    for (uint32_t m = 0; m < in->member_count; m++) {
        const gr_claim *c = &claim[in->member[m]];
        for (uint32_t i = 0; i < c->count_count; i++) {
            gr_count sum;
            if (!belongs(&c->count[i], toll)) continue;
            uint32_t at = toll->first;
            while (at < out->count && !gr_eq(out->item[at].unit, c->count[i].unit)) at++;
            if (at == out->count)
                gr_push(arena, out,
                        (gr_unit_toll){.unit = c->count[i].unit, .low = GR_NO_NUMBER, .high = GR_NO_NUMBER});
            gr_unit_toll *unit = &out->item[at];
            if (c->count[i].n == GR_NO_NUMBER) {
                add_figure(unit, &c->count[i]);
            } else if (gr_add_up(c, i, &sum)) {
                bool more = adds(claim, in, m) && unit->low != GR_NO_NUMBER;
                (more ? add_people : add_figure)(unit, &sum);
            }
        }
    }
    toll->count = out->count - toll->first;
}

/* Adds the units up, or takes the one that is their total. Where no claim counts "two men" beside "two
 * fighters", one is another telling of the other. */
static void total(gr_toll *toll, const gr_unit_toll *unit, bool beside) {
    int64_t low = 0, high = 0, whole_low = 0, whole_high = 0;
    bool known = false;
    toll->exact = true;
    for (uint32_t i = 0; i < toll->count; i++) {
        const gr_unit_toll *u = &unit[i];
        if (u->words.len && u->low == GR_NO_NUMBER) toll->vague = true;
        if (u->op != GR_OP_EQ || u->low != u->high || u->words.len) toll->exact = false;
        if (u->low == GR_NO_NUMBER) continue;
        known = true;
        *(generic(u->unit) ? &whole_low : &low) += u->low;
        *(generic(u->unit) ? &whole_high : &high) += u->high;
    }
    bool covers = whole_low >= low && low > 0 && (whole_low > 1 || !beside);
    if (covers) low = high = 0;
    toll->low = known ? low + whole_low : GR_NO_NUMBER;
    toll->high = known ? high + whole_high : GR_NO_NUMBER;
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
            bool there = false;
            for (uint32_t k = 0; k < all.count; k++)
                there = there || (gr_same_harm(all.item[k].what, c->count[i].what) &&
                                  same_of(all.item[k].of, c->count[i].of));
            if (!there) gr_push(arena, &all, (gr_toll){.what = c->count[i].what, .of = c->count[i].of});
        }
    }
    for (uint32_t t = 0; t < all.count; t++) {
        gather(arena, claim, incident, &all.item[t], &parts);
        bool beside = false;
        for (uint32_t m = 0; m < incident->member_count; m++)
            beside = beside || adds(claim, incident, m) ||
                     counts_beside(&claim[incident->member[m]], &all.item[t]);
        total(&all.item[t], parts.item + all.item[t].first, beside);
        for (uint32_t m = 0; m < incident->member_count; m++)
            if (counts_in_words_too(&claim[incident->member[m]], &all.item[t])) all.item[t].vague = true;
    }
    incident->toll = all.item, incident->toll_count = all.count;
    incident->unit = parts.item, incident->unit_count = parts.count;
}
