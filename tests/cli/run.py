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
    for old, new in [("terrorists", "fighters"), ("Niger", "Mali"), ("women", "men")]:
        swapped = core(run("code", "-", text=text.replace(old, new)).stdout)
        check(f"{old} -> {new} moves nothing",
              [(c[0], c[1], c[2], c[3], c[5]) for c in base] == [(c[0], c[1], c[2], c[3], c[5]) for c in swapped])


def no_invented_dates():
    text = "Gunmen killed 12 soldiers a few days ago near Tera.\n"
    dated = json.loads(run("code", "--published", "2024-02-10", "-", text=text).stdout.splitlines()[0])
    bare = json.loads(run("code", "-", text=text).stdout.splitlines()[0])
    check("no date without a publication date", not (bare["when"] or {}).get("earliest"), str(bare["when"]))
    check("a range with one", dated["when"]["earliest"] and dated["when"]["latest"] <= "2024-02-10", str(dated["when"]))


def found_places(*args, text):
    out = run("places", "find", *args, "-", text=text)
    return [json.loads(line) for line in out.stdout.splitlines()]


def places():
    text = "Soldiers of Niger were attacked near Tilia, in the Tahoua region.\n"
    (found,) = found_places("--json", text=text)
    got = {p["exact"]: (p["country"], p["level"], p["geonameid"]) for p in found["places"]}
    check("places of a text", got == {"Niger": ("NER", "country", 2440476), "Tilia": ("NER", "populated place", 2438675),
                                      "Tahoua": ("NER", "admin1", 2439374)}, str(got))
    check("their offsets", all(text[p["start"]:p["end"]] == p["exact"] for p in found["places"]))
    line = {"id": 7, "text": text, "mentions": [{"start": 37, "end": 42}, {"start": 47, "end": 64}]}
    (given,) = found_places("--jsonl", text=json.dumps(line) + "\n")
    check("given mentions alone", given["id"] == 7 and [p["geonameid"] for p in given["places"]] == [2438675, 2439374])
    line["mentions"].reverse()
    check_fails("given mentions out of order", run("places", "find", "--jsonl", "-", text=json.dumps(line)), 4, "mentions")
    check_fails("unknown action", run("places", "fnd", "x"), 2, "find")


def own_gazetteer(folder):
    own = folder / "own.csv"
    own.write_text("name;lat;lon;country;variants\nPoste Zzyzx;14.5;1.2;NE;Zzyzx Post\nAbala;14.93;3.43;NER;\n")
    image = str(folder / "own.griot")
    added = run("places", "add", str(own), "-o", image)
    check("add a table of one's own", added.returncode == 0 and " 0 bad" in added.stdout, added.stdout + added.stderr)
    env = {"GRIOT_GAZETTEER": image}
    looked = json.loads(run("places", "look", "zzyzx post", "--json", env=env).stdout)["places"]
    check("it is found", [p["country"] for p in looked] == ["NER"] and looked[0]["admin1"] == "Tillab\u00e9ri", str(looked))
    text = "Soldiers of Niger were attacked near Poste Zzyzx.\n"
    found = json.loads(run("places", "find", "--json", "-", text=text, env=env).stdout)["places"]
    check("in a text too", found[-1].get("name") == "Poste Zzyzx", str(found))
    own.write_text("name;lat;lon;country\nA;14.5;1.2;NE\nB;95;1.2;NE\n")
    failed = run("places", "add", str(own), "-o", image + "2")
    check_fails("a latitude of 95 degrees", failed, 4, "own.csv:3")
    check("nothing is written", not os.path.exists(image + "2"))
    kept = run("places", "add", str(own), "-o", image + "2", "--keep-going")
    check("or the rest is kept", kept.returncode == 0 and "1 bad" in kept.stdout, kept.stdout + kept.stderr)
    check_fails("no such name", run("places", "look", "Xqxqxq"), 3, "no place of that name")
    alike = json.loads(run("places", "look", "Takanamatt", "--country", "NER", "--json").stdout)["places"]
    check("nearly so", alike[0]["place"] == "geonames:2596593", str(alike[:1]))


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    errors(folder)
    places()
    own_gazetteer(folder)
    record(folder)
    sameness()
    quotes_hold()
    swaps(folder)
    no_invented_dates()
print(f"program: {passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
