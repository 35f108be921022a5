"""re3d: relations between given entities, as the program prints them, under the corpus's names."""
from mapping import stream

NAMES = {"fights": "FightingAgainst", "allied": "AlliesOf", "contact": "CommWith", "leads": "InChargeOf", "belongs": "BelongsTo",
         "located": "CoLocated"}
TYPES = {"Person": "person", "Organisation": "organisation", "Location": "place", "Weapon": "weapon", "Vehicle": "weapon",
         "MilitaryPlatform": "weapon"}


def mentions(doc):
    """The entities that can take part, in text order, and their ids beside them."""
    kept = []
    for e in sorted(doc["entities"], key=lambda e: (e["start"], -e["end"])):
        types = [TYPES[t] for t in e.get("types", [e["type"]]) if t in TYPES]
        if types:
            kept.append((e["eid"], {"start": e["start"], "end": e["end"], "types": types}))
    return kept


def holds(relation):
    """Annotators mark who will fight whom, but who leads or holds what only where it is so; and nothing between an
    entity and one that stands inside it."""
    if max(relation["from"]["start"], relation["to"]["start"]) < min(relation["from"]["end"], relation["to"]["end"]):
        return False
    unreal = ("negated", "denied", "planned", "possible") if relation["type"] == "leads" else ("negated", "denied")
    return relation["reality"] not in unreal


def predict(griot, docs):
    given = {doc["id"]: mentions(doc) for doc in docs}
    asked = [{**doc, "mentions": [mention for _, mention in given[doc["id"]]]} for doc in docs]
    found = stream.ask(griot, ["relations"], asked, fields=("mentions",))
    for doc in docs:
        eid = [e for e, _ in given[doc["id"]]]
        told = [r for row in found[doc["id"]] for r in row["relations"] if holds(r)]
        relations = [(NAMES[r["type"]], eid[r["from"]["mention"]], eid[r["to"]["mention"]]) for r in told]
        yield {"id": doc["id"], "relations": [list(r) for r in dict.fromkeys(relations)]}
