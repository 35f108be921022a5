"""The record's second layer: incidents over reports, judgements, faults. record.py GRIOT

Reports here are made up of plain sentences about events that happened; names of places and groups are real, persons none.
"""
import csv
import io
import itertools
import json
import os
import pathlib
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from checks import check, finish

griot = str(pathlib.Path(sys.argv[1]).resolve())
ROUNDS = int(os.environ.get("GRIOT_KILLS", "12"))  # of each of three commands; 67 for the long run


def run(record, *words, text=None, fails=False):
    done = subprocess.run([griot, words[0], "-r", str(record), *map(str, words[1:])], capture_output=True, text=True, input=text)
    if done.returncode and not fails:
        check(" ".join(map(str, words)), False, done.stderr)
    return done


def incidents(record, *words):
    return [json.loads(line) for line in run(record, "incidents", "--json", *words).stdout.splitlines()]


REPORTS = {
    "wire": ("2023-08-16", "NIAMEY, 16 August 2023 - Seventeen soldiers were killed on Tuesday when gunmen ambushed a convoy near "
             "Koutougou in the Tillaberi region of Niger, the defence ministry said. Twenty soldiers were wounded.\n"),
    "radio": ("2023-08-17", "At least 17 soldiers were killed in an ambush near Koutougou, in Niger's Tillaberi region, on 15 August "
              "2023.\n"),
    "revised": ("2023-08-18", "Twenty-one soldiers were killed in the ambush near Koutougou in the Tillaberi region of Niger on 15 "
                "August 2023, the army said on Friday.\n"),
    "later": ("2023-09-02", "Gunmen killed four farmers near Koutougou in the Tillaberi region of Niger on 31 August 2023.\n"),
    "undated": (None, "An ambush near Koutougou in the Tillaberi region of Niger killed 17 soldiers.\n"),
    "other": ("2023-08-16", "Two soldiers were killed on 15 August 2023 when a mine exploded near Diffa in Niger.\n"),
}


def add(record, name, text=None):
    published, words = REPORTS[name] if text is None else (None, text)
    return run(record, "add", *(["--published", published] if published else []), "--source", name, "-", text=words)


def shape(record):
    """Which reports tell of one incident, and which may."""
    rows = incidents(record, "--kind", "event")
    return (sorted(sorted((a["publisher"], a["type"]) for a in row["accounts"]) for row in rows),
            sorted({tuple(sorted((p["a"], p["b"]))) for row in rows for p in row["proposals"]}))


def linking(folder):
    record = folder / "order.record"
    shapes = []
    for i, order in enumerate(itertools.islice(itertools.permutations(REPORTS), 0, 120, 11)):
        record = folder / f"order{i}.record"
        for name in order:
            add(record, name)
        shapes.append(shape(record))
    check("the order of reports changes nothing", all(s == shapes[0] for s in shapes), str(shapes[:2]))
    groups = [{p for p, _ in group} for group in shapes[0][0]]
    check("tellings of one day and place are one, with the figure or a revised one", {"wire", "radio", "revised"} in groups, str(groups))
    check("another day is another incident", {"later"} in groups)
    check("another place is another incident", {"other"} in groups)
    check("what has no day stands alone", {"undated"} in groups)
    whole = next(r for r in incidents(record) if {a["publisher"] for a in r["accounts"]} == {"wire", "radio", "revised"})
    check("it may belong there", any("undated" in json.dumps([a for r in incidents(record) for a in r["accounts"]
                                                              if a["account"] in (p["a"], p["b"])]) for p in whole["proposals"]))
    check("reasons are named", {"same day", "same place", "same figure"} <= {w for p in whole["pairs"] for w in p["why"]},
          str(whole["pairs"]))
    killed = next(t for t in whole["tolls"] if t["what"] == "killed")
    check("figures are not added up", (killed["low"], killed["shown"], killed["high"], killed["disputed"]) == (17, 17, 21, True),
          str(killed))
    check("three voices", whole["voices"] == 3)
    told = run(record, "explain", whole["incident"]).stdout
    check("explain names the reasons", "Why they are one" in told and "same figure" in told and "figures differ" in told, told)
    far = next(r["incident"] for r in incidents(record) if r["accounts"][0]["publisher"] == "other")
    told = json.loads(run(record, "explain", whole["incident"], "--with", far, "--json").stdout)
    check("and why two are apart", told["verdict"] == "apart" and told["contradicts"], str(told))
    docs = {a["publisher"]: a["doc"] for a in whole["accounts"]}
    news = {name: [i["news"] for i in json.loads(run(record, "diff", "--json", docs[name]).stdout)["incidents"]] for name in docs}
    check("diff", "confirms" in news["radio"] + news["wire"] or "differs" in news["radio"], str(news))
    check("diff of a revised figure", news["revised"] == ["differs"], str(news))
    again = shape(record)
    add(record, "wire")
    check("adding again changes nothing", shape(record) == again)
    return record, whole


def copies(folder):
    record = folder / "copies.record"
    text = REPORTS["wire"][1] + ("The ministry said that reinforcements had been sent to the area and that wounded soldiers had "
                                 "been flown to the capital for treatment in military hospitals there.\n")
    add(record, "agency", text)
    add(record, "paper", text.replace("reinforcements", "more troops"))
    rows = [r for r in incidents(record) if len(r["accounts"]) == 2]
    check("a copy is an account", len(rows) >= 1, str(len(rows)))
    check("but no voice of its own", all(r["voices"] == 1 for r in rows))


def judging(record, whole):
    first, second = (a["account"] for a in whole["accounts"] if a["publisher"] in ("wire", "radio"))
    parted = run(record, "review", "split", first, second, "--as", "a", "--json")
    check("split", not any({first, second} <= {a["account"] for a in r["accounts"]} for r in incidents(record)), parted.stdout)
    check("what was split is not proposed", not any({p["a"], p["b"]} == {first, second} for r in incidents(record) for p in r["proposals"]))
    run(record, "review", "undo", json.loads(parted.stdout)["seq"], "--as", "a")
    check("undone", any(len(r["accounts"]) == 3 for r in incidents(record)))
    offered = whole["proposals"][0]
    merged = run(record, "review", "merge", offered["a"], offered["b"], "--as", "a", "--json")
    check("merged", any(len(r["accounts"]) == 4 for r in incidents(record)), str(offered))
    run(record, "review", "undo", json.loads(merged.stdout)["seq"], "--as", "b")
    check("the merge is undone", not any(len(r["accounts"]) == 4 for r in incidents(record)))
    run(record, "review", "accept", first, "--as", "a")
    run(record, "review", "reject", second, "--as", "b", "--reason", "another day")
    check("the last word counts", [r["status"] for r in incidents(record) if len(r["accounts"]) == 3] == ["rejected"])
    check("status is a filter", len(incidents(record, "--status", "rejected")) == 1)
    claim = whole["accounts"][0]["claims"][0]["claim"]
    run(record, "review", "edit", claim, "killed", "18", "--as", "b")
    edited = next(c for r in incidents(record) for a in r["accounts"] for c in a["claims"] if c["claim"] == claim)
    check("an edit shows", edited["edited"] == ["killed"] and edited["counts"][0]["n"] == 18, str(edited["counts"]))
    for words, told in ((("reject", first), "needs a reason"), (("edit", claim, "killed", "many"), "cannot be set"),
                        (("merge", first, first), "name two"), (("undo", "9999"), "no judgement"), (("acept", first), "did you mean accept"),
                        (("accept", "abc"), "no claim")):
        done = run(record, "review", *words, "--as", "a", fails=True)
        check(f"review {words[0]} fails in one sentence", done.returncode and told in done.stderr and done.stderr.count("\n") == 1, done.stderr)
    keys = run(record, "review", "--as", "c", text="nfor later\n u q")
    check("one key each", "of" in keys.stdout and "settled" in keys.stdout and "note" in keys.stdout, keys.stdout[-300:])
    check("to look is not to accept", "0 of" in keys.stdout)
    run(record, "review", "accept", claim, "--as", "a")
    run(record, "review", "accept", claim, "--as", "b")
    agreed = json.loads(run(record, "review", "agreement", "--json").stdout)["agreement"]
    check("agreement of two", {row["field"]: row["units"] for row in agreed}.get("killed") == 1, str(agreed))
    check("the record is whole", run(record, "verify").returncode == 0)


def alpha(folder):
    """The example of Krippendorff's two observers of ten units (Content Analysis, section 11.3.1): 0.095."""
    record = folder / "alpha.record"
    text = "".join(f"Gunmen killed {n} soldiers near Diffa in Niger on {n} August 2023.\n\n" for n in range(2, 12))
    add(record, "ten", text)
    claims = [json.loads(line)["claim"] for line in run(record, "claims", "--json").stdout.splitlines()][:10]
    check("ten claims", len(claims) == 10, str(len(claims)))
    for who, marks in (("a", "0100000000"), ("b", "1110010010")):
        for claim, mark in zip(claims, marks):
            act = ["accept", claim] if mark == "1" else ["reject", claim, "--reason", "no"]
            run(record, "review", *act, "--as", who)
    (row,) = json.loads(run(record, "review", "agreement", "--json").stdout)["agreement"]
    check("alpha of two observers", row["units"] == 10 and abs(row["alpha"] - 0.095) < 0.001, str(row))


def upgraded(folder):
    """A record as version 1 left it: the tables of today without those that came later."""
    record = folder / "old.record"
    for name in REPORTS:
        add(record, name)
    claims = run(record, "claims", "--json").stdout
    with sqlite3.connect(record) as db:
        later = ["judgements", "told_claims", "incidents", "accounts", "judgement", "shingle", "voice", "member", "pair", "told", "account"]
        for name in later:
            kind = db.execute("SELECT type FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0]
            db.execute(f"DROP {kind} {name}")
        (made,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'source'").fetchone()
        old = made.replace("CHECK (length(format) > 0)", "CHECK (format IN ('text', 'html'))")
        check("sources had fewer formats", old != made)
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'source'", (old,))
        db.execute("PRAGMA user_version = 1")
    check("an old record opens, also to be read", run(record, "claims", "--json").stdout == claims)
    check("each claim is an incident there", len(incidents(record)) == len(claims.splitlines()))
    check("and verifies", run(record, "verify").returncode == 0, run(record, "verify", fails=True).stderr)
    with sqlite3.connect(record) as db:
        db.execute("PRAGMA user_version = 99")
    done = run(record, "claims", fails=True)
    check("a newer one is refused", done.returncode and "newer griot" in done.stderr, done.stderr)


def killed(folder):
    """kill -9 at random moments: what was there before stays, what lands lands whole."""
    record = folder / "killed.record"
    add(record, "wire")
    keep = incidents(record)[0]["accounts"][0]["account"]
    run(record, "review", "accept", keep, "--as", "a")
    rng = random.Random(7)
    texts = [f"Gunmen killed {n} soldiers near Koutougou in Niger on {1 + n % 28} July 2023.\n" for n in range(2, 2 + 3 * ROUNDS)]
    for round_ in range(ROUNDS):
        (folder / "next.txt").write_text(texts[round_])
        for words in (["add", "-r", record, folder / "next.txt"], ["review", "-r", record, "note", keep, f"n{round_}", "--as", "a"],
                      ["review", "-r", record, "merge", keep, incidents(record)[-1]["accounts"][0]["account"], "--as", "a"]):
            child = subprocess.Popen([griot, *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(rng.random() * 0.12)
            child.send_signal(signal.SIGKILL)
            child.wait()
    check(f"whole after {3 * ROUNDS} kills", run(record, "verify").returncode == 0, run(record, "verify", fails=True).stderr)
    accepted = incidents(record, "--status", "accepted")
    check("nothing accepted is lost", any(keep in [a["account"] for a in r["accounts"]] for r in accepted))


def two_writers(folder):
    record = folder / "two.record"
    add(record, "wire")
    for half in (0, 1):
        (folder / f"half{half}.jsonl").write_text("".join(
            json.dumps({"id": n, "text": f"Gunmen killed {n + 2} soldiers near Koutougou in Niger on {1 + n % 28} July 2023.\n"}) + "\n"
            for n in range(half, 40, 2)))
    writers = [subprocess.Popen([griot, "add", "-r", str(record), "--jsonl", str(folder / f"half{half}.jsonl")],
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for half in (0, 1)]
    check("two writers both finish", all(w.communicate()[1] == "" and w.returncode == 0 for w in writers))
    with sqlite3.connect(record) as db:
        check("and lose nothing", db.execute("SELECT count(*) FROM source").fetchone()[0] == 41)
    check("the record is whole", run(record, "verify").returncode == 0)


def tampered(folder, record):
    """What is derived is checked against what it follows from."""
    for number, change in enumerate(("UPDATE judgement SET words = 'x' WHERE seq = (SELECT max(seq) FROM judgement)",
                                     "UPDATE judgement SET undone_by = 3 WHERE undone_by IS NULL", "DELETE FROM member WHERE account = 1",
                                     "UPDATE pair SET points = points + 1")):
        copy = folder / f"tampered{number}.record"
        with sqlite3.connect(record) as whole, sqlite3.connect(copy) as part:
            whole.backup(part)
            part.execute(change)
        done = run(copy, "verify", fails=True)
        check(f"verify sees: {change}", done.returncode and done.stderr.count("\n") == 1, done.stderr)


def areas(folder):
    record = folder / "areas.record"
    for name in REPORTS:
        add(record, name)
    everywhere = len(incidents(record))
    check("near a point", 0 < len(incidents(record, "--near", "14.3,0.7,150")) < everywhere)
    check("in a box", 0 < len(incidents(record, "--box", "12,13,13,14")) < everywhere)
    check("of a publisher", {a["publisher"] for r in incidents(record, "--source", "later") for a in r["accounts"]} == {"later"})
    for words in (("--near", "95,0,10"), ("--near", "1,2"), ("--box", "4,1,2,3"), ("--policy", "best"), ("--policy", "ranked")):
        done = run(record, "incidents", *words, fails=True)
        check(f"{words} fails in one sentence", done.returncode and done.stderr.count("\n") == 1, done.stderr)
    every = ["--kind", "event", "--type", "ambush", "--actor", "x", "--place", "NER", "--near", "14,1,9", "--box", "0,13,1,14", "--source", "wire",
             "--reality", "occurred", "--text", "soldiers", "--from", "2023-01-01", "--until", "2023-12-31", "--limit", "5"]
    check("all filters at once", run(record, "incidents", *every).returncode == 0 and run(record, "claims", *every).returncode == 0)
    for policy, shown in (("lowest", 17), ("majority", 17), ("latest", 21)):
        tolls = [t for r in incidents(record, "--policy", policy) for t in r["tolls"] if len(r["accounts"]) == 3 and t["what"] == "killed"]
        check(f"policy {policy}", [t["shown"] for t in tolls] == [shown], str(tolls))
    tolls = [t["shown"] for r in incidents(record, "--rank", "nobody,revised,wire") for t in r["tolls"]
             if len(r["accounts"]) == 3 and t["what"] == "killed"]
    check("ranked by publisher", tolls == [21], str(tolls))


def lists(folder):
    record = folder / "areas.record"
    seen = {name: [json.loads(line) for line in run(record, "seen", name, "--json").stdout.splitlines()]
            for name in ("actors", "places", "relations")}
    check("actors seen", any(row["id"] == "mil-ner" and row["reports"] >= 3 for row in seen["actors"]), str(seen["actors"][:3]))
    check("places seen", any(row["name"].startswith("Koutougou") and row["first"] == "2023-08-15" for row in seen["places"]),
          str(seen["places"][:3]))
    for words in (("seen", "places"), ("claims",), ("incidents",)):
        rows = list(csv.reader(io.StringIO(run(record, *words, "--csv").stdout)))
        check(f"{words} as comma-separated values", len(rows) > 1 and len({len(row) for row in rows}) == 1, str(rows[:2]))
    done = run(record, "seen", "actor", fails=True)
    check("seen says what it has", done.returncode == 2 and "did you mean actors" in done.stderr, done.stderr)
    add(record, "talks", "JNIM and the government of Niger held talks in Niamey on 3 March 2024.\n")
    pairs = [json.loads(line) for line in run(record, "seen", "relations", "--json").stdout.splitlines()]
    check("relations seen", any("Niger" in row["a"] + row["b"] for row in pairs), str(pairs))


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        record, whole = linking(folder)
        judging(record, whole)
        tampered(folder, record)
        copies(folder)
        alpha(folder)
        areas(folder)
        lists(folder)
        upgraded(folder)
        two_writers(folder)
        killed(folder)
    finish("program, record")


main()
