import torch
from torch import nn

torch.manual_seed(0)
class Net(nn.Module):
    hidden = 3
    size: int = 2
    def __init__(self):
        super().__init__()
        self.l = nn.Linear(self.size, self.hidden)
    @property
    def out(self):
        return self.l.out_features
    @staticmethod
    def act(x):
        return torch.relu(x)
    @classmethod
    def build(cls):
        return cls()
    def forward(self, x):
        return self.act(self.l(x))
class Net2(Net):
    hidden = 5
n = Net2.build()
print(n, n.out, Net2.hidden, Net.hidden, n(torch.ones(1, 2)).shape)
print(hasattr(n, "l"), hasattr(n, "weight"), hasattr(n.l, "weight"))
for m in n.modules():
    if hasattr(m, "bias"): print("has")
print(isinstance(n, nn.Module), issubclass(Net, nn.Module), issubclass(nn.Linear, nn.Module))
