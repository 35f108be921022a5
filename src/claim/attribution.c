#include "claim/attribution.h"

#include <stdlib.h>

/* --- quotations ----------------------------------------------------------------------------------- */

typedef enum mark { NO_MARK, OPENS, CLOSES, EITHER } mark;

static mark mark_of(gr_slice form) {
    if (gr_eq(form, GR_S("\"")) || gr_eq(form, GR_S("''"))) return EITHER;
    if (gr_eq(form, GR_S("``")) || gr_eq(form, GR_S("\xE2\x80\x9C")) || gr_eq(form, GR_S("\xC2\xAB")))
        return OPENS;
    return gr_eq(form, GR_S("\xE2\x80\x9D")) || gr_eq(form, GR_S("\xC2\xBB")) ? CLOSES : NO_MARK;
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
            mark m = mark_of(text->token[i].form);
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
    static const char *const modal[] = {"would", "could", "should", "must", "may", "might", "can", "to"};
    if (!gr_in_class(c, token, "attitude-verb")) return false;
    for (uint32_t k = gr_next_child(&c->tree, token, 0); k != GR_NONE && k < token;
         k = gr_next_child(&c->tree, token, k + 1))
        for (size_t i = 0; i < sizeof modal / sizeof *modal; i++)
            if (gr_eq(c->in->who->key[k], gr_slice_of(modal[i]))) return false;
    return true;
}

static bool is_nominal(const gr_clause *c, uint32_t token) {
    uint8_t upos = c->in->word[token].upos;
    return upos == GR_NOUN || upos == GR_PROPN || upos == GR_PRON || upos == GR_NUM || upos == GR_DET ||
           upos == GR_ADJ || upos == GR_SYM;
}

static bool is_subject(const gr_clause *c, uint32_t token) {
    return c->in->word[token].rel == GR_NSUBJ && is_nominal(c, token);
}

/* The subject that stands nearest to the cue: where the parser gives two, the farther one belongs to the
 * content. */
static uint32_t nearest_subject(const gr_clause *c, uint32_t cue) {
    uint32_t best = GR_NONE, gap = UINT32_MAX;
    for (uint32_t k = gr_next_child(&c->tree, cue, 0); k != GR_NONE;
         k = gr_next_child(&c->tree, cue, k + 1)) {
        if (!is_subject(c, k)) continue;
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
    gr_slice before = c->in->text->token[cue - 1].form;
    if (gr_ends(c->in->who->key[cue], GR_S("ing"))) return GR_NONE;
    if (!gr_eq(before, GR_S(",")) && mark_of(before) == NO_MARK) return GR_NONE;
    for (unsigned steps = 0; at < c->tree.sentence->tok_end && steps < 12; steps++, at++) {
        uint8_t upos = c->in->word[at].upos;
        if (upos == GR_ADP || upos == GR_PUNCT || upos == GR_VERB || upos == GR_SCONJ) return GR_NONE;
        if (upos != GR_NOUN && upos != GR_PROPN && upos != GR_PRON) continue;
        while (at + 1 < c->tree.sentence->tok_end && c->in->word[at].head == at + 1 &&
               (c->in->word[at + 1].upos == GR_NOUN || c->in->word[at + 1].upos == GR_PROPN))
            at++;
        return at;
    }
    return GR_NONE;
}

static speaker source_of_cue(const gr_clause *c, uint32_t cue) {
    uint32_t own = nearest_subject(c, cue);
    if (is_speech(c, cue) && own == GR_NONE) {
        uint32_t behind = inverted_subject(c, cue);
        if (behind != GR_NONE) return (speaker){gr_look_through(c, behind), behind};
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

static void add_subtree(const finder *f, speaker who, uint32_t cue, uint32_t top, uint32_t skip) {
    uint32_t begin, end;
    gr_subtree(&f->c->tree, top, &begin, &end);
    for (uint32_t i = begin; i < end; i++) { /* what follows a semicolon is said anew */
        bool stop = gr_eq(f->c->in->text->token[i].form, GR_S(";")) && !quotation_around(f->talk, i);
        if (stop && i > cue && begin > cue) end = i;
        if (stop && i < cue && end <= cue) begin = i + 1;
    }
    gr_attribution a = attribution(f->c, who, cue, begin, end);
    if (skip != GR_NONE) gr_subtree(&f->c->tree, skip, &a.skip_begin, &a.skip_end);
    a.attitude = !is_speech(f->c, cue) && f->c->in->word[cue].upos == GR_VERB;
    gr_push(f->c->arena, f->out, a);
}

static bool takes_object(const gr_clause *c, uint32_t cue, uint32_t object) {
    if (gr_in_class(c, object, "source-noun") && !gr_in_class(c, cue, "deny-verb")) return false;
    if (is_attitude(c, cue)) return true;
    return gr_in_class(c, cue, "announce-verb");
}

static bool is_content(const gr_clause *c, uint32_t cue, uint32_t k) {
    switch (c->in->word[k].rel) {
    case GR_CCOMP:
        return true;
    case GR_PARATAXIS:
        return k > cue;
    case GR_ADVCL:
        return gr_in_class(c, cue, "accuse-verb") || (is_attitude(c, cue) && c->in->word[k].feats & GR_INF);
    case GR_XCOMP:
        return gr_in_class(c, cue, "claim-verb") || is_attitude(c, cue);
    case GR_OBJ:
        return takes_object(c, cue, k);
    case GR_OBL:
        return gr_in_class(c, cue, "accuse-verb") && gr_is_lemma(&c->tree, gr_case_of(&c->tree, k), "of");
    default:
        return false;
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
                    who.surface != GR_NONE && gr_below(&c->tree, who.surface, k) ? cue : GR_NONE);
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
    gr_attribution a = attribution(c, who, cue, first, stop - (is_comma(c, stop - 1) ? 1 : 0));
    gr_push(c->arena, f->out, a);
    return true;
}

/* "X said (that) ..." where the tree shows no clause below the cue. */
static bool content_behind(const finder *f, uint32_t cue, speaker who) {
    const gr_clause *c = f->c;
    uint32_t begin, end, last = c->tree.sentence->tok_end;
    saying_span(c, cue, who.surface, &begin, &end);
    uint32_t that = end;
    while (that < last && that < end + 8 && !gr_is_lemma(&c->tree, that, "that")) that++;
    bool marked = that < last && that < end + 8;
    uint32_t from = marked ? that + 1 : end;
    uint8_t next = from < last ? c->in->word[from].upos : GR_ADP;
    if (!marked && (next == GR_ADP || next == GR_ADV || next == GR_SCONJ || next == GR_CCONJ)) return false;
    while (from < last && c->in->word[from].upos == GR_PUNCT) from++;
    if (from + 2 > last) return false;
    gr_push(c->arena, f->out, attribution(c, who, cue, from, last));
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
    add_subtree(f, who, cue, w->head, cue);
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

/* "according to X": by the words, since the parser hangs them in many ways. */
static void according_to(const finder *f, uint32_t token) {
    const gr_clause *c = f->c;
    uint32_t first = c->tree.sentence->tok_begin, last = c->tree.sentence->tok_end;
    if (!gr_eq(c->in->who->key[token], GR_S("according")) || token + 2 >= last ||
        !gr_eq(c->in->who->key[token + 1], GR_S("to")))
        return;
    uint32_t head = phrase_head(c, token + 2);
    if (head == GR_NONE) return;
    uint32_t stop = token + 2; /* the source's words run to the next comma */
    while (stop < last && !is_comma(c, stop) && c->in->text->token[stop].form.ptr[0] != '.') stop++;
    speaker who = {gr_look_through(c, head), head};
    gr_attribution a = attribution(c, who, token, first, last);
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
static void nominal(const finder *f, uint32_t token) {
    const gr_clause *c = f->c;
    bool saying = gr_in_class(c, token, "source-noun");
    if (c->in->word[token].upos != GR_NOUN || (!saying && !gr_in_class(c, token, "allegation-word"))) return;
    uint32_t clause = gr_child(&c->tree, token, GR_CCOMP, GR_SUB_OTHER);
    if (clause == GR_NONE) clause = gr_child(&c->tree, token, GR_ACL, GR_SUB_OTHER);
    if (clause == GR_NONE) return;
    uint32_t that = gr_child(&c->tree, clause, GR_MARK, GR_SUB_OTHER);
    if (!gr_is_lemma(&c->tree, that, "that")) return;
    uint32_t owner = gr_child(&c->tree, token, GR_NMOD, GR_SUB_POSS);
    speaker who = {owner != GR_NONE ? owner : token, owner != GR_NONE ? owner : token};
    if (!saying && owner == GR_NONE) who = nobody();
    add_subtree(f, who, token, clause, GR_NONE);
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
    if (!speech && !is_attitude(c, cue)) return;
    speaker who = source_of_cue(c, cue);
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

static void quote_part(const finder *f, const gr_quotation *q, uint32_t begin, uint32_t end) {
    const gr_clause *c = f->c;
    uint32_t beside = saying_beside(f, q), cue = GR_NONE;
    speaker who = nobody();
    if (beside != GR_NONE) {
        const gr_attribution *a = &f->out->item[beside];
        who = (speaker){a->source, a->surface};
        cue = a->cue;
    } else if (!bare_saying(f, q, &who, &cue)) {
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
    uint32_t head = phrase_head(c, first);
    if (head == GR_NONE || head >= colon) head = first;
    gr_attribution a = attribution(c, (speaker){head, head}, colon, colon + 1, last);
    gr_push(c->arena, f->out, a);
}

void gr_find_attributions(const gr_clause *c, gr_talk *talk, gr_attributions *out) {
    finder f = {c, talk, out};
    speaker_label(&f);
    for (uint32_t i = c->tree.sentence->tok_begin; i < c->tree.sentence->tok_end; i++) {
        uint8_t upos = c->in->word[i].upos;
        if (upos == GR_VERB || upos == GR_ADJ) {
            by_verb(&f, i);
        } else if (upos == GR_NOUN || upos == GR_PROPN || upos == GR_PRON || upos == GR_NUM) {
            nominal(&f, i);
        }
        according_to(&f, i);
    }
    quotations(&f);
    remember(&f);
}

/* --- for claims ------------------------------------------------------------------------------------- */

static bool covers(const gr_attribution *a, uint32_t token) {
    return !a->attitude && a->source != GR_NONE && token >= a->begin && token < a->end &&
           !(token >= a->skip_begin && token < a->skip_end) && token != a->cue && token != a->source;
}

static int by_length(const void *x, const void *y) {
    const gr_attribution *a = x, *b = y;
    uint32_t la = a->end - a->begin, lb = b->end - b->begin;
    if (la != lb) return la < lb ? -1 : 1;
    return a->cue < b->cue ? -1 : a->cue > b->cue;
}

/* The mention's words; without one the noun with what stands before it: "security sources". */
static void source_words(const gr_clause *c, uint32_t source, uint32_t *begin, uint32_t *end) {
    const gr_mention *m = gr_mention_of(c->in->who, source);
    *begin = m ? m->tok_begin : source;
    *end = m ? m->tok_end : source + 1;
    if (m) return;
    while (*begin > c->tree.sentence->tok_begin && c->in->word[*begin - 1].head == source &&
           (c->in->word[*begin - 1].rel == GR_COMPOUND || c->in->word[*begin - 1].rel == GR_AMOD))
        --*begin;
    while (*end < c->tree.sentence->tok_end && c->in->word[*end].head == source &&
           c->in->word[*end].rel == GR_FLAT)
        ++*end;
}

gr_span gr_source_span(const gr_clause *c, uint32_t source) {
    uint32_t begin, end;
    source_words(c, source, &begin, &end);
    return gr_span_of(c->in->text, begin, end);
}

static gr_claimant claimant_of(const gr_clause *c, const gr_attribution *a) {
    const gr_mention *m = gr_mention_of(c->in->who, a->source);
    gr_claimant out = {.cue = gr_span_of(c->in->text, a->cue, a->cue + 1),
                       .content = gr_span_of(c->in->text, a->begin, a->end),
                       .mention = gr_source_span(c, a->source)};
    if (m) {
        out.id = m->id;
        out.name = m->name;
    }
    if (!out.name.len) out.name = gr_sub(c->in->text->bytes, out.mention.begin_b, out.mention.end_b);
    return out;
}

gr_claimant *gr_claimants_of(const gr_clause *c, const gr_attributions *all, uint32_t token,
                             uint32_t *count) {
    gr_attributions found = {0};
    for (uint32_t i = 0; i < all->count; i++)
        if (covers(&all->item[i], token)) gr_push(c->arena, &found, all->item[i]);
    *count = found.count;
    if (!found.count) return NULL;
    qsort(found.item, found.count, sizeof *found.item, by_length);
    gr_claimant *chain = gr_alloc_array(c->arena, found.count, sizeof *chain);
    *count = 0;
    for (uint32_t i = 0; i < found.count; i++) {
        gr_claimant next = claimant_of(c, &found.item[i]);
        if (*count && gr_eq(chain[*count - 1].name, next.name)) continue;
        chain[(*count)++] = next;
    }
    return chain;
}
