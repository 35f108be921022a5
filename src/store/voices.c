/* Copies and rewrites of one text are one voice: reports that share most runs of five words. MinHash (Broder
 * 1997) of the runs, in BANDS bands of ROWS hashes; reports that agree in a whole band are one voice. Two
 * texts that share nine tenths of their runs are found with 0.9999, two that share a fifth with 0.01. */
#include "base/utf8.h"
#include "store/store_internal.h"

enum { RUN_WORDS = 5, BANDS = 8, ROWS = 4, LEAST_RUNS = 8 };

static uint64_t mix(uint64_t h) { /* the finaliser of MurmurHash3 */
    h = (h ^ h >> 33) * 0xFF51AFD7ED558CCDULL;
    h = (h ^ h >> 33) * 0xC4CEB9FE1A85EC53ULL;
    return h ^ h >> 33;
}

static uint64_t hash_word(gr_slice word) {
    uint64_t h = 0xCBF29CE484222325ULL;
    for (size_t i = 0; i < word.len; i++) h = (h ^ (unsigned char)word.ptr[i]) * 0x100000001B3ULL;
    return mix(h);
}

static bool is_word(gr_slice form) {
    for (size_t i = 0; i < form.len; i++) {
        unsigned char c = (unsigned char)form.ptr[i];
        if (c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            return true;
    }
    return false;
}

/* The least value of each hash over all runs of words; returns the number of runs. */
static uint32_t sign(gr_arena *arena, const gr_text *text, uint64_t least[BANDS * ROWS]) {
    uint64_t last[RUN_WORDS] = {0};
    uint32_t words = 0;
    for (int i = 0; i < BANDS * ROWS; i++) least[i] = UINT64_MAX;
    for (uint32_t t = 0; t < text->token_count; t++) {
        if (!is_word(text->token[t].form)) continue;
        last[words++ % RUN_WORDS] = hash_word(gr_fold(arena, text->token[t].form));
        if (words < RUN_WORDS) continue;
        uint64_t run = 0;
        for (uint32_t k = 0; k < RUN_WORDS; k++) run = mix(run ^ last[(words + k) % RUN_WORDS]) + k;
        for (uint64_t i = 0; i < BANDS * ROWS; i++) {
            uint64_t h = mix(run ^ (i + 1) * 0x9E3779B97F4A7C15ULL);
            if (h < least[i]) least[i] = h;
        }
    }
    return words < RUN_WORDS ? 0 : words - RUN_WORDS + 1;
}

typedef GR_VEC(int64_t) sources;

static gr_status sources_of_band(gr_record *record, gr_arena *arena, int band, int64_t hash, int64_t source,
                                 sources *out, gr_error *err) {
    sqlite3_stmt *row = store_statement_of(record, STORE_SHINGLES, err);
    if (!row) return err->status;
    int code = store_bind(row, STORE_VALUES(store_int(hash), store_int(band), store_int(source)));
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(row);
        if (code == SQLITE_ROW) gr_push(arena, out, sqlite3_column_int64(row, 0));
    }
    sqlite3_reset(row);
    return code == SQLITE_DONE ? GR_OK : store_fail(record, code, err);
}

/* Joins the voices of both sources; the number of a voice is the least of its sources'. */
static gr_status join_voices(gr_record *record, int64_t a, int64_t b, gr_error *err) {
    int64_t of_a, of_b;
    gr_status status = store_find(record, STORE_VOICE_OF, STORE_VALUES(store_int(a)), &of_a, err);
    if (status == GR_OK) status = store_find(record, STORE_VOICE_OF, STORE_VALUES(store_int(b)), &of_b, err);
    if (status != GR_OK || of_a == of_b) return status;
    int64_t low = of_a < of_b ? of_a : of_b, high = of_a < of_b ? of_b : of_a;
    return store_run(record, STORE_JOIN_VOICES, STORE_VALUES(store_int(high), store_int(low)), err);
}

static gr_status add_voice(gr_record *record, gr_arena *arena, int64_t source, const gr_text *text,
                           gr_error *err) {
    uint64_t least[BANDS * ROWS];
    uint32_t runs = sign(arena, text, least);
    sources alike = {0};
    gr_status status =
        store_run(record, STORE_SET_VOICE, STORE_VALUES(store_int(source), store_int(source)), err);
    for (int band = 0; band < BANDS && runs >= LEAST_RUNS && status == GR_OK; band++) {
        uint64_t h = (uint64_t)band;
        for (int i = 0; i < ROWS; i++) h = mix(h ^ least[band * ROWS + i]);
        int64_t hash = (int64_t)(h >> 1);
        status = sources_of_band(record, arena, band, hash, source, &alike, err);
        if (status == GR_OK)
            status = store_run(record, STORE_ADD_SHINGLE,
                               STORE_VALUES(store_int(band), store_int(hash), store_int(source)), err);
    }
    for (uint32_t i = 0; i < alike.count && status == GR_OK; i++)
        status = join_voices(record, source, alike.item[i], err);
    return status;
}

gr_status store_add_voice(gr_record *record, int64_t source, const gr_text *text, gr_error *err) {
    gr_arena *arena = gr_arena_new(STORE_FOLD_ARENA_B);
    jmp_buf full;
    if (!arena) return gr_fail(err, GR_NO_MEMORY, record->path, "out of memory while adding a report");
    if (setjmp(full)) {
        if (record->statement[STORE_SHINGLES]) sqlite3_reset(record->statement[STORE_SHINGLES]);
        gr_arena_free(arena);
        return gr_fail(err, GR_NO_MEMORY, record->path, "out of memory while adding a report");
    }
    gr_arena_guard(arena, &full);
    gr_status status = add_voice(record, arena, source, text, err);
    gr_arena_free(arena);
    return status;
}
