"""places-*: every place that a text names, with its coordinates."""
from mapping import stream

FIELDS = ("start", "end", "lat", "lon", "geonameid")


def found(griot, docs, *options):
    for doc, rows in stream.ask(griot, ["places", "find", *options], docs).items():
        places = rows[0]["places"] if rows else []
        yield {"id": doc, "places": [{name: place.get(name) for name in FIELDS} for place in places]}


def predict(griot, docs):
    return found(griot, docs)


def resolve(griot, docs, gold):
    """Only the mentions of the gold, for the figures of resolution alone; each with the other places that may be meant."""
    marked = [{**doc, "mentions": [{"start": m["start"], "end": m["end"]} for m in gold[doc["id"]]]} for doc in docs]
    return {doc: rows[0]["places"] for doc, rows in stream.ask(griot, ["places", "find"], marked, ("mentions",)).items() if rows}


def predict_demonyms(griot, docs):
    """For corpora that mark "Malian troops" as a place, Mali."""
    return found(griot, docs, "--demonyms")
