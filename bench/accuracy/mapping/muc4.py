"""muc4: incident templates from the incidents of a report. A template holds the keys of both measures of the benchmark:
those of the task `incidents` and the official slots of the task `slots`."""
import datetime

from mapping import stream, slots

STATE = ("state-military", "state-police", "government")
FIGHTERS = ("rebel", "militia", "identity-militia")
BOMBING = ("ied", "suicide-bombing", "airstrike", "grenade")
BY_BOMB = ("explosive", "aerial", "grenade")
VIOLENT = ("clash", "attack", "ambush", "airstrike", "shelling", "kill", "execute", "ied", "suicide-bombing", "grenade",
           "chemical", "destroy", "loot", "torture", "sexual-violence", "abduct")
# What counts: at most two months old.
OLD = datetime.timedelta(days=62)


def incident_type(incident):
    families = {i["family"] for i in incident["instruments"]}
    if incident["type"] == "abduct":
        return "kidnapping"
    if incident["type"] in BOMBING or families & set(BY_BOMB):
        return "bombing"
    if "fire" in families:
        return "arson"
    return "robbery" if incident["type"] == "loot" else "attack"


def parties(incident, role):
    return [party for party in incident["who"] if party["role"] == role]


def armed(party):
    return party.get("kind") in FIGHTERS or party.get("kind") in STATE[:2] or party.get("family") == "military"


def counts(incident, published):
    """Whether the incident is one that the benchmark asks for: real, recent, not among armed sides only."""
    actors, targets = parties(incident, "actor"), parties(incident, "target")
    if incident["type"] not in VIOLENT or incident["reality"] not in ("occurred", "ongoing"):
        return False
    if targets and all(armed(party) for party in targets):
        return False
    if not targets and not incident["instruments"]:
        return False
    when = incident["when"]
    if published and when and when["latest"]:
        return datetime.date.fromisoformat(when["latest"]) >= datetime.date.fromisoformat(published) - OLD
    return True


def words(span):
    return stream.plain(span["exact"]).strip(" .,;:[]\"'()").lower()


def once(names):
    return [[name] for name in dict.fromkeys(name for name in names if name)]


def roles(incident):
    """Perpetrators by description and by organisation, things attacked, persons by name, weapons."""
    actors, targets = parties(incident, "actor"), parties(incident, "target")
    named = [p["name"] for p in targets if p["form"] == "person"]
    return {"PerpInd": once(words(p["phrase"]) for p in actors if p["form"] in ("described", "person")),
            "PerpOrg": once(words(p["mention"]) for p in actors if p["form"] in ("listed", "named")),
            "Target": once(words(p["phrase"]) for p in targets if p["form"] == "site"),
            "Victim": once(stream.plain(name).lower() for name in named),
            "Weapon": once(words(i["phrase"]) for i in incident["instruments"] if i["mention"] != incident["trigger"])}


def predict(griot, docs):
    found = stream.ask(griot, ["code", "--incidents"], docs)
    for doc in docs:
        wanted = [i for i in found[doc["id"]] if counts(i, doc.get("date"))]
        yield {"id": doc["id"], "templates": [{"incident_type": incident_type(i), **roles(i), **slots.slots(i, doc)}
                                              for i in wanted]}
