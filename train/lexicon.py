"""What dictionaries say of a word, as classes: lexicon.py OUT.lexicon

Sources, as Debian installs them: WordNet 3.0 (package wordnet-base: parts of speech, irregular forms, the field of each
sense), SCOWL (scowl: which forms exist, which are names), POSLEX (festlex-poslex: Penn tags by frequency). Four classes
of a word, each a small number, 0 where nothing is said:

  tags     its likely Penn tags, likeliest first
  forms    the inflected forms that it can be, after WordNet, commonest part of speech first, and whether it is a name
  noun     the lexicographer's field of its first sense as a noun (person, place, time, artifact ...), plus one
  verb     the same as a verb (motion, communication, conflict ...)

OUT has a word a line: word, SCOWL's size (95 where it has none; small is common), the four numbers, then the letters of
the forms. src/lang/lexicon.c finds the same classes in the model file.
"""
import collections
import glob
import math
import re
import struct
import sys

import features

WORDNET = "/usr/share/wordnet/"
SCOWL = "/usr/share/dict/scowl/"
POSLEX = "/usr/share/festival/dicts/wsj.wp39.poslexR"
MOST_CLASSES = 250   # of tags and of forms
LARGEST_SIZE = 70    # of SCOWL's lists; words beyond are hardly used
LEAST_SHARE = 0.02   # of a tag
POS = (("noun", "n"), ("verb", "v"), ("adj", "a"), ("adv", "r"))
SIMPLE = re.compile(r"^[a-z][a-z'-]*$")
NOTHING = (0, 0, 0, 0)
ROWS = 6  # of a word in the hashed table


class Lexicon:
    """The table that main() wrote."""

    def __init__(self, path):
        self.classes, self.size, self.forms = {}, {}, {}
        for line in open(path, encoding="utf-8"):
            word, size, *numbers, forms = line.rstrip("\n").split("\t")
            self.classes[word] = tuple(map(int, numbers))
            self.size[word], self.forms[word] = int(size), forms

    def rows(self, form, neutral):
        """Rows of the hashed table beside those of features.rows()."""
        point = [chr(c) for c in self.classes.get(features.norm(form), NOTHING)]
        case = features.case_class(features.plain(form), neutral)
        kinds = [features.row(12 + k, c) for k, c in enumerate(point)]
        return kinds + [features.row(16 + k, case + c) for k, c in enumerate(point[:2])]

    def sections(self):
        sets = sorted(set(self.classes.values()))
        number = {s: i for i, s in enumerate(sets)}
        keys = {}
        for word, classes in sorted(self.classes.items()):
            keys.setdefault(features.key64(word) & 0xFFFFFFFF, number[classes])
        order = sorted(keys)
        return {"lexicon.keys": struct.pack(f"<{len(order)}I", *order),
                "lexicon.set": struct.pack(f"<{len(order)}H", *(keys[k] for k in order)),
                "lexicon.kind": b"".join(bytes(s) for s in sets)}


def scowl():
    """{word in lower case: size} of words seen in lower case and of those that are always capitalised."""
    small, names = {}, {}
    for path in sorted(glob.glob(SCOWL + "*")):
        kind, _, size = path.rsplit("/", 1)[1].rpartition(".")
        if not size.isdigit() or int(size) > LARGEST_SIZE or "abbrev" in kind:
            continue
        here = names if "upper" in kind or "proper" in kind else small
        for line in open(path, encoding="latin-1"):
            word = line.strip().lower()
            here[word] = min(int(size), here.get(word, 95))
    return small, {w: size for w, size in names.items() if w not in small}


def poslex():
    """{word: [(tag, share), ...]}, likeliest first."""
    found = collections.defaultdict(collections.Counter)
    for line in open(POSLEX, encoding="latin-1"):
        m = re.match(r'\("(.*?)" \((.*)\) \(\) \)', line)
        for tag, log in re.findall(r"\((\S+) (-?[\d.]+)\)", m[2]) if m else ():
            found[features.norm(m[1])][tag] += math.exp(float(log))
    return {word: [(t, n / sum(tags.values())) for t, n in sorted(tags.items(), key=lambda p: (-p[1], p[0]))]
            for word, tags in found.items()}


def synsets(pos):
    """{offset: (field, lemmas as written)}."""
    out = {}
    for line in open(f"{WORDNET}data.{pos}", encoding="latin-1"):
        part = line.split(" ")
        if part[0]:
            out[part[0]] = int(part[1]), [part[4 + 2 * i] for i in range(int(part[3], 16))]
    return out


def wordnet():
    """{letter: {lemma: (field of the first sense + 1, is a name)}}, and counts by (lemma, letter)."""
    lemmas, counts = {}, collections.Counter()
    for line in open(WORDNET + "cntlist.rev", encoding="latin-1"):
        key, _, n = line.split()
        lemma, _, rest = key.partition("%")
        counts[lemma, "nvara"[int(rest[0]) - 1]] += int(n)
    for pos, letter in POS:
        synset, lemmas[letter] = synsets(pos), {}
        for line in open(f"{WORDNET}index.{pos}", encoding="latin-1"):
            part = line.split()
            if line.startswith("  ") or not SIMPLE.match(part[0]):
                continue
            senses = [synset[o] for o in part[-int(part[2]):]]
            written = [w for _, ws in senses for w in ws if w.split("(")[0].lower() == part[0]]
            lemmas[letter][part[0]] = senses[0][0] + 1, bool(written) and all(w[0].isupper() for w in written)
    return lemmas, counts


def irregular(pos):
    out = collections.defaultdict(list)
    for line in open(f"{WORDNET}{pos}.exc", encoding="latin-1"):
        form, *bases = line.split()
        for base in bases:
            out[base].append(form)
    return out


def with_s(w):
    if re.search(r"(s|x|z|ch|sh)$", w):
        return w + "es"
    return w[:-1] + "ies" if re.search(r"[^aeiou]y$", w) else w + "s"


def stems(w):
    """Possible stems before -ed, -er, -est, and before -ing."""
    if w.endswith("e"):
        return [w[:-1]], [w[:-1], w]
    if re.search(r"[^aeiou]y$", w):
        return [w[:-1] + "i"], [w]
    if re.search(r"^[^aeiou]*[aeiou][bdfgklmnprtvz]$", w) or re.search(r"[^aeiou][aeiou][bdglmnprt]$", w):
        return [w + w[-1], w], [w + w[-1], w]
    return [w], [w]


def inflected(pos, lemma, odd):
    """(letter, form) of every form that the lemma may have."""
    before_e, before_i = stems(lemma)
    if pos == "n":
        return [("N", lemma)] + [("S", f) for f in odd.get(lemma, []) or [with_s(lemma)]]
    if pos == "v":
        past = [f for f in odd.get(lemma, []) if not f.endswith(("ing", "s"))] or [s + "ed" for s in before_e]
        return [("V", lemma), ("Z", with_s(lemma))] + [("D", f) for f in past] + [("G", s + "ing") for s in before_i]
    if pos == "r" or len(lemma) > 8:
        return [(pos.upper(), lemma)]
    more = [s + end for s in before_e for end in ("er", "est")] + odd.get(lemma, [])
    return [("A", lemma)] + [("T" if f.endswith("st") else "C", f) for f in more]


def forms(lemmas, known):
    """{form: {(letter, part of speech, lemma)}}. Inflected forms count where `known` has them."""
    out = collections.defaultdict(set)
    for pos, letter in POS:
        odd = irregular(pos)
        for lemma in lemmas[letter]:
            for kind, form in inflected(letter, lemma, odd):
                if form == lemma or form in known:
                    out[form].add((kind, letter, lemma))
    return out


def numbered(values):
    """Numbers from 1 for the commonest tuples; a rarer one loses its last members until it is common."""
    count = collections.Counter(v for v in values if v)
    kept = sorted(count, key=lambda v: (-count[v], v))[:MOST_CLASSES]
    number = {v: i + 1 for i, v in enumerate(kept)}

    def of(v):
        while v and v not in number:
            v = v[:-1]
        return number.get(v, 0)
    return of


def describe(here, lemmas, counts, named):
    """Letters of the forms, and the fields as a noun and as a verb, of the readings `here` of a word."""
    best = {p: max((counts[lemma, p], lemmas[p][lemma][0]) for _, q, lemma in here if q == p)
            for p in {q for _, q, _ in here}}
    order = sorted(best, key=lambda p: (-best[p][0], p))
    letters = tuple(dict.fromkeys(k for p in order for k, q, _ in sorted(here) if q == p))
    named = named or any(p == "n" and lemmas["n"][lemma][1] for _, p, lemma in here)
    return (("P",) if named else ()) + letters, best.get("n", (0, 0))[1], best.get("v", (0, 0))[1]


def inflections():
    """(form, letter, lemma) of every inflected form that the dictionaries know, the commonest lemma of a form first."""
    (small, _), tagged, (lemmas, counts) = scowl(), poslex(), wordnet()
    made = forms(lemmas, small.keys() | tagged.keys())
    for form in sorted(made):
        for letter, pos, lemma in sorted(made[form], key=lambda r: (-counts[r[2], r[1]], r)):
            if letter in "SDGZCT":
                yield form, letter, lemma


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    (small, names), tagged, (lemmas, counts) = scowl(), poslex(), wordnet()
    made = forms(lemmas, small.keys() | tagged.keys())
    words = sorted(w for w in tagged.keys() | names.keys() | small.keys() if w in made or w in tagged or w in names)
    tags = {w: tuple(t for t, share in tagged.get(w, []) if share >= LEAST_SHARE)[:3] for w in words}
    facts = {w: describe(made.get(w, set()), lemmas, counts, w in names) for w in words}
    tag_number, form_number = numbered(tags.values()), numbered(f[0] for f in facts.values())
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        for w in words:
            letters, noun, verb = facts[w]
            size = min(small.get(w, 95), names.get(w, 95))
            print(w, size, tag_number(tags[w]), form_number(letters), noun, verb, "".join(letters), sep="\t", file=out)
    print(len(words), "words")


if __name__ == "__main__":
    main()
