#!/usr/bin/env python3
"""Lists the place names that are also everyday words, for knowledge/places/ordinary-words.tsv.

    python3 tools/places/ordinary_words.py TREEBANK.conllu[.xz] ...

A name is listed when a treebank has it, in small letters, as a word other than a proper name.
"""
import lzma
import sys
from collections import Counter

from derive import ROOT, fold, rows

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


def main():
    known = Counter(w for path in sys.argv[1:] for w in words(path))
    known.update(EXTRA)
    names = set()
    folder = ROOT / "knowledge" / "places"
    for table in sorted(folder.glob("*.tsv")):
        for r in rows(table):
            if len(r) == 9 and r[0] != "id":
                names.update(fold(n) for n in [r[1]] + r[2].split("|") if not n.startswith("~"))
    both = sorted(n for n in names if n in known)
    with open(folder / "ordinary-words.tsv", "w", encoding="utf-8", newline="\n") as out:
        out.write("# Names of places that are also words of everyday English or French. Made by "
                  "tools/places/ordinary_words.py.\nword\n")
        out.writelines(word + "\n" for word in both)
    print(len(both), "names are ordinary words")


if __name__ == "__main__":
    main()
