# Two steps of SGD with momentum and weight decay: what the optimizer remembers
import torch
from torch import nn, optim

net = nn.Linear(3, 2)
net.weight.data = torch.tensor([[0.1, -0.2, 0.3], [-0.4, 0.5, -0.6]])
net.bias.data = torch.tensor([0.05, -0.05])
optimizer = optim.SGD(net.parameters(), lr=0.1, momentum=0.9, weight_decay=0.01)
loss = nn.CrossEntropyLoss(label_smoothing=0.1)

x = torch.tensor([[1.0, 2.0, 3.0], [0.5, -1.0, 0.0]])
y = torch.tensor([0, 1])

first = loss(net(x), y)
optimizer.zero_grad()
first.backward()
optimizer.step()

second = loss(net(x), y)
optimizer.zero_grad()
second.backward()
optimizer.step()
