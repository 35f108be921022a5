"""make accuracy: one table over the tasks, development parts. Needs ../shared; says so where it is absent."""
import json
import pathlib
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parent.parent.parent
shared = root.parent / "shared"
predict = str(root / "bench" / "accuracy" / "predict")


def score(task, gold, predicted, suffix):
    with tempfile.NamedTemporaryFile("w", suffix=suffix, encoding="utf-8") as file:
        file.write(predicted)
        file.flush()
        out = subprocess.run([sys.executable, str(shared / "score" / "score.py"), task, str(gold), file.name],
                             check=True, capture_output=True, text=True).stdout
    return [tuple(line.split()) for line in out.splitlines()]


def show(name, figures):
    print(f"{name:28}" + "  ".join(f"{key} {float(value):.2f}" for key, value in figures))


def predicted_by(*args):
    return subprocess.run([predict, *args], check=True, capture_output=True, text=True).stdout


def main():
    if not (shared / "score" / "score.py").exists():
        print("skipped: the scorers and labelled data of ../shared are not here")
        return
    ud = shared / "bench" / "ud-en"
    show("ud-en dev, from text", score("conllu", ud / "dev.conllu.xz", predicted_by("ud-en", str(ud / "dev.txt")), ".conllu"))
    cases = [shared / "cases" / "niger-2024", *sorted(p.parent for p in (root / "tests" / "cases").glob("**/gold.json"))]
    keep = ("found_recall", "found_precision", "claims_f1")
    for case in cases:
        gold = json.loads((case / "gold.json").read_text())
        claims = predicted_by("claims", str(case / gold.get("file", "report.txt")), f"--published={gold.get('published') or ''}")
        figures = score("claims", case / "gold.json", claims, ".jsonl")
        show(f"claims {case.name}", [f for f in figures if f[0] in keep])


main()
