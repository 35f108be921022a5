"""Names, noun phrases, places and times of reports.py. A noun phrase is (node, is it plural?)."""
import re

from report_trees import Node, PICK, VOWELS, a, adj, adp, adv, chance, comma, noun, one, propn, the, verb, weighted
from report_facts import Facts, WORDS, words

# ---- Names


def labelled(node, kind):
    """The words of a name: B- on the first, I- on the others."""
    span = node.words()
    for i, w in enumerate(span):
        w.name = ("B-" if i == 0 else "I-") + kind
    return node


def place_name():
    if chance(0.15):
        name = PICK.choice(Facts.countries)[0]
    else:
        name = PICK.choice(Facts.units if chance(0.25) else Facts.places)
    parts = re.split(r"[ ]", name)
    node = propn(parts[0])
    for part in parts[1:]:
        node.after(("flat", propn(part)))
    if "-" in name:  # the splitter cuts at hyphens
        node = hyphenated(name)
    return labelled(node, "LOC")


def hyphenated(name):
    parts = re.split(r"[- ]", name)
    head = propn(parts[0])
    marks = re.findall(r"[- ]", name)
    for sign, part in zip(marks, parts[1:]):
        next_part = propn(part)
        if sign == "-":
            head.after(("flat", next_part.first(("punct", Node("-", "PUNCT", "HYPH")))))
        else:
            head.after(("flat", next_part))
    return head


SMALL = {"of", "for", "and", "in", "the"}


def group_name(name):
    """A name such as "Front for the Liberation of X": its last word before a preposition is the head."""
    pieces, current = [], []
    for word in name.split():
        if word in ("of", "for", "in") and current:
            pieces.append(current)
            current = [word]
        else:
            current.append(word)
    pieces.append(current)
    head = None
    tail = None
    for piece in pieces:
        case = piece.pop(0) if piece and piece[0] in ("of", "for", "in") else None
        det = piece.pop(0) if piece and piece[0] == "the" else None
        if not piece:
            return None
        node = coordinated_name(piece)
        if det:
            node.first(the())
        if case:
            node.first(("case", adp(case)))
            tail.after(("nmod", node))
        else:
            head = node
        tail = node
    return labelled(head, "ORG")


NAME_ADJECTIVES = re.compile(
    r".*(?:an|ian|ic|al|ese|ish|ive|ed|ar|ary)$|^(?:New|United|Free|Popular|Joint|Allied|Young)$"
)


def coordinated_name(piece):
    if "and" in piece[1:-1]:
        cut = piece.index("and")
        first, second = coordinated_name(piece[:cut]), coordinated_name(piece[cut + 1 :])
        return first.after(("conj", second.first(("cc", Node("and", "CCONJ", "CC")))))
    head = propn(piece[-1], plural=piece[-1].endswith("s") and not piece[-1].endswith("ss"))
    for word in piece[:-1]:
        if NAME_ADJECTIVES.match(word):
            head.before(("amod", Node(word, "ADJ", "NNP", "Degree=Pos")))
        elif word not in SMALL:
            head.before(("compound", propn(word)))
    return head


def person():
    first = propn(words("given"))
    first.after(("flat", propn(words("surname"))))
    if chance(0.15):
        first.after(("flat", propn(words("surname"))))
    return labelled(first, "PER")


def titled_person():
    node = person()
    title = words("title").split()
    if title[0][0].isupper():
        head = propn(title[-1])
        for word in title[:-1]:
            head.before(("compound", propn(word)))
    else:
        head = noun(title[-1])
        for word in title[:-1]:
            head.before(
                (
                    "compound" if not NAME_ADJECTIVES.match(word) else "amod",
                    adj(word) if NAME_ADJECTIVES.match(word) else noun(word),
                )
            )
    if chance(0.3):
        country = PICK.choice(Facts.countries)[1]
        head.first(("amod", adj(country)))
    return node.first(("nmod:desc", head))


# ---- Noun phrases. Each returns (node, is it plural?)


def country_adj():
    return adj(PICK.choice(Facts.countries)[1])


def number():
    r = PICK.random()
    if r < 0.55:
        n = PICK.choice((PICK.randint(2, 99), PICK.randint(2, 30), PICK.randint(100, 3000) // 10 * 10))
        return Node(f"{n:,}" if n >= 1000 and chance(0.8) else str(n), "NUM", "CD", "NumForm=Digit|NumType=Card")
    return Node(words("number-word"), "NUM", "CD", "NumForm=Word|NumType=Card")


def quantify(node):
    """Puts a quantity before a plural noun; may make "dozens of X", whose head is another."""
    n = number()
    kind = PICK.random()
    if kind < 0.38:
        return node.first(("nummod", n))
    if kind < 0.50:
        least = Node("least", "ADJ", "JJS", "Degree=Sup").before(("case", adp("at")))
        return node.first(("nummod", n.before(("nmod", least))))
    if kind < 0.60:
        more = Node(one("more", "fewer", "more"), "ADJ", "JJR", "Degree=Cmp|ExtPos=ADV").after(("fixed", adp("than")))
        return node.first(("nummod", n.before(("advmod", more))))
    if kind < 0.68:
        return node.first(
            (
                "nummod",
                n.before(("advmod", adv(one("about", "around", "nearly", "almost", "roughly", "approximately")))),
            )
        )
    if kind < 0.72:
        return node.first(("det", Node("some", "DET", "DT", "PronType=Ind")), ("nummod", n))
    if kind < 0.75:
        up = Node("up", "ADP", "IN", "ExtPos=ADV").after(("fixed", adp("to")))
        return node.first(("nummod", n.before(("advmod", up))))
    if kind < 0.77:
        more = Node("as", "ADV", "RB", "ExtPos=ADV").after(("fixed", adj("many")), ("fixed", adp("as")))
        return node.first(("nummod", n.before(("advmod", more))))
    if kind < 0.79:
        return node.first(
            a("estimated"),
            ("amod", Node("estimated", "VERB", "VBN", "Tense=Past|VerbForm=Part|Voice=Pass")),
            ("nummod", n),
        )
    if kind < 0.82:
        return node.first(("det", Node("another", "DET", "DT", "PronType=Ind")), ("nummod", n))
    if kind < 0.85:
        return node.first(("nummod", n), ("amod", adj("other")))
    if kind < 0.88:
        return node.first(("amod", adj(one("several", "many", "several"))))
    if kind < 0.90:
        dozen = Node("dozen", "NUM", "CD", "NumForm=Word|NumType=Card").before(a("dozen"))
        return node.first(
            (
                "nummod",
                dozen.first(("nmod", Node("least", "ADJ", "JJS", "Degree=Sup").before(("case", adp("at")))))
                if chance(0.4)
                else dozen,
            )
        )
    if kind < 0.92:
        low, high = sorted(PICK.sample(range(3, 60), 2))
        first = Node(str(low), "NUM", "CD", "NumForm=Digit|NumType=Card")
        second = Node(str(high), "NUM", "CD", "NumForm=Digit|NumType=Card")
        first.before(("case", adp("between")))
        first.after(("conj", second.before(("cc", Node("and", "CCONJ", "CC")))))
        return node.first(("nummod", first))
    measure = noun(one("dozen", "hundred", "score", "thousand", "ten", "dozen", "hundred"), plural=True)
    return measure.after(("nmod", node.first(("case", adp("of")))))


def people():
    """Unnamed people: victims, civilians, workers. Plural with a quantity, or one."""
    lemma = words("people")
    if chance(0.2):
        node = person_noun(lemma, False)
        return node.first(a(node.words()[0].form)), False
    node = person_noun(lemma, True)
    if chance(0.75):
        node = quantify(node)
    elif chance(0.4):
        node.first(the())
    node = with_detail(node)
    return node, True


def person_noun(lemma, plural):
    parts = lemma.split()
    node = noun(parts[-1], plural)
    for part in parts[:-1]:
        node.before(("compound", noun(part)))
    r = PICK.random()
    if r < 0.15:
        node.first(("amod", country_adj()))
    elif r < 0.25:
        node.first(("amod", adj(words("people-adj"))))
    return node


def including():
    inner = quantify(person_noun(words("people"), True)) if chance(0.8) else person_noun(words("people"), False)
    if inner.xpos == "NN":
        inner.first(a(inner.words()[0].form))
    inner.first(
        comma(), ("case", Node(one("including", "including", "among"), "VERB", "VBG", "Tense=Pres|VerbForm=Part"))
    )
    if inner.left[1][1].form == "among":
        inner.left[1][1].upos, inner.left[1][1].xpos, inner.left[1][1].feats = "ADP", "IN", "_"
    return inner


def with_detail(node):
    """What may follow people: including ..., mostly ..., from X, of them women."""
    r = PICK.random()
    if r < 0.14:
        inner = including()
        inner.after(comma())
        return node.after(("nmod", inner))
    if r < 0.22:
        return node.after(("nmod", place_pp(one("from", "in", "of"))))
    return node


def armed():
    """Armed men: the army, gunmen, a named group, its fighters."""
    return weighted((3, unnamed_armed), (3, named_fighters), (2.5, named_group), (3, state_force))


def unnamed_armed():
    lemma = words("armed")
    parts = lemma.split()
    singular = chance(0.08)
    node = noun(parts[-1], not singular)
    for part in parts[:-1]:
        kind = ("amod", adj(part)) if part in WORDS["adjective"] else ("compound", noun(part))
        node.before(kind)
    if singular:
        return node.first(a(node.words()[0].form)), False
    r = PICK.random()
    if r < 0.3 and not node.left:
        node.first(("amod", adj(words("armed-adj"))))
    elif r < 0.4:
        node = quantify(node)
    elif r < 0.55:
        node.first(the())
    if chance(0.12):
        node.after(("acl", armed_detail()))
    return node, True


def armed_detail():
    """ "linked to X", "loyal to X", "riding motorbikes"."""
    r = PICK.random()
    if r < 0.5:
        v = verb(one("link", "affiliate", "ally"), "part")
        return v.after(("obl", named_group()[0].first(("case", adp(one("to", "with"))))))
    if r < 0.8:
        v = verb(one("ride", "carry", "use"), "ing")
        return v.after(("obj", noun(one("motorcycle", "rifle", "motorbike", "machete", "weapon"), True)))
    v = verb("back", "part")
    return v.after(
        ("obl:agent", propn(PICK.choice(Facts.countries)[0].split()[0], "B-LOC").before(("case", adp("by"))))
    )


def group():
    node = None
    while node is None:
        name, acronym = PICK.choice(Facts.groups)
        if acronym and chance(0.35):
            return propn(acronym, "B-ORG"), True, None
        node = group_name(name)
    return node, False, acronym


def with_acronym(node, acronym):
    """ "the Front for X (FX)"."""
    short = (
        propn(acronym, "B-ORG")
        .before(("punct", Node("(", "PUNCT", "-LRB-")))
        .after(("punct", Node(")", "PUNCT", "-RRB-")))
    )
    return node.after(("appos", short))


def named_group():
    node, short, acronym = group()
    if not short and not (node.left and node.left[0][1].form == "the") and chance(0.75):
        node.first(the())
    if acronym and chance(0.35):
        with_acronym(node, acronym)
    if chance(0.08):
        node.after(comma(), ("appos", epithet()), comma())
        return commas_inside(node), False
    return node, False


def commas_inside(node):
    """Commas around an apposition belong to it."""
    kept = []
    for rel, child in node.right:
        if rel == "punct" and child.form == ",":
            continue
        if rel == "appos" and child.form != "(" and child.left[:1] and child.left[0][1].form != "(":
            child.first(comma()).after(comma())
        kept.append((rel, child))
    node.right = kept
    return node


def epithet():
    node = noun(one("group", "militia", "faction", "alliance", "coalition"))
    node.first(a("armed"), ("amod", adj(one("armed", "jihadist", "separatist", "rebel", "Islamist"))))
    if chance(0.4):
        node.after(("acl", verb("base", "part").after(("obl", place_pp("in")))))
    return node


def named_fighters():
    """ "JNIM fighters", "fighters of the Front for X", "members of X"."""
    plural_noun = noun(
        one("fighter", "militant", "rebel", "insurgent", "member", "combatant", "gunman", "commander", "soldier"),
        True,
    )
    node, short, acronym = group()
    if chance(0.5):
        if not short and (len(node.words()) > 3 or node.right):
            return named_group()
        plural_noun.before(("compound", node))
        if chance(0.25):
            plural_noun.first(("amod", adj("suspected")))
        if chance(0.2):
            plural_noun.first(the())
        return plural_noun, True
    if not short and not (node.left and node.left[0][1].form == "the"):
        node.first(the())
    if acronym and chance(0.4):
        with_acronym(node, acronym)
    if chance(0.2):
        plural_noun = quantify(plural_noun)
        if plural_noun.right:
            return plural_noun, True
    return plural_noun.after(("nmod", node.first(("case", adp(one("of", "from", "of")))))), True


def state_force():
    r = PICK.random()
    if r < 0.35:
        node = noun("army") if chance(0.6) else noun("military")
        node.first(the(), ("amod", country_adj()) if chance(0.5) else None)
        return node, False
    if r < 0.7:
        lemma = words("state-force").split()
        node = noun(lemma[-1], True)
        for part in lemma[:-1]:
            node.before(("amod", adj(part)) if part in WORDS["adjective"] else ("compound", noun(part)))
        if chance(0.4):
            node.first(("amod", country_adj()))
        if chance(0.3):
            node.first(the())
        elif chance(0.15):
            node = quantify(node)
        return node, True
    if r < 0.85:
        owner = propn(PICK.choice(Facts.countries)[0].split()[0], "B-LOC").after(("case", Node("'s", "PART", "POS")))
        node = noun(one("army", "government", "military", "junta", "police", "president"))
        return node.first(("nmod:poss", owner)), node.form == "police"
    node = noun(one("government", "authority", "troop", "force", "police"), False)
    if node.form != "government" and node.form != "police":
        node = noun(node.form, True)
    node.first(("amod", country_adj()))
    if node.xpos == "NN":
        node.first(the())
    return node, node.xpos == "NNS" or node.form == "police"


def target():
    """What is attacked: people, a force, a place, a thing."""
    return weighted(
        (3, lambda: people()[0]), (2, lambda: armed()[0]), (2.5, facility), (2, settlement), (0.5, vehicle)
    )


def facility():
    lemma = words("facility").split()
    node = noun(lemma[-1], chance(0.15))
    for part in lemma[:-1]:
        node.before(("amod", adj(part)) if part in WORDS["adjective"] else ("compound", noun(part)))
    if node.xpos == "NN":
        first = node.words()[0].form
        node.first(a(first) if chance(0.65) else the())
    elif chance(0.5):
        node = quantify(node)
        if node.right:
            return node
    if chance(0.25):
        node.after(("nmod", place_pp(one("in", "near", "of", "at"))))
    return node


def vehicle():
    node = noun(one("convoy", "vehicle", "truck", "bus", "patrol", "ambulance", "helicopter", "boat"))
    node.first(a(node.form), ("amod", adj(one("military", "humanitarian", "civilian"))) if chance(0.4) else None)
    if node.left[0][1].form == "an" and len(node.left) > 1 and node.left[1][1].form[0] not in VOWELS:
        node.left[0][1].form = "a"
    if chance(0.4):
        inner = (
            quantify(noun(one("passenger", "soldier", "worker", "trader"), True))
            if chance(0.3)
            else noun(one("trader", "passenger", "soldier"), True)
        )
        node.after(("acl", verb("carry", "ing").after(("obj", inner))))
    return node


def settlement():
    """ "the village of X", "X", "the town", "three villages"."""
    r = PICK.random()
    kind = words("settlement")
    if r < 0.55:
        return noun(kind).before(the()).after(("nmod", place_name().first(("case", adp("of")))))
    if r < 0.75:
        return place_name()
    if r < 0.88:
        return noun(kind).before(the())
    return quantify(noun(kind, True))


def place_phrase():
    """What stands after in, near, from: with its region or district."""
    r = PICK.random()
    if r < 0.32:
        node = place_name()
    elif r < 0.58:
        node = noun(words("settlement")).before(the()).after(("nmod", place_name().first(("case", adp("of")))))
    elif r < 0.72:
        node = noun(one("region", "province", "district", "area", "department", "county", "state"))
        node.before(the(), ("compound", place_name())) if chance(0.8) else node.before(("compound", place_name()))
    elif r < 0.80:
        direction = one("northern", "southern", "eastern", "western", "central", "northeastern", "northwestern")
        name = place_name()
        return name.first(("amod", adj(direction)))
    elif r < 0.86:
        node = noun(one("north", "south", "east", "west", "center", "centre")).before(the())
        node.after(("nmod", propn(PICK.choice(Facts.countries)[0].split()[0], "B-LOC").first(("case", adp("of")))))
        return node
    else:
        node = facility()
        return node
    if chance(0.28):
        outer = (
            noun(one("region", "province", "district", "state")).before(the(), ("compound", place_name()))
            if chance(0.5)
            else place_name()
        )
        node.after(
            ("nmod", outer.first(("punct", Node(",", "PUNCT", ",")), ("case", adp("in"))))
            if chance(0.6)
            else ("appos", place_name().first(comma()))
        )
    return node


def place_pp(preposition=None):
    if preposition is None:
        if chance(0.10):
            return distance_pp()
        preposition = one("in", "in", "in", "near", "at", "outside", "around", "in")
    return place_phrase().first(("case", adp(preposition)))


def distance_pp():
    """ "about 30 kilometres north of X": returned as an oblique head "kilometres"."""
    km = noun(one("kilometer", "kilometre", "mile"), True) if chance(0.7) else noun("km")
    n = Node(str(PICK.randint(5, 250)), "NUM", "CD", "NumForm=Digit|NumType=Card")
    if chance(0.4):
        n.before(("advmod", adv(one("about", "some", "around"))))
    km.before(("nummod", n))
    way = adv(one("north", "south", "east", "west", "northeast", "northwest", "southeast"))
    way.before(("obl:unmarked", km)).after(("obl", place_name().first(("case", adp("of")))))
    return way


def place_relation(node):
    return "advmod" if node.upos == "ADV" else "obl"


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def time_phrase():
    """(relation, node) of a time."""
    r = PICK.random()
    digit = "NumForm=Digit|NumType=Card"
    if r < 0.26:
        day = propn(PICK.choice(DAYS))
        if chance(0.35):
            part = noun(one("night", "morning", "evening", "afternoon")).before(("compound", day))
            if chance(0.5):
                return "obl", part.first(("case", adp("on")))
            return "obl:unmarked", part
        if chance(0.75):
            return "obl", day.first(("case", adp("on")))
        return "obl:unmarked", day
    if r < 0.42:
        d = Node(str(PICK.randint(1, 31)), "NUM", "CD", digit)
        year = ("nmod:unmarked", Node(str(PICK.randint(1988, 2025)), "NUM", "CD", digit))
        month = propn(PICK.choice(MONTHS))
        if chance(0.5):
            return "obl", d.first(("case", adp("on"))).after(("nmod:unmarked", month), year if chance(0.4) else None)
        month.after(("nmod:unmarked", d), year if chance(0.3) else None)
        return "obl", month.first(("case", adp("on")))
    if r < 0.52:
        month = propn(PICK.choice(MONTHS)).first(("case", adp(one("in", "since", "in"))))
        if chance(0.5):
            month.after(("nmod:unmarked", Node(str(PICK.randint(1988, 2025)), "NUM", "CD", digit)))
        return "obl", month
    if r < 0.60:
        return "obl:unmarked", noun(one("week", "month", "year")).before(
            ("amod", Node("last", "ADJ", "JJ", "Degree=Pos"))
        )
    if r < 0.68:
        return "advmod", adv(one("overnight", "recently", "earlier", "later", "yesterday"))
    if r < 0.74:
        day = propn(PICK.choice(DAYS)).first(("case", adp("on")))
        return "obl", day.first(("advmod", adv(one("late", "early"))))
    if r < 0.82:
        period = noun(one("week", "month", "day", "year"), True)
        n = Node(one("two", "three", "four", "six"), "NUM", "CD", "NumForm=Word|NumType=Card")
        return "obl", period.before(
            ("case", adp(one("in", "over", "during"))), the(), ("amod", adj(one("past", "last"))), ("nummod", n)
        )
    if r < 0.88:
        return "advmod", adv("ago").before(
            (
                "obl:unmarked",
                noun(one("day", "week", "month"), True).before(
                    ("nummod", Node(one("two", "three", "10"), "NUM", "CD", "NumForm=Word|NumType=Card"))
                ),
            )
        )
    if r < 0.94:
        return "obl", noun(one("night", "dawn", "noon")).before(("case", adp("at")))
    return "obl:unmarked", noun(one("day", "night", "morning")).before(
        the(), ("amod", adj(one("same", "previous", "next", "following")))
    )
