# Parameter groups, what an optimizer keeps, closures of any kind, and an optimizer of the script.
import torch
import torch.nn as nn
import torch.optim as optim

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
x, y = torch.randn(4, 2), torch.randn(4, 1)


def fit(opt, steps=2):
    for _ in range(steps):
        opt.zero_grad()
        loss = ((net(x) - y) ** 2).mean()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 0.5)
        opt.step()
    print(loss.item(), net[2].weight, net[0].bias)


groups = [{"params": net[0].parameters()}, {"params": net[2].weight, "lr": 0.5, "momentum": 0}]
opt = optim.SGD(groups, lr=0.1, momentum=0.9)
opt.add_param_group({"params": [net[2].bias], "weight_decay": 0.25})
print(opt, len(opt.param_groups), opt.param_groups[0] is groups[0])
fit(opt)
scheduler = optim.lr_scheduler.StepLR(opt, 2, gamma=0.5)
for epoch in range(3):
    fit(opt)
    scheduler.step()
    print(scheduler.get_last_lr(), [g["lr"] for g in opt.param_groups])
scheduler = optim.lr_scheduler.LambdaLR(opt, [lambda e: 0.9**e, lambda e: 1.0, lambda e: 0.5**e])
fit(opt)
scheduler.step()
print(scheduler.get_last_lr())
print(opt.state_dict())
print(opt.defaults)
print(opt.state[net[2].weight], opt.state[net[2].bias]["momentum_buffer"], len(opt.state))
print(opt.state[net[0].bias].keys(), net[0].bias in opt.state)
buf = opt.state[net[2].bias]["momentum_buffer"]
fit(opt, 1)
print(buf, buf is opt.state[net[2].bias]["momentum_buffer"])

other = optim.SGD([{"params": net[0].parameters()}, {"params": net[2].weight}, {"params": [net[2].bias]}], lr=1.0)
other.load_state_dict(opt.state_dict())
print(other)
buf.zero_()
fit(other)
print(other.state_dict()["state"][3])
print(optim.SGD([{"params": net[0].parameters(), "lr": 0.1}, {"params": net[2].parameters(), "lr": 0.2}]))

for make in (
    lambda p: optim.Adam(p, lr=0.1),
    lambda p: optim.Adam(p, amsgrad=True, weight_decay=0.1),
    lambda p: optim.AdamW(p, lr=0.1),
    lambda p: optim.RMSprop(p, lr=0.1),
    lambda p: optim.RMSprop(p, lr=0.1, momentum=0.5, centered=True),
):
    opt = make(p for p in net[2].parameters())
    print(opt.state, opt.state_dict())
    fit(opt, 3)
    print(opt.state_dict())
    again = make(net[2].parameters())
    again.load_state_dict(opt.state_dict())
    fit(again, 1)
    print(list(again.param_groups[0].keys()), again.state[net[2].bias])
    print(again.defaults)


class Plain(optim.Optimizer):
    def __init__(self, params, lr=0.1, decay=0.0):
        if lr < 0:
            raise ValueError(f"Invalid learning rate: {lr}")
        super().__init__(params, dict(lr=lr, decay=decay))

    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if len(state) == 0:
                    state["step"] = 0
                    state["average"] = torch.zeros_like(p)
                state["step"] += 1
                state["average"].mul_(0.5).add_(p.grad)
                p.add_(state["average"], alpha=-group["lr"])
        return loss


own = Plain([{"params": net[0].parameters()}, {"params": net[2].parameters(), "lr": 0.01}])
fit(own)
print(own, own.state_dict(), isinstance(own, optim.Optimizer), type(own).__name__)
sched = optim.lr_scheduler.ExponentialLR(own, 0.5)
fit(own)
sched.step()
print(own.param_groups[0]["lr"], own.param_groups[1]["lr"])


class Closure:
    def __init__(self, o):
        self.o = o

    def __call__(self):
        self.o.zero_grad()
        loss = ((net(x) - y) ** 2).mean()
        loss.backward()
        return loss

    def run(self):
        return self()


def nested(o):
    def inner():
        return Closure(o)()

    return inner


for o in (own, optim.SGD(net.parameters(), lr=0.1)):
    print(o.step(Closure(o)), o.step(Closure(o).run), o.step(lambda: Closure(o)()), o.step(nested(o)))

w = torch.ones(2, requires_grad=True)
for make in (
    lambda: optim.SGD([w], lr=-0.1),
    lambda: optim.SGD([w], lr=0.1, momentum=-1),
    lambda: optim.SGD([w], lr=0.1, weight_decay=-0.5),
    lambda: optim.SGD([w], lr=0.1, nesterov=True),
    lambda: optim.Adam([w], lr=-1),
    lambda: optim.Adam([w], eps=-1e-8),
    lambda: optim.Adam([w], betas=(1.0, 0.9)),
    lambda: optim.AdamW([w], betas=(0.9, -1)),
    lambda: optim.Adam([w], weight_decay=-1),
    lambda: optim.RMSprop([w], alpha=-1),
    lambda: optim.SGD([{"params": [w]}, {"params": [w]}], lr=0.1),
    lambda: optim.SGD([w * 2], lr=0.1),
    lambda: optim.SGD(w, lr=0.1),
    lambda: optim.SGD([1.0], lr=0.1),
    lambda: optim.SGD([], lr=0.1),
    lambda: optim.SGD([{"params": {w}}], lr=0.1),
    lambda: optim.SGD([w], lr=0.1).add_param_group([w]),
    lambda: Plain([w]).load_state_dict(own.state_dict()),
    lambda: Plain([w]).load_state_dict(optim.SGD([w, torch.ones(1)], lr=0.1).state_dict()),
    lambda: Plain([w], lr=-0.1),
):
    try:
        make()
    except (ValueError, TypeError, AssertionError) as e:
        print(type(e).__name__, e)
