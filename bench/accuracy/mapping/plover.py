"""plover-relations: what the source did to the target, by the deed of the sentence whose parties they are."""
from mapping import stream

NO_DEED = "CONSULT"


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


def touches(phrases, span):
    return any(p["start"] < span[1] and span[0] < p["end"] for p in phrases)


def weight(deed, source, target):
    """Small is the deed that the source does to the target; of several the outermost. Words inside their names tell
    of other deeds."""
    does, first = touches(deed["who"], source), touches(deed["who"][:1], source)
    inside = touches([deed], source) or touches([deed], target)
    return (inside, -does - touches(deed["whom"], target), not first, deed["depth"], deed["start"])


def predict(griot, docs):
    found = stream.ask(griot, ["says"], docs)
    for doc in docs:
        source, target = marked(doc)
        deeds = [deed for row in found[doc["id"]] for deed in row["deeds"]]
        best = min(deeds, key=lambda d: weight(d, source, target)) if deeds else None
        yield {"id": doc["id"], "label": best["plover"] if best else NO_DEED}
