/* Inside claim/: who says what. Source, cue and content of each attribution of a sentence, after the scheme
 * of Pareti (PARC, LREC 2012). Content is a set of tokens: the clause under the cue, the words before a final
 * "X said", or a quotation. */
#ifndef GRIOT_CLAIM_ATTRIBUTION_H
#define GRIOT_CLAIM_ATTRIBUTION_H

#include "claim/clause.h"

typedef struct gr_attribution {
    uint32_t source;               /* head token of the claimant, or GR_NONE */
    uint32_t surface;              /* the token that stands for it in the clause ("who"), or GR_NONE */
    uint32_t cue;                  /* token, or GR_NONE: a quotation whose speaker is not told */
    uint32_t begin, end;           /* content tokens, half-open; may lie in another sentence than the cue */
    uint32_t skip_begin, skip_end; /* inside it, the source's own words */
    bool denies;
    bool attitude; /* what somebody wants, thinks or expects: shown, but no claimant of a claim */
} gr_attribution;

typedef GR_VEC(gr_attribution) gr_attributions;

typedef struct gr_quotation {
    uint32_t begin, end; /* tokens between the marks, half-open */
} gr_quotation;

/* What a document's attributions need to know of the sentences before. */
typedef struct gr_talk {
    GR_VEC(gr_quotation) quotation; /* of the whole text, in order */
    uint32_t source, surface, cue;  /* of the last saying, or GR_NONE */
    uint32_t sentence, block;       /* where that was */
} gr_talk;

/* Quotations of the text, by its marks alone; unparsed sentences too. */
void gr_talk_begin(gr_arena *arena, const gr_text *text, gr_talk *talk);
/* Attributions of one sentence; sentences come in order. */
void gr_find_attributions(const gr_clause *c, gr_talk *talk, gr_attributions *out);
/* Index of the attribution that tells of attribution `at`: the shortest whose content holds its cue and that
 * is told no deeper itself; GR_NONE where the text tells of it. */
uint32_t gr_attribution_around(const gr_attributions *all, uint32_t at);
/* The words that name a source. */
gr_span gr_source_span(const gr_clause *c, uint32_t source);
/* Whom "it said", "she added" stand for: the one who spoke last, where `source` is a pronoun that fits; else
 * `source`. */
uint32_t gr_one_who_spoke(const gr_clause *c, const gr_talk *talk, uint32_t source);
/* The claimants of a token, innermost first. */
gr_claimant *gr_claimants_of(const gr_clause *c, const gr_attributions *all, uint32_t token, uint32_t *count);

#endif
