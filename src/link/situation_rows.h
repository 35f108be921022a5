/* What the files of the situation share: rows in the making.
 * Thread rule: none of its own. */
#ifndef GRIOT_LINK_SITUATION_ROWS_H
#define GRIOT_LINK_SITUATION_ROWS_H

#include "base/map.h"
#include "link/situation.h"

/* How firmly a group is at a place. */
enum { GR_LEVEL_NONE, GR_LEVEL_ATTACK, GR_LEVEL_TAXES, GR_LEVEL_PATROLS, GR_LEVEL_HOLDS, GR_LEVEL_COUNT };
const char *gr_level_of_presence(unsigned level);

typedef struct gr_row { /* a state in the making */
    gr_section section;
    gr_slice what, key; /* key: what it is found by, among rows of its kind */
    uint32_t next;      /* the next row with this key, or GR_MAP_NONE */
    uint32_t next_here; /* of presence: the next row at this place, or GR_MAP_NONE */
    gr_told_party party[2];
    uint32_t party_count; /* of relations and presence, where the row says who; else its claims do */
    gr_told_place place;  /* of presence */
    bool has_place;
    bool gone;      /* taken into another row */
    bool contested; /* somebody else holds the place too */
    GR_VEC(gr_state_use) uses;
} gr_row;

typedef struct gr_board {
    gr_arena *arena;
    const gr_told *told;
    uint32_t *order; /* claims that count, by time */
    uint32_t count;
    int32_t on;
    gr_map keys;
    GR_VEC(gr_row) rows;
    uint32_t later;
} gr_board;

gr_use gr_use_of(const gr_told *t);
/* The row with this key, or GR_MAP_NONE; a new one. */
uint32_t gr_find_row(const gr_board *board, gr_slice key);
uint32_t gr_add_row(gr_board *board, gr_section section, gr_slice what, gr_slice key);
void gr_use_told(gr_board *board, uint32_t row, uint32_t told, gr_use use, unsigned level);

void gr_take_relation(gr_board *board, uint32_t told);
void gr_take_presence(gr_board *board, uint32_t told);
void gr_take_custody(gr_board *board, uint32_t told);
void gr_take_force(gr_board *board, uint32_t told);
/* Joins those freed to those held; when all claims are taken. */
void gr_follow_custody(gr_board *board);
/* Marks places that two hold at once; when all claims are taken. */
void gr_contest_places(gr_board *board);
/* The index in uses from which the present period runs; *ended: the use that ended it, or GR_MAP_NONE. */
uint32_t gr_period_of(const gr_board *board, const gr_row *row, uint32_t *ended, uint32_t *earlier);
void gr_finish_row(gr_board *board, const gr_row *row, gr_state *out);

#endif
