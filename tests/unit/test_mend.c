/* Mended trees: what the words leave no doubt about is changed, everything else stays, and no cycle arises.
 */
#include "find/mend.h"

#include "base/os.h"
#include "know/know.h"
#include "tagged_sentence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static gr_arena *arena;
static gr_knowledge *know;

static tagged mended(const char *line) {
    tagged t = tagged_sentence(arena, gr_slice_of(line));
    t.text.sentence = &t.sentence;
    t.text.sentence_count = 1;
    gr_keys keys;
    gr_keys_read(arena, know, &t.text, NULL, &keys);
    gr_mend_trees(arena, know, &t.text, NULL, &keys, GR_S("en"), t.word);
    return t;
}

static void hangs(const tagged *t, uint32_t token, uint32_t head, gr_rel rel) {
    assert_int_equal(t->word[token - 1].head, head ? head - 1 : GR_NONE);
    assert_int_equal(t->word[token - 1].rel, rel);
}

static void a_number_has_no_preposition(void **state) {
    (void)state;
    tagged t = mended("They|PRON|2|nsubj killed|VERB|0|root at|ADP|4|case least|ADJ|5|nmod 21|NUM|6|nummod "
                      "civilians|NOUN+|2|obl");
    hangs(&t, 6, 2, GR_OBJ);
    t = mended("They|PRON|2|nsubj fought|VERB|0|root with|ADP|4|case rebels|NOUN+|2|obl");
    hangs(&t, 4, 2, GR_OBL);
    t = mended("They|PRON|2|nsubj attacked|VERB|0|root last|ADJ|4|amod week|NOUN|2|obl");
    hangs(&t, 4, 2, GR_OBL);
}

static void a_final_said_leaves_the_clause_its_subject(void **state) {
    (void)state;
    tagged t =
        mended("Rebels|NOUN+|7|nsubj burned|VERB|7|ccomp trucks|NOUN+|2|obj ,|PUNCT|7|punct the|DET|6|det "
               "mayor|NOUN|7|nsubj said|VERB|0|root");
    hangs(&t, 1, 2, GR_NSUBJ);
    hangs(&t, 6, 7, GR_NSUBJ);
    t = mended("The|DET|2|det mayor|NOUN|3|nsubj said|VERB|0|root rebels|NOUN+|5|nsubj burned|VERB|3|ccomp "
               "trucks|NOUN+|5|obj");
    hangs(&t, 2, 3, GR_NSUBJ);
    hangs(&t, 4, 5, GR_NSUBJ);
}

static void a_noun_in_ing_is_no_verb(void **state) {
    (void)state;
    tagged t =
        mended("Five|NUM|3|nsubj were|AUX|3|aux killed|VERB|0|root by|SCONJ|5|mark shelling|VERB|3|advcl "
               "in|ADP|7|case Kherson|PROPN|5|obl");
    hangs(&t, 5, 3, GR_OBL);
    assert_int_equal(t.word[4].upos, GR_NOUN);
    hangs(&t, 4, 5, GR_CASE);
    t = mended("They|PRON|3|nsubj were|AUX|3|aux shelling|VERB|0|root the|DET|5|det town|NOUN|3|obj");
    assert_int_equal(t.word[2].upos, GR_VERB);
}

static void a_second_verb_takes_its_object(void **state) {
    (void)state;
    tagged t =
        mended("They|PRON|2|nsubj killed|VERB|0|root 12|NUM|6|nummod and|CCONJ|5|cc wounded|ADJ|6|amod "
               "others|NOUN+|2|obj");
    hangs(&t, 5, 2, GR_CONJ);
    hangs(&t, 6, 5, GR_OBJ);
    hangs(&t, 3, 2, GR_OBJ);
    t = mended("They|PRON|2|nsubj treated|VERB|0|root sick|ADJ|6|amod and|CCONJ|5|cc wounded|ADJ|6|amod "
               "people|NOUN+|2|obj");
    hangs(&t, 5, 6, GR_AMOD);
    hangs(&t, 6, 2, GR_OBJ);
}

static void what_stands_beside_an_object_is_of_its_phrase(void **state) {
    (void)state;
    tagged t =
        mended("They|PRON|2|nsubj held|VERB|0|root one|NUM|2|obj suspected|ADJ|5|amod rebel|NOUN|2|obj");
    hangs(&t, 3, 5, GR_NUMMOD);
    t = mended(
        "They|PRON|2|nsubj held|VERB|0|root one|NUM|2|obj ;|PUNCT|2|punct a|DET|6|det rebel|NOUN|2|obj");
    hangs(&t, 3, 2, GR_OBJ);
    t = mended(
        "They|PRON|2|nsubj held|VERB|0|root a|DET|4|det leader|NOUN|2|obj and|CCONJ|8|cc one|NUM|8|nummod "
        "suspected|ADJ|8|amod rebel|NOUN|2|conj .|PUNCT|2|punct");
    hangs(&t, 8, 4, GR_CONJ);
    t = mended(
        "They|PRON|2|nsubj held|VERB|0|root a|DET|4|det leader|NOUN|2|obj and|CCONJ|7|cc the|DET|7|det "
        "force|NOUN|2|conj later|ADV|7|advmod left|X|7|dep");
    hangs(&t, 7, 2, GR_CONJ);
    t = mended("They|PRON|2|nsubj held|VERB|0|root a|DET|4|det leader|NOUN|2|obj Amadou|PROPN|2|obj "
               ".|PUNCT|2|punct");
    hangs(&t, 5, 4, GR_APPOS);
    t = mended(
        "They|PRON|2|nsubj held|VERB|0|root a|DET|4|det man|NOUN|2|obj on|ADP|6|case Sunday|PROPN|2|obj");
    hangs(&t, 6, 2, GR_OBJ);
    t = mended(
        "They|PRON|2|nsubj captured|VERB|0|root a|DET|4|det courier|NOUN|2|obj responsible|ADJ|2|xcomp "
        "for|ADP|7|case bombs|NOUN+|5|obl");
    hangs(&t, 5, 4, GR_AMOD);
    t = mended("They|PRON|2|nsubj held|VERB|0|root a|DET|4|det courier|NOUN|2|obj responsible|ADJ|2|xcomp "
               "for|ADP|7|case bombs|NOUN+|5|obl");
    hangs(&t, 5, 2, GR_XCOMP);
}

static void a_final_estimate_is_a_verb(void **state) {
    (void)state;
    tagged t =
        mended("People|NOUN|2|nsubj died|VERB|6|acl ,|PUNCT|2|punct the|DET|5|det ministry|NOUN|6|nsubj "
               "estimates|NOUN|0|root .|PUNCT|6|punct");
    hangs(&t, 2, 6, GR_CCOMP);
    assert_int_equal(t.word[5].upos, GR_VERB);
}

static void what_nobody_can_return_is_the_other_verbs(void **state) {
    (void)state;
    tagged t = mended("Jets|NOUN|2|nsubj returned|VERB|0|root and|CCONJ|4|cc strafed|VERB|2|conj "
                      "people|NOUN|2|obj .|PUNCT|2|punct");
    hangs(&t, 5, 4, GR_OBJ);
}

static void an_act_keeps_its_object_before_the_next(void **state) {
    (void)state;
    tagged t =
        mended("They|PRON|2|nsubj killed|VERB|0|root men|NOUN|5|obj ,|PUNCT|5|punct burned|VERB|2|conj "
               "huts|NOUN|5|obj .|PUNCT|2|punct");
    hangs(&t, 3, 2, GR_OBJ);
    hangs(&t, 6, 5, GR_OBJ);
}

static void a_noun_beside_a_verb_is_the_next_verbs_subject(void **state) {
    (void)state;
    tagged t = mended("Men|NOUN|3|nsubj were|AUX|3|aux hurt|VERB|0|root and|CCONJ|5|cc huts|NOUN|3|conj "
                      "were|AUX|7|aux destroyed|VERB|3|conj .|PUNCT|3|punct");
    hangs(&t, 5, 7, GR_NSUBJ);
}

static void heads_never_turn_in_circles(void **state) {
    (void)state;
    tagged t = mended(
        "fired|VERB|2|acl shelling|VERB|1|advcl killed|VERB|2|xcomp ,|PUNCT|1|punct including|VERB|6|case "
        "women|NOUN+|3|obl said|VERB|1|conj");
    for (uint32_t i = 0; i < t.text.token_count; i++) assert_int_not_equal(t.word[i].head, i);
}

int main(void) {
    gr_error err = {0};
    arena = gr_arena_new((size_t)1 << 26);
    know = gr_knowledge_open(GRIOT_SOURCE_ROOT "/knowledge", GR_S("en"), &err);
    if (!arena || !know) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_has_no_preposition),
        cmocka_unit_test(a_final_said_leaves_the_clause_its_subject),
        cmocka_unit_test(a_noun_in_ing_is_no_verb),
        cmocka_unit_test(a_second_verb_takes_its_object),
        cmocka_unit_test(what_stands_beside_an_object_is_of_its_phrase),
        cmocka_unit_test(a_final_estimate_is_a_verb),
        cmocka_unit_test(what_nobody_can_return_is_the_other_verbs),
        cmocka_unit_test(an_act_keeps_its_object_before_the_next),
        cmocka_unit_test(a_noun_beside_a_verb_is_the_next_verbs_subject),
        cmocka_unit_test(heads_never_turn_in_circles),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    gr_knowledge_close(know);
    gr_arena_free(arena);
    return failed;
}
