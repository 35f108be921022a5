"""places-*: every place that a text names, with its coordinates."""
from mapping import stream

FIELDS = ("start", "end", "lat", "lon", "geonameid")


def predict(griot, docs, words=("places", "find")):
    for doc, rows in stream.ask(griot, list(words), docs).items():
        places = rows[0]["places"] if rows else []
        yield {"id": doc, "places": [{name: place.get(name) for name in FIELDS} for place in places]}


def with_demonyms(griot, docs):
    """For the corpora that mark "Malian" as their country."""
    yield from predict(griot, docs, ("places", "find", "--demonyms"))
