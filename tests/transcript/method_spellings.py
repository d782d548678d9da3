# The same as methods of a tensor
import torch

x = torch.tensor([[-1.0, 0.5], [2.0, 0.0]], requires_grad=True)
print(x.relu())
print(x.sigmoid())
print(x.tanh())
print(x.softmax(dim=1), x.softmax(0))
print(x.log_softmax(dim=-1))
print(x.exp(), x.exp().log())
print(x.sum(), x.mean(), x.max(), x.argmax())
y = x.relu().tanh().sigmoid().sum()
y.backward()
print(y.item())
print(x.grad)
