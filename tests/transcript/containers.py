import torch
import torch.nn as nn
from collections import OrderedDict

torch.manual_seed(2)


def attempt(function):
    try:
        function()
    except (AttributeError, IndexError, KeyError, RuntimeError, TypeError, ValueError) as error:
        print(type(error).__name__, error)


# Sequential, changed and added to.
m = nn.Sequential(nn.Linear(2, 3), nn.ReLU())
m.append(nn.Linear(3, 1))
m.insert(1, nn.Tanh())
m.extend([nn.Sigmoid(), nn.Identity()])
print(m, len(m), m[1:3], m[::2], m[-1])
print(m.pop(1), m)
del m[0]
print(m)
m[0] = nn.GELU()
print(m, list(m.state_dict()), m[0] in m, [type(part).__name__ for part in reversed(m)])
del m[1:3]
print(m)
a = nn.Sequential(nn.Linear(2, 3), nn.ReLU())
b = nn.Sequential(nn.Linear(3, 1))
both = a + b
print(both, list(both.state_dict()), both(torch.ones(1, 2)))
a += b
print(a, b * 2, 2 * b)
b *= 3
print(b)
for bad in (
    lambda: a + [1],
    lambda: a + nn.ReLU(),
    lambda: a * 0,
    lambda: a[9],
    lambda: a["x"],
    lambda: a.insert(99, nn.ReLU()),
    lambda: nn.ReLU()[0],
):
    attempt(bad)
m = nn.Sequential(OrderedDict([("a", nn.Linear(2, 2)), ("b", nn.ReLU()), ("c", nn.Linear(2, 1))]))
print(m[1:], m[-1:])
attempt(lambda: m.insert(1, nn.Tanh()))
del m[1]
print(m)

# ModuleList.
modules = nn.ModuleList(nn.Linear(2, 2) for _ in range(3))
modules.append(nn.ReLU())
modules.insert(0, nn.Tanh())
modules += [nn.Sigmoid()]
print(modules, len(modules), modules[1:3])
print(modules.pop(-1), len(modules))
del modules[1:3]
print(modules, modules + [nn.ReLU()])
for name, p in modules.named_parameters():
    print(name, p.shape)
attempt(lambda: modules[7])
attempt(lambda: modules.append(3))

# ModuleDict.
d = nn.ModuleDict({"lin": nn.Linear(2, 3), "act": nn.ReLU()})
print(d, len(d), "lin" in d, "x" in d, list(d.keys()), list(d))
for key, part in d.items():
    print(key, part)
for key in d:
    print(key, d[key])
for part in d.values():
    print(part)
d["new"] = nn.Tanh()
d.update({"z": nn.Linear(1, 1)})
print(d.pop("act"), d)
del d["new"]
print(d, list(d.state_dict()))
attempt(lambda: d["nope"])
for name in ("keys", 1, "a.b"):
    try:
        d[name] = nn.ReLU()
    except (KeyError, TypeError) as error:
        print(error)
d.clear()
print(d, len(d), type(d))
print(nn.ModuleDict([["lrelu", nn.LeakyReLU()], ("prelu", nn.PReLU())]))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.acts = nn.ModuleDict({"relu": nn.ReLU(), "tanh": nn.Tanh()})
        self.layers = nn.ModuleDict()
        for i in range(2):
            self.layers[f"fc{i}"] = nn.Linear(3, 3)

    def forward(self, x, act):
        for name, layer in self.layers.items():
            x = self.acts[act](layer(x))
        return x


net = Net()
y = net(torch.ones(1, 3), "tanh")
print(net, y)
y.sum().backward()
for name, p in net.named_parameters():
    print(name, p.grad)
print([name for name, _ in net.named_modules()], net.layers.fc1)

# ParameterList and ParameterDict.
p = nn.ParameterList([nn.Parameter(torch.randn(2, 3)) for _ in range(2)])
p.append(torch.ones(1))
p.extend([nn.Parameter(torch.zeros(()))])
print(p, len(p), p[0], p[-1], p[1:3])
for x in p:
    print(x.shape, x.requires_grad)
p[1] = torch.ones(2)
p += [torch.ones(3).double()]
print(p, list(p.state_dict()), nn.ParameterList())
attempt(lambda: p[9])
attempt(lambda: p())
d = nn.ParameterDict({"w": nn.Parameter(torch.ones(2, 3)), "b": torch.zeros(3)})
print(d, len(d), "w" in d, list(d.keys()), list(d))
for key, x in d.items():
    print(key, x.shape)
d["c"] = torch.ones(1)
print(d["w"], d.get("x"), d.get("c"), d.w)
print(d.pop("c"), list(d.state_dict()), d.popitem())
print(d.setdefault("q", torch.ones(2)), d.copy())
d.update({"r": torch.ones(1)})
del d["q"]
print(d, nn.ParameterDict(OrderedDict([("z", torch.ones(1)), ("a", torch.ones(2))])))
attempt(lambda: d["nope"])

# Parts by their paths.
m = nn.Sequential(nn.Linear(2, 2))
for path in ("nope", "0.nope", "q.nope"):
    attempt(lambda: m.get_submodule(path))
    attempt(lambda: m.get_parameter(path))
    attempt(lambda: m.get_buffer(path))
attempt(lambda: m.get_submodule("0.weight"))
attempt(lambda: m.get_parameter("0"))

# Copies have parts of their own.
import copy

d = nn.ModuleDict({"lin": nn.Linear(1, 1), "act": nn.ReLU()})
other = copy.deepcopy(d)
with torch.no_grad():
    other["lin"].weight.fill_(3)
print(other, len(other), list(other), other["lin"].weight, d["lin"].weight.item() == 3)
p = copy.deepcopy(nn.ParameterList([torch.ones(2)]))
print(p, len(p), p[0])
