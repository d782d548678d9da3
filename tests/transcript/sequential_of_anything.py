import torch
import torch.nn as nn


class Both(nn.Module):
    def forward(self, x):
        return x, x * 3


class Product(nn.Module):
    def forward(self, pair):
        a, b = pair
        return a * b


class Named(nn.Module):
    def forward(self, x):
        return {'h': torch.tanh(x), 'x': x}


class Sum(nn.Module):
    def forward(self, d):
        return d['h'] + d['x']


torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 3), Both(), nn.Identity(), Product(), Named(), Sum(), nn.Linear(3, 1))
print(model)
x = torch.tensor([[1.0, -2.0]], requires_grad=True)
y = model(x)
print(y)
y.sum().backward()
print(x.grad, model[0].weight.grad, model[6].bias.grad)
print(model[:2](x), model[:5](x)['x'])
print(nn.Identity()((1, 'two')), nn.Sequential()(3), nn.Identity()(None))
