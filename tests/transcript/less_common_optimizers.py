"""Adagrad, Adamax, Adadelta, RAdam and Rprop: every option, their states in both types, their text,
groups, state_dict() and what they refuse."""
import torch
from torch import nn, optim

torch.set_printoptions(precision=8)
makes = (
    lambda p: optim.Adagrad(p),
    lambda p: optim.Adagrad(p, 0.1, 0.2, 0.01, 0.5, 1e-3),
    lambda p: optim.Adagrad(p, lr=0.5, maximize=True),
    lambda p: optim.Adamax(p),
    lambda p: optim.Adamax(p, 0.1, (0.8, 0.95), 1e-3, 0.5),
    lambda p: optim.Adamax(p, lr=0.05, maximize=True),
    lambda p: optim.Adadelta(p),
    lambda p: optim.Adadelta(p, 0.5, 0.7, 1e-3, 0.1),
    lambda p: optim.Adadelta(p, rho=0.5, maximize=True),
    lambda p: optim.RAdam(p),
    lambda p: optim.RAdam(p, 0.1, (0.8, 0.95), 1e-3, 0.5),
    lambda p: optim.Rprop(p),
    lambda p: optim.Rprop(p, 0.1, (0.25, 2.0), (0.01, 0.2), maximize=True),
)
for dtype in (torch.float32, torch.float64):
    for make in makes:
        torch.manual_seed(5)
        net = nn.Linear(3, 2).to(dtype)
        x, t = torch.randn(4, 3).to(dtype), torch.randn(4, 2).to(dtype)
        opt = make(net.parameters())
        for step in range(12):
            loss = ((net(x) - t) ** 2).mean()
            opt.zero_grad()
            loss.backward()
            opt.step()
            if step == 5:
                opt.param_groups[0]["lr"] *= 0.5
                kept = opt.state_dict()
                opt = make(net.parameters())
                opt.load_state_dict(kept)
        print(opt)
        print(loss, net.weight, net.bias)
        if dtype == torch.float32:
            print(opt.state_dict())

w, v = torch.ones(2, requires_grad=True), torch.zeros(1, requires_grad=True)
for make in (optim.Adagrad, optim.Adamax, optim.Adadelta, optim.RAdam, optim.Rprop):
    opt = make([{"params": [w]}, {"params": [v], "lr": 0.5}])
    print(opt.state_dict(), isinstance(opt, optim.Optimizer), type(opt))
    (w * w).sum().backward()
    opt.step()
    print(w, v, w in opt.state, v in opt.state)
opt = optim.Adagrad([w])
opt.add_param_group({"params": v})
v.sum().backward()
for make in (
    lambda: opt.step(),
    lambda: optim.Adagrad([w], lr_decay=-1),
    lambda: optim.Adagrad([w], initial_accumulator_value=-0.5),
    lambda: optim.Adagrad([w], eps=-1e-10),
    lambda: optim.Adamax([w], betas=(1.0, 0.9)),
    lambda: optim.Adadelta([w], rho=1.5),
    lambda: optim.RAdam([w], lr=-1),
    lambda: optim.Rprop([w], etas=(0.5, 0.9)),
    lambda: optim.Rprop([w], lr=-0.1),
    lambda: optim.Adadelta([w], lr=-1, rho=1.5),
    lambda: optim.Rprop([w], lr=-0.1, etas=(0.5, 0.9)),
):
    try:
        make()
    except (ValueError, KeyError) as e:
        print(type(e).__name__, e)
