"""acled-types: the sub-event type of the incident that a short report is about."""
from mapping import stream

EVENT_TYPES = ("Battles/", "Violence against civilians/", "Explosions/Remote violence/", "Protests/", "Riots/",
               "Strategic developments/")
# Types that are no ACLED event, under the names that this label set has for them.
BESIDE = {"claim-responsibility": "Attribution of responsibility", "deny": "Attribution of responsibility",
          "accuse": "Attribution of responsibility", "sanction": "Diplomatic event", "demand": "Diplomatic event",
          "promise": "Diplomatic event", "support": "Diplomatic event", "reject": "Diplomatic event",
          "threaten": "Diplomatic event", "negotiate": "Agreement"}
# ACLED's order where one text tells of several: fighting over places, remote violence, violence, unrest, the rest.
ORDER = ("Battles/", "Explosions/", "Violence", "Riots/", "Protests/", "Strategic")


def label(incident):
    code = incident["codes"]["acled"] or ""
    for prefix in EVENT_TYPES:
        if code.startswith(prefix):
            return code[len(prefix):]
    return BESIDE.get(incident["type"])


def says_little(incident):
    """Violence without parties, figures or weapons: the word alone, such as "operations"."""
    return not (incident["who"] or incident["tolls"] or incident["instruments"])


def weight(incident):
    """Small is told first and foremost: real, with somebody in it, early; in one sentence who is responsible before what for,
    then ACLED's order."""
    real = incident["reality"] in ("occurred", "ongoing")
    code = incident["codes"]["acled"] or ""
    order = next((i for i, prefix in enumerate(ORDER) if code.startswith(prefix)), len(ORDER))
    sentence = incident["claims"][0]["quote"]["sentence"]
    if incident["type"] in ("claim-responsibility", "deny"):
        order = -1
    elif code.endswith("territory"):
        sentence, order = 0, -0.5  # ACLED codes the change of hands, not the fights for it
    elif code.endswith("Attack") and not incident["tolls"]:
        order += 0.5  # behind an abduction that it served
    return (not real, says_little(incident), sentence, order, -len(incident["claims"]))


def predict(griot, docs):
    for doc, incidents in stream.ask(griot, ["code", "--incidents"], docs).items():
        ranked = sorted((i for i in incidents if label(i)), key=weight)
        yield {"id": doc, "label": label(ranked[0]) if ranked else "Other"}
