/* Memory with one lifetime. Two are used: the process (knowledge, loaded once, then read-only) and the
 * document (one arena a worker, capped, reset after each report).
 *
 * gr_alloc never returns NULL. When memory or the arena's ceiling runs out it jumps to the guard that the
 * owner of the lifetime has set, so the stages between need no error path of their own for it. Code that
 * holds anything outside the arena (a file, a libxml2 tree, a database handle) must not allocate from a
 * guarded arena while it holds it.
 *
 *     jmp_buf full;
 *     if (setjmp(full)) return gr_fail(err, GR_NO_MEMORY, ...);
 *     gr_arena_guard(arena, &full);
 *
 * An arena belongs to one thread at a time. */
#ifndef GRIOT_BASE_ARENA_H
#define GRIOT_BASE_ARENA_H

#include "base/slice.h"

#include <setjmp.h>

typedef struct gr_arena gr_arena;

/* A new arena that holds at most limit_b bytes; NULL when there is no memory. Free with gr_arena_free. */
gr_arena *gr_arena_new(size_t limit_b);
void gr_arena_free(gr_arena *arena); /* NULL is fine */
/* Forgets everything in it and keeps its memory for the next use (up to 8 MiB). */
void gr_arena_reset(gr_arena *arena);
/* Where gr_alloc jumps when it cannot serve; NULL: the process ends with a message. */
void gr_arena_guard(gr_arena *arena, jmp_buf *full);

/* size bytes, zeroed, aligned for any type. */
void *gr_alloc(gr_arena *arena, size_t size);
/* count items of size bytes each, zeroed; the product is checked. */
void *gr_alloc_array(gr_arena *arena, size_t count, size_t size);
/* A copy of s in the arena, with a NUL behind it. */
gr_slice gr_copy(gr_arena *arena, gr_slice s);
/* printf into the arena. */
gr_slice gr_printf(gr_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Grows an array of items to hold at least `need`; contents move, *capacity is set. For gr_push. */
void *gr_grow(gr_arena *arena, void *items, size_t count, uint32_t *capacity, size_t need, size_t item_size);

/* Declares a growing array: GR_VEC(gr_token) tokens = {0}; gr_push(arena, &tokens, value); */
#define GR_VEC(type)                                                                                         \
    struct {                                                                                                 \
        type *item;                                                                                          \
        uint32_t count, capacity;                                                                            \
    }
#define gr_push(arena, vec, ...)                                                                             \
    do {                                                                                                     \
        if ((vec)->count == (vec)->capacity)                                                                 \
            (vec)->item = gr_grow((arena), (vec)->item, (vec)->count, &(vec)->capacity,                      \
                                  (size_t)(vec)->count + 1, sizeof *(vec)->item);                            \
        (vec)->item[(vec)->count++] = (__VA_ARGS__);                                                         \
    } while (0)

#endif
