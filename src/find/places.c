#include "find/place_span.h"

const char *gr_where_name(gr_where where) {
    static const char *const NAME[] = {"at", "near", "from", "to", "between", "along", "in"};
    return NAME[where];
}

/* "in Diffa" is at the town and in the region. */
static gr_where settle_where(const gr_gazetteer *gazetteer, const gr_place_mention *mention) {
    if (mention->where != GR_WHERE_IN || mention->place == GR_NO_PLACE) return mention->where;
    gr_level level = gr_gazetteer_place(gazetteer, mention->place).level;
    return level == GR_LEVEL_POPULATED || level == GR_LEVEL_POINT ? GR_WHERE_AT : GR_WHERE_IN;
}

void gr_find_places(gr_arena *arena, const gr_gazetteer *gazetteer, const gr_text *text, const gr_word *word,
                    const gr_place_context *context, gr_place_mentions *out) {
    gr_place_search search = {.arena = arena,
                              .gazetteer = gazetteer,
                              .text = text,
                              .word = word,
                              .context = context,
                              .french = gr_eq(context->lang, GR_S("fr"))};
    gr_place_spot(&search);
    gr_place_resolve(&search);
    gr_place_lines(&search);
    for (uint32_t i = 0; i < search.spans.count; i++) {
        gr_place_mention mention = search.spans.item[i].mention;
        mention.where = settle_where(gazetteer, &mention);
        gr_push(arena, out, mention);
    }
}

bool gr_place_offset(const gr_gazetteer *gazetteer, const gr_place_mention *mention, gr_point *point,
                     double *radius_km) {
    if (mention->place == GR_NO_PLACE || mention->offset_km <= 0) return false;
    gr_place place = gr_gazetteer_place(gazetteer, mention->place);
    if (!place.has_point) return false;
    bool directed = mention->offset_bearing_deg >= 0;
    *point = directed ? gr_point_towards(place.lat_deg, place.lon_deg, mention->offset_km,
                                         (double)mention->offset_bearing_deg)
                      : (gr_point){place.lat_deg, place.lon_deg};
    *radius_km = directed ? 0.4 * mention->offset_km : mention->offset_km;
    return true;
}
