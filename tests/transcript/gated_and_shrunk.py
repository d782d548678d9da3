import torch
import torch.nn as nn
import torch.nn.functional as F

x = torch.tensor([[-1.5, -0.5, -0.2, 0.0, 0.5, 0.75], [2.0, 1.0, -3.0, 0.25, -0.75, 0.5]], requires_grad=True)
for act in (nn.GLU(), nn.GLU(dim=0), nn.GLU(-2), nn.Hardshrink(), nn.Hardshrink(lambd=0.2)):
    x.grad = None
    y = act(x)
    (y * y).sum().backward()
    print(act, y, x.grad)
print(F.glu(x), F.glu(x, 0), F.glu(x, dim=1).shape)
print(F.hardshrink(x), F.hardshrink(x, 1.0), torch.hardshrink(x), x.hardshrink(0.1))
for wrong in (torch.ones(3), torch.tensor(1.0)):
    try:
        F.glu(wrong)
    except RuntimeError as e:
        print(e)
y, = torch.autograd.grad((F.hardshrink(x) ** 3).sum(), x, create_graph=True)
print(y, torch.autograd.grad(y.sum(), x))


class Gated(nn.Module):
    def __init__(self):
        super().__init__()
        self.wide = nn.Linear(6, 8)
        self.out = nn.Linear(4, 1)

    def forward(self, x):
        return self.out(F.glu(self.wide(x), dim=-1))


torch.manual_seed(0)
net = Gated()
net(x).sum().backward()
print(net, net.wide.weight.grad)
