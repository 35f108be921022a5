"""What reports.py puts into its sentences: names from knowledge/, words from report_words.txt."""
import pathlib
import re

from report_trees import IRREGULAR, PICK

ROOT = pathlib.Path(__file__).resolve().parent.parent
KNOWLEDGE = ROOT / "knowledge"
WORDS = {}


def load_words():
    key = None
    for line in (pathlib.Path(__file__).parent / "report_words.txt").read_text(encoding="utf-8").splitlines():
        line = line.split("#")[0].rstrip()
        if not line:
            continue
        if not line[0].isspace():
            key, _, line = line.partition(" ")
        WORDS.setdefault(key, []).extend(w.strip() for w in line.split("|") if w.strip())
    for item in WORDS["irregular"]:
        lemma, past, part = item.split()
        IRREGULAR[lemma] = past, part


def load_places():
    """Names as reports write them: the cities of the world, the villages of the countries that ship with them."""
    names = set()
    tables = [KNOWLEDGE / "places" / "cities.tsv", *sorted((KNOWLEDGE / "places").glob("places-*.tsv"))]
    for table in tables:
        for line in table.read_text(encoding="utf-8").splitlines():
            cell = line.split("\t")
            if line[:1] not in "#@" and re.fullmatch(r"[A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+)?", cell[1]):
                names.add(cell[1])
    return sorted(names)


def load_units():
    names = []
    for line in (KNOWLEDGE / "places" / "admin1.tsv").read_text(encoding="utf-8").splitlines():
        cell = line.split("\t")
        if line[:1] != "#" and len(cell) > 1 and re.fullmatch(r"[A-Z][a-z]+(?:[ -][A-Z][a-z]+)?", cell[1]):
            names.append(cell[1])
    return sorted(set(names))


def load_countries():
    """(name, adjective) from countries.txt."""
    found, name, adjective = [], None, None
    for line in (KNOWLEDGE / "actors" / "countries.txt").read_text(encoding="utf-8").splitlines() + ["country"]:
        word, _, rest = line.strip().partition(" ")
        rest = rest.split("|")[0].strip()
        if word == "country" and name and adjective:
            found.append((name, adjective))
        if word == "country":
            name = adjective = None
        name = rest if word == "en" else name
        adjective = rest if word == "adj-en" else adjective
    return found


def load_groups():
    """(name, acronym or None) of armed groups whose name is English capitals."""
    groups = []
    for file in sorted((KNOWLEDGE / "actors").glob("*.txt")):
        if file.name in ("countries.txt", "patterns.txt"):
            continue
        for block in re.split(r"\n(?=actor )", file.read_text(encoding="utf-8")):
            names = re.findall(r"^  (?:name|en) +(.+?)(?:\n  \S|\Z)", block, re.S | re.M)
            acronyms = re.findall(r"^  acronym +(\S+)", block, re.M)
            for name in [n.strip() for text in names for n in text.split("|")][:4]:
                if re.fullmatch(r"(?:[A-Z][\w'’]*|of|for|the|and|in)(?: (?:[A-Z][\w'’]*|of|for|the|and|in))*", name):
                    groups.append((name, acronyms[0] if acronyms else None))
    return groups


class Facts:
    places = units = countries = groups = ()


def words(key):
    return PICK.choice(WORDS[key])
