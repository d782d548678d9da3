# Batch norm in float64, to the last bit: widths and lengths that fill no whole vector.
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)


def normal(*sizes):
    return torch.randn(sizes, dtype=torch.float32).double()  # the same with every C library


for samples, channels in ((4, 3), (2, 1), (5, 6), (3, 9)):
    x = normal(samples, channels).requires_grad_()
    norm = nn.BatchNorm1d(channels)
    y = norm(x)
    y.pow(3).sum().backward()
    print(x.grad.tolist())
    print(norm.weight.grad.tolist(), norm.bias.grad.tolist())

for samples, channels, length in ((1, 2, 3), (2, 3, 5), (3, 5, 9), (2, 2, 4)):
    x = normal(samples, channels, length).requires_grad_()
    running = torch.zeros(channels), torch.ones(channels)
    y = F.batch_norm(x, *running, training=True)
    y.pow(3).sum().backward()
    print(y.tolist())
    print(running[1].tolist())
    print(x.grad.tolist())

x = normal(6, 3)
target = normal(6, 2)
model = nn.Sequential(nn.Linear(3, 5), nn.BatchNorm1d(5), nn.ReLU(), nn.Linear(5, 2)).double()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for step in range(3):
    optimizer.zero_grad()
    loss = nn.MSELoss()(model(x), target)
    loss.backward()
    optimizer.step()
    print(loss.item())
print(model[0].weight.tolist())
print(model[1].running_var.tolist())
