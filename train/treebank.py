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
    """Sentences of a CoNLL-U file (plain or .xz): words only, no multiword tokens, no empty nodes."""
    sentences, current = [], Sentence()
    with (lzma.open if path.endswith(".xz") else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                if current.words:
                    sentences.append(current)
                current = Sentence()
            elif line[0] == "#":
                current.newpar |= line.startswith(("# newpar", "# newdoc"))
            else:
                col = line.split("\t")
                if col[0].isdigit():
                    current.words.append(Word(col[1], col[2], col[3], col[4], col[5], int(col[6]), col[7]))
    if current.words:
        sentences.append(current)
    return sentences
