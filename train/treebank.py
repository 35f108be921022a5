"""CoNLL-U in, sentences out."""
import lzma
from dataclasses import dataclass, field


@dataclass
class Word:
    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    rel: str


@dataclass
class Sentence:
    words: list = field(default_factory=list)
    newpar: bool = False
    names: list = None  # BIO labels by word, None where unknown


def read(path):
    """Sentences of a CoNLL-U file (plain or .xz): words only, no multiword tokens, no empty nodes. Name labels stand in
    the last column: Name=B-ORG."""
    sentences, current, names = [], Sentence(), []
    with (lzma.open if path.endswith(".xz") else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                if current.words:
                    current.names = names if any(names) else None
                    sentences.append(current)
                current, names = Sentence(), []
            elif line[0] == "#":
                current.newpar |= line.startswith(("# newpar", "# newdoc"))
            else:
                col = line.split("\t")
                if col[0].isdigit():
                    current.words.append(Word(col[1], col[2], col[3], col[4], col[5], int(col[6]), col[7]))
                    names.append(col[9][5:] if col[9].startswith("Name=") else None)
    if current.words:
        current.names = names if any(names) else None
        sentences.append(current)
    return sentences
