"""The checks of the house find what they are for: small trees with one fault each, and without any.

usage: house.py
"""
import pathlib
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parent.parent
LAYERS = "base:\nread: base\ntext: base\n@sqlite3.h text\n@libxml/ read\n"
SHORT = "static int one(void) {\n    return 1;\n}\n"

# (check, files, a part of its output; None: it finds nothing)
CASES = [
    ("check_layers", {"src/read/a.c": '#include "base/b.h"\n#include <stdio.h>\n#include <libxml/tree.h>\n'}, None),
    ("check_layers", {"src/read/a.c": '#include "read/b.h"\n#include "a.h"\n'}, None),
    ("check_layers", {"src/read/a.c": '\n#include "text/b.h"\n'}, "src/read/a.c:2: read may not include text/b.h"),
    ("check_layers", {"src/base/a.h": '#  include "read/b.h"\n'}, "src/base/a.h:1: base may not include read/b.h"),
    ("check_layers", {"src/read/a.c": "#include <sqlite3.h>\n"}, "read may not include sqlite3.h"),
    ("check_layers", {"src/text/a.c": "#include <libxml/parser.h>\n"}, "text may not include libxml/parser.h"),
    ("check_layers", {"src/new/a.c": "int x;\n"}, "the room new is not in layers.txt"),
    ("check_style", {"src/read/a.c": SHORT}, None),
    ("check_style", {"src/read/a.c": '/* strcpy(a, b) */\nconst char *s = "atoi(x)";\nint x = my_atoi(1) + s->gets(2);\n'}, None),
    ("check_style", {"src/read/a.c": "void f(char *a) {\n    strcpy(a, a);\n}\n"}, "src/read/a.c:2: strcpy is banned"),
    ("check_style", {"src/read/a.c": "int f(char *a) {\n    return atoi (a);\n}\n"}, "src/read/a.c:2: atoi is banned"),
    ("check_style", {"tests/a.c": "void f(char *a) {\n    sprintf(a, a);\n}\n"}, "tests/a.c:2: sprintf is banned"),
    ("check_style", {"tests/a.c": "void f(char *a) {\n    system(a);\n}\n"}, None),
    ("check_style", {"src/read/a.c": "void f(char *a) {\n    system(a);\n}\n"}, "system is banned"),
    ("check_style", {"src/read/a.c": "/*\n" * 801}, "src/read/a.c:1: 801 lines"),
    ("check_style", {"src/read/a.c": "int f(void) {\n" + "    x++;\n" * 60 + "}\n"}, "functions are too long"),
    ("check_style", {"src/read/a.c": ("int f(void) {\n" + "    x++;\n" * 8 + "}\n") * 20}, None),
]

failed = 0
for check, files, expected in CASES:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "layers.txt").write_text(LAYERS)
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True)
            (folder / path).write_text(text)
        done = subprocess.run([sys.executable, root / "tools" / check, folder], capture_output=True, text=True)
        found = done.returncode == 1 and expected in done.stdout if expected else done.returncode == 0
        if not found:
            failed += 1
            print(f"FAILED {check} on {files}: exit {done.returncode}, {done.stdout!r} {done.stderr!r}")
print(f"program, checks of the house: {len(CASES) - failed} passed, {failed} failed")
sys.exit(1 if failed else 0)
