# Only the head learns
import torch
from torch import nn

torch.manual_seed(6)
body = nn.Linear(3, 2)
head = nn.Linear(2, 1)
for p in body.parameters():
    p.requires_grad = False
optimizer = torch.optim.SGD(head.parameters(), lr=0.2)
x = torch.tensor([[1.0, -2.0, 0.5]])
before = body.weight.clone()
for step in range(3):
    out = head(torch.relu(body(x)))
    loss = (out - 1) ** 2
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(step, out.item(), loss.item())
print(body.weight.grad, (body.weight == before).sum().item())
print(body.weight, head.weight, sep="\n")
