#include "lang/decode.h"

#define ROOT_PENALTY 1e9 /* above any sum of scores, so that a second root arc never pays */

/* The best head of each word on its own. */
static void greedy(const float *score, size_t stride, uint32_t count, uint32_t *head) {
    float best[GR_TREE_NODES];
    for (uint32_t d = 1; d <= count; d++) best[d] = score[d - 1], head[d] = 0;
    for (uint32_t h = 1; h <= count; h++) {
        const float *row = score + h * stride;
        for (uint32_t d = 1; d <= count; d++)
            if (row[d - 1] > best[d] && d != h) best[d] = row[d - 1], head[d] = h;
    }
}

/* One root and no cycle. */
static bool is_tree(const uint32_t *head, uint32_t count) {
    uint16_t seen[GR_TREE_NODES] = {0};
    uint32_t roots = 0;
    for (uint32_t d = 1; d <= count; d++) {
        roots += head[d] == 0;
        uint32_t v = d;
        for (; v && !seen[v]; v = head[v]) seen[v] = (uint16_t)d;
        if (v && seen[v] == d) return false;
    }
    return roots == 1;
}

static void fill(gr_tree_space *s, const float *score, size_t stride, uint32_t count) {
    for (uint32_t h = 0; h <= count; h++) {
        s->live[h] = true;
        s->now[h] = (uint16_t)h;
        for (uint32_t d = 1; d <= count; d++) {
            s->weight[h][d] = score[h * stride + d - 1] - (h ? 0 : ROOT_PENALTY);
            s->from[h][d] = (uint16_t)h;
            s->to[h][d] = (uint16_t)d;
        }
    }
}

static void choose_best(gr_tree_space *s, uint32_t count, uint32_t d) {
    uint32_t best = 0;
    for (uint32_t h = 1; h <= count; h++)
        if (h != d && s->live[h] && s->weight[h][d] > s->weight[best][d]) best = h;
    s->best[d] = (uint16_t)best;
}

/* A node on a cycle of the chosen arcs, or 0. */
static uint32_t find_cycle(const gr_tree_space *s, uint32_t count) {
    uint16_t seen[GR_TREE_NODES] = {0};
    for (uint32_t d = 1; d <= count; d++) {
        if (!s->live[d]) continue;
        uint32_t v = d;
        for (; v && !seen[v]; v = s->best[v]) seen[v] = (uint16_t)d;
        if (v && seen[v] == d) return v;
    }
    return 0;
}

static void move_arc(gr_tree_space *s, uint32_t h, uint32_t d, uint32_t old_h, uint32_t old_d,
                     double weight) {
    s->weight[h][d] = weight;
    s->from[h][d] = s->from[old_h][old_d];
    s->to[h][d] = s->to[old_h][old_d];
}

/* Joins the arcs between node x and the members of a cycle into arcs with its representative. */
static void join_arcs(gr_tree_space *s, uint32_t first, uint32_t x) {
    uint32_t enter = first, leave = first;
    double enter_gain = 0, leave_weight = 0;
    for (uint32_t v = first, begun = 0; !begun || v != first; v = s->best[v], begun = 1) {
        double gain = s->weight[x][v] - s->weight[s->best[v]][v];
        if (!begun || gain > enter_gain) enter = v, enter_gain = gain;
        if (x && (!begun || s->weight[v][x] > leave_weight)) leave = v, leave_weight = s->weight[v][x];
    }
    move_arc(s, x, first, x, enter, enter_gain);
    if (x) move_arc(s, first, x, leave, x, leave_weight);
}

/* Makes one node of the cycle through `first`, remembering how to take it apart. */
static void contract(gr_tree_space *s, uint32_t count, uint32_t first, uint32_t step) {
    bool *in_cycle = s->in_cycle[step];
    for (uint32_t d = 0; d <= count; d++) in_cycle[d] = false, s->member[step][d] = s->now[d];
    uint32_t v = first;
    do {
        in_cycle[v] = true;
        s->chosen_from[step][v] = s->from[s->best[v]][v];
        s->chosen_to[step][v] = s->to[s->best[v]][v];
        v = s->best[v];
    } while (v != first);
    for (uint32_t x = 0; x <= count; x++)
        if (s->live[x] && !in_cycle[x]) join_arcs(s, first, x);
    for (uint32_t d = 1; d <= count; d++) {
        if (in_cycle[s->now[d]]) s->now[d] = (uint16_t)first;
        if (in_cycle[d] && d != first) s->live[d] = false;
        if (in_cycle[s->best[d]]) s->best[d] = (uint16_t)first; /* it took over the best arc of its members */
    }
    choose_best(s, count, first);
}

/* Takes a contracted node apart: the member that an arc enters from outside loses its arc in the cycle. */
static void expand(const gr_tree_space *s, uint32_t count, uint32_t step, uint32_t *head) {
    bool entered[GR_TREE_NODES] = {false};
    for (uint32_t d = 1; d <= count; d++)
        if (head[d] != UINT32_MAX) entered[s->member[step][d]] = true;
    for (uint32_t v = 1; v <= count; v++)
        if (s->in_cycle[step][v] && !entered[v]) head[s->chosen_to[step][v]] = s->chosen_from[step][v];
}

void gr_best_tree(gr_tree_space *s, const float *score, size_t stride, uint32_t count, uint32_t *head) {
    greedy(score, stride, count, head);
    if (is_tree(head, count)) return;
    fill(s, score, stride, count);
    for (uint32_t d = 1; d <= count; d++) choose_best(s, count, d);
    uint32_t steps = 0;
    for (;; steps++) {
        uint32_t on_cycle = find_cycle(s, count);
        if (!on_cycle) break;
        contract(s, count, on_cycle, steps);
    }
    for (uint32_t d = 1; d <= count; d++) head[d] = UINT32_MAX;
    for (uint32_t d = 1; d <= count; d++)
        if (s->live[d]) head[s->to[s->best[d]][d]] = s->from[s->best[d]][d];
    while (steps--) expand(s, count, steps, head);
}
