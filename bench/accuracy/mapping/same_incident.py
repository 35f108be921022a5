"""same-incident: reports grouped by the incident that they tell of."""
from mapping import stream


def predict(griot, docs):
    for doc, rows in stream.ask(griot, ["group"], docs).items():
        yield {"id": doc, "cluster": rows[0]["group"] if rows else None}
