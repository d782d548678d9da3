# Two networks under Adam, one with every option, and what the optimizers say of themselves
import torch
from torch import nn, optim

torch.manual_seed(5)
a = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
b = nn.Linear(2, 1)
first = optim.Adam(a.parameters())
second = optim.Adam(b.parameters(), 0.05, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.01,
                    amsgrad=True, maximize=True)
print(first, second, sep="\n")
print(optim.Adam, type(first) is optim.Adam)
x = torch.tensor([[1.0, 2.0], [3.0, -4.0], [-0.5, 0.25]])
y = torch.tensor([[1.0], [-1.0], [0.5]])
for step in range(30):
    first.zero_grad()
    second.zero_grad()
    loss = ((a(x) - y) ** 2).mean()
    gain = (torch.sigmoid(b(x)) * y).mean()
    loss.backward()
    gain.backward()
    first.step()
    second.step()
    if step % 10 == 0:
        print(step, loss.item(), gain.item())
    if step == 15:
        first.param_groups[0]["lr"] = 0.01
        second.param_groups[0]["betas"] = (0.5, 0.999)
for p in a.parameters():
    print(p.tolist())
print(b.weight.tolist(), b.bias.item())

# Parameters without a gradient stay; their first step corrects as a first step does
w = torch.tensor([1.0, -2.0], requires_grad=True)
v = torch.tensor(0.5, requires_grad=True)
optimizer = optim.Adam([w, v], lr=0.1)
(w * w).sum().backward()
optimizer.step()
print(w, v)
optimizer.zero_grad(set_to_none=True)
(w.sum() * v).backward()
optimizer.step()
print(w, v)

# Where the gradient is zero the averages go on, and nothing is divided by nothing
z = torch.zeros(3, requires_grad=True)
optimizer = optim.Adam([z])
for scale in (0.0, 1.0, 0.0):
    optimizer.zero_grad()
    (z * torch.tensor([0.0, 1.0, -1.0]) * scale).sum().backward()
    optimizer.step()
    print(z.tolist())

# float64
d = torch.tensor([0.5, 2.0], dtype=torch.float64, requires_grad=True)
optimizer = optim.Adam([d], lr=1, betas=(0, 0.5), eps=0)
for step in range(3):
    optimizer.zero_grad()
    (d ** 2).sum().backward()
    optimizer.step()
    print(d)
optimizer.param_groups[0]["lr"] = 0.25
optimizer.step()
print(d, optimizer.param_groups[0]["lr"], optimizer.param_groups[0]["betas"])
