/* One document through all stages. Pure: no clock, no network, no disk.
 * Thread rule: a gr_library is opened once, then shared read-only; a gr_worker belongs to one thread. */
#ifndef GRIOT_PIPE_PIPE_H
#define GRIOT_PIPE_PIPE_H

#include "base/buffer.h"
#include "claim/claim.h"
#include "find/keys.h"
#include "know/know.h"
#include "link/link.h"
#include "place/place.h"
#include "read/read.h"

/* Models, knowledge and gazetteer of a process. */
typedef struct gr_library gr_library;
/* Opens everything under data_dir (knowledge/, models/, gazetteer.griot). The errors of the parts. */
gr_library *gr_library_open(const char *data_dir, gr_error *err);
/* The same with another gazetteer image. */
gr_library *gr_library_open_with(const char *data_dir, const char *gazetteer, gr_error *err);
void gr_library_close(gr_library *library); /* NULL is fine */
/* Actors, countries and types, which are the same in every language, with the rules and words of English. */
const gr_knowledge *gr_library_knowledge(const gr_library *library);
/* With those of another language (ISO 639-1), opened at the first call. NULL where it is not installed, and
 * with the error of gr_knowledge_open. Thread rule: any thread, at any time. */
const gr_knowledge *gr_library_knowledge_of(const gr_library *library, gr_slice lang, gr_error *err);
const gr_gazetteer *gr_library_gazetteer(const gr_library *library);
const gr_model *gr_library_model(const gr_library *library); /* of English */
/* 12 hex digits over rules, lexicons, actors, models and gazetteer: what made a claim. */
const char *gr_library_hash(const gr_library *library);

typedef struct gr_coded { /* valid until the worker's next document */
    gr_document document;
    gr_slice lang;            /* ISO 639-1: as given, as the page states it, or as its words show */
    bool lang_sure;           /* false: its words did not show it; read as English */
    const gr_knowledge *know; /* what it was read with */
    gr_text text;
    gr_word *word;
    bool *parsed; /* per sentence: was it parsed? (cheap first) */
    gr_keys keys; /* of the words of those */
    gr_offsets offsets;
    gr_claim *claim;
    uint32_t claim_count;
    gr_incident *incident; /* where the options ask for them */
    uint32_t incident_count;
    const gr_who *who; /* the mentions that incidents point to */
    int32_t own_day;   /* the day that "today" means: as given, or as the report says itself; or GR_NO_DAY */
} gr_coded;

typedef struct gr_pipe_options {
    bool parse_all; /* parse every sentence, not only those that can start a claim and the ones before: what
                       they tell of who and where can change a claim */
    bool incidents; /* link the claims into incidents */
    gr_kernel kernel;
} gr_pipe_options;

typedef struct gr_worker gr_worker;
gr_worker *gr_worker_new(const gr_library *library, gr_pipe_options options, gr_error *err);
void gr_worker_free(gr_worker *worker); /* NULL is fine */
/* Reads and codes one report. GR_BAD_INPUT also for one in a language that griot does not read. *out lives in
 * the worker's arena until its next call. */
gr_status gr_worker_code(gr_worker *worker, gr_slice bytes, const gr_source *source, gr_coded *out,
                         gr_error *err);

/* Writes the claims of a coded document as JSON lines (docs/claims.md). */
void gr_write_claims(const gr_library *library, const gr_coded *coded, gr_buffer *out);
/* Writes its incidents as JSON lines (docs/incidents.md). */
void gr_write_incidents(const gr_library *library, const gr_coded *coded, gr_buffer *out);
/* Writes one claim of it. */
void gr_write_claim(const gr_library *library, const gr_coded *coded, const gr_claim *claim, gr_buffer *out);

#endif
