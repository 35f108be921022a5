#include "base/arena.h"

#include "base/os.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { ALIGNMENT = 16, FIRST_BLOCK = 64 << 10, KEEP = 8 << 20 };

typedef struct block {
    struct block *next;
    size_t size, used; /* of data */
    size_t clean;      /* from here on data is still zero */
    _Alignas(ALIGNMENT) unsigned char data[];
} block;

struct gr_arena {
    block *current; /* newest first */
    size_t limit_b, total_b;
    jmp_buf *full;
};

gr_arena *gr_arena_new(size_t limit_b) {
    gr_arena *arena = gr_os_alloc(sizeof *arena);
    if (arena) *arena = (gr_arena){.limit_b = limit_b};
    return arena;
}

static void free_blocks(block *from) {
    while (from) {
        block *next = from->next;
        gr_os_free(from);
        from = next;
    }
}

void gr_arena_free(gr_arena *arena) {
    if (!arena) return;
    free_blocks(arena->current);
    gr_os_free(arena);
}

void gr_arena_reset(gr_arena *arena) {
    block *keep = NULL;
    for (block *b = arena->current; b; b = b->next)
        if (b->size <= KEEP && (!keep || b->size > keep->size)) keep = b;
    block *next;
    for (block *b = arena->current; b; b = next) {
        next = b->next;
        if (b != keep) gr_os_free(b);
    }
    if (keep) {
        size_t clean = keep->used > keep->clean ? keep->used : keep->clean;
        *keep = (block){.next = NULL, .size = keep->size, .clean = clean};
    }
    arena->current = keep;
    arena->total_b = keep ? keep->size : 0;
}

void gr_arena_guard(gr_arena *arena, jmp_buf *full) {
    arena->full = full;
}

static _Noreturn void out_of_memory(gr_arena *arena) {
    if (arena->full) longjmp(*arena->full, 1);
    fputs("griot: out of memory\n", stderr);
    exit(9);
}

static block *add_block(gr_arena *arena, size_t need) {
    size_t size = arena->current ? arena->current->size * 2 : FIRST_BLOCK;
    if (size > KEEP) size = KEEP;
    if (size < need) size = need;
    if (size > arena->limit_b - arena->total_b) size = need;
    if (size > arena->limit_b - arena->total_b) out_of_memory(arena);
    block *b = gr_os_alloc_zero(sizeof *b + size);
    if (!b) out_of_memory(arena);
    *b = (block){.next = arena->current, .size = size};
    arena->current = b;
    arena->total_b += size;
    return b;
}

void *gr_alloc(gr_arena *arena, size_t size) {
    if (size > SIZE_MAX / 2) out_of_memory(arena);
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    block *b = arena->current;
    if (!b || b->size - b->used < size) b = add_block(arena, size);
    void *memory = b->data + b->used;
    size_t dirty = b->clean > b->used ? b->clean - b->used : 0;
    b->used += size;
    return memset(memory, 0, dirty < size ? dirty : size);
}

void *gr_alloc_array(gr_arena *arena, size_t count, size_t size) {
    if (size && count > SIZE_MAX / 2 / size) out_of_memory(arena);
    return gr_alloc(arena, count * size);
}

gr_slice gr_copy(gr_arena *arena, gr_slice s) {
    char *copy = gr_alloc(arena, s.len + 1);
    if (s.len) memcpy(copy, s.ptr, s.len);
    return (gr_slice){copy, s.len};
}

gr_slice gr_printf(gr_arena *arena, const char *format, ...) {
    char small[256]; /* most results fit; formatting twice costs */
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int need = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    size_t len = need > 0 ? (size_t)need : 0;
    char *text = gr_alloc(arena, len + 1);
    if (len < sizeof small)
        memcpy(text, small, len);
    else
        vsnprintf(text, len + 1, format, again);
    va_end(again);
    return (gr_slice){text, len};
}

void *gr_grow(gr_arena *arena, void *items, size_t count, uint32_t *capacity, size_t need, size_t item_size) {
    size_t wanted = *capacity ? (size_t)*capacity * 2 : 8;
    if (wanted < need) wanted = need;
    if (wanted > UINT32_MAX) out_of_memory(arena);
    void *grown = gr_alloc_array(arena, wanted, item_size);
    if (count) memcpy(grown, items, count * item_size);
    *capacity = (uint32_t)wanted;
    return grown;
}
