/* Between the files of this room: a coded document with what the finders found, for explain and the tests of
 * the rules. */
#ifndef GRIOT_PIPE_INTERNAL_H
#define GRIOT_PIPE_INTERNAL_H

#include "base/json.h"
#include "claim/make.h"
#include "pipe/pipe.h"

typedef struct gr_understood { /* in the worker's arena, until its next call */
    gr_arena *arena;
    gr_who who;
    gr_place_mentions places;
    gr_times times;
    gr_quantities quantities;
    gr_claim_input input;
} gr_understood;

/* gr_worker_code that keeps what was found on the way. */
gr_status gr_worker_understand(gr_worker *worker, gr_slice bytes, const gr_source *source, gr_coded *out,
                               gr_understood *understood, gr_error *err);

typedef struct gr_span_cp { /* code points of the document's text, half-open */
    uint32_t begin, end;
} gr_span_cp;

typedef struct gr_locate_plan {
    bool demonyms;           /* adjectives and people's names too */
    bool official;           /* countries inside the names of offices and forces too ("the US Army") */
    const gr_span_cp *given; /* NULL: find the mentions; else spans, in text order, that are known to be some:
                                only these are resolved, one mention for each that lies on a word */
    uint32_t given_count;
} gr_locate_plan;

/* Place mentions alone, without times, quantities and claims: only `parsed`, `text`, `word` and `offsets` of
 * *out and `who` and `places` of *understood are filled. */
gr_status gr_worker_locate(gr_worker *worker, gr_slice bytes, const gr_source *source,
                           const gr_locate_plan *plan, gr_coded *out, gr_understood *understood,
                           gr_error *err);

/* The members of a span as every record gives them: exact text, start and end in code points. */
void gr_write_span_fields(gr_json *json, const gr_coded *coded, gr_span span);
/* The same as one object; null where the span is empty. */
void gr_write_span(gr_json *json, const gr_coded *coded, gr_span span);

/* Every mention of an actor, person, country, weapon or facility as JSON lines (docs/actors.md), in text
 * order. */
void gr_write_actors(const gr_library *library, const gr_coded *coded, const gr_understood *understood,
                     gr_buffer *out);
/* What a mention is, in the words of docs/actors.md: "listed", "described", "person" ... */
const char *gr_mention_word(const gr_mention *mention);
/* Writes who says what, what is negated, what happens or may happen, and when (docs/statements.md) as one
 * JSON line. Out of memory: out->failed. */
void gr_write_statements(const gr_library *library, const gr_coded *coded, const gr_understood *found,
                         gr_buffer *out);

typedef struct gr_relations_plan {
    const gr_span_cp *given; /* mentions that are known, in text order; NULL: those that griot finds */
    const unsigned *kinds;   /* gr_thing_kind bits (claim/ties.h), one for each of `given` */
    uint32_t count;
} gr_relations_plan;

/* Writes how the mentions of a text stand to each other (docs/relations.md) as one JSON line. Out of memory:
 * out->failed. */
void gr_write_relations(const gr_coded *coded, const gr_understood *found, const gr_relations_plan *plan,
                        gr_buffer *out);

#endif
