import copy
import warnings

import torch
import torch.nn as nn

# Backward hooks of modules that take and return several tensors.
torch.manual_seed(0)


def show(name):
    def hook(module, grad_input, grad_output):
        print(name, type(module).__name__)
        print(' in ', grad_input)
        print(' out', grad_output)

    return hook


class Gate(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 2)

    def forward(self, x, gate):
        return self.linear(x) * gate


class Pair(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 2)

    def forward(self, x, scale=1):
        h = self.linear(x) * scale
        return h.relu(), h.argmax(), h.tanh(), scale


x = torch.randn(2, 3, requires_grad=True)
gate = torch.randn(2, 2, requires_grad=True)
m = Gate()
handle = m.register_full_backward_hook(show('both'))
m(x, gate).pow(2).sum().backward()
print(x.grad, gate.grad)
m(x.detach(), gate).sum().backward()
m(x.detach(), gate.detach()).sum().backward()
m(x, x[:, :2]).sum().backward()
out = m(x, gate)
print(out)
handle.remove()
out.sum().backward(retain_graph=True)
out.sum().backward()
again = copy.deepcopy(m)
again.register_full_backward_hook(lambda m, gi, go: (gi[0] * 2, gi[1] * 3))
again.register_full_backward_hook(lambda m, gi, go: [gi[0] + 1, None])
x.grad = gate.grad = None
again(x, gate).sum().backward()
print(x.grad, gate.grad)

p = Pair()
p.register_full_backward_hook(show('pair'))
a, i, b, scale = p(x, 3)
print(a, i, b, scale)
(a * b).sum().backward()
p(x)[0].sum().backward()
p(x.detach())[2].sum().backward()
with torch.no_grad():
    print(p(x))

loss = nn.MSELoss()
loss.register_full_backward_hook(show('loss'))
loss(x, torch.zeros(2, 3)).backward()
loss = nn.CrossEntropyLoss()
loss.register_full_backward_hook(show('loss'))
loss(x, torch.tensor([2, 0])).backward()
for returned in ((None,), (None, None, None)):
    m = Gate()
    m.register_full_backward_hook(lambda *given: returned)
    try:
        m(x, gate).sum().backward()
    except RuntimeError as error:
        print(error)
m = Gate()
m.register_full_backward_hook(lambda m, gi, go: go)
try:
    m(x.detach(), gate.detach()).sum().backward()
except RuntimeError as error:
    print(error)

# The hooks of before see what the last node hands on, which PyTorch warns of.
warnings.simplefilter('ignore')
net = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2, bias=False), nn.LogSoftmax(1))
for module in (*net, net):
    module.register_backward_hook(show('old'))
net(x)[:, 0].sum().backward()
net.zero_grad()
net(x.detach()).mean().backward()
for module in (nn.Tanh(), nn.Dropout(0.5), nn.LayerNorm(3), nn.Softplus(), nn.Flatten()):
    module.register_backward_hook(show('old'))
    module(x).square().sum().backward()
loss = nn.MSELoss()
loss.register_backward_hook(show('old'))
loss(x, torch.ones(2, 3)).backward()
linear = nn.Linear(3, 2)
handle = linear.register_backward_hook(lambda m, gi, go: (gi[0] * 2, None, gi[2] * 3))
linear.register_backward_hook(show('changed'))
x.grad = None
linear(x).sum().backward()
print(x.grad, linear.bias.grad, linear.weight.grad)
handle.remove()
try:
    linear.register_full_backward_hook(print)
except RuntimeError as error:
    print(error)
