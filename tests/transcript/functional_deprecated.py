# F.sigmoid and F.tanh still exist; PyTorch warns on stderr
import torch
from torch.nn import functional as F

x = torch.tensor([-2.0, 0.0, 0.5], requires_grad=True)
a = F.sigmoid(x)
b = F.tanh(x)
print(a, b)
(a * b).sum().backward()
print(x.grad)
