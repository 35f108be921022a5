/* What each report tells of each incident, and which accounts of other reports tell of the same. */
#include "link/accounts.h"
#include "base/os.h"
#include "base/utf8.h"
#include "store/store_internal.h"

/* How far apart the days of two accounts of one incident may lie: gr_compare_accounts allows one day between
 * spans of at most two. */
enum { DAYS_AROUND = 3, WIDE_DAYS = 2 };

typedef struct telling {
    gr_record *record;
    int64_t coding;
    gr_arena *arena;
    GR_VEC(int64_t) fresh; /* accounts that were added */
    gr_error *err;
} telling;

/* The place that says most: the smallest; a name that nothing resolves lies in the region that stands beside
 * it. */
static const gr_account_place *main_place(const gr_account *a, bool resolved) {
    const gr_account_place *best = NULL, *open = NULL;
    for (uint32_t i = 0; i < a->place_count; i++) {
        const gr_account_place *here = &a->place[i];
        if (!best || here->level > best->level) best = here;
        if (!open && here->level == 0) open = here;
    }
    return best && open && best->level <= 5 && !resolved ? open : best;
}

static int32_t first_day(const gr_account *a) {
    return a->earliest != GR_NO_DAY ? a->earliest : a->latest != GR_NO_DAY ? a->latest - 31 : GR_NO_DAY;
}

static int32_t last_day(const gr_account *a) {
    return a->latest != GR_NO_DAY ? a->latest : a->earliest;
}

static store_value day_value(int32_t day) {
    return day == GR_NO_DAY ? store_null() : store_int(day);
}

/* Text that is never NULL. */
static store_value words_value(gr_slice words) {
    return (store_value){.type = STORE_TEXT, .bytes = words};
}

static bool is_wide(const gr_account *a) {
    return first_day(a) != GR_NO_DAY && last_day(a) - first_day(a) >= WIDE_DAYS;
}

static gr_status insert_account(telling *t, const gr_account *a, uint32_t number, int64_t *row) {
    gr_buffer line = {0};
    gr_account_write(a, &line);
    if (line.failed) {
        gr_buffer_free(&line);
        return gr_fail(t->err, GR_NO_MEMORY, t->record->path, "out of memory while adding a report");
    }
    const gr_account_place *place = main_place(a, true), *named = main_place(a, false);
    gr_slice none = {NULL, 0};
    gr_status status = store_run(
        t->record, STORE_ADD_ACCOUNT,
        STORE_VALUES(store_int(t->coding), store_int(number), day_value(first_day(a)), day_value(last_day(a)),
                     store_int(is_wide(a)), words_value(place ? place->country : none),
                     words_value(place ? place->admin1 : none),
                     words_value(named && (named->level >= 3 || named->level == 0) ? named->key : none),
                     store_int(gr_account_figure_of(a)), words_value(gr_buffer_slice(&line))),
        t->err);
    *row = sqlite3_last_insert_rowid(t->record->db);
    gr_buffer_free(&line);
    if (status == GR_OK)
        status = store_run(t->record, STORE_ADD_MEMBER, STORE_VALUES(store_int(*row)), t->err);
    return status;
}

/* Compares with the candidates that a statement gives, and keeps the pairs that are worth it. */
static gr_status compare_with(telling *t, const gr_account *a, int64_t row, sqlite3_stmt *candidate,
                              int code) {
    typedef struct found {
        int64_t other;
        gr_comparison is;
    } found;
    GR_VEC(found) pairs = {0};
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(candidate);
        if (code != SQLITE_ROW) break;
        gr_account other;
        if (sqlite3_column_int64(candidate, 0) == row ||
            !gr_account_read(t->arena, store_column(candidate, 1), &other))
            continue;
        found one = {sqlite3_column_int64(candidate, 0), gr_compare_accounts(a, &other)};
        if (one.is.verdict != GR_APART) gr_push(t->arena, &pairs, one);
    }
    sqlite3_reset(candidate);
    gr_status status = code == SQLITE_DONE ? GR_OK : store_fail(t->record, code, t->err);
    for (uint32_t i = 0; i < pairs.count && status == GR_OK; i++) {
        int64_t low = pairs.item[i].other < row ? pairs.item[i].other : row;
        int64_t high = pairs.item[i].other < row ? row : pairs.item[i].other;
        status = store_run(t->record, STORE_ADD_PAIR,
                           STORE_VALUES(store_int(low), store_int(high),
                                        store_words(gr_sameness_name(pairs.item[i].is.verdict)),
                                        store_int(pairs.item[i].is.points), store_int(pairs.item[i].is.why)),
                           t->err);
    }
    return status;
}

static gr_status find_by(telling *t, const gr_account *a, int64_t row, store_statement which,
                         const store_value *values, int count) {
    sqlite3_stmt *candidate = store_statement_of(t->record, which, t->err);
    if (!candidate) return t->err->status;
    return compare_with(t, a, row, candidate, store_bind(candidate, values, count));
}

/* Candidates lie near in time and in one region, or give one large figure for about one day, or, where a day
 * is missing or wide or the country is not known, name one place. */
static gr_status find_pairs(telling *t, const gr_account *a, int64_t row) {
    const gr_account_place *place = main_place(a, true), *named = main_place(a, false);
    gr_slice none = {NULL, 0}, country = place ? place->country : none, admin1 = place ? place->admin1 : none;
    bool precise = first_day(a) != GR_NO_DAY && !is_wide(a);
    int64_t figure = gr_account_figure_of(a);
    gr_status status = GR_OK;
    if (precise && country.len)
        status = find_by(t, a, row, STORE_CANDIDATES_BY_DAY,
                         STORE_VALUES(words_value(country), store_int(first_day(a) - DAYS_AROUND),
                                      store_int(last_day(a) + DAYS_AROUND), words_value(admin1),
                                      store_int(t->coding)));
    if (status == GR_OK && precise && figure)
        status = find_by(t, a, row, STORE_CANDIDATES_BY_FIGURE,
                         STORE_VALUES(store_int(first_day(a)), store_int(figure), store_int(t->coding)));
    if (status != GR_OK || !named || named->level == 1 || named->level == 2) return status;
    return find_by(t, a, row, STORE_CANDIDATES_BY_PLACE,
                   STORE_VALUES(words_value(named->key), precise ? store_int(first_day(a)) : store_null(),
                                precise ? store_int(last_day(a)) : store_null(), store_int(t->coding),
                                words_value(country)));
}

static gr_status add_one(telling *t, const gr_incident *in, int32_t published, const int64_t *claim_row) {
    gr_account account;
    int64_t row = 0;
    gr_account_of(t->arena, in, published, &account);
    gr_status status = insert_account(t, &account, in->number, &row);
    for (uint32_t i = 0; i < in->member_count && status == GR_OK; i++)
        status = store_run(t->record, STORE_ADD_TOLD,
                           STORE_VALUES(store_int(claim_row[in->member[i]]), store_int(row)), t->err);
    if (status == GR_OK) gr_push(t->arena, &t->fresh, row);
    if (status == GR_OK && gr_account_links(&account)) status = find_pairs(t, &account, row);
    return status;
}

typedef GR_VEC(int64_t) rows;

/* The numbers in the first column of a statement with one number bound. */
static gr_status numbers(telling *t, store_statement which, store_value bound, rows *out) {
    sqlite3_stmt *row = store_statement_of(t->record, which, t->err);
    if (!row) return t->err->status;
    int code = store_bind(row, &bound, 1);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(row);
        if (code == SQLITE_ROW) gr_push(t->arena, out, sqlite3_column_int64(row, 0));
    }
    sqlite3_reset(row);
    return code == SQLITE_DONE ? GR_OK : store_fail(t->record, code, t->err);
}

/* A report that was coded before with other knowledge: its old accounts leave their incidents, whose other
 * accounts are settled anew. */
static gr_status drop_old(telling *t, int64_t source) {
    rows old = {0}, touched = {0};
    gr_status status = numbers(t, STORE_OLD_ACCOUNTS, store_int(source), &old);
    for (uint32_t i = 0; i < old.count && status == GR_OK; i++) {
        int64_t incident;
        store_value account = store_int(old.item[i]);
        status = store_find(t->record, STORE_MEMBER_OF, &account, 1, &incident, t->err);
        if (status == GR_OK) status = numbers(t, STORE_MEMBERS_OF, store_int(incident), &touched);
        if (status == GR_OK) status = numbers(t, STORE_PAIRS_OF, account, &touched);
    }
    for (uint32_t i = 0; i < old.count && status == GR_OK; i++) {
        store_value account = store_int(old.item[i]);
        status = store_run(t->record, STORE_DROP_PAIRS, &account, 1, t->err);
        if (status == GR_OK) status = store_run(t->record, STORE_DROP_MEMBERS, &account, 1, t->err);
    }
    return status == GR_OK ? store_regroup(t->record, touched.item, touched.count, t->err) : status;
}

/* What an account that was just added is to the incident that it came into. */
static gr_status read_news(telling *t, int64_t account, gr_added *out) {
    sqlite3_stmt *row = store_statement_of(t->record, STORE_NEWS, t->err);
    if (!row) return t->err->status;
    int code = store_bind(row, STORE_VALUES(store_int(account)));
    if (code == SQLITE_OK) code = sqlite3_step(row);
    if (code == SQLITE_ROW) {
        bool told = sqlite3_column_int64(row, 0) > 0, other = sqlite3_column_int64(row, 1) > 0;
        out->first += !told;
        out->confirms += told && !other;
        out->differs += told && other;
        out->proposed += sqlite3_column_int64(row, 2) > 0;
    }
    sqlite3_reset(row);
    return code == SQLITE_ROW ? GR_OK : store_fail(t->record, code, t->err);
}

/* Apart from its caller, which sets the guard: no variable of it may live across the jump. */
__attribute__((noinline)) static gr_status add_all(telling *t, int64_t source, const gr_coded *coded,
                                                   const int64_t *claim_row, gr_added *out) {
    gr_status status = drop_old(t, source);
    for (uint32_t i = 0; i < coded->incident_count && status == GR_OK; i++)
        status = add_one(t, &coded->incident[i], coded->own_day, claim_row);
    if (status == GR_OK) status = store_regroup(t->record, t->fresh.item, t->fresh.count, t->err);
    for (uint32_t i = 0; i < t->fresh.count && status == GR_OK; i++)
        status = read_news(t, t->fresh.item[i], out);
    return status;
}

gr_status store_add_accounts(gr_record *record, int64_t coding, int64_t source, const gr_coded *coded,
                             const int64_t *claim_row, gr_added *out, gr_error *err) {
    gr_arena *arena = gr_arena_new(STORE_FOLD_ARENA_B);
    telling t = {.record = record, .coding = coding, .arena = arena, .err = err};
    jmp_buf full;
    if (!arena) return gr_fail(err, GR_NO_MEMORY, record->path, "out of memory while adding a report");
    if (setjmp(full)) {
        for (int i = 0; i < STORE_STATEMENT_COUNT; i++)
            if (record->statement[i]) sqlite3_reset(record->statement[i]);
        gr_arena_free(arena);
        return gr_fail(err, GR_NO_MEMORY, record->path, "out of memory while adding a report");
    }
    gr_arena_guard(arena, &full);
    gr_status status = add_all(&t, source, coded, claim_row, out);
    gr_arena_free(arena);
    return status;
}

gr_status store_account_named(gr_record *record, gr_slice name, int64_t *out, gr_error *err) {
    gr_slice number = name, doc = gr_cut(&number, '-');
    uint64_t n;
    bool fine =
        doc.len >= 6 && gr_starts(number, GR_S("i")) && gr_parse_u64(gr_sub(number, 1, number.len), &n);
    *out = 0;
    if (!fine)
        return gr_fail(err, GR_USAGE, NULL, "\"%.*s\" is no incident; one reads like 9f2c61d0a4be-i3",
                       (int)(name.len < 80 ? name.len : 80), name.ptr);
    gr_status status = store_find(record, STORE_ACCOUNT_NAMED,
                                  STORE_VALUES(store_text(doc), store_int((int64_t)n)), out, err);
    if (status == GR_OK && !*out)
        return gr_fail(err, GR_NOT_FOUND, record->path, "holds no incident %.*s", GR_FMT(name));
    return status;
}

/* In SQL alone: what a claim says of its time and place; without parties, so that nothing is merged. */
gr_status store_adopt_claims(gr_record *record, gr_error *err) {
    static const char *const ADOPT[] = {
        "INSERT INTO account (coding, number, first_day, last_day, wide, country, admin1, place, figure, "
        "line) "
        "SELECT c.coding, c.number, unixepoch(c.earliest) / 86400, unixepoch(c.latest) / 86400, "
        "coalesce(unixepoch(c.latest) - unixepoch(c.earliest) >= 2 * 86400, 0), coalesce(p.country, ''), "
        "coalesce(p.admin1, ''), coalesce(p.code, ''), 0, "
        "(CASE c.kind WHEN 'event' THEN 0 WHEN 'toll' THEN 1 WHEN 'relation' THEN 2 WHEN 'presence' THEN 3 "
        "WHEN 'custody' THEN 4 ELSE 5 END) || ',' || c.type || ',0,' "
        "|| coalesce(unixepoch(c.earliest) / 86400, '') || ',' || coalesce(unixepoch(c.latest) / 86400, '') "
        "|| '||||' FROM claim c JOIN newest n ON n.id = c.coding LEFT JOIN location l "
        "ON l.claim = c.id AND l.number = 1 LEFT JOIN place p ON p.id = l.place WHERE c.kind <> 'toll'",
        "INSERT INTO told (claim, account) SELECT c.id, a.id FROM claim c "
        "JOIN account a ON a.coding = c.coding AND a.number = c.number",
        "INSERT INTO member (account, incident) SELECT id, id FROM account",
        "INSERT INTO voice (source, voice) SELECT id, id FROM source",
    };
    gr_status status = GR_OK;
    for (size_t i = 0; i < sizeof ADOPT / sizeof *ADOPT && status == GR_OK; i++)
        status = store_exec(record, ADOPT[i], err);
    return status;
}
