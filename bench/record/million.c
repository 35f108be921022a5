/* How the record behaves at size: million DATA_DIR RECORD REPORTS [SEED]
 *
 * Makes coded reports from a seed, with known truth, and adds them: each tells of two incidents and makes
 * three other claims, in some 400 words. An incident is told by one to eight reports, in no order, with the
 * noise of real ones: the place is told as a village 8 times in 10 (else a village beside it, the region, or
 * nothing), the day 9 times in 10 (else a day off, a week, or nothing), the figure is another one in 15 of
 * 100 tellings; actors are left out in 3 of 10. Prints a figure a line: name, tab, number. What is timed is
 * adding alone, not making the reports; the clock is the process's own, so other programs count less. */
#include "base/limits.h"
#include "base/map.h"
#include "base/utf8.h"
#include "pipe/pipe.h"
#include "store/store.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

enum { WORDS = 400, BATCH = 500, MOST_TELLINGS = 8, DAYS = 3650, FIRST_DAY = 16436 /* 2015-01-01 */ };

typedef struct incident {
    uint32_t place; /* of the gazetteer */
    int32_t day;
    uint8_t actor, target, type;
    int64_t killed;
} incident;

typedef struct maker {
    const gr_library *library;
    const gr_gazetteer *gazetteer;
    gr_arena *arena;
    uint32_t *village; /* places to draw from */
    uint32_t village_count;
    incident *truth;
    uint32_t truth_count;
    uint32_t *telling; /* two a report: index into truth */
    uint64_t state;
    gr_map accounts; /* account name -> truth + 1 */
    gr_arena *names;
} maker;

static double cpu_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double wall_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static uint64_t draw(maker *m) { /* SplitMix64 (Steele, Lea and Flood 2014) */
    uint64_t z = m->state += 0x9E3779B97F4A7C15ULL;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ z >> 27) * 0x94D049BB133111EBULL;
    return z ^ z >> 31;
}

static uint32_t below(maker *m, uint32_t n) {
    return (uint32_t)(draw(m) % n);
}

/* ---- what happened ---- */

static const struct {
    const char *id, *name, *kind;
} actor[] = {{"issp", "Islamic State Sahel Province", "rebel"},
             {"jnim", "Group for Support of Islam and Muslims", "rebel"},
             {"iswap", "Islamic State West Africa Province", "rebel"},
             {"boko-haram", "Boko Haram", "rebel"},
             {"", "gunmen", "rebel"}},
  target[] = {{"mil-ner", "Military Forces of Niger", "state-military"},
              {"mil-mli", "Military Forces of Mali", "state-military"},
              {"mil-bfa", "Military Forces of Burkina Faso", "state-military"},
              {"mil-nga", "Military Forces of Nigeria", "state-military"},
              {"", "civilians", "civilian"}};
static const char *const type[] = {"attack", "ambush", "clash", "kill"};
enum { ACTORS = sizeof actor / sizeof *actor, TARGETS = sizeof target / sizeof *target, TYPES = 4 };

static void find_villages(maker *m) {
    static const char *const COUNTRY[] = {"NER", "MLI", "BFA", "NGA"};
    uint32_t size = gr_gazetteer_size(m->gazetteer);
    m->village = calloc(size, sizeof *m->village);
    for (uint32_t i = 0; i < size; i++) {
        gr_place p = gr_gazetteer_place(m->gazetteer, i);
        bool fits = p.level == GR_LEVEL_POPULATED && p.has_point && p.admin1 != GR_NO_PLACE;
        if (fits && GR_AMONG(gr_slice_of(p.country), COUNTRY)) m->village[m->village_count++] = i;
    }
}

/* Incidents until their tellings fill the reports, then the tellings in no order. */
static void make_truth(maker *m, uint32_t reports) {
    uint32_t wanted = reports * 2, count = 0;
    m->telling = malloc(((size_t)wanted + MOST_TELLINGS) * sizeof *m->telling);
    m->truth = malloc(((size_t)wanted + 1) * sizeof *m->truth);
    while (count < wanted) {
        uint32_t tellings = 1;
        while (tellings < MOST_TELLINGS && below(m, 10) < 6) tellings++;
        m->truth[m->truth_count] = (incident){.place = m->village[below(m, m->village_count)],
                                              .day = FIRST_DAY + (int32_t)below(m, DAYS),
                                              .actor = (uint8_t)below(m, ACTORS),
                                              .target = (uint8_t)below(m, TARGETS),
                                              .type = (uint8_t)below(m, TYPES),
                                              .killed = 1 + (int64_t)below(m, below(m, 4) ? 9 : 80)};
        for (uint32_t i = 0; i < tellings && count < wanted; i++) m->telling[count++] = m->truth_count;
        m->truth_count++;
    }
    for (uint32_t i = wanted; i-- > 1;) {
        uint32_t k = below(m, i + 1), kept = m->telling[i];
        m->telling[i] = m->telling[k];
        m->telling[k] = kept;
    }
}

/* ---- what a report tells of it ---- */

static void tell_place(maker *m, const incident *in, gr_location *out) {
    uint32_t chance = below(m, 100), place = in->place;
    gr_place p = gr_gazetteer_place(m->gazetteer, place);
    *out = (gr_location){
        .role = "at", .score = 0.9, .candidates = 1, .reason = "exact, country of the document"};
    if (chance >= 95) p = gr_gazetteer_place(m->gazetteer, p.admin1);
    out->name = p.name;
    out->place = p.id;
    out->level = gr_level_name(p.level);
    out->country = gr_slice_of(gr_copy(m->arena, gr_slice_of(p.country)).ptr);
    if (p.admin1 != GR_NO_PLACE) out->admin1 = gr_gazetteer_place(m->gazetteer, p.admin1).name;
    out->has_point = p.has_point;
    out->city = p.level == GR_LEVEL_POPULATED && p.population >= 100000;
    out->lat_deg = p.lat_deg + (chance >= 91 && chance < 95 ? 0.05 : 0); /* a spot beside it */
    out->lon_deg = p.lon_deg;
    if (chance >= 91 && chance < 95) {
        out->name = gr_printf(m->arena, "%.*s-ba", GR_FMT(p.name));
        out->place = gr_printf(m->arena, "made:%u", place);
    }
}

static gr_when tell_day(maker *m, const incident *in) {
    uint32_t chance = below(m, 100);
    gr_when out = {.present = chance < 98,
                   .earliest = in->day,
                   .latest = in->day,
                   .precision = GR_PRECISION_DAY,
                   .basis = GR_BASIS_STATED};
    if (chance >= 93 && chance < 96) out.earliest = out.latest = in->day + 1;
    if (chance >= 96) {
        out.earliest = in->day - (int32_t)below(m, 6);
        out.latest = out.earliest + 6;
        out.precision = GR_PRECISION_WEEK;
    }
    return out;
}

static void tell_parties(maker *m, const incident *in, gr_claim *c) {
    c->party = gr_alloc_array(m->arena, 2, sizeof *c->party);
    if (below(m, 10) < 7)
        c->party[c->party_count++] =
            (gr_party){.role = GR_ROLE_ACTOR,
                       .id = gr_slice_of(actor[in->actor].id),
                       .name = gr_slice_of(actor[in->actor].name),
                       .kind = gr_slice_of(actor[in->actor].kind),
                       .form = *actor[in->actor].id ? GR_FORM_LISTED : GR_FORM_DESCRIBED};
    c->party[c->party_count++] =
        (gr_party){.role = GR_ROLE_TARGET,
                   .id = gr_slice_of(target[in->target].id),
                   .name = gr_slice_of(target[in->target].name),
                   .kind = gr_slice_of(target[in->target].kind),
                   .form = *target[in->target].id ? GR_FORM_LISTED : GR_FORM_DESCRIBED};
}

static void tell(maker *m, const incident *in, gr_coded *coded) {
    gr_claim *c = &coded->claim[coded->claim_count++];
    int64_t killed = below(m, 100) < 85 ? in->killed : in->killed + 1 + (int64_t)below(m, 3);
    *c = (gr_claim){.number = coded->claim_count,
                    .kind = GR_KIND_EVENT,
                    .type = gr_slice_of(type[in->type]),
                    .score = 0.9};
    tell_parties(m, in, c);
    if (below(m, 100) < 97) {
        c->location = gr_alloc(m->arena, sizeof *c->location);
        tell_place(m, in, c->location);
        c->location_count = 1;
    }
    c->when = tell_day(m, in);
    c->count = gr_alloc(m->arena, sizeof *c->count);
    *c->count = (gr_count){.what = GR_WHAT_KILLED,
                           .op = GR_OP_EQ,
                           .n = killed,
                           .n_max = GR_NO_NUMBER,
                           .unit = GR_S("person"),
                           .of = "target"};
    c->count_count = 1;
    gr_incident *told = &coded->incident[coded->incident_count++];
    *told = (gr_incident){
        .number = coded->incident_count, .sum = *c, .member_count = 1, .toll_count = 1, .unit_count = 1};
    told->member = gr_alloc(m->arena, sizeof *told->member);
    *told->member = c->number - 1;
    told->toll = gr_alloc(m->arena, sizeof *told->toll);
    *told->toll = (gr_toll){
        .what = GR_WHAT_KILLED, .of = "target", .low = killed, .high = killed, .exact = true, .count = 1};
    told->unit = gr_alloc(m->arena, sizeof *told->unit);
    *told->unit = (gr_unit_toll){.unit = GR_S("person"), .op = GR_OP_EQ, .low = killed, .high = killed};
}

/* A claim that belongs to no incident of the truth: who is present somewhere, who talks with whom. */
static void tell_beside(maker *m, gr_kind kind, const char *what, gr_coded *coded) {
    gr_claim *c = &coded->claim[coded->claim_count++];
    incident made = {.place = m->village[below(m, m->village_count)],
                     .actor = (uint8_t)below(m, ACTORS),
                     .target = (uint8_t)below(m, TARGETS)};
    *c = (gr_claim){.number = coded->claim_count, .kind = kind, .type = gr_slice_of(what), .score = 0.8};
    tell_parties(m, &made, c);
    c->location = gr_alloc(m->arena, sizeof *c->location);
    tell_place(m, &made, c->location);
    c->location_count = 1;
    gr_incident *told = &coded->incident[coded->incident_count++];
    *told = (gr_incident){.number = coded->incident_count, .sum = *c, .member_count = 1};
    told->member = gr_alloc(m->arena, sizeof *told->member);
    *told->member = c->number - 1;
}

/* ---- the report ---- */

static gr_slice make_text(maker *m, uint32_t number) {
    static const char *const WORD[] = {
        "the",    "people", "of",     "this",   "area",  "said",  "that",   "road",  "to",
        "market", "was",    "closed", "for",    "days",  "and",   "prices", "rose",  "while",
        "rain",   "fell",   "on",     "fields", "near",  "river", "where",  "herds", "had",
        "moved",  "before", "season", "began",  "again", "with",  "little", "water", "left"};
    enum { LEXICON = sizeof WORD / sizeof *WORD, SENTENCE = 20 };
    gr_buffer text = {0};
    gr_buffer_printf(&text, "Report %u.", number);
    for (int i = 0; i < WORDS; i++) {
        gr_buffer_printf(&text, " %s%s", WORD[below(m, LEXICON)], i % SENTENCE == SENTENCE - 1 ? "." : "");
        if (i % SENTENCE == SENTENCE - 1 && i + 1 < WORDS) gr_buffer_add(&text, GR_S(""));
    }
    gr_slice out = gr_copy(m->arena, gr_buffer_slice(&text));
    gr_buffer_free(&text);
    return out;
}

/* Sentences end at ". ", words at blanks. */
static void split(maker *m, gr_coded *coded, gr_slice text) {
    GR_VEC(gr_sentence) sentences = {0};
    GR_VEC(gr_token) tokens = {0};
    uint32_t begin = 0, word = 0, first = 0;
    for (uint32_t i = 0; i <= text.len; i++) {
        bool end = i == text.len || text.ptr[i] == ' ';
        if (!end) continue;
        gr_push(m->arena, &tokens,
                (gr_token){.form = gr_sub(text, word, i), .off_b = word, .len_b = i - word});
        word = i + 1;
        if (i != text.len && text.ptr[i - 1] != '.') continue;
        gr_push(
            m->arena, &sentences,
            (gr_sentence){.off_b = begin, .len_b = i - begin, .tok_begin = first, .tok_end = tokens.count});
        begin = i + 1;
        first = tokens.count;
    }
    coded->text = (gr_text){.bytes = text,
                            .sentence = sentences.item,
                            .sentence_count = sentences.count,
                            .token = tokens.item,
                            .token_count = tokens.count};
    gr_offsets_build(m->arena, text, &coded->offsets);
}

static void place_in_text(gr_coded *coded) {
    for (uint32_t i = 0; i < coded->claim_count; i++) {
        gr_claim *c = &coded->claim[i];
        c->sentence = i + 1;
        const gr_sentence *s = &coded->text.sentence[c->sentence];
        const gr_token *t = &coded->text.token[s->tok_begin];
        gr_span word = {t->off_b, t->off_b + t->len_b};
        c->quote = (gr_span){s->off_b, s->off_b + s->len_b};
        c->trigger = word;
        c->acled = GR_S("Battles/Armed clash");
        c->rule = GR_S("en.made");
        for (uint32_t k = 0; k < c->party_count; k++) c->party[k].mention = c->party[k].phrase = word;
        for (uint32_t k = 0; k < c->location_count; k++) c->location[k].mention = word;
        for (uint32_t k = 0; k < c->count_count; k++) c->count[k].mention = word;
        if (c->when.present) c->when.mention = word;
    }
}

static void make_report(maker *m, uint32_t number, gr_coded *coded) {
    gr_slice text = make_text(m, number);
    gr_document *d = &coded->document;
    *coded = (gr_coded){.claim = gr_alloc_array(m->arena, 8, sizeof(gr_claim)),
                        .incident = gr_alloc_array(m->arena, 8, sizeof(gr_incident))};
    d->text = d->bytes = text;
    d->format = GR_FORMAT_TEXT;
    d->encoding = GR_S("utf-8");
    d->sha256 = d->text_sha256 = gr_sha256(text);
    d->source = (gr_source){.publisher = gr_printf(m->arena, "Publisher %u", below(m, 40)),
                            .published = GR_S("2025-01-01")};
    split(m, coded, text);
    tell(m, &m->truth[m->telling[2 * number]], coded);
    tell(m, &m->truth[m->telling[2 * number + 1]], coded);
    tell_beside(m, GR_KIND_PRESENCE, "present", coded);
    tell_beside(m, GR_KIND_RELATION, "negotiate", coded);
    tell_beside(m, GR_KIND_PRESENCE, "tax", coded);
    place_in_text(coded);
    for (uint32_t i = 0; i < 2; i++)
        gr_map_set(m->names, &m->accounts, gr_printf(m->names, "%.12s-i%u", d->sha256.hex, i + 1),
                   m->telling[2 * number + i] + 1);
}

/* ---- measuring ---- */

static bool add_all(maker *m, gr_record *record, uint32_t reports, gr_error *err) {
    gr_buffer json = {0};
    double spent = 0, stretch = 0, first = 0, last = 0;
    uint32_t tenth = reports / 10 ? reports / 10 : 1;
    gr_status status = GR_OK;
    for (uint32_t i = 0; i < reports && status == GR_OK; i++) {
        gr_coded coded;
        gr_added added;
        gr_arena_reset(m->arena);
        make_report(m, i, &coded);
        gr_buffer_clear(&json);
        gr_write_claims(m->library, &coded, &json);
        double begin = cpu_s();
        if (i % BATCH == 0) status = gr_record_begin(record, err);
        if (status == GR_OK)
            status = gr_record_add(record, m->library, &coded, gr_buffer_slice(&json), 1700000000 + i / 100,
                                   &added, err);
        if (status == GR_OK && (i % BATCH == BATCH - 1 || i + 1 == reports))
            status = gr_record_commit(record, err);
        spent += cpu_s() - begin;
        if ((i + 1) % tenth == 0) {
            last = spent - stretch;
            stretch = spent;
            if (first == 0) first = last;
        }
    }
    gr_buffer_free(&json);
    if (status != GR_OK) return false;
    printf("reports a second, one core\t%.0f\n", reports / spent);
    printf("last tenth to first tenth\t%.3f\n", last / first);
    return true;
}

typedef struct scoring {
    maker *m;
    uint32_t *size_of_truth, *size_of_group, *group; /* per truth; per group; per account in order */
    GR_VEC(uint32_t) truth_of;                       /* per account */
    GR_VEC(uint32_t) group_of;
    uint32_t groups;
    uint64_t mixed, merged; /* incidents of several accounts: with several truths, all */
} scoring;

static bool take(void *context, const gr_incident_row *in) {
    scoring *s = context;
    uint32_t first = 0, known = 0;
    bool mixed = false;
    for (uint32_t i = 0; i < in->account_count; i++) {
        uint32_t truth = gr_map_get(&s->m->accounts, in->account[i].account);
        if (truth == GR_MAP_NONE) continue;
        if (known++ == 0) first = truth;
        mixed = mixed || truth != first;
        gr_push(s->m->names, &s->truth_of, truth);
        gr_push(s->m->names, &s->group_of, s->groups);
    }
    s->groups++;
    s->merged += known > 1;
    s->mixed += mixed;
    return true;
}

/* B-cubed precision and recall over accounts (Bagga and Baldwin 1998). */
static void print_bcubed(scoring *s) {
    uint32_t n = s->truth_of.count;
    uint32_t *of_truth = calloc(s->m->truth_count + 2u, sizeof *of_truth),
             *of_group = calloc(s->groups + 1u, sizeof *of_group);
    double precision = 0, recall = 0;
    for (uint32_t i = 0; i < n; i++) of_truth[s->truth_of.item[i]]++, of_group[s->group_of.item[i]]++;
    for (uint32_t i = 0, end; i < n; i = end) { /* accounts of a group lie together */
        for (end = i; end < n && s->group_of.item[end] == s->group_of.item[i];) end++;
        for (uint32_t k = i; k < end; k++) {
            uint32_t same = 0;
            for (uint32_t j = i; j < end; j++) same += s->truth_of.item[j] == s->truth_of.item[k];
            precision += (double)same / of_group[s->group_of.item[k]];
            recall += (double)same / of_truth[s->truth_of.item[k]];
        }
    }
    precision /= n;
    recall /= n;
    printf("b-cubed precision\t%.2f\nb-cubed recall\t%.2f\nb-cubed F1\t%.2f\n", 100 * precision, 100 * recall,
           200 * precision * recall / (precision + recall));
    printf("incidents of several accounts\t%llu\nof these with accounts of different truth\t%llu\n",
           (unsigned long long)s->merged, (unsigned long long)s->mixed);
    free(of_truth);
    free(of_group);
}

static bool count(void *context, const gr_incident_row *in) {
    (void)in;
    ++*(uint32_t *)context;
    return true;
}

static bool time_queries(maker *m, gr_record *record, gr_error *err) {
    static const char *const NAME[] = {"query by day and country, ms", "query by place, ms",
                                       "query by actor and week, ms", "query of one incident, ms"};
    for (int q = 0; q < 4; q++) {
        double worst = 0;
        uint32_t rows = 0;
        for (int i = 0; i < 20; i++) {
            const incident *in = &m->truth[below(m, m->truth_count)];
            gr_claim_filter f = {.from = GR_NO_DAY, .until = GR_NO_DAY, .limit = 100};
            gr_place p = gr_gazetteer_place(m->gazetteer, in->place);
            if (q == 0 || q == 2) f.from = in->day, f.until = in->day + (q ? 6 : 0);
            if (q == 0) f.place = gr_slice_of(p.country);
            if (q == 1) f.place = p.id;
            if (q == 2) f.actor = GR_S("jnim");
            double begin = wall_s();
            if (gr_record_incidents(record, &f, GR_S(""), count, &rows, err) != GR_OK) return false;
            double took = wall_s() - begin;
            if (took > worst) worst = took;
        }
        printf("%s\t%.1f\n", NAME[q], worst * 1e3);
        if (q == 2) break;
    }
    return true;
}

static bool measure(maker *m, const char *path, uint32_t reports, gr_error *err) {
    gr_record *record = gr_record_open(path, GR_OPEN_CREATE, err);
    struct stat info = {0};
    scoring s = {.m = m};
    bool fine = record && add_all(m, record, reports, err);
    gr_record_close(record);
    record = fine ? gr_record_open(path, GR_OPEN_READ, err) : NULL;
    fine = fine && record && stat(path, &info) == 0;
    if (fine) printf("bytes a claim\t%.0f\n", (double)info.st_size / (5.0 * reports));
    fine = fine && time_queries(m, record, err);
    gr_claim_filter every = {.kind = GR_S("event"), .from = GR_NO_DAY, .until = GR_NO_DAY};
    fine = fine && gr_record_incidents(record, &every, GR_S(""), take, &s, err) == GR_OK;
    if (fine) print_bcubed(&s);
    gr_record_close(record);
    return fine;
}

int main(int argc, char **argv) {
    gr_error err = {0};
    jmp_buf full;
    if (argc < 4) {
        fputs("usage: million DATA_DIR RECORD REPORTS [SEED]\n", stderr);
        return 2;
    }
    uint32_t reports = (uint32_t)strtoul(argv[3], NULL, 10);
    gr_library *library = gr_library_open(argv[1], &err);
    maker m = {.library = library,
               .arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B),
               .names = gr_arena_new((size_t)4 << 30),
               .state = argc > 4 ? strtoull(argv[4], NULL, 10) : 1};
    if (!library || !m.arena || !m.names || setjmp(full) || reports == 0) {
        fprintf(stderr, "million: %s\n", err.message[0] ? err.message : "out of memory, or no reports");
        return 1;
    }
    gr_arena_guard(m.arena, &full);
    gr_arena_guard(m.names, &full);
    m.gazetteer = gr_library_gazetteer(library);
    find_villages(&m);
    make_truth(&m, reports);
    printf("reports\t%u\nincidents told\t%u\n", reports, m.truth_count);
    bool fine = measure(&m, argv[2], reports, &err);
    if (!fine) fprintf(stderr, "million: %s %s\n", err.origin, err.message);
    return fine ? 0 : 1;
}
