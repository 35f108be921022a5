/* Parties and counts of a claim. */
#include "claim/acts.h"
#include "claim/fields.h"

gr_span gr_span_of(const gr_text *text, uint32_t begin, uint32_t end) {
    if (begin >= end) return (gr_span){0, 0};
    const gr_token *last = &text->token[end - 1];
    return (gr_span){text->token[begin].off_b, last->off_b + last->len_b};
}

/* "yesterday armed men attacked": the day is no part of who it was. */
static bool is_day_word(const gr_clause *c, uint32_t token) {
    static const char *const words[] = {"today",     "yesterday", "tonight", "tomorrow", "monday", "tuesday",
                                        "wednesday", "thursday",  "friday",  "saturday", "sunday"};
    return GR_AMONG(c->in->who->key[token], words);
}

gr_span gr_phrase_of(const gr_clause *c, uint32_t head, uint32_t begin, uint32_t end) {
    uint32_t first, last;
    gr_noun_phrase(&c->tree, head, &first, &last);
    while (first < begin && is_day_word(c, first)) first++;
    return gr_span_of(c->in->text, first < begin ? first : begin, last > end ? last : end);
}

/* The preposition of a noun, also where it hangs on the title before a name: "of President Ana Rey". */
static uint32_t case_before(const gr_clause *c, uint32_t noun) {
    uint32_t own = gr_case_of(&c->tree, noun), title = gr_next_child(&c->tree, noun, 0);
    return own == GR_NONE && title != GR_NONE && title < noun ? gr_case_of(&c->tree, title) : own;
}

/* "the home of a deputy", "a band of armed men": a site is told apart by whose it is, a group by whom it is
 * made of. */
static gr_span whose(const gr_clause *c, uint32_t head, gr_span phrase) {
    for (uint32_t k = gr_next_child(&c->tree, head, head + 1); k != GR_NONE;
         k = gr_next_child(&c->tree, head, k + 1)) {
        uint32_t of = case_before(c, k), first, last;
        if (c->in->word[k].rel != GR_NMOD || !gr_is_lemma(&c->tree, of, "of")) continue;
        if (c->in->text->token[of].off_b > phrase.end_b + 1) continue;
        gr_noun_phrase(&c->tree, k, &first, &last);
        uint32_t end_b = gr_span_of(c->in->text, first, last).end_b;
        if (end_b > phrase.end_b) phrase.end_b = end_b;
    }
    return phrase;
}

/* "at least ten power towers": the phrase without how many there are. */
static gr_span without_number(const gr_clause *c, uint32_t mention_begin, gr_span phrase) {
    static const char *const words[] = {"several", "many",    "numerous", "various", "few", "some",
                                        "other",   "another", "most",     "dozen",   "all", "both"};
    uint32_t begin = mention_begin;
    while (begin > c->tree.sentence->tok_begin && c->in->text->token[begin - 1].off_b >= phrase.begin_b)
        begin--;
    for (uint32_t i = begin; i < mention_begin; i++)
        if (c->in->word[i].upos == GR_NUM || GR_AMONG(c->in->who->key[i], words)) begin = i + 1;
    if (c->in->text->token[begin].off_b > phrase.begin_b) phrase.begin_b = c->in->text->token[begin].off_b;
    return phrase;
}

/* "suspected", "several": words before people that say neither who they are nor how many. */
static bool leaves_open(gr_slice key) {
    static const char *const words[] = {"suspected", "alleged", "presumed", "apparent", "supposed",
                                        "purported", "several", "many",     "numerous", "various",
                                        "some",      "few",     "other",    "another"};
    return GR_AMONG(key, words);
}

/* "suspected ELN guerrillas", "rebels of the ELN": the people without doubt and without their group's name.
 */
static gr_span bare_people(const gr_clause *c, const gr_mention *people, gr_span phrase) {
    uint32_t first = people->head, begin = people->head;
    while (first > c->tree.sentence->tok_begin && c->in->text->token[first - 1].off_b >= phrase.begin_b)
        first--;
    for (begin = first; first < people->head; first++) {
        const gr_mention *m = gr_mention_of(c->in->who, first);
        bool group = m && m->id.len && m->kind == GR_MENTION_LISTED && m->tok_end <= people->head;
        if (group || leaves_open(c->in->who->key[first])) begin = group ? m->tok_end : first + 1;
    }
    gr_span out = {c->in->text->token[begin].off_b, phrase.end_b};
    for (uint32_t k = gr_next_child(&c->tree, people->head, people->head + 1); k != GR_NONE;
         k = gr_next_child(&c->tree, people->head, k + 1)) {
        const gr_mention *m = gr_mention_of(c->in->who, k);
        if (m && m->id.len && m->kind == GR_MENTION_LISTED &&
            gr_is_lemma(&c->tree, gr_case_of(&c->tree, k), "of"))
            out.end_b = gr_span_of(c->in->text, people->head, people->head + 1).end_b;
    }
    return out;
}

/* "ELN guerrillas", "army troops": the people at the end of a listed name, and the name before them. */
static void split_people(const gr_clause *c, const gr_mention *m, gr_party *party) {
    uint32_t last = m->tok_end - 1;
    bool people = false;
    for (const gr_sense *s = gr_senses_of(c->in->know, c->tree.lemma[last]); s; s = s->next)
        people |= s->kind == GR_SENSE_CLASS && (c->in->know->word_class[s->index].of == GR_OF_PEOPLE ||
                                                c->in->know->word_class[s->index].of == GR_OF_UNIT);
    bool plural = (c->in->word[last].feats & GR_PLUR) != 0;
    if (!people || !plural || last == m->tok_begin) return;
    if (gr_eq(c->in->who->key[last], GR_S("forces"))) return; /* "the armed forces": the name itself */
    party->thing = gr_span_of(c->in->text, last, last + 1);
    party->listed_as = gr_span_of(c->in->text, m->tok_begin, last);
}

/* Where "a group of armed men" begins when the armed men are the party. */
static uint32_t outer_begin(const gr_clause *c, uint32_t token, gr_span inner) {
    bool noun = c->in->word[token].upos == GR_NOUN;
    gr_span outer = gr_phrase_of(c, token, token, token + 1);
    return noun && outer.begin_b < inner.begin_b ? outer.begin_b : inner.begin_b;
}

/* "is suspected of carrying out", "are believed to have", "accused X of shelling": what the verb above the
 * act says of the one who did it; "is said to have": told, not vouched for. */
static gr_party_status status_by(const gr_clause *c, uint32_t verb) {
    if (!gr_is_passive(c, verb)) return GR_STATUS_FACT;
    if (gr_in_class(c, verb, "suspect-verb")) return GR_STATUS_SUSPECTED;
    return gr_in_class(c, verb, "rumour-verb") ? GR_STATUS_CLAIMED : GR_STATUS_FACT;
}

static gr_party_status status_above(const gr_clause *c, uint32_t anchor) {
    uint32_t light = gr_light_verb_of(c, anchor), act = light != GR_NONE ? light : anchor;
    uint32_t up = c->in->word[act].head;
    uint8_t rel = c->in->word[act].rel;
    if (gr_blame_of(c, anchor) != GR_NONE) return GR_STATUS_SUSPECTED;
    if (up == GR_NONE || act < up) return GR_STATUS_FACT;
    uint32_t mark = gr_child(&c->tree, act, GR_MARK, GR_SUB_OTHER);
    bool of = gr_is_lemma(&c->tree, mark, "of"), that = gr_is_lemma(&c->tree, mark, "that");
    bool clause = rel == GR_CCOMP || rel == GR_CSUBJ || rel == GR_ACL;
    if (clause && that && c->in->word[up].upos == GR_NOUN) /* "rumours that" */
        return gr_in_class(c, up, "rumour-noun") ? GR_STATUS_CLAIMED : GR_STATUS_FACT;
    bool nobody = gr_child(&c->tree, up, GR_OBL, GR_SUB_OTHER) == GR_NONE; /* "it is alleged that" */
    if (clause && that && nobody) return status_by(c, up);
    bool accused = gr_in_class(c, up, "accuse-verb") && (of || gr_is_lemma(&c->tree, mark, "for"));
    if (accused && rel == GR_ADVCL) return GR_STATUS_SUSPECTED;
    return rel == GR_XCOMP || (rel == GR_ADVCL && of) ? status_by(c, up) : GR_STATUS_FACT;
}

/* "suspected", "claimed by", "blamed on": how sure the text is of the one who did it. */
static gr_party_status status_of(const gr_clause *c, const gr_draft *d, const gr_mention *m) {
    if (m && m->suspected) return GR_STATUS_SUSPECTED;
    if (gr_is_conditional(c, d->anchor)) return GR_STATUS_CLAIMED;
    for (uint32_t k = gr_next_child(&c->tree, d->anchor, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, d->anchor, k + 1))
        if (c->in->word[k].rel == GR_ADVMOD && gr_in_class(c, k, "hearsay-adverb")) return GR_STATUS_CLAIMED;
    return status_above(c, d->anchor);
}

bool gr_same_party(const gr_party *a, const gr_party *b) {
    if (a->id.len && b->id.len) return gr_eq(a->id, b->id);
    return gr_eq(a->name, b->name);
}

/* "two trucks and a bus": sites of one sort are told apart by their words. */
static bool another_site(const gr_clause *c, const gr_party *a, const gr_party *b) {
    if (a->form != GR_FORM_SITE || b->form != GR_FORM_SITE || a->id.len || b->id.len) return false;
    gr_slice text = c->in->text->bytes;
    return !gr_eq(gr_sub(text, a->mention.begin_b, a->mention.end_b),
                  gr_sub(text, b->mention.begin_b, b->mention.end_b));
}

static void add_party(const gr_clause *c, gr_draft *d, gr_party party) {
    if (!party.name.len) return;
    for (uint32_t i = 0; i < d->parties.count; i++) {
        const gr_party *other = &d->parties.item[i];
        if (gr_same_party(other, &party) && !another_site(c, other, &party)) return;
    }
    gr_push(c->arena, &d->parties, party);
}

/* What is said, dealt or laid between governments: "sanctions on Niger", "pointed the finger at Rwanda". */
static bool is_between_states(const gr_draft *d) {
    static const char *const types[] = {"sanction", "ease", "support"};
    return d->rule->speech || d->rule->kind == GR_KIND_RELATION ||
           gr_is_among(d->claim.type, types, sizeof types / sizeof *types);
}

static bool is_party(const gr_clause *c, const gr_draft *d, const gr_mention *m, uint32_t token) {
    if (m->kind == GR_MENTION_COUNTRY && (m->properties & GR_IS_PLACE)) {
        uint8_t rel = c->in->word[token].rel;
        uint32_t k = gr_case_of(&c->tree, token);
        if (is_between_states(d) && k != GR_NONE && !gr_is_lemma(&c->tree, k, "in")) return true;
        return rel == GR_NSUBJ || rel == GR_OBJ || rel == GR_CONJ ||
               c->in->word[token].subrel == GR_SUB_POSS || gr_is_lemma(&c->tree, k, "with") ||
               gr_is_lemma(&c->tree, k, "between") || gr_is_lemma(&c->tree, k, "by") ||
               gr_is_lemma(&c->tree, k, "against");
    }
    return (m->properties & (GR_IS_PARTY | GR_IS_PEOPLE)) != 0;
}

/* "attacked the embassy": a body that is called by its building is a building to those who attack it. */
static bool is_seat(const gr_clause *c, const gr_mention *m, gr_role role) {
    return role == GR_ROLE_TARGET && (m->properties & (GR_IS_PARTY | GR_IS_PEOPLE)) &&
           gr_in_class(c, m->head, "seat-noun");
}

static gr_form form_of(const gr_clause *c, const gr_mention *m) {
    for (unsigned steps = 0; m->antecedent != GR_NONE && steps < 8; steps++)
        m = &c->in->who->all.item[m->antecedent];
    if (m->kind == GR_MENTION_PERSON) return GR_FORM_PERSON;
    if (m->kind == GR_MENTION_NAME) return GR_FORM_NAMED;
    if (m->kind == GR_MENTION_LISTED || m->kind == GR_MENTION_COUNTRY) return GR_FORM_LISTED;
    bool site = (m->properties & GR_IS_FACILITY) && m->word_class != GR_NO_CLASS;
    return site ? GR_FORM_SITE : GR_FORM_DESCRIBED;
}

static void party_from(const gr_clause *c, gr_draft *d, unsigned role, uint32_t token) {
    uint32_t inner = gr_named_beside(c, gr_look_through(c, token));
    const gr_mention *m = gr_mention_of(c->in->who, inner);
    gr_party party = {.role = (gr_role)role};
    bool thing =
        m && (m->properties & GR_IS_FACILITY) && role != GR_ROLE_ACTOR; /* things suffer, people act */
    if (m && (m->head == inner || m->kind == GR_MENTION_LISTED) && (thing || is_party(c, d, m, inner))) {
        party.id = m->id;
        party.name = m->name;
        party.kind = m->actor_kind;
        party.mention = gr_span_of(c->in->text, m->tok_begin, m->tok_end);
        const gr_mention *meant = m->antecedent == GR_NONE ? m : &c->in->who->all.item[m->antecedent];
        party.phrase = meant->sentence == c->sentence
                           ? gr_phrase_of(c, meant->head, meant->tok_begin, meant->tok_end)
                           : gr_span_of(c->in->text, meant->tok_begin, meant->tok_end);
        party.plural = (c->in->word[meant->head].feats & GR_PLUR) != 0;
        party.inherited = m->antecedent != GR_NONE;
        party.form = is_seat(c, m, party.role) ? GR_FORM_SITE : form_of(c, m);
        if ((party.form == GR_FORM_SITE || party.form == GR_FORM_DESCRIBED) && meant->sentence == c->sentence)
            party.phrase = whose(c, meant->head, party.phrase);
        if (party.form == GR_FORM_SITE && meant->sentence == c->sentence)
            party.thing = without_number(c, meant->tok_begin, party.phrase);
        if (inner != token && party.form == GR_FORM_DESCRIBED && !party.inherited)
            party.phrase.begin_b = outer_begin(c, token, party.phrase);
        if (party.form == GR_FORM_LISTED && role == GR_ROLE_ACTOR && m->kind == GR_MENTION_LISTED)
            split_people(c, m, &party);
        if (party.form == GR_FORM_DESCRIBED && m->kind == GR_MENTION_CLASS && meant->sentence == c->sentence)
            party.thing = bare_people(c, meant, party.phrase);
        if ((party.form == GR_FORM_SITE || party.form == GR_FORM_DESCRIBED) && m->word_class != GR_NO_CLASS)
            party.family = c->in->know->word_class[m->word_class].family;
        if (is_seat(c, m, party.role)) party.family = GR_S("government");
        party.status = role == GR_ROLE_ACTOR ? status_of(c, d, m) : GR_STATUS_FACT;
        if (m->kind == GR_MENTION_PERSON)
            gr_push(c->arena, &d->persons, (gr_person){m->name, m->office, party.mention});
        add_party(c, d, party);
    }
}

static void add_forces_of(const gr_clause *c, gr_draft *d, const gr_mention *country) {
    const gr_country *of = &c->in->know->country[country->country];
    gr_slice id =
        gr_printf(c->arena, "mil-%c%c%c", of->iso3.ptr[0] | 32, of->iso3.ptr[1] | 32, of->iso3.ptr[2] | 32);
    uint32_t actor = gr_map_get(&c->in->know->actors, id);
    if (actor == GR_MAP_NONE) return;
    const gr_actor *forces = &c->in->know->actor[actor];
    gr_span words = gr_span_of(c->in->text, country->tok_begin, country->tok_end);
    add_party(c, d,
              (gr_party){.role = GR_ROLE_ACTOR,
                         .id = forces->id,
                         .name = forces->name,
                         .kind = forces->kind,
                         .form = GR_FORM_LISTED,
                         .mention = words,
                         .phrase = words});
}

/* "Ukrainian drones", "army jets", "shelling by the rebels": whose the weapon or the act is. */
static void add_owners(const gr_clause *c, gr_draft *d, uint32_t thing) {
    uint32_t inner = gr_look_through(c, thing);
    unsigned is = gr_properties_of(c, inner);
    if (c->in->word[inner].upos != GR_NOUN || (is & (GR_IS_PEOPLE | GR_IS_PARTY | GR_IS_PLACE))) return;
    for (uint32_t k = gr_next_child(&c->tree, inner, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, inner, k + 1)) {
        uint8_t rel = c->in->word[k].rel;
        const gr_mention *m = gr_mention_of(c->in->who, k);
        if (!m || (rel != GR_AMOD && rel != GR_COMPOUND && c->in->word[k].subrel != GR_SUB_POSS)) continue;
        if (m->kind == GR_MENTION_COUNTRY && rel != GR_NMOD && !m->properties)
            add_forces_of(c, d, m);
        else if (m->properties & (GR_IS_ARMED | GR_IS_STATE))
            party_from(c, d, GR_ROLE_ACTOR, k);
        for (uint32_t other = gr_next_child(&c->tree, k, 0); other != GR_NONE;
             other = gr_next_child(&c->tree, k, other + 1)) { /* "Russian and Syrian jets" */
            const gr_mention *also = gr_mention_of(c->in->who, other);
            if (c->in->word[other].rel == GR_CONJ && also && also->kind == GR_MENTION_COUNTRY &&
                !also->properties)
                add_forces_of(c, d, also);
        }
    }
}

/* What weapons and attacks do, those do whose they are: "Israeli shelling killed 19 people". */
static void fill_owners(const gr_clause *c, gr_draft *d) {
    gr_act act = gr_act_of(d->claim.type);
    bool fight = gr_eq(d->claim.type, GR_S("clash"));
    if ((act != GR_ACT_FIGHT && act != GR_ACT_STRIKE && act != GR_ACT_PROPERTY) || fight) return;
    for (uint32_t r = 0; r < d->rule->role_count; r++) {
        const gr_role_slot *slot = &d->rule->role[r];
        for (uint32_t p = 0; slot->role == GR_ROLE_ACTOR && p < slot->paths.count; p++) {
            gr_fillers fillers = {.count = 0};
            gr_path_fillers(c, d->anchor, &slot->paths.path[p], &fillers);
            for (uint32_t i = 0; i < fillers.count; i++) add_owners(c, d, fillers.token[i]);
        }
    }
    if (c->in->word[d->anchor].upos == GR_NOUN) add_owners(c, d, d->anchor);
}

static bool has_actor(const gr_draft *d) {
    for (uint32_t i = 0; i < d->parties.count; i++)
        if (d->parties.item[i].role == GR_ROLE_ACTOR) return true;
    return false;
}

/* The army, group or ministry that is named first: whose communique it is. */
static const gr_mention *publisher(const gr_clause *c) {
    for (uint32_t i = 0; i < c->in->who->all.count; i++) {
        const gr_mention *m = &c->in->who->all.item[i];
        if (m->tok_begin >= c->tree.sentence->tok_begin) return NULL;
        if (m->id.len && (m->properties & GR_IS_ARMED)) return m;
    }
    return NULL;
}

/* "Own side: 3 killed", "Enemy losses: 47 killed": in a communique the label says whom it befell. */
static void fill_side(const gr_clause *c, gr_draft *d) {
    enum { REACH = 8 };
    uint32_t colon = c->tree.sentence->tok_begin, enemy = GR_NONE;
    bool own = false, figures = false;
    for (; colon < d->anchor && !gr_eq(c->in->text->token[colon].form, GR_S(":")); colon++) {
        static const char *const ours[] = {"own", "our", "friendly"};
        static const char *const heads[] = {"side", "loss", "casualty", "force", "troops"};
        if (gr_is_lemma(&c->tree, colon, "enemy")) enemy = colon;
        own = own || GR_AMONG(c->in->who->key[colon], ours);
        figures = figures || GR_AMONG(c->tree.lemma[colon], heads);
    }
    if (colon == d->anchor || colon > c->tree.sentence->tok_begin + REACH || !figures) return;
    if (enemy != GR_NONE) {
        party_from(c, d, GR_ROLE_TARGET, enemy);
        return;
    }
    const gr_mention *m = own ? publisher(c) : NULL;
    if (m)
        add_party(c, d,
                  (gr_party){.role = GR_ROLE_TARGET,
                             .id = m->id,
                             .name = m->name,
                             .kind = m->actor_kind,
                             .inherited = true,
                             .form = form_of(c, m),
                             .mention = gr_span_of(c->in->text, m->tok_begin, m->tok_end),
                             .phrase = gr_span_of(c->in->text, m->tok_begin, m->tok_end)});
}

/* Does a list go on behind the site: does it have a conjunct of its own? */
static bool is_list(const gr_clause *c, uint32_t site) {
    return gr_child(&c->tree, site, GR_CONJ, GR_SUB_OTHER) != GR_NONE;
}

/* "the palace, the home of X and the bank" (hung as an apposition), "offices of unions and houses of
 * members", "at the house of X and at the office of Y" (hung on what the first is of): sites that suffer the
 * same. */
static bool goes_on_list(const gr_clause *c, uint32_t site, uint32_t other) {
    const gr_word *w = &c->in->word[other];
    const gr_mention *m = gr_mention_of(c->in->who, other);
    if (!m || m->head != other || !(m->properties & GR_IS_FACILITY) || w->head == GR_NONE) return false;
    if (w->rel == GR_APPOS) return w->head == site && is_list(c, site);
    bool joined = gr_child(&c->tree, other, GR_CC, GR_SUB_OTHER) != GR_NONE;
    if (w->rel == GR_NMOD)
        return joined && w->head == site && !gr_is_lemma(&c->tree, gr_case_of(&c->tree, other), "of");
    bool nested = c->in->word[w->head].rel == GR_NMOD && c->in->word[w->head].head == site;
    return w->rel == GR_CONJ && nested && !(gr_properties_of(c, w->head) & GR_IS_FACILITY);
}

static void add_rest_of_list(const gr_clause *c, gr_draft *d, unsigned role, uint32_t token) {
    if (role != GR_ROLE_TARGET || !(gr_properties_of(c, token) & GR_IS_FACILITY)) return;
    for (uint32_t k = token + 1; k < c->tree.sentence->tok_end; k++)
        if (goes_on_list(c, token, k)) party_from(c, d, role, k);
}

void gr_fill_parties(const gr_clause *c, gr_draft *d) {
    for (uint32_t r = 0; r < d->rule->role_count; r++) {
        const gr_role_slot *slot = &d->rule->role[r];
        uint32_t before = d->parties.count;
        for (uint32_t p = 0; p < slot->paths.count; p++) {
            gr_fillers fillers = {.count = 0};
            gr_path_fillers(c, d->anchor, &slot->paths.path[p], &fillers);
            for (uint32_t i = 0; i < fillers.count; i++) party_from(c, d, slot->role, fillers.token[i]);
            for (uint32_t i = 0; i < fillers.count; i++)
                add_rest_of_list(c, d, slot->role, gr_look_through(c, fillers.token[i]));
            if (d->parties.count > before && !d->rule->reciprocal) break;
        }
    }
    if (!has_actor(d)) fill_owners(c, d);
    if (!d->parties.count && gr_act_of(d->claim.type) == GR_ACT_FIGHT) fill_side(c, d);
}

static gr_slice unit_of(const gr_clause *c, uint32_t token) {
    const gr_mention *m = gr_mention_of(c->in->who, token);
    if (m && m->unit.len) return m->unit;
    if (m && m->kind == GR_MENTION_PERSON) return GR_S("person");
    /* "two Taliban insurgents": a listed group's people are counted as any of their sort. */
    for (const gr_sense *s = c->in->who->lemma_senses[token]; s; s = s->next)
        if (s->kind == GR_SENSE_CLASS && c->in->know->word_class[s->index].count_as.len &&
            c->in->word[token].upos == GR_NOUN)
            return c->in->know->word_class[s->index].count_as;
    return c->in->word[token].upos == GR_NOUN ? c->tree.lemma[token] : GR_S("");
}

/* The quantity that counts the noun `token`, or that the token is part of. */
static const gr_quantity *quantity_of(const gr_clause *c, uint32_t token) {
    for (uint32_t i = 0; i < c->quantity_count; i++) {
        const gr_quantity *q = &c->quantity[i];
        if (q->measure != GR_MEASURE_COUNT) continue;
        if (q->noun == token && !q->article) return q;
        if (token >= q->tok_begin && token < q->tok_end) return q;
    }
    for (uint32_t i = 0; i < c->quantity_count; i++)
        if (c->quantity[i].noun == token && c->quantity[i].measure == GR_MEASURE_COUNT)
            return &c->quantity[i];
    return NULL;
}

/* "53 dead": the number right before the word. */
static const gr_quantity *quantity_ending_at(const gr_clause *c, uint32_t token) {
    for (uint32_t i = 0; i < c->quantity_count; i++)
        if (c->quantity[i].tok_end == token && c->quantity[i].measure == GR_MEASURE_COUNT &&
            (c->quantity[i].noun == GR_NONE || c->quantity[i].noun == token))
            return &c->quantity[i];
    return NULL;
}

static const char *counted_role(unsigned of) {
    return of == GR_NONE_ROLE ? NULL : gr_role_name((gr_role)of);
}

static gr_count count_from(const gr_clause *c, const gr_count_slot *slot, const gr_quantity *q,
                           uint32_t token) {
    uint32_t end = q->noun != GR_NONE && q->noun >= q->tok_end ? q->noun + 1 : q->tok_end;
    gr_span words = gr_span_of(c->in->text, q->tok_begin, q->tok_end);
    return (gr_count){.what = (gr_what)slot->what,
                      .op = q->op,
                      .n = q->none ? 0 : q->n,
                      .n_max = q->n_max,
                      .words = q->vague ? gr_sub(c->in->text->bytes, words.begin_b, words.end_b) : GR_S(""),
                      .unit = unit_of(c, token),
                      .of = counted_role(slot->of),
                      .single = q->article,
                      .mention = gr_span_of(c->in->text, q->tok_begin, end)};
}

static void add_count(const gr_clause *c, gr_draft *d, gr_count count) {
    for (uint32_t i = 0; i < d->counts.count; i++)
        if (d->counts.item[i].what == count.what &&
            d->counts.item[i].mention.begin_b == count.mention.begin_b)
            return;
    gr_push(c->arena, &d->counts, count);
}

static bool counts_people(const gr_clause *c, uint32_t token) {
    unsigned p = gr_properties_of(c, token);
    if (p & (GR_IS_PEOPLE | GR_IS_NUMBER)) return true;
    bool others = c->in->word[token].upos == GR_NOUN && (c->in->word[token].feats & GR_PLUR) &&
                  gr_eq(c->tree.lemma[token], GR_S("other"));
    if (others) return true; /* "numerous others": people, as those beside them */
    return (p & GR_IS_UNKNOWN) && c->in->word[token].upos == GR_NUM;
}

/* "Two children and at least one caregiver": a noun for one who does or is something, in a list of people. */
static bool is_one_more(const gr_clause *c, uint32_t token) {
    static const char *const ends[] = {"er",    "or",  "ist", "ian",  "man",
                                       "woman", "ers", "ors", "ists", "ians"};
    const gr_word *w = &c->in->word[token];
    if (w->rel != GR_CONJ || w->upos != GR_NOUN || gr_properties_of(c, token) != GR_IS_UNKNOWN) return false;
    uint32_t first = gr_first_conjunct(&c->tree, token);
    bool person = false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        person = person || gr_ends(c->in->who->key[token], gr_slice_of(ends[i]));
    return person && (gr_properties_of(c, first) & GR_IS_PEOPLE);
}

/* "These former fighters": the number that the sentences before gave the same people. */
static const gr_quantity *quantity_before(const gr_clause *c, uint32_t token) {
    const gr_mention *m = gr_mention_of(c->in->who, token);
    uint32_t det = gr_child(&c->tree, token, GR_DETREL, GR_SUB_OTHER);
    if (!m || m->word_class == GR_NO_CLASS || det == GR_NONE || !(c->in->word[det].feats & GR_DEM))
        return NULL;
    for (uint32_t i = c->quantity_first; i-- > 0;) {
        const gr_quantity *q = &c->in->quantities->item[i];
        if (c->sentence < 2 || q->tok_begin < c->in->text->sentence[c->sentence - 2].tok_begin) return NULL;
        const gr_mention *other = q->noun == GR_NONE ? NULL : gr_mention_of(c->in->who, q->noun);
        bool same = other && (other->word_class == m->word_class ||
                              gr_eq(c->tree.lemma[q->noun], c->tree.lemma[token]));
        if (same && q->measure == GR_MEASURE_COUNT && !q->article && q->n != GR_NO_NUMBER) return q;
    }
    return NULL;
}

static bool key_is(const gr_clause *c, uint32_t token, const char *word) {
    return token < c->tree.sentence->tok_end && gr_eq(c->in->who->key[token], gr_slice_of(word));
}

/* The figure that begins at the token or right behind "at least"; articles count nothing here. */
static const gr_quantity *quantity_from(const gr_clause *c, uint32_t token) {
    for (uint32_t i = 0; i < c->quantity_count; i++) {
        const gr_quantity *q = &c->quantity[i];
        if (q->measure == GR_MEASURE_COUNT && !q->article && q->tok_begin == token) return q;
    }
    return NULL;
}

/* Where a part begins behind "including", "among them", "of whom", or at "four of them"; GR_NONE elsewhere.
 */
static uint32_t part_at(const gr_clause *c, uint32_t i) {
    if (key_is(c, i, "including") || key_is(c, i, "include")) return i + 1;
    bool of = key_is(c, i, "of") || key_is(c, i, "among");
    if (of && (key_is(c, i + 1, "whom") || key_is(c, i + 1, "them") || key_is(c, i + 1, "which")))
        return i + 2;
    const gr_quantity *q = quantity_from(c, i);
    return q && key_is(c, q->tok_end, "of") &&
                   (key_is(c, q->tok_end + 1, "them") || key_is(c, q->tok_end + 1, "whom"))
               ? i
               : GR_NONE;
}

/* "21 civilians, among them 13 children": the parts of a total are figures of the same kind. */
static void add_parts_of_count(const gr_clause *c, gr_draft *d, const gr_count_slot *slot, uint32_t token) {
    enum { REACH = 10, PARTS = 4 };
    uint32_t end = c->tree.sentence->tok_end, at = GR_NONE;
    for (uint32_t i = token + 1; i < end && i < token + REACH && at == GR_NONE; i++) {
        if (c->in->word[i].upos == GR_VERB && !key_is(c, i, "including")) return;
        at = part_at(c, i);
    }
    for (unsigned n = 0; n < PARTS && at != GR_NONE; n++) {
        const gr_quantity *q = quantity_from(c, at);
        if (!q || q->none) return;
        gr_count part = count_from(c, slot, q, q->noun != GR_NONE ? q->noun : at);
        if (q->noun == GR_NONE) part.unit = GR_S("");
        part.part = true;
        add_count(c, d, part);
        at = q->noun != GR_NONE && q->noun >= q->tok_end ? q->noun + 1 : q->tok_end;
        bool goes_on = at < end && (c->in->word[at].upos == GR_PUNCT || key_is(c, at, "and"));
        while (at < end && (c->in->word[at].upos == GR_PUNCT || key_is(c, at, "and"))) at++;
        uint32_t next = at < end ? at : GR_NONE;
        if (!goes_on || next == GR_NONE || !quantity_from(c, next)) return;
        const gr_quantity *more = quantity_from(c, next);
        uint32_t behind =
            more->noun != GR_NONE && more->noun >= more->tok_end ? more->noun + 1 : more->tok_end;
        if (behind < end && c->in->word[behind].upos == GR_VERB) return; /* "and 30 others were wounded" */
        if (behind < end && c->in->word[behind].upos == GR_AUX) return;
        if (more->noun == GR_NONE || c->in->word[more->noun].upos != GR_NOUN) return;
    }
}

static void count_at(const gr_clause *c, gr_draft *d, const gr_count_slot *slot, bool self, uint32_t token) {
    uint32_t inner = gr_look_through(c, token);
    if (!self && !counts_people(c, token) && !counts_people(c, inner) && !is_one_more(c, token)) return;
    const gr_quantity *q = quantity_of(c, token);
    if ((!q || q->article) && inner != token) { /* "a total of six civilians": the figure is the inner one */
        const gr_quantity *of = quantity_of(c, inner);
        if (of && !(q && of->article)) q = of;
    }
    if (!q && self) q = quantity_ending_at(c, token);
    if (!q) q = quantity_before(c, inner);
    if (q) {
        gr_count count = count_from(c, slot, q, inner);
        if (self) count.unit = GR_S("");
        if (q->article && q->noun == token &&
            gr_in_class(c, token, "measure-noun")) { /* "a number of families" */
            count.op = GR_OP_ABOUT;
            count.n = GR_NO_NUMBER;
            count.words = gr_sub(c->in->text->bytes, count.mention.begin_b, count.mention.end_b);
        }
        add_count(c, d, count);
        add_parts_of_count(c, d, slot, q->noun != GR_NONE && q->noun > token ? q->noun : token);
        return;
    }
    const gr_mention *m = gr_mention_of(c->in->who, inner);
    if (m && m->kind == GR_MENTION_PERSON && m->head == inner)
        add_count(c, d,
                  (gr_count){.what = (gr_what)slot->what,
                             .op = GR_OP_EQ,
                             .n = 1,
                             .n_max = GR_NO_NUMBER,
                             .unit = GR_S("person"),
                             .of = counted_role(slot->of),
                             .single = true,
                             .mention = gr_span_of(c->in->text, m->tok_begin, m->tok_end)});
}

/* What can befall one person; one "leader" who deploys or is displaced brings others. */
static bool befalls_one(unsigned what) {
    return what == GR_WHAT_KILLED || what == GR_WHAT_DETAINED || what == GR_WHAT_ARRESTED ||
           what == GR_WHAT_RELEASED || what == GR_WHAT_ABDUCTED || what == GR_WHAT_WOUNDED;
}

/* "They took him, along with two others": one of whom the text told before. */
static bool is_one_person(const gr_clause *c, uint32_t token) {
    return c->in->word[token].upos == GR_PRON && (key_is(c, token, "he") || key_is(c, token, "him") ||
                                                  key_is(c, token, "she") || key_is(c, token, "her"));
}

static void count_one(const gr_clause *c, gr_draft *d, const gr_count_slot *slot, uint32_t token) {
    const gr_mention *m = gr_mention_of(c->in->who, token);
    gr_slice unit = c->in->word[token].upos == GR_PRON ? GR_S("person") : unit_of(c, token);
    add_count(c, d,
              (gr_count){.what = (gr_what)slot->what,
                         .op = GR_OP_EQ,
                         .n = 1,
                         .n_max = GR_NO_NUMBER,
                         .unit = unit,
                         .of = counted_role(slot->of),
                         .single = true,
                         .mention = m ? gr_span_of(c->in->text, m->tok_begin, m->tok_end)
                                      : gr_span_of(c->in->text, token, token + 1)});
}

/* "the chief and his two sons", "a man and his wife", "the senior leader": one who is named by a singular. */
static void count_singulars(const gr_clause *c, gr_draft *d, const gr_count_slot *slot,
                            const gr_fillers *fillers) {
    for (uint32_t i = 0; i < fillers->count && befalls_one(slot->what); i++) {
        uint32_t token = fillers->token[i];
        const gr_mention *m = gr_mention_of(c->in->who, token);
        bool person = m && m->head == token && m->kind == GR_MENTION_CLASS &&
                      (m->properties & GR_IS_PEOPLE) && c->in->word[token].upos == GR_NOUN &&
                      (c->in->word[token].feats & GR_SING);
        bool told = gr_child(&c->tree, token, GR_DETREL, GR_SUB_OTHER) != GR_NONE ||
                    gr_child(&c->tree, token, GR_NMOD, GR_SUB_POSS) != GR_NONE;
        if (!person || !told || quantity_of(c, token)) continue;
        count_one(c, d, slot, token);
    }
}

/* "a commander along with three fighters": those who share the lot of the one before. */
static void count_companions(const gr_clause *c, gr_draft *d, const gr_count_slot *slot,
                             const gr_fillers *fillers) {
    for (uint32_t i = 0; i < fillers->count && befalls_one(slot->what); i++) {
        uint32_t token = fillers->token[i];
        for (uint32_t k = token + 1; k < c->tree.sentence->tok_end; k++) {
            const gr_word *w = &c->in->word[k];
            bool beside =
                (w->rel == GR_NMOD || w->rel == GR_OBL) && (w->head == token || w->head == d->anchor);
            if (!beside) continue;
            uint32_t from = gr_next_child(&c->tree, k, token + 1);
            while (from < k && c->in->word[from].upos == GR_PUNCT)
                from = gr_next_child(&c->tree, k, from + 1);
            if (from == GR_NONE || from >= k || !key_is(c, from, "along") || !key_is(c, from + 1, "with"))
                continue;
            if (is_one_person(c, token)) count_one(c, d, slot, token);
            count_at(c, d, slot, false, k);
        }
    }
}

void gr_fill_counts(const gr_clause *c, gr_draft *d) {
    /* "seven soldiers dead and 15 wounded": a figure right before the word is its own. */
    const gr_quantity *own = c->in->word[d->anchor].upos == GR_ADJ ? quantity_ending_at(c, d->anchor) : NULL;
    for (uint32_t s = 0; s < d->rule->count_count; s++) {
        const gr_count_slot *slot = &d->rule->count[s];
        if (own && !own->article) {
            gr_count count = count_from(c, slot, own, d->anchor);
            count.unit = GR_S("");
            add_count(c, d, count);
            continue;
        }
        for (uint32_t p = 0; p < slot->paths.count; p++) {
            gr_fillers fillers = {.count = 0};
            uint32_t before = d->counts.count;
            gr_path_fillers(c, d->anchor, &slot->paths.path[p], &fillers);
            for (uint32_t i = 0; i < fillers.count; i++) {
                bool self = slot->paths.path[p].kind == GR_PATH_SELF;
                count_at(c, d, slot, self, fillers.token[i]);
            }
            if (d->counts.count > before || fillers.count == 1) count_singulars(c, d, slot, &fillers);
            count_companions(c, d, slot, &fillers);
            if (d->counts.count > before) break;
        }
    }
}
