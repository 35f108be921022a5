"""muc4: incident templates from the incidents of a report. A template holds the keys of both measures of the benchmark:
those of the task `incidents` and the official slots of the task `slots`."""
import datetime

from mapping import stream, slots

STATE = ("state-military", "state-police", "government")
FIGHTERS = ("rebel", "militia", "identity-militia")
BOMBING = ("ied", "suicide-bombing", "airstrike", "grenade")
BY_BOMB = ("explosive", "aerial", "grenade")
# Air raids and shelling are left out: they are the army's against armed groups.
VIOLENT = ("threaten", "attack", "ambush", "kill", "execute", "ied", "suicide-bombing", "grenade", "chemical",
           "destroy", "loot", "sexual-violence", "abduct")
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
    if incident["type"] not in VIOLENT or not slots.stage(incident):
        return False
    if targets and all(armed(party) for party in targets):
        return False
    if not targets and not incident["instruments"] and not incident["persons"]:
        return False
    if incident["type"] == "destroy" and not actors and not incident["instruments"]:
        return False  # damage of fighting
    when = incident["when"]
    if not (when or incident["where"] or actors or incident["instruments"] or incident["persons"]
            or any(party["form"] == "site" for party in targets)):
        return False  # "three people were killed": no specific incident
    if when and when["precision"] == "year":
        return False
    if published and when and when["latest"]:
        return datetime.date.fromisoformat(when["latest"]) >= datetime.date.fromisoformat(published) - OLD
    return True


def words(span):
    return stream.plain(span["exact"]).strip(" .,;:[]\"'()").lower()


PRONOUNS = ("they", "it", "he", "she", "who", "that", "which", "them", "him", "her", "his", "their")


def strings(names):
    return [[name] for name in dict.fromkeys(names) if name and name not in PRONOUNS]


def beside(incident, what):
    return [words(b["phrase"]) for b in incident["beside"] if b["what"] == what]


def roles(incident):
    """Perpetrators by description and by organisation, things attacked, persons by name, weapons. Where no claim names
    one, what stands beside in the sentences that tell of it."""
    actors, targets = parties(incident, "actor"), parties(incident, "target")
    people = [words(p.get("thing") or p["phrase"]) for p in actors if p["form"] in ("described", "person") and p.get("family") != "body"]
    people += [words(p["thing"]) for p in actors if p["form"] == "listed" and "thing" in p]
    groups = [words(p.get("listed_as") or p["phrase"]) for p in actors
              if p["form"] in ("listed", "named") or p.get("family") == "body"]
    groups += [words(p["listed_as"]) for p in actors if p["form"] == "described" and "listed_as" in p]
    sites = [words(p.get("thing") or p["phrase"]) for p in targets if p["form"] == "site"]
    named = [stream.plain(p["name"]).lower() for p in targets if p["form"] == "person"]
    weapons = [words(i["mention"]) for i in slots.things(incident)]
    if not groups:
        # The only group of the report, where whoever did it can be of it.
        fits = not actors or any(party.get("kind") in FIGHTERS for party in actors)
        groups = [words(s["mention"]) for s in incident["suspects"] if s.get("id") and (fits or s["why"] == "near")]
    if not people:
        people = [words(s["mention"]) for s in incident["suspects"] if not s.get("id")]
    if not sites and incident_type(incident) == "bombing":
        sites = beside(incident, "facility")
    if not named and incident["type"] in ("kill", "execute", "abduct"):
        named = [stream.plain(name).lower() for name in incident["persons"]]
    return {"PerpInd": strings(people), "PerpOrg": strings(groups), "Target": strings(sites), "Victim": strings(named),
            "Weapon": strings(weapons)}


def home(incidents, places):
    """The country that most places of a report lie in, the earliest of several."""
    countries = [w["country"] for i in incidents for w in i["where"]] + [p.get("country") for p in places]
    countries = [c for c in countries if c in slots.COUNTRIES]
    return max(dict.fromkeys(countries), key=countries.count, default=None)


def template(incident, doc, country):
    kind, chosen = incident_type(incident), roles(incident)
    return {"incident_type": kind, **chosen, **slots.slots(incident, doc, chosen, kind, country)}


def own_key(claim):
    """Arson and robbery are incidents of their own here, even in the course of an attack."""
    kind = incident_type(claim)
    return kind if kind in ("arson", "robbery") else ""


def narrowed(incident, claims):
    """The incident as these of its claims tell it; who did it is told by any of them."""
    suffer = {party["mention"]["start"] for claim in claims for party in claim["who"] if party["role"] == "target"}
    who = [p for p in incident["who"] if p["role"] != "target" or (p["mention"] and p["mention"]["start"] in suffer)]
    kind = incident["type"] if any(claim["type"] == incident["type"] for claim in claims) else claims[0]["type"]
    return {**incident, "type": kind, "claims": claims, "who": who,
            "instruments": [i for claim in claims for i in claim["instruments"]]}


def in_fighting(incident):
    """What was done to others than fighters in the course of fighting, raids from the air or shelling."""
    told = [claim for claim in incident["claims"] if claim["type"] in VIOLENT
            and any(party["role"] == "target" and not armed(party) for party in claim["who"])]
    return [narrowed(incident, told)] if told else []


def acts(incident):
    if incident["type"] in ("clash", "airstrike", "shelling"):
        return in_fighting(incident)
    groups = {}
    for claim in incident["claims"]:
        groups.setdefault(own_key(claim), []).append(claim)
    return [narrowed(incident, claims) for claims in groups.values()] if len(groups) > 1 else [incident]


def templates(incidents, doc, places=()):
    country = home(incidents, places)
    told = [act for incident in incidents for act in acts(incident)]
    return [template(act, doc, country) for act in told if counts(act, doc.get("date"))]


def predict(griot, docs):
    found = stream.ask(griot, ["code", "--incidents"], docs)
    places = stream.ask(griot, ["places", "find"], docs)
    for doc in docs:
        named = places[doc["id"]][0]["places"] if places[doc["id"]] else []
        yield {"id": doc["id"], "templates": templates(found[doc["id"]], doc, named)}
