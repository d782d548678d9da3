# Optimizers that derive from those of torch.optim, and constructors called by the name of the class.
import torch
from torch import nn, optim
from torch.optim.optimizer import Optimizer


class Loud(optim.SGD):
    def step(self, closure=None):
        print("step", self.param_groups[0]["lr"])
        return super().step(closure)


class Clipped(optim.Adam):
    def __init__(self, params, lr=1e-2, limit=0.5):
        super().__init__(params, lr=lr)
        self.steps = 0
        self.defaults["limit"] = limit
        for group in self.param_groups:
            group["limit"] = limit

    @torch.no_grad()
    def step(self, closure=None):
        self.steps += 1
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    p.grad.clamp_(-group["limit"], group["limit"])
        return super().step(closure)

    def zero_grad(self, set_to_none=False):
        print("zero_grad")
        super(Clipped, self).zero_grad(set_to_none)


class Again(Clipped):
    pass


class Named(optim.RMSprop):
    def __init__(self, params):
        optim.RMSprop.__init__(self, params, lr=0.5, alpha=0.5)

    def step(self):
        optim.RMSprop.step(self)


class Sign(Optimizer):
    def __init__(self, params, lr=0.1):
        Optimizer.__init__(self, params, dict(lr=lr))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                p.sub_(p.grad.sign(), alpha=group["lr"])


class Net(nn.Module):
    def __init__(self):
        nn.Module.__init__(self)
        self.layer = nn.Linear(2, 1)

    def forward(self, x):
        return self.layer(x)


torch.manual_seed(0)
x, y = torch.randn(4, 2), torch.randn(4, 1)
for make in (
    lambda p: Loud(p, lr=0.1, momentum=0.9),
    Clipped,
    lambda p: Again(p, limit=0.01),
    Named,
    Sign,
):
    net = Net()
    opt = make(net.parameters())
    for _ in range(3):
        opt.zero_grad()
        loss = ((net(x) - y) ** 2).mean()
        loss.backward()
        opt.step()
        print(loss.item())
    print(net.layer.weight, net.layer.bias)
    print(opt, type(opt).__name__, [issubclass(type(opt), c) for c in (optim.SGD, optim.Adam, Clipped, optim.Optimizer)])
    print([isinstance(opt, c) for c in (optim.SGD, optim.Adam, optim.RMSprop, Clipped, Sign, optim.Optimizer)])
    schedule = optim.lr_scheduler.StepLR(opt, 1, gamma=0.5)
    opt.step()
    schedule.step()
    print(opt.state_dict())
    new = make(net.parameters())
    new.load_state_dict(opt.state_dict())
    new.add_param_group({"params": [torch.ones(1, requires_grad=True)], "lr": 3})
    print(new)

print(Clipped(Net().parameters()).step(lambda: torch.tensor(2.0)), opt.defaults)
print([p.shape for p in nn.Module.parameters(net)], nn.Module.train(net, False).training)
try:
    Loud(net.parameters(), lr=-1)
except ValueError as e:
    print(e)
