import torch
from torch import nn

torch.set_default_dtype(torch.float64)
net = nn.Sequential(nn.Linear(2, 2), nn.LeakyReLU(0.1), nn.Linear(2, 1))
values = [[[0.1, 0.2], [0.3, -0.4]], [0.0, 0.1], [[0.5, -0.6]], [0.2]]
for p, v in zip(net.parameters(), values):
    p.data = torch.tensor(v)
x = torch.tensor([[1.0, 2.0], [-1.0, 0.5]])
y = torch.tensor([[1.0], [0.0]])
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for step in range(3):
    loss = nn.MSELoss()(net(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(f"step {step}: {loss.item():.12f}")
print(net[0].weight, net[2].bias, sep="\n")
