#include "claim/claim.h"

const char *gr_precision_name(gr_precision precision) {
    static const char *const names[] = {"day", "range", "week", "month", "year", "unknown"};
    return names[precision];
}

const char *gr_basis_name(gr_basis basis) {
    static const char *const names[] = {"stated", "publication", "context"};
    return names[basis];
}

const char *gr_form_name(gr_form form) {
    static const char *const names[] = {"listed", "named", "person", "described", "site"};
    return names[form];
}
