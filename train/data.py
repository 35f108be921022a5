"""Label inventories, case variants and batches."""
import random
from collections import Counter

import torch

import features
import lexicon
from network import PAD, ROOT, UNKNOWN

KINDS = ("upos", "xpos", "feats", "names")
NAMES = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
IGNORE = -100
# How often a sentence is shown in another case: as wire copy that the splitter has marked, in capitals without the
# mark, in lower case, as a title. The remainder stays as written.
VARIANTS = (("neutral", 0.12), ("capitals", 0.03), ("lower", 0.05), ("title", 0.06))
FORGOTTEN = 0.05  # of the words are shown as if never seen: no word number, no pieces of the middle
SMALL = {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}


class Inventory:
    """Numbers for words and labels, from the training part alone."""

    def __init__(self, sentences, dictionaries):
        self.lexicon = dictionaries
        words = [w for s in sentences for w in s.words]
        self.words = ["<unknown>", "<root>", "<pad>"]
        self.words += [w for w, n in self._ranked(features.norm(w.form) for w in words) if n >= 2]
        self.upos = sorted({w.upos for w in words})
        self.xpos = sorted({w.xpos for w in words})
        self.feats = [f for f, n in self._ranked(w.feats for w in words) if n >= 2]
        self.rels = [r for r, _ in self._ranked(w.rel for w in words)]
        self.names = NAMES
        self.index = {kind: {label: i for i, label in enumerate(getattr(self, kind))}
                      for kind in ("words", "rels") + KINDS}
        self._cache = {}

    @staticmethod
    def _ranked(items):
        return sorted(Counter(items).items(), key=lambda p: (-p[1], p[0]))

    def sizes(self):
        return {kind: len(self.index[kind]) for kind in self.index}

    def word(self, form, neutral):
        """(vocabulary number, hashed rows)."""
        found = self._cache.get((form, neutral))
        if found is None:
            rows = features.rows(form, neutral) + self.lexicon.rows(form, neutral)
            found = self.index["words"].get(features.norm(form), UNKNOWN), rows
            self._cache[form, neutral] = found
        return found

    def targets(self, sentence):
        look = self.index
        words = sentence.words
        out = {"upos": [look["upos"].get(w.upos, IGNORE) for w in words],
               "xpos": [look["xpos"].get(w.xpos, IGNORE) for w in words],
               "feats": [look["feats"].get(w.feats, IGNORE) for w in words],
               "rels": [look["rels"].get(w.rel, IGNORE) for w in words],
               "heads": [w.head for w in words]}
        names = sentence.names or [None] * len(words)
        out["names"] = [look["names"].get(n, IGNORE) for n in names]
        return out


def variant(forms, kind):
    """Forms of a sentence in another case, and whether case is to be ignored in it."""
    if kind in ("neutral", "capitals"):
        return [f.upper() for f in forms], kind == "neutral"
    if kind == "lower":
        return [f.lower() for f in forms], False
    if kind == "title":
        return [f if i and f.lower() in SMALL else f[:1].upper() + f[1:] for i, f in enumerate(forms)], False
    return forms, features.says_nothing(forms)


def draw_variant():
    r = random.random()
    for kind, share in VARIANTS:
        if r < share:
            return kind
        r -= share
    return "as written"


def batches(lengths, budget, shuffle):
    """Lists of sentence numbers of about the same length, `budget` tokens each."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + (random.random() * 3 if shuffle else 0))
    out, current = [], []
    for i in order:
        if current and (len(current) + 1) * (lengths[i] + 1) > budget:
            out.append(current)
            current = []
        current.append(i)
    if current:
        out.append(current)
    if shuffle:
        random.shuffle(out)
    return out


def assemble(inventory, sentences, targets, picked, draw, forget=False):
    """Tensors for the sentences `picked`; draw(i) names the case variant. forget: some words are shown as unseen."""
    n = 1 + max(len(sentences[i].words) for i in picked)
    b = len(picked)
    words = torch.full((b, n), PAD)
    mask = torch.zeros(b, n, 1)
    hashed, offsets = [], []
    gold = {k: torch.full((b, n), IGNORE) for k in ("heads", "rels") + KINDS}
    for r, i in enumerate(picked):
        forms, neutral = variant([w.form for w in sentences[i].words], draw(i))
        seen = [(ROOT, [0])] + [inventory.word(f, neutral) for f in forms]
        k = len(seen)
        words[r, :k] = torch.tensor([w for w, _ in seen])
        mask[r, :k] = 1
        for at, (_, rows) in enumerate(seen):
            offsets.append(len(hashed))
            if at and forget and random.random() < FORGOTTEN:
                words[r, at] = UNKNOWN
                rows = rows[:features.PLAIN_ROWS] + rows[-lexicon.ROWS:]
            hashed += rows
        offsets += [len(hashed)] * (n - k)
        for name, values in targets[i].items():
            gold[name][r, 1:k] = torch.tensor(values)
    return {"words": words.view(-1), "hashed": torch.tensor(hashed), "offsets": torch.tensor(offsets), "mask": mask,
            "shape": (b, n), "gold": gold}
