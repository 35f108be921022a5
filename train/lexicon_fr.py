"""What a dictionary says of a French word, as classes: lexicon_fr.py OUT.lexicon

Source, as Debian installs it (package hunspell-fr-comprehensive, Dicollecte's dictionary, MPL-2.0): each lemma with its
part of speech, and the rules that inflect it with the features of each form. Four classes of a word as in lexicon.py:

  tags     the parts of speech that it can be, commonest in the dictionary first
  forms    the inflected forms that it can be
  noun     its gender and number as a noun or adjective
  verb     the frames of its verb (intransitive, transitive, with a preposition, reflexive), plus one

Forms that reports hardly use (second person, first person plural, imperfect subjunctive) are left out.
"""
import collections
import re
import sys

import features
from lexicon import numbered

DICTIONARY = "/usr/share/hunspell/fr"
RARE = {"2sg", "1pl", "2pl", "simp", "1isg"}
ENDINGS = ("infi", "ppre", "ppas", "ipre", "iimp", "ipsi", "ifut", "cond", "spre", "impe", "1sg", "3sg", "3pl")


def morphology(fields):
    """(parts of speech, other features) of "po:nom is:mas"."""
    pairs = [f.split(":", 1) for f in fields if ":" in f]
    return [v for k, v in pairs if k == "po"], [v for k, v in pairs if k == "is"]


def suffix_rules():
    """{flag: [(strip, add, pattern, po, is)]}."""
    rules = collections.defaultdict(list)
    for line in open(DICTIONARY + ".aff", encoding="utf-8"):
        part = line.split()
        if len(part) > 4 and part[0] == "SFX":
            add = part[3].split("/")[0]
            rules[part[1]].append(("" if part[2] == "0" else part[2], "" if add == "0" else add,
                                   re.compile(part[4] + "$"), *morphology(part[5:])))
    return rules


def readings():
    """{form: {(part of speech, features, frame)}}."""
    rules, out = suffix_rules(), collections.defaultdict(set)
    for line in open(DICTIONARY + ".dic", encoding="utf-8"):
        entry, *fields = line.split()
        lemma, _, flags = entry.partition("/")
        pos, features_ = morphology(fields)
        if not pos or pos[0].startswith("loc") or lemma[0].isdigit():
            continue
        flags = [flags[i:i + 2] for i in range(0, len(flags), 2)]
        kind, frame = (pos[0][0], pos[0][2:]) if re.match(r"v[0-3]", pos[0]) else (pos[0], "")
        if "()" not in flags:
            out[features.norm(lemma)].add((kind, tuple(sorted(pos[1:] + features_)), frame))
        for flag in flags:
            for strip, add, pattern, more, inflection in rules.get(flag, ()):
                if not lemma.endswith(strip) or not pattern.search(lemma):
                    continue
                found = set(pos[1:] + more), set(features_ + inflection)
                if not (found[0] & RARE) or found[0] & {"3sg", "3pl", "1sg"}:
                    form = lemma[:len(lemma) - len(strip)] + add
                    out[features.norm(form)].add((kind, tuple(sorted((found[0] - RARE) | found[1])), frame))
    return out


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    found = readings()
    common = collections.Counter(kind for here in found.values() for kind in {k for k, _, _ in here})
    tags, forms, nouns, verbs = {}, {}, {}, {}
    for word, here in found.items():
        tags[word] = tuple(sorted({k for k, _, _ in here}, key=lambda k: (-common[k], k)))
        forms[word] = tuple(e for e in ENDINGS if any(e in f for _, f, _ in here))
        number = {f for k, fs, _ in here if k != "v" or "ppas" in fs for f in fs if f in ("mas", "fem", "epi", "sg", "pl", "inv")}
        nouns[word] = tuple(sorted(number))
        verbs[word] = tuple(sorted({c for k, _, frame in here if k == "v" for c in frame if c in "itnqp"}))
    number = [numbered(table.values()) for table in (tags, forms, nouns, verbs)]
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        for word in sorted(found):
            classes = [n(t[word]) for n, t in zip(number, (tags, forms, nouns, verbs))]
            print(word, 50, *classes, "".join(k[0] for k in tags[word]), sep="\t", file=out)
    print(len(found), "words")


if __name__ == "__main__":
    main()
