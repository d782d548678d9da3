# Functions that PyTorch makes of several operations: each hands its gradient to the input by itself,
# and what else came there was added before.
import torch
import torch.nn as nn
import torch.nn.functional as F

functions = [
    ("Softsign", lambda h, o: nn.Softsign()(h)),
    ("Tanhshrink", lambda h, o: F.tanhshrink(h)),
    ("cosine", lambda h, o: F.cosine_similarity(h, o)),
    ("cosine of itself", lambda h, o: F.cosine_similarity(h, h * 2)),
    ("cosine along 0", lambda h, o: nn.CosineSimilarity(dim=0)(h, o)),
    ("cosine with eps", lambda h, o: F.cosine_similarity(h, o, eps=3.0)),
    ("cosine with a row", lambda h, o: F.cosine_similarity(h, o[0])),
    ("pairwise", lambda h, o: F.pairwise_distance(h, o)),
    ("normalize", lambda h, o: F.normalize(h)),
    ("diff", lambda h, o: torch.diff(h)),
    ("diff twice", lambda h, o: torch.diff(h, n=2, dim=0)),
    ("trapezoid", lambda h, o: torch.trapezoid(h, o)),
    ("cumulative_trapezoid", lambda h, o: torch.cumulative_trapezoid(h, dim=0)),
]

# tanh and normal numbers of float64 may differ from one C library to the other
for dtype in (torch.float32, torch.float64):
    torch.manual_seed(0)
    x = torch.randn(4, 4).to(dtype).requires_grad_()
    w = torch.randn(4, 4).to(dtype).requires_grad_()
    for name, function in functions:
        if dtype == torch.float64 and name == "Tanhshrink":
            continue
        for early in (True, False):
            x.grad = w.grad = None
            h, o = x * 1.5, w * 0.7
            loss = (h * h * 0.3).sum() + (o * o * o).sum() if early else 0.0
            y = function(h, o)
            loss = loss + y.pow(3).sum() + (h / 3).sum() + (o / 3).sum()
            loss.backward()
            print(name, dtype, x.grad.tolist(), w.grad.tolist())

a = torch.tensor([0.5, -1.5, 0.0], requires_grad=True)
for y in (F.softsign(a), F.tanhshrink(a)):
    print(y, [f.name() for f, _ in y.grad_fn.next_functions])
    g, = torch.autograd.grad((y * y).sum(), a, create_graph=True)
    print(g)
    print(torch.autograd.grad(g.sum(), a))
print(nn.Sequential(nn.Softsign(), nn.Tanhshrink()))
