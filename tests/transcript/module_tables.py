# The parts of a module by the names that nn.Module keeps them under.
import torch
import torch.nn as nn

torch.manual_seed(0)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(2, 3)
        self.b = nn.ReLU()
        self.scale = nn.Parameter(torch.ones(3))
        self.register_buffer('seen', torch.zeros(1))

    def forward(self, x):
        return self.b(self.a(x)) * self.scale


class Stack(nn.Module):
    def __init__(self, *modules):
        super().__init__()
        for i, module in enumerate(modules):
            self._modules[str(i)] = module

    def forward(self, x):
        for block in self._modules.values():
            x = block(x)
        return x

    def __len__(self):
        return len(self._modules)


net = Net()
print(net._modules, net._parameters, net._buffers)
for name, module in net._modules.items():
    print(name, type(module).__name__, module._parameters.keys())
print(list(net._modules), 'b' in net._modules, 'c' in net._modules, net._modules['a'], len(net._buffers))
print(net._modules.get('zz'), next(iter(net._modules.values())), bool(nn.ReLU()._modules))
print(type(net._modules), isinstance(net._parameters, dict), nn.Linear(1, 1, bias=False)._parameters['bias'])
net._modules['b'] = nn.Tanh()
net._buffers['seen'] = torch.ones(1)
net._parameters['scale'] = nn.Parameter(torch.zeros(3))
print(net, net.seen, net(torch.ones(1, 2)))
net._modules['last'] = nn.Identity()
print(net._modules.pop('last'), list(net._modules), [name for name, _ in net.named_parameters()])
del net._modules['b']
print(net)
try:
    net._modules['b']
except KeyError as error:
    print(error)
print(dict(net._modules), sorted(net._parameters))
stack = Stack(nn.Linear(2, 3), nn.Sigmoid(), nn.Linear(3, 1))
print(stack, len(stack), stack(torch.ones(1, 2)), len(list(stack.parameters())))
layers = nn.Sequential(nn.Linear(2, 2), nn.ReLU())
for i in torch.arange(2):
    print(i, layers[i])
scores = torch.tensor([1, 5])
print(nn.ModuleList([nn.ReLU(), nn.Tanh()])[scores.argmax()], layers[torch.tensor(-1)], layers._modules['0'])
