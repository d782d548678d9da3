import torch
import torch.nn.functional as F
from torch import nn

x = torch.tensor([[0.5, -1.0, 3.0], [0.25, 2.0, -0.75]], requires_grad=True)
t = torch.tensor([[0.0, 1.0, 2.0], [0.25, 1.5, 1.0]], requires_grad=True)
for loss_fn in [nn.SmoothL1Loss(), nn.SmoothL1Loss(reduction="sum"), nn.SmoothL1Loss(beta=0.1),
                nn.SmoothL1Loss(None, None, "sum", 2.5), nn.SmoothL1Loss(beta=0)]:
    x.grad, t.grad = None, None
    loss = loss_fn(x, t)
    loss.backward()
    print(loss_fn, loss_fn.reduction, loss_fn.beta, loss, loss.item(), loss.grad_fn.name())
    print(x.grad, t.grad)
print(nn.SmoothL1Loss(reduction="none")(x, t))
print(F.smooth_l1_loss(x, t), F.smooth_l1_loss(x, t, None, None, "sum", 0.5))
print(F.smooth_l1_loss(x, t, beta=3).item(), F.smooth_l1_loss(x, t, reduction="none", beta=0.0))
print(F.smooth_l1_loss(input=x.double(), target=t.double(), reduction="none", beta=0.7))

torch.manual_seed(1)
net = nn.Sequential(nn.Linear(1, 4), nn.Tanh(), nn.Linear(4, 1))
inputs = torch.linspace(-1, 1, 5).view(5, 1)
targets = torch.tensor([[1.0], [0.3], [0.0], [0.2], [9.0]])
optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
criterion = nn.SmoothL1Loss(beta=0.5)
for epoch in range(3):
    optimizer.zero_grad()
    loss = criterion(net(inputs), targets)
    loss.backward()
    optimizer.step()
    print(epoch, loss.item(), net[2].weight.grad)
