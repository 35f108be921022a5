#include "link/named_victims.h"

#include "claim/acts.h"

/* Sentences behind the last one that tells of an incident in which its victims can be named. */
enum { NAMED_WITHIN = 3 };

static bool violent(const gr_incident *incident) {
    gr_act act = gr_act_of(incident->sum.type);
    return gr_is_violent(act) || act == GR_ACT_ABDUCTION;
}

static bool is_among(const gr_link_input *in, uint32_t token, const char *const *words, size_t count) {
    return gr_is_among(in->who->key[token], words, count);
}
#define KEY_AMONG(in, token, list) is_among((in), (token), (list), sizeof(list) / sizeof *(list))

static bool suffers(const gr_claim *sum, gr_slice name) {
    for (uint32_t i = 0; i < sum->party_count; i++)
        if (sum->party[i].form == GR_FORM_PERSON && gr_eq(sum->party[i].name, name)) return true;
    return false;
}

static void add_victim(gr_arena *arena, const gr_link_input *in, const gr_mention *m, gr_claim *sum) {
    if (suffers(sum, m->name)) return;
    const gr_token *first = &in->text->token[m->tok_begin], *last = &in->text->token[m->tok_end - 1];
    gr_span words = {first->off_b, last->off_b + last->len_b};
    gr_party *wider = gr_alloc_array(arena, sum->party_count + 1, sizeof *wider);
    if (sum->party_count) memcpy(wider, sum->party, sum->party_count * sizeof *wider);
    wider[sum->party_count] = (gr_party){.role = GR_ROLE_TARGET,
                                         .form = GR_FORM_PERSON,
                                         .id = m->id,
                                         .name = m->name,
                                         .kind = m->actor_kind,
                                         .mention = words,
                                         .phrase = words};
    sum->party = wider;
    sum->party_count++;
}

/* The person whose words begin at the token, or NULL. */
static const gr_mention *person_at(const gr_link_input *in, uint32_t token) {
    const gr_mention *m = gr_mention_of(in->who, token);
    return m && m->kind == GR_MENTION_PERSON && m->tok_begin == token ? m : NULL;
}

/* Words that may stand before and between the names of a list: what each of them is, ages, marks. */
static bool may_stand_in_list(const gr_link_input *in, uint32_t token) {
    switch (in->word[token].upos) {
    case GR_PUNCT:
    case GR_SYM:
    case GR_CCONJ:
    case GR_ADP:
    case GR_NUM:
    case GR_DET:
    case GR_ADJ:
    case GR_NOUN:
    case GR_PROPN:
    case GR_X:
        return true;
    default:
        return false;
    }
}

/* "Ana Ruiz, 30; the driver Luis Paz; and Eva Sol": adds the persons of a list that begins at the token. */
static void add_list(gr_arena *arena, const gr_link_input *in, uint32_t token, uint32_t end, gr_claim *sum) {
    while (token < end) {
        const gr_mention *m = person_at(in, token);
        if (m && m->tok_end < end && gr_eq(in->who->key[m->tok_end], GR_S("s"))) return; /* "Ruiz's car" */
        if (!m && !may_stand_in_list(in, token)) return;
        bool of_other = in->word[token - 1].upos == GR_ADP && !gr_eq(in->who->key[token - 1], GR_S("as"));
        if (m && !of_other) add_victim(arena, in, m, sum); /* "the son of Luis Paz" */
        token = m ? m->tok_end : token + 1;
    }
}

/* "a guard named Ruiz": does the clause at `verb` give the name of the noun above it? */
static bool gives_name(const gr_link_input *in, uint32_t verb) {
    static const char *const verbs[] = {"name", "call", "identify", "know"};
    return in->word[verb].rel == GR_ACL && GR_AMONG(in->who->lemma[verb], verbs);
}

/* Does the name say who the people above it are: in apposition, as one of several, behind "named"? */
static bool names_people(const gr_link_input *in, uint32_t name, uint32_t people) {
    enum { STEPS = 12 };
    for (unsigned n = 0; n < STEPS && name != GR_NONE; n++) {
        if (name == people) return n > 0;
        const gr_word *w = &in->word[name];
        bool same = w->rel == GR_APPOS || w->rel == GR_CONJ || w->rel == GR_FLAT || w->rel == GR_LIST;
        bool named = w->head != GR_NONE && (w->rel == GR_OBL || w->rel == GR_XCOMP || w->rel == GR_OBJ) &&
                     gives_name(in, w->head);
        if (!same && !named) return false;
        name = named ? in->word[w->head].head : w->head;
    }
    return false;
}

static const gr_mention *mention_with(const gr_link_input *in, uint32_t sentence, gr_span words) {
    for (uint32_t i = in->text->sentence[sentence].tok_begin; i < in->text->sentence[sentence].tok_end; i++)
        if (in->text->token[i].off_b == words.begin_b) return gr_mention_of(in->who, i);
    return NULL;
}

/* "three reporters: Ana Ruiz of the Herald, ..." */
static bool opens_list(const gr_link_input *in, uint32_t token, uint32_t end) {
    if (token >= end) return false;
    gr_slice mark = in->text->token[token].form;
    return gr_eq(mark, GR_S(":")) || gr_eq(mark, GR_S("--"));
}

static bool is_described_victim(const gr_party *p) {
    return p->role == GR_ROLE_TARGET && p->form == GR_FORM_DESCRIBED && !p->inherited;
}

/* "two guards, Ana Ruiz and Luis Paz": the names in the sentence of a claim of the people that it tells of.
 */
static void name_described(gr_arena *arena, const gr_link_input *in, const gr_claim *c, gr_claim *sum) {
    const gr_sentence *sentence = &in->text->sentence[c->sentence];
    for (uint32_t i = 0; i < c->party_count; i++) {
        if (!is_described_victim(&c->party[i])) continue;
        const gr_mention *people = mention_with(in, c->sentence, c->party[i].mention);
        if (!people || people->kind != GR_MENTION_CLASS) continue;
        if (opens_list(in, people->tok_end, sentence->tok_end))
            add_list(arena, in, people->tok_end + 1, sentence->tok_end, sum);
        for (uint32_t t = sentence->tok_begin; t < sentence->tok_end; t++) {
            const gr_mention *m = person_at(in, t);
            bool beside = m && m->tok_begin == people->tok_end && people->head == people->tok_end - 1;
            if (m && (beside || names_people(in, m->head, people->head))) add_victim(arena, in, m, sum);
        }
    }
}

/* "the dead", "those killed", "the murdered clerk", "the two hostages" */
static bool is_victim_word(const gr_link_input *in, uint32_t token, uint32_t first) {
    static const char *const nouns[] = {"victim",   "victims",    "dead",     "deceased",
                                        "fatality", "fatalities", "casualty", "casualties",
                                        "hostage",  "hostages",   "abductee", "abductees"};
    static const char *const fates[] = {"killed",   "murdered", "assassinated", "slain",
                                        "injured",  "wounded",  "hurt",         "kidnapped",
                                        "abducted", "executed", "massacred",    "slaughtered",
                                        "beheaded", "maimed",   "disappeared"};
    static const char *const before[] = {"was", "were", "been", "be", "being", "those", "the", "others"};
    if (KEY_AMONG(in, token, nouns)) return true;
    if (!KEY_AMONG(in, token, fates)) return false;
    bool active = in->word[token].upos == GR_VERB && token > first && !KEY_AMONG(in, token - 1, before) &&
                  !(in->word[token].feats & GR_PASS_VOICE);
    return !active;
}

/* Words with which a sentence tells of those who did it, or were taken for it. */
static bool tells_of_others(const gr_link_input *in, uint32_t token) {
    static const char *const words[] = {"killer",      "killers",      "murderer",   "murderers", "suspect",
                                        "suspects",    "assassin",     "assassins",  "culprit",   "culprits",
                                        "perpetrator", "perpetrators", "attacker",   "attackers", "arrested",
                                        "detained",    "captured",     "charged",    "accused",   "sought",
                                        "not",         "kidnapper",    "kidnappers", "relatives"};
    return KEY_AMONG(in, token, words);
}

/* Where the names begin behind the victims: behind "are", "include", "identified as", a colon; GR_NONE where
 * another verb comes first. */
static uint32_t names_behind(const gr_link_input *in, uint32_t token, uint32_t end) {
    static const char *const links[] = {"is",      "are",      "was",      "were",
                                        "include", "includes", "included", "including"};
    static const char *const naming[] = {"identified", "named",      "listed",
                                         "known",      "recognized", "recognised"};
    for (bool linked = false; token < end; token++) {
        if (tells_of_others(in, token)) return GR_NONE;
        bool link = KEY_AMONG(in, token, links) || gr_eq(in->text->token[token].form, GR_S(":"));
        bool named = KEY_AMONG(in, token, naming);
        if (link || named) {
            linked = true;
            continue;
        }
        if (linked &&
            !KEY_AMONG(in, token, ((const char *const[]){"been", "so", "far", "only", "as", "also"})))
            return token;
        if (in->word[token].upos == GR_VERB && !is_victim_word(in, token, token)) return GR_NONE;
    }
    return GR_NONE;
}

/* Of the violent incidents the one that this sentence tells of, else the one told last before it. */
static gr_incident *meant_in(const gr_link_input *in, uint32_t sentence, gr_incidents *all) {
    gr_incident *found = NULL;
    uint32_t best = NAMED_WITHIN + 1;
    for (uint32_t i = 0; i < all->count; i++) {
        if (!violent(&all->item[i])) continue;
        for (uint32_t k = 0; k < all->item[i].member_count; k++) {
            uint32_t told = in->claim[all->item[i].member[k]].sentence;
            if (told <= sentence && sentence - told < best) best = sentence - told, found = &all->item[i];
        }
    }
    return found;
}

static void name_in_sentence(gr_arena *arena, const gr_link_input *in, uint32_t s, gr_incidents *all) {
    uint32_t first = in->text->sentence[s].tok_begin, end = in->text->sentence[s].tok_end;
    for (uint32_t i = first; i < end; i++) {
        if (tells_of_others(in, i)) return;
        if (!is_victim_word(in, i, first)) continue;
        uint32_t names = names_behind(in, i + 1, end);
        if (names == GR_NONE) continue;
        gr_incident *meant = meant_in(in, s, all);
        if (meant) add_list(arena, in, names, end, &meant->sum);
        return;
    }
}

void gr_name_victims(gr_arena *arena, const gr_link_input *in, gr_incidents *incidents) {
    if (!in->who->all.count) return; /* nobody is named */
    for (uint32_t i = 0; i < incidents->count; i++)
        for (uint32_t k = 0; violent(&incidents->item[i]) && k < incidents->item[i].member_count; k++)
            name_described(arena, in, &in->claim[incidents->item[i].member[k]], &incidents->item[i].sum);
    for (uint32_t s = 0; incidents->count && s < in->text->sentence_count; s++)
        name_in_sentence(arena, in, s, incidents);
}
