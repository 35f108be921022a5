"""make accuracy: one table over all tasks, development parts, with the target beside each figure. Needs ../shared; says so
where it is absent. Words behind it: only these tasks."""
import json
import math
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from mapping import places, stream

root = pathlib.Path(__file__).resolve().parent.parent.parent
shared = root.parent / "shared"
predict = str(root / "bench" / "accuracy" / "predict")

# task: scorer, gold file, {figure: target}
TASKS = {
    "acled-types": ("labels", "dev.gold.jsonl", {"weighted_f1[acled25]": 72, "weighted_f1": 68}),
    "plover-relations": ("labels", "dev.gold.jsonl", {"macro_f1": 72}),
    "isaf": ("fields", "dev.gold.jsonl", {"start_date": 86, "event_type": 94, "province": 97, "target_group": 97,
                                           "min_killed": 96, "min_captured": 90, "mean_accuracy": 93}),
    "muc4": ("incidents", "dev.gold.jsonl", {"ceaf_ree_f1": None, "ceaf_tf_f1": 57}),
    "muc4-slots": ("slots", "dev.slots.jsonl", {
        "slot_type_f1": 82, "slot_date_f1": 70, "slot_location_f1": 70, "slot_stage_f1": 82,
        "slot_perp_organization_f1": 62, "slot_confidence_f1": 52, "slot_number_f1": 65, "slot_effect_f1": 63,
        "all_templates_f1": 60}),
    "re3d": ("relations", "dev.gold.jsonl", {"micro_f1": 45}),
    "same-incident": ("clusters", "dev.gold.jsonl", {"b3_f1": 92}),
    "attribution": ("spans", "dev.gold.jsonl", {"content_token_f1": 80, "source_overlap_f1": 75}),
    "negation": ("spans", "dev.gold.jsonl", {"scope_token_f1": 82}),
    "status": ("status", "dev.gold.jsonl", {"negated_f1": 70, "uncertain_f1": 50, "time_value_f1": 75}),
    "places-geovirus": ("places", "dev.gold.jsonl", {"end_to_end_f1_161": 80}),
    "places-geowebnews": ("places", "dev.gold.jsonl", {"end_to_end_f1_161": 70}),
    "places-humset": ("places", "dev.gold.jsonl", {"recognition_f1": 80}),
    "places-lgl": ("places", "dev.gold.jsonl", {"end_to_end_f1_161": 62}),
    "places-trnews": ("places", "dev.gold.jsonl", {"end_to_end_f1_161": 74}),
    "ud-en": ("conllu", "dev.conllu.xz", {"upos_f1": 95, "las_f1": 80}),
    "ud-es": ("conllu", "dev.conllu.xz", {"upos_f1": 93}),
    "ud-fr": ("conllu", "dev.conllu.xz", {"upos_f1": 95, "las_f1": 80}),
    "ud-pt": ("conllu", "dev.conllu.xz", {"upos_f1": 95, "las_f1": 80}),
    "ud-ha": ("conllu", "dev.conllu.xz", {}),
}
ACTORS = {"Organisation", "MilitaryPlatform", "Nationality", "Person"}
CASES = {"found_recall": None, "found_precision": None, "claims_f1": None}


def score(scorer, gold, predicted, suffix):
    with tempfile.NamedTemporaryFile("w", suffix=suffix, encoding="utf-8") as file:
        file.write(predicted)
        file.flush()
        out = subprocess.run([sys.executable, str(shared / "score" / "score.py"), scorer, str(gold), file.name],
                             check=True, capture_output=True, text=True).stdout
    return dict(line.rsplit(" ", 1) for line in out.splitlines())


def line(task, name="", value="", target=None, note=""):
    aim = "" if target is None else f"{target:g}"
    print(f"{task:28}{name:26}{value:>7}{aim:>8}  {note}".rstrip(), flush=True)


def show(task, figures, targets):
    for name, target in targets.items():
        reached = target is None or float(figures[name]) >= target
        line(task, name, figures[name], target, "" if reached else "short")


def bench(task):
    scorer, gold, targets = TASKS[task]
    folder = shared / "bench" / task.removesuffix("-slots")
    docs = folder / ("dev.txt" if scorer == "conllu" else "dev.docs.jsonl")
    if not docs.exists():
        line(task, note="no development part here")
        return
    done = subprocess.run([predict, task, str(docs)], capture_output=True, text=True)
    if "yet" in done.stderr and done.returncode:
        line(task, note="not read yet")
    elif done.returncode:
        line(task, note=done.stderr.strip().splitlines()[-1])
    else:
        show(task, score(scorer, folder / gold, done.stdout, ".conllu" if scorer == "conllu" else ".jsonl"), targets)


def overlap_f1(gold, found):
    """One to one over documents: spans that share a character are a pair."""
    pairs = wanted = given = 0
    for doc, spans in gold.items():
        left = sorted(found.get(doc, []))
        wanted, given = wanted + len(spans), given + len(left)
        for begin, end in sorted(spans):
            hit = next((s for s in left if s[0] < end and begin < s[1]), None)
            if hit:
                left.remove(hit)
                pairs += 1
    return 200 * pairs / (wanted + given) if wanted + given else 0.0


def actors():
    """Recognition of the organisations, persons and peoples that re3d marks."""
    docs = shared / "bench" / "re3d" / "dev.docs.jsonl"
    done = subprocess.run([predict, "actors", str(docs)], check=True, capture_output=True, text=True).stdout
    found = {row["id"]: row["actors"] for row in map(json.loads, done.splitlines())}
    gold = {}
    for doc in map(json.loads, docs.read_text(encoding="utf-8").splitlines()):
        gold[doc["id"]] = [(e["start"], e["end"]) for e in doc["entities"] if e["type"] in ACTORS]
    show("actors (re3d)", {"recognition_f1": f"{overlap_f1(gold, found):.2f}"}, {"recognition_f1": 75})


def near(gold, place, km=161):
    if gold.get("lat") is None or place.get("lat") is None:
        return False
    a, b = math.radians(gold["lat"]), math.radians(place["lat"])
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(place["lon"] - gold["lon"]) / 2) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(half))) <= km


def resolution(task):
    """Of the gold mentions that have a place: how many griot resolves to it when it is given the mentions, and for how many
    a place within 161 km is the first of its candidates or among the first five."""
    folder = shared / "bench" / task
    docs = stream.documents(folder / "dev.docs.jsonl")
    gold = {row["id"]: sorted(row["places"], key=lambda p: (p["start"], p["end"]))
            for row in stream.documents(folder / "dev.gold.jsonl")}
    asked = first = five = ids = right = 0
    for doc, found in places.resolve(str(root / "build" / "griot"), docs, gold).items():
        at = {(p["start"], p["end"]): p for p in found}
        for mention in gold[doc]:
            place = at.get((mention["start"], mention["end"]), {})
            others = place.get("others", [])
            if mention.get("geonameid") is not None:
                ids += 1
                right += place.get("geonameid") == mention["geonameid"]
            if mention.get("lat") is not None:
                asked += 1
                first += near(mention, place)
                five += any(near(mention, p) for p in [place, *others[:4]])
    if ids:
        show(task + " given", {"right_place_id": f"{100 * right / ids:.2f}"},
             {"right_place_id": 80 if task == "places-humset" else None})
    show(task + " given", {"within_161_km": f"{100 * first / asked:.2f}", "first_five_161_km": f"{100 * five / asked:.2f}"},
         {"within_161_km": None, "first_five_161_km": None})


def cases():
    for gold in [shared / "cases" / "niger-2024" / "gold.json", *sorted((root / "tests" / "cases").glob("**/gold.json"))]:
        case = json.loads(gold.read_text())
        report = gold.parent / case.get("file", "report.txt")
        claims = subprocess.run([predict, "claims", str(report), f"--published={case.get('published') or ''}"], check=True,
                                capture_output=True, text=True).stdout
        figures = score("claims", gold, claims, ".jsonl")
        show("claims " + gold.parent.name, figures, CASES)


def main():
    if not (shared / "score" / "score.py").exists():
        print("skipped: the scorers and labelled data of ../shared are not here")
        return
    wanted = sys.argv[1:] or [*TASKS, "actors", "resolution", "claims"]
    line("task", "figure", "dev", note="target")
    for task in wanted:
        if task == "claims":
            cases()
        elif task == "actors":
            actors()
        elif task == "resolution":
            for corpus in ("places-geovirus", "places-geowebnews", "places-humset", "places-lgl"):
                resolution(corpus)
        elif task in TASKS:
            bench(task)
        else:
            sys.exit(f"table: unknown task {task}; it knows {' '.join([*TASKS, 'actors', 'resolution', 'claims'])}")


main()
