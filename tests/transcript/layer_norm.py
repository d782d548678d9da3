import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
ln = nn.LayerNorm(5)
print(ln, ln.normalized_shape, ln.eps, ln.elementwise_affine, list(ln.state_dict()))
print(nn.LayerNorm((3, 5), eps=0.1), nn.LayerNorm([5], elementwise_affine=False))
with torch.no_grad():
    ln.weight.copy_(torch.randn(5))
    ln.bias.copy_(torch.randn(5))
x = torch.randn(4, 3, 5, requires_grad=True)
for m in (ln, nn.LayerNorm((3, 5), eps=0.1), nn.LayerNorm(5, elementwise_affine=False)):
    y = m(x)
    print(y)
    x.grad = None
    (y * torch.arange(60.0).view(4, 3, 5)).sum().backward()
    print(x.grad)
    print([p.grad for p in m.parameters()])
d = nn.LayerNorm(4, dtype=torch.float64)
print(d(torch.randn(2, 4, dtype=torch.float64)))
print(F.layer_norm(x[0, 0], (5,)).detach(), F.layer_norm(x, [5], ln.weight, None, 0.5)[1, 1])
w = torch.randn(2, 300)
print(F.layer_norm(w, (300,)).std(dim=1, unbiased=False), F.layer_norm(w, (300,))[0, 200].item())
net = nn.Sequential(nn.Linear(5, 7), nn.LayerNorm(7), nn.GELU(), nn.Linear(7, 2))
print(net)
optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
t = torch.tensor([0, 1, 1, 0])
for step in range(4):
    loss = F.cross_entropy(net(x[:, 0]), t)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(step, loss.item())
print(net[1].weight, net[1].weight.grad, net[1].bias.grad)

# What PyTorch raises.
norm = nn.LayerNorm([2, 3])
for bad in (torch.randn(3), torch.randn(4, 3, 2), torch.randn(2, 3).double(), torch.ones(2, 3, dtype=torch.long)):
    try:
        norm(bad)
    except RuntimeError as error:
        print(error)
for shape, weight in (((3,), torch.ones(2)), (3, None)):
    try:
        F.layer_norm(torch.randn(2, 3), shape, weight)
    except (RuntimeError, TypeError) as error:
        print(error)
print(nn.LayerNorm(3)(torch.zeros(0, 3)))
