"""places-*: every place that a text names, with its coordinates."""
from mapping import stream

FIELDS = ("start", "end", "lat", "lon", "geonameid")


def predict(griot, docs):
    for doc, rows in stream.ask(griot, ["places", "find"], docs).items():
        places = rows[0]["places"] if rows else []
        yield {"id": doc, "places": [{name: place.get(name) for name in FIELDS} for place in places]}
