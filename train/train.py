"""Trains an encoder: train.py --train T.conllu --dev D.conllu --out MODEL.pt [--epochs 20] [--seed 1] ...

One core. train/README.md has the commands.
"""
import argparse
import math
import random
import time

import torch
import torch.nn.functional as F

import data
import features
import treebank
from crop import clauses
from data import IGNORE, KINDS
from lexicon import Lexicon
from network import UNKNOWN, Dropout, Network
from optimizer import AdamW
from swap import Swapper

WEIGHTS = {"upos": 1.0, "xpos": 0.4, "feats": 0.4, "names": 0.3, "arcs": 1.0, "rels": 1.0}
UNKNOWN_ROW = torch.tensor([UNKNOWN])


def options():
    p = argparse.ArgumentParser()
    p.add_argument("--train", required=True)
    p.add_argument("--dev", required=True)
    p.add_argument("--lexicon", required=True, help="table that lexicon.py wrote")
    p.add_argument("--reports", help="more sentences, with name labels: what reports.py wrote")
    p.add_argument("--swaps", type=int, default=0, help="changed copies of the training part (swap.py, crop.py)")
    p.add_argument("--out", required=True)
    p.add_argument("--epochs", type=int, default=20)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--width", type=int, default=128)
    p.add_argument("--arc", type=int, default=128)
    p.add_argument("--layers", default="cgcg")
    p.add_argument("--dropout", type=float, default=0.33)
    p.add_argument("--drop-words", type=float, default=0.15)
    p.add_argument("--batch", type=int, default=1500)
    p.add_argument("--rate", type=float, default=2e-3, help="highest learning rate")
    p.add_argument("--upos", type=float, default=WEIGHTS["upos"], help="weight of the parts of speech in the loss")
    p.add_argument("--start", help="trained model to go on from, of the same shape")
    return p.parse_args()


def losses_of(network, out, gold):
    labels = network.labels(out["label_parts"], gold["heads"].clamp(min=0))
    pairs = {kind: (out[kind], gold[kind]) for kind in KINDS}
    pairs |= {"arcs": (out["arcs"], gold["heads"]), "rels": (labels, gold["rels"])}
    losses = {}
    for kind, (scores, target) in pairs.items():
        if (target != IGNORE).any():
            losses[kind] = F.cross_entropy(scores.flatten(0, 1), target.flatten(), ignore_index=IGNORE)
    return losses


def evaluate(network, inventory, sentences, targets, kind):
    """Shares in percent with greedy heads: upos, feats, unlabelled, labelled without subtype, with subtype."""
    network.eval()
    base = torch.tensor([inventory.rels.index(next(q for q in inventory.rels
                                                   if q.split(":")[0] == r.split(":")[0]))
                         for r in inventory.rels])
    total, hits = 0, [0] * 5
    with torch.no_grad():
        for picked in data.batches([len(s.words) for s in sentences], 4000, False):
            batch = data.assemble(inventory, sentences, targets, picked, lambda i: kind)
            out, gold = network(batch), batch["gold"]
            here = gold["heads"] != IGNORE
            heads = out["arcs"].argmax(2)
            rels = network.labels(out["label_parts"], heads).argmax(2)
            arc = (heads == gold["heads"]) & here
            total += here.sum().item()
            same = [out["upos"].argmax(2) == gold["upos"], out["feats"].argmax(2) == gold["feats"], arc,
                    arc & (base[rels] == base[gold["rels"].clamp(min=0)]), arc & (rels == gold["rels"])]
            hits = [h + (s & here).sum().item() for h, s in zip(hits, same)]
    network.train()
    return [round(100 * h / total, 2) for h in hits]


def main():
    o = options()
    torch.set_num_threads(1)
    random.seed(o.seed)
    torch.manual_seed(o.seed)
    train, dev = treebank.read(o.train), treebank.read(o.dev)
    lexicon = Lexicon(o.lexicon)
    inventory = data.Inventory(train, lexicon)
    swapper = Swapper(train, lexicon)
    whole = list(train)
    for _ in range(o.swaps):
        train += [swapper(s) for one in whole for s in (one, *clauses(one))]
    train += whole * (o.swaps - 1)
    if o.reports:
        train += treebank.read(o.reports)
    targets, dev_targets = [inventory.targets(s) for s in train], [inventory.targets(s) for s in dev]
    shape = dict(width=o.width, arc=o.arc, layers=o.layers)
    network = Network(inventory.sizes(), features.HASH_ROWS, dropout=o.dropout, **shape)
    if o.start:
        network.load_state_dict(torch.load(o.start)["state"])
    lengths = [len(s.words) for s in train]
    optimizer = AdamW(network.parameters())
    steps, step = o.epochs * len(data.batches(lengths, o.batch, True)), 0
    average = {k: v.clone() for k, v in network.state_dict().items()}
    began = time.time()
    for epoch in range(o.epochs):
        network.train()
        Dropout.refresh()
        sums = {}
        for picked in data.batches(lengths, o.batch, True):
            step += 1
            rate = o.rate * min(1, step / 200) * (0.5 * (1 + math.cos(math.pi * min(1, step / steps))) + 0.01)
            batch = data.assemble(inventory, train, targets, picked, lambda i: data.draw_variant(), forget=True)
            out = network(batch, o.drop_words)
            losses = losses_of(network, out, batch["gold"])
            loss = sum((o.upos if k == "upos" else WEIGHTS[k]) * v for k, v in losses.items())
            network.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step(rate, {network.hashed.weight: batch["hashed"].unique(),
                                  network.word.weight: torch.cat([batch["words"], UNKNOWN_ROW]).unique()})
            for k, v in losses.items():
                sums[k] = sums.get(k, 0) + v.item()
            decay = min(0.998, step / (step + 50))
            with torch.no_grad():
                state = network.state_dict()
                torch._foreach_mul_(list(average.values()), decay)
                torch._foreach_add_(list(average.values()), [state[k] for k in average], alpha=1 - decay)
        note = {k: round(v * o.epochs / steps, 3) for k, v in sums.items()}
        print(epoch, note, f"{time.time() - began:.0f} s", flush=True)
        if epoch % 5 == 4 or epoch == o.epochs - 1:
            kept = {k: v.clone() for k, v in network.state_dict().items()}
            network.load_state_dict(average)
            for kind in ("as written", "neutral"):
                print("  dev", kind, evaluate(network, inventory, dev, dev_targets, kind), flush=True)
            torch.save({"state": average, "shape": shape, "seed": o.seed, "options": vars(o)}, o.out)
            network.load_state_dict(kept)


if __name__ == "__main__":
    main()
