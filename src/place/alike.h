/* Spellings that sound alike: a key after the transcription habits of the Sahel's languages in French,
 * English and Hausa writing, and the edit distance. Pure functions. */
#ifndef GRIOT_PLACE_ALIKE_H
#define GRIOT_PLACE_ALIKE_H

#include "base/slice.h"

enum { GR_ALIKE_MAX_B = 64 };

/* Writes the sound-alike key of a folded name (only a-z, no spaces) into out; empty for a name that holds
 * other scripts' letters or is too long. */
gr_slice gr_alike_key(gr_slice folded, char out[GR_ALIKE_MAX_B]);

/* Bit c set: the key holds the letter 'a' + c. */
uint32_t gr_alike_letters(gr_slice key);

/* A bit for each pair of neighbouring letters, 32 for all of them. */
uint32_t gr_alike_pairs(gr_slice key);

/* Levenshtein distance in bytes, or max + 1 when it is over max. Inputs over GR_ALIKE_MAX_B count as too far.
 */
unsigned gr_edit_distance(gr_slice a, gr_slice b, unsigned max);

#endif
