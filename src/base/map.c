#include "base/map.h"

uint32_t gr_hash32(gr_slice key) {
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < key.len; i++) h = (h ^ (unsigned char)key.ptr[i]) * 16777619u;
    h ^= h >> 16;
    h *= 0x85EBCA6Bu;
    return h ^ h >> 13;
}

static uint32_t *find_slot(const gr_map *map, gr_slice key, uint32_t hash) {
    uint32_t mask = map->slot_count - 1;
    for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
        uint32_t at = map->slot[i];
        if (at == 0) return &map->slot[i];
        const gr_map_entry *entry = &map->item[at - 1];
        if (entry->hash == hash && gr_eq(entry->key, key)) return &map->slot[i];
    }
}

uint32_t gr_map_get(const gr_map *map, gr_slice key) {
    if (map->slot_count == 0) return GR_MAP_NONE;
    uint32_t at = *find_slot(map, key, gr_hash32(key));
    return at ? map->item[at - 1].value : GR_MAP_NONE;
}

static void rehash(gr_arena *arena, gr_map *map) {
    map->slot_count = map->slot_count ? map->slot_count * 2 : 16;
    map->slot = gr_alloc_array(arena, map->slot_count, sizeof *map->slot);
    for (uint32_t i = 0; i < map->count; i++) *find_slot(map, map->item[i].key, map->item[i].hash) = i + 1;
}

uint32_t gr_map_set(gr_arena *arena, gr_map *map, gr_slice key, uint32_t value) {
    if ((uint64_t)(map->count + 1) * 4 > (uint64_t)map->slot_count * 3) rehash(arena, map);
    uint32_t hash = gr_hash32(key);
    uint32_t *slot = find_slot(map, key, hash);
    if (*slot) {
        uint32_t before = map->item[*slot - 1].value;
        map->item[*slot - 1].value = value;
        return before;
    }
    gr_push(arena, map, (gr_map_entry){key, value, hash});
    *slot = map->count;
    return GR_MAP_NONE;
}
