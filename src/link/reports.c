#include "link/reports.h"

#include "base/limits.h"
#include "base/map.h"
#include "base/os.h"
#include "know/blocks.h"

#include <math.h>

/* Mean similarity from which two groups are one; set on development texts. */
#define ALIKE 0.22f
/* What names and numbers count for beside all content words; two incidents of a kind share the words of their
 * kind. */
#define NAMES 0.7f
/* A word in more than this share of the reports tells none of them apart. */
enum { COMMON_SHARE = 4, COMMON_FROM = 16 };
/* The first sentences say what a report is about: their words count twice. */
enum { LEAD_SENTENCES = 3 };

typedef struct term {
    uint32_t word; /* number of the word over all reports */
    uint32_t count;
    bool names; /* a name or a number in this report */
} term;

typedef GR_VEC(term) terms;

struct gr_groups {
    gr_arena *arena;
    gr_map words;               /* folded word -> number, in order of first use */
    GR_VEC(uint32_t) frequency; /* per word: reports with it */
    GR_VEC(terms) report;
};

gr_groups *gr_groups_new(gr_error *err) {
    gr_groups *groups = gr_os_alloc(sizeof *groups);
    gr_arena *arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B);
    if (!groups || !arena) {
        gr_os_free(groups);
        gr_arena_free(arena);
        gr_fail(err, GR_NO_MEMORY, NULL, "out of memory");
        return NULL;
    }
    *groups = (gr_groups){.arena = arena};
    return groups;
}

void gr_groups_free(gr_groups *groups) {
    if (!groups) return;
    gr_arena_free(groups->arena);
    gr_os_free(groups);
}

uint32_t gr_groups_count(const gr_groups *groups) {
    return groups->report.count;
}

static bool tells(const gr_word *w) {
    return w->upos == GR_NOUN || w->upos == GR_PROPN || w->upos == GR_VERB || w->upos == GR_ADJ ||
           w->upos == GR_NUM;
}

static uint32_t word_number(gr_groups *groups, gr_slice key) {
    uint32_t number = gr_map_get(&groups->words, key);
    if (number != GR_MAP_NONE) return number;
    number = groups->frequency.count;
    gr_map_set(groups->arena, &groups->words, key, number);
    gr_push(groups->arena, &groups->frequency, 0);
    return number;
}

static void take_words(gr_groups *groups, const gr_text *text, const gr_word *word) {
    terms found = {0};
    gr_map here = {0}; /* folded word -> index into found */
    uint32_t lead =
        text->sentence_count > LEAD_SENTENCES ? text->sentence[LEAD_SENTENCES].tok_begin : text->token_count;
    for (uint32_t i = 0; i < text->token_count; i++) {
        if (!tells(&word[i])) continue;
        gr_slice key = gr_words_key(groups->arena, word[i].lemma);
        if (key.len < 2) continue;
        uint32_t at = gr_map_get(&here, key);
        if (at == GR_MAP_NONE) {
            at = found.count;
            gr_map_set(groups->arena, &here, key, at);
            uint32_t number = word_number(groups, key);
            groups->frequency.item[number]++;
            gr_push(groups->arena, &found, (term){.word = number});
        }
        found.item[at].count += i < lead ? 2 : 1;
        if (word[i].upos == GR_PROPN || word[i].upos == GR_NUM) found.item[at].names = true;
    }
    gr_push(groups->arena, &groups->report, found);
}

gr_status gr_groups_add(gr_groups *groups, const gr_text *text, const gr_word *word, gr_error *err) {
    jmp_buf full;
    if (groups->report.count >= GR_MAX_GROUP_REPORTS)
        return gr_fail(err, GR_TOO_LARGE, NULL,
                       "more than %u reports cannot be grouped at once; split the input",
                       GR_MAX_GROUP_REPORTS);
    if (setjmp(full)) {
        gr_arena_guard(groups->arena, NULL);
        return gr_fail(err, GR_NO_MEMORY, NULL,
                       "the reports need more memory than there is; split the input");
    }
    gr_arena_guard(groups->arena, &full);
    take_words(groups, text, word);
    gr_arena_guard(groups->arena, NULL);
    return GR_OK;
}

/* --- similarity --------------------------------------------------------------------------------- */

static bool used(const gr_groups *groups, const term *t, bool names) {
    uint32_t n = groups->report.count, in = groups->frequency.item[t->word];
    return in > 1 && (!names || t->names) && (n < COMMON_FROM || in <= n / COMMON_SHARE);
}

static double weight(const gr_groups *groups, const term *t) {
    return (1 + log(t->count)) * log((double)groups->report.count / groups->frequency.item[t->word]);
}

static double norm(const gr_groups *groups, const terms *report, bool names) {
    double sum = 0;
    for (uint32_t k = 0; k < report->count; k++)
        if (used(groups, &report->item[k], names)) {
            double w = weight(groups, &report->item[k]);
            sum += w * w;
        }
    return sum > 0 ? sqrt(sum) : 1;
}

typedef struct posting {
    uint32_t report;
    float weight;
} posting;
typedef GR_VEC(posting) postings;

/* Adds a part of the cosine of every two reports to like[i * n + j], i > j. */
static void add_cosines(gr_groups *groups, bool names, float *like) {
    uint32_t n = groups->report.count;
    float part = names ? NAMES : 1 - NAMES;
    postings *of = gr_alloc_array(groups->arena, groups->frequency.count + 1, sizeof *of);
    for (uint32_t i = 0; i < n; i++) {
        const terms *report = &groups->report.item[i];
        double length = norm(groups, report, names);
        for (uint32_t k = 0; k < report->count; k++) {
            const term *t = &report->item[k];
            if (!used(groups, t, names)) continue;
            float w = (float)(weight(groups, t) / length);
            postings *p = &of[t->word];
            for (uint32_t m = 0; m < p->count; m++)
                like[(size_t)i * n + p->item[m].report] += part * w * p->item[m].weight;
            gr_push(groups->arena, p, (posting){i, w});
        }
    }
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = 0; j < i; j++) like[(size_t)j * n + i] = like[(size_t)i * n + j];
}

/* --- average linkage ---------------------------------------------------------------------------- */

typedef struct linkage {
    float *like; /* n x n; rows and columns of merged groups are stale */
    uint32_t n;
    uint32_t *size;    /* 0: merged away */
    uint32_t *nearest; /* per living group; GR_NONE: none */
    uint32_t *into;    /* what a group was merged into */
} linkage;

static void find_nearest(linkage *l, uint32_t i) {
    l->nearest[i] = GR_NONE;
    for (uint32_t j = 0; j < l->n; j++)
        if (j != i && l->size[j] &&
            (l->nearest[i] == GR_NONE ||
             l->like[(size_t)i * l->n + j] > l->like[(size_t)i * l->n + l->nearest[i]]))
            l->nearest[i] = j;
}

static float nearness(const linkage *l, uint32_t i) {
    return l->nearest[i] == GR_NONE ? -1 : l->like[(size_t)i * l->n + l->nearest[i]];
}

static void merge(linkage *l, uint32_t a, uint32_t b) {
    float of_a = (float)l->size[a] / (float)(l->size[a] + l->size[b]);
    for (uint32_t c = 0; c < l->n; c++) {
        if (!l->size[c] || c == a || c == b) continue;
        float mean = of_a * l->like[(size_t)a * l->n + c] + (1 - of_a) * l->like[(size_t)b * l->n + c];
        l->like[(size_t)a * l->n + c] = l->like[(size_t)c * l->n + a] = mean;
    }
    l->size[a] += l->size[b];
    l->size[b] = 0;
    l->into[b] = a;
    for (uint32_t c = 0; c < l->n; c++)
        if (l->size[c] && (c == a || l->nearest[c] == a || l->nearest[c] == b))
            find_nearest(l, c);
        else if (l->size[c] && l->like[(size_t)c * l->n + a] > nearness(l, c))
            l->nearest[c] = a;
}

static void join_all(linkage *l) {
    for (uint32_t i = 0; i < l->n; i++) find_nearest(l, i);
    for (;;) {
        uint32_t best = GR_NONE;
        for (uint32_t i = 0; i < l->n; i++)
            if (l->size[i] && (best == GR_NONE || nearness(l, i) > nearness(l, best))) best = i;
        if (best == GR_NONE || nearness(l, best) < ALIKE) return;
        uint32_t other = l->nearest[best];
        merge(l, best < other ? best : other, best < other ? other : best);
    }
}

static void number_groups(const linkage *l, uint32_t *group) {
    uint32_t next = 0;
    for (uint32_t i = 0; i < l->n; i++) {
        uint32_t top = i;
        while (!l->size[top]) top = l->into[top];
        group[i] = top == i ? ++next : group[top]; /* a group keeps the lowest of its reports */
    }
}

gr_status gr_groups_settle(gr_groups *groups, uint32_t *group, gr_error *err) {
    uint32_t n = groups->report.count;
    jmp_buf full;
    float *volatile like = gr_os_alloc(((size_t)n * n + 1) * sizeof *like);
    gr_status status = like ? GR_OK : GR_NO_MEMORY;
    if (status == GR_OK && setjmp(full)) status = GR_NO_MEMORY;
    if (status == GR_OK) {
        gr_arena_guard(groups->arena, &full);
        memset(like, 0, (size_t)n * n * sizeof *like);
        add_cosines(groups, false, like);
        add_cosines(groups, true, like);
        linkage l = {.like = like, .n = n};
        l.size = gr_alloc_array(groups->arena, n + 1, sizeof *l.size);
        l.nearest = gr_alloc_array(groups->arena, n + 1, sizeof *l.nearest);
        l.into = gr_alloc_array(groups->arena, n + 1, sizeof *l.into);
        for (uint32_t i = 0; i < n; i++) l.size[i] = 1;
        join_all(&l);
        number_groups(&l, group);
    }
    gr_arena_guard(groups->arena, NULL);
    gr_os_free(like);
    if (status != GR_OK)
        gr_fail(err, status, NULL, "the reports need more memory than there is; split the input");
    return status;
}
