import torch
from torch.nn import *
from torch.nn.functional import *
from torch.optim import *
from random import *
from math import *
seed(1)
torch.manual_seed(0)
class Net(Module):
    def __init__(self):
        super().__init__()
        self.l = Sequential(Linear(2, 3), ReLU(), Linear(3, 1))
    def forward(self, x): return self.l(x)
n = Net()
o = SGD(n.parameters(), lr=0.1)
l = mse_loss(n(torch.ones(1, 2)), torch.zeros(1, 1))
l.backward(); o.step()
print(l, relu(torch.tensor(-1.)), randint(1, 5), sqrt(4), n)
