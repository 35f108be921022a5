/* Tables -> image. Everything is sorted by content, so that the bytes depend neither on the order of the
 * tables nor on that of their rows. */
#include "base/buffer.h"
#include "base/digest.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/os.h"
#include "base/utf8.h"
#include "place/alike.h"
#include "place/table.h"

#include <stdlib.h>

typedef struct name_row {
    gr_slice key;
    uint32_t posting;
} name_row;

typedef struct builder {
    gr_arena *arena;
    gr_facts facts;
    gr_map by_id;     /* id -> index of facts.row */
    uint32_t *number; /* index of facts.row -> place number */
    uint32_t *order;  /* place number -> index of facts.row */
    GR_VEC(name_row) names;
    GR_VEC(gr_image_name) image_name;
    GR_VEC(uint32_t) posting;
    GR_VEC(gr_image_near) near;
    uint32_t *filter, filter_count;
    gr_buffer strings;
    gr_buffer *report;
} builder;

static gr_fact *fact_at(builder *b, uint32_t index) {
    return &b->facts.row.item[index];
}

static gr_status link_parents(builder *b, gr_error *err) {
    for (uint32_t i = 0; i < b->facts.row.count; i++) {
        gr_fact *fact = fact_at(b, i);
        uint32_t before = gr_map_set(b->arena, &b->by_id, fact->id, i);
        if (before != GR_MAP_NONE)
            return gr_table_fail(err, fact->file, fact->line, "id %.*s stands already in %s:%u; remove one",
                                 GR_FMT(fact->id), fact_at(b, before)->file, fact_at(b, before)->line);
    }
    for (uint32_t i = 0; i < b->facts.row.count; i++) {
        gr_fact *fact = fact_at(b, i);
        if (fact->parent_id.len == 0) continue;
        fact->parent = gr_map_get(&b->by_id, fact->parent_id);
        if (fact->parent == GR_MAP_NONE)
            return gr_table_fail(err, fact->file, fact->line, "parent %.*s is in no table",
                                 GR_FMT(fact->parent_id));
        gr_fact *parent = fact_at(b, fact->parent);
        if (fact->country[0] && parent->country[0] && memcmp(fact->country, parent->country, 3) != 0)
            return gr_table_fail(err, fact->file, fact->line, "lies in %s, but its parent %.*s in %s",
                                 fact->country, GR_FMT(parent->id), parent->country);
    }
    return GR_OK;
}

static gr_status measure_depth(builder *b, gr_error *err) {
    for (uint32_t i = 0; i < b->facts.row.count; i++) {
        gr_fact *fact = fact_at(b, i);
        for (uint32_t up = fact->parent; up != GR_NO_PLACE; up = fact_at(b, up)->parent)
            if (++fact->depth > 16)
                return gr_table_fail(err, fact->file, fact->line,
                                     "its parents form a circle or go up over 16 steps");
    }
    return GR_OK;
}

static const gr_fact *sorted_facts; /* for qsort, which passes no context; the builder runs in one thread */

static int by_rank(const void *left, const void *right) {
    const gr_fact *a = &sorted_facts[*(const uint32_t *)left], *c = &sorted_facts[*(const uint32_t *)right];
    if (a->depth != c->depth) return a->depth < c->depth ? -1 : 1;
    if (a->level != c->level) return a->level > c->level ? -1 : 1;
    return gr_compare(a->id, c->id);
}

static void number_places(builder *b) {
    uint32_t count = b->facts.row.count;
    b->order = gr_alloc_array(b->arena, count + 1, sizeof *b->order);
    b->number = gr_alloc_array(b->arena, count + 1, sizeof *b->number);
    for (uint32_t i = 0; i < count; i++) b->order[i] = i;
    sorted_facts = b->facts.row.item;
    qsort(b->order, count, sizeof *b->order, by_rank);
    for (uint32_t i = 0; i < count; i++) b->number[b->order[i]] = i;
}

static void report(builder *b, const gr_fact *fact, const char *what, gr_slice name) {
    if (b->report)
        gr_buffer_printf(b->report, "%s:%u: %s: %.*s\n", fact->file, fact->line, what, GR_FMT(name));
}

static void add_name(builder *b, const gr_fact *fact, uint32_t place, gr_slice name) {
    bool adjective = gr_starts(name, GR_S("~"));
    if (adjective) name = gr_sub(name, 1, name.len);
    char buffer[GR_NAME_MAX_B];
    gr_slice key = gr_name_key(gr_fold(b->arena, name), buffer);
    if (key.len == 0) {
        report(b, fact, "name left out, empty or too long", name);
        return;
    }
    gr_push(b->arena, &b->names,
            (name_row){gr_copy(b->arena, key), place | (adjective ? GR_POSTING_ADJECTIVE : 0)});
}

static void collect_names(builder *b) {
    for (uint32_t place = 0; place < b->facts.row.count; place++) {
        const gr_fact *fact = fact_at(b, b->order[place]);
        add_name(b, fact, place, fact->name);
        for (gr_slice rest = fact->variants; rest.len;) {
            gr_slice variant = gr_trim(gr_cut(&rest, '|'));
            if (variant.len) add_name(b, fact, place, variant);
        }
    }
}

static int by_key(const void *left, const void *right) {
    const name_row *a = left, *c = right;
    int order = gr_compare(a->key, c->key);
    if (order) return order;
    return a->posting < c->posting ? -1 : a->posting > c->posting;
}

static uint32_t add_string(builder *b, gr_slice s) {
    uint32_t at = (uint32_t)b->strings.len;
    gr_buffer_add(&b->strings, s);
    return at;
}

static void close_name(builder *b, gr_slice key, uint32_t first, const gr_map *ordinary) {
    char sound[GR_ALIKE_MAX_B];
    uint32_t count = b->posting.count - first;
    if (count > UINT16_MAX) b->posting.count = first + (count = UINT16_MAX);
    gr_slice alike = gr_alike_key(key, sound);
    gr_push(b->arena, &b->image_name,
            (gr_image_name){.key = add_string(b, key),
                            .key_b = (uint8_t)key.len,
                            .posting = first,
                            .posting_count = (uint16_t)count,
                            .sound_b = alike.len & 127,
                            .ordinary = gr_map_get(ordinary, key) != GR_MAP_NONE});
}

static void sort_names(builder *b) {
    gr_map ordinary = {0};
    for (uint32_t i = 0; i < b->facts.ordinary.count; i++)
        gr_map_set(b->arena, &ordinary, b->facts.ordinary.item[i], 1);
    if (b->names.count) qsort(b->names.item, b->names.count, sizeof *b->names.item, by_key);
    uint32_t first = 0;
    for (uint32_t i = 0; i < b->names.count; i++) {
        const name_row *row = &b->names.item[i];
        bool starts = i == 0 || !gr_eq(row->key, row[-1].key);
        if (starts && i) close_name(b, row[-1].key, first, &ordinary);
        if (starts) first = b->posting.count;
        if (starts || row->posting != row[-1].posting) gr_push(b->arena, &b->posting, row->posting);
    }
    if (b->names.count) close_name(b, b->names.item[b->names.count - 1].key, first, &ordinary);
}

/* The unit of the wanted level that holds the place, or is it. */
static uint32_t unit_above(builder *b, uint32_t index, gr_level level) {
    for (; index != GR_NO_PLACE; index = fact_at(b, index)->parent)
        if (fact_at(b, index)->level == level) return b->number[index];
    return GR_NO_PLACE;
}

static gr_image_place image_place(builder *b, uint32_t index) {
    const gr_fact *fact = fact_at(b, index);
    gr_image_place place = {.id = add_string(b, fact->id),
                            .name = add_string(b, fact->name),
                            .id_b = (uint8_t)fact->id.len,
                            .name_b = (uint8_t)fact->name.len,
                            .level = (uint8_t)fact->level,
                            .kind = (uint8_t)fact->kind,
                            .parent = fact->parent == GR_NO_PLACE ? GR_NO_PLACE : b->number[fact->parent],
                            .admin1 = unit_above(b, index, GR_LEVEL_ADMIN1),
                            .admin2 = unit_above(b, index, GR_LEVEL_ADMIN2),
                            .lat_e4 = fact->lat_e4,
                            .lon_e4 = fact->lon_e4,
                            .population = fact->population};
    memcpy(place.country, fact->country, sizeof place.country);
    return place;
}

static uint32_t slots_for(uint32_t names) {
    uint32_t slots = 16;
    while (slots < names + names / 3 + 1) slots *= 2;
    return slots;
}

static uint32_t *fill_slots(builder *b, uint32_t slot_count) {
    uint32_t *slot = gr_alloc_array(b->arena, slot_count, sizeof *slot);
    for (uint32_t i = 0; i < b->image_name.count; i++) {
        const gr_image_name *name = &b->image_name.item[i];
        uint32_t at = gr_hash32((gr_slice){b->strings.ptr + name->key, name->key_b});
        while (slot[at & (slot_count - 1)]) at++;
        slot[at & (slot_count - 1)] = i + 1;
    }
    return slot;
}

static int by_sound(const void *left, const void *right) {
    const gr_image_sound *a = left, *c = right;
    if (a->hash != c->hash) return a->hash < c->hash ? -1 : 1;
    return a->name < c->name ? -1 : a->name > c->name;
}

static gr_image_sound *sort_sounds(builder *b) {
    gr_image_sound *sound = gr_alloc_array(b->arena, b->image_name.count + 1, sizeof *sound);
    for (uint32_t i = 0; i < b->image_name.count; i++) {
        char buffer[GR_ALIKE_MAX_B];
        const gr_image_name *name = &b->image_name.item[i];
        gr_slice key = gr_alike_key((gr_slice){b->strings.ptr + name->key, name->key_b}, buffer);
        sound[i] = (gr_image_sound){gr_hash32(key), i};
    }
    qsort(sound, b->image_name.count, sizeof *sound, by_sound);
    return sound;
}

static int by_near(const void *left, const void *right) {
    const gr_image_near *a = left, *c = right;
    if (a->group != c->group) return a->group < c->group ? -1 : 1;
    return a->name < c->name ? -1 : a->name > c->name;
}

static void sort_nears(builder *b) {
    for (uint32_t i = 0; i < b->image_name.count; i++) {
        const gr_image_name *name = &b->image_name.item[i];
        char buffer[GR_ALIKE_MAX_B];
        gr_slice key = gr_alike_key((gr_slice){b->strings.ptr + name->key, name->key_b}, buffer);
        uint32_t first = b->near.count, letters = gr_alike_letters(key), pairs = gr_alike_pairs(key);
        for (uint32_t k = 0; name->sound_b && k < name->posting_count; k++) {
            uint32_t posting = b->posting.item[name->posting + k], at = first;
            if (posting & GR_POSTING_ADJECTIVE) continue;
            uint32_t group = gr_near_group(fact_at(b, b->order[posting])->country, name->sound_b);
            while (at < b->near.count && b->near.item[at].group != group) at++;
            if (at == b->near.count) gr_push(b->arena, &b->near, (gr_image_near){group, letters, pairs, i});
        }
    }
    if (b->near.count) qsort(b->near.item, b->near.count, sizeof *b->near.item, by_near);
}

static void set_in_filter(builder *b, const char *bytes, size_t len) {
    uint32_t hash = gr_hash32((gr_slice){bytes, len});
    b->filter[hash >> 5 & (b->filter_count - 1)] |= 1u << (hash & 31);
}

static void fill_filter(builder *b) {
    for (b->filter_count = 16; b->filter_count < b->image_name.count / 2;) b->filter_count *= 2;
    b->filter = gr_alloc_array(b->arena, b->filter_count, sizeof *b->filter);
    for (uint32_t i = 0; i < b->image_name.count; i++) {
        const char *key = b->strings.ptr + b->image_name.item[i].key;
        size_t len = b->image_name.item[i].key_b;
        set_in_filter(b, key, len);
        for (size_t k = 0; k < len; k++)
            if (key[k] == ' ') set_in_filter(b, key, k + 1);
    }
}

static void put(gr_buffer *out, const void *bytes, size_t count, size_t size) {
    if (count) gr_buffer_add(out, (gr_slice){bytes, count * size});
}

static gr_status too_large(const char *path, gr_error *err) {
    return gr_fail(err, GR_TOO_LARGE, path, "the gazetteer does not fit its ceiling of %zu MiB or memory",
                   GR_MAX_GAZETTEER_B >> 20);
}

static gr_status write_image(builder *b, const char *path, gr_buffer *body, gr_error *err) {
    gr_image_header header = {.version = GR_IMAGE_VERSION,
                              .place_count = b->facts.row.count,
                              .name_count = b->image_name.count,
                              .posting_count = b->posting.count,
                              .near_count = b->near.count,
                              .filter_count = b->filter_count,
                              .slot_count = slots_for(b->image_name.count)};
    memcpy(header.magic, GR_IMAGE_MAGIC, sizeof header.magic);
    gr_buffer_add(body, (gr_slice){(const char *)&header, sizeof header});
    for (uint32_t i = 0; i < header.place_count; i++) {
        gr_image_place place = image_place(b, b->order[i]);
        put(body, &place, 1, sizeof place);
    }
    put(body, b->image_name.item, header.name_count, sizeof *b->image_name.item);
    put(body, b->posting.item, header.posting_count, sizeof *b->posting.item);
    if (b->strings.failed) return too_large(path, err); /* the tables below read them */
    put(body, fill_slots(b, header.slot_count), header.slot_count, sizeof(uint32_t));
    put(body, sort_sounds(b), header.name_count, sizeof(gr_image_sound));
    put(body, b->near.item, header.near_count, sizeof *b->near.item);
    put(body, b->filter, header.filter_count, sizeof *b->filter);
    gr_buffer_add(body, gr_buffer_slice(&b->strings));
    if (body->failed) return too_large(path, err);
    header.strings_b = (uint32_t)b->strings.len;
    gr_sha256_state state;
    gr_sha256_begin(&state);
    gr_sha256_add(&state, (gr_slice){(const char *)&header, offsetof(gr_image_header, sha256)});
    gr_sha256_add(&state, gr_sub(gr_buffer_slice(body), sizeof header, body->len));
    memcpy(header.sha256, gr_sha256_end(&state).hex, sizeof header.sha256);
    header.checksum = gr_image_checksum(&header, gr_sub(gr_buffer_slice(body), sizeof header, body->len));
    memcpy(body->ptr, &header, sizeof header);
    return gr_os_write_all(path, gr_buffer_slice(body), err);
}

static gr_status compile(builder *b, const char *path, gr_buffer *body, gr_error *err) {
    gr_status status = link_parents(b, err);
    if (status == GR_OK) status = measure_depth(b, err);
    if (status != GR_OK) return status;
    number_places(b);
    collect_names(b);
    sort_names(b);
    sort_nears(b);
    fill_filter(b);
    return write_image(b, path, body, err);
}

static gr_status read_tables(builder *b, const char *const *source, uint32_t count, char **bytes,
                             gr_error *err) {
    for (uint32_t i = 0; i < count; i++) {
        size_t len;
        gr_status status = gr_os_read_all(source[i], GR_MAX_KNOWLEDGE_FILE_B, &bytes[i], &len, err);
        if (status == GR_OK)
            status = gr_table_read(b->arena, source[i], (gr_slice){bytes[i], len}, &b->facts, err);
        if (status != GR_OK) return status;
    }
    return GR_OK;
}

gr_status gr_gazetteer_build(const char *const *source, uint32_t source_count, const char *out_path,
                             gr_buffer *report_to, gr_error *err) {
    gr_status status = GR_OK;
    gr_buffer body = {.limit_b = GR_MAX_GAZETTEER_B};
    builder *b = gr_os_alloc(sizeof *b);
    char **bytes = gr_os_alloc((size_t)source_count * sizeof *bytes);
    gr_arena *arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B);
    jmp_buf full;
    if (bytes) memset(bytes, 0, (size_t)source_count * sizeof *bytes);
    if (b) *b = (builder){.arena = arena, .report = report_to, .strings = {.limit_b = GR_MAX_GAZETTEER_B}};
    if (!b || !bytes || !arena || setjmp(full)) {
        status = gr_fail(err, GR_NO_MEMORY, out_path, "out of memory while building the gazetteer");
        goto done;
    }
    gr_arena_guard(arena, &full);
    status = read_tables(b, source, source_count, bytes, err);
    if (status == GR_OK) status = compile(b, out_path, &body, err);
done:
    for (uint32_t i = 0; bytes && i < source_count; i++) gr_os_free(bytes[i]);
    if (b) gr_buffer_free(&b->strings);
    gr_arena_free(arena);
    gr_buffer_free(&body);
    gr_os_free(bytes);
    gr_os_free(b);
    return status;
}
