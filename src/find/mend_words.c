/* Parts of speech: participles taken for adjectives, nouns in -ing taken for verbs, "drone strike". */
#include "find/mend_internal.h"

bool gr_form_among(gr_slice form, const char *list) {
    if (!form.len) return false;
    for (const char *at = list; *at; at += *at == ' ') {
        size_t same = 0;
        while (same < form.len && at[same] && at[same] != ' ' && at[same] == form.ptr[same]) same++;
        if (same == form.len && (at[same] == ' ' || !at[same])) return true;
        while (*at && *at != ' ') at++;
    }
    return false;
}

bool gr_key_among(const gr_mender *m, uint32_t token, const char *list) {
    return token >= m->sentence->tok_begin && token < m->sentence->tok_end &&
           gr_form_among(m->key[token], list);
}

static bool anchors_as(const gr_mender *m, gr_slice lemma, unsigned pos) {
    const gr_rules *rules = m->know->rules;
    uint32_t at = rules ? gr_map_get(&rules->by_lemma, lemma) : GR_MAP_NONE;
    for (uint32_t i = 0; at != GR_MAP_NONE && i < rules->list[at].count; i++) {
        uint32_t entry = rules->list[at].rule[i];
        if (rules->rule[entry >> 8].anchor[entry & 255].pos & pos) return true;
    }
    return false;
}

/* "wounded" anchors rules as an adjective, and is a form of "wound". */
static gr_slice regular_stem(const gr_mender *m, gr_slice key, unsigned pos) {
    static const size_t cut[] = {2, 1, 3};
    if (!gr_ends(key, GR_S("ed")) || key.len < 5) return GR_S("");
    for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
        gr_slice stem = gr_sub(key, 0, key.len - cut[i]);
        if (anchors_as(m, stem, pos)) return stem;
    }
    return GR_S("");
}

gr_slice gr_anchor_of(const gr_mender *m, uint32_t token, unsigned pos) {
    gr_slice key = m->key[token];
    uint32_t at = m->keys->anchor[token];
    if (at == GR_MAP_NONE) return GR_S(""); /* no form of any anchor, so neither is its stem one */
    if (anchors_as(m, key, pos)) return key;
    bool known = at != 0 && anchors_as(m, m->know->anchor_lemma[at], pos);
    return known ? m->know->anchor_lemma[at] : regular_stem(m, key, pos);
}

bool gr_is_past_anchor(const gr_mender *m, uint32_t token) {
    gr_slice key = m->key[token];
    if (gr_ends(key, GR_S("ing")) || gr_ends(key, GR_S("s"))) return false;
    gr_slice lemma = gr_anchor_of(m, token, GR_ANCHOR_VERB);
    return lemma.len && (!gr_eq(key, lemma) || gr_form_among(key, "hit hurt beset overrun set put cut shut"));
}

bool gr_counts_things(const gr_mender *m, uint32_t token) {
    if (token < m->sentence->tok_begin || token >= m->sentence->tok_end) return false;
    return m->word[token].upos == GR_NUM ||
           gr_key_among(m, token,
                        "dozens scores hundreds thousands several many others dozen hundred some few one two "
                        "three four five six seven eight nine ten");
}

void gr_hang(const gr_mender *m, uint32_t token, uint32_t head, gr_rel rel, gr_subrel subrel) {
    if (head != GR_NONE && gr_below(&m->tree, head, token)) return;
    m->word[token].head = head;
    m->word[token].rel = (uint8_t)rel;
    m->word[token].subrel = (uint8_t)subrel;
}

void gr_swap_heads(const gr_mender *m, uint32_t token, uint32_t old, gr_rel old_rel) {
    gr_word *up = &m->word[token], *down = &m->word[old];
    up->head = down->head;
    up->rel = down->rel;
    up->subrel = down->subrel;
    down->head = token;
    down->rel = (uint8_t)old_rel;
    down->subrel = GR_SUB_NONE;
}

/* "were massacred": an adjective behind a form of "be" that is the past form of an anchor. */
static void mend_participle(const gr_mender *m, uint32_t i) {
    gr_word *w = &m->word[i];
    if (w->upos == GR_VERB) return;
    uint32_t be = GR_NONE;
    for (uint32_t k = i; k-- > m->sentence->tok_begin && k + 4 > i;) {
        if (m->word[k].head != i && m->word[k].upos != GR_ADV) return;
        if (gr_key_among(m, k, "was were been are is being")) be = k;
        if (be != GR_NONE || m->word[k].upos != GR_ADV) break;
    }
    if (be == GR_NONE || m->word[be].head != i || !gr_is_past_anchor(m, i)) return;
    w->upos = GR_VERB;
    w->feats = GR_PAST | GR_PART_FORM;
    w->lemma = gr_anchor_of(m, i, GR_ANCHOR_VERB);
    m->word[be].upos = GR_AUX;
    m->word[be].rel = GR_AUXREL;
    m->word[be].subrel = GR_SUB_PASS;
    uint32_t subject = gr_child(&m->tree, i, GR_NSUBJ, GR_SUB_NONE);
    if (subject != GR_NONE) m->word[subject].subrel = GR_SUB_PASS;
}

static bool stands_as_noun(const gr_mender *m, uint32_t i) {
    if (i > m->sentence->tok_begin) {
        uint8_t before = m->word[i - 1].upos;
        if (gr_key_among(m, i - 1,
                         "by in of during after from amid despite through with the heavy fierce continued "
                         "cross-border "
                         "this that these renewed fresh intense sporadic alleged such some more and"))
            return !gr_key_among(m, i - 1, "and") || m->word[i].rel == GR_CONJ;
        if (before == GR_DET || before == GR_ADJ) return true;
    }
    return i == m->sentence->tok_begin || m->word[i].rel == GR_NSUBJ || m->word[i].rel == GR_OBJ ||
           gr_key_among(m, i + 1, "of between");
}

/* "by shelling in Kherson", "Fighting between X and Y": a noun, unless it has an object or a subject. */
static void mend_gerund(const gr_mender *m, uint32_t i) {
    gr_word *w = &m->word[i];
    if (w->upos != GR_VERB || !gr_ends(m->key[i], GR_S("ing")) || !anchors_as(m, m->key[i], GR_ANCHOR_NOUN))
        return;
    for (uint32_t k = gr_next_child(&m->tree, i, 0); k != GR_NONE; k = gr_next_child(&m->tree, i, k + 1)) {
        uint8_t rel = m->word[k].rel;
        if (rel == GR_AUXREL || (rel == GR_NSUBJ && k < i) || (rel == GR_OBJ && k > i)) return;
    }
    if (!stands_as_noun(m, i)) return;
    w->upos = GR_NOUN;
    w->feats = GR_SING;
    w->lemma = m->key[i];
    if (w->rel == GR_ADVCL) w->rel = GR_OBL;
    if (w->rel == GR_ACL) w->rel = GR_NMOD;
    w->subrel = GR_SUB_NONE;
    for (uint32_t k = gr_next_child(&m->tree, i, 0); k != GR_NONE; k = gr_next_child(&m->tree, i, k + 1)) {
        if (m->word[k].rel == GR_MARK) m->word[k].rel = GR_CASE;
        if (m->word[k].rel == GR_OBL) m->word[k].rel = GR_NMOD;
    }
}

/* "rioters" -> rioter where the lexicon knows the one and not the other. */
static gr_slice singular_in_lexicon(const gr_mender *m, gr_slice key) {
    if (key.len < 4) return GR_S("");
    gr_slice forms[3] = {gr_sub(key, 0, key.len - 1), gr_sub(key, 0, key.len - 2), GR_S("")};
    if (gr_ends(key, GR_S("ies")) && key.len > 4)
        forms[1] = gr_printf(m->arena, "%.*sy", (int)key.len - 3, key.ptr);
    if (gr_ends(key, GR_S("men"))) {
        forms[0] = gr_printf(m->arena, "%.*sman", (int)key.len - 3, key.ptr);
    } else if (key.ptr[key.len - 1] != 's') {
        return GR_S("");
    }
    for (size_t i = 0; i < 2; i++) {
        const gr_sense *sense = gr_senses_of(m->know, forms[i]);
        if (sense && sense->kind == GR_SENSE_CLASS) return forms[i];
    }
    return GR_S("");
}

/* "Rioters set fire to ...": a capital at the start of a sentence makes no name of a word for people;
 * "heroes" is no form of "heroe". */
static void mend_common_noun(const gr_mender *m, uint32_t i) {
    gr_word *w = &m->word[i];
    bool plural = gr_ends(m->key[i], GR_S("s")) || gr_ends(m->key[i], GR_S("men"));
    if (!plural || m->keys->senses[i]) return;
    unsigned char first = (unsigned char)m->tree.text->token[i].form.ptr[0];
    bool titled = i == m->sentence->tok_begin || m->sentence->all_capitals || (first >= 'a' && first <= 'z');
    bool unknown = w->upos == GR_NOUN && !gr_senses_of(m->know, gr_words_key(m->arena, w->lemma));
    if (!unknown && (w->upos != GR_PROPN || !titled)) return;
    gr_slice singular = singular_in_lexicon(m, m->key[i]);
    if (!singular.len) return;
    w->upos = GR_NOUN;
    w->lemma = singular;
    w->feats = GR_PLUR;
}

/* "a second IED exploded": the acronym is a noun. */
static void mend_acronym(const gr_mender *m, uint32_t i) {
    gr_word *w = &m->word[i];
    if (w->upos == GR_NOUN || !gr_key_among(m, i, "ied ieds vbied vbieds rpg rpgs uav uavs")) return;
    w->upos = GR_NOUN;
    w->lemma = gr_ends(m->key[i], GR_S("s")) ? gr_sub(m->key[i], 0, m->key[i].len - 1) : m->key[i];
    uint32_t verb = w->head;
    bool subject = verb != GR_NONE && verb > i && m->word[verb].upos == GR_VERB &&
                   gr_child(&m->tree, verb, GR_NSUBJ, GR_SUB_OTHER) == GR_NONE;
    if (subject) w->rel = GR_NSUBJ, w->subrel = GR_SUB_NONE;
}

/* "were subjected to torture": no infinitive. */
static void mend_subjected(const gr_mender *m, uint32_t i) {
    if (i < m->sentence->tok_begin + 2 || m->word[i].upos != GR_VERB || !gr_key_among(m, i - 1, "to") ||
        !gr_key_among(m, i - 2, "subjected") || !anchors_as(m, m->key[i], GR_ANCHOR_NOUN))
        return;
    m->word[i].upos = GR_NOUN;
    m->word[i].feats = GR_SING;
    m->word[i].lemma = m->key[i];
    gr_hang(m, i, i - 2, GR_OBL, GR_SUB_NONE);
    if (m->word[i - 1].head == i) m->word[i - 1].rel = GR_CASE;
}

/* "shelling killed five people": the noun in -ing that governs the verb right behind it is its subject. */
static void mend_gerund_subject(const gr_mender *m, uint32_t i) {
    if (m->word[i].upos != GR_NOUN || !gr_ends(m->key[i], GR_S("ing"))) return;
    uint32_t verb = i + 1;
    if (verb >= m->sentence->tok_end || m->word[verb].head != i || m->word[verb].upos != GR_VERB ||
        !gr_is_past_anchor(m, verb) || gr_key_among(m, verb + 1, "by"))
        return;
    gr_swap_heads(m, verb, i, GR_NSUBJ);
    if (m->word[verb].rel == GR_NSUBJ || m->word[verb].rel == GR_OBL) m->word[verb].rel = GR_CCOMP;
    m->word[verb].feats = GR_PAST | GR_FIN;
    for (uint32_t k = gr_next_child(&m->tree, i, verb + 1); k != GR_NONE;
         k = gr_next_child(&m->tree, i, k + 1))
        gr_hang(m, k, verb, (gr_rel)m->word[k].rel, (gr_subrel)m->word[k].subrel);
}

/* "The air raid destroyed 15 houses": with an article it is a noun, and the verb behind it the main one. */
static void mend_noun_with_article(const gr_mender *m, uint32_t i) {
    if (m->word[i].upos != GR_VERB) return;
    uint32_t article = gr_child(&m->tree, i, GR_DETREL, GR_SUB_OTHER), verb = GR_NONE;
    if (article == GR_NONE || article > i || !anchors_as(m, m->key[i], GR_ANCHOR_NOUN)) return;
    for (uint32_t k = gr_next_child(&m->tree, i, i + 1); k != GR_NONE && verb == GR_NONE;
         k = gr_next_child(&m->tree, i, k + 1))
        if (m->word[k].upos == GR_VERB && m->word[k].rel != GR_ACL && gr_is_past_anchor(m, k)) verb = k;
    m->word[i].upos = GR_NOUN;
    m->word[i].feats = GR_SING;
    m->word[i].lemma = m->key[i];
    if (verb == GR_NONE) return;
    gr_swap_heads(m, verb, i, GR_NSUBJ);
    m->word[verb].feats = GR_PAST | GR_FIN;
}

/* "an ambush set by gunmen": the participle hangs on the noun, not the noun on it. */
static void mend_participle_behind(const gr_mender *m, uint32_t noun) {
    uint32_t v = noun + 1;
    if (v >= m->sentence->tok_end || m->word[noun].head != v || m->word[noun].rel != GR_COMPOUND ||
        m->word[v].upos != GR_VERB || !anchors_as(m, m->key[noun], GR_ANCHOR_NOUN))
        return;
    gr_swap_heads(m, noun, v, GR_ACL);
    m->word[noun].upos = GR_NOUN;
    m->word[noun].lemma = m->key[noun];
    for (uint32_t k = gr_next_child(&m->tree, v, 0); k != GR_NONE && k < noun;
         k = gr_next_child(&m->tree, v, k + 1))
        gr_hang(m, k, noun, (gr_rel)m->word[k].rel, (gr_subrel)m->word[k].subrel);
}

/* "DRONE STRIKE": the weapon before the noun of the act modifies it, whatever the parse. */
static void mend_compound(const gr_mender *m, uint32_t i) {
    uint32_t noun = i + 1;
    if (noun >= m->sentence->tok_end || m->word[i].upos != GR_VERB || m->word[noun].upos == GR_VERB ||
        !gr_key_among(m, i,
                      "drone air rocket mortar missile artillery bomb grenade suicide gun knife machete") ||
        !gr_key_among(m, noun,
                      "strike strikes attack attacks raid raids fire bombing bombings bombardment blast "
                      "explosion assault"))
        return;
    uint32_t verb = m->word[noun].head != i ? m->word[noun].head : noun;
    if (verb == GR_NONE || m->word[i].head == noun) return;
    if (m->word[verb].head == i || verb == noun) gr_swap_heads(m, verb, i, GR_COMPOUND);
    gr_hang(m, i, noun, GR_COMPOUND, GR_SUB_NONE);
    m->word[i].upos = m->word[noun].upos = GR_NOUN;
    m->word[i].lemma = m->key[i];
    for (uint32_t k = gr_next_child(&m->tree, i, 0); k != GR_NONE; k = gr_next_child(&m->tree, i, k + 1)) {
        bool inside = k < i && m->word[k].upos != GR_VERB && m->word[k].upos != GR_PUNCT;
        gr_rel rel = m->word[k].rel == GR_NSUBJ ? GR_COMPOUND : (gr_rel)m->word[k].rel;
        gr_hang(m, k, inside ? noun : verb, inside ? rel : (gr_rel)m->word[k].rel, GR_SUB_NONE);
    }
}

/* "under artillery and mortar fire": both weapons modify the noun of the act. */
static void mend_shared_noun(const gr_mender *m, uint32_t i) {
    static const char *const weapons =
        "artillery mortar rocket missile drone air tank gun helicopter shell bomb grenade";
    uint32_t noun = i + 3;
    if (noun >= m->sentence->tok_end || !gr_key_among(m, i + 1, "and or") || !gr_key_among(m, i, weapons) ||
        !gr_key_among(m, i + 2, weapons) ||
        !gr_key_among(m, noun, "fire strikes strike attacks attack raids shelling bombardment bombings"))
        return;
    if (m->word[i].head == noun || m->word[noun].head != i) return;
    gr_swap_heads(m, noun, i, GR_COMPOUND);
    m->word[noun].upos = m->word[i].upos = GR_NOUN;
    for (uint32_t k = gr_next_child(&m->tree, i, 0); k != GR_NONE; k = gr_next_child(&m->tree, i, k + 1))
        gr_hang(m, k, noun, (gr_rel)m->word[k].rel, (gr_subrel)m->word[k].subrel);
}

void gr_mend_words(const gr_mender *m) {
    for (uint32_t i = m->sentence->tok_begin; i < m->sentence->tok_end; i++) {
        mend_common_noun(m, i);
        mend_acronym(m, i);
        if (m->word[i].upos == GR_VERB && gr_key_among(m, i, "rose")) m->word[i].lemma = GR_S("rise");
        mend_participle(m, i);
        mend_subjected(m, i);
        mend_compound(m, i);
        mend_shared_noun(m, i);
        mend_noun_with_article(m, i);
        mend_participle_behind(m, i);
        bool many = gr_key_among(m, i, "many") && i > m->sentence->tok_begin && gr_key_among(m, i - 1, "as");
        if (many && gr_key_among(m, i + 1, "as") && m->word[i].rel == GR_NSUBJ)
            m->word[i].rel = GR_ADVMOD, m->word[i].subrel = GR_SUB_NONE; /* "as many as 100" */
        mend_gerund(m, i);
        mend_gerund_subject(m, i);
    }
}
