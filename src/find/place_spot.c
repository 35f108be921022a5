#include "base/utf8.h"
#include "find/place_span.h"

#include <ctype.h>

enum { NAME_TOKENS = 8 }; /* six words; hyphens are tokens of their own */

static gr_slice folded(const gr_place_search *s, uint32_t token) {
    return token < s->text->token_count ? s->folded[token] : (gr_slice){0};
}

static gr_slice bytes_of(const gr_place_search *s, uint32_t begin, uint32_t end) {
    const gr_token *first = &s->text->token[begin], *last = &s->text->token[end - 1];
    return gr_sub(s->text->bytes, first->off_b, (size_t)last->off_b + last->len_b);
}

static bool capital(const gr_place_search *s, uint32_t token) {
    gr_slice form = s->text->token[token].form;
    size_t at = 0;
    return form.len && gr_is_upper(gr_utf8_next(form, &at));
}

static bool taken(const gr_place_search *s, uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; s->context->taken && i < end; i++)
        if (s->context->taken[i]) return true;
    return false;
}

static bool is(const gr_place_search *s, uint32_t token, const char *word) {
    return gr_is(folded(s, token), word);
}

/* A headline in title case: most of its longer words are capitals. */
static bool capitals_are_mute(const gr_place_search *s, const gr_sentence *sentence) {
    uint32_t words = 0, capitals = 0;
    for (uint32_t i = sentence->tok_begin; i < sentence->tok_end; i++) {
        if (s->folded[i].len < 4 || !isalpha((unsigned char)s->folded[i].ptr[0])) continue;
        words++;
        capitals += capital(s, i);
    }
    return sentence->all_capitals || (words >= 4 && capitals * 10 >= words * 7);
}

/* ---- matching the gazetteer ---- */

typedef struct match {
    uint32_t end; /* token behind the longest name, or the begin: none */
    gr_slice key;
} match;

static match longest_name(const gr_place_search *s, uint32_t begin, uint32_t limit) {
    match best = {begin, {0}};
    for (uint32_t end = begin + 1; end <= limit && end <= begin + NAME_TOKENS; end++) {
        if (taken(s, end - 1, end)) break;
        if (end > begin + 1 && s->word[end - 1].upos == GR_PUNCT && !is(s, end - 1, "-")) break;
        gr_slice key = end == begin + 1 ? s->folded[begin] : gr_fold(s->arena, bytes_of(s, begin, end));
        if (!is(s, end - 1, "-") && gr_gazetteer_find(s->gazetteer, key, NULL, 0)) best = (match){end, key};
        if (!is(s, end, "-") && !gr_gazetteer_may_go_on(s->gazetteer, key)) break;
    }
    return best;
}

/* Names of areas in running text stand in small letters: "the tri-border area". */
static bool lower_case_area(const gr_place_search *s, uint32_t begin, match found) {
    uint32_t place;
    if (found.end < begin + 2 || gr_gazetteer_find(s->gazetteer, found.key, &place, 1) == 0) return false;
    return gr_gazetteer_place(s->gazetteer, place).kind == GR_CLASS_REGION;
}

/* ---- the words around ---- */

typedef struct surroundings {
    gr_where where;
    float evidence;
    gr_cue cue;
    bool cue_many, coordinated, adjectival, definite;
    bool before_unit; /* ", Ohio" follows: X lies in Ohio, so that X is a place */
    double offset_km;
    float bearing_deg;
} surroundings;

static bool joins(const gr_place_search *s, uint32_t token) {
    static const char *const JOINT[] = {",", "and", "or", "et", "ou", "&", "/", "as", "well"};
    for (size_t i = 0; i < sizeof JOINT / sizeof *JOINT; i++)
        if (is(s, token, JOINT[i])) return true;
    return false;
}

/* True when only commas, "and", "the" stand between the last mention and this one. */
static bool follows_mention(const gr_place_search *s, const gr_sentence *sentence, uint32_t begin) {
    if (s->spans.count == 0) return false;
    const gr_place_mention *last = &s->spans.item[s->spans.count - 1].mention;
    if (last->tok_end <= sentence->tok_begin || last->tok_end >= begin || begin - last->tok_end > 5)
        return false;
    bool joined = false;
    for (uint32_t i = last->tok_end; i < begin; i++) {
        if (joins(s, i))
            joined = true;
        else if (!is(s, i, "the"))
            return false;
    }
    return joined;
}

/* "15 km north of X", read from the "of" leftwards. */
static void read_offset(const gr_place_search *s, const gr_sentence *sentence, uint32_t of,
                        surroundings *around) {
    uint32_t at = of;
    if (at > sentence->tok_begin && gr_place_bearing(folded(s, at - 1)) >= 0)
        around->bearing_deg = gr_place_bearing(folded(s, --at));
    while (at > sentence->tok_begin && (is(s, at - 1, "the") || is(s, at - 1, "to") || is(s, at - 1, "au")))
        at--;
    double unit_m = at >= sentence->tok_begin + 2 ? gr_place_unit_m(folded(s, at - 1)) : 0;
    uint64_t number;
    if (unit_m > 0 && gr_parse_u64(folded(s, at - 2), &number))
        around->offset_km = (double)number * unit_m / 1000;
    if (around->bearing_deg < 0 && around->offset_km <= 0) return;
    around->where = GR_WHERE_NEAR;
    around->evidence = 1.5f;
}

static uint32_t skip_fillers(const gr_place_search *s, uint32_t from, uint32_t at) {
    while (at > from && gr_place_filler(folded(s, at - 1))) at--;
    return at;
}

static bool is_of(const gr_place_search *s, uint32_t token) {
    return is(s, token, "of") || is(s, token, "de") || is(s, token, "du") || is(s, token, "d'") ||
           is(s, token, "named") || is(s, token, "called");
}

/* "près de X", "non loin de X", "hors de X", "aux environs de X". */
static void read_near_of(const gr_place_search *s, uint32_t word, surroundings *around) {
    static const char *const near[] = {"pres",    "loin",    "proximite",  "environs", "alentours",
                                       "abords",  "autour",  "peripherie", "entree",   "sortie",
                                       "lisiere", "confins", "large",      "faubourgs"};
    if (s->word[word].upos == GR_VERB && gr_place_motion(s->word[word].lemma)) around->evidence += 1.0f;
    if (is(s, word, "hors")) around->where = GR_WHERE_FROM, around->evidence += 1.0f;
    for (size_t i = 0; i < sizeof near / sizeof *near; i++)
        if (is(s, word, near[i])) around->where = GR_WHERE_NEAR, around->evidence += 1.5f;
}

static void read_left(const gr_place_search *s, const gr_sentence *sentence, uint32_t begin,
                      surroundings *around) {
    uint32_t from = sentence->tok_begin, at = skip_fillers(s, from, begin);
    if (at >= from + 2 && is_of(s, at - 1)) {
        uint32_t noun = at - 2;
        if (noun > from && gr_place_cue(folded(s, noun), &around->cue_many) == GR_CUE_NONE &&
            !capital(s, noun) && s->word[noun].upos == GR_ADJ)
            noun--; /* "commune rurale de X" */
        around->cue = gr_place_cue(folded(s, noun), &around->cue_many);
        if (around->cue != GR_CUE_NONE) {
            at = skip_fillers(s, from, noun);
            around->evidence += 0.7f; /* "the village of X": nothing but a place follows */
        }
    } else if (at > from && !capital(s, at - 1)) {
        around->cue = gr_place_cue(folded(s, at - 1), &around->cue_many);
        if (around->cue != GR_CUE_NONE) at = skip_fillers(s, from, at - 1);
    }
    if (around->cue != GR_CUE_NONE) around->evidence += 1.5f;
    gr_slot slot;
    if (at > from + 1 && is(s, at - 1, "of") && is(s, at - 2, "out")) { /* "pulled out of X" */
        around->where = GR_WHERE_FROM;
        around->evidence += 1.0f;
        return;
    }
    if (at == from || !gr_place_slot(folded(s, at - 1), s->french, &slot)) {
        if (at > from + 1 && is(s, at - 1, "with")) {
            bool many;
            if (gr_place_cue(folded(s, at - 2), &many) == GR_CUE_BORDER || is(s, at - 2, "areas"))
                around->where = GR_WHERE_ALONG, around->evidence += 1;
        }
        return;
    }
    around->where = slot.where;
    around->evidence += slot.evidence;
    if (s->french && is_of(s, at - 1) && at > from + 1) read_near_of(s, at - 2, around);
    if (is(s, at - 1, "of") || is(s, at - 1, "from") || is_of(s, at - 1))
        read_offset(s, sentence, at - 1, around);
}

static void read_right(const gr_place_search *s, const gr_sentence *sentence, uint32_t end,
                       surroundings *around) {
    uint32_t at = end;
    bool many;
    if (at < sentence->tok_end && (is(s, at, "'s") || is(s, at, "'"))) {
        around->adjectival = true;
        at++;
    }
    while (at < sentence->tok_end && is(s, at, "-")) at++;
    gr_cue cue = at < sentence->tok_end ? gr_place_cue(folded(s, at), &many) : GR_CUE_NONE;
    if (cue == GR_CUE_NONE || (around->adjectival && cue == GR_CUE_POPULATED)) {
        if (at == end && at < sentence->tok_end && s->word[at].upos == GR_NOUN && s->word[end - 1].head == at)
            around->adjectival = true;
        return;
    }
    around->adjectival = true;
    around->evidence += 1.2f;
    if (cue == GR_CUE_BORDER) around->where = GR_WHERE_ALONG;
    if (around->cue == GR_CUE_NONE) around->cue = cue, around->cue_many = many;
}

/* ---- how much speaks for a place ---- */

/* First word of the sentence, a quotation mark or bracket before it aside. */
static bool sentence_start(const gr_place_search *s, const gr_sentence *sentence, uint32_t token) {
    if (token == sentence->tok_begin) return true;
    return token - 1 == sentence->tok_begin && s->word[token - 1].upos == GR_PUNCT;
}

/* The name runs on over the match ("Paris Hilton", "George Washington"). */
static float run_on(const gr_place_search *s, const gr_sentence *sentence, uint32_t begin, uint32_t end,
                    bool mute, bool unit_follows) {
    float weight = 0;
    bool many;
    if (mute) return 0;
    if (end < sentence->tok_end && capital(s, end) && s->word[end].upos == GR_PROPN &&
        gr_place_cue(folded(s, end), &many) == GR_CUE_NONE && !gr_place_title(folded(s, end)) &&
        gr_gazetteer_find(s->gazetteer, folded(s, end), NULL, 0) == 0)
        weight -= 1.5f;
    if (begin > sentence->tok_begin && capital(s, begin - 1) && s->word[begin - 1].upos == GR_PROPN &&
        !gr_place_filler(folded(s, begin - 1)) && gr_place_cue(folded(s, begin - 1), &many) == GR_CUE_NONE)
        weight -= 1.5f;
    if (!unit_follows && begin > sentence->tok_begin + 1 &&
        (is(s, begin - 1, "of") || is(s, begin - 1, "for")) && capital(s, begin - 2) &&
        begin - 2 > sentence->tok_begin && gr_place_cue(folded(s, begin - 2), &many) == GR_CUE_NONE &&
        !gr_place_title(folded(s, begin - 2)))
        weight -= 1.2f; /* "Department of Health", "Bank of Japan" */
    if (begin > sentence->tok_begin && gr_place_title(folded(s, begin - 1))) weight -= 2;
    return weight;
}

/* "Lassa fever", "the Marburg virus", "Hong Kong flu": a disease, though a place lent it its name. */
static bool names_disease(const gr_place_search *s, const gr_sentence *sentence, uint32_t end) {
    if (is(s, end, "-")) end++;
    if (end >= sentence->tok_end) return false;
    return gr_place_disease(folded(s, end)) || (end + 1 < sentence->tok_end && s->word[end].upos == GR_ADJ &&
                                                gr_place_disease(folded(s, end + 1)));
}

/* "Jean-Bosco", "Coca-Cola": hyphenated with a word that is no place's or people's name, no direction and no
 * party's letters ("R-Ohio"). */
static bool hyphenated(const gr_place_search *s, const gr_sentence *sentence, uint32_t begin) {
    if (begin < sentence->tok_begin + 2 || !is(s, begin - 1, "-")) return false;
    const gr_token *left = &s->text->token[begin - 2], *name = &s->text->token[begin];
    bool joined = left->off_b + left->len_b + 1 == name->off_b;
    size_t last = left->form.len;
    bool word = last > 3 && islower((unsigned char)left->form.ptr[last - 1]);
    return joined && word && capital(s, begin - 2) && !gr_place_filler(folded(s, begin - 2)) &&
           gr_gazetteer_find(s->gazetteer, folded(s, begin - 2), NULL, 0) == 0 &&
           gr_gazetteer_find_adjective(s->gazetteer, folded(s, begin - 2), NULL, 0) == 0;
}

static bool names_country(const gr_place_search *s, gr_slice key) {
    uint32_t place[GR_SPAN_CANDIDATES];
    uint32_t count = gr_gazetteer_find(s->gazetteer, key, place, GR_SPAN_CANDIDATES);
    for (uint32_t i = 0; i < count && i < GR_SPAN_CANDIDATES; i++)
        if (gr_gazetteer_place(s->gazetteer, place[i]).level == GR_LEVEL_COUNTRY) return true;
    return false;
}

/* "Henry said": people speak, but for the countries that stand for governments. */
static float speaks(const gr_place_search *s, gr_slice key, uint32_t end) {
    static const char *const SAY[] = {"say", "tell", "add", "ask", "think", "play", "score", "write"};
    const gr_word *word = &s->word[end - 1];
    if (word->rel != GR_NSUBJ || word->head >= s->text->token_count || names_country(s, key)) return 0;
    for (size_t i = 0; i < sizeof SAY / sizeof *SAY; i++)
        if (gr_is(s->word[word->head].lemma, SAY[i])) return -1;
    return 0;
}

static float tags_say(const gr_place_search *s, uint32_t begin, uint32_t end) {
    const gr_word *word = &s->word[begin];
    float weight = 0;
    if (word->name == GR_NAME_PLACE) weight += 2;
    if (word->name == GR_NAME_PERSON) weight -= 2;
    if (word->name == GR_NAME_ORGANISATION) weight -= 1.5f;
    if (s->word[end - 1].upos == GR_PROPN) weight += 1;
    if (word->upos == GR_VERB || word->upos == GR_AUX || word->upos == GR_ADP || word->upos == GR_ADV ||
        word->upos == GR_PRON || word->upos == GR_DET || word->upos == GR_SCONJ)
        weight -= 2;
    return weight;
}

/* Against "Base", "Police", "Mission": less where capitals tell, nothing for "US", "Turkey" in mid-sentence.
 */
static float ordinary_word(const gr_place_search *s, const gr_sentence *sentence, uint32_t begin, match found,
                           bool mute) {
    if (!gr_gazetteer_ordinary(s->gazetteer, found.key)) return 0;
    gr_slice form = s->text->token[begin].form;
    size_t capitals = 0;
    for (size_t i = 0; i < form.len; i++) capitals += isupper((unsigned char)form.ptr[i]) != 0;
    if (!mute && form.len <= 4 && capitals >= 2) return 0;
    bool country = names_country(s, found.key);
    bool owns = found.end < sentence->tok_end && is(s, found.end, "'s"); /* "Turkey's first case" */
    if (country && owns && !mute) return 0;
    if (mute || sentence_start(s, sentence, begin)) return country && !mute ? 1 : 2.5f;
    return country ? 0 : 1.5f;
}

/* "attacked Kidal", "Djibo was besieged", "Djibo remains under blockade". */
static float is_held_or_hit(const gr_place_search *s, uint32_t begin, uint32_t end) {
    const gr_word *word = &s->word[end - 1];
    if (end != begin + 1 || word->upos != GR_PROPN || word->head >= s->text->token_count) return 0;
    bool object = word->rel == GR_OBJ, passive = word->rel == GR_NSUBJ && word->subrel == GR_SUB_PASS;
    bool under =
        word->rel == GR_NSUBJ && word->head + 1 < s->text->token_count && is(s, word->head + 1, "under");
    return ((object || passive) && gr_place_verb(s->word[word->head].lemma)) || under ? 0.9f : 0;
}

static uint32_t head_of(const gr_place_search *s, uint32_t begin, uint32_t end) {
    for (uint32_t i = end; i-- > begin;)
        if (s->word[i].head < begin || s->word[i].head >= end) return i;
    return end - 1;
}

/* "fled to X", "withdrew from X", "was beheaded at X": what the word above says of where somebody goes or is.
 */
static float is_gone_to(const gr_place_search *s, uint32_t begin, uint32_t end, const surroundings *around) {
    uint32_t head = head_of(s, begin, end), above = s->word[head].head;
    if (above == GR_NONE || above >= s->text->token_count) return 0;
    bool carried = around->where == GR_WHERE_TO && s->word[above].upos == GR_NOUN &&
                   s->word[above].rel == GR_OBJ && s->word[above].head < s->text->token_count;
    if (carried) above = s->word[above].head; /* "deploy soldiers to X" */
    bool goes = around->where == GR_WHERE_TO || around->where == GR_WHERE_FROM;
    if (goes && s->word[above].upos == GR_VERB &&
        (gr_place_motion(s->word[above].lemma) || gr_place_motion(folded(s, above))))
        return 0.9f;
    if (around->where == GR_WHERE_TO && gr_place_way(s->word[above].lemma)) return 0.9f; /* "the road to X" */
    bool stays = around->where == GR_WHERE_AT || around->where == GR_WHERE_NEAR;
    bool at =
        begin > 0 && (is(s, begin - 1, "at") || is(s, begin - 1, "around") || is(s, begin - 1, "outside"));
    if (!stays || !at) return 0;
    return (s->word[above].upos == GR_VERB && !gr_place_work(s->word[above].lemma)) ||
                   gr_place_building(s->word[above].lemma)
               ? 0.4f
               : 0;
}

static float weigh(const gr_place_search *s, const gr_sentence *sentence, uint32_t begin, match found,
                   bool mute, const surroundings *around) {
    float weight = around->evidence + tags_say(s, begin, found.end) + is_held_or_hit(s, begin, found.end) +
                   is_gone_to(s, begin, found.end, around) +
                   run_on(s, sentence, begin, found.end, mute, around->before_unit) +
                   (around->evidence > 0 ? 0 : speaks(s, found.key, found.end));
    if (names_disease(s, sentence, found.end) || hyphenated(s, sentence, begin)) weight -= 2.5f;
    bool single = found.end == begin + 1;
    if (!single) weight += 1;
    /* A capital in mid-sentence on what the parser takes for a common noun: a foreign name. */
    if (!mute && s->word[begin].upos == GR_NOUN && !sentence_start(s, sentence, begin)) weight += 0.7f;
    weight -= ordinary_word(s, sentence, begin, found, mute);
    if (single && s->text->token[begin].form.len <= 3 && !mute) {
        gr_slice form = s->text->token[begin].form;
        for (size_t i = 0; i < form.len; i++)
            if (islower((unsigned char)form.ptr[i])) weight -= 0.5f;
    }
    return weight;
}

/* ---- spans ---- */

static void add_span(gr_place_search *s, uint32_t sentence, uint32_t begin, match found,
                     const surroundings *around, float weight, bool exact) {
    gr_place_span span = {.key = found.key, .cue = around->cue, .evidence = weight, .exact = exact};
    span.coordinated = around->coordinated;
    span.definite = around->definite;
    span.mention = (gr_place_mention){.tok_begin = begin,
                                      .tok_end = found.end,
                                      .sentence = sentence,
                                      .head = head_of(s, begin, found.end),
                                      .where = around->where,
                                      .place = GR_NO_PLACE,
                                      .container = GR_NONE,
                                      .offset_km = around->offset_km,
                                      .offset_bearing_deg = around->bearing_deg,
                                      .adjectival = around->adjectival};
    if (exact) {
        uint32_t count = gr_gazetteer_find(s->gazetteer, found.key, span.candidate, GR_SPAN_CANDIDATES);
        span.mention.candidates = count;
        span.candidate_count = count < GR_SPAN_CANDIDATES ? count : GR_SPAN_CANDIDATES;
    }
    gr_push(s->arena, &s->spans, span);
}

/* The cue and the case word of a list hold for all its members: "the regions of A, B and C". */
static void share_along_list(gr_place_search *s, surroundings *around) {
    gr_place_span *last = &s->spans.item[s->spans.count - 1];
    around->coordinated = true;
    if (around->evidence < last->evidence) around->evidence += 0.7f;
    if (around->where == GR_WHERE_AT) around->where = last->mention.where;
    if (around->cue == GR_CUE_NONE) around->cue = last->cue;
    if (!around->cue_many) return;
    for (uint32_t i = s->spans.count; i-- > 0;) {
        if (s->spans.item[i].cue == GR_CUE_NONE) s->spans.item[i].cue = around->cue;
        if (!s->spans.item[i].coordinated) break;
    }
}

/* A comma, then the name of a country or of a first-level unit, and the clause goes on behind it. */
static bool unit_follows(const gr_place_search *s, const gr_sentence *sentence, uint32_t end) {
    if (end + 1 >= sentence->tok_end || !is(s, end, ",") || !capital(s, end + 1)) return false;
    uint32_t place[GR_SPAN_CANDIDATES];
    match found = longest_name(s, end + 1, sentence->tok_end);
    if (found.end == end + 1) return false;
    uint32_t count = gr_gazetteer_find(s->gazetteer, found.key, place, GR_SPAN_CANDIDATES);
    for (uint32_t i = 0; i < count && i < GR_SPAN_CANDIDATES; i++) {
        gr_level level = gr_gazetteer_place(s->gazetteer, place[i]).level;
        if (level == GR_LEVEL_COUNTRY || level == GR_LEVEL_ADMIN1) return true;
    }
    return false;
}

static surroundings look_around(gr_place_search *s, const gr_sentence *sentence, uint32_t begin,
                                uint32_t end) {
    surroundings around = {.where = GR_WHERE_AT, .bearing_deg = -1};
    read_left(s, sentence, begin, &around);
    read_right(s, sentence, end, &around);
    uint32_t article = begin; /* "the tropical Atlantic" */
    while (article > sentence->tok_begin && s->word[article - 1].upos == GR_ADJ) article--;
    around.definite = article > sentence->tok_begin && is(s, article - 1, "the") && around.cue == GR_CUE_NONE;
    around.before_unit = unit_follows(s, sentence, end);
    if (around.before_unit) around.evidence += 0.8f;
    if (follows_mention(s, sentence, begin)) share_along_list(s, &around);
    return around;
}

/* Enough to be looked at: what a name resolves to decides whether it stays. */
static const float WORTH_A_LOOK = 0.3f;

/* A list or the parse knows the office; nothing else has to speak for its country. */
static const float OFFICIAL = 3;

static bool acronym(gr_slice form) {
    size_t capitals = 0;
    for (size_t i = 0; i < form.len; i++) capitals += isupper((unsigned char)form.ptr[i]) != 0;
    return capitals >= 2 && form.len <= 6;
}

/* "shelled X", "X was recaptured": verbs of which nothing but a place is the object. */
static bool is_shelled(const gr_place_search *s, uint32_t begin, uint32_t end) {
    const gr_word *word = &s->word[head_of(s, begin, end)];
    if (word->upos != GR_PROPN || word->head >= s->text->token_count) return false;
    bool object = word->rel == GR_OBJ || (word->rel == GR_NSUBJ && word->subrel == GR_SUB_PASS);
    return object && (gr_place_war(s->word[word->head].lemma) || gr_place_war(folded(s, word->head)));
}

/* A name that the gazetteer does not know, in a place's slot or marked by the model. */
static uint32_t spot_unknown(gr_place_search *s, uint32_t number, uint32_t begin, bool mute) {
    const gr_sentence *sentence = &s->text->sentence[number];
    const gr_word *word = s->word;
    bool many;
    if (gr_place_never(folded(s, begin)) || folded(s, begin).len < 3 || !capital(s, begin)) return begin + 1;
    bool tagged = word[begin].name == GR_NAME_PLACE;
    if (!tagged && acronym(s->text->token[begin].form)) return begin + 1;
    bool noun =
        word[begin].upos == GR_NOUN && !sentence_start(s, sentence, begin); /* a foreign name, mistaken */
    if (!tagged && (mute || (word[begin].upos != GR_PROPN && !noun) || word[begin].name != GR_NAME_NONE))
        return begin + 1;
    uint32_t end = begin + 1;
    while (end < sentence->tok_end && end < begin + NAME_TOKENS && !taken(s, end, end + 1) &&
           (tagged ? word[end].name == GR_NAME_PLACE && !word[end].name_begins
                   : capital(s, end) && word[end].upos == GR_PROPN))
        end++;
    while (end > begin + 1 && gr_place_cue(folded(s, end - 1), &many) != GR_CUE_NONE) end--;
    surroundings around = look_around(s, sentence, begin, end);
    float weight = around.evidence + (noun ? 0.5f : 0) + tags_say(s, begin, end) +
                   is_gone_to(s, begin, end, &around) +
                   run_on(s, sentence, begin, end, mute, around.before_unit) +
                   (around.evidence > 0 ? 0 : speaks(s, (gr_slice){0}, end));
    if (is_shelled(s, begin, end)) weight += 2, around.evidence += 1;
    if (is_held_or_hit(s, begin, end) > 0) weight += 1.6f, around.evidence += 0.5f;
    if (around.coordinated || around.cue != GR_CUE_NONE) weight += 0.6f;
    if (noun && around.cue == GR_CUE_NONE) return end;
    if (weight < 1.2f || (!tagged && around.evidence < WORTH_A_LOOK && !around.adjectival)) return end;
    match found = {end, gr_fold(s->arena, bytes_of(s, begin, end))};
    add_span(s, number, begin, found, &around, weight, false);
    return end;
}

/* "the Malian border", "on Malian soil": the country's place; elsewhere an adjective only tells of the
 * country. */
static uint32_t spot_demonym(gr_place_search *s, uint32_t number, uint32_t begin) {
    const gr_sentence *sentence = &s->text->sentence[number];
    for (uint32_t length = 2; length > 0; length--) {
        uint32_t end = begin + length, places[4];
        if (end > sentence->tok_end) continue;
        gr_slice key = gr_fold(s->arena, bytes_of(s, begin, end));
        uint32_t count = gr_gazetteer_find_adjective(s->gazetteer, key, places, 4);
        if (count == 0) continue;
        for (uint32_t i = 0; i < count && i < 4; i++) gr_push(s->arena, &s->demonyms, places[i]);
        bool many, border = gr_place_cue(folded(s, end), &many) == GR_CUE_BORDER;
        bool soil = is(s, end, "territory") || is(s, end, "soil");
        if (count == 1 && (border || soil || s->context->demonyms)) {
            surroundings around = {.where = border ? GR_WHERE_ALONG : GR_WHERE_IN, .bearing_deg = -1};
            around.adjectival = true;
            add_span(s, number, begin, (match){end, key}, &around, 3, false);
            gr_place_span *span = &s->spans.item[s->spans.count - 1];
            span->mention.demonym = !border && !soil;
            span->candidate[0] = places[0];
            span->candidate_count = span->mention.candidates = 1;
            span->exact = true;
        }
        return end;
    }
    return begin;
}

/* "the US Army", "the government of Chad", "the U.S. Food and Drug Administration": the country there tells
 * whose the office is. */
static uint32_t spot_official(gr_place_search *s, uint32_t number, uint32_t begin) {
    const gr_sentence *sentence = &s->text->sentence[number];
    match found = {begin, {0}};
    for (uint32_t end = begin + 1; end <= sentence->tok_end && end <= begin + NAME_TOKENS; end++) {
        if (is(s, end - 1, "-")) continue;
        gr_slice key = gr_fold(s->arena, bytes_of(s, begin, end));
        if (names_country(s, key)) found = (match){end, key};
    }
    if (found.end == begin || !capital(s, begin)) return begin;
    surroundings around = {.where = GR_WHERE_AT, .bearing_deg = -1, .adjectival = true};
    add_span(s, number, begin, found, &around, OFFICIAL, true);
    s->spans.item[s->spans.count - 1].mention.official = true;
    return found.end;
}

/* "EPA", "E.U.": letters name no village, though one is called Epa. At the start of a sentence they may be a
 * dateline: "LIMA, May 3". */
static bool letters_of_no_town(const gr_place_search *s, const gr_sentence *sentence, uint32_t begin,
                               match found) {
    gr_slice form = s->text->token[begin].form;
    if (begin == sentence->tok_begin || found.end > begin + 1 || form.len > 4 || !acronym(form)) return false;
    uint32_t place[GR_SPAN_CANDIDATES];
    uint32_t count = gr_gazetteer_find(s->gazetteer, found.key, place, GR_SPAN_CANDIDATES);
    for (uint32_t i = 0; i < count && i < GR_SPAN_CANDIDATES; i++) {
        gr_place p = gr_gazetteer_place(s->gazetteer, place[i]);
        if (p.level > GR_LEVEL_ADMIN2 || p.population >= 1000000 || acronym(p.name)) return false;
    }
    return true;
}

/* "US$30", "$US 30": money. */
static bool is_money(const gr_place_search *s, const gr_sentence *sentence, uint32_t token) {
    return (token + 1 < sentence->tok_end && is(s, token + 1, "$")) ||
           (token > sentence->tok_begin && is(s, token - 1, "$"));
}

/* "El Plateado" where only "El" is known: the parser takes both for one name. */
static bool goes_on_unknown(const gr_place_search *s, const gr_sentence *sentence, uint32_t begin,
                            uint32_t end) {
    bool many;
    return end == begin + 1 && end < sentence->tok_end && capital(s, end) && s->word[end].rel == GR_FLAT &&
           s->word[end].head == begin && gr_place_cue(folded(s, end), &many) == GR_CUE_NONE &&
           (folded(s, begin).len <= 3 || gr_gazetteer_find(s->gazetteer, folded(s, end), NULL, 0) == 0);
}

static uint32_t spot_at(gr_place_search *s, uint32_t number, uint32_t begin) {
    const gr_sentence *sentence = &s->text->sentence[number];
    bool upper = capital(s, begin), mute = s->case_is_mute[number];
    if (s->folded[begin].len == 0 || is_money(s, sentence, begin)) return begin + 1;
    if (s->context->official && s->context->official[begin]) {
        uint32_t end = spot_official(s, number, begin);
        if (end > begin) return end;
    }
    if (taken(s, begin, begin + 1)) return begin + 1;
    if (!upper && !is(s, begin + 1, "-") && !gr_gazetteer_may_go_on(s->gazetteer, s->folded[begin]))
        return begin + 1; /* no name of several words starts here */
    match found = longest_name(s, begin, sentence->tok_end);
    if (!upper) {
        if (!lower_case_area(s, begin, found)) return begin + 1;
        surroundings around = look_around(s, sentence, begin, found.end);
        add_span(s, number, begin, found, &around, 3, true);
        return found.end;
    }
    bool many;
    if (found.end <= begin + 1 && gr_place_cue(folded(s, begin + 1), &many) != GR_CUE_ADMIN) {
        uint32_t end = spot_demonym(s, number, begin);
        if (end > begin) return end;
    }
    if (found.end == begin || (!mute && goes_on_unknown(s, sentence, begin, found.end)))
        return spot_unknown(s, number, begin, mute);
    if (gr_place_never(found.key)) return found.end;
    if (!mute && letters_of_no_town(s, sentence, begin, found)) return found.end;
    surroundings around = look_around(s, sentence, begin, found.end);
    float weight = weigh(s, sentence, begin, found, mute, &around);
    if (weight < WORTH_A_LOOK) return found.end;
    add_span(s, number, begin, found, &around, weight, true);
    return found.end;
}

static void fold_tokens(gr_place_search *s) {
    s->folded = gr_alloc_array(s->arena, (size_t)s->text->token_count + 1, sizeof *s->folded);
    s->case_is_mute = gr_alloc_array(s->arena, (size_t)s->text->sentence_count + 1, sizeof *s->case_is_mute);
    for (uint32_t n = 0; n < s->text->sentence_count; n++) {
        const gr_sentence *sentence = &s->text->sentence[n];
        if (s->context->sentence_wanted && !s->context->sentence_wanted[n]) continue;
        for (uint32_t i = sentence->tok_begin; i < sentence->tok_end; i++)
            s->folded[i] = gr_fold(s->arena, s->text->token[i].form);
        s->case_is_mute[n] = capitals_are_mute(s, sentence);
    }
}

/* ---- mentions that are given ---- */

/* May stand before the name in a mention that somebody else has marked: "the southern", "city of". */
static bool may_precede(const gr_place_search *s, uint32_t token) {
    bool many;
    return gr_place_filler(folded(s, token)) || is_of(s, token) || joins(s, token) || !capital(s, token) ||
           gr_place_cue(folded(s, token), &many) != GR_CUE_NONE;
}

/* "the southern Diffa region": fillers and cue words around the name are put aside, but for those that the
 * gazetteer has as part of it ("Central African Republic", "Lake Chad"). */
static match name_but_cues(const gr_place_search *s, uint32_t *begin, uint32_t end, uint32_t last) {
    for (uint32_t from = *begin; from < last; from++) {
        gr_slice key = gr_fold(s->arena, bytes_of(s, from, end));
        bool whole = gr_gazetteer_find(s->gazetteer, key, NULL, 0) > 0;
        match found = whole ? (match){end, key} : longest_name(s, from, last);
        if (whole || found.end == last) {
            *begin = from;
            return found;
        }
        if (!may_precede(s, from)) break;
    }
    return (match){*begin, {0}};
}

/* "A, B and C provinces": the first member of the list that is known. */
static match name_in_list(const gr_place_search *s, uint32_t *begin, uint32_t last) {
    for (uint32_t from = *begin; from < last; from++) {
        if (from > *begin && !may_precede(s, from - 1)) continue;
        match found = longest_name(s, from, last);
        if (found.end == from || !capital(s, from) || (found.end < last && !joins(s, found.end))) continue;
        *begin = from;
        return found;
    }
    return (match){*begin, {0}};
}

static match name_within(const gr_place_search *s, uint32_t *begin, uint32_t end) {
    bool many;
    uint32_t last = end;
    while (last > *begin + 1 && gr_place_cue(folded(s, last - 1), &many) != GR_CUE_NONE) last--;
    match found = name_but_cues(s, begin, end, last);
    return found.end > *begin ? found : name_in_list(s, begin, last);
}

static uint32_t sentence_of(const gr_text *text, uint32_t token) {
    uint32_t low = 0, high = text->sentence_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (text->sentence[middle].tok_begin <= token)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void spot_given(gr_place_search *s, gr_token_range given) {
    uint32_t number = sentence_of(s->text, given.begin), begin = given.begin;
    match found = name_within(s, &begin, given.end);
    bool known = found.end > begin;
    if (!known) found = (match){given.end, gr_fold(s->arena, bytes_of(s, begin, given.end))};
    surroundings around = look_around(s, &s->text->sentence[number], begin, found.end);
    add_span(s, number, begin, found, &around, 3, known);
    gr_place_span *span = &s->spans.item[s->spans.count - 1];
    span->mention.tok_begin = given.begin;
    span->mention.tok_end = given.end;
    uint32_t adjective[4], count = gr_gazetteer_find_adjective(s->gazetteer, found.key, adjective, 4);
    for (uint32_t i = 0; i < count && i < 4 && span->candidate_count < GR_SPAN_CANDIDATES; i++)
        span->candidate[span->candidate_count++] = adjective[i];
    span->mention.candidates += count;
}

void gr_place_spot(gr_place_search *s) {
    fold_tokens(s);
    for (uint32_t i = 0; i < s->context->given_count; i++) spot_given(s, s->context->given[i]);
    if (s->context->given) return;
    for (uint32_t n = 0; n < s->text->sentence_count; n++) {
        const gr_sentence *sentence = &s->text->sentence[n];
        if (s->context->sentence_wanted && !s->context->sentence_wanted[n]) continue;
        for (uint32_t i = sentence->tok_begin; i < sentence->tok_end;) i = spot_at(s, n, i);
    }
}
