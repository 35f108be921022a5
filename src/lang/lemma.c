#include "lang/lemma.h"

#include "base/utf8.h"
#include "lang/features.h"

#include <utf8proc.h>

static bool entries_sound(const gr_lemma_entry *entry, uint32_t count, gr_slice text) {
    for (uint32_t i = 0; i < count; i++) {
        if (entry[i].text_at > text.len || entry[i].text_len > text.len - entry[i].text_at) return false;
        if (i && entry[i].key <= entry[i - 1].key) return false;
    }
    return true;
}

bool gr_lemmas_sound(const gr_lemmas *lemmas, uint32_t upos_count, const char **why) {
    *why = "lemma.rules";
    if (!entries_sound(lemmas->rule, lemmas->rule_count, lemmas->text)) return false;
    *why = "lemma.exceptions";
    if (!entries_sound(lemmas->exception, lemmas->exception_count, lemmas->text)) return false;
    *why = "lemma.text";
    if (!gr_utf8_valid(lemmas->text)) return false;
    *why = "lemma.group";
    for (size_t i = 0; i < (size_t)upos_count * lemmas->feats_count; i++)
        if (lemmas->group[i] >= lemmas->group_count) return false;
    return true;
}

static const gr_lemma_entry *look_up(const gr_lemma_entry *entry, uint32_t count, uint64_t key) {
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (entry[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && entry[low].key == key ? entry + low : NULL;
}

static gr_slice text_of(const gr_lemmas *lemmas, const gr_lemma_entry *entry) {
    return (gr_slice){lemmas->text.ptr + entry->text_at, entry->text_len};
}

/* The rule of the longest suffix that has one. */
static const gr_lemma_entry *rule_for(const gr_lemmas *lemmas, const uint32_t *point, uint32_t count,
                                      uint32_t group) {
    for (uint32_t size = count < GR_MAX_SUFFIX ? count : GR_MAX_SUFFIX;; size--) {
        uint64_t key = gr_key64(point + count - size, size, group + 1);
        const gr_lemma_entry *rule = look_up(lemmas->rule, lemmas->rule_count, key);
        if (rule || size == 0) return rule;
    }
}

gr_slice gr_lemma(const gr_lemmas *lemmas, gr_arena *arena, gr_slice form, uint64_t lower,
                  uint32_t upos_label, uint32_t feats_id) {
    uint32_t group = lemmas->group[(size_t)upos_label * lemmas->feats_count + feats_id];
    uint64_t key = lower ^ (group + 1) * GR_GROUP_MIX;
    const gr_lemma_entry *exception = look_up(lemmas->exception, lemmas->exception_count, key);
    if (exception) return text_of(lemmas, exception);
    uint32_t point[GR_WORD_POINTS], count = gr_lower_points(form, point);
    if (count == GR_WORD_POINTS) return form;
    const gr_lemma_entry *rule = rule_for(lemmas, point, count, group);
    if (rule && rule->strip <= count) count -= rule->strip;
    size_t add = rule ? rule->text_len : 0;
    char *out = gr_alloc(arena, (size_t)count * 4 + add + 1);
    size_t len = 0;
    for (uint32_t i = 0; i < count; i++)
        len += (size_t)utf8proc_encode_char((utf8proc_int32_t)point[i], (utf8proc_uint8_t *)out + len);
    if (add) memcpy(out + len, text_of(lemmas, rule).ptr, add);
    return len + add ? (gr_slice){out, len + add} : form;
}
