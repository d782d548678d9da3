# KLDivLoss: probabilities or their logarithms as targets, and the ways to join its elements.
import warnings
import torch
import torch.nn as nn
import torch.nn.functional as F

warnings.filterwarnings("ignore")  # that 'mean' is not the mean over the batch
scores = torch.tensor([[0.2, 1.9, -3.0], [4.0, 0.5, 0.3]], requires_grad=True)
shares = torch.tensor([[0.5, 0.25, 0.25], [0.9, 0.0, 0.1]], requires_grad=True)
logs = torch.tensor([[-0.5, -1.25, -2.25], [-0.9, -3.0, -0.0]], requires_grad=True)
for dtype in (torch.float32, torch.float64):
    for log_target in (False, True):
        for reduction in ("mean", "batchmean", "sum", "none"):
            scores.grad = logs.grad = None
            t = logs if log_target else logs.exp()
            criterion = nn.KLDivLoss(reduction=reduction, log_target=log_target)
            loss = criterion(F.log_softmax(scores.to(dtype), dim=1), t.to(dtype))
            loss.backward(torch.full_like(loss, 0.3))
            print(criterion, loss, loss.tolist() if dtype == torch.float32 else "")
            print(scores.grad.tolist(), logs.grad)

# a target of zeros, whose own gradient is nan there
x = F.log_softmax(scores, dim=1)
print(F.kl_div(x, shares.detach(), reduction="batchmean"), F.kl_div(x, shares[:1], reduction="none"))
scores.grad = None
F.kl_div(x, shares, reduction="batchmean").backward()
print(scores.grad.tolist(), shares.grad)
print(F.kl_div(x, shares.detach()), nn.KLDivLoss()(x[0], shares[0].detach()))
print(F.kl_div(x[0], shares[0], reduction="batchmean"), F.kl_div(x[0, 0], shares[0, 0], reduction="batchmean"))

# one target for all rows
shares.grad = None
F.kl_div(F.log_softmax(scores, dim=1), shares[:1], reduction="sum").backward()
print(shares.grad)

# xlogy
a = torch.tensor([0.0, 0.0, 0.5, 0.0, 1.0, 2.0], requires_grad=True)
b = torch.tensor([0.0, 1.0, 0.0, -1.0, 2.0, float("nan")], requires_grad=True)
y = torch.xlogy(a, b)
y.backward(torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0, 0.0]))
print(y, y.tolist(), a.grad, b.grad, a.xlogy(b))
a = torch.tensor([[0.3], [2.0]], dtype=torch.float64, requires_grad=True)
b = torch.tensor([0.7, 3.0], dtype=torch.float64, requires_grad=True)
ga, gb = torch.autograd.grad(torch.xlogy(a, b).sum(), [a, b], create_graph=True)
print(ga, gb)
print(torch.autograd.grad((ga * ga).sum() + (gb * gb).sum(), [a, b]))
