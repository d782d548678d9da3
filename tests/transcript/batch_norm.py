import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
bn = nn.BatchNorm1d(3)
print(bn, bn.num_features, bn.eps, bn.momentum, bn.affine, bn.track_running_stats)
print(list(bn.state_dict()), [name for name, _ in bn.named_parameters()], bn.num_batches_tracked)
with torch.no_grad():
    bn.weight.copy_(torch.randn(3))
    bn.bias.copy_(torch.randn(3))
x = torch.randn(8, 3, requires_grad=True)
for m in (bn, nn.BatchNorm1d(3, eps=0.1, momentum=0.5, affine=False), nn.BatchNorm1d(3, momentum=None),
          nn.BatchNorm1d(3, track_running_stats=False)):
    for mode in (True, True, False):
        m.train(mode)
        y = m(x)
        print(y)
        x.grad = None
        (y * torch.arange(24.0).view(8, 3)).sum().backward()
        print(x.grad, [p.grad for p in m.parameters()])
        print(m.running_mean, m.running_var, m.num_batches_tracked)
z = torch.randn(4, 3, 9)
bn.train()
print(bn(z)[1], bn.running_mean, bn.running_var)
try:
    bn(torch.randn(1, 3))
except ValueError as error:
    print(error)
try:
    bn(torch.randn(3))
except ValueError as error:
    print(error)
mean, var = torch.zeros(3), torch.ones(3)
print(F.batch_norm(x, mean, var, bn.weight, bn.bias, training=True, momentum=0.2).sum(), mean, var)
print(F.batch_norm(x, mean, var)[0], F.batch_norm(x.double(), None, None, training=True)[1])
net = nn.Sequential(nn.Linear(3, 7), nn.BatchNorm1d(7), nn.ReLU(), nn.Linear(7, 2))
print(net)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
t = torch.tensor([0, 1, 1, 0, 1, 0, 0, 1])
for step in range(4):
    net.train()
    loss = F.cross_entropy(net(x.detach()), t)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    net.eval()
    with torch.no_grad():
        print(step, loss.item(), F.cross_entropy(net(x), t).item())
for name, value in net.state_dict().items():
    print(name, value)

# What PyTorch raises.
batch = nn.BatchNorm1d(3)
for bad in (
    torch.randn(3),
    torch.randn(2, 4),
    torch.randn(1, 3),
    torch.randn(2, 3).double(),
    torch.ones(2, 3, dtype=torch.long),
):
    try:
        batch(bad)
    except (ValueError, RuntimeError) as error:
        print(type(error).__name__, error)
for kept in ((None, None), (torch.zeros(2), torch.ones(2))):
    try:
        F.batch_norm(torch.randn(4, 3), *kept)
    except RuntimeError as error:
        print(error)

# From the beginning once more.
batch(torch.randn(4, 3) + 1)
print(batch.running_mean, batch.num_batches_tracked)
batch.reset_running_stats()
print(batch.running_mean, batch.running_var, batch.num_batches_tracked)
with torch.no_grad():
    batch.weight.fill_(2)
batch.reset_parameters()
print(batch.weight, batch.bias)

# A gradient that is one number in memory, and an input that lies by columns.
x = torch.randn(5, 3, requires_grad=True)
batch(x).sum().backward()
print(x.grad, batch.weight.grad)
sequences = torch.randn(2, 4, 3)
print(batch(sequences.transpose(1, 2)).transpose(1, 2))
