import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, sizes=(2, 3, 1)):
        super().__init__()
        self.fc1 = nn.Linear(sizes[0], sizes[1])
        self.fc2 = nn.Linear(sizes[1], sizes[2])
        self.apply(self.init)

    def init(self, module):
        if isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight)
            nn.init.zeros_(module.bias)
        else:
            print("not a layer of weights")

    def forward(self, x):
        return torch.sigmoid(self.fc2(torch.relu(self.fc1(x))))


torch.manual_seed(123)
mlp = MLP()
print(mlp.fc1.weight, mlp.fc2.weight, sep="\n")
print(mlp(torch.tensor([[1.0, -2.0]])).item())
print(isinstance(mlp, MLP), isinstance(mlp, nn.Module), isinstance(mlp.fc1, nn.ReLU))
