import torch
from torch import nn, optim

torch.manual_seed(10)
net = nn.Linear(3, 1)
optimizer = optim.SGD(net.parameters(), lr=0.01, momentum=0.9)
x = torch.tensor([[1.0, 2.0, 3.0], [0.0, -1.0, 1.0], [2.0, 0.5, -1.0]])
y = torch.tensor([[1.0], [0.0], [-1.0]])
criterion = nn.MSELoss()
for step in range(6):
    loss = criterion(net(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(f"{step:02d} {loss.item():.6f} {loss.item()}")
print(net.weight, net.bias, sep="\n")
