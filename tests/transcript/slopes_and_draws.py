import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
x = torch.randn(4, 6, requires_grad=True)
for act in (nn.RReLU(), nn.RReLU(0.1, 0.3), nn.RReLU().eval()):
    x.grad = None
    y = act(x)
    (y * y).sum().backward()
    print(act, y, x.grad)
print(F.rrelu(x.detach()), F.rrelu(torch.randn(20, dtype=torch.float64), training=True))
special = torch.tensor([1.0, -1.0, float('nan'), 0.0])
print(F.rrelu(special), F.rrelu(special, 0.5, 0.5, True))
try:
    F.rrelu(x, 0.5, 0.1, True)
except RuntimeError as e:
    print(e)

for options in (dict(), dict(tau=0.5, hard=True), dict(hard=True, dim=0)):
    x.grad = None
    y = F.gumbel_softmax(x, **options)
    (y * torch.arange(6.0)).sum().backward()
    print(y, x.grad)
z = torch.randn(2, 3, 2, 2, requires_grad=True)
y = nn.Softmax2d()(z)
(y ** 2).sum().backward()
print(nn.Softmax2d(), y, z.grad)

# What meets where PyTorch expands it to the shape it has
a, p, n = (torch.randn(4, 5, requires_grad=True) for _ in range(3))
(F.cosine_similarity(a, n) - F.cosine_similarity(a, p)).sum().backward()
print(a.grad.tolist())
