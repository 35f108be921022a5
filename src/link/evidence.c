/* The points were set on development texts; what they weigh is who, where, when and how many, and how the
 * words point back. A contradiction in place or time alone outweighs everything else. */
#include "link/evidence.h"

#include "claim/acts.h"
#include "link/full_names.h"
#include "link/tolls.h"

static bool is(gr_slice type, const char *name) {
    return gr_eq(type, gr_slice_of(name));
}

/* Means of violence that a text may well call by each other's names. */
static bool like_means(gr_slice a, gr_slice b) {
    static const char *const alike[][2] = {{"ied", "suicide-bombing"}, {"ied", "grenade"},
                                           {"ied", "shelling"},        {"airstrike", "shelling"},
                                           {"airstrike", "ied"},       {"chemical", "shelling"},
                                           {"chemical", "airstrike"}};
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++)
        if ((is(a, alike[i][0]) && is(b, alike[i][1])) || (is(b, alike[i][0]) && is(a, alike[i][1])))
            return true;
    return false;
}

bool gr_can_be_one(gr_slice a, gr_slice b) {
    if (gr_eq(a, b)) return true;
    gr_act x = gr_act_of(a), y = gr_act_of(b);
    if (x == GR_ACT_STRIKE && y == GR_ACT_STRIKE) return like_means(a, b);
    if (gr_is_violent(x) && gr_is_violent(y)) return true;
    return x == GR_ACT_CROWD && y == GR_ACT_CROWD;
}

enum { FEWER = 4 }; /* points for figures within those told before */

typedef enum likeness { UNLIKE, OPEN, LIKE, SAME } likeness;

static int rank_of(const gr_location *l) {
    static const char *const rank[] = {"area", "country", "admin1", "admin2", "admin3"};
    for (int i = 0; l->level && i < 5; i++)
        if (strcmp(l->level, rank[i]) == 0) return i;
    return l->level ? 5 : 6;
}

static likeness like_place(const gr_location *a, const gr_location *b) {
    if (gr_eq(a->name, b->name) && gr_eq(a->place, b->place)) return rank_of(a) >= 3 ? SAME : LIKE;
    if (!a->level || !b->level || rank_of(a) == 0 || rank_of(b) == 0) return OPEN;
    if (!gr_eq(a->country, b->country)) return UNLIKE;
    if (rank_of(a) == 1 || rank_of(b) == 1) return OPEN;
    bool in_admin1 = a->admin1.len && gr_eq(a->admin1, b->admin1);
    if (!in_admin1) return UNLIKE;
    if (rank_of(a) == 2 || rank_of(b) == 2) return LIKE;
    if (a->admin2.len && b->admin2.len)
        return gr_eq(a->admin2, b->admin2) && rank_of(a) != rank_of(b) ? LIKE : UNLIKE;
    return OPEN;
}

static int32_t weigh_places(const gr_claim *c, const gr_claim *sum) {
    likeness best = UNLIKE;
    bool any = false, inherited = true;
    for (uint32_t i = 0; i < c->location_count; i++)
        for (uint32_t k = 0; k < sum->location_count; k++) {
            likeness like = like_place(&c->location[i], &sum->location[k]);
            any = true;
            inherited = inherited && c->location[i].inherited;
            if (like > best) best = like;
        }
    if (!any) return 0;
    if (inherited) return best == UNLIKE ? -4 : 2;
    static const int32_t points[] = {-20, 0, 5, 10};
    return points[best];
}

/* "In March 2022 a bombing killed 63": news has a day or needs none; a month or a year opens a look back. */
static bool looks_back(const gr_when *when) {
    bool spans = when->present && when->earliest != GR_NO_DAY && when->latest != GR_NO_DAY;
    return spans && !when->inherited && when->latest - when->earliest >= 27;
}

static int32_t weigh_times(const gr_claim *c, const gr_claim *sum) {
    const gr_when *a = &c->when, *b = &sum->when;
    if (!b->present && looks_back(a)) return -8;
    if (!a->present || !b->present || a->latest == GR_NO_DAY || b->latest == GR_NO_DAY) return 0;
    int32_t from_a = a->earliest == GR_NO_DAY ? a->latest - 31 : a->earliest;
    int32_t from_b = b->earliest == GR_NO_DAY ? b->latest - 31 : b->earliest;
    bool apart = from_a > b->latest || from_b > a->latest;
    if (apart) return a->inherited ? -6 : -20;
    return from_a == from_b && a->latest == b->latest && from_a == a->latest ? 8 : 3;
}

static bool last_word_equal(gr_slice a, gr_slice b) {
    size_t i = a.len, k = b.len;
    while (i > 0 && a.ptr[i - 1] != ' ' && a.ptr[i - 1] != '\n') i--;
    while (k > 0 && b.ptr[k - 1] != ' ' && b.ptr[k - 1] != '\n') k--;
    return gr_eq(gr_sub(a, i, a.len), gr_sub(b, k, b.len));
}

/* The army, the police, allied forces and the government they serve act together, and a text calls them now
 * by one name, now by another. */
static bool serves_state(const gr_party *p) {
    return gr_side_of(p) == GR_SIDE_STATE || gr_eq(p->kind, GR_S("government"));
}

static bool both_state(const gr_party *a, const gr_party *b) {
    return serves_state(a) && serves_state(b);
}

static bool one_person(gr_slice a, gr_slice b) {
    return last_word_equal(a, b) || gr_name_within(a, b) || gr_name_within(b, a);
}

static likeness like_party(const gr_party *a, const gr_party *b) {
    if (a->id.len && b->id.len) return gr_eq(a->id, b->id) ? SAME : both_state(a, b) ? OPEN : UNLIKE;
    if (a->form == GR_FORM_PERSON && b->form == GR_FORM_PERSON)
        return one_person(a->name, b->name) ? SAME : UNLIKE;
    if (gr_eq(a->name, b->name)) return LIKE;
    if ((a->form == GR_FORM_SITE) != (b->form == GR_FORM_SITE)) return OPEN;
    gr_side x = gr_side_of(a), y = gr_side_of(b);
    return x != y && x != GR_SIDE_UNKNOWN && y != GR_SIDE_UNKNOWN ? UNLIKE : OPEN;
}

/* The best likeness of the parties in a role; OPEN where one side names none. */
static likeness like_role(const gr_claim *c, const gr_claim *sum, gr_role role) {
    likeness best = UNLIKE;
    bool any = false;
    for (uint32_t i = 0; i < c->party_count; i++)
        for (uint32_t k = 0; k < sum->party_count; k++) {
            if (c->party[i].role != role || sum->party[k].role != role) continue;
            likeness like = like_party(&c->party[i], &sum->party[k]);
            any = true;
            if (like > best) best = like;
        }
    return any ? best : OPEN;
}

static int32_t weigh_parties(const gr_claim *c, const gr_claim *sum) {
    static const int32_t actor[] = {-12, 0, 3, 5}, target[] = {-8, 0, 5, 8};
    int32_t points = actor[like_role(c, sum, GR_ROLE_ACTOR)];
    points += target[like_role(c, sum, GR_ROLE_TARGET)];
    points += target[like_role(c, sum, GR_ROLE_WITH)];
    points += target[like_role(c, sum, GR_ROLE_SUBJECT)];
    for (uint32_t i = 0; i < c->person_count; i++)
        for (uint32_t k = 0; k < sum->person_count; k++)
            if (one_person(c->person[i].name, sum->person[k].name)) return points + 12;
    return points;
}

/* Words for people of no particular sort may count the same people as any other. */
static bool comparable(gr_slice a, gr_slice b) {
    return gr_eq(a, b) || !a.len || !b.len || is(a, "person") || is(b, "person");
}

/* Equal figures over one, and vague words for both, speak for it; different exact figures of one unit
 * against. */
static int32_t weigh_count(const gr_count *c, const gr_unit_toll *unit) {
    if (!comparable(unit->unit, c->unit)) return 0;
    bool vague = c->n == GR_NO_NUMBER;
    if (vague || unit->low == GR_NO_NUMBER) return vague && unit->low == GR_NO_NUMBER ? 6 : 0;
    bool single = unit->single || c->single; /* "a leader" leaves open who was with him */
    bool exact = unit->op == GR_OP_EQ && c->op == GR_OP_EQ && gr_eq(unit->unit, c->unit) && !single;
    if (unit->low == c->n) return unit->low > 1 ? 10 : 2;
    return exact ? -6 : 0;
}

static bool stands_alone(const gr_claim *c) {
    bool placed = c->location_count && !c->location[0].inherited;
    return placed || (c->when.present && !c->when.inherited);
}

/* What a claim counts in all of one sort of harm. */
typedef struct counted {
    int64_t n; /* GR_NO_NUMBER where only words are given */
    uint32_t figures;
} counted;

static counted count_all(const gr_claim *c, const gr_toll *toll) {
    counted all = {GR_NO_NUMBER, 0};
    for (uint32_t i = 0; i < c->count_count; i++) {
        gr_count sum;
        if (!gr_same_harm(toll->what, c->count[i].what) || c->count[i].part || !gr_add_up(c, i, &sum))
            continue;
        if (sum.n == GR_NO_NUMBER) continue;
        all.n = all.n == GR_NO_NUMBER ? sum.n : all.n + sum.n;
        all.figures++;
    }
    return all;
}

/* "A leader and one other man" are "two rebels"; fewer than before, in a sentence that sets no scene of its
 * own, tell one thing after the other of what was told at once. */
static int32_t weigh_toll(const gr_claim *c, const gr_incident *incident, const gr_toll *toll) {
    counted all = count_all(c, toll);
    bool known = all.n != GR_NO_NUMBER && toll->low != GR_NO_NUMBER;
    if (known && all.n > 1 && all.n == toll->low && (all.figures > 1 || toll->count > 1)) return 10;
    int32_t points = 0;
    for (uint32_t i = 0; i < c->count_count; i++) {
        gr_count sum;
        if (!gr_add_up(c, i, &sum) || !gr_same_harm(toll->what, sum.what)) continue;
        for (uint32_t u = 0; u < toll->count; u++)
            points += weigh_count(&sum, &incident->unit[toll->first + u]);
    }
    bool fewer = known && all.n > 0 && all.n < toll->low && !stands_alone(c);
    return fewer && points < FEWER ? FEWER : points;
}

static int32_t weigh_counts(const gr_claim *c, const gr_incident *incident) {
    int32_t points = 0;
    for (uint32_t t = 0; t < incident->toll_count; t++) points += weigh_toll(c, incident, &incident->toll[t]);
    return points;
}

static int32_t weigh_distance(const gr_claim *c, const gr_claim *last) {
    static const int32_t near[] = {8, 7, 5, 3, 1};
    uint32_t gap = c->sentence > last->sentence ? c->sentence - last->sentence : 0;
    int32_t points = gap < 5 ? near[gap] : gap < 10 ? 0 : -4;
    return c->block != last->block ? points - 1 : points;
}

/* What happened is no other telling of what was planned, denied or feared. "No casualties" tells of what
 * happened. */
static bool same_reality(const gr_claim *c, const gr_claim *sum) {
    bool real = c->reality == GR_OCCURRED || c->reality == GR_ONGOING;
    bool told = sum->reality == GR_OCCURRED || sum->reality == GR_ONGOING;
    bool none = c->reality == GR_NEGATED && c->count_count && c->count[0].n == 0;
    return real == told || (none && told);
}

int32_t gr_evidence(const gr_claim *c, const gr_incident *incident, const gr_claim *last) {
    const gr_claim *sum = &incident->sum;
    if (!gr_can_be_one(c->type, sum->type) || c->kind != sum->kind) return INT32_MIN;
    if (!same_reality(c, sum)) return INT32_MIN;
    int32_t points = weigh_places(c, sum) + weigh_times(c, sum) + weigh_parties(c, sum);
    points += weigh_counts(c, incident) + weigh_distance(c, last);
    if (gr_eq(c->type, sum->type)) points += 2;
    if (c->telling == GR_TOLD_AGAIN) points += 8;
    if (c->telling == GR_TOLD_ANOTHER) points -= 15;
    if (!stands_alone(c)) points += 4;
    return points;
}
