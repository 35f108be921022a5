#!/usr/bin/env python3
"""Derives outlines of countries and first-level units, and borders as lines, from Who's On First polygons.

    python3 tools/places/outlines.py [SOURCE_DIR [OUT_DIR]]      defaults: ../shared/gazetteer  knowledge/places

Writes outlines.tsv (shapes) and borders.tsv (places) for the countries that derive.py covers to the village; borders of
these with every neighbour. Simplified with the method of Douglas and Peucker (1973). The output depends on the input
alone, byte for byte.
"""
import json
import lzma
import sys
from collections import defaultdict
from pathlib import Path

from derive import FULL, ROOT, core, fold, rows

UNIT_TOLERANCE, BORDER_TOLERANCE = 0.03, 0.02  # degrees; 0.01 is about a kilometre
NEAR = 0.06  # how far the outlines of two neighbours lie apart where they should be one line
SMALLEST = 0.05  # degrees across: smaller islands and slivers are left out
LONGEST_GAP = 0.6  # a border goes on over such a gap


def simplify(line, tolerance):
    """The points to keep, ends among them."""
    keep, stack = {0, len(line) - 1}, [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        (ax, ay), (bx, by) = line[first], line[last]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        worst, at = 0, None
        for i in range(first + 1, last):
            x, y = line[i]
            off = (abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length if length
                   else ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5)
            if off > worst:
                worst, at = off, i
        if at is not None and worst > tolerance:
            keep |= {at}
            stack += [(first, at), (at, last)]
    return [line[i] for i in sorted(keep)]


def polygons(folder):
    with lzma.open(folder / "wof_admin_polygons.geojsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            feature = json.loads(line)
            shape = feature["geometry"]
            parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
            yield feature["properties"], [ring for part in parts for ring in part]


def across(ring):
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def text_of(points):
    number = lambda v: ("%.2f" % v).rstrip("0").rstrip(".")
    return " ".join("%s,%s" % (number(y), number(x)) for x, y in points)


def cells_of(rings):
    cells = defaultdict(list)
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, ring[1:]):
            steps = max(1, int(max(abs(bx - ax), abs(by - ay)) / NEAR) + 1)
            for k in range(steps + 1):
                x, y = ax + (bx - ax) * k / steps, ay + (by - ay) * k / steps
                cells[(int(x // NEAR), int(y // NEAR))].append((x, y))
    return cells


def is_near(point, cells):
    cx, cy = int(point[0] // NEAR), int(point[1] // NEAR)
    return any((x - point[0]) ** 2 + (y - point[1]) ** 2 <= NEAR ** 2
               for i in (-1, 0, 1) for j in (-1, 0, 1) for x, y in cells.get((cx + i, cy + j), ()))


def shared(rings, cells):
    """The runs of a country's outline that lie on its neighbour's, longest gaps bridged."""
    runs = []
    for ring in rings:
        marks = [is_near(p, cells) for p in ring]
        if not any(marks):
            continue
        start = marks.index(False) if False in marks else 0
        run = []
        for i in range(len(ring)):
            k = (start + i) % len(ring)
            if marks[k]:
                run.append(ring[k])
            elif run and abs(ring[k][0] - run[-1][0]) + abs(ring[k][1] - run[-1][1]) > LONGEST_GAP:
                runs.append(run)
                run = []
        if run:
            runs.append(run)
    return [r for r in runs if len(r) > 1 and across(r) > SMALLEST]


def border_names(a, c, names):
    """"Mali-Niger border" in both orders, in English and French."""
    out = []
    for x, y in ((a, c), (c, a)):
        out += ["%s-%s border" % (names[x]["en"], names[y]["en"]), "frontière %s-%s" % (names[x]["fr"], names[y]["fr"])]
    return out


def country_names(folder):
    names = {}
    info = {r[1]: r for r in rows(folder / "countryInfo.txt") if len(r) > 16}
    for line in open(Path(__file__).resolve().parent / "country_names.txt", encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            f = line.rstrip("\n").split(";")
            names[f[0]] = {"en": info[f[0]][4], "fr": f[2] or info[f[0]][4]}
    return names, {r[0]: r[1] for r in info.values()}, {r[1]: r[16] for r in info.values()}


def units(folder):
    found = {}
    for r in rows(folder / "admin1CodesASCII.txt"):
        if r[0].count(".") == 1:
            for name in {fold(r[1]), fold(core(r[1])), fold(r[2])}:
                found.setdefault((r[0].split(".")[0], name), r[3])
    return found


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "gazetteer"
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "knowledge" / "places"
    names, alpha3, number = country_names(folder)
    known = {r[0] for r in rows(out / "admin1.tsv")}
    unit_of, outlines, nation = units(folder), [], {}
    for place, rings in polygons(folder):
        rings = [r for r in rings if across(r) > SMALLEST]
        iso2 = place["iso2"]
        if place["placetype"] == "country" and iso2 in alpha3:
            nation.setdefault(iso2, []).extend(rings)
        key = None
        if iso2 in FULL and place["placetype"] == "country":
            key = number[alpha3[iso2]]
        elif iso2 in FULL and place["placetype"] == "region":
            key = str(place.get("gn_id") or "")
            if key not in known:
                key = unit_of.get((iso2, fold(core(place["name"]))))
        if key:
            outlines += [(int(key), text_of(simplify(r, UNIT_TOLERANCE))) for r in rings]
    borders, lines = [], []
    covered = sorted(nation)
    cells = {iso2: cells_of(nation[iso2]) for iso2 in covered}
    for a in covered:
        for c in covered:
            if a >= c or not {a, c} & set(FULL) or alpha3[a] not in names or alpha3[c] not in names:
                continue
            runs = shared(nation[a], cells[c])
            if not runs:
                continue
            first, second = sorted((alpha3[a], alpha3[c]))
            key = "griot:border-%s-%s" % (first, second)
            every = [p for run in runs for p in run]
            middle = every[len(every) // 2]
            title, *others = border_names(first, second, names)
            borders.append((key, title, "|".join(others), "%.2f" % middle[1], "%.2f" % middle[0], "BDR"))
            lines += [(key, text_of(simplify(run, BORDER_TOLERANCE))) for run in runs]
    about = "# Attribution and licence: ATTRIBUTION in this folder. Made by tools/places/outlines.py.\n"
    with open(out / "outlines.tsv", "w", encoding="utf-8", newline="\n") as file:
        file.write("# Outlines of countries and first-level units; borders as lines\n" + about + "id\tshape\tpoints\n")
        for key, points in sorted(set(outlines)):
            file.write("%d\toutline\t%s\n" % (key, points))
        for key, points in sorted(lines):
            file.write("%s\tline\t%s\n" % (key, points))
    with open(out / "borders.tsv", "w", encoding="utf-8", newline="\n") as file:
        file.write("# Borders between two countries; the point is the middle of the line\n" + about)
        file.write("id\tname\tvariants\tlat\tlon\tcode\tcountry\tparent\tpopulation\n")
        for row in sorted(borders):
            file.write("\t".join(row) + "\n")
    print(len({k for k, _ in outlines}), "units with outlines,", len(borders), "borders")


if __name__ == "__main__":
    main()
