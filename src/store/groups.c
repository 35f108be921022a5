/* Which accounts are one incident. All accounts that hang together by certain pairs or by reviewers' merges
 * are settled at once: pairs are taken from the surest on, and join two groups unless these hold accounts of
 * one report (which that report tells apart), contradict each other, or were split by a reviewer. The result
 * depends on the accounts and the judgements alone, not on the order in which reports came. */
#include "link/accounts.h"
#include "store/store_internal.h"

#include <stdlib.h>

enum { FORCED_POINTS = 1 << 20 }; /* a reviewer's merge comes before all others */

typedef struct node {
    int64_t row, source;
    gr_slice name; /* "9f2c61d0a4be-i3" */
    gr_slice sha256;
    int64_t number;
    gr_account account;
    uint32_t group; /* index of the node that leads it */
} node;

typedef struct edge {
    uint32_t a, b;
    int32_t points;
} edge;

typedef struct web { /* what hangs together */
    gr_record *record;
    gr_arena *arena;
    GR_VEC(node) nodes;
    GR_VEC(edge) edges;
    GR_VEC(edge) splits;
    gr_error *err;
} web;

static uint32_t place_of(const web *w, int64_t row) {
    for (uint32_t i = 0; i < w->nodes.count; i++)
        if (w->nodes.item[i].row == row) return i;
    return GR_NONE;
}

static gr_status add_node(web *w, int64_t row) {
    if (place_of(w, row) != GR_NONE) return GR_OK;
    int64_t incident;
    gr_status status =
        store_find(w->record, STORE_MEMBER_OF, STORE_VALUES(store_int(row)), &incident, w->err);
    if (status != GR_OK || !incident) return status; /* of an older coding */
    sqlite3_stmt *found = store_statement_of(w->record, STORE_ACCOUNT, w->err);
    if (!found) return w->err->status;
    int code = store_bind(found, STORE_VALUES(store_int(row)));
    if (code == SQLITE_OK) code = sqlite3_step(found);
    bool fine = code == SQLITE_ROW;
    if (fine) {
        node n = {.row = row,
                  .source = sqlite3_column_int64(found, 1),
                  .name = gr_copy(w->arena, store_column(found, 0)),
                  .sha256 = gr_copy(w->arena, store_column(found, 3)),
                  .number = sqlite3_column_int64(found, 4),
                  .group = w->nodes.count};
        fine = gr_account_read(w->arena, store_column(found, 2), &n.account);
        if (fine) gr_push(w->arena, &w->nodes, n);
    }
    sqlite3_reset(found);
    if (fine) return GR_OK;
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return gr_fail(w->err, GR_BAD_MODEL, w->record->path, "the record is damaged (account %lld)",
                       (long long)row);
    return store_fail(w->record, code, w->err);
}

typedef struct neighbour {
    int64_t row;
    int32_t points;
} neighbour;
typedef GR_VEC(neighbour) neighbours;

static gr_status read_pairs(web *w, int64_t row, neighbours *out) {
    sqlite3_stmt *pair = store_statement_of(w->record, STORE_PAIRS_OF, w->err);
    if (!pair) return w->err->status;
    int code = store_bind(pair, STORE_VALUES(store_int(row)));
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(pair);
        if (code == SQLITE_ROW && sqlite3_column_int(pair, 2))
            gr_push(w->arena, out, (neighbour){sqlite3_column_int64(pair, 0), sqlite3_column_int(pair, 1)});
    }
    sqlite3_reset(pair);
    return code == SQLITE_DONE ? GR_OK : store_fail(w->record, code, w->err);
}

typedef struct decision {
    gr_slice other;
    bool merge;
} decision;
typedef GR_VEC(decision) decisions;

static gr_status read_decisions(web *w, gr_slice name, decisions *out) {
    sqlite3_stmt *row = store_statement_of(w->record, STORE_DECIDED_PAIRS, w->err);
    if (!row) return w->err->status;
    int code = store_bind(row, STORE_VALUES(store_text(name)));
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(row);
        if (code == SQLITE_ROW)
            gr_push(w->arena, out,
                    (decision){gr_copy(w->arena, store_column(row, 1)),
                               gr_eq(store_column(row, 0), GR_S("merge"))});
    }
    sqlite3_reset(row);
    return code == SQLITE_DONE ? GR_OK : store_fail(w->record, code, w->err);
}

/* Takes in all that the node is joined to, and notes how. */
static gr_status follow(web *w, uint32_t at) {
    neighbours near = {0};
    decisions decided = {0};
    gr_status status = read_pairs(w, w->nodes.item[at].row, &near);
    if (status == GR_OK) status = read_decisions(w, w->nodes.item[at].name, &decided);
    for (uint32_t i = 0; i < near.count && status == GR_OK; i++) {
        status = add_node(w, near.item[i].row);
        uint32_t other = place_of(w, near.item[i].row);
        if (other != GR_NONE && other > at)
            gr_push(w->arena, &w->edges, (edge){at, other, near.item[i].points});
        if (other != GR_NONE && other < at)
            gr_push(w->arena, &w->edges, (edge){other, at, near.item[i].points});
    }
    for (uint32_t i = 0; i < decided.count && status == GR_OK; i++) {
        int64_t row = 0;
        gr_error unused;
        if (store_account_named(w->record, decided.item[i].other, &row, &unused) != GR_OK) continue;
        status = add_node(w, row);
        uint32_t other = place_of(w, row);
        if (other == GR_NONE) continue;
        if (decided.item[i].merge)
            gr_push(w->arena, &w->edges, (edge){at, other, FORCED_POINTS});
        else
            gr_push(w->arena, &w->splits, (edge){at, other, 0});
    }
    return status;
}

static int by_name(const node *a, const node *b) {
    int order = gr_compare(a->sha256, b->sha256);
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

static bool split_apart(const web *w, uint32_t a, uint32_t b) {
    for (uint32_t i = 0; i < w->splits.count; i++) {
        uint32_t x = w->nodes.item[w->splits.item[i].a].group, y = w->nodes.item[w->splits.item[i].b].group;
        if ((x == a && y == b) || (x == b && y == a)) return true;
    }
    return false;
}

static bool may_join(const web *w, const edge *e, uint32_t a, uint32_t b) {
    if (split_apart(w, a, b)) return false;
    if (e->points >= FORCED_POINTS) return true;
    for (uint32_t i = 0; i < w->nodes.count; i++)
        for (uint32_t k = 0; k < w->nodes.count; k++) {
            const node *x = &w->nodes.item[i], *y = &w->nodes.item[k];
            if (x->group != a || y->group != b) continue;
            if (x->source == y->source) return false;
            gr_comparison is = gr_compare_accounts(&x->account, &y->account);
            if (is.contradicts || is.why & (1u << GR_WHY_OTHER_ACTOR | 1u << GR_WHY_OTHER_TARGET))
                return false;
        }
    return true;
}

static void join(web *w, uint32_t a, uint32_t b) {
    for (uint32_t i = 0; i < w->nodes.count; i++)
        if (w->nodes.item[i].group == b) w->nodes.item[i].group = a;
}

/* Surest first; of equals, by the names of their accounts. For qsort_r. */
static int surest_first(const void *one, const void *other, void *context) {
    const edge *a = one, *b = other;
    const web *w = context;
    if (a->points != b->points) return a->points > b->points ? -1 : 1;
    int order = by_name(&w->nodes.item[a->a], &w->nodes.item[b->a]);
    return order ? order : by_name(&w->nodes.item[a->b], &w->nodes.item[b->b]);
}

static void sort_edges(web *w) {
    for (uint32_t i = 0; i < w->edges.count; i++) { /* the account that is named first stands first */
        edge *e = &w->edges.item[i];
        if (by_name(&w->nodes.item[e->a], &w->nodes.item[e->b]) > 0) *e = (edge){e->b, e->a, e->points};
    }
    if (w->edges.count) qsort_r(w->edges.item, w->edges.count, sizeof *w->edges.item, surest_first, w);
}

/* An incident is named after the account of it whose name comes first. */
static gr_status write_groups(web *w) {
    gr_status status = GR_OK;
    for (uint32_t i = 0; i < w->nodes.count && status == GR_OK; i++) {
        const node *leader = &w->nodes.item[i];
        for (uint32_t k = 0; k < w->nodes.count; k++)
            if (w->nodes.item[k].group == w->nodes.item[i].group && by_name(&w->nodes.item[k], leader) < 0)
                leader = &w->nodes.item[k];
        status = store_run(w->record, STORE_SET_MEMBER,
                           STORE_VALUES(store_int(w->nodes.item[i].row), store_int(leader->row)), w->err);
    }
    return status;
}

static gr_status settle(web *w) {
    gr_status status = GR_OK;
    for (uint32_t at = 0; at < w->nodes.count && status == GR_OK; at++) status = follow(w, at);
    if (status != GR_OK) return status;
    sort_edges(w);
    for (uint32_t i = 0; i < w->edges.count; i++) {
        const edge *e = &w->edges.item[i];
        uint32_t a = w->nodes.item[e->a].group, b = w->nodes.item[e->b].group;
        if (a != b && may_join(w, e, a, b)) join(w, a, b);
    }
    return write_groups(w);
}

gr_status store_regroup(gr_record *record, const int64_t *account, uint32_t count, gr_error *err) {
    gr_arena *arena = gr_arena_new(STORE_FOLD_ARENA_B * 8);
    web w = {.record = record, .arena = arena, .err = err};
    jmp_buf full;
    if (!arena) return gr_fail(err, GR_NO_MEMORY, record->path, "out of memory while linking");
    if (setjmp(full)) {
        for (int i = 0; i < STORE_STATEMENT_COUNT; i++)
            if (record->statement[i]) sqlite3_reset(record->statement[i]);
        gr_arena_free(arena);
        return gr_fail(err, GR_NO_MEMORY, record->path, "out of memory while linking");
    }
    gr_arena_guard(arena, &full);
    gr_status status = GR_OK;
    for (uint32_t i = 0; i < count && status == GR_OK; i++) status = add_node(&w, account[i]);
    if (status == GR_OK) status = settle(&w);
    gr_arena_free(arena);
    return status;
}
