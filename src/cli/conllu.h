/* CoNLL-U, the exchange format of Universal Dependencies (universaldependencies.org/format.html). */
#ifndef GRIOT_CLI_CONLLU_H
#define GRIOT_CLI_CONLLU_H

#include "base/buffer.h"
#include "lang/lang.h"

/* Sentences and words of a CoNLL-U file as a text of its own (words joined as SpaceAfter says, a line a
 * sentence). Ranges mark joined words; empty nodes and the annotation are left out. GR_BAD_INPUT with the
 * line. `name` is for messages. May jump to the arena's guard. */
gr_status gr_conllu_read(gr_arena *arena, gr_slice bytes, const char *name, gr_text *out, gr_error *err);

/* One sentence with its analysis; heads count from its first word. Word lines, range lines for joined words,
 * an empty line behind. */
void gr_conllu_write(const gr_model *model, const gr_text *text, const gr_word *word, uint32_t sentence,
                     gr_buffer *out);

#endif
