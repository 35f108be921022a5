/* Place mentions of a document, found and resolved. A demonym, an organisation, a person or a newspaper that
 * contains a place name is not a place. A parent rather than a wrong namesake; nothing rather than nonsense.
 * Thread rule: no shared state. */
#ifndef GRIOT_FIND_PLACES_H
#define GRIOT_FIND_PLACES_H

#include "lang/lang.h"
#include "place/place.h"

/* The case word before the mention, for claims' where.role. */
typedef enum gr_where {
    GR_WHERE_AT,
    GR_WHERE_NEAR,
    GR_WHERE_FROM,
    GR_WHERE_TO,
    GR_WHERE_BETWEEN,
    GR_WHERE_ALONG,
    GR_WHERE_IN
} gr_where;
const char *gr_where_name(gr_where where);

typedef struct gr_token_range {
    uint32_t begin, end; /* half-open, not empty, inside one sentence */
} gr_token_range;

enum { GR_RIVALS = 4 };

typedef struct gr_rival { /* another place that may be meant */
    uint32_t place;
    double score; /* 0..1, as the mention's */
} gr_rival;

typedef struct gr_place_mention {
    uint32_t tok_begin, tok_end; /* the name alone: "Takanamatt", "Park W", "three border area" */
    uint32_t sentence;
    uint32_t head; /* head token of the name in the parse */
    gr_where where;
    uint32_t place;            /* gazetteer number, or GR_NO_PLACE: a name that nothing resolves */
    uint32_t candidates;       /* how many places bear the name */
    double score;              /* 0..1 */
    gr_rival rival[GR_RIVALS]; /* the next best of those that bear the name, best first */
    uint32_t rival_count;
    const char *reason; /* static words: "exact, country of the document", "sound-alike", "parent unit" ... */
    uint32_t
        container;    /* mention index that the text names as holding it ("X, in the Y region"), or GR_NONE */
    double offset_km; /* "15 km north of X": distance, else 0 */
    float offset_bearing_deg; /* north 0, clockwise; <0: none is said */
    bool demonym;    /* "Malian troops": an adjective or a people's name, where these were asked for */
    bool adjectival; /* "the Malian border", "Tilia's base", "the Kidal region": names, not demonym people */
    uint32_t line;   /* the border that it and another country name together, or GR_NO_PLACE */
    gr_where line_where;
    gr_token_range line_words; /* "border between Niger and Mali" */
    bool official;             /* inside the name of an office or force: whose it is, not where anything is */
} gr_place_mention;

typedef GR_VEC(gr_place_mention) gr_place_mentions;

typedef struct gr_place_context {
    const bool *taken; /* per token: part of an actor or person name, not a place; may be NULL */
    /* Per token: a country named from here on is part of the name of an office, force or body ("the US Army",
     * "the government of Chad"), and a mention too. NULL: none of these is asked for. */
    const bool *official;
    const bool *sentence_wanted; /* per sentence: look here; NULL: everywhere */
    gr_slice lang;
    char country[8][4]; /* countries the document is known to speak of beforehand (alpha-3) */
    uint32_t country_count;
    bool demonyms; /* give adjectives and people's names too, as the country that they point to */
    /* Mentions that somebody else has found, in text order: only these are resolved, and none is dropped. */
    const gr_token_range *given; /* NULL: find them */
    uint32_t given_count;
} gr_place_context;

/* Finds and resolves all place mentions, in text order; with context->given one for each of them. */
void gr_find_places(gr_arena *arena, const gr_gazetteer *gazetteer, const gr_text *text, const gr_word *word,
                    const gr_place_context *context, gr_place_mentions *out);

/* Where "15 km north of X" lies, and how far the true spot may lie from there: 0.4 of the distance where a
 * direction is said (an eighth of the compass to either side, and rounded distances), the whole distance,
 * around X, where none is. False without a distance or without a point of X. */
bool gr_place_offset(const gr_gazetteer *gazetteer, const gr_place_mention *mention, gr_point *point,
                     double *radius_km);

#endif
