#include "know/terms.h"

static const char *const kinds[GR_KIND_COUNT] = {"event", "toll", "relation", "presence", "custody", "force"};
static const char *const roles[GR_ROLE_COUNT] = {"actor", "target", "with", "subject"};
static const char *const statuses[] = {"fact", "claimed", "suspected", "possible"};
static const char *const realities[GR_REALITY_COUNT] = {"occurred", "ongoing", "planned",
                                                        "possible", "denied",  "negated"};
static const char *const whats[GR_WHAT_COUNT] = {
    "killed",  "wounded",   "abducted", "detained", "released", "displaced", "missing", "surrendered",
    "escaped", "recruited", "deployed", "arrested", "trapped",  "affected",  "other"};

static const char *const ties[GR_TIE_COUNT] = {"fights", "allied", "contact", "leads", "belongs", "located"};

const char *gr_kind_name(gr_kind kind) {
    return kinds[kind];
}
const char *gr_role_name(gr_role role) {
    return roles[role];
}
const char *gr_party_status_name(gr_party_status status) {
    return statuses[status];
}
const char *gr_reality_name(gr_reality reality) {
    return realities[reality];
}
const char *gr_what_name(gr_what what) {
    return whats[what];
}
const char *gr_tie_name(gr_tie_kind kind) {
    return ties[kind];
}

static unsigned index_of(const char *const *names, unsigned count, gr_slice name) {
    for (unsigned i = 0; i < count; i++)
        if (gr_eq(gr_slice_of(names[i]), name)) return i;
    return count;
}

gr_kind gr_kind_of(gr_slice name) {
    return (gr_kind)index_of(kinds, GR_KIND_COUNT, name);
}
gr_role gr_role_of(gr_slice name) {
    return (gr_role)index_of(roles, GR_ROLE_COUNT, name);
}
gr_reality gr_reality_of(gr_slice name) {
    return (gr_reality)index_of(realities, GR_REALITY_COUNT, name);
}
gr_tie_kind gr_tie_of(gr_slice name) {
    return (gr_tie_kind)index_of(ties, GR_TIE_COUNT, name);
}
gr_what gr_what_of(gr_slice name) {
    return (gr_what)index_of(whats, GR_WHAT_COUNT, name);
}
