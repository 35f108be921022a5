/* Words of saying that stand otherwise than in "X said that": shared by the languages. */
#ifndef GRIOT_CLAIM_SAYING_H
#define GRIOT_CLAIM_SAYING_H

#include "claim/clause.h"

/* Where the auxiliary and clitic of a verb of saying begin ("a annoncé", "a-t-il déclaré"); the verb itself
 * where it has none. */
uint32_t gr_saying_start(const gr_clause *c, uint32_t cue);
/* Is the word part of a time ("a annoncé samedi le gouvernement")? */
bool gr_is_time_word(const gr_clause *c, uint32_t token);
/* Where the source of "according to X", "selon X", "d'après X" starts; GR_NONE where no such words stand. */
uint32_t gr_behind_according(const gr_clause *c, uint32_t token);

#endif
