#!/usr/bin/env python3
"""Lists the place names that are also everyday words, for knowledge/places/ordinary-words.tsv.

    python3 tools/places/ordinary_words.py TREEBANK.conllu[.xz] ... fr=TREEBANK.conllu[.xz] ...

A name is listed when a treebank has it, in small letters, as a word other than a proper name; a word of French alone
("paris", bets) only where no great city bears it.
"""
import lzma
import sys

from derive import ROOT, fold, rows

GREAT_CITY = 100000
EXTRA = "est ouest nord sud centre plateau mission police base sale monday camp".split()


def words(path):
    opener = lzma.open if path.endswith(".xz") else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            column = line.split("\t")
            if len(column) == 10 and column[0].isdigit() and column[3] not in ("PROPN", "X", "SYM", "PUNCT", "NUM"):
                if column[1].islower():
                    yield fold(column[1])
                if column[2].islower():
                    yield fold(column[2])


def bearers():
    """Every name, with the most people that a place bearing it as its first name has."""
    people = {}
    for table in sorted((ROOT / "knowledge" / "places").glob("*.tsv")):
        grouped = places = False
        for r in rows(table):
            if r[0] == "id":
                grouped, places = r[2:3] == ["lat"], r[1] == "name"
            elif places and len(r) > 1 and r[0] != "@":
                at, last = (4, 5) if grouped else (2, 8)
                people[fold(r[1])] = max(people.get(fold(r[1]), 0), int(r[last] or 0) if len(r) > last else 0)
                for name in r[at].split("|") if len(r) > at else []:
                    if not name.startswith("~"):
                        people.setdefault(fold(name), 0)
    return people


def main():
    english = {w for path in sys.argv[1:] if not path.startswith("fr=") for w in words(path)} | set(EXTRA)
    french = {w for path in sys.argv[1:] if path.startswith("fr=") for w in words(path[3:])}
    people = bearers()
    areas = {fold(n) for r in rows(ROOT / "knowledge" / "places" / "curated.tsv") if len(r) > 2
             for n in [r[1]] + r[2].split("|")}
    both = sorted(n for n in people if n not in areas and (n in english or (n in french and people[n] < GREAT_CITY)))
    with open(ROOT / "knowledge" / "places" / "ordinary-words.tsv", "w", encoding="utf-8", newline="\n") as out:
        out.write("# Names of places that are also words of everyday English or French. Made by "
                  "tools/places/ordinary_words.py.\nword\n")
        out.writelines(word + "\n" for word in both)
    print(len(both), "names are ordinary words")


if __name__ == "__main__":
    main()
