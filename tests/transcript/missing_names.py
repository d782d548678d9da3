"""Names that PyTorch lacks, too: a script may catch that, and ask for a name before it uses it."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(1, 1)


net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for look in [lambda: torch.foo, lambda: torch.ones(1).foo, lambda: nn.Foo, lambda: F.bar,
             lambda: nn.Linear(1, 1).foo, lambda: nn.Parameter(torch.ones(1)).foo,
             lambda: nn.Sequential().foo, lambda: nn.ReLU().weight, lambda: optimizer.foo,
             lambda: nn.init.foo, lambda: nn.utils.foo, lambda: torch.ones(1).numppy(),
             lambda: net.weight, lambda: torch.optim.Foo]:
    try:
        look()
    except AttributeError as e:
        print(type(e).__name__, e)
print(hasattr(torch, "foo"), hasattr(torch, "compile"), hasattr(nn, "Foo"))
print(hasattr(torch.ones(1), "foo"), hasattr(torch.ones(1), "grad"))
print(hasattr(net, "weight"), hasattr(net, "layer"), getattr(net, "foo", 3))
for layer in nn.Sequential(nn.Linear(1, 1), nn.ReLU()):
    print(hasattr(layer, "weight"), hasattr(layer, "reset_parameters"), hasattr(layer, "bias"))
