import torch
import torch.nn as nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2))
seen = {}


def keep(name):
    def hook(module, inputs, output):
        seen[name] = output.detach()
        print(name, type(module).__name__, len(inputs), inputs[0].shape, output.shape)

    return hook


handles = [m.register_forward_hook(keep(f'layer{i}')) for i, m in enumerate(net)]
x = torch.randn(5, 3)
y = net(x)
print(seen['layer1'][0])
for h in handles:
    h.remove()
y = net(x)


def double(module, inputs):
    print('pre', len(inputs))
    return inputs[0] * 2


def tripled(module, inputs):
    return (inputs[0] * 1.5,)


def clamp(module, inputs, output):
    return output.clamp(min=0.0)


net[0].register_forward_pre_hook(double)
net[0].register_forward_pre_hook(tripled)
h = net[2].register_forward_hook(clamp)
net[2].register_forward_hook(lambda m, i, o: print('then', o.min().item() >= 0))
y = net(x)
print(y)
y.sum().backward()
print(net[0].weight.grad)
h.remove()


# backward hooks
net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2))


def show(name):
    def hook(module, grad_input, grad_output):
        print(name, type(grad_input), len(grad_output))
        print(' in ', grad_input)
        print(' out', grad_output)

    return hook


for i, m in enumerate(net):
    m.register_full_backward_hook(show(i))
out = net(x[:2])
print(out)
out.pow(2).mean().backward()
print(net[0].weight.grad)
x2 = x[:2].clone().requires_grad_()
net.zero_grad()
net(x2).sum().backward()
print(x2.grad)


def halve(module, grad_input, grad_output):
    return (grad_input[0] * 0.5,)


class Scale(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Parameter(torch.tensor([2.0, 3.0]))

    def forward(self, x, shift=0.0):
        return self.a * x + shift


s = Scale()
h = s.register_full_backward_hook(halve)
t = torch.tensor([1.0, -1.0], requires_grad=True)
s(t * 2, shift=1.0).sum().backward()
print(t.grad, s.a.grad)
h.remove()
print(s(t))
with torch.no_grad():
    s.register_full_backward_hook(show('never'))
    print(s(t))


# The hooks of tensors come before those of the module, whenever they are registered.
class Halved(nn.Module):
    def forward(self, x):
        x.register_hook(lambda g: g * 10)
        y = x * 2
        y.register_hook(lambda g: g + 1)
        return y


m = Halved()
m.register_full_backward_hook(lambda m, gi, go: print('module', gi, go))
x = torch.tensor([1.0, 2.0], requires_grad=True)
x.register_hook(lambda g: print('x', g))
y = m(x)
y.retain_grad()
y.register_hook(lambda g: g / 2)
y.sum().backward()
print(x.grad, y.grad)
