"""AdamW (Loshchilov and Hutter 2019) that leaves alone the rows of a table that a batch did not touch."""
import torch

BETAS = 0.9, 0.95
DECAY = 0.01
EPSILON = 1e-8


class AdamW:
    def __init__(self, parameters):
        self.state = [(p, torch.zeros_like(p), torch.zeros_like(p)) for p in parameters]
        self.steps = 0

    @torch.no_grad()
    def step(self, rate, touched):
        """touched: {table: its rows that have a gradient}, for parameters that are tables."""
        self.steps += 1
        bias = (1 - BETAS[1] ** self.steps) ** 0.5
        change = -rate * bias / (1 - BETAS[0] ** self.steps)
        for p, mean, square in self.state:
            if p.grad is None:
                continue
            rows = touched.get(p)
            if rows is None:
                self._update(p, p.grad, mean, square, rate, change, bias)
                continue
            part = [t.index_select(0, rows) for t in (p, p.grad, mean, square)]
            self._update(*part, rate, change, bias)
            for whole, changed in zip((p, mean, square), (part[0], *part[2:])):
                whole.index_copy_(0, rows, changed)

    @staticmethod
    def _update(p, grad, mean, square, rate, change, bias):
        mean.lerp_(grad, 1 - BETAS[0])
        square.mul_(BETAS[1]).addcmul_(grad, grad, value=1 - BETAS[1])
        p.mul_(1 - rate * DECAY).addcdiv_(mean, square.sqrt().add_(EPSILON * bias), value=change)
