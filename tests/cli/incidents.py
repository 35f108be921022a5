"""Incidents over reports of many kinds: wire, communique, charity, local radio. incidents.py GRIOT [NAME...]

incidents/*.json: reports; incidents: for each that they tell, by report, words of its sentences; vague: the reports
whose details leave room, so that a proposal is all to hope for. What two reports tell of different incidents must never
be joined, in whatever order they come; the shares of what is joined, or at least proposed, must not fall below the floors.
Reports are written for this test, after events that happened. With a NAME every pair of that case is shown.
"""
import itertools
import json
import pathlib
import subprocess
import sys
import tempfile

griot = str(pathlib.Path(sys.argv[1]).resolve())
folder = pathlib.Path(__file__).resolve().parent / "incidents"
JOINED, PROPOSED = 40, 78  # least shares, percent
failed = 0


def fail(*words):
    global failed
    failed += 1
    print("FAILED", *words)


def run(*words, text=None):
    return subprocess.run([griot, *map(str, words)], input=text, capture_output=True, text=True, check=True).stdout


def record_of(reports):
    """Incidents of a record to which the reports were added one after the other."""
    with tempfile.TemporaryDirectory() as where:
        record = pathlib.Path(where) / "r.record"
        lines = "".join(json.dumps({"id": r["name"], "source": r["publisher"], "published": r["published"],
                                    "text": r["text"] + "\n"}) + "\n" for r in reports)
        run("add", "-r", record, "--threads", 1, "--jsonl", "-", text=lines)
        return [json.loads(line) for line in run("incidents", "-r", record, "--json").splitlines()]


def told(case, account):
    """The report of an account, and which incident of the case its sentences tell; None: none that is marked."""
    report = next(r["name"] for r in case["reports"] if r["publisher"] == account["publisher"])
    quotes = [claim["quote"]["exact"] for claim in account["claims"]]
    names = {name for name, by in case["incidents"].items() for words in by.get(report, [])
             if any(words in quote for quote in quotes)}
    return report, names


def links(case, incidents):
    """Pairs of accounts of different reports that are joined or proposed: {frozenset of (report, names): ...}."""
    of, where = {}, {}
    for incident in incidents:
        for account in incident["accounts"]:
            of[account["account"]] = told(case, account)
            where[account["account"]] = incident["incident"]
    proposed = {frozenset((p["a"], p["b"])) for i in incidents for p in i["proposals"]}
    found = {}
    for a, b in itertools.combinations(sorted(of), 2):
        if of[a][0] != of[b][0]:
            found[a, b] = "joined" if where[a] == where[b] else "proposed" if frozenset((a, b)) in proposed else ""
    return of, found


def judge(name, case, show):
    of, found = links(case, record_of(case["reports"]))
    _, backwards = links(case, record_of(case["reports"][::-1]))
    if found != backwards:
        fail(name, "the order of reports changes", {p for p in found if found[p] != backwards.get(p)})
    best = {}
    for (a, b), link in found.items():
        (one, names), (other, others) = of[a], of[b]
        if link == "joined" and not names & others:
            fail(name, "joined:", one, sorted(names), other, sorted(others))
        for which in names & others:
            key = which, *sorted((one, other))
            best[key] = max(best.get(key, ""), link, key=["", "proposed", "joined"].index)
        if link == "proposed" and not names & others and show:
            print("  needless proposal", one, sorted(names), other, sorted(others))
    sure, vague = [], []
    for which, by in case["incidents"].items():
        for one, other in itertools.combinations(sorted(by), 2):
            link = best.get((which, one, other), "")
            (vague if {one, other} & set(case["vague"]) else sure).append(link)
            if show:
                print(f"  {which:12} {one:12} {other:12} {link or '-'}")
    return sure, vague


def main():
    sure, vague = [], []
    for path in sorted(folder.glob("*.json")):
        if sys.argv[2:] and path.stem not in sys.argv[2:]:
            continue
        pairs = judge(path.stem, json.loads(path.read_text()), sys.argv[2:])
        sure += pairs[0]
        vague += pairs[1]
    joined = 100 * sure.count("joined") / max(len(sure), 1)
    seen = 100 * sum(map(bool, sure + vague)) / max(len(sure + vague), 1)
    print(f"cases: of {len(sure)} plain pairs {joined:.0f} % joined; of all {len(sure + vague)} {seen:.0f} % joined or proposed")
    if not sys.argv[2:] and (joined < JOINED or seen < PROPOSED):
        fail(f"the floors are {JOINED} % and {PROPOSED} %")
    return failed > 0


sys.exit(main())
