"""Changes in place, one after the other: PyTorch keeps a copy of what a step replaced."""
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
for step in ["sin_()", "log1p_()", "erf_()", "abs_()", "square_()", "pow_(3)", "clamp_(0.4, 0.6)",
             "clamp_min_(0.5)", "mul_(w)", "div_(w)", "log_()", "neg_()", "add_(w)", "sub_(w)"]:
    for after in ["cos_()", "mul_(2)", "tanh_()"]:
        x = torch.rand(2, 2).requires_grad_()
        w = (torch.rand(2, 2) + 0.3).requires_grad_()
        y = x * 1.5
        for method in (step, after):
            name, _, rest = method.partition("(")
            argument = {"": [], "3": [3], "2": [2], "0.5": [0.5], "w": [w],
                        "0.4, 0.6": [0.4, 0.6]}[rest.rstrip(")")]
            getattr(y, name)(*argument)
        y.pow(2).sum().backward()
        print(step, after, x.grad, w.grad)

x = torch.ones(2, requires_grad=True)
nn.ReLU(True)(nn.SiLU(True)(x * 2)).sum().backward()
print(x.grad)
x = torch.ones(2, requires_grad=True)
nn.ReLU6(True)(nn.Hardtanh(inplace=True)(x * 2)).sum().backward()
print(x.grad)
for act in (nn.Mish(True), nn.Hardswish(True), nn.Hardsigmoid(True), nn.Threshold(0.1, 0.2, True)):
    x = torch.tensor([-0.5, 0.05, 1.5], dtype=torch.float64, requires_grad=True)
    y = act(x * 2)
    y *= 3
    y.sum().backward()
    print(act, x.grad)

model = nn.Sequential(nn.Linear(2, 2), nn.SiLU(inplace=True), nn.Linear(2, 2),
                      nn.Hardtanh(inplace=True), nn.ReLU6(True), nn.PReLU())
model(torch.ones(1, 2)).sum().backward()
print(model[-1].weight.grad, model[0].weight.grad)

x = torch.randn(2, 3, requires_grad=True)
y = x * 2
y -= y.sum(0) / 2
y /= (x * 2).std(0)
y.backward(torch.tensor([[1.0, 2.0, 3.0], [0.0, 1.0, 0.0]]))
print(x.grad)

# in a part of a tensor
x = torch.rand(2, 2).requires_grad_()
y = x * 1.5
y[0].sin_()
y[:, 1] *= x[:, 0]
y.view(-1).log1p_()
y.T.mul_(3)
y.sum().backward()
print(y, x.grad)
