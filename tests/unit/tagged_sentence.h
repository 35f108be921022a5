/* Sentences for tests, written with just the tags that a case needs, so that a test does not hang on a model:
 *     The|DET July|PROPN 26 coup|NOUN             part of speech where it matters
 *     86|NUM|2|nummod soldiers|NOUN+              head (from 1) and relation; '+': plural
 *     a three ~- ~day curfew                      '~': no white space before the token */
#ifndef GRIOT_TESTS_TAGGED_SENTENCE_H
#define GRIOT_TESTS_TAGGED_SENTENCE_H

#include "lang/lang.h"

typedef struct tagged {
    gr_text text;
    gr_word *word;
    gr_sentence sentence;
} tagged;

tagged tagged_sentence(gr_arena *arena, gr_slice line);

#endif
