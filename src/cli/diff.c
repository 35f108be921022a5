/* griot diff: what a report of the record adds to the others. */
#include "base/limits.h"
#include "cli/incident_view.h"
#include "cli/phrase.h"
#include "cli/record.h"
#include "cli/screen.h"
#include "link/accounts.h"

#include <stdio.h>

static const gr_option options[] = {
    GR_OPTION_RECORD,
    GR_OPTION_JSON,
    {0},
};

/* What an account is to the others of its incident. */
typedef enum news { NEW, CONFIRMS, DIFFERS, DENIES, RETRACTS, NEWS } news;
static const char *const news_name[NEWS] = {"new", "confirms", "differs", "denies", "retracts"};
static const char *const news_title[NEWS] = {"told by this report alone", "told by others too",
                                             "with other figures than others", "denies what others tell",
                                             "takes back what the same publisher told"};

typedef struct comparing {
    gr_slice doc; /* its first 12 digits */
    json_t *list; /* of {news, account, proposed, incident} */
    bool failed;
} comparing;

static bool has_happened(gr_reality reality) {
    return reality == GR_OCCURRED || reality == GR_ONGOING;
}

static bool differs(const gr_incident_row *in, gr_slice account) {
    for (uint32_t i = 0; i < in->pair_count; i++)
        if ((gr_eq(in->pair[i].a, account) || gr_eq(in->pair[i].b, account)) &&
            in->pair[i].why & 1u << GR_WHY_OTHER_FIGURE)
            return true;
    return false;
}

static gr_reality reality_of(const gr_account_row *row) {
    gr_reality reality = GR_OCCURRED;
    for (uint32_t i = 0; i < row->claim_count; i++) {
        json_t *claim = json_loadb(row->claim[i].ptr, row->claim[i].len, 0, NULL);
        gr_reality here = gr_reality_of(gr_json_text(claim, "reality"));
        json_decref(claim);
        if (here != GR_REALITY_COUNT && (i == 0 || has_happened(here))) reality = here;
    }
    return reality;
}

static news news_of(const gr_incident_row *in, const gr_account_row *mine) {
    bool others = false, denied = !has_happened(reality_of(mine)), own = false, told = false;
    for (uint32_t i = 0; i < in->account_count; i++) {
        const gr_account_row *other = &in->account[i];
        if (gr_eq(other->doc, mine->doc)) continue;
        others = true;
        bool happened = has_happened(reality_of(other));
        told = told || happened;
        own = own || (happened && mine->publisher.len && gr_eq(other->publisher, mine->publisher));
    }
    if (!others) return NEW;
    if (denied && told) return own ? RETRACTS : DENIES;
    return differs(in, mine->account) ? DIFFERS : CONFIRMS;
}

static bool take(void *context, const gr_incident_row *in) {
    comparing *c = context;
    json_t *incident = gr_incident_json(in, &(gr_view_plan){0});
    c->failed = !incident;
    for (uint32_t i = 0; incident && i < in->account_count; i++) {
        if (!gr_eq(in->account[i].doc, c->doc)) continue;
        gr_slice account = in->account[i].account;
        int proposed = 0;
        for (uint32_t k = 0; k < in->proposal_count; k++)
            proposed += gr_eq(in->proposal[k].a, account) || gr_eq(in->proposal[k].b, account);
        json_array_append_new(c->list,
                              json_pack("{s:s, s:s%, s:i, s:O}", "news",
                                        news_name[news_of(in, &in->account[i])], "account", account.ptr,
                                        account.len, "proposed", proposed, "incident", incident));
    }
    json_decref(incident);
    return !c->failed;
}

static gr_status print(const comparing *c, gr_error *err) {
    gr_arena *arena = gr_arena_new(GR_MAX_PROCESS_ARENA_B);
    jmp_buf full;
    if (!arena || setjmp(full)) {
        gr_arena_free(arena);
        return gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while comparing");
    }
    gr_arena_guard(arena, &full);
    for (unsigned what = 0; what < NEWS; what++) {
        bool titled = false;
        size_t i;
        json_t *item;
        json_array_foreach(c->list, i, item) {
            const json_t *incident = json_object_get(item, "incident");
            if (!gr_eq(gr_json_text(item, "news"), gr_slice_of(news_name[what]))) continue;
            if (!titled) gr_put(GR_MARKED, gr_printf(arena, "%s\n", news_title[what]));
            titled = true;
            gr_put_line("  %.*s  %.*s: %.*s; %.*s; %.*s%s", GR_FMT(gr_json_text(item, "account")),
                        GR_FMT(gr_phrase_what(arena, incident)), GR_FMT(gr_phrase_who(arena, incident)),
                        GR_FMT(gr_phrase_where(arena, incident)), GR_FMT(gr_phrase_when(arena, incident)),
                        json_integer_value(json_object_get(item, "proposed")) ? "; may be told already" : "");
        }
    }
    if (json_array_size(c->list) == 0) gr_put_line("the report tells of no incident");
    gr_arena_free(arena);
    return GR_OK;
}

static bool keep_doc(void *context, const gr_source_row *source) {
    gr_buffer_add(context, gr_sub(source->sha256, 0, 12));
    return false;
}

static gr_status run(const gr_args *args, gr_error *err) {
    gr_record *record = gr_open_record(args, GR_OPEN_READ, err);
    if (!record) return err->status;
    gr_buffer doc = {0};
    comparing c = {.list = json_array()};
    gr_claim_filter filter = gr_every_claim();
    filter.doc = gr_slice_of(args->operand[0]);
    gr_status status = gr_record_sources(record, filter.doc, keep_doc, &doc, err);
    c.doc = gr_buffer_slice(&doc);
    if (status == GR_OK) status = gr_record_incidents(record, &filter, GR_S(""), take, &c, err);
    if (status == GR_OK && c.failed)
        status = gr_fail(err, GR_NO_MEMORY, NULL, "out of memory while comparing");
    if (status == GR_OK && gr_args_given(args, "json"))
        status =
            gr_json_print(json_pack("{s:s%, s:O}", "doc", c.doc.ptr, c.doc.len, "incidents", c.list), err);
    else if (status == GR_OK)
        status = print(&c, err);
    json_decref(c.list);
    gr_buffer_free(&doc);
    gr_record_close(record);
    return status;
}

const gr_command gr_command_diff = {
    .name = "diff",
    .summary = "what a report adds to the others of the record",
    .synopsis = "DOC [OPTIONS]",
    .about =
        "Sorts the incidents that a report of the record tells of: those that it tells alone, those that "
        "other\n"
        "reports tell too, with the same figures or with others, and those that it denies or takes back.\n"
        "DOC is the report's hash, or the first six digits or more.\n",
    .examples = "  griot diff 381898c76427\n"
                "  griot diff --json 381898c76427\n",
    .option = options,
    .least = 1,
    .most = 1,
    .run = run,
};
