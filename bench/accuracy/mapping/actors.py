"""actors: every mention of somebody who can act: listed, described or only named, persons and peoples among them."""
from mapping import stream

KINDS = ("listed", "described", "name", "person", "nationality")


def acts(mention):
    return mention["what"] in KINDS or (mention["what"] == "country" and mention.get("acts"))


def predict(griot, docs):
    for doc, rows in stream.ask(griot, ["actors", "find", "--json"], docs).items():
        yield {"id": doc, "actors": [[m["start"], m["end"]] for m in rows if acts(m)]}
