# Gradients of gradients: a Hessian row by row, third derivatives, Newton's method.
import torch
x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
f = (x ** 3).sum() + x[0] * x[1] * x[2]
g, = torch.autograd.grad(f, x, create_graph=True)
print(g)
rows = []
for i in range(3):
    row, = torch.autograd.grad(g[i], x, retain_graph=True)
    rows.append(row)
print(torch.stack(rows))
t = torch.tensor(0.5, requires_grad=True)
y = t ** 4
for order in range(5):
    y, = torch.autograd.grad(y, t, create_graph=True)
    print(order + 1, y)
    if not y.requires_grad:
        break
w = torch.tensor(3.0, requires_grad=True)
for step in range(6):
    value = w ** 4 - 3 * w ** 3 + 2
    first, = torch.autograd.grad(value, w, create_graph=True)
    second, = torch.autograd.grad(first, w)
    with torch.no_grad():
        w -= first / second
    print(step, w.item())
