import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.optim import ASGD

torch.manual_seed(0)
x, t = torch.randn(5, 3), torch.randn(5, 1)
MAKERS = [
    lambda p: torch.optim.NAdam(p),
    lambda p: torch.optim.NAdam(p, lr=0.01, weight_decay=0.1),
    lambda p: torch.optim.NAdam([{'params': p, 'lr': 0.1}], betas=(0.5, 0.6), momentum_decay=0.1),
    lambda p: ASGD(p),
    lambda p: ASGD(p, lr=0.1, t0=3, lambd=1e-3, alpha=0.5, weight_decay=0.1),
]
for make in MAKERS:
    net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))
    opt = make(net.parameters())
    schedule = torch.optim.lr_scheduler.StepLR(opt, 3)
    print(type(opt).__name__, isinstance(opt, torch.optim.Optimizer))

    def closure():
        opt.zero_grad()
        loss = F.mse_loss(net(x), t)
        loss.backward()
        return loss

    for _ in range(5):
        print(opt.step(closure).item())
        schedule.step()
    print(net[0].weight.tolist(), schedule.get_last_lr())
    state = opt.state_dict()['state'][3]
    print({k: v.tolist() for k, v in state.items()})
    opt.load_state_dict(opt.state_dict())
    opt.step()
    print(net[2].bias)

w = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
opt = torch.optim.NAdam([w], lr=0.1)
for _ in range(3):
    opt.zero_grad()
    (w ** 2).sum().backward()
    opt.step()
print(w, opt.state[w])
for wrong in (dict(lr=-1), dict(eps=-1), dict(betas=(1, 0)), dict(weight_decay=-1), dict(momentum_decay=-1.0)):
    try:
        torch.optim.NAdam([w], **wrong)
    except ValueError as e:
        print(e)
for wrong in (dict(lr=-1), dict(weight_decay=-1)):
    try:
        ASGD([w], **wrong)
    except ValueError as e:
        print(e)
