import torch
from torch import nn

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 1))
loss = ((net(torch.tensor([[1.0, 2.0]])) - 1.0) ** 2).mean()
loss.backward()
for name, param in net.named_parameters():
    if param.requires_grad:
        print(name, param.data)
lr = 0.1
with torch.no_grad():
    for name, param in net.named_parameters():
        param -= lr * param.grad
        print(f"{name:>8}: grad sum {param.grad.sum().item():.6f}")
for i, (name, param) in enumerate(net.named_parameters()):
    print(i, name, param.shape)
    print(param.grad)
