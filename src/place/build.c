/* Facts -> image. Everything is sorted by content, so that the bytes depend neither on the order of the
 * sources nor on that of their rows. */
#include "base/buffer.h"
#include "base/digest.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/os.h"
#include "base/utf8.h"
#include "place/alike.h"
#include "place/source.h"

#include <stdlib.h>

typedef struct name_row {
    gr_slice key;
    uint32_t posting;
} name_row;

typedef struct builder {
    gr_arena *arena;
    gr_facts facts;
    uint32_t *number; /* index of facts.row -> place number */
    uint32_t *order;  /* place number -> index of facts.row */
    GR_VEC(name_row) names;
    GR_VEC(gr_image_name) image_name;
    GR_VEC(uint32_t) posting;
    GR_VEC(gr_image_near) near;
    uint32_t *filter, filter_count;
    GR_VEC(gr_image_word) word;
    GR_VEC(gr_image_shape) shape;
    GR_VEC(gr_image_point) point;
    gr_buffer strings;
    gr_buffer *report;
} builder;

static gr_fact *fact_at(builder *b, uint32_t index) {
    return &b->facts.row.item[index];
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
    for (uint32_t i = 0; i < b->facts.other_name.count; i++) {
        const gr_other_name *name = &b->facts.other_name.item[i];
        if (name->fact != GR_NO_PLACE) add_name(b, fact_at(b, name->fact), b->number[name->fact], name->name);
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
    uint32_t count = b->posting.count - first;
    if (count > UINT16_MAX) b->posting.count = first + (count = UINT16_MAX);
    gr_push(b->arena, &b->image_name,
            (gr_image_name){.key = add_string(b, key),
                            .key_b = (uint8_t)key.len,
                            .posting = first,
                            .posting_count = (uint16_t)count,
                            .ordinary = gr_map_get(ordinary, key) != GR_MAP_NONE});
}

static int by_bytes(const void *left, const void *right) {
    return gr_compare(*(const gr_slice *)left, *(const gr_slice *)right);
}

/* The words that are also names: as a set for the names, and all of them for whoever builds on this image. */
static void sort_words(builder *b, gr_map *ordinary) {
    gr_slice *word = b->facts.ordinary.item;
    if (b->facts.ordinary.count) qsort(word, b->facts.ordinary.count, sizeof *word, by_bytes);
    for (uint32_t i = 0; i < b->facts.ordinary.count; i++) {
        char buffer[GR_NAME_MAX_B];
        if (word[i].len == 0 || (i && gr_eq(word[i], word[i - 1]))) continue;
        gr_slice key = gr_name_key(word[i], buffer);
        if (key.len) gr_map_set(b->arena, ordinary, gr_copy(b->arena, key), 1);
        gr_push(b->arena, &b->word, (gr_image_word){add_string(b, word[i]), (uint32_t)word[i].len});
    }
}

static void sort_names(builder *b) {
    gr_map ordinary = {0};
    sort_words(b, &ordinary);
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

static gr_slice key_of(const builder *b, uint32_t name) {
    const gr_image_name *row = &b->image_name.item[name];
    return (gr_slice){b->strings.ptr + row->key, row->key_b};
}

static gr_image_slot *fill_slots(builder *b, uint32_t slot_count) {
    gr_image_slot *slot = gr_alloc_array(b->arena, slot_count, sizeof *slot);
    for (uint32_t i = 0; i < b->image_name.count; i++) {
        uint32_t hash = gr_hash32(key_of(b, i)), at = hash;
        while (slot[at & (slot_count - 1)].name) at++;
        slot[at & (slot_count - 1)] = (gr_image_slot){hash, i + 1};
    }
    return slot;
}

static int by_near(const void *left, const void *right) {
    const gr_image_near *a = left, *c = right;
    if (a->group != c->group) return a->group < c->group ? -1 : 1;
    return a->name < c->name ? -1 : a->name > c->name;
}

/* Each name once for each country in which a place bears it. */
static void sort_nears(builder *b) {
    for (uint32_t i = 0; i < b->image_name.count; i++) {
        const gr_image_name *name = &b->image_name.item[i];
        char buffer[GR_ALIKE_MAX_B];
        gr_slice key = gr_alike_key(key_of(b, i), buffer);
        uint32_t first = b->near.count, letters = gr_alike_letters(key), pairs = gr_alike_pairs(key);
        for (uint32_t k = 0; key.len && k < name->posting_count; k++) {
            uint32_t posting = b->posting.item[name->posting + k], at = first;
            if (posting & GR_POSTING_ADJECTIVE) continue;
            uint32_t group = gr_near_group(fact_at(b, b->order[posting])->country, key.len);
            while (at < b->near.count && b->near.item[at].group != group) at++;
            if (at == b->near.count) gr_push(b->arena, &b->near, (gr_image_near){group, letters, pairs, i});
        }
    }
    if (b->near.count) qsort(b->near.item, b->near.count, sizeof *b->near.item, by_near);
}

static void set_in_filter(builder *b, gr_slice bytes) {
    uint32_t hash = gr_hash32(bytes);
    b->filter[hash >> 5 & (b->filter_count - 1)] |= 1u << (hash & 31);
}

static void fill_filter(builder *b) {
    for (b->filter_count = 16; b->filter_count < b->image_name.count / 2;) b->filter_count *= 2;
    b->filter = gr_alloc_array(b->arena, b->filter_count, sizeof *b->filter);
    for (uint32_t i = 0; i < b->image_name.count; i++) {
        gr_slice key = key_of(b, i);
        set_in_filter(b, key);
        for (size_t k = 0; k < key.len; k++)
            if (key.ptr[k] == ' ') set_in_filter(b, gr_sub(key, 0, k + 1));
    }
}

static int by_place_and_points(const void *left, const void *right) {
    const gr_image_shape *a = left, *c = right;
    if (a->place != c->place) return a->place < c->place ? -1 : 1;
    if (a->line != c->line) return a->line ? 1 : -1;
    const int32_t here[] = {a->south_e4, a->west_e4, a->north_e4, a->east_e4, (int32_t)a->point_count};
    const int32_t there[] = {c->south_e4, c->west_e4, c->north_e4, c->east_e4, (int32_t)c->point_count};
    for (size_t i = 0; i < sizeof here / sizeof *here; i++)
        if (here[i] != there[i]) return here[i] < there[i] ? -1 : 1;
    return 0;
}

static gr_image_shape boxed(builder *b, const gr_fact_shape *from, uint32_t place) {
    gr_image_shape shape = {place,     from->point, from->point_count, from->line,
                            INT32_MAX, INT32_MAX,   INT32_MIN,         INT32_MIN};
    for (uint32_t k = 0; k < from->point_count; k++) {
        const gr_image_point *p = &b->facts.point.item[from->point + k];
        if (p->lat_e4 < shape.south_e4) shape.south_e4 = p->lat_e4;
        if (p->lat_e4 > shape.north_e4) shape.north_e4 = p->lat_e4;
        if (p->lon_e4 < shape.west_e4) shape.west_e4 = p->lon_e4;
        if (p->lon_e4 > shape.east_e4) shape.east_e4 = p->lon_e4;
    }
    return shape;
}

static void sort_shapes(builder *b) {
    gr_map by_id = {0};
    for (uint32_t i = 0; b->facts.shape.count && i < b->facts.row.count; i++)
        gr_map_set(b->arena, &by_id, fact_at(b, i)->id, b->number[i]);
    for (uint32_t i = 0; i < b->facts.shape.count; i++) {
        uint32_t place = gr_map_get(&by_id, b->facts.shape.item[i].id);
        if (place != GR_MAP_NONE) gr_push(b->arena, &b->shape, boxed(b, &b->facts.shape.item[i], place));
    }
    if (b->shape.count) qsort(b->shape.item, b->shape.count, sizeof *b->shape.item, by_place_and_points);
    for (uint32_t i = 0; i < b->shape.count; i++) {
        gr_image_shape *shape = &b->shape.item[i];
        uint32_t from = shape->point;
        shape->point = b->point.count;
        for (uint32_t k = 0; k < shape->point_count; k++)
            gr_push(b->arena, &b->point, b->facts.point.item[from + k]);
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
                              .slot_count = slots_for(b->image_name.count),
                              .near_count = b->near.count,
                              .filter_count = b->filter_count,
                              .word_count = b->word.count,
                              .shape_count = b->shape.count,
                              .point_count = b->point.count};
    memcpy(header.magic, GR_IMAGE_MAGIC, sizeof header.magic);
    gr_buffer_add(body, (gr_slice){(const char *)&header, sizeof header});
    for (uint32_t i = 0; i < header.place_count; i++) {
        gr_image_place place = image_place(b, b->order[i]);
        put(body, &place, 1, sizeof place);
    }
    put(body, b->image_name.item, header.name_count, sizeof *b->image_name.item);
    put(body, b->posting.item, header.posting_count, sizeof *b->posting.item);
    if (b->strings.failed) return too_large(path, err); /* the tables below read them */
    put(body, fill_slots(b, header.slot_count), header.slot_count, sizeof(gr_image_slot));
    put(body, b->near.item, header.near_count, sizeof *b->near.item);
    put(body, b->filter, header.filter_count, sizeof *b->filter);
    put(body, b->word.item, header.word_count, sizeof *b->word.item);
    put(body, b->shape.item, header.shape_count, sizeof *b->shape.item);
    put(body, b->point.item, header.point_count, sizeof *b->point.item);
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
    number_places(b);
    collect_names(b);
    sort_names(b);
    if (b->strings.failed) return too_large(path, err);
    sort_nears(b);
    fill_filter(b);
    sort_shapes(b);
    return write_image(b, path, body, err);
}

/* Alternate names last: they are kept for places that are there. */
static gr_status read_sources(gr_reading *reading, const gr_place_build *plan, gr_mapped *file,
                              gr_error *err) {
    gr_status status = GR_OK;
    for (uint32_t i = 0; i < plan->source_count && status == GR_OK; i++)
        status = gr_os_map(plan->source[i], GR_MAX_PLACE_SOURCE_B, &file[i], err);
    for (int names = 0; names < 2; names++)
        for (uint32_t i = 0; i < plan->source_count && status == GR_OK; i++) {
            gr_slice bytes = {(const char *)file[i].data, file[i].len};
            if (gr_is_alternate_names(bytes) != (names == 1)) continue;
            reading->file = plan->source[i];
            status =
                names ? gr_alternate_names_read(reading, bytes, err) : gr_source_read(reading, bytes, err);
        }
    return status;
}

static gr_status read_and_compile(builder *b, gr_place_build *plan, gr_mapped *file, gr_buffer *body,
                                  gr_error *err) {
    gr_reading reading = {.arena = b->arena,
                          .facts = &b->facts,
                          .file = plan->out_path,
                          .keep_going = plan->keep_going,
                          .report = plan->report};
    gr_status status = read_sources(&reading, plan, file, err);
    if (status == GR_OK) status = gr_facts_merge(&reading, err);
    if (status == GR_OK) status = compile(b, plan->out_path, body, err);
    plan->kept = reading.kept;
    plan->left_out = reading.left_out;
    plan->bad = reading.bad;
    plan->places = b->facts.row.count;
    return status;
}

gr_status gr_gazetteer_compile(gr_place_build *plan, gr_error *err) {
    gr_status status = GR_OK;
    gr_buffer body = {.limit_b = GR_MAX_GAZETTEER_B};
    builder *b = gr_os_alloc(sizeof *b);
    gr_mapped *file = gr_os_alloc(((size_t)plan->source_count + 1) * sizeof *file);
    gr_arena *arena = gr_arena_new(GR_MAX_PLACES_ARENA_B);
    jmp_buf full;
    if (file) memset(file, 0, (size_t)plan->source_count * sizeof *file);
    if (b) *b = (builder){.arena = arena, .report = plan->report, .strings = {.limit_b = GR_MAX_GAZETTEER_B}};
    if (!b || !file || !arena || setjmp(full)) {
        status =
            gr_fail(err, GR_NO_MEMORY, plan->out_path,
                    "the sources need more memory than there is, or than the ceiling of %zu MiB; take fewer",
                    GR_MAX_PLACES_ARENA_B >> 20);
        goto done;
    }
    gr_arena_guard(arena, &full);
    status = read_and_compile(b, plan, file, &body, err);
done:
    for (uint32_t i = 0; file && i < plan->source_count; i++) gr_os_unmap(&file[i]);
    if (b) gr_buffer_free(&b->strings);
    gr_arena_free(arena);
    gr_buffer_free(&body);
    gr_os_free(file);
    gr_os_free(b);
    return status;
}

gr_status gr_gazetteer_build(const char *const *source, uint32_t source_count, const char *out_path,
                             gr_buffer *report_to, gr_error *err) {
    gr_place_build plan = {
        .source = source, .source_count = source_count, .out_path = out_path, .report = report_to};
    return gr_gazetteer_compile(&plan, err);
}
