# PyTorch warns of a target of another shape, and broadcasts.
import torch
import torch.nn.functional as F
from torch import nn

x = torch.tensor([[0.3], [0.9]], requires_grad=True)
y = torch.tensor([0.6, 0.1])
for loss in [nn.MSELoss(), nn.HuberLoss(), nn.SmoothL1Loss(), nn.MSELoss(reduction="sum")]:
    x.grad = None
    l = loss(x, y)
    print(l)
    l.backward()
    print(x.grad)
print(F.mse_loss(x, y, reduction="none"), F.huber_loss(x, y, reduction="none", delta=0.2))
print(F.smooth_l1_loss(x, torch.tensor(0.5)), F.mse_loss(torch.tensor(0.5), x), F.mse_loss(x, x))
w = torch.ones(2, 3, requires_grad=True)
F.mse_loss(w, torch.tensor([1.0, 2.0, 4.0])).backward()
print(w.grad)
