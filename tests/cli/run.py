"""The built program from outside: what never changes, whatever the compiler, the threads and the words of a report. What
the commands print is in *.cases.

usage: run.py GRIOT [OTHER_GRIOT]    OTHER_GRIOT: the same program by another compiler, for byte equality
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unicodedata

from checks import check, finish

griot = os.path.abspath(sys.argv[1])
other = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else None
root = pathlib.Path(__file__).resolve().parent.parent.parent
reports = sorted(str(p) for p in (root / "tests" / "cases").glob("*/report.txt"))


def run(*args, program=None, text=None, env=None):
    return subprocess.run([program or griot, *args], input=text, capture_output=True, text=True,
                          env={**os.environ, "NO_COLOR": "1", **(env or {})})


def sameness():
    one = run("code", "--threads", "1", *reports).stdout
    check("two runs, the same bytes", one == run("code", "--threads", "1", *reports).stdout and len(one) > 1000)
    check("two threads, the same bytes", one == run("code", "--threads", "2", *reports).stdout)
    if other:
        check("gcc and clang, the same bytes", one == run("code", *reports, program=other).stdout)
    lines = "".join(json.dumps({"id": p, "text": pathlib.Path(p).read_text()}) + "\n" for p in reports)
    streamed = run("code", "--jsonl", "-", text=lines)
    check("a stream of JSON lines", streamed.returncode == 0 and len(streamed.stdout.splitlines()) >= len(one.splitlines()) // 2)


def report_groups():
    """Two attacks of one kind in one country, three reports each, and a strike elsewhere: whatever the order, three groups."""
    texts = {
        "a1": "Gunmen killed 14 villagers in Darey Dey in western Niger on Monday, the interior ministry said. The attackers came "
              "on motorcycles and burned granaries before they fled towards Mali.",
        "a2": "The toll of Monday's attack on Darey Dey has risen to 17 dead, a mayor told reporters. Motorcycle-borne gunmen "
              "torched granaries in the village of western Niger.",
        "a3": "Residents of Darey Dey fled to Banibangou after gunmen on motorcycles shot people in their fields, survivors said.",
        "b1": "Gunmen killed nine villagers in Tchoma Bangou in western Niger on Saturday, a security source said. The attackers "
              "came on motorcycles after two of their men had been lynched.",
        "b2": "Niger's prime minister travelled to Tchoma Bangou on Sunday, a day after gunmen shot villagers there. He promised "
              "survivors in Tchoma Bangou more soldiers.",
        "b3": "Three days of mourning were declared for the dead of Tchoma Bangou, where gunmen avenged two lynched comrades.",
        "c1": "A drone strike hit a fuel depot near Port Sudan on Sunday, sending black smoke over the harbour, witnesses said."}
    for order in (sorted(texts), sorted(texts, reverse=True), ["b2", "c1", "a3", "a1", "b3", "a2", "b1"]):
        lines = run("group", "--jsonl", "-", text="".join(json.dumps({"id": i, "text": texts[i]}) + "\n" for i in order))
        found = {}
        for line in map(json.loads, lines.stdout.splitlines()):
            found.setdefault(line["group"], []).append(line["id"])
        together = sorted("".join(sorted(ids)) for ids in found.values())
        check("groups of reports " + " ".join(order), together == ["a1a2a3", "b1b2b3", "c1"], str(together))


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


def odd_texts():
    """One report in many encodings and with odd characters: the same claims, and offsets that point into the text as read."""
    plain = ("Gunmen killed 12 soldiers in Tillabéri on Monday, the “defence” ministry said. Rebels attacked Gao’s market.\n")
    odd = {
        "windows-1252": (plain.encode("cp1252"), plain),
        "UTF-8 with a mark": (plain.encode("utf-8-sig"), "\ufeff" + plain),
        "UTF-16 with a mark": (plain.encode("utf-16"), plain),
        "UTF-16, little end first, no mark": (plain.encode("utf-16-le"), plain),
        "UTF-16, big end first": (b"\xfe\xff" + plain.encode("utf-16-be"), plain),
        "accents apart": (unicodedata.normalize("NFD", plain).encode(), unicodedata.normalize("NFD", plain)),
        "soft hyphens": (plain.replace("market", "mar\u00adket").encode(), plain.replace("market", "mar\u00adket")),
        "soft hyphen in a name": (plain.replace("Till", "Til\u00adl").encode(), plain.replace("Till", "Til\u00adl")),
        "no-break spaces": (plain.replace(" ", "\u00a0").encode(), plain.replace(" ", "\u00a0")),
        "zero-width spaces": (plain.replace(" ", " \u200b").encode(), plain.replace(" ", " \u200b")),
        "marks of direction": (("\u202a" + plain).encode(), "\u202a" + plain),
        "CRLF": (plain.replace(". ", ".\r\n").encode(), None),
        "CR": (plain.replace(". ", ".\r").encode(), None),
        "page breaks": (plain.replace(". ", ".\f").encode(), None),
        "capitals": (plain.upper().encode(), plain.upper()),
    }

    def told(bytes_in):
        done = subprocess.run([griot, "code", "-"], input=bytes_in, capture_output=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def sense(claims):
        return [(c["type"], [w["place"] for w in c["where"]], [n["n"] for n in c["counts"]],
                 [p["id"] for p in c["who"] if "id" in p]) for c in claims]

    expected = sense(told(plain.encode()))
    check("the report makes claims", len(expected) >= 1 and expected[0][0] == "kill")
    for name, (bytes_in, text) in odd.items():
        claims = told(bytes_in)
        check(f"text with {name}", sense(claims) == expected, f"{sense(claims)}")
        spans = [s for c in claims for s in [c["quote"], c["trigger"], *[w["mention"] for w in c["where"]]] if s]
        check(f"offsets with {name}", text is None or all(text[s["start"]:s["end"]] == s["exact"] for s in spans))


def core(lines):
    return [(c["type"], c["kind"], c["reality"], [p["role"] for p in c["who"]], [w["name"] for w in c["where"]],
             [(n["what"], n["op"], n["n"]) for n in c["counts"]]) for c in map(json.loads, lines.splitlines())]


def swaps_in(name, pairs):
    text = (root / "tests" / "cli" / name).read_text()
    base = core(run("code", "-", text=text).stdout)
    check(f"{name} makes claims", len(base) >= 5, str(len(base)))
    for old, new in pairs:
        swapped = core(run("code", "-", text=text.replace(old, new)).stdout)
        check(f"{old} -> {new} moves nothing",
              [(c[0], c[1], c[2], c[3], c[5]) for c in base] == [(c[0], c[1], c[2], c[3], c[5]) for c in swapped])


def swaps():
    swaps_in("swap.txt", [("terrorists", "fighters"), ("Niger", "Mali"), ("women", "men"), ("women", "Fulani"),
                     ("traders", "Christians"), ("traders", "Muslims"), ("soldiers", "policemen"), ("John Doe", "Jane Doe"), ("John Doe", "Fulano de Tal")])
    swaps_in("swap-fr.txt", [("terroristes", "combattants"), ("terroristes", "hommes armés"), ("terroristes", "jihadistes"),
                             ("Niger", "Mali"), ("commerçants", "chrétiens"), ("commerçants", "musulmans")])


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


def ahead():
    """What is planned, expected or denied keeps its reality, and its date lies ahead of the report."""
    for text, reality, earliest in [("UNHCR plans to relocate 2,000 refugees from Abala in June.", "planned", "2023-06-01"),
                                    ("Talks between Angola and the rebels are expected to resume in Luanda.", "planned", None),
                                    ("The rebels denied attacking the town of Tera.", "denied", None),
                                    ("There was no attack on the town of Tera.", "negated", None)]:
        claim = json.loads(run("code", "--published", "2023-04-30", "-", text=text).stdout.splitlines()[-1])
        check(f"reality of '{text}'", claim["reality"] == reality, claim["reality"])
        check(f"date of '{text}'", ((claim["when"] or {}).get("earliest")) == earliest, str(claim["when"]))


def report_dates():
    """The report's own date is read where reports give it, and nowhere else."""
    event = "\n\nOn 12 April, gunmen killed 12 soldiers near Tera.\n"
    for head, dated in [("Bulletin on Tillaberi\nAs of 30 April 2023", True), ("Published on: 30 April 2023", True),
                        ("NIAMEY, 30 April 2023 - The army spoke.", True), ("Update, 30 April 2023", True),
                        ("As of 30 April 2023 the army had left.", False), ("Bulletin on Tillaberi", False),
                        ("Elections were due on 30 April 2023", False),
                        ("30 April: Patrols in Tillaberi\nTask Force | 2023-04-PR-017", True),
                        ("30 August: Patrols in Tillaberi\nTask Force | 2023-04-PR-017", False),
                        ("30 April: Patrols in Tillaberi\nCopyright 2023", False),
                        ("Patrols in Tillaberi\nTask Force | 2023-04-PR-017", False),
                        ("Evening Operational Update April 30, 2023\nTask Force of the North\nFor Release", True),
                        ("30 April: Patrols in Tillaberi\u2028\u2028Task Force\u20282023-04-PR-XXX", True)]:
        when = json.loads(run("code", "-", text=head + event).stdout.splitlines()[-1])["when"]
        check(f"report date of '{head}'", (when["basis"] == "publication") == dated, str(when))


def incident_tolls():
    """Figures of one incident: those beside each other and told to be more add up; parts and retellings do not."""
    for text, low, vague in [
            ("Soldiers arrested a rebel commander and two of his associates in Tera.", 3, False),
            ("Soldiers arrested two rebels in Tera. The patrol also arrested three rebels.", 5, False),
            ("Soldiers arrested two rebels in Tera on Friday. The two rebels were detained without a shot.", 2, False),
            ("Soldiers arrested five men, among them two students, in Tera.", 5, False),
            ("Soldiers arrested a rebel commander and two other rebels in Tera. Two other rebels were also held.", 3, False),
            ("Soldiers arrested several rebels in Tera. The soldiers detained four rebels after a search.", 4, False),
            ("Soldiers arrested a rebel leader in Tera. The soldiers detained him, along with two of his associates.", 3, False),
            ("Soldiers arrested two men in Tera. Additionally, the soldiers detained two men after the blast.", 2, False),
            ("Soldiers arrested two men in Tera. The army has captured 80 rebels since January.", 2, False),
            ("Soldiers detained three rebels in Tera. The leader was arrested without a shot.", 3, False),
            ("Soldiers captured a rebel commander and several of his associates in Tera.", 1, True)]:
        lines = [json.loads(line) for line in run("code", "--incidents", "-", text=text + "\n").stdout.splitlines()]
        tolls = [(toll["low"], bool(toll.get("vague"))) for line in lines for toll in line["tolls"]]
        check(f"toll of '{text}'", tolls == [(low, vague)], str(tolls))


def incident_parties():
    """Full names, groups named by their people, parts of sites, bodies called by their buildings, means in a verb."""
    for text, role, form, words in [
            ("Senator Ana Rey Lopez spoke. Gunmen killed Senator Rey.", "target", "person", "Ana Rey Lopez"),
            ("Juan Soto, mayor of Tuta, who was kidnapped by rebels, is free.", "target", "person", "Juan Soto"),
            ("Rebels blew up a section of the pipeline.", "target", "site", "pipeline"),
            ("A bomb exploded at the consulate.", "target", "site", "consulate"),
            ("The attack that killed three soldiers took place today.", "target", "described", "three soldiers"),
            ("Rebels destroyed two trucks and a bus.", "target", "site", "bus"),
            ("Rebels dynamited at least ten power towers.", "target", "site", "power towers"),
            ("A group of hooded men attacked the town of Tuta.", "actor", "described", "group of hooded men"),
            ("Juan Soto, the candidate, was the victim of an attack.", "target", "person", "Juan Soto"),
            ("Soldiers are responsible for the murder of the nuns.", "actor", "described", "Soldiers"),
            ("Two officers were implicated in the murder of the nuns.", "actor", "described", "Two officers"),
            ("Rebels blew up three electricity poles.", "target", "site", "electricity poles"),
            ("Several suspected rebels burned a bus.", "actor", "described", "rebels"),
            ("A bomb damaged offices of unions and houses of their members.", "target", "site", "houses"),
            ("A bomb exploded in front of the ministry.", "target", "site", "ministry"),
            ("Rebels attacked the palace, the home of Ana Rey, and the bank.", "target", "site", "home of Ana Rey"),
            ("Ana Rey survived an attack by rebels.", "target", "person", "Ana Rey"),
            ("There was an attack this morning against the home of the judge.", "target", "site", "home of the judge"),
            ("Rebels killed two guards, Ana Rey and Luis Paz.", "target", "person", "Luis Paz"),
            ("Gunmen shot a guard named Ana Rey.", "target", "person", "Ana Rey"),
            ("Rebels killed two clerks. The victims were identified as Ana Rey, 30, and the driver Luis Paz.", "target",
             "person", "Luis Paz"),
            ("A bomb wounded two clerks. Among the injured was Ana Rey of the bank.", "target", "person", "Ana Rey")]:
        lines = [json.loads(line) for line in run("code", "--incidents", "-", text=text + "\n").stdout.splitlines()]
        got = [(p["role"], p["form"], p["name"] if form == "person" else (p.get("thing") or p["phrase"])["exact"])
               for line in lines for p in line["who"]]
        check(f"party of '{text}'", (role, form, words) in got, str(got))
    for text in ["Two officers were not implicated in the murder of the nuns.",
                 "Two officers denied being responsible for the murder of the nuns."]:
        lines = [json.loads(line) for line in run("code", "--incidents", "-", text=text + "\n").stdout.splitlines()]
        check(f"nobody blamed in '{text}'", not any(line["type"] == "kill" and p["role"] == "actor" for line in lines
                                                    for p in line["who"]), str(lines)[:300])
    (line,) = run("code", "--incidents", "-", text="The murder of the nuns was committed by rebels.\n").stdout.splitlines()
    check("what was committed", json.loads(line)["reality"] == "occurred", line[:200])
    for text in ["Rebels killed two clerks. The man who killed them was Juan Soto.",
                 "Rebels killed two clerks. The dead were buried by Juan Soto."]:
        lines = [json.loads(line) for line in run("code", "--incidents", "-", text=text + "\n").stdout.splitlines()]
        check(f"no victim in '{text}'", not any(p["form"] == "person" for line in lines for p in line["who"]), str(lines)[:300])
    (line,) = run("code", "--incidents", "-", text="Rebels of the ELN met in Colombia. ELN rebels blew up a bridge.\n"
                  ).stdout.splitlines()[-1:]
    told = json.loads(line)
    check("a group by its name", [p["listed_as"]["exact"] for p in told["who"] if "listed_as" in p] == ["ELN"], line[:300])
    check("means that the verb implies", [i["family"] for i in told["instruments"]] == ["explosive"], line[:300])
    (line,) = run("code", "--incidents", "-", text="They pledged to refrain from attacking villages.\n").stdout.splitlines()[-1:]
    check("what one refrains from", json.loads(line)["reality"] == "negated", line[:200])


def frames():
    """A sentence that opens with place and day, or dates an operation, sets the scene; another one in the way ends it,
    and a paragraph that does not point back to the operation."""
    scene = "In Tera last night, a patrol searched a house."
    for text, day in [(scene + " The soldiers arrested two men.", "2024-02-09"),
                      ("A patrol searched a house. The soldiers arrested two men.", None),
                      (scene + "\n\nThe soldiers arrested two men.", None),
                      ("The army carried out a raid in Tera on Friday. Two men were arrested.", "2024-02-09"),
                      ("The army carried out a raid in Tera on Friday.\n\nAt the scene two men were arrested.", "2024-02-09"),
                      ("The army carried out a raid in Tera on Friday.\n\nTwo men were arrested.", None)]:
        found = run("code", "--published", "2024-02-10", "-", text=text + "\n").stdout.splitlines()
        when = json.loads(found[-1])["when"]
        check(f"scene of '{text}'", (when or {}).get("earliest") == day, str(when))


def days_at_the_end():
    """A bare day behind a comma or another time is the main verb's, not that of the noun it stands by."""
    for text, day in [("Police arrested a man linked to the killing of a teacher in March in Tera yesterday.", "2024-02-09"),
                      ("Soldiers killed a rebel who was behind Monday's attack on Tera, yesterday.", "2024-02-09")]:
        found = [json.loads(l) for l in run("code", "--published", "2024-02-10", "-", text=text + "\n").stdout.splitlines()]
        check(f"day of '{text}'", found[0]["when"]["earliest"] == day, str(found[0]["when"]))


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


FORMS = ["Gunmen killed two soldiers near the border between {} and {}.", "Soldiers patrol the borders of {} and {}.",
         "The convoy was stopped on the border areas between {} and {}."]


def sides_of(row):
    """A border's name is "A-B border" and a variant "B-A border"; names may have hyphens of their own."""
    name, turned = row[1].removesuffix(" border"), row[2].split("|")[1].removesuffix(" border")
    cuts = [(name[:i], name[i + 1:]) for i in range(len(name)) if name[i] == "-"]
    return next((a, b) for a, b in cuts if f"{b}-{a}" == turned)


def borders():
    """Each border that the gazetteer draws is found by the names of its two sides, in either order."""
    rows = [row.split("\t") for row in open("knowledge/places/borders.tsv", encoding="utf-8") if row.startswith("griot:")]
    lines = []
    for i, row in enumerate(rows):
        a, b = sides_of(row)
        lines += [{"id": row[0], "text": FORMS[i % 3].format(*sides) + "\n"} for sides in ((a, b), (b, a))]
    missed = [found["id"] for found in found_places("--jsonl", text="".join(json.dumps(line) + "\n" for line in lines))
              if {place.get("border") for place in found["places"]} != {found["id"]}]
    check(f"{len(rows)} borders by the names of their sides", not missed, str(missed[:8]))
    for text in ["Talks between Niger and Mali began.", "Soldiers of Niger and Mali met at the border.", "Niger closed its border and Mali protested.",
                 "The border between Niger and Portugal was closed."]:
        (found,) = found_places("--json", text=text + "\n")
        check(f"no border in '{text}'", not any("border" in place for place in found["places"]), str(found))
    for text in ["Niger's border with Mali was attacked by gunmen.", "Two soldiers died on the Mali/Niger border.", "Two soldiers died on the Malian border with Niger."]:
        claims = [json.loads(line) for line in run("code", "-", text=text + "\n").stdout.splitlines()]
        where = [[w["place"] for w in claim["where"]] for claim in claims]
        check(f"the place is the line in '{text}'", where == [["griot:border-MLI-NER"]], str(where))


def check_fails(name, result, code, words):
    line = result.stderr.strip()
    check(name, result.returncode == code and words in line and line.count("\n") == 0,
          f"(exit {result.returncode}, {line[:200]!r})")


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


places()
borders()
with tempfile.TemporaryDirectory() as name:
    own_gazetteer(pathlib.Path(name))
    actors(pathlib.Path(name))
sameness()
report_groups()
quotes_hold()
odd_texts()
swaps()
no_invented_dates()
report_dates()
ahead()
incident_tolls()
incident_parties()
frames()
days_at_the_end()
finish("program")
