#include "cli/command.h"

#define LONGEST 48 /* names and words beyond it are not compared */

/* Edit distance with neighbouring letters swapped as one step (optimal string alignment). */
static unsigned distance(const char *a, size_t a_len, const char *b, size_t b_len) {
    unsigned row[3][LONGEST + 1];
    for (size_t j = 0; j <= b_len; j++) row[0][j] = (unsigned)j;
    for (size_t i = 1; i <= a_len; i++) {
        unsigned *now = row[i % 3], *above = row[(i + 2) % 3], *two_above = row[(i + 1) % 3];
        now[0] = (unsigned)i;
        for (size_t j = 1; j <= b_len; j++) {
            unsigned best = above[j - 1] + (a[i - 1] != b[j - 1]);
            if (above[j] + 1 < best) best = above[j] + 1;
            if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && two_above[j - 2] + 1 < best)
                best = two_above[j - 2] + 1;
            now[j] = best;
        }
    }
    return row[a_len % 3][b_len];
}

const char *gr_nearest(const char *word, const char *const *name, unsigned count) {
    size_t word_len = strlen(word);
    if (word_len == 0 || word_len > LONGEST) return NULL;
    const char *nearest = NULL;
    unsigned least = (unsigned)(word_len + 2) / 3 + 1; /* a word of three letters may differ in one */
    for (unsigned i = 0; i < count; i++) {
        size_t name_len = strlen(name[i]);
        if (name_len > LONGEST) continue;
        /* "sit" for situation: the start of a name is as good as one letter off. */
        bool starts = word_len >= 2 && word_len < name_len && strncmp(word, name[i], word_len) == 0;
        unsigned steps = starts ? 1 : distance(word, word_len, name[i], name_len);
        if (steps < least) {
            least = steps;
            nearest = name[i];
        }
    }
    return nearest;
}
