#include "link/reports.h"

#include "base/limits.h"
#include "base/map.h"
#include "base/os.h"
#include "know/blocks.h"

#include <math.h>
#include <stdlib.h>

/* Likeness from which two groups are one, and how much of what they are less alike than in themselves counts
 * against it: two incidents of a kind are alike, but each is more so in itself. Set on development texts. */
#define ALIKE 0.15f
#define APARTNESS 0.5f
/* A word in more than this share of the reports tells none of them apart. */
enum { COMMON_SHARE = 4, COMMON_FROM = 16 };
/* The first sentences say what a report is about: their words count more. */
enum { LEAD_SENTENCES = 3, LEAD_WEIGHT = 3 };
/* How rare a word is shows among many reports: a few are weighed as if so many others stood by that lack it.
 */
enum { OTHERS = 50 };

/* What is compared: all content words; names and numbers alone, since two incidents of a kind share the words
 * of their kind; the words of the first sentences alone, since what follows is background. */
typedef enum view { ALL, NAMES, LEAD, VIEW_COUNT } view;
static const float SHARE[VIEW_COUNT] = {0.4f, 0.4f, 0.2f};

typedef struct term {
    uint32_t word;        /* number of the word over all reports */
    uint32_t count, lead; /* how often in all, and in the first sentences */
    bool names;           /* a name or a number in this report */
} term;

typedef GR_VEC(term) terms;

struct gr_groups {
    gr_arena *arena;
    gr_map words;               /* folded word -> number, in order of first use */
    GR_VEC(uint32_t) frequency; /* per word: reports with it */
    GR_VEC(terms) report;
    GR_VEC(uint64_t) print; /* per report: of its words */
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
    uint64_t print = 0;
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
        found.item[at].count++;
        found.item[at].lead += i < lead;
        if (word[i].upos == GR_PROPN || word[i].upos == GR_NUM) found.item[at].names = true;
        print = print * 31 + gr_hash32(key);
    }
    gr_push(groups->arena, &groups->print, print);
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

static double weight(const gr_groups *groups, const term *t, view of) {
    uint32_t n = groups->report.count, in = groups->frequency.item[t->word];
    uint32_t count = of == LEAD ? t->lead : t->count + (LEAD_WEIGHT - 1) * t->lead;
    if (!count || (of == NAMES && !t->names)) return 0;
    if (n >= COMMON_FROM && in > n / COMMON_SHARE) return 0;
    return (1 + log(count)) * log((double)(n + OTHERS) / in);
}

static double norm(const gr_groups *groups, const terms *report, view of) {
    double sum = 0;
    for (uint32_t k = 0; k < report->count; k++) {
        double w = weight(groups, &report->item[k], of);
        sum += w * w;
    }
    return sum > 0 ? sqrt(sum) : 1;
}

typedef struct posting {
    uint32_t report;
    float weight;
} posting;
typedef GR_VEC(posting) postings;

/* Adds what one view gives to the likeness of every two reports, taken in `order`: like[i * n + j]. */
static void add_cosines(gr_groups *groups, const uint32_t *order, view seen, float *like) {
    uint32_t n = groups->report.count;
    postings *of = gr_alloc_array(groups->arena, groups->frequency.count + 1, sizeof *of);
    for (uint32_t i = 0; i < n; i++) {
        const terms *report = &groups->report.item[order[i]];
        double length = norm(groups, report, seen);
        for (uint32_t k = 0; k < report->count; k++) {
            float w = (float)(weight(groups, &report->item[k], seen) / length);
            if (w <= 0) continue;
            postings *p = &of[report->item[k].word];
            for (uint32_t m = 0; m < p->count; m++)
                like[(size_t)i * n + p->item[m].report] += SHARE[seen] * w * p->item[m].weight;
            gr_push(groups->arena, p, (posting){i, w});
        }
    }
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = 0; j < i; j++) like[(size_t)j * n + i] = like[(size_t)i * n + j];
}

/* --- average linkage ---------------------------------------------------------------------------- */

typedef struct linkage {
    float *like; /* n x n: mean likeness of two groups; rows and columns of merged groups are stale */
    uint32_t n;
    uint32_t *size;    /* 0: merged away */
    float *within;     /* per group: sum over the pairs of its reports */
    uint32_t *nearest; /* per living group; GR_NONE: none */
    uint32_t *into;    /* what a group was merged into */
} linkage;

static float cohesion(const linkage *l, uint32_t i) {
    float size = (float)l->size[i];
    return l->within[i] / (size * (size - 1) / 2);
}

/* How much speaks for one group: the mean likeness, less where both hold together better than with each
 * other. */
static float worth(const linkage *l, uint32_t a, uint32_t b) {
    float like = l->like[(size_t)a * l->n + b];
    if (l->size[a] < 2 || l->size[b] < 2) return like;
    float looser = fminf(cohesion(l, a), cohesion(l, b));
    return looser > like ? like - APARTNESS * (looser - like) : like;
}

static void find_nearest(linkage *l, uint32_t i) {
    l->nearest[i] = GR_NONE;
    for (uint32_t j = 0; j < l->n; j++)
        if (j != i && l->size[j] && (l->nearest[i] == GR_NONE || worth(l, i, j) > worth(l, i, l->nearest[i])))
            l->nearest[i] = j;
}

static float nearness(const linkage *l, uint32_t i) {
    return l->nearest[i] == GR_NONE ? -1 : worth(l, i, l->nearest[i]);
}

static void merge(linkage *l, uint32_t a, uint32_t b) {
    float of_a = (float)l->size[a] / (float)(l->size[a] + l->size[b]);
    for (uint32_t c = 0; c < l->n; c++) {
        if (!l->size[c] || c == a || c == b) continue;
        float mean = of_a * l->like[(size_t)a * l->n + c] + (1 - of_a) * l->like[(size_t)b * l->n + c];
        l->like[(size_t)a * l->n + c] = l->like[(size_t)c * l->n + a] = mean;
    }
    l->within[a] += l->within[b] + l->like[(size_t)a * l->n + b] * (float)l->size[a] * (float)l->size[b];
    l->size[a] += l->size[b];
    l->size[b] = 0;
    l->into[b] = a;
    for (uint32_t c = 0; c < l->n; c++)
        if (l->size[c] && (c == a || l->nearest[c] == a || l->nearest[c] == b))
            find_nearest(l, c);
        else if (l->size[c] && worth(l, c, a) > nearness(l, c))
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

static void number_groups(gr_groups *groups, const linkage *l, const uint32_t *order, uint32_t *group) {
    uint32_t *number = gr_alloc_array(groups->arena, l->n + 1, sizeof *number); /* per group; 0: not yet */
    uint32_t next = 0;
    for (uint32_t i = 0; i < l->n; i++) {
        uint32_t top = i;
        while (!l->size[top]) top = l->into[top];
        group[order[i]] = top;
    }
    for (uint32_t i = 0; i < l->n; i++) {
        uint32_t top = group[i];
        if (!number[top]) number[top] = ++next;
        group[i] = number[top];
    }
}

static int by_print(const void *one, const void *other, void *context) {
    const uint64_t *print = context;
    uint64_t a = print[*(const uint32_t *)one], b = print[*(const uint32_t *)other];
    return a < b ? -1 : a > b;
}

/* What is equally near is joined in an order of the reports' words, not of their coming. */
static uint32_t *order_of(gr_groups *groups) {
    uint32_t n = groups->report.count;
    uint32_t *order = gr_alloc_array(groups->arena, n + 1, sizeof *order);
    for (uint32_t i = 0; i < n; i++) order[i] = i;
    if (n) qsort_r(order, n, sizeof *order, by_print, groups->print.item);
    return order;
}

static void settle(gr_groups *groups, float *like, uint32_t *group) {
    uint32_t n = groups->report.count;
    const uint32_t *order = order_of(groups);
    for (unsigned of = 0; of < VIEW_COUNT; of++) add_cosines(groups, order, (view)of, like);
    linkage l = {.like = like, .n = n};
    l.size = gr_alloc_array(groups->arena, n + 1, sizeof *l.size);
    l.within = gr_alloc_array(groups->arena, n + 1, sizeof *l.within);
    l.nearest = gr_alloc_array(groups->arena, n + 1, sizeof *l.nearest);
    l.into = gr_alloc_array(groups->arena, n + 1, sizeof *l.into);
    for (uint32_t i = 0; i < n; i++) l.size[i] = 1;
    join_all(&l);
    number_groups(groups, &l, order, group);
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
        settle(groups, like, group);
    }
    gr_arena_guard(groups->arena, NULL);
    gr_os_free(like);
    if (status != GR_OK)
        gr_fail(err, status, NULL, "the reports need more memory than there is; split the input");
    return status;
}
