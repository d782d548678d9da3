"""GELU of what does not stand one number behind the other in memory: not by oneDNN, and its tails follow the memory."""
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(3)
numbers = 2 * torch.randn(40, 37)

views = {
    "columns": numbers[:, :3],
    "wide": numbers[:, 2:35],
    "half": numbers.chunk(2, 1)[1],
    "steps": numbers[:, ::2],
    "transpose": numbers.t(),
    "narrow transpose": numbers[:7, :5].t(),
    "transposed columns": numbers[:5, :19].t(),
    "column": numbers[:, :1],
    "one": numbers[:1, :1],
    "steps of a row": numbers[0, ::3],
    "row repeated": numbers[0].expand(3, 37),
    "number repeated": numbers[0, 0].expand(21),
    "permuted": numbers[:, :36].reshape(40, 4, 9).permute(1, 2, 0),
    "rows": numbers[3:5],
    "vector as a column": numbers[0].unsqueeze(1),
}

for name, view in views.items():
    for form in "none", "tanh":
        x = view.detach().requires_grad_()
        y = F.gelu(x, approximate=form)
        print(name, form, y.is_contiguous(), y.flatten()[-24:].tolist())
        y.sum().backward()
        print(x.grad.flatten()[-24:].tolist())

# --- gradients of other layouts ---
x, target = numbers.t().detach().requires_grad_(), torch.randn(37, 40)
for weigh in (
    lambda y: y.sum(0).sum(),
    lambda y: y.mean(),
    lambda y: y[:, :20].sum(),
    lambda y: y.pow(2).sum(),
    lambda y: (2 * y).sum(),
    lambda y: torch.tanh(y).sum(),
    lambda y: (y * numbers.t()).sum(),
    lambda y: (y * target).sum(),
    lambda y: (y - target).pow(2).mean(),
    lambda y: y.sum(1).mul(numbers[0]).sum(),
    lambda y: (y.sum(0) * numbers[:, 1]).sum(),
    lambda y: (y.T @ numbers[0]).sum(),
    lambda y: (y.T * target.T).sum(),
    lambda y: (y @ numbers).sum(),
    lambda y: (y.T @ target).sum(),
    lambda y: F.mse_loss(y, target),
):
    gradient, = torch.autograd.grad(weigh(F.gelu(x)), x)
    print(gradient.flatten()[-24:].tolist())

# --- of a network ---
layer, head = nn.Linear(6, 21), nn.Linear(5, 2)
x = torch.randn(5, 6)
y = head(F.gelu(layer(x).T))
print(y.tolist())
y.pow(2).mean().backward()
for parameter in *layer.parameters(), *head.parameters():
    print(parameter.grad.tolist())

layer, head = nn.Linear(6, 21), nn.Linear(21, 2)
y = head(F.gelu(layer(x.detach()).T).T)
y.pow(2).mean().backward()
for parameter in *layer.parameters(), *head.parameters():
    print(parameter.grad.tolist())
layer = nn.Linear(6, 40)
gates, values = layer(x).chunk(2, 1)
(F.gelu(gates) * values).sum().backward()
print(layer.weight.grad.tolist(), layer.bias.grad.tolist())

# --- with a graph, and twice ---
x = numbers[:7, :3].t().detach().requires_grad_()
gradient, = torch.autograd.grad(F.gelu(x).sum(), x, create_graph=True)
print(gradient.tolist())
