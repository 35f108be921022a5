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

# Words for other things than conflict, under the label set's names.
MATTERS = {"nature": "Natural disaster", "accident": "Man-made disaster", "crime": "Organized crime"}
ARMED = ("state-military", "rebel", "militia", "identity-militia", "external")
DIPLOMATIC = ("criticise", "sanction", "impose", "request", "call", "threaten", "praise", "ties", "refuse", "suspend", "promise")
SOFT = ("restrict", "displace", "release", "aid", "obstruct-aid", "other", "present", "deploy")
HARM = ("kill", "attack", "ied", "destroy", "detain")


def label(incident):
    code = incident["codes"]["acled"] or ""
    for prefix in EVENT_TYPES:
        if code.startswith(prefix):
            return code[len(prefix):]
    return BESIDE.get(incident["type"])


def says_little(incident):
    """Violence without parties, figures or weapons: the word alone, such as "operations"."""
    return not (incident["who"] or incident["tolls"] or incident["instruments"])


def is_vague(incident):
    """Violence that names neither who did it nor with what."""
    actor = any(w["role"] == "actor" for w in incident["who"])
    return incident["type"] in ("attack", "kill") and not actor and not incident["instruments"]


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
    elif code.endswith("/Other"):
        order += 0.5
    elif code.endswith("Attack") and not incident["tolls"]:
        order += 0.5  # behind an abduction that it served
    return (not real, says_little(incident), is_vague(incident), sentence, order, -len(incident["claims"]))


def other_matter(row):
    """What else than conflict the text is about, by the words that it tells it in: the matter named most often."""
    named = [m["matter"] for m in row["matters"]]
    return MATTERS[max(named, key=lambda m: (named.count(m), -named.index(m)))] if named else None


def is_soft(incident):
    """Told in the words of calamities and police work too: harm that nobody is named for, roads closed, people moved."""
    armed = any(w["role"] == "actor" and w.get("kind") in ARMED for w in incident["who"])
    return says_little(incident) or incident["type"] in SOFT or (incident["type"] in HARM and not armed)


def statement(row):
    """What a government or organisation says or does to another in the main clause of the first sentence, where that is
    what the text is about."""
    first = min(row["deeds"], key=lambda d: (d["depth"] > 1, d["start"]), default=None)
    if not first or first["depth"] > 1 or not first["who"]:
        return None
    if first["deed"] == "accuse":
        return "Attribution of responsibility"
    return "Diplomatic event" if first["deed"] in DIPLOMATIC and first["by"] in ("government", "io") else None


def predict(griot, docs):
    said = stream.ask(griot, ["says"], docs)
    for doc, incidents in stream.ask(griot, ["code", "--incidents"], docs).items():
        ranked = sorted((i for i in incidents if label(i)), key=weight)
        row = said[doc][0] if said[doc] else {"matters": [], "deeds": []}
        matter = other_matter(row)
        if statement(row):
            yield {"id": doc, "label": statement(row)}
        elif matter and (not ranked or is_soft(ranked[0])):
            yield {"id": doc, "label": matter}
        else:
            yield {"id": doc, "label": label(ranked[0]) if ranked else "Other"}
