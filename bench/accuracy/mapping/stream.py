"""One call of the program for all documents."""
import json
import subprocess
import sys


def documents(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def ask(griot, words, docs, fields=()):
    """{id: rows that the program prints for it, in its order}. Documents that the program cannot read have none; what it
    says of them goes to standard error. `fields` of a document are handed on as they are."""
    lines = []
    for doc in docs:
        line = {"id": doc["id"], "text": doc["text"], **{name: doc[name] for name in fields if name in doc}}
        if doc.get("date"):
            line["published"] = doc["date"]
        lines.append(json.dumps(line, ensure_ascii=False))
    done = subprocess.run([griot, *words, "--jsonl", "-"], input="\n".join(lines) + "\n", capture_output=True, text=True,
                          encoding="utf-8")
    sys.stderr.write(done.stderr)
    if done.returncode and not done.stdout:
        sys.exit(f"predict: {griot} {' '.join(words)} gave nothing")
    rows = {doc["id"]: [] for doc in docs}
    for line in filter(None, done.stdout.split("\n")):
        row = json.loads(line)
        rows[row["id"]].append(row)
    return rows


def plain(words):
    """A name of the text on one line."""
    return " ".join(words.split())
