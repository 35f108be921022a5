/* Claims as GeoJSON (RFC 7946), for maps. Coordinates are those of the place named, at the level named,
 * rounded to two decimals; the quote is left out where it names a private person. Thread rule: no shared
 * state. */
#ifndef GRIOT_OUT_GEOJSON_H
#define GRIOT_OUT_GEOJSON_H

#include "base/error.h"

#include <jansson.h>

typedef struct gr_exported {
    uint32_t claims, features;
    uint32_t without_point; /* claims that have no feature */
} gr_exported;

/* Writes a FeatureCollection to `path` and what it leaves out to `path`.losses.json, each whole or not at
 * all. `claims`: array of claim objects (docs/claims.md). GR_IO, GR_NO_MEMORY, GR_USAGE (path too long). */
gr_status gr_geojson_write(const json_t *claims, const char *path, gr_exported *out, gr_error *err);

#endif
