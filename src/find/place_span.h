/* What the search for places passes between its two steps: spotting names (place_spot.c) and resolving them
 * (place_resolve.c). Only src/find/place*.c include this. */
#ifndef GRIOT_FIND_PLACE_SPAN_H
#define GRIOT_FIND_PLACE_SPAN_H

#include "find/places.h"

/* What kind of place the words around a name ask for: "the village of X", "X region". */
typedef enum gr_cue {
    GR_CUE_NONE,
    GR_CUE_POPULATED,
    GR_CUE_ADMIN, /* a unit of any level: "region" is used for all of them */
    GR_CUE_ADMIN1,
    GR_CUE_ADMIN2,
    GR_CUE_ADMIN3,
    GR_CUE_COUNTRY,
    GR_CUE_PARK,
    GR_CUE_WATER,
    GR_CUE_TERRAIN,
    GR_CUE_PRISON,
    GR_CUE_BASE,
    GR_CUE_FACILITY,
    GR_CUE_BORDER
} gr_cue;

enum { GR_SPAN_CANDIDATES = 48 };

typedef struct gr_place_span {
    gr_place_mention mention;
    gr_slice key; /* folded name, as looked up */
    gr_cue cue;
    float evidence; /* how much speaks for a name of a place here */
    bool exact;     /* candidates bear this very name, else only its sound */
    bool definite;  /* "the Atlantic" */
    bool listed;    /* in a list whose members are all countries, or units of one country */
    gr_level list_level;
    char list_country[4]; /* of the units; "" in a list of countries */
    bool coordinated;     /* joined to the mention before it: "A, B and C" */
    uint32_t candidate[GR_SPAN_CANDIDATES];
    float penalty[GR_SPAN_CANDIDATES]; /* for spelling; 0 for the very name */
    float company[GR_SPAN_CANDIDATES]; /* points for namesakes of other names close by */
    uint32_t candidate_count;
    char lent_to[4]; /* the country that this mention counts for in the scene, and how much */
    float lent;
} gr_place_span;

typedef GR_VEC(gr_place_span) gr_place_spans;

typedef struct gr_place_search {
    gr_arena *arena;
    const gr_gazetteer *gazetteer;
    const gr_text *text;
    const gr_word *word;
    const gr_place_context *context;
    bool french;
    gr_slice *folded;   /* per token of the wanted sentences */
    bool *case_is_mute; /* per sentence: wire copy or a headline, where capitals tell nothing */
    gr_place_spans spans;
    GR_VEC(uint32_t) demonyms; /* places that adjectives and people's names of the document point to */
} gr_place_search;

void gr_place_spot(gr_place_search *search);
void gr_place_resolve(gr_place_search *search);
void gr_place_lines(gr_place_search *search); /* place_line.c; needs the places resolved */

/* The words around a span (place_words.c). All take and give folded words. */
typedef struct gr_slot { /* the case word before a name */
    gr_where where;
    float evidence; /* how surely a place follows it */
} gr_slot;
/* The cue that a word gives ("village", "provinces"), or GR_CUE_NONE. *many: it stands in the plural. */
gr_cue gr_place_cue(gr_slice word, bool *many);
/* False where the word is no case word of a place. */
bool gr_place_slot(gr_slice word, bool french, gr_slot *out);
/* Degrees from north, clockwise, of "north", "south-east", "sud-ouest"; <0: no direction. */
float gr_place_bearing(gr_slice word);
/* Metres in "km", "miles"; 0: no unit of length. */
double gr_place_unit_m(gr_slice word);
/* A determiner, or an adjective that may stand before a place's name ("northern", "nearby"). */
bool gr_place_filler(gr_slice word);
/* A word that stands before a person's name: "General", "Mr". */
bool gr_place_title(gr_slice word);
/* A word that makes a place's name a disease's: "fever", "virus". */
bool gr_place_disease(gr_slice word);
/* A verb whose object is often a place: attack, capture, enter. */
bool gr_place_verb(gr_slice lemma);
/* Verbs of going or carrying; of working or aiming at what is no place; nouns of sites and acts that are at
 * one. */
bool gr_place_motion(gr_slice lemma);
/* Verbs whose object is nothing but a place, and their past forms. */
bool gr_place_war(gr_slice lemma);
/* Nouns of ways, whose end "to" tells. */
bool gr_place_way(gr_slice lemma);
bool gr_place_work(gr_slice lemma);
bool gr_place_building(gr_slice lemma);
/* Capitalised words that stand where places do and are none: months, days, languages' and feasts' names. */
bool gr_place_never(gr_slice word);

#endif
