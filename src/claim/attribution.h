/* Inside claim/: who says what. Source, cue and content of each attribution of a sentence, after the scheme
 * of Pareti (PARC, LREC 2012). Content is a set of tokens: the clause under the cue, or the quotation. */
#ifndef GRIOT_CLAIM_ATTRIBUTION_H
#define GRIOT_CLAIM_ATTRIBUTION_H

#include "claim/clause.h"

typedef struct gr_attribution {
    uint32_t source;               /* head token of the claimant, or GR_NONE */
    uint32_t cue;                  /* token */
    uint32_t begin, end;           /* content tokens, half-open */
    uint32_t skip_begin, skip_end; /* inside it, the source's own words */
    bool denies;
} gr_attribution;

typedef GR_VEC(gr_attribution) gr_attributions;

/* Attributions of one sentence. `open` is the attribution whose quotation was still open at the end of the
 * sentence before (source GR_NONE: none); it is updated. */
void gr_find_attributions(const gr_clause *c, gr_attribution *open, gr_attributions *out);
/* The words that name a source. */
gr_span gr_source_span(const gr_clause *c, uint32_t source);
/* The claimants of a token, innermost first. */
gr_claimant *gr_claimants_of(const gr_clause *c, const gr_attributions *all, uint32_t token, uint32_t *count);

#endif
