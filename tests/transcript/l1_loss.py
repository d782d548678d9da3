# L1Loss, its gradients of input and target, and the ways to join its elements.
import torch
import torch.nn as nn
import torch.nn.functional as F

x = torch.tensor([[0.2, 1.9, -3.0], [4.0, 0.5, 0.3]], requires_grad=True)
t = torch.tensor([[0.0, 2.0, -3.0], [1.0, 0.1, 0.7]], requires_grad=True)
for reduction in ("mean", "sum", "none"):
    criterion = nn.L1Loss(reduction=reduction)
    x.grad = t.grad = None
    loss = criterion(x, t)
    loss.backward(torch.full_like(loss, 0.3))
    print(criterion, loss, loss.tolist())
    print(x.grad.tolist(), t.grad.tolist())
print(nn.L1Loss()(x, t.detach()).item(), F.l1_loss(x, t), F.l1_loss(x[0], t[0], reduction="sum"))
print(F.l1_loss(x.double(), t.double()))

# other types, which are promoted; integers have no mean
print(F.l1_loss(x, torch.tensor([[1, 2, 3], [4, 5, 6]])), F.l1_loss(x, t.double()))
print(F.l1_loss(torch.tensor([1, 2, 3]), torch.tensor([1, 2, 5]), reduction="sum"))
# two shapes, and a loss before the last line
wide = F.l1_loss(x, t[0])
(2 * wide).backward()
print(wide, x.grad, t.grad)
# gradients of gradients, and where x is the target
y = torch.tensor([1.5, -2.0, 0.0], requires_grad=True)
g, = torch.autograd.grad(nn.L1Loss()(y ** 3, torch.zeros(3)), y, create_graph=True)
g.sum().backward()
print(g, y.grad)
