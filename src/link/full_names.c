#include "link/full_names.h"

#include "base/utf8.h"

static bool is_gap(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* The next word at *at, which moves behind it; empty at the end. */
static gr_slice next_word(gr_slice s, size_t *at) {
    while (*at < s.len && is_gap(s.ptr[*at])) ++*at;
    size_t begin = *at;
    while (*at < s.len && !is_gap(s.ptr[*at])) ++*at;
    return gr_sub(s, begin, *at);
}

static bool same_word(gr_slice a, gr_slice b) {
    size_t x = 0, y = 0;
    while (x < a.len && y < b.len)
        if (gr_to_lower(gr_utf8_next(a, &x)) != gr_to_lower(gr_utf8_next(b, &y))) return false;
    return x == a.len && y == b.len;
}

static bool stands_at(gr_slice part, gr_slice whole, size_t at) {
    size_t p = 0;
    for (gr_slice word; (word = next_word(part, &p)).len;)
        if (!same_word(word, next_word(whole, &at))) return false;
    return true;
}

bool gr_name_within(gr_slice part, gr_slice whole) {
    for (size_t at = 0; part.len && at < whole.len;) {
        if (stands_at(part, whole, at)) return true;
        next_word(whole, &at);
    }
    return false;
}

/* The fullest name, or the name itself where it fits two persons. */
static gr_slice fullest(const gr_who *who, gr_slice name) {
    gr_slice found = name;
    for (uint32_t i = 0; i < who->all.count; i++) {
        const gr_mention *m = &who->all.item[i];
        if (m->kind != GR_MENTION_PERSON || !gr_name_within(name, m->name)) continue;
        if (gr_name_within(found, m->name))
            found = m->name;
        else if (!gr_name_within(m->name, found))
            return name;
    }
    return found;
}

/* The same person told by a shorter name before goes. */
static void drop_told(gr_claim *sum) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < sum->party_count; i++) {
        bool there = false;
        for (uint32_t k = 0; k < kept && !there; k++)
            there = sum->party[k].form == GR_FORM_PERSON && sum->party[i].form == GR_FORM_PERSON &&
                    sum->party[k].role == sum->party[i].role && gr_eq(sum->party[k].name, sum->party[i].name);
        if (!there) sum->party[kept++] = sum->party[i];
    }
    sum->party_count = kept;
    kept = 0;
    for (uint32_t i = 0; i < sum->person_count; i++) {
        bool there = false;
        for (uint32_t k = 0; k < kept && !there; k++) there = gr_eq(sum->person[k].name, sum->person[i].name);
        if (!there) sum->person[kept++] = sum->person[i];
    }
    sum->person_count = kept;
}

void gr_settle_full_names(const gr_link_input *in, gr_incidents *incidents) {
    for (uint32_t k = 0; k < incidents->count; k++) {
        gr_claim *sum = &incidents->item[k].sum;
        for (uint32_t i = 0; i < sum->party_count; i++)
            if (sum->party[i].form == GR_FORM_PERSON)
                sum->party[i].name = fullest(in->who, sum->party[i].name);
        for (uint32_t i = 0; i < sum->person_count; i++)
            sum->person[i].name = fullest(in->who, sum->person[i].name);
        drop_told(sum);
    }
}
