"""Lemma tables from a treebank: exceptions by (form, group), then rules by the longest suffix (src/lang/lemma.h)."""
import struct
from collections import Counter, defaultdict

import features

MAX_SUFFIX = 6
GROUP_MIX = 0x9E3779B97F4A7C15
# Features that shape a form; a group is a UPOS with its values of these.
SHAPING = {"Number", "VerbForm", "Tense", "Mood", "Degree", "Case", "Person", "Poss", "Voice"}


def group_name(upos, feats):
    kept = [f for f in feats.split("|") if f.split("=")[0] in SHAPING and upos not in ("PROPN", "PUNCT", "SYM")]
    return upos + "|" + "|".join(kept)


def script(form, lemma):
    """(code points to strip, string to add) that makes lemma of form."""
    k = 0
    while k < len(form) and k < len(lemma) and form[k] == lemma[k]:
        k += 1
    return len(form) - k, lemma[k:]


def apply(rule, form):
    strip, add = rule
    return form[:len(form) - strip] + add if strip <= len(form) else form


# Which groups an inflected form of a dictionary can stand in, by the letter of lexicon.py.
INFLECTED = {
    "D": lambda upos, feats: upos == "VERB" and "Tense=Past" in feats,
    "G": lambda upos, feats: upos == "VERB" and ("VerbForm=Ger" in feats or {"Tense=Pres", "VerbForm=Part"} <= feats),
    "Z": lambda upos, feats: upos == "VERB" and {"Number=Sing", "Person=3", "Tense=Pres"} <= feats,
    "S": lambda upos, feats: upos == "NOUN" and "Number=Plur" in feats,
    "C": lambda upos, feats: upos == "ADJ" and "Degree=Cmp" in feats,
    "T": lambda upos, feats: upos == "ADJ" and "Degree=Sup" in feats,
}


class Lemmas:
    """`forms`: (form, letter, lemma) of a dictionary, likeliest lemma first; the treebank's own come before them."""

    def __init__(self, sentences, forms=()):
        seen = defaultdict(Counter)
        for sentence in sentences:
            for w in sentence.words:
                if w.upos != "PROPN" and w.lemma != "_":
                    seen[features.lower(w.form), group_name(w.upos, w.feats)][w.lemma] += 1
        chosen = {key: counts.most_common(1)[0][0] for key, counts in seen.items()}
        self.groups = sorted({group for _, group in chosen})
        fits = {letter: [g for g in self.groups if test(g.split("|")[0], set(g.split("|")[1:]))]
                for letter, test in INFLECTED.items()}
        for form, letter, lemma in forms:
            for group in fits.get(letter, ()):
                chosen.setdefault((form, group), lemma)
        self.rules = self._learn_rules(chosen)
        self.exceptions = {key: lemma for key, lemma in chosen.items() if self.by_rule(*key) != lemma}

    @staticmethod
    def _learn_rules(chosen):
        """The commonest script of each suffix, by types; kept where it differs from the shorter suffix's."""
        votes = defaultdict(Counter)
        for (form, group), lemma in chosen.items():
            for size in range(min(MAX_SUFFIX, len(form)) + 1):
                strip, add = script(form, lemma)
                votes[group, form[len(form) - size:]][strip, add] += 1
        rules = {}
        for group, suffix in sorted(votes, key=lambda k: len(k[1])):
            counts = votes[group, suffix]
            best = max(counts.items(), key=lambda item: (item[1], -item[0][0], item[0][1]))
            if suffix and best[1] < 2:
                continue
            shorter = next((rules[group, suffix[i:]] for i in range(1, len(suffix) + 1)
                            if (group, suffix[i:]) in rules), None)
            if best[0] != shorter:
                rules[group, suffix] = best[0]
        return rules

    def by_rule(self, form, group):
        for size in range(min(MAX_SUFFIX, len(form)), -1, -1):
            rule = self.rules.get((group, form[len(form) - size:]))
            if rule:
                return apply(rule, form)
        return form

    def lemma(self, form, upos, feats):
        if upos == "PROPN":
            return form
        key = features.lower(form), group_name(upos, feats)
        return self.exceptions.get(key) or self.by_rule(*key)

    def sections(self, upos_labels, feats_labels):
        number = {group: i for i, group in enumerate(self.groups)}
        none = len(self.groups)
        text, places = bytearray(), {}

        def place(string):
            raw = string.encode()
            if raw not in places:
                places[raw] = len(text)
                text.extend(raw)
            return places[raw], len(raw)

        rules = [(features.key64(suffix, number[group] + 1), *place(add), strip)
                 for (group, suffix), (strip, add) in sorted(self.rules.items())]
        exceptions = [(features.key64(form) ^ (number[group] + 1) * GROUP_MIX & 0xFFFFFFFFFFFFFFFF, *place(lemma), 0)
                      for (form, group), lemma in sorted(self.exceptions.items())]
        groups = [number.get(group_name(u, f), none) for u in upos_labels for f in feats_labels]
        return {"lemma.rules": self._entries(rules), "lemma.exceptions": self._entries(exceptions),
                "lemma.text": bytes(text), "lemma.group": struct.pack(f"<{len(groups)}H", *groups)}, none + 1

    @staticmethod
    def _entries(entries):
        keys = [e[0] for e in entries]
        assert len(set(keys)) == len(keys), "two strings share a key"
        return b"".join(struct.pack("<QIHH", key, at, strip, length) for key, at, length, strip in sorted(entries))
