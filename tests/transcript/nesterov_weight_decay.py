import torch
from torch import nn

x = torch.tensor([[0.5, -0.5]])
for momentum, decay, nesterov in [(0.0, 0.1, False), (0.5, 0.0, True), (0.9, 0.01, True)]:
    layer = nn.Linear(2, 1)
    layer.weight.data = torch.tensor([[0.3, 0.7]])
    layer.bias.data = torch.tensor([0.1])
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1, momentum=momentum,
                                weight_decay=decay, nesterov=nesterov)
    for step in range(3):
        optimizer.zero_grad()
        loss = ((layer(x) - 1) ** 2).sum()
        loss.backward()
        optimizer.step()
        print(step, loss.item())
    print(layer.weight.data, layer.bias.data)
