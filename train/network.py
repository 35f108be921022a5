"""The encoder and its heads.

Word vector: an embedding of the frequent words beside a sum of hashed character features, mixed by one layer.
Encoder: (convolution of width 3, two-way minGRU) x 2, each on a layer norm with a residual; minGRU after Feng et
al. 2024, "Were RNNs all we needed?", with the gate's bias at -1. Heads: biaffine arcs (Dozat and Manning 2017) with
a bias by distance, and relation labels from the sum of the dependent's and the head's projection.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

DISTANCE = 16  # arcs longer than this share one bias
UNKNOWN, ROOT, PAD = 0, 1, 2


class Dropout(nn.Module):
    """Dropout whose masks are stretches of one pool of random numbers: a fifth of the time of fresh ones."""
    pool = torch.empty(0)

    def __init__(self, share):
        super().__init__()
        self.share = share

    @classmethod
    def refresh(cls):
        cls.pool = torch.rand(1 << 22)

    def forward(self, x):
        if not self.training or not self.share:
            return x
        begin = int(torch.randint(len(self.pool) - x.numel(), ()))
        kept = self.pool[begin:begin + x.numel()].view_as(x) >= self.share
        return x * kept.to(x.dtype).div_(1 - self.share)


class Recurrence(torch.autograd.Function):
    """h[t] = keep[t] * h[t-1] + add[t] over the first axis."""

    @staticmethod
    def forward(ctx, keep, add):
        out = torch.empty_like(add)
        h = torch.zeros_like(add[0])
        for t in range(add.shape[0]):
            h = torch.addcmul(add[t], keep[t], h, out=out[t])
        ctx.save_for_backward(keep, out)
        return out

    @staticmethod
    def backward(ctx, grad):
        keep, out = ctx.saved_tensors
        grad_add = torch.empty_like(grad)
        last = grad.shape[0] - 1
        grad_add[last] = grad[last]
        for t in range(last - 1, -1, -1):
            torch.addcmul(grad[t], keep[t + 1], grad_add[t + 1], out=grad_add[t])
        grad_keep = torch.zeros_like(grad)
        torch.mul(grad_add[1:], out[:-1], out=grad_keep[1:])
        return grad_keep, grad_add


class Convolution(nn.Module):
    def __init__(self, width, dropout):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.taps = nn.Linear(3 * width, width)
        self.drop = Dropout(dropout)

    def forward(self, x, mask):
        h = self.norm(x) * mask
        edge = torch.zeros_like(h[:, :1])
        h = torch.cat([torch.cat([edge, h[:, :-1]], 1), h, torch.cat([h[:, 1:], edge], 1)], 2)
        return x + self.drop(F.relu(self.taps(h)))


class TwoWayGru(nn.Module):
    def __init__(self, width, dropout):
        super().__init__()
        self.width = width
        self.norm = nn.LayerNorm(width)
        self.gates = nn.Linear(width, 4 * width)
        self.out = nn.Linear(2 * width, width)
        self.drop = Dropout(dropout)

    def forward(self, x, mask):
        d = self.width
        a = self.gates(self.norm(x) * mask)
        z = torch.sigmoid(a[..., :2 * d] - 1) * mask
        c = a[..., 2 * d:]
        z = torch.cat([z[..., :d], z[..., d:].flip(1)], 2).transpose(0, 1).contiguous()
        c = torch.cat([c[..., :d], c[..., d:].flip(1)], 2).transpose(0, 1)
        h = Recurrence.apply(1 - z, z * c).transpose(0, 1)
        h = torch.cat([h[..., :d], h[..., d:].flip(1)], 2)
        return x + self.drop(self.out(F.relu(h)))


class Network(nn.Module):
    def __init__(self, sizes, hash_rows, width=128, arc=128, label=128, layers="cgcg", dropout=0.33):
        """sizes: number of words, upos, xpos, feats, rels, names."""
        super().__init__()
        Dropout.refresh()
        self.word = nn.Embedding(sizes["words"], width)
        self.hashed = nn.EmbeddingBag(hash_rows, width, mode="sum")
        nn.init.normal_(self.word.weight, 0, 0.3)
        nn.init.normal_(self.hashed.weight, 0, 0.15)
        self.mix = nn.Linear(2 * width, width)
        blocks = {"c": Convolution, "g": TwoWayGru}
        self.layers = nn.ModuleList([blocks[kind](width, dropout * 0.6) for kind in layers])
        self.norm = nn.LayerNorm(width)
        self.drop = Dropout(dropout)
        self.tags = nn.ModuleDict({kind: nn.Linear(width, sizes[kind])
                                   for kind in ("upos", "xpos", "feats", "names")})
        self.arc_dependent = nn.Linear(width, arc)
        self.arc_head = nn.Linear(width, arc)
        self.bilinear = nn.Parameter(torch.randn(arc, arc) * 0.05)
        self.arc_bias = nn.Linear(arc, 1)
        self.distance = nn.Parameter(torch.zeros(2 * DISTANCE + 1))
        self.label_dependent = nn.Linear(width, label)
        self.label_head = nn.Linear(width, label)
        self.label_out = nn.Linear(label, sizes["rels"])

    def vectors(self, words, hashed, offsets, drop_words):
        """Word vectors of distinct words, before dropout."""
        if self.training and drop_words:
            words = words.masked_fill((torch.rand(words.shape) < drop_words) & (words > PAD), UNKNOWN)
        return torch.cat([self.word(words), self.hashed(hashed, offsets)], 1)

    def forward(self, batch, drop_words=0.15):
        b, n = batch["shape"]
        mask = batch["mask"]
        x = self.vectors(batch["words"], batch["hashed"], batch["offsets"], drop_words).view(b, n, -1)
        x = self.mix(F.relu(self.drop(x)))
        for layer in self.layers:
            x = layer(x, mask)
        x = self.drop(self.norm(x))
        out = {kind: head(x) for kind, head in self.tags.items()}
        dependent = self.drop(F.relu(self.arc_dependent(x)))
        head = self.drop(F.relu(self.arc_head(x)))
        arcs = (dependent @ self.bilinear) @ head.transpose(1, 2) + self.arc_bias(head).transpose(1, 2)
        i = torch.arange(n)
        arcs = arcs + self.distance[(i[None] - i[:, None]).clamp(-DISTANCE, DISTANCE) + DISTANCE]
        arcs = arcs.masked_fill(mask.transpose(1, 2) == 0, -1e4) - 1e4 * torch.eye(n)
        out["arcs"] = arcs
        out["label_parts"] = (self.label_dependent(x), self.label_head(x))
        return out

    def labels(self, label_parts, heads):
        """Relation scores for given heads (batch, n)."""
        dependent, head = label_parts
        chosen = head.gather(1, heads[:, :, None].expand(-1, -1, head.shape[2]))
        return self.label_out(self.drop(F.relu(dependent + chosen)))
