"""The grammar of report sentences (train/reports.py): each has one root, no circle, no crossing arcs, sound name labels, and
the same seed makes the same sentences."""
import pathlib
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parent.parent


def made(count, seed):
    return subprocess.run([sys.executable, str(root / "train" / "reports.py"), str(count), str(seed)], check=True,
                          capture_output=True, text=True).stdout


def fault(rows):
    heads = [int(r[6]) for r in rows]
    if heads.count(0) != 1:
        return "no single root"
    arcs = [tuple(sorted((i, h))) for i, h in enumerate(heads, 1) if h]
    if any(a < c < b < d for a, b in arcs for c, d in arcs):
        return "crossing arcs"
    for at in range(1, len(rows) + 1):
        for _ in rows:
            at = heads[at - 1] if at else 0
        if at:
            return "a circle"
    names = ["O"] + [r[9].removeprefix("Name=") for r in rows]
    if any(n[0] == "I" and p[2:] != n[2:] for p, n in zip(names, names[1:])):
        return "a name that begins with I-"
    return None


sentences = [[line.split("\t") for line in s.splitlines()] for s in made(600, 3).split("\n\n") if s]
faults = [(fault(s), " ".join(r[1] for r in s)) for s in sentences if fault(s)]
if made(20, 4) != made(20, 4):
    faults.append(("another run, other sentences", ""))
for what, words in faults[:10]:
    print(f"{what}: {words}")
print(f"grammar: {len(sentences)} sentences, {len(faults)} faults")
sys.exit(1 if faults or len(sentences) != 600 else 0)
