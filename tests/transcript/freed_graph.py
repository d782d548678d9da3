# What is differentiated again without retain_graph: only where the first time nothing was read.
import torch
x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
w = torch.ones(2, 3)
b = torch.ones(2, requires_grad=True)
for y in [x + 1, x - 2, -x, 2 - x, x.sum(), x.mean(), x.view(3, 1), torch.cat([x, x]), x[1], x.clone(), x.sum(0), torch.nn.functional.linear(w, w.T @ w, None), torch.nn.functional.linear(w, torch.ones(2, 3), b), x.double(), torch.add(x, x, alpha=2)]:
    if y.requires_grad:
        y.backward(torch.ones_like(y))
        y.backward(torch.ones_like(y))
print(x.grad, b.grad)
