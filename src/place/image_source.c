/* An image as a source: all that it was built from, but for the spelling of variants, which it keeps folded.
 */
#include "place/source.h"

#include <stdlib.h>

typedef struct place_name { /* a posting turned round */
    uint32_t place, name;
} place_name;

static int by_place(const void *left, const void *right) {
    const place_name *a = left, *c = right;
    if (a->place != c->place) return a->place < c->place ? -1 : 1;
    return a->name < c->name ? -1 : a->name > c->name;
}

static gr_slice variants_of(gr_arena *arena, const gr_image *image, const place_name *name, uint32_t count) {
    size_t len = 0, n = 0;
    for (uint32_t i = 0; i < count; i++) len += image->name[name[i].name].key_b + 2u;
    char *out = gr_alloc(arena, len + 1);
    for (uint32_t i = 0; i < count; i++) {
        const gr_image_name *row = &image->name[name[i].name];
        if (n) out[n++] = '|';
        if (name[i].place & GR_POSTING_ADJECTIVE) out[n++] = '~';
        memcpy(out + n, image->strings + row->key, row->key_b);
        n += row->key_b;
    }
    return (gr_slice){out, n};
}

static void read_shapes(gr_reading *reading, const gr_image *image) {
    uint32_t before = reading->facts->point.count;
    for (uint32_t i = 0; i < image->header->point_count; i++)
        gr_push(reading->arena, &reading->facts->point, image->point[i]);
    for (uint32_t i = 0; i < image->header->shape_count; i++) {
        const gr_image_shape *shape = &image->shape[i];
        const gr_image_place *place = &image->place[shape->place];
        gr_push(reading->arena, &reading->facts->shape,
                (gr_fact_shape){.id = {image->strings + place->id, place->id_b},
                                .line = shape->line,
                                .point = before + shape->point,
                                .point_count = shape->point_count,
                                .file = reading->file,
                                .number = 1});
    }
}

static gr_status read_places(gr_reading *reading, const gr_image *image, const place_name *name,
                             gr_error *err) {
    uint32_t at = 0, postings = image->header->posting_count;
    for (uint32_t i = 0; i < image->header->place_count; i++) {
        const gr_image_place *place = &image->place[i];
        gr_fact fact = gr_source_fact(reading, GR_RANK_IMAGE);
        fact.id = (gr_slice){image->strings + place->id, place->id_b};
        fact.name = (gr_slice){image->strings + place->name, place->name_b};
        fact.level = (gr_level)place->level;
        fact.kind = (gr_place_class)place->kind;
        memcpy(fact.country, place->country, sizeof fact.country);
        fact.lat_e4 = place->lat_e4;
        fact.lon_e4 = place->lon_e4;
        fact.population = place->population;
        if (place->parent != GR_NO_PLACE) {
            const gr_image_place *parent = &image->place[place->parent];
            fact.parent_id = (gr_slice){image->strings + parent->id, parent->id_b};
        }
        uint32_t first = at;
        while (at < postings && (name[at].place & ~GR_POSTING_ADJECTIVE) == i) at++;
        fact.variants = variants_of(reading->arena, image, name + first, at - first);
        gr_status status = gr_source_keep(reading, &fact, err);
        if (status != GR_OK) return status;
    }
    return GR_OK;
}

/* Sorts by place; the mark of adjectives is the highest bit and must not part them. */
static place_name *names_by_place(gr_arena *arena, const gr_image *image) {
    uint32_t n = 0, postings = image->header->posting_count;
    place_name *out = gr_alloc_array(arena, (size_t)postings + 1, sizeof *out);
    for (uint32_t i = 0; i < image->header->name_count; i++)
        for (uint32_t k = 0; k < image->name[i].posting_count && n < postings; k++) {
            uint32_t posting = image->posting[image->name[i].posting + k];
            out[n++] = (place_name){posting << 1 | posting >> 31, i};
        }
    for (uint32_t i = n; i < postings; i++) out[i] = (place_name){UINT32_MAX, 0};
    if (n) qsort(out, n, sizeof *out, by_place);
    for (uint32_t i = 0; i < n; i++) out[i].place = out[i].place >> 1 | out[i].place << 31;
    return out;
}

gr_status gr_image_read(gr_reading *reading, gr_slice bytes, gr_error *err) {
    gr_image image;
    gr_status status = gr_image_check(reading->file, bytes, &image, err);
    if (status != GR_OK) return status;
    reading->line = 1;
    status = read_places(reading, &image, names_by_place(reading->arena, &image), err);
    if (status != GR_OK) return status;
    for (uint32_t i = 0; i < image.header->word_count; i++)
        gr_push(reading->arena, &reading->facts->ordinary,
                (gr_slice){image.strings + image.word[i].at, image.word[i].len_b});
    read_shapes(reading, &image);
    return GR_OK;
}
