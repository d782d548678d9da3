# One script, several runs, and a table of their results
import torch
from torch import nn


def run(lr, steps=10):
    layer = nn.Linear(1, 1, bias=False)
    nn.init.constant_(layer.weight, 3.0)
    optimizer = torch.optim.SGD(layer.parameters(), lr=lr)
    x = torch.tensor([[1.0]])
    for step in range(steps):
        optimizer.zero_grad()
        loss = (layer(x) ** 2).sum()
        loss.backward()
        optimizer.step()
    return loss.item()


print(f"{'lr':>6} | {'loss':>12}")
print("-" * 21)
for lr in (0.01, 0.1, 0.5, 1.0, 1.1):
    print(f"{lr:6.2f} | {run(lr):12.6g}")
print(f"{run(0.1, steps=2)}")
