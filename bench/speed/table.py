"""make speed: how fast griot is on this machine, one table. table.py BUILD [RUNS]

Medians of several runs. Rates are tokens a second of one core's processor time; all tokens of a report count, also
those of sentences that need no parse. Beside the model as shipped stands the same one with a further round, as a
deeper model would run. The prototype of the parser lies outside the repository (../shared); where it is absent the
table says so.
"""
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

root = pathlib.Path(__file__).resolve().parent.parent.parent
shared = root.parent / "shared"
prototype = shared / "prototype" / "language" / "rnn_inf.c"
# General news, most of which tells of no conflict: what coding saves where it parses only some sentences.
NEWS = {"local news": shared / "bench" / "places-lgl" / "dev.docs.jsonl",
        "web text": shared / "bench" / "ud-en" / "dev.txt"}
NEWS_REPORTS = 200
reports = sorted(str(p) for p in (root / "tests" / "cases").glob("*/report.txt"))
ROUNDS = 3  # of the deeper model
STREAM = 10000  # reports
STARTS = 15

# The prototype measures by the clock on the wall; this makes it count processor time, as griot's bench does.
WRAPPER = """#include <time.h>
#undef CLOCK_MONOTONIC
#define CLOCK_MONOTONIC CLOCK_PROCESS_CPUTIME_ID
#include "{source}"
"""


def show(name, value, note=""):
    print(f"{name:44}{value:>14}  {note}".rstrip(), flush=True)


def output_of(*command):
    return subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True).stdout


def figures(text):
    return {name: float(value) for name, value in (line.split("\t") for line in text.splitlines())}


def median_of(samples):
    return {name: statistics.median(s[name] for s in samples) for name in samples[0]}


def usage_of(command, **options):
    """Wall and processor seconds, most memory in MB."""
    begin = time.perf_counter()
    child = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begin
    if status:
        sys.exit(f"{command[0]} failed")
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss / 1024}


def data_with(build, model, folder):
    """A data folder as the build's, with another model."""
    (folder / "models").mkdir(parents=True)
    for name in ("knowledge", "gazetteer.griot"):
        (folder / name).symlink_to((build / name).resolve())
    shutil.copy(model, folder / "models" / "en.griot")
    return folder


def build_prototype(folder, flags):
    program = folder / ("prototype" + flags[0].replace("=", "-"))
    done = subprocess.run(["cc", "-O3", "-ffast-math", *flags, "-x", "c", "-", "-o", str(program), "-lm"],
                          input=WRAPPER.format(source=prototype), text=True, capture_output=True)
    return program if done.returncode == 0 else None


def prototype_rate(program, folder):
    """Tokens a second of its int8 form, and how often it chooses griot's head."""
    done = subprocess.run([str(program), "256", "2"], cwd=folder, check=True, capture_output=True, text=True)
    words = done.stdout.splitlines()[-1].split()
    return {"rate": float(words[1]), "agree": float(words[words.index("UAS") + 1])}


def measure(build, data, runs, folder):
    """Griot and the prototype in turn, so that both see the same machine."""
    programs = {}
    if prototype.is_file():
        output_of(build / "bench" / "prototype_input", data, folder / "model_rnn.bin", *reports)
        programs = {"vnni": build_prototype(folder, ["-march=native"]),
                    "avx2": build_prototype(folder, ["-mavx2", "-mfma"])}
    own, others = [], {k: [] for k, p in programs.items() if p}
    for _ in range(runs):
        own.append(figures(output_of(build / "bench" / "speed", data, 3, *reports)))
        for kernel in others:
            others[kernel].append(prototype_rate(programs[kernel], folder))
    return median_of(own), {k: median_of(v) for k, v in others.items()}


def show_rates(name, own, others):
    print(f"\n{name}: {own['reports']:.0f} reports, {own['tokens']:.0f} tokens")
    for kernel in ("vnni", "avx2", "plain"):
        if f"parse {kernel}" not in own:
            show(f"  parse, {kernel}", "-", "not on this processor")
            continue
        rate, note = own[f"parse {kernel}"], ""
        if kernel in others:
            note = (f"{rate / others[kernel]['rate']:.2f} of the prototype's {others[kernel]['rate']:,.0f} without "
                    f"splitting (same heads: {others[kernel]['agree']:.1f} %)")
        show(f"  parse, {kernel}, tokens/s", f"{rate:,.0f}", note)
    best = "vnni" if "parse vnni" in own else "avx2" if "parse avx2" in own else "plain"
    show("  of that splitting alone, tokens/s", f"{own[f'split {best}']:,.0f}")
    show("  code, all stages, tokens/s", f"{own['code']:,.0f}", f"{own['code to parse']:.2f} of parsing everything")
    show("  places found and resolved, ms a report", f"{own['places, ms a report']:.3f}",
         f"{own['places of a report']:.0f} places a report")
    show("  gazetteer look-ups/s", f"{own['look-ups']:,.0f}")
    if not others:
        show("  the prototype", "-", "absent: ../shared/prototype/language")


def news_reports(source, folder):
    """Each document, or each piece of a plain text between lines of asterisks, as a file of its own."""
    if source.suffix == ".jsonl":
        texts = [json.loads(line)["text"] for line in source.open(encoding="utf-8")]
    else:
        texts = [text for text in source.read_text(encoding="utf-8").split("***") if text.strip()]
    files = []
    for text in texts[:NEWS_REPORTS]:
        files.append(folder / f"{source.parent.name}-{len(files)}.txt")
        files[-1].write_text(text, encoding="utf-8")
    return files


def show_news(build, folder):
    print("\nGeneral news: sentences that cannot start a claim are not parsed")
    for name, source in NEWS.items():
        if not source.is_file():
            show(f"  {name}", "absent", f"../{source.relative_to(root.parent)}")
            continue
        own = figures(output_of(build / "bench" / "speed", build, 3, *news_reports(source, folder)))
        show(f"  {name}, code, tokens/s", f"{own['code']:,.0f}",
             f"{own['code'] / own['code, all parsed']:.2f} of parsing all ({own['code, all parsed']:,.0f}); "
             f"{own['claims alike']:.0f} of {own['claims']:.0f} claims alike")


def show_cold_start(griot):
    starts = median_of([usage_of([griot, "code", reports[0]]) for _ in range(STARTS)])
    print("\nOne report, from a cold start to its claims")
    show("  wall, ms", f"{starts['wall'] * 1e3:.0f}", f"processor {starts['cpu'] * 1e3:.0f}")
    show("  most memory, MB", f"{starts['memory']:.0f}")


def show_stream(griot, tokens, folder):
    """Reports are repeated, each under its own name."""
    texts = [pathlib.Path(r).read_text(encoding="utf-8") for r in reports]
    stream = folder / "stream.jsonl"
    most = {}
    for count in (STREAM // 10, STREAM):
        with stream.open("w", encoding="utf-8") as out:
            for i in range(count):
                json.dump({"id": i, "text": texts[i % len(texts)]}, out)
                out.write("\n")
        most[count] = usage_of([griot, "code", "--jsonl", "--threads", "1", stream])
    print(f"\n{STREAM} reports as one stream, one thread")
    rate = tokens / len(texts) * STREAM / most[STREAM]["cpu"]
    show("  code, with reading and writing JSON, tokens/s", f"{rate:,.0f}", f"wall {most[STREAM]['wall']:.1f} s")
    show("  most memory, MB", f"{most[STREAM]['memory']:.0f}",
         f"{most[STREAM // 10]['memory']:.0f} after a tenth of them")


def show_instructions(griot):
    """By the processor's counters, or counted by valgrind (which knows no AVX-512)."""
    command = [str(griot), "code", "--threads", "1", *reports]
    print("\nInstructions, reports of tests/cases coded in one run")
    if shutil.which("perf"):
        done = subprocess.run(["perf", "stat", "-x", ",", "-e", "instructions:u", *command], capture_output=True, text=True)
        count = done.stderr.strip().split(",")[0]
        if count.isdigit():
            show("  perf, millions", f"{int(count) / 1e6:,.0f}")
            return
    if shutil.which("valgrind"):
        done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command],
                              capture_output=True, text=True)
        count = next((line.split()[-1] for line in done.stderr.splitlines() if "Collected" in line), None)
        if count:
            show("  callgrind, AVX2, millions", f"{int(count) / 1e6:,.0f}")
            return
    show("  instructions", "-", "neither perf's counters nor valgrind here")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    build, runs = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 5
    griot = build / "griot"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        shipped = build / "models" / "en.griot"
        own, others = measure(build, build, runs, folder)
        show_rates("The model as shipped", own, others)
        deep = folder / "deep.griot"
        output_of(sys.executable, root / "bench" / "speed" / "deepen.py", shipped, ROUNDS, deep)
        if deep.stat().st_size != shipped.stat().st_size:
            data = data_with(build, deep, folder / "deep")
            show_rates(f"The same with {ROUNDS} rounds", *measure(build, data, runs, folder))
        show_news(build, folder)
        show_cold_start(griot)
        show_stream(griot, own["tokens"], folder)
        show_instructions(griot)


if __name__ == "__main__":
    main()
