/* Between the files of this room. */
#ifndef GRIOT_FIND_INTERNAL_H
#define GRIOT_FIND_INTERNAL_H

#include "find/actors.h"
#include "find/tree.h"

/* The token of begin..end whose head lies outside it. */
uint32_t gr_span_head(const gr_tree *tree, uint32_t begin, uint32_t end);
/* Appends a mention and marks its free tokens with it; returns its index. */
uint32_t gr_add_mention(gr_arena *arena, gr_who *who, gr_mention mention);
/* gr_property bits that an actor kind implies. */
unsigned gr_kind_properties(gr_slice kind);

#endif
