#include "place/image.h"

#include "base/digest.h"
#include "base/utf8.h"

gr_slice gr_name_key(gr_slice folded, char *out) {
    size_t n = 0;
    for (size_t i = 0; i < folded.len; i++) {
        char c = folded.ptr[i];
        if (c == '\'' || c == '.' || c == '|' || c == '~')
            continue; /* the last two are marks of the tables */
        if (c == '-') c = ' ';
        if (c == ' ' && (n == 0 || out[n - 1] == ' ')) continue;
        if (n == GR_NAME_MAX_B) return (gr_slice){out, 0};
        out[n++] = c;
    }
    while (n && out[n - 1] == ' ') n--;
    return (gr_slice){out, n};
}

static gr_status damaged(const char *path, const char *what, gr_error *err) {
    return gr_fail(err, GR_BAD_MODEL, path, "damaged gazetteer: %s; build or install it again", what);
}

static gr_status lay_out(gr_image *g, const char *path, gr_slice bytes, gr_error *err) {
    const gr_image_header *h = (const void *)bytes.ptr;
    if (bytes.len < sizeof *h || memcmp(h->magic, GR_IMAGE_MAGIC, sizeof h->magic) != 0)
        return gr_fail(err, GR_BAD_MODEL, path,
                       "is not a griot gazetteer; name a file made from knowledge/places");
    if (h->version != GR_IMAGE_VERSION)
        return gr_fail(err, GR_BAD_MODEL, path,
                       "is a gazetteer of version %u, this griot reads %d; build it again", h->version,
                       GR_IMAGE_VERSION);
    uint64_t need =
        sizeof *h + (uint64_t)h->place_count * sizeof *g->place + (uint64_t)h->name_count * sizeof *g->name +
        (uint64_t)h->posting_count * sizeof *g->posting + (uint64_t)h->slot_count * sizeof *g->slot +
        (uint64_t)h->near_count * sizeof *g->near + (uint64_t)h->filter_count * sizeof *g->filter +
        (uint64_t)h->word_count * sizeof *g->word + (uint64_t)h->shape_count * sizeof *g->shape +
        (uint64_t)h->point_count * sizeof *g->point + h->strings_b;
    if (need != bytes.len) return damaged(path, "its length does not fit its header", err);
    if (h->slot_count <= h->name_count || (h->slot_count & (h->slot_count - 1)))
        return damaged(path, "its name table has a wrong size", err);
    if (h->filter_count == 0 || (h->filter_count & (h->filter_count - 1)))
        return damaged(path, "its filter has a wrong size", err);
    g->header = h;
    g->place = (const void *)(h + 1);
    g->name = (const void *)(g->place + h->place_count);
    g->posting = (const void *)(g->name + h->name_count);
    g->slot = (const void *)(g->posting + h->posting_count);
    g->near = (const void *)(g->slot + h->slot_count);
    g->filter = (const void *)(g->near + h->near_count);
    g->word = (const void *)(g->filter + h->filter_count);
    g->shape = (const void *)(g->word + h->word_count);
    g->point = (const void *)(g->shape + h->shape_count);
    g->strings = (const char *)(g->point + h->point_count);
    return GR_OK;
}

uint64_t gr_image_checksum(const gr_image_header *header, gr_slice body) {
    uint64_t sum = gr_checksum(0, (gr_slice){(const char *)header, offsetof(gr_image_header, checksum)});
    return gr_checksum(sum, body);
}

static bool starts_character(const gr_image *g, uint64_t off) {
    return ((unsigned char)g->strings[off] & 0xC0) != 0x80;
}

/* The strings are UTF-8 as a whole: one of them is where it starts and ends between characters. */
static bool text_fits(const gr_image *g, uint32_t off, uint32_t len) {
    uint64_t end = (uint64_t)off + len, all_b = g->header->strings_b;
    return len && end <= all_b && starts_character(g, off) && (end == all_b || starts_character(g, end));
}

static bool point_fits(int32_t lat_e4, int32_t lon_e4) {
    return lat_e4 >= -900000 && lat_e4 <= 900000 && lon_e4 >= -1800000 && lon_e4 <= 1800000;
}

static bool shape_fits(const gr_image *g, uint32_t number) {
    const gr_image_shape *s = &g->shape[number];
    return s->place < g->header->place_count && s->point_count >= 2 &&
           (uint64_t)s->point + s->point_count <= g->header->point_count &&
           (number == 0 || s[-1].place <= s->place);
}

static bool place_fits(const gr_image *g, uint32_t number) {
    const gr_image_place *p = &g->place[number];
    bool units = (p->parent == GR_NO_PLACE || p->parent < number) &&
                 (p->admin1 == GR_NO_PLACE || p->admin1 <= number) &&
                 (p->admin2 == GR_NO_PLACE || p->admin2 <= number);
    bool point = p->lat_e4 == GR_IMAGE_NO_POINT || point_fits(p->lat_e4, p->lon_e4);
    bool country = true;
    for (int i = 0; i < 3; i++)
        country &=
            (p->country[i] >= 'A' && p->country[i] <= 'Z') || (p->country[i] == 0 && p->country[0] == 0);
    return units && point && country && p->country[3] == 0 && p->level <= GR_LEVEL_AREA &&
           p->kind <= GR_CLASS_CONTINENT && text_fits(g, p->id, p->id_b) && text_fits(g, p->name, p->name_b);
}

static bool name_fits(const gr_image *g, uint32_t number) {
    const gr_image_name *n = &g->name[number];
    if (!text_fits(g, n->key, n->key_b) || n->key_b > GR_NAME_MAX_B) return false;
    if (number && gr_compare(gr_image_key(g, n - 1), gr_image_key(g, n)) >= 0) return false;
    return n->posting_count && (uint64_t)n->posting + n->posting_count <= g->header->posting_count;
}

static const char *fault_of(const gr_image *g) {
    const gr_image_header *h = g->header;
    if (!gr_utf8_valid((gr_slice){g->strings, h->strings_b})) return "its strings are not UTF-8";
    for (uint32_t i = 0; i < h->place_count; i++)
        if (!place_fits(g, i)) return "a place has fields out of range";
    for (uint32_t i = 0; i < h->name_count; i++)
        if (!name_fits(g, i)) return "its names are out of order or out of range";
    for (uint32_t i = 0; i < h->posting_count; i++)
        if ((g->posting[i] & ~GR_POSTING_ADJECTIVE) >= h->place_count) return "a name leads to no place";
    uint32_t used = 0;
    for (uint32_t i = 0; i < h->slot_count; i++) {
        if (g->slot[i].name > h->name_count) return "its name table leads nowhere";
        used += g->slot[i].name != 0;
    }
    if (used != h->name_count) return "its name table is not complete";
    for (uint32_t i = 0; i < h->near_count; i++)
        if (g->near[i].name >= h->name_count || (i && g->near[i - 1].group > g->near[i].group))
            return "its table of near spellings is out of order";
    for (uint32_t i = 0; i < h->word_count; i++)
        if (!text_fits(g, g->word[i].at, g->word[i].len_b)) return "a word is out of range";
    for (uint32_t i = 0; i < h->shape_count; i++)
        if (!shape_fits(g, i)) return "a shape is out of range";
    for (uint32_t i = 0; i < h->point_count; i++)
        if (!point_fits(g->point[i].lat_e4, g->point[i].lon_e4)) return "a shape has a point off the earth";
    return NULL;
}

gr_status gr_image_check(const char *path, gr_slice bytes, gr_image *out, gr_error *err) {
    gr_status status = lay_out(out, path, bytes, err);
    if (status != GR_OK) return status;
    if (gr_image_checksum(out->header, gr_sub(bytes, sizeof *out->header, bytes.len)) !=
        out->header->checksum)
        return damaged(path, "its checksum does not fit its content", err);
    const char *fault = fault_of(out);
    return fault ? damaged(path, fault, err) : GR_OK;
}

bool gr_ring_crossed(const gr_image_point *point, uint32_t count, int32_t lat_e4, int32_t lon_e4) {
    bool inside = false;
    for (uint32_t i = 0, j = count - 1; i < count; j = i++) {
        const gr_image_point *a = &point[i], *c = &point[j];
        if ((a->lat_e4 > lat_e4) == (c->lat_e4 > lat_e4)) continue;
        int64_t run = (int64_t)(lat_e4 - a->lat_e4) * (c->lon_e4 - a->lon_e4);
        int64_t rise = c->lat_e4 - a->lat_e4, left = (int64_t)(lon_e4 - a->lon_e4) * rise;
        if (rise > 0 ? left < run : left > run) inside = !inside;
    }
    return inside;
}
