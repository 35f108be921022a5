"""isaf: what a press release reports as a whole: day, province, kind of operation, group aimed at, killed and captured."""
from mapping import stream

GROUPS = {name: name for name in ("taliban", "haqqani", "hig", "imu", "let")} | {"al-qaida": "aq"}
SPELLINGS = {"khowst": "khost", "paktia": "paktya", "maidan_wardak": "wardak", "oruzgan": "uruzgan", "ghowr": "ghor",
             "sar_e_pol": "sar_e_pul", "panjshayr": "panjshir"}
PROVINCES = ("wardak", "paktya", "khost", "uruzgan", "ghor", "sar_e_pul")
# The coder's habit for words without a number (the benchmark's README).
VAGUE, NUMEROUS = 3, 4
CAPTURED, KILLED = ("detained", "arrested"), ("killed",)
VIOLENT = ("clash", "attack", "ambush", "airstrike", "shelling", "kill", "execute", "ied", "destroy")
FIGHTERS = ("rebel", "militia", "identity-militia")
REAL = ("occurred", "ongoing")


def least(toll):
    """The least number that a toll vouches for."""
    known = sum(unit["low"] or 0 for unit in toll["units"] if not unit.get("within")) if toll.get("vague") else toll["low"] or 0
    single = toll["units"][0] if len(toll["units"]) == 1 else None
    if single and single["op"] == ">" and toll["low"] is not None:
        known += 1
    words = [unit.get("words", "").lower() for unit in toll["units"]]
    vague = NUMEROUS if "numerous" in words else VAGUE
    return known + (vague if toll.get("vague") else 0)


def against_fighters(incident):
    kinds = {party.get("kind") for party in incident["who"] if party["role"] == "target"} - {None}
    return not kinds or bool(kinds & set(FIGHTERS))


def uncounted(incident, types):
    """Targets of such claims without a figure: one, or several."""
    told = [c for c in incident["claims"] if c["type"] in types and c["reality"] == "occurred"
            and not any(count["aggregate"] for count in c["counts"])]
    found = {(p["name"], p.get("plural", False)) for c in told for p in c["who"]
             if p["role"] == "target" and p.get("kind") in (None, *FIGHTERS)}
    return sum(VAGUE if plural else 1 for _, plural in found)


def number(incidents, what, types):
    """The figures of the incidents; where there is none, those whom claims of the types name."""
    total = 0
    for incident in incidents:
        tolls = [least(t) for t in incident["tolls"] if t["what"] in what and t["of"] in ("target", None)]
        total += sum(tolls) if tolls else uncounted(incident, types)
    return total


def kinds(captured, killed, strike):
    if strike and not captured:
        return ["airstrike"]
    if captured and killed:
        return ["captureandkill"]
    return ["insurgentskilled"] if killed else ["detention"]


def told(incident):
    return incident["claims"][0]["trigger"]["start"]


def first_day(incidents):
    for incident in incidents:
        when = incident["when"]
        if when and when["earliest"] and when["precision"] in ("day", "range"):
            return when["earliest"]
    return None


def slug(name):
    slug = name.lower().replace("-", " ").replace(" ", "_")
    return SPELLINGS.get(slug, slug)


def province(incidents, places):
    """The one that most incidents and mentions lie in, the earliest of several."""
    found = [where["admin1"] for incident in incidents for where in incident["where"] if where["country"] == "AFG"]
    found += [place["name"] for place in places if place.get("country") == "AFG" and place["level"] == "admin1"]
    found += [name for place in places if (name := place["exact"]) and slug(name) in PROVINCES]
    found = [slug(name) for name in found if name]
    return [max(dict.fromkeys(found), key=found.count)] if found else []


def group(mentions):
    listed = [GROUPS[m["actor"]] for m in mentions if m.get("actor") in GROUPS]
    return [listed[0]] if listed else []


def fields(incidents, mentions, places):
    published = incidents[0]["published"] if incidents else None
    real = [i for i in incidents if i["reality"] in REAL]
    taken = [i for i in real if i["type"] == "detain"]
    fights = [i for i in real if i["type"] in VIOLENT]
    told_first = sorted(taken + fights, key=told)
    captured = number(taken, CAPTURED, ("detain",))
    killed = number(filter(against_fighters, fights), KILLED, ())
    strike = any(i["type"] == "airstrike" for i in real)
    counted = [i for i in told_first if against_fighters(i) and i["tolls"]]
    return {"start_date": first_day(counted) or first_day(told_first) or first_day(real) or published or "",
            "event_type": kinds(captured, killed, strike),
            "province": province(told_first + real, places),
            "target_group": group(mentions), "min_killed": killed, "min_captured": captured}


def predict(griot, docs):
    incidents = stream.ask(griot, ["code", "--incidents"], docs)
    mentions = stream.ask(griot, ["actors", "find", "--json"], docs)
    places = stream.ask(griot, ["places", "find"], docs)
    for doc in docs:
        name = doc["id"]
        named = places[name][0]["places"] if places[name] else []
        yield {"id": name, "fields": fields(incidents[name], mentions[name], named)}
