"""The official slots of MUC-4 (task `slots`), from an incident and what mapping/muc4.py chose for its roles."""
from mapping import stream

COUNTRIES = {"SLV": "EL SALVADOR", "COL": "COLOMBIA", "PER": "PERU", "GTM": "GUATEMALA", "CHL": "CHILE", "HND": "HONDURAS",
             "BOL": "BOLIVIA", "ECU": "ECUADOR", "ARG": "ARGENTINA", "PAN": "PANAMA", "NIC": "NICARAGUA", "CRI": "COSTA RICA",
             "VEN": "VENEZUELA", "BRA": "BRAZIL", "MEX": "MEXICO", "URY": "URUGUAY", "PRY": "PARAGUAY"}
KINDS = {"admin1": "DEPARTMENT", "admin2": "MUNICIPALITY", "admin3": "MUNICIPALITY", "populated place": "CITY"}
# Weapon words of the program's mentions -> members of the slot's list; the first that is part of the words wins.
WEAPONS = (("car bomb", "VEHICLE BOMB"), ("car-bomb", "VEHICLE BOMB"), ("dynamite", "DYNAMITE"), ("grenade", "GRENADE"),
           ("mortar", "MORTAR"), ("rocket", "ROCKET"), ("machine", "MACHINE GUN"), ("rifle", "RIFLE"), ("mine", "MINE"),
           ("bomb", "BOMB"))
FAMILIES = {"explosive": "EXPLOSIVE", "firearm": "GUN", "aerial": "AERIAL BOMB", "heavy": "MORTAR", "grenade": "GRENADE",
            "blade": "CUTTING DEVICE", "fire": "MOLOTOV COCKTAIL"}
SITES = {"transport": "TRANSPORT VEHICLE", "market": "COMMERCIAL", "infrastructure": "ENERGY",
         "government": "GOVERNMENT OFFICE OR RESIDENCE", "housing": "CIVILIAN RESIDENCE", "military": "LAW ENFORCEMENT FACILITY"}
PEOPLE = {"government": "GOVERNMENT OFFICIAL", "state-police": "LAW ENFORCEMENT", "state-military": "ACTIVE MILITARY"}
STATE = ("state-military", "state-police", "government")
ORGS = {"fact": "REPORTED AS FACT", "claimed": "CLAIMED OR ADMITTED", "suspected": "SUSPECTED OR ACCUSED",
        "possible": "POSSIBLE"}


def fill(value, of=None):
    return {"any": [value], "of": [of]} if of else {"any": [value]}


def date(incident, doc):
    when = incident["when"]
    if when and when["earliest"] and when["precision"] in ("day", "range", "week"):
        return [fill({"from": when["earliest"], "to": when["latest"]})]
    published = doc.get("date")
    return [fill({"from": None, "to": published})] if published else []


def location(incident, country):
    places = [w for w in incident["where"] if w["country"] in (country, "", None)] if country else incident["where"]
    country = country or next((w["country"] for w in places if w["country"]), None)
    if country not in COUNTRIES:
        return []
    levels = [[[COUNTRIES[country], None]]]
    for level in ("admin1", "populated place"):
        for place in places:
            if place["level"] == level:
                levels.append([[stream.plain(place["mention"]["exact"]).upper(), KINDS[level]]])
                break
    return [fill(levels)]


def weapon_type(words, family):
    return next((member for part, member in WEAPONS if part in words.lower()), FAMILIES.get(family))


def number(party, incident):
    """The figure that stands with the party's words, else one or several."""
    for claim in incident["claims"]:
        for count in claim["counts"]:
            at = count["mention"]
            if at and at["start"] < party["phrase"]["end"] and party["phrase"]["start"] < at["end"] and count["n"]:
                approximate = {"approx": True} if count["op"] == "~" else {}
                top = count["n"] if count["op"] in ("=", "~") else None
                return {"min": count["n"], "max": top, **approximate}
    return {"min": 2, "max": None, "plural": True} if party.get("plural") else {"min": 1, "max": 1}


def effect(party, incident):
    """What happened to a victim, from the claims that it suffers in."""
    for claim in incident["claims"]:
        if not any(p["name"] in party["name"] and p["role"] == "target" for p in claim["who"]):
            continue
        whats = {c["what"] for c in claim["counts"]}
        if claim["type"] in ("kill", "execute") or "killed" in whats:
            return "DEATH"
        if "wounded" in whats or claim["why"]["rule"].endswith(("wound.verb", "wounded.adj")):
            return "INJURY"
    return None


def victims(incident):
    out = {name: [] for name in ("victim_name", "victim_description", "victim_type", "victim_number", "victim_effect")}
    for party in incident["who"]:
        if party["role"] != "target" or party["form"] not in ("person", "described") or not party["phrase"]:
            continue
        person = party["form"] == "person"
        name = stream.plain(party["name"] if person else party["phrase"]["exact"]).upper()
        offices = [m["office"] for c in incident["claims"] for m in c["person_mentions"]
                   if m["name"] == party["name"] and m.get("office")]
        if person:
            out["victim_name"].append(fill(name))
            out["victim_description"] += [fill(stream.plain(office).upper(), name) for office in offices[:1]]
        else:
            out["victim_description"].append(fill(name))
        kind = "GOVERNMENT OFFICIAL" if offices else PEOPLE.get(party.get("kind"), "CIVILIAN")
        out["victim_type"].append(fill(kind, name))
        out["victim_number"].append(fill({"min": 1, "max": 1} if person else number(party, incident), name))
        happened = effect(party, incident)
        if happened:
            out["victim_effect"].append(fill(happened, name))
    return out


def targets(incident, kind):
    out = {name: [] for name in ("target_id", "target_type", "target_number", "target_effect")}
    for party in incident["who"]:
        if party["role"] != "target" or party["form"] != "site" or not party["phrase"]:
            continue
        name = stream.plain((party.get("thing") or party["phrase"])["exact"]).upper()
        out["target_id"].append(fill(name))
        out["target_type"].append(fill(SITES.get(party.get("family"), "OTHER"), name))
        out["target_number"].append(fill(number(party, incident), name))
        destroyed = kind == "arson" or any(c["type"] == "destroy" for c in incident["claims"])
        out["target_effect"].append(fill("DESTROYED" if destroyed else "SOME DAMAGE", name))
    return out


def perpetrators(incident, chosen):
    actors = [p for p in incident["who"] if p["role"] == "actor"]
    state = any(p.get("kind") in STATE for p in actors)
    status = next((p["status"] for p in actors if p["form"] in ("listed", "named")), None)
    sure = ORGS[status] if status else "REPORTED AS FACT"
    groups = [names[0].upper() for names in chosen["PerpOrg"]]
    return {"perp_category": [fill("STATE-SPONSORED VIOLENCE" if state else "TERRORIST ACT")],
            "perp_individual": [fill(names[0].upper()) for names in chosen["PerpInd"]],
            "perp_org": [fill(name) for name in groups], "perp_org_confidence": [fill(sure, name) for name in groups]}


def stage(incident):
    """None where nothing of the kind is told."""
    kind, reality = incident["type"], incident["reality"]
    if kind == "threaten":
        return "THREATENED" if reality == "occurred" else None
    if reality == "occurred" or (reality == "ongoing" and kind == "abduct"):
        return "ACCOMPLISHED"
    if kind in ("abduct", "ied"):
        return {"possible": "ATTEMPTED", "planned": "THREATENED"}.get(reality)
    return None


def things(incident):
    """The instruments that are named; "burned" and "blew up" only imply one."""
    verbs = {claim["trigger"]["start"] for claim in incident["claims"]}
    return [i for i in incident["instruments"] if i["mention"]["start"] not in verbs]


def weapons(incident):
    out = {"instrument_id": [], "instrument_type": []}
    for weapon in things(incident):
        name = stream.plain(weapon["phrase"]["exact"]).upper()
        member = weapon_type(weapon["mention"]["exact"], weapon["family"])
        out["instrument_id"].append(fill(name))
        out["instrument_type"] += [fill(member, name)] if member else []
    return out


def slots(incident, doc, chosen, kind, country):
    """`chosen`: the roles of mapping/muc4.py; `kind`: its type; `country`: where the report is from, for want of a place."""
    return {"date": date(incident, doc), "location": location(incident, country), "type": [fill(kind.upper())],
            "stage": [fill(stage(incident))], **perpetrators(incident, chosen), **weapons(incident),
            **targets(incident, kind), **victims(incident)}
