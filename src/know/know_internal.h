/* Between the files of this room. */
#ifndef GRIOT_KNOW_INTERNAL_H
#define GRIOT_KNOW_INTERNAL_H

#include "know/blocks.h"
#include "know/know.h"
#include "know/rules.h"

typedef GR_VEC(gr_slice) gr_slices;

gr_status gr_ontology_load(gr_knowledge *knowledge, const gr_entries *entries, gr_error *err);
/* Countries first, then actors, then the patterns filled in for each country. */
gr_status gr_actors_load(gr_knowledge *knowledge, const gr_entries *entries, gr_error *err);
gr_status gr_lexicon_load(gr_knowledge *knowledge, const gr_entries *entries, gr_error *err);

/* Adds a sense to the words of `text`; nothing happens for a text without letters or digits, or twice. */
void gr_sense_add(gr_knowledge *knowledge, gr_slice text, gr_sense sense);

#endif
