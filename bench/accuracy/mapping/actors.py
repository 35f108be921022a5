"""actors: every mention of somebody who can act: listed, described or only named, persons, peoples and pronouns for
them, and the platforms of war, which the corpus counts among them."""
from mapping import stream

KINDS = ("listed", "described", "name", "person", "nationality", "country", "pronoun")
PLATFORMS = ("aircraft", "vehicle-weapon")


def counts(mention):
    if mention["what"] == "weapon":
        return mention["class"] in PLATFORMS
    return mention["what"] in KINDS and mention["acts"]


def span(mention):
    words = mention.get("phrase", mention)
    return [words["start"], words["end"]]


def predict(griot, docs):
    for doc, rows in stream.ask(griot, ["actors", "find", "--json"], docs).items():
        yield {"id": doc, "actors": [span(m) for m in rows if counts(m)]}
