"""Runs the cases of tests/cli/*.cases: what the program prints, on which stream, and with which code it ends.

usage: cases.py GRIOT [WORD]    WORD: only cases whose name has it

A file of cases:
    == NAME                  starts a case, in a folder of its own that holds the files of make_files()
    $ COMMAND                run by sh, with griot on the PATH; lines below it say what must hold
    exit N                   its exit code (0 where nothing is said)
    out TEXT | no-out TEXT   standard output has, or lacks, the text (<bold>: the terminal's code for it); `out` alone:
                             it is empty
    err TEXT | err           standard error is one line with the text; nothing said or `err` alone: it is empty
    json                     each line of standard output is JSON
    tty N                    run on a terminal of N columns: no line may be longer, and standard error is part of it
    same                     the same output as the command before
    where FACT               skip the case unless FACT holds: user (another user can run griot), mount (private mounts)
"""
import fcntl
import json
import os
import pathlib
import pty
import re
import sqlite3
import struct
import subprocess
import sys
import tempfile
import termios
import unicodedata

griot = pathlib.Path(sys.argv[1]).resolve()
only = sys.argv[2] if len(sys.argv) > 2 else ""
here = pathlib.Path(__file__).resolve().parent
examples = sorted((here.parent.parent / "examples").glob("*.txt"))
NOBODY = 65534


# Writes into a record as no program of ours does: its triggers are dropped, and put back behind the change.
UNLOCK = """
import sqlite3, sys
db = sqlite3.connect("griot.record")
triggers = db.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
for name, _ in triggers: db.execute(f"drop trigger {name}")
if db.execute(sys.argv[1]).rowcount < 1: sys.exit("nothing was changed")
for _, sql in triggers: db.execute(sql)
db.commit()
"""
EDIT = """
import sqlite3, sys
db = sqlite3.connect("griot.record")
try:
    db.execute(sys.argv[1])
except sqlite3.Error:
    sys.exit(1)
db.commit()
"""


def environment():
    env = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "NO_COLOR", "GRIOT_RECORD", "GRIOT_DATA")}
    return {**env, "PATH": f"{griot.parent}:{env['PATH']}", "TERM": "xterm", "LC_ALL": "C.UTF-8"}


def make_files(folder):
    """What the cases find in their folder."""
    for example in examples:
        (folder / example.name).write_bytes(example.read_bytes())
    (folder / "report.txt").write_text("Gunmen killed 12 soldiers near Tera on Monday, police said.\n")
    (folder / "page.html").write_text("<title>Kaya</title><p>Gunmen <b>killed</b> two men in Kaya, police said.</p>\n")
    (folder / "unlock.py").write_text(UNLOCK)
    (folder / "edit.py").write_text(EDIT)
    (folder / "calm.txt").write_text("The market opens on Sunday.\n")
    (folder / "reports.jsonl").write_text(
        '{"id":"a1","text":"Gunmen killed 12 soldiers near Tera.","published":"2024-02-10","source":"Radio X"}\n'
        '{"id":2,"text":"Rebels attacked Gao on Friday."}\n')
    (folder / "reports").mkdir()
    for name in ("report.txt", "page.html"):
        (folder / "reports" / name).write_bytes((folder / name).read_bytes())
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_bytes(b" \r\n\t\n")
    (folder / "binary").write_bytes(bytes(range(256)) * 8)
    (folder / "treebank.conllu").write_text("1\tGao\tGao\tPROPN\t_\t_\t2\tnsubj\t_\t_\n2\tfell\tfall\tVERB\t_\t_\t0\troot\t_\t_\n\n")
    (folder / "bad.conllu").write_text("1\tGao\n")
    with open(folder / "huge.txt", "wb") as file:
        file.truncate(2 << 30)
    with open(folder / "huge.jsonl", "wb") as file:
        file.truncate(2 << 30)
    foreign = sqlite3.connect(folder / "foreign.db")
    foreign.execute("create table t (a)")
    foreign.commit()
    foreign.close()
    (folder / "knowledge").symlink_to(here.parent.parent / "knowledge")
    (folder / "my-knowledge").symlink_to(here.parent.parent / "knowledge")
    (folder / "wrong-knowledge").mkdir()
    (folder / "wrong-knowledge" / "ontology.txt").write_text("type attack\n  kind evnt\n")


def columns(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def run_on_terminal(command, folder, width):
    pid, fd = pty.fork()
    if pid == 0:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
        os.chdir(folder)
        os.execve("/bin/sh", ["sh", "-c", command], environment())
    printed = b""
    while True:
        try:
            part = os.read(fd, 1 << 16)
        except OSError:
            break
        if not part:
            break
        printed += part
    os.close(fd)
    return printed.decode(errors="replace").replace("\r\n", "\n").replace("\x1b[1m", "<bold>"), "", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def run(command, folder, width):
    if width:
        return run_on_terminal(command, folder, width)
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment(), capture_output=True, timeout=120)
    return done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"), done.returncode


def is_json(text):
    try:
        return bool(text) and all(json.loads(line) is not None for line in text.splitlines())
    except ValueError:
        return False


def faults(expected, out, err, code, before):
    """What does not hold, as text."""
    wanted = dict([("exit", "0"), ("err", "")] + [e for e in expected if e[0] in ("exit", "err")])
    if code != int(wanted["exit"]):
        yield f"exit code {code}, not {wanted['exit']}"
    if wanted["err"] and (err.count("\n") != 1 or not err.startswith("griot: ")):
        yield f"standard error is not one line: {err[:300]!r}"
    if wanted["err"] not in err or (not wanted["err"] and err):
        yield f"standard error is {err[:300]!r}"
    for kind, text in expected:
        if kind == "out" and (text not in out or (not text and out)):
            yield f"standard output lacks {text!r}: {out[:400]!r}"
        if kind == "no-out" and text in out:
            yield f"standard output has {text!r}"
        if kind == "json" and not is_json(out):
            yield f"standard output is not JSON: {out[:200]!r}"
        if kind == "same" and out != before:
            yield f"not the same output as the command before: {out[:200]!r}"
        if kind == "tty":
            plain = re.sub(r"\x1b\[[0-9;]*[mK]|<bold>", "", out)
            for line in (l for l in plain.split("\n") if columns(l.split("\r")[-1]) > int(text)):
                yield f"a line of {columns(line)} columns: {line!r}"


def read_cases(path):
    """[(name, [(command, [(kind, text)])], {facts})]"""
    cases = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        word, _, rest = line.strip().partition(" ")
        if not word or word.startswith("#"):
            continue
        if word == "==":
            cases.append((rest, [], set()))
        elif word == "$":
            cases[-1][1].append((rest, []))
        elif word == "where":
            cases[-1][2].add(rest)
        elif word in ("exit", "out", "no-out", "err", "json", "tty", "same"):
            cases[-1][1][-1][1].append((word, rest))
        else:
            sys.exit(f"{path.name}:{number}: unknown word {word}")
    return cases


def holds(fact):
    probe = {"user": f"setpriv --reuid={NOBODY} --clear-groups {griot} rules check", "mount": "unshare -m true"}[fact]
    return subprocess.run(["sh", "-c", probe], capture_output=True).returncode == 0


def main():
    passed = failed = skipped = 0
    for path in sorted(here.glob("*.cases")):
        for name, commands, facts in read_cases(path):
            if only not in name:
                continue
            if not all(map(holds, facts)):
                print(f"skipped: {name} (needs {', '.join(facts)})")
                skipped += 1
                continue
            with tempfile.TemporaryDirectory() as name_of_folder:
                folder = pathlib.Path(name_of_folder)
                make_files(folder)
                found, before = [], ""
                for command, expected in commands:
                    width = next((int(text) for kind, text in expected if kind == "tty"), 0)
                    out, err, code = run(command, folder, width)
                    found += [f"$ {command}: {fault}" for fault in faults(expected, out, err, code, before)]
                    before = out
            passed += not found
            failed += bool(found)
            for fault in found:
                print(f"FAILED {path.name}, {name}: {fault}")
    print(f"program, cases: {passed} passed, {failed} failed, {skipped} skipped")
    sys.exit(1 if failed or passed == 0 else 0)


main()
