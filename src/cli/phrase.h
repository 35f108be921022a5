/* A claim in words for people: who, where, when, how many, who says so. Claims come as their JSON
 * (docs/claims.md), so that what stands in a record reads the same as what was just coded.
 * Results lie in the arena. Thread rule: none of its own. */
#ifndef GRIOT_CLI_PHRASE_H
#define GRIOT_CLI_PHRASE_H

#include "base/arena.h"
#include "cli/json.h"

gr_slice gr_phrase_who(gr_arena *arena,
                       const json_t *claim); /* "A -> B", "A & B"; "?" for an unknown actor */
gr_slice gr_phrase_where(gr_arena *arena, const json_t *claim);  /* "Tillia (NER)"; "Affala?" is unresolved */
gr_slice gr_phrase_when(gr_arena *arena, const json_t *claim);   /* days, the unsettled words, or "undated" */
gr_slice gr_phrase_counts(gr_arena *arena, const json_t *claim); /* "> 229 soldiers killed in all" */
gr_slice gr_phrase_says(gr_arena *arena, const json_t *claim);   /* "X, citing Y"; empty: the report itself */
/* "siege", "ally, planned": the type, with the reality where the thing has not simply occurred. */
gr_slice gr_phrase_what(gr_arena *arena, const json_t *claim);

#endif
