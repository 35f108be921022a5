/* Who is present where and how firmly, and what forces did. */
#include "claim/acts.h"
#include "link/situation_rows.h"

/* How firm a presence is, by the type of the claim. */
static unsigned level_of(const gr_told *t) {
    static const struct {
        const char *type;
        unsigned level;
    } LEVELS[] = {{"control", GR_LEVEL_HOLDS},
                  {"lose-control", GR_LEVEL_HOLDS},
                  {"present", GR_LEVEL_PATROLS},
                  {"influence", GR_LEVEL_TAXES},
                  {"tax", GR_LEVEL_TAXES}};
    for (size_t i = 0; i < sizeof LEVELS / sizeof *LEVELS; i++)
        if (gr_is(t->type, LEVELS[i].type)) return LEVELS[i].level;
    return t->kind == GR_KIND_PRESENCE || gr_is_violent(gr_act_of(t->type)) ? GR_LEVEL_ATTACK : GR_LEVEL_NONE;
}

/* Below a country and its regions. */
static bool is_local(const gr_told_place *p) {
    static const char *const WIDE[] = {"country", "area", "admin1"};
    for (size_t i = 0; i < sizeof WIDE / sizeof *WIDE; i++)
        if (gr_is(p->level, WIDE[i])) return false;
    return true;
}

/* "in Abala, in Niger": the country only tells where the village lies. */
static bool only_locates(const gr_told *t, const gr_told_place *wide) {
    if (is_local(wide)) return false;
    for (uint32_t i = 0; i < t->place_count; i++)
        if (is_local(&t->place[i]) && t->place[i].country.len && gr_eq(t->place[i].country, wide->country))
            return true;
    return false;
}

static gr_slice presence_key(gr_board *b, gr_slice actor, gr_slice place) {
    return gr_printf(b->arena, "p\t%.*s\t%.*s", GR_FMT(place), GR_FMT(actor));
}

/* All presence at a place, as a list of rows. */
static gr_slice place_key(gr_board *b, gr_slice place) {
    return gr_printf(b->arena, "pp\t%.*s", GR_FMT(place));
}

static gr_slice sentence_key(gr_board *b, const gr_told *t, gr_slice place) {
    return gr_printf(b->arena, "ps\t%.*s\t%lld\t%.*s", GR_FMT(t->doc), (long long)t->sentence, GR_FMT(place));
}

static uint32_t presence_row(gr_board *b, const gr_told_party *actor, const gr_told_place *place) {
    gr_slice none = {"", 0};
    gr_slice key = presence_key(b, actor ? actor->key : none, place ? place->key : none);
    uint32_t row = gr_find_row(b, key);
    if (row != GR_MAP_NONE) return row;
    row = gr_add_row(b, GR_PRESENCE, GR_S(""), key);
    gr_row *r = &b->rows.item[row];
    if (actor) r->party[0] = *actor, r->party_count = 1;
    if (!place) return row;
    gr_slice here = place_key(b, place->key);
    r->place = *place, r->has_place = true;
    r->next_here = gr_map_get(&b->keys, here);
    gr_map_set(b->arena, &b->keys, here, row);
    return row;
}

/* Both may be the same group: one of them is only described. */
static bool may_be_one(const gr_told_party *a, const gr_told_party *b) {
    if (gr_eq(a->key, b->key)) return true;
    return (a->described || b->described) && a->armed == b->armed;
}

/* Taking a place ends the hold of whoever surely is somebody else. */
static void end_other_holds(gr_board *b, const gr_told_party *actor, const gr_told_place *place,
                            uint32_t told) {
    if (actor->described) return;
    uint32_t i = gr_map_get(&b->keys, place_key(b, place->key));
    for (; i != GR_MAP_NONE; i = b->rows.item[i].next_here) {
        const gr_row *r = &b->rows.item[i];
        if (!r->party_count || may_be_one(&r->party[0], actor)) continue;
        bool held = false;
        for (uint32_t k = 0; k < r->uses.count; k++)
            held = held || (r->uses.item[k].use == GR_USE_ASSERTS && r->uses.item[k].level == GR_LEVEL_HOLDS);
        if (held) gr_use_told(b, i, told, GR_USE_ENDS, GR_LEVEL_HOLDS);
    }
}

static void take_at(gr_board *b, uint32_t told, const gr_told_party *actor, const gr_told_place *place) {
    const gr_told *t = &b->told[told];
    gr_slice sentence = place ? sentence_key(b, t, place->key) : (gr_slice){"", 0};
    uint32_t row = GR_MAP_NONE;
    if (!actor && place) row = gr_map_get(&b->keys, sentence); /* who does it is said in the same sentence */
    if (row == GR_MAP_NONE) row = presence_row(b, actor, place);
    bool lost = gr_is(t->type, "lose-control");
    gr_use use = gr_use_of(t);
    if (lost) use = use == GR_USE_ASSERTS ? GR_USE_ENDS : use == GR_USE_PLANS ? use : GR_USE_ASSERTS;
    gr_use_told(b, row, told, use, level_of(t));
    if (!actor || !place) return;
    if (gr_map_get(&b->keys, sentence) == GR_MAP_NONE) gr_map_set(b->arena, &b->keys, sentence, row);
    if (gr_is(t->type, "control") && t->reality == GR_OCCURRED) end_other_holds(b, actor, place, told);
}

static bool is_doer(const gr_told *t, const gr_told_party *p) {
    bool doer = p->role == GR_ROLE_ACTOR || p->role == GR_ROLE_SUBJECT;
    return doer && (t->kind == GR_KIND_PRESENCE || p->armed);
}

/* An attack shows a group at a place too; who strikes and where has to be said. */
static bool shows_presence(const gr_told *t) {
    if (t->kind == GR_KIND_PRESENCE) return true;
    if (level_of(t) == GR_LEVEL_NONE || (t->reality != GR_OCCURRED && t->reality != GR_ONGOING)) return false;
    for (uint32_t i = 0; i < t->party_count; i++)
        if (is_doer(t, &t->party[i])) return true;
    return false;
}

void gr_take_presence(gr_board *b, uint32_t told) {
    const gr_told *t = &b->told[told];
    bool event = t->kind == GR_KIND_EVENT, any = false;
    if (!shows_presence(t)) return;
    for (uint32_t i = 0; i <= t->party_count; i++) {
        const gr_told_party *actor = i < t->party_count ? &t->party[i] : NULL;
        if (actor ? !is_doer(t, actor) : any) continue;
        any = true;
        for (uint32_t k = 0; k < t->place_count; k++)
            if (event ? is_local(&t->place[k]) : !only_locates(t, &t->place[k]))
                take_at(b, told, actor, &t->place[k]);
        if (!t->place_count && !event) take_at(b, told, actor, NULL);
    }
}

static bool holds_now(const gr_board *b, const gr_row *r) {
    uint32_t ended, earlier, from = gr_period_of(b, r, &ended, &earlier);
    if (r->section != GR_PRESENCE || !r->has_place || !r->party_count || ended != GR_MAP_NONE) return false;
    for (uint32_t i = from; i < r->uses.count; i++)
        if (r->uses.item[i].use == GR_USE_ASSERTS && r->uses.item[i].level == GR_LEVEL_HOLDS) return true;
    return false;
}

void gr_contest_places(gr_board *b) {
    gr_map holder = {0}; /* place -> row */
    for (uint32_t i = 0; i < b->rows.count; i++) {
        gr_row *r = &b->rows.item[i];
        if (!holds_now(b, r)) continue;
        gr_slice key = place_key(b, r->place.key);
        uint32_t other = gr_map_get(&holder, key);
        if (other == GR_MAP_NONE)
            gr_map_set(b->arena, &holder, key, i);
        else if (!may_be_one(&r->party[0], &b->rows.item[other].party[0]))
            r->contested = b->rows.item[other].contested = true;
    }
}

/* ---- forces ---- */

static gr_slice force_name(gr_slice type) {
    static const struct {
        const char *type, *name;
    } NAMES[] = {{"deploy", "deployed"},       {"withdraw", "withdrew"}, {"refuse", "refused"},
                 {"desert", "deserted"},       {"base", "based"},        {"recruit", "recruited"},
                 {"surrender", "surrendered"}, {"disarm", "disarmed"}};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (gr_is(type, NAMES[i].type)) return gr_slice_of(NAMES[i].name);
    return type;
}

/* Whose force it is: the subject, before who is acted on and who orders it. */
static const gr_told_party *force_of(const gr_told *t) {
    static const gr_role ORDER[] = {GR_ROLE_SUBJECT, GR_ROLE_TARGET, GR_ROLE_ACTOR, GR_ROLE_WITH};
    for (size_t r = 0; r < sizeof ORDER / sizeof *ORDER; r++)
        for (uint32_t i = 0; i < t->party_count; i++)
            if (t->party[i].role == ORDER[r]) return &t->party[i];
    return NULL;
}

static bool share_place(const gr_told *a, const gr_told *b) {
    if (!a->place_count && !b->place_count) return gr_eq(a->doc, b->doc);
    for (uint32_t i = 0; i < a->place_count; i++)
        for (uint32_t k = 0; k < b->place_count; k++)
            if (gr_eq(a->place[i].key, b->place[k].key)) return true;
    return false;
}

/* Told of one force at one place, or as one thing by a report or several. */
static bool same_force(const gr_board *b, const gr_row *r, const gr_told *t) {
    for (uint32_t i = 0; i < r->uses.count; i++) {
        const gr_told *other = &b->told[r->uses.item[i].told];
        if (share_place(other, t) || (t->incident.len && gr_eq(other->incident, t->incident))) return true;
    }
    return false;
}

static gr_slice force_key(gr_board *b, gr_slice what, const gr_told_party *force) {
    gr_slice none = {"", 0}, whose = force ? force->key : none;
    return gr_printf(b->arena, "f\t%.*s\t%.*s", GR_FMT(what), GR_FMT(whose));
}

/* Who leaves a place is no longer there. */
static void end_stay(gr_board *b, uint32_t told, const gr_told_party *force) {
    static const char *const STAYS[] = {"deployed", "based"};
    const gr_told *t = &b->told[told];
    for (size_t s = 0; s < sizeof STAYS / sizeof *STAYS; s++) {
        uint32_t row = gr_find_row(b, force_key(b, gr_slice_of(STAYS[s]), force));
        for (; row != GR_MAP_NONE; row = b->rows.item[row].next)
            if (t->place_count && same_force(b, &b->rows.item[row], t))
                gr_use_told(b, row, told, GR_USE_ENDS, 0);
    }
    for (uint32_t i = 0; i < t->place_count; i++) {
        if (gr_is(t->place[i].role, "to")) continue;
        uint32_t row = gr_find_row(b, presence_key(b, force->key, t->place[i].key));
        if (row != GR_MAP_NONE) gr_use_told(b, row, told, GR_USE_ENDS, GR_LEVEL_HOLDS);
    }
}

void gr_take_force(gr_board *b, uint32_t told) {
    const gr_told *t = &b->told[told];
    const gr_told_party *force = force_of(t);
    gr_slice what = force_name(t->type), key = force_key(b, what, force);
    uint32_t row = gr_find_row(b, key);
    while (row != GR_MAP_NONE && !same_force(b, &b->rows.item[row], t)) row = b->rows.item[row].next;
    if (row == GR_MAP_NONE) {
        row = gr_add_row(b, GR_FORCES, what, key);
        if (force) b->rows.item[row].party[0] = *force, b->rows.item[row].party_count = 1;
    }
    gr_use_told(b, row, told, gr_use_of(t), 0);
    if (gr_is(what, "withdrew") && gr_use_of(t) == GR_USE_ASSERTS && force) end_stay(b, told, force);
}
