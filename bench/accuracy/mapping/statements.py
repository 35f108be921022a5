"""attribution, negation, status: who says so, what is denied, what happens and when."""
from mapping import stream


CERTAINTY = {True: "CERTAIN", False: "POSSIBLE", None: "UNDERSPECIFIED"}


def says(griot, docs):
    return ((doc, rows[0] if rows else {}) for doc, rows in stream.ask(griot, ["says"], docs).items())


def spans(row, group, names):
    """{name: spans of all members of the group}; a member holds one span, a list of spans or null under the name.
    What is said within another saying is left out."""
    out = {}
    for name in names:
        found = set()
        for member in row.get(group, ()):
            if member.get("within") is not None:
                continue
            held = member[name] or []
            found.update((s["start"], s["end"]) for s in (held if isinstance(held, list) else [held]))
        out[name] = sorted(found)
    return out


def attribution(griot, docs):
    for doc, row in says(griot, docs):
        yield {"id": doc, "spans": spans(row, "attributions", ("source", "cue", "content"))}


def negation(griot, docs):
    for doc, row in says(griot, docs):
        yield {"id": doc, "spans": spans(row, "negations", ("cue", "scope", "event"))}


def status(griot, docs):
    for doc, row in says(griot, docs):
        yield {"id": doc,
               "events": [{"start": e["start"], "end": e["end"], "polarity": "NEG" if e["negated"] else "POS",
                           "certainty": CERTAINTY[e["certain"]],
                           "time": "FUTURE" if e["future"] else "NON_FUTURE"} for e in row.get("events", ())],
               "times": [{"start": t["start"], "end": t["end"], "value": t["timex"]} for t in row.get("times", ())]}
