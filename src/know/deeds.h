/* What one side does to another in everyday politics, as PLOVER's events: words that tell of it and words
 * that change what another word tells ("refused to", "called for"). Described in docs/knowledge.md, "Deeds".
 * Thread rule: read-only after loading. */
#ifndef GRIOT_KNOW_DEEDS_H
#define GRIOT_KNOW_DEEDS_H

#include "know/blocks.h"
#include "know/know.h"

/* PLOVER's events, in the order of CAMEO's root codes 03..20. GR_DEED_SAME stands in `kind`, `unkind` and
 * `clause` for: that of what is governed. */
typedef enum gr_deed_root {
    GR_DEED_NONE,
    GR_DEED_AGREE,
    GR_DEED_CONSULT,
    GR_DEED_SUPPORT,
    GR_DEED_COOPERATE,
    GR_DEED_AID,
    GR_DEED_YIELD,
    GR_DEED_REQUEST,
    GR_DEED_ACCUSE,
    GR_DEED_REJECT,
    GR_DEED_THREATEN,
    GR_DEED_PROTEST,
    GR_DEED_MOBILIZE,
    GR_DEED_SANCTION,
    GR_DEED_COERCE,
    GR_DEED_ASSAULT,
    GR_DEED_SAME,
    GR_DEED_COUNT
} gr_deed_root;

const char *gr_deed_root_name(gr_deed_root root);

typedef enum gr_deed_pos { GR_DEED_VERB, GR_DEED_NOUN, GR_DEED_ADJ, GR_DEED_POS_COUNT } gr_deed_pos;

typedef struct gr_deed_word {
    gr_deed_pos pos;
    gr_map with; /* lemmas of which one must stand beside it; empty: none is asked for */
    uint32_t deed;
} gr_deed_word;

typedef struct gr_deed_example {
    bool positive;
    gr_slice text, expected; /* ROOT, or "ROOT who > whom"; of a negative one a root that must not come out */
    gr_place_in_file at;
} gr_deed_example;

typedef struct gr_deed {
    gr_slice name;
    gr_deed_root root;         /* by itself; GR_DEED_NONE: only what it governs tells */
    gr_deed_root kind, unkind; /* over something kind (aid) or unkind (a ban); GR_DEED_NONE: as by itself */
    gr_deed_root clause;       /* over a clause of something kind, where that differs; else GR_DEED_NONE */
    bool purpose;              /* words of support or blame say what it was for: "called to apologise" */
    gr_deed_example *example;
    uint32_t example_count;
    gr_place_in_file at;
} gr_deed;

typedef struct gr_deeds {
    gr_deed *deed;
    uint32_t count;
    gr_deed_word *word;
    uint32_t word_count;
    gr_map by_lemma; /* folded lemma -> index into list[] */
    struct gr_deed_list {
        uint32_t *word; /* those that ask for words beside them first */
        uint32_t count, capacity;
    } * list;
    uint32_t list_count, list_capacity;
    gr_map
        by_form; /* regular written forms of the verbs -> index into list[]: lemmas of rare verbs go wrong */
} gr_deeds;

/* Reads the `deed` and `words` blocks. GR_BAD_RULES. */
gr_status gr_deeds_load(gr_knowledge *knowledge, const gr_entries *entries, gr_error *err);

#endif
