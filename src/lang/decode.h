/* Arc scores -> the best tree with one root. Chu and Liu 1965, Edmonds 1967; one root by a penalty on root
 * arcs (Gabow and Tarjan 1984). */
#ifndef GRIOT_LANG_DECODE_H
#define GRIOT_LANG_DECODE_H

#include "base/limits.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GR_TREE_NODES (GR_MAX_SENTENCE_TOKENS + 1u)

/* Work space, reused. */
typedef struct gr_tree_space {
    double weight[GR_TREE_NODES][GR_TREE_NODES]; /* [head][dependent] among live nodes */
    uint16_t from[GR_TREE_NODES][GR_TREE_NODES]; /* the arc of the sentence that stands for it */
    uint16_t to[GR_TREE_NODES][GR_TREE_NODES];
    uint16_t member[GR_TREE_NODES][GR_TREE_NODES];      /* [contraction][node]: its live node before it */
    uint16_t chosen_from[GR_TREE_NODES][GR_TREE_NODES]; /* [contraction][live node]: its arc in the cycle */
    uint16_t chosen_to[GR_TREE_NODES][GR_TREE_NODES];
    bool in_cycle[GR_TREE_NODES][GR_TREE_NODES]; /* [contraction][live node] */
    uint16_t best[GR_TREE_NODES], now[GR_TREE_NODES];
    bool live[GR_TREE_NODES];
} gr_tree_space;

/* score[head * stride + dependent - 1] for head 0 (root)..count and dependent 1..count; scores are finite and
 * below 10^6. Fills head[1..count]. 1 <= count <= GR_MAX_SENTENCE_TOKENS. */
void gr_best_tree(gr_tree_space *space, const float *score, size_t stride, uint32_t count, uint32_t *head);

#endif
