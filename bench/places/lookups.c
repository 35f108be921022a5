/* How fast the gazetteer is opened and asked, on one core: build/bench/lookups IMAGE */
#include "base/utf8.h"
#include "place/place.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { EXACT_ROUNDS = 8, NAMES = 1 << 18, ALIKE = 400 };

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* other work on the machine does not count */
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

typedef struct names {
    gr_slice known[NAMES], unknown[NAMES]; /* folded; the unknown ones are known ones turned round */
    uint32_t count;
} names;

static void collect(gr_arena *arena, const gr_gazetteer *g, names *out) {
    uint32_t size = gr_gazetteer_size(g);
    for (uint32_t i = 0; i < NAMES; i++) {
        /* Steps by a prime that is larger than the table's regularities, so that names come in no order. */
        gr_place place = gr_gazetteer_place(g, (uint32_t)((uint64_t)i * 7919 % size));
        gr_slice name = gr_fold(arena, place.name);
        char *turned = gr_alloc(arena, name.len + 2);
        for (size_t k = 0; k < name.len; k++) turned[k] = name.ptr[name.len - 1 - k];
        turned[name.len] = 'q';
        out->known[i] = name;
        out->unknown[i] = (gr_slice){turned, name.len + 1};
    }
    out->count = NAMES;
}

static double exact_a_second(const gr_gazetteer *g, const gr_slice *name, uint32_t count, uint64_t *found) {
    double start = seconds();
    for (int round = 0; round < EXACT_ROUNDS; round++)
        for (uint32_t i = 0; i < count; i++) {
            uint32_t place[4];
            *found += gr_gazetteer_find(g, name[i], place, 4) > 0;
        }
    return EXACT_ROUNDS * (double)count / (seconds() - start);
}

static double alike_a_second(const gr_gazetteer *g, const gr_slice *name, uint64_t *found) {
    static const char country[2][4] = {"NER", "MLI"};
    double start = seconds();
    for (uint32_t i = 0; i < ALIKE; i++) {
        uint32_t place[8];
        *found += gr_gazetteer_find_alike(g, name[i], country, 2, place, 8) > 0;
    }
    return ALIKE / (seconds() - start);
}

int main(int argc, char **argv) {
    gr_error err = {0};
    if (argc != 2) {
        fputs("usage: lookups IMAGE\n", stderr);
        return 2;
    }
    double start = seconds();
    gr_gazetteer *g = gr_gazetteer_open(argv[1], &err);
    double opened = seconds();
    gr_arena *arena = gr_arena_new((size_t)512 << 20);
    names *n = malloc(sizeof *n);
    jmp_buf full;
    if (!g || !arena || !n || gr_gazetteer_size(g) == 0 || setjmp(full)) {
        fprintf(stderr, "lookups: %s: %s\n", argv[1],
                err.message[0] ? err.message : "out of memory, or empty");
        return 1;
    }
    gr_arena_guard(arena, &full);
    collect(arena, g, n);
    uint64_t hits = 0, misses = 0, alike = 0;
    printf("places                %u\n", gr_gazetteer_size(g));
    printf("open ms               %.1f\n", (opened - start) * 1e3);
    printf("exact hits/s          %.0f\n", exact_a_second(g, n->known, n->count, &hits));
    printf("exact misses/s        %.0f\n", exact_a_second(g, n->unknown, n->count, &misses));
    printf("alike look-ups/s      %.0f\n", alike_a_second(g, n->known, &alike));
    printf("found                 %llu %llu %llu\n", (unsigned long long)hits, (unsigned long long)misses,
           (unsigned long long)alike);
    free(n);
    gr_arena_free(arena);
    gr_gazetteer_close(g);
    return 0;
}
