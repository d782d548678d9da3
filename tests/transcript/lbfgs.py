"""LBFGS: fixed steps and the line search of Wolfe, its limits, its state, and what it refuses."""
import torch
from torch import nn, optim
from torch.nn import functional as F

w = torch.ones(2, requires_grad=True)
opt = optim.LBFGS([w], lr=0.5, max_iter=5)
print(opt)


def closure():
    opt.zero_grad()
    loss = ((w - torch.tensor([3.0, -1.0])) ** 2 * torch.tensor([1.0, 10.0])).sum()
    loss.backward()
    return loss


for i in range(4):
    print(i, opt.step(closure), w)
    print(opt.state_dict())

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
x, y = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]]), torch.tensor([[0.0], [1], [1], [0]])
for options in (
    dict(),
    dict(line_search_fn="strong_wolfe"),
    dict(lr=0.1, max_iter=3, history_size=2),
    dict(history_size=3, line_search_fn="strong_wolfe", max_iter=7, tolerance_grad=1e-3),
    dict(line_search_fn="strong_wolfe", max_eval=6, tolerance_change=1e-4),
):
    for dtype in (torch.float32, torch.float64):
        net.to(dtype)
        for p in net.parameters():
            nn.init.uniform_(p, -1, 1)
        opt = optim.LBFGS(net.parameters(), **options)
        calls = 0

        def evaluate():
            global calls
            calls += 1
            opt.zero_grad()
            loss = F.mse_loss(net(x.to(dtype)), y.to(dtype))
            loss.backward()
            return loss

        for i in range(6):
            print(i, opt.step(evaluate).item(), calls)
        state = opt.state[net[0].weight]
        print(list(net.parameters()))
        print(list(state.keys()), state["func_evals"], state["n_iter"], state["t"], state["H_diag"])


def rosenbrock(v):
    return (1 - v[0]) ** 2 + 100 * (v[1] - v[0] ** 2) ** 2


for search in (None, "strong_wolfe"):
    v = torch.tensor([-1.5, 2.0], requires_grad=True)
    opt = optim.LBFGS([v], lr=1 if search else 0.01, line_search_fn=search, max_iter=10)

    def valley():
        opt.zero_grad()
        loss = rosenbrock(v)
        loss.backward()
        return loss

    for _ in range(12):
        print(opt.step(valley).item(), v.tolist())
    print(opt)


class Loud(optim.LBFGS):
    def step(self, closure):
        print("step")
        return super().step(closure)


a, b, unused = torch.ones(2, 2, requires_grad=True), torch.zeros(1, requires_grad=True), torch.ones(1, requires_grad=True)
opt = Loud([a, b, unused], lr=0.9)


def two():
    opt.zero_grad()
    loss = ((a @ torch.tensor([[1.0, 2.0], [3.0, 4.0]]) + b - 1) ** 2).sum() + a.exp().sum()
    loss.backward()
    return loss


for _ in range(3):
    print(opt.step(two))
print(a, b, unused, isinstance(opt, optim.LBFGS), type(opt).__name__)
kept, opt = opt.state_dict(), Loud([a, b, unused], lr=0.9)
opt.load_state_dict(kept)
print(opt.step(two), a)


def broken():
    raise KeyError("no loss")


for make in (
    lambda: optim.LBFGS([{"params": [w]}, {"params": [a]}]),
    lambda: optim.LBFGS([w]).step(),
    lambda: optim.LBFGS([w], line_search_fn="armijo").step(lambda: (w**2).sum()),
    lambda: optim.LBFGS([w]).step(broken),
    lambda: optim.SGD([w], lr=0.1).step(broken),
):
    try:
        make()
    except (ValueError, TypeError, RuntimeError, KeyError) as e:
        print(type(e).__name__, e)
print((w * 2).requires_grad)
