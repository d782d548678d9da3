import torch
import torch.nn.functional as F

torch.manual_seed(3)
x = torch.tensor([[1.0, 2.0, 3.0]])
w = torch.tensor([[0.1, 0.2, 0.3], [-0.3, -0.2, -0.1]], requires_grad=True)
b = torch.tensor([0.5, -0.5], requires_grad=True)
print(F.linear(x, w))
out = F.linear(x, w, b)
print(out)
print(F.linear(x, weight=w, bias=None).detach())
print(F.dropout(x, p=0.5))
print(F.dropout(x, 0.5, training=False))
print(F.dropout(torch.ones(2, 4), p=0.25, training=True))
print(torch.dropout(torch.ones(5), 0.5, True), torch.dropout(torch.ones(5), 0.5, train=False))
out.sum().backward()
print(w.grad, b.grad, sep="\n")
