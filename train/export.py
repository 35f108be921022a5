"""Quantises a trained encoder into sections: export.py --model M.pt --train T.conllu --lexicon L.lexicon --out DIR

Writes one file a section of src/lang/model.h into DIR; pack.py joins them.
"""
import argparse
import pathlib
import struct

import numpy
import torch

import data
import features
import treebank
from lemma import Lemmas
from lexicon import Lexicon, inflections
from network import ROOT, UNKNOWN

COLUMN_GROUP = 32


def rows(weights):
    """int8 rows and a scale for each."""
    scale = numpy.maximum(numpy.abs(weights).max(1), 1e-9) / 127
    return numpy.rint(weights / scale[:, None]).astype(numpy.int8), scale.astype(numpy.float32)


def matrix(weight, bias):
    """A matrix section from weight[columns][depth] and bias[columns]."""
    columns, depth = weight.shape
    padded = -(-columns // COLUMN_GROUP) * COLUMN_GROUP
    whole, scale = numpy.zeros((padded, depth), numpy.int8), numpy.zeros(padded, numpy.float32)
    whole[:columns], scale[:columns] = rows(weight)
    shift = numpy.zeros(padded, numpy.float32)
    shift[:columns] = bias
    packed = whole.reshape(padded, depth // 4, 4).transpose(1, 0, 2)
    header = struct.pack("<II", depth, columns).ljust(64, b"\0")
    return header + scale.tobytes() + shift.tobytes() + numpy.ascontiguousarray(packed).tobytes()


class Export:
    def __init__(self, saved, inventory, sentences, names, language):
        self.state = {k: v.numpy().astype(numpy.float32) for k, v in saved["state"].items()}
        self.shape, self.inventory, self.sections = saved["shape"], inventory, {}
        self.named, self.language = names, language
        self.words()
        self.layers()
        self.heads()
        self.allowed(sentences)
        self.lemmas(Lemmas(sentences, inflections()))

    def linear(self, name):
        return self.state[name + ".weight"], self.state[name + ".bias"]

    def words(self):
        table = self.state["word.weight"]
        keys = [(features.key64(w), i) for i, w in enumerate(self.inventory.words) if not w.startswith("<")]
        keys.sort()
        assert len({k for k, _ in keys}) == len(keys), "two words share a key"
        order = [UNKNOWN, ROOT] + [i for _, i in keys]
        self.sections["words"] = struct.pack(f"<{len(keys)}Q", *(k for k, _ in keys))
        for name, weights in (("word", table[order]), ("hash", self.state["hashed.weight"])):
            quantised, scale = rows(weights)
            self.sections[name + ".rows"], self.sections[name + ".scale"] = quantised.tobytes(), scale.tobytes()
        self.sections["mix"] = matrix(*self.linear("mix"))
        self.word_count = len(keys)

    def norm(self, name):
        return numpy.concatenate(self.linear(name)).tobytes()

    def layers(self):
        width = self.shape["width"]
        for i, kind in enumerate(self.shape["layers"]):
            layer = f"layers.{i}."
            self.sections[f"norm{i}"] = self.norm(layer + "norm")
            if kind == "c":
                weight, bias = self.linear(layer + "taps")
                taps = weight.reshape(width, 3, width).transpose(1, 0, 2).reshape(3 * width, width)
                shift = numpy.zeros(3 * width, numpy.float32)
                shift[width:2 * width] = bias
                self.sections[f"taps{i}"] = matrix(taps, shift)
            else:
                weight, bias = self.linear(layer + "gates")
                bias = bias - numpy.repeat([1, 0], 2 * width).astype(numpy.float32)
                self.sections[f"gates{i}"] = matrix(weight, bias)
                self.sections[f"out{i}"] = matrix(*self.linear(layer + "out"))

    def heads(self):
        names = self.linear("tags.names")
        if not self.named:
            names = numpy.zeros_like(names[0]), numpy.eye(len(names[1]), dtype=numpy.float32)[0]
        parts = [self.linear("tags.upos"), self.linear("tags.feats"), names]
        parts += [self.linear(k) for k in ("arc_dependent", "arc_head", "label_dependent", "label_head")]
        self.sections["heads"] = matrix(numpy.concatenate([w for w, _ in parts]),
                                        numpy.concatenate([b for _, b in parts]))
        self.sections["bilinear"] = matrix(self.state["bilinear"].T, self.state["arc_bias.weight"][0])
        self.sections["label"] = matrix(*self.linear("label_out"))
        self.sections["norm"] = self.norm("norm")
        self.sections["distance"] = self.state["distance"].tobytes()

    def allowed(self, sentences):
        index = self.inventory.index
        table = numpy.zeros((len(index["upos"]), len(index["feats"])), numpy.uint8)
        for sentence in sentences:
            for w in sentence.words:
                if w.feats in index["feats"]:
                    table[index["upos"][w.upos], index["feats"][w.feats]] = 1
        self.sections["allowed"] = table.tobytes()

    def lemmas(self, lemmas):
        inventory = self.inventory
        tables, groups = lemmas.sections(inventory.upos, inventory.feats)
        self.sections |= tables | inventory.lexicon.sections()
        counts = [self.shape["width"], self.shape["arc"], self.shape["width"], self.word_count, features.HASH_ROWS,
                  len(inventory.upos), len(inventory.feats), len(inventory.rels), len(inventory.names),
                  len(tables["lemma.rules"]) // 16, len(tables["lemma.exceptions"]) // 16, groups]
        self.sections["shape"] = struct.pack("<12I", *counts)
        for name, labels in (("upos", inventory.upos), ("feats", inventory.feats), ("relations", inventory.rels),
                             ("names", inventory.names)):
            self.sections[name] = "\n".join(labels).encode()
        self.sections["layers"] = self.shape["layers"].encode()
        self.sections["lang"] = self.language.encode()


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--model", required=True)
    p.add_argument("--train", required=True)
    p.add_argument("--lexicon", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--lang", default="en", help="ISO 639-1 code of the model's language")
    p.add_argument("--names", action="store_true", help="write the head that finds names; without it, one that finds none")
    o = p.parse_args()
    sentences = treebank.read(o.train)
    inventory = data.Inventory(sentences, Lexicon(o.lexicon))
    sections = Export(torch.load(o.model), inventory, sentences, o.names, o.lang).sections
    folder = pathlib.Path(o.out)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in sections.items():
        (folder / name).write_bytes(content)
    print(len(sections), "sections,", sum(map(len, sections.values())), "bytes")


if __name__ == "__main__":
    main()
