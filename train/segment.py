#!/usr/bin/env python3
"""Trains the sentence splitter: section "segment" of a model file. The layout is in src/text/segmenter.c.

    segment.py SPLIT LANG TRAIN.conllu[.xz] OUT

SPLIT is the program of bench/text/split.c: it says what the splitter sees of each gap, so that nothing of that is
written twice. The treebank is shown as written, in capitals and in lower case.
"""
import argparse
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
from collections import Counter

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "bench" / "text"))
import sentences as treebank  # noqa: E402

HIDDEN, WINDOW, SHAPES, EXTRAS, EXTRA_ROWS = 16, 9, 72, 9, 64  # as in src/text/gaps.h and segmenter.c
VERSION = 1
WORDS = 2400  # most frequent ones; 370 kB
EPOCHS, BATCH, RATE = 4, 256, 2e-3
WORD_DROPOUT, DECAY = 0.2, 0.05
VARIANTS = ((lambda c: c, 1.0), (str.upper, 0.5), (str.lower, 0.3))  # and the weight of each


def one_to_one(change, text):
    """Changes case where a character stays one character."""
    return "".join(change(c) if len(change(c)) == 1 else c for c in text)


def gaps(split, lang, text, ends):
    """(ends a sentence, hashes, shapes, extras) of each gap, as integer tensors."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "text").write_text(text, encoding="utf-8")
        (folder / "ends").write_text("".join(f"{end}\n" for end in ends))
        out = subprocess.run([split, "gaps", folder / "text", lang, folder / "ends"], check=True, capture_output=True).stdout
    table = torch.tensor([[int(v) for v in line.split()] for line in out.splitlines()])
    return table[:, 0].float(), table[:, 1:1 + WINDOW], table[:, 1 + WINDOW:1 + 2 * WINDOW], table[:, 1 + 2 * WINDOW:]


def vocabulary(hashes):
    """The most frequent words, by hash in rising order."""
    counts = Counter(hashes[:, 0].tolist())  # one column: each word counted once where it stands before a gap
    for column in range(1, WINDOW):
        counts.update(hashes[:, column].tolist())
    counts.pop(0, None)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return sorted(h for h, _ in ranked[:WORDS])


def rows(hashes, shapes, extras, words):
    stride = len(words) + 2 + SHAPES
    number = {h: i + 2 for i, h in enumerate(words)}
    number[0] = 0
    flat = torch.tensor([number.get(h, 1) for h in hashes.flatten().tolist()]).view(hashes.shape)
    base = torch.arange(WINDOW) * stride
    return torch.cat([base + flat, base + len(words) + 2 + shapes, WINDOW * stride + extras], 1)


class Network(torch.nn.Module):
    def __init__(self, count):
        super().__init__()
        self.rows = torch.nn.EmbeddingBag(count, HIDDEN, mode="sum")
        torch.nn.init.normal_(self.rows.weight, 0, 0.05)
        self.bias = torch.nn.Parameter(torch.full((HIDDEN,), 0.1))
        self.score = torch.nn.Linear(HIDDEN, 1)

    def forward(self, numbers):
        return self.score(torch.relu(self.rows(numbers) + self.bias)).squeeze(1)


def train(x, y, weight, words):
    stride = len(words) + 2 + SHAPES
    network = Network(WINDOW * stride + EXTRA_ROWS)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    unknown = torch.cat([torch.arange(WINDOW) * stride + 1, torch.zeros(WINDOW + EXTRAS, dtype=torch.long)])
    is_word = torch.arange(x.shape[1]) < WINDOW
    steps = EPOCHS * ((len(y) + BATCH - 1) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.02, 1 - step / steps))
    for epoch in range(EPOCHS):
        order, total = torch.randperm(len(y)), 0.0
        for at in range(0, len(y), BATCH):
            picked = order[at:at + BATCH]
            seen = x[picked]
            seen = torch.where((torch.rand(seen.shape) < WORD_DROPOUT) & is_word, unknown, seen)
            loss = torch.nn.functional.binary_cross_entropy_with_logits(network(seen), y[picked], weight[picked])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item() * len(picked)
        print(f"epoch {epoch + 1}: loss {total / len(y):.4f}", flush=True)
    return network


def pack(network, words):
    """Integers: one scale for the rows and their bias, one for the weights of the score."""
    table, bias = network.rows.weight.detach(), network.bias.detach()
    scale = 127 / table.abs().max().item()
    table = torch.round(table * scale).clamp(-127, 127).to(torch.int8)
    out, score_bias = network.score.weight.detach()[0], network.score.bias.item()
    out_scale = 127 / out.abs().max().item()
    header = struct.pack("<4sIIi", b"GRSG", VERSION, len(words), round(score_bias * scale * out_scale))
    return b"".join([header, struct.pack(f"<{HIDDEN}h", *(round(v * scale) for v in bias.tolist())),
                     struct.pack(f"<{HIDDEN}b", *(round(v * out_scale) for v in out.tolist())),
                     struct.pack(f"<{len(words)}I", *words), bytes(table.flatten().view(torch.uint8).tolist())])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("split")
    parser.add_argument("lang")
    parser.add_argument("train")
    parser.add_argument("out")
    arguments = parser.parse_args()
    random.seed(1)
    torch.manual_seed(1)
    torch.set_num_threads(1)  # sums in one order: the same weights each time
    text, ends = treebank.raw(arguments.train), sorted(end for _, end in treebank.spans(arguments.train))
    parts = [gaps(arguments.split, arguments.lang, one_to_one(change, text), ends) for change, _ in VARIANTS]
    words = vocabulary(parts[0][1])
    x = torch.cat([rows(hashes, shapes, extras, words) for _, hashes, shapes, extras in parts])
    y = torch.cat([part[0] for part in parts])
    weight = torch.cat([torch.full((len(part[0]),), w) for part, (_, w) in zip(parts, VARIANTS)])
    pathlib.Path(arguments.out).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(arguments.out).write_bytes(pack(train(x, y, weight, words), words))


if __name__ == "__main__":
    main()
