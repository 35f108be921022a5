/* Where and when: places and times of a sentence are given to the claims that they hang on in the tree. */
#include "base/utf8.h"
#include "claim/fields.h"

static gr_slice place_name(const gr_gazetteer *g, uint32_t place) {
    return place == GR_NO_PLACE ? (gr_slice){NULL, 0} : gr_gazetteer_place(g, place).name;
}

static gr_location location_at(const gr_clause *c, const gr_place_mention *m, uint32_t place,
                               gr_token_range words) {
    gr_location out = {.role = gr_where_name(m->where),
                       .score = m->score,
                       .candidates = m->candidates,
                       .reason = m->reason,
                       .mention = gr_span_of(c->in->text, words.begin, words.end)};
    out.name = gr_sub(c->in->text->bytes, out.mention.begin_b, out.mention.end_b);
    if (place == GR_NO_PLACE) return out;
    gr_place p = gr_gazetteer_place(c->in->gazetteer, place);
    out.name = p.name;
    out.level = gr_level_name(p.level);
    out.country = gr_copy(c->arena, gr_slice_of(p.country));
    out.admin1 = place_name(c->in->gazetteer, p.admin1);
    out.admin2 = place_name(c->in->gazetteer, p.admin2);
    out.place = p.id;
    out.has_point = p.has_point;
    out.city = p.level == GR_LEVEL_POPULATED && p.population >= 100000;
    out.lat_deg = p.lat_deg;
    out.lon_deg = p.lon_deg;
    return out;
}

gr_when gr_when_of(const gr_clause *c, const gr_time *t) {
    return (gr_when){.present = true,
                     .mention = gr_span_of(c->in->text, t->tok_begin, t->tok_end),
                     .earliest = t->earliest,
                     .latest = t->latest,
                     .precision = t->precision,
                     .basis = t->basis};
}

gr_location gr_location_of(const gr_clause *c, const gr_place_mention *m) {
    if (m->line == GR_NO_PLACE)
        return location_at(c, m, m->place, (gr_token_range){m->tok_begin, m->tok_end});
    gr_location out = location_at(c, m, m->line, m->line_words);
    out.role = gr_where_name(m->line_where);
    out.candidates = 1;
    out.reason = "the border of the two countries that the text names";
    return out;
}

/* A name of several places in one country is that of the class which the rule asks for: prisoners break out
 * of the prison Kirikiri, not of the quarter. */
static gr_location location_for(const gr_clause *c, const gr_rule *rule, const gr_place_mention *m) {
    enum { NAMESAKES = 48 };
    gr_location out = gr_location_of(c, m);
    if (rule->site.count == 0 || m->place == GR_NO_PLACE || m->line != GR_NO_PLACE) return out;
    const gr_gazetteer *g = c->in->gazetteer;
    gr_place chosen = gr_gazetteer_place(g, m->place);
    uint32_t other[NAMESAKES], fitting = GR_NO_PLACE, fitting_count = 0;
    gr_slice words = gr_sub(c->in->text->bytes, out.mention.begin_b, out.mention.end_b);
    uint32_t count = gr_gazetteer_find(g, gr_fold(c->arena, words), other, NAMESAKES);
    for (uint32_t i = 0; i < count && i < NAMESAKES; i++) {
        gr_place p = gr_gazetteer_place(g, other[i]);
        if (memcmp(p.country, chosen.country, sizeof p.country) != 0 ||
            gr_map_get(&rule->site, gr_slice_of(gr_class_name(p.kind))) == GR_MAP_NONE)
            continue;
        fitting = other[i];
        fitting_count++;
    }
    if (fitting_count != 1 || fitting == m->place) return out;
    out = location_at(c, m, fitting, (gr_token_range){m->tok_begin, m->tok_end});
    out.reason = "exact, of the kind that the rule asks for";
    return out;
}

/* The draft that speaks for this one: itself, or what it was merged into. */
static uint32_t speaker(const gr_drafts *drafts, uint32_t index) {
    for (unsigned steps = 0; drafts->item[index].merged && steps < 64; steps++)
        index = drafts->item[index].merged_into;
    return index;
}

/* Marks in hit[] the drafts that something at `token` belongs to: the first anchor on its way up; on a word
 * that is no anchor, the anchors right below it that stand before the next clause. */
static bool climb(const gr_clause *c, const gr_drafts *drafts, uint32_t first, uint32_t token, bool *hit) {
    uint32_t from = token;
    for (unsigned steps = 0; token != GR_NONE && steps < 64; steps++) {
        bool any = false;
        for (uint32_t i = first; i < drafts->count; i++)
            if (drafts->item[i].anchor == token) any = hit[speaker(drafts, i) - first] = true;
        if (any) return true;
        for (uint32_t i = first; i < drafts->count; i++) {
            uint32_t a = drafts->item[i].anchor;
            uint8_t rel = c->in->word[a].rel;
            if (c->in->word[a].head != token || a == from) continue;
            if (rel == GR_CCOMP || rel == GR_PARATAXIS || rel == GR_ACL) continue;
            any = hit[speaker(drafts, i) - first] = true;
        }
        if (any) return true;
        from = token;
        token = c->in->word[token].head;
    }
    return false;
}

/* "The armies of Mali and Niger": the countries tell whose they are, not where. */
static bool tells_whose(const gr_clause *c, const gr_draft *d, const gr_place_mention *m) {
    if (m->place == GR_NO_PLACE || gr_gazetteer_place(c->in->gazetteer, m->place).level != GR_LEVEL_COUNTRY)
        return false;
    uint32_t first = gr_first_conjunct(&c->tree, m->head), head = c->in->word[first].head;
    if (c->in->word[first].rel != GR_NMOD || head == GR_NONE) return false;
    if (!gr_is_lemma(&c->tree, gr_case_of(&c->tree, first), "of")) return false;
    gr_span word = gr_span_of(c->in->text, head, head + 1);
    for (uint32_t i = 0; i < d->parties.count; i++) {
        const gr_party *p = &d->parties.item[i];
        if (p->id.len && p->mention.begin_b <= word.begin_b && p->mention.end_b >= word.end_b) return true;
    }
    return false;
}

/* A place inside a party's own words that acts ("Niger accused Benin") is no place of the event. */
static bool acts_as_party(const gr_clause *c, const gr_draft *d, const gr_place_mention *m) {
    gr_span span = gr_span_of(c->in->text, m->tok_begin, m->tok_end);
    for (uint32_t i = 0; i < d->parties.count; i++)
        if (d->parties.item[i].mention.begin_b <= span.begin_b &&
            d->parties.item[i].mention.end_b >= span.end_b)
            return true;
    return tells_whose(c, d, m);
}

static bool has_mention(const gr_locations *list, gr_span span) {
    for (uint32_t i = 0; i < list->count; i++)
        if (list->item[i].mention.begin_b == span.begin_b) return true;
    return false;
}

/* The draft whose anchor governs this one's, or GR_NONE. */
static uint32_t governing_draft(const gr_clause *c, const gr_drafts *drafts, uint32_t first, uint32_t index) {
    uint32_t at = c->in->word[drafts->item[index].anchor].head;
    for (unsigned steps = 0; at != GR_NONE && steps < 64; steps++) {
        for (uint32_t i = first; i < drafts->count; i++)
            if (i != index && !drafts->item[i].merged && drafts->item[i].anchor == at) return i;
        at = c->in->word[at].head;
    }
    return GR_NONE;
}

/* What a common noun for a place can stand for; "there" for a place where people live. */
static bool may_stand_for(const gr_clause *c, uint32_t noun, const gr_place_mention *m) {
    static const char *const towns[] = {"town",     "city",       "village", "hamlet",
                                        "locality", "settlement", "there"};
    static const char *const units[] = {"region",      "province",   "district",
                                        "governorate", "department", "county"};
    bool town = false, unit = false;
    for (size_t i = 0; i < sizeof towns / sizeof *towns; i++)
        town = town || gr_is_lemma(&c->tree, noun, towns[i]);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        unit = unit || gr_is_lemma(&c->tree, noun, units[i]);
    if (m->demonym || m->official || (!town && !unit)) return false;
    if (m->place == GR_NO_PLACE) return town && !m->adjectival;
    gr_level level = gr_gazetteer_place(c->in->gazetteer, m->place).level;
    if (town) return level == GR_LEVEL_POPULATED || level == GR_LEVEL_POINT;
    return level == GR_LEVEL_ADMIN1 || level == GR_LEVEL_ADMIN2 || level == GR_LEVEL_ADMIN3 ||
           level == GR_LEVEL_AREA;
}

/* "the town", "this province", "there": no name beside it that would tell which. */
static bool points_to_place(const gr_clause *c, uint32_t token) {
    const gr_word *w = &c->in->word[token];
    if (gr_is_lemma(&c->tree, token, "there")) return w->upos == GR_ADV && w->rel == GR_ADVMOD;
    if (w->upos != GR_NOUN || (w->feats & GR_PLUR)) return false;
    uint32_t det = gr_child(&c->tree, token, GR_DETREL, GR_SUB_OTHER);
    if (!gr_is_lemma(&c->tree, det, "the") && !gr_is_lemma(&c->tree, det, "this")) return false;
    for (uint32_t k = gr_next_child(&c->tree, token, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, token, k + 1))
        if (c->in->word[k].upos == GR_PROPN || c->in->word[k].rel == GR_NMOD ||
            c->in->word[k].rel == GR_ACL || c->in->word[k].rel == GR_APPOS)
            return false;
    return true;
}

/* The nearest place named before that the word can stand for; NULL: none within a page. */
static const gr_place_mention *place_meant(const gr_clause *c, uint32_t token) {
    enum { REACH = 12 };
    for (uint32_t i = c->in->places->count; i-- > 0;) {
        const gr_place_mention *m = &c->in->places->item[i];
        if (m->tok_begin >= token) continue;
        if (m->sentence + REACH < c->sentence) return NULL;
        if (may_stand_for(c, token, m)) return m;
    }
    return NULL;
}

static bool has_own_place(const gr_draft *d) {
    for (uint32_t i = 0; i < d->locations.count; i++)
        if (!d->locations.item[i].inherited) return true;
    return false;
}

/* "attacked the town": the place that the text spoke of before. */
static void fill_places_meant(const gr_clause *c, gr_drafts *drafts, uint32_t first, bool *hit) {
    uint32_t n = drafts->count - first;
    for (uint32_t t = c->tree.sentence->tok_begin; t < c->tree.sentence->tok_end; t++) {
        const gr_place_mention *m = points_to_place(c, t) ? place_meant(c, t) : NULL;
        memset(hit, 0, n * sizeof *hit);
        if (!m || !climb(c, drafts, first, t, hit)) continue;
        gr_location where = gr_location_of(c, m);
        where.mention = gr_span_of(c->in->text, t, t + 1);
        where.role = "at";
        where.inherited = true;
        where.reason = "the place that the text spoke of before";
        for (uint32_t i = 0; i < n; i++)
            if (hit[i] && !has_own_place(&drafts->item[first + i]) &&
                !has_mention(&drafts->item[first + i].locations, where.mention))
                gr_push(c->arena, &drafts->item[first + i].locations, where);
    }
}

/* Where the words before the colon or dash that open an entry end ("10 February, Gwoza:"); the beginning of
 * the sentence: nothing of the kind opens it. */
static uint32_t label_end(const gr_clause *c) {
    enum { REACH = 10 };
    const gr_sentence *s = c->tree.sentence;
    for (uint32_t i = s->tok_begin; i < s->tok_end && i < s->tok_begin + REACH; i++) {
        gr_slice form = c->in->text->token[i].form;
        bool dash = gr_eq(form, GR_S("\xe2\x80\x93")) || gr_eq(form, GR_S("\xe2\x80\x94"));
        if ((dash || gr_eq(form, GR_S(":"))) && i + 2 < s->tok_end) return i;
        const gr_mention *m = gr_mention_of(c->in->who, i);
        bool acts = m && m->head == i && (m->properties & (GR_IS_PEOPLE | GR_IS_PARTY)) && !gr_place_at(c, i);
        if (acts || c->in->word[i].upos == GR_VERB || c->in->word[i].upos == GR_AUX) break;
    }
    return s->tok_begin;
}

/* "Gwoza: On 29 June ...", "11 February, Muse:": the place that opens an entry is that of all that it tells.
 */
static void fill_place_of_label(const gr_clause *c, gr_drafts *drafts, uint32_t first) {
    uint32_t end = label_end(c);
    for (uint32_t i = first; i < drafts->count; i++) {
        if (has_own_place(&drafts->item[i])) continue;
        for (uint32_t p = 0; p < c->place_count && c->place[p].tok_end <= end; p++)
            gr_push(c->arena, &drafts->item[i].locations, gr_location_of(c, &c->place[p]));
    }
}

void gr_fill_places(const gr_clause *c, gr_drafts *drafts, uint32_t first) {
    uint32_t n = drafts->count - first;
    bool *hit = gr_alloc_array(c->arena, n + 1, sizeof *hit);
    for (uint32_t p = 0; p < c->place_count; p++) {
        memset(hit, 0, n * sizeof *hit);
        if (!climb(c, drafts, first, c->place[p].head, hit)) continue;
        for (uint32_t i = 0; i < n; i++) {
            gr_draft *d = &drafts->item[first + i];
            gr_location where = location_for(c, d->rule, &c->place[p]);
            if (hit[i] && !acts_as_party(c, d, &c->place[p]) && !has_mention(&d->locations, where.mention))
                gr_push(c->arena, &d->locations, where);
        }
    }
    fill_places_meant(c, drafts, first, hit);
    fill_place_of_label(c, drafts, first);
    for (uint32_t i = first; i < drafts->count; i++) {
        gr_draft *d = &drafts->item[i];
        uint32_t up = d->locations.count ? GR_NONE : governing_draft(c, drafts, first, i);
        for (unsigned steps = 0; up != GR_NONE && !drafts->item[up].locations.count && steps < 8; steps++)
            up = governing_draft(c, drafts, first, up);
        if (up == GR_NONE) continue;
        for (uint32_t k = 0; k < drafts->item[up].locations.count; k++)
            gr_push(c->arena, &d->locations, drafts->item[up].locations.item[k]);
    }
}

static uint32_t time_head(const gr_clause *c, const gr_time *t) {
    for (uint32_t i = t->tok_begin; i < t->tok_end; i++) {
        uint32_t head = c->in->word[i].head;
        if (head == GR_NONE || head < t->tok_begin || head >= t->tok_end) return i;
    }
    return t->tok_begin;
}

static bool tells(const gr_clause *c, uint32_t token) {
    return c->in->word[token].upos == GR_VERB &&
           (gr_in_class(c, token, "say-verb") || gr_in_class(c, token, "claim-verb"));
}

static bool is_anchor(const gr_drafts *drafts, uint32_t first, uint32_t token) {
    for (uint32_t i = first; i < drafts->count; i++)
        if (drafts->item[i].anchor == token) return true;
    return false;
}

/* "A ceasefire was announced on Monday": the verb only carries the noun that tells what happened. */
static bool carries_anchor(const gr_clause *c, const gr_drafts *drafts, uint32_t first, uint32_t verb) {
    for (uint32_t i = first; i < drafts->count; i++)
        if (c->in->word[drafts->item[i].anchor].upos == GR_NOUN &&
            gr_light_verb_of(c, drafts->item[i].anchor) == verb)
            return true;
    return false;
}

/* "..., residents said on Monday": the day of the saying is not that of what is told. The words decide before
 * the tree: a time right behind a verb of saying is that verb's. */
static bool dates_the_saying(const gr_clause *c, const gr_drafts *drafts, uint32_t first, const gr_time *t) {
    uint32_t head = c->in->word[time_head(c, t)].head;
    if (head != GR_NONE && carries_anchor(c, drafts, first, head)) return false;
    if (head != GR_NONE && tells(c, head) && !is_anchor(drafts, first, head)) return true;
    uint32_t at = t->tok_begin;
    for (unsigned steps = 0; at > c->tree.sentence->tok_begin && steps < 4; steps++) {
        at--;
        uint8_t upos = c->in->word[at].upos;
        if (upos == GR_VERB) return tells(c, at) && !is_anchor(drafts, first, at) && !t->since;
        bool between = upos == GR_ADP || upos == GR_ADV || gr_is_lemma(&c->tree, at, "reporter") ||
                       gr_is_lemma(&c->tree, at, "journalist");
        if (!between) return false;
    }
    return false;
}

/* "a council, which was sworn in on 25 April": the day of a relative clause that no rule reads is its own. */
static bool dates_an_aside(const gr_clause *c, const gr_drafts *drafts, uint32_t first, const gr_time *t) {
    uint32_t at = time_head(c, t);
    for (unsigned steps = 0; at != GR_NONE && steps < 64; steps++, at = c->in->word[at].head) {
        if (is_anchor(drafts, first, at)) return false;
        const gr_word *w = &c->in->word[at];
        if (w->rel == GR_ACL && w->subrel == GR_SUB_RELCL && w->upos == GR_VERB) {
            for (uint32_t i = first; i < drafts->count; i++)
                if (gr_below(&c->tree, drafts->item[i].anchor, at)) return false;
            return true;
        }
    }
    return false;
}

/* The figures of a window are those of many acts; those of custody keep their kind. */
static void become_toll(const gr_clause *c, gr_draft *d) {
    const gr_type *type = &c->in->know->type[d->rule->type];
    bool toll = (type->kinds & 1u << GR_KIND_TOLL) != 0;
    if (!d->counts.count || (!toll && d->claim.kind != GR_KIND_CUSTODY)) return;
    if (toll) d->claim.kind = GR_KIND_TOLL;
    for (uint32_t i = 0; i < d->counts.count; i++) d->counts.item[i].aggregate = true;
}

static void set_when(const gr_clause *c, gr_draft *d, const gr_time *t) {
    bool better = !d->claim.when.present ||
                  (d->claim.when.earliest == GR_NO_DAY && t->earliest != GR_NO_DAY) ||
                  (t->kind == GR_TIME_WINDOW && !d->claim.count_count &&
                   (t->earliest != GR_NO_DAY || d->claim.when.earliest == GR_NO_DAY));
    if (t->kind == GR_TIME_AGE || t->kind == GR_TIME_REPEATED || !better) return;
    d->claim.when = gr_when_of(c, t);
    if (t->kind == GR_TIME_WINDOW || t->since) become_toll(c, d);
}

/* "KABUL (Feb. 22, 2011) - Soldiers arrested two men yesterday": brackets date the place or the report before
 * the act. */
bool gr_in_brackets(const gr_clause *c, const gr_time *t) {
    const gr_sentence *s = c->tree.sentence;
    return t->tok_begin > s->tok_begin && t->tok_end < s->tok_end &&
           gr_eq(c->in->text->token[t->tok_begin - 1].form, GR_S("(")) &&
           gr_eq(c->in->text->token[t->tok_end].form, GR_S(")"));
}

/* "MAHRU (May 20) In the south the police held two men during a raid on a camp yesterday": the day that ends
 * the sentence is the day of what it tells first, before the one in brackets. */
const gr_time *gr_closing_time(const gr_clause *c) {
    if (c->time_count == 0) return NULL;
    const gr_time *t = &c->time[c->time_count - 1];
    bool point = t->kind == GR_TIME_POINT && t->earliest != GR_NO_DAY;
    return point && t->tok_end + 1 >= c->tree.sentence->tok_end && !gr_in_brackets(c, t) ? t : NULL;
}

static void give_times(const gr_clause *c, gr_drafts *drafts, uint32_t first, bool bracketed) {
    uint32_t n = drafts->count - first;
    bool *hit = gr_alloc_array(c->arena, n + 1, sizeof *hit);
    const gr_time *closing = bracketed ? gr_closing_time(c) : NULL;
    for (uint32_t t = 0; t < c->time_count; t++) {
        memset(hit, 0, n * sizeof *hit);
        if (gr_in_brackets(c, &c->time[t]) != bracketed) continue;
        if (dates_the_saying(c, drafts, first, &c->time[t]) || dates_an_aside(c, drafts, first, &c->time[t]))
            continue;
        if (!climb(c, drafts, first, time_head(c, &c->time[t]), hit)) continue;
        for (uint32_t i = 0; i < n; i++)
            if (hit[i] && !(bracketed && drafts->item[first + i].claim.when.present))
                set_when(c, &drafts->item[first + i], closing ? closing : &c->time[t]);
    }
}

/* Anchor of the main verb, or of the noun that its light verb brings ("carried out a strike"). */
static bool in_main_verb(const gr_clause *c, uint32_t anchor) {
    uint32_t light = gr_light_verb_of(c, anchor);
    return c->in->word[light == GR_NONE ? anchor : light].head == GR_NONE;
}

/* "They arrested a man linked to the killing of a teacher in March yesterday", "..., yesterday": a bare day
 * at the end, behind a comma or another time, dates the main verb, whatever noun it seems to hang on. */
static const gr_time *day_of_main_verb(const gr_clause *c) {
    const gr_time *t = gr_closing_time(c);
    if (!t || t->precision != GR_PRECISION_DAY || t->tok_begin == c->tree.sentence->tok_begin) return NULL;
    if (c->in->word[t->tok_begin - 1].upos == GR_ADP) return NULL;
    bool comma = gr_eq(c->in->text->token[t->tok_begin - 1].form, GR_S(","));
    bool other = c->time_count > 1 && !gr_in_brackets(c, &c->time[c->time_count - 2]);
    return comma || other ? t : NULL;
}

static void date_main_verb(const gr_clause *c, gr_drafts *drafts, uint32_t first) {
    const gr_time *day = day_of_main_verb(c);
    if (!day || dates_the_saying(c, drafts, first, day)) return;
    for (uint32_t i = first; i < drafts->count; i++) {
        gr_draft *d = &drafts->item[i];
        if (!in_main_verb(c, d->anchor)) continue;
        d->claim.when.present = false;
        set_when(c, d, day);
    }
}

/* "Since May the army has captured and killed ...": the window holds for both figures. */
static void share_when(const gr_clause *c, gr_draft *d, const gr_draft *up) {
    d->claim.when = up->claim.when;
    bool window = false;
    for (uint32_t t = 0; t < c->time_count; t++)
        if (gr_span_of(c->in->text, c->time[t].tok_begin, c->time[t].tok_end).begin_b ==
            up->claim.when.mention.begin_b)
            window = c->time[t].kind == GR_TIME_WINDOW || c->time[t].since;
    if (up->claim.when.present && window) become_toll(c, d);
}

/* "10 February: The rebels attacked ...": the day that opens an entry is that of all that it tells. */
static void fill_time_of_label(const gr_clause *c, gr_drafts *drafts, uint32_t first) {
    uint32_t end = label_end(c);
    for (uint32_t t = 0; t < c->time_count && c->time[t].tok_end <= end; t++)
        for (uint32_t i = first; i < drafts->count && c->time[t].kind == GR_TIME_POINT; i++)
            if (!drafts->item[i].claim.when.present) set_when(c, &drafts->item[i], &c->time[t]);
}

void gr_fill_times(const gr_clause *c, gr_drafts *drafts, uint32_t first) {
    give_times(c, drafts, first, false);
    date_main_verb(c, drafts, first);
    give_times(c, drafts, first, true);
    for (uint32_t i = first; i < drafts->count; i++) {
        gr_draft *d = &drafts->item[i];
        uint32_t up = d->claim.when.present ? GR_NONE : governing_draft(c, drafts, first, i);
        uint8_t rel = c->in->word[d->anchor].rel;
        if (up != GR_NONE &&
            (rel == GR_CONJ || rel == GR_ADVCL || rel == GR_OBL || rel == GR_NMOD || rel == GR_XCOMP))
            share_when(c, d, &drafts->item[up]);
    }
    fill_time_of_label(c, drafts, first);
}
