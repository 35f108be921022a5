"""What the encoder sees of a word: a vocabulary key and rows of a hashed table.

src/lang/features.c mirrors this file; tests/unit/test_lang.c holds both to the same golden values. Strings are
sequences of code points; every map is code point to code point.
"""
import unicodedata

HASH_ROWS = 20480
PLAIN_ROWS = 8  # that every word has, first
MAX_GRAMS = 12  # of each length, from the start of the word

_PLAIN = {0x2018: 0x27, 0x2019: 0x27, 0x02BC: 0x27, 0x00B4: 0x27, 0x0060: 0x27,
          0x201C: 0x22, 0x201D: 0x22, 0xAB: 0x22, 0xBB: 0x22, 0x2010: 0x2D, 0x2011: 0x2D, 0x2013: 0x2D, 0x2014: 0x2D, 0x2212: 0x2D}


def _lower_char(char):
    if char == "\u0130":
        return "i"
    low = char.lower()
    return low if len(low) == 1 else char


def plain(form):
    """Typographic quotes and dashes made plain."""
    return "".join(chr(_PLAIN.get(ord(c), ord(c))) for c in form)


def lower(form):
    return "".join(_lower_char(c) for c in plain(form))


def _is_digit(char):
    return unicodedata.category(char) == "Nd"


def _is_upper(char):
    return unicodedata.category(char) in ("Lu", "Lt")


def _is_lower(char):
    return unicodedata.category(char) == "Ll"


def norm(form):
    """Lower case, every decimal digit 0: the key of the vocabulary."""
    return "".join("0" if _is_digit(c) else c for c in lower(form))


def key64(text, seed=0):
    """FNV-1a over code points, 64 bit: names a string in the model's sorted tables."""
    h = 0xCBF29CE484222325 ^ seed * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    for c in text:
        h = (h ^ ord(c)) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return h ^ h >> 32


def row(kind, text):
    """The row of a piece of a word; `kind` keeps pieces apart."""
    h = 0x811C9DC5 ^ kind
    for c in text:
        h = (h ^ ord(c)) * 0x01000193 & 0xFFFFFFFF
    h ^= h >> 16
    h = h * 0x85EBCA6B & 0xFFFFFFFF
    h ^= h >> 13
    return h * HASH_ROWS >> 32


def shape(form, neutral):
    """Xxx, dddd: runs cut to three, eight characters at most. `neutral`: case says nothing here."""
    out = []
    for c in form:
        k = c
        if _is_upper(c):
            k = "n" if neutral else "X"
        elif _is_lower(c):
            k = "n" if neutral else "x"
        elif _is_digit(c):
            k = "d"
        if out[-3:] != [k, k, k]:
            out.append(k)
    return "".join(out[:8])


def case_class(form, neutral):
    """n neutral, u capitals throughout, t capital first, l the rest."""
    if neutral:
        return "n"
    upper, lower_ = any(map(_is_upper, form)), any(map(_is_lower, form))
    if upper and not lower_:
        return "u"
    return "t" if _is_upper(form[0]) else "l"


def rows(form, neutral=False):
    """Rows of the hashed table, in the order in which they are summed."""
    form = plain(form)
    n = norm(form)
    case = case_class(form, neutral)
    out = [row(1, n[:1]), row(2, n[:3]), row(3, n[-1:]), row(4, n[-2:]), row(5, n[-3:]), row(6, n[-4:]),
           row(7, shape(form, neutral)), row(8, case)]
    if case in "ut":
        out.append(row(9, case + n))
    marked = "<" + n + ">"
    for kind, size in ((10, 3), (11, 4)):
        grams = range(max(0, len(marked) - size + 1))
        out += [row(kind, marked[i:i + size]) for i in grams[:MAX_GRAMS]]
    return out


def says_nothing(forms):
    """True when a sentence is written in capitals, so that case tells nothing about its words."""
    words = [f for f in forms if sum(c.isalpha() for c in f) > 1]
    return len(words) >= 3 and not any(_is_lower(c) for f in forms for c in f)
