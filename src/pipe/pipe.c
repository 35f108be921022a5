#include "pipe/pipe.h"

#include "base/limits.h"
#include "base/os.h"
#include "base/utf8.h"
#include "claim/make.h"
#include "find/mend.h"
#include "find/reread.h"
#include "find/small_words.h"
#include "pipe/language.h"
#include "pipe/own_day.h"
#include "pipe/pipe_internal.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* What one language is read with; `model` NULL: it is not installed. */
typedef struct language {
    gr_model *model;
    gr_segmenter *segmenter;
    gr_knowledge *knowledge; /* of others than English opened when first needed, under the lock */
    char hash[65];           /* of the knowledge files */
} language;

struct gr_library {
    language language[GR_LANGUAGES];
    gr_gazetteer *gazetteer;
    char hash[13];
    char knowledge_dir[4096];
    pthread_mutex_t lock;
};

gr_library *gr_library_open(const char *data_dir, gr_error *err) {
    char path[4096];
    snprintf(path, sizeof path, "%s/gazetteer.griot", data_dir);
    return gr_library_open_with(data_dir, path, err);
}

/* English has to be there; another language is left out where its model is not installed, and its knowledge,
 * which takes long to open, waits until a report needs it. */
static bool open_language(gr_library *l, unsigned which, const char *data_dir, gr_error *err) {
    char path[4096];
    language *out = &l->language[which];
    gr_slice lang = gr_slice_of(gr_language_code[which]);
    snprintf(path, sizeof path, "%s/models/%s.griot", data_dir, gr_language_code[which]);
    out->model = gr_model_open(path, err);
    if (!out->model && which != GR_ENGLISH && err->status == GR_NOT_FOUND) {
        *err = (gr_error){0};
        return true;
    }
    if (out->model)
        out->segmenter = gr_segmenter_open(gr_model_section(out->model, GR_S("segment")), lang, err);
    if (!out->segmenter) return false;
    gr_digest hash;
    if (which != GR_ENGLISH) {
        if (gr_knowledge_hash(l->knowledge_dir, lang, &hash, err) != GR_OK) return false;
        memcpy(out->hash, hash.hex, sizeof out->hash);
        return true;
    }
    out->knowledge = gr_knowledge_open(l->knowledge_dir, lang, err);
    if (out->knowledge) memcpy(out->hash, out->knowledge->hash, sizeof out->hash);
    return out->knowledge != NULL;
}

/* Opened by the first that asks; the others wait. */
static const gr_knowledge *knowledge_of(const gr_library *library, unsigned which, gr_error *err) {
    gr_library *l = (gr_library *)library;
    language *of = &l->language[which];
    pthread_mutex_lock(&l->lock);
    if (!of->knowledge)
        of->knowledge = gr_knowledge_open(l->knowledge_dir, gr_slice_of(gr_language_code[which]), err);
    const gr_knowledge *found = of->knowledge;
    pthread_mutex_unlock(&l->lock);
    return found;
}

static void hash_library(gr_library *l) {
    gr_sha256_state state;
    gr_sha256_begin(&state);
    gr_sha256_add(&state, gr_slice_of(GRIOT_VERSION));
    for (unsigned k = 0; k < GR_LANGUAGES; k++) {
        if (!l->language[k].model) continue;
        gr_sha256_add(&state, gr_slice_of(l->language[k].hash));
        gr_sha256_add(&state, gr_slice_of(gr_model_hash(l->language[k].model)));
    }
    gr_sha256_add(&state, gr_slice_of(gr_gazetteer_hash(l->gazetteer)));
    memcpy(l->hash, gr_sha256_end(&state).hex, 12);
}

gr_library *gr_library_open_with(const char *data_dir, const char *gazetteer, gr_error *err) {
    gr_error ignored = {0};
    if (!err) err = &ignored;
    gr_library *l = gr_os_alloc(sizeof *l);
    if (!l) {
        gr_fail(err, GR_NO_MEMORY, data_dir, "out of memory while loading models and knowledge");
        return NULL;
    }
    *l = (gr_library){.lock = PTHREAD_MUTEX_INITIALIZER};
    snprintf(l->knowledge_dir, sizeof l->knowledge_dir, "%s/knowledge", data_dir);
    bool open = true;
    for (unsigned k = 0; open && k < GR_LANGUAGES; k++) open = open_language(l, k, data_dir, err);
    if (open) l->gazetteer = gr_gazetteer_open(gazetteer, err);
    if (!l->gazetteer) {
        gr_library_close(l);
        return NULL;
    }
    hash_library(l);
    return l;
}

void gr_library_close(gr_library *l) {
    if (!l) return;
    gr_gazetteer_close(l->gazetteer);
    for (unsigned k = 0; k < GR_LANGUAGES; k++) {
        gr_knowledge_close(l->language[k].knowledge);
        gr_segmenter_close(l->language[k].segmenter);
        gr_model_close(l->language[k].model);
    }
    pthread_mutex_destroy(&l->lock);
    gr_os_free(l);
}

static unsigned number_of(gr_slice lang) {
    unsigned k = 0;
    while (k < GR_LANGUAGES && !gr_eq(lang, gr_slice_of(gr_language_code[k]))) k++;
    return k;
}

const gr_knowledge *gr_library_knowledge_of(const gr_library *l, gr_slice lang, gr_error *err) {
    unsigned k = number_of(lang);
    return k < GR_LANGUAGES && l->language[k].model ? knowledge_of(l, k, err) : NULL;
}
const gr_knowledge *gr_library_knowledge(const gr_library *l) {
    return l->language[GR_ENGLISH].knowledge;
}
const gr_gazetteer *gr_library_gazetteer(const gr_library *l) {
    return l->gazetteer;
}
const gr_model *gr_library_model(const gr_library *l) {
    return l->language[GR_ENGLISH].model;
}
const char *gr_library_hash(const gr_library *l) {
    return l->hash;
}

struct gr_worker {
    const gr_library *library;
    gr_pipe_options options;
    gr_arena *arena;
    gr_parser *parser[GR_LANGUAGES]; /* made when a document first needs it; English at once */
    const language *now;             /* of the document being read */
};

gr_worker *gr_worker_new(const gr_library *library, gr_pipe_options options, gr_error *err) {
    gr_worker *w = gr_os_alloc(sizeof *w);
    if (w)
        *w = (gr_worker){
            .library = library, .options = options, .arena = gr_arena_new(GR_MAX_DOCUMENT_ARENA_B)};
    if (!w || !w->arena) {
        gr_worker_free(w);
        gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while starting a worker");
        return NULL;
    }
    w->now = &library->language[GR_ENGLISH];
    w->parser[GR_ENGLISH] = gr_parser_new(w->now->model, options.kernel, err);
    if (w->parser[GR_ENGLISH]) return w;
    gr_worker_free(w);
    return NULL;
}

void gr_worker_free(gr_worker *w) {
    if (!w) return;
    for (unsigned k = 0; k < GR_LANGUAGES; k++) gr_parser_free(w->parser[k]);
    gr_arena_free(w->arena);
    gr_os_free(w);
}

/* The key of a form for the look-up of anchors: ASCII lower case in place, folded otherwise. */
static bool can_start_claim(gr_arena *arena, const gr_knowledge *know, gr_slice form) {
    char small[48];
    if (form.len >= sizeof small) return false;
    for (size_t i = 0; i < form.len; i++) {
        unsigned char c = (unsigned char)form.ptr[i];
        if (c >= 0x80) return gr_map_get(&know->stem_words, gr_words_key(arena, form)) != GR_MAP_NONE;
        small[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return gr_map_get(&know->stem_words, (gr_slice){small, form.len}) != GR_MAP_NONE;
}

/* A line that can be the heading of a day or a place. */
static bool is_short_line(const gr_text *text, const gr_sentence *s) {
    enum { TOKENS = 8 };
    const gr_block *block = &text->block[s->block];
    return block->sent_end - block->sent_begin == 1 && s->tok_end - s->tok_begin <= TOKENS &&
           s->block + 1 < text->block_count && block->kind != GR_BLOCK_LIST_ITEM &&
           !gr_eq(text->token[s->tok_end - 1].form, GR_S("."));
}

/* Cheap first: only sentences with a word that anchors a rule are parsed, and the two before them, where
 * pronouns find their antecedents; headings too. */
static bool *wanted_sentences(gr_arena *arena, const gr_knowledge *know, const gr_text *text, bool all) {
    bool *wanted = gr_alloc_array(arena, text->sentence_count + 1, sizeof *wanted);
    for (uint32_t s = 0; s < text->sentence_count; s++) {
        bool hit = all || is_short_line(text, &text->sentence[s]);
        for (uint32_t i = text->sentence[s].tok_begin; i < text->sentence[s].tok_end && !hit; i++)
            hit = can_start_claim(arena, know, text->token[i].form);
        if (!hit) continue;
        wanted[s] = true;
        if (s >= 1 && text->sentence[s - 1].block == text->sentence[s].block) wanted[s - 1] = true;
    }
    return wanted;
}

/* Which of the words that stand for many a token is read as when its sentence is parsed; 0: itself. The
 * treebank knows few of the names that reports are full of, and the choice among names, or among words for
 * members of armed groups ("terrorists", "fighters"), must not change the tree. */
typedef enum stand_in { ITSELF, MEMBER, MEMBERS, PLACE } stand_in;

static bool is_member_class(const gr_knowledge *know, const gr_sense *sense) {
    if (sense->kind != GR_SENSE_CLASS) return false;
    const gr_word_class *c = &know->word_class[sense->index];
    return c->of == GR_OF_PEOPLE && gr_eq(c->kind, GR_S("rebel")) &&
           gr_eq(c->label, GR_S("unidentified armed group"));
}

static unsigned capitals_at_start(gr_slice form) {
    unsigned n = 0;
    for (size_t at = 0; at < form.len && n < 2 && gr_is_upper(gr_utf8_next(form, &at));) n++;
    return n;
}

static bool is_place_name(gr_arena *arena, const gr_gazetteer *gazetteer, gr_slice form) {
    uint32_t found;
    gr_slice folded = gr_fold(arena, form);
    return folded.len > 3 && !gr_gazetteer_ordinary(gazetteer, folded) &&
           gr_gazetteer_find(gazetteer, folded, &found, 1) > 0;
}

static stand_in stand_in_of(const gr_worker *w, gr_slice form, gr_slice key, const gr_sense *sense,
                            bool first, bool shouting) {
    const gr_knowledge *know = w->now->knowledge;
    unsigned capitals = capitals_at_start(form);
    bool plural = key.len > 1 && (key.ptr[key.len - 1] == 's' || gr_ends(key, GR_S("men")));
    if (!sense && plural) sense = gr_senses_of(know, gr_sub(key, 0, key.len - 1));
    bool known = false;
    for (; sense; sense = sense->next) {
        known = known || sense->kind != GR_SENSE_CLASS || know->word_class[sense->index].of != GR_OF_NAME;
        if (is_member_class(know, sense)) return plural ? MEMBERS : MEMBER;
    }
    if (known || !capitals || first || shouting) return ITSELF;
    return is_place_name(w->arena, w->library->gazetteer, form) ? PLACE : ITSELF;
}

static gr_slice stand_in_form(stand_in kind, unsigned capitals, bool french) {
    static const char *const forms[][3] = {[MEMBER] = {"fighter", "Fighter", "FIGHTER"},
                                           [MEMBERS] = {"fighters", "Fighters", "FIGHTERS"},
                                           [PLACE] = {"Baghdad", "Baghdad", "Baghdad"}};
    static const char *const in_french[][3] = {[MEMBER] = {"combattant", "Combattant", "COMBATTANT"},
                                               [MEMBERS] = {"combattants", "Combattants", "COMBATTANTS"},
                                               [PLACE] = {"Paris", "Paris", "Paris"}};
    return gr_slice_of((french ? in_french : forms)[kind][capitals]);
}

/* Parses the wanted sentences with those words standing in; names keep their own lemma. */
static gr_status parse_neutrally(gr_worker *w, gr_coded *out, gr_error *err) {
    gr_text neutral = out->text;
    unsigned which = number_of(out->lang);
    bool french = which == GR_FRENCH;
    uint32_t count = out->text.token_count;
    neutral.token = gr_alloc_array(w->arena, count + 1, sizeof *neutral.token);
    uint8_t *kind = gr_alloc_array(w->arena, count + 1, sizeof *kind);
    if (count) memcpy(neutral.token, out->text.token, count * sizeof *neutral.token);
    for (uint32_t s = 0; s < neutral.sentence_count; s++) {
        const gr_sentence *sentence = &neutral.sentence[s];
        for (uint32_t i = sentence->tok_begin; out->parsed[s] && i < sentence->tok_end; i++) {
            gr_slice form = neutral.token[i].form;
            kind[i] = (uint8_t)stand_in_of(w, form, out->keys.form[i], out->keys.senses[i],
                                           i == sentence->tok_begin, sentence->all_capitals);
            if (kind[i])
                neutral.token[i].form = stand_in_form((stand_in)kind[i], capitals_at_start(form), french);
        }
    }
    gr_status status = gr_parse(w->parser[which], w->arena, &neutral, out->parsed, out->word, err);
    for (uint32_t i = 0; status == GR_OK && i < count; i++)
        if (kind[i] == PLACE) out->word[i].lemma = out->text.token[i].form;
    return status;
}

static bool inside_time(const gr_times *times, const gr_quantity *q) {
    for (uint32_t i = 0; i < times->count; i++)
        if (q->tok_begin >= times->item[i].tok_begin && q->tok_begin < times->item[i].tok_end) return true;
    return false;
}

static void find_times_and_quantities(gr_arena *arena, const gr_coded *coded, gr_slice lang, gr_own_day own,
                                      gr_times *times, gr_quantities *quantities) {
    int32_t context = own.month_end;
    for (uint32_t s = 0; s < coded->text.sentence_count; s++) {
        if (!coded->parsed[s]) continue;
        uint32_t from = times->count;
        gr_find_times(arena, &coded->text, coded->word, &coded->text.sentence[s], lang, own.day, context,
                      times);
        for (uint32_t i = from; i < times->count; i++)
            if (times->item[i].latest != GR_NO_DAY) context = times->item[i].latest;
        gr_quantities found = {0};
        gr_find_quantities(arena, &coded->text, coded->word, &coded->text.sentence[s], lang, &found);
        for (uint32_t i = 0; i < found.count; i++)
            if (!inside_time(times, &found.item[i])) gr_push(arena, quantities, found.item[i]);
    }
}

/* The token ranges that cover the given spans; those on no token are left out. */
static gr_token_range *given_tokens(gr_arena *arena, const gr_coded *coded, const gr_span_cp *given,
                                    uint32_t count, uint32_t *found) {
    gr_token_range *range = gr_alloc_array(arena, (size_t)count + 1, sizeof *range);
    const gr_text *text = &coded->text;
    uint32_t token = 0, sentence = 0;
    *found = 0;
    for (uint32_t i = 0; i < count; i++) {
        while (token < text->token_count &&
               gr_offset_cp(&coded->offsets, text->token[token].off_b + text->token[token].len_b) <=
                   given[i].begin)
            token++;
        while (sentence < text->sentence_count && text->sentence[sentence].tok_end <= token) sentence++;
        if (sentence == text->sentence_count) break;
        uint32_t end = token;
        while (end < text->sentence[sentence].tok_end &&
               gr_offset_cp(&coded->offsets, text->token[end].off_b) < given[i].end)
            end++;
        if (end > token) range[(*found)++] = (gr_token_range){token, end};
    }
    return range;
}

/* The language as the caller gives it, as the page states it, or as its words show. */
static gr_status choose_language(gr_worker *w, gr_coded *out, gr_error *err) {
    const gr_document *d = &out->document;
    gr_found_language found = {.sure = true};
    out->lang = d->source.lang.len ? d->source.lang : d->lang;
    if (!out->lang.len) {
        found = gr_find_language(d->text);
        out->lang = gr_slice_of(found.code);
    }
    out->lang_sure = found.sure;
    unsigned k = number_of(out->lang);
    char origin[256];
    snprintf(origin, sizeof origin, "%.*s", GR_FMT(gr_sub(d->source.name, 0, 200)));
    const char *name = gr_language_name(out->lang);
    if (k == GR_LANGUAGES)
        return gr_fail(err, GR_BAD_INPUT, origin,
                       "is in %s%.*s; griot does not read claims in it yet, only in "
                       "English and French (if it is one of these, say so with --lang)",
                       name ? name : "a language with the code ", name ? 0 : (int)out->lang.len,
                       out->lang.ptr);
    w->now = &w->library->language[k];
    if (!w->now->model)
        return gr_fail(err, GR_NOT_FOUND, origin,
                       "is in %s, and its model is not installed; install griot again", name);
    out->know = knowledge_of(w->library, k, err);
    if (!out->know) return err->status;
    if (!w->parser[k]) w->parser[k] = gr_parser_new(w->now->model, w->options.kernel, err);
    return w->parser[k] ? GR_OK : err->status;
}

static gr_status parse_stages(gr_worker *w, gr_slice bytes, const gr_source *source, gr_coded *out,
                              gr_error *err) {
    gr_arena *arena = w->arena;
    gr_status status = gr_read_document(arena, bytes, GR_FORMAT_TEXT, source, &out->document, err);
    if (status == GR_OK) status = choose_language(w, out, err);
    if (status == GR_OK)
        status = gr_text_split(arena, w->now->segmenter, out->document.text, &out->text, err);
    if (status != GR_OK) return status;
    gr_offsets_build(arena, out->document.text, &out->offsets);
    out->word = gr_alloc_array(arena, out->text.token_count + 1, sizeof *out->word);
    out->parsed = wanted_sentences(arena, out->know, &out->text, w->options.parse_all);
    gr_keys_read(arena, out->know, &out->text, out->parsed, &out->keys);
    status = parse_neutrally(w, out, err);
    if (status != GR_OK) return status;
    gr_name_small_words(arena, out->know, &out->text, out->parsed, out->word);
    gr_mend_trees(arena, out->know, &out->text, out->parsed, &out->keys, out->lang, out->word);
    gr_reread(out->know, &out->text, out->parsed, &out->keys, out->lang, out->word);
    return GR_OK;
}

/* Where the name of a country may be part of an office's, force's or body's: anywhere in what a list knows
 * for a state's; at the head of other names, but for newspapers, firms and universities. */
static const bool *official_tokens(gr_arena *arena, const gr_knowledge *know, const gr_coded *coded,
                                   const gr_who *who) {
    bool *official = gr_alloc_array(arena, coded->text.token_count + 1, sizeof *official);
    for (uint32_t i = 0; i < coded->text.token_count; i++) {
        const gr_word *word = &coded->word[i];
        bool behind_preposition = i > 0 && coded->word[i - 1].upos == GR_ADP; /* "Bank of Japan" */
        official[i] = word->name == GR_NAME_ORGANISATION && (word->name_begins || !behind_preposition);
    }
    for (uint32_t i = 0; i < who->all.count; i++) {
        const gr_mention *m = &who->all.item[i];
        if (m->tok_begin == m->tok_end) continue;
        if (m->kind == GR_MENTION_COUNTRY && m->properties & GR_IS_PLACE)
            official[m->tok_begin] = coded->word[m->head].rel == GR_COMPOUND;
        if (m->kind == GR_MENTION_NAME)
            official[m->tok_begin] = !gr_eq(know->word_class[m->word_class].kind, GR_S("other"));
        for (uint32_t t = m->tok_begin; m->kind == GR_MENTION_LISTED && t < m->tok_end; t++)
            official[t] = (m->properties & GR_IS_STATE) != 0;
    }
    return official;
}

static void find_who_and_where(gr_worker *w, const gr_locate_plan *plan, gr_coded *out, gr_understood *u) {
    const gr_library *l = w->library;
    bool *taken = gr_alloc_array(w->arena, out->text.token_count + 1, sizeof *taken);
    gr_find_names(w->arena, out->know, l->gazetteer, &out->text, out->word, out->parsed, &out->keys, &u->who,
                  taken);
    gr_place_context context = {.taken = taken, .sentence_wanted = out->parsed, .lang = out->lang};
    context.demonyms = plan->demonyms;
    if (plan->official) context.official = official_tokens(w->arena, out->know, out, &u->who);
    if (plan->given) {
        context.taken = NULL;
        context.given = given_tokens(w->arena, out, plan->given, plan->given_count, &context.given_count);
    }
    gr_find_places(w->arena, l->gazetteer, &out->text, out->word, &context, &u->places);
}

static gr_status stages(gr_worker *w, gr_slice bytes, const gr_source *source, gr_coded *out,
                        gr_understood *u, gr_error *err) {
    const gr_library *l = w->library;
    gr_arena *arena = w->arena;
    gr_status status = parse_stages(w, bytes, source, out, err);
    if (status != GR_OK) return status;
    gr_slice lang = out->lang;
    find_who_and_where(w, &(gr_locate_plan){0}, out, u);
    gr_settle_actors(arena, out->know, l->gazetteer, &out->text, out->word, &u->places, &u->who);
    gr_own_day own = gr_find_own_day(arena, out->know, out, lang);
    out->own_day = own.day;
    find_times_and_quantities(arena, out, lang, own, &u->times, &u->quantities);
    u->input = (gr_claim_input){out->know, l->gazetteer, &out->text, out->word,      out->parsed,
                                &u->who,   &u->places,   &u->times,  &u->quantities, lang};
    gr_claims claims = {0};
    gr_make_claims(arena, &u->input, &claims);
    out->claim = claims.item;
    out->claim_count = claims.count;
    if (w->options.incidents) {
        gr_incidents incidents = {0};
        gr_link_report(
            arena, &(gr_link_input){out->claim, out->claim_count, &u->who, &out->text, out->word, out->know},
            &incidents);
        out->who = &u->who;
        out->incident = incidents.item;
        out->incident_count = incidents.count;
    }
    return GR_OK;
}

static void begin(gr_worker *w, gr_coded *out, gr_understood *u) {
    gr_arena_reset(w->arena);
    *out = (gr_coded){0};
    *u = (gr_understood){0};
    u->arena = w->arena;
}

static gr_status too_little_memory(const gr_source *source, gr_error *err) {
    bool named = source && source->name.len && source->name.len < 200;
    return gr_fail(err, GR_NO_MEMORY, named ? source->name.ptr : NULL,
                   "this report needs more memory than there is; split it");
}

/* Runs the stages, those of `plan` where one is given, with the arena jumping back here when it is full. */
static gr_status guarded(gr_worker *w, gr_slice bytes, const gr_source *source, const gr_locate_plan *plan,
                         gr_coded *out, gr_understood *u, gr_error *err) {
    jmp_buf full;
    begin(w, out, u);
    if (setjmp(full)) {
        gr_arena_guard(w->arena, NULL);
        return too_little_memory(source, err);
    }
    gr_arena_guard(w->arena, &full);
    gr_status status =
        plan ? parse_stages(w, bytes, source, out, err) : stages(w, bytes, source, out, u, err);
    if (status == GR_OK && plan) find_who_and_where(w, plan, out, u);
    gr_arena_guard(w->arena, NULL);
    return status;
}

gr_status gr_worker_locate(gr_worker *w, gr_slice bytes, const gr_source *source, const gr_locate_plan *plan,
                           gr_coded *out, gr_understood *u, gr_error *err) {
    return guarded(w, bytes, source, plan, out, u, err);
}

gr_status gr_worker_understand(gr_worker *w, gr_slice bytes, const gr_source *source, gr_coded *out,
                               gr_understood *u, gr_error *err) {
    return guarded(w, bytes, source, NULL, out, u, err);
}

gr_status gr_worker_code(gr_worker *w, gr_slice bytes, const gr_source *source, gr_coded *out,
                         gr_error *err) {
    gr_understood understood;
    return gr_worker_understand(w, bytes, source, out, &understood, err);
}
