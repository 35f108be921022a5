#!/usr/bin/env python3
"""Codes the hand-made cases and compares their scores with the floors of tests/cases/floors.txt.

    run_cases.py GRIOT

The scorer and further cases lie beside the repository, in ../shared; without the scorer nothing is compared. A floor is "GROUP FIGURE VALUE": the mean of the figure over the cases of the group must not be lower. Groups are
"development" (tests/cases/*), "heldout" (tests/cases/heldout/*) and the names of the further cases. The exit code is 1 when a
figure lies below its floor.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parent.parent
cases_dir = root / "tests" / "cases"
shared = root.parent / "shared"
scorer = shared / "score" / "score.py"


def scores(griot, case):
    gold = json.loads((case / "gold.json").read_text())
    report = case / gold.get("file", "report.txt")
    command = [griot, "code", "--threads", "1", str(report)]
    if gold.get("published"):
        command[2:2] = ["--published", gold["published"]]
    coded = subprocess.run(command, check=True, capture_output=True).stdout
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as predicted:
        predicted.write(coded)
        predicted.flush()
        printed = subprocess.run([sys.executable, str(scorer), "claims", str(case / "gold.json"), predicted.name, str(report)],
                                 check=True, capture_output=True, text=True).stdout
    return {name: float(value) for name, value in (line.split() for line in printed.splitlines())}


def groups():
    yield "development", sorted(p.parent for p in cases_dir.glob("*/gold.json"))
    yield "heldout", sorted(p.parent for p in cases_dir.glob("heldout/*/gold.json"))
    yield "french", sorted(p.parent for p in cases_dir.glob("fr/*/gold.json"))
    yield "french-heldout", sorted(p.parent for p in cases_dir.glob("fr-heldout/*/gold.json"))
    for case in [shared / "cases" / "niger-2024"]:
        if (case / "gold.json").is_file():
            yield case.name, [case]


def main():
    griot = sys.argv[1]
    if not scorer.is_file():
        print("skipped: the scorer ../shared/score/score.py is not beside the repository")
        return 0
    floors = {}
    for line in (cases_dir / "floors.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            group, figure, value = line.split()
            floors.setdefault(group, {})[figure] = float(value)
    below = 0
    for group, cases in groups():
        got = [scores(griot, case) for case in cases]
        for case, figures in zip(cases, got):
            print(f"  {case.name}: F1 {figures['claims_f1']:.1f}, recall {figures['found_recall']:.1f}, "
                  f"precision {figures['found_precision']:.1f}")
        for figure in ("found_recall", "found_precision", "field_reality", "claims_f1"):
            have = [figures[figure] for figures in got if figure in figures]
            mean = sum(have) / len(have)
            floor = floors.get(group, {}).get(figure)
            low = floor is not None and mean < floor
            below += low
            print(f"cases {group} ({len(got)}) {figure} {mean:.1f}" + ("" if floor is None else f" floor {floor:.1f}") +
                  (" BELOW" if low else ""))
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
