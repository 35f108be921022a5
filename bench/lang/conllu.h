/* CoNLL-U in and out, for measuring and tests. */
#ifndef GRIOT_BENCH_CONLLU_H
#define GRIOT_BENCH_CONLLU_H

#include "base/buffer.h"
#include "lang/lang.h"

typedef enum conllu_case { CONLLU_AS_WRITTEN, CONLLU_MARKED_CAPITALS, CONLLU_CAPITALS } conllu_case;

/* The gold words and sentences of a CoNLL-U file as a text of its own: words joined by blanks. Multiword
 * tokens and empty nodes are left out. `letters` upper-cases every word; MARKED also sets all_capitals. */
void conllu_read(gr_arena *arena, gr_slice file, conllu_case letters, gr_text *out);

/* Ten columns a word; multiword tokens are not written again. */
void conllu_write(const gr_model *model, const gr_text *text, const gr_word *word, gr_buffer *out);

#endif
