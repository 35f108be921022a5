/* Who is spoken of: listed actors, described people ("gunmen", "soldiers from Tilia's base", "residents of
 * Tera"), persons by title and name, pronouns and "the group" back to their antecedent; and the weapons and
 * facilities of the lexicon, which rules ask for.
 * A mention hangs on its head token in the parse. Thread rule: no shared state. */
#ifndef GRIOT_FIND_ACTORS_H
#define GRIOT_FIND_ACTORS_H

#include "find/keys.h"
#include "find/places.h"
#include "find/tree.h"
#include "know/rules.h"
#include "lang/lang.h"

typedef enum gr_mention_kind {
    GR_MENTION_LISTED,  /* an actor of knowledge/actors */
    GR_MENTION_COUNTRY, /* a country's name: a place, and its government where it acts */
    GR_MENTION_CLASS,   /* a noun of the lexicon: people, units, weapons, facilities */
    GR_MENTION_PERSON,  /* a person by name */
    GR_MENTION_NAME,    /* a name that no list knows and that is no person and no place */
    GR_MENTION_PRONOUN,
} gr_mention_kind;

typedef struct gr_mention {
    gr_mention_kind kind;
    uint32_t tok_begin, tok_end; /* the words of the name or description, half-open */
    uint32_t head, sentence;
    uint32_t actor;                /* of the knowledge, or GR_NO_ACTOR */
    uint32_t word_class;           /* of the lexicon, or GR_NO_CLASS */
    uint32_t country;              /* of the knowledge, or GR_NO_TYPE: stated or taken from the document */
    uint32_t *candidate;           /* actors that bear these words, where several do */
    uint32_t candidate_count;      /* those left open when actor is GR_NO_ACTOR */
    uint32_t place;                /* place mention that tells where they are from, or GR_NONE */
    uint32_t antecedent;           /* mention index for pronouns and "the group", or GR_NONE */
    unsigned properties;           /* gr_property bits */
    gr_slice id, name, actor_kind; /* as claims show them; id empty: no list knows it */
    gr_slice unit;                 /* of counts: "soldier" */
    gr_slice office;               /* title before a person's name */
    bool suspected;                /* "suspected jihadists", "alleged rebels" */
    bool at_home;                  /* an acronym that counts only where the text speaks of its country */
    bool weak;                     /* a capital's name for its government */
} gr_mention;

typedef GR_VEC(gr_mention) gr_mentions;

typedef struct gr_who {
    gr_mentions all;
    uint32_t *of_token;  /* per token: the mention it belongs to, or GR_NONE */
    const gr_slice *key; /* per token: gr_words_key of the form; empty outside wanted sentences */
    gr_slice *lemma;     /* per token: gr_words_key of the lemma */
    const gr_sense *const *key_senses; /* per token: what the knowledge has for its key, or NULL */
    const gr_sense **lemma_senses;     /* ... for its lemma */
    gr_children children;
} gr_who;

/* Names and persons; marks in taken[] (per token) what cannot be a place any more. First pass. */
void gr_find_names(gr_arena *arena, const gr_knowledge *know, const gr_gazetteer *gazetteer,
                   const gr_text *text, const gr_word *word, const bool *wanted, const gr_keys *keys,
                   gr_who *who, bool *taken);
/* Countries of described people, pronouns, "the group". Second pass, when the places are known. */
void gr_settle_actors(gr_arena *arena, const gr_knowledge *know, const gr_gazetteer *gazetteer,
                      const gr_text *text, const gr_word *word, const gr_place_mentions *places, gr_who *who);

/* The mention that a token heads or is part of, or NULL. */
const gr_mention *gr_mention_of(const gr_who *who, uint32_t token);

/* Can the mention's words be for somebody who acts, or is the country a place here, the noun one that only
 * tells a kind ("refugee crisis", "a way of life"), the pronoun one that stands in for a possessor or a
 * thing? */
bool gr_acts(const gr_knowledge *know, const gr_text *text, const gr_word *word, const gr_who *who,
             const gr_mention *mention);

#endif
