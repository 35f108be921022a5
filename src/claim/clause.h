/* Inside claim/: what the rules see of one sentence. A "filler" is a token that stands in a position of the
 * anchor (subject, object, phrase with a preposition), whatever the voice, coordination, control or relative
 * clause. */
#ifndef GRIOT_CLAIM_CLAUSE_H
#define GRIOT_CLAIM_CLAUSE_H

#include "claim/make.h"
#include "find/tree.h"

enum { GR_MAX_FILLERS = 24 };

typedef struct gr_fillers {
    uint32_t token[GR_MAX_FILLERS];
    uint32_t count;
} gr_fillers;

typedef struct gr_clause { /* the sentence being read */
    gr_arena *arena;
    const gr_claim_input *in;
    gr_tree tree;
    uint32_t sentence;
    const gr_time *time;
    uint32_t time_count;
    const gr_quantity *quantity;
    uint32_t quantity_count;
    uint32_t quantity_first; /* index of quantity[0] in in->quantities */
    const gr_place_mention *place;
    uint32_t place_count;
    uint32_t place_first; /* index of place[0] in in->places */
} gr_clause;

/* The clause record of sentence `s`. */
gr_clause gr_clause_at(gr_arena *arena, const gr_claim_input *in, uint32_t s);
/* Who does the verb; the surface subject when the verb is passive is no filler. */
void gr_subjects(const gr_clause *c, uint32_t verb, gr_fillers *out);
/* Whom or what it is done to. */
void gr_objects(const gr_clause *c, uint32_t verb, gr_fillers *out);
/* The surface subject of a verb or predicate, active or passive, own or inherited; GR_NONE where none. */
uint32_t gr_surface_subject(const gr_clause *c, uint32_t verb);
/* Do the tokens lie in a time of the sentence? */
bool gr_is_in_time(const gr_clause *c, uint32_t tok_begin, uint32_t tok_end);
bool gr_is_passive(const gr_clause *c, uint32_t verb);
void gr_path_fillers(const gr_clause *c, uint32_t anchor, const gr_path *path, gr_fillers *out);
/* gr_anchor_pos bits of what a word can anchor. */
unsigned gr_anchor_pos_of(const gr_word *word);
bool gr_rule_speaks(const gr_clause *c, const gr_rule *rule); /* the text's language */
/* "down" in "gunned down", "siege" in "laid siege": a dependent, or the very next word; of several words,
 * those words behind it. */
bool gr_has_companion(const gr_clause *c, uint32_t token, gr_slice with);
/* True when the token can be that anchor: part of speech, the word it needs beside it, the rule's language.
 */
bool gr_is_anchor(const gr_clause *c, uint32_t token, const gr_rule *rule, const gr_anchor *anchor);
/* The first condition of the rule that does not hold, or NULL. */
const gr_condition *gr_failing_condition(const gr_clause *c, uint32_t token, const gr_rule *rule);
/* "dozens of civilians" -> civilians; the token itself otherwise. */
uint32_t gr_look_through(const gr_clause *c, uint32_t token);
/* "the UN mission, MINUSMA": the name behind the word for a body; the token itself otherwise. */
uint32_t gr_named_beside(const gr_clause *c, uint32_t token);
/* The noun of the light verb's object: "carried out" for the attack in "X carried out an attack"; or GR_NONE.
 */
uint32_t gr_light_verb_of(const gr_clause *c, uint32_t noun);
/* What lays an act named by a noun at somebody's door ("responsible for the murder", "implicated in the
 * bombing"; not where it is denied), or GR_NONE. */
uint32_t gr_blame_of(const gr_clause *c, uint32_t noun);
/* True when the lexicon class `name` holds the token's lemma. */
bool gr_in_class(const gr_clause *c, uint32_t token, const char *name);
/* gr_property bits of a token. */
unsigned gr_properties_of(const gr_clause *c, uint32_t token);
bool gr_condition_holds(const gr_clause *c, uint32_t anchor, const gr_condition *condition);
/* True when what the words of `classes` stand for is the cause of the harm at the anchor, as far as this
 * sentence and those before it tell, and nobody at one of the places `doers` did it. */
bool gr_is_calamity(const gr_clause *c, uint32_t anchor, const gr_paths *doers, const gr_map *classes);
/* True when the token tells of harm that nobody wanted ("the ferry went down", "gas killed them") in a
 * sentence without force. */
bool gr_tells_of_mishap(const gr_clause *c, uint32_t token);
/* The place mention whose name the token is in, or NULL. */
const gr_place_mention *gr_place_at(const gr_clause *c, uint32_t token);

/* "aurait tué": the conditional of a verb or of its auxiliary, which in French reports tells hearsay. */
bool gr_is_conditional(const gr_clause *c, uint32_t verb);

/* Whether it happened, from the words and the syntax around the anchor. */
gr_reality gr_reality_at(const gr_clause *c, uint32_t anchor, const gr_rule *rule);
/* True where the words put it off: "postponed the vote", "a delay in delivery". */
bool gr_is_put_off(const gr_clause *c, uint32_t token);

/* What the words around a noun tell of the state that it names: that it ended, or that it did not. */
typedef enum gr_phase { GR_PHASE_OPEN, GR_PHASE_ENDED, GR_PHASE_LASTS } gr_phase;
gr_phase gr_phase_at(const gr_clause *c, uint32_t anchor);

/* Bytes of the noun phrase around a head, at least those of tokens begin..end. */
gr_span gr_phrase_of(const gr_clause *c, uint32_t head, uint32_t begin, uint32_t end);

#endif
