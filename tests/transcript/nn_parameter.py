# A module with parameters of its own
import torch
from torch import nn


class Affine(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.tensor([1.0, 2.0]))
        self.shift = nn.Parameter(torch.zeros(2))

    def forward(self, x):
        return x * self.scale + self.shift


model = Affine()
print(model)
print(model.state_dict())
print(model.scale)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
x = torch.tensor([[1.0, -1.0], [0.5, 2.0]])
target = torch.tensor([[3.0, 0.0], [2.0, 1.0]])
for step in range(3):
    loss = ((model(x) - target) ** 2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(step, loss.item())
print(model.scale.data, model.shift.data)
