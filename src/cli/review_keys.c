/* A review with one key each: what is shown is an incident with its sentences, what is written is judgements.
 */
#include "base/os.h"
#include "cli/filter.h"
#include "cli/incident_view.h"
#include "cli/phrase.h"
#include "cli/record.h"
#include "cli/review.h"
#include "cli/screen.h"

#include <stdio.h>
#include <termios.h>
#include <unistd.h>

enum { MOST_LINE_B = 1024 };

typedef struct keys {
    gr_record *record;
    gr_slice who;
    bool blind;
    json_t *queue; /* incidents as values */
    int64_t last;  /* judgement that u takes back, or 0 */
    unsigned settled;
    gr_error *err;
} keys;

/* ---- what is to be reviewed ---- */

static bool judged_by(const json_t *incident, gr_slice who) {
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(incident, "judgements"), i, one) {
        bool settles = gr_eq(gr_json_text(one, "action"), GR_S("accept")) ||
                       gr_eq(gr_json_text(one, "action"), GR_S("reject"));
        if (settles && gr_eq(gr_json_text(one, "who"), who) &&
            json_is_null(json_object_get(one, "undone_by")))
            return true;
    }
    return false;
}

static bool take(void *context, const gr_incident_row *row) {
    keys *k = context;
    json_t *incident = gr_incident_json(row, &(gr_view_plan){0});
    bool open =
        k->blind ? !judged_by(incident, k->who) : gr_eq(gr_json_text(incident, "status"), GR_S("draft"));
    if (incident && open) return json_array_append_new(k->queue, incident) == 0;
    json_decref(incident);
    return incident != NULL;
}

/* ---- showing ---- */

static void put(gr_flow *flow, gr_style style, gr_slice text) {
    gr_flow_put(flow, style, text);
    gr_flow_end(flow);
    *flow = (gr_flow){.indent = flow->indent};
}

static void show_claim(gr_arena *arena, const json_t *claim) {
    gr_flow flow = {.indent = 4};
    gr_slice says = gr_phrase_says(arena, claim), counts = gr_phrase_counts(arena, claim);
    put(&flow, GR_PLAIN,
        gr_printf(arena, "  %.*s", GR_FMT(gr_json_text(json_object_get(claim, "quote"), "exact"))));
    put(&flow, GR_FAINT,
        gr_printf(arena, "    %.*s  %.*s: %.*s; %.*s; %.*s%s%.*s%s%.*s", GR_FMT(gr_json_text(claim, "claim")),
                  GR_FMT(gr_phrase_what(arena, claim)), GR_FMT(gr_phrase_who(arena, claim)),
                  GR_FMT(gr_phrase_where(arena, claim)), GR_FMT(gr_phrase_when(arena, claim)),
                  counts.len ? "; " : "", GR_FMT(counts), says.len ? "; says " : "", GR_FMT(says)));
}

static void show_accounts(gr_arena *arena, const json_t *incident) {
    size_t i, c;
    json_t *account, *claim, *pair;
    json_array_foreach(json_object_get(incident, "accounts"), i, account) {
        gr_slice publisher = gr_json_text(account, "publisher"),
                 published = gr_json_text(account, "published");
        gr_put(GR_STRONG, gr_printf(arena, "%.*s  %.*s  %.*s\n", GR_FMT(gr_json_text(account, "account")),
                                    GR_FMT(publisher), GR_FMT(published)));
        json_array_foreach(json_object_get(account, "claims"), c, claim) show_claim(arena, claim);
    }
    json_array_foreach(json_object_get(incident, "proposals"), i, pair)
        gr_put(GR_MARKED, gr_printf(arena, "proposed: %.*s and %.*s\n", GR_FMT(gr_json_text(pair, "a")),
                                    GR_FMT(gr_json_text(pair, "b"))));
}

static void show_judgements(gr_arena *arena, const keys *k, const json_t *incident) {
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(incident, "judgements"), i, one) {
        if (k->blind && !gr_eq(gr_json_text(one, "who"), k->who)) continue;
        if (!json_is_null(json_object_get(one, "undone_by"))) continue;
        gr_put(GR_FAINT, gr_printf(arena, "%.*s: %.*s %.*s %.*s %.*s\n", GR_FMT(gr_json_text(one, "who")),
                                   GR_FMT(gr_json_text(one, "action")), GR_FMT(gr_json_text(one, "subject")),
                                   GR_FMT(gr_json_text(one, "other")), GR_FMT(gr_json_text(one, "words"))));
    }
}

static gr_status show(const keys *k, const json_t *incident, size_t at) {
    gr_arena *arena = gr_arena_new((size_t)16 << 20);
    jmp_buf full;
    if (!arena || setjmp(full)) {
        gr_arena_free(arena);
        return gr_fail(k->err, GR_NO_MEMORY, NULL, "out of memory while showing an incident");
    }
    gr_arena_guard(arena, &full);
    putchar('\n');
    gr_put(GR_STRONG,
           gr_printf(arena, "%zu of %zu  %.*s: %.*s; %.*s; %.*s\n", at + 1, json_array_size(k->queue),
                     GR_FMT(gr_phrase_what(arena, incident)), GR_FMT(gr_phrase_who(arena, incident)),
                     GR_FMT(gr_phrase_where(arena, incident)), GR_FMT(gr_phrase_when(arena, incident))));
    show_accounts(arena, incident);
    show_judgements(arena, k, incident);
    gr_arena_free(arena);
    return GR_OK;
}

/* ---- asking ---- */

/* One key, without the Enter key on a terminal; EOF at the end. */
static int read_key(void) {
    struct termios kept, raw;
    bool screen = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &kept) == 0;
    fputs("[a]ccept [r]eject [e]dit [s]plit [m]erge [n]ote [u]ndo [space] next [q]uit > ", stdout);
    fflush(stdout);
    if (screen) {
        raw = kept;
        raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
        tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    }
    int key = getchar();
    if (screen) tcsetattr(STDIN_FILENO, TCSANOW, &kept);
    putchar('\n');
    return key;
}

/* A line of words; empty where none is given. */
static gr_slice read_words(const char *question, char line[MOST_LINE_B]) {
    printf("%s: ", question);
    fflush(stdout);
    line[0] = 0;
    if (!fgets(line, MOST_LINE_B, stdin)) return (gr_slice){line, 0};
    return gr_trim(gr_slice_of(line));
}

static gr_status judge(keys *k, gr_action action, gr_slice subject, gr_slice other, gr_slice words) {
    gr_judgement j = {.who = k->who, .action = action, .subject = subject, .other = other, .words = words};
    gr_status status = gr_record_judge(k->record, &j, gr_os_now_unix_s(), &k->last, k->err);
    if (status == GR_OK)
        gr_put_line("%s %.*s: judgement %lld", gr_action_name(action), GR_FMT(subject), (long long)k->last);
    return status;
}

static gr_slice account_at(const json_t *incident, size_t index) {
    return gr_json_text(json_array_get(json_object_get(incident, "accounts"), index), "account");
}

/* Takes the named account (of several) out of the incident. */
static gr_status split(keys *k, const json_t *incident) {
    char line[MOST_LINE_B];
    size_t count = json_array_size(json_object_get(incident, "accounts"));
    if (count < 2) {
        gr_put_line("it has one account alone");
        return GR_OK;
    }
    gr_slice account = read_words("which account goes", line);
    gr_status status = GR_OK;
    for (size_t i = 0; i < count && status == GR_OK && account.len; i++)
        if (!gr_eq(account_at(incident, i), account))
            status = judge(k, GR_JUDGE_SPLIT, account, account_at(incident, i), GR_S(""));
    return status;
}

static gr_status merge(keys *k, const json_t *incident) {
    const json_t *pair = json_array_get(json_object_get(incident, "proposals"), 0);
    if (!pair) {
        gr_put_line("nothing is proposed for it");
        return GR_OK;
    }
    return judge(k, GR_JUDGE_MERGE, gr_json_text(pair, "a"), gr_json_text(pair, "b"), GR_S(""));
}

/* "9f2c61d0a4be-7 killed 12" */
static gr_status edit(keys *k) {
    char line[MOST_LINE_B];
    gr_slice words = read_words("claim, field and value", line), claim = gr_cut(&words, ' '),
             field = gr_cut(&words, ' ');
    return words.len ? judge(k, GR_JUDGE_EDIT, claim, field, gr_trim(words)) : GR_OK;
}

static gr_status take_back(keys *k) {
    if (!k->last) {
        gr_put_line("nothing to take back");
        return GR_OK;
    }
    gr_status status = gr_record_undo(k->record, k->who, k->last, gr_os_now_unix_s(), k->err);
    if (status == GR_OK) gr_put_line("judgement %lld is taken back", (long long)k->last);
    k->last = 0;
    return status;
}

/* What a key does; *next: the incident is settled or passed over. */
static gr_status press(keys *k, int key, const json_t *incident, bool *next) {
    char line[MOST_LINE_B];
    gr_slice id = gr_json_text(incident, "incident"), words;
    switch (key) {
    case 'a':
        *next = true;
        k->settled++;
        return judge(k, GR_JUDGE_ACCEPT, id, GR_S(""), GR_S(""));
    case 'r':
        words = read_words("why", line);
        if (!words.len) return GR_OK;
        *next = true;
        k->settled++;
        return judge(k, GR_JUDGE_REJECT, id, GR_S(""), words);
    case 'e':
        return edit(k);
    case 's':
        return split(k, incident);
    case 'm':
        return merge(k, incident);
    case 'n':
        words = read_words("note", line);
        return words.len ? judge(k, GR_JUDGE_NOTE, id, GR_S(""), words) : GR_OK;
    case 'u':
        return take_back(k);
    case ' ':
        *next = true;
        return GR_OK;
    default:
        return GR_OK;
    }
}

/* A slip in what was typed is told and asked again; the record's own failures end the review. */
static gr_status forgive(const keys *k, gr_status status) {
    if (status != GR_USAGE && status != GR_NOT_FOUND) return status;
    gr_print_error(k->err);
    return GR_OK;
}

static gr_status go_through(keys *k) {
    gr_status status = GR_OK;
    for (size_t at = 0; at < json_array_size(k->queue) && status == GR_OK;) {
        const json_t *incident = json_array_get(k->queue, at);
        bool next = false;
        status = show(k, incident, at);
        while (status == GR_OK && !next) {
            int key = read_key();
            if (key == 'q' || key == EOF || key == 4) return GR_OK;
            if (key != '\n') status = forgive(k, press(k, key, incident, &next));
        }
        at++;
    }
    return status;
}

gr_status gr_review_keys(const gr_args *args, gr_slice who, gr_error *err) {
    gr_claim_filter filter;
    gr_status status = gr_filter_of(args, &filter, err);
    if (status != GR_OK) return status;
    keys k = {.record = gr_open_record(args, GR_OPEN_WRITE, err),
              .who = who,
              .blind = gr_args_given(args, "blind"),
              .queue = json_array(),
              .err = err};
    status = k.record ? gr_record_incidents(k.record, &filter, GR_S(""), take, &k, err) : err->status;
    if (status == GR_OK) status = go_through(&k);
    if (status == GR_OK)
        gr_put_line("%u of %zu incident%s settled", k.settled, json_array_size(k.queue),
                    gr_plural(json_array_size(k.queue)));
    json_decref(k.queue);
    gr_record_close(k.record);
    return status;
}
