"""Trees of sentences, and the forms of English words, for reports.py."""
import random


PICK = random.Random()


class Node:
    def __init__(self, form, upos, xpos, feats="_", name="O"):
        self.form, self.upos, self.xpos, self.feats, self.name = form, upos, xpos, feats, name
        self.left, self.right = [], []

    def before(self, *pairs):  # nearest to the head last
        self.left += [p for p in pairs if p]
        return self

    def after(self, *pairs):
        self.right += [p for p in pairs if p]
        return self

    def first(self, *pairs):
        self.left[:0] = [p for p in pairs if p]
        return self

    def words(self):
        out = []
        for _, node in self.left:
            out += node.words()
        out.append(self)
        for _, node in self.right:
            out += node.words()
        return out


def say(root):
    """Rows (form, upos, xpos, feats, head, relation, name) of a whole sentence."""
    words = root.words()
    place = {id(w): i + 1 for i, w in enumerate(words)}
    head = {id(root): (0, "root")}
    for w in words:
        for rel, node in w.left + w.right:
            head[id(node)] = (place[id(w)], rel)
    return [(w.form, w.upos, w.xpos, w.feats, *head[id(w)], w.name) for w in words]


def chance(share):
    return PICK.random() < share


def one(*choices):
    """One of the choices; a function among them is called."""
    chosen = PICK.choice(choices)
    return chosen() if callable(chosen) else chosen


def weighted(*pairs):
    total = sum(w for w, _ in pairs)
    at = PICK.random() * total
    for w, make in pairs:
        at -= w
        if at < 0:
            return make()
    return pairs[-1][1]()


# ---- Word forms

VOWELS = "aeiou"
IRREGULAR = {}
DOUBLED = {"kidnap", "stop", "ban", "plan", "expel", "repel", "trap"}


def past_of(lemma):
    if lemma in IRREGULAR:
        return IRREGULAR[lemma]
    if lemma in DOUBLED:
        regular = lemma + lemma[-1] + "ed"
    elif lemma.endswith("e"):
        regular = lemma + "d"
    elif lemma.endswith("y") and lemma[-2] not in VOWELS:
        regular = lemma[:-1] + "ied"
    else:
        regular = lemma + "ed"
    return regular, regular


def third_of(lemma):
    if lemma.endswith("y") and lemma[-2] not in VOWELS:
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def ing_of(lemma):
    if lemma in DOUBLED or lemma in ("hit", "set", "cut", "run", "put", "shut"):
        return lemma + lemma[-1] + "ing"
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith("ee"):
        return lemma[:-1] + "ing"
    return lemma + "ing"


def plural_of(noun):
    odd = {
        "man": "men",
        "woman": "women",
        "child": "children",
        "person": "people",
        "gunman": "gunmen",
        "policeman": "policemen",
        "spokesman": "spokesmen",
        "businessman": "businessmen",
        "assailant": "assailants",
    }
    for end, plural in odd.items():
        if noun == end or (end != "man" and noun.endswith(end)) or (end == "man" and noun.endswith("man")):
            return noun[: -len(end)] + plural
    return third_of(noun)


def noun(lemma, plural=False):
    return Node(
        plural_of(lemma) if plural else lemma,
        "NOUN",
        "NNS" if plural else "NN",
        "Number=Plur" if plural else "Number=Sing",
    )


def propn(form, name="O", plural=False):
    return Node(form, "PROPN", "NNPS" if plural else "NNP", "Number=Plur" if plural else "Number=Sing", name)


def adj(form):
    return Node(form, "ADJ", "JJ", "Degree=Pos")


def adv(form):
    return Node(form, "ADV", "RB")


def adp(form):
    return Node(form, "ADP", "IN")


def the():
    return "det", Node("the", "DET", "DT", "Definite=Def|PronType=Art")


def a(word):
    return "det", Node("an" if word[0].lower() in VOWELS else "a", "DET", "DT", "Definite=Ind|PronType=Art")


def comma():
    return "punct", Node(",", "PUNCT", ",")


def mark(form):
    return "mark", Node(form, "SCONJ", "IN")


def to():
    return "mark", Node("to", "PART", "TO")


def person_of(subject_plural):
    return "Mood=Ind|Number=Plur|Person=3|" if subject_plural else "Mood=Ind|Number=Sing|Person=3|"


def verb(lemma, tense, plural=True, passive=False):
    """past, present, base, part (participle), perfect (participle after have), ing."""
    past, part = past_of(lemma)
    if tense == "past":
        return Node(past, "VERB", "VBD", person_of(plural) + "Tense=Past|VerbForm=Fin")
    if tense == "present":
        form = lemma if plural else third_of(lemma)
        return Node(form, "VERB", "VBP" if plural else "VBZ", person_of(plural) + "Tense=Pres|VerbForm=Fin")
    if tense == "part":
        return Node(part, "VERB", "VBN", "Tense=Past|VerbForm=Part|Voice=Pass")
    if tense == "perfect":
        return Node(part, "VERB", "VBN", "Tense=Past|VerbForm=Part")
    if tense == "ing":
        return Node(ing_of(lemma), "VERB", "VBG", "Tense=Pres|VerbForm=Part")
    return Node(lemma, "VERB", "VB", "VerbForm=Inf")


def aux(form, xpos, feats, passive=False):
    return ("aux:pass" if passive else "aux"), Node(form, "AUX", xpos, feats)


def be(tense, plural, passive=True):
    if tense == "past":
        return aux("were" if plural else "was", "VBD", person_of(plural) + "Tense=Past|VerbForm=Fin", passive)
    return aux(
        "are" if plural else "is", "VBP" if plural else "VBZ", person_of(plural) + "Tense=Pres|VerbForm=Fin", passive
    )


def have(tense, plural):
    if tense == "past":
        return aux("had", "VBD", person_of(plural) + "Tense=Past|VerbForm=Fin")
    return aux("have" if plural else "has", "VBP" if plural else "VBZ", person_of(plural) + "Tense=Pres|VerbForm=Fin")
