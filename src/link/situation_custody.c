/* Who is held, freed, escaped, exchanged. What several reports tell of one thing is one row; those freed
 * follow those held where a person, or the sort of people and the place, says that they are the same and
 * nobody else can be meant. */
#include "link/situation_rows.h"

enum { MOST_HELD = 4096 }; /* rows of people held that those freed are looked for among */

static gr_slice custody_name(gr_slice type) {
    static const struct {
        const char *type, *name;
    } NAMES[] = {{"abduct", "held"},
                 {"detain", "held"},
                 {"release", "freed"},
                 {"escape", "escaped"},
                 {"exchange", "exchanged"}};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (gr_is(type, NAMES[i].type)) return gr_slice_of(NAMES[i].name);
    return type;
}

void gr_take_custody(gr_board *b, uint32_t told) {
    const gr_told *t = &b->told[told];
    gr_slice thing = t->incident.len ? t->incident : t->claim;
    gr_slice key = gr_printf(b->arena, "c\t%.*s", GR_FMT(thing));
    uint32_t row = gr_find_row(b, key);
    if (row == GR_MAP_NONE) row = gr_add_row(b, GR_CUSTODY, custody_name(t->type), key);
    gr_use_told(b, row, told, gr_use_of(t), 0);
}

/* ---- those freed follow those held ---- */

static const gr_told *use_of(const gr_board *b, const gr_row *r, uint32_t i) {
    return &b->told[r->uses.item[i].told];
}

static bool has_person(const gr_board *b, const gr_row *r, gr_slice person) {
    for (uint32_t i = 0; i < r->uses.count; i++) {
        const gr_told *t = use_of(b, r, i);
        for (uint32_t k = 0; k < t->person_count; k++)
            if (gr_eq(t->person[k], person)) return true;
    }
    return false;
}

static bool share_person(const gr_board *b, const gr_row *x, const gr_row *y) {
    for (uint32_t i = 0; i < x->uses.count; i++) {
        const gr_told *t = use_of(b, x, i);
        for (uint32_t k = 0; k < t->person_count; k++)
            if (has_person(b, y, t->person[k])) return true;
    }
    return false;
}

static bool has_victim(const gr_board *b, const gr_row *r, gr_slice key) {
    for (uint32_t i = 0; i < r->uses.count; i++) {
        const gr_told *t = use_of(b, r, i);
        for (uint32_t k = 0; k < t->party_count; k++)
            if ((t->party[k].role == GR_ROLE_TARGET || t->party[k].role == GR_ROLE_SUBJECT) &&
                gr_eq(t->party[k].key, key))
                return true;
    }
    return false;
}

static bool share_victims(const gr_board *b, const gr_row *x, const gr_row *y) {
    for (uint32_t i = 0; i < x->uses.count; i++) {
        const gr_told *t = use_of(b, x, i);
        for (uint32_t k = 0; k < t->party_count; k++)
            if ((t->party[k].role == GR_ROLE_TARGET || t->party[k].role == GR_ROLE_SUBJECT) &&
                has_victim(b, y, t->party[k].key))
                return true;
    }
    return false;
}

static bool has_place(const gr_board *b, const gr_row *r, gr_slice key) {
    for (uint32_t i = 0; i < r->uses.count; i++) {
        const gr_told *t = use_of(b, r, i);
        for (uint32_t k = 0; k < t->place_count; k++)
            if (gr_eq(t->place[k].key, key)) return true;
    }
    return false;
}

static bool share_report(const gr_board *b, const gr_row *x, const gr_row *y) {
    for (uint32_t i = 0; i < x->uses.count; i++)
        for (uint32_t k = 0; k < y->uses.count; k++)
            if (gr_eq(use_of(b, x, i)->doc, use_of(b, y, k)->doc)) return true;
    return false;
}

static bool share_place(const gr_board *b, const gr_row *x, const gr_row *y) {
    for (uint32_t i = 0; i < x->uses.count; i++) {
        const gr_told *t = use_of(b, x, i);
        for (uint32_t k = 0; k < t->place_count; k++)
            if (has_place(b, y, t->place[k].key)) return true;
    }
    return false;
}

static bool asserted(const gr_row *r) {
    for (uint32_t i = 0; i < r->uses.count; i++)
        if (r->uses.item[i].use == GR_USE_ASSERTS) return true;
    return false;
}

/* Nobody is freed before being held. */
static bool before(const gr_board *b, const gr_row *held, const gr_row *out) {
    return gr_told_day(use_of(b, held, 0)) <= gr_told_day(use_of(b, out, out->uses.count - 1));
}

static bool follows(const gr_board *b, const gr_row *out, const gr_row *held) {
    if (!before(b, held, out)) return false;
    if (share_person(b, out, held)) return true;
    return share_victims(b, out, held) && (share_place(b, out, held) || share_report(b, out, held));
}

static void join(gr_board *b, gr_row *held, gr_row *out) {
    for (uint32_t i = 0; i < out->uses.count; i++) gr_push(b->arena, &held->uses, out->uses.item[i]);
    out->gone = true;
}

void gr_follow_custody(gr_board *b) {
    GR_VEC(uint32_t) held = {0};
    for (uint32_t i = 0; i < b->rows.count && held.count < MOST_HELD; i++) {
        const gr_row *r = &b->rows.item[i];
        if (r->section == GR_CUSTODY && gr_is(r->what, "held") && asserted(r)) gr_push(b->arena, &held, i);
    }
    for (uint32_t i = 0; i < b->rows.count; i++) {
        gr_row *out = &b->rows.item[i], *only = NULL;
        if (out->section != GR_CUSTODY || gr_is(out->what, "held") || !asserted(out)) continue;
        uint32_t found = 0;
        for (uint32_t k = 0; k < held.count; k++)
            if (follows(b, out, &b->rows.item[held.item[k]])) found++, only = &b->rows.item[held.item[k]];
        if (found == 1) join(b, only, out);
    }
}
