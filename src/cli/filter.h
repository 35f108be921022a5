/* The filters of claims and incidents that commands share. Thread rule: the program's main thread only. */
#ifndef GRIOT_CLI_FILTER_H
#define GRIOT_CLI_FILTER_H

#include "cli/command.h"
#include "store/store.h"

#define GR_OPTIONS_FILTER                                                                                    \
    {"kind", 0, "KIND", "event, toll, relation, presence, custody or force"},                                \
        {"type", 0, "TYPE", "a type of the ontology: siege, abduct, ally ..."},                              \
        {"actor", 'a', "ACTOR", "an actor's id, or words of a name, in any role"},                           \
        {"place", 'p', "PLACE", "words of a place's name, or a country code such as NER"},                   \
        {"near", 0, "LAT,LON,KM", "a place of it lies so near to a point"},                                  \
        {"box", 0, "W,S,E,N", "a place of it lies in a box of degrees"},                                     \
        {"source", 's', "PUBLISHER", "the report's publisher"},                                              \
        {"reality", 0, "VALUE", "occurred, ongoing, planned, possible, denied or negated"},                  \
        {"text", 0, "WORDS", "words of the sentence"},                                                       \
        {"doc", 0, "DOC", "the report: its hash, or the first six digits or more"},                          \
        {"from", 0, "DATE", "what may have happened on or after a day"},                                     \
        {"until", 0, "DATE", "what may have happened on or before a day"}, {                                 \
        "limit", 'n', "N", "at most so many"                                                                 \
    }

/* Reads them. GR_USAGE says which value is wrong. */
gr_status gr_filter_of(const gr_args *args, gr_claim_filter *filter, gr_error *err);

#endif
