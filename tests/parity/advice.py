"""Holds what src/torch/instead.c advises to write against what it stands for, in PyTorch itself: the
same six digits, the same dtype and shape, and the same gradients.

Usage: advice.py
"""

import math
import sys

import torch
import torch.nn.functional as F

AWKWARD = [1e-30, -1e-4, 0.0, -0.0, 1e-4, 0.5, -0.5, 1.0, 1.0, -1.2784645, 3.0, -12.0, 20.0, -88.0,
           100.0, -100.0, 12345.678, 1e20, -1e20]

# what a script has, and what it is advised to write; of x and y, of
# numbers as they come, of z, which are rows of them, and of m, a mask
PAIRS = [
    ("torch.addmv(y[:1], x.unsqueeze(0), y)", "y[:1] + x.unsqueeze(0) @ y"),
    ("torch.addr(y[3:9], x[3:9], y[3:9])", "y[3:9] + torch.outer(x[3:9], y[3:9])"),
    ("torch.rsub(x, y)", "y - x"),
    ("torch.ldexp(x, y.clamp(-9, 9))", "x * 2.0 ** y.clamp(-9, 9)"),
    ("torch.logaddexp2(x, y)",
     "torch.logaddexp(x * math.log(2), y * math.log(2)) / math.log(2)"),
    ("torch.logcumsumexp(x[3:14], 0)",
     "torch.stack([torch.logsumexp(x[3:4 + i], 0) for i in range(11)])"),
    ("torch.sinc(x[5:14])", "torch.sin(torch.pi * x[5:14]) / (torch.pi * x[5:14])"),
    ("torch.special.entr(x[m])", "-x[m] * torch.log(x[m])"),
    ("torch.special.xlog1py(x, y.abs())", "x * torch.log1p(y.abs())"),
    ("torch.gradient(x)[0][1:-1]", "(x[2:] - x[:-2]) / 2"),
    ("torch.diag_embed(z.mT)", "torch.eye(2) * z.mT.unsqueeze(-1)"),
    ("torch.vander(x.detach()[:4], 3)", "x.detach()[:4].unsqueeze(-1) ** torch.arange(3 - 1, -1, -1)"),
    ("torch.nanmedian(torch.sqrt(x))", "torch.sqrt(x)[~torch.sqrt(x).isnan()].median()"),
    ("torch.renorm(z, 2, 0, 2.0)", "z * (2.0 / z.norm(dim=1, keepdim=True)).clamp(max=1.0)"),
    ("torch.linalg.vecdot(x, y)", "(x * y).sum(-1)"),
    ("x.unfold(0, 3, 1)", "torch.stack([x[i:i + 3] for i in range(0, len(x) - 3 + 1)])"),
    ("x.sum_to_size(1)", "x.sum(0, keepdim=True)"),
    ("F.bilinear(x[:, None], y[:, None], x[:3, None, None], y[:3])",
     "torch.einsum('bi,oij,bj->bo', x[:, None], x[:3, None, None], y[:, None]) + y[:3]"),
    ("F.max_pool1d(z, 3)", "z.reshape(2, -1, 3).max(-1)[0]"),
    ("F.avg_pool1d(z, 3)", "z.reshape(2, -1, 3).mean(-1)"),
    ("F.interpolate(z[None], scale_factor=2)", "z[None].repeat_interleave(2, dim=-1)"),
    ("F.batch_norm(z[:, :, None, None], None, None, training=True)",
     "F.batch_norm(z[:, :, None], None, None, training=True)[..., None]"),
    ("F.pdist(z.mT * 1e-20)", "torch.cdist(z.mT * 1e-20, z.mT * 1e-20)[*torch.triu_indices(9, 9, 1)]"),
]


def results(text, x, y, dtype):
    x = torch.tensor(x, dtype=dtype, requires_grad=True)
    y = torch.tensor(y, dtype=dtype, requires_grad=True)
    value = eval(text, {"x": x, "y": y, "z": torch.stack([x[:9], y[:9]]), "m": x > 0, "F": F, "math": math,
                        "torch": torch})
    if value.requires_grad:
        value.sum().backward()
    return value.detach(), x.grad, y.grad


def differ(a, b):
    if a is None or b is None: # a gradient of zeros is as good as none
        rest = a if b is None else b
        return rest is not None and bool((rest != 0).any())
    return (a.dtype != b.dtype or a.shape != b.shape
            or not torch.allclose(a, b, rtol=1e-6, atol=1e-7, equal_nan=True))


def wrong(pairs, x, y):
    for dtype in [torch.float32, torch.float64]:
        for original, advice in pairs:
            got = [results(text, x, y, dtype) for text in (original, advice)]
            if any(differ(a, b) for a, b in zip(*got)):
                yield f"{original} and {advice}, {dtype}: {got}"


def main():
    failures = list(wrong(PAIRS, AWKWARD, AWKWARD[::-1]))
    print("\n".join(failures))
    print(f"{len(PAIRS)} replacements, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
