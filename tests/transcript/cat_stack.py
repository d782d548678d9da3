import torch
from torch import nn

a = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
b = torch.tensor([[5.0, 6.0]], requires_grad=True)
print(torch.cat([a, b]))
print(torch.cat((a, b.t()), dim=1))
print(torch.cat([a]), torch.concat([a, a], -1))
print(torch.cat([torch.tensor([]), torch.arange(3.0)]))
print(torch.cat([torch.tensor([1, 2]), torch.tensor([3])]), torch.cat([torch.tensor([True]), torch.tensor([False])]))
(torch.cat([b, a, b, b, a, b, a], dim=0) ** 2 * 0.1).sum().backward()
print(a.grad, b.grad)

rows = torch.stack([b[0], a[0], a[1]])
print(rows)
print(torch.stack((a, a * 2), dim=1), torch.stack([a, a], dim=-1).shape)
(rows * torch.tensor([[0.1, 0.7], [0.3, -0.2], [1.1, 0.9]])).mean().backward()
print(a.grad, b.grad)

# A tensor in several places: its gradients are added in the order of these.
x = torch.tensor([0.1, 0.3], requires_grad=True)
w = torch.tensor([1.0, 1e-7, 3e7, -1e-3, -3e7, 7.7, 0.3, 1e5, -1e5, 0.123, 1e7])
(torch.stack([x] * 11).t() * w).sum().backward()
print(x.grad)
x.grad = None
(torch.cat([x] * 11) * torch.cat([w, w])).sum().backward()
print(x.grad)

# An image and its label in one input.
torch.manual_seed(0)
net = nn.Linear(5, 2)
losses = []
for step in range(3):
    y = net(torch.cat([torch.ones(2, 3), torch.full((2, 2), 0.5)], dim=1))
    losses.append(y.pow(2).mean())
total = torch.stack(losses)
print(total, total.mean())
total.sum().backward()
print(net.bias.grad)
