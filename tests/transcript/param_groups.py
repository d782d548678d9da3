import torch
import torch.nn as nn

torch.manual_seed(0)
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
print(len(opt.param_groups), opt.param_groups[0]["lr"], opt.param_groups[0])
x = torch.tensor([[1.0, 2.0]])
for epoch in range(4):
    opt.zero_grad()
    loss = net(x).pow(2).mean()
    loss.backward()
    opt.step()
    for group in opt.param_groups:
        group["lr"] *= 0.5
    print(epoch, opt.param_groups[0]["lr"], loss.item())
print(net.weight)
opt.param_groups[0]["lr"] = 1
opt.param_groups[0]["initial_lr"] = 0.1
opt.param_groups[0]["momentum"] = 0
opt.step()
print(net.weight)
print(opt)
print(opt.param_groups[0]["params"][0] is net.weight)
