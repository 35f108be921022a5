#include "cli/filter.h"

#include "base/limits.h"
#include "cli/record.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_KM = 5000 };

/* Numbers parted by commas, exactly `count` of them. */
static bool read_numbers(gr_slice text, double *out, int count) {
    for (int i = 0; i < count; i++) {
        gr_slice one = gr_trim(gr_cut(&text, ','));
        char digits[32], *end;
        if (!one.len || one.len >= sizeof digits) return false;
        memcpy(digits, one.ptr, one.len);
        digits[one.len] = 0;
        out[i] = strtod(digits, &end);
        if (*end || !isfinite(out[i])) return false;
    }
    return text.len == 0;
}

static bool is_degrees(double lat, double lon) {
    return lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180;
}

static gr_status read_area(const gr_args *args, gr_claim_filter *filter, gr_error *err) {
    gr_slice near = gr_args_slice(args, "near"), box = gr_args_slice(args, "box");
    double n[4];
    if (near.len) {
        if (!read_numbers(near, n, 3) || !is_degrees(n[0], n[1]) || n[2] <= 0 || n[2] > MOST_KM)
            return gr_fail(err, GR_USAGE, NULL,
                           "--near takes a latitude, a longitude and up to %d km, as 14.5,1.2,50", MOST_KM);
        filter->has_point = true;
        filter->lat_deg = n[0];
        filter->lon_deg = n[1];
        filter->km = n[2];
    }
    if (box.len) {
        if (!read_numbers(box, n, 4) || !is_degrees(n[1], n[0]) || !is_degrees(n[3], n[2]) || n[0] > n[2] ||
            n[1] > n[3])
            return gr_fail(err, GR_USAGE, NULL,
                           "--box takes west, south, east and north in degrees, as 0,13,4,16");
        filter->has_box = true;
        memcpy(filter->box_deg, n, sizeof filter->box_deg);
    }
    return GR_OK;
}

/* One of a fixed set of values; GR_USAGE with the nearest right one. */
static gr_status one_of(const gr_args *args, const char *name, const char *const *value, unsigned count,
                        gr_slice *out, gr_error *err) {
    *out = gr_args_slice(args, name);
    if (!out->ptr) return GR_OK;
    for (unsigned i = 0; i < count; i++)
        if (strcmp(value[i], out->ptr) == 0) return GR_OK;
    const char *near = gr_nearest(out->ptr, value, count);
    return gr_fail(err, GR_USAGE, NULL, "--%s takes no \"%s\"%s%s%s", name, out->ptr,
                   near ? "; did you mean " : "; see --help", near ? near : "", near ? "?" : "");
}

gr_status gr_filter_of(const gr_args *args, gr_claim_filter *filter, gr_error *err) {
    const char *kinds[GR_KIND_COUNT], *realities[GR_REALITY_COUNT];
    for (unsigned i = 0; i < GR_KIND_COUNT; i++) kinds[i] = gr_kind_name(i);
    for (unsigned i = 0; i < GR_REALITY_COUNT; i++) realities[i] = gr_reality_name(i);
    *filter = gr_every_claim();
    filter->source = gr_args_slice(args, "source");
    filter->type = gr_args_slice(args, "type");
    filter->actor = gr_args_slice(args, "actor");
    filter->place = gr_args_slice(args, "place");
    filter->text = gr_args_slice(args, "text");
    filter->doc = gr_args_slice(args, "doc");
    uint64_t limit;
    gr_status status = one_of(args, "kind", kinds, GR_KIND_COUNT, &filter->kind, err);
    if (status == GR_OK) status = one_of(args, "reality", realities, GR_REALITY_COUNT, &filter->reality, err);
    if (status == GR_OK) status = gr_args_day(args, "from", &filter->from, err);
    if (status == GR_OK) status = gr_args_day(args, "until", &filter->until, err);
    if (status == GR_OK) status = gr_args_number(args, "limit", 1, UINT32_MAX, 0, &limit, err);
    if (status == GR_OK) filter->limit = (uint32_t)limit;
    return status == GR_OK ? read_area(args, filter, err) : status;
}
