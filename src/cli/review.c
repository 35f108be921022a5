/* griot review: what people decide about claims and incidents. */
#include "cli/review.h"

#include "base/os.h"
#include "cli/filter.h"
#include "cli/record.h"
#include "cli/screen.h"

#include <stdio.h>
#include <stdlib.h>

static const gr_option options[] = {
    GR_OPTIONS_FILTER,
    {"as", 0, "NAME", "who reviews (default: $GRIOT_REVIEWER, else $USER)"},
    {"reason", 0, "WORDS", "why; a rejection needs it"},
    {"blind", 0, NULL, "show nothing of what other reviewers said, and what they have settled too"},
    GR_OPTION_RECORD,
    GR_OPTION_JSON,
    {0},
};

gr_status gr_reviewer_of(const gr_args *args, gr_slice *out, gr_error *err) {
    *out = gr_args_slice(args, "as");
    if (!out->len) *out = gr_slice_of(getenv("GRIOT_REVIEWER"));
    if (!out->len) *out = gr_slice_of(getenv("USER"));
    return out->len ? GR_OK : gr_fail(err, GR_USAGE, NULL, "review: who are you? give --as NAME");
}

/* Commands of one judgement: how many operands stand behind the verb. */
static const struct {
    const char *verb;
    gr_action action;
    int operands;
    const char *wants;
} verbs[] = {
    {"accept", GR_JUDGE_ACCEPT, 1, "a claim or incident"},
    {"reject", GR_JUDGE_REJECT, 1, "a claim or incident, and --reason"},
    {"edit", GR_JUDGE_EDIT, 3, "a claim, a field and its value"},
    {"merge", GR_JUDGE_MERGE, 2, "two incidents"},
    {"split", GR_JUDGE_SPLIT, 2, "two accounts of an incident"},
    {"note", GR_JUDGE_NOTE, 2, "a claim or incident, and the words"},
};

static gr_status say(const gr_args *args, int64_t seq, gr_slice what, gr_slice subject, gr_error *err) {
    if (gr_args_given(args, "json"))
        return gr_json_print(json_pack("{s:I, s:s%, s:s%}", "seq", (json_int_t)seq, "action", what.ptr,
                                       what.len, "subject", subject.ptr, subject.len),
                             err);
    gr_put_line("%.*s %.*s: judgement %lld", GR_FMT(what), GR_FMT(subject), (long long)seq);
    return GR_OK;
}

static gr_status judge(const gr_args *args, gr_record *record, unsigned verb, gr_slice who, gr_error *err) {
    gr_slice operand[4] = {{NULL, 0}};
    for (int i = 1; i < args->operand_count && i < 4; i++) operand[i] = gr_slice_of(args->operand[i]);
    gr_judgement j = {.who = who,
                      .action = verbs[verb].action,
                      .subject = operand[1],
                      .words = gr_args_slice(args, "reason")};
    if (args->operand_count - 1 != verbs[verb].operands)
        return gr_fail(err, GR_USAGE, NULL, "review %s takes %s", verbs[verb].verb, verbs[verb].wants);
    if (j.action == GR_JUDGE_NOTE) j.words = operand[2];
    if (verbs[verb].operands == 2 && j.action != GR_JUDGE_NOTE) j.other = operand[2];
    if (j.action == GR_JUDGE_EDIT) {
        j.other = operand[2];
        j.words = operand[3];
    }
    int64_t seq;
    gr_status status = gr_record_judge(record, &j, gr_os_now_unix_s(), &seq, err);
    return status == GR_OK ? say(args, seq, gr_slice_of(verbs[verb].verb), j.subject, err) : status;
}

static gr_status undo(const gr_args *args, gr_record *record, gr_slice who, gr_error *err) {
    uint64_t seq;
    if (args->operand_count != 2 || !gr_parse_u64(gr_slice_of(args->operand[1]), &seq))
        return gr_fail(err, GR_USAGE, NULL, "review undo takes the number of a judgement");
    gr_status status = gr_record_undo(record, who, (int64_t)seq, gr_os_now_unix_s(), err);
    return status == GR_OK ? say(args, (int64_t)seq, GR_S("undo"), gr_slice_of(args->operand[1]), err)
                           : status;
}

static gr_status act(const gr_args *args, gr_slice who, gr_error *err) {
    const char *verb = args->operand[0], *names[sizeof verbs / sizeof *verbs + 1];
    unsigned count = sizeof verbs / sizeof *verbs, at = 0;
    while (at < count && strcmp(verb, verbs[at].verb) != 0) at++;
    bool undoing = strcmp(verb, "undo") == 0;
    if (at == count && !undoing) {
        for (unsigned i = 0; i < count; i++) names[i] = verbs[i].verb;
        names[count] = "undo";
        const char *near = gr_nearest(verb, names, count + 1);
        return gr_fail(err, GR_USAGE, NULL, "review: no such act, %s%s%s%s", verb,
                       near ? "; did you mean " : "", near ? near : "",
                       near ? "?" : "; see griot review --help");
    }
    gr_record *record = gr_open_record(args, GR_OPEN_WRITE, err);
    if (!record) return err->status;
    gr_status status = undoing ? undo(args, record, who, err) : judge(args, record, at, who, err);
    gr_record_close(record);
    return status;
}

static gr_status run(const gr_args *args, gr_error *err) {
    gr_slice who;
    if (args->operand_count && strcmp(args->operand[0], "agreement") == 0)
        return gr_review_agreement(args, err);
    gr_status status = gr_reviewer_of(args, &who, err);
    if (status != GR_OK) return status;
    return args->operand_count ? act(args, who, err) : gr_review_keys(args, who, err);
}

const gr_command gr_command_review = {
    .name = "review",
    .summary = "accept, reject, edit, merge, split: one key each, all undoable",
    .synopsis =
        "[FILTERS] [OPTIONS] | accept|reject ID | edit CLAIM FIELD VALUE | merge|split INCIDENT INCIDENT | "
        "note ID WORDS | undo N | agreement",
    .about =
        "Without an act, goes through the incidents that nobody has settled and takes one key for each:\n"
        "a accept, r reject, e edit, s split, m merge with what is proposed, n note, u undo, space the "
        "next,\n"
        "q leave. To look is not to accept. Every judgement stands in the log under the reviewer's name and\n"
        "can be taken back. Merged accounts are one incident from then on, split ones never again, and what\n"
        "was split is not proposed any more. edit takes type, reality, earliest, latest, or a figure such "
        "as\n"
        "killed. agreement gives Krippendorff's alpha for claims that several have judged; --blind is for\n"
        "the second coder.\n",
    .examples = "  griot review --place NER --as amina\n"
                "  griot review agreement --json\n",
    .option = options,
    .least = 0,
    .most = 4,
    .run = run,
};
