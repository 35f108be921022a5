"""Every alias of every listed actor in carrier sentences: found, and with the right id? And the sentences of
tests/actors/mentions.txt: is who should be found there, and nobody else?

usage: run_actors.py GRIOT [--all] [--show]
Each alias stands in sentences of different build, as written and in capitals (wire copy). An alias that several actors
bear counts as right where the actor is among its candidates. Names made by patterns are sampled, --all takes every one.
Fails under 99 in 100.
"""
import collections
import json
import pathlib
import re
import subprocess
import sys

griot = sys.argv[1]
FLOOR = 99.0
SAMPLE = 17  # every so manieth name made by a pattern
CARRIERS = ["On Monday {} attacked a village.", "Two people were killed by {} on Tuesday.",
            "The report blames {} for the raid."]
ARTICLE = re.compile(r"[A-Za-z]")
root = pathlib.Path(__file__).resolve().parent.parent


def actors():
    out = subprocess.run([griot, "actors", "--json"], check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def own_ids():
    """Ids that stand as blocks in the files; the others are made by patterns."""
    text = "".join(p.read_text() for p in (root / "knowledge" / "actors").glob("*.txt"))
    return set(re.findall(r"^actor (\S+)", text, re.M))


def country_names():
    text = (root / "knowledge" / "actors" / "countries.txt").read_text()
    return {code: name.strip() for code, name in re.findall(r"^country (\S+)\n(?:  .*\n)*?  en +([^|#\n]+)", text, re.M)}


def lines(everything):
    own, names, n = own_ids(), country_names(), 0
    for actor in actors():
        home = f" It happened in {names[actor['countries'][0]]}." if actor["countries"] else ""
        made = actor["actor"] not in own or re.match(r"(mil|pol|gov|civ|intel)-[a-z]{3}$", actor["actor"])
        for alias in actor["aliases"]:
            n += 1
            if made and not everything and n % SAMPLE:
                continue
            if not ARTICLE.search(alias):
                continue  # other scripts: not in English sentences
            for k, carrier in enumerate(CARRIERS):
                text = carrier.format(alias) + home
                yield actor["actor"], alias, text, text.index(alias)
                if k == 0:
                    yield actor["actor"], alias, text.upper(), text.index(alias)


def mentions_of(texts):
    stream = "".join(json.dumps({"id": i, "lang": "en", "text": text}) + "\n" for i, text in enumerate(texts))
    out = subprocess.run([griot, "actors", "find", "--json", "--jsonl", "-"], input=stream, check=True,
                         capture_output=True, text=True).stdout
    found = [[] for _ in texts]
    for line in map(json.loads, out.splitlines()):
        found[line["id"]].append(line)
    return found


def overlapping(found, text, words):
    start = text.index(words)
    return [m for m in found if m["start"] < start + len(words) and m["end"] > start]


def holds(expectation, text, found):
    what, rest = expectation.split(" ", 1)
    if what == "not":
        what, words = rest.split(" ", 1)
        return not any(m["what"] == what for m in overlapping(found, text, words))
    words, _, actor = rest.partition(" = ")
    words, _, kind = words.partition(" ~ ")
    same = [m for m in found if m["exact"] == words]
    if what == "sure":
        return bool(same) and not any(m["suspected"] for m in same)
    if what == "suspected":
        return any(m["suspected"] for m in same)
    if what == "phrase":
        return any(m["what"] == "described" and m["phrase"]["exact"] == words for m in found)
    if what == "alone":
        return bool(same) and not any("same_as" in m for m in same)
    if what in ("acts", "idle"):
        return any(m.get("acts") is (what == "acts") for m in same)
    if what == "from":
        return any(m.get("from", {}).get("exact") == kind for m in same)
    if what == "open1":
        return any(m.get("candidates") and not m["actor"] for m in same)
    if what == "open":
        return any(len(m.get("candidates", [])) > 1 and not m["actor"] for m in same)
    return any(m["what"] == what and (not actor or (m["actor"] or "-") == actor) and (not kind or m["kind"] == kind)
               for m in same)


def sentences():
    """Runs tests/actors/mentions.txt; returns how many expectations fail."""
    rows = [line.split(" => ") for line in (root / "tests" / "actors" / "mentions.txt").read_text().splitlines()
            if line and not line.startswith("#")]
    failed = 0
    for (text, expected), found in zip(rows, mentions_of([row[0] for row in rows])):
        for expectation in expected.split(" | "):
            if not holds(expectation, text, found):
                failed += 1
                print(f"  FAILED {text} => {expectation}; found", [(m["what"], m["exact"], m["actor"]) for m in found])
    print(f"cases of mentions: {len(rows)} sentences, {failed} expectations fail")
    return failed


def main():
    failed = sentences()
    cases = list(lines("--all" in sys.argv))
    right = set()
    # What an acronym means can hang on the country that a text speaks of: each sentence has its actor's behind it.
    for i, found in enumerate(mentions_of([case[2] for case in cases])):
        wanted, alias, text, start = cases[i]
        if any(wanted in (m["actor"], *m.get("candidates", [])) and m["start"] < start + len(alias) and m["end"] > start
               for m in found):
            right.add(i)
    missed = collections.Counter((c[0], c[1]) for i, c in enumerate(cases) if i not in right)
    share = 100.0 * len(right) / len(cases)
    if "--show" in sys.argv or share < FLOOR:
        for (actor, alias), n in missed.most_common(400 if "--show" in sys.argv else 40):
            print(f"  {n}/{len(CARRIERS) + 1} {actor}: {alias}")
    print(f"cases of names: {len(right)} of {len(cases)} found with the right actor, {share:.2f} in 100")
    return share < FLOOR or failed > 0


if __name__ == "__main__":
    sys.exit(main())
