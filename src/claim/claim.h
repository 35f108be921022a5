/* The claim: one assertion in one sentence by one claimant, as in docs/claims.md. Plain data in the
 * document's arena; spans are bytes of the document's text (code points only appear in output). Thread rule:
 * none of its own; a claim belongs to its document. */
#ifndef GRIOT_CLAIM_CLAIM_H
#define GRIOT_CLAIM_CLAIM_H

#include "find/quantity.h"
#include "find/time.h"
#include "know/terms.h"

typedef struct gr_span {
    uint32_t begin_b, end_b; /* half-open; begin == end: none */
} gr_span;

/* Bytes of tokens begin..end (half-open). */
gr_span gr_span_of(const gr_text *text, uint32_t begin, uint32_t end);

const char *gr_precision_name(gr_precision precision);
const char *gr_basis_name(gr_basis basis);

/* How a party is spoken of. */
typedef enum gr_form {
    GR_FORM_LISTED,    /* by a name that a list knows, or its government's country */
    GR_FORM_NAMED,     /* by a name that no list knows */
    GR_FORM_PERSON,    /* a person by name */
    GR_FORM_DESCRIBED, /* by a common noun: "gunmen", "residents" */
    GR_FORM_SITE       /* a building, vehicle or other work */
} gr_form;

const char *gr_form_name(gr_form form);

typedef struct gr_party {
    gr_role role;
    gr_slice id;   /* of the listed actor; empty: no list knows it */
    gr_slice name; /* neutral */
    gr_slice kind; /* actor kind of docs/knowledge.md, or empty */
    gr_form form;
    gr_slice family; /* of a site: "military", "health"; of described people: "body" for "the army", "a
                        cartel"; else empty */
    gr_span mention;
    gr_span phrase; /* the whole noun phrase: "three unidentified gunmen" */
    gr_span thing;  /* of a site: the phrase without "several", "at least ten"; of people: without "suspected"
                       and  the name of their group */
    gr_span listed_as; /* of people of a listed group: its name in the report (of described ones in incidents
                          only) */
    gr_party_status status;
    bool plural;
    bool inherited; /* taken from an earlier sentence or heading, or through a pronoun */
} gr_party;

typedef struct gr_location {
    const char *role;  /* gr_where_name */
    gr_slice name;     /* resolved name, or the words */
    const char *level; /* gr_level_name, or NULL when nothing was resolved */
    gr_slice country;  /* ISO alpha-3 or empty */
    gr_slice admin1, admin2;
    gr_slice place; /* gazetteer id, or empty */
    bool has_point;
    bool city; /* of 100,000 people or more: much happens there on one day */
    double lat_deg, lon_deg;
    double score;
    uint32_t candidates;
    const char *reason;
    gr_span mention;
    bool inherited;
} gr_location;

typedef struct gr_when {
    bool present;
    gr_span mention;
    int32_t earliest, latest; /* days, or GR_NO_DAY */
    gr_precision precision;
    gr_basis basis;
    bool inherited;
} gr_when;

typedef struct gr_count {
    gr_what what;
    gr_op op;
    int64_t n, n_max; /* or GR_NO_NUMBER */
    gr_slice words;   /* the vague words, where op is ~ and n is not given */
    gr_slice unit;    /* "soldier", "civilian", "person"; empty where the text does not say */
    const char *of;   /* role name of the party counted ("target", "actor", "subject"), or NULL */
    bool aggregate;
    gr_span mention;
    bool part;   /* of the figure told before it: "21 civilians, among them 13 children" */
    bool single; /* one, from a noun in the singular alone: "a leader", "the leader" */
} gr_count;

typedef struct gr_claimant { /* one link of the chain; the innermost first */
    gr_slice id, name;
    gr_span mention; /* the source's words */
    gr_span cue;     /* "said", "according to" */
    gr_span content; /* what is attributed */
} gr_claimant;

typedef struct gr_instrument { /* a weapon that it was done with */
    gr_slice name;             /* label of its class: "firearm" */
    gr_slice family;           /* firearm, explosive, heavy, aerial, grenade, ... (lexicon) */
    gr_span mention, phrase;
} gr_instrument;

typedef struct gr_person { /* a person named in the claim; private persons stay persons */
    gr_slice name;
    gr_slice office; /* empty: no public office is stated */
    gr_span mention;
} gr_person;

/* How the words point at the event, for linking. */
typedef enum gr_telling {
    GR_TOLD_OPEN,   /* a verb, or a noun that neither points back nor sets apart */
    GR_TOLD_AGAIN,  /* "the attack", "this raid" */
    GR_TOLD_ANOTHER /* "a second attack", "meanwhile, gunmen killed ..." */
} gr_telling;

typedef struct gr_claim {
    uint32_t number; /* in the document, from 1, in order of trigger */
    gr_kind kind;
    gr_slice type; /* of the ontology */
    uint32_t sentence;
    gr_span quote; /* the sentence */
    gr_span trigger;
    gr_party *party;
    uint32_t party_count;
    gr_location *location;
    uint32_t location_count;
    gr_when when;
    gr_count *count;
    uint32_t count_count;
    gr_claimant *claimant;
    uint32_t claimant_count;
    gr_person *person;
    uint32_t person_count;
    gr_instrument *instrument;
    uint32_t instrument_count;
    gr_reality reality;
    gr_telling telling;
    bool ends;      /* of a relation: it tells that it came to an end */
    bool adds;      /* "also arrested", "two additional men": its figures add to those told before */
    uint32_t block; /* of the text, that the sentence stands in */
    gr_slice acled, plover, cameo; /* usual codes, details applied */
    int ucdp;
    gr_slice rule;
    uint32_t same_as; /* number of the earlier claim of the same assertion in this document, or 0 */
    uint32_t part_of; /* number of the claim whose figure this one is a part of, or 0 */
    double score;
} gr_claim;

#endif
