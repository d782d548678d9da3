# Two small batches before a step, beside one large one
import torch
from torch import nn

x = torch.tensor([[1.0, -1.0], [0.5, 2.0]])
y = torch.tensor([[1.0], [0.0]])
net = nn.Linear(2, 1)
net.weight.data = torch.tensor([[0.2, -0.4]])
net.bias.data = torch.tensor([0.0])
loss_fn = nn.MSELoss()
for xi, yi in zip(x, y):
    loss = loss_fn(net(xi), yi) / 2
    loss.backward()
    print(loss.item(), net.weight.grad, net.bias.grad)
accumulated = net.weight.grad.clone()
net.zero_grad()
loss_fn(net(x), y).backward()
print(net.weight.grad)
print((accumulated - net.weight.grad).tolist())
