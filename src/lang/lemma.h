/* Lemmas from tables that were learnt from a treebank: exceptions by (lower-case form, group), then the rule
 * of the longest known suffix of the form in its group. A group is a UPOS with the features that shape a
 * form, such as VERB in the past tense. Edit scripts after Chrupala 2006, here over suffixes alone. */
#ifndef GRIOT_LANG_LEMMA_H
#define GRIOT_LANG_LEMMA_H

#include "base/arena.h"
#include "lang/lang.h"

#define GR_MAX_SUFFIX 6u /* code points */

/* "lemma.rules" and "lemma.exceptions": arrays of this, by rising key. A rule strips `strip` code points from
 * the lower-case form and adds a string; an exception's string is the whole lemma and strip is 0. */
typedef struct gr_lemma_entry {
    uint64_t key; /* gr_key64(suffix, group + 1) or gr_key64(form, 0) ^ (group + 1) * GR_GROUP_MIX */
    uint32_t text_at;
    uint16_t strip;
    uint16_t text_len;
} gr_lemma_entry;

#define GR_GROUP_MIX 0x9E3779B97F4A7C15u

typedef struct gr_lemmas {
    const gr_lemma_entry *rule, *exception;
    uint32_t rule_count, exception_count, group_count;
    const uint16_t *group; /* [upos][feats] */
    uint32_t feats_count;
    gr_slice text;
} gr_lemmas;

/* Tables that lie inside the text and rise. Fills *why where not. */
bool gr_lemmas_sound(const gr_lemmas *lemmas, uint32_t upos_count, const char **why);

/* The lemma of `form`, whose lower-case key (features.h) is `lower`. upos_label and feats_id are label
 * numbers of the model. Lies in the model or the arena. Proper nouns are not for this: they keep their form.
 */
gr_slice gr_lemma(const gr_lemmas *lemmas, gr_arena *arena, gr_slice form, uint64_t lower,
                  uint32_t upos_label, uint32_t feats_id);

#endif
