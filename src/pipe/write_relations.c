/* The relations between the mentions of a text as JSON (docs/relations.md). Offsets become code points here.
 */
#include "base/json.h"
#include "claim/ties.h"
#include "pipe/pipe_internal.h"

/* Byte offsets of rising code points in one walk over the text. */
typedef struct walk {
    const gr_coded *coded;
    uint32_t off_b;
} walk;

static uint32_t byte_at(walk *w, uint32_t off_cp) {
    gr_slice bytes = w->coded->text.bytes;
    if (gr_offset_cp(&w->coded->offsets, w->off_b) > off_cp) w->off_b = 0;
    while (w->off_b < bytes.len && gr_offset_cp(&w->coded->offsets, w->off_b) < off_cp) w->off_b++;
    return w->off_b;
}

static gr_given_thing *to_bytes(const gr_understood *found, const gr_coded *coded,
                                const gr_relations_plan *plan) {
    if (!plan->given) return NULL;
    gr_given_thing *given = gr_alloc_array(found->arena, (size_t)plan->count + 1, sizeof *given);
    walk w = {.coded = coded};
    for (uint32_t i = 0; i < plan->count; i++) {
        uint32_t begin = byte_at(&w, plan->given[i].begin);
        walk end = w;
        given[i] = (gr_given_thing){{begin, byte_at(&end, plan->given[i].end)}, plan->kinds[i]};
    }
    return given;
}

static void write_thing(gr_json *json, const char *name, const gr_coded *coded, const gr_thing *thing) {
    static const struct {
        unsigned kind;
        const char *name;
    } names[] = {{GR_THING_PERSON, "person"},
                 {GR_THING_BODY, "organisation"},
                 {GR_THING_PLACE, "place"},
                 {GR_THING_ARMS, "weapon"}};
    gr_json_key(json, name);
    gr_json_object(json);
    gr_write_span_fields(json, coded, gr_span_of(&coded->text, thing->tok_begin, thing->tok_end));
    gr_json_key(json, "types");
    gr_json_array(json);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (thing->kinds & names[i].kind) gr_json_string(json, gr_slice_of(names[i].name));
    gr_json_array_end(json);
    if (thing->given != GR_NONE) {
        gr_json_key(json, "mention");
        gr_json_int(json, thing->given);
    }
    gr_json_object_end(json);
}

static void write_tie(gr_json *json, const gr_coded *coded, const gr_ties *ties, const gr_tie *tie) {
    gr_json_object(json);
    gr_json_key(json, "type");
    gr_json_string(json, gr_slice_of(gr_tie_name(tie->kind)));
    write_thing(json, "from", coded, &ties->thing.item[tie->from]);
    write_thing(json, "to", coded, &ties->thing.item[tie->to]);
    gr_json_key(json, "cue");
    gr_write_span(json, coded, gr_span_of(&coded->text, tie->cue, tie->cue + 1));
    gr_json_key(json, "sentence");
    gr_json_int(json, tie->sentence);
    gr_json_key(json, "reality");
    gr_json_string(json, gr_slice_of(gr_reality_name(tie->reality)));
    gr_json_key(json, "rule");
    gr_json_string(json, tie->rule);
    gr_json_object_end(json);
}

void gr_write_relations(const gr_coded *coded, const gr_understood *found, const gr_relations_plan *plan,
                        gr_buffer *out) {
    jmp_buf full;
    if (setjmp(full)) {
        gr_arena_guard(found->arena, NULL);
        out->failed = true;
        return;
    }
    gr_arena_guard(found->arena, &full);
    gr_ties ties;
    gr_find_ties(found->arena, &found->input, to_bytes(found, coded, plan), plan->count, &ties);
    gr_arena_guard(found->arena, NULL);
    gr_json json = {.out = out};
    gr_json_object(&json);
    gr_json_key(&json, "doc");
    gr_json_string(&json, gr_slice_of(coded->document.sha256.hex));
    gr_json_key(&json, "relations");
    gr_json_array(&json);
    for (uint32_t i = 0; i < ties.tie.count; i++) write_tie(&json, coded, &ties, &ties.tie.item[i]);
    gr_json_array_end(&json);
    gr_json_object_end(&json);
    gr_buffer_byte(out, '\n');
}
