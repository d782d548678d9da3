"""Sums and their kin of what does not stand one number behind the other: they follow the memory."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F


def digest(t):
    """A number that every bit of t has part in, or of a hundred numbers of it."""
    d = 0
    for v in t.flatten()[:: 1 + t.numel() // 100].tolist():
        m, e = math.frexp(v) if math.isfinite(v) else (0.5, v > 0)
        d = (d * 29 + int(m * 2**53) + e) % (2**56 - 5)
    return d


torch.manual_seed(5)
numbers, others = 2 * torch.randn(60, 45), 2 * torch.randn(45, 60).t()

views = {
    "columns": lambda t: t[:, :19],
    "steps": lambda t: t[::2, ::2],
    "transpose": lambda t: t[:21, :9].t(),
    "transposed": lambda t: t.t(),
    "few columns": lambda t: t[:, 3:6],
    "transposed columns": lambda t: t[:, 3:43].t(),
    "repeated": lambda t: t[0].expand(30, 45),
    "repeated column": lambda t: t[:, :1].expand(60, 20),
    "plane": lambda t: t[:, :40].reshape(60, 20, 2)[:, :, 1],
    "rows": lambda t: t[::3],
}

reductions = {
    "sum": lambda x: x.sum(),
    "sum 0": lambda x: x.sum(0),
    "sum 1": lambda x: x.sum(1),
    "mean": lambda x: x.mean(),
    "mean 0": lambda x: x.mean(0),
    "mean 1": lambda x: x.mean(1, keepdim=True),
    "var": lambda x: x.var(),
    "std 0": lambda x: x.std(0),
    "var 1": lambda x: x.var(1),
    "norm": lambda x: x.norm(),
    "norm 0": lambda x: x.norm(dim=0),
    "norm 1": lambda x: x.norm(dim=1),
    "1-norm": lambda x: x.norm(p=1),
    "logsumexp 0": lambda x: x.logsumexp(0),
    "logsumexp 1": lambda x: x.logsumexp(1),
    "einsum j": lambda x: torch.einsum("ij->j", x),
    "mean of squares": lambda x: (x * x).mean(),
    "normalize": lambda x: F.normalize(x, dim=0),
    "softmax": lambda x: F.softmax(x, 0),
    "layer norm": lambda x: F.layer_norm(x, x.shape[1:]),
}

for dtype in torch.float32, torch.float64:
    for name, function in reductions.items():
        for view in list(views)[:: 1 if dtype == torch.float32 else 3]:
            x = views[view](numbers.to(dtype)).detach().requires_grad_()
            y = function(x)
            (y * y.detach().sin()).sum().backward()
            print(name, view, digest(y), digest(x.grad), y.flatten()[-2:].tolist())

# --- three dimensions, and the gradient of what is broadcast ---
cube = numbers[:, :36].reshape(60, 4, 9)
for order in (0, 1, 2), (2, 0, 1), (1, 2, 0), (2, 1, 0):
    x = cube.permute(order)
    for dims in 0, 1, 2, (0, 1), (0, 2), (1, 2):
        print(order, dims, digest(x.sum(dims)), digest(x[1:, :3].mean(dims)), digest(x.std(dims)), digest(x[:, :, ::2].norm(dim=dims)))

for view in views:
    x = views[view](numbers)
    row = torch.randn(x.shape[1]).requires_grad_()
    column = torch.randn(x.shape[0], 1).requires_grad_()
    for weigh in (lambda y: y.sum(), lambda y: y.mean(), lambda y: (y * x).sum(), lambda y: y.t().sin().sum()):
        row.grad = column.grad = None
        weigh(torch.sigmoid(x + row) * column).backward()
        print(view, digest(row.grad), digest(column.grad))

# --- as scripts have it ---
layer, target = nn.Linear(7, 23), torch.randn(23, 30)
loss = F.mse_loss(layer(numbers[:30, 5:12]).T, target)
loss.backward()
print(loss.item(), digest(layer.weight.grad), layer.bias.grad.tolist())
print(numbers.T.sum().item(), numbers[:, ::2].mean().item(), numbers[:, 3].sum().item(), numbers[:, 3].std().item())

# --- over what has one number ---
for view in views:
    x = views[view](numbers)[:7, :12]
    print(x.unsqueeze(0).sum(0).flatten()[:8].tolist(), x.unsqueeze(1).mean(1, keepdim=True).flatten()[-3:].tolist(), digest(x[:, None].norm(dim=1)))
