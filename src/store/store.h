/* The record: sources, sentences, claims with all mentions, and the hash-chained log, in one SQLite file.
 * Only this room sees SQLite. A report lands whole or not at all; adding it again changes nothing.
 * Thread rule: a gr_record belongs to one thread; several processes may open one file (WAL). */
#ifndef GRIOT_STORE_STORE_H
#define GRIOT_STORE_STORE_H

#include "pipe/pipe.h"

typedef struct gr_record gr_record;

typedef enum gr_open_mode {
    GR_OPEN_READ,
    GR_OPEN_WRITE,
    GR_OPEN_CREATE /* write; make it if absent */
} gr_open_mode;
/* GR_NOT_FOUND, GR_BAD_MODEL (not a griot record, damaged, or of a newer version), GR_BUSY, GR_IO. */
gr_record *gr_record_open(const char *path, gr_open_mode mode, gr_error *err);
void gr_record_close(gr_record *record); /* NULL is fine */

typedef struct gr_added {
    bool already_there; /* same bytes and same knowledge: nothing changed */
    bool recoded;       /* same bytes, new knowledge: new claims beside the old, which stay */
    uint32_t claims;
    /* What its incidents are to the record: told for the first time; told by other reports too, with figures
     * that fit or with others; and how many may be told already, for a reviewer to say. */
    uint32_t first, confirms, differs, proposed;
    int64_t source_row;
} gr_added;
/* Keeps one coded report: source, sentences, claims, one log entry, in one transaction.
 * `json` is the claims' JSON lines as gr_write_claims made them (kept verbatim beside the columns). */
gr_status gr_record_add(gr_record *record, const gr_library *library, const gr_coded *coded, gr_slice json,
                        int64_t now_unix_s, gr_added *out, gr_error *err);
/* A batch: the adds between begin and commit land together, with one wait for the disk. A crash before the
 * commit loses whole reports, never parts. An add that fails for its input (GR_BAD_INPUT) leaves the batch as
 * it was; any other failure undoes the whole batch: later adds and the commit then fail with GR_IO, and the
 * reports can be added again. Other writers wait while a batch is open, so keep it to a second or so. */
gr_status gr_record_begin(gr_record *record, gr_error *err);
gr_status gr_record_commit(gr_record *record, gr_error *err);
/* True when a source with these bytes has been coded with this knowledge: the caller need not code it. */
gr_status gr_record_has(gr_record *record, const char *sha256, const char *knowledge_hash, bool *out,
                        gr_error *err);

typedef struct gr_claim_filter { /* empty slices and GR_NO_DAY: any */
    gr_slice doc;                /* sha256 or a unique prefix of at least 6 hex digits */
    gr_slice claim;              /* claim id "9f2c61d0a4be-7" */
    gr_slice kind, type, actor /* id or words of a name */, place /* words of a name or country code */,
        reality;
    gr_slice except_kind; /* any kind but this */
    gr_slice text;        /* words of the sentence (FTS5) */
    gr_slice source;      /* publisher */
    bool has_point;       /* a place so near */
    double lat_deg, lon_deg, km;
    bool has_box; /* a place in the box: west, south, east, north */
    double box_deg[4];
    int32_t from, until;
    uint32_t limit; /* 0: no limit */
} gr_claim_filter;
/* Calls row() for each claim of the newest coding, in order of source and number, with its JSON line;
 * stops when row returns false. */
gr_status gr_record_claims(gr_record *record, const gr_claim_filter *filter,
                           bool (*row)(void *context, gr_slice json), void *context, gr_error *err);

/* ---- incidents: accounts of several reports that tell of one thing ---- */

typedef struct gr_account_row { /* what one report tells of it */
    gr_slice account;           /* "9f2c61d0a4be-i3" */
    gr_slice doc, publisher, published, url, title;
    int64_t voice; /* reports with the same number are copies or rewrites of one text */
    int64_t added_unix_s;
    gr_slice line;   /* gr_account_write of link/accounts.h */
    gr_slice *claim; /* JSON lines, in text order */
    uint32_t claim_count;
} gr_account_row;

typedef struct gr_pair_row { /* two accounts that are, or may be, of one incident, and why */
    gr_slice a, b;
    gr_slice verdict; /* "likely", "certain" */
    int32_t points;
    uint32_t why; /* bits 1 << gr_why of link/accounts.h */
} gr_pair_row;

typedef struct gr_judgement_row {
    int64_t seq;
    gr_slice at, who, action, subject, other, words;
    int64_t undone_by;                  /* 0: it stands */
    int64_t made_unix_s, undone_unix_s; /* of incidents; 0: not undone */
} gr_judgement_row;

typedef struct gr_incident_row { /* slices valid during the call */
    gr_slice incident;           /* the name of the first of its accounts, by name */
    gr_account_row *account;
    uint32_t account_count;
    gr_pair_row *pair; /* among its accounts */
    uint32_t pair_count;
    gr_pair_row *proposal; /* of an account of it and one of another incident, neither split nor merged */
    uint32_t proposal_count;
    gr_judgement_row *judgement; /* on its accounts and claims, oldest first */
    uint32_t judgement_count;
} gr_incident_row;

/* Calls row() for each incident of which some claim passes the filter, whole, ordered by first day (undated
 * last) and name. filter->limit limits incidents. `incident` names one alone (any of its accounts), or is
 * empty. */
gr_status gr_record_incidents(gr_record *record, const gr_claim_filter *filter, gr_slice incident,
                              bool (*row)(void *context, const gr_incident_row *incident), void *context,
                              gr_error *err);

typedef enum gr_action {
    GR_JUDGE_ACCEPT,
    GR_JUDGE_REJECT,
    GR_JUDGE_EDIT,
    GR_JUDGE_MERGE,
    GR_JUDGE_SPLIT,
    GR_JUDGE_NOTE
} gr_action;
const char *gr_action_name(gr_action action);

typedef struct gr_judgement {
    gr_slice who; /* the reviewer's name, not empty */
    gr_action action;
    gr_slice subject; /* a claim "9f2c61d0a4be-7" or an account "9f2c61d0a4be-i3" */
    gr_slice other;   /* merge, split: the other account; edit: the field; else empty */
    gr_slice words;   /* the reason, the new value, the note */
} gr_judgement;
/* Puts a judgement into the log and settles the incidents that it touches, in one transaction. Merging joins
 * the incidents of both accounts, splitting keeps the two accounts apart for good. GR_NOT_FOUND, GR_USAGE.
 * *seq is its number in the log. */
gr_status gr_record_judge(gr_record *record, const gr_judgement *judgement, int64_t now_unix_s, int64_t *seq,
                          gr_error *err);
/* All judgements in order; stops when row returns false. */
gr_status gr_record_judgements(gr_record *record,
                               bool (*row)(void *context, const gr_judgement_row *judgement), void *context,
                               gr_error *err);
/* Takes one judgement back; the log keeps both. */
gr_status gr_record_undo(gr_record *record, gr_slice who, int64_t seq, int64_t now_unix_s, gr_error *err);

typedef struct gr_told_row { /* a claim with what stands around it; slices valid during the call */
    gr_slice json;           /* its line */
    gr_slice account;        /* that it belongs to; empty for tolls over a time or an area */
    gr_slice incident; /* that the account belongs to now; empty where the account is of an old coding */
    gr_slice doc, publisher, published;
    int64_t voice, added_unix_s;
    gr_judgement_row *judgement; /* on the claim and on its account, oldest first, that stood then */
    uint32_t judgement_count;
} gr_told_row;
/* Calls row() for each claim as the record had it at a moment: reports added and coded by then, each in its
 * newest coding of then, with the judgements that stood. Ordered by report and number; stops when row returns
 * false. */
gr_status gr_record_told(gr_record *record, const gr_claim_filter *filter, int64_t known_unix_s,
                         bool (*row)(void *context, const gr_told_row *told), void *context, gr_error *err);

typedef struct gr_source_row {
    gr_slice sha256, name, publisher, published, url, lang, title, text;
    int64_t added_unix_s;
    uint32_t claims, sentences;
} gr_source_row; /* slices valid during the call */
gr_status gr_record_sources(gr_record *record, gr_slice doc,
                            bool (*row)(void *context, const gr_source_row *source), void *context,
                            gr_error *err);

typedef struct gr_verified {
    uint64_t sources, sentences, claims, log_entries;
    char log_head[65]; /* hash of the last entry: kept elsewhere, it proves later that nothing was cut off */
} gr_verified;
/* Checks every hash, every quote against its text, every foreign key and the log chain. GR_CHECK at the first
 * fault, which *err names. */
gr_status gr_record_verify(gr_record *record, gr_verified *out, gr_error *err);

#endif
