"""re3d: relations between given entities, from the claims whose parties and places they are."""
from mapping import stream

FIGHTS = ("clash", "attack", "ambush", "airstrike", "shelling", "ied", "suicide-bombing", "grenade", "chemical", "kill",
          "execute", "siege", "destroy", "rival")
ALLIES = ("ally", "join", "support")
CONTACTS = ("negotiate", "agree", "ceasefire", "exchange", "demand")
# What can act, suffer or be somewhere: sites and weapons are entities too.
THINGS = ("Person", "Organisation", "Nationality", "MilitaryPlatform", "Vehicle", "Weapon", "Location")


def overlap(span, entity):
    return min(span["end"], entity["end"]) - max(span["start"], entity["start"])


def entity_at(mentions, entities, kinds):
    """The entity of one of the kinds that shares most characters with a mention; the shorter of two that share as many."""
    best = None
    for mention in mentions:
        for entity in entities:
            shared = overlap(mention, entity) if mention else 0
            if shared > 0 and entity["type"] in kinds:
                rank = (shared, entity["start"] - entity["end"])
                if best is None or rank > best[0]:
                    best = (rank, entity["eid"])
    return best and best[1]


def distinct(found):
    return list(dict.fromkeys(e for e in found if e))


def sides(claim, entities, roles):
    return distinct(entity_at((p["mention"], p["phrase"]), entities, THINGS) for p in claim["who"] if p["role"] in roles)


def means(claim, entities):
    """The strike, shell or bomb that a violent act is told by."""
    spans = [claim["trigger"], *(i["mention"] for i in claim["instruments"])]
    return distinct(entity_at((span,), entities, ("Weapon", "MilitaryPlatform")) for span in spans)


def pairs(kind, left, right):
    return [[kind, a, b] for a in left for b in right if a != b]


def of_claim(claim, entities):
    actors, targets, holders = (sides(claim, entities, roles) for roles in (("actor",), ("target",), ("actor", "subject")))
    both = sides(claim, entities, ("with", "actor", "target", "subject"))
    places = distinct(entity_at((w["mention"],), entities, ("Location",)) for w in claim["where"])
    if claim["type"] in FIGHTS:
        yield from pairs("FightingAgainst", actors + means(claim, entities), targets)
        yield from pairs("CoLocated", means(claim, entities), places)
    if claim["type"] in ALLIES:
        yield from pairs("AlliesOf", both[:1], both[1:])
    if claim["type"] in CONTACTS:
        yield from pairs("CommWith", both[:1], both[1:])
    if claim["type"] == "control":
        yield from pairs("InChargeOf", holders, places)
    else:
        yield from pairs("CoLocated", both, places)


def predict(griot, docs):
    found = stream.ask(griot, ["code"], docs)
    for doc in docs:
        relations = [r for claim in found[doc["id"]] for r in of_claim(claim, doc["entities"])]
        yield {"id": doc["id"], "relations": [list(r) for r in dict.fromkeys(map(tuple, relations))]}
