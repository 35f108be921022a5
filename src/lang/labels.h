/* Label strings of Universal Dependencies -> the enumerations of lang/lang.h. */
#ifndef GRIOT_LANG_LABELS_H
#define GRIOT_LANG_LABELS_H

#include "lang/lang.h"

uint8_t gr_upos_of(gr_slice name);    /* GR_X for an unknown one */
uint8_t gr_rel_of(gr_slice relation); /* its subtype is ignored; GR_DEP for an unknown one */
uint8_t gr_subrel_of(gr_slice relation);
uint32_t gr_feat_bits(gr_slice feats); /* "Number=Sing|Person=3" */
uint8_t gr_name_of(gr_slice bio);      /* "B-PER", "I-ORG", "O" */

#endif
