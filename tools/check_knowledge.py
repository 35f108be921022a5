#!/usr/bin/env python3
"""Checks the actor, country, word and deed files of knowledge/ for slips that a loader would accept.

    tools/check_knowledge.py [knowledge] [--clashes]

Errors (exit 1): unknown fields or kinds, duplicate blocks, missing or capital-less aliases, relations and countries
that nothing defines, dates out of form, words twice in one class. --clashes also lists aliases that several actors
share and words that several classes of people share: each is either meant or a mistake, which only a person can tell.
"""
import collections
import pathlib
import re
import sys
import unicodedata

ACTOR_KINDS = set("state-military state-police government rebel militia identity-militia rioter protester civilian "
                  "external io ngo other".split())
CLAIM_KINDS = set("event toll relation presence custody force".split())
CLASS_OF = set("people weapon facility unit title loaded cue vague name count".split())
RELATIONS = set("part-of split-from merged-into allied-with rival-of".split())
FIELDS = {
    "type": set("kind acled plover cameo ucdp".split()),
    "country": set("iso2 en fr the-fr adj-en people-en adj-fr capital region".split()),
    "actor": set("name kind country en fr es pt ar ha acronym acronym-at-home code since until former".split()) | RELATIONS,
    "pattern": set("name kind en fr metonym".split()),
    "class": set("of kind actor label count-as words loaded office family".split()),
}
ONCE = set("name kind of label count-as loaded office family actor since until iso2 the-fr region ucdp cameo".split())
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")
YEARS = re.compile(r"(\d{4})?\.\.(\d{4})?$|\d{4}$")
COMMENT = re.compile(r"(^|\s)#.*")

errors = []


def fold(text):
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(text.casefold().replace("\u2019", "'").split())


def blocks(path):
    """Yields (keyword, name, fields, where); fields maps a field to its values, one for each time it stands."""
    block = last = None
    depth = 0
    for number, raw in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        line = COMMENT.sub("", raw).rstrip()
        where = f"{path}:{number}"
        if not line:
            continue
        indent = len(line) - len(line.lstrip())
        if not indent:
            if block:
                yield block
            keyword, _, name = line.partition(" ")
            block, last = (keyword, name.strip(), {}, where), None
        elif block is None:
            errors.append(f"{where}: a field outside a block")
        elif last and indent > depth:
            last[-1] += " " + line.strip()
        else:
            field, _, value = line.strip().partition(" ")
            depth, last = indent, block[2].setdefault(field, [])
            last.append(value.strip())
            if not value.strip():
                errors.append(f"{where}: {field} has no value")
    if block:
        yield block


def items(fields, name):
    return [item.strip() for value in fields.get(name, []) for item in value.split("|")]


def check_fields(keyword, name, fields, where):
    for field, values in fields.items():
        if field not in FIELDS[keyword]:
            errors.append(f"{where}: {keyword} {name}: unknown field {field}")
        if field in ONCE and len(values) > 1:
            errors.append(f"{where}: {keyword} {name}: {field} stands {len(values)} times")


def check_actor(name, fields, where, actors, countries, patterns):
    known_pattern = re.sub(r"-[a-z]{3}$", "-{iso3}", name) in patterns and name[-3:].upper() in countries
    if not known_pattern:
        for field in ("name", "kind"):
            if field not in fields:
                errors.append(f"{where}: actor {name}: no {field}")
    for kind in fields.get("kind", []):
        if kind not in ACTOR_KINDS:
            errors.append(f"{where}: actor {name}: unknown kind {kind}")
    for code in " ".join(fields.get("country", [])).split():
        if code not in countries:
            errors.append(f"{where}: actor {name}: unknown country {code}")
    for field in ("since", "until"):
        for date in fields.get(field, []):
            if not DATE.match(date):
                errors.append(f"{where}: actor {name}: {field} {date} is no date")
    for relation in RELATIONS:
        for value in fields.get(relation, []):
            other, _, years = value.partition(" ")
            if other not in actors and not (re.sub(r"-[a-z]{3}$", "-{iso3}", other) in patterns
                                            and other[-3:].upper() in countries):
                errors.append(f"{where}: actor {name}: {relation} {other}: no such actor")
            if other == name:
                errors.append(f"{where}: actor {name}: {relation} itself")
            if years and not YEARS.match(years):
                errors.append(f"{where}: actor {name}: {relation} {value}: bad years")
    for field in ("en", "fr", "es", "pt", "ar"):
        for item in items(fields, field):
            if not item:
                errors.append(f"{where}: actor {name}: empty item in {field}")
            elif len(item) <= 3 and item.isupper():
                errors.append(f"{where}: actor {name}: {item} belongs in acronym")
    for acronym in " ".join(fields.get("acronym", [])).split():
        if acronym == "|" or sum(c.isupper() for c in acronym) < 1 or len(acronym) < 2:
            errors.append(f"{where}: actor {name}: {acronym} is no acronym")


def check_class(name, fields, where):
    if fields.get("of", [""])[0] not in CLASS_OF:
        errors.append(f"{where}: class {name}: of is missing or unknown")
    if "kind" in fields and fields["kind"][0] not in ACTOR_KINDS:
        errors.append(f"{where}: class {name}: unknown kind {fields['kind'][0]}")
    for word, count in collections.Counter(map(fold, items(fields, "words"))).items():
        if count > 1 or not word:
            errors.append(f"{where}: class {name}: '{word}' stands {count} times")


def check_type(name, fields, where):
    for kind in items(fields, "kind"):
        if kind not in CLAIM_KINDS:
            errors.append(f"{where}: type {name}: unknown kind {kind}")
    if fields.get("ucdp", ["0"])[0] not in "0123":
        errors.append(f"{where}: type {name}: ucdp must be 0..3")


def check_deeds(root):
    """A word that asks for nothing beside it tells one deed; the second would never be read."""
    plain = {}
    for path in sorted((root / "deeds").glob("*/*.deeds")):
        for keyword, name, fields, where in blocks(path):
            for pos in ("verb", "noun", "adj") if keyword == "deed" else ():
                for item in items(fields, pos):
                    if " " in item:
                        continue
                    first = plain.setdefault((path.parent, pos, item), name)
                    if first != name:
                        errors.append(f"{where}: deed {name}: {pos} {item} stands in deed {first} already")
                words = collections.Counter(items(fields, pos))
                errors.extend(f"{where}: deed {name}: {pos} {item} stands {n} times" for item, n in words.items() if n > 1)


def main(args):
    root = pathlib.Path(next((a for a in args if not a.startswith("-")), "knowledge"))
    paths = [root / "ontology.txt", *sorted((root / "actors").glob("*.txt"))]
    paths += [p for p in sorted((root / "lexicon").glob("*/*.txt")) if p.stem not in ("time", "numbers")]
    found = [block for path in paths for block in blocks(path)]
    seen = set()
    for keyword, name, fields, where in found:
        if keyword not in FIELDS:
            errors.append(f"{where}: unknown block {keyword}")
            continue
        folder = str(pathlib.Path(str(where).partition(":")[0]).parent)  # classes are those of one language
        if (keyword, name, folder) in seen:
            errors.append(f"{where}: {keyword} {name} stands twice")
        seen.add((keyword, name, folder))
        check_fields(keyword, name, fields, where)
    check_deeds(root)
    names = {key: {name for keyword, name, *_ in found if keyword == key} for key in FIELDS}
    aliases, words = collections.defaultdict(set), collections.defaultdict(set)
    for keyword, name, fields, where in found:
        if keyword == "actor":
            check_actor(name, fields, where, names["actor"], names["country"], names["pattern"])
            for field in ("name", "en", "fr"):
                for item in items(fields, field):
                    aliases[fold(item)].add(name)
            for item in " ".join(fields.get("acronym", [])).split():
                aliases[item].add(name)
        elif keyword == "class":
            check_class(name, fields, where)
            if fields.get("of", [""])[0] == "people":
                for word in map(fold, items(fields, "words")):
                    words[word].add(name)
        elif keyword == "type":
            check_type(name, fields, where)
    if "--clashes" in args:
        for text, owners in sorted([*aliases.items(), *words.items()]):
            if len(owners) > 1:
                print(f"shared: {text}: {' '.join(sorted(owners))}")
    print(*errors, sep="\n" if errors else "")
    print(", ".join(f"{len(names[key])} {key}" for key in FIELDS),
          f"{sum(len(items(b[2], f)) for b in found if b[0] == 'actor' for f in ('en', 'fr'))} names of actors", sep=", ")
    return bool(errors)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
