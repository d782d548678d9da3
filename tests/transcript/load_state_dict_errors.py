# What load_state_dict() says of keys and shapes that do not fit, and what it has loaded by then.
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, hidden=8):
        super().__init__()
        self.a = nn.Linear(2, hidden)
        self.body = nn.Sequential(nn.ReLU(), nn.Linear(hidden, 1, bias=False))
        self.register_buffer("scale", torch.ones(2))


torch.manual_seed(0)
for state in (
    Net().state_dict(),
    Net(9).state_dict(),
    {"a.weight": torch.zeros(8, 2)},
    {"weight": torch.zeros(1, 2), "a.weight": torch.zeros(2, 8), "a.bias": torch.zeros(8), "scale": torch.zeros(1, 2)},
    {**Net().state_dict(), "body.1.bias": torch.zeros(1), "z": torch.ones(1), "a.x": torch.ones(1), "c.weight": torch.ones(1)},
    nn.Linear(2, 2).state_dict(),
    {},
):
    for strict in (True, False):
        net = Net()
        for p in net.parameters():
            nn.init.ones_(p)
        try:
            print(net.load_state_dict(state, strict=strict))
        except RuntimeError as e:
            print(type(e).__name__, e)
        print(net.a.weight.sum().item(), net.a.bias.sum().item(), net.body[1].weight.sum().item(), net.scale)
try:
    nn.Linear(2, 1).load_state_dict({"weight": torch.zeros(1, 2)})
except Exception as e:
    print(e)
