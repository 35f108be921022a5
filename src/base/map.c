#include "base/map.h"

uint32_t gr_hash32(gr_slice key) {
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < key.len; i++) h = (h ^ (unsigned char)key.ptr[i]) * 16777619u;
    h ^= h >> 16;
    h *= 0x85EBCA6Bu;
    return h ^ h >> 13;
}

static gr_map_slot *find_slot(const gr_map *map, gr_slice key, uint32_t hash) {
    uint32_t mask = map->slot_count - 1;
    for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
        gr_map_slot *slot = &map->slot[i];
        if (slot->at == 0 || (slot->hash == hash && gr_eq(map->item[slot->at - 1].key, key))) return slot;
    }
}

uint32_t gr_map_get(const gr_map *map, gr_slice key) {
    if (map->slot_count == 0) return GR_MAP_NONE;
    uint32_t hash = gr_hash32(key);
    if (map->filter_count && !(map->filter[hash >> 5 & (map->filter_count - 1)] >> (hash & 31) & 1))
        return GR_MAP_NONE;
    uint32_t at = find_slot(map, key, hash)->at;
    return at ? map->item[at - 1].value : GR_MAP_NONE;
}

static void rehash(gr_arena *arena, gr_map *map) {
    const gr_map_slot *old = map->slot;
    uint32_t old_count = map->slot_count;
    map->slot_count = old_count ? old_count * 2 : 16;
    map->slot = gr_alloc_array(arena, map->slot_count, sizeof *map->slot);
    for (uint32_t i = 0; i < old_count; i++) {
        uint32_t to = old[i].hash & (map->slot_count - 1);
        if (old[i].at == 0) continue;
        while (map->slot[to].at) to = (to + 1) & (map->slot_count - 1);
        map->slot[to] = old[i];
    }
}

static void note(gr_map *map, uint32_t hash) {
    map->filter[hash >> 5 & (map->filter_count - 1)] |= 1u << (hash & 31);
}

void gr_map_filter(gr_arena *arena, gr_map *map) {
    for (map->filter_count = 16; map->filter_count < map->count / 2;) map->filter_count *= 2;
    map->filter = gr_alloc_array(arena, map->filter_count, sizeof *map->filter);
    for (uint32_t i = 0; i < map->slot_count; i++)
        if (map->slot[i].at) note(map, map->slot[i].hash);
}

/* The slot of key, filled with value where it was free. */
static gr_map_entry *entry_for(gr_arena *arena, gr_map *map, gr_slice key, uint32_t value, bool *added) {
    if ((uint64_t)(map->count + 1) * 4 > (uint64_t)map->slot_count * 3) rehash(arena, map);
    uint32_t hash = gr_hash32(key);
    gr_map_slot *slot = find_slot(map, key, hash);
    *added = slot->at == 0;
    if (*added) {
        if (map->filter_count) note(map, hash);
        gr_push(arena, map, (gr_map_entry){key, value});
        *slot = (gr_map_slot){map->count, hash};
    }
    return &map->item[slot->at - 1];
}

uint32_t gr_map_set(gr_arena *arena, gr_map *map, gr_slice key, uint32_t value) {
    bool added;
    gr_map_entry *entry = entry_for(arena, map, key, value, &added);
    uint32_t before = entry->value;
    entry->value = value;
    return added ? GR_MAP_NONE : before;
}

uint32_t gr_map_put(gr_arena *arena, gr_map *map, gr_slice key, uint32_t value) {
    bool added;
    gr_map_entry *entry = entry_for(arena, map, key, value, &added);
    return added ? GR_MAP_NONE : entry->value;
}

void gr_map_reserve(gr_arena *arena, gr_map *map, uint32_t count) {
    uint32_t slots = 16;
    while ((uint64_t)slots * 3 < (uint64_t)count * 4) slots *= 2;
    map->slot = gr_alloc_array(arena, slots, sizeof *map->slot);
    map->slot_count = slots;
    map->item = gr_alloc_array(arena, count, sizeof *map->item);
    map->capacity = count;
}
