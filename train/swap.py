"""More sentences out of a treebank's: words replaced by others of the same kind.

A noun, name, adjective or manner adverb becomes another with the same tag and features, half of the time from the
treebank (as often as it stands there), else from the dictionaries (common words only). A third of the names are made
up: the beginning of one and the end of another. A verb becomes another of the
treebank that has the same tag, features and dependents of the same relations. Tree and labels stay.
"""
import collections
import dataclasses
import random

import features
from treebank import Sentence

SHARE = 0.3         # of the words that can be replaced
LARGEST_SIZE = 50   # of SCOWL, for words from the dictionaries
FRAME = ("obj", "iobj", "ccomp", "xcomp", "compound:prt")
LETTERS = {"NN": "N", "NNS": "S", "JJ": "A", "NNP": "P", "RB": "R"}  # words that can only be that
VOWELS = "aeiou"


def starts_alike(a, b):
    return (a[:1].lower() in VOWELS) == (b[:1].lower() in VOWELS)


class Swapper:
    def __init__(self, sentences, lexicon):
        self.seen = collections.defaultdict(list)
        for s in sentences:
            for key, w in zip(self._keys(s), s.words):
                if key:
                    self.seen[key].append((w.form, w.lemma))
        self.more = collections.defaultdict(list)
        for word, letters in lexicon.forms.items():
            if lexicon.size[word] <= LARGEST_SIZE and (letters != "R" or word.endswith("ly")):
                self.more["P" if letters in ("P", "PN") else letters].append(word)

    @staticmethod
    def _keys(sentence):
        """What a word can be exchanged for: a key for each word, None where it stays."""
        frames = [[] for _ in sentence.words]
        for w in sentence.words:
            if w.head and w.rel in FRAME:
                frames[w.head - 1].append(w.rel)
        for w, frame in zip(sentence.words, frames):
            if w.upos in ("NOUN", "PROPN", "ADJ") and w.form.isalpha() and len(w.form) > 1 and w.rel != "goeswith":
                yield w.xpos, w.feats
            elif w.upos == "ADV" and w.form.lower().endswith("ly"):
                yield w.xpos, w.feats
            elif w.upos == "VERB":
                yield w.xpos, w.feats, tuple(sorted(frame))
            else:
                yield None

    def _other(self, key, w):
        if key[0] == "NNP" and random.random() < 1 / 3:
            a, b = (random.choice(self.seen[key])[0] for _ in range(2))
            return a[:len(a) // 2 + 1] + b[len(b) // 2:].lower(), "_"
        pool = self.more.get(LETTERS.get(key[0])) if w.upos != "VERB" and random.random() < 0.5 else None
        if pool:
            form = random.choice(pool)
            return (form.capitalize() if w.upos == "PROPN" else form), "_"
        return random.choice(self.seen[key])

    def __call__(self, sentence):
        words = list(sentence.words)
        for i, (key, w) in enumerate(zip(self._keys(sentence), words)):
            if not key or random.random() > SHARE:
                continue
            form, lemma = self._other(key, w)
            if not starts_alike(form, w.form):
                continue
            if w.form[:1].isupper() and form.islower():
                form = form.upper() if len(w.form) > 1 and w.form.isupper() else form.capitalize()
            elif w.form.islower():
                form = features.lower(form)
            words[i] = dataclasses.replace(w, form=form, lemma=lemma)
        return Sentence(words, sentence.newpar)
