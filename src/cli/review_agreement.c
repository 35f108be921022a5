/* How far reviewers agree: Krippendorff's alpha for nominal values (Krippendorff 2004, Content Analysis, ch.
 * 11), over the claims and incidents that at least two have judged. */
#include "base/limits.h"
#include "base/map.h"
#include "cli/record.h"
#include "cli/review.h"
#include "cli/screen.h"
#include "cli/table.h"

#include <stdio.h>

typedef struct rating {
    gr_slice field, subject, who, value;
} rating;

typedef struct ratings {
    gr_arena *arena;
    GR_VEC(rating) item;
} ratings;

/* A later judgement of the same reviewer takes the place of the earlier one. */
static void rate(ratings *r, gr_slice field, const gr_judgement_row *j, gr_slice value) {
    for (uint32_t i = 0; i < r->item.count; i++) {
        rating *known = &r->item.item[i];
        if (!gr_eq(known->field, field) || !gr_eq(known->subject, j->subject) || !gr_eq(known->who, j->who))
            continue;
        known->value = gr_copy(r->arena, value);
        return;
    }
    gr_push(r->arena, &r->item,
            (rating){gr_copy(r->arena, field), gr_copy(r->arena, j->subject), gr_copy(r->arena, j->who),
                     gr_copy(r->arena, value)});
}

static bool take(void *context, const gr_judgement_row *j) {
    ratings *r = context;
    if (j->undone_by) return true;
    if (gr_is(j->action, "accept") || gr_is(j->action, "reject")) rate(r, GR_S("verdict"), j, j->action);
    if (gr_is(j->action, "edit")) rate(r, j->other, j, j->words);
    return true;
}

/* Who accepted a claim without editing a field that another edited left it as it was. */
static void fill_unedited(ratings *r) {
    uint32_t count = r->item.count;
    for (uint32_t i = 0; i < count; i++) {
        rating edited = r->item.item[i];
        if (gr_is(edited.field, "verdict")) continue;
        for (uint32_t k = 0; k < count; k++) {
            rating other = r->item.item[k];
            if (!gr_is(other.field, "verdict") || !gr_is(other.value, "accept") ||
                !gr_eq(other.subject, edited.subject) || gr_eq(other.who, edited.who))
                continue;
            bool there = false;
            for (uint32_t m = 0; m < r->item.count && !there; m++)
                there = gr_eq(r->item.item[m].field, edited.field) &&
                        gr_eq(r->item.item[m].subject, edited.subject) &&
                        gr_eq(r->item.item[m].who, other.who);
            if (!there)
                gr_push(r->arena, &r->item, (rating){edited.field, edited.subject, other.who, GR_S("")});
        }
    }
}

typedef struct alpha {
    double value;
    uint32_t units, pairs; /* judged by two or more; ordered pairs of ratings on them */
    bool known;            /* false where all ratings are one value or none are paired */
} alpha;

static uint32_t raters_of(const ratings *r, gr_slice field, gr_slice subject) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < r->item.count; i++)
        count += gr_eq(r->item.item[i].field, field) && gr_eq(r->item.item[i].subject, subject);
    return count;
}

/* 1 - (n - 1) * observed / expected disagreement, from coincidences of values. */
static alpha alpha_of(const ratings *r, gr_slice field) {
    alpha out = {0};
    double observed = 0, total = 0, same = 0;
    gr_map seen = {0};
    uint32_t *raters = gr_alloc_array(r->arena, r->item.count + 1u, sizeof *raters);
    for (uint32_t i = 0; i < r->item.count; i++)
        if (gr_eq(r->item.item[i].field, field)) raters[i] = raters_of(r, field, r->item.item[i].subject);
    for (uint32_t i = 0; i < r->item.count; i++) {
        const rating *a = &r->item.item[i];
        if (raters[i] < 2) continue;
        if (gr_map_set(r->arena, &seen, a->subject, 1) == GR_MAP_NONE) out.units++;
        total += 1;
        for (uint32_t k = 0; k < r->item.count; k++) {
            const rating *b = &r->item.item[k];
            if (k == i || raters[k] < 2) continue;
            bool equal = gr_eq(a->value, b->value);
            same += equal;
            if (!gr_eq(a->subject, b->subject)) continue;
            out.pairs++;
            observed += equal ? 0 : 1.0 / (raters[i] - 1);
        }
    }
    double expected = total * (total - 1) - same; /* ordered pairs of different values */
    out.known = total > 1 && expected > 0;
    out.value = out.known ? 1 - (total - 1) * observed / expected : 1;
    return out;
}

static gr_status print(const gr_args *args, const ratings *r, gr_error *err) {
    gr_map fields = {0};
    gr_table table = {
        .arena = r->arena, .columns = 3, .title = {GR_S("FIELD"), GR_S("ALPHA"), GR_S("JUDGED BY TWO")}};
    json_t *list = json_array();
    uint32_t rows = 0;
    for (uint32_t i = 0; i < r->item.count; i++) {
        gr_slice field = r->item.item[i].field;
        if (gr_map_set(r->arena, &fields, field, 1) != GR_MAP_NONE) continue;
        alpha a = alpha_of(r, field);
        if (!a.units) continue;
        gr_slice cell[] = {field, a.known ? gr_printf(r->arena, "%.3f", a.value) : GR_S("one value"),
                           gr_printf(r->arena, "%u", a.units)};
        gr_table_row(&table, cell);
        rows++;
        json_array_append_new(list,
                              json_pack("{s:s%, s:o, s:i}", "field", field.ptr, field.len, "alpha",
                                        a.known ? json_real(a.value) : json_null(), "units", (int)a.units));
    }
    if (gr_args_given(args, "json")) return gr_json_print(json_pack("{s:o}", "agreement", list), err);
    json_decref(list);
    if (rows) gr_table_print(&table);
    if (!rows) gr_put_line("nothing has been judged by two reviewers");
    return GR_OK;
}

gr_status gr_review_agreement(const gr_args *args, gr_error *err) {
    gr_record *record = gr_open_record(args, GR_OPEN_READ, err);
    if (!record) return err->status;
    ratings r = {.arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B)};
    jmp_buf full;
    gr_status status;
    if (!r.arena || setjmp(full)) {
        status = gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while comparing reviewers");
    } else {
        gr_arena_guard(r.arena, &full);
        status = gr_record_judgements(record, take, &r, err);
        if (status == GR_OK) fill_unedited(&r);
        if (status == GR_OK) status = print(args, &r, err);
    }
    gr_arena_free(r.arena);
    gr_record_close(record);
    return status;
}
