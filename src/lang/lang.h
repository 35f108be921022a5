/* Tokens -> part of speech, features, lemma, head, relation, names. One model file a language (lang/model.h
 * describes it). int8 inference with kernels chosen at run time.
 * Thread rule: a gr_model is read-only after opening and shared by all threads; a gr_parser belongs to one
 * thread (it caches word vectors) and its results do not depend on what it parsed before. */
#ifndef GRIOT_LANG_LANG_H
#define GRIOT_LANG_LANG_H

#include "text/text.h"

typedef enum gr_upos {
    GR_X,
    GR_ADJ,
    GR_ADP,
    GR_ADV,
    GR_AUX,
    GR_CCONJ,
    GR_DET,
    GR_INTJ,
    GR_NOUN,
    GR_NUM,
    GR_PART,
    GR_PRON,
    GR_PROPN,
    GR_PUNCT,
    GR_SCONJ,
    GR_SYM,
    GR_VERB,
    GR_UPOS_COUNT
} gr_upos;

/* Universal relations (without subtype), in alphabetical order after root. */
typedef enum gr_rel {
    GR_ROOT,
    GR_ACL,
    GR_ADVCL,
    GR_ADVMOD,
    GR_AMOD,
    GR_APPOS,
    GR_AUXREL,
    GR_CASE,
    GR_CC,
    GR_CCOMP,
    GR_CLF,
    GR_COMPOUND,
    GR_CONJ,
    GR_COP,
    GR_CSUBJ,
    GR_DEP,
    GR_DETREL,
    GR_DISCOURSE,
    GR_DISLOCATED,
    GR_EXPL,
    GR_FIXED,
    GR_FLAT,
    GR_GOESWITH,
    GR_IOBJ,
    GR_LIST,
    GR_MARK,
    GR_NMOD,
    GR_NSUBJ,
    GR_NUMMOD,
    GR_OBJ,
    GR_OBL,
    GR_ORPHAN,
    GR_PARATAXIS,
    GR_PUNCTREL,
    GR_REPARANDUM,
    GR_VOCATIVE,
    GR_XCOMP,
    GR_REL_COUNT
} gr_rel;

/* Subtypes that griot's rules look at; others are GR_SUB_OTHER. */
typedef enum gr_subrel {
    GR_SUB_NONE,
    GR_SUB_PASS,
    GR_SUB_POSS,
    GR_SUB_AGENT,
    GR_SUB_TMOD,
    GR_SUB_RELCL,
    GR_SUB_PRT,
    GR_SUB_PREDET,
    GR_SUB_OUTER,
    GR_SUB_OTHER
} gr_subrel;

typedef enum gr_feat { /* bits of gr_word.feats */
                       GR_SING = 1 << 0,
                       GR_PLUR = 1 << 1,
                       GR_PAST = 1 << 2,
                       GR_PRES = 1 << 3,
                       GR_FIN = 1 << 4,
                       GR_INF = 1 << 5,
                       GR_PART_FORM = 1 << 6,
                       GR_GER = 1 << 7,
                       GR_PASS_VOICE = 1 << 8,
                       GR_PERSON1 = 1 << 9,
                       GR_PERSON2 = 1 << 10,
                       GR_PERSON3 = 1 << 11,
                       GR_COND = 1 << 12,
                       GR_IMP = 1 << 13,
                       GR_NEG = 1 << 14,
                       GR_ORD = 1 << 15,
                       GR_CARD = 1 << 16,
                       GR_POSS_FEAT = 1 << 17,
                       GR_MASC = 1 << 18,
                       GR_FEM = 1 << 19,
                       GR_DEF = 1 << 20,
                       GR_IND_ART = 1 << 21,
                       GR_CMP = 1 << 22,
                       GR_SUP = 1 << 23,
                       GR_DEM = 1 << 24,
                       GR_REL_PRON = 1 << 25,
                       GR_INT_PRON = 1 << 26,
                       GR_FUT = 1 << 27,
                       GR_SUBJUNCTIVE = 1 << 28,
} gr_feat;

typedef enum gr_name { GR_NAME_NONE, GR_NAME_PERSON, GR_NAME_ORGANISATION, GR_NAME_PLACE } gr_name;

/* Parallel to gr_text.token. */
typedef struct gr_word {
    uint8_t upos;              /* gr_upos */
    uint8_t rel;               /* gr_rel */
    uint8_t subrel;            /* gr_subrel */
    uint8_t name;              /* gr_name of the name that this token is part of */
    bool name_begins;          /* first token of its name */
    uint16_t feats_id, rel_id; /* for gr_model_feats, gr_model_rel */
    uint32_t feats;            /* gr_feat bits */
    uint32_t head;             /* token index in the text, or GR_NONE at the root of the sentence */
    gr_slice lemma;            /* lower case but for proper names */
} gr_word;

typedef struct gr_model gr_model;
/* Maps and checks a model file. GR_NOT_FOUND, GR_BAD_MODEL (damaged: where and what to do), GR_NO_MEMORY. */
gr_model *gr_model_open(const char *path, gr_error *err);
void gr_model_close(gr_model *model);                              /* NULL is fine */
const char *gr_model_hash(const gr_model *model);                  /* 64 hex digits, of the file */
gr_slice gr_model_lang(const gr_model *model);                     /* ISO 639-1 */
gr_slice gr_model_section(const gr_model *model, gr_slice name);   /* such as "segment"; empty where absent */
gr_slice gr_model_feats(const gr_model *model, uint16_t feats_id); /* as in CoNLL-U */
gr_slice gr_model_rel(const gr_model *model, uint16_t rel_id);     /* with subtype */
const char *gr_upos_name(gr_upos upos);
const char *gr_rel_name(gr_rel rel); /* without subtype */

typedef enum gr_kernel { GR_KERNEL_AUTO, GR_KERNEL_PLAIN, GR_KERNEL_AVX2, GR_KERNEL_VNNI } gr_kernel;
bool gr_kernel_here(gr_kernel kernel); /* can this machine run it? */

typedef struct gr_parser gr_parser;
/* A parser for one thread. NULL with *err on GR_NO_MEMORY, or GR_USAGE for a kernel that is not here. */
gr_parser *gr_parser_new(const gr_model *model, gr_kernel kernel, gr_error *err);
void gr_parser_free(gr_parser *parser);

/* Parses the sentences of `text` for which wanted[i] is true (wanted NULL: all) and fills word[] (parallel to
 * text->token; words of other sentences stay as they are). Lemmas are allocated from the arena or lie in the
 * model. May jump to the arena's guard. A sentence's result does not depend on which others are parsed. */
gr_status gr_parse(gr_parser *parser, gr_arena *arena, const gr_text *text, const bool *wanted, gr_word *word,
                   gr_error *err);

#endif
