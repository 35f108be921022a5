/* Hash maps from text to a number, in an arena. Keys are not copied. Insertion order is kept, so that walking
 * a map is deterministic. */
#ifndef GRIOT_BASE_MAP_H
#define GRIOT_BASE_MAP_H

#include "base/arena.h"

#define GR_MAP_NONE UINT32_MAX

typedef struct gr_map_entry {
    gr_slice key;
    uint32_t value;
} gr_map_entry;

typedef struct gr_map_slot {
    uint32_t at; /* index into item + 1; 0 = free */
    uint32_t hash;
} gr_map_slot;

typedef struct gr_map {
    gr_map_entry *item; /* in order of insertion */
    uint32_t count, capacity;
    gr_map_slot *slot;
    uint32_t slot_count;
    uint32_t *filter, filter_count; /* bits of all hashes; filter_count, in words, is 0 or a power of two */
} gr_map;

/* The value under key, or GR_MAP_NONE. Works on a zeroed map. */
uint32_t gr_map_get(const gr_map *map, gr_slice key);
/* Sets key to value; returns the value that stood there before, or GR_MAP_NONE. */
uint32_t gr_map_set(gr_arena *arena, gr_map *map, gr_slice key, uint32_t value);
/* The value under key; where there is none, sets it to value and returns GR_MAP_NONE. */
uint32_t gr_map_put(gr_arena *arena, gr_map *map, gr_slice key, uint32_t value);
/* For a large map that most look-ups miss: a filter tells most of those by one look at a small table. */
void gr_map_filter(gr_arena *arena, gr_map *map);
/* Makes room for count keys in an empty map. */
void gr_map_reserve(gr_arena *arena, gr_map *map, uint32_t count);
/* The hash that maps use (FNV-1a, 32 bit, mixed): the same on every machine. */
uint32_t gr_hash32(gr_slice key);

#endif
