#!/usr/bin/env python3
"""Sentence splitting against a treebank, as the CoNLL 2018 shared task measured it: F1 of exact sentence spans on raw
text. The raw text is rebuilt from the gold file: paragraphs (# newpar, # newdoc) parted by blank lines, words by
SpaceAfter.

    sentences.py raw GOLD.conllu[.xz] > TEXT
    sentences.py score GOLD.conllu[.xz] PREDICTED.conllu
"""
import lzma
import sys


def sentences(path):
    """(starts a paragraph, text of the sentence, is it followed by a space) in order."""
    new, text, space, until = False, [], True, 0
    with (lzma.open if path.endswith(".xz") else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith(("# newpar", "# newdoc")):
                new = True
            if not line and text:
                yield new, "".join(text).rstrip(), space
                new, text, until = False, [], 0
            if not line or line[0] == "#":
                continue
            col = line.split("\t")
            if "." in col[0] or ("-" not in col[0] and int(col[0]) <= until):
                continue
            if "-" in col[0]:
                until = int(col[0].split("-")[1])
            space = "SpaceAfter=No" not in col[9]
            text.append(col[1] + (" " if space else ""))


def raw(path):
    out, space = [], False
    for new, text, after in sentences(path):
        out.append("\n\n" if new and out else " " if space else "")
        out.append(text)
        space = after
    return "".join(out) + "\n"


def spans(path):
    """Spans of sentences in characters that are not white space."""
    at, found = 0, set()
    for _, text, _ in sentences(path):
        length = len("".join(text.split()))
        found.add((at, at + length))
        at += length
    return found


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "raw":
        sys.stdout.write(raw(sys.argv[2]))
        return 0
    if len(sys.argv) == 4 and sys.argv[1] == "score":
        gold, found = spans(sys.argv[2]), spans(sys.argv[3])
        right = len(gold & found)
        print(f"precision {100 * right / len(found):.2f}  recall {100 * right / len(gold):.2f}  "
              f"F1 {200 * right / (len(gold) + len(found)):.2f}")
        return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
