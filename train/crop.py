"""Short sentences out of a treebank's: single clauses with what belongs to their verb (after Sahin and Steedman 2018,
"Data augmentation via dependency tree morphing for low-resource languages").

Web text is short of plain statements: half of its short lines are titles. A clause here is a verb or predicate with a
subject of its own; it keeps its subject, objects, auxiliaries and particles, and some of its modifiers and of the verbs
joined to it. Plural subjects and objects lose their article half of the time ("rebels burned houses").
"""
import dataclasses
import random

from treebank import Sentence, Word

KEPT = {"nsubj", "obj", "iobj", "aux", "cop", "xcomp", "ccomp", "expl"}
SOMETIMES = {"obl", "advmod", "advcl", "conj"}
SHARE = 0.5
LEAST, MOST = 3, 30  # words


def tree(sentence):
    below = [[] for _ in range(len(sentence.words) + 1)]
    for i, w in enumerate(sentence.words):
        below[w.head].append(i + 1)
    return below


def whole(words, below, at):
    """The places of a subtree, without the article of a plural half of the time."""
    w = words[at - 1]
    bare = w.xpos == "NNS" and w.rel in ("nsubj", "nsubj:pass", "obj") and random.random() < SHARE
    children = [j for j in below[at] if not (bare and words[j - 1].form.lower() in ("the", "these", "those"))]
    return [at] + [j for child in children for j in whole(words, below, child)]


def kept_of(sentence, below, at):
    """Places of the clause whose head is `at`, or None."""
    words = sentence.words
    rels = {words[j - 1].rel for j in below[at]}
    if not rels & {"nsubj", "nsubj:pass"} or words[at - 1].upos not in ("VERB", "NOUN", "ADJ"):
        return None
    if "VerbForm=Fin" not in words[at - 1].feats and not rels & {"aux", "aux:pass", "cop"}:
        return None
    kept = [at]
    for j in below[at]:
        w = words[j - 1]
        base = w.rel.split(":")[0]
        own = words[at - 1].upos != "VERB" and base in ("det", "amod", "compound", "case", "nummod", "nmod")
        if base in KEPT or own or w.rel == "compound:prt" or base in SOMETIMES and random.random() < SHARE:
            part = whole(words, below, j)
            if any("PronType=Rel" in words[k - 1].feats or "PronType=Int" in words[k - 1].feats for k in part):
                return None
            kept += part
    return sorted(kept)


def edges_trimmed(words, kept):
    while kept and words[kept[0] - 1].upos == "PUNCT":
        kept = kept[1:]
    while kept and words[kept[-1] - 1].upos == "PUNCT":
        kept = kept[:-1]
    return kept


def clauses(sentence):
    """The sentence's clauses as sentences, with capital and full stop; not the sentence itself."""
    below, words = tree(sentence), sentence.words
    for at in range(1, len(words) + 1):
        kept = kept_of(sentence, below, at)
        kept = kept and edges_trimmed(words, kept)
        if not kept or at not in kept or not LEAST <= len(kept) <= MOST or len(kept) > len(words) - 2:
            continue
        number = {old: new + 1 for new, old in enumerate(kept)}
        if any(old != at and words[old - 1].head not in number for old in kept):
            continue
        out = [dataclasses.replace(words[old - 1], head=number.get(words[old - 1].head, 0)) for old in kept]
        out[number[at] - 1] = dataclasses.replace(words[at - 1], head=0, rel="root")
        first = out[0].form
        out[0] = dataclasses.replace(out[0], form=first[:1].upper() + first[1:])
        yield Sentence(out + [Word(".", ".", "PUNCT", ".", "_", number[at], "punct")])
