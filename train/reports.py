"""Sentences of conflict reports with their trees, made by a grammar of our own: reports.py COUNT SEED > CONLLU.

A treebank of web text hardly holds what reports are made of: "At least 16 people, including five children, were killed
when ...", "..., a local official said", names with acronyms, agentless headlines. This grammar puts such phrases
together at random, annotated as UD_English-EWT does it. Names come from knowledge/ (actors, places, people); verbs and
nouns stand in report_words.txt. Column 10 of the output carries the name label (Name=B-ORG).

A phrase is a Node with its dependants to the left and right in order; `say` writes it out.
"""
import sys

from report_trees import (
    IRREGULAR,
    Node,
    PICK,
    VOWELS,
    a,
    adj,
    adp,
    adv,
    aux,
    be,
    chance,
    comma,
    have,
    mark,
    noun,
    one,
    propn,
    say,
    the,
    to,
    verb,
    weighted,
)
from report_facts import Facts, WORDS, load_countries, load_groups, load_places, load_units, load_words, words
from report_phrases import (
    armed,
    facility,
    group,
    named_group,
    number,
    people,
    person,
    place_name,
    place_pp,
    place_relation,
    quantify,
    settlement,
    state_force,
    target,
    time_phrase,
    titled_person,
)

# ---- Clauses


def settings(v):
    """Place and time after a verb."""
    picks = []
    if chance(0.55):
        node = place_pp()
        picks.append((place_relation(node), node))
    if chance(0.45):
        picks.append(time_phrase())
    PICK.shuffle(picks)
    return v.after(*picks)


def subject(v, node, passive=False):
    return v.first(("nsubj:pass" if passive else "nsubj", node))


def tensed(lemma, plural, passive=False):
    """The verb with its auxiliaries."""
    r = PICK.random()
    if passive:
        v = verb(lemma, "part")
        if r < 0.66:
            return v.before(be("past" if chance(0.85) else "present", plural))
        if r < 0.90:
            return v.before(
                have("past" if chance(0.3) else "present", plural),
                aux("been", "VBN", "Tense=Past|VerbForm=Part", True),
            )
        return v.before(
            aux(one("could", "will", "may", "might"), "MD", "VerbForm=Fin"), aux("be", "VB", "VerbForm=Inf", True)
        )
    if r < 0.70:
        return verb(lemma, "past", plural)
    if r < 0.78:
        return verb(lemma, "present", plural)
    if r < 0.90:
        return verb(lemma, "perfect").before(have("past" if chance(0.3) else "present", plural))
    if r < 0.95:
        return verb(lemma, "base").before(aux(one("will", "would", "could", "may"), "MD", "VerbForm=Fin"))
    return verb(lemma, "ing").before(be("past" if chance(0.5) else "present", plural, False))


def negate(v):
    """ "did not kill": only for a bare past."""
    if v.xpos == "VBD" and v.left == [] and chance(0.05):
        lemma = next((k for k, p in IRREGULAR.items() if p[0] == v.form), None)
        lemma = lemma or (v.form[:-2] if v.form.endswith("ed") else v.form)
        v.form, v.xpos, v.feats = lemma, "VB", "VerbForm=Inf"
        v.before(
            aux("did", "VBD", "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"),
            ("advmod", Node("not", "PART", "RB", "Polarity=Neg")),
        )
    return v


def result():
    """ ", killing 12 people" and ", leaving 15 dead"."""
    if chance(0.7):
        v = verb(
            one("kill", "wound", "injure", "kill", "abduct", "displace", "burn", "take", "loot", "force", "destroy"),
            "ing",
        )
        if v.form in ("burning", "looting", "destroying"):
            v.after(("obj", facility()))
        else:
            v.after(("obj", people()[0]))
        if chance(0.3):
            other = verb(one("wound", "injure", "abduct"), "ing")
            other.first(("cc", Node("and", "CCONJ", "CC"))).after(
                ("obj", quantify(noun("other", True)) if chance(0.5) else people()[0])
            )
            v.after(("conj", other))
    else:
        v = verb("leave", "ing").after(
            ("obj", number_head() if chance(0.4) else quantify(noun(one("person", "civilian", "soldier"), True))),
            ("xcomp", adj(one("dead", "wounded", "injured", "dead"))),
        )
    return "advcl", v.first(comma())


def number_head():
    n = number()
    if chance(0.5):
        n.before(("nmod", Node("least", "ADJ", "JJS", "Degree=Sup").before(("case", adp("at")))))
    return n


def purpose():
    v = verb(one("demand", "protest", "free", "punish", "protect", "recapture", "discuss", "support", "seek"), "base")
    return "advcl", v.first(to()).after(("obj", facility() if chance(0.4) else people()[0]))


def active():
    who, plural = armed()
    v = negate(tensed(words("transitive"), plural))
    v.after(("obj", target()))
    if chance(0.2):
        v.after(
            (
                "obl",
                noun(one("machete", "rifle", "mortar", "drone", "explosive", "rocket"), True).first(
                    ("case", adp("with"))
                ),
            )
        )
    settings(v)
    if chance(0.15):
        conjoin(v, words("transitive"), "past", target())
    if chance(0.22):
        v.after(result())
    elif chance(0.06):
        v.after(purpose())
    return subject(v, who)


def conjoin(v, lemma, tense, obj):
    second = verb(lemma, tense) if v.xpos == "VBD" else verb(lemma, "past")
    second.first(("cc", Node("and", "CCONJ", "CC"))).after(("obj", obj))
    v.after(("conj", second))


def passive():
    if chance(0.75):
        whom, plural = people() if chance(0.75) else armed()
    else:
        whom = facility()
        plural = whom.xpos == "NNS"
    v = tensed(words("transitive"), plural, passive=True)
    if chance(0.3):
        v.after(("obl:agent", armed()[0].first(("case", adp("by")))))
    settings(v)
    r = PICK.random()
    if r < 0.25:
        v.after(("obl", event_np().first(("case", adp(one("in", "during", "after", "in", "in"))))))
    elif r < 0.38:
        v.after(
            (
                "advcl",
                clause_simple().first(("advmod", Node("when", "ADV", "WRB", "PronType=Int")))
                if chance(0.8)
                else clause_simple().first(mark(one("after", "as", "before", "while"))),
            )
        )
    if chance(0.18):
        ellipsis_conj(v)
    return subject(v, whom, passive=True)


def ellipsis_conj(v):
    """ "... were killed and 12 others wounded"."""
    second = verb(one("wound", "injure", "abduct", "displace"), "part")
    second.first(
        ("cc", Node("and", "CCONJ", "CC")), ("nsubj:pass", quantify(noun(one("other", "person", "civilian"), True)))
    )
    if chance(0.3):
        second.left.insert(2, be("past", True))
    v.after(("conj", second))


def clause_simple():
    who, plural = one(armed, people)
    if chance(0.6):
        v = verb(words("transitive"), "past", plural).after(("obj", target()))
    else:
        v = verb(words("intransitive"), "past", plural)
        node = place_pp()
        v.after((place_relation(node), node))
    return subject(v, who)


def thing_clause():
    """ "A bomb exploded", "shells landed in a camp", "clashes broke out between X and Y"."""
    r = PICK.random()
    if r < 0.6:
        lemma = words("explosive").split()
        plural = chance(0.4)
        node = noun(lemma[-1], plural)
        for part in lemma[:-1]:
            node.before(("compound", noun(part)))
        if not plural:
            node.first(a(node.words()[0].form))
        elif chance(0.4):
            node = quantify(node)
        v = tensed(one("explode", "detonate", "land", "fall", "strike", "hit"), plural)
        if v.form in ("strike", "strikes", "struck", "hit", "hits", "striking", "hitting", "stricken"):
            v.after(("obj", facility()))
        else:
            where = place_pp()
            v.after((place_relation(where), where))
    else:
        node = (
            noun(one("clash", "fight", "battle", "exchange"), True)
            if chance(0.7)
            else noun(one("fighting", "violence"))
        )
        plural = node.xpos == "NNS"
        if chance(0.4):
            node.first(("amod", adj(one("heavy", "fierce", "deadly", "violent", "fresh", "renewed"))))
        v = tensed(one("erupt", "continue", "break", "resume", "intensify"), plural)
        if v.form in ("break", "breaks", "broke", "broken", "breaking"):
            v.after(("compound:prt", Node("out", "ADP", "RP")))
        if chance(0.6):
            first = armed()[0].first(("case", adp("between")))
            first.after(("conj", armed()[0].first(("cc", Node("and", "CCONJ", "CC")))))
            node.after(("nmod", first))
        settings(v)
    if chance(0.2):
        v.after(result())
    return subject(v, node)


def event_np():
    """ "an attack on a village", "clashes with rebels", "a raid by gunmen"."""
    lemma = words("event").split()
    plural = chance(0.25)
    node = noun(lemma[-1], plural)
    for part in lemma[:-1]:
        node.before(("amod", adj(part)) if part in WORDS["adjective"] else ("compound", noun(part)))
    if not plural:
        first = node.words()[0].form
        node.first(a(first) if chance(0.7) else the())
    if chance(0.4):
        node.after(("nmod", target().first(("case", adp(one("on", "against", "on"))))))
    if chance(0.3):
        node.after(("nmod", armed()[0].first(("case", adp("by")))))
    elif chance(0.15) and lemma[-1] in ("clash", "fighting", "battle"):
        node.after(("nmod", armed()[0].first(("case", adp("with")))))
    if chance(0.25):
        where = place_pp(one("in", "near"))
        node.after(("nmod", where))
    return node


def event_clause():
    """ "An attack on a village left 12 dead / killed 12 people"."""
    node = event_np()
    plural = node.xpos == "NNS"
    r = PICK.random()
    if r < 0.4:
        v = tensed(one("kill", "wound", "displace", "claim", "injure"), plural)
        if v.form.startswith("claim"):
            v.after(("obj", noun("life", False)))
            life = v.right[-1][1]
            life.form, life.xpos, life.feats = "lives", "NNS", "Number=Plur"
            life.first(the()).after(("nmod", people()[0].first(("case", adp("of")))))
        else:
            v.after(("obj", people()[0]))
    elif r < 0.7:
        v = tensed("leave", plural).after(
            (
                "obj",
                number_head()
                if chance(0.4)
                else quantify(noun(one("person", "civilian", "soldier", "villager"), True)),
            ),
            ("xcomp", adj(one("dead", "dead", "wounded", "injured"))),
        )
    else:
        v = tensed(one("take", "occur", "happen", "come"), plural)
        if v.form in ("take", "takes", "took", "taken", "taking"):
            v.after(("obj", noun("place")))
    settings(v)
    return subject(v, node)


def intransitive():
    who, plural = people() if chance(0.6) else armed()
    v = tensed(words("intransitive"), plural)
    settings(v)
    if chance(0.15):
        v.after(("obl", event_np().first(("case", adp(one("in", "after", "during"))))))
    return subject(v, who)


def control():
    """ "vowed to ...", "agreed to ...", "refused to ..."; "accused X of killing Y"; "denied killing Y"."""
    who, plural = armed()
    r = PICK.random()
    if r < 0.6:
        v = tensed(words("control"), plural)
        inner = verb(words("transitive"), "base").first(to()).after(("obj", target()))
        v.after(("xcomp", inner))
    elif r < 0.8:
        v = tensed(one("accuse", "suspect"), plural).after(("obj", armed()[0]))
        v.after(("advcl", verb(words("transitive"), "ing").first(mark("of")).after(("obj", target()))))
    else:
        v = tensed("deny", plural)
        v.after(("xcomp", verb(words("transitive"), "ing").after(("obj", target()))))
    return subject(v, who)


def diplomacy():
    """Talks, agreements, alliances, demands: verb and object from the list "act"."""
    who, plural = armed() if chance(0.7) else state_force()
    lemma, _, thing = words("act").partition(" ")
    v = tensed(lemma, plural)
    obj = noun(thing.split()[-1], thing.endswith("+")) if thing else None
    if obj is not None:
        bare = thing.rstrip("+").split()
        obj = noun(bare[-1], thing.endswith("+"))
        for part in bare[:-1]:
            obj.before(("amod", adj(part)) if part in WORDS["adjective"] else ("compound", noun(part)))
        if not thing.endswith("+") and bare[-1] not in WORDS["mass"]:
            first = obj.words()[0].form
            obj.first(a(first) if chance(0.75) else the())
        v.after(("obj", obj))
        if chance(0.6):
            obj.after(("nmod", armed()[0].first(("case", adp(one("with", "with", "for", "against", "to"))))))
    settings(v)
    return subject(v, who)


def deployed():
    """ "X troops are deployed in Y", "The group controls Y"."""
    who, plural = armed()
    if chance(0.5):
        v = tensed(one("deploy", "station", "base", "trap", "hold", "encircle"), plural, passive=True)
        node = place_pp()
        v.after((place_relation(node), node))
        if chance(0.4):
            v.after(("obl", armed()[0].first(("case", adp(one("alongside", "against", "with"))))))
        return subject(v, who, passive=True)
    v = tensed(one("control", "occupy", "enter", "seize", "capture", "leave", "retake", "surround"), plural)
    v.after(("obj", settlement()))
    settings(v)
    return subject(v, who)


def relative(node, plural):
    """ "X, who fled the village, ..." """
    v = verb(words("transitive"), "past", plural).after(("obj", target()))
    v.first(("nsubj", Node("who", "PRON", "WP", "PronType=Rel")))
    v.first(comma()).after(comma())
    return node.after(("acl:relcl", v))


def assertion():
    return weighted(
        (4, active),
        (4, passive),
        (1.6, thing_clause),
        (1.6, event_clause),
        (1.6, intransitive),
        (1.2, control),
        (1.6, diplomacy),
        (1, deployed),
    )


# ---- Who says so


def speaker():
    """(node, plural)."""
    r = PICK.random()
    if r < 0.3:
        lemma = words("official").split()
        plural = chance(0.5)
        node = noun(lemma[-1], plural)
        for part in lemma[:-1]:
            node.before(("amod", adj(part)) if part in WORDS["adjective"] else ("compound", noun(part)))
        if not plural:
            node.first(a(node.words()[0].form) if chance(0.7) else the())
        elif chance(0.2):
            node.after(
                ("conj", noun(one("resident", "witness", "activist"), True).first(("cc", Node("and", "CCONJ", "CC"))))
            )
        return node, plural
    if r < 0.5:
        return titled_person(), False
    if r < 0.62:
        node = person()
        role = noun(
            one("spokesman", "spokeswoman", "director", "head", "resident", "teacher", "farmer", "coordinator")
        )
        role.first(a(role.form) if chance(0.6) else the())
        if chance(0.5):
            role.after(
                (
                    "nmod",
                    place_pp("of") if chance(0.3) else group()[0].first(the()).first(("case", adp(one("of", "for")))),
                )
            )
        return node.after(("appos", role.first(comma()).after(comma()))), False
    if r < 0.8:
        return state_force()
    if r < 0.9:
        return named_group()
    return Node(one("it", "he", "she", "they"), "PRON", "PRP", "?"), False


def told(content):
    """Puts an assertion into the mouth of a speaker."""
    who, plural = speaker()
    lemma = words("say")
    r = PICK.random()
    if r < 0.40:  # S, X said
        v = verb(lemma, "past", plural or who.form == "they")
        v.before(("ccomp", content), comma(), ("nsubj", who))
        fix_comma(v)
    elif r < 0.50:  # S, said X
        v = verb("say", "past", plural)
        v.before(("ccomp", content), comma()).after(("nsubj", who))
        fix_comma(v)
    elif r < 0.80:  # X said (that) S
        v = verb(lemma, "past", plural) if chance(0.85) else verb(lemma, "present", plural)
        v.before(("nsubj", who))
        if chance(0.4):
            v.after(time_phrase()) if chance(0.5) else v.after(
                ("obl", noun("statement").before(("case", adp("in")), a("statement")))
            )
        if chance(0.55):
            content.first(mark("that"))
        v.after(("ccomp", content))
        return v
    elif r < 0.92:  # S, according to X
        source = who.first(
            (
                "case",
                Node("according", "VERB", "VBG", "ExtPos=ADP|Tense=Pres|VerbForm=Part").after(("fixed", adp("to"))),
            )
        )
        if source.upos == "PRON":
            return content
        source.first(comma())
        return content.after(("obl", source))
    else:
        v = verb("tell", "past", plural).before(("nsubj", who)).after(("iobj", noun("reporter", True)))
        if chance(0.6):
            content.first(mark("that"))
        return v.after(("ccomp", content))
    if chance(0.35):
        v.after(time_phrase())
    return v


def fix_comma(v):
    """The comma before the speaker belongs to what is said."""
    content = v.left[0][1]
    v.left = [p for p in v.left if p[1].form != ","]
    content.after(comma())


def quoted(content):
    who, plural = speaker()
    v = verb("say", "past", plural)
    content.first(("punct", Node('"', "PUNCT", "``"))).after(comma(), ("punct", Node('"', "PUNCT", "''")))
    v.before(("ccomp", content))
    if chance(0.6) and who.upos != "PRON":
        v.after(("nsubj", who))
    else:
        v.before(("nsubj", who))
    return v


def headline():
    """ "Gunmen kill 12 in attack on village", "12 killed in bomb attack": no articles, no final stop."""
    r = PICK.random()
    if r < 0.5:
        who = one(
            lambda: noun(one("gunman", "militant", "rebel", "soldier", "bandit", "jihadist"), True),
            lambda: propn("Army"),
            lambda: group()[0],
        )
        v = verb(words("transitive"), "present", who.xpos in ("NNS", "NNPS"))
        v.after(
            (
                "obj",
                number() if chance(0.5) else quantify(noun(one("civilian", "soldier", "villager", "person"), True)),
            )
        )
        v.before(("nsubj", who))
    else:
        v = verb(one("kill", "wound", "abduct", "kill", "displace", "arrest"), "part")
        v.before(
            (
                "nsubj:pass",
                number_head()
                if chance(0.5)
                else quantify(noun(one("civilian", "soldier", "villager", "person"), True)),
            )
        )
    if chance(0.6):
        event = noun(words("event").split()[-1])
        event.first(("case", adp("in")))
        if chance(0.4):
            event.after(("nmod", place_name().first(("case", adp(one("in", "on"))))))
        v.after(("obl", event))
    else:
        v.after(("obl", place_name().first(("case", adp(one("in", "near"))))))
    return v


def opening(root):
    """ "On Monday, ...", "In Mali, ...", "Meanwhile, ..." before a whole sentence."""
    r = PICK.random()
    if r < 0.5:
        rel, node = time_phrase()
    elif r < 0.8:
        node = place_pp("in")
        rel = "obl"
    else:
        rel, node = "advmod", adv(one("Meanwhile", "Separately", "Elsewhere", "However"))
    if rel == "obl:unmarked" or (rel == "advmod" and node.left):
        return root
    return root.first((rel, node), comma())


def sentence():
    if chance(0.06):
        return headline()
    root = assertion()
    if chance(0.16):
        opening(root)
    r = PICK.random()
    if r < 0.42:
        root = told(root)
    elif r < 0.50:
        root = quoted(root)
    return root.after(("punct", Node(".", "PUNCT", ".")))


def tidy(rows):
    """A capital at the start; no two commas in a row, none before the final stop."""
    drop = {i for i in range(len(rows) - 1) if rows[i][0] == "," and rows[i + 1][0] in (",", ".", ")")}
    if not drop:
        kept = rows
    else:
        number_of, n = {0: 0}, 0
        for i in range(len(rows)):
            if i not in drop:
                n += 1
            number_of[i + 1] = n
        kept = [(f, u, x, t, number_of[h], r, m) for i, (f, u, x, t, h, r, m) in enumerate(rows) if i not in drop]
    for i, row in enumerate(kept[:-1]):
        if row[0] in ("a", "an"):
            kept[i] = ("an" if kept[i + 1][0][0].lower() in VOWELS else "a",) + row[1:]
    first = kept[0]
    if first[0] == '"':
        kept[1] = (kept[1][0][:1].upper() + kept[1][0][1:],) + kept[1][1:]
    kept[0] = (first[0][:1].upper() + first[0][1:],) + first[1:]
    return kept


def write(rows, out):
    glue_before = {",", ".", ")", "'s"}
    for i, (form, upos, xpos, feats, head, rel, name) in enumerate(rows):
        misc = "Name=" + name
        out.write("\t".join((str(i + 1), form, "_", upos, xpos, feats, str(head), rel, "_", misc)) + "\n")
    out.write("\n")


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    PICK.seed(seed)
    load_words()
    Facts.places, Facts.units = load_places(), load_units()
    Facts.countries, Facts.groups = load_countries(), load_groups()
    made = 0
    while made < count:
        rows = tidy(say(sentence()))
        if len(rows) <= 60:
            write(rows, sys.stdout)
            made += 1


if __name__ == "__main__":
    main()
