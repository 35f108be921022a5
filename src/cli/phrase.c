#include "cli/phrase.h"

#include <math.h>

/* Joins two texts with `between`; an empty one adds nothing. */
static gr_slice join(gr_arena *arena, gr_slice a, const char *between, gr_slice b) {
    if (!a.len) return b;
    if (!b.len) return a;
    return gr_printf(arena, "%.*s%s%.*s", GR_FMT(a), between, GR_FMT(b));
}

static gr_slice name_of(gr_arena *arena, const json_t *party) {
    gr_slice name = gr_json_text(party, "name"), status = gr_json_text(party, "status");
    if (!status.len || gr_eq(status, GR_S("fact"))) return name;
    return gr_printf(arena, "%.*s (%.*s)", GR_FMT(name), GR_FMT(status));
}

static gr_slice names_in_role(gr_arena *arena, const json_t *claim, const char *role, const char *between) {
    gr_slice names = {0};
    size_t i;
    json_t *party;
    json_array_foreach(json_object_get(claim, "who"), i, party) {
        if (gr_eq(gr_json_text(party, "role"), gr_slice_of(role)))
            names = join(arena, names, between, name_of(arena, party));
    }
    return names;
}

gr_slice gr_phrase_who(gr_arena *arena, const json_t *claim) {
    gr_slice actor = names_in_role(arena, claim, "actor", ", "),
             target = names_in_role(arena, claim, "target", ", ");
    gr_slice with = names_in_role(arena, claim, "with", " & "),
             subject = names_in_role(arena, claim, "subject", ", ");
    gr_slice doer = join(arena, join(arena, actor, " & ", with), ", ", subject);
    if (!target.len) return doer;
    return join(arena, doer.len ? doer : GR_S("?"), " \xE2\x86\x92 ", target);
}

gr_slice gr_phrase_where(gr_arena *arena, const json_t *claim) {
    gr_slice all = {0};
    size_t i;
    json_t *place;
    json_array_foreach(json_object_get(claim, "where"), i, place) {
        gr_slice name = gr_json_text(place, "name"), country = gr_json_text(place, "country");
        bool resolved = gr_json_text(place, "place").len || gr_json_text(place, "level").len;
        if (!resolved)
            name = gr_printf(arena, "%.*s?", GR_FMT(name));
        else if (country.len && !gr_eq(gr_json_text(place, "level"), GR_S("country")))
            name = gr_printf(arena, "%.*s (%.*s)", GR_FMT(name), GR_FMT(country));
        all = join(arena, all, ", ", name);
    }
    return all;
}

/* A mention stands as an object with its words, or as the words alone. */
static gr_slice words_of(const json_t *holder) {
    const json_t *mention = json_object_get(holder, "mention");
    return json_is_object(mention) ? gr_json_text(mention, "exact") : gr_json_text(holder, "mention");
}

gr_slice gr_phrase_when(gr_arena *arena, const json_t *claim) {
    const json_t *when = json_object_get(claim, "when");
    if (!json_is_object(when)) return GR_S("undated");
    gr_slice earliest = gr_json_text(when, "earliest"), latest = gr_json_text(when, "latest");
    if (earliest.len && latest.len && !gr_eq(earliest, latest))
        return gr_printf(arena, "%.*s..%.*s", GR_FMT(earliest), GR_FMT(latest));
    if (earliest.len && !latest.len) return gr_printf(arena, "from %.*s", GR_FMT(earliest));
    if (latest.len) return earliest.len ? earliest : gr_printf(arena, "until %.*s", GR_FMT(latest));
    return gr_printf(arena, "\xE2\x80\x9C%.*s\xE2\x80\x9D, undated", GR_FMT(words_of(when)));
}

/* "soldier", "civilian", "child" -> "soldiers", "civilians", "children". */
static gr_slice plural(gr_arena *arena, gr_slice unit) {
    static const struct {
        const char *one, *many;
    } irregular[] = {{"person", "people"}, {"child", "children"}, {"personnel", "personnel"},
                     {"police", "police"}, {"people", "people"},  {"aircraft", "aircraft"}};
    if (!unit.len || unit.ptr[unit.len - 1] == 's') return unit;
    for (size_t i = 0; i < sizeof irregular / sizeof *irregular; i++)
        if (gr_eq(unit, gr_slice_of(irregular[i].one))) return gr_slice_of(irregular[i].many);
    if (gr_ends(unit, GR_S("man"))) return gr_printf(arena, "%.*smen", (int)unit.len - 3, unit.ptr);
    if (gr_ends(unit, GR_S("y")) && !gr_ends(unit, GR_S("ey")) && !gr_ends(unit, GR_S("oy")))
        return gr_printf(arena, "%.*sies", (int)unit.len - 1, unit.ptr);
    return gr_printf(arena, "%.*ss", GR_FMT(unit));
}

static gr_slice phrase_count(gr_arena *arena, const json_t *count) {
    gr_slice op = gr_json_text(count, "op"), unit = gr_json_text(count, "unit"),
             what = gr_json_text(count, "what");
    double n = gr_json_number(count, "n"), n_max = gr_json_number(count, "n_max");
    gr_slice figure;
    if (n != 1 || (op.len && !gr_eq(op, GR_S("=")))) unit = plural(arena, unit);
    if (isnan(n))
        figure = gr_json_text(count, "words");
    else if (!isnan(n_max))
        figure = gr_printf(arena, "%.0f\xE2\x80\x93%.0f", n, n_max);
    else
        figure = gr_printf(arena, "%s%.*s%.0f", "", gr_eq(op, GR_S("=")) ? 0 : (int)op.len, op.ptr, n);
    bool of = isnan(n) && gr_ends(figure, GR_S("s")); /* "dozens of soldiers" */
    gr_slice all = join(arena, join(arena, figure, of ? " of " : " ", unit), " ", what);
    return json_is_true(json_object_get(count, "aggregate")) ? join(arena, all, " ", GR_S("in all")) : all;
}

gr_slice gr_phrase_counts(gr_arena *arena, const json_t *claim) {
    gr_slice all = {0};
    size_t i;
    json_t *count;
    json_array_foreach(json_object_get(claim, "counts"), i, count) all =
        join(arena, all, ", ", phrase_count(arena, count));
    return all;
}

gr_slice gr_phrase_says(gr_arena *arena, const json_t *claim) {
    gr_slice all = {0};
    const json_t *says = json_object_get(claim, "says");
    for (size_t i = json_array_size(says); i-- > 0;) { /* the outermost, whom we hear, first */
        const json_t *claimant = json_array_get(says, i);
        gr_slice name = json_is_object(claimant) ? gr_json_text(claimant, "name")
                                                 : gr_slice_of(json_string_value(claimant));
        all = join(arena, all, ", citing ", name);
    }
    return all;
}

gr_slice gr_phrase_what(gr_arena *arena, const json_t *claim) {
    gr_slice type = gr_json_text(claim, "type"), reality = gr_json_text(claim, "reality");
    if (gr_eq(reality, GR_S("occurred"))) return type;
    return join(arena, type, ", ", reality);
}
