"""plover-relations: what the source did to the target, by the claim of the sentence whose parties they are."""
from mapping import stream

# PLOVER 2.0's names -> the benchmark's.
ROOTS = {"RETREAT": "YIELD", "CONCEDE": "YIELD"}
# Types without a PLOVER event of their own.
BESIDE = {"claim-responsibility": "ASSAULT", "escape": "YIELD", "present": "MOBILIZE", "influence": "COERCE",
          "other": "CONSULT"}
NO_CLAIM = "CONSULT"


def marked(doc):
    """Spans of source and target in the text."""
    at, spans, rest, opened = 0, {}, doc.get("marked", ""), {}
    while rest:
        tag = next((t for t in ("<s>", "</s>", "<t>", "</t>") if rest.startswith(t)), None)
        if not tag:
            at, rest = at + 1, rest[1:]
            continue
        rest = rest[len(tag):]
        if "/" in tag:
            spans.setdefault(tag[2], (opened.get(tag[2], at), at))
        else:
            opened[tag[1]] = at
    return spans.get("s", (0, 0)), spans.get("t", (0, 0))


def touches(mention, span):
    return bool(mention) and mention["start"] < span[1] and span[0] < mention["end"]


def root(claim):
    code = claim["codes"]["plover"]
    name = code.split()[0] if code else BESIDE.get(claim["type"])
    return ROOTS.get(name, name)


def weight(claim, source, target):
    """Small is the claim that tells what the source did to the target."""
    does = any(touches(p["mention"], source) or touches(p["phrase"], source) for p in claim["who"] if p["role"] != "target")
    suffers = any(touches(p["mention"], target) or touches(p["phrase"], target) for p in claim["who"] if p["role"] != "actor")
    between = source[1] <= claim["trigger"]["start"] <= target[0]
    return (-does - suffers, not between, claim["trigger"]["start"])


def predict(griot, docs):
    found = stream.ask(griot, ["code"], docs)
    for doc in docs:
        source, target = marked(doc)
        claims = [c for c in found[doc["id"]] if root(c)]
        best = min(claims, key=lambda c: weight(c, source, target)) if claims else None
        yield {"id": doc["id"], "label": root(best) if best else NO_CLAIM}
