import torch
from torch.autograd.function import Function
from torch.nn.modules import Module, Sequential
from torch.nn.modules.activation import Softmax2d, Tanh
from torch.nn.modules.linear import Linear
from torch.nn.modules.loss import MSELoss, SoftMarginLoss
from torch.nn.parameter import Parameter
from torch.optim.nadam import NAdam
from torch.optim.sgd import SGD

print(Function, Module, Sequential, Softmax2d, Tanh, Linear, SoftMarginLoss, Parameter, NAdam, SGD)
print(Module is torch.nn.Module, Linear is torch.nn.Linear, SGD is torch.optim.SGD)


class Scale(Module):
    def __init__(self, dtype: torch.dtype = torch.float32):
        super().__init__()
        self.factor = Parameter(torch.ones(1, dtype=dtype))

    def forward(self, x):
        return x * self.factor


net = Sequential(Scale(), Linear(2, 1, bias=False))
torch.nn.init.constant_(net[1].weight, 0.5)
optimizer = SGD(net.parameters(), lr=0.1)
loss = MSELoss()(net(torch.tensor([[1.0, 2.0]])), torch.zeros(1, 1))
loss.backward()
optimizer.step()
print(loss.item(), [p.tolist() for p in net.parameters()])
