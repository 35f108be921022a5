/* The knowledge files (docs/knowledge.md, docs/rules.md): loaded, checked, hashed.
 * Thread rule: read-only after opening; shared by all threads. Slices live as long as the gr_knowledge. */
#ifndef GRIOT_KNOW_KNOW_H
#define GRIOT_KNOW_KNOW_H

#include "base/buffer.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/map.h"

#define GR_NO_ACTOR UINT32_MAX
#define GR_NO_CLASS UINT32_MAX
#define GR_NO_TYPE UINT32_MAX

typedef struct gr_type { /* a type of the ontology */
    gr_slice name;
    unsigned kinds; /* bit i: gr_kind i of claim.h; the first in the file is `kind` */
    unsigned kind;
    gr_slice acled, plover, cameo;
    int ucdp;
} gr_type;

typedef struct gr_country {
    gr_slice iso3, iso2, name;
    gr_slice *adjective; /* folded: "nigerien" */
    uint32_t adjective_count;
    gr_slice capital;
} gr_country;

typedef struct gr_relation { /* of an actor to another, as its file states it */
    gr_slice kind;           /* part-of, split-from, merged-into, allied-with, rival-of */
    gr_slice other;          /* the other's id */
    gr_slice years;          /* "2015..2019", "2016", "2017.."; empty: not said */
} gr_relation;

typedef struct gr_actor {
    gr_slice id, name, kind;
    char (*country)[4]; /* alpha-3 */
    uint32_t country_count;
    gr_slice *alias; /* as written, all languages; for listing */
    uint32_t alias_count;
    gr_slice since, until;
    gr_relation *relation;
    uint32_t relation_count;
} gr_actor;

typedef enum gr_class_of {
    GR_OF_PEOPLE,
    GR_OF_WEAPON,
    GR_OF_FACILITY,
    GR_OF_UNIT,
    GR_OF_TITLE,
    GR_OF_LOADED,
    GR_OF_CUE,
    GR_OF_VAGUE,
    GR_OF_NAME, /* head words of names of organisations, given names */
    GR_OF_COUNT
} gr_class_of;

typedef struct gr_word_class {
    gr_slice name;
    gr_class_of of;
    gr_slice kind;     /* actor kind, or empty */
    gr_slice actor;    /* actor id with {iso3} still in it, or empty */
    gr_slice label;    /* neutral words, or empty */
    gr_slice count_as; /* unit of counts */
    gr_slice family;
    bool loaded, office;
} gr_word_class;

/* What a sequence of folded words means. Kept in one trie over words for actors and lexicon. */
typedef enum gr_sense_kind {
    GR_SENSE_ACTOR,
    GR_SENSE_CLASS,
    GR_SENSE_COUNTRY_ADJECTIVE,
    GR_SENSE_COUNTRY
} gr_sense_kind;
typedef struct gr_sense {
    gr_sense_kind kind;
    uint32_t index;        /* actor, class or country */
    bool capitals_only;    /* an acronym: the text must have it in capitals */
    bool any_case;         /* listed in small letters: no capital is asked for */
    bool at_home;          /* an acronym that counts only where the text speaks of the actor's country */
    bool weak;             /* a capital's name for its government */
    struct gr_sense *next; /* other senses of the same words */
} gr_sense;

typedef struct gr_sense_words {
    gr_sense *sense; /* NULL: these words only begin longer ones */
    bool begins;     /* some longer sequence begins with these words */
} gr_sense_words;

typedef struct gr_rules gr_rules; /* know/rules.h */
typedef struct gr_deeds gr_deeds; /* know/deeds.h */

typedef struct gr_knowledge {
    gr_arena *arena;
    char *file[GR_MAX_KNOWLEDGE_FILES]; /* bytes that slices point into */
    uint32_t file_count;
    char hash[65];
    gr_type *type;
    uint32_t type_count;
    gr_country *country;
    uint32_t country_count;
    gr_actor *actor;
    uint32_t actor_count;
    gr_word_class *word_class;
    uint32_t class_count;
    gr_map types, countries /* by iso3 */, actors, classes; /* by name */
    gr_map sense_words;                                     /* a folded word -> index into words[] */
    gr_map sense_phrases; /* several, joined by one space; apart, since most look-ups are for one word */
    gr_sense_words *words;
    uint32_t words_count, words_capacity;
    gr_map stem_words; /* folded written form of an anchor -> index into anchor_lemma[]; that of "" where the
                          form only resembles one: words that can start a claim */
    gr_slice *anchor_lemma;
    uint32_t anchor_lemma_count, anchor_lemma_capacity;
    gr_map function_word; /* "de ADP" -> index into function_name[]; empty for English */
    gr_slice *function_name;
    uint32_t function_count, function_capacity;
    gr_rules *rules;
    gr_deeds *deeds;
    gr_rules *ties; /* rules that make relations between mentions */
} gr_knowledge;

/* The languages that griot has rules for, by their codes of ISO 639-1. */
enum { GR_ENGLISH, GR_FRENCH, GR_LANGUAGES };
extern const char *const gr_language_code[GR_LANGUAGES];

/* The name that rules and code know a small word by, in every language: "of" for a French "de" that is a
 * preposition. `word` is folded. Empty where the language has no other name for it. */
gr_slice gr_function_name(const gr_knowledge *knowledge, gr_slice word, const char *upos);

/* Loads the files under dir (knowledge/) that every language shares, and those of `lang`. GR_BAD_RULES with
 * file:line:column at the first error. */
gr_knowledge *gr_knowledge_open(const char *dir, gr_slice lang, gr_error *err);
/* The `hash` of the knowledge that gr_knowledge_open would give, without understanding the files. */
gr_status gr_knowledge_hash(const char *dir, gr_slice lang, gr_digest *out, gr_error *err);
void gr_knowledge_close(gr_knowledge *knowledge); /* NULL is fine */

/* What other schemes call an actor kind of docs/knowledge.md: ACLED's interaction code (0: no such kind),
 * PLOVER's sector ("": no such kind). */
int gr_kind_acled(gr_slice kind);
const char *gr_kind_plover(gr_slice kind);

/* Senses of folded words ("boko haram"), or NULL. */
const gr_sense *gr_senses_of(const gr_knowledge *knowledge, gr_slice folded);
/* The same, and whether a longer sequence begins with these words. */
const gr_sense *gr_senses_and_more(const gr_knowledge *knowledge, gr_slice folded, bool *begins);

#endif
