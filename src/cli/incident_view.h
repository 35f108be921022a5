/* An incident of the record as a value: its accounts side by side, and the figure that a policy shows.
 * Nothing is added up over accounts. Thread rule: none of its own. */
#ifndef GRIOT_CLI_INCIDENT_VIEW_H
#define GRIOT_CLI_INCIDENT_VIEW_H

#include "cli/command.h"
#include "cli/json.h"
#include "store/store.h"

typedef enum gr_policy {                     /* which of several accounts of a figure is shown */
                         GR_POLICY_RANGE,    /* low, best and high, as UCDP: best is what most voices give */
                         GR_POLICY_LOWEST,   /* the most conservative, as ACLED */
                         GR_POLICY_MAJORITY, /* what most voices give; of equals the lower */
                         GR_POLICY_LATEST,   /* of the report that was published last */
                         GR_POLICY_RANKED    /* of the first publisher of a list that gives one */
} gr_policy;

typedef struct gr_view_plan {
    gr_policy policy;
    gr_slice rank; /* publishers parted by commas, best first; for GR_POLICY_RANKED */
} gr_view_plan;

/* docs/incidents.md, "Incidents of the record". A new reference; NULL: out of memory or damaged lines. */
json_t *gr_incident_json(const gr_incident_row *incident, const gr_view_plan *plan);
/* griot explain INCIDENT (explain_incident.c). */
gr_status gr_explain_incident(const gr_args *args, gr_record *record, gr_error *err);
/* Puts what reviewers said in the place of what the program read; the claim in the record stays as it is, and
 * `edited` names the fields. */
void gr_apply_edits(json_t *claim, const gr_judgement_row *judgement, uint32_t count);
/* Reads --policy and --rank. */
gr_status gr_view_plan_of(const gr_args *args, gr_view_plan *out, gr_error *err);

#endif
