"""Losses of what does not stand one number behind the other: they follow the memory."""
import math

import torch
import torch.nn.functional as F


def digest(t):
    """A number that every bit of t has part in, or of a hundred numbers of it."""
    d = 0
    for v in t.flatten()[:: 1 + t.numel() // 100].tolist():
        m, e = math.frexp(v) if math.isfinite(v) else (0.5, v > 0)
        d = (d * 29 + int(m * 2**53) + e) % (2**56 - 5)
    return d


torch.manual_seed(5)
numbers, others = 2 * torch.randn(30, 45), 2 * torch.randn(45, 30).t()

views = {
    "columns": lambda t: t[:, :19],
    "steps": lambda t: t[::2, ::2],
    "transpose": lambda t: t[:21, :9].t(),
    "transposed": lambda t: t.t(),
    "few columns": lambda t: t[:, 3:6],
    "transposed columns": lambda t: t[:, 3:43].t(),
    "repeated": lambda t: t[0].expand(30, 45),
    "repeated column": lambda t: t[:, :1].expand(30, 20),
    "plane": lambda t: t[:, :40].reshape(30, 20, 2)[:, :, 1],
    "rows": lambda t: t[::3],
}

losses = {
    "mse": F.mse_loss,
    "sum of mse": lambda a, b: F.mse_loss(a, b, reduction="sum"),
    "l1": F.l1_loss,
    "smooth l1": F.smooth_l1_loss,
    "huber": F.huber_loss,
    "with logits": lambda a, b: F.binary_cross_entropy_with_logits(a, torch.sigmoid(b.detach())),
    "bce": lambda a, b: F.binary_cross_entropy(torch.sigmoid(a), torch.sigmoid(b.detach())),
}

for dtype in torch.float32, torch.float64:
    for name, function in losses.items():
        for view in list(views)[:: 1 if dtype == torch.float32 else 3]:
            a = views[view](numbers.to(dtype)).detach().requires_grad_()
            for b in views[view](others.to(dtype)), views[view](numbers.to(dtype) / 3).contiguous():
                loss = function(a, b)
                loss.backward()
                print(name, view, loss.item(), digest(a.grad))
