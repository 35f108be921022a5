/* Attachments: numbers with "at least", "including", particles, the perfect, a final "said", shared
 * auxiliaries, subjects taken for those of a passive. */
#include "find/mend_internal.h"

static const char *const time_nouns = "monday tuesday wednesday thursday friday saturday sunday january "
                                      "february march april may june july august "
                                      "september october november december today yesterday tomorrow day days "
                                      "week weeks month months year years "
                                      "night nights morning evening afternoon hour hours minute minutes "
                                      "weekend time times dawn date decade tonight "
                                      "noon midnight mid-morning mondays sundays";

/* "at least 21 civilians", "up to 30 houses": the words before the number are no preposition. */
static bool leads_number(const gr_mender *m, uint32_t k) {
    if (gr_key_among(m, k, "at")) return gr_key_among(m, k + 1, "least most");
    if (gr_key_among(m, k, "up")) return gr_key_among(m, k + 1, "to") && gr_counts_things(m, k + 2);
    if (gr_key_among(m, k, "to")) return gr_key_among(m, k - 1, "up") && gr_counts_things(m, k + 1);
    if (gr_key_among(m, k, "than")) return gr_counts_things(m, k + 1);
    bool round = gr_key_among(m, k + 1, "a") && gr_key_among(m, k + 2, "hundred thousand dozen few");
    return gr_key_among(m, k, "over under around about above nearly some between") &&
           (round || gr_counts_things(m, k + 1));
}

/* The preposition of a noun; the parser may hang it on the noun's number. */
uint32_t gr_preposition_of(const gr_mender *m, uint32_t token) {
    for (uint32_t k = gr_next_child(&m->tree, token, 0); k != GR_NONE;
         k = gr_next_child(&m->tree, token, k + 1)) {
        uint8_t rel = m->word[k].rel;
        if ((rel == GR_CASE || rel == GR_MARK) && !leads_number(m, k)) return k;
        if (rel == GR_NUMMOD && gr_preposition_of(m, k) != GR_NONE) return k;
    }
    return GR_NONE;
}

/* "to 300 Fulani": the preposition is the noun's, not its number's. */
static void mend_case_on_number(const gr_mender *m, uint32_t k) {
    uint32_t number = m->word[k].head;
    if (m->word[k].rel != GR_CASE || number == GR_NONE || m->word[number].rel != GR_NUMMOD ||
        m->word[number].head == GR_NONE || m->word[number].head < number || leads_number(m, k))
        return;
    gr_hang(m, k, m->word[number].head, GR_CASE, GR_SUB_NONE);
}

bool gr_is_nominal(uint8_t upos) {
    return upos == GR_NOUN || upos == GR_PROPN || upos == GR_PRON || upos == GR_NUM;
}

/* Only what can stand between a verb and its object: adverbs, particles, the words of a number. */
static bool follows_closely(const gr_mender *m, uint32_t verb, uint32_t token) {
    uint32_t begin, end;
    gr_subtree(&m->tree, token, &begin, &end);
    if (begin <= verb) return false;
    for (uint32_t i = verb + 1; i < begin; i++)
        if (!gr_key_among(m, i, "death alive dead more than fewer less least") && m->word[i].upos != GR_ADV &&
            m->word[i].upos != GR_ADP && m->word[i].upos != GR_PART)
            return false;
    return true;
}

/* A noun that the parser hangs on a verb as if behind a preposition, without one. */
static void mend_bare_oblique(const gr_mender *m, uint32_t t) {
    uint32_t verb = m->word[t].head;
    bool oblique = m->word[t].rel == GR_OBL && (m->word[t].subrel != GR_SUB_TMOD || t < verb);
    if (!oblique || verb == GR_NONE || m->word[verb].upos != GR_VERB || !gr_is_nominal(m->word[t].upos))
        return;
    if (gr_key_among(m, t, time_nouns) || gr_preposition_of(m, t) != GR_NONE) return;
    if (t > verb) {
        if (gr_child(&m->tree, verb, GR_OBJ, GR_SUB_OTHER) == GR_NONE && follows_closely(m, verb, t) &&
            gr_child(&m->tree, verb, GR_AUXREL, GR_SUB_PASS) == GR_NONE)
            m->word[t].rel = GR_OBJ, m->word[t].subrel = GR_SUB_NONE;
        return;
    }
    if (gr_child(&m->tree, verb, GR_NSUBJ, GR_SUB_OTHER) != GR_NONE ||
        gr_child(&m->tree, verb, GR_CSUBJ, GR_SUB_OTHER) != GR_NONE)
        return;
    bool passive = gr_child(&m->tree, verb, GR_AUXREL, GR_SUB_PASS) != GR_NONE;
    m->word[t].rel = GR_NSUBJ;
    m->word[t].subrel = passive ? GR_SUB_PASS : GR_SUB_NONE;
}

/* "13 people, including five women, were killed": the part hangs on the whole. */
static void mend_including(const gr_mender *m, uint32_t i) {
    if (m->word[i].rel != GR_CASE || !gr_key_among(m, i, "including include")) return;
    uint32_t part = m->word[i].head, whole = i;
    if (part == GR_NONE || part < i) return;
    while (whole-- > m->sentence->tok_begin && m->word[whole].upos == GR_PUNCT) {
    }
    if (whole < m->sentence->tok_begin || whole >= i || !gr_is_nominal(m->word[whole].upos)) return;
    while (m->word[whole].head != GR_NONE && m->word[whole].head < i &&
           (m->word[whole].rel == GR_COMPOUND || m->word[whole].rel == GR_FLAT ||
            m->word[whole].rel == GR_NUMMOD || m->word[whole].rel == GR_NMOD))
        whole = m->word[whole].head;
    if (gr_is_nominal(m->word[whole].upos)) gr_hang(m, part, whole, GR_NMOD, GR_SUB_NONE);
}

static bool takes_particle(const gr_mender *m, uint32_t verb, gr_slice particle) {
    gr_slice lemma = gr_anchor_of(m, verb, GR_ANCHOR_VERB);
    const gr_rules *rules = m->know->rules;
    uint32_t at = lemma.len ? gr_map_get(&rules->by_lemma, lemma) : GR_MAP_NONE;
    for (uint32_t i = 0; at != GR_MAP_NONE && i < rules->list[at].count; i++) {
        uint32_t entry = rules->list[at].rule[i];
        if (gr_eq(rules->rule[entry >> 8].anchor[entry & 255].with, particle)) return true;
    }
    return false;
}

/* "burnt down the market", "flew in 600 soldiers": the particle belongs to the verb. */
static void mend_particle(const gr_mender *m, uint32_t i) {
    if (m->word[i].rel != GR_CASE || !gr_key_among(m, i, "down up off out apart in")) return;
    uint32_t noun = m->word[i].head;
    if (i == m->sentence->tok_begin || noun == GR_NONE || noun < i || m->word[noun].head != i - 1) return;
    if (i + 1 < m->sentence->tok_end && gr_key_among(m, i + 1, "of")) return; /* "pushed out of the town" */
    if (m->word[i - 1].upos != GR_VERB || !takes_particle(m, i - 1, m->key[i])) return;
    gr_hang(m, i, i - 1, GR_COMPOUND, GR_SUB_PRT);
    if (gr_child(&m->tree, i - 1, GR_OBJ, GR_SUB_OTHER) == GR_NONE)
        m->word[noun].rel = GR_OBJ, m->word[noun].subrel = GR_SUB_NONE;
}

/* "Hooded gunmen burst in": a participle before the subject only describes it. */
static void mend_described_subject(const gr_mender *m, uint32_t v) {
    if (m->word[v].rel != GR_NSUBJ || m->word[v].upos != GR_VERB || v + 1 >= m->sentence->tok_end) return;
    const gr_word *noun = &m->word[v + 1];
    if (noun->rel != GR_NSUBJ || noun->head != m->word[v].head || !gr_is_nominal(noun->upos)) return;
    gr_hang(m, v, v + 1, GR_AMOD, GR_SUB_NONE);
}

/* "ablaze", "alight" are no objects. */
static void mend_ablaze(const gr_mender *m, uint32_t i) {
    if (m->word[i].rel != GR_OBJ && m->word[i].rel != GR_OBL) return;
    if (!gr_key_among(m, i, "ablaze alight afire")) return;
    m->word[i].rel = GR_XCOMP;
    m->word[i].upos = GR_ADJ;
}

/* "have since 2017 kidnapped": the perfect, cut in two by an adverbial. */
static void mend_perfect(const gr_mender *m, uint32_t have) {
    if (m->word[have].rel == GR_AUXREL || !gr_key_among(m, have, "have has had")) return;
    uint32_t verb = have + 1;
    for (; verb < m->sentence->tok_end && verb < have + 10; verb++) {
        if (m->word[verb].upos == GR_PUNCT && !gr_key_among(m, verb, ",")) return;
        bool self = gr_key_among(m, verb, "himself herself itself themselves"); /* "had themselves come" */
        if (m->word[verb].head == have && m->word[verb].rel == GR_OBJ && !self) return;
        if (m->word[verb].upos == GR_VERB && m->word[verb].head == have) break;
    }
    if (verb >= m->sentence->tok_end || verb >= have + 10 || !gr_is_past_anchor(m, verb)) return;
    uint8_t rel = m->word[verb].rel;
    if (rel != GR_ADVCL && rel != GR_XCOMP && rel != GR_CCOMP && rel != GR_ACL) return;
    gr_swap_heads(m, verb, have, GR_AUXREL);
    m->word[have].upos = GR_AUX;
    m->word[verb].feats = GR_PAST | GR_PART_FORM;
    for (uint32_t k = gr_next_child(&m->tree, have, 0); k != GR_NONE;
         k = gr_next_child(&m->tree, have, k + 1))
        gr_hang(m, k, verb, (gr_rel)m->word[k].rel, (gr_subrel)m->word[k].subrel);
}

static uint32_t first_verb_below(const gr_mender *m, uint32_t root, uint32_t before) {
    for (uint32_t k = gr_next_child(&m->tree, root, 0); k != GR_NONE && k < before;
         k = gr_next_child(&m->tree, root, k + 1)) {
        uint8_t rel = m->word[k].rel;
        if (m->word[k].upos == GR_VERB &&
            (rel == GR_CCOMP || rel == GR_PARATAXIS || rel == GR_CONJ || rel == GR_XCOMP || rel == GR_ADVCL))
            return k;
    }
    return GR_NONE;
}

/* "The forces killed 104 people, activists said", where the parser hung the clause on its own subject. */
static uint32_t verb_on_subject(const gr_mender *m, uint32_t said, uint32_t before) {
    uint32_t subject = gr_child(&m->tree, said, GR_NSUBJ, GR_SUB_OTHER);
    if (subject == GR_NONE || subject >= before) return GR_NONE;
    for (uint32_t v = gr_next_child(&m->tree, subject, subject + 1); v != GR_NONE && v < before;
         v = gr_next_child(&m->tree, subject, v + 1)) {
        bool clause = (m->word[v].rel == GR_ACL || m->word[v].rel == GR_AMOD) && m->word[v].upos == GR_VERB &&
                      m->word[v].subrel != GR_SUB_RELCL && gr_is_past_anchor(m, v);
        uint32_t next = gr_next_child(&m->tree, v, v + 1);
        if (!clause || next == GR_NONE || !gr_is_nominal(m->word[next].upos) ||
            gr_preposition_of(m, next) != GR_NONE)
            continue;
        gr_hang(m, v, said, GR_CCOMP, GR_SUB_NONE);
        gr_hang(m, subject, v, GR_NSUBJ, GR_SUB_NONE);
        m->word[v].feats = GR_PAST | GR_FIN;
        return v;
    }
    return GR_NONE;
}

/* "X did this and did that, residents said": what stands before the comma belongs to the clause, not to
 * "said". */
static void mend_final_said(const gr_mender *m, uint32_t said) {
    if (m->word[said].upos != GR_VERB ||
        !gr_key_among(m, said, "said says say reported added confirmed announced"))
        return;
    uint32_t subject = GR_NONE, begin, end;
    for (uint32_t k = gr_next_child(&m->tree, said, 0); k != GR_NONE && k < said;
         k = gr_next_child(&m->tree, said, k + 1))
        if (m->word[k].rel == GR_NSUBJ) subject = k;
    if (subject == GR_NONE) return;
    gr_subtree(&m->tree, subject, &begin, &end);
    if (end != said || begin == m->sentence->tok_begin || !gr_key_among(m, begin - 1, ",")) return;
    uint32_t main = first_verb_below(m, said, begin);
    if (main == GR_NONE) main = verb_on_subject(m, said, begin);
    if (main == GR_NONE) return;
    m->word[main].rel = GR_CCOMP;
    for (uint32_t k = gr_next_child(&m->tree, said, 0); k != GR_NONE && k < begin;
         k = gr_next_child(&m->tree, said, k + 1)) {
        if (k == main || m->word[k].upos == GR_PUNCT) continue;
        bool second =
            m->word[k].rel == GR_NSUBJ && gr_child(&m->tree, main, GR_NSUBJ, GR_SUB_OTHER) != GR_NONE;
        if (!second) gr_hang(m, k, main, (gr_rel)m->word[k].rel, (gr_subrel)m->word[k].subrel);
    }
}

static bool reports(const gr_mender *m, uint32_t token) {
    static const char *const classes[] = {"say-verb", "claim-verb"};
    gr_slice key = m->key[token];
    if (key.len < 4 || !gr_ends(key, GR_S("s"))) return false;
    for (const gr_sense *s = gr_senses_of(m->know, gr_sub(key, 0, key.len - 1)); s; s = s->next)
        for (size_t i = 0; s->kind == GR_SENSE_CLASS && i < sizeof classes / sizeof *classes; i++)
            if (gr_eq(m->know->word_class[s->index].name, gr_slice_of(classes[i]))) return true;
    return false;
}

/* "1,100 people perished, the ministry estimates.": the last word is the verb of what stands before it. */
static void mend_final_estimates(const gr_mender *m, uint32_t said) {
    if (m->word[said].rel != GR_ROOT || m->word[said].upos != GR_NOUN || !reports(m, said)) return;
    if (said + 1 < m->sentence->tok_end && m->word[said + 1].upos != GR_PUNCT) return;
    uint32_t subject = gr_child(&m->tree, said, GR_NSUBJ, GR_SUB_OTHER), begin, end, clause = GR_NONE;
    if (subject == GR_NONE || subject > said) return;
    gr_subtree(&m->tree, subject, &begin, &end);
    if (end != said || begin == m->sentence->tok_begin || !gr_key_among(m, begin - 1, ",")) return;
    for (uint32_t k = gr_next_child(&m->tree, said, 0); k != GR_NONE && k < begin;
         k = gr_next_child(&m->tree, said, k + 1))
        if (m->word[k].upos == GR_VERB) clause = k;
    if (clause == GR_NONE) return;
    m->word[said].upos = GR_VERB;
    m->word[said].feats = GR_PRES | GR_FIN;
    m->word[clause].rel = GR_CCOMP;
    m->word[clause].subrel = GR_SUB_NONE;
}

uint32_t gr_verb_before(const gr_mender *m, uint32_t i) {
    while (i-- > m->sentence->tok_begin)
        if (m->word[i].upos == GR_VERB) return i;
    return GR_NONE;
}

/* "They beheaded seven men, burned 200 houses and left": what stands before the comma is the object of the
 * verb before it. */
static void mend_object_before(const gr_mender *m, uint32_t noun) {
    uint32_t second = m->word[noun].head;
    bool object = m->word[noun].rel == GR_OBJ || m->word[noun].rel == GR_NSUBJ;
    if (!object || second == GR_NONE || second <= noun || !gr_is_nominal(m->word[noun].upos)) return;
    uint32_t first = gr_verb_before(m, noun), begin, end;
    if (first == GR_NONE || m->word[second].head != first || m->word[second].rel != GR_CONJ) return;
    if (m->word[second].upos != GR_VERB || !gr_is_past_anchor(m, second) ||
        gr_child(&m->tree, first, GR_OBJ, GR_SUB_OTHER) != GR_NONE ||
        gr_child(&m->tree, second, GR_AUXREL, GR_SUB_OTHER) != GR_NONE)
        return;
    gr_subtree(&m->tree, noun, &begin, &end);
    bool between = end + 1 == second && gr_key_among(m, end, ",") && begin == first + 1;
    bool own = m->word[noun].rel == GR_OBJ || gr_child(&m->tree, second, GR_OBJ, GR_SUB_OTHER) != GR_NONE;
    if (between && own) gr_hang(m, noun, first, GR_OBJ, GR_SUB_NONE);
}

/* "Men were hurt, and a school was destroyed": a noun beside a verb is the subject of the verb behind it. */
static void mend_subject_beside(const gr_mender *m, uint32_t verb) {
    uint32_t first = m->word[verb].head;
    if (m->word[verb].upos != GR_VERB || m->word[verb].rel != GR_CONJ || first == GR_NONE) return;
    uint32_t aux = gr_child(&m->tree, verb, GR_AUXREL, GR_SUB_OTHER);
    if (aux == GR_NONE || gr_child(&m->tree, verb, GR_NSUBJ, GR_SUB_OTHER) != GR_NONE) return;
    if (m->word[first].upos != GR_VERB && m->word[first].upos != GR_ADJ) return;
    for (uint32_t k = gr_next_child(&m->tree, first, first + 1); k != GR_NONE && k < verb;
         k = gr_next_child(&m->tree, first, k + 1)) {
        uint32_t begin, end;
        if (m->word[k].rel != GR_CONJ || !gr_is_nominal(m->word[k].upos)) continue;
        gr_subtree(&m->tree, k, &begin, &end);
        if (end != aux) continue;
        bool passive = m->word[aux].subrel == GR_SUB_PASS;
        gr_hang(m, k, verb, GR_NSUBJ, passive ? GR_SUB_PASS : GR_SUB_NONE);
        return;
    }
}

/* "A helicopter returned and strafed the crowd": what nobody can return is the object of the other verb. */
static void mend_object_of_second(const gr_mender *m, uint32_t noun) {
    uint32_t first = m->word[noun].head;
    if (m->word[noun].rel != GR_OBJ || first == GR_NONE || first > noun || m->word[first].upos != GR_VERB)
        return;
    if (!gr_key_among(
            m, first,
            "returned came went arrived appeared emerged landed circled approached advanced stopped"))
        return;
    for (uint32_t v = gr_next_child(&m->tree, first, first + 1); v != GR_NONE && v < noun;
         v = gr_next_child(&m->tree, first, v + 1)) {
        if (m->word[v].rel != GR_CONJ || m->word[v].upos != GR_VERB) continue;
        if (gr_child(&m->tree, v, GR_OBJ, GR_SUB_OTHER) == GR_NONE) gr_hang(m, noun, v, GR_OBJ, GR_SUB_NONE);
        return;
    }
}

/* "21 people were killed and 117 wounded": the second participle shares the auxiliary and has its own
 * subject. */
static void mend_shared_auxiliary(const gr_mender *m, uint32_t v) {
    if (v < m->sentence->tok_begin + 2 || !gr_is_past_anchor(m, v) || !gr_counts_things(m, v - 1)) return;
    uint32_t number = v - 1, before = number;
    while (before-- > m->sentence->tok_begin && (gr_counts_things(m, before) || leads_number(m, before) ||
                                                 gr_key_among(m, before, "least most than more about"))) {
    }
    if (!gr_key_among(m, before, "and , while")) return;
    uint32_t first = before;
    while (
        first-- > m->sentence->tok_begin &&
        !(m->word[first].upos == GR_VERB && gr_child(&m->tree, first, GR_AUXREL, GR_SUB_PASS) != GR_NONE)) {
    }
    if (first < m->sentence->tok_begin || first >= before) return;
    bool linked = m->word[v].head == first || m->word[number].head == first || m->word[number].head == v;
    if (!linked || gr_child(&m->tree, v, GR_OBJ, GR_SUB_OTHER) != GR_NONE) return;
    m->word[v].upos = GR_VERB;
    m->word[v].lemma = gr_anchor_of(m, v, GR_ANCHOR_VERB);
    m->word[v].feats = GR_PAST | GR_PART_FORM;
    gr_hang(m, number, GR_NONE, GR_ROOT, GR_SUB_NONE);
    gr_hang(m, v, first, GR_CONJ, GR_SUB_NONE);
    gr_hang(m, number, v, GR_NSUBJ, GR_SUB_PASS);
}

/* "M23 combatants killed 131 civilians", "Protesters marched": nothing passive about it. */
static void mend_voice(const gr_mender *m, uint32_t v) {
    if (m->word[v].upos != GR_VERB) return;
    uint32_t subject = gr_child(&m->tree, v, GR_NSUBJ, GR_SUB_PASS);
    if (subject == GR_NONE || subject > v) return;
    if (gr_child(&m->tree, v, GR_AUXREL, GR_SUB_OTHER) != GR_NONE) return;
    bool object = gr_child(&m->tree, v, GR_OBJ, GR_SUB_OTHER) != GR_NONE;
    bool never =
        gr_key_among(m, v,
                     "marched protested demonstrated rallied clashed fought fled died gathered rioted "
                     "withdrew advanced returned entered launched landed fell detonated exploded");
    if (!object && !never && !(gr_key_among(m, v, "fired") && gr_key_among(m, v + 1, "on"))) return;
    m->word[subject].subrel = GR_SUB_NONE;
    m->word[v].feats = GR_PAST | GR_FIN;
}

/* "A vehicle struck a mine; 35 civilians were killed": what stands before the semicolon is a clause of its
 * own. */
static void mend_semicolon(const gr_mender *m, uint32_t mark) {
    if (!gr_key_among(m, mark, ";")) return;
    for (uint32_t n = m->sentence->tok_begin; n < mark; n++) {
        uint32_t verb = m->word[n].head;
        if (m->word[n].rel != GR_NSUBJ || verb == GR_NONE || verb < mark || m->word[verb].upos != GR_VERB)
            continue;
        for (uint32_t u = gr_next_child(&m->tree, n, n + 1); u != GR_NONE && u < mark;
             u = gr_next_child(&m->tree, n, u + 1)) {
            if (m->word[u].upos != GR_VERB || m->word[u].rel != GR_ACL || m->word[u].subrel == GR_SUB_RELCL)
                continue;
            gr_hang(m, u, verb, GR_PARATAXIS, GR_SUB_NONE);
            gr_hang(m, n, u, GR_NSUBJ, GR_SUB_NONE);
            m->word[u].feats = GR_PAST | GR_FIN;
            return;
        }
    }
}

/* "killed 12 and wounded 30 others": a past form behind "and" and before a number or article is a verb. */
static void mend_second_verb(const gr_mender *m, uint32_t v) {
    if (m->word[v].rel != GR_AMOD || !gr_key_among(m, v - 1, "and then") || !gr_is_past_anchor(m, v)) return;
    const gr_word *beside = v >= m->sentence->tok_begin + 2 ? &m->word[v - 2] : NULL;
    if (beside && beside->upos == GR_ADJ && beside->head == m->word[v].head)
        return; /* "sick and wounded people" */
    bool phrase = gr_counts_things(m, v + 1) || gr_key_among(m, v + 1, "the a an at more its his their up");
    uint32_t noun = m->word[v].head, first = gr_verb_before(m, v);
    while (noun != GR_NONE && noun > v && m->word[noun].head != GR_NONE && m->word[noun].head > v)
        noun = m->word[noun].head;
    phrase = phrase || (first != GR_NONE && gr_is_past_anchor(m, first));
    if (!phrase || noun == GR_NONE || noun < v || first == GR_NONE || m->word[noun].head == GR_NONE) return;
    uint32_t over = m->word[noun].head;
    bool conjunct = m->word[noun].rel == GR_CONJ && m->word[over].head == first;
    bool object = m->word[noun].rel == GR_OBJ && over == first;
    if (!conjunct && !object) return;
    m->word[v].head = GR_NONE;
    gr_hang(m, v, first, GR_CONJ, GR_SUB_NONE);
    gr_hang(m, noun, v, GR_OBJ, GR_SUB_NONE);
    m->word[v].upos = GR_VERB;
    m->word[v].lemma = gr_anchor_of(m, v, GR_ANCHOR_VERB);
    m->word[v].feats = GR_PAST | GR_FIN;
    for (uint32_t k = gr_next_child(&m->tree, noun, 0); k != GR_NONE && k < v - 1;
         k = gr_next_child(&m->tree, noun, k + 1))
        if (gr_is_nominal(m->word[k].upos)) gr_hang(m, k, first, GR_OBJ, GR_SUB_NONE);
}

/* "X opened talks, released 86 prisoners": with its own object behind it, it is the next thing that X did. */
static void mend_next_act(const gr_mender *m, uint32_t v) {
    if (v == m->sentence->tok_begin || m->word[v].rel != GR_ACL || m->word[v].subrel != GR_SUB_NONE) return;
    if (!gr_key_among(m, v - 1, ",") || !gr_is_past_anchor(m, v) || !gr_counts_things(m, v + 1)) return;
    uint32_t first = gr_verb_before(m, v);
    if (first == GR_NONE || gr_child(&m->tree, first, GR_NSUBJ, GR_SUB_NONE) == GR_NONE ||
        gr_child(&m->tree, v, GR_OBJ, GR_SUB_OTHER) == GR_NONE)
        return;
    gr_hang(m, v, first, GR_CONJ, GR_SUB_NONE);
    m->word[v].feats = GR_PAST | GR_FIN;
}

/* "denied attacking civilians": what follows a verb in -ing is a verb with its object. */
static void mend_gerund_object(const gr_mender *m, uint32_t v) {
    if (v == m->sentence->tok_begin || m->word[v].rel != GR_AMOD || !gr_ends(m->key[v], GR_S("ing"))) return;
    gr_slice lemma = gr_anchor_of(m, v, GR_ANCHOR_VERB);
    uint32_t object = m->word[v].head, over = v - 1;
    if (!lemma.len || object == GR_NONE || object < v || m->word[over].upos != GR_VERB) return;
    if (m->word[object].head != over) return;
    m->word[v].upos = GR_VERB;
    m->word[v].lemma = lemma;
    m->word[v].feats = GR_PRES | GR_GER;
    m->word[v].head = GR_NONE;
    gr_hang(m, v, over, GR_XCOMP, GR_SUB_NONE);
    gr_hang(m, object, v, GR_OBJ, GR_SUB_NONE);
}

/* "Mariupol, which troops have encircled": the clause hangs on the noun before its pronoun. */
static void mend_relative(const gr_mender *m, uint32_t who) {
    if (!gr_key_among(m, who, "who which whom") || who < m->sentence->tok_begin + 1) return;
    uint32_t verb = m->word[who].head, noun = who - 1;
    if (m->word[noun].upos == GR_PUNCT && noun > m->sentence->tok_begin) noun--;
    bool argument = m->word[who].rel == GR_NSUBJ || m->word[who].rel == GR_OBJ;
    if (!argument || verb == GR_NONE || verb < who || m->word[verb].upos != GR_VERB ||
        !gr_is_nominal(m->word[noun].upos))
        return;
    m->word[who].upos = GR_PRON;
    if (m->word[verb].rel == GR_ACL || m->word[verb].rel == GR_CONJ || m->word[verb].head == GR_NONE) return;
    while (m->word[noun].head != GR_NONE && m->word[noun].head < who &&
           (m->word[noun].rel == GR_FLAT || m->word[noun].rel == GR_COMPOUND))
        noun = m->word[noun].head;
    gr_hang(m, verb, noun, GR_ACL, GR_SUB_RELCL);
}

/* "A drone wounded three people": a past form between a noun and a number or article is the verb of both; so
 * is one that has a subject of its own, or whose noun the parser calls the object of a noun. */
static void mend_first_verb(const gr_mender *m, uint32_t v) {
    if (v == m->sentence->tok_begin || m->word[v].rel != GR_AMOD || !gr_is_past_anchor(m, v)) return;
    uint32_t object = m->word[v].head, subject = v - 1;
    bool phrase = gr_counts_things(m, v + 1) || gr_key_among(m, v + 1, "the a an its his their");
    bool clause = m->word[subject].head == v && m->word[subject].rel == GR_NSUBJ;
    phrase = phrase || clause ||
             (object != GR_NONE && m->word[object].rel == GR_OBJ && m->word[object].head == subject);
    if (!phrase || object == GR_NONE || object < v || !gr_is_nominal(m->word[subject].upos)) return;
    if (gr_preposition_of(m, subject) != GR_NONE || gr_preposition_of(m, object) != GR_NONE) return;
    if (m->word[subject].head == object || clause) {
        gr_swap_heads(m, v, object, GR_OBJ);
    } else if (m->word[object].head == subject && m->word[subject].head == GR_NONE) {
        gr_hang(m, v, GR_NONE, GR_ROOT, GR_SUB_NONE);
        gr_hang(m, object, v, GR_OBJ, GR_SUB_NONE);
    } else {
        return;
    }
    m->word[v].upos = GR_VERB;
    m->word[v].lemma = gr_anchor_of(m, v, GR_ANCHOR_VERB);
    m->word[v].feats = GR_PAST | GR_FIN;
    if (m->word[v].rel != GR_ROOT) m->word[v].rel = GR_CCOMP;
    gr_hang(m, subject, v, GR_NSUBJ, GR_SUB_NONE);
    if (m->word[subject].upos != GR_PROPN) m->word[subject].upos = GR_NOUN;
    for (uint32_t k = gr_next_child(&m->tree, object, 0); k != GR_NONE && k < subject;
         k = gr_next_child(&m->tree, object, k + 1))
        gr_hang(m, k, subject, (gr_rel)m->word[k].rel, (gr_subrel)m->word[k].subrel);
}

/* "the attack that killed three soldiers took place": what stands behind the verb of the relative clause,
 * which has no object, is not that of the verb behind it. */
static void mend_object_of_relative(const gr_mender *m, uint32_t t) {
    uint32_t later = m->word[t].head, v = gr_verb_before(m, t);
    if (m->word[t].rel != GR_OBJ || later == GR_NONE || later < t || v == GR_NONE) return;
    if (m->word[v].rel != GR_ACL || m->word[v].upos != GR_VERB || !follows_closely(m, v, t)) return;
    if (gr_child(&m->tree, v, GR_OBJ, GR_SUB_OTHER) == GR_NONE) gr_hang(m, t, v, GR_OBJ, GR_SUB_NONE);
}

/* "claimed the ambush four days later": the time is no object. */
static void mend_later(const gr_mender *m, uint32_t t) {
    if (m->word[t].rel != GR_OBJ ||
        !gr_key_among(m, t, "minutes hours days weeks months years day week month year hour") ||
        !gr_key_among(m, t + 1, "later earlier ago before after"))
        return;
    uint32_t verb = m->word[t].head, object = GR_NONE;
    for (uint32_t k = gr_next_child(&m->tree, t, 0); k != GR_NONE && k + 1 < t;
         k = gr_next_child(&m->tree, t, k + 1))
        if (m->word[k].upos == GR_NOUN || m->word[k].upos == GR_PROPN) object = k;
    if (object == GR_NONE || verb == GR_NONE || object < verb) return;
    gr_hang(m, object, verb, GR_OBJ, GR_SUB_NONE);
    gr_hang(m, t, verb, GR_OBL, GR_SUB_TMOD);
    for (uint32_t k = gr_next_child(&m->tree, t, 0); k != GR_NONE && k < object;
         k = gr_next_child(&m->tree, t, k + 1))
        gr_hang(m, k, object, (gr_rel)m->word[k].rel, GR_SUB_NONE);
}

/* What the parser takes for an apposition of the subject: "policemen sustained wounds". */
static uint32_t noun_beside(const gr_mender *m, uint32_t v) {
    uint32_t subject = m->word[v].head;
    if (subject == GR_NONE || subject > v) return GR_NONE;
    for (uint32_t k = gr_next_child(&m->tree, subject, v + 1); k != GR_NONE;
         k = gr_next_child(&m->tree, subject, k + 1))
        if ((m->word[k].rel == GR_APPOS || m->word[k].rel == GR_NMOD) && gr_is_nominal(m->word[k].upos) &&
            gr_preposition_of(m, k) == GR_NONE && follows_closely(m, v, k))
            return k;
    return GR_NONE;
}

/* "An exchange of fire between X and Y left seven dead": the verb with an object or outcome behind it is the
 * main one when the parse has a noun at its root. */
static void mend_main_verb(const gr_mender *m, uint32_t v) {
    uint8_t rel = m->word[v].rel;
    if (m->word[v].upos != GR_VERB ||
        (rel != GR_AMOD && rel != GR_ACL && rel != GR_NMOD && rel != GR_PARATAXIS))
        return;
    if (m->word[v].subrel == GR_SUB_RELCL || gr_child(&m->tree, v, GR_NSUBJ, GR_SUB_OTHER) != GR_NONE) return;
    uint32_t object = gr_child(&m->tree, v, GR_OBJ, GR_SUB_OTHER), root = v;
    if (object == GR_NONE) object = gr_child(&m->tree, v, GR_XCOMP, GR_SUB_OTHER);
    if (object == GR_NONE) object = noun_beside(m, v);
    bool alone =
        gr_key_among(m, v,
                     "died perished marched protested demonstrated exploded detonated clashed fled fought "
                     "erupted gathered rallied crossed arrived returned surrendered withdrew entered "
                     "advanced retreated escaped deserted defected");
    bool apart = rel == GR_PARATAXIS; /* a clause of its own, unless nothing cuts it off */
    for (uint32_t i = m->word[v].head; apart && i < v; i++) apart = m->word[i].upos != GR_PUNCT;
    apart = rel == GR_PARATAXIS && !apart;
    if (!alone && (object == GR_NONE || object < v || apart)) return;
    if (gr_ends(m->key[v], GR_S("ing")) || !(gr_is_past_anchor(m, v) || gr_key_among(m, v, "left"))) return;
    while (m->word[root].head != GR_NONE && m->word[root].head < v) root = m->word[root].head;
    uint8_t upos = m->word[root].upos;
    for (uint32_t i = root; rel == GR_PARATAXIS && !alone && i < v; i++)
        if (m->word[i].upos == GR_PUNCT) return;
    if (m->word[root].head != GR_NONE || (upos != GR_NOUN && upos != GR_PROPN)) return;
    m->word[v].head = GR_NONE;
    m->word[v].rel = GR_ROOT;
    m->word[v].feats = GR_PAST | GR_FIN;
    gr_hang(m, root, v, GR_NSUBJ, GR_SUB_NONE);
    if (object != GR_NONE && m->word[object].head != v) gr_hang(m, object, v, GR_OBJ, GR_SUB_NONE);
}

/* "by Boko Haram": the preposition belongs to the name, not to its first part. */
static void mend_case_of_part(const gr_mender *m, uint32_t k) {
    uint32_t part = m->word[k].head;
    if (m->word[k].rel != GR_CASE || part == GR_NONE || m->word[part].rel != GR_COMPOUND || k > part) return;
    uint32_t whole = m->word[part].head;
    if (whole != GR_NONE && whole > part && gr_preposition_of(m, whole) == GR_NONE)
        gr_hang(m, k, whole, GR_CASE, GR_SUB_NONE);
}

/* "spoke of 53 dead": behind a number in a phrase the word says what became of those counted. */
static void mend_counted(const gr_mender *m, uint32_t a) {
    if (a == m->sentence->tok_begin || m->word[a].upos != GR_ADJ || m->word[a - 1].upos != GR_NUM) return;
    if (!gr_key_among(m, a, "dead wounded injured missing") || m->word[a].head == a - 1) return;
    if (gr_preposition_of(m, a - 1) != GR_NONE) gr_hang(m, a, a - 1, GR_AMOD, GR_SUB_NONE);
}

/* "warned residents": an only object is the direct one. */
static void mend_only_object(const gr_mender *m, uint32_t t) {
    uint32_t verb = m->word[t].head;
    if (m->word[t].rel == GR_IOBJ && gr_child(&m->tree, verb, GR_OBJ, GR_SUB_OTHER) == GR_NONE)
        m->word[t].rel = GR_OBJ;
}

/* "shot dead a chief": no adjective of a noun stands before its article. */
static void mend_outcome(const gr_mender *m, uint32_t a) {
    if (a == m->sentence->tok_begin || a + 1 >= m->sentence->tok_end || m->word[a].rel != GR_AMOD) return;
    if (m->word[a - 1].upos == GR_VERB && m->word[a + 1].rel == GR_DETREL &&
        m->word[a + 1].head == m->word[a].head)
        gr_hang(m, a, a - 1, GR_XCOMP, GR_SUB_NONE);
}

/* "arrested one suspected rebel": a number and a noun of the same position with nothing but adjectives
 * between them are one phrase. */
static void mend_number_beside(const gr_mender *m, uint32_t n) {
    uint32_t noun = n + 1, end = m->sentence->tok_end;
    uint8_t rel = m->word[n].rel;
    if (m->word[n].upos != GR_NUM || (rel != GR_OBJ && rel != GR_NSUBJ && rel != GR_OBL)) return;
    while (noun < end && (m->word[noun].upos == GR_ADJ || m->word[noun].rel == GR_AMOD)) noun++;
    if (noun == n + 1 || noun == end || m->word[noun].upos != GR_NOUN) return;
    if (m->word[noun].head != m->word[n].head || m->word[noun].rel != rel || m->word[n].head == GR_NONE)
        return;
    if (gr_key_among(m, noun, time_nouns)) return;
    gr_hang(m, n, noun, GR_NUMMOD, GR_SUB_NONE);
}

/* "arrested the rebel leader Amadou Bah": a name right behind a noun of the same position names it. */
static void mend_name_beside(const gr_mender *m, uint32_t name) {
    if (name == m->sentence->tok_begin || m->word[name].upos != GR_PROPN || m->word[name].head == GR_NONE)
        return;
    const gr_word *noun = &m->word[name - 1];
    uint8_t rel = m->word[name].rel;
    bool beside = noun->upos == GR_NOUN && noun->head == m->word[name].head && noun->rel == rel;
    if (!beside || (rel != GR_OBJ && rel != GR_NSUBJ) || gr_preposition_of(m, name) != GR_NONE) return;
    if (m->word[name].head > name || gr_key_among(m, name, time_nouns)) return;
    gr_hang(m, name, name - 1, GR_APPOS, GR_SUB_NONE);
}

/* "captured a leader and one suspected rebel": a noun cannot be one more of verbs; right behind the object it
 * is one more object. */
static void mend_second_object(const gr_mender *m, uint32_t n) {
    uint32_t verb = m->word[n].head, begin, end, cc, last;
    bool noun = m->word[n].upos == GR_NOUN || m->word[n].upos == GR_PROPN;
    if (!noun || m->word[n].rel != GR_CONJ || verb == GR_NONE || m->word[verb].upos != GR_VERB) return;
    uint32_t object = gr_child(&m->tree, verb, GR_OBJ, GR_SUB_OTHER);
    if (object == GR_NONE || object < verb || object > n) return;
    if (gr_child(&m->tree, n, GR_COP, GR_SUB_OTHER) != GR_NONE ||
        gr_child(&m->tree, n, GR_NSUBJ, GR_SUB_OTHER) != GR_NONE)
        return;
    gr_subtree(&m->tree, object, &begin, &end);
    gr_subtree(&m->tree, n, &cc, &last);
    uint32_t next = n + 1 < m->sentence->tok_end ? n + 1 : n;
    bool closed = m->word[next].upos == GR_PUNCT || m->word[next].upos == GR_ADP ||
                  m->word[next].upos == GR_SCONJ || gr_key_among(m, next, time_nouns);
    if (cc == end && m->word[cc].rel == GR_CC && closed) gr_hang(m, n, object, GR_CONJ, GR_SUB_NONE);
}

static const char *const object_complement_verbs =
    "hold held holding holds keep kept make made find found "
    "consider considered deem deemed leave left declare declared "
    "call called render rendered believe believed think thought";

/* "captured a courier responsible for bombs": an adjective with a phrase of its own behind an object
 * describes it; only verbs of judging and keeping take one as their complement. */
static void mend_adjective_behind(const gr_mender *m, uint32_t a) {
    uint32_t verb = m->word[a].head;
    if (m->word[a].upos != GR_ADJ || m->word[a].rel != GR_XCOMP || verb == GR_NONE || verb > a) return;
    uint32_t object = gr_child(&m->tree, verb, GR_OBJ, GR_SUB_OTHER);
    bool phrase = gr_child(&m->tree, a, GR_OBL, GR_SUB_OTHER) != GR_NONE;
    if (object == GR_NONE || object + 1 != a || !phrase || m->word[object].upos == GR_PRON) return;
    if (m->word[verb].upos != GR_VERB || gr_key_among(m, verb, object_complement_verbs)) return;
    gr_hang(m, a, object, GR_AMOD, GR_SUB_NONE);
}

/* "The group, in a post, claimed its fighters killed 12": of two subjects of the clause below, the one before
 * the upper verb is that verb's. */
static void mend_reported_subject(const gr_mender *m, uint32_t subject) {
    uint32_t lower = m->word[subject].head;
    if (m->word[subject].rel != GR_NSUBJ || lower == GR_NONE || m->word[lower].rel != GR_CCOMP) return;
    uint32_t upper = m->word[lower].head;
    if (upper == GR_NONE || m->word[upper].upos != GR_VERB || subject > upper || lower < upper ||
        gr_child(&m->tree, upper, GR_NSUBJ, GR_SUB_OTHER) != GR_NONE)
        return;
    bool own = false;
    for (uint32_t k = gr_next_child(&m->tree, lower, upper); k != GR_NONE;
         k = gr_next_child(&m->tree, lower, k + 1))
        own = own || m->word[k].rel == GR_NSUBJ;
    if (!own) return;
    for (uint32_t k = gr_next_child(&m->tree, lower, 0); k != GR_NONE && k < upper;
         k = gr_next_child(&m->tree, lower, k + 1))
        gr_hang(m, k, upper, (gr_rel)m->word[k].rel, (gr_subrel)m->word[k].subrel);
}

/* "A witness who fled said soldiers beat a trader": "said" between two subjects governs the verb of the
 * second. */
static void mend_said_between(const gr_mender *m, uint32_t said) {
    uint32_t verb = m->word[said].head, first = GR_NONE, second = GR_NONE;
    if (verb == GR_NONE || verb < said || m->word[verb].upos != GR_VERB || m->word[said].rel == GR_CONJ ||
        !gr_key_among(m, said, "said says claimed claims announced confirmed alleged added"))
        return;
    for (uint32_t k = gr_next_child(&m->tree, verb, 0); k != GR_NONE && k < verb;
         k = gr_next_child(&m->tree, verb, k + 1)) {
        if (m->word[k].rel != GR_NSUBJ) continue;
        if (k < said) first = k;
        if (k > said) second = k;
    }
    if (first == GR_NONE || second == GR_NONE || gr_child(&m->tree, said, GR_NSUBJ, GR_SUB_OTHER) != GR_NONE)
        return;
    gr_hang(m, said, m->word[verb].head, (gr_rel)m->word[verb].rel, (gr_subrel)m->word[verb].subrel);
    gr_hang(m, verb, said, GR_CCOMP, GR_SUB_NONE);
    gr_hang(m, first, said, GR_NSUBJ, GR_SUB_NONE);
    m->word[said].feats = GR_PAST | GR_FIN;
}

/* The verb behind "believed to be X" that says what they did: it governs that clause, or hangs on it beside
 * no "and". */
static uint32_t verb_behind_reduced(const gr_mender *m, uint32_t v) {
    uint32_t over = m->word[v].head;
    if (over != GR_NONE && over > v && m->word[over].upos == GR_VERB) return over;
    for (uint32_t k = gr_next_child(&m->tree, v, v + 1); k != GR_NONE; k = gr_next_child(&m->tree, v, k + 1))
        if (m->word[k].rel == GR_CONJ && m->word[k].upos == GR_VERB &&
            gr_child(&m->tree, k, GR_CC, GR_SUB_OTHER) == GR_NONE)
            return k;
    for (uint32_t k = gr_next_child(&m->tree, v, v + 1); k != GR_NONE && gr_key_among(m, v + 1, "by");
         k = gr_next_child(&m->tree, v, k + 1)) /* "claimed by X, killed": taken for what was claimed */
        if (m->word[k].rel == GR_CCOMP && m->word[k].upos == GR_VERB && m->word[k].feats & GR_FIN) return k;
    return GR_NONE;
}

static bool is_comma(const gr_mender *m, uint32_t token) {
    return gr_eq(m->tree.text->token[token].form, GR_S(","));
}

/* "..., believed to be", "..., claimed by": a participle between commas. */
static bool opens_aside(const gr_mender *m, uint32_t v) {
    if (v == m->sentence->tok_begin || v + 1 >= m->sentence->tok_end || !is_comma(m, v - 1)) return false;
    if (gr_key_among(m, v + 1, "by")) return m->word[v].upos == GR_VERB;
    return gr_key_among(m, v + 1, "to") &&
           gr_key_among(m, v, "believed thought suspected said reported alleged presumed known rumoured");
}

/* "Gunmen, believed to be deserters, attacked", "The attack, claimed by JNIM, killed twelve": what is said of
 * them stands aside, they do the rest. */
static void mend_reduced(const gr_mender *m, uint32_t v) {
    if (!opens_aside(m, v)) return;
    uint32_t verb = verb_behind_reduced(m, v), subject = gr_child(&m->tree, v, GR_NSUBJ, GR_SUB_OTHER);
    if (verb == GR_NONE || subject == GR_NONE || subject > v ||
        (gr_key_among(m, v + 1, "by") && !is_comma(m, verb - 1)) ||
        gr_child(&m->tree, v, GR_AUXREL, GR_SUB_OTHER) != GR_NONE ||
        gr_child(&m->tree, verb, GR_NSUBJ, GR_SUB_OTHER) != GR_NONE)
        return;
    if (m->word[verb].head == v)
        gr_hang(m, verb, m->word[v].head, (gr_rel)m->word[v].rel, (gr_subrel)m->word[v].subrel);
    gr_hang(m, subject, verb, GR_NSUBJ, GR_SUB_NONE);
    gr_hang(m, v, subject, GR_ACL, GR_SUB_NONE);
    for (uint32_t k = v + 1; k < verb; k++) /* the agent is that of the aside */
        if (m->word[k].head == verb && m->word[k].rel == GR_OBL) gr_hang(m, k, v, GR_OBL, GR_SUB_AGENT);
    m->word[v].feats = GR_PAST | GR_PART_FORM;
}

void gr_mend_tree(const gr_mender *m) {
    uint32_t begin = m->sentence->tok_begin, end = m->sentence->tok_end;
    for (uint32_t i = begin; i < end; i++) mend_case_of_part(m, i);
    for (uint32_t i = begin; i < end; i++) mend_only_object(m, i);
    for (uint32_t i = begin; i < end; i++) mend_counted(m, i);
    for (uint32_t i = begin; i < end; i++) mend_number_beside(m, i);
    for (uint32_t i = begin; i < end; i++) mend_second_object(m, i);
    for (uint32_t i = begin; i < end; i++) mend_name_beside(m, i);
    for (uint32_t i = begin; i < end; i++) mend_adjective_behind(m, i);
    for (uint32_t i = begin; i < end; i++) mend_outcome(m, i);
    for (uint32_t i = begin; i < end; i++) mend_case_on_number(m, i);
    for (uint32_t i = begin; i < end; i++) mend_perfect(m, i);
    for (uint32_t i = begin; i < end; i++) mend_semicolon(m, i);
    for (uint32_t i = begin; i < end; i++) mend_including(m, i);
    for (uint32_t i = begin; i < end; i++) mend_final_said(m, i);
    for (uint32_t i = begin; i < end; i++) mend_final_estimates(m, i);
    for (uint32_t i = begin; i < end; i++) mend_described_subject(m, i);
    for (uint32_t i = begin; i < end; i++) mend_object_of_second(m, i);
    for (uint32_t i = begin; i < end; i++) mend_reported_subject(m, i);
    for (uint32_t i = begin; i < end; i++) mend_said_between(m, i);
    for (uint32_t i = begin; i < end; i++) mend_reduced(m, i);
    for (uint32_t i = begin; i < end; i++) mend_object_before(m, i);
    gr_mend_lists(m);
    for (uint32_t i = begin; i < end; i++) mend_subject_beside(m, i);
    for (uint32_t i = begin; i < end; i++) mend_relative(m, i);
    for (uint32_t i = begin; i < end; i++) mend_gerund_object(m, i);
    for (uint32_t i = begin; i < end; i++) mend_particle(m, i);
    for (uint32_t i = begin; i < end; i++) mend_ablaze(m, i);
    for (uint32_t i = begin; i < end; i++) mend_object_of_relative(m, i);
    for (uint32_t i = begin; i < end; i++) mend_later(m, i);
    for (uint32_t i = begin; i < end; i++) mend_bare_oblique(m, i);
    for (uint32_t i = begin; i < end; i++) mend_second_verb(m, i);
    for (uint32_t i = begin; i < end; i++) mend_next_act(m, i);
    for (uint32_t i = begin; i < end; i++) mend_first_verb(m, i);
    for (uint32_t i = begin; i < end; i++) mend_main_verb(m, i);
    for (uint32_t i = begin; i < end; i++) mend_shared_auxiliary(m, i);
    for (uint32_t i = begin; i < end; i++) mend_voice(m, i);
}

void gr_mend_trees(gr_arena *arena, const gr_knowledge *know, const gr_text *text, const bool *wanted,
                   const gr_keys *keys, gr_slice lang, gr_word *word) {
    if (!gr_eq(lang, GR_S("en")) || !know->rules) return;
    gr_slice *key = gr_alloc_array(arena, text->token_count + 1, sizeof *key);
    for (uint32_t s = 0; s < text->sentence_count; s++) {
        if (wanted && !wanted[s]) continue;
        const gr_sentence *sentence = &text->sentence[s];
        for (uint32_t i = sentence->tok_begin; i < sentence->tok_end; i++)
            key[i] = keys->form[i].len ? keys->form[i] : text->token[i].form; /* punctuation as it stands */
        gr_mender m = {.arena = arena,
                       .know = know,
                       .word = word,
                       .keys = keys,
                       .key = key,
                       .sentence = sentence,
                       .tree = {text, word, NULL, sentence, NULL}};
        gr_mend_words(&m);
        gr_mend_tree(&m);
    }
}
