# Vanishing and exploding gradients, symmetry, Xavier's initial weights; log-sum-exp.
import torch
from torch import nn

x = torch.arange(-8.0, 8.0, 0.5, requires_grad=True)
y = torch.sigmoid(x)
y.backward(torch.ones_like(x))
print(y.detach())
print(x.grad.numpy())

torch.manual_seed(4)
M = torch.normal(0, 1, size=(4, 4))
print('a single matrix \n', M)
for i in range(100):
    M = torch.mm(M, torch.normal(0, 1, size=(4, 4)))
print('after multiplying 100 matrices\n', M)
M = torch.normal(0, 1, size=(4, 4))
for i in range(100):
    M = M @ torch.normal(0, 0.1, size=(4, 4))
print(M)

# what passes through thirty layers, by activation
for act in (nn.Sigmoid(), nn.Tanh(), nn.ReLU()):
    layers = []
    for i in range(30):
        layer = nn.Linear(8, 8)
        nn.init.xavier_uniform_(layer.weight)
        nn.init.zeros_(layer.bias)
        layers += [layer, act]
    net = nn.Sequential(*layers)
    net(torch.randn(4, 8)).sum().backward()
    sizes = [m.weight.grad.norm().item() for m in net if isinstance(m, nn.Linear)]
    print(type(act).__name__, ' '.join(f'{s:.3e}' for s in sizes[::6]))

# units that begin alike stay alike
net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))
for p in net.parameters():
    nn.init.constant_(p, 0.25)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
X, t = torch.randn(6, 3), torch.randn(6, 1)
for _ in range(5):
    optimizer.zero_grad()
    nn.functional.mse_loss(net(X), t).backward()
    optimizer.step()
print(net[0].weight, (net[0].weight == net[0].weight[0]).all())

# overflow of the naive softmax, and the way around it
o = torch.tensor([[100.0, 2.0, -50.0], [1.0, 2.0, 3.0]])
naive = torch.exp(o) / torch.exp(o).sum(1, keepdim=True)
print(naive)
o_bar = o.max(dim=1, keepdim=True)[0]
log_softmax = o - o_bar - torch.log(torch.exp(o - o_bar).sum(1, keepdim=True))
print(log_softmax, log_softmax.exp())
print(torch.log_softmax(o, dim=1) - log_softmax)
# variance is kept by Xavier's weights
for n_in, n_out in [(16, 16), (64, 16)]:
    w = nn.init.xavier_normal_(torch.empty(n_out, n_in))
    print(f'{(w @ torch.randn(n_in, 200)).var().item():.4f} {(2 / (n_in + n_out)) ** 0.5:.4f} {w.std():.4f}')
