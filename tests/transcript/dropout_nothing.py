# Where p is 0, Dropout draws nothing and returns its input
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
layer = nn.Linear(2, 4)
x = torch.tensor([[1.0, 1.0]])
y = layer(x)
print(nn.Dropout(0.0)(y), F.dropout(y, p=0), nn.Dropout(0)(x))
w = torch.ones(2, requires_grad=True)
print(nn.Dropout(0.0, inplace=True)(w), nn.Dropout(0.5)(torch.zeros(0, 2)))
print(torch.rand(2))
z = F.dropout(x, 0.0)
z += 1
print(x, z)
print(nn.Sequential(nn.Dropout(0), nn.Dropout(0.3).eval())(nn.Parameter(x)))
(F.dropout(w * 3, 0.0) * 2).sum().backward()
print(w.grad, nn.Dropout(1)(w), torch.rand(1))
