/* The mentions of a document as JSON lines (docs/actors.md). Offsets become code points here. */
#include "base/json.h"
#include "pipe/pipe_internal.h"

const char *gr_mention_word(const gr_mention *m) {
    if (m->kind == GR_MENTION_CLASS && (m->properties & GR_IS_WEAPON)) return "weapon";
    if (m->kind == GR_MENTION_CLASS && (m->properties & GR_IS_FACILITY)) return "facility";
    if (m->kind == GR_MENTION_COUNTRY && !(m->properties & GR_IS_PLACE)) return "nationality";
    switch (m->kind) {
    case GR_MENTION_LISTED:
        return "listed";
    case GR_MENTION_COUNTRY:
        return "country";
    case GR_MENTION_CLASS:
        return "described";
    case GR_MENTION_PERSON:
        return "person";
    case GR_MENTION_NAME:
        return "name";
    case GR_MENTION_PRONOUN:
        return "pronoun";
    }
    return "";
}

static void text(gr_json *json, const char *name, gr_slice value) {
    gr_json_key(json, name);
    gr_json_string_or_null(json, value);
}

static void named_span(gr_json *json, const char *name, const gr_coded *coded, uint32_t begin, uint32_t end) {
    gr_json_key(json, name);
    gr_json_object(json);
    gr_write_span_fields(json, coded, gr_span_of(&coded->text, begin, end));
    gr_json_object_end(json);
}

static bool opens_phrase(uint8_t upos) {
    return upos == GR_ADJ || upos == GR_NOUN || upos == GR_PROPN || upos == GR_NUM || upos == GR_VERB ||
           upos == GR_ADV;
}

/* "three suspected jihadists" of "jihadists". */
static void write_phrase(const gr_coded *coded, const gr_understood *u, const gr_mention *m, gr_json *json) {
    gr_tree tree = {&coded->text, coded->word, u->who.lemma, &coded->text.sentence[m->sentence]};
    uint32_t begin, end;
    gr_noun_phrase(&tree, m->head, &begin, &end);
    while (begin < m->head && !opens_phrase(coded->word[begin].upos)) begin++;
    if (m->tok_begin < begin) begin = m->tok_begin;
    if (m->tok_end > end) end = m->tok_end;
    named_span(json, "phrase", coded, begin, end);
}

static void write_mention(const gr_coded *coded, const gr_understood *u, const gr_mention *m, gr_json *json) {
    const gr_knowledge *know = coded->know;
    gr_json_object(json);
    text(json, "doc", gr_slice_of(coded->document.sha256.hex));
    gr_json_key(json, "sentence");
    gr_json_int(json, m->sentence);
    gr_write_span_fields(json, coded, gr_span_of(&coded->text, m->tok_begin, m->tok_end));
    named_span(json, "head", coded, m->head, m->head + 1);
    text(json, "what", gr_slice_of(gr_mention_word(m)));
    text(json, "actor", m->id);
    text(json, "name", m->name);
    text(json, "kind", m->actor_kind);
    text(json, "country", m->country < know->country_count ? know->country[m->country].iso3 : (gr_slice){0});
    text(json, "class", m->word_class == GR_NO_CLASS ? (gr_slice){0} : know->word_class[m->word_class].name);
    text(json, "office", m->office);
    if (m->candidate_count) {
        gr_json_key(json, "candidates");
        gr_json_array(json);
        for (uint32_t i = 0; i < m->candidate_count; i++)
            gr_json_string(json, know->actor[m->candidate[i]].id);
        gr_json_array_end(json);
    }
    if (m->kind == GR_MENTION_CLASS) write_phrase(coded, u, m, json);
    gr_json_key(json, "acts");
    gr_json_bool(json, gr_acts(know, &coded->text, coded->word, &u->who, m));
    gr_json_key(json, "suspected");
    gr_json_bool(json, m->suspected);
    if (m->place != GR_NONE) {
        const gr_place_mention *p = &u->places.item[m->place];
        named_span(json, "from", coded, p->tok_begin, p->tok_end);
    }
    if (m->antecedent != GR_NONE) {
        const gr_mention *a = &u->who.all.item[m->antecedent];
        named_span(json, "same_as", coded, a->tok_begin, a->tok_end);
    }
    gr_json_object_end(json);
}

void gr_write_actors(const gr_library *library, const gr_coded *coded, const gr_understood *understood,
                     gr_buffer *out) {
    (void)library; /* the signature is the pool's */
    for (uint32_t i = 0; i < understood->who.all.count; i++) {
        gr_json json = {.out = out};
        write_mention(coded, understood, &understood->who.all.item[i], &json);
        gr_buffer_byte(out, '\n');
    }
}
