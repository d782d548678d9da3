import torch
import torch.nn.functional as F

torch.manual_seed(0)
FUNCTIONS = {
    'softsign': F.softsign, 'mish': F.mish, 'logsigmoid': F.logsigmoid, 'tanhshrink': F.tanhshrink,
    'softshrink': F.softshrink, 'hardshrink': F.hardshrink,
    'threshold': lambda x: F.threshold(x, 0.1, 2.0),
    'gelu by tanh': lambda x: F.gelu(x, approximate='tanh'),
    'prod': torch.prod, 'prod of rows': lambda x: x.prod(1),
    'prod of columns': lambda x: x.prod(0, keepdim=True),
}
for name, function in FUNCTIONS.items():
    x = torch.randn(3, 4, requires_grad=True)
    y = function(x)
    g, = torch.autograd.grad(y.sum(), x, create_graph=True)
    h, = torch.autograd.grad((g ** 2).sum(), x, create_graph=True)
    print(name, g, h)
x = torch.linspace(-1, 1, 5).unsqueeze(1).requires_grad_()
u = F.mish(x) * F.logsigmoid(x)
du, = torch.autograd.grad(u.sum(), x, create_graph=True)
ddu, = torch.autograd.grad(du.sum(), x, create_graph=True)
loss = ((ddu + u) ** 2).mean()
loss.backward()
print(loss, x.grad)
