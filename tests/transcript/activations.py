# The activations that are one formula each: their texts, results, gradients and nodes.
import torch
import torch.nn as nn
import torch.nn.functional as F

x = torch.tensor([-7.0, -2.5, -1.0, -0.3, 0.0, 0.4, 1.0, 2.0, 3.5, 25.0], requires_grad=True)
for module in [nn.GELU(), nn.GELU(approximate="tanh"), nn.SiLU(), nn.SiLU(True), nn.Mish(),
               nn.Softplus(), nn.Softplus(2, threshold=10), nn.Softsign(), nn.Hardtanh(),
               nn.Hardtanh(-2, 2.5), nn.Hardtanh(0, 1.5, True), nn.ReLU6(), nn.ReLU6(True),
               nn.LogSigmoid(), nn.Hardsigmoid(), nn.Hardswish(True), nn.Tanhshrink(),
               nn.Softshrink(), nn.Softshrink(0.1), nn.Threshold(0.1, 20),
               nn.Threshold(0.5, -1.5, True)]:
    x.grad = None
    y = module(x * 1)
    (y * y).sum().backward()
    print(module, y.grad_fn.name(), y.tolist(), x.grad.tolist())

print(F.gelu(x), F.gelu(x, approximate="tanh"), F.silu(x), F.mish(x))
print(F.softplus(x), F.softplus(x, beta=3, threshold=1.5), F.softsign(x), F.hardtanh(x, -0.5, 2))
print(F.relu6(x), F.logsigmoid(x), F.hardsigmoid(x), F.hardswish(x), F.tanhshrink(x))
print(F.softshrink(x, 0.7), F.threshold(x, 0.5, 2), F.gelu(x[2]), F.gelu(x[1:2]))
h = x * 1
print(F.hardtanh_(h, -3, 3) is h, F.threshold_(h, 0.1, 0.5), F.silu(h, inplace=True), h)
print(nn.Sequential(nn.Linear(2, 3), nn.GELU(), nn.Linear(3, 1), nn.Softplus()))
print(F.gelu(x.double()), F.softplus(x.double()), F.mish(x.double()))
