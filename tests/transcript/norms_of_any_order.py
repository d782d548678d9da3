import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
for p in (3, 1.5, 0.5, -1, -2, 4, 10, 7.3, float('inf'), -float('inf')):
    for shape in ((1,), (5,), (3, 4), (2, 3, 4)):
        for dim in (None, 0, -1, (0, 1)):
            if dim == (0, 1) and len(shape) < 2:
                continue
            x = torch.randn(shape, requires_grad=True)
            y = x.norm(p) if dim is None else torch.norm(x, p, dim=dim, keepdim=True)
            (y * 1.25).sum().backward()
            print(p, shape, dim, y.tolist(), x.grad.tolist())
    a, b = torch.randn(4, 3, requires_grad=True), torch.randn(4, 3)
    for f in (
        lambda: F.normalize(a, p=p),
        lambda: F.pairwise_distance(a, b, p=p),
        lambda: nn.PairwiseDistance(p, keepdim=True)(a, b),
        lambda: torch.dist(a, b, p),
        lambda: torch.linalg.vector_norm(a, p, dim=(0, 1)),
        lambda: torch.linalg.norm(a, p, dim=1),
        lambda: F.triplet_margin_loss(a, b, b * 2, p=p),
    ):
        a.grad = None
        y = f()
        y.sum().backward()
        print(y, a.grad)
    w = torch.randn(3, 2, requires_grad=True)
    v = torch.randn(2, requires_grad=True)
    ((w @ v) ** 2).sum().backward()
    print(nn.utils.clip_grad_norm_([w, v], 0.5, norm_type=p), w.grad, v.grad)

# Zeros, and several that are as large.
for p in (3, 1.5, 0.5, float('inf'), -float('inf')):
    x = torch.tensor([0.0, -2.0, 1.0, 0.0, 2.0], requires_grad=True)
    x.norm(p).backward()
    print(p, x.grad)
    x = torch.zeros(3, requires_grad=True)
    x.norm(p).backward()
    print(p, x.grad)
x = torch.tensor([0.0, -2.0, float('nan')], requires_grad=True)
x.norm(float('inf')).backward()
print(x.norm(float('inf')), x.grad, x.norm(0), x.norm(3))
print(torch.tensor([[0.0, 1.0], [0.0, 0.0]]).norm(0, dim=1), torch.ones(0).norm(3))
print(torch.norm(torch.tensor([3.0, 4.0]), None))

# Gradients of gradients.
for p in (3, 1.5, 4, -1, float('inf')):
    x = torch.tensor([1.0, -2.0, 0.5], requires_grad=True)
    (g,) = torch.autograd.grad(x.norm(p), x, create_graph=True)
    (h,) = torch.autograd.grad((g * torch.tensor([1.0, 2.0, 3.0])).sum(), x)
    print(p, g, h)
