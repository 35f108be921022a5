"""The built program from outside: exit codes, messages, what is kept, what never changes.

usage: run.py GRIOT [OTHER_GRIOT]    OTHER_GRIOT: the same program by another compiler, for byte equality
"""
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

griot = os.path.abspath(sys.argv[1])
other = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else None
root = pathlib.Path(__file__).resolve().parent.parent.parent
reports = sorted(str(p) for p in (root / "tests" / "cases").glob("*/report.txt"))
passed = failed = 0


def run(*args, program=None, text=None, env=None):
    return subprocess.run([program or griot, *args], input=text, capture_output=True, text=True,
                          env={**os.environ, "NO_COLOR": "1", **(env or {})})


def check(name, holds, note=""):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print(f"FAILED {name} {note}")


def check_fails(name, result, code, words):
    line = result.stderr.strip()
    check(name, result.returncode == code and words in line and line.count("\n") == 0,
          f"(exit {result.returncode}, {line[:200]!r})")


def errors(folder):
    check_fails("missing file", run("code", "nowhere.txt"), 3, "no such file")
    check_fails("directory", run("code", str(folder)), 4, "directory")
    empty = folder / "empty.txt"
    empty.write_text("")
    check_fails("empty file", run("code", str(empty)), 4, "empty")
    binary = folder / "binary"
    binary.write_bytes(bytes(range(256)) * 8)
    check_fails("binary data", run("code", str(binary)), 4, "binary")
    huge = folder / "huge.txt"
    with open(huge, "wb") as file:
        file.truncate(2 << 30)
    check_fails("a 2 GB file", run("code", str(huge)), 5, "ceiling")
    check_fails("wrong option", run("code", "--publishd", "2024", "x"), 2, "--published")
    check_fails("wrong command", run("cod"), 2, "griot code")
    check_fails("wrong date", run("code", "--published", "2024-13-40", reports[0]), 2, "2024-13-40")
    foreign = folder / "foreign.db"
    with sqlite3.connect(foreign) as db:
        db.execute("create table t (a)")
    check_fails("foreign database", run("claims", "--record", str(foreign)), 6, "not a griot record")
    check_fails("no record", run("claims", "--record", str(folder / "none")), 3, "")
    check("help", run("--help").returncode == 0 and run("code", "--help").returncode == 0)


def record(folder):
    path = str(folder / "record")
    first = run("add", "--record", path, *reports[:3])
    check("add", first.returncode == 0 and "3 reports added" in first.stdout, first.stderr)
    again = run("add", "--record", path, *reports[:3])
    check("add again changes nothing", again.returncode == 0 and "3 already there" in again.stdout, again.stdout)
    claims = [json.loads(line) for line in run("claims", "--record", path, "--json").stdout.splitlines()]
    claims = claims[0] if claims and isinstance(claims[0], list) else claims
    check("claims", len(claims) > 10)
    check("verify", run("verify", "--record", path).returncode == 0)
    shown = run("show", "--record", path, claims[0]["doc"][:12])
    check("show", shown.returncode == 0 and claims[0]["claim"] in shown.stdout, shown.stderr)
    told = run("explain", "--record", path, claims[0]["claim"])
    check("explain", told.returncode == 0 and claims[0]["why"]["rule"] in told.stdout, told.stderr)
    check("situation", run("situation", "--record", path).returncode == 0)
    out = folder / "map.geojson"
    check("export", run("export", "geojson", "-o", str(out), "--record", path).returncode == 0)
    features = json.loads(out.read_text())["features"]
    check("export has points", len(features) > 3 and (folder / "map.geojson.losses.json").exists())
    with sqlite3.connect(path) as db:
        try:
            db.execute("update claim set type = 'other'")
            check("claims cannot be edited", False)
        except sqlite3.Error:
            check("claims cannot be edited", True)


def sameness():
    one = run("code", "--threads", "1", *reports).stdout
    check("two runs, the same bytes", one == run("code", "--threads", "1", *reports).stdout and len(one) > 1000)
    check("two threads, the same bytes", one == run("code", "--threads", "2", *reports).stdout)
    if other:
        check("gcc and clang, the same bytes", one == run("code", *reports, program=other).stdout)
    lines = "".join(json.dumps({"id": p, "text": pathlib.Path(p).read_text()}) + "\n" for p in reports)
    streamed = run("code", "--jsonl", "-", text=lines)
    check("a stream of JSON lines", streamed.returncode == 0 and len(streamed.stdout.splitlines()) >= len(one.splitlines()) // 2)


def quotes_hold():
    for path in reports:
        text = pathlib.Path(path).read_text()
        for line in run("code", path).stdout.splitlines():
            claim = json.loads(line)
            spans = [claim["quote"], claim["trigger"], *[p["mention"] for p in claim["who"]]]
            for span in spans:
                if span and text[span["start"]:span["end"]] != span["exact"]:
                    check(f"offsets in {path}", False, str(span))
                    return
    check("every quote stands at its offsets", True)


def core(lines):
    return [(c["type"], c["kind"], c["reality"], [p["role"] for p in c["who"]], [w["name"] for w in c["where"]],
             [(n["what"], n["op"], n["n"]) for n in c["counts"]]) for c in map(json.loads, lines.splitlines())]


def swaps(folder):
    text = (root / "tests" / "cli" / "swap.txt").read_text()
    base = core(run("code", "-", text=text).stdout)
    check("swap text makes claims", len(base) >= 5, str(len(base)))
    for old, new in [("terrorists", "fighters"), ("Niger", "Mali"), ("women", "men"), ("women", "Fulani"),
                     ("traders", "Christians"), ("traders", "Muslims"), ("soldiers", "policemen"), ("John Doe", "Jane Doe"), ("John Doe", "Fulano de Tal")]:
        swapped = core(run("code", "-", text=text.replace(old, new)).stdout)
        check(f"{old} -> {new} moves nothing",
              [(c[0], c[1], c[2], c[3], c[5]) for c in base] == [(c[0], c[1], c[2], c[3], c[5]) for c in swapped])


def actors(folder):
    listed = run("actors", "macina", "--json")
    check("actors: search", any(json.loads(l)["actor"] == "katiba-macina" for l in listed.stdout.splitlines()))
    issp = next(a for a in map(json.loads, run("actors", "issp", "--json").stdout.splitlines()) if a["actor"] == "issp")
    check("actors: relations", any(r["kind"] == "part-of" and r["actor"] == "islamic-state" for r in issp["relations"]))
    rebels = run("actors", "--country", "NER", "--kind", "rebel", "--json").stdout.splitlines()
    check("actors: filters", rebels and all(json.loads(l)["kind"] == "rebel" and "NER" in json.loads(l)["countries"] for l in rebels))
    check_fails("actors: wrong country", run("actors", "--country", "Niger"), 2, "NER")
    text = "Suspected jihadists killed two farmers. The army of Niger fled.\n"
    found = [json.loads(l) for l in run("actors", "find", "--json", "-", text=text).stdout.splitlines()]
    check("actors: offsets", found and all(text[m["start"]:m["end"]] == m["exact"] for m in found))
    check("actors: doubt", any(m["suspected"] and m["kind"] == "rebel" for m in found))
    check("actors: find wants a report", run("actors", "find").returncode == 2)
    own = folder / "own"
    own.mkdir()
    block = "actor {}\n  name {}\n  kind rebel\n  en {}\n{}  # source: a test\n\n"
    (own / "a.txt").write_text(block.format("foo", "Foo Front", "Foo Front", "  part-of bar\n  since 2001\n  until 1999\n") +
                               block.format("bar", "Bar Front", "Bar Front | Foo Front", "  part-of foo\n") +
                               block.format("bar", "Bar Two", "gunman", "  rival-of nobody\n"))
    result = run("actors", "check", str(own))
    for words in ("a.txt:7:9: fault: actor foo ends", "a.txt:17:1: fault: actor bar stands twice", "goes round in a circle",
                  "nobody: no such actor", "clash: \"Foo Front\" is also a name of actor foo", "clash: \"gunman\" is also an ordinary word"):
        check(f"actors check: {words}", words in result.stdout, result.stdout)
    check("actors check fails", result.returncode == 1)
    check("actors check of our own", run("actors", "check").returncode == 0)
    old = folder / "old.actors"
    old.write_text("ZED_LIBERATION_FRONT [NGAREB 820101-850101]\n+ZLF_\n")
    made = run("actors", "import", str(old), "-o", str(own / "a.txt"))
    check("actors import", made.returncode == 0 and "acronym   ZLF" in (own / "a.txt").read_text(), made.stderr)
    check("what import makes is sound", run("actors", "check", str(own)).returncode == 0)
    old.write_text("ZED_ [NGAREB 820101-8501]\n")
    check_fails("actors import: bad date", run("actors", "import", str(old)), 4, "old.actors:1:14: ")


def no_invented_dates():
    text = "Gunmen killed 12 soldiers a few days ago near Tera.\n"
    dated = json.loads(run("code", "--published", "2024-02-10", "-", text=text).stdout.splitlines()[0])
    bare = json.loads(run("code", "-", text=text).stdout.splitlines()[0])
    check("no date without a publication date", not (bare["when"] or {}).get("earliest"), str(bare["when"]))
    check("a range with one", dated["when"]["earliest"] and dated["when"]["latest"] <= "2024-02-10", str(dated["when"]))


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    errors(folder)
    record(folder)
    sameness()
    quotes_hold()
    swaps(folder)
    actors(folder)
    no_invented_dates()
print(f"program: {passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
