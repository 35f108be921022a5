/* Between the files of this room: one sentence being searched, and what its searches share. */
#ifndef GRIOT_FIND_INTERNAL_H
#define GRIOT_FIND_INTERNAL_H

#include "find/actors.h"
#include "find/tree.h"

typedef struct gr_finder {
    gr_arena *arena;
    const gr_knowledge *know;
    const gr_gazetteer *gazetteer; /* NULL: no names of places are known */
    const gr_text *text;
    const gr_word *word;
    gr_who *who;
    bool *taken;
    const gr_sentence *sentence;
    uint32_t sentence_index;
    const gr_keys *keys;
    bool capitals_mute; /* a headline in title case or capitals: letter case tells nothing */
    gr_tree tree;
} gr_finder;

/* Empty behind the end of the sentence. */
static inline gr_slice gr_key_at(const gr_finder *f, uint32_t i) {
    return i < f->sentence->tok_end ? f->who->key[i] : (gr_slice){NULL, 0};
}

static inline const gr_sense *gr_senses_at(const gr_finder *f, uint32_t i) {
    return i < f->sentence->tok_end ? f->who->key_senses[i] : NULL;
}

/* The token of begin..end whose head lies outside it. */
uint32_t gr_span_head(const gr_tree *tree, uint32_t begin, uint32_t end);
/* Appends a mention and marks its free tokens with it; returns its index. */
uint32_t gr_add_mention(gr_arena *arena, gr_who *who, gr_mention mention);
/* A mention of that kind that stands for nobody yet. */
gr_mention gr_blank_mention(const gr_finder *f, uint32_t begin, uint32_t end, gr_mention_kind kind);
/* Lets the mention stand for that actor of the lists. */
void gr_mean_actor(const gr_knowledge *know, uint32_t index, gr_mention *mention);
/* gr_property bits that an actor kind implies. */
unsigned gr_kind_properties(gr_slice kind);
/* Marks tokens as part of a name that is no place. */
void gr_take(gr_finder *f, uint32_t begin, uint32_t end);
/* The words of begin..end as the text has them. */
gr_slice gr_words_of(const gr_text *text, uint32_t begin, uint32_t end);
bool gr_starts_upper(gr_slice form);
bool gr_all_upper(gr_slice form);

/* The lexicon's class of a family that the words bear, or GR_NO_CLASS. */
uint32_t gr_class_of_words(const gr_finder *f, uint32_t begin, uint32_t end, gr_class_of of);

/* Is the word a given name of the lexicon? */
bool gr_is_given_name(const gr_finder *f, uint32_t i);

/* names.c: the end of the organisation's name that no list knows and that begins at `begin`, or `begin` where
 * none does. *word_class is the class of its head word (GR_OF_NAME). */
uint32_t gr_organisation_end(const gr_finder *f, uint32_t begin, uint32_t *word_class);
/* ships.c: the end of the ship's name that begins at `begin`, or `begin`. *word_class is what such a ship is
 * in the lexicon: an armed vehicle or a means of transport. */
uint32_t gr_ship_end(const gr_finder *f, uint32_t begin, uint32_t *word_class);
/* persons.c: persons among the words that nothing else has claimed. */
void gr_find_persons(gr_finder *f);
/* acronyms.c: "the Front for X (FX)": FX means it throughout the document. */
void gr_learn_acronyms(gr_finder *f, const bool *wanted);
/* An organisation that no list knows; word_class is that of its head word (GR_OF_NAME). */
void gr_add_organisation(gr_finder *f, uint32_t begin, uint32_t end, uint32_t word_class);
/* Mentions inside begin..end end where they begin: a longer name has swallowed them. */
void gr_swallow(gr_who *who, uint32_t begin, uint32_t end);

/* What a listed actor's mention adds to the weight of its country; a country's or a place's name adds 2. */
enum { GR_LISTED_WEIGHT = 3 };
/* identity.c: which of the actors that bear the same words is meant. country_weight: per country of the
 * knowledge, how much the document speaks of it. */
void gr_choose_actors(gr_arena *arena, const gr_knowledge *know, const gr_text *text,
                      const uint32_t *country_weight, gr_who *who);

#endif
