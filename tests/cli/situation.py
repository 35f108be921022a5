"""The situation and the tolls of a record: what reports tell of states, on any day and as known on any day. situation.py GRIOT

Reports here are made up of plain sentences; names of places and groups are real, persons none. The two cases of ../shared/cases
are read where they lie beside the repository.
"""
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from checks import check, finish

griot = str(pathlib.Path(sys.argv[1]).resolve())
cases = pathlib.Path(__file__).resolve().parents[3] / "shared" / "cases"
cases = pathlib.Path(os.environ.get("GRIOT_CASES", cases))


def run(record, *words, text=None, at=None):
    env = {**os.environ, **({"SOURCE_DATE_EPOCH": str(int(datetime.datetime.fromisoformat(f"{at}T12:00+00:00").timestamp()))} if at else {})}
    done = subprocess.run([griot, words[0], "-r", str(record), *map(str, words[1:])], capture_output=True, text=True, input=text, env=env)
    check(" ".join(map(str, words)), done.returncode == 0, done.stderr)
    return done.stdout


def add(record, source, published, text, at=None):
    run(record, "add", "--source", source, *(["--published", published] if published else []), "-", text=text, at=at)


def situation(record, *words):
    return json.loads(run(record, "situation", "--json", *words))


def tolls(record, *words):
    return json.loads(run(record, "tolls", "--json", *words))


def names(rows, key="who"):
    return [sorted(w["name"] for w in row[key]) for row in rows]


JNIM, ISSP = "Group for Support of Islam and Muslims", "Islamic State Sahel Province"


def relations(folder):
    record = folder / "relations.record"
    add(record, "radio", "2024-01-12", "JNIM allied with Islamic State Sahel Province on 10 January 2024.\n")
    add(record, "paper", "2024-01-20", "Islamic State Sahel Province allied with JNIM on 10 January 2024, elders said.\n")
    add(record, "wire", "2024-02-20", "The government of Niger opened talks with JNIM on 1 February 2024.\n")
    add(record, "wire", "2024-03-05", "The government of Niger broke off talks with JNIM on 3 March 2024.\n")
    now = situation(record, "--on", "2024-04-13")
    rows = {row["what"]: row for row in now["relations"]}
    check("one row a pair", len(now["relations"]) == 2 and set(rows) == {"alliance", "talks"}, str(names(now["relations"])))
    check("both sides", names([rows["alliance"]]) == [[JNIM, ISSP]])
    check("confirmed by two voices", (rows["alliance"]["standing"], rows["alliance"]["voices"]) == ("confirmed", 2))
    check("decay", rows["alliance"]["last_heard"]["days_ago"] == 94, str(rows["alliance"]["last_heard"]))
    check("broken off", rows["talks"]["standing"] == "ended" and rows["talks"]["until"]["at_latest"] == "2024-03-03", str(rows["talks"]["until"]))
    before = {row["what"]: row for row in situation(record, "--on", "2024-02-15")["relations"]}
    check("not yet broken off", before["talks"]["standing"] == "claimed" and before["talks"]["until"] is None)
    check("not yet begun", [r["what"] for r in situation(record, "--on", "2024-01-15")["relations"]] == ["alliance"])
    add(record, "wire", "2024-04-05", "The government of Niger opened talks with JNIM on 2 April 2024.\n")
    again = {row["what"]: row for row in situation(record, "--on", "2024-04-13")["relations"]}
    check("opened again", again["talks"]["standing"] == "claimed" and again["talks"]["ended_before"] == 1, str(again["talks"]["standing"]))
    check("by actor", len(situation(record, "--actor", "issp")["relations"]) == 1)
    claim = again["alliance"]["claims"][0]["claim"]
    run(record, "review", "accept", claim, "--as", "a")
    accepted = situation(record, "--accepted")["relations"]
    check("accepted alone", [(r["what"], r["status"], r["voices"]) for r in accepted] == [("alliance", "accepted", 1)], str(accepted))
    for row in again["alliance"]["claims"]:
        run(record, "review", "reject", row["claim"], "--as", "a", "--reason", "hearsay")
    check("what is rejected leaves", "alliance" not in {r["what"] for r in situation(record)["relations"]})
    check("and is counted", situation(record)["left_out"]["rejected"] == 2)


def known(folder):
    """What was known when: reports added and judgements made by a day."""
    record = folder / "known.record"
    text = "JNIM allied with Islamic State Sahel Province on 10 January 2024.\n"
    add(record, "radio", "2024-01-12", text, at="2024-02-01")
    add(record, "wire", "2024-03-05", "The government of Niger broke off talks with JNIM on 3 March 2024.\n", at="2024-03-06")
    claim = situation(record)["relations"][0]["claims"][0]["claim"]
    done = json.loads(run(record, "review", "reject", claim, "--as", "a", "--reason", "no", "--json", at="2024-03-10"))
    run(record, "review", "undo", done["seq"], "--as", "a", at="2024-03-20")
    shown = {day: sorted(r["what"] for r in situation(record, "--known-on", day)["relations"])
             for day in ("2024-01-31", "2024-02-01", "2024-03-07", "2024-03-11", "2024-03-21")}
    check("as known on a day", shown == {"2024-01-31": [], "2024-02-01": ["alliance"], "2024-03-07": ["alliance", "talks"],
                                         "2024-03-11": ["talks"], "2024-03-21": ["alliance", "talks"]}, str(shown))
    run(record, "review", "edit", claim, "latest", "2024-01-20", "--as", "a")
    edited = next(r for r in situation(record)["relations"] if r["what"] == "alliance")
    check("an edit shows", edited["from"]["at_latest"] == "2024-01-20", str(edited["from"]))
    before = next(r for r in situation(record, "--known-on", "2024-03-21")["relations"] if r["what"] == "alliance")
    check("not before it was made", before["from"]["at_latest"] == "2024-01-10", str(before["from"]))


def order(folder):
    reports = [("a", "2024-01-12", "JNIM allied with Islamic State Sahel Province on 10 January 2024.\n"),
               ("b", "2024-02-12", "Islamic State Sahel Province fighters collect taxes in Abala, in Niger.\n"),
               ("c", "2024-03-12", "JNIM broke off talks with the government of Niger on 3 March 2024.\n"),
               ("d", "2024-03-15", "Soldiers from the Tillia base in Niger refused to go on patrol.\n")]
    shown = []
    for i, some in enumerate((reports, reports[::-1], reports[2:] + reports[:2])):
        for report in some:
            add(folder / f"order{i}.record", *report)
        shown.append(situation(folder / f"order{i}.record", "--on", "2024-04-01"))
    check("the order of reports changes nothing", shown[0] == shown[1] == shown[2])
    check("presence with its level", [(r["what"], [p["name"] for p in r["where"]]) for r in shown[0]["presence"]] == [("taxes", ["Abala"])],
          str(shown[0]["presence"]))
    check("a refusal", [r["what"] for r in shown[0]["forces"]] == ["refused"], str(shown[0]["forces"]))


def held_and_freed(folder):
    record = folder / "custody.record"
    add(record, "a", "2024-03-02", "Gunmen abducted 20 students in Filingue in Niger on 1 March 2024.\n")
    add(record, "b", "2024-03-10", "The kidnappers released 8 students in Filingue in Niger on 9 March 2024.\n")
    rows = situation(record, "--on", "2024-03-20")["custody"]
    check("those freed follow those held", [(r["what"], r["left"]) for r in rows] == [("held", {"low": 12, "high": 12})], str(rows))


def counted(folder):
    record = folder / "tolls.record"
    add(record, "a", "2024-01-08", "Gunmen killed 12 soldiers near Tera in Niger on 5 January 2024.\n")
    add(record, "b", "2024-01-11", "Gunmen killed 20 soldiers near Diffa in Niger on 9 January 2024.\n")
    add(record, "c", "2024-02-02", "Armed groups killed 40 soldiers in Niger in January 2024, officials said.\n"
                                   "Armed groups have killed a total of 40 soldiers across Niger in January 2024.\n")
    empty = tolls(record)
    check("drafts are not counted", not empty["rows"] and empty["left_out"]["drafts"] >= 2, str(empty["left_out"]))
    rows = [r for r in tolls(record, "--drafts")["rows"] if r["what"] == "killed" and r["unit"] == "soldier"]
    check("every row says so", [r["status"] for r in rows] == ["draft"], str(rows))
    check("incidents are added up", rows[0]["incidents"]["low"] >= 32, str(rows[0]["incidents"]["low"]))
    months = {r["group"] for r in tolls(record, "--drafts", "--by", "month")["rows"]}
    check("by month", months == {"2024-01"}, str(months))
    check("by place", len({r["group"] for r in tolls(record, "--drafts", "--by", "place")["rows"]}) >= 2)
    check("in a time", not tolls(record, "--drafts", "--to", "2023-12-31")["rows"])
    incident = next(i for i in rows[0]["incidents"]["list"] if i["figures"][0]["n"] == 12)
    run(record, "review", "accept", incident["incident"], "--as", "a")
    accepted = tolls(record)["rows"]
    check("what is accepted counts", [(r["low"], r["high"], r["status"]) for r in accepted] == [(12, 12, "accepted")], str(accepted))
    run(record, "review", "edit", incident["figures"][0]["claim"], "killed", "14", "--as", "a")
    check("an edit counts", [(r["low"], r["high"]) for r in tolls(record)["rows"]] == [(14, 14)], str(tolls(record)["rows"]))
    run(record, "review", "reject", incident["incident"], "--as", "a", "--reason", "no")
    check("what is rejected does not", not tolls(record)["rows"] and tolls(record)["left_out"]["rejected"] == 1)
    check("as values for a sheet", run(record, "tolls", "--drafts", "--csv").startswith("GROUP,WHAT,LOW"))


def niger(folder):
    record = folder / "niger.record"
    run(record, "add", "--published", "2024-02-10", cases / "niger-2024" / "report.txt")
    on = situation(record, "--on", "2024-05-14")
    alliance = [r for r in on["relations"] if r["what"] == "alliance"]
    check("the alliance is one row", names(alliance) == [[JNIM, ISSP]], str(names(alliance)))
    check("undated: by publication", alliance[0]["from"] == {"not_before": None, "at_latest": "2024-02-10", "by_publication": True})
    check("last heard of", alliance[0]["last_heard"]["days_ago"] == 94)
    check("talks", any(r["what"] == "talks" and "Government of Niger" in names([r])[0] for r in on["relations"]))
    holds = {p["name"] for r in on["presence"] if r["what"] == "holds" for p in r["where"]}
    check("presence in seven places", holds == {"Anzourou", "Téra", "Abala", "Filingué", "Tébaram", "Affala", "Takanamat"}, str(holds))
    check("with taxes", all("taxes" in {level["level"] for level in r["levels"]} for r in on["presence"] if r["what"] == "holds"))
    freed = [r for r in on["custody"] if r["what"] == "freed"]
    check("86 freed", [(f["low"], f["high"]) for r in freed for f in r["figures"]] == [(86, 86)], str(freed))
    check("of whom 6 at Kollo", [(p["n"], p["where"]) for r in freed for p in r["parts"]] == [(6, "Kollo")])
    deployed = [r for r in on["forces"] if r["what"] == "deployed"]
    check("535 to deploy", [(r["reality"], r["figures"][0]["low"]) for r in deployed] == [("planned", 535)])
    check("refusal at Tillia", any(r["what"] == "refused" and [p["name"] for p in r["where"]] == ["Tillia"] for r in on["forces"]))
    (aggregate,) = [a for row in on["tolls"] for a in row["aggregates"]]
    check("more than 229", (aggregate["op"], aggregate["n"]) == (">", 229))
    check("unexplained except 100", (aggregate["explained"]["low"], aggregate["unexplained"]["low"], aggregate["unexplained"]["high"],
                                     aggregate["verdict"], len(aggregate["explained_by"])) == (100, 129, 129, "partly explained", 1), str(aggregate))
    later = situation(record, "--on", "2024-01-01")
    check("nothing before it was told", not later["relations"] and later["left_out"]["told_later_without_a_date"] > 5)


def takanamat(folder):
    record = folder / "takanamat.record"
    run(record, "add", "--published", "2023-10-03", cases / "takanamat-2023" / "en-ministry.txt")
    run(record, "add", cases / "niger-2024" / "report.txt")
    rows = tolls(record, "--drafts")["rows"]
    figures = {(r["what"], r["unit"], f["op"], f["n"], tuple(f["says"])) for r in rows for i in r["incidents"]["list"] for f in i["figures"]}
    gold = {("killed", "soldier", "=", 29), ("killed", "soldier", ">", 100), ("wounded", "person", "=", 2), ("killed", "fighter", "~", None)}
    check("the tolls of the English reports with claimants", {f[:4] for f in figures} == gold, str(figures))
    check("the ministry says", all(says for *_, n, says in figures if n in (29, 2)), str(figures))
    (soldiers,) = [r for r in rows if r["what"] == "killed" and r["unit"] == "soldier"]
    sums = soldiers["incidents"]
    check("none summed", (sums["low"], sums["high"], sums["undated"]["low"], sums["undated"]["high"]) == (29, 29, 100, 100), str(sums))
    check("a word is no zero", [(r["low"], r["high"], r["incidents"]["without_number"]) for r in rows if r["unit"] == "fighter"] == [(None, None, 1)])


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for part in (relations, known, order, held_and_freed, counted):
            part(folder)
        if cases.is_dir():
            niger(folder)
            takanamat(folder)
        else:
            print("skipped: two cases lie outside the repository")
    finish("program, situation")


main()
