#include "lang/labels.h"

static const char *const upos_name[GR_UPOS_COUNT] = {"X",     "ADJ",   "ADP",   "ADV", "AUX",  "CCONJ",
                                                     "DET",   "INTJ",  "NOUN",  "NUM", "PART", "PRON",
                                                     "PROPN", "PUNCT", "SCONJ", "SYM", "VERB"};

static const char *const rel_name[GR_REL_COUNT] = {
    "root",      "acl",       "advcl",      "advmod",   "amod",   "appos", "aux",      "case",
    "cc",        "ccomp",     "clf",        "compound", "conj",   "cop",   "csubj",    "dep",
    "det",       "discourse", "dislocated", "expl",     "fixed",  "flat",  "goeswith", "iobj",
    "list",      "mark",      "nmod",       "nsubj",    "nummod", "obj",   "obl",      "orphan",
    "parataxis", "punct",     "reparandum", "vocative", "xcomp"};

/* In the order of gr_subrel from GR_SUB_PASS on. */
static const char *const subrel_name[] = {"pass", "poss", "agent", "tmod", "relcl", "prt", "predet", "outer"};

static const struct {
    const char *pair;
    uint32_t bit;
} feat_name[] = {
    {"Number=Sing", GR_SING},        {"Number=Plur", GR_PLUR},      {"Tense=Past", GR_PAST},
    {"Tense=Pres", GR_PRES},         {"VerbForm=Fin", GR_FIN},      {"VerbForm=Inf", GR_INF},
    {"VerbForm=Part", GR_PART_FORM}, {"VerbForm=Ger", GR_GER},      {"Voice=Pass", GR_PASS_VOICE},
    {"Person=1", GR_PERSON1},        {"Person=2", GR_PERSON2},      {"Person=3", GR_PERSON3},
    {"Mood=Cnd", GR_COND},           {"Mood=Imp", GR_IMP},          {"Polarity=Neg", GR_NEG},
    {"NumType=Ord", GR_ORD},         {"NumType=Card", GR_CARD},     {"Poss=Yes", GR_POSS_FEAT},
    {"Gender=Masc", GR_MASC},        {"Gender=Fem", GR_FEM},        {"Definite=Def", GR_DEF},
    {"Definite=Ind", GR_IND_ART},    {"Degree=Cmp", GR_CMP},        {"Degree=Sup", GR_SUP},
    {"PronType=Dem", GR_DEM},        {"PronType=Rel", GR_REL_PRON}, {"PronType=Int", GR_INT_PRON},
    {"PronType=Neg", GR_NEG},        {"Tense=Fut", GR_FUT},         {"Mood=Sub", GR_SUBJUNCTIVE},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Index of `name` in a list, or `otherwise`. */
static uint8_t find(const char *const *list, size_t count, gr_slice name, uint8_t otherwise) {
    for (size_t i = 0; i < count; i++)
        if (gr_eq(name, gr_slice_of(list[i]))) return (uint8_t)i;
    return otherwise;
}

const char *gr_upos_name(gr_upos upos) {
    return upos < GR_UPOS_COUNT ? upos_name[upos] : "X";
}

const char *gr_rel_name(gr_rel rel) {
    return rel < GR_REL_COUNT ? rel_name[rel] : "dep";
}

uint8_t gr_upos_of(gr_slice name) {
    return find(upos_name, GR_UPOS_COUNT, name, GR_X);
}

uint8_t gr_rel_of(gr_slice relation) {
    return find(rel_name, GR_REL_COUNT, gr_cut(&relation, ':'), GR_DEP);
}

uint8_t gr_subrel_of(gr_slice relation) {
    gr_cut(&relation, ':');
    if (relation.len == 0) return GR_SUB_NONE;
    /* English UD joined tmod and npmod ("last week", "two miles") as unmarked in release 2.15. */
    if (gr_eq(relation, GR_S("unmarked"))) return GR_SUB_TMOD;
    uint8_t i = find(subrel_name, COUNT(subrel_name), relation, (uint8_t)COUNT(subrel_name));
    return (uint8_t)(GR_SUB_PASS + i);
}

uint32_t gr_feat_bits(gr_slice feats) {
    uint32_t bits = 0;
    while (feats.len) {
        gr_slice pair = gr_cut(&feats, '|');
        for (size_t i = 0; i < COUNT(feat_name); i++)
            if (gr_eq(pair, gr_slice_of(feat_name[i].pair))) bits |= feat_name[i].bit;
    }
    return bits;
}

uint8_t gr_name_of(gr_slice bio) {
    gr_slice kind = gr_sub(bio, 2, bio.len);
    if (gr_eq(kind, GR_S("PER"))) return GR_NAME_PERSON;
    if (gr_eq(kind, GR_S("ORG"))) return GR_NAME_ORGANISATION;
    if (gr_eq(kind, GR_S("LOC"))) return GR_NAME_PLACE;
    return GR_NAME_NONE;
}
