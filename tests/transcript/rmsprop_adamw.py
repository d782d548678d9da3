"""RMSprop and AdamW: every option, the states of each in both types, and their text."""
import torch
from torch import nn, optim

torch.set_printoptions(precision=8)
for dtype in (torch.float32, torch.float64):
    for make in (lambda p: optim.RMSprop(p), lambda p: optim.RMSprop(p, lr=0.05, alpha=0.9),
                 lambda p: optim.RMSprop(p, 0.1, 0.5, 1e-3, 0.01, 0.9, True),
                 lambda p: optim.RMSprop(p, centered=True, maximize=True),
                 lambda p: optim.RMSprop(p, momentum=0.5),
                 lambda p: optim.AdamW(p), lambda p: optim.AdamW(p, lr=0.1, amsgrad=True),
                 lambda p: optim.AdamW(p, 0.05, (0.8, 0.95), 1e-3, 0.5),
                 lambda p: optim.AdamW(p, weight_decay=0, maximize=True)):
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
                opt.param_groups[0]['lr'] *= 0.5
        print(opt)
        print(loss, net.weight, net.bias)
