import torch
import torch.nn as nn


class Normalise(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.register_buffer('mean', torch.zeros(size))
        self.register_buffer('steps', torch.tensor(0))
        self.register_buffer('scratch', torch.ones(size), persistent=False)
        self.register_buffer('nothing', None)
        self.register_parameter('scale', nn.Parameter(torch.ones(size)))
        self.register_parameter('shift', None)
        self.add_module('inner', nn.Linear(size, 2, bias=False))

    def forward(self, x):
        if self.training:
            self.mean = 0.9 * self.mean + 0.1 * x.mean(0)
            self.steps += 1
        return self.inner((x - self.mean) * self.scale)


torch.manual_seed(1)
m = Normalise(3)
print(m)
x = torch.randn(4, 3)
y = m(x)
y.sum().backward()
print(m.mean, m.steps, m.nothing, m.shift)
print(m.scale.grad)
print(m.state_dict())
print([n for n, _ in m.named_buffers()], [n for n, _ in m.named_parameters()])
print([n for n, _ in m.named_buffers(prefix='p')], [n for n, _ in m.named_parameters('q', recurse=False)])
print(len(list(m.buffers())), len(list(m.parameters(recurse=False))))
print(sum(p.numel() for p in m.parameters()), sum(b.numel() for b in m.buffers(recurse=False)))
outer = nn.Sequential(m, nn.ReLU())
print(list(outer.state_dict()))
print([n for n, _ in outer.named_buffers()], list(outer.buffers(recurse=False)))
print(outer.get_submodule('0.inner'), outer.get_parameter('0.scale'), outer.get_buffer('0.steps'))
print(outer.get_submodule('') is outer)
other = nn.Sequential(Normalise(3), nn.ReLU())
print(other.load_state_dict(outer.state_dict()))
print(other[0].mean, other[0].steps)
other.eval()
print(other(x))
other.double()
print(other[0].mean.dtype, other[0].steps.dtype, other[0].scratch.dtype)
m.mean.fill_(7)
print(m.mean, outer.state_dict()['0.mean'])
m.mean = None
print(list(m.state_dict()), m.mean)
try:
    m.mean = 3.0
except TypeError as e:
    print(e)
try:
    m.register_buffer('inner', torch.zeros(1))
except KeyError as e:
    print(e)
try:
    m.register_buffer('a.b', torch.zeros(1))
except KeyError as e:
    print(e)
try:
    m.register_buffer('b', [1.0])
except TypeError as e:
    print(e)
m.scratch = nn.Parameter(torch.zeros(2))
print(list(m.state_dict()), [n for n, _ in m.named_buffers()])
