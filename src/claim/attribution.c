#include "claim/attribution.h"

#include "claim/saying.h"

#include <stdio.h>

/* --- quotations ----------------------------------------------------------------------------------- */

typedef enum mark { NO_MARK, OPENS, CLOSES, EITHER } mark;

static mark mark_of(gr_slice form) {
    if (gr_eq(form, GR_S("\"")) || gr_eq(form, GR_S("''"))) return EITHER;
    if (gr_eq(form, GR_S("``")) || gr_eq(form, GR_S("\xE2\x80\x9C")) || gr_eq(form, GR_S("\xC2\xAB")))
        return OPENS;
    return gr_eq(form, GR_S("\xE2\x80\x9D")) || gr_eq(form, GR_S("\xC2\xBB")) ? CLOSES : NO_MARK;
}

static bool is_space_at(gr_slice bytes, uint32_t at) {
    return at >= bytes.len || (unsigned char)bytes.ptr[at] <= ' ';
}

/* The mark as it is meant: hung on the word before and parted from the next, it closes whatever its form. */
static mark mark_at(const gr_text *text, uint32_t token) {
    const gr_token *t = &text->token[token];
    mark m = mark_of(t->form);
    bool hangs = t->off_b && !is_space_at(text->bytes, t->off_b - 1);
    return m == OPENS && hangs && is_space_at(text->bytes, t->off_b + t->len_b) ? CLOSES : m;
}

static void close_at(gr_arena *arena, gr_talk *talk, uint32_t *open, uint32_t end) {
    if (*open != GR_NONE && *open < end) gr_push(arena, &talk->quotation, (gr_quotation){*open, end});
    *open = GR_NONE;
}

/* A quotation that its paragraph does not close ends with it; the next paragraph opens its own. */
void gr_talk_begin(gr_arena *arena, const gr_text *text, gr_talk *talk) {
    *talk = (gr_talk){.source = GR_NONE, .surface = GR_NONE, .cue = GR_NONE, .block = GR_NONE};
    for (uint32_t b = 0; b < text->block_count; b++) {
        if (text->block[b].sent_begin >= text->block[b].sent_end) continue;
        uint32_t begin = text->sentence[text->block[b].sent_begin].tok_begin;
        uint32_t end = text->sentence[text->block[b].sent_end - 1].tok_end, open = GR_NONE;
        for (uint32_t i = begin; i < end; i++) {
            mark m = mark_at(text, i);
            if (m == NO_MARK) continue;
            bool was_open = open != GR_NONE;
            if (was_open) close_at(arena, talk, &open, i);
            if (m == OPENS || (m == EITHER && !was_open)) open = i + 1;
        }
        close_at(arena, talk, &open, end);
    }
}

static const gr_quotation *quotation_around(const gr_talk *talk, uint32_t token) {
    uint32_t low = 0, high = talk->quotation.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (talk->quotation.item[middle].end <= token)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == talk->quotation.count || talk->quotation.item[low].begin > token) return NULL;
    return &talk->quotation.item[low];
}

/* --- cues and sources ------------------------------------------------------------------------------ */

static bool is_speech(const gr_clause *c, uint32_t token) {
    return gr_in_class(c, token, "say-verb") || gr_in_class(c, token, "claim-verb") ||
           gr_in_class(c, token, "deny-verb") || gr_in_class(c, token, "accuse-verb");
}

static bool is_attitude(const gr_clause *c, uint32_t token) {
    return c->in->word[token].upos == GR_VERB && gr_in_class(c, token, "attitude-verb");
}

/* "knows that": an attitude by its clause alone. */
static bool is_knowing(const gr_clause *c, uint32_t token) {
    return c->in->word[token].upos == GR_VERB && gr_in_class(c, token, "knowing-verb");
}

/* "spoke about", "called for": what stands behind the preposition is what it is about. */
static bool is_about(const gr_clause *c, uint32_t cue, uint32_t k) {
    uint32_t word = gr_case_of(&c->tree, k);
    if (word == GR_NONE) word = gr_child(&c->tree, k, GR_MARK, GR_SUB_OTHER);
    if (word == GR_NONE || k < cue || c->in->word[cue].upos != GR_VERB || word > cue + 3) return false;
    char name[24];
    int length = snprintf(name, sizeof name, "%.*s-verb", GR_FMT(c->in->who->key[word]));
    return length > 0 && length < (int)sizeof name && gr_in_class(c, cue, name);
}

static bool is_nominal(const gr_clause *c, uint32_t token) {
    uint8_t upos = c->in->word[token].upos;
    return upos == GR_NOUN || upos == GR_PROPN || upos == GR_PRON || upos == GR_NUM || upos == GR_DET ||
           upos == GR_ADJ || upos == GR_SYM;
}

static bool is_subject(const gr_clause *c, uint32_t token) {
    return c->in->word[token].rel == GR_NSUBJ && is_nominal(c, token);
}

/* "citing officials": the participle names a source and has no speaker of its own. */
static bool is_citing(const gr_clause *c, uint32_t token) {
    return gr_in_class(c, token, "cite-verb") && gr_ends(c->in->who->key[token], GR_S("ing")) &&
           gr_child(&c->tree, token, GR_NSUBJ, GR_SUB_OTHER) == GR_NONE &&
           gr_child(&c->tree, token, GR_AUXREL, GR_SUB_OTHER) == GR_NONE;
}

/* "quoted residents as saying", "was quoted as saying": who is quoted. */
static uint32_t quoted_one(const gr_clause *c, uint32_t saying) {
    uint32_t over = c->in->word[saying].head;
    if (saying == c->tree.sentence->tok_begin || !gr_eq(c->in->who->key[saying - 1], GR_S("as")) ||
        over == GR_NONE || !gr_in_class(c, over, "cite-verb"))
        return GR_NONE;
    uint32_t object = gr_child(&c->tree, over, GR_OBJ, GR_SUB_OTHER);
    return object != GR_NONE ? object : gr_child(&c->tree, over, GR_NSUBJ, GR_SUB_PASS);
}

/* "said places such as X have": the noun behind the cue has a verb of its own right behind it. */
static bool starts_clause(const gr_clause *c, uint32_t noun) {
    uint32_t begin, end;
    gr_subtree(&c->tree, noun, &begin, &end);
    if (end >= c->tree.sentence->tok_end) return false;
    uint8_t upos = c->in->word[end].upos;
    return upos == GR_AUX || (upos == GR_VERB && c->in->word[end].feats & GR_FIN);
}

/* The subject that stands nearest to the cue: where the parser gives two, the farther one belongs to the
 * content. */
static uint32_t nearest_subject(const gr_clause *c, uint32_t cue) {
    uint32_t best = GR_NONE, gap = UINT32_MAX;
    for (uint32_t k = gr_next_child(&c->tree, cue, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, cue, k + 1)) {
        if (!is_subject(c, k) || (k > cue && starts_clause(c, k))) continue;
        uint32_t distance = k < cue ? cue - k : k - cue;
        if (distance < gap) best = k, gap = distance;
    }
    return best;
}

typedef struct speaker {
    uint32_t source, surface;
} speaker;

static speaker nobody(void) {
    return (speaker){GR_NONE, GR_NONE};
}

/* `"...," said X`: the words right behind the cue, whatever the parser makes of them. */
static uint32_t inverted_subject(const gr_clause *c, uint32_t cue) {
    uint32_t first = c->tree.sentence->tok_begin, at = cue + 1;
    if (cue == first || at >= c->tree.sentence->tok_end) return GR_NONE;
    uint32_t start = gr_saying_start(c, cue);
    if (start == first) return GR_NONE;
    gr_slice before = c->in->text->token[start - 1].form;
    if (gr_ends(c->in->who->key[cue], GR_S("ing")) || gr_in_class(c, cue, "tell-verb")) return GR_NONE;
    if (!gr_eq(before, GR_S(",")) && mark_of(before) == NO_MARK) return GR_NONE;
    for (unsigned steps = 0; at < c->tree.sentence->tok_end && steps < 12; steps++, at++) {
        uint8_t upos = c->in->word[at].upos;
        if (upos == GR_ADP || upos == GR_PUNCT || upos == GR_VERB || upos == GR_SCONJ) return GR_NONE;
        if (upos != GR_NOUN && upos != GR_PROPN && upos != GR_PRON) continue;
        if (gr_is_time_word(c, at)) continue; /* "a annoncé samedi le gouvernement" */
        while (at + 1 < c->tree.sentence->tok_end && c->in->word[at].head == at + 1 &&
               (c->in->word[at + 1].upos == GR_NOUN || c->in->word[at + 1].upos == GR_PROPN))
            at++;
        return at;
    }
    return GR_NONE;
}

/* The highest noun of the phrase that ends at `at`, among the words behind `from`. */
static uint32_t top_within(const gr_clause *c, uint32_t at, uint32_t from, uint32_t to) {
    for (unsigned steps = 0; steps < 16; steps++) {
        uint32_t up = c->in->word[at].head;
        if (up == GR_NONE || up < from || up >= to) break;
        at = up;
    }
    return at;
}

/* "X, a colonel of the guard, said": where the parser gives the cue no subject, the noun that the words
 * before it hang on; phrases with a preposition and participles between are passed over. */
static uint32_t noun_before(const gr_clause *c, uint32_t cue) {
    uint32_t first = c->tree.sentence->tok_begin, at = cue;
    for (unsigned steps = 0; steps < 6 && at > first; steps++) {
        at--;
        if (c->in->word[at].upos == GR_PUNCT || c->in->word[at].upos == GR_ADV) continue;
        uint32_t top = top_within(c, at, first, cue), begin, end;
        bool participle = c->in->word[top].upos == GR_VERB && !(c->in->word[top].feats & GR_FIN);
        if (is_nominal(c, top) && gr_case_of(&c->tree, top) == GR_NONE) return top;
        if (!is_nominal(c, top) && !participle) return GR_NONE;
        gr_subtree(&c->tree, top, &begin, &end);
        at = begin < at ? begin : at;
    }
    return GR_NONE;
}

/* "X met the mayor of Y, calling him a liar": behind a comma the participle tells of the clause's subject,
 * not of the noun before. */
static uint32_t subject_over_comma(const gr_clause *c, uint32_t cue) {
    uint32_t before = cue;
    while (before > c->tree.sentence->tok_begin && c->in->word[before - 1].upos == GR_ADV) before--;
    if (c->in->word[cue].rel != GR_ACL || !gr_ends(c->in->who->key[cue], GR_S("ing")) ||
        before == c->tree.sentence->tok_begin || !gr_eq(c->in->text->token[before - 1].form, GR_S(",")))
        return GR_NONE;
    uint32_t up = c->in->word[cue].head;
    for (unsigned steps = 0; steps < 8 && up != GR_NONE; steps++, up = c->in->word[up].head) {
        uint32_t subject = gr_child(&c->tree, up, GR_NSUBJ, GR_SUB_OTHER);
        if (subject != GR_NONE && up < cue && c->in->word[up].rel != GR_ACL) return subject;
    }
    return GR_NONE;
}

static speaker source_of_cue(const gr_clause *c, uint32_t cue) {
    uint32_t own = nearest_subject(c, cue), quoted = quoted_one(c, cue);
    if (quoted != GR_NONE) return (speaker){gr_look_through(c, quoted), quoted};
    bool to_behind = cue + 1 < c->tree.sentence->tok_end && gr_eq(c->in->who->key[cue + 1], GR_S("to"));
    if (is_speech(c, cue) && own == GR_NONE && !(to_behind && gr_is_passive(c, cue))) {
        uint32_t behind = inverted_subject(c, cue);
        if (behind != GR_NONE && starts_clause(c, behind)) behind = noun_before(c, cue);
        if (behind != GR_NONE) return (speaker){gr_look_through(c, behind), behind};
    }
    if (own == GR_NONE) {
        uint32_t over = subject_over_comma(c, cue);
        if (over != GR_NONE) return (speaker){gr_look_through(c, over), over};
    }
    bool passive = gr_is_passive(c, cue);
    if (own != GR_NONE && !passive) {
        gr_fillers subjects = {.count = 0};
        gr_subjects(c, cue, &subjects);
        uint32_t source = gr_look_through(c, own);
        bool relative = c->in->word[own].upos == GR_PRON && subjects.count && subjects.token[0] != own;
        return (speaker){relative ? gr_look_through(c, subjects.token[0]) : source, own};
    }
    gr_path by = {GR_PATH_BY, {NULL, 0}};
    gr_fillers found = {.count = 0};
    if (passive)
        gr_path_fillers(c, cue, &by, &found);
    else
        gr_subjects(c, cue, &found);
    if (!found.count && !passive && is_speech(c, cue)) {
        uint32_t before = noun_before(c, cue);
        if (before != GR_NONE) return (speaker){gr_look_through(c, before), before};
    }
    if (!found.count || !is_nominal(c, found.token[0])) return nobody();
    uint32_t token = gr_look_through(c, found.token[0]);
    return (speaker){token, token};
}

/* --- content --------------------------------------------------------------------------------------- */

typedef struct finder {
    const gr_clause *c;
    gr_talk *talk;
    gr_attributions *out;
} finder;

static gr_attribution attribution(const gr_clause *c, speaker who, uint32_t cue, uint32_t begin,
                                  uint32_t end) {
    return (gr_attribution){.source = who.source,
                            .surface = who.surface,
                            .cue = cue,
                            .begin = begin,
                            .end = end,
                            .denies = cue != GR_NONE && gr_in_class(c, cue, "deny-verb")};
}

/* Who is quoted says no more than the quotation holds: the words behind it are the report's again. */
static void add_content(const finder *f, gr_attribution a) {
    const gr_quotation *q = a.cue != GR_NONE ? quotation_around(f->talk, a.cue) : NULL;
    if (q && a.begin < q->begin) a.begin = q->begin;
    if (q && a.end > q->end) a.end = q->end;
    if (a.begin < a.end) gr_push(f->c->arena, f->out, a);
}

static void add_subtree(const finder *f, speaker who, uint32_t cue, uint32_t top, uint32_t skip,
                        bool attitude) {
    uint32_t begin, end;
    gr_subtree(&f->c->tree, top, &begin, &end);
    bool aside = who.surface != GR_NONE && who.surface < begin; /* "X, citing Y, said that ..." */
    if (aside && begin < cue && top > cue && skip == GR_NONE) begin = cue + 1;
    for (uint32_t i = begin; i < end; i++) { /* what follows a semicolon is said anew */
        bool stop = gr_eq(f->c->in->text->token[i].form, GR_S(";")) && !quotation_around(f->talk, i);
        if (stop && i > cue && begin > cue) end = i;
        if (stop && i < cue && end <= cue) begin = i + 1;
    }
    gr_attribution a = attribution(f->c, who, cue, begin, end);
    if (skip != GR_NONE) gr_subtree(&f->c->tree, skip, &a.skip_begin, &a.skip_end);
    a.attitude = attitude;
    add_content(f, a);
}

static bool takes_object(const gr_clause *c, uint32_t cue, uint32_t object) {
    if (gr_in_class(c, object, "source-noun") && !gr_in_class(c, cue, "deny-verb")) return false;
    if (is_attitude(c, cue)) return true;
    return gr_in_class(c, cue, "announce-verb");
}

/* "denied involvement in the raid": the raid stands with what is denied. */
static bool denies_part(const gr_clause *c, uint32_t cue) {
    return gr_in_class(c, gr_child(&c->tree, cue, GR_OBJ, GR_SUB_OTHER), "allegation-word");
}

static bool is_content(const gr_clause *c, uint32_t cue, uint32_t k) {
    switch (c->in->word[k].rel) {
    case GR_CCOMP:
        return is_speech(c, cue) || is_attitude(c, cue) || is_knowing(c, cue);
    case GR_PARATAXIS:
        return k > cue && (is_speech(c, cue) || is_attitude(c, cue));
    case GR_ADVCL:
        return gr_in_class(c, cue, "accuse-verb") || (is_attitude(c, cue) && c->in->word[k].feats & GR_INF) ||
               is_about(c, cue, k);
    case GR_XCOMP:
        return gr_in_class(c, cue, "claim-verb") || is_attitude(c, cue);
    case GR_OBJ:
        return takes_object(c, cue, k);
    case GR_OBL:
        if (gr_in_class(c, cue, "deny-verb") && k > cue && denies_part(c, cue)) return true;
        return (gr_in_class(c, cue, "accuse-verb") && gr_is_lemma(&c->tree, gr_case_of(&c->tree, k), "of")) ||
               is_about(c, cue, k);
    default:
        return false;
    }
}

/* "State radio quoted the mayor as saying that ...": the radio tells what the mayor says. */
static void quoting(const finder *f, uint32_t cue) {
    const gr_clause *c = f->c;
    if (!gr_in_class(c, cue, "cite-verb")) return;
    for (uint32_t k = gr_next_child(&c->tree, cue, cue + 1); k != GR_NONE;
         k = gr_next_child(&c->tree, cue, k + 1)) {
        if (!is_speech(c, k) || quoted_one(c, k) == GR_NONE) continue;
        speaker who = source_of_cue(c, cue);
        uint32_t begin, end;
        gr_subtree(&c->tree, k, &begin, &end);
        if (who.source != GR_NONE) add_content(f, attribution(c, who, cue, begin, end));
    }
}

static bool clause_content(const finder *f, uint32_t cue, speaker who) {
    const gr_clause *c = f->c;
    bool any = false, clause = false;
    for (uint32_t k = gr_next_child(&c->tree, cue, 0); k != GR_NONE; k = gr_next_child(&c->tree, cue, k + 1))
        clause = clause || c->in->word[k].rel == GR_CCOMP;
    for (uint32_t k = gr_next_child(&c->tree, cue, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, cue, k + 1)) {
        if (!is_content(c, cue, k)) continue;
        if (clause && c->in->word[k].rel == GR_OBJ) continue; /* "told reporters that ..." */
        add_subtree(f, who, cue, k,
                    who.surface != GR_NONE && gr_below(&c->tree, who.surface, k) ? cue : GR_NONE,
                    !is_speech(c, cue));
        any = true;
    }
    return any;
}

static bool is_comma(const gr_clause *c, uint32_t token) {
    return gr_eq(c->in->text->token[token].form, GR_S(","));
}

static bool is_mark(const gr_clause *c, uint32_t token) {
    return mark_of(c->in->text->token[token].form) != NO_MARK;
}

/* The words of "X said" with what hangs between and behind them ("in a statement on Monday"). */
static void saying_span(const gr_clause *c, uint32_t cue, uint32_t surface, uint32_t *begin, uint32_t *end) {
    *begin = cue, *end = cue + 1;
    if (surface != GR_NONE && surface >= c->tree.sentence->tok_begin && surface < c->tree.sentence->tok_end) {
        uint32_t from, to;
        gr_subtree(&c->tree, surface, &from, &to);
        if (surface < cue && to > cue) to = cue;
        if (from < *begin && to + 3 > cue) *begin = from;
        if (to > *end && from <= cue + 2) *end = to;
        while (*begin < cue && c->in->word[*begin].upos == GR_PUNCT) ++*begin;
    }
    if (*begin == cue) *begin = gr_saying_start(c, cue);
}

static bool figure_behind(const gr_clause *c, uint32_t at) {
    for (uint32_t i = at + 1; i < c->tree.sentence->tok_end && i < at + 4; i++)
        if (c->in->word[i].upos == GR_NUM) return true;
    return false;
}

/* Verbs of many senses tell of speech only by a clause of theirs or beside a quotation: "he continued". */
static bool is_weak(const gr_clause *c, uint32_t cue) {
    if (!gr_in_class(c, cue, "weak-say-verb")) return false;
    for (uint32_t i = cue + 1; i + 1 < c->tree.sentence->tok_end && i < cue + 8;
         i++) /* "put the toll at 90" */
        if (gr_eq(c->in->who->key[i], GR_S("at")) && figure_behind(c, i)) return false;
    return true;
}

static bool beside_mark(const gr_clause *c, uint32_t begin, uint32_t end) {
    uint32_t first = c->tree.sentence->tok_begin, last = c->tree.sentence->tok_end;
    for (uint32_t i = begin; i > first && i + 2 > begin; i--)
        if (is_mark(c, i - 1)) return true;
    for (uint32_t i = end; i < last && i < end + 2; i++)
        if (is_mark(c, i) || gr_eq(c->in->text->token[i].form, GR_S(":"))) return true;
    return false;
}

/* "..., X said.": whatever the tree, the words before the comma are what is said. */
static bool content_before(const finder *f, uint32_t cue, speaker who) {
    const gr_clause *c = f->c;
    uint32_t begin, end, first = c->tree.sentence->tok_begin;
    if (who.surface == GR_NONE) return false;
    saying_span(c, cue, who.surface, &begin, &end);
    uint32_t stop = begin;
    while (stop > first && is_mark(c, stop - 1)) stop--;
    if (stop < first + 3 || !(is_comma(c, stop - 1) || stop < begin)) return false;
    if (is_weak(c, cue) && !beside_mark(c, begin, end)) return false;
    gr_attribution a = attribution(c, who, cue, first, stop - (is_comma(c, stop - 1) ? 1 : 0));
    add_content(f, a);
    return true;
}

/* "X said (that) ..." where the tree shows no clause below the cue. */
static bool content_behind(const finder *f, uint32_t cue, speaker who) {
    const gr_clause *c = f->c;
    uint32_t begin, end, last = c->tree.sentence->tok_end;
    saying_span(c, cue, who.surface, &begin, &end);
    if (c->in->word[cue].rel == GR_ACL) { /* "a witness who asked not to be named said ..." */
        uint32_t own_begin;
        gr_subtree(&c->tree, cue, &own_begin, &last);
    }
    uint32_t that = end;
    while (that < last && that < end + 8 && !gr_is_lemma(&c->tree, that, "that")) that++;
    bool marked = that < last && that < end + 8;
    if (is_weak(c, cue) && !beside_mark(c, begin, end)) return false;
    uint32_t from = marked ? that + 1 : end;
    uint8_t next = from < last ? c->in->word[from].upos : GR_ADP;
    if (!marked && (next == GR_ADP || next == GR_ADV || next == GR_SCONJ || next == GR_CCONJ)) return false;
    while (from < last && c->in->word[from].upos == GR_PUNCT) from++;
    if (from + 2 > last) return false;
    add_content(f, attribution(c, who, cue, from, last));
    return true;
}

/* "..., X said, ...": the cue hangs below the content. */
static bool upward_content(const finder *f, uint32_t cue, speaker who) {
    const gr_clause *c = f->c;
    const gr_word *w = &c->in->word[cue];
    if (w->head == GR_NONE || (w->rel != GR_PARATAXIS && w->rel != GR_ADVCL && w->rel != GR_DISCOURSE))
        return false;
    uint32_t as = gr_child(&c->tree, cue, GR_MARK, GR_SUB_OTHER);
    if (w->rel == GR_ADVCL && !(gr_is_lemma(&c->tree, as, "as"))) return false;
    if (is_weak(c, cue) && !quotation_around(f->talk, w->head) && as == GR_NONE) return false;
    add_subtree(f, who, cue, w->head, cue, false);
    return true;
}

/* The head of the noun phrase that starts at `from`. */
static uint32_t phrase_head(const gr_clause *c, uint32_t from) {
    uint32_t at = from, last = c->tree.sentence->tok_end;
    while (at < last && !is_nominal(c, at) && c->in->word[at].upos != GR_PUNCT) at++;
    if (at >= last || c->in->word[at].upos == GR_PUNCT) return GR_NONE;
    for (unsigned steps = 0; steps < 8; steps++) {
        uint32_t up = c->in->word[at].head;
        uint8_t rel = c->in->word[at].rel;
        bool inside = up != GR_NONE && up >= from && (up > at || rel == GR_FLAT) && is_nominal(c, up) &&
                      (rel == GR_COMPOUND || rel == GR_AMOD || rel == GR_NUMMOD || rel == GR_DETREL ||
                       rel == GR_NMOD || rel == GR_FLAT || rel == GR_NSUBJ);
        if (!inside || up > at + 10) break;
        at = up;
    }
    return at;
}

/* "..., citing officials": who is cited says what the rest of the sentence tells, or what its speaker says.
 */
static void citing(const finder *f, uint32_t token) {
    const gr_clause *c = f->c;
    uint32_t object = gr_child(&c->tree, token, GR_OBJ, GR_SUB_OTHER);
    if (!is_citing(c, token) || object == GR_NONE || !is_nominal(c, object)) return;
    speaker who = {gr_look_through(c, object), object};
    gr_attribution a = attribution(c, who, token, c->tree.sentence->tok_begin, c->tree.sentence->tok_end);
    for (uint32_t i = 0; i < f->out->count; i++) {
        const gr_attribution *said = &f->out->item[i];
        if (said->attitude || said->cue < c->tree.sentence->tok_begin ||
            said->cue >= c->tree.sentence->tok_end)
            continue;
        a.begin = said->begin, a.end = said->end;
        break;
    }
    gr_subtree(&c->tree, token, &a.skip_begin, &a.skip_end);
    if (object >= a.skip_end || object < a.skip_begin) a.skip_end = object + 1;
    if (a.skip_begin <= a.begin && a.skip_end > a.begin) a.begin = a.skip_end;
    if (a.skip_end >= a.end && a.skip_begin < a.end) a.end = a.skip_begin;
    if (a.skip_begin < a.begin || a.skip_end > a.end) a.skip_begin = a.skip_end = 0;
    while (a.end > a.begin && c->in->word[a.end - 1].upos == GR_PUNCT) a.end--;
    if (a.begin < a.end) gr_push(c->arena, f->out, a);
}

/* "according to X": by the words, since the parser hangs them in many ways. */
static void according_to(const finder *f, uint32_t token) {
    const gr_clause *c = f->c;
    uint32_t first = c->tree.sentence->tok_begin, last = c->tree.sentence->tok_end;
    uint32_t from = gr_behind_according(c, token);
    if (from == GR_NONE || from >= last) return;
    uint32_t head = phrase_head(c, from);
    if (head == GR_NONE) return;
    uint32_t stop = from; /* the source's words run to the next comma */
    while (stop < last && !is_comma(c, stop) && c->in->text->token[stop].form.ptr[0] != '.') stop++;
    bool described =
        stop + 1 < last && gr_eq(c->in->who->key[stop + 1], GR_S("who")); /* "residents, who fled," */
    for (uint32_t next = stop + 1; described && next < last; next++)
        if (is_comma(c, next)) stop = next, described = false;
    speaker who = {gr_look_through(c, head), head};
    gr_attribution a = attribution(c, who, token, first, last);
    for (uint32_t i = 0; i < f->out->count; i++) { /* "X said that, according to Y, ..." */
        const gr_attribution *around = &f->out->item[i];
        if (!around->attitude && around->begin > a.begin && around->begin < token && around->end > token)
            a.begin = first = around->begin;
    }
    uint32_t before = token;
    while (before > first && (is_comma(c, before - 1) || is_mark(c, before - 1))) before--;
    if (before <= first + 1)
        a.begin = stop < last ? stop + 1 : last;
    else if (stop + 2 < last && is_comma(c, token - 1))
        a.skip_begin = before, a.skip_end = stop;
    else
        a.end = before;
    if (a.begin + 1 < a.end) gr_push(c->arena, f->out, a);
}

/* "a statement by X that ...", "reports that ...": the content is the clause of the noun. */
static bool told_by_noun(const finder *f, uint32_t token) {
    const gr_clause *c = f->c;
    bool saying = gr_in_class(c, token, "source-noun");
    if (!saying && !gr_in_class(c, token, "allegation-word")) return false;
    uint32_t clause = gr_child(&c->tree, token, GR_CCOMP, GR_SUB_OTHER);
    if (clause == GR_NONE) clause = gr_child(&c->tree, token, GR_ACL, GR_SUB_OTHER);
    if (clause == GR_NONE) return false;
    uint32_t that = gr_child(&c->tree, clause, GR_MARK, GR_SUB_OTHER);
    if (!gr_is_lemma(&c->tree, that, "that")) return false;
    uint32_t owner = gr_child(&c->tree, token, GR_NMOD, GR_SUB_POSS);
    speaker who = {owner != GR_NONE ? owner : token, owner != GR_NONE ? owner : token};
    if (!saying && owner == GR_NONE) who = nobody();
    add_subtree(f, who, token, clause, GR_NONE, false);
    return true;
}

static bool has_case(const gr_clause *c, uint32_t token, const char *const *words, size_t count) {
    uint32_t word = gr_case_of(&c->tree, token);
    return word != GR_NONE && gr_is_among(c->in->who->key[word], words, count);
}

/* Whose view, plan or praise it is: "their view", "the view of X", "praise from X", "X voiced doubt". */
static uint32_t holder_of(const gr_clause *c, uint32_t noun) {
    static const char *const from[] = {"by", "from"};
    uint32_t owner = gr_child(&c->tree, noun, GR_NMOD, GR_SUB_POSS);
    for (uint32_t k = gr_next_child(&c->tree, noun, noun + 1); owner == GR_NONE && k != GR_NONE;
         k = gr_next_child(&c->tree, noun, k + 1))
        if (c->in->word[k].rel == GR_NMOD && has_case(c, k, from, 2)) owner = k;
    uint32_t over = c->in->word[noun].head;
    if (owner != GR_NONE || c->in->word[noun].rel != GR_OBJ || !gr_in_class(c, over, "voicing-verb"))
        return owner;
    gr_fillers subjects = {.count = 0};
    gr_subjects(c, over, &subjects);
    return subjects.count ? subjects.token[0] : GR_NONE;
}

/* What a view, plan or praise is about: its clause, its infinitive, "of", "for", "against". */
static bool is_held(const gr_clause *c, uint32_t noun, uint32_t k) {
    static const char *const about[] = {"about",  "of",      "for",       "on",        "against", "to",
                                        "toward", "towards", "over",      "with",      "in",      "at",
                                        "that",   "whether", "regarding", "concerning"};
    const gr_word *w = &c->in->word[k];
    if (k < noun || (w->rel != GR_CCOMP && w->rel != GR_ACL && w->rel != GR_NMOD && w->rel != GR_XCOMP))
        return false;
    if (w->subrel == GR_SUB_RELCL) return false;
    uint32_t word = gr_child(&c->tree, k, GR_MARK, GR_SUB_OTHER);
    bool marked = word != GR_NONE && gr_is_among(c->in->who->key[word], about, sizeof about / sizeof *about);
    return marked || has_case(c, k, about, sizeof about / sizeof *about);
}

/* "their view that", "the ministry's opposition to": a noun of attitude whose holder is told. */
static void by_noun(const finder *f, uint32_t token) {
    const gr_clause *c = f->c;
    if (told_by_noun(f, token) || quotation_around(f->talk, token) || !gr_in_class(c, token, "attitude-noun"))
        return;
    uint32_t holder = holder_of(c, token);
    if (holder == GR_NONE || !is_nominal(c, holder)) return;
    uint32_t source = gr_look_through(c, holder);
    for (uint32_t k = gr_next_child(&c->tree, token, token + 1); k != GR_NONE;
         k = gr_next_child(&c->tree, token, k + 1)) {
        if (k == holder || !is_held(c, token, k)) continue;
        add_subtree(f, (speaker){source, holder}, token, k, GR_NONE, true);
    }
}

/* "is confident that", "were angered by": the subject feels so about what follows. */
static void by_adjective(const finder *f, uint32_t token) {
    static const char *const about[] = {"about", "of", "with", "over", "at", "to", "by", "for", "in", "on"};
    const gr_clause *c = f->c;
    if (quotation_around(f->talk, token) || !gr_in_class(c, token, "attitude-adjective")) return;
    uint32_t subject = gr_surface_subject(c, token);
    if (subject == GR_NONE || !is_nominal(c, subject) || gr_eq(c->in->who->key[subject], GR_S("it"))) return;
    for (uint32_t k = gr_next_child(&c->tree, token, token + 1); k != GR_NONE;
         k = gr_next_child(&c->tree, token, k + 1)) {
        uint8_t rel = c->in->word[k].rel;
        bool clause =
            rel == GR_CCOMP || rel == GR_XCOMP || (rel == GR_ADVCL && c->in->word[k].feats & GR_INF);
        if (!clause && !(rel == GR_OBL && has_case(c, k, about, sizeof about / sizeof *about))) continue;
        add_subtree(f, (speaker){gr_look_through(c, subject), subject}, token, k, GR_NONE, true);
    }
}

static bool is_first_or_second(const gr_clause *c, uint32_t token) {
    static const char *const words[] = {"i", "we", "you", "us", "me"};
    for (size_t i = 0; token != GR_NONE && i < sizeof words / sizeof *words; i++)
        if (gr_eq(c->in->who->key[token], gr_slice_of(words[i]))) return true;
    return false;
}

static void by_verb(const finder *f, uint32_t cue) {
    const gr_clause *c = f->c;
    bool speech = is_speech(c, cue);
    if (is_citing(c, cue)) return;
    quoting(f, cue);
    speaker who = source_of_cue(c, cue);
    if (speech) who.source = gr_one_who_spoke(c, f->talk, who.source);
    /* within a quotation the speaker talks of himself: no attribution of its own */
    if (quotation_around(f->talk, cue) && (!speech || is_first_or_second(c, who.surface))) return;
    if (!speech) {
        clause_content(f, cue, who);
        return;
    }
    uint32_t before = f->out->count;
    bool any = clause_content(f, cue, who);
    if (who.source == GR_NONE) {
        f->out->count = before; /* without a claimant only attitudes are of use */
        return;
    }
    if (!any) any = upward_content(f, cue, who) || content_before(f, cue, who);
    if (!any) content_behind(f, cue, who);
}

/* --- quotations and their speakers ------------------------------------------------------------------ */

enum { LEAST_QUOTED = 3 }; /* fewer words in quotation marks are a name or a distance, no saying */

static bool covered(const finder *f, uint32_t begin, uint32_t end) {
    for (uint32_t i = 0; i < f->out->count; i++) {
        const gr_attribution *a = &f->out->item[i];
        if (!a->attitude && a->begin <= begin && a->end + 1 >= end && !(a->cue > begin && a->cue < end))
            return true;
    }
    return false;
}

/* The saying of this sentence that stands outside the quotation, the nearest one. */
static uint32_t saying_beside(const finder *f, const gr_quotation *q) {
    uint32_t best = GR_NONE, gap = UINT32_MAX;
    for (uint32_t i = 0; i < f->out->count; i++) {
        const gr_attribution *a = &f->out->item[i];
        if (a->attitude || a->source == GR_NONE || (a->cue >= q->begin && a->cue < q->end)) continue;
        uint32_t distance = a->cue < q->begin ? q->begin - a->cue : a->cue - q->end;
        if (distance < gap) best = i, gap = distance;
    }
    return best;
}

/* A cue beside a quotation that has got no content by the tree: "..." said X. */
static bool bare_saying(const finder *f, const gr_quotation *q, speaker *who, uint32_t *cue) {
    const gr_clause *c = f->c;
    for (uint32_t i = c->tree.sentence->tok_begin; i < c->tree.sentence->tok_end; i++) {
        if ((i >= q->begin && i < q->end) || c->in->word[i].upos != GR_VERB || !is_speech(c, i)) continue;
        *who = source_of_cue(c, i);
        *cue = i;
        if (who->source != GR_NONE) return true;
    }
    return false;
}

/* A quotation of several sentences has its speaker in the last: `"They came. They left," said X.` */
static bool saying_behind(const finder *f, const gr_quotation *q, speaker *who, uint32_t *cue) {
    const gr_claim_input *in = f->c->in;
    uint32_t s = f->c->sentence;
    while (s < in->text->sentence_count && in->text->sentence[s].tok_end < q->end) s++;
    if (s == f->c->sentence || s == in->text->sentence_count || (in->wanted && !in->wanted[s])) return false;
    gr_clause last = gr_clause_at(f->c->arena, in, s);
    finder behind = {&last, f->talk, f->out};
    return bare_saying(&behind, q, who, cue);
}

static void quote_part(const finder *f, const gr_quotation *q, uint32_t begin, uint32_t end) {
    const gr_clause *c = f->c;
    uint32_t beside = saying_beside(f, q), cue = GR_NONE;
    speaker who = nobody();
    if (beside != GR_NONE) {
        const gr_attribution *a = &f->out->item[beside];
        who = (speaker){a->source, a->surface};
        cue = a->cue;
    } else if (!bare_saying(f, q, &who, &cue) && !saying_behind(f, q, &who, &cue)) {
        bool recent = f->talk->source != GR_NONE && f->talk->block == c->tree.sentence->block;
        bool running = f->talk->source != GR_NONE && f->talk->block + 1 == c->tree.sentence->block &&
                       q->begin <= c->tree.sentence->tok_begin + 1;
        if (recent || running) {
            who = (speaker){f->talk->source, f->talk->surface};
            cue = f->talk->cue;
        }
    }
    gr_attribution a = attribution(c, who, cue, begin, end);
    gr_push(c->arena, f->out, a);
}

static void quotations(const finder *f) {
    const gr_clause *c = f->c;
    uint32_t first = c->tree.sentence->tok_begin, last = c->tree.sentence->tok_end;
    for (uint32_t i = first; i < last;) {
        const gr_quotation *q = quotation_around(f->talk, i);
        if (!q) {
            i++;
            continue;
        }
        uint32_t end = q->end < last ? q->end : last;
        if (q->end - q->begin >= LEAST_QUOTED && !covered(f, i, end)) quote_part(f, q, i, end);
        i = end > i ? end : i + 1;
    }
}

/* The last one who says something outside a quotation speaks on in quotations that follow. */
static void remember(const finder *f) {
    for (uint32_t i = 0; i < f->out->count; i++) {
        const gr_attribution *a = &f->out->item[i];
        uint32_t first = f->c->tree.sentence->tok_begin;
        if (a->attitude || a->source == GR_NONE || a->cue < first || quotation_around(f->talk, a->cue))
            continue;
        f->talk->source = a->source;
        f->talk->surface = a->surface;
        f->talk->cue = a->cue;
        f->talk->sentence = f->c->sentence;
    }
    if (f->talk->source != GR_NONE && f->talk->sentence == f->c->sentence)
        f->talk->block = f->c->tree.sentence->block;
    bool quoted = quotation_around(f->talk, f->c->tree.sentence->tok_end - 2) != NULL;
    if (f->talk->source != GR_NONE && quoted) f->talk->block = f->c->tree.sentence->block;
}

/* "MAYOR SMITH: We will stay.": a name and a colon at the start of a paragraph. */
static bool heads_figures(const gr_clause *c, uint32_t token) {
    static const char *const words[] = {"side",  "loss",  "casualty", "toll",  "result",
                                        "total", "force", "troops",   "victim"};
    return GR_AMONG(c->tree.lemma[token], words);
}

static void speaker_label(const finder *f) {
    const gr_clause *c = f->c;
    uint32_t first = c->tree.sentence->tok_begin, last = c->tree.sentence->tok_end, colon = first;
    while (colon < last && colon < first + 5 &&
           (c->in->word[colon].upos == GR_PROPN || c->in->word[colon].upos == GR_NOUN))
        colon++;
    if (colon == first || colon + 3 > last || !gr_eq(c->in->text->token[colon].form, GR_S(":"))) return;
    gr_block_kind kind = c->in->text->block[c->tree.sentence->block].kind;
    const gr_mention *m = gr_mention_of(c->in->who, first);
    if (kind == GR_BLOCK_TITLE || kind == GR_BLOCK_HEADING || (m && m->kind == GR_MENTION_COUNTRY)) return;
    if (gr_place_at(c, first) && (!m || m->kind == GR_MENTION_NAME)) return; /* "Maiduguri: On 29 June ..." */
    uint32_t head = phrase_head(c, first);
    if (head == GR_NONE || head >= colon) head = first;
    if (heads_figures(c, colon - 1)) return; /* "Enemy losses: 47 killed" */
    bool clause = false;
    for (uint32_t i = colon + 1; i < last && !clause; i++)
        clause = c->in->word[i].upos == GR_VERB || c->in->word[i].upos == GR_AUX;
    if (!clause) return;
    gr_attribution a = attribution(c, (speaker){head, head}, colon, colon + 1, last);
    gr_push(c->arena, f->out, a);
}

void gr_find_attributions(const gr_clause *c, gr_talk *talk, gr_attributions *out) {
    finder f = {c, talk, out};
    speaker_label(&f);
    for (uint32_t i = c->tree.sentence->tok_begin; i < c->tree.sentence->tok_end; i++) {
        uint8_t upos = c->in->word[i].upos;
        if (upos == GR_VERB || upos == GR_ADJ) by_verb(&f, i);
        if (upos == GR_VERB || upos == GR_ADJ) by_adjective(&f, i);
        if (upos == GR_NOUN) by_noun(&f, i);
        according_to(&f, i);
    }
    for (uint32_t i = c->tree.sentence->tok_begin; i < c->tree.sentence->tok_end; i++) citing(&f, i);
    quotations(&f);
    remember(&f);
}
