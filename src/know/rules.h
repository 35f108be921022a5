/* The rules that make claims (docs/rules.md). Rules are looked up by the lemma of their anchor.
 * Thread rule: read-only after loading. */
#ifndef GRIOT_KNOW_RULES_H
#define GRIOT_KNOW_RULES_H

#include "know/blocks.h"
#include "know/know.h"

#define GR_NONE_ROLE 255u /* a count of nobody in particular */

typedef enum gr_anchor_pos { GR_ANCHOR_VERB = 1, GR_ANCHOR_NOUN = 2, GR_ANCHOR_ADJ = 4 } gr_anchor_pos;

typedef struct gr_anchor {
    unsigned pos;   /* gr_anchor_pos bits */
    gr_slice lemma; /* folded head word: the first of a verb's words, the last of a noun's two */
    gr_slice with;  /* folded lemma of a dependent or neighbour it needs ("down" in "gun down"), or empty */
} gr_anchor;

typedef enum gr_path_kind {
    GR_PATH_SUBJECT,    /* who does it, whatever the voice, control and relative clauses */
    GR_PATH_OBJECT,     /* whom or what it is done to, whatever the voice */
    GR_PATH_BY,         /* the by-phrase of a passive or of a noun */
    GR_PATH_POSS,       /* "X's attack" */
    GR_PATH_COMPOUND,   /* "the EIGS siege", "a Russian attack", "soldier deaths" */
    GR_PATH_PREP,       /* a phrase with the given preposition */
    GR_PATH_COMPLEMENT, /* the open complement's verb: "refuse to fight" */
    GR_PATH_ABOUT,      /* for a noun: whom the clause around it is about ("X is in custody") */
    GR_PATH_HEAD,       /* what the anchor modifies: "wounded soldiers" */
    GR_PATH_SELF        /* the anchor itself: "85 deaths" */
} gr_path_kind;

typedef struct gr_path {
    gr_path_kind kind;
    gr_slice preposition; /* folded; for GR_PATH_PREP */
} gr_path;

typedef struct gr_paths {
    gr_path *path;
    uint32_t count;
} gr_paths;

typedef enum gr_test_kind {
    GR_TEST_EXISTS,
    GR_TEST_IS,
    GR_TEST_WORD,
    GR_TEST_CASE,
    GR_TEST_NEAR,
    GR_TEST_CAUSE
} gr_test_kind;

/* Properties for `is`. */
typedef enum gr_property {
    GR_IS_PEOPLE = 1 << 0, /* human beings, however described, and persons by name */
    GR_IS_ARMED = 1 << 1,  /* state forces, armed groups, militias */
    GR_IS_STATE = 1 << 2,  /* governments and their forces */
    GR_IS_CIVILIAN = 1 << 3,
    GR_IS_PARTY = 1 << 4, /* any actor: listed or described, governments, organisations */
    GR_IS_PLACE = 1 << 5,
    GR_IS_FACILITY = 1 << 6,
    GR_IS_WEAPON = 1 << 7,
    GR_IS_NUMBER = 1 << 8,   /* a bare number */
    GR_IS_PERSON = 1 << 9,   /* a named person */
    GR_IS_EVENT = 1 << 10,   /* a word that anchors a rule itself */
    GR_IS_UNKNOWN = 1 << 11, /* none of the others */
    GR_IS_NAME = 1 << 12,    /* a proper name that nothing knows, or of a place */
} gr_property;

typedef struct gr_condition {
    bool unless;
    gr_test_kind test;
    gr_paths paths;
    unsigned properties;
    gr_map words;         /* folded lemmas, and names of classes behind '@' */
    gr_slice *class_name; /* those names alone, without it */
    uint32_t class_count;
    gr_place_in_file at;
    gr_slice source; /* the line, for explain */
} gr_condition;

typedef struct gr_role_slot {
    unsigned role; /* gr_role of claim.h */
    gr_paths paths;
} gr_role_slot;

typedef struct gr_count_slot {
    unsigned what; /* gr_what of claim.h */
    unsigned of;   /* gr_role counted, or GR_NONE_ROLE */
    gr_paths paths;
} gr_count_slot;

typedef struct gr_example {
    bool positive;
    gr_slice text;     /* the sentence */
    gr_slice expected; /* behind =>, may be empty */
    gr_place_in_file at;
} gr_example;

typedef struct gr_rule {
    gr_slice name, lang;
    uint32_t type; /* of the ontology; of a rule for relations its gr_tie_kind */
    unsigned kind;
    gr_anchor *anchor;
    uint32_t anchor_count;
    gr_role_slot *role;
    uint32_t role_count;
    gr_count_slot *count;
    uint32_t count_count;
    gr_map site; /* names of gr_place_class (place/place.h): where the act happens, if a name is of several */
    gr_condition *condition;
    uint32_t condition_count;
    gr_example *example;
    uint32_t example_count;
    unsigned reality; /* gr_reality + 1 of claim.h, when the rule fixes it; 0: the text decides */
    bool state;       /* a state that lasts: present tense means ongoing */
    bool reciprocal;  /* the parties have no order */
    bool speech;     /* an act of speech or protest: in the present tense, or as a purpose, it has happened */
    bool sides;      /* the counted may be on either side (a clash) */
    bool background; /* only when no other rule claims the same words */
    gr_place_in_file at;
} gr_rule;

struct gr_rules {
    gr_rule *rule;
    uint32_t count;
    gr_map by_lemma; /* folded lemma -> index into list[] */
    struct gr_rule_list {
        uint32_t *rule; /* rule << 8 | anchor */
        uint32_t count, capacity;
    } * list;
    uint32_t list_count, list_capacity;
};

/* Reads the `rule` blocks into knowledge->rules; other keywords are an error. Needs ontology and lexicon
 * loaded. GR_BAD_RULES. */
gr_status gr_rules_load(gr_knowledge *knowledge, const gr_entries *entries, gr_slice lang, gr_error *err);
/* The same for the rules of relations between mentions, whose types are those of gr_tie_kind, into
 * knowledge->ties. */
gr_status gr_ties_load(gr_knowledge *knowledge, const gr_entries *entries, gr_slice lang, gr_error *err);
/* Warnings that do not stop loading: rules without positive or negative examples, shadowed anchors.
 * One line each into *report; returns their number. */
uint32_t gr_rules_review(const gr_knowledge *knowledge, gr_buffer *report);

#endif
