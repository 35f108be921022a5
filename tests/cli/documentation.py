"""What is written about the program holds: the examples of every help text and the commands of README.md and docs/ run,
the manual page is what the help says, and the shell completes what the program takes.

usage: documentation.py GRIOT
"""
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import zipfile

from checks import check, finish

griot = pathlib.Path(sys.argv[1]).resolve()
root = pathlib.Path(__file__).resolve().parent.parent.parent
env = {**os.environ, "PATH": f"{griot.parent}:{os.environ['PATH']}", "NO_COLOR": "1", "COLUMNS": "120"}


def sh(command, folder):
    return subprocess.run(["bash", "-c", command], cwd=folder, env=env, capture_output=True, text=True, timeout=120)


def help_of(*args):
    return subprocess.run([griot, *args], env=env, capture_output=True, text=True, check=True).stdout


def names_of_commands():
    return re.findall(r"^  ([a-z]+)  ", help_of("--help"), flags=re.M)


def make_files(folder):
    """The files that examples name."""
    for example in (root / "examples").glob("*.txt"):
        (folder / example.name).write_bytes(example.read_bytes())
    report = (root / "examples" / "niger-tabatol-ministry.txt").read_text()
    (folder / "report.txt").write_text(report)
    (folder / "page.html").write_text(f"<title>Tabatol</title><p>{report}</p>")
    (folder / "reports").mkdir()
    (folder / "reports" / "a.html").write_text("<p>Gunmen attacked Kaya.</p>")
    (folder / "reports" / "b.txt").write_text("Rebels attacked Gao on Friday.\n")
    with zipfile.ZipFile(folder / "archive.zip", "w") as archive:
        archive.writestr("a.txt", "Rebels attacked Gao on Friday.\n")
    with zipfile.ZipFile(folder / "bulletin.docx", "w") as document:
        document.writestr("[Content_Types].xml", "<Types/>")
        document.writestr("word/document.xml", '<w:document xmlns:w="w"><w:p><w:r><w:t>Gunmen attacked Kaya.</w:t></w:r></w:p></w:document>')
    (folder / "feed.xml").write_text("<rss><channel><item><title>Gunmen attacked Kaya.</title></item></channel></rss>")
    (folder / "reports.jsonl").write_text('{"id":1,"text":"Gunmen attacked Kaya."}\n')
    (folder / "treebank.conllu").write_text("1\tGao\tGao\tPROPN\t_\t_\t2\tnsubj\t_\t_\n2\tfell\tfall\tVERB\t_\t_\t0\troot\t_\t_\n\n")
    cells = ["1", "Zura", "Zura", "", "13.1", "24.2", "P", "PPL", "SD", "", "47", "", "", "", "0", "", "500", "Africa/Khartoum",
             "2020-01-01"]
    (folder / "SD.txt").write_text("\t".join(cells) + "\n")
    (folder / "project.actors").write_text("ZED_LIBERATION_FRONT [NGAREB]\n+ZLF_\n")
    for name in ("knowledge", "my-knowledge"):
        (folder / name).symlink_to(root / "knowledge")
    (folder / "examples").symlink_to(root / "examples")


def examples_run(folder):
    sh("griot add *.txt", folder)
    for name in ["add", *[n for n in names_of_commands() if n != "add"]]:
        examples = re.findall(r"^  (\S.*)$", help_of(name, "--help").split("\nExamples:\n")[1], flags=re.M)
        check(f"griot {name} has examples", examples and all("griot" in e for e in examples))
        for example in examples:
            done = sh(f"set -o pipefail; {example}", folder)
            check(f"example `{example}`", done.returncode == 0 and not done.stderr, f"(exit {done.returncode}) {done.stderr[:200]}")


def shell_blocks(text):
    """The commands of fenced blocks that show `$ command`, with the output shown below each."""
    for block in re.findall(r"^```\w*\n(.*?)^```", text, flags=re.M | re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, shown = part.partition("\n")
            yield command, shown


def documents_run(folder):
    count = 0
    shown = (root / "README.md").read_text().split("$ griot show")[1].split("\n\n")[1]
    (folder / "report.txt").write_text(" ".join(shown.split("\n    ")[0].split()) + "\n") # the report that README shows
    for path in [root / "README.md", *sorted((root / "docs").glob("*.md"))]:
        for command, shown in shell_blocks(path.read_text()):
            count += 1
            done = sh(command, folder)
            note = f"(exit {done.returncode}) {done.stderr[:200]}"
            check(f"{path.name}: `{command}` runs", done.returncode == 0, note)
            # Figures change with the rules; what names a report does not.
            for name in re.findall(r"\b[0-9a-f]{12}\b", shown):
                check(f"{path.name}: `{command}` prints {name}", name in done.stdout, done.stdout[:200])
    check("README shows commands", count >= 2)


def commands_named_in_documents():
    """Every `griot COMMAND --option` that the documents name is one."""
    known = names_of_commands()
    options = {name: set(re.findall(r"--[a-z-]+", help_of(name, "--help").split("\nOptions:\n")[1].split("\nExamples:")[0]))
               for name in known}
    for path in [*root.glob("*.md"), *(root / "docs").glob("*.md"), *root.glob("knowledge/**/*.md"), root / "fuzz" / "README.md"]:
        for code in re.findall(r"`([^`\n]+)`", path.read_text()):
            match = re.search(r"\bgriot ([a-z]+)\b(.*)", code)
            if match:
                name, rest = match.groups()
                check(f"{path.name}: `{code}`", name in known and set(re.findall(r"--[a-z-]+", rest)) <= options[name])


def manual_page():
    made = subprocess.run([root / "tools" / "man_page", griot], capture_output=True, text=True, check=True).stdout
    check("docs/griot.1 is what tools/man_page writes", made == (root / "docs" / "griot.1").read_text(),
          "(run tools/man_page build/griot > docs/griot.1)")


def complete(*words):
    """What bash offers for the last of these words."""
    script = (f"source {root}/tools/completion.bash; COMP_WORDS=({' '.join(repr(w) for w in words)}); "
              f"COMP_CWORD={len(words) - 1}; _griot; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
    return set(sh(script, root).stdout.split())


def completion():
    known = names_of_commands()
    check("completes all commands", complete("griot", "") == {*known, "help", "--help", "--version"})
    check("completes the start of a command", complete("griot", "cl") == {"claims"})
    for name in known:
        options = help_of(name, "--help").split("\nOptions:\n")[1].split("\nExamples:")[0]
        listed = set(re.findall(r"^ +(?:-., )?(--[a-z-]+)", options, flags=re.M))
        check(f"completes the options of {name}", complete("griot", name, "--") == listed)
    with tempfile.TemporaryDirectory() as folder:
        sh("griot add examples/x.txt; echo 'Gunmen attacked Kaya.' > a; griot add a", folder)
        for option in ("kind", "reality"):
            offered = complete("griot", "claims", f"--{option}", "")
            check(f"completes --{option}", len(offered) == 6)
            for value in offered:
                check(f"--{option} {value} is taken", sh(f"griot claims --{option} {value}", folder).returncode == 0)
    check("completes actions", complete("griot", "rules", "") == {"check", "test"} and
          complete("griot", "export", "g") == {"geojson"} and complete("griot", "places", "") == {"find", "look", "add", "build"})
    check("completes files", "README.md" in complete("griot", "code", "READ"))


def questions_of_record(folder):
    """The SQL of docs/record.md runs on a record."""
    questions = re.findall(r"^```sql\n(.*?)^```", (root / "docs" / "record.md").read_text(), flags=re.M | re.S)
    check("docs/record.md has questions", len(questions) >= 5)
    with sqlite3.connect(folder / "griot.record") as db:
        for sql in questions:
            try:
                db.execute(sql).fetchall()
                check("a question of docs/record.md", True)
            except sqlite3.Error as error:
                check("a question of docs/record.md", False, f"{error}: {sql[:100]}")


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    make_files(folder)
    examples_run(folder)
    questions_of_record(folder)
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    make_files(folder)
    documents_run(folder)
commands_named_in_documents()
manual_page()
completion()
finish("program, documentation")
